"""What no bundle may hold is found in the objects: each rule has objects that break it, and no compile breaks any."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from scorewright_marketo import TARGET
from scorewright_marketo.audit import RULES, Breach, audit
from scorewright_marketo.lower import lower
from scorewright_marketo.objects import Choice, Clause, FlowStep
from scorewright_marketo.options import read as options
from tests.marketo.compiling import compile_model, model_of

SPEC = """
[assets]
contact = { form = "Contact" }
demo = { form = "Demo" }
[scores.web]
kind = "engagement"
floor = 0
[scores.fit]
kind = "fit"
[scores.lead]
kind = "combined"
overall = true
sum_of = ["web", "fit"]
[scores.mix]
kind = "combined"
percent_of = { fit = 35 }
[rules.contact]
on = { submits = "contact" }
points = { web = 10 }
limit = { times = 3 }
[rules.demo]
on = { submits = "demo" }
points = { web = -4 }
[tiers.country]
score = "fit"
field = "country"
cases = [ { is = "DE", points = 15 }, { is = "FR", points = 7 } ]
[decay.quiet]
score = "web"
steps = [ { after = "120d", subtract = 5 }, { after = "180d", at_least = 1, set = 0 } ]
[thresholds.ready]
when = { score = "lead", at_least = 20 }
then = [ { task = "Call" } ]
"""


@cache
def made():
    model = model_of(SPEC)
    found = lower(model, options({}), {fact.id: fact.value for fact in TARGET.facts()})
    assert not [note for note in found.notes if note.result == "refused"]
    return found


def breaches(**edits):
    """The rules that are broken once some campaigns are changed."""
    names = {name.replace("_", " "): change for name, change in edits.items()}
    campaigns = []
    for item in made().campaigns:
        change = names.pop(item.name, None)
        campaigns.append(item if change is None else change(item))
    assert not names, (names, [item.name for item in made().campaigns])
    return {breach.rule for breach in audit(replace(made(), campaigns=tuple(campaigns)))}


def flow(change):
    return lambda item: replace(item, flow=tuple(change(list(item.flow))))


def filters(change):
    return lambda item: replace(
        item, smart_list=item.smart_list._replace(filters=tuple(change(list(item.smart_list.filters))))
    )


def reading(label):
    return filters(lambda _: [Clause(label, "at least", ("5",))])


def plus(label, text):
    return FlowStep("Change Score", (("Score Name", label), ("Change", text)))


def stepped(steps, place, change):
    return [change(step) if at == place % len(steps) else step for at, step in enumerate(steps)]


def only_filter(rule):
    return filters(lambda items: [item for item in items if item.rule != rule])


def test_what_is_compiled_breaks_no_rule():
    assert audit(made()) == ()


def test_a_filter_that_reads_what_a_sibling_writes():
    assert breaches(When_demo=reading("Person Score")) == set(), "no other trigger is of the same event yet"
    twin = next(item for item in made().campaigns if item.name == "When contact")
    both = replace(made(), campaigns=(*made().campaigns, replace(twin, name="Twin")))
    late = flow(lambda steps: [FlowStep("Wait", (("Duration", "5 minutes"),)), *steps])
    asking = reading("SW Count contact")

    def found(change):
        changed = tuple(change(asking(item)) if item.name == "Twin" else item for item in both.campaigns)
        return {breach.rule for breach in audit(replace(both, campaigns=changed))}

    assert found(lambda item: item) == {"siblings-apart"}
    hushed = tuple(
        late(item) if item.name != "Twin" and item.type == "trigger" else item for item in both.campaigns
    )
    asked = tuple(asking(item) if item.name == "Twin" else item for item in hushed)
    assert "siblings-apart" not in {breach.rule for breach in audit(replace(both, campaigns=asked))}


def test_a_batch_that_gives_points_night_after_night():
    everybody = filters(lambda _: [Clause("Country", "is", ("DE",))])
    giving = flow(lambda _: [plus("Web Score", "+5")])
    assert breaches(Awake_quiet=lambda item: giving(everybody(item))) == {"award-ends-its-match"}
    once = lambda item: replace(giving(everybody(item)), qualification="Only once")  # noqa: E731 - one line each
    assert breaches(Awake_quiet=once) == set()


def test_points_that_are_given_and_not_taken_back():
    def less(steps):
        return [
            step for step in steps if ("Score Name", "Fit Score") not in step.fields or "{{my." in str(step)
        ]

    name = "Re-roll country"
    campaigns = tuple(flow(less)(item) if item.name == name else item for item in made().campaigns)
    assert {breach.rule for breach in audit(replace(made(), campaigns=campaigns))} == {"points-are-recorded"}


def test_a_rest_that_is_not_taken_back():
    def without(steps):
        places = [place for place, step in enumerate(steps) if ("Score Name", "SW Rest mix") in step.fields]
        return [step for place, step in enumerate(steps) if place != places[0]]

    campaigns = tuple(
        flow(without)(item) if item.name == "Re-roll country" else item for item in made().campaigns
    )
    assert "points-are-recorded" in {breach.rule for breach in audit(replace(made(), campaigns=campaigns))}


def test_a_list_that_is_filled_after_it_is_read():
    late = lambda item: replace(item, stage="nightly", type="batch")  # noqa: E731 - one line each
    assert "initial-state-first" in breaches(Cross_ready=late)


def test_a_choice_that_an_empty_score_slips_through():
    steps = [
        FlowStep(
            "Change Score",
            (("Score Name", "Web Score"), ("Change", "--Do Nothing--")),
            "Change",
            (Choice(Clause("Web Score", "at most", ("3",)), "=4"),),
        )
    ]
    assert breaches(Award_demo=flow(lambda _: steps)) == {"empty-counts-as-zero"}
    filled = FlowStep(
        "Change Score",
        (("Score Name", "Web Score"), ("Change", "--Do Nothing--")),
        "Change",
        (Choice(Clause("Web Score", "is empty"), "=0"),),
    )
    assert breaches(Award_demo=flow(lambda _: [filled, *steps])) == set()


def test_a_condition_that_is_read_again_after_the_change():
    def turned(steps):
        sums = [step for step in steps if len(step.choices) == 1]
        return [sums[1], sums[0], *sums[2:]] if len(sums) > 1 else steps

    assert "read-before-written" in breaches(Hold_web=flow(turned))


def test_an_executable_that_waits_or_asks_nobody():
    waiting = flow(lambda steps: [FlowStep("Wait", (("Duration", "1 day"),)), *steps])
    assert breaches(Award_demo=waiting) == {"executables-stay-flat"}
    assert breaches(Award_demo=filters(lambda _: [])) == {"executables-stay-flat"}


def test_executables_that_are_nested_too_deep():
    inner = next(item for item in made().campaigns if item.name == "Award demo")
    chain = [replace(inner, name=f"Deep {n}") for n in range(3)]
    program = inner.program
    runs = [
        replace(item, flow=(FlowStep("Execute Campaign", (("Campaign", f"{program}.Deep {n + 1}"),)),))
        for n, item in enumerate(chain[:-1])
    ]
    top = replace(
        inner, name="Deep", flow=(FlowStep("Execute Campaign", (("Campaign", f"{program}.Deep 0"),)),)
    )
    found = audit(replace(made(), campaigns=(*made().campaigns, top, *runs, chain[-1])))
    assert [(breach.rule, breach.name) for breach in found] == [("executables-stay-flat", "Deep")]


def test_a_date_that_may_be_empty():
    bare = filters(lambda items: [item for item in items if item.operator != "is not empty"])
    campaigns = [item.name for item in made().campaigns if item.name.startswith("Decay quiet")]
    changed = tuple(bare(item) if item.name in campaigns else item for item in made().campaigns)
    bad = replace(made(), campaigns=changed)
    assert {breach.rule for breach in audit(bad)} == {"stamps-may-be-empty"}
    assert audit(bad, for_all=frozenset({"decay.quiet"})) == ()


def test_a_threshold_that_does_not_wait():
    prompt = flow(lambda steps: [step for step in steps if step.step != "Wait"])
    assert breaches(When_ready_may_open=prompt) >= {"looks-after-a-wait"}


def test_a_token_beside_a_literal_that_nobody_marks():
    unmarked = tuple(replace(token, coupled=(), inverse=()) for token in made().tokens)
    found = audit(replace(made(), tokens=unmarked))
    assert {breach.rule for breach in found} == {"numbers-are-one"}
    assert {breach.element for breach in found} >= {"tiers.country"}


def values(rule, change):
    """Edit the values that a filter asks for."""
    return filters(
        lambda items: [
            item._replace(values=change(item.values)) if item.rule == rule else item for item in items
        ]
    )


def choices(change):
    return flow(
        lambda steps: [
            step._replace(choices=tuple(change(step.choices))) if step.choices else step for step in steps
        ]
    )


SLIPS = {
    "a decay that acts once in a life": (
        "batches-come-back",
        "Decay quiet 120d",
        lambda item: replace(item, qualification="Only once"),
    ),
    "a decay that stays away for longer than a silence": (
        "batches-come-back",
        "Decay quiet 120d",
        lambda item: replace(item, qualification="Once every 2892 hours"),
    ),
    "a re-roll that acts once in a life": (
        "batches-come-back",
        "Re-roll country",
        lambda item: replace(item, qualification="Only once"),
    ),
    "below at another number than past": (
        "below-is-not-past",
        "Re-arm ready",
        values("Person Score", lambda found: ("15",) if found == ("20",) else found),
    ),
    "below by an operator that leaves a number out": (
        "below-is-not-past",
        "Re-arm ready",
        values("Person Score", lambda found: ("19",) if found == ("20",) else found),
    ),
    "below without who has no score yet": (
        "below-is-not-past",
        "Re-arm ready",
        lambda item: replace(
            item, smart_list=item.smart_list._replace(filters=item.smart_list.filters[:2], logic="ALL")
        ),
    ),
    "below by one of two things where each is enough": (
        "below-is-not-past",
        "Re-arm ready",
        lambda item: replace(item, smart_list=item.smart_list._replace(logic="ALL")),
    ),
    "a case that the batch does not look for": (
        "stale-is-noticed",
        "Re-roll country",
        values("Country", lambda found: tuple(text for text in found if text != "FR") or ("DE",)),
    ),
    "a field that was emptied": (
        "stale-is-noticed",
        "Re-roll country",
        filters(
            lambda items: [
                one._replace(operator="is not empty", values=())
                if one.values == ("FR",) and "not" in one.operator
                else one
                for one in items
            ]
        ),
    ),
    "a record that is taken for right when it is not": (
        "stale-is-noticed",
        "Re-roll country",
        values("SW Points country", lambda found: ("7",)),
    ),
    "choices with the wider one first": (
        "choices-are-reached",
        "Decay quiet 120d",
        choices(lambda found: found[::-1]),
    ),
    "a highest band with an end": (
        "choices-are-reached",
        "Decay quiet 120d",
        choices(lambda found: (Choice(Clause("Web Score", "between", ("5", "99")), "-5"), *found[1:])),
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found(slip):
    rule, name, change = SLIPS[slip]
    assert rule in breaches(**{name.replace(" ", "_"): change})


def test_two_batches_that_move_one_score_in_the_same_minutes():
    beside = lambda item: replace(item, schedule="Daily, every 1 day, at 02:05")  # noqa: E731 - one line each
    assert breaches(Decay_quiet_120d=beside) == set(), "only one of them asks for the score"
    twin = next(item for item in made().campaigns if item.name == "Decay quiet 180d")
    step = FlowStep(
        "Change Score",
        (("Score Name", "Web Score"), ("Change", "--Do Nothing--")),
        "Change",
        (Choice(Clause("Web Score", "at least", ("1",)), "=7"),),
    )
    other_decay = replace(
        twin,
        name="Twin",
        elements=("decay.twin",),
        schedule="Daily, every 1 day, at 02:04",
        smart_list=twin.smart_list._replace(filters=twin.smart_list.filters[:3]),
        flow=(step,),
    )
    campaigns = (*made().campaigns, other_decay)
    assert "one-at-a-time" in {breach.rule for breach in audit(replace(made(), campaigns=campaigns))}
    apart = replace(other_decay, schedule="Daily, every 1 day, at 03:30")
    campaigns = (*made().campaigns, apart)
    assert "one-at-a-time" not in {breach.rule for breach in audit(replace(made(), campaigns=campaigns))}


def test_every_rule_has_objects_that_break_it_here():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [rule for rule in RULES if text.count(f'"{rule}"') < 1] == []


def test_a_breach_is_refused_and_says_so(monkeypatch):
    breach = Breach("looks-after-a-wait", "When ready may open", "thresholds.ready", "it acts at once")
    monkeypatch.setattr(sys.modules["scorewright_marketo.lower"], "audit", lambda *_, **__: (breach,))
    notes = [note for note in compile_model(model_of(SPEC)).notes if note.name == "breaks-a-rule"]
    assert [(note.result.value, note.element, note.path) for note in notes] == [
        ("refused", "thresholds.ready", ("thresholds", "ready"))
    ]
