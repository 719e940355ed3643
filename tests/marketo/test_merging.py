"""Trigger campaigns that one event fires are one, where nothing but their number changes by it."""

from __future__ import annotations

import itertools

import pytest

from scorewright_marketo import TARGET
from scorewright_marketo.lower import build, lower
from scorewright_marketo.options import read as options
from tests.marketo.compiling import SCORE, called, compile_text, model_of, notes, tables
from tests.marketo.person import Person

ASSETS = '[assets]\ncontact = { form = "Contact" }\nother = { form = "Other" }\n'
RULE = '[rules.{0}]\non = {{ submits = "{1}" }}\nwhen = {{ field = "country", is = "{2}" }}\npoints = {{ lead = {3} }}\n{4}'
FEW = "[targets.marketo]\nfew_campaigns = true\n"


def triggers(text):
    made = tables(compile_text(SCORE + ASSETS + text), "smart-campaigns")
    return {row["campaign"]: row for row in made.values() if row["type"] == "trigger"}


def test_two_awards_at_one_event_share_a_trigger_and_keep_their_filters():
    text = RULE.format("de", "contact", "DE", 5, "") + RULE.format(
        "fr", "contact", "FR", 7, "limit = { times = 1 }\n"
    )
    made = triggers(text)
    assert list(made) == ["When de and 1 more"]
    assert [name for step in made["When de and 1 more"]["flow"] for name in called(step)] == [
        "OP-Scoring-Test model.Award de",
        "OP-Scoring-Test model.Award fr",
    ]
    for country, times, points in (("DE", 2, 10), ("FR", 2, 7), ("IT", 1, 0)):
        person = Person(compile_text(SCORE + ASSETS + text), Country=country)
        for _ in range(times):
            person.run("When de and 1 more")
        assert person.fields.get("Person Score", 0) == points


def waits(text):
    (row,) = triggers(text).values()
    return [step["fields"][0]["value"].rpartition(".")[2] for step in row["flow"]]


def test_another_event_keeps_its_own_and_another_wait_waits_on():
    now = RULE.format("de", "contact", "DE", 5, "")
    assert len(triggers(now + RULE.format("fr", "other", "FR", 7, ""))) == 2
    hour, half, day, week = (
        RULE.format(f"after-{wait}", "contact", "FR", 7, f'wait = "{wait}"\n')
        for wait in ("1h", "30min", "1d", "1w")
    )
    first = ["Award de"]
    assert waits(hour + now + half) == [
        *first, "30 minutes", "Award after 30min", "30 minutes", "Award after 1h",
    ]  # fmt: skip
    assert waits(now + week + day) == [*first, "1 day", "Award after 1d", "6 days", "Award after 1w"]
    assert len(triggers(half + day)) == 2, "whole days are no number of minutes"
    assert len(triggers(half + day + now)) == 2


def test_what_is_given_at_other_days_or_remembers_for_itself_stays_apart():
    twice = "".join(f'[rules.{n}]\non = {{ submits = "contact" }}\npoints = {{ lead = 5 }}\n' for n in "ab")
    assert len(triggers(twice)) == len(triggers(twice + FEW)) == 1
    person = Person(compile_text(SCORE + ASSETS + twice + FEW))
    person.run("a and 1 more")
    assert person.fields["Person Score"] == 10, "two awards of the same points are two"
    once = twice.replace("points", "limit = { times = 1 }\npoints", 1)
    assert len(triggers(once + FEW)) == 2
    assert len(triggers(twice.replace("points", "active = { until = 2026-12-31 }\npoints", 1))) == 2


CREATED = '[fields]\nnews = { type = "yes_no" }\ntrial = { type = "yes_no" }\n' + "".join(
    f'[rules.{name}]\non = {{ changes = "{name}" }}\npoints = {{ lead = {points} }}\n'
    for name, points in (("news", 5), ("trial", 20))
)


@pytest.mark.parametrize(
    ("filled", "points"), [({}, None), ({"News": True}, 5), ({"News": True, "Trial": True}, 25)]
)
def test_who_is_created_is_asked_for_each_field_in_the_flow(filled, points):
    assert [name for name in triggers(CREATED) if name.startswith("When created")] == [
        "When created news and 1 more"
    ]
    person = Person(compile_text(SCORE + ASSETS + CREATED), **filled)
    person.run("When created news and 1 more")
    assert person.fields.get("Person Score") == points


def threshold(name, score, more=""):
    return f"[thresholds.{name}]\nwhen = {{ score = \"lead\", at_least = {score} }}\n{more}then = [ {{ task = 'Call' }} ]\n"


RAISED = 'or_on = [\n  { submits = "contact" },\n]\n'
SCORED = '[rules.a]\non = { submits = "contact" }\npoints = { lead = 5 }\n'


def test_thresholds_of_one_score_are_noticed_by_one_trigger_each_way():
    made = triggers(SCORED + threshold("mql", 100) + threshold("warm", 50) + threshold("sql", 200, RAISED))
    up, down = made["When mql may open and 2 more"], made["When mql may close and 2 more"]
    new = {
        key: row["smart_list"]["triggers"][0]["constraints"][0] for key, row in (("up", up), ("down", down))
    }
    assert (new["up"]["operator"], new["up"]["values"]) == ("at least", ["50"])
    assert (new["down"]["operator"], new["down"]["values"]) == ("less than", ["200"])
    assert down["smart_list"]["filter_logic"] == "ANY"
    assert waits_of(up) == ["5 minutes", "5 minutes"], "who raises a hand is handed over first"


def waits_of(row):
    return [step["fields"][0]["value"] for step in row["flow"] if step["step"] == "Wait"]


# --- as few as can be ------------------------------------------------------------------------------------------------

PRODUCTS = '[products.one]\n[products.two]\n[scores.interest]\nkind = "engagement"\neach = "product"\n'
COPIES = '[rules.copy]\neach = "product"\non = { submits = "contact" }\npoints = { interest = 1 }\n'
DATED = RULE.format("dated", "contact", "IT", 3, "active = { until = 2026-12-31 }\n")
SMALL = {
    "levels of a score": SCORED
    + threshold("mql", 100)
    + threshold("warm", 50, RAISED)
    + threshold("sql", 200),
    "two conditions": "[marks]\nasleep = {}\nawake = {}\n"
    + SCORED
    + "".join(
        f'[thresholds.{name}]\nwhen.all = [\n  {{ score = "lead", at_least = {n} }},\n  {{ mark = "{name}" }},\n]\n'
        f"then = [ {{ task = 'Call' }} ]\n"
        for name, n in (("asleep", 10), ("awake", 20))
    ),
    "waits": "".join(
        RULE.format(f"r{n}", "contact", "DE", n, f'wait = "{wait}"\n' if wait else "")
        for n, wait in enumerate(("", "10min", "1h", "1d", "1w", "10min"), 1)
    ),
    "created": CREATED,
    "created later": CREATED.replace("points", 'wait = "1d"\npoints', 1),
    "created in days": CREATED.replace("points", "active = { until = 2026-12-31 }\npoints", 1),
    "dates": DATED + RULE.format("always", "contact", "DE", 5, ""),
    "products": PRODUCTS + COPIES + SCORED,
    "qualifications": SCORED
    + SCORED.replace(".a]", ".b]")
    + SCORED.replace(".a]", ".c]\nlimit = { times = 1 }")
    + FEW,
}


def both_ways(text):
    """The campaigns as the elements ask for them, and as they come out."""
    model = model_of(SCORE + ASSETS + text)
    facts = {fact.id: fact.value for fact in TARGET.facts()}
    chosen = options(model.options.get("marketo", {}))
    _, apart = build(model, chosen, facts)
    listening = [item for item in apart.campaigns if item.type == "trigger" and item.stage != "requested"]
    few = lower(model, chosen, facts)
    found = [item for item in few.campaigns if item.type == "trigger" and item.stage != "requested"]
    dates = {rule.name: rule.active for rule in model.rules.values()}
    return listening, found, dates


def begins(item):
    """Whole triggers; of who only notices, the score and the direction."""
    return {
        (clause.rule, clause.values, tuple((one.name, one.operator, *one.values[: 0 if item.asks_again else 9]) for one in clause.constraints))
        for clause in item.smart_list.triggers
    }  # fmt: skip


def filters(item):
    return {clause for clause in item.smart_list.filters if clause.rule != "Created At"}


def can_hold_back(item):
    """Whether the campaign may let in whom it is not for: executables ask, or a choice of one condition, at once."""
    alone = len(filters(item)) < 2 or item.smart_list.logic == "ANY"
    return (
        not filters(item)
        or item.asks_again
        or (alone and {step.step for step in item.flow} == {"Execute Campaign"})
    )


def first_wait(item):
    return next(
        (dict(step.fields)["Duration"].split()[1][0] for step in item.flow if step.step == "Wait"), ""
    )


def can_be_one(one, other, dates):
    """What one smart campaign can do for two: one activation, one memory, one start, waits in one measure."""
    return (
        (one.program, one.stage) == (other.program, other.stage)
        and {dates.get(name) for name in one.elements} == {dates.get(name) for name in other.elements}
        and one.qualification == other.qualification == "Every time"
        and begins(one) == begins(other)
        and not (
            {first_wait(one), first_wait(other)} & {*"dw"} and {first_wait(one), first_wait(other)} & {*"mh"}
        )
        and (filters(one) == filters(other) or (can_hold_back(one) and can_hold_back(other)))
    )


def partitions(items):
    """Every way to put them into groups."""
    if not items:
        yield []
        return
    first, *rest = items
    for groups in partitions(rest):
        yield [[first], *groups]
        for place, group in enumerate(groups):
            yield [*groups[:place], [first, *group], *groups[place + 1 :]]


@pytest.mark.parametrize("name", SMALL)
def test_no_legal_way_to_put_them_together_has_fewer(name):
    apart, found, dates = both_ways(SMALL[name])
    assert 1 < len(apart) <= 8
    legal = {
        frozenset((id(one), id(other)))
        for one, other in itertools.combinations(apart, 2)
        if can_be_one(one, other, dates)
    }
    best = min(
        len(groups)
        for groups in partitions(apart)
        if all(
            frozenset(map(id, pair)) in legal for group in groups for pair in itertools.combinations(group, 2)
        )
    )
    assert len(found) == best


def runs(item, event, new, true):
    """What a campaign does at an event, by when: nothing, if it starts at another or lets nobody in."""
    starts = [clause for clause in item.smart_list.triggers if (clause.rule, clause.values) == event]
    if not any(_reached(clause, new) for clause in starts) or not _lets_in(item, true):
        return []
    done, minutes = [], 0
    for step in item.flow:
        if step.step == "Wait":
            count, unit = dict(step.fields)["Duration"].split()
            minutes += int(count) * {"m": 1, "h": 60, "d": 1440, "w": 10080}[unit[0]]
        elif not step.choices or any(choice.condition in true for choice in step.choices):
            names = {choice.value for choice in step.choices} or {
                dict(step.fields).get("Campaign", str(step))
            }
            done += [(minutes, *names)]
    return done


def _reached(clause, new):
    tests = {"at least": new.__ge__, "less than": new.__lt__}
    return all(tests[one.operator](int(one.values[0])) for one in clause.constraints)


def _lets_in(item, true):
    held = [clause in true or clause.rule == "Created At" for clause in item.smart_list.filters]
    return (any if item.smart_list.logic == "ANY" else all)(held) if held else True


@pytest.mark.parametrize("name", SMALL)
def test_together_they_do_what_each_does_and_look_once_more_at_most(name):
    apart, found, _ = both_ways(SMALL[name])
    events = {(clause.rule, clause.values) for item in apart for clause in item.smart_list.triggers}
    clauses = sorted({clause for item in apart for clause in filters(item)})
    truths = [set(rows) for n in range(len(clauses) + 1) for rows in itertools.combinations(clauses, n)]
    looks = {run for item in apart if item.asks_again for step in item.flow for _, run in step.fields}
    for event, new, true in itertools.product(events, (0, 49, 50, 99, 100, 199, 200), truths):
        wanted = sorted(run for item in apart for run in runs(item, event, new, true))
        done = sorted(run for item in found for run in runs(item, event, new, true))
        assert [run for run in done if run[1] not in looks] == [run for run in wanted if run[1] not in looks]
        assert {*wanted} <= {*done}


def test_why_they_are_still_several_is_said():
    _, found, _ = both_ways(SMALL["created later"])
    assert sum(item.smart_list.triggers[0].rule == "Person is Created" for item in found) == 2
    bundle = compile_text(SCORE + ASSETS + SMALL["created later"])
    assert ("triggers-apart", "model") in notes(bundle, "exact")
    (note,) = [note for note in bundle.notes if note.name == "triggers-apart"]
    assert note.message.endswith(
        "a filter is read at the event; a choice reads it later, and has one condition."
    )
    assert "triggers-apart" not in {note.name for note in compile_text(SCORE + ASSETS + CREATED).notes}
