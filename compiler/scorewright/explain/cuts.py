"""Why a score is not more, or not less: limits that were used up, points that only partly fitted, bounds, decays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.explain.names import count
from scorewright.model.phrases import phrase_window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scorewright.explain.names import Names
    from scorewright.model.elements import Limit, Rule
    from scorewright.semantics.parts import Parts
    from scorewright.semantics.timeline import Change

__all__ = ["cuts", "days", "limit_words"]


def cuts(
    names: Names, parts: Parts, changes: Sequence[Change], key: str, shown: Collection[str]
) -> tuple[str, ...]:
    """Sentences about what one score did not get, in the order of the rules.

    ``shown`` are all scores that are told of: what a rule gives to one of these is said there, and not again of
    those that it feeds.
    """
    rules = [
        rule
        for _, rule in sorted(names.model.rules.items())
        if _tells(parts, [*dict(rule.points)], key, shown)
    ]
    return tuple(
        sentence
        for rule in rules
        for sentence in (*_refused(names, rule, changes), *_partly(names, parts, rule, changes, key))
    )


def _tells(parts: Parts, given: Collection[str], key: str, shown: Collection[str]) -> bool:
    if key in given:
        return True
    through = [score for score in given if key in parts.reached[score]]
    return bool(through) and not any(score in shown for score in through)


def _refused(names: Names, rule: Rule, changes: Sequence[Change]) -> Iterator[str]:
    """Events that a limit left without points."""
    times = [change.at for change in changes if change.kind == "limit" and change.name == rule.key]
    if times:
        title = names.title("rules", rule.key)
        yield f"{title} counts {_bounds(names, rule)}: nothing for {count(len(times), 'more', 'more')} ({days(names, times)})"


def _partly(names: Names, parts: Parts, rule: Rule, changes: Sequence[Change], key: str) -> Iterator[str]:
    """Awards of which only a part still fitted."""
    full = {abs(number.value) for score, number in rule.points if key in parts.reached[score]}
    given = [
        change
        for change in changes
        if change.kind == "score"
        and change.name == key
        and change.reason == "award"
        and change.path == rule.path
    ]
    small = [change for change in given if abs(_amount(change)) < min(full, default=0)]
    if small and _limited(rule):
        parts_ = ", ".join(f"{_amount(change)} on {names.day(change.at)}" for change in small[:4])
        yield f"{names.title('rules', rule.key)} counts {_bounds(names, rule)}: only {parts_} still fitted"


def _limited(rule: Rule) -> bool:
    return rule.group is not None or (rule.limit is not None and rule.limit.kind == "points")


def _amount(change: Change) -> int:
    assert isinstance(change.after, int)
    assert isinstance(change.before, int)
    return change.after - change.before


def _bounds(names: Names, rule: Rule) -> str:
    """The limits of a rule in words: its own, and its group's."""
    said = [limit_words(rule.limit)] if rule.limit is not None else []
    if rule.group is not None:
        group = names.model.groups[rule.group]
        said.append(f"{limit_words(group.limit)} together with the others of {group.title}")
    return " and ".join(said)


def limit_words(limit: Limit) -> str:
    """``once``, ``at most 3 times within 7 days``, ``up to 20 points in one calendar month, each asset apart``."""
    if limit.kind == "points":
        much = f"up to {count(limit.count, 'point')}"
    else:
        much = {1: "once", 2: "at most twice"}.get(limit.count, f"at most {limit.count} times")
    words = [much] if limit.per is None else [much, phrase_window(limit.per)]
    return " ".join(words) + (", each asset apart" if limit.by_asset else "")


def days(names: Names, times: Sequence[int]) -> str:
    """``4 Nov, 9 Nov``; of many days the first three and the last."""
    found = list(dict.fromkeys(names.day(at) for at in times))
    return ", ".join(found) if len(found) <= 4 else f"{', '.join(found[:3])} … {found[-1]}"
