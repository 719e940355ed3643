"""A plan as rules over the distance to the floor, and the proof that it arrives: for every start, order and delay."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Proof", "Rule", "Scheme", "Span", "prove"]


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
    """Walk every start of the range down, whatever the order of the rules and however late their actions.

    One walk stands for all, for at each distance either one rule matches at most, or no rule that fires changes
    whether another matches.  Raises ``ValueError`` with the distance where neither holds or nothing is taken.
    """
    matching = [tuple(rule for rule in scheme.rules if rule.holds(x)) for x in range(scheme.top + 1)]
    if any(len(found) > 1 for found in matching):
        _see_nothing_of_each_other(matching)
    rests: list[tuple[int, ...]] = []
    for start, found in enumerate(matching):
        left = start - sum(rule.points for rule in found)
        if left < 0 or (left == start >= scheme.grain):
            raise ValueError(f"a start of {start} is at {left} after a day")
        rests.append((start, *rests[left]) if left < start else (start,))
    days = max(len(found) for found in rests) - 1
    ends = tuple(max(found[min(day, len(found) - 1)] for found in rests) for day in range(days + 1))
    return Proof(days, ends)


def _see_nothing_of_each_other(matching: list[tuple[Rule, ...]]) -> None:
    for distance, found in enumerate(matching):
        for rule in found:
            others = {other for other in found if other != rule}
            after = set(matching[distance - rule.points]) if distance >= rule.points else set()
            if after - {rule} != others:
                raise ValueError(
                    f"at {distance} another rule depends on whether the one of {rule.points} has fired"
                )
