"""Points for what happens: which rules an event meets, what their limits leave, and what ends later."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import round_half_up
from scorewright.semantics.state import Award

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.actions import Action
    from scorewright.model.elements import Element, Limit, Rule
    from scorewright.semantics.history import Happening
    from scorewright.semantics.machine import Run

__all__ = ["Due", "Timers", "Waiting", "decide", "give", "melt"]


class Waiting(NamedTuple):
    """An event that a rule decides on after a wait."""

    rule: str
    happening: Happening


class Due(NamedTuple):
    """Something that falls due at an instant: a rule's decision, or the next change of an award."""

    at: int
    place: int
    waiting: Waiting | None
    award: Award | None


class Timers:
    """What falls due, by instant and in the order in which it was set."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Due]] = []
        self._count = 0

    def set(self, at: int, waiting: Waiting | None = None, award: Award | None = None) -> None:
        """Have something fall due."""
        self._count += 1
        heappush(self._heap, (at, self._count, Due(at, self._count, waiting, award)))

    def due_before(self, instant: int, *, tick: bool) -> Iterator[Due]:
        """What falls due before an instant, and on it unless a tick comes first there."""
        while self._heap and (self._heap[0][0] < instant or (self._heap[0][0] == instant and not tick)):
            yield heappop(self._heap)[2]


Wanted = tuple["Element", "Action"]


def give(run: Run, happening: Happening, timers: Timers) -> tuple[Wanted, ...]:
    """Give all that one event earns, at once; the actions of the rules that gave are returned."""
    chosen = []
    for rule in run.model.rules.values():
        if not any(_meets(run, rule, happening, place) for place in range(len(rule.on))):
            continue
        if not run.clock.in_force(rule.active, happening.at):
            continue
        if rule.wait is not None:
            timers.set(happening.at + rule.wait.seconds, Waiting(rule.key, happening))
        else:
            chosen.append(rule)
    return _give(run, chosen, happening, timers)


def decide(run: Run, waiting: Waiting, timers: Timers) -> tuple[Wanted, ...]:
    """The end of a wait: condition and limit are looked at now, the event is the old one (question 22)."""
    return _give(run, [run.model.rules[waiting.rule]], waiting.happening, timers)


def _meets(run: Run, rule: Rule, happening: Happening, place: int) -> bool:
    event = rule.on[place]
    if not run.ask.is_one(happening, event):
        return False
    return event.nth == 1 or run.ask.count(event) >= event.nth


def _give(run: Run, rules: list[Rule], happening: Happening, timers: Timers) -> tuple[Wanted, ...]:
    points: list[tuple[str, int, KeyPath, str]] = []
    actions: list[Wanted] = []
    # All conditions are looked at before anything is given: the order of the file never matters.
    for rule in [rule for rule in rules if run.ask.holds(rule.when)]:
        asset = _asset(run, rule, happening)
        room = _room(run, rule, asset)
        if room is None:
            run.log.note("limit", rule.key, None, None, rule.path, "limit reached")
            continue
        award = {key: _fit(number.value, room.get(key)) for key, number in rule.points}
        _use(run, rule, asset, award)
        points.extend((key, amount, rule.path, "award") for key, amount in award.items())
        actions.extend((rule, action) for action in rule.then)
        for key, amount in award.items():
            _set_term(run, rule, key, amount, timers)
    run.log.add(points)
    _awards_end_silences(run, [key for key, _, _, _ in points])
    return tuple(actions)


def _asset(run: Run, rule: Rule, happening: Happening) -> str | None:
    """The real asset, where each is counted apart (question 20)."""
    if rule.limit is None or not rule.limit.by_asset:
        return None
    return next(iter(run.ask.real_names(happening)), happening.what)


def _room(run: Run, rule: Rule, asset: str | None) -> dict[str, int] | None:
    """How many points still fit, by score (absent: any); ``None`` when the limit of times is reached."""
    room: dict[str, int] = {}
    if rule.limit is not None:
        given = _given_within(run, run.state.given.get((rule.key, asset), []), rule.limit)
        if rule.limit.kind == "times":
            if len(given) >= rule.limit.count:
                return None
        else:
            for key, _ in rule.points:
                room[key] = max(0, rule.limit.count - sum(abs(award.get(key, 0)) for _, award in given))
    if rule.group is not None:
        group = run.model.groups[rule.group]
        used = sum(
            size for at, size in run.state.group_given.get(group.key, []) if _within(run, at, group.limit)
        )
        left = max(0, group.limit.count - used)
        room[group.score] = min(room.get(group.score, left), left)
    return (
        None if room and all(left == 0 for left in room.values()) and len(room) == len(rule.points) else room
    )


def _given_within(
    run: Run, given: list[tuple[int, dict[str, int]]], limit: Limit
) -> list[tuple[int, dict[str, int]]]:
    return [item for item in given if _within(run, item[0], limit)]


def _within(run: Run, at: int, limit: Limit) -> bool:
    """Whether something given at an instant still counts: ``(now - W, now]`` for a rolling window (question 1)."""
    if limit.per is None:
        return True
    if limit.per.calendar == "visit":
        return at >= _visit_began(run)
    return at > run.clock.window_start(limit.per, run.state.now)


def _visit_began(run: Run) -> int:
    state = run.state
    number = state.visits[-1]
    return min(event.at for event, visit in zip(state.events, state.visits, strict=True) if visit == number)


def _fit(amount: int, room: int | None) -> int:
    """What still fits; size counts, not sign (question 18)."""
    if room is None or abs(amount) <= room:
        return amount
    return room if amount > 0 else -room


def _use(run: Run, rule: Rule, asset: str | None, award: dict[str, int]) -> None:
    """An award that is given uses up its limits, whatever became of the points (questions 16 and 19)."""
    now = run.state.now
    if rule.limit is not None:
        run.state.given.setdefault((rule.key, asset), []).append((now, award))
    if rule.group is not None:
        score = run.model.groups[rule.group].score
        run.state.group_given.setdefault(rule.group, []).append((now, abs(award.get(score, 0))))


# --- what ends later ------------------------------------------------------------------------------------------------


def _set_term(run: Run, rule: Rule, key: str, amount: int, timers: Timers) -> None:
    term = rule.expires if rule.expires is not None else rule.fades.every if rule.fades is not None else None
    if term is None or amount == 0:
        return
    award = Award(key, amount, run.state.now + term.seconds, rule.key)
    run.state.melting.append(award)
    timers.set(award.due, award=award)


def melt(run: Run, due: Due, timers: Timers) -> None:
    """An award expires, or melts by one step; a reset in between has cancelled it (question 39)."""
    award = due.award
    if award is None or not any(award is item for item in run.state.melting):
        return
    rule = run.model.rules[award.rule]
    size = abs(award.left)
    if rule.fades is None:
        step = size
    elif rule.fades.subtract is not None:
        step = min(size, rule.fades.subtract.value)
    else:
        step = min(size, round_half_up(size * (rule.fades.percent or 0), 100))
    sign = 1 if award.left > 0 else -1
    reason = "expired" if rule.fades is None else "faded"
    run.log.add([(award.score, -sign * step, (*rule.path, "fades" if rule.fades else "expires"), reason)])
    award.left -= sign * step
    if award.left == 0 or rule.fades is None or step == 0:
        run.state.melting = [item for item in run.state.melting if item is not award]
    else:
        award.due += rule.fades.every.seconds
        timers.set(award.due, award=award)


def _awards_end_silences(run: Run, scores: list[str]) -> None:
    """Where awards count as activity, an award to the decaying score ends its silence."""
    from scorewright.semantics.decay import end_silence

    for item in run.model.decay.values():
        if item.activity == ("awards",) and item.score in scores:
            end_silence(run, item, run.state.now)
