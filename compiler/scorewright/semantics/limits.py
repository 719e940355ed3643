"""How much room a limit leaves, and what uses it up (questions 16 to 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.semantics.state import Given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.model.elements import Limit, Rule
    from scorewright.model.history import Happening
    from scorewright.semantics.play import Run

__all__ = ["fit", "room", "still_counts", "use"]


def still_counts(run: Run, given: Iterable[Given], limit: Limit, event_at: int) -> list[Given]:
    """What a limit still counts.

    Limits count when something was given: ``(now - W, now]`` for a rolling window (question 1).  For ``visit`` it is
    what was given for events of the same visit as the present event.
    """
    if limit.per is None:
        return list(given)
    if limit.per.calendar == "visit":
        begin, after = run.state.past.visit(event_at)
        return [item for item in given if begin <= item.event_at and (after is None or item.event_at < after)]
    start = run.clock.window_start(limit.per, run.state.now)
    return [item for item in given if item.at > start]


def room(run: Run, rule: Rule, happening: Happening) -> Mapping[str, int] | None:
    """How many points still fit, by score (a score that is absent: any); ``None`` when nothing can be given.

    A rule's own limit and its group's are both looked up, and the smaller room rules (question 19).
    """
    left = _own_room(run, rule, happening)
    if left is None:
        return None
    if rule.group is not None:
        group = run.model.groups[rule.group]
        given = still_counts(run, run.state.given[f"groups.{group.key}"], group.limit, happening.at)
        free = _left(group.limit, given, group.score)
        left[group.score] = min(free, left.get(group.score, free))
    points = {key for key, _ in rule.points}
    full = points and all(left.get(key) == 0 for key in points)
    return None if full else left


def _own_room(run: Run, rule: Rule, happening: Happening) -> dict[str, int] | None:
    if rule.limit is None:
        return {}
    account = run.state.given[_account(run, rule, happening)]
    given = still_counts(run, account, rule.limit, happening.at)
    if rule.limit.kind == "points":
        return {key: _left(rule.limit, given, key) for key, _ in rule.points}
    return {} if len(given) < rule.limit.count else None


def _left(limit: Limit, given: list[Given], key: str) -> int:
    """The points that still fit: size counts, not sign (question 18), and each score has an account (question 21)."""
    return max(0, limit.count - sum(abs(item.points.get(key, 0)) for item in given))


def _account(run: Run, rule: Rule, happening: Happening) -> str:
    """Where a rule's awards are counted: for each real asset apart, if the limit says so (question 20)."""
    by_asset = rule.limit is not None and rule.limit.by_asset
    return f"rules.{rule.key}" + (f" {run.ask.real_asset(happening)}" if by_asset else "")


def fit(amount: int, free: int | None) -> int:
    """As much of an amount as fits."""
    if free is None or abs(amount) <= free:
        return amount
    return free if amount > 0 else -free


def use(run: Run, rule: Rule, happening: Happening, points: Mapping[str, int]) -> None:
    """An award that is given uses up its limits, whatever becomes of the points (questions 16 and 19)."""
    given = Given(run.state.now, happening.at, points)
    run.state.given[_account(run, rule, happening)].append(given)
    if rule.group is not None:
        run.state.given[f"groups.{rule.group}"].append(given)
