"""Awards that melt: waits and losses one after the other; where they are many, alike ones are built once and requested."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import Number, round_half_up
from scorewright_marketo.lower.points import awarded, shift
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.resets import reset_stamp, unless_reset
from scorewright_marketo.lower.waits import emit_requested, request, wait

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Fades, Rule
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.objects import FlowStep

__all__ = ["melting"]

_FEW = 20
"""So many losses are one flow; more of them are built in parts."""
_MOST = 100
"""So many losses are the most that somebody builds by hand in one flow, and twice as many in all flows of an award."""
_LONGEST = 10_000
"""More losses than this are not even counted."""

_Loss = tuple[tuple[str, int], ...]
"""What each score loses at one time, with its sign."""


class _Parts(NamedTuple):
    """Losses in parts of one length; what is left over stands at the end."""

    parts: tuple[tuple[_Loss, ...], ...]
    rest: tuple[_Loss, ...]

    @property
    def built(self) -> int:
        """How many losses and requests have to be built."""
        return sum(map(len, {*self.parts})) + len(self.parts) + len(self.rest)

    @property
    def longest(self) -> int:
        """The longest flow of them."""
        return max(len(self.parts) + len(self.rest), *map(len, self.parts))


def melting(b: Builder, rule: Rule, given: Mapping[str, Number], name: str) -> tuple[FlowStep, ...]:
    """The flow of the campaign ``name``, which takes these points back bit by bit."""
    losses = _losses(rule, given)
    if any(reset_stamp(b, score) is not None for key in given for score in awarded(b, key)):
        if len(losses) > _MOST:
            raise _too_many(
                rule, "a reset of the score cancels each of them, which takes a campaign for each"
            )
        return tuple(_in_turn(b, rule, losses))
    if len(losses) <= _FEW:
        return tuple(_in_turn(b, rule, losses))
    parts = min((_cut(losses, size) for size in range(2, min(_MOST, len(losses) - 1) + 1)), key=_cost)
    if parts.longest > _MOST or parts.built > 2 * _MOST:
        raise _too_many(rule, "nobody can build them all by hand")
    return tuple(_by_parts(b, rule, parts, name))


def _too_many(rule: Rule, why: str) -> RefusedError:
    return RefusedError(
        "too-many-steps",
        (*rule.path, "fades"),
        f"the award melts in more than {_MOST} steps, and {why}",
        "let it melt by more at a time, as with a larger subtract or percent, or write expires instead of fades",
    )


# --- what is lost -----------------------------------------------------------------------------------------------------


def _losses(rule: Rule, given: Mapping[str, Number]) -> list[_Loss]:
    assert rule.fades is not None
    rests = {key: number.value for key, number in given.items()}
    found: list[_Loss] = []
    while True:
        loss = {key: _melt(rest, rule.fades) for key, rest in rests.items()}
        if not any(loss.values()):
            return found
        if len(found) >= _LONGEST:
            raise _too_many(rule, "nobody can build them all by hand")
        found.append(tuple(loss.items()))
        rests = {key: rest - loss[key] for key, rest in rests.items()}


def _melt(rest: int, fades: Fades) -> int:
    """What melts of a rest, with its sign, never more than the rest."""
    size = abs(rest)
    loss = (
        fades.subtract.value
        if fades.subtract is not None
        else round_half_up(size * (fades.percent or 0), 100)
    )
    return min(size, loss) if rest > 0 else -min(size, loss)


def _cut(losses: list[_Loss], size: int) -> _Parts:
    last = len(losses) - len(losses) % size
    return _Parts(
        tuple(tuple(losses[first : first + size]) for first in range(0, last, size)), tuple(losses[last:])
    )


def _cost(parts: _Parts) -> tuple[int, int]:
    return max(0, parts.longest - _MOST), parts.built


# --- steps ------------------------------------------------------------------------------------------------------------


def _in_turn(b: Builder, rule: Rule, losses: list[_Loss] | tuple[_Loss, ...]) -> Iterator[FlowStep]:
    """A wait and what is lost then, again and again."""
    fades = rule.fades
    assert fades is not None
    for count, loss in enumerate(losses, 1):
        yield _wait(fades, 1)
        for key, lost in loss:
            for score in reversed(awarded(b, key)):
                taken = shift(b, score, (), _lost(fades, lost), f"{rule.title} melts")
                b.pending += [
                    text for step in taken for text in _tokens(step)
                ]  # how many there are goes by it
                yield from unless_reset(b, rule, score, taken, (count * fades.every.seconds, lost))


def _by_parts(b: Builder, rule: Rule, parts: _Parts, name: str) -> Iterator[FlowStep]:
    """Request a part, and wait as long as it takes; parts that are alike are one campaign."""
    fades = rule.fades
    assert fades is not None
    built = dict.fromkeys(parts.parts, "")
    for number, part in enumerate(built, 1):
        built[part] = _part(b, rule, part, f"{name} part" + (f" {number}" if len(built) > 1 else ""))
    *before, last = parts.parts
    for part in before:
        yield request(b, built[part])
        yield _wait(fades, len(part))
    yield request(b, built[last])
    _, *rest = _in_turn(b, rule, parts.rest) if parts.rest else (None,)
    yield from (_wait(fades, len(last) + 1), *rest) if rest else ()


def _wait(fades: Fades, times: int) -> FlowStep:
    return wait(replace(fades.every, count=fades.every.count * times))


def _part(b: Builder, rule: Rule, losses: tuple[_Loss, ...], wanted: str) -> str:
    name = b.campaign_name(wanted)
    steps = tuple(_in_turn(b, rule, losses))
    texts = [*b.pending]
    why = f"Takes points back {len(losses)} times, and is requested as often as there is more."
    emit_requested(b, name, steps, role=name, why=why)
    b.pending += texts  # how often it is requested goes by them, too
    b.memo.setdefault(("taken back", rule.key), []).append(name)
    return name


def _lost(fades: Fades, loss: int) -> Number | int:
    """What a step takes, as the number that the spec names for it; what was left at last is a literal."""
    if fades.subtract is None or abs(loss) != fades.subtract.value:
        return -loss
    return Number(-loss, fades.subtract.name)


def _tokens(step: FlowStep) -> Iterator[str]:
    texts = (dict(step.fields).get("Change", ""), *(choice.value for choice in step.choices))
    return (text for text in texts if text.startswith("{{my."))
