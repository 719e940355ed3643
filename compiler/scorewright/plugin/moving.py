"""Moves and clicks that a migration needs on any platform: waits, looks, and what differs in a form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.plugin.migration import Move
from scorewright.plugin.sheet import Step, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.migration import Since

__all__ = ["differing", "not_before", "wait"]


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
