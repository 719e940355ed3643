"""Limits in points that change: what rules by the first, second, … time give to whoever was given other amounts before."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.migration.pairing import time_of
from scorewright_pardot.migration.tables import adjusts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.plugin.bundle import Emitted

__all__ = ["Off", "off_by"]


class Off(NamedTuple):
    """By how much points, and how often awards, can be off: at least and at most."""

    least: int = 0
    most: int = 0
    fewer: int = 0
    more: int = 0


def off_by(old: Iterable[Emitted], new: Iterable[Emitted], limit: int) -> Off:
    """What comes of an element's new rules for those whom its old ones paid, against an account of so many points.

    The account holds what was given, and the next award fills it up; the rules know only how often something was given.
    """
    before, after = _by_group(old), _by_group(new)
    found = Off()
    for group, awards in after.items():
        for key in {key for award in awards for key in award}:
            was = [award.get(key, 0) for award in before.get(group, ())]
            for one in _from_each(was, [award.get(key, 0) for award in awards], limit):
                found = Off(*(min(pair) for pair in zip(found, one, strict=True)))._replace(
                    most=max(found.most, one.most), more=max(found.more, one.more)
                )
    return found


def _by_group(rules: Iterable[Emitted]) -> dict[str, list[dict[tuple[str, str], int]]]:
    """By the assets that are counted together: what the first, second, … award gives."""
    found: dict[str, dict[int, dict[tuple[str, str], int]]] = {}
    for item in rules:
        told = time_of(item)
        if told is not None:
            found.setdefault(told.group, {})[told.number] = adjusts(item.table)
    return {group: [awards[number] for number in sorted(awards)] for group, awards in found.items()}


def _from_each(was: Sequence[int], now: Sequence[int], limit: int) -> Iterator[Off]:
    """After each number of awards that somebody can have had before, and each that they have after."""
    full = max(now, key=abs, default=0)
    sign = 1 if full > 0 else -1
    for count, given in enumerate(accumulate(was, initial=0)):
        held = meant = abs(given)
        paid = owed = 0
        for points in (*map(abs, now[count:]), *(0 for _ in range(limit + 1))):
            award = min(abs(full), max(0, limit - meant))
            if not points and not award:
                break
            held, meant = held + points, meant + award
            paid, owed = paid + bool(points), owed + bool(award)
            points_off, awards_off = sign * (held - meant), paid - owed
            yield Off(min(0, points_off), max(0, points_off), min(0, awards_off), max(0, awards_off))
