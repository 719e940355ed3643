"""Moves and clicks that a migration needs on any platform: waits, looks, other days, and what differs in a form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.plugin.migration import Move
from scorewright.plugin.sheet import Step, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.values import Active
    from scorewright.plugin.migration import Since

__all__ = ["differing", "not_before", "other_days", "wait"]


def wait(hours: int, why: str, *, act: str = "wait", facts: tuple[str, ...] = (), element: str = "") -> Move:
    """Let so many hours pass; ``act`` is ``rest`` where people live on under the new version meanwhile."""
    days, rest = divmod(hours, 24)
    words = " and ".join(
        f"{count} {unit}{'' if count == 1 else 's'}"
        for count, unit in ((days, "day"), (rest, "hour"))
        if count
    )
    step = Step("note", f"Wait {words}", note=why)
    task = Task(f"wait: {why}", f"Wait {words}", element or "model", why, 0.0, (step,), (), facts)
    return Move(act, "", "", task, (element,) if element else (), hours=hours)


def not_before(since: Since, model: Model) -> Iterator[Move]:
    """A version that starts on another day than the one before goes live on that day at the earliest."""
    starts = model.header.starts
    if since.model is None or starts is None or starts == since.model.header.starts:
        return
    why = "This version starts on that day; what happens before it would count, and must not."
    step = Step("check", "Today's date", f"{starts} or later", note=why)
    task = Task("check: starts", f"Go on from {starts} on", "model", why, 1.0, (step,))
    yield Move("check", "", "", task)


def other_days(since: Since, model: Model) -> Iterator[Move]:
    """Whoever switches by the calendar goes by other days from now on; no object says them, so no difference shows them.

    An earlier output does not say its days: then all of this version's are looked at.
    """
    old = since.model
    was = None if old is None else old.header.active
    yield from _kept_to(model.header.title, "model", was, model.header.active)
    for key, rule in model.rules.items():
        if old is None or key in old.rules:
            was = None if old is None else old.rules[key].active
            yield from _kept_to(rule.title, rule.name, was, rule.active)


def _kept_to(title: str, element: str, before: Active | None, now: Active | None) -> Iterator[Move]:
    if before == now:
        return
    why = "The days are kept by a person: nothing on the platform knows them, and what is off today may have to be on."
    until_now = f"until now {_days(before)}" if before is not None else ""
    step = Step("check", "In force", _days(now), note=until_now)
    task = Task(f"check: days of {element}", f"Keep to these days: {title}", element, why, 2.0, (step,))
    yield Move("check", "", "", task, (element,))


def _days(active: Active | None) -> str:
    if active is None:
        return "on every day"
    ends = (("from", active.first), ("until", active.last))
    return " ".join(f"{word} {day}" for word, day in ends if day)


def differing(old: Sequence[Step], new: Sequence[Step], what: str) -> Iterator[Step]:
    """The clicks from one form to another: value by value where it stays as it is, else all of it.

    ``what`` is what has to be taken away in that case.
    """
    if [_form(step) for step in old] == [_form(step) for step in new]:
        for before, after in zip(old, new, strict=True):
            if before != after:
                yield replace(after, default=before.value)
    elif old != new:
        yield Step("note", what, note="take away all that stands there, then")
        yield from new


def _form(step: Step) -> tuple[str, str, int]:
    return step.act, step.label, step.depth
