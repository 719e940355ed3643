"""A model made ready for telling lives: its machine, when lives begin, and which values each field can take."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from scorewright.model.history import CRM_KIND, OWNER
from scorewright.semantics.ask import Ask
from scorewright.semantics.machine import Machine
from scorewright.semantics.reads import TIME
from scorewright.semantics.state import State
from scorewright.verify.lives import wants
from scorewright.verify.lives.asked import fields
from scorewright.verify.lives.life import DAY, HOUR, SPACE
from scorewright.verify.lives.values import around, both_of, distinct, named, plain

if TYPE_CHECKING:
    from scorewright.model.elements import Model
    from scorewright.model.history import Person, Scalar
    from scorewright.model.value_tests import Test
    from scorewright.verify.lives.wants import Want

__all__ = ["Stage", "Steering"]

_BEGIN = datetime(2026, 1, 5, 10, 0, 7)  # noqa: DTZ001 - the model's wall clock, whatever its zone is
"""A Monday; nothing is told on a whole minute unless that is the aim."""
_SOON = timedelta(days=3)
_MAIL = "someone@example.com"
_LATER, _DAYTIME = 17, 600
"""Minutes by which each thing comes later in the day than the one before, and how long the day is."""
_REST, _PATIENCE = 36 * HOUR, 8
"""Seconds without anything that the clock does, on both sides; and days to look for them."""
_MANY = 20
"""Whoever has done so much is followed by the calendar alone; all of it is played for every look ahead."""
_NOTES = ("limit", "decay")


class Steering(Protocol):
    """What brings a score to a number in a story; what that takes is measured by telling stories."""

    def bring(self, story: Any, key: str, target: int) -> bool:
        """Bring a score to a number, and say whether that could be done."""
        ...

    def reach(self, story: Any, key: str, target: int, last: int | None, step: int) -> bool:
        """Bring a score to a number, or past it by steps up to a last one."""
        ...


class Stage(ABC):
    """A model with all that those who tell lives ask of it again and again.

    ``space`` (``days`` in days) is how long the platform is left alone between two things unless a life is about what is closer, ``rest``
    how long before and after what the clock does; both in seconds, so that a platform which needs ``settle_hours`` to
    settle has had them: or every life would be a crowded one, in which bounds allow what nobody means.
    """

    def __init__(self, model: Model, settle_hours: int = 24) -> None:
        self.model = model
        self.space, self.rest = _alone(settle_hours)
        self.days = self.space // DAY
        self.machine = Machine(model)
        self.clock = self.machine.parts.clock
        self.starts = self.machine.parts.starts
        self.tests = fields(model)
        self.created = self._created()
        self.base = self._base()
        self.ask = Ask(self.machine.parts, State(self.created, self.created))

    @property
    @abstractmethod
    def steering(self) -> Steering:
        """What brings scores to numbers."""

    def _created(self) -> int:
        """When most people are created: after the model starts, and while it is in force."""
        at = _BEGIN
        active = self.model.header.active
        if active is not None and active.last is not None:
            at = min(at, self.on(active.last, -60))
        if active is not None and active.first is not None:
            at = max(at, self.on(active.first))
        if self.starts is not None:
            at = max(at, datetime.combine(self.clock.day(self.starts), _BEGIN.time()) + _SOON)
        return self.clock.instant(at)

    def _base(self) -> dict[str, Scalar]:
        """What everybody has: an address, a record in the CRM, and an answer to every question that is read."""
        answers = {
            key: False for key in self.tests if key in self.model.fields and self.kind(key) == "yes_no"
        }
        return {"email": _MAIL, CRM_KIND: "lead", **answers}

    @staticmethod
    def on(day: str, days: int = 0) -> datetime:
        """The hour at which things are told, so many days after a date."""
        return datetime.combine(date.fromisoformat(day[:10]) + timedelta(days=days), _BEGIN.time())

    @cached_property
    def population(self) -> list[Want]:
        """The ways to be in the population."""
        head = self.model.header
        found = [wants.NOTHING]
        if head.eligible is not None:
            found = wants.ways(self.model, self.model.segments[head.eligible].when)
        for key in head.exclude:
            out = wants.ways(self.model, self.model.segments[key].when, so=False)
            found = [
                joined for one in found for other in out if (joined := wants.both(one, other)) is not None
            ][:12]
        return found or [wants.NOTHING]

    # --- time -------------------------------------------------------------------------------------------------------

    def quiet_after(self, person: Person, at: int) -> int:
        """The next time at which something can happen to a person while nothing else does for long enough.

        It is in the daytime, some minutes later than the time before, so that no two things lie as far apart as a
        window of whole days is long.
        """
        minutes = _LATER * len(person.history) % _DAYTIME
        shown = self.on(self.clock.day(at).isoformat(), self.days) + timedelta(minutes=minutes)
        days = [
            self.clock.instant(shown + timedelta(days=days)) for days in range(_PATIENCE + self.rest // DAY)
        ]
        asked = self.moves_by_itself and len(person.history) < _MANY
        by_clock = self._by_clock(person, at, days[-1] + self.rest) if asked else []
        return next(
            (day for day in days if all(abs(other - day) >= self.rest for other in by_clock)), days[0]
        )

    def _by_clock(self, person: Person, since: int, until: int) -> list[int]:
        """When something changes by itself, if nothing more is told."""
        changes = self.machine.run(person, until).changes
        return [change.at for change in changes if change.at > since and change.kind not in _NOTES]

    @cached_property
    def moves_by_itself(self) -> bool:
        """Whether the clock alone can change a score."""
        model = self.model
        if model.decay or model.schedules:
            return True
        if any(rule.expires or rule.fades or rule.wait for rule in model.rules.values()):
            return True
        return any(TIME in item.reads for item in self.machine.parts.standing.values())

    # --- fields -----------------------------------------------------------------------------------------------------

    def kind(self, field: str) -> str:
        """A field's type; the machine's two own words are texts."""
        return "text" if field in {OWNER, CRM_KIND} else self.model.fields[field].type

    def values(self, field: str, at: int) -> list[Scalar]:
        """The values at which the model's tests of a field turn, some that none asks for, and unknown."""
        shown, kind = self.clock.wall(at), self.kind(field)
        offered: tuple[str, ...] = () if field in {OWNER, CRM_KIND} else self.model.fields[field].values
        asked = self.named(field)
        asked += [value for test in self.tests.get(field, ()) for value in around(test, shown)]
        if kind in {"choice", "choices"} and offered:
            asked = [value for value in asked if value in offered]
        if kind == "choices":
            asked = [(value,) for value in asked if isinstance(value, str)]
        joined = both_of(self.tests.get(field, ())) if kind == "text" else ()
        return distinct([*asked, *joined, *plain(kind, offered), None])

    def named(self, field: str) -> list[Scalar]:
        """The values that the model's tests of a field look for, as they stand, each once."""
        return distinct(value for test in self.tests.get(field, ()) for value in named(test))

    def fitting(self, field: str, tests: list[tuple[Test, bool]], at: int) -> list[Scalar]:
        """The values of a field that pass some tests, and do not pass others, at an instant."""
        return [value for value in self.values(field, at) if self.suits(value, tests, at)]

    def suits(self, value: Scalar, tests: list[tuple[Test, bool]], at: int) -> bool:
        """Whether a value does."""
        self.ask.state.now = at
        return all(self.ask.passes(value, test) is so for test, so in tests)


def _alone(settle_hours: int) -> tuple[int, int]:
    """The space and the rest for a platform that takes so long: things come earlier in the day at times."""
    hours = settle_hours + _DAYTIME // 60
    return max(SPACE, -(-hours // 24) * DAY), max(_REST, settle_hours * HOUR)
