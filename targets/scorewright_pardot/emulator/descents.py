"""Proves how a scoring category comes down: every value it can begin at, every order of the rules, every delay.

A category can only be moved by a number, so bringing it to a value takes several rules over several days.  Lives try
some of the values; here all are walked through the rules as the files say.  Whatever else a rule asks (a tag, a list,
the population) is taken to be so: the walk is of somebody for whom the step is.
"""

from __future__ import annotations

from itertools import combinations
from math import gcd
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model import conditions as con
from scorewright.plugin.emulation import Descent
from scorewright_pardot.emulator.happenings import counted_rows
from scorewright_pardot.emulator.program_descents import Ladder, LadderWalk
from scorewright_pardot.emulator.texts import whole
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Decay, Model, Step
    from scorewright.plugin.emulation import Tables
    from scorewright_pardot.emulator.bundle import Built
    from scorewright_pardot.emulator.world import World

__all__ = ["descents"]

_LONG = 10**9
"""Stands for no end: of a silence, of a category."""
_MOST_STARTS = 2_000


class _Way(NamedTuple):
    """One way in which a rule matches: values of the category and days of silence, both ends included."""

    low: int
    high: int
    first: int
    last: int
    others: frozenset[tuple[str, ...]]
    """What else it asks."""


class _Rule(NamedTuple):
    """A rule that takes points from a category; ``repeat`` in days, 0: once a person."""

    category: str
    points: int
    repeat: int
    ways: tuple[_Way, ...]

    def matches(self, value: int, day: int) -> bool:
        return any(way.low <= value <= way.high and way.first <= day <= way.last for way in self.ways)


class _Stand(NamedTuple):
    """Where somebody is at the beginning of a day: the value, and for each rule the days until it may fire (-1: never)."""

    value: int
    waits: tuple[int, ...]


class _Moment(NamedTuple):
    """Within a day: the value, which rules have matched, which of them have not acted yet, and all values so far."""

    value: int
    fired: frozenset[int]
    waiting: frozenset[int]
    passed: frozenset[int]


class _Limits(NamedTuple):
    """What divides every value that occurs, the greatest that is planned for, and the days until the next step."""

    grain: int
    planned: int
    room: int = _LONG


def descents(
    model: Model, tables: Tables, built: Built, world: World, planned: Mapping[str, int]
) -> tuple[Descent, ...]:
    """A walk for each step that sets a category to a value, in the order of the model's decays.

    ``planned`` is the greatest value of each score that is planned for.
    """
    at = {row["key"]: row["at"] for row in tables.get("gauges", ()) if row["kind"] == "score"}
    rules = tuple(_rules(tables, world))
    found = []
    for decay in model.decay.values():
        place = at.get(decay.score, {})
        wanted = place.get("read") == CRITERIA["category"].text and not _asks_itself(model, decay)
        if wanted and _is_built(decay, tables):
            category = str(place.get("of"))
            mine = [rule for rule in rules if rule.category == category]
            limits = _Limits(_grain(tables, built, category), planned[decay.score])
            steps = [
                step for step in decay.steps if _comes_down(model, decay, step) and _is_alone(decay, step)
            ]
            through = _programs(tables, category, world)
            found += [
                _by_programs(model, decay, step, through, limits)
                if through
                else _descend(model, decay, step, mine, limits)
                for step in steps
            ]
    return tuple(found)


def _asks_itself(model: Model, decay: Decay) -> bool:
    """Whether a decay is for some values of its own score, or bands of it: from the others nobody is to come down."""
    asked = [item.band for item in con.walk(decay.when) if isinstance(item, con.BandTest)]
    for key in asked:  # grows by the bands that a band is joined of
        asked += model.bands[key].join
    of_bands = any(model.bands[key].score == decay.score for key in asked)
    tests = (item for item in con.walk(decay.when) if isinstance(item, con.ScoreTest))
    return of_bands or any(item.score == decay.score for item in tests)


def _is_alone(decay: Decay, step: Step) -> bool:
    """Whether no other step is due on the day on which this one is first: together they mean another value."""
    day = step.after.days or 0
    others = (
        (day - (other.after.days or 0), (other.every.days or 0) if other.every is not None else 0)
        for other in decay.steps
        if other is not step
    )
    return not any(late == 0 or (late > 0 and every and late % every == 0) for late, every in others)


def _is_built(decay: Decay, tables: Tables) -> bool:
    """Whether anything is there for the decay: it may have been left out knowingly."""
    kinds = ("automation-rules", "engagement-programs")
    return any(f"decay.{decay.id}" in row.get("for", ()) for kind in kinds for row in tables.get(kind, ()))


# --- the files ------------------------------------------------------------------------------------------------------


def _rules(tables: Tables, world: World) -> Iterator[_Rule]:
    """The automation rules that take points from a category after some days of silence."""
    label = ACTIONS["category"].text
    for row in tables.get("automation-rules", ()):
        for action in row.get("actions", ()):
            points = whole(str(action.get("value", ""))) if action.get("action") == label else None
            if points is None or points >= 0:
                continue
            category = str(action.get("of"))
            ways = tuple(way for way in _ways(row, category, world) if way is not None and way.first > 0)
            if ways:
                yield _Rule(category, -points, _repeat(row, world), ways)


def _repeat(row: Mapping[str, Any], world: World) -> int:
    return max(row.get("days_before_repeat", 1), world.repeat_least_days) if row.get("repeat") else 0


def _grain(tables: Tables, built: Built, category: str) -> int:
    """What divides everything that moves a category: other values it never has."""
    moves = [
        whole(str(action.get("value", ""))) or 0
        for rows in tables.values()
        for row in rows
        for action in (*row.get("actions", ()), *row.get("steps", ()))
        if (action.get("action"), action.get("of")) == (ACTIONS["category"].text, category)
    ]
    kinds = {kind for (kind, _), name in built.folders.items() if name == category}
    counted = [built.rows[row] for kind in kinds for row in counted_rows(kind)]
    return max(gcd(*moves, *counted), 1)


def _ways(table: Mapping[str, Any], category: str, world: World) -> Iterable[_Way | None]:
    """Each way in which criteria hold; ``None`` for one that never does."""
    if "criteria" not in table:
        return (_way(table, category, world),)
    parts = [tuple(_ways(item, category, world)) for item in table["criteria"]]
    if table.get("match") == "any":
        return tuple(way for part in parts for way in part)
    found: tuple[_Way | None, ...] = (_Way(-_LONG, _LONG, 0, _LONG, frozenset()),)
    for part in parts:
        found = tuple(_both(one, other) for one in found for other in part)
    return found


def _both(one: _Way | None, other: _Way | None) -> _Way | None:
    if one is None or other is None:
        return None
    low, high = max(one.low, other.low), min(one.high, other.high)
    first, last = max(one.first, other.first), min(one.last, other.last)
    return _Way(low, high, first, last, one.others | other.others) if low <= high and first <= last else None


def _way(leaf: Mapping[str, Any], category: str, world: World) -> _Way:
    """One criterion: on the category, on the silence, or on something else."""
    everything = _Way(-_LONG, _LONG, 0, _LONG, frozenset())
    criterion, of, operator = leaf.get("criterion"), leaf.get("of"), leaf.get("operator")
    number = whole(str(leaf.get("value", "")))
    if number is not None and (criterion, of) == (CRITERIA["category"].text, category):
        if operator == OPERATORS["greater"].text:
            return everything._replace(low=number + 1)
        if operator == OPERATORS["less"].text:
            return everything._replace(high=number - 1)
        return everything._replace(low=number, high=number)
    if number is not None and (criterion, of) == (CRITERIA["time"].text, "last activity"):
        if operator == OPERATORS["days-greater"].text:
            return everything._replace(first=number + 1 if world.days_greater_than_is_strict else number)
        if operator == OPERATORS["days-less"].text:
            return everything._replace(last=number - 1 if world.days_less_than_is_strict else number)
    return everything._replace(others=frozenset({tuple(f"{key}={leaf[key]}" for key in sorted(leaf))}))


# --- programs -------------------------------------------------------------------------------------------------------


class _Program(NamedTuple):
    """A program that takes points from a category, the ways in which somebody is on its list, and its walk."""

    ways: tuple[_Way, ...]
    ladder: Ladder

    def on(self, day: int, tags: frozenset[str]) -> Ladder:
        """The program as it is for somebody silent for so many days, who bears these tags and no other."""
        ways = [
            way
            for way in self.ways
            if way.first <= day <= way.last and all((of in tags) is bears for of, bears in _tags(way))
        ]
        return self.ladder._replace(holds=lambda value: any(way.low <= value <= way.high for way in ways))


def _tags(way: _Way) -> Iterator[tuple[str, bool]]:
    """The tags that a way asks for, and whether somebody must bear them."""
    for asked in way.others:
        found = dict(part.split("=", 1) for part in asked)
        if found.get("criterion") == CRITERIA["tag"].text:
            yield found["of"], found["operator"] == OPERATORS["is"].text


def _programs(tables: Tables, category: str, world: World) -> list[_Program]:
    """The programs that take points from a category after some days of silence."""
    lists = {row["name"]: row for row in tables.get("dynamic-lists", ())}

    def takes(step: Mapping[str, Any]) -> int:
        mine = (step.get("action"), step.get("of")) == (ACTIONS["category"].text, category)
        return -(whole(str(step.get("value", ""))) or 0) if mine else 0

    def asks(step: Mapping[str, Any], value: int) -> bool:
        return any(way is not None and way.low <= value <= way.high for way in _ways(step, category, world))

    found = []
    for row in tables.get("engagement-programs", ()):
        recipients = lists.get(row["recipient_list"], {})
        ways = tuple(way for way in _ways(recipients, category, world) if way is not None and way.first > 0)
        steps = {step["number"]: step for step in row["steps"]}
        if ways and any(map(takes, row["steps"])):
            repeat = (
                max(row.get("days_before_repeat", 1), world.program_repeat_least_days)
                if row["repeat"]
                else _LONG
            )
            ladder = Ladder(lambda _: False, steps, repeat, asks, takes, world.program_steps_read_afresh)
            found.append(_Program(ways, ladder))
    return found


def _by_programs(
    model: Model, decay: Decay, step: Step, programs: Sequence[_Program], limits: _Limits
) -> Descent:
    """Whatever tags somebody bears: nobody falls too low, and with some of them everybody comes down."""
    tags = sorted({of for program in programs for way in program.ways for of, _ in _tags(way)})
    tried = [
        _walk_programs(
            (decay.score, _value_of(model, decay, step)),
            step,
            [program.on(step.after.days or 0, frozenset(some)) for program in programs],
            limits,
        )
        for count in range(len(tags) + 1)
        for some in combinations(tags, count)
    ]
    faulty = next((descent for descent in tried if descent.fault), None)
    return faulty or min(tried, key=lambda descent: descent.rest)


def _walk_programs(
    wanted: tuple[str, int], step: Step, ladders: Sequence[Ladder], limits: _Limits
) -> Descent:
    """From every value that occurs and is planned for to one."""
    (score, to) = wanted
    gauge = f"score {score}"
    walk = LadderWalk(ladders, to)
    longest, rest, where = 0, 0, 0
    lowest, highest = _span_of(step, to, limits)
    for start in range(lowest, highest + 1, limits.grain):
        longest = max(longest, walk.down(start))
        if walk.rest > rest:
            rest, where = walk.rest, start
        if walk.fault:
            return Descent(gauge, len(ladders), to, start, f"from {start}, {walk.fault}", longest)
    return Descent(gauge, len(ladders), to, highest, "", longest, rest, where)


# --- the walk -------------------------------------------------------------------------------------------------------


def _descend(model: Model, decay: Decay, step: Step, rules: Sequence[_Rule], limits: _Limits) -> Descent:
    """Walk all values that the step is for; of several groups of rules that ask alike one must bring them down."""
    to, day = _value_of(model, decay, step), step.after.days or 0
    gauge, room = f"score {decay.score}", _room(model, decay, day)
    limits = limits._replace(room=room)
    tried = []
    for asked in sorted({way.others for rule in rules for way in rule.ways}, key=sorted):
        group = [_asking(rule, asked) for rule in rules if any(way.others == asked for way in rule.ways)]
        if any(day <= way.first < day + room for rule in group for way in rule.ways):
            tried.append(_walk_all(gauge, group, step, to, limits))
    if not tried:
        return Descent(gauge, 0, to, 0, f"no rule takes points from it after {day} days of silence")
    return min(tried, key=lambda descent: (bool(descent.fault), descent.rest, -descent.rules))


def _comes_down(model: Model, decay: Decay, step: Step) -> bool:
    """Whether a step sets somebody who is above its value."""
    most = step.level.most
    return step.set_to is not None and (most is None or most > _value_of(model, decay, step))


def _value_of(model: Model, decay: Decay, step: Step) -> int:
    """What a step sets to: the stop at the least, within the score's bounds."""
    assert step.set_to is not None
    score, stop = model.scores[decay.score], decay.stop_at
    value = step.set_to.value if stop is None else max(step.set_to.value, stop.value)
    value = value if score.ceiling is None else min(value, score.ceiling.value)
    return value if score.floor is None else max(value, score.floor.value)


def _span_of(step: Step, to: int, limits: _Limits) -> tuple[int, int]:
    """The least value above that occurs and that the step is for, and the greatest that is planned for."""
    highest = step.level.most if step.level.most is not None else min(limits.planned, to + _MOST_STARTS)
    lowest = max(to + 1, step.level.least if step.level.least is not None else to + 1)
    return -(-lowest // limits.grain) * limits.grain, highest


def _asking(rule: _Rule, asked: frozenset[tuple[str, ...]]) -> _Rule:
    return rule._replace(ways=tuple(way for way in rule.ways if way.others == asked))


def _room(model: Model, decay: Decay, day: int) -> int:
    """The days until the next step of the score."""
    later = [
        step.after.days - day
        for other in model.decay.values()
        if other.score == decay.score
        for step in other.steps
        if step.after.days is not None and step.after.days > day
    ]
    return min(later, default=_LONG)


def _walk_all(gauge: str, rules: Sequence[_Rule], step: Step, to: int, limits: _Limits) -> Descent:
    """From every value that occurs and is planned for to one."""
    lowest, highest = _span_of(step, to, limits)
    walk = _Walk(rules, to)
    longest, rest, where = 0, 0, 0
    for start in range(lowest, highest + 1, limits.grain):
        try:
            longest = max(longest, walk.down(start, step.after.days or 0))
        except RecursionError:  # point by point from far above, as no plan does
            return Descent(gauge, len(rules), to, start, f"from {start}, that takes hundreds of days")
        if walk.rest > rest:
            rest, where = walk.rest, start
        if walk.fault or longest > limits.room:
            fault = walk.fault or f"that takes {longest} days, and the next step is due after {limits.room}"
            return Descent(gauge, len(rules), to, start, f"from {start}, {fault}", longest)
    return Descent(gauge, len(rules), to, highest, "", longest, rest, where)


class _Walk:
    """All walks through one group of rules; what was found of a stand is kept for the next start.

    ``fault`` says where somebody falls too low, ``rest`` by how much somebody stays above at the most.
    """

    def __init__(self, rules: Sequence[_Rule], to: int) -> None:
        self.rules = rules
        self.to = to
        self.fault = ""
        self.rest = 0
        self._known: dict[tuple[_Stand, int], int] = {}
        edges = {edge for rule in rules for way in rule.ways for edge in (way.first, way.last + 1)}
        self._last_edge = max(edge for edge in edges if edge <= _LONG)

    def down(self, start: int, day: int) -> int:
        """Days until everybody who begins there is at the value; or rests for good."""
        return self._days(_Stand(start, (0,) * len(self.rules)), day)

    def _days(self, stand: _Stand, day: int) -> int:
        if stand.value == self.to or self.fault:
            return 0
        day = min(day, self._last_edge)  # after the last edge one day is like the next
        if (stand, day) not in self._known:
            self._known[stand, day] = max(self._from(stand, end, day) for end in self._day(stand, day))
        return self._known[stand, day]

    def _from(self, stand: _Stand, end: _Stand, day: int) -> int:
        """Days that follow where a day ends so, this one included; none where it rests."""
        if end.value < self.to:
            self.fault = self.fault or f"it falls to {end.value}, below {self.to}"
        if end == stand and day == self._last_edge:
            self.rest = max(self.rest, end.value - self.to)
            return 0
        return 1 + self._days(end, day + 1)

    def _day(self, stand: _Stand, day: int) -> set[_Stand]:
        """Where a day can end: each rule looks at least once and fires once at most, when it likes, and acts later."""
        able = [place for place, wait in enumerate(stand.waits) if wait == 0]
        ends: set[_Stand] = set()
        start = _Moment(stand.value, frozenset(), frozenset(), frozenset((stand.value,)))
        seen, stack = {start}, [start]
        while stack:
            moment = stack.pop()
            overlooked = [
                place
                for place in able
                if place not in moment.fired
                and all(self.rules[place].matches(value, day) for value in moment.passed)
            ]
            if not moment.waiting and not overlooked:
                ends.add(self._end(stand, moment))
            for turn in self._turns(moment, able, day):
                if turn not in seen:
                    seen.add(turn)
                    stack.append(turn)
        return ends

    def _turns(self, moment: _Moment, able: Iterable[int], day: int) -> Iterator[_Moment]:
        """What can come next: a rule matches, or one that has matched acts."""
        for place in able:
            rule, one = self.rules[place], frozenset((place,))
            if place in moment.waiting:
                left = moment.value - rule.points
                yield _Moment(left, moment.fired, moment.waiting - one, moment.passed | {left})
            elif place not in moment.fired and rule.matches(moment.value, day):
                yield moment._replace(fired=moment.fired | one, waiting=moment.waiting | one)

    def _end(self, stand: _Stand, moment: _Moment) -> _Stand:
        waits = [wait - 1 if wait > 0 else wait for wait in stand.waits]
        for place in moment.fired:
            waits[place] = self.rules[place].repeat - 1
        return _Stand(moment.value, tuple(waits))
