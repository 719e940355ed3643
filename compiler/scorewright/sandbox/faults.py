"""Faults that can be ordered: an error of the platform's by chance or at one call, and connections that break off."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["BREAKS", "Fate", "Faults", "Order", "OrderError", "read_orders"]

BREAKS: Mapping[str, str] = {
    "drop-before": "the next call is lost on its way: nothing is done",
    "drop-after": "the next call is done, and its answer is lost",
    "kill-before": "nothing answers any more, and the next call is not done",
    "kill-after": "nothing answers any more, but the next call is done",
}
"""What can happen to the connection once so many calls were answered."""

_ORDER = re.compile(r"(?P<what>[A-Za-z0-9._-]+):(?P<once>#?)(?P<number>[0-9]+(?:\.[0-9]+)?)")


class OrderError(ValueError):
    """An order that cannot be read; the message says how one is written."""


class Order(NamedTuple):
    """One fault: what happens, and at which call (from 1), or else with which chance."""

    what: str
    at: int = 0
    chance: float = 0


class Fate(NamedTuple):
    """What happens to one call: a code to answer with, or whether the line breaks before or after the work."""

    code: str = ""
    before: bool = False
    after: bool = False


def read_orders(texts: Iterable[str], codes: Mapping[str, str]) -> tuple[Order, ...]:
    """Read ``606:0.1``, ``606:#3`` and ``kill-after:7``; ``codes`` are the target's own.  Raises ``OrderError``."""
    return tuple(_order(text, codes) for text in texts)


def _order(text: str, codes: Mapping[str, str]) -> Order:
    found = _ORDER.fullmatch(text)
    if found is None:
        raise OrderError(f"{text!r} is no fault; write 606:0.1 (a chance), 606:#3 (a call) or kill-after:7")
    what, number = found["what"], float(found["number"])
    if what in BREAKS:
        if found["once"] or not number.is_integer():
            raise OrderError(f"{what} takes a number of calls: {what}:7")
        return Order(what, at=int(number) + 1)
    if what not in codes:
        raise OrderError(f"{what!r} cannot be ordered; there are {', '.join((*codes, *BREAKS))}")
    if found["once"]:
        if number < 1 or not number.is_integer():
            raise OrderError(f"calls are counted from 1: {what}:#3")
        return Order(what, at=int(number))
    if not 0 < number <= 1:
        raise OrderError(f"a chance is above 0 and at most 1: {what}:0.1; the third call is {what}:#3")
    return Order(what, chance=number)


class Faults:
    """Decides call by call; from the same orders and seed the same fates come, as long as calls come one by one."""

    def __init__(self, orders: Iterable[Order] = (), seed: int = 0) -> None:
        self._orders = tuple(orders)
        self._random = Random(seed)  # noqa: S311 - chance for tests, and it must repeat

    def fate(self, number: int) -> Fate:
        """What happens to the call of this number, counted from 1.  To be asked once for each, in order."""
        draws = [self._random.random() if order.chance else 1.0 for order in self._orders]
        for order, draw in zip(self._orders, draws, strict=True):
            if order.what in BREAKS:
                fate = _break(order, number)
                if fate is not None:
                    return fate
            elif order.at == number or draw < order.chance:
                return Fate(code=order.what)
        return Fate()


def _break(order: Order, number: int) -> Fate | None:
    lasting, _, side = order.what.partition("-")
    if number == order.at:
        return Fate(before=side == "before", after=side == "after")
    return Fate(before=True) if lasting == "kill" and number > order.at else None
