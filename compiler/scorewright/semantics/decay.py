"""What silence takes (questions 40 to 48)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import round_half_up
from scorewright.semantics.state import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Step
    from scorewright.semantics.history import Happening
    from scorewright.semantics.machine import Run

__all__ = ["activity", "end_silence", "tick"]


def activity(run: Run, happening: Happening) -> None:
    """An event that counts ends a silence, also outside the population; a late one only if it is later (question 9)."""
    for decay in run.model.decay.values():
        if happening.verb in decay.activity:
            end_silence(run, decay, happening.at)


def end_silence(run: Run, decay: Decay, at: int) -> None:
    """Begin a new silence: every step is armed again."""
    silence = run.state.silences.setdefault(decay.key, Silence())
    if silence.since is not None and at < silence.since:
        return
    if silence.spent:
        run.log.note("decay", decay.key, None, None, decay.path, "re-armed")
    run.state.silences[decay.key] = Silence(at)


class _Due(NamedTuple):
    after: timedelta
    decay: str
    place: int
    times: int


def tick(run: Run, schedule: str | None) -> None:
    """Do every step that is due, by rising ``after``, then id, then place, each on the result of the one before.

    Levels are read before the first step of the tick; a step that is due is spent whether it acts or not.
    """
    due = sorted(_all_due(run, schedule))
    levels = {decay.key: run.ask.score(decay.score) for decay in run.model.decay.values()}
    for item in due:
        decay = run.model.decay[item.decay]
        run.state.silences[decay.key].spent.add((item.place, item.times))
        step = decay.steps[item.place]
        if run.ask.holds(decay.when) and step.level.holds(levels[decay.key]):
            _act(run, decay, step)
        else:
            run.log.note("decay", decay.key, None, None, step.path, "spent")


def _all_due(run: Run, schedule: str | None) -> Iterator[_Due]:
    for decay in run.model.decay.values():
        if decay.schedule != schedule:
            continue
        silence = run.state.silences.setdefault(decay.key, Silence())
        since = (
            silence.since
            if silence.since is not None
            else (run.state.created if decay.never_active else None)
        )
        if since is None:
            continue
        elapsed = run.clock.silent_for(since, run.state.now)
        for place, step in enumerate(decay.steps):
            yield from (
                _Due(after, decay.key, place, times)
                for times, after in _occasions(step, elapsed)
                if (place, times) not in silence.spent
            )


def _occasions(step: Step, elapsed: timedelta) -> Iterator[tuple[int, timedelta]]:
    after = timedelta(seconds=step.after.seconds)
    times = 0
    while after <= elapsed:
        yield times, after
        if step.every is None:
            return
        times += 1
        after += timedelta(seconds=step.every.seconds)


def _act(run: Run, decay: Decay, step: Step) -> None:
    silence = run.state.silences[decay.key]
    before = run.ask.score(decay.score)
    after = _result(decay, step, before, silence)
    if step.set_to is None:
        silence.taken += before - after
    run.log.put(decay.score, after, step.path, "decay")
    run.log.act_all((decay, action) for action in decay.then)


def _result(decay: Decay, step: Step, before: int, silence: Silence) -> int:
    """What a step makes of a score: ``stop_at`` beats the step; who is at or below it already is left alone."""
    stop = decay.stop_at.value if decay.stop_at is not None else None
    if step.set_to is not None:
        wanted = step.set_to.value
        if stop is None or wanted >= stop:
            return wanted
        return min(before, stop)
    stop = 0 if stop is None else stop
    if before <= stop:
        return before
    amount = (
        step.subtract.value if step.subtract is not None else round_half_up(before * (step.percent or 0), 100)
    )
    if decay.limit is not None:
        amount = min(amount, max(0, decay.limit - silence.taken))
    return max(before - amount, stop)
