"""What moves under a threshold while nobody does anything: re-rolls by night, decay, points that end, days that come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import PutMark, TakeMark
from scorewright.model.values import Bounds
from scorewright_marketo.lower.asking import asked, leaves
from scorewright_marketo.lower.extents import largest
from scorewright_marketo.lower.points import reached
from scorewright_marketo.lower.reading import span, stretches
from scorewright_marketo.lower.sums import affected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder

__all__ = ["changed_by_night", "opened_by_clock", "over_by_night", "passing", "standing_scores", "timed"]


def passing(b: Builder, item: Threshold) -> tuple[int, tuple[str, ...]]:
    """By how much re-rolls move a score that is read here beyond its old and new value, and what is re-rolled."""
    read = {leaf.score for leaf, _ in leaves(b, item.when) if isinstance(leaf, con.ScoreTest)}
    found = [(most, title) for key, most, title in _moves(b) if most and read & reached(b, key)]
    return max((most for most, _ in found), default=0), tuple(title for _, title in found)


def _moves(b: Builder) -> Iterator[tuple[str, int, str]]:
    """Everything that is re-rolled: the score, by how much that passes through other values, and the title."""
    earlier = b.options.earlier_points
    for tier in b.model.tiers.values():
        values = [case.points.value for case in tier.cases] + [
            tier.otherwise.value,
            *earlier.get(tier.name, ()),
        ]
        values += [tier.unknown.value] if tier.unknown is not None else []
        yield tier.score, _between(values), tier.title
    for rule in b.model.rules.values():
        for key, number in rule.points if not rule.on and not rule.keep else ():
            yield key, _between([number.value, *earlier.get(rule.name, ())]), rule.title
    for copy in b.model.inputs.values():
        top, bottom = copy.at_most, copy.at_least
        ends = (top.value if top else largest(b), -bottom.value if bottom else largest(b))
        yield copy.score, max(*ends, 0), copy.title


def _between(values: list[int]) -> int:
    """From one value to another of the same sign, by way of 0: the second farthest from 0 is the farthest."""
    sides = ({value for value in values if value > 0}, {-value for value in values if value < 0})
    return max(sorted(side)[-2] if len(side) > 1 else 0 for side in sides)


def changed_by_night(b: Builder, item: Threshold) -> bool:
    """Whether it reads what batches change by night: what holds, grades, decays, and their marks."""
    slow = standing_scores(b) | {
        score.key for decay in b.model.decay.values() for score, _ in affected(b, decay.score)
    }
    marks = {
        action.mark
        for decay in b.model.decay.values()
        for action in decay.then
        if isinstance(action, (PutMark, TakeMark))
    }
    return any(
        isinstance(leaf, con.GradeTest)
        or (isinstance(leaf, con.ScoreTest) and leaf.score in slow)
        or (isinstance(leaf, con.HasMark) and leaf.mark in marks)
        for leaf, _ in asked(b, item)
    )


def standing_scores(b: Builder) -> set[str]:
    """The scores that what holds gives points to, by way of those that they feed, too."""
    given = {tier.score for tier in b.model.tiers.values()} | {copy.score for copy in b.model.inputs.values()}
    given |= {key for rule in b.model.rules.values() if not rule.on for key, _ in rule.points}
    return {name for key in given for name in reached(b, key)}


def opened_by_clock(b: Builder, item: Threshold) -> tuple[str, ...]:
    """What moves a score into the threshold while nothing happens: points that end, and decay where less is asked."""
    found: dict[str, None] = {}
    shut = [con.Not(item.unless)] if item.unless is not None else []
    for leaf, positive in (pair for part in (item.when, *shut) for pair in _stretched(b, part)):
        if isinstance(leaf, con.ScoreTest):
            some = leaf.bounds == Bounds()  # a label, whose stretch may lie anywhere
            up = some or (leaf.bounds.least if positive else leaf.bounds.most) is not None
            down = some or (leaf.bounds.most if positive else leaf.bounds.least) is not None
            found.update(dict.fromkeys(_drifts(b, leaf.score, up=up, down=down)))
    return tuple(found)


def _stretched(b: Builder, item: con.Condition) -> Iterator[tuple[con.Condition, bool]]:
    """Every leaf, with the stretches of a score for the labels that are asked for."""
    for part in con.walk(item):
        band = b.model.bands[part.band] if isinstance(part, con.BandTest) else None
        if isinstance(part, con.BandTest) and band is not None and band.score is not None and band.cases:
            spans = [(low, high) for label, low, high in stretches(band) if label in part.labels]
            item = _replaced(item, part, [con.ScoreTest(band.score, span(*ends)) for ends in spans])
    yield from leaves(b, item)


def _replaced(item: con.Condition, part: con.Condition, others: list[con.Condition]) -> con.Condition:
    if item == part:
        return con.AnyOf(tuple(others))
    if isinstance(item, con.Not):
        return con.Not(_replaced(item.member, part, others))
    if isinstance(item, (con.All, con.AnyOf)):
        return type(item)(tuple(_replaced(member, part, others) for member in item.members))
    return item


def _drifts(b: Builder, score: str, *, up: bool, down: bool) -> Iterator[str]:
    """What moves a score so by itself, by title."""
    for rule in b.model.rules.values():
        for key, number in rule.points if rule.expires is not None or rule.fades is not None else ():
            if (up if number.value < 0 else down) and score in reached(b, key):
                yield rule.title
    for decay in b.model.decay.values() if down else ():
        if score in {other.key for other, _ in affected(b, decay.score)}:
            yield decay.title
    for key, title in _by_calendar(b):
        if score in reached(b, key):
            yield title


def over_by_night(b: Builder, item: Threshold) -> tuple[str, ...]:
    """What gives points to a score that it reads, and can be over again before the night looks at it."""
    read = {leaf.score for leaf, _ in asked(b, item) if isinstance(leaf, con.ScoreTest)}
    return tuple(dict.fromkeys(title for key, title in _by_calendar(b) if read & reached(b, key)))


def _by_calendar(b: Builder) -> Iterator[tuple[str, str]]:
    """What holds from a day on, or for so long: the score, and what gives the points."""
    for rule in b.model.rules.values():
        if rule.when is not None and not rule.on and (rule.active is not None or timed(b, rule.when)):
            yield from ((key, rule.title) for key, number in rule.points if number.value)
    for tier in b.model.tiers.values():
        whens = [case.when for case in tier.cases if case.when is not None]
        if any(isinstance(case.test, con.Age) for case in tier.cases) or any(
            timed(b, item) for item in whens
        ):
            yield tier.score, tier.title


def timed(b: Builder, item: con.Condition) -> bool:
    """Whether a condition turns by itself as time goes by."""
    return any(
        (isinstance(leaf, con.Happened) and leaf.event.within is not None)
        or (isinstance(leaf, con.FieldTest) and isinstance(leaf.test, con.Age))
        for leaf, _ in leaves(b, item)
    )
