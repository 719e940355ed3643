"""Engagement programs as their file says them: lists, repeats and steps, read as somebody draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot.emulator.days import DAY
from scorewright_pardot.emulator.unreadable import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from scorewright_pardot.emulator.actions import Action
    from scorewright_pardot.emulator.criteria import Criteria

__all__ = ["Node", "Program", "read_program"]

_STEPS_MOST, _CONDITIONS_MOST = 300, 5
"""With so many steps no program starts; so many conditions a rule step holds."""


class Node(NamedTuple):
    """A step.  A rule has criteria and two ways on; an action has an action and one (``yes``); ``wait`` in seconds."""

    wait: int
    criteria: Criteria | None
    action: Action | None
    yes: int
    no: int


class Program(NamedTuple):
    """A program; ``nodes`` by number, the end is none of them.  ``repeat`` in days, ``None``: once a prospect."""

    by: str
    recipients: str
    suppressed: tuple[str, ...]
    nodes: Mapping[int, Node]
    repeat: int | None
    limit: int | None
    phase: int


# --- reading --------------------------------------------------------------------------------------------------------

Reads = "tuple[Callable[[Mapping[str, Any]], Criteria], Callable[[Mapping[str, Any]], Action]]"


def read_program(
    row: Mapping[str, Any],
    lists: Collection[str],
    reads: tuple[Callable[[Mapping[str, Any]], Criteria], Callable[[Mapping[str, Any]], Action]],
    least: int,
) -> Program:
    """One program; ``reads`` turn a step into criteria, and into an action.  Raises ``UnreadableBundleError``.

    Fewer days than the ``least`` that the platform takes become that.
    """
    where = ("engagement-programs", str(row.get("name")))
    if row.get("state") != "draft":
        raise UnreadableBundleError(*where, f"a new program is a draft, not {row.get('state')!r}")
    recipients, suppressed = str(row.get("recipient_list")), tuple(map(str, row.get("suppression_lists", ())))
    for name in (recipients, *suppressed):
        if name not in lists:
            raise UnreadableBundleError(*where, f"no list is called {name!r}")
    if row.get("business_hours_only"):
        raise UnreadableBundleError(*where, "business hours are for the e-mails that a program sends")
    repeat, limit = _repeat(row, where, least)
    nodes = dict(_nodes(row, where, reads))
    return Program(": ".join(where), recipients, suppressed, nodes, repeat, limit, row["start_phase"])


def _repeat(row: Mapping[str, Any], where: tuple[str, str], least: int) -> tuple[int | None, int | None]:
    if not row.get("repeat"):
        return None, None
    limit, days = row.get("entry_limit"), row.get("days_before_repeat")
    if limit != "unlimited" and type(limit) is not int:
        raise UnreadableBundleError(*where, f"no number of times is {limit!r}")
    if type(days) is not int:
        raise UnreadableBundleError(*where, f"days_before_repeat must be a whole number, and is {days!r}")
    return max(days, least, 1), None if limit == "unlimited" else limit


def _nodes(
    row: Mapping[str, Any],
    where: tuple[str, str],
    reads: tuple[Callable[[Mapping[str, Any]], Criteria], Callable[[Mapping[str, Any]], Action]],
) -> Any:
    """Steps by number.  A way on leads to a later step, for programs have no loops; the last step is the end."""
    steps = row.get("steps", ())
    if [step.get("number") for step in steps] != [*range(1, len(steps) + 1)]:
        raise UnreadableBundleError(*where, "the steps are not numbered from 1 on, one by one")
    kinds = [step.get("step") for step in steps]
    if not steps or kinds.count("End") != 1 or kinds[-1] != "End":
        raise UnreadableBundleError(*where, "a program has one end, its last step")
    if len(steps) >= _STEPS_MOST:
        raise UnreadableBundleError(*where, f"a program of {len(steps)} steps cannot be started")
    for step in steps[:-1]:
        number, wait = step["number"], step.get("wait_days", 0) * DAY
        ways = ("then",) if step["step"] == "Action" else ("yes", "no")
        on = [step.get(way) for way in ways]
        if any(type(place) is not int or not number < place <= len(steps) for place in on):
            raise UnreadableBundleError(*where, f"step {number} does not lead to a later step: {on}")
        if step["step"] == "Action":
            yield number, Node(wait, None, reads[1](step), on[0], on[0])
            continue
        if not 0 < len(step.get("criteria", ())) <= _CONDITIONS_MOST:
            raise UnreadableBundleError(
                *where, f"step {number}: a rule step has 1 to {_CONDITIONS_MOST} conditions"
            )
        yield number, Node(wait, reads[0](step), None, on[0], on[1])
