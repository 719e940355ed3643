"""What comes first: several things at one moment or in one night, whose order nobody promises."""

from __future__ import annotations

from tests.marketo.compiling import HEAD, SCORE, campaign, compile_text
from tests.marketo.pieces import ASSETS, ON_SUBMIT, names, note

READY = '[thresholds.ready]\nwhen = {{ score = "lead", at_least = 50 }}\nthen = [{}]\n'


def crowded(bundle):
    found = [bound for item in bundle.notes if item.element == "thresholds.ready" for bound in item.bounds]
    return {(bound.least, bound.most) for bound in found if bound.when == "crowded"}


def test_who_falls_by_a_fact_and_rises_by_an_event_may_be_handed_over_before_the_night():
    ready = READY.format('{ notify = "owner" }')
    fact = '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 5 }\n'
    assert crowded(compile_text(SCORE + ASSETS + ON_SUBMIT + ready)) == {(None, 0)}
    assert crowded(compile_text(SCORE + ASSETS + ON_SUBMIT + fact + ready)) == {(None, None)}


def test_a_fact_of_some_days_opens_a_threshold_without_an_event():
    fact = '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 50 }\n'
    ready = READY.format('{ notify = "owner" }')
    assert "opened-by-the-clock" not in names(compile_text(SCORE + fact + ready))
    dated = compile_text(SCORE + fact + "active = { from = 2026-05-01 }\n" + ready)
    assert "“small”" in note(dated, "opened-by-the-clock").message
    aged = fact.replace('"employees", below = 50', '"created", older_than = "30d"')
    assert "opened-by-the-clock" in names(compile_text(SCORE + aged + ready))


def test_of_two_that_open_at_once_the_first_may_shut_the_other():
    ready = READY.format('{ notify = "owner" }')
    other = ready.replace("thresholds.ready", "thresholds.much").replace("50", "60")
    resets = other.replace("then = [", 'then = [{ reset = "lead", to = 0 }, ')
    assert "who-acts-first" not in names(compile_text(SCORE + ASSETS + ON_SUBMIT + ready + other))
    found = note(compile_text(SCORE + ASSETS + ON_SUBMIT + ready + resets), "who-acts-first")
    assert found.element == "thresholds.ready"
    assert ("done thresholds.ready.then.0", None, 0, "fired-together") in [
        tuple(bound) for bound in found.bounds
    ]


def test_marks_that_keep_two_apart_are_no_race():
    marks = "[marks]\nmql = {}\n"
    ready = READY.format('{ mark = "mql" }') + 'unless = { mark = "mql" }\n'
    back = (
        '[thresholds.back]\nwhen.all = [{ score = "lead", below = 90 }, { mark = "mql" }]\n'
        'then = [{ unmark = "mql" }, { reset = "lead", to = 0 }]\n'
    )
    assert "who-acts-first" not in names(compile_text(SCORE + ASSETS + ON_SUBMIT + marks + ready + back))
    twin = READY.replace("ready", "twin").format('{ notify = "owner" }') + 'unless = { mark = "mql" }\n'
    assert note(
        compile_text(SCORE + ASSETS + ON_SUBMIT + marks + ready + twin), "who-acts-first"
    ).element == ("thresholds.twin")


def test_joining_what_the_population_asks_for_may_open_a_threshold():
    text = (
        SCORE
        + '[assets]\ncontact = { form = "Contact" }\ntour = { campaign = "Tour" }\nfair = { event = "Fair" }\n'
        + ON_SUBMIT
        + '[segments.guests]\nwhen.any = [{ member_of = "tour" }, { member_of = "fair" }]\n'
        + READY.format('{ notify = "owner" }')
    )
    made = campaign(compile_text(text, HEAD + 'eligible = "guests"\n'), "When ready may open")
    started = {(row["rule"], *row["values"]) for row in made["smart_list"]["triggers"]}
    assert started >= {
        ("Added to SFDC Campaign", "Tour"),
        ("Status is Changed in SFDC Campaign", "Tour"),
        ("Program Status is Changed", "Fair"),
    }


def test_a_rule_that_counts_and_waits_counts_before_it_waits():
    rule = (
        '[rules.often]\non = { submits = "contact", at_least = 3, within = "30d" }\nwait = "10d"\n'
        "points = { lead = 5 }\nlimit = { times = 4 }\n"
    )
    bundle = compile_text(SCORE + ASSETS + rule)
    first, gate, last = (campaign(bundle, name) for name in ("When often", "Gate often", "Wait often"))
    assert [step["step"] for step in first["flow"]] == ["Wait", "Execute Campaign"]
    rows = gate["smart_list"]["filters"][0]["constraints"]
    assert ["720 hours"] in [row["values"] for row in rows]
    assert [step["step"] for step in gate["flow"]] == ["Request Campaign"]
    assert last["flow"][0]["fields"][0]["value"] == "10 days"
    assert last["flow"][1]["step"] == "Execute Campaign"


def test_rules_of_one_event_that_assign_say_that_the_first_to_come_does():
    assets = ASSETS + 'north = { queue = "North" }\nsouth = { queue = "South" }\n'
    rule = '[rules.{0}]\non = {{ submits = "contact" }}\nthen = [{{ assign = "{0}" }}]\n'
    assert "who-assigns" not in names(compile_text(SCORE + assets + rule.format("north")))
    both = compile_text(SCORE + assets + rule.format("north") + rule.format("south"))
    assert sorted(item.element for item in both.notes if item.name == "who-assigns") == [
        "rules.north",
        "rules.south",
    ]


def test_an_award_for_the_change_of_what_a_fact_reads_meets_a_ceiling_before_the_fact_does():
    text = (
        '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 7 }\n'
        '[rules.told]\non = { changes = "employees" }\npoints = { lead = 15 }\n'
    )
    assert "award-before-night" not in names(compile_text(SCORE + text))
    capped = SCORE.replace("overall = true", "overall = true\nceiling = 100")
    found = [tuple(bound) for bound in note(compile_text(capped + text), "award-before-night").bounds]
    assert ("score lead", -7, 7, "any") in found
    assert "award-before-night" not in names(
        compile_text(capped + text.replace('changes = "employees"', 'changes = "city"'))
    )


def test_a_look_by_schedule_takes_what_holds_as_it_was_by_night():
    ready = READY.format('{ notify = "owner" }') + 'schedule = "noon"\n[schedules.noon]\nat = ["12:00"]\n'
    fact = '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = 5 }\n'
    assert "looks-before-night" not in names(compile_text(SCORE + ASSETS + ON_SUBMIT + ready))
    found = note(compile_text(SCORE + ASSETS + ON_SUBMIT + fact + ready), "looks-before-night").bounds
    assert ("done thresholds.ready.then.0", None, None, "facts-change") in [tuple(bound) for bound in found]


def test_an_award_that_resets_what_another_of_the_event_gives_to_is_bounded_by_that():
    rules = (
        '[rules.anew]\non = { submits = "contact" }\nthen = [{ reset = "lead", to = 3 }]\n'
        '[rules.more]\non = { submits = "contact" }\npoints = { lead = 33 }\n'
    )
    found = note(compile_text(SCORE + ASSETS + rules), "sibling-order")
    assert (
        found.element,
        [tuple(item) for item in found.bounds],
    ) == ("rules.anew", [("score lead", 0, 33, "any")])


def test_who_assigns_first_matters_only_where_two_have_come_up():
    assets = ASSETS + 'north = { queue = "North" }\nsouth = { queue = "South" }\n'
    ready = '[thresholds.{0}]\nwhen = {{ score = "lead", at_least = 20 }}\nthen = [{{ assign = "{0}" }}]\n'
    bundle = compile_text(SCORE + assets + ON_SUBMIT + ready.format("north") + ready.format("south"))
    found = [item for item in bundle.notes if item.name == "who-assigns"]
    assert [item.element for item in found] == ["thresholds.north", "thresholds.south"]
    assert {bound.when for item in found for bound in item.bounds if bound.least is None} == {
        "two-assign",
        "crowded",
    }
    apart = (ready.format("north") + ready.format("south")).replace("at_least", "below", 1)
    apart = compile_text(SCORE + assets + ON_SUBMIT + apart)
    assert "who-assigns" not in names(apart), "who is past the one is never past the other"


def test_a_label_at_the_bottom_that_a_decay_gives_opens_by_the_clock_and_one_at_the_top_does_not():
    bands = (
        '[bands.heat]\nscore = "lead"\ncases = [ {{ label = "Hot", at_least = 50 }}, {{ label = "Cool" }} ]\n'
    )
    quiet = '[decay.quiet]\nscore = "lead"\nsteps = [ {{ after = "30d", subtract = 5 }} ]\n'
    threshold = '[thresholds.now]\nwhen = {{ band = "heat", is = "{}" }}\nthen = [ {{ task = "Call" }} ]\n'
    text = SCORE + ASSETS + ON_SUBMIT + (bands + quiet + threshold).replace("{{", "{").replace("}}", "}")
    assert "opened-by-the-clock" in names(compile_text(text.replace('"{}"', '"Cool"')))
    assert "opened-by-the-clock" not in names(compile_text(text.replace('"{}"', '"Hot"')))
