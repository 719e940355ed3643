"""The least and the most that each score can be, whatever somebody does: too wide where in doubt, never too narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.checks import walk
from scorewright.model.actions import Reset
from scorewright.model.values import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.model.elements import Input, Model, Rule, Score, Tier

__all__ = ["Span", "gains", "spans"]

_ANY = float("inf")


class Span(NamedTuple):
    """From the least to the most, both included; infinite where there is no end."""

    least: float
    most: float

    def plus(self, other: Span) -> Span:
        """The span of a sum."""
        return Span(self.least + other.least, self.most + other.most)


_EVERYTHING = Span(-_ANY, _ANY)
_NOTHING = Span(0, 0)


def spans(model: Model) -> Mapping[str, Span]:
    """Between what each score, by key, always lies."""
    seen = _Spans(model)
    return {key: seen.of(key) for key in model.scores}


def gains(model: Model) -> dict[str, Span]:
    """What all awards to each score, by key, can come to, with those that other scores feed it."""
    return _with_fed(model, _own_gains(model))


def _with_fed(model: Model, own: Mapping[str, Span]) -> dict[str, Span]:
    return {key: own.get(key, _NOTHING).plus(_fed(key, model, own)) for key in model.scores}


def _own_gains(model: Model, *, swinging: bool = False) -> dict[str, Span]:
    """The awards of a score's own rules; ``swinging`` with what comes back when a fact or an award ends.

    A counter that was reset or clamped in between is then moved without having been moved the other way before: a
    fact of -10 begins at a floor of 0 and ends there, which leaves 10.
    """
    found: dict[str, Span] = {}
    for rule in model.rules.values():
        ends = not rule.on or rule.expires is not None or rule.fades is not None
        for score, points in rule.points:
            _add(found, score, _awards(rule, points.value, model), swinging=swinging and ends)
    for tier in model.tiers.values():
        _add(found, tier.score, _tier(tier), swinging=swinging)
    for item in model.inputs.values():
        _add(found, item.score, _input(item), swinging=swinging)
    return found


def _add(found: dict[str, Span], score: str, span: Span, *, swinging: bool) -> None:
    if swinging:
        width = max(0, span.most) - min(0, span.least)
        span = Span(-width, width)
    found[score] = found.get(score, _NOTHING).plus(span)


def _awards(rule: Rule, points: int, model: Model) -> Span:
    """What one rule can come to: an event as often as its limit allows, a fact once."""
    times = 1.0 if not rule.on else _most_times(rule, model)
    total = points * times if points else 0.0
    if rule.on and rule.limit is not None and rule.limit.kind == "points" and rule.limit.per is None:
        assets = _assets(rule, model) if rule.limit.by_asset else 1
        total = max(-rule.limit.count * assets, min(total, rule.limit.count * assets))
    return Span(min(0, total), max(0, total))


def _most_times(rule: Rule, model: Model) -> float:
    limit = rule.limit
    if limit is None or limit.kind != "times" or limit.per is not None:
        return _ANY
    return limit.count * (_assets(rule, model) if limit.by_asset else 1)


def _assets(rule: Rule, model: Model) -> float:
    """How many real assets the events of a rule may be about; a name may be replaced on a platform."""
    count = 0
    for event in rule.on:
        for key in event.objects:
            asset = model.assets.get(key)
            if asset is None or asset.builtin or asset.match != "is":
                return _ANY
            count += max((len(asset.texts), *map(len, asset.names.values())))
    return count or _ANY


def _tier(tier: Tier) -> Span:
    points = [case.points.value for case in tier.cases]
    points.append(tier.otherwise.value)
    points.append(tier.unknown.value if tier.unknown is not None else 0)
    return Span(min(points), max(points))


def _input(item: Input) -> Span:
    """The bounds may stand before or after the percent: the wider reading of the two."""
    least, most = (None if side is None else side.value for side in (item.at_least, item.at_most))
    shares = [1.0, item.percent / 100]
    return Span(
        -_ANY if least is None else min(0, *(least * share for share in shares)),
        _ANY if most is None else max(0, *(most * share for share in shares)),
    )


def _set_levels(model: Model) -> dict[str, list[int]]:
    """The levels that decay and resets set a score to, and where a decay by points or percent may end."""
    found: dict[str, list[int]] = {}
    for decay in model.decay.values():
        stop = decay.stop_at.value if decay.stop_at is not None else 0
        levels = (step.set_to.value if step.set_to is not None else min(stop, 0) for step in decay.steps)
        found.setdefault(decay.score, []).extend(levels)
        if decay.stop_at is not None:  # it stops there, and lifts a level that is set below it
            found[decay.score].append(stop)
    for _, action in walk.actions(model):
        if isinstance(action, Reset):
            found.setdefault(action.score, []).append(action.to.value)
    return found


class _Spans:
    """The spans found so far: a combined score asks for those of its parts."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._sums = _own_gains(model)
        self._gains = _with_fed(model, _own_gains(model, swinging=True))
        self._levels = _set_levels(model)
        self._found: dict[str, Span] = {}

    def of(self, key: str, trail: tuple[str, ...] = ()) -> Span:
        """The span of a score; everything for one in a circle, which is reported elsewhere."""
        if key in self._found:
            return self._found[key]
        if key in trail or key not in self._model.scores:
            return _EVERYTHING
        score = self._model.scores[key]
        if score.kind == "combined":
            span = _combined(score, {part: self.of(part, (*trail, key)) for part in _parts(score)})
        elif score.kind == "fit":
            span = self._sums.get(key, _NOTHING)
        else:
            span = _counted(score, self._gains[key], self._levels.get(key, ()))
        self._found[key] = _clamped(score, span)
        return self._found[key]


def _parts(score: Score) -> tuple[str, ...]:
    return score.sum_of or tuple(part for part, _ in score.percent_of)


def _combined(score: Score, parts: Mapping[str, Span]) -> Span:
    if score.sum_of:
        ends = [[side[index] for side in parts.values()] for index in (0, 1)]
        return Span(sum(ends[0]), sum(ends[1]))
    return Span(
        _weighted(score, [span.least for span in parts.values()]),
        _weighted(score, [s.most for s in parts.values()]),
    )


def _weighted(score: Score, values: list[float]) -> float:
    if any(value in {_ANY, -_ANY} for value in values):
        return _ANY if _ANY in values else -_ANY
    shares = (share for _, share in score.percent_of)
    return round_half_up(sum(int(value) * share for value, share in zip(values, shares, strict=True)), 100)


def _fed(key: str, model: Model, own: Mapping[str, Span]) -> Span:
    """What scores that feed this one are given: each award is added here whole, on through any number of them."""
    total = _NOTHING
    for other in model.scores.values():
        if _feeds(other, key, model):
            total = total.plus(own.get(other.key, _NOTHING))
    return total


def _feeds(score: Score, key: str, model: Model) -> bool:
    seen: set[str] = set()
    fed = score.feeds
    while fed is not None and fed not in seen:
        if fed == key:
            return True
        seen.add(fed)
        fed = model.scores[fed].feeds if fed in model.scores else None
    return False


def _counted(score: Score, gained: Span, levels: Iterable[int]) -> Span:
    start = score.start.value if score.start is not None else 0
    bases = [_clamp(score, level) for level in (start, *levels)]
    return Span(min(bases), max(bases)).plus(gained)


def _clamped(score: Score, span: Span) -> Span:
    return Span(_clamp(score, span.least), _clamp(score, span.most))


def _clamp(score: Score, value: float) -> float:
    if score.floor is not None:
        value = max(value, score.floor.value)
    return value if score.ceiling is None else min(value, score.ceiling.value)
