"""What a clamp makes of points that one moment gives and takes: the spec adds them up, rules move them one by one.

Where the clamp looks between two of them, what is beyond the bound is forgotten, and the rest then counts whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.begun import lifted_to
from scorewright_pardot.lower.binding import within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Model, Rule, Score
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context

__all__ = ["Turns", "by_turns"]

_MOST_PAIRS = 2_000
"""So many ways of choosing are tried; of more, the two sums alone are held against each other."""

_PAST = frozenset(
    {"changes", "does", "joins", "registers", "attends", "misses", "unsubscribes", "resubscribes"}
)
"""Verbs whose awards a rule pays from a state, as it pays what holds."""

Worth = tuple[int, ...]
"""What one source can give, in one moment one of them."""


class Turns(NamedTuple):
    """By how much a clamp between can leave a score off: in words and as bounds."""

    words: str
    bounds: tuple[Bound, ...]


def by_turns(cx: Context, score: Score, bound: int, *, below: bool) -> Turns:
    """The bounds of a floor (``below``) or ceiling of a score that facts move too, or several rules at one event."""
    facts = _facts(cx, score)
    once = _most_off(facts, bound, below=below)
    ever = _most_off(facts, None, below=below)
    often = _of_one_event(cx, score, below=below)
    found = [
        *_off(cx, score, once, below=below),
        *_off(cx, score, ever, "existing", below=below),
        *(_off(cx, score, None, "facts-change", below=below) if _several(facts) else ()),
        *_off(cx, score, often, below=below),
    ]
    if not found:
        return Turns("", ())
    past, more = ("below", "too high") if below else ("above", "too low")
    words = f"of points that one moment gives and takes, what is {past} {bound} between them is forgotten"
    if once:
        words += f": the score then ends up to {once} {more}, and may again each time that what holds changes"
    return Turns(words, room.merged(found))


def _off(cx: Context, score: Score, most: int | None, when: str = "any", *, below: bool) -> tuple[Bound, ...]:
    if most == 0:
        return ()
    span: Room = (0, most) if below else (None if most is None else -most, 0)
    return cx.off({score.key: span}, when, feeds=False)


# --- what holds -----------------------------------------------------------------------------------------------------


def _facts(cx: Context, score: Score) -> tuple[Worth, ...]:
    """What each fact, tier, input and start can give to a score when somebody is looked at first."""
    model = cx.model
    into = {key for key in model.scores if score.key in _reached(model, key)}
    found: list[Worth] = [
        (sum(number.value for key, number in rule.points if key in into),)
        for rule in model.rules.values()
        if not rule.on
    ]
    for tier in model.tiers.values():
        unknown = 0 if tier.unknown is None else tier.unknown.value
        each = (*(case.points.value for case in tier.cases), tier.otherwise.value, unknown)
        found += [each] if tier.score in into else []
    found += [
        (item.at_least.value, item.at_most.value)
        for item in model.inputs.values()
        if item.score in into and item.at_least is not None and item.at_most is not None
    ]
    found += [(within(score, score.start.value) - lifted_to(cx, score),)] if score.start is not None else []
    return tuple(worth for worth in found if any(worth))


def _reached(model: Model, key: str) -> set[str]:
    """The scores that an award to a score moves: what it feeds, and the sums that any of them is in."""
    found: set[str] = set()
    queue = [key]
    while queue:
        name = queue.pop()
        if name in found:
            continue
        found.add(name)
        feeds = model.scores[name].feeds
        queue += [feeds] if feeds is not None else []
        queue += [
            other.key
            for other in model.scores.values()
            if name in other.sum_of or any(part == name for part, _ in other.percent_of)
        ]
    return found


def _several(facts: Iterable[Worth]) -> bool:
    """Whether one moment can move two of them, or take one case's points and give another's."""
    moving = [worth for worth in facts if any(worth)]
    return len(moving) > 1 or any(len({*worth, 0}) > 2 for worth in moving)


def _most_off(facts: Iterable[Worth], bound: int | None, *, below: bool) -> int:
    """The most that is wrong when a clamp looks between: what comes after it, or what it forgets, whichever is less.

    ``bound`` is the clamp's for somebody who begins with nothing, or at it; ``None``: from any score.
    """
    pairs = {(0, 0)}
    for worth in facts:
        out = max(0, -min(worth)) if below else max(0, *worth)
        back = max(0, *worth) if below else max(0, -min(worth))
        pairs = {(gone + more, come + less) for gone, come in pairs for more, less in {(out, 0), (0, back)}}
        if len(pairs) > _MOST_PAIRS:
            pairs = {(max(gone for gone, _ in pairs), max(come for _, come in pairs))}
    slack = 0 if bound is None else min(0, bound if below else -bound)
    return max(max(0, min(gone + slack, come)) for gone, come in pairs)


# --- several rules at one event -------------------------------------------------------------------------------------


def _of_one_event(cx: Context, score: Score, *, below: bool) -> int | None:
    """What rules that pay later make of what another gives at once for the same kind of event."""
    model, most = cx.model, 0
    rules = [(rule, _given(model, rule, score)) for rule in model.rules.values() if rule.on]
    for late, points in rules:
        if not _is_late(late) or not points or (points > 0) is not below:
            continue
        verbs = {event.verb for event in late.on}
        against = sum(
            abs(other)
            for rule, other in rules
            if other
            and (other > 0) is not below
            and rule is not late
            and verbs & {event.verb for event in rule.on}
        )
        if not against:
            continue
        limit = late.limit
        if limit is None or limit.per is not None or limit.by_asset:
            return None
        most += limit.count * min(abs(points), against)
    return most


def _is_late(rule: Rule) -> bool:
    """Whether a rule pays it, some time after the event."""
    return rule.limit is not None or any(event.verb in _PAST for event in rule.on)


def _given(model: Model, rule: Rule, score: Score) -> int:
    return sum(number.value for key, number in rule.points if score.key in _reached(model, key))
