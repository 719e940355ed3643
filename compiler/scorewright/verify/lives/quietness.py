"""Situations of silence: how often it comes, how long it lasts, and what ends it on a platform and in the spec."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright.model.history import FieldSet, Happening
from scorewright.verify.lives.life import DAY, known_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Decay
    from scorewright.verify.lives.sights import View

__all__ = [
    "USUAL",
    "cut_twice",
    "drawn_out",
    "last_day",
    "other_activity",
    "other_silences",
    "silent_twice",
    "steps_together",
]

USUAL = frozenset({"visits", "submits", "fails", "clicks", "downloads", "searches", "starts_visit"})
"""What platforms count that know one date of last activity."""
_OFTEN, _YEAR = 13, 365 * DAY
_NEAR = 2 * DAY
"""Platforms look at days, and some of them early."""


def other_activity(view: View) -> bool:
    """Something counts as activity for the platform and not for a decay, or the other way round, and it can matter."""
    return any(_may_act(view, decay) for decay in view.model.decay.values()) and _counted_otherwise(view)


def _may_act(view: View, decay: Decay) -> bool:
    """Whether a silence comes near a decay's first step, as either of them counts."""
    first = min(step.after.seconds for step in decay.steps) - _NEAR
    created, until = view.life.person.created, view.life.until
    usual = {item.at for item in view.happenings if item.verb in USUAL}
    counted = [usual, _activity(view, decay)]
    if "changes" in decay.activity:  # a field may be set to what it is, which is no change
        counted.append({item.at for item in view.happenings if item.verb in decay.activity})
    return any(
        after - before >= first
        for stirs in counted
        for before, after in pairwise(sorted({created, *stirs, until}))
    )


def _counted_otherwise(view: View) -> bool:
    verbs = {item.verb for item in view.happenings}
    verbs |= {"changes"} if any(isinstance(item, FieldSet) for item in view.history) else set()
    verbs |= {"changes"} if view.life.person.fields else set()
    for decay in view.model.decay.values():
        by_awards = decay.activity == ("awards",)
        if by_awards and view.history:
            return True
        if not by_awards and any((verb in USUAL) != (verb in decay.activity) for verb in verbs):
            return True
    return False


def silent_twice(view: View) -> bool:
    """A second silence comes to a decay's first step."""
    return any(_reaching(decay, _silences(view, decay)) > 1 for decay in view.model.decay.values())


def other_silences(view: View) -> bool:
    """Where activity is counted otherwise, a second silence comes to a decay's first step, by either count."""
    usual = sorted({item.at for item in view.happenings if item.verb in USUAL})
    theirs = [timedelta(seconds=after - since) for since, after in pairwise([*usual, view.life.until])]
    return other_activity(view) and any(
        _reaching(decay, silences) > 1
        for decay in view.model.decay.values()
        for silences in (_silences(view, decay), theirs)
    )


def _reaching(decay: Decay, silences: Iterable[timedelta]) -> int:
    """How many silences come to a decay's first step."""
    first = timedelta(seconds=min(step.after.seconds for step in decay.steps))
    return sum(1 for silence in silences if silence >= first)


def drawn_out(view: View) -> bool:
    """A step that repeats comes due in one silence for the thirteenth time, or when so many intervals pass a year."""
    for decay in view.model.decay.values():
        for step in decay.steps:
            if step.every is not None:
                times = min(_OFTEN, _YEAR // step.every.seconds + 1)
                long = timedelta(seconds=step.after.seconds + (times - 1) * step.every.seconds)
                if any(silence >= long for silence in _silences(view, decay)):
                    return True
    return False


def steps_together(view: View) -> bool:
    """At one of the clock's looks two steps are due for one score; one that changes nothing is left out."""
    due = [
        (change.at, change.name if change.kind == "score" else view.model.decay[change.name].score)
        for change in view.timeline.changes
        if change.reason in {"decay", "spent"}
        and (change.kind == "score" or change.name in view.model.decay)  # not what an earlier version had
    ]
    return len({*due}) < len(due)


def last_day(view: View) -> bool:
    """A silence reaches a step, and ends before the start of the day that would have noticed it."""
    return any(
        due <= end < noticed
        for decay in view.model.decay.values()
        for _, end, due, noticed in _occasions(view, decay)
    )


def cut_twice(view: View) -> bool:
    """Two silences, or more, end while the platform may still be at work on a step that was due."""
    for decay in view.model.decay.values():
        cut = {
            since
            for since, end, due, noticed in _occasions(view, decay)
            if due <= end < noticed + view.settle
        }
        if len(cut) > 1:
            return True
    return False


def _occasions(view: View, decay: Decay) -> Iterator[tuple[int, int, int, int]]:
    """For every silence that ended: its beginning, its end, when a step came due, and when a day's start notices."""
    clock, begun = view.ready.clock, _begun(view, decay)
    for since, end in pairwise(begun):
        for step in decay.steps:
            every = step.every.seconds if step.every is not None else end - since + 1
            for due in range(since + step.after.seconds, end + 1, max(1, every)):
                noticed = (
                    due + DAY if decay.schedule is not None else next(clock.days(due - 1, due + 2 * DAY))
                )
                yield since, end, due, noticed


def _begun(view: View, decay: Decay) -> list[int]:
    """When each silence begins."""
    return sorted({*_activity(view, decay), *([view.life.person.created] if decay.never_active else [])})


def _silences(view: View, decay: Decay) -> list[timedelta]:
    """How long each silence is when a decay looks at it for the last time.

    Looked at is at the start of each day; a decay with hours of its own is taken to look at any time.
    """
    begun = _begun(view, decay)
    clock, found = view.ready.clock, []
    for since, after in zip(begun, [*begun[1:], view.life.until], strict=False):
        last = after if decay.schedule is not None else clock.day_start(clock.day(after))
        found.append(clock.silent_for(since, max(since, last)))
    return found


def _activity(view: View, decay: Decay) -> set[int]:
    """When something happened that ends this decay's silence."""
    if decay.activity == ("awards",):
        return _awards(view, decay)
    found = {item.at for item in view.happenings if item.verb in decay.activity}
    if "changes" in decay.activity:
        found |= {item.at for item in view.history if not isinstance(item, Happening)}
        found |= {view.life.person.created} if view.life.person.fields else set()
    return found


def _awards(view: View, decay: Decay) -> set[int]:
    """When something happened that gave an award; what is told late happened before it gave one."""
    reached = {key for key, all_of in view.ready.machine.parts.reached.items() if decay.score in all_of}
    given = {
        change.at
        for change in view.timeline.changes
        if change.reason == "award" and change.kind == "score" and change.name in reached
    }
    created = view.life.person.created
    late = [item for item in view.happenings if known_at(item, created) in given and item.at not in given]
    return (given - {known_at(item, created) for item in late}) | {item.at for item in late}
