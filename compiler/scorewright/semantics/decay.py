"""What silence takes (questions 40 to 48)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import round_half_up
from scorewright.semantics.state import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Step
    from scorewright.model.history import Happening
    from scorewright.semantics.play import Run

__all__ = ["activity", "awarded", "sleeps", "tick"]


def activity(run: Run, happening: Happening) -> None:
    """An event that counts ends a silence, also outside the population (question 40)."""
    for decay in run.parts.decays:
        if happening.verb in decay.activity:
            _end_silence(run, decay, happening.at)


def awarded(run: Run, score: str, at: int) -> None:
    """Where awards count as activity, an event's award ends the silence of every score that it reaches.

    As with all silences it counts when it happened, a wait included, and not when it became known.
    """
    for decay in run.parts.decays:
        if decay.activity == ("awards",) and decay.score in run.parts.reached[score]:
            _end_silence(run, decay, at)


def _end_silence(run: Run, decay: Decay, at: int) -> None:
    """A new silence begins, and every step is armed again; what became known late may be older than that."""
    silence = run.state.silences[decay.key]
    if silence.since is not None and at <= silence.since:
        return
    if silence.spent:
        run.log.note("decay", decay.key, None, None, decay.path, "re-armed")
    run.state.silences[decay.key] = Silence(at)


class _Due(NamedTuple):
    """One occasion of a step: how long a silence it asks for, and where it stands."""

    after: timedelta
    key: str
    place: int
    decay: Decay
    step: Step


def sleeps(run: Run, schedule: str | None) -> bool:
    """Whether no step is due now."""
    for decay in run.parts.decays:
        if decay.schedule == schedule:
            silent = _silent(run, decay)
            if silent is not None and silent >= run.state.silences[decay.key].wakes:
                return False
    return True


def _silent(run: Run, decay: Decay) -> timedelta | None:
    """How long it has been silent for a decay; ``None``: there is no silence."""
    since = run.state.silences[decay.key].since
    if since is None and decay.never_active:
        since = run.state.created
    return None if since is None else run.clock.silent_for(since, run.state.now)


def tick(run: Run, schedule: str | None) -> None:
    """Do every step that is due, by rising ``after``, then id, then place, each on the result of the one before.

    Who is meant (``when``, and the levels) is read before the first step of the tick; a step that is due is spent
    whether it acts or not (questions 41, 42 and 46).  ``then`` is done for every step that acts, after all of them.
    """
    due = [item for decay in run.parts.decays if decay.schedule == schedule for item in _due(run, decay)]
    if not due:
        return
    due.sort(key=lambda item: item[:3])
    acting = [item for item in due if _acts(run, item)]
    for item in due:
        before = run.ask.score(item.decay.score)
        if item in acting:
            _take(run, item.decay, item.step)
        if run.ask.score(item.decay.score) == before:
            run.log.note("decay", item.key, None, None, item.step.path, "spent")
    run.log.act_all((item.decay, action) for item in acting for action in item.decay.then)


def _due(run: Run, decay: Decay) -> Iterator[_Due]:
    """The occasions of a decay's steps that have come and are not spent; from now on they are."""
    silence, elapsed = run.state.silences[decay.key], _silent(run, decay)
    if elapsed is None or elapsed < silence.wakes:
        return
    silence.wakes = timedelta.max
    for place, step in enumerate(decay.steps):
        after = timedelta(seconds=step.after.seconds)
        every = timedelta(seconds=step.every.seconds) if step.every is not None else None
        come = 0 if elapsed < after else 1 if every is None else 1 + (elapsed - after) // every
        for occasion in range(silence.spent.get(place, 0), come):
            yield _Due(after + occasion * (every or timedelta(0)), decay.key, place, decay, step)
        if come:
            silence.spent[place] = come
        if every is not None or not come:
            silence.wakes = min(silence.wakes, after + come * (every or timedelta(0)))


def _acts(run: Run, item: _Due) -> bool:
    """Whether the step is meant for this person."""
    return item.step.level.holds(run.ask.score(item.decay.score)) and run.ask.holds(item.decay.when)


def _take(run: Run, decay: Decay, step: Step) -> None:
    silence = run.state.silences[decay.key]
    before = run.ask.score(decay.score)
    run.log.put(decay.score, _result(decay, step, before, silence.taken), step.path, "decay")
    if step.set_to is None:
        silence.taken += before - run.ask.score(decay.score)


def _result(decay: Decay, step: Step, before: int, taken: int) -> int:
    """What a step makes of a score: ``stop_at`` beats the step, and who is there already is left alone (question 44)."""
    stop = decay.stop_at.value if decay.stop_at is not None else None if step.set_to is not None else 0
    if stop is not None and before <= stop:
        return before
    if step.set_to is not None:
        return step.set_to.value if stop is None else max(step.set_to.value, stop)
    assert stop is not None
    return max(before - _amount(decay, step, before, taken), stop)


def _amount(decay: Decay, step: Step, before: int, taken: int) -> int:
    """What subtract or percent would take; percent of 0 or less is nothing (question 48)."""
    if step.subtract is not None:
        amount = step.subtract.value
    else:
        amount = round_half_up(max(0, before) * (step.percent or 0), 100)
    return amount if decay.limit is None else min(amount, max(0, decay.limit - taken))
