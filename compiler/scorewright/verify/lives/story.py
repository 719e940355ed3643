"""Tells one life, step by step: what happens, what a field becomes, and what must be so before the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scorewright.model.history import CRM_KIND, OWNER, FieldSet, Happening, Listed, Person
from scorewright.model.value_tests import Age
from scorewright.semantics.ask import is_known
from scorewright.verify.lives.events import happening
from scorewright.verify.lives.life import DAY, HOUR, SPACE, Life, known_at
from scorewright.verify.lives.wants import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorewright.model.conditions import Condition
    from scorewright.model.events import Event
    from scorewright.model.history import Scalar
    from scorewright.model.value_tests import Test
    from scorewright.model.values import Window
    from scorewright.semantics.ask import Ask
    from scorewright.verify.lives.stage import Stage
    from scorewright.verify.lives.wants import Want

__all__ = ["Story", "gap_within"]

T = TypeVar("T")

_TAIL = 40
"""Days at the end of a life, unless it is about a longer time: a month's window is over by then."""
_CALENDAR = {
    "visit": 300,
    "day": 3 * HOUR // 2,
    "week": 9 * HOUR,
    "month": SPACE,
    "quarter": SPACE,
    "year": SPACE,
}


def gap_within(window: Window | None, count: int, space: int = SPACE) -> int:
    """How far apart so many things can stand that all lie in one window, well inside; ``space`` is far enough."""
    if window is None:
        return space
    if window.rolling is None:
        return min(space, _CALENDAR[window.calendar])
    return max(1, min(space, window.rolling.seconds // (count + 2)))


class Story:
    """A person to whom one thing after the other happens, ``gap`` seconds apart unless a wait says otherwise."""

    def __init__(self, stage: Stage, *, created: int | None = None, inside: bool = True) -> None:
        self.stage = stage
        self.created = self.at = stage.created if created is None else created
        self.first: dict[str, Scalar] = dict(stage.base)
        self.fields: dict[str, Scalar] = dict(self.first)
        self.scores: dict[str, int] = {}
        self.marks: set[str] = set()
        self.told: list[Happening | FieldSet | Listed] = []
        self.gap = stage.space
        self.pick = 0
        """Which of the values that fit a field gets."""
        self._played: tuple[Person, int, Ask] | None = None
        self._timed = False
        self._new = True
        if inside and stage.population != [NOTHING]:
            any(self.become(want) for want in stage.population)

    # --- time -------------------------------------------------------------------------------------------------------

    def wait(self, seconds: int) -> Story:
        """Let so much time pass before the next thing, instead of the gap."""
        self.at += seconds
        self._timed, self._new = not self._new or seconds > 0, self._new and seconds == 0
        return self

    def rest(self) -> Story:
        """Leave the platform alone for the usual time; whoever was new is no longer."""
        self._timed = self._new = False
        return self

    def close(self, window: Window | None, count: int) -> int:
        """How far apart so many things can stand in one window."""
        return gap_within(window, count, self.stage.space)

    def _step(self) -> int:
        if not self._timed:
            self.at = (
                self.stage.quiet_after(self.person(), self.at)
                if self.gap == self.stage.space
                else self.at + self.gap
            )
        self._timed = self._new = False
        return self.at

    # --- what is told -----------------------------------------------------------------------------------------------

    def add(self, item: Happening | FieldSet | Listed) -> Story:
        """Tell something, at its own instant or, where that is 0, at the next step."""
        made = item._replace(at=self._step()) if item.at == 0 else item
        if isinstance(made, FieldSet):
            self.fields[made.field] = made.value
        self.told.append(made)
        return self

    def put(self, field: str, value: Scalar) -> Story:
        """Give a field a value; a person who is new is created with it.  A domain follows from its address."""
        if field == "email-domain":
            field, value = "email", None if value is None else f"someone@{value}"
        if self._new:
            self.first[field] = self.fields[field] = value
            return self
        return self.add(FieldSet(0, field, value))

    def put_on(self, asset: str, on: bool = True) -> Story:
        """Put the person on a list, or take them off."""
        return self.add(Listed(0, asset, on))

    def happens(self, event: Event, pick: int | None = None) -> Story:
        """Have one such event happen; a field that changes gets another value.

        Where any asset will do, another one each time.
        """
        if pick is None:
            pick = self._often(event)
        if event.verb != "changes":
            return self.add(happening(self.stage, event, self._step(), pick))
        return self.changes(event, (), pick)

    def changes(self, event: Event, tests: Iterable[tuple[Test, bool]], pick: int = 0) -> Story:
        """Change a field to a value that fits, from one that fits the event."""
        field = event.objects[pick % len(event.objects)]
        wanted = list(tests)
        before = [(test, True) for _, test in event.where]
        if before and not self.stage.suits(self.value(field), before, self.at):
            first = next(iter(self.stage.fitting(field, before, self.at)), None)
            self.put(field, first)
        others = [v for v in self.stage.fitting(field, wanted, self.at) if v != self.value(field)]
        if not others and self.value(field) is not None:
            other = [v for v in self.stage.values(field, self.at) if v != self.value(field)]
            self.put(field, next((v for v in other if v is not None), None))
            others = [v for v in self.stage.fitting(field, wanted, self.at) if v != self.value(field)]
        self._new = False
        return self.put(field, others[0]) if others else self

    def _often(self, event: Event) -> int:
        """How often something has been done to any asset of a kind."""
        asset = self.stage.model.assets.get(event.objects[0]) if event.objects else None
        if asset is None or not asset.builtin or len(event.objects) > 1:
            return 0
        return sum(1 for item in self.told if isinstance(item, Happening) and item.verb == event.verb)

    def times(self, event: Event, count: int, window: Window | None = None, pick: int | None = None) -> Story:
        """So many such events, close enough to lie in one window."""
        usual, self.gap = self.gap, min(self.gap, self.close(window or event.within, count))
        for _ in range(count):
            self.happens(event, pick)
        self.gap = usual
        return self

    # --- what is so -------------------------------------------------------------------------------------------------

    def value(self, field: str) -> Scalar:
        """A field's value as it was told."""
        if field == "email-domain":
            mail = self.fields.get("email")
            return mail.rpartition("@")[2] if isinstance(mail, str) else None
        return self.fields.get(field)

    def person(self) -> Person:
        """The person so far."""
        first = {field: value for field, value in self.first.items() if is_known(value)}
        return Person(self.created, first, dict(self.scores), frozenset(self.marks), tuple(self.told))

    def seen(self, look: Callable[[Ask], T]) -> T:
        """What a question gives after all that has been told.  What was played for it answers the next one as well."""
        now = (self.person(), self.at)
        if self._played is None or self._played[:2] != now:
            found: list[Ask] = []
            self.stage.machine.run(*now, {self.at: [lambda ask, _: found.append(ask)]})
            self._played = (*now, found[0])
        return look(self._played[2])

    def score(self, key: str) -> int:
        """A score now."""
        return self.seen(lambda ask: ask.score(key))

    def holds(self, condition: Condition | None) -> bool:
        """Whether a condition holds now."""
        return self.seen(lambda ask: ask.holds(condition))

    # --- what is wanted ---------------------------------------------------------------------------------------------

    def become(self, want: Want) -> bool:
        """Have all of it become so, with as little as can be; gives whether that could be told."""
        done = [self._fields(want), self._facts(want), self._past(want)]
        for key, least, most in want.scores:
            done.append(self._score(key, least, most))
        return all(done)

    def _fields(self, want: Want) -> bool:
        grouped: dict[str, list[tuple[Test, bool]]] = {}
        for field, test, so in want.tests:
            grouped.setdefault(field, []).append((test, so))
        return _every(self._field(field, tests) for field, tests in grouped.items())

    def _field(self, field: str, tests: list[tuple[Test, bool]]) -> bool:
        if field == "created":
            return self._age(tests)
        if self.stage.suits(self.value(field), tests, self.at):
            return True
        options = self.stage.fitting(
            field, tests, self.at if self._new or self._timed else self.at + self.gap
        )
        if options:
            some = [value for value in options if value is not None]
            self.put(field, some[self.pick % len(some)] if some else None)
        return bool(options)

    def _age(self, tests: list[tuple[Test, bool]]) -> bool:
        """Nobody is created twice, but everybody grows older."""
        for test, so in tests:
            if isinstance(test, Age) and (test.mode == "older_than") is so:
                missing = self.created + test.duration.seconds + HOUR - self.at
                if missing > 0:
                    self.wait(missing)
        shown = self.stage.clock.wall(self.created).isoformat()
        return self.stage.suits(shown, tests, self.at)

    def _facts(self, want: Want) -> bool:
        told = [_FACTS[kind](self, key, so) for kind, key, so in want.facts if kind != "crm"]
        return _every([*told, self._crm([(key, so) for kind, key, so in want.facts if kind == "crm"])])

    def _mark(self, key: str, so: bool) -> bool:
        if self.seen(lambda ask: key in ask.state.marks) is so:
            return True
        if so and not self.told:
            self.marks.add(key)
        return so and not self.told

    def _list(self, key: str, so: bool) -> bool:
        asset, *statuses = key.split("\n")
        member = self.seen(lambda ask: asset in ask.state.lists or asset in ask.state.campaigns)
        if "list" in self.stage.model.assets[asset].kinds:
            if member is not so:
                self.put_on(asset, so)
            return True
        if so:
            self.add(
                Happening(self._step(), "joins", asset, {"status": statuses[0] if statuses else "Member"})
            )
        elif member and statuses:
            self.add(Happening(self._step(), "joins", asset, {"status": "Something else"}))
        return so or not member or bool(statuses)

    def _owner(self, _: str, so: bool) -> bool:
        if is_known(self.seen(lambda ask: ask.state.fields.get(OWNER))) is not so:
            self.put(OWNER, "A salesperson" if so else None)
        return True

    def _crm(self, asked: Iterable[tuple[str, bool]]) -> bool:
        """The record in the CRM, such as all that is asked of it wants it."""
        kinds = ("lead", "contact", "none")
        fitting = [kind for kind in kinds if all((kind == key) is so for key, so in asked)]
        if fitting and (self.fields.get(CRM_KIND) or "none") not in fitting:
            self.put(CRM_KIND, None if fitting[0] == "none" else fitting[0])
        return bool(fitting)

    def _mailable(self, _: str, so: bool) -> bool:
        if self.seen(lambda ask: ask._mailable()) is not so:
            self.add(Happening(0, "resubscribes" if so else "unsubscribes"))
        return True

    def _opportunity(self, key: str, so: bool) -> bool:
        has = self.seen(lambda ask: key in ask._opportunities())
        if has is so:
            return True
        if so:
            self.add(Happening(0, "opportunity", "created" if key in {"open", "any"} else key))
        elif key == "open":
            self.add(Happening(0, "opportunity", "lost"))
        return so or key == "open"

    def _past(self, want: Want) -> bool:
        return _every(self._happened(event, least, most) for event, least, most in want.past)

    def _happened(self, event: Event, least: int, most: int | None) -> bool:
        """Events until there are enough, or silence until there are few enough."""
        if most is not None and self._count(event) > most:
            if event.within is None or event.within.rolling is None:
                return False
            self.wait(event.within.rolling.seconds + DAY)
        missing = least - self._count(event)
        if missing > 0:
            self.times(event, missing)
        return True

    def _count(self, event: Event) -> int:
        return self.seen(lambda ask: ask.count(event, self.at))

    def _score(self, key: str, least: int | None, most: int | None) -> bool:
        now = self.score(key)
        if least is not None and now < least:
            return self.stage.steering.reach(self, key, least, most, 1)
        if most is not None and now > most:
            return self.stage.steering.reach(self, key, most, least, -1)
        return True

    def bring(self, key: str, target: int) -> bool:
        """Bring a score to a number: by what can happen, else by what the person has at the beginning."""
        return self.stage.steering.bring(self, key, target)

    # --- the end ----------------------------------------------------------------------------------------------------

    def life(self, name: str, *aims: str, tail: int = _TAIL) -> Life:
        """What has been told, with so many days behind it."""
        last = max([self.at, *(known_at(item, self.created) for item in self.told)])
        return Life(name, self.person(), last + tail * DAY, aims)


def _every(answers: Iterable[bool]) -> bool:
    """Whether all are true; each is asked for, for each does something."""
    return False not in tuple(answers)


# ruff: noqa: SLF001 - the table of the class's own ways
_FACTS = {
    "mark": Story._mark,
    "list": Story._list,
    "owner": Story._owner,
    "mailable": Story._mailable,
    "opportunity": Story._opportunity,
}
