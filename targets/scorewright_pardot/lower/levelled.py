"""A fit score within bounds that its facts can pass, where rules add it up: by levels, each worth what lies between two.

No rule clamps what is added and taken back: 30 + 15 + 5 under 40 would be 25 when the 15 ends.  But the clamped sum has
few values, and what holds says which it has: "at least 35" is that some of the facts hold together.  So each value above
0 is a case of its own, worth what it is more than the one below (and each below 0 likewise, downwards); all that hold add
up to the clamped sum, whatever comes first.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.lower.binding import within
from scorewright_pardot.lower.expression import both, either
from scorewright_pardot.lower.worth import is_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Model, Score
    from scorewright_pardot.lower.expression import Expression

__all__ = ["Level", "Source", "levels", "steps_of", "why_not"]

_MOST_WAYS = 256
"""In so many ways may what a score's sources give come together."""
_MOST_LEVELS = 32
"""So many values may their clamped sum have; each is two rules."""


class Source(NamedTuple):
    """One thing that gives points: each number that it can give, rising, with when it does."""

    values: tuple[int, ...]
    of: Mapping[int, Expression]

    def at_least(self, place: int) -> Expression:
        """It gives the number of this place, or more."""
        return either(*(self.of[value] for value in self.values[place:])) if place else both()

    def at_most(self, place: int) -> Expression:
        """It gives the number of this place, or less."""
        last = place == len(self.values) - 1
        return both() if last else either(*(self.of[value] for value in self.values[: place + 1]))


class Level(NamedTuple):
    """A value that the clamped sum can have: how it is called, when it is reached, when not, and what it is worth."""

    slug: str
    holds: Expression
    fails: Expression
    points: int


def why_not(model: Model, score: Score) -> str:
    """Why a score cannot be held by levels; ``""`` where it can."""
    if any(other.feeds == score.key for other in model.scores.values()):
        return "another score feeds it"
    if any(item.score == score.key and is_wide(item) for item in model.inputs.values()):
        return "an input gives it too many numbers"
    ways = 1
    for values in _values(model, score.key):
        ways *= len(values)
    if ways > _MOST_WAYS:
        return f"what gives it points comes together in {ways} ways, and rules would have to ask for each"
    count = len(steps_of(model, score))
    return f"their sum has {count} values within its bounds, each of which takes two rules" * (
        count > _MOST_LEVELS
    )


def steps_of(model: Model, score: Score) -> tuple[int, ...]:
    """What each level is worth, as ``levels`` gives them."""
    every = tuple(_values(model, score.key))
    return tuple(points for _, points in _clamped(score, (sum(some) for some in product(*every))))


def levels(score: Score, sources: Sequence[Source]) -> Iterator[Level]:
    """Every level of the sum of these sources."""
    places = [*product(*(range(len(source.values)) for source in sources))]
    sums = {
        some: within(score, sum(source.values[at] for source, at in zip(sources, some, strict=True)))
        for some in places
    }
    for value, points in _clamped(score, sums.values()):
        up = points > 0
        holds = _reached(sources, sums, value, upward=up)
        fails = _reached(sources, sums, value - 1 if up else value + 1, upward=not up)
        yield Level(f"{'from' if up else 'down-to'}-{value}", holds, fails, points)


def _clamped(score: Score, sums: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each value of a sum within its bounds, and what it is worth beside the next one towards 0."""
    values = sorted({0, *(within(score, number) for number in sums)})
    base = values.index(0)
    for place in range(base + 1, len(values)):
        yield values[place], values[place] - values[place - 1]
    for place in range(base - 1, -1, -1):
        yield values[place], values[place] - values[place + 1]


def _reached(
    sources: Sequence[Source], sums: Mapping[tuple[int, ...], int], value: int, *, upward: bool
) -> Expression:
    """The clamped sum is at least a value, or at most: any of the fewest things that make it so."""

    def fits(places: tuple[int, ...]) -> bool:
        found = sums.get(places)
        return found is not None and (found >= value if upward else found <= value)

    step = -1 if upward else 1
    least = [
        places
        for places in sums
        if fits(places)
        and not any(fits((*places[:at], place + step, *places[at + 1 :])) for at, place in enumerate(places))
    ]
    return either(
        *(
            both(
                *(
                    source.at_least(at) if upward else source.at_most(at)
                    for source, at in zip(sources, places, strict=True)
                )
            )
            for places in least
        )
    )


def _values(model: Model, key: str) -> Iterator[set[int]]:
    """For each thing that gives points to a score, the numbers that it can give, nothing among them where it may."""
    for rule in model.rules.values():
        numbers = [number.value for name, number in rule.points if name == key]
        if numbers:
            yield {0, sum(numbers)}
    for tier in model.tiers.values():
        if tier.score == key:
            unknown = 0 if tier.unknown is None else tier.unknown.value
            yield {0, *(case.points.value for case in tier.cases), tier.otherwise.value, unknown}
    for item in model.inputs.values():
        if item.score == key and item.at_least is not None and item.at_most is not None:
            yield {0, *range(item.at_least.value, item.at_most.value + 1)}
