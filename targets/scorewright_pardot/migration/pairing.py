"""Rules that go on under another name: what they remember of people must go on with them.

Names of decay rules hold days and points, those of awards how often they are given; so a change of these looks like a rule
that goes and one that comes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.migration.tables import actions_of, window_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from scorewright.plugin.bundle import Emitted

__all__ = ["Time", "pair_rules", "time_of"]

_HOW_OFTEN = re.compile(r"^(once per \d+ days|once|number (\d+))")


def pair_rules(removed: Sequence[Emitted], added: Sequence[Emitted]) -> list[tuple[Emitted, Emitted]]:
    """Old and new rules that are the same to people: first those that nothing but a number tells apart."""
    left = [item for item in removed if item.kind == "automation-rules"]
    fresh = [item for item in added if item.kind == "automation-rules"]
    found: list[tuple[Emitted, Emitted]] = []
    for sign in (_at_the_same_days, _of_the_same_sort, _award, _start):
        found += _match(left, fresh, sign)
    return found


def _match(
    left: list[Emitted], fresh: list[Emitted], sign: Callable[[Emitted], Hashable | None]
) -> list[tuple[Emitted, Emitted]]:
    """The first of a sign with the first of the same sign, and so on; what is matched is taken off both."""
    found = []
    for new in [*fresh]:
        wanted = sign(new)
        old = next((item for item in left if wanted is not None and sign(item) == wanted), None)
        if old is not None:
            left.remove(old)
            fresh.remove(new)
            found.append((old, new))
    return found


def _sort(item: Emitted) -> tuple[Hashable, ...] | None:
    if item.lowering != "decay":
        return None
    acts = tuple((act.label, act.of) for act in actions_of(item.table) if act.label.startswith("Adjust"))
    return (
        item.name.partition(": ")[0],
        item.lowering,
        acts,
    )  # with the product, whose copies are rules of their own


def _at_the_same_days(item: Emitted) -> Hashable | None:
    sort = _sort(item)
    return None if sort is None else (*sort, window_of(item.table), item.table.get("days_before_repeat"))


def _of_the_same_sort(item: Emitted) -> Hashable | None:
    return _sort(item)


class Time(NamedTuple):
    """The how-manieth award a rule gives, and for what beside."""

    number: int
    group: str


def time_of(item: Emitted) -> Time | None:
    """How often an award is given: the first time is the only time of an award that is given once."""
    told = _HOW_OFTEN.match(item.name.partition(": ")[2]) if item.lowering == "limited-award" else None
    if told is None:
        return None
    return Time(int(told[2] or 1), item.name.partition(": ")[2][told.end() :])


def _award(item: Emitted) -> Hashable | None:
    told = time_of(item)
    return None if told is None else (item.name.partition(": ")[0], *told)


def _start(item: Emitted) -> Hashable | None:
    """A score's start, whatever it is: whom the rule has met has begun."""
    return item.name.partition(": ")[0] if item.lowering == "start" else None
