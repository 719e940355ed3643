"""Rules that batches which recur are held to: they come back in time, and keep out of each other's way."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.delays import BATCH_BEGINS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright_marketo.audit.plant import Plant, Thing
    from scorewright_marketo.objects import Campaign, Clause

__all__ = ["RULES", "broken"]

RULES: Mapping[str, str] = {
    "batches-come-back": "A batch that looks for a silence, or keeps a record, does so each time that it is due.",
    "one-at-a-time": "Of two batches that read and move one score, one is over when the other begins, or nobody is in both.",
}
"""Each rule by name."""

_CLOCK = re.compile(r"at (\d\d):(\d\d)$")
_LONG_AGO = "in past before"
_TOLD = "steps-together"


def broken(plant: Plant) -> Iterator[tuple[str, Campaign, str]]:
    """Every breach: the rule, the campaign, and how."""
    batches = [item for item in plant.campaigns if _CLOCK.search(item.schedule)]
    for item in batches:
        for inner in (item, *_run_by(plant, item, 9)):
            says = _stays_away(plant, inner)
            if says:
                yield "batches-come-back", inner, says
    yield from _rivals(plant, batches)


def _run_by(plant: Plant, item: Campaign, deep: int) -> Iterator[Campaign]:
    for step in item.flow:
        for inner in plant.called(step) if deep else ():
            yield inner
            yield from _run_by(plant, inner, deep - 1)


def _stays_away(plant: Plant, item: Campaign) -> str:
    """Why somebody who is due again is not let through again."""
    silence = min((_hours(clause) for clause in item.smart_list.filters if _is_silence(clause)), default=None)
    keeps = plant.reads(item.smart_list.filters) & plant.writes(item.flow)
    rule = item.qualification
    if rule == "Only once" and (silence is not None or keeps):
        return "it lets each person through only once"
    every = re.fullmatch(r"Once every (\d+) hours?", rule)
    if every and silence is not None and int(every[1]) > silence:
        return f"it lets nobody through again within {every[1]} hours, and a silence is over after {silence}"
    return ""


def _is_silence(clause: Clause) -> bool:
    """Whether a filter asks that nothing was done for a time; how long somebody is there already is no silence."""
    return clause.operator == _LONG_AGO and not clause.primary and clause.rule != "Created At"


def _hours(clause: Clause) -> int:
    number, _, unit = clause.values[0].partition(" ")
    return int(number) * (24 if unit.startswith("day") else 1)


def _minutes(item: Campaign) -> int:
    found = _CLOCK.search(item.schedule)
    return int(found[1]) * 60 + int(found[2]) if found else -1


# --- two of them ----------------------------------------------------------------------------------------------------


class _Mover(NamedTuple):
    """A campaign that moves scores at a batch's hour, and those of its scores that it also reads."""

    batch: Campaign
    item: Campaign
    reads: frozenset[Thing]


def _rivals(plant: Plant, batches: Sequence[Campaign]) -> Iterator[tuple[str, Campaign, str]]:
    """Whoever reads a score that it moves, beside each other one that moves the score."""
    movers: dict[Thing, list[_Mover]] = {}
    for batch in batches:
        for item in dict.fromkeys((batch, *_run_by(plant, batch, 9))):
            moved = _moved(plant, item)
            for thing in sorted(moved):
                movers.setdefault(thing, []).append(
                    _Mover(batch, item, frozenset(moved & _asked(plant, item)))
                )
    for thing, rows in movers.items():
        for one, other in product([row for row in rows if thing in row.reads], rows):
            if _meet(plant, one, other):
                yield (
                    "one-at-a-time",
                    one.item,
                    f"“{other.batch.name}” moves “{thing[1]}” in the same minutes",
                )
                break


def _meet(plant: Plant, one: _Mover, other: _Mover) -> bool:
    """Whether one may act on somebody while the other does; steps of one decay come in their order, or that is said."""
    if one.batch is other.batch or one.item is other.item or {*one.batch.elements} & {*other.batch.elements}:
        return False
    if plant.said(_TOLD, one.batch) or plant.said(_TOLD, other.batch):
        return False
    if _by_the_spec(one.batch) != _by_the_spec(other.batch):
        return False
    gap = abs(_minutes(one.batch) - _minutes(other.batch))
    return gap < BATCH_BEGINS and not _apart(one.item, other.item)


def _by_the_spec(item: Campaign) -> bool:
    """Whether the spec itself says the hour, with its zone: no gap can be kept to hours that somebody asked for."""
    return not item.schedule.startswith(("Daily, every 1 day, at", "Weekly, on Monday, at", "Monthly"))


def _moved(plant: Plant, item: Campaign) -> set[tuple[str, str]]:
    own = [step for step in item.flow if step.step == "Change Score"]
    return {thing for thing in plant.writes(own, deep=0) if thing[1] not in plant.own}


def _asked(plant: Plant, item: Campaign) -> set[tuple[str, str]]:
    return plant.reads(
        (*item.smart_list.filters, *(one.condition for step in item.flow for one in step.choices))
    )


def _apart(one: Campaign, other: Campaign) -> bool:
    """Whether no one passes both: one field, two values that it is asked to have; one list, in and not in it."""
    if {one.smart_list.logic, other.smart_list.logic} != {"ALL"}:
        return False
    some, others = one.smart_list.filters, other.smart_list.filters
    lists = {(item.rule, item.values): item.operator for item in some if item.operator in {"in", "not in"}}
    if any({lists.get((item.rule, item.values)), item.operator} == {"in", "not in"} for item in others):
        return True
    held = {item.rule: {*item.values} for item in some if item.operator == "is" and not item.primary}
    return any(
        item.operator == "is" and item.rule in held and not held[item.rule] & {*item.values}
        for item in others
    )
