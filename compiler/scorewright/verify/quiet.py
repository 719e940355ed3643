"""When to look: the moments at which nothing has happened for so long that the platform has had its time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import Happening

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.emulation import Gauge
    from scorewright.semantics import Timeline
    from scorewright.verify.lives import Life

__all__ = ["Look", "looks_of", "settled", "stirs_of"]

_HOUR = 3_600


class Look(NamedTuple):
    """An instant, and how many seconds before it the last thing happened."""

    at: int
    quiet: int


def settled(gauge: Gauge, look: Look, schedule: str) -> bool:
    """Whether a gauge must be right at a look, under a schedule."""
    hours = gauge.prompt if schedule == "prompt" and gauge.prompt else gauge.settles
    return look.quiet >= hours * _HOUR


def stirs_of(life: Life, timeline: Timeline) -> list[int]:
    """Every instant at which something happens: what is told, and what the reference machine changes."""
    told = {
        item.known if isinstance(item, Happening) and item.known is not None else item.at
        for item in life.person.history
    }
    return sorted({life.person.created, *told, *(change.at for change in timeline.changes)})


def looks_of(life: Life, timeline: Timeline, gauges: Sequence[Gauge]) -> tuple[Look, ...]:
    """In each gap the first instant at which each gauge must be right, and the last before the next thing happens."""
    waits = sorted({hours * _HOUR for gauge in gauges for hours in (gauge.settles, gauge.prompt) if hours})
    stirs = [item for item in stirs_of(life, timeline) if item <= life.until]
    return tuple(
        look
        for before, after in pairwise([*stirs, life.until + 1])
        for look in _between(before, after, waits)
    )


def _between(before: int, after: int, waits: Sequence[int]) -> Iterator[Look]:
    last = after - 1 - before
    quiet = {wait for wait in waits if wait < last}
    if waits and last >= waits[0]:
        quiet.add(last)
    yield from (Look(before + wait, wait) for wait in sorted(quiet))
