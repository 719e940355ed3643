"""How long a decay's rules must rest after a change, so that nobody meets one step twice in a silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.migration.programs import ACTING, PROGRAMS, is_ladder
from scorewright_pardot.migration.tables import adjusts, element_of, same_repeat, window_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from scorewright.plugin.bundle import Emitted
    from scorewright_pardot.migration.compare import Difference, Pair

__all__ = ["quarantines", "remembers"]


def remembers(table: Mapping[str, Any], shortest: int) -> bool:
    """Whether a rule's memory keeps it from firing again: one that repeats as soon as it may is disarmed by what it does."""
    return bool(table.get("repeat")) and int(table["days_before_repeat"]) > shortest


def quarantines(difference: Difference, shortest: int) -> dict[str, int]:
    """For each decay whose steps have moved the days until its new rules are resumed.

    Whoever has met a step in an old window must have left the new one by then.  A window that has not moved is kept by the
    rule's own memory, if that stays.  ``difference`` has programs as rules.
    """
    found: dict[str, int] = {}
    edits = [pair for pair in difference.edits(*ACTING) if pair.new.lowering == "decay" and pair.new.elements]
    known = [element_of(item) for item in difference.removed if _forgets(item)]
    elements = [element_of(pair.new) for pair in edits] + [
        element_of(item) for item in difference.added if _forgets(item) and element_of(item) in known
    ]
    for element in dict.fromkeys(elements):
        mine = [pair for pair in edits if element_of(pair.new) == element]
        gone, come = ([*_of(items, element)] for items in (difference.removed, difference.added))
        programs = any(item.kind == PROGRAMS for item in (*gone, *come))
        if any(_moved(pair, shortest) for pair in mine) or (programs and gone and come):
            olds, news = [pair.old for pair in mine] + gone, [pair.new for pair in mine] + come
            found[element] = _days(olds, news)
    return {element: days for element, days in found.items() if days}


def _of(items: Iterable[Emitted], element: str) -> Iterator[Emitted]:
    return (item for item in items if element_of(item) == element and _forgets(item))


def _forgets(item: Emitted) -> bool:
    """Whether somebody could meet what a decay does twice, if it is made anew."""
    return item.lowering == "decay" and not is_ladder(item)


def _moved(pair: Pair, shortest: int) -> bool:
    """Whether what kept somebody from meeting the step twice has gone: the days, or the memory of a rule that has one."""
    old, new = pair.old.table, pair.new.table
    if is_ladder(pair.new):
        return False
    takes = bool(adjusts(old)) or bool(adjusts(new)) or remembers(old, shortest)
    closed = window_of(old) != window_of(new) and (takes or _is_closed(new))
    return closed or (takes and not same_repeat(old, new))


def _is_closed(table: Mapping[str, Any]) -> bool:
    window = window_of(table)
    return window is not None and window.end is not None


def _days(olds: Iterable[Emitted], news: Iterable[Emitted]) -> int:
    first = min((window.first for item in olds if (window := window_of(item.table))), default=0)
    ends = [window.end for item in news if (window := window_of(item.table)) and window.end is not None]
    again = [int(item.table["days_before_repeat"]) for item in news if item.table.get("repeat")]
    return max(max(ends, default=0) - first + 1 if ends else 0, max(again, default=0) + _put_off(first, news))


def _put_off(first: int, news: Iterable[Emitted]) -> int:
    """Days by which a step that comes again and again in a silence comes later, each time of it."""
    opens = [
        window.first
        for item in news
        if item.table.get("repeat") and (window := window_of(item.table)) and window.end is None
    ]
    return max(0, max(opens, default=0) - first)
