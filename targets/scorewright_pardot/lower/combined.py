"""A combined score beside the overall one: kept nowhere, and asked of its parts, value by value.

Nothing on the platform adds scores up, but a part in a field that rules set has few values.  For each combination of
those the rest says from where on the sum is high enough, and so has a category that only what holds moves; one part may be
any number (another category, the overall score).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scorewright.model import actions as act
from scorewright_pardot.lower.cannot import CannotLowerError
from scorewright_pardot.lower.expression import EVERYBODY, NOBODY, both, either, leaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Element, Input, Model, Rule, Score, Tier
    from scorewright_pardot.lower.cannot import Run
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.home import Home

__all__ = ["combined_between", "parts_of", "summands"]

_MOST_COMBINATIONS = 2_000
_MOST_GROUPS = 24
"""Combinations that a rule asks for: each is a rule group to build by hand."""

_HALF = Fraction(1, 2)
_BEYOND = 2**40
"""More than any score can be."""


_Cell = tuple[str, str]
"""What is asked for one number: a field by its name (``custom-field``), or a part's category by its score (``category``)."""


class Kept(Protocol):
    """Where all scores are kept, as far as a sum has to know."""

    model: Model
    of: dict[str, Home]
    total: str | None

    def require(self, cx: Run, key: str, path: KeyPath = ()) -> Home:
        """The home of a score that must have one."""
        ...

    def is_a_field(self, key: str) -> bool:
        """Whether a score is a field of the spec."""
        ...

    def source_field(self, key: str, element: Element) -> str:
        """The field that holds what one source gives to a score."""
        ...

    def between(
        self, cx: Run, key: str, least: int | None, most: int | None, *, holds: bool = True
    ) -> Expression:
        """A score from ``least`` to ``most``, both included."""
        ...


class _Parts(NamedTuple):
    """What a sum is asked of: cells with the values that they can hold, and the one part that is any number."""

    cells: dict[_Cell, tuple[int, ...]]
    free: tuple[str, int] | None


def parts_of(score: Score) -> tuple[tuple[str, int], ...]:
    """The parts of a combined score, each with its share in percent."""
    return tuple((part, 100) for part in score.sum_of) or score.percent_of


def summands(model: Model, keys: Iterable[str]) -> frozenset[str]:
    """All scores that these are sums of, however deep."""
    found: set[str] = set()
    queue = [*keys]
    while queue:
        inner = {part for part, _ in parts_of(model.scores[queue.pop()])} - found
        found |= inner
        queue.extend(sorted(inner))
    return frozenset(found)


def combined_between(cx: Run, homes: Kept, key: str, least: int | None, most: int | None) -> Expression:
    """A combined score from ``least`` to ``most``, both included, as criteria on its parts."""
    asked = _Asked(cx, homes, key)
    return both(
        EVERYBODY if least is None else asked.side(least, upward=True),
        EVERYBODY if most is None else asked.side(most, upward=False),
    )


class _Asked:
    """One combined score, made ready to be asked."""

    def __init__(self, cx: Run, homes: Kept, key: str) -> None:
        self.cx = cx
        self.homes = homes
        self.score = homes.model.scores[key]
        self.cells, self.free = self._parts(self.score, top=True)
        if len(list(self._combinations())) > _MOST_COMBINATIONS:
            raise self._too_many(_MOST_COMBINATIONS)

    # --- parts --------------------------------------------------------------------------------------------------------

    def _parts(self, score: Score, *, top: bool) -> _Parts:
        cells: dict[_Cell, tuple[int, ...]] = {}
        free: tuple[str, int] | None = None
        for part, percent in parts_of(score):
            home = self.homes.require(self.cx, part, score.path)
            if home.kind == "sum":
                cells.update(self._parts(self.homes.model.scores[part], top=False).cells)
            elif home.kind in {"field", "formula"}:
                cells.update(self._values(part))
            elif home.kind == "category" and (known := _sums(self.homes.model, part)):
                cells["category", part] = known
            elif top and free is None:
                free = part, percent
            else:
                raise self._two_free(part)
        return _Parts(cells, free)

    def _values(self, key: str) -> Iterator[tuple[_Cell, tuple[int, ...]]]:
        """Each field that holds what one source gives to a part, with all that it can be."""
        for element, given in _given(self.homes.model, key):
            if given is None or self.homes.is_a_field(key):
                raise self._two_free(key)
            field = self.homes.source_field(key, element)
            one = self.homes.of[key].kind == "field"
            values = {self._clamped(key, value) if one else value for value in (0, *given)}
            yield ("custom-field", field), tuple(sorted(values))

    def _clamped(self, key: str, value: int) -> int:
        score = self.homes.model.scores[key]
        value = value if score.floor is None else max(value, score.floor.value)
        return value if score.ceiling is None else min(value, score.ceiling.value)

    def _value(self, key: str, held: Mapping[_Cell, int]) -> int:
        """What a part comes to when its cells hold these values."""
        if ("category", key) in held:
            return held["category", key]
        score = self.homes.model.scores[key]
        if score.kind == "combined":
            total = sum(Fraction(percent, 100) * self._value(part, held) for part, percent in parts_of(score))
            return self._clamped(key, floor(total + _HALF))
        fields = (self.homes.source_field(key, element) for element, _ in _given(self.homes.model, key))
        return self._clamped(key, sum(held["custom-field", field] for field in fields))

    # --- combinations -------------------------------------------------------------------------------------------------

    def _combinations(self) -> Iterator[tuple[int, ...]]:
        return product(*(range(len(values)) for values in self.cells.values()))

    def side(self, number: int, *, upward: bool) -> Expression:
        """At least a number, or with ``upward`` false at most that."""
        least = self._clamped(self.score.key, -_BEYOND)
        most = self._clamped(self.score.key, _BEYOND)
        if (least >= number) if upward else (most <= number):
            return EVERYBODY
        if (most < number) if upward else (least > number):
            return NOBODY
        found = {places: self._needed(places, number, upward=upward) for places in self._combinations()}
        step = -1 if upward else 1
        kept = [
            places
            for places, needed in found.items()
            if needed is not False
            and not any(
                found.get(near) == needed and type(found[near]) is type(needed)
                for near in _near(places, step)
            )
        ]
        if len(kept) > _MOST_GROUPS:
            raise self._too_many(len(kept))
        return either(*(self._group(places, found[places], upward=upward) for places in kept))

    def _needed(self, places: tuple[int, ...], number: int, *, upward: bool) -> int | bool:
        """What the free part must at least (or at most) be; without one, whether the sum is as asked."""
        held = {cell: values[place] for (cell, values), place in zip(self.cells.items(), places, strict=True)}
        free = None if self.free is None else self.free[0]
        fixed = sum(
            Fraction(percent, 100) * self._value(part, held)
            for part, percent in parts_of(self.score)
            if part != free
        )
        missing = number + (-_HALF if upward else _HALF) - fixed
        if self.free is None:
            return missing <= 0 if upward else missing > 0
        each = missing / Fraction(self.free[1], 100)
        return ceil(each) if upward else ceil(each) - 1

    def _group(self, places: tuple[int, ...], needed: int | bool, *, upward: bool) -> Expression:
        found: list[Expression] = []
        for (cell, values), place in zip(self.cells.items(), places, strict=True):
            if upward and place > 0:
                found.append(self._beyond(cell, values[place], upward=True))
            elif not upward and place < len(values) - 1:
                found.append(self._beyond(cell, values[place], upward=False))
        if self.free is not None:
            ends = (int(needed), None) if upward else (None, int(needed))
            found.append(self.homes.between(self.cx, self.free[0], *ends))
        return both(*found)

    def _beyond(self, cell: _Cell, value: int, *, upward: bool) -> Expression:
        """A cell holds at least a value, or at most that."""
        what, of = cell
        if what == "category":
            return self.homes.between(self.cx, of, *((value, None) if upward else (None, value)))
        return leaf(what, of, *(("greater", value - 1) if upward else ("less", value + 1)))

    # --- refusals -----------------------------------------------------------------------------------------------------

    def _two_free(self, part: str) -> CannotLowerError:
        other = self.homes.model.scores[part]
        return CannotLowerError(
            "no-home-for-score",
            f"nothing adds scores up, and {other.title!r} can be any number beside another part that can",
            self._instead(
                f"let {other.title!r} have known values (facts, tiers, and inputs with at_least and at_most, of which nothing "
                "is kept, reset or decays)"
                if other.kind == "fit"
                else f"give what counts for both to one score, and leave {other.title!r} out of the sum"
            ),
            self.score.path,
        )

    def _too_many(self, count: int) -> CannotLowerError:
        return CannotLowerError(
            "no-home-for-score",
            f"its parts have more than {count} combinations of values, each of which a rule would have to ask for",
            self._instead("give the parts fewer cases"),
            self.score.path,
        )

    def _instead(self, first: str) -> str:
        """What to write; the overall score adds up, but of a part that is lowered or set a category may be refused."""
        model, total = self.homes.model, self.homes.total
        parted = total is not None and total in summands(model, [self.score.key])
        free = not parted or total is None or not _is_held(model, total)
        overall = ", or make it the overall score (overall = true), which adds everything up" if free else ""
        return f"{first}{overall}, or compute the sum outside and ask the field that shows it"


def _near(places: tuple[int, ...], step: int) -> Iterator[tuple[int, ...]]:
    """The combinations one step away, of which one that asks the same makes this one needless."""
    return ((*places[:i], place + step, *places[i + 1 :]) for i, place in enumerate(places))


def _sums(model: Model, key: str) -> tuple[int, ...]:
    """What the facts, tiers and inputs of a fit score can add up to in a category; none where that is any number."""
    score = model.scores[key]
    fed = any(other.feeds == key for other in model.scores.values())
    if score.kind != "fit" or score.start is not None or fed or _is_moved(model, key):
        return ()
    found = {0}
    for _, given in _given(model, key):
        if given is None or len(found) * len(given) > _MOST_COMBINATIONS:
            return ()
        found |= {value + more for value in found for more in given}
    return tuple(sorted(found))


def _is_moved(model: Model, key: str) -> bool:
    """Whether something moves a score besides what holds: it is kept, or it is lowered or set."""
    kept = any((rule.keep or rule.on) and key in dict(rule.points) for rule in model.rules.values())
    return kept or _is_set(model, key)


def _is_held(model: Model, key: str) -> bool:
    """Whether something brings a score to a value: a floor or ceiling, a decay, an action."""
    score = model.scores[key]
    return score.floor is not None or score.ceiling is not None or _is_set(model, key)


def _is_set(model: Model, key: str) -> bool:
    """Whether a decay lowers a score, or an action resets it."""
    tables = (model.rules, model.thresholds, model.decay)
    actions = (action for table in tables for element in table.values() for action in element.then)
    return any(decay.score == key for decay in model.decay.values()) or any(
        isinstance(action, act.Reset) and action.score == key for action in actions
    )


def _given(model: Model, key: str) -> Iterator[tuple[Rule | Tier | Input, tuple[int, ...] | None]]:
    """What gives points to a fit score, each with all the numbers it can give; ``None`` for any number."""
    for rule in model.rules.values():
        numbers = tuple(number.value for name, number in rule.points if name == key)
        if numbers:
            yield rule, numbers
    for tier in model.tiers.values():
        if tier.score == key:
            unknown = 0 if tier.unknown is None else tier.unknown.value
            yield tier, (*(case.points.value for case in tier.cases), tier.otherwise.value, unknown)
    for item in model.inputs.values():
        if item.score == key:
            low, high = item.at_least, item.at_most
            known = low is not None and high is not None
            yield item, tuple(range(low.value, high.value + 1)) if known else None  # type: ignore[union-attr]
