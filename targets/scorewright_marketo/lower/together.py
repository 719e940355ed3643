"""Steps of decays that fall on one night: meant is that levels are read before the first of them, and an order."""

from __future__ import annotations

from itertools import combinations
from math import gcd
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.values import Bounds
from scorewright_marketo.delays import BATCH_BEGINS
from scorewright_marketo.lower.bounds import by_decay
from scorewright_marketo.lower.expr import Both

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Decay, Step
    from scorewright_marketo.lower.context import Builder

__all__ = ["apart", "comes_first", "say_together"]


def say_together(b: Builder, decay: Decay) -> None:
    """Each batch reads the score that the one before has left; meant are the levels before the first of them."""
    mine = [pair for pair in combinations(decay.steps, 2) if _meet(b, decay, *pair)]
    differs = any(_reads(decay, later) or not _in_order(decay, one, later) for one, later in mine)
    caught_up = any(step.every is not None for step in decay.steps) and _misses_looks(b, decay)
    if differs or caught_up or _has_rivals(b, decay):
        b.bounded(
            "steps-together",
            "Steps that are due in one night are batches one after the other"
            + ("; of one step that is due several times at once, each night does one." if caught_up else "."),
            "each reads the score that the one before has left, and not that before the first of them",
            path=decay.path,
            bounds=by_decay(b, decay, early=True, late=True, when="steps-together"),
        )


def _has_rivals(b: Builder, decay: Decay) -> bool:
    """Whether another decay of the same score can be due in the same night, and it matters which comes first."""
    for other in b.model.decay.values():
        if other is not decay and other.score == decay.score:
            steps = [(item, step) for item in (decay, other) for step in item.steps]
            stops = [None if item.stop_at is None else item.stop_at.value for item in (decay, other)]
            if len({*stops}) > 1 or any(step.subtract is None or _reads(item, step) for item, step in steps):
                return True
    return False


def comes_first(decay: Decay, repeated: Sequence[Step], plain: Sequence[Step]) -> bool:
    """Whether repeated steps stand before all the others: of what is due after the same silence, the first does."""
    return bool(plain) and max(_place(decay, step) for step in repeated) < min(
        _place(decay, step) for step in plain
    )


def _place(decay: Decay, step: Step) -> int:
    return next(place for place, other in enumerate(decay.steps) if other.path == step.path)


def _in_order(decay: Decay, one: Step, later: Step) -> bool:
    """Whether the batches of two steps come in the order of the steps, where that matters."""
    if not _turns(one, later) or (one.every is None) or later.every is not None:
        return True
    plain = [step for step in decay.steps if step.every is None]
    group = [step for step in decay.steps if (step.after, step.every) == (one.after, one.every)]
    return comes_first(decay, group, plain)


def apart(decay: Decay, one: Sequence[Step], two: Sequence[Step]) -> int:
    """How many minutes lie between the batches of two steps: where their order matters, the first must be over."""
    pairs = [(first, second) for first in one for second in two if _same_day(first, second)]
    return BATCH_BEGINS if any(_turns(*pair) or _reads(decay, pair[1]) for pair in pairs) else 1


def _meet(b: Builder, decay: Decay, one: Step, two: Step) -> bool:
    """Whether two steps can be due at one look; those of one interval, or of one day with a level, are one batch."""
    if decay.schedule is not None or _misses_looks(b, decay):
        return True
    levels = one.level != Bounds() or two.level != Bounds()
    if (one.after, one.every) == (two.after, two.every) and (levels or not decay.then):
        return False
    return _same_day(one, two)


def _misses_looks(b: Builder, decay: Decay) -> bool:
    """Whether looks can be missed: outside the population nothing is due, and on return everything is."""
    return b.population != Both(()) or decay.schedule is not None


def _same_day(one: Step, two: Step) -> bool:
    """Whether both are due after the same silence, the first time or again."""
    first, second = sorted((one, two), key=lambda step: step.after.seconds)
    between = second.after.seconds - first.after.seconds
    if first.every is None:
        return between == 0
    return (
        between
        % (first.every.seconds if second.every is None else gcd(first.every.seconds, second.every.seconds))
        == 0
    )


def _reads(decay: Decay, step: Step) -> bool:
    """Whether it asks for the score, in whatever words."""
    return step.level != Bounds() or any(_is_score(leaf) for leaf in _leaves(decay))


def _leaves(decay: Decay) -> Iterator[con.Condition]:
    if decay.when is not None:
        yield from con.walk(decay.when)


def _is_score(leaf: con.Condition) -> bool:
    return isinstance(leaf, (con.ScoreTest, con.BandTest, con.InSegment))


def _turns(one: Step, two: Step) -> bool:
    """Whether it matters which comes first: subtractions can be exchanged."""
    return one.subtract is None or two.subtract is None
