"""Which plan is built, by what the options ask for: so many days, or so many rules, a form, a rest that may stay."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.planning import coins, digits
from scorewright_pardot.planning.scheme import prove
from scorewright_pardot.planning.timing import TIMINGS

if TYPE_CHECKING:
    from scorewright_pardot.planning.scheme import Scheme

__all__ = ["Chosen", "Wish", "choose", "unit_of"]


class Wish(NamedTuple):
    """``days`` in which a value may settle; ``rules`` that it may take, and then the fewest days (0: as ``days`` says).

    ``form`` is ``coins`` or ``digits``; ``rest`` how many points may stay.  ``follow``: different rules follow one another
    within a day, so that only the same coin again takes a day more.
    """

    days: int = 7
    rules: int = 0
    form: str = "coins"
    rest: int = 0
    follow: bool = False


class Chosen(NamedTuple):
    """A plan that is proven: ``days`` it takes at most, ``left`` what may be left after each day from the first on."""

    scheme: Scheme
    days: int
    left: tuple[int, ...]


def unit_of(grain: int, rest: int) -> int:
    """The least multiple of the grain that leaves no more than the rest: what is less than it stays."""
    return (rest // grain + 1) * grain


@lru_cache(maxsize=256)
def choose(top: int, grain: int, wish: Wish) -> Chosen | None:
    """The plan for distances up to ``top`` that are multiples of ``grain``; ``None``: there is none, or too dear a one."""
    unit = unit_of(grain, wish.rest)
    days = wish.days if not wish.rules else _fewest_days(max(1, -(-top // unit)), wish)
    if days is None:
        return None
    scheme = digits.plan(top, days, grain=unit) if wish.form == "digits" else _coins(top, days, unit, wish)
    if scheme is None:
        return None
    proof = prove(scheme)
    return Chosen(scheme, proof.days, proof.rests[1:])


def _coins(top: int, days: int, unit: int, wish: Wish) -> Scheme | None:
    """Coins for so many days, of which the first is one of them."""
    if not wish.follow:
        return coins.plan(top, days, grain=unit)
    return coins.plan(top, days - 1, grain=unit, timing=TIMINGS[2])


def _fewest_days(distance: int, wish: Wish) -> int | None:
    if wish.form == "coins":
        if not wish.follow:
            return coins.fewest_days(distance, wish.rules)
        further = coins.fewest_days(distance, wish.rules, TIMINGS[2])
        return None if further is None else further + 1
    return next(
        (day for day in range(1, coins.MOST_DAYS + 1) if digits.fewest_rules(distance, day) <= wish.rules),
        None,
    )
