"""Which steps a decay has on Marketo: plain ones, repeated ones by interval, and those that a limit writes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.values import Bounds, Duration, Number

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Step

__all__ = ["Intervals", "accounted", "longest", "sorted_steps", "together"]

Intervals = dict[tuple[Duration, Duration], list["Step"]]
"""Repeated steps by the silence before the first of them and the interval."""

_MOST_STEPS = 24
"""Steps that a limit may write out, a batch for each: two years of monthly ones.  More are counted in a field instead."""


def accounted(decay: Decay) -> bool:
    """Whether what a silence has taken must be kept in a field: its limit cannot be written out beforehand.

    That is so where it depends on the score how much a step takes, or where it would be too many steps.
    """
    if decay.limit is None:
        return False
    if any(step.subtract is None or step.level != Bounds() for step in decay.steps):
        return True
    return sum(_count(decay, step) for step in decay.steps) > _MOST_STEPS


def sorted_steps(decay: Decay) -> tuple[list[Step], Intervals]:
    """Plain steps by rising silence, and repeated ones; a limit that can be written out makes all of them plain."""
    plain: list[Step] = []
    repeated: Intervals = {}
    written = decay.limit is not None and not accounted(decay)
    for step in decay.steps:
        if step.every is None:
            plain.append(step)
        elif written:
            plain += _unrolled(decay, step)
        elif step.every.seconds > step.after.seconds:
            plain.append(step._replace(every=None))
            after = Duration((step.after.seconds + step.every.seconds) // 3600, "h")
            repeated.setdefault((after, step.every), []).append(step)
        else:
            repeated.setdefault((step.after, step.every), []).append(step)
    plain.sort(key=lambda step: step.after.seconds)
    return (_within_limit(decay, plain) if written else plain), repeated


def longest(decay: Decay) -> int:
    """The longest silence that a batch asks for, in seconds."""
    plain, repeated = sorted_steps(decay)
    return max(
        (after.seconds for after in (*(step.after for step in plain), *(after for after, _ in repeated))),
        default=0,
    )


def together(steps: list[Step]) -> list[list[Step]]:
    """Steps of one silence that ask for a level are one: the level is that before the first of them."""
    found: list[list[Step]] = []
    for step in steps:
        last = found[-1] if found else []
        alike = last and last[0].after.seconds == step.after.seconds
        if alike and any(item.level != Bounds() for item in (*last, step)):
            last.append(step)
        else:
            found.append([step])
    return found


def _count(decay: Decay, step: Step) -> int:
    """How many steps it takes until the limit is reached."""
    if step.every is None or step.subtract is None:
        return 1
    return -(-(decay.limit or 0) // max(step.subtract.value, 1))


def _unrolled(decay: Decay, step: Step) -> list[Step]:
    """A repeated step as plain ones, as many as its limit allows."""
    assert step.every is not None
    hours = [(step.after.seconds + n * step.every.seconds) // 3600 for n in range(_count(decay, step))]
    return [
        step._replace(after=Duration(n // 24, "d") if n % 24 == 0 else Duration(n, "h"), every=None)
        for n in hours
    ]


def _within_limit(decay: Decay, steps: list[Step]) -> list[Step]:
    """The steps with what the limit leaves of each."""
    left = decay.limit or 0
    found: list[Step] = []
    for step in steps:
        assert step.subtract is not None
        size = min(step.subtract.value, left)
        if size:
            found.append(step if size == step.subtract.value else step._replace(subtract=Number(size)))
        left -= size
    return found
