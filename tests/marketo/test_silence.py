"""Silence: what ends one, what tells it where the log does not, and who is counted as never active."""

from __future__ import annotations

from tests.marketo.compiling import SCORE, campaign, compile_text, notes, tables
from tests.marketo.pieces import ASSETS, ON_SUBMIT, names, note


def test_an_opt_in_has_no_date_but_that_on_which_it_is_told():
    segment = "[segments.back]\nwhen = {{ resubscribed = true{} }}\n"
    found = note(compile_text(SCORE + segment.format(', within = "1d"')), "told-late").bounds
    assert [tuple(bound) for bound in found] == [("segment back", -1, 1, "past-unknown")]
    assert "told-late" not in names(
        compile_text(
            SCORE
            + ASSETS
            + segment.format("").replace("resubscribed = true", 'submitted = "contact", within = "1d"')
        )
    )


def test_a_silence_that_nothing_can_end_is_refused():
    decay = DECAY.format("does")
    assert notes(compile_text(SCORE + decay), "refused") == [("event-impossible", "decay.silence")]
    activity = "[activities]\ntrial = {}\n"
    assert not notes(compile_text(SCORE + activity + decay), "refused")


DECAY = '[decay.silence]\nscore = "lead"\ncounts_as_activity = ["{}"]\nsteps = [{{ after = "30d", subtract = 5 }}]\n'


def test_joining_a_campaign_of_the_crm_ends_a_silence_by_a_stamp():
    bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + DECAY.format("joins"))
    started = {
        row["rule"] for row in campaign(bundle, "Stamp SW Last Active silence")["smart_list"]["triggers"]
    }
    assert started == {
        "Program Status is Changed",
        "Added to SFDC Campaign",
        "Status is Changed in SFDC Campaign",
    }
    asked = campaign(bundle, "Decay silence 30d")["smart_list"]["filters"]
    assert ("SW Last Active silence", "in past before") in {(row["rule"], row["operator"]) for row in asked}
    assert "first-silence-late" in names(bundle)


def test_a_silence_asks_for_an_activity_by_its_title():
    activities = '[activities]\ntrial = { title = "Begins a trial" }\n'
    asked = campaign(
        compile_text(SCORE + ASSETS + ON_SUBMIT + activities + DECAY.format("does")),
        "Stamp SW Last Active silence",
    )
    assert [row["rule"] for row in asked["smart_list"]["triggers"]] == ["Begins a trial"]


def test_hours_of_a_schedule_that_lie_side_by_side_take_a_step_once():
    text = (
        SCORE
        + ASSETS
        + ON_SUBMIT
        + DECAY.format("submits")
        + 'schedule = "night"\n[schedules.night]\nat = [AT]\n'
    )
    near = tables(compile_text(text.replace("AT", '"23:59", "00:00"')), "smart-campaigns").values()
    far = tables(compile_text(text.replace("AT", '"08:00", "20:00"')), "smart-campaigns").values()
    assert [row["qualification"] for row in near if row["campaign"].startswith("Do ")] == [
        "Once every 1 hour"
    ]
    assert not [row for row in far if row["campaign"].startswith("Do ")]


def test_a_visit_without_a_page_neither_ends_a_silence_nor_begins_one():
    steps = 'steps = [{ after = "30d", subtract = 5 }]\n'
    decay = f'[decay.silence]\nscore = "lead"\ncounts_as_activity = ["starts_visit"]\n{steps}'
    for more in ("", "never_active = true\n"):
        bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + decay + more)
        found = {tuple(bound) for bound in note(bundle, "unseen-activity").bounds}
        assert {("score lead", None, None, when) for when in ("unrecorded", "other-activity")} <= found
        assert not [bound for bound in found if bound[3] == "any"]


def test_a_silence_that_downloads_end_rests_on_what_a_link_shows():
    bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + DECAY.format("downloads"))
    assert any("link-is-address" in item.facts for item in bundle.objects if item.kind == "smart-campaigns")


def test_who_was_never_active_keeps_the_points_that_a_reset_leaves():
    ready = (
        '[thresholds.back]\nwhen = {{ field = "city", is = "X" }}\nthen = [{{ reset = "lead", to = {} }}]\n'
    )

    def asked(to):
        bundle = compile_text(SCORE + ASSETS + ON_SUBMIT + DECAY.format("submits") + ready.format(to))
        return [row["rule"] for row in campaign(bundle, "Decay silence 30d")["smart_list"]["filters"]]

    assert "SW Last Active silence" in asked(10)
    assert "SW Last Active silence" not in asked(0)
