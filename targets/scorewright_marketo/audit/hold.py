"""Rules that every compile is held to, over the objects that it made: what no lowering may ever let through.

The proof plays people; this reads the objects, in no time, at each compile.  A breach is a fault of this program, and no
bundle with one goes out: the element is refused.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.audit import batches, states
from scorewright_marketo.audit.people import Empties, number_passes
from scorewright_marketo.audit.plant import Plant, asks, change, changes, score, sets
from scorewright_marketo.limits import given
from scorewright_marketo.objects import DO_NOTHING, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright_marketo.audit.plant import Thing
    from scorewright_marketo.objects import Campaign, FlowStep, Lowered, SmartList, Token

__all__ = ["RULES", "Breach", "audit"]

RULES: Mapping[str, str] = {
    "siblings-apart": "A trigger's filter reads nothing that another trigger of the same event writes before it waits.",
    "award-ends-its-match": "A batch that recurs and moves points ends its own match, or goes by what it has recorded.",
    "points-are-recorded": "What is given by a record is taken back by it, to the point.",
    "initial-state-first": "What is filled in for those who are there already is filled in before anything reads it.",
    "empty-counts-as-zero": "A choice on a number that nobody has yet does what it would do for 0.",
    "read-before-written": "Of steps under one condition, the one that changes what the condition reads comes last.",
    "executables-stay-flat": "An executable holds no wait, is nested three deep at most, and has a filter.",
    "stamps-may-be-empty": "A date that is asked to lie far back is asked to be there, since an empty one would match.",
    "looks-after-a-wait": "A threshold's trigger waits before anything reads the score again.",
    "numbers-are-one": "A token beside a literal of the same number says in which campaign both have to be changed.",
    **batches.RULES,
    **states.RULES,
}
"""Each rule by name."""


class Breach(NamedTuple):
    """A rule that an object breaks: which, the object, the element that it is for, and how."""

    rule: str
    name: str
    element: str
    says: str


def audit(
    lowered: Lowered,
    *,
    for_all: frozenset[str] = frozenset(),
    population: SmartList | None = None,
    empties_pass: bool = True,
) -> tuple[Breach, ...]:
    """Every breach, in the order of the rules and of the campaigns.

    ``for_all`` are the elements that mean those too of whom nothing is known yet: decays of who was never active.
    ``population`` are those who are scored (``None``: everybody), and ``empties_pass`` says whether a negative operator
    lets an empty field through.
    """
    plant = Plant(lowered)
    return (
        *_siblings(plant),
        *_ending(plant),
        *_recorded(plant),
        *_initial(plant),
        *_empties(plant),
        *_order(plant),
        *_flat(plant),
        *_stamps(plant, for_all),
        *_waiting(plant),
        *_coupled(plant),
        *(_breach(*row) for row in batches.broken(plant)),
        *(_breach(*row) for row in states.broken(lowered, population, empties_pass=empties_pass)),
    )


def _breach(rule: str, item: Campaign, says: str) -> Breach:
    return Breach(rule, item.name, item.elements[0], says)


# --- the rules ------------------------------------------------------------------------------------------------------


def _siblings(plant: Plant) -> Iterator[Breach]:
    triggers = [item for item in plant.campaigns if item.type == "trigger"]
    by_rule: dict[str, list[Campaign]] = {}
    for item in triggers:
        for rule in dict.fromkeys(clause.rule for clause in item.smart_list.triggers):
            by_rule.setdefault(rule, []).append(item)
    prompt = {item.qualified_name: plant.writes(_before_wait(item.flow)) for item in triggers}
    for item in triggers:
        read = plant.reads(item.smart_list.filters)
        rules = (
            {clause.rule for clause in item.smart_list.triggers} - {"Campaign is Requested"} if read else ()
        )
        others = {
            other.qualified_name: other
            for rule in sorted(rules)
            for other in by_rule[rule]
            if other is not item and _one_event(item, other)
        }
        for name, other in others.items():
            for _, thing in sorted(read & prompt[name]):
                yield _breach(
                    "siblings-apart",
                    item,
                    f"it reads “{thing}”, which “{other.name}” writes at the same event",
                )


def _one_event(one: Campaign, other: Campaign) -> bool:
    """Whether one event may start both: a rule of both, and no two lists of whole names without one in common."""
    return any(
        mine.rule == its.rule
        and not (mine.operator == its.operator == "is" and not {*mine.values} & {*its.values})
        for mine in one.smart_list.triggers
        for its in other.smart_list.triggers
    )


def _before_wait(steps: Iterable[FlowStep]) -> Iterator[FlowStep]:
    for step in steps:
        if step.step == "Wait":
            return
        yield step


def _ending(plant: Plant) -> Iterator[Breach]:
    for item in plant.campaigns:
        if item.type == "batch" and item.schedule not in {"", "Run once"}:
            yield from _ends(plant, item, 9)


def _ends(plant: Plant, item: Campaign, deep: int) -> Iterator[Breach]:
    """Whoever has filters of their own answers for what is run inside; without, each executable answers for itself."""
    if item.qualification != "Every time" or plant.reads(item.smart_list.filters) & plant.writes(item.flow):
        return
    written, anew = plant.writes(item.flow), set()
    for step in item.flow:
        if sets(step):
            anew.add(score(step))  # worked out from nothing each night
        moved = [text for text in changes(step) if plant.value(item, text) is not None]
        goes_by = [
            plant.reads([choice.condition]) & written for choice in step.choices if choice.value in moved
        ]
        sure = bool(goes_by) and all(goes_by) and change(step) not in moved
        if moved and not sure and score(step) not in anew:
            yield _breach("award-ends-its-match", item, f"it moves “{score(step)}” night after night")
        for inner in plant.called(step) if deep and not asks(item) else ():
            yield from _ends(plant, inner, deep - 1)


def _recorded(plant: Plant) -> Iterator[Breach]:
    """Around each step that records: what comes before it takes what it gave, and what comes after it gives as much."""
    records = (
        (item, place, score(step))
        for item in plant.campaigns
        for place, step in enumerate(item.flow)
        if step.choices and sets(step)
    )
    for item, place, record in records:
        taken = _by_record(plant, item, item.flow[:place], record)
        given = _by_record(plant, item, item.flow[place + 1 :], record)
        carries = _carries(plant, item)
        for value in given:
            if not _even(taken.get(value, {}), given[value], carries):
                says = f"who has {value} in “{record}” is given other points than are taken back"
                yield _breach("points-are-recorded", item, says)


def _by_record(
    plant: Plant, item: Campaign, steps: Iterable[FlowStep], record: str
) -> dict[str, dict[str, int]]:
    """By what the record holds: the points that go to each field."""
    found: dict[str, dict[str, int]] = {}
    for step in steps:
        for choice in step.choices if change(step) else ():
            points = plant.value(item, choice.value)
            if (choice.condition.rule, choice.condition.operator) == (record, "is") and points is not None:
                of = found.setdefault(choice.condition.values[0], {})
                of[score(step)] = of.get(score(step), 0) + points
    return found


_Carries = dict[str, tuple[int, dict[str, int]]]
"""Rests that give a whole point on: how many parts it has, and what scores and rests of theirs get for it."""


def _carries(plant: Plant, item: Campaign) -> _Carries:
    """The rests that a flow carries: steps by one choice on a rest, the last of which takes the parts off it again."""
    found: _Carries = {}
    gets: dict[str, dict[str, int]] = {}
    for step in item.flow:
        if (
            change(step) == DO_NOTHING
            and len(step.choices) == 1
            and step.choices[0].condition.operator == "at least"
        ):
            rest, points = step.choices[0].condition.rule, plant.value(item, step.choices[0].value)
            if points is not None and rest != score(step):
                gets.setdefault(rest, {})[score(step)] = points
            elif points is not None and rest in gets:
                found[rest] = (-points, gets[rest])
    return found


def _even(taken: Mapping[str, int], given: Mapping[str, int], carries: _Carries) -> bool:
    """Whether as much is given as taken, once every rest has given on the whole points that are in it."""
    left = {name: taken.get(name, 0) + given.get(name, 0) for name in {*taken, *given}}
    waiting = dict(carries)
    while waiting:
        fed = {name for _, gets in waiting.values() for name in gets}
        rest = next((name for name in waiting if name not in fed), "")
        if not rest:  # each waits for another
            return False
        parts, gets = waiting.pop(rest)
        whole, left[rest] = divmod(left.get(rest, 0), parts)
        left |= {name: left.get(name, 0) + whole * points for name, points in gets.items()}
    return not any(left.values())


def _initial(plant: Plant) -> Iterator[Breach]:
    """No campaign is switched on before what it goes by is filled in for those who are there already."""
    filled = _filled_in(plant)
    for item in plant.campaigns:
        if item.stage in STAGES[2:]:
            for thing in sorted(_looked_at(plant, item, 9) & filled.keys()):
                if filled[thing] > STAGES.index(item.stage):
                    yield _breach(
                        "initial-state-first", item, f"it reads “{thing[1]}”, which is filled in later"
                    )


def _filled_in(plant: Plant) -> dict[Thing, int]:
    """The lists and fields of the model's own that batches fill at the start, and the stage of the last of them."""
    found: dict[Thing, int] = {}
    for item in plant.campaigns:
        if item.stage in {"start", "threshold-start"}:
            for thing in plant.writes((step for step in item.flow if not _counts(step)), deep=0):
                if thing[0] == "list" or thing[1] in plant.own:
                    found[thing] = max(found.get(thing, 0), STAGES.index(item.stage))
    return found


def _counts(step: FlowStep) -> bool:
    return bool(change(step)) and not sets(step)


def _looked_at(plant: Plant, item: Campaign, deep: int) -> set[Thing]:
    """All that lets somebody through who is not in it yet: who has to be on a list is not there before it is filled."""
    asked = [*item.smart_list.filters, *(choice.condition for step in item.flow for choice in step.choices)]
    found = plant.reads(
        clause for clause in asked if (clause.rule, clause.operator) != ("Member of List", "in")
    )
    for step in item.flow:
        for inner in plant.called(step) if deep else ():
            found |= _looked_at(plant, inner, deep - 1)
    return found


def _empties(plant: Plant) -> Iterator[Breach]:
    for item in plant.campaigns:
        filled = _there(item)
        for step in item.flow:
            fields = {choice.condition.rule for choice in step.choices}
            if len(fields) == 1 and fields <= plant.numbers - filled and not _fills(step):
                name = next(iter(fields))
                copied = "{{lead." + name + "}}"  # a copy of nothing is nothing, and counts as 0 again
                found = [_outcome(step, value) for value in (None, 0)]
                if len({"0" if text == copied else text for text in found}) > 1:
                    yield _breach("empty-counts-as-zero", item, f"an empty “{name}” is not taken for 0")
            if change(step) and (not step.choices or _fills(step)):
                filled.add(score(step))
            elif _copied(step) & filled:
                filled.add(dict(step.fields)["Attribute"])


def _there(item: Campaign) -> set[str]:
    """The fields that whoever comes through the filters has, whatever else is asked."""
    filters, logic = item.smart_list.filters, item.smart_list.logic
    beside = logic.startswith("1 and (") and logic.index(")") == len(logic) - 1  # the first, and one group
    passed = filters if logic == "ALL" else filters[:1] if beside else ()
    return {clause.rule for clause in passed if clause.operator == "is not empty"}


def _copied(step: FlowStep) -> set[str]:
    """The field that a step copies, if it does."""
    value = dict(step.fields).get("New Value", "") if step.step == "Change Data Value" else ""
    return {value.removeprefix("{{lead.").removesuffix("}}")} if value.startswith("{{lead.") else set()


def _fills(step: FlowStep) -> bool:
    when = step.choices[0].condition
    return bool(change(step)) and (when.rule, when.operator, step.choices[0].value) == (
        score(step),
        "is empty",
        "=0",
    )


_NOBODY_KNOWS = Empties()


def _outcome(step: FlowStep, value: int | None) -> str:
    found = next(
        (choice.value for choice in step.choices if number_passes(choice.condition, value, _NOBODY_KNOWS)),
        None,
    )
    return dict(step.fields)[step.varies] if found is None else found


def _order(plant: Plant) -> Iterator[Breach]:
    for item in plant.campaigns:
        for one, other in pairwise(item.flow):
            when = [choice.condition for choice in one.choices]
            same = when and when == [choice.condition for choice in other.choices]
            if same and plant.writes([one]) & plant.reads(when):
                yield _breach(
                    "read-before-written",
                    item,
                    f"“{score(one)}” changes, and the next step reads it as it was",
                )


_DEEPEST = given("nesting")


def _flat(plant: Plant) -> Iterator[Breach]:
    for item in plant.campaigns:
        if item.type != "trigger" and not item.smart_list.filters:
            yield _breach("executables-stay-flat", item, "it has no filter, and qualifies nobody")
        if item.type == "executable" and any(step.step in {"Wait", "Call Webhook"} for step in item.flow):
            yield _breach("executables-stay-flat", item, "it waits")
        if _depth(plant, item, 9) > _DEEPEST:
            yield _breach("executables-stay-flat", item, f"it runs executables more than {_DEEPEST} deep")


def _depth(plant: Plant, item: Campaign, most: int) -> int:
    inner = (
        (_depth(plant, other, most - 1) for step in item.flow for other in plant.called(step)) if most else ()
    )
    return max((1 + depth for depth in inner), default=0)


_LONG_AGO = {"in past before", "before", "on or before"}


def _stamps(plant: Plant, for_all: frozenset[str]) -> Iterator[Breach]:
    for item in plant.campaigns:
        if for_all & {*item.elements}:
            continue
        there = {clause.rule for clause in item.smart_list.filters if clause.operator == "is not empty"}
        for clause in item.smart_list.filters:
            asked = (
                clause.operator in _LONG_AGO
                and not clause.primary
                and clause.rule not in {"Created At", *there}
            )
            if item.type == "batch" and asked and clause.rule in plant.own:
                yield _breach("stamps-may-be-empty", item, f"an empty “{clause.rule}” matches")


def _waiting(plant: Plant) -> Iterator[Breach]:
    for item in plant.campaigns:
        scored = any(clause.rule == "Score is Changed" for clause in item.smart_list.triggers)
        if item.type == "trigger" and scored and item.flow[0].step != "Wait":
            yield _breach(
                "looks-after-a-wait", item, "it acts while other awards of the same event are still to come"
            )


def _coupled(plant: Plant) -> Iterator[Breach]:
    for item in plant.campaigns:
        for token in _beside_literals(plant, item):
            if item.name not in {*token.coupled, *token.inverse}:
                yield _breach(
                    "numbers-are-one", item, f"“{token.name}” stands beside a literal that goes with it"
                )


def _beside_literals(plant: Plant, item: Campaign) -> list[Token]:
    """Tokens of steps with choices on a number: what is compared there goes with what is given."""
    texts = dict.fromkeys(
        text
        for step in item.flow
        if change(step) and any(choice.condition.rule in plant.numbers for choice in step.choices)
        for text in changes(step)
    )
    found = (plant.tokens.get((item.program, text)) for text in texts)
    return [token for token in found if token is not None]
