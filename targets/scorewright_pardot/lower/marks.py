"""Marks as tags, and what the header says about the model as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Note, Result
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.days import said_of
from scorewright_pardot.lower.grades import most_off
from scorewright_pardot.lower.inputs import is_read
from scorewright_pardot.lower.notes import NOTES
from scorewright_pardot.lower.remembered import tell_population
from scorewright_pardot.lower.triggers import leaves_a_state
from scorewright_pardot.objects import BaselineRow, Category

if TYPE_CHECKING:
    from scorewright_pardot.lower.context import Context, Told

__all__ = ["lower_header", "lower_marks"]

_FACTS: dict[str, tuple[str, ...]] = {
    "switch-by-date": (),
    "resume-on-the-day": (),
    "bots-count-otherwise": ("bots-are-filtered",),
    "unknown-people-unseen": ("actions-are-for-known-people",),
}
"""What a note of the model rests on, where that is not how the baseline works."""

_BOTS_DO = frozenset({"opens", "clicks"})
_TOLD = 6
"""So many rules are named in a bound that many share."""


def lower_marks(cx: Context) -> None:
    """One tag a mark."""
    for mark in cx.model.marks.values():
        cx.begin()
        name = cx.tag(cx.homes.tag_of(mark), mark, mark.why or mark.title)
        cx.finish(mark, "tag", f"the tag {name!r}")


def lower_header(cx: Context) -> None:
    """What concerns the model as a whole: its past, its people, its dates."""
    head = cx.model.header
    paid = any(rule.on and rule.limit is None for rule in cx.model.rules.values())
    if paid and cx.homes.total is not None:
        message = "saving the baseline scores everybody anew over all of their past; do it first, alone, and wait 24 hours"
        cx.notes.append(_note("baseline-rescores-everyone", Result.BY_HAND, ("model",), message))
    rows = ", ".join(
        f"{item.label} {item.points}"
        for item in cx.objects.values()
        if isinstance(item, BaselineRow) and item.points
    )
    if head.starts is not None and rows:
        bound = f"what people did before {head.starts} earns what the rows pay, each time: {rows}"
        values = _rows_pay(cx)
        cx.notes.append(_note("past-counts", Result.BOUNDED, ("model", "starts"), bound=bound, bounds=values))
    elif rows:
        message = f"the past counts too: the rows pay all that people did before the start, each time: {rows}"
        cx.notes.append(_note("past-counts", Result.BY_HAND, ("model",), message))
    values = _outside(cx)
    if (head.eligible is not None or head.exclude or head.active is not None) and values:
        bound = "people outside earn what baseline and actions pay, and bring it along when they come in"
        if any(is_read(cx, item) for item in cx.model.inputs.values()):
            bound += "; a score that is read from a field follows it"
        path = ("model", "eligible" if head.eligible is not None else "exclude" if head.exclude else "active")
        cx.notes.append(_note("outsiders-collect-points", Result.BOUNDED, path, bound=bound, bounds=values))
    tell_population(cx)
    lost = room.added(item for told in cx.unseen.values() for item in told.bounds)
    if lost:
        note = _note(
            "unknown-people-unseen", Result.BOUNDED, ("model",), bound=_unseen(cx.unseen), bounds=lost
        )
        cx.notes.append(note)
    values = _by_bots(cx)
    if values:
        whose = (
            "earns points and ends silences all the same"
            if head.ignore_bots
            else "earns nothing and ends no silence"
        )
        bound = f"what a bot is known to have opened or clicked {whose}"
        cx.notes.append(_note("bots-count-otherwise", Result.BOUNDED, ("model",), bound=bound, bounds=values))
    if head.starts is not None:
        message = f"save the actions and resume the rules on {head.starts}, and nothing before that day"
        cx.notes.append(_note("resume-on-the-day", Result.BY_HAND, ("model", "starts"), message))
    if head.active is not None:
        message = f"resume and pause all rules by hand: in force {said_of(head.active)}"
        cx.notes.append(_note("switch-by-date", Result.BY_HAND, ("model", "active"), message))


def _rows_pay(cx: Context) -> tuple[Bound, ...]:
    """What the rows give, to the overall score and to the categories whose folders' assets they count, any number of
    times.
    """
    rows = [item.points for item in cx.objects.values() if isinstance(item, BaselineRow) and item.points]
    each = room.either(*(room.times(room.moved(points), None) for points in rows))
    counted = [
        key for key, home in cx.homes.of.items() if home.kind == "category" and _has_folder(cx, home.name)
    ]
    keys = [*counted, *([cx.homes.total] if cx.homes.total is not None else [])]
    return cx.off(dict.fromkeys(keys, each), "before-start", feeds=False)


def _has_folder(cx: Context, name: str) -> bool:
    made = cx.objects.get((Category, name))
    return isinstance(made, Category) and bool(made.assets)


def _outside(cx: Context) -> tuple[Bound, ...]:
    """What baseline and actions give for every event, any number of times."""
    found: list[Bound] = []
    for rule in cx.model.rules.values():
        if rule.on and rule.limit is None and not leaves_a_state(cx, rule):
            more = room.each_way(rule.points, lambda points: room.times(room.moved(points), None))
            found += (*cx.off(more, "outside"), *cx.acted(rule, 0, None, "outside"))
    for item in cx.model.inputs.values():
        found += cx.off({item.score: (None, None)}, "outside") if is_read(cx, item) else ()
    if cx.model.header.active is not None:  # rules are paused then, those of a grade and of a start too
        found += [
            Bound(f"grade {key}", 0, most_off(grade), "outside") for key, grade in cx.model.grades.items()
        ]
        for key, score in cx.model.scores.items():
            if score.start is not None:
                found += cx.off({key: room.missing(score.start.value)}, "outside", feeds=False)
    return room.merged(found)


def _by_bots(cx: Context) -> tuple[Bound, ...]:
    """What a bot's opens and clicks do, or fail to do, where the platform and the spec see to bots differently."""
    model = cx.model
    more = model.header.ignore_bots
    if more == (cx.facts["bots-are-filtered"] is True):
        return ()
    found: list[Bound] = []
    least, most, worth = (0, None, room.moved) if more else (None, 0, room.missing)
    for rule in model.rules.values():
        if any(event.verb in _BOTS_DO for event in rule.on):
            points = room.each_way(rule.points, lambda number: room.times(worth(number), None))
            found += (*cx.off(points, "by-a-bot"), *cx.acted(rule, least, most, "by-a-bot"))
    for threshold in model.thresholds.values():
        if any(event.verb in _BOTS_DO for event in threshold.or_on):
            found += cx.acted(threshold, least, most, "by-a-bot")
    counted = str(cx.facts["activity-kinds"]).split()
    for decay in model.decay.values():
        if _BOTS_DO & {*decay.activity, *counted}:
            keys = (decay.score, *cx.coupled(decay.score))
            found += cx.off(dict.fromkeys(keys, (None, None)), "by-a-bot", feeds=False)
            found += cx.acted(decay, None, None, "by-a-bot")
    return room.merged(found)


def _unseen(lost: dict[str, Told]) -> str:
    """One bound for the whole model: it is the platform's way, and no rule's own."""
    told = "; ".join(f"{rule}: {what.words}" for rule, what in list(lost.items())[:_TOLD])
    more = f"; and {len(lost) - _TOLD} rules more" if len(lost) > _TOLD else ""
    return f"of what people did before they were known: {told}{more}"


def _note(
    name: str,
    result: Result,
    path: tuple[str, ...],
    message: str = "",
    *,
    bound: str = "",
    bounds: tuple[Bound, ...] = (),
) -> Note:
    facts = _FACTS.get(name, ("baseline-rescores-everyone",))
    return Note(name, result, "model", path, message or NOTES[name], bound, "", facts, bounds=bounds)
