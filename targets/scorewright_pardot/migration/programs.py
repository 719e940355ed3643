"""Engagement programs that change: which of their steps go on, and what they do as a rule would that asks for their list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright_pardot.labels import CRITERIA
from scorewright_pardot.migration.tables import adjusts, leaves, window_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.bundle import Emitted
    from scorewright_pardot.migration.compare import Difference, Pair

__all__ = ["ACTING", "PROGRAMS", "acting", "as_rules", "goes_on", "is_ladder", "points_of"]

PROGRAMS = "engagement-programs"
ACTING = ("automation-rules", PROGRAMS)
"""The kinds of what acts on people by itself, and can be paused."""

_SAME, _ALIKE = 3, 1


def points_of(program: Emitted) -> Iterator[Mapping[str, Any]]:
    """The action steps of a program, as actions."""
    yield from (step for step in program.table["steps"] if step["step"] == "Action")


# --- as rules -----------------------------------------------------------------------------------------------------------


def as_rules(objects: Iterable[Emitted]) -> tuple[Emitted, ...]:
    """Rules, and programs that carry a decay out as the rules that would do the same: who is on the list meets all of it."""
    objects = tuple(objects)
    lists = {item.name: item.table for item in objects if item.kind == "dynamic-lists"}
    return tuple(_as_rule(item, lists) for item in objects if item.kind in ACTING)


def _as_rule(item: Emitted, lists: Mapping[str, Mapping[str, Any]]) -> Emitted:
    if item.kind != PROGRAMS or item.lowering in {"lasting", "waiting"}:
        return item
    whom = lists.get(str(item.table["recipient_list"]), {"match": "all", "criteria": []})
    table = {
        "match": whom["match"],
        "criteria": whom["criteria"],
        "actions": [*_most_taken(item.table["steps"])],
        "repeat": item.table["repeat"],
        "days_before_repeat": item.table.get("days_before_repeat", 0),
        "match_limit": item.table.get("entry_limit", "unlimited"),
        "resume_phase": item.table["start_phase"],
    }
    return replace(item, table=table, lowering="decay")


def _most_taken(steps: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The actions of the way through a program that takes the most: of the questions of a level one is answered with yes."""
    ways: dict[int, tuple[int, tuple[Mapping[str, Any], ...]]] = {}
    for step in reversed(steps[:-1]):
        if step["step"] == "Action":
            taken, acts = ways.get(step["then"], (0, ()))
            by = adjusts({"actions": [step]})
            ways[step["number"]] = taken - min(0, sum(by.values())), (step, *acts)
        else:
            both = (ways.get(step[way], (0, ())) for way in ("yes", "no"))
            ways[step["number"]] = max(both, key=lambda way: (way[0], len(way[1])))
    return ways[1][1] if ways else ()


def acting(difference: Difference) -> Difference:
    """A change of what acts alone, programs as rules."""
    from scorewright_pardot.migration.compare import Pair

    pairs = (*difference.same, *difference.changed)
    olds = as_rules([*(pair.old for pair in pairs), *difference.removed])
    news = as_rules([*(pair.new for pair in pairs), *difference.added])
    old, new = ({(item.kind, item.name): item for item in items} for items in (olds, news))

    def both(pair: Pair) -> Pair:
        return Pair(old[pair.old.kind, pair.old.name], new[pair.new.kind, pair.new.name])

    told = [both(pair) for pair in pairs if pair.new.kind in ACTING]
    changed = [pair for pair in told if dict(pair.old.table) != dict(pair.new.table)]
    return replace(
        difference,
        same=tuple(pair for pair in told if pair not in changed),
        changed=tuple(changed),
        added=tuple(new[item.kind, item.name] for item in difference.added if item.kind in ACTING),
        removed=tuple(old[item.kind, item.name] for item in difference.removed if item.kind in ACTING),
    )


def is_ladder(item: Emitted) -> bool:
    """Whether a program, as a rule, takes people for as long as they are above a value: it needs no memory to stop there."""
    if item.kind != PROGRAMS or item.lowering in {"lasting", "waiting"}:
        return False
    asks = any(leaf.what == CRITERIA["category"].text for leaf in leaves(item.table))
    window = window_of(item.table)
    return asks and window is not None and window.end is None


# --- steps --------------------------------------------------------------------------------------------------------------


def goes_on(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> tuple[tuple[int, int], ...]:
    """The steps that are kept, by their numbers before and after, in order: the most alike, and as many as can be.

    A step keeps its sort and its wait, for nothing says what a changed wait means to those who wait already, and another
    sort of step cannot be chosen; the others are deleted and drawn anew.
    """
    old, new = old[:-1], new[:-1]  # the end is no step
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for place in reversed(range(len(old))):
        for other in reversed(range(len(new))):
            found = max(best[place + 1][other], best[place][other + 1])
            worth = _worth(old[place], new[other])
            best[place][other] = max(found, best[place + 1][other + 1] + worth) if worth else found
    kept, place, other = [], 0, 0
    while place < len(old) and other < len(new):
        worth = _worth(old[place], new[other])
        if worth and best[place][other] == best[place + 1][other + 1] + worth:
            kept.append((int(old[place]["number"]), int(new[other]["number"])))
            place, other = place + 1, other + 1
        elif best[place][other] == best[place + 1][other]:
            place += 1
        else:
            other += 1
    return tuple(kept)


def _worth(old: Mapping[str, Any], new: Mapping[str, Any]) -> int:
    if _sort(old) != _sort(new):
        return 0
    numbers = {"number", "then", "yes", "no"}
    plain = [{key: value for key, value in step.items() if key not in numbers} for step in (old, new)]
    return _SAME if plain[0] == plain[1] else _ALIKE


def _sort(step: Mapping[str, Any]) -> tuple[Any, ...]:
    asked = tuple(row["criterion"] for row in step.get("criteria", ()))
    return step["step"], step.get("wait_days"), step.get("action"), asked
