"""What somebody switches on and off on the day, for nothing on the platform has dates: as the notes ask them to.

Of a model all rules are paused outside its days; of a rule, what exists for that rule alone.  Of a fact, which must be
taken back after its days, only those rules are switched that name their days themselves.  Baseline rows stay as they are: saving them would score everybody anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model.values import Active
from scorewright.plugin.emulation import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.emulation import Tables
    from scorewright_pardot.emulator.bundle import Built
    from scorewright_pardot.emulator.days import Calendar

__all__ = ["Switch", "read_switches"]


class Switch(NamedTuple):
    """Bits of rules and names of actions that are in force from ``first`` until ``end`` (instants; ``None``: open)."""

    bits: int
    carriers: frozenset[str]
    first: int | None
    end: int | None
    whole: bool = False
    """Whether it is for the whole model: then programs are paused too."""
    outside: bool = False
    """Whether it is in force on all other days instead."""

    def is_on(self, now: int) -> bool:
        """Whether it is in force."""
        inside = (self.first is None or now >= self.first) and (self.end is None or now < self.end)
        return inside != self.outside


def read_switches(model: Model, tables: Tables, built: Built, calendar: Calendar) -> tuple[Switch, ...]:
    """Everything that has days, with its days."""
    return tuple(_switches(model, tables, built, calendar))


def _switches(model: Model, tables: Tables, built: Built, calendar: Calendar) -> Iterator[Switch]:
    if model.header.active is not None:
        every = (1 << len(built.rules)) - 1
        yield _switch(every, frozenset(), model.header.active, calendar)._replace(whole=True)
    for row in tables.get("automation-rules", ()):
        if "days" in row:
            yield _of_row(row, built, calendar)
    for rule in model.rules.values():
        if rule.active is None or not (rule.on or rule.keep):
            continue
        own = {
            f"{kind}: {row['name']}"
            for kind in ("automation-rules", "page-actions", "completion-actions")
            for row in tables.get(kind, ())
            if list(row.get("for", ())) == [rule.name]
        }
        yield _switch(_bits(built, own), frozenset(own), rule.active, calendar)


def _of_row(row: Mapping[str, Any], built: Built, calendar: Calendar) -> Switch:
    """A rule that says itself on which days it is in force."""
    days, place = row["days"], ("automation-rules", row["name"])
    try:
        found = _switch(
            _bits(built, {": ".join(place)}),
            frozenset(),
            Active(days.get("from"), days.get("until")),
            calendar,
        )
    except ValueError:
        raise UnreadableBundleError(*place, "no such days are in the calendar") from None
    return found._replace(outside=days["outside"])


def _bits(built: Built, own: Collection[str]) -> int:
    return sum(1 << place for place, item in enumerate(built.rules) if item.by in own)


def _switch(bits: int, carriers: frozenset[str], active: Active, calendar: Calendar) -> Switch:
    """Days are whole: from the first moment of the first to the last moment of the last."""
    first = None if active.first is None else calendar.read(active.first[:10])
    last = None if active.last is None else calendar.read(active.last[:10])
    return Switch(bits, carriers, first, None if last is None else calendar.day_start(calendar.day(last) + 1))
