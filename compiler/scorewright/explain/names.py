"""The words of a model for people who do not read specs: titles, dates as they are said, amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from scorewright.model.elements import Element, Model
    from scorewright.semantics.clock import Clock

__all__ = ["Names", "count", "points"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TABLES = (
    "scores",
    "rules",
    "tiers",
    "inputs",
    "decay",
    "marks",
    "grades",
    "bands",
    "thresholds",
    "segments",
    "fields",
    "assets",
    "activities",
    "groups",
)


class Names:
    """Titles of elements and times on the model's wall clock, as seen from one instant."""

    def __init__(self, model: Model, clock: Clock, now: int) -> None:
        self.model = model
        self.clock = clock
        self.year = clock.wall(now).year
        self._elements: dict[str, Element] = {}
        for table in _TABLES:
            elements: Mapping[str, Element] = getattr(model, table)
            for element in elements.values():
                self._elements.setdefault(element.name, element)

    def element(self, name: str) -> Element | None:
        """The element that a change names: ``rules.contact``; a product's copies share one."""
        return self._elements.get(name)

    def title(self, table: str, key: str) -> str:
        """What an element is called; a product's copy with the product's title behind it."""
        identity, _, product = key.partition("@")
        element = self._elements.get(f"{table}.{identity}")
        title = identity if element is None else element.title
        known = self.model.products.get(product)
        return f"{title} ({product if known is None else known.title})" if product else title

    def why(self, element: str) -> str:
        """Why an element is there, in the writer's words; empty when they said nothing."""
        found = self._elements.get(element)
        return "" if found is None else " ".join(found.why.split())

    def day(self, instant: int) -> str:
        """``3 Nov``, with the year where it is another than that of now."""
        shown = self.clock.wall(instant)
        day = f"{shown.day} {_MONTHS[shown.month - 1]}"
        return day if shown.year == self.year else f"{day} {shown.year}"

    def time(self, instant: int) -> str:
        """``2026-11-03 14:05`` on the model's wall clock; seconds only where there are any."""
        return shown_time(self.clock.wall(instant))

    def iso(self, instant: int) -> str:
        """``2026-11-03T14:05:00+01:00``: for tools."""
        from datetime import datetime

        return datetime.fromtimestamp(instant, self.clock.zone).isoformat()


def shown_time(shown: datetime) -> str:
    """A wall clock's time as a column of a table shows it."""
    return f"{shown:%Y-%m-%d %H:%M:%S}" if shown.second else f"{shown:%Y-%m-%d %H:%M}"


def points(hundredths: int) -> str:
    """An amount as people write it, without a sign: ``50``, ``30.5``."""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def count(number: int, one: str, many: str = "") -> str:
    """``1 example``, ``2 examples``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
