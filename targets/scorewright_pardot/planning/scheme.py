"""A plan as rules over the distance to the floor, and the proof that it arrives: for every start, order and delay."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Proof", "Rule", "Scheme", "Span", "left_after_one", "prove", "walk"]


class Span(NamedTuple):
    """Distances from ``low`` to ``high``, both included; ``None`` leaves it open above."""

    low: int
    high: int | None

    def holds(self, distance: int) -> bool:
        """Whether a distance lies in it."""
        return self.low <= distance and (self.high is None or distance <= self.high)


class Rule(NamedTuple):
    """An automation rule: it takes ``points`` from everybody whose distance lies in one of the spans."""

    points: int
    spans: tuple[Span, ...]

    def holds(self, distance: int) -> bool:
        """Whether the rule matches at a distance."""
        return any(span.holds(distance) for span in self.spans)


class Scheme(NamedTuple):
    """Rules, greatest points first, that bring every distance up to ``top`` down to 0.

    ``form`` is ``coins`` (each rule one span, disjoint) or ``digits`` (each rule looks at one digit).
    What is less than ``grain`` is left where it is.
    """

    form: str
    rules: tuple[Rule, ...]
    top: int
    grain: int = 1

    @property
    def points(self) -> tuple[int, ...]:
        """What the rules take, greatest first."""
        return tuple(rule.points for rule in self.rules)

    @property
    def groups(self) -> int:
        """Rule groups to type, over all rules."""
        return sum(len(rule.spans) for rule in self.rules)


class Proof(NamedTuple):
    """What was found over all starts: the most days, and the most that is left at the start and after each day."""

    days: int
    rests: tuple[int, ...]


def prove(scheme: Scheme) -> Proof:
    """That every distance that occurs arrives, whatever the order of the rules and however late their actions, and in how many days.

    Of coins it follows from their shape, for any range; any other scheme is walked down from every distance, which
    takes as long as its range is great.  Raises ``ValueError`` with the distance where it goes wrong.
    """
    return _by_shape(scheme) if scheme.form == "coins" else walk(scheme)


def _by_shape(scheme: Scheme) -> Proof:
    """Bands that follow one another without a gap, the top one open, each taking its lower bound: paid like change.

    At each distance one rule matches, so there is no order; it takes no more than there is, and more than nothing.
    """
    above: int | None = None
    for rule in scheme.rules:
        if rule.spans != (Span(rule.points, above),):
            raise ValueError(f"the band of {rule.points} is not from {rule.points} to {above}")
        above = rule.points - 1
    if above != scheme.grain - 1:
        raise ValueError(f"nothing brings {above} down")
    points = tuple(point // scheme.grain for point in scheme.points)
    rests = [scheme.top // scheme.grain]
    while rests[-1]:
        rests.append(left_after_one(points, rests[-1]))
    return Proof(_days(points, rests[0]), tuple(rest * scheme.grain for rest in rests))


def left_after_one(points: tuple[int, ...], top: int) -> int:
    """The most that a day leaves of any distance up to ``top``: at the upper end of a band, less its coin."""
    above = top
    left = 0
    for coin in points:
        left = max(left, above - coin)
        above = min(above, coin - 1)
    return left


@cache
def _days(points: tuple[int, ...], top: int) -> int:
    """The most firings that any distance up to ``top`` takes: as often as the coin fits, or once less and then all below."""
    if not points:
        return 0
    coin, times = points[0], top // points[0]
    most = times + _days(points[1:], top - times * coin)
    return most if times == 0 else max(most, times - 1 + _days(points[1:], coin - 1))


def walk(scheme: Scheme) -> Proof:
    """Every start of the range, day by day.

    One walk stands for all, for at each distance either one rule matches at most, or no rule that fires changes
    whether another matches.
    """
    values = range(0, scheme.top + 1, scheme.grain)
    matching = {value: tuple(rule for rule in scheme.rules if rule.holds(value)) for value in values}
    if any(len(found) > 1 for found in matching.values()):
        _see_nothing_of_each_other(matching)
    walks: dict[int, tuple[int, ...]] = {}
    for start, found in matching.items():
        left = start - sum(rule.points for rule in found)
        if left not in matching or left == start > 0:
            raise ValueError(f"a start of {start} is at {left} after a day")
        walks[start] = (start, *walks[left]) if left < start else (start,)
    rests = walks.values()
    days = max(len(found) for found in rests) - 1
    ends = tuple(max(found[min(day, len(found) - 1)] for found in rests) for day in range(days + 1))
    return Proof(days, ends)


def _see_nothing_of_each_other(matching: Mapping[int, tuple[Rule, ...]]) -> None:
    for distance, found in matching.items():
        for rule in found:
            after = set(matching.get(distance - rule.points, ()))
            if after - {rule} != set(found) - {rule}:
                raise ValueError(
                    f"at {distance} another rule depends on whether the one of {rule.points} has fired"
                )
