"""What was done before: how far back the log goes, what it tells of visitors and bots, and what no filter asks for."""

from __future__ import annotations

from tests.marketo.compiling import SCORE, campaign, compile_text, notes
from tests.marketo.pieces import ASSETS, names, note


def test_what_no_filter_looks_back_at_is_refused_and_not_left_out_beside_another():
    assets = '[assets]\nfair = { campaign = "Fair" }\nshow = { event = "Show" }\n'
    for joined in ('"fair"', '["show", "fair"]'):
        segment = f"[segments.met]\nwhen = {{ joined = {joined} }}\n"
        assert notes(compile_text(SCORE + assets + segment), "refused") == [
            ("condition-impossible", "segments.met")
        ]
    assert not notes(compile_text(SCORE + assets + '[segments.met]\nwhen = { joined = "show" }\n'), "refused")


def test_who_is_known_to_be_a_bot_never_was_there():
    rule = '[rules.bots]\non = { opens = "news", where = { bot = { is = true } } }\npoints = { lead = 1 }\n'
    made = campaign(compile_text(SCORE + ASSETS + rule), "When bots")
    rows = made["smart_list"]["triggers"][0]["constraints"]
    assert [row["values"] for row in rows if row["name"] == "Is Bot Activity"] == [["true"], ["false"]]


def test_everything_that_visitors_do_rests_on_what_is_told_of_their_past():
    rule = '[rules.paper]\non = { downloads = "paper" }\npoints = { lead = 5 }\n'
    bundle = compile_text(SCORE + ASSETS + rule)
    (made,) = [item for item in bundle.objects if item.name.endswith("When paper")]
    assert "late-anonymous-past" in made.facts
    found = note(compile_text(SCORE + ASSETS + rule, late_anonymous_past=False), "unknown-past").bounds
    assert [tuple(bound) for bound in found] == [("score lead", None, 0, "past-unknown")]


def test_whether_it_is_known_that_somebody_is_a_bot_cannot_be_asked():
    rule = (
        '[rules.bots]\non = { opens = "news", where = { bot = { known = false } } }\npoints = { lead = 1 }\n'
    )
    assert notes(compile_text(SCORE + ASSETS + rule), "refused") == [("condition-impossible", "rules.bots")]


def test_what_never_happened_is_asked_for_as_far_back_as_the_log_goes():
    never = '[rules.cold]\nwhen = {{ not = {{ opened = "news"{} }} }}\npoints = {{ fit = -5 }}\n'
    fit = '[scores.fit]\nkind = "fit"\n'

    def spans(within):
        made = campaign(compile_text(fit + ASSETS + never.format(within)), "Re-roll cold")
        asked = [row for row in made["smart_list"]["filters"] if row["rule"] == "Not Opened Email"]
        return [
            item["values"]
            for row in asked
            for item in row.get("constraints", ())
            if item["name"] == "Date of Activity"
        ]

    ever, month = spans(""), spans(', within = "60d"')
    assert ever
    assert all(int(span.split()[0]) > 365 for (span,) in ever)
    assert month
    assert month != ever


def test_any_file_is_also_one_that_the_spec_names_without_an_ending():
    files = '[assets]\nbook = { file = "Brochure"%s }\nsheet = { file = "sheet.pdf" }\n'
    rule = '[rules.files]\non = { downloads = "any-file" }\npoints = { lead = 5 }\n'

    def asked(match):
        made = campaign(compile_text(SCORE + files % match + rule), "When files")
        return [(row["operator"], row["values"][-1]) for row in made["smart_list"]["triggers"]]

    assert asked("") == [("contains", ".zip"), ("is", "Brochure")]
    assert asked(', match = "contains"') == [("contains", "Brochure")]
    starting = compile_text(SCORE + files % ', match = "starts_with"' + rule)
    assert notes(starting, "refused") == [("event-impossible", "rules.files")]
    clicks = rule.replace('downloads = "any-file"', 'clicks = "any-link"')
    assert "any-link-counts-files" in names(compile_text(SCORE + files % "" + clicks))
    assert "any-link-counts-files" not in names(
        compile_text(SCORE + files.replace("Brochure", "book.pdf") % "" + clicks)
    )
