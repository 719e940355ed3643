"""What is done when a condition becomes so (questions 49 to 60).

A threshold is *open* when its condition holds, ``unless`` does not, the required fields are known and the person is
in the population.  It fires at an event, a field change or a scheduled look that finds it open and where it was not
before.  A tick or an action can close it, never open it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.semantics import limits
from scorewright.semantics.ask import is_known
from scorewright.semantics.state import Given

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scorewright.model.elements import Threshold
    from scorewright.model.history import Happening
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.play import Run

__all__ = ["begin", "close", "is_open", "look"]


def begin(run: Run, known: Collection[str] = ()) -> None:
    """The model starts for somebody who is there already: who is past a threshold counts as handed over.

    With ``existing`` they are handed over now, or at the schedule's next hour (question 59); not by a threshold that the
    version before has had, for nothing fires because a version goes live (question 61).
    """
    due = []
    for threshold in run.parts.thresholds:
        run.state.open[threshold.key] = is_open(run.ask, threshold)
        if threshold.key not in known and threshold.existing and run.state.open[threshold.key]:
            if threshold.schedule is None:
                due.append(threshold)
            else:
                run.state.open[threshold.key] = False
    _fire(run, due, run.state.now)


def look(run: Run, happenings: Sequence[Happening] = (), schedule: str | None = None) -> None:
    """One look at all thresholds, then the actions of those that fire, then what that has closed.

    An event looks at those without a schedule, a scheduled hour at those of that schedule; hand raisers (``or_on``)
    fire at once in any case.  Whatever else is found shut is shut.
    """
    due = []
    for threshold in run.parts.thresholds:
        was_open, now_open = run.state.open[threshold.key], is_open(run.ask, threshold)
        looked_at = threshold.schedule == schedule
        run.state.open[threshold.key] = now_open and (was_open or looked_at)
        crossed = looked_at and now_open and not was_open
        if crossed or (threshold.or_on and _raised(run, threshold, happenings)):
            due.append(threshold)
    _fire(run, due, happenings[-1].at if happenings else run.state.now)


def _fire(run: Run, due: Iterable[Threshold], event_at: int) -> None:
    """All fire together; one that its limit blocks has lost this time (question 55)."""
    allowed = [threshold for threshold in due if _has_room(run, threshold, event_at)]
    for threshold in allowed:
        run.state.given[f"thresholds.{threshold.key}"].append(Given(run.state.now, event_at, {}))
        run.log.note("fired", threshold.key, None, True, threshold.path, "award")
    run.log.act_all((threshold, action) for threshold in allowed for action in threshold.then)


def _has_room(run: Run, threshold: Threshold, event_at: int) -> bool:
    if threshold.limit is None:
        return True
    given = run.state.given[f"thresholds.{threshold.key}"]
    return len(limits.still_counts(run, given, threshold.limit, event_at)) < threshold.limit.count


def close(run: Run) -> None:
    """What is no longer open is closed; what has opened waits for the next event that finds it so (question 51)."""
    for threshold in run.parts.thresholds:
        if run.state.open[threshold.key] and not is_open(run.ask, threshold):
            run.state.open[threshold.key] = False


def is_open(ask: Ask, threshold: Threshold) -> bool:
    """Whether it is open now, whoever has found it so."""
    return _may(ask, threshold) and ask.holds(threshold.when)


def _may(ask: Ask, threshold: Threshold) -> bool:
    """What holds for both ways: the population, the required fields, ``unless``."""
    if not ask.state.inside or not all(is_known(ask.value(key)) for key in threshold.required_fields):
        return False
    return threshold.unless is None or not ask.holds(threshold.unless)


def _raised(run: Run, threshold: Threshold, happenings: Iterable[Happening]) -> bool:
    """Whether one of the events is a hand raiser, and may be one."""
    raised = any(run.ask.is_nth(happening, event) for happening in happenings for event in threshold.or_on)
    return raised and _may(run.ask, threshold)
