"""Awards of events: edited in place, counted from now on, or paid against an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Result
from scorewright_pardot.lower.lasting import lasts
from scorewright_pardot.migration.accounts import off_by
from scorewright_pardot.migration.starts import late_starts
from scorewright_pardot.migration.tables import adjusts, element_of, leaves, same_repeat
from scorewright_pardot.migration.telling.ground import RULES
from scorewright_pardot.migration.unearned import forgetting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["awards", "starts"]


def awards(ground: Ground) -> Iterator[Note]:
    """Awards that are given once, or so many times: edited in place."""
    for pair in ground.difference.edits(RULES):
        if pair.old.lowering != "limited-award":
            continue
        element = pair.new.elements[0]
        if same_repeat(pair.old.table, pair.new.table):
            facts = ("edits-keep-memory", "match-once-unless-repeat")
            yield ground.note("edited-in-place", Result.EXACT, element, facts=facts)
        else:
            points = sum(adjusts(pair.new.table).values())
            yield ground.note(
                "memory-of-limits-lost",
                Result.BOUNDED,
                element,
                bound=f"one award more ({points:+d}) for who was given one before the change, and earns it again",
                bounds=ground.moves(element, *_or_sooner(ground, element, points, points), done=(0, 1)),
                facts=("edits-keep-memory",),
            )
    yield from _for_the_past(ground)
    yield from _newly_limited(ground)
    yield from _accounts(ground)
    for item in ground.difference.removed:
        if item.kind == RULES and item.lowering == "limited-award" and item.elements:
            yield ground.note("points-stay", Result.EXACT, element_of(item))


def _for_the_past(ground: Ground) -> Iterator[Note]:
    """Awards that others can earn now, where what they did before cannot be forgotten."""
    told = [rule for rule, forgotten in forgetting(ground.difference) if forgotten is None]
    for element in dict.fromkeys(map(element_of, told)):
        mine = [sum(adjusts(rule.table).values()) for rule in told if element_of(rule) == element]
        low, high = sum(min(0, points) for points in mine), sum(max(0, points) for points in mine)
        yield ground.note(
            "given-for-the-past",
            Result.BOUNDED,
            element,
            bound=f"{low:+d} to {high:+d} points for who did it before the change, and could not earn it then",
            bounds=ground.moves(element, *_or_sooner(ground, element, low, high), done=(0, len(mine))),
        )


def _newly_limited(ground: Ground) -> Iterator[Note]:
    """Awards that had no limit before: nothing has counted them.  Or one that was counted in another way."""
    before = [item for item in ground.since.objects if item.kind not in {"tags", "prerequisites"}]
    limited = {element_of(item) for item in before if item.lowering == "limited-award"}
    known = {element for item in before for element in item.elements}
    rules = [
        item for item in ground.difference.added if item.lowering == "limited-award" and item.kind == RULES
    ]
    for element in dict.fromkeys(element_of(item) for item in rules if element_of(item) in known):
        counted = element in limited
        mine = [item for item in rules if element_of(item) == element and not _goes_on(item, before)]
        if not mine:
            continue
        points = [sum(adjusts(item.table).values()) for item in mine]
        low, high = sum(min(0, each) for each in points), sum(max(0, each) for each in points)
        name, who = (
            ("counted-otherwise", "before the limit counted as it does now")
            if counted
            else ("awards-were-not-counted", "before it had one")
        )
        yield ground.note(
            name,
            Result.BOUNDED,
            element,
            bound=f"as much as the new limit gives ({low + high:+d} points) for who was given the award {who}",
            bounds=ground.moves(element, *_or_sooner(ground, element, low, high), done=(0, len(mine))),
        )


def _or_sooner(ground: Ground, element: str, low: int, high: int) -> tuple[int, int]:
    """What an award too many is off by; one that ends is given too soon, ends too soon, and is lacking then."""
    low, high = min(low, 0), max(high, 0)
    key = element.partition(".")[2]
    stays = all(
        lasts(rule) for name, rule in ground.request.model.rules.items() if name.partition("@")[0] == key
    )
    return (low, high) if stays else (low - high, high - low)


def _goes_on(rule: Emitted, before: Sequence[Emitted]) -> bool:
    """Whether what a new rule counts by holds what was given: a counter that goes on, or one that is filled for the only award."""
    mine = [
        item for item in before if item.lowering == "limited-award" and element_of(item) == element_of(rule)
    ]
    there = {item.name for item in before if item.kind == "custom-fields"}
    counters = {leaf.of for leaf in leaves(rule.table) if leaf.of.endswith(" count")}
    given = [item for item in mine if item.kind == RULES]
    once = len(given) == 1 and not given[0].table.get("repeat")
    return bool(mine) and bool(counters) and (counters <= there or once)


def _accounts(ground: Ground) -> Iterator[Note]:
    """Limits in points: an account knows how much was given, and the rules only how often."""
    for key, rule in ground.request.model.rules.items():
        if rule.limit is None or rule.limit.kind != "points":
            continue
        mine = f"rules {key}: "
        old, new = (
            [item for item in items if item.lowering == "limited-award" and mine in item.name]
            for items in (ground.since.objects, ground.bundle.objects)
        )
        off = off_by(old, new, rule.limit.count)
        if any(off):
            yield ground.note(
                "paid-by-the-time",
                Result.BOUNDED,
                rule.name,
                bound=f"{off.least:+d} to {off.most:+d} points for who was given the award before the change, and earns it again",
                bounds=ground.moves(rule.name, off.least, off.most, done=(off.fewer, off.more)),
            )


def starts(ground: Ground) -> Iterator[Note]:
    """Starts of scores that are there already."""
    new = [*late_starts(ground.difference, ground.since)]
    new += [pair.new for pair in ground.difference.edits(RULES) if pair.new.lowering == "start"]
    for item in new:
        facts = ("edits-keep-memory", "match-once-unless-repeat")
        yield ground.note("start-for-who-comes", Result.EXACT, element_of(item), facts=facts)
