"""Marks as tags, and what the header says about the model as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Note, Result
from scorewright_pardot.lower.notes import NOTES
from scorewright_pardot.objects import BaselineRow

if TYPE_CHECKING:
    from scorewright_pardot.lower.context import Context

__all__ = ["lower_header", "lower_marks"]

_FACTS: dict[str, tuple[str, ...]] = {
    "switch-by-date": (),
    "resume-on-the-day": (),
    "unknown-people-unseen": ("actions-are-for-known-people",),
}
"""What a note of the model rests on, where that is not how the baseline works."""

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
        cx.notes.append(_note("past-counts", Result.BOUNDED, ("model", "starts"), bound=bound))
    elif rows:
        message = f"the past counts too: the rows pay all that people did before the start, each time: {rows}"
        cx.notes.append(_note("past-counts", Result.BY_HAND, ("model",), message))
    if (head.eligible is not None or head.exclude) and paid:
        bound = "people outside earn what baseline and actions pay, and bring it along when they come in"
        path = ("model", "eligible" if head.eligible is not None else "exclude")
        cx.notes.append(_note("outsiders-collect-points", Result.BOUNDED, path, bound=bound))
    if cx.unseen:
        cx.notes.append(_note("unknown-people-unseen", Result.BOUNDED, ("model",), bound=_unseen(cx.unseen)))
    if head.starts is not None:
        message = f"save the actions and resume the rules on {head.starts}, and nothing before that day"
        cx.notes.append(_note("resume-on-the-day", Result.BY_HAND, ("model", "starts"), message))
    if head.active is not None:
        days = f"from {head.active.first or 'the start'} to {head.active.last or 'the end'}"
        message = f"resume and pause all rules by hand: in force {days}"
        cx.notes.append(_note("switch-by-date", Result.BY_HAND, ("model", "active"), message))


def _unseen(lost: dict[str, str]) -> str:
    """One bound for the whole model: it is the platform's way, and no rule's own."""
    told = "; ".join(f"{rule}: {text}" for rule, text in list(lost.items())[:_TOLD])
    more = f"; and {len(lost) - _TOLD} rules more" if len(lost) > _TOLD else ""
    return f"of what people did before they were known: {told}{more}"


def _note(name: str, result: Result, path: tuple[str, ...], message: str = "", bound: str = "") -> Note:
    facts = _FACTS.get(name, ("baseline-rescores-everyone",))
    return Note(name, result, "model", path, message or NOTES[name], bound, "", facts)
