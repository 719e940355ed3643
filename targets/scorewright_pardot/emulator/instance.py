"""One instance of the platform with a bundle built in it: all that plays share and none changes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from scorewright_pardot.emulator.bundle import read_bundle
from scorewright_pardot.emulator.dates import date_of
from scorewright_pardot.emulator.days import Calendar
from scorewright_pardot.emulator.happenings import Translator
from scorewright_pardot.emulator.plan import plan_of
from scorewright_pardot.emulator.sights import read_gauges
from scorewright_pardot.emulator.switches import read_switches
from scorewright_pardot.emulator.texts import page_is
from scorewright_pardot.emulator.unreadable import UnreadableBundleError
from scorewright_pardot.shape import misshapen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.plugin.emulation import Tables
    from scorewright_pardot.emulator.bundle import Carrier
    from scorewright_pardot.emulator.prospect import Prospect
    from scorewright_pardot.emulator.world import World

__all__ = ["Instance"]


class Instance:
    """The bundle as it was built, who reads what, and what the model's words are called here."""

    def __init__(self, model: Model, tables: Tables, world: World, other: Model | None = None) -> None:
        """``other``: a version of the model before or after, some of whose assets and fields this one need not know."""
        if "gauges" not in tables:
            raise UnreadableBundleError(
                "gauges", "", "the tables of the gauges are missing, so nothing can be read off"
            )
        fault = misshapen(tables)
        if fault is not None:
            raise UnreadableBundleError(*fault)
        self.world = world
        self.model = model
        self.calendar = Calendar(model.header.timezone)
        self.built = read_bundle(tables, world, self.calendar)
        self.plan = plan_of(self.built)
        self.translator = Translator(model if other is None else _knowing(model, other))
        self.sights = read_gauges(tables["gauges"])
        self.read_date = date_of(self.calendar)
        starts = model.header.starts
        self.starts = None if starts is None else self.calendar.read(starts)
        self.switches = read_switches(model, tables, self.built, self.calendar)
        self.switch_days = sorted(
            {at for item in self.switches for at in (item.first, item.end) if at is not None}
        )
        self._gauges = {f"{row['kind']} {row['key']}": row.get("at", {}) for row in tables["gauges"]}
        self._pages: dict[str, tuple[Carrier, ...]] = {}

    def pages_of(self, page: str) -> tuple[Carrier, ...]:
        """The page actions of a page, in the order of the file."""
        if page not in self._pages:
            self._pages[page] = tuple(
                item for item in self.built.pages if page_is(item.match, item.name, page)
            )
        return self._pages[page]

    # --- what somebody has already ----------------------------------------------------------------------------------

    def restore(self, prospect: Prospect, person: Person) -> None:
        """Give a prospect the scores and marks that the history begins with, where the gauges say they are."""
        total = Fraction(0)
        for key, score in self.model.scores.items():
            points = person.scores.get(key, 0)
            at = self._gauges.get(f"score {key}", {})
            if points and score.kind == "engagement":
                total += points * self._weight(key)
                self._put(prospect, at, points)
        if total:
            prospect.put_score(floor(total + Fraction(1, 2)))
        for mark in sorted(person.marks):
            at = self._gauges.get(f"mark {mark}", {})
            if at:
                prospect.put_tag(str(at["of"]), on=True)

    @staticmethod
    def _put(prospect: Prospect, at: Mapping[str, Any], points: int) -> None:
        if at.get("read") == "Prospect scoring category":
            prospect.put_category(str(at["of"]), points)
        elif at.get("read") == "Prospect custom field":
            prospect.put_field(str(at["of"]), (str(points),))

    def _weight(self, key: str) -> Fraction:
        """What a point of a score is in the overall one: all of it if it is that, and its share of each sum."""
        if self.model.scores[key].overall:
            return Fraction(1)
        weight = Fraction(0)
        for name, score in self.model.scores.items():
            shares = [percent for part, percent in score.percent_of if part == key]
            shares += [100] if key in score.sum_of else []
            weight += Fraction(sum(shares), 100) * self._weight(name) if shares else 0
        return weight


def _knowing(model: Model, other: Model) -> Model:
    """A model that also knows the assets, activities and fields of another."""
    return replace(
        model,
        fields={**other.fields, **model.fields},
        assets={**other.assets, **model.assets},
        activities={**other.activities, **model.activities},
    )
