"""The emulator: an instance of Marketo in which a bundle stands, that plays one person after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Played
from scorewright_marketo.emulator.campaigns import Campaigns
from scorewright_marketo.emulator.clock import DAY, Clock
from scorewright_marketo.emulator.errors import UnreadableBundleError
from scorewright_marketo.emulator.gauges import places, reader
from scorewright_marketo.emulator.ground import Ground
from scorewright_marketo.emulator.history import Told, Translator
from scorewright_marketo.emulator.platform import MODELLED, platform_of
from scorewright_marketo.emulator.rules import compile_filter
from scorewright_marketo.emulator.run import Play
from scorewright_marketo.emulator.state import FOREVER, Activity
from scorewright_marketo.shape import misshapen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from scorewright.model.elements import Model
    from scorewright.model.history import Person, Scalar
    from scorewright.plugin.emulation import Schedule, Tables
    from scorewright_marketo.emulator.campaigns import Campaign

__all__ = ["Instance", "Nights"]

_EARLIEST = 14 * 3_600
"""How long before UTC a calendar day begins somewhere: hours of several zones do not come in the order of their days."""
_STAGES = ("requested", "helpers", "live", "nightly", "threshold")


class Instance:
    """One instance with one bundle.  Raises ``UnreadableBundleError`` for tables that Marketo could not hold."""

    modelled = MODELLED

    def __init__(
        self,
        model: Model,
        tables: Tables,
        facts: Mapping[str, bool | int | str],
        other: Model | None = None,
    ) -> None:
        """``other``: a version of the model before or after, whose fields and lists stand in the instance as well."""
        fault = misshapen(tables)
        if fault is not None:
            raise UnreadableBundleError(*fault)
        self.model, self.tables, self.facts = model, tables, facts
        self.clock = Clock(model.header.timezone)
        self.platform = platform_of(facts)
        known = model if other is None else _knowing(model, other)
        self.ground = Ground(known, tables, self.platform, self.clock, compile_filter)
        self.ground.read_lists()
        self.campaigns = Campaigns(self.ground)
        self.translator = Translator(known, self.platform, self.clock)
        rows = [(f"{row['kind']} {row['key']}", row) for row in tables.get("gauges", ())]
        found = places(row for _, row in rows)
        self._places = {name: at for (name, _), at in zip(rows, found, strict=True)}
        self._readers = {
            name: reader(self.ground, row, at) for (name, row), at in zip(rows, found, strict=True)
        }
        starts = model.header.starts
        self._starts = None if starts is None else self.clock.read(starts)
        self._dated = tuple(_dated(model, self.clock, self.campaigns.all))
        self._nights: dict[date, tuple[tuple[int, tuple[Campaign, ...]], ...]] = {}

    # --- playing ----------------------------------------------------------------------------------------------------

    def play(self, person: Person, looks: Sequence[int], schedule: Schedule) -> Played:
        """See ``scorewright.plugin.emulation.Emulator``."""
        play = Play(self.campaigns, schedule)
        self.begin(play, person)
        for known, told in self.translator.history(person):
            play.later(known, play.tell, told)
        sights = []
        nights = Nights(self, person.created)
        for look in looks:
            nights.until(play, look)
            sights.append(self.sight(play, look))
        return Played(tuple(sights), tuple(play.deeds))

    def begin(self, play: Play, person: Person) -> None:
        """Have a person created, and the bundle go live where that is later."""
        play.state.now = person.created
        play.later(person.created, self._create, play, person)
        if self._starts is not None and person.created < self._starts:
            play.later(self._starts, self._go_live, play)

    def sight(self, play: Play, look: int) -> dict[str, Scalar]:
        """Every gauge at an instant."""
        play.state.now = max(play.state.now, look)
        return {name: read(play.state) for name, read in self._readers.items()}

    def _create(self, play: Play, person: Person) -> None:
        """A new person in a live bundle; or one who is there already when it is switched on."""
        state = play.state
        if self.platform.created_at_is_known:
            state.fields["created at"] = person.created
        rows = [row for key, value in person.fields.items() for row in self.translator.field(key, value)]
        early = self._starts is not None and person.created < self._starts
        known = bool(person.scores or person.marks)
        told = Told(fields=tuple(rows), quiet=early or known or self.platform.created_without_change)
        if not early and not known:
            self._switch_on(play, _STAGES)
        self._fill_in(play, person)
        play.tell(told._replace(activities=(Activity("created", person.created, {}),)))
        if known and not early:
            self._go_live(play)

    def _fill_in(self, play: Play, person: Person) -> None:
        """The scores and marks that the person has already; sums of scores stand at their sum."""
        fields, scores = play.state.fields, {**person.scores}
        for key, score in self.model.scores.items() if scores else ():
            if score.kind == "combined":
                parts = [(part, 100) for part in score.sum_of] or score.percent_of
                scores[key] = (sum(scores.get(part, 0) * share for part, share in parts) + 50) // 100
        for key, value in scores.items():
            if (at := self._places.get(f"score {key}")) is not None:
                fields[at["field"].casefold()] = value
        for mark in sorted(person.marks):
            if (at := self._places.get(f"mark {mark}")) is not None:
                play.state.lists.add(at["list"].casefold())

    def _go_live(self, play: Play) -> None:
        """Switch the bundle on, stage by stage, as the sheet says; one night goes by before the thresholds."""
        every = self.campaigns.all
        self._switch_on(play, ("requested", "helpers"))
        play.run_once(sorted((item for item in every if item.stage == "start"), key=lambda item: item.folder))
        self._switch_on(play, ("live", "nightly"))
        night = [item for item in self.campaigns.batches if item.stage == "nightly" and _is_daily(item)]
        night.sort(key=lambda item: item.recurs.clock if item.recurs is not None else time())
        play.run_once(item for item in night if item.key in play.live)
        play.run_once(item for item in every if item.stage == "threshold-start")
        self._switch_on(play, ("threshold",))

    def _switch_on(self, play: Play, stages: tuple[str, ...]) -> None:
        """Switch stages on."""
        play.switch_on(stages)
        for item, _, _ in self._dated:
            if item.stage in stages:
                self.switch(play, item.key)

    def switch(self, play: Play, key: str) -> None:
        """Switch a campaign on; what is in force between dates is switched on and off by hand on those days."""
        now = play.state.now
        play.live.add(key)
        for first, last in [(first, last) for item, first, last in self._dated if item.key == key]:
            if not first <= now < last:
                play.live.discard(key)
            if now < first:
                play.later(first, play.live.add, key, first=True)
            if now < last < FOREVER:
                play.later(last, play.live.discard, key, first=True)

    # --- nights -----------------------------------------------------------------------------------------------------

    def night(self, day: date) -> tuple[tuple[int, tuple[Campaign, ...]], ...]:
        """The batches of a calendar day, by their instants."""
        known = self._nights.get(day)
        if known is None:
            found: dict[int, list[Campaign]] = {}
            for item in self.campaigns.batches:
                if item.recurs is not None and item.recurs.on(day):
                    found.setdefault(item.recurs.at(day), []).append(item)
            known = self._nights[day] = tuple((at, tuple(found[at])) for at in sorted(found))
        return known


class Nights:
    """The recurring batches of one play, in the order of their hours."""

    def __init__(self, instance: Instance, first: int) -> None:
        self.go_on(instance, first)

    def go_on(self, instance: Instance, first: int) -> None:
        """From an instant on the batches of an instance, which may be another one than before."""
        self._rows = self._all(instance, first)
        self._next = next(self._rows)

    def _all(self, instance: Instance, first: int) -> Iterator[tuple[int, tuple[Campaign, ...]]]:
        if not instance.campaigns.batches:
            yield FOREVER, ()
        day = instance.clock.day(first) - timedelta(days=1)
        held: list[tuple[int, tuple[Campaign, ...]]] = []
        while True:
            held += [row for row in instance.night(day) if row[0] > first]
            held.sort(key=lambda row: row[0])
            day += timedelta(days=1)
            edge = int(datetime.combine(day, time(), UTC).timestamp()) - _EARLIEST
            yield from (row for row in held if row[0] < edge)
            held = [row for row in held if row[0] >= edge]

    def until(self, play: Play, look: int) -> None:
        """Play everything up to an instant, this included."""
        while True:
            at, due = self._next[0], play.due()
            if at <= due and at <= look:
                play.hour(at, self._next[1])
                self._next = next(self._rows)
            elif due <= look:
                play.step()
            else:
                return


def _knowing(model: Model, other: Model) -> Model:
    """A model that also knows the assets, activities and fields of another."""
    return replace(
        model,
        fields={**other.fields, **model.fields},
        assets={**other.assets, **model.assets},
        activities={**other.activities, **model.activities},
    )


def _is_daily(item: Campaign) -> bool:
    return item.recurs is not None and item.recurs.period == DAY


def _dated(model: Model, clock: Clock, campaigns: Sequence[Campaign]) -> Iterator[tuple[Campaign, int, int]]:
    """Campaigns that the sheet lets a person activate on a day and deactivate after one, with these instants.

    The days stand on the sheet and in the notes, not in the tables, so they come from the model.  What is requested
    by others stays on: people wait in it.
    """
    rules = {rule.name: rule.active for rule in model.rules.values() if rule.active is not None}
    for item in campaigns:
        days = [rules[name] for name in item.elements if name in rules]
        days += [model.header.active] if model.header.active is not None else []
        if days and item.stage not in {"", "requested"}:
            first = max((clock.read(day.first[:10]) for day in days if day.first), default=0)
            last = min((clock.read(day.last[:10]) for day in days if day.last), default=FOREVER)
            yield item, first, last if last == FOREVER else clock.next_midnight(last)
