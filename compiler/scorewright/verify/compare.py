"""Holds what a platform shows against what a life means: equal, within a bound that holds here, or different."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.vocabulary import LETTERS
from scorewright.plugin.emulation import AT_FIRST, OF_A_LIFE, OF_ELEMENTS
from scorewright.verify.quiet import hours_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scorewright.model.history import Scalar
    from scorewright.plugin.emulation import Gauge
    from scorewright.verify.bundle import BoundOf
    from scorewright.verify.meant import Meant
    from scorewright.verify.reach import Reach

__all__ = ["Difference", "Judge", "Judged", "off_by"]

_HOUR = 3_600


class Difference(NamedTuple):
    """A gauge that shows at an instant what the spec does not mean, and no bound allows."""

    gauge: str
    at: int
    meant: Scalar
    shown: Scalar
    allowed: str = ""


class Judged(NamedTuple):
    """What came of one play: what differs, how far each bound was used (by its place), and how much was compared."""

    differences: tuple[Difference, ...]
    used: Mapping[int, tuple[int, int]]
    compared: int
    excused: frozenset[str]
    """The gauges that were not judged to the end, since what they read had differed, as a bound allows."""


@dataclass(slots=True)
class _Verdict:
    """What one play has shown so far."""

    differences: dict[str, Difference] = field(default_factory=dict)
    used: dict[int, tuple[int, int]] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)
    compared: int = 0
    seen: set[str] = field(default_factory=set)
    """The gauges that have been compared at an earlier look."""

    def is_over(self, name: str) -> bool:
        """Whether nothing more is to be learned of a gauge."""
        return name in self.excused or name in self.differences


class Judge:
    """The gauges and bounds of a bundle, made ready to judge any number of plays."""

    def __init__(self, gauges: Sequence[Gauge], bounds: Sequence[BoundOf], reach: Reach) -> None:
        self.gauges = tuple(gauges)
        self.reach = reach
        self.bounds = tuple(bounds)
        self._by_gauge: dict[str, list[int]] = {}
        for place, item in enumerate(self.bounds):
            names = (
                reach.of_element(item.element, item.product)
                if item.bound.gauge == "*"
                else (item.bound.gauge,)
            )
            for name in names:
                self._by_gauge.setdefault(name, []).append(place)

    def judge(
        self,
        meant: Meant,
        shown: Sequence[Mapping[str, Scalar]],
        situations: Callable[[int, int], frozenset[str]],
        schedule: str,
        acted: Callable[[str, int], bool],
    ) -> Judged:
        """Compare every gauge at every look at which it must be right.

        ``situations`` gives those that the life has held up to an instant, for a gauge that takes so many hours: what
        comes later excuses nothing.  ``acted`` says of an element whether it has done anything by an instant: before
        that its bounds excuse nothing either.
        """
        verdict, turned = _Verdict(), meant.turned
        asked = [(gauge, gauge.name, hours_of(gauge, schedule) * _HOUR) for gauge in self.gauges]
        for look, wanted, found in zip(meant.looks, meant.sights, shown, strict=True):
            at_look: list[tuple[Gauge, int]] = []
            now_seen: set[str] = set()
            for gauge, name, seconds in asked:
                quiet = turned.get((look.at, name), look.quiet) if turned else look.quiet
                if quiet >= seconds and not verdict.is_over(name):
                    verdict.compared += 1
                    now_seen.add(name)
                    off = 0 if wanted[name] == found[name] else off_by(gauge, wanted[name], found[name])
                    if off:
                        at_look.append((gauge, off))
            held = [
                [
                    place
                    for place in self._places(gauge.name, situations(hours_of(gauge, schedule), look.at))
                    if acted(self.bounds[place].element, look.at)
                    and self._in_time(place, gauge.name, verdict)
                ]
                for gauge, _ in at_look
            ]
            verdict.seen |= now_seen
            faults = [
                (pair[0], places)
                for pair, places in zip(at_look, held, strict=True)
                if not self._allowed(pair, places, verdict)
            ]
            for gauge, places in faults:
                name = gauge.name
                if name not in verdict.excused:
                    allowed = self._words(places)
                    verdict.differences[name] = Difference(name, look.at, wanted[name], found[name], allowed)
        return Judged(
            tuple(verdict.differences.values()),
            verdict.used,
            verdict.compared,
            frozenset(verdict.excused),
        )

    def _allowed(self, pair: tuple[Gauge, int], places: Sequence[int], verdict: _Verdict) -> bool:
        """Whether a bound allows it; then it is used so far, and what reads the gauge is judged no more."""
        gauge, off = pair
        least, most = self._interval(places)
        if not places or not (least is None or off >= least) or not (most is None or off <= most):
            return False
        for place in places:
            bound = self.bounds[place].bound
            share = off if bound.most is None else min(off, bound.most)
            share = share if bound.least is None else max(share, bound.least)
            low, high = verdict.used.get(place, (0, 0))
            verdict.used[place] = (min(low, share), max(high, share))
        verdict.excused |= self.reach.beyond([gauge.name])
        return True

    def _in_time(self, place: int, name: str, verdict: _Verdict) -> bool:
        """Whether a bound of somebody new still holds: at the first look, and where it was needed then."""
        return (
            self.bounds[place].bound.when not in AT_FIRST or name not in verdict.seen or place in verdict.used
        )

    def _places(self, name: str, situations: frozenset[str]) -> list[int]:
        """The bounds that hold for a gauge in these situations, each as often as it does."""
        return [
            place
            for place in self._by_gauge.get(name, ())
            for _ in range(_often(self.bounds[place], situations))
        ]

    def _words(self, places: Sequence[int]) -> str:
        least, most = self._interval(places)
        return f"{_end(least)} to {_end(most)}" if places else ""

    def _interval(self, places: Iterable[int]) -> tuple[int | None, int | None]:
        """What several bounds allow together: their sums."""
        least: int | None = 0
        most: int | None = 0
        for place in places:
            bound = self.bounds[place].bound
            least = None if least is None or bound.least is None else least + bound.least
            most = None if most is None or bound.most is None else most + bound.most
        return least, most


def _often(item: BoundOf, situations: frozenset[str]) -> int:
    """How often a bound holds: once, but for situations of its own element, or of a whole life, which are counted."""
    when = item.bound.when
    if when not in OF_ELEMENTS | OF_A_LIFE or when not in situations:
        return int(when in situations)
    element = item.element if item.product is None else f"{item.element}@{item.product}"
    counted = when if when in OF_A_LIFE else f"{when} {element}"
    return next(number for number in count() if f"{counted} {number + 1}" not in situations)


def _end(number: int | None) -> str:
    return "any" if number is None else f"{number:+d}"


def off_by(gauge: Gauge, wanted: Scalar, found: Scalar) -> int:
    """By how much a gauge is off: shown minus meant for numbers, yes and no; 1 for other texts; 0: equal.

    Two grades are as many thirds of a letter apart as lie between them.  A stamp is right when it lies within the time that the gauge takes.
    """
    wanted, found = (None if value in {"", None} else value for value in (wanted, found))
    if wanted == found:
        return 0
    if isinstance(wanted, (int, bool)) and isinstance(found, (int, bool)):
        return int(found) - int(wanted)
    if gauge.kind == "grade" and {wanted, found} <= set(LETTERS):
        return abs(LETTERS.index(str(found)) - LETTERS.index(str(wanted)))
    if isinstance(wanted, str) and isinstance(found, str):
        return _texts_off(gauge, wanted, found)
    return 1


def _texts_off(gauge: Gauge, wanted: str, found: str) -> int:
    if wanted.casefold() == found.casefold():
        return 0
    if wanted[:1].isdigit() and found[:1].isdigit():
        try:
            first, second = (datetime.fromisoformat(text).replace(tzinfo=None) for text in (wanted, found))
        except ValueError:
            return 1
        if abs((second - first).total_seconds()) <= max(24, gauge.settles) * _HOUR:
            return 0
    return 1
