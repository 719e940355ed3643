"""What is done when a condition becomes so (questions 49 to 60).

A threshold is *open* when its condition holds, ``unless`` does not, the required fields are known and the person is
in the population.  It fires at an event, a field change or a scheduled look that finds it open and where it was not
before.  A tick or an action can close it, never open it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scorewright.model.value_tests import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Schedule, Threshold
    from scorewright.semantics.history import Happening
    from scorewright.semantics.machine import Run

__all__ = ["begin", "close", "hours", "look"]


def begin(run: Run, *, existing: bool) -> None:
    """Who is past a threshold when the model starts is not handed over, unless it says ``existing`` (question 59)."""
    for threshold in run.model.thresholds.values():
        run.state.open[threshold.key] = existing and not threshold.existing and _is_open(run, threshold)
    if existing:
        due = [item for item in run.model.thresholds.values() if item.existing and _is_open(run, item)]
        _fire(run, due)


def look(run: Run, happening: Happening | None, *, schedule: str | None = None) -> None:
    """One look at all thresholds, then the actions of those that fire, then what the actions have closed."""
    due = []
    for threshold in run.model.thresholds.values():
        raised = happening is not None and _raised(run, threshold, happening)
        now_open = _is_open(run, threshold)
        looked_at = threshold.schedule is None or threshold.schedule == schedule
        crossed = looked_at and now_open and not run.state.open[threshold.key]
        if not now_open:
            run.state.open[threshold.key] = False
        elif looked_at:
            run.state.open[threshold.key] = True
        if crossed or (raised and _may(run, threshold)):
            due.append(threshold)
    _fire(run, due)


def _fire(run: Run, due: list[Threshold]) -> None:
    allowed = [threshold for threshold in due if _has_room(run, threshold)]
    for threshold in allowed:
        run.state.fired.setdefault(threshold.key, []).append(run.state.now)
        run.log.note("fired", threshold.key, None, True, threshold.path, "award")
    run.log.act_all([(threshold, action) for threshold in allowed for action in threshold.then])
    close(run)


def close(run: Run) -> None:
    """What is no longer open is closed; what has opened waits for the next event that finds it so (question 51)."""
    for threshold in run.model.thresholds.values():
        if run.state.open[threshold.key] and not _is_open(run, threshold):
            run.state.open[threshold.key] = False


def _is_open(run: Run, threshold: Threshold) -> bool:
    return _may(run, threshold) and run.ask.holds(threshold.when)


def _may(run: Run, threshold: Threshold) -> bool:
    """What holds for both ways: the population, the required fields, ``unless``."""
    if not run.state.inside:
        return False
    fields = run.state.fields
    if not all(run.ask.passes(fields.get(name), Known(known=True)) for name in threshold.required_fields):
        return False
    return threshold.unless is None or not run.ask.holds(threshold.unless)


def _raised(run: Run, threshold: Threshold, happening: Happening) -> bool:
    """Whether the event is one of the hand raisers."""
    return any(
        run.ask.is_one(happening, event) and (event.nth == 1 or run.ask.count(event) >= event.nth)
        for event in threshold.or_on
    )


def _has_room(run: Run, threshold: Threshold) -> bool:
    limit = threshold.limit
    if limit is None:
        return True
    fired = run.state.fired.get(threshold.key, [])
    if limit.per is None:
        return len(fired) < limit.count
    start = run.clock.window_start(limit.per, run.state.now)
    return sum(1 for at in fired if at > start) < limit.count


# --- schedules ------------------------------------------------------------------------------------------------------


def hours(run: Run, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Every scheduled hour after ``first`` and up to ``last``: (instant, place, schedule), in order."""
    found: list[tuple[int, int, str]] = []
    for schedule in run.model.schedules.values():
        found.extend((at, 0, schedule.id) for at in _hours(run, schedule, first, last))
    return iter(sorted(set(found)))


def _hours(run: Run, schedule: Schedule, first: int, last: int) -> Iterator[int]:
    zone = _zone(run, schedule)
    day = run.clock.day(first) - timedelta(days=1)
    end = run.clock.day(last) + timedelta(days=1)
    while day <= end:
        if not schedule.days or day.strftime("%a").lower() in schedule.days:
            for clock in schedule.at:
                at = run.clock.at(clock, day, zone)
                if first < at <= last:
                    yield at
        day += timedelta(days=1)


def _zone(run: Run, schedule: Schedule) -> str | None:
    """The first zone whose segment the person is in (question 8); read when the hours are laid out."""
    for zone in schedule.zones:
        if run.ask.holds(run.model.segments[zone.segment].when):
            return zone.timezone
    return schedule.timezone
