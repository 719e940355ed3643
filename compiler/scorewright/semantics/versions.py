"""Another version of the model goes live for somebody who is there already (question 61).

Points given stay, marks, counts and silences go on by id; what holds is looked at anew, and nothing fires by that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.semantics.ask import Ask
from scorewright.semantics.awards import Waiting
from scorewright.semantics.log import Log
from scorewright.semantics.state import Silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.model.elements import Decay, Model
    from scorewright.semantics.parts import Parts
    from scorewright.semantics.play import Run

__all__ = ["adopt"]


def adopt(run: Run, parts: Parts) -> None:
    """Go on by another model: everything that is remembered is kept by id, and what is new begins.

    The scores and thresholds are only made ready here; the machine then starts the model as for everybody who is there.
    """
    before, state = run.model, run.state
    changes = run.log.changes
    run.parts, run.model, run.clock = parts, parts.model, parts.clock
    run.ask = Ask(parts, state)
    run.log = Log(parts, run.ask, state)
    run.log.changes = changes
    _scores(run, before)
    _standing(run)
    _silences(run, before)
    _waiting(run)


def _scores(run: Run, before: Model) -> None:
    """Counters go on; one that is new, or was none, begins at its start.  A bound that is new holds at once."""
    state = run.state
    known = {key for key, score in before.scores.items() if score.kind == "engagement"}
    kept = {key: value for key, value in state.scores.items() if key in known}
    state.scores, state.held = {}, {}
    for key, score in run.model.scores.items():
        state.held[key] = 0
        if score.kind == "engagement":
            start = score.start.value if score.start is not None else 0
            state.scores[key] = value = kept.get(key, start)
            run.log.put(key, value, score.path, "start")
    state.melting = [award for award in state.melting if award.score in state.scores]


def _standing(run: Run) -> None:
    """What has held counts for the fit scores of today; all of it is looked at again."""
    state, parts = run.state, run.parts
    state.worth = {
        name: {key: points for key, points in worth.items() if key in parts.reached}
        for name, worth in state.worth.items()
    }
    for worth in state.worth.values():
        for key, points in worth.items():
            for score in parts.reached[key]:
                state.held[score] += points
    state.looked_at = False


def _silences(run: Run, before: Model) -> None:
    """A silence goes on by its decay's id, a step of it by when it is due; to a new decay it began with the last activity."""
    state = run.state
    for decay in run.parts.decays:
        old = before.decay.get(decay.key)
        if old is None:
            state.silences[decay.key] = Silence(_last_activity(run, decay))
            continue
        silence = state.silences[decay.key]
        since = silence.since
        if old.activity != decay.activity:
            since = _last_activity(run, decay)
        spent = _spent(old, decay, silence.spent) if since == silence.since else {}
        state.silences[decay.key] = Silence(since, spent, silence.taken)
    for key in state.silences.keys() - run.model.decay.keys():
        del state.silences[key]


def _spent(old: Decay, new: Decay, spent: Mapping[int, int]) -> dict[int, int]:
    """How many occasions of each step are over.

    A step goes on as the old one that was due at the same times; also where one that repeats is followed by several, for a
    level each: what it has taken again and again is not due as often once more.  Of the others the first goes on as the first, and so on: one
    that comes at another time is the same step, and is not taken twice in a silence.
    """
    left = dict(enumerate(old.steps))
    found: dict[int, int] = {}
    for place, step in enumerate(new.steps):
        times = (step.after, step.every)
        alike = [n for n, other in enumerate(old.steps) if (other.after, other.every) == times]
        match = next((n for n in alike if n in left), alike[0] if alike and step.every is not None else None)
        if match is not None:
            left.pop(match, None)
            found[place] = match
    for place in range(len(new.steps)):
        if place not in found and left:
            found[place] = next(iter(left))
            del left[found[place]]
    return {place: spent[n] for place, n in found.items() if spent.get(n)}


def _last_activity(run: Run, decay: Decay) -> int | None:
    if decay.activity == ("awards",):
        given = (
            item.event_at
            for name, items in run.state.given.items()
            if name.startswith("rules.")
            for item in items
            if any(decay.score in run.parts.reached.get(key, ()) for key in item.points)
        )
        return max(given, default=None)
    events: Iterable[int] = (event.at for event in run.state.past.all_of(*decay.activity))
    return max(events, default=None)


def _waiting(run: Run) -> None:
    """Who waits for a rule waits for the rule of that id; a wait for one that is gone is over."""
    for what in run.agenda.all():
        if isinstance(what, Waiting):
            what.rules[:] = [run.model.rules[rule.key] for rule in what.rules if rule.key in run.model.rules]
