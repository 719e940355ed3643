"""How long the platform may take until a field, a list or a step is right: queues, waits, and nights."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.emulator.clock import recurrence, span
from scorewright_marketo.emulator.timing import BATCH_LATE, BATCH_LONG, FLOW_LONG, TRIGGER_LATE, WAIT_LATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from scorewright_marketo import objects as ob
    from scorewright_marketo.emulator.clock import Recurrence

__all__ = ["Thing", "Writers", "writers"]

_OURS = 3 * 3_600
"""Waits up to this are the lowering's own; longer ones are the spec's, which everybody waits for."""
_DAY = 24 * 3_600
Thing = tuple[str, str]
"""What is written or read: ``field``, ``list``, ``campaign`` or ``deed``, and a name."""

_WRITTEN = {
    "Change Score": ("field", "Score Name"),
    "Change Data Value": ("field", "Attribute"),
    "Add to List": ("list", "List Name"),
    "Remove from List": ("list", "List Name"),
    "Add to SFDC Campaign": ("campaign", "Campaign"),
    "Change Status in SFDC Campaign": ("campaign", "Campaign"),
}
_OWNER, _CRM = ("field", "Sales Owner Email Address"), ("field", "SFDC Type")
_WRITTEN_TOO = {"Sync Person to SFDC": (_OWNER, _CRM), "Change Owner": (_OWNER,)}
"""What a step writes that it does not name."""
_CALLS = {"Execute Campaign"}


class Ready(NamedTuple):
    """Seconds until something is right, and the clock time (seconds since midnight) of the batch that made it so."""

    seconds: int
    clock: int | None = None


class Writers:
    """Which campaigns write what, and how long each may take after something has happened."""

    def __init__(self, lowered: ob.Lowered, *, prompt: bool, minutes: bool) -> None:
        self._late = not prompt
        self._between = BATCH_LATE + (FLOW_LONG if minutes else BATCH_LONG)
        self._campaigns = {item.qualified_name: item for item in lowered.campaigns}
        self._lists = {f"{item.program}.{item.name}": item.smart_list for item in lowered.smart_lists}
        self._own: set[Thing] = {("field", item.name) for item in lowered.fields}
        self._zone = _zone(lowered.timezone)
        self._writers: dict[Thing, list[ob.Campaign]] = {}
        for item in lowered.campaigns:
            if item.type != "executable":
                for thing in dict.fromkeys(self._writes(item)):
                    self._writers.setdefault(thing, []).append(item)
        self._batches: dict[str, Ready] = {}
        self._triggers: dict[str, Ready] = {}
        self._nights(lowered)

    def hours(self, things: Iterable[Thing]) -> int:
        """Whole hours until all of these are right, at least one: who looks on the hour must not come too soon."""
        return max(1, -(-max((self._of(thing).seconds for thing in things), default=0) // 3_600))

    def read_by_list(self, name: str) -> set[Thing]:
        """Everything that a smart list looks at."""
        found = self._lists.get(name)
        return (
            set() if found is None else {thing for clause in found.filters for thing in self._reads(clause)}
        )

    # --- who writes -------------------------------------------------------------------------------------------------

    def _writes(self, item: ob.Campaign) -> Iterator[Thing]:
        yield "deed", item.qualified_name
        for step in item.flow:
            if step.step in _WRITTEN:
                kind, label = _WRITTEN[step.step]
                yield kind, dict(step.fields)[label]
            yield from _WRITTEN_TOO.get(step.step, ())
            for name in _called(step):
                if name in self._campaigns:
                    yield from self._writes(self._campaigns[name])

    def _looks_at(self, item: ob.Campaign) -> Iterator[Thing]:
        """What its filters and choices read, and those of its executables."""
        for clause in item.smart_list.filters:
            yield from self._reads(clause)
        for step in item.flow:
            for choice in step.choices:
                yield from self._reads(choice.condition)
            for name in _called(step):
                if name in self._campaigns:
                    yield from self._looks_at(self._campaigns[name])

    def _reads(self, clause: ob.Clause) -> Iterator[Thing]:
        if clause.rule == "Member of List":
            yield from (("list", name) for name in clause.values)
        elif clause.rule == "Member of Smart List":
            for name in clause.values:
                yield from self.read_by_list(name)
        elif clause.rule == "Member of SFDC Campaign":
            yield from (("campaign", name) for name in clause.values)
        elif clause.primary in {"Attribute", "Score Name"}:
            yield from (("field", name) for name in clause.values)
        elif clause.primary == "List Name":
            yield from (("list", name) for name in clause.values)
        elif not clause.primary:
            yield "field", clause.rule

    # --- how long ---------------------------------------------------------------------------------------------------

    def _of(self, thing: Thing) -> Ready:
        """When a thing is right: after the slowest of those who write it, as far as they are known."""
        return max(
            (self._ready(item) for item in self._writers.get(thing, ())), default=Ready(0), key=_seconds
        )

    def _ready(self, item: ob.Campaign) -> Ready:
        name = item.qualified_name
        if item.type == "batch":
            return self._batches.get(name, Ready(0))
        if name not in self._triggers:
            self._triggers[name] = Ready(0)  # whoever comes back here goes round in a circle
            self._triggers[name] = self._trigger(item)
        return self._triggers[name]

    def _nights(self, lowered: ob.Lowered) -> None:
        """The batches in the order of their hours, and once more for what actions of later ones are to the next night."""
        recurring = [
            (recurrence(item.schedule, self._zone), item)
            for item in lowered.campaigns
            if item.type == "batch" and item.schedule not in {"", "Run once"}
        ]
        for clock in sorted({recurs.clock for recurs, _ in recurring}):
            self._triggers.clear()
            found = {
                item.qualified_name: self._batch(item, recurs)
                for recurs, item in recurring
                if recurs.clock == clock
            }
            self._batches |= found
        self._triggers.clear()
        found = {item.qualified_name: self._next_night(item) for _, item in recurring}
        self._batches |= found
        self._triggers.clear()

    def _trigger(self, item: ob.Campaign) -> Ready:
        """After whatever starts it, the queue, and its own waits."""
        things = {thing for clause in item.smart_list.triggers for thing in self._reads(clause)}
        first = max((self._of(thing) for thing in sorted(things)), default=Ready(0), key=_seconds)
        tail = (TRIGGER_LATE + FLOW_LONG) * self._late
        for step in item.flow:
            wait = span(dict(step.fields)["Duration"]) if step.step == "Wait" else 0
            tail += wait + WAIT_LATE * self._late if 0 < wait <= _OURS else 0
        clock = None if first.clock is None else first.clock + tail
        return Ready(first.seconds + tail, clock)

    def _batch(self, item: ob.Campaign, recurs: Recurrence) -> Ready:
        """At its next hour; after a batch that wrote what it reads, the same night if that came well before."""
        clock = recurs.clock.hour * 3_600 + recurs.clock.minute * 60
        most = recurs.period
        for thing in sorted(set(self._looks_at(item))):
            most = max(most, self._after(self._of(thing), clock, recurs.period))
        return Ready(most + self._between * self._late, clock)

    def _after(self, first: Ready, clock: int, period: int) -> int:
        if first.clock is None:
            return first.seconds + period
        gap = max(0, clock - first.clock)
        return first.seconds + gap + (period if gap < self._between * self._late else 0)

    def _next_night(self, item: ob.Campaign) -> Ready:
        """After what actions of a batch that comes later in the night have written on the day that it is due."""
        seconds, clock = mine = self._batches[item.qualified_name]
        read = {*self._looks_at(item)} - self._own
        for writer in {writer.qualified_name for thing in read for writer in self._writers.get(thing, ())}:
            first = self._batches.get(writer, Ready(0))
            if clock is not None and first.clock is not None and first.clock > clock:
                due = first.seconds - first.clock if first.seconds > _DAY + self._between else 0
                seconds = max(seconds, due + _DAY + clock + self._between * self._late)
        return mine._replace(seconds=seconds)


def writers(lowered: ob.Lowered, *, minutes: bool) -> tuple[Writers, Writers]:
    """How long things take at most, and where the platform does everything at once.

    ``minutes``: a batch takes one person through its steps in minutes, not in the hours that it needs for everybody.
    """
    late, prompt = (Writers(lowered, prompt=at_once, minutes=minutes) for at_once in (False, True))
    return late, prompt


def _seconds(ready: Ready) -> int:
    return ready.seconds


def _called(step: ob.FlowStep) -> list[str]:
    if step.step not in _CALLS:
        return []
    return list(dict.fromkeys([dict(step.fields)["Campaign"], *(choice.value for choice in step.choices)]))


def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)
