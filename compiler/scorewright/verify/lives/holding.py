"""Which of the situations that a bound can be confined to a history holds."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from scorewright.model.history import CRM_KIND, FieldSet, Happening
from scorewright.model.vocabulary import VERBS
from scorewright.plugin.emulation import OF_ELEMENTS
from scorewright.semantics.ask import is_known
from scorewright.semantics.reads import TIME, verb
from scorewright.verify.lives.beside import moved_beside
from scorewright.verify.lives.life import BY_CLOCK
from scorewright.verify.lives.longer import inside_longer, other_case
from scorewright.verify.lives.owners import two_assign
from scorewright.verify.lives.quietness import (
    cut_twice,
    drawn_out,
    last_day,
    other_activity,
    other_silences,
    silent_twice,
    steps_together,
)
from scorewright.verify.lives.ranges import above_range, large
from scorewright.verify.lives.sights import Ready, View
from scorewright.verify.lives.turning import (
    acts_in_vain,
    exchanged,
    mixed_at_first,
    opened_silently,
    raised_and_crossed,
    times,
    turned_together,
)
from scorewright.verify.lives.waking import woken_unseen
from scorewright.verify.lives.walked import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.semantics.timeline import Timeline
    from scorewright.verify.lives.life import Life
    from scorewright.verify.lives.turning import Turn
    from scorewright.verify.lives.walked import Since

__all__ = ["Situations", "situations"]

_NOTES = ("limit", "decay")
"""Changes that say why nothing has changed."""
_QUARTER = 15 * 60
_BY_HASTE = ("crowded", "cut-twice", "wait-over")
"""Situations that depend on the time to settle."""
_UNRECORDED = {"starts_visit", "watches"}
_BY_BOTS = frozenset({"opens", "clicks", "replies"})
_PLAIN = re.compile(r"(?:[^\W_]|[,./-]|(?<! ) (?! ))*")


class Situations:
    """Names the situations of histories of one model."""

    def __init__(self, model: Model, of_elements: Iterable[str] = OF_ELEMENTS) -> None:
        self._ready = Ready(model)
        self._of_elements = tuple(name for name in _OF_ELEMENTS if name in of_elements)

    def of(self, life: Life, timeline: Timeline, settle_hours: int) -> frozenset[str]:
        """The situations of ``plugin.emulation.SITUATIONS`` that a history holds.

        ``timeline`` is the reference machine's of the whole life; two things are crowded when less than
        ``settle_hours`` lie between them.
        """
        return self.of_each(life, timeline, (settle_hours,))[settle_hours]

    def walk(
        self, life: Life, timeline: Timeline, ends: Iterable[int] = (), since: Since | None = None
    ) -> Walk:
        """A history walked through, so that the situations of its parts up to each of these ends can be named.

        ``since`` is the version that it begins with, if that is another.
        """
        return Walk(self._ready, life, timeline, ends, since)

    def of_each(
        self, life: Life, timeline: Timeline, hours: Iterable[int], walk: Walk | None = None
    ) -> Mapping[int, frozenset[str]]:
        """The same for several times to settle: what takes longer to be right is crowded more often.

        ``walk`` is one through this history, or through one that goes on after it.
        """
        walk = walk or self.walk(life, timeline)
        view = View(self._ready, life, timeline, 0, walk.sights(life.until), walk.since)
        others = {name for name, holds in HOLDS.items() if name not in _BY_HASTE and holds(view)}
        others |= {*self._turning(view, walk)}
        found = {}
        for each in hours:
            view = view.settling(each * 3_600)
            found[each] = frozenset({*others, *(name for name in _BY_HASTE if HOLDS[name](view))})
        return found

    def _turning(self, view: View, walk: Walk) -> Iterator[str]:
        turns = walk.turns(view.life.until) if self._of_elements else ()
        for name in self._of_elements:
            yield from times(name, _OF_ELEMENTS[name](view, turns))


def situations(model: Model, life: Life, timeline: Timeline, settle_hours: int) -> frozenset[str]:
    """The situations of one history; ``Situations`` does it for many."""
    return Situations(model).of(life, timeline, settle_hours)


# --- what is told, and when -----------------------------------------------------------------------------------------


def _crowded(view: View) -> bool:
    """Whether two things are told, or something is told and the clock does something, too close to each other.

    So it is where the clock alone makes somebody one who is scored, or ends that, whatever comes close to it.
    """
    told = [view.life.person.created, *view.told]
    by_person = set(told)
    changes = [
        change
        for change in view.timeline.changes
        if change.kind not in _NOTES or change.reason == "spent"  # a step is due, whoever it is not for
    ]
    at_once = by_person & {change.at for change in changes if change.reason in BY_CLOCK}
    if at_once or _dated_before(view) or len(by_person) < len(told) or _filled_at_once(view):
        return True
    by_clock = {change.at for change in changes} - by_person
    if any(view.close(turn, at) for turn in view.turns for at in by_person | by_clock):
        return True
    return any(
        view.close(before, after) and not (before in by_clock and after in by_clock)
        for before, after in pairwise(sorted({*by_person, *by_clock}))
    )


def _dated_before(view: View) -> bool:
    """Whether an event finds that a date has turned what holds: the clock did so, at some time in the day before."""
    standing = {item.element.name: item.reads for item in view.ready.machine.parts.standing.values()}
    dated = {name: reads for name, reads in standing.items() if TIME in reads}
    found = {
        change.at: dated[change.element]
        for change in view.timeline.changes
        if change.reason in {"holds", "ends"} and change.element in dated
    }
    told = dict[int, list[object]]()
    for at, item in zip(view.told, view.history, strict=True):
        told.setdefault(at, []).append(item)
    return any(
        all(isinstance(item, Happening) and verb(item.verb) not in reads for item in told[at])
        for at, reads in found.items()
        if at in told
    )


def _wait_over(view: View) -> bool:
    """Whether something happens, or the clock does something, close to the end of a wait, but the event that began it."""
    ask, waiting = view.ready.ask, [rule for rule in view.model.rules.values() if rule.wait is not None]
    if not waiting:
        return False
    changes = {change.at for change in view.timeline.changes if change.kind not in _NOTES}
    stirs = {view.life.person.created, *view.told, *changes}
    for item, told in zip(view.history, view.told, strict=True):
        if not isinstance(item, Happening):
            continue
        for rule in waiting:
            if rule.wait is not None and any(ask.is_about(item, event) for event in rule.on):
                over = max(told, item.at + rule.wait.seconds)
                if any(view.close(at, over) for at in stirs - {told, over}):
                    return True
    return False


def _filled_at_once(view: View) -> bool:
    """Whether somebody is created with fields of which one is awarded as a change, and others give points as what holds."""
    created = view.life.person.created
    reasons = {change.reason for change in view.timeline.changes if change.at == created}
    return "award" in reasons and "holds" in reasons


def _same_instant(view: View) -> bool:
    return len({*view.told}) < len(view.told)


def _past_unknown(view: View) -> bool:
    return any(item.at != known for item, known in zip(view.history, view.told, strict=True))


def _before_start(view: View) -> bool:
    starts = view.ready.starts
    return (
        starts is not None and min([view.life.person.created, *(item.at for item in view.history)]) < starts
    )


def _existing(view: View) -> bool:
    person, starts = view.life.person, view.ready.starts
    return bool(person.scores or person.marks) or (starts is not None and person.created < starts)


def _day_start(view: View) -> bool:
    """From a quarter of an hour before a day's start to six hours after it."""
    return any(
        view.hours(at) <= 6 or view.hours(at + _QUARTER) <= 0.25
        for at in (view.life.person.created, *view.told)
    )


def _window_edge(view: View) -> bool:
    happened = sorted({*view.told, *(item.at for item in view.history)})
    return bool(view.ready.spans) and any(
        abs(after - before - span) <= _QUARTER
        for before, after in combinations(happened, 2)
        for span in view.ready.spans
    )


def _again(view: View) -> bool:
    """An event of one verb happens a second time to the same asset."""
    seen = set()
    for item in view.happenings:
        takes_assets = VERBS[item.verb].takes == "assets"
        what = (item.verb, view.ready.ask.real_asset(item) if takes_assets else item.what)
        if what in seen:
            return True
        seen.add(what)
    return False


def _unrecorded(view: View) -> bool:
    return any(item.verb in _UNRECORDED for item in view.happenings)


def _unnamed(view: View) -> bool:
    """Something happens to an asset that the spec does not name."""
    return any(VERBS[item.verb].takes == "assets" and not _is_named(view, item) for item in view.happenings)


def _is_named(view: View, item: Happening) -> bool:
    assets = view.model.assets
    return any(not asset.builtin and view.ready.ask.names(key, item) for key, asset in assets.items())


# --- fields ---------------------------------------------------------------------------------------------------------


def _field_lost(view: View) -> bool:
    fields = dict(view.life.person.fields)
    for item in sorted(view.history, key=lambda item: item.at):
        if isinstance(item, FieldSet):
            if is_known(fields.get(item.field)) and not is_known(item.value):
                return True
            fields[item.field] = item.value
    return False


def _no_crm_record(view: View) -> bool:
    return any(sight.fields.get(CRM_KIND) not in {"lead", "contact"} for sight in view.sights)


def _unanswered(view: View) -> bool:
    names = [key for key, item in view.model.fields.items() if item.type == "yes_no"]
    return any(not is_known(sight.fields.get(name)) for name in names for sight in view.sights)


def _odd_signs(view: View) -> bool:
    """The sign between an address and its domain is odd in no address."""
    return any(
        not _PLAIN.fullmatch(value.replace("@", "", 1) if name == "email" else value)
        for sight in view.sights
        for name, value in sight.fields.items()
        if name in view.model.fields and view.model.fields[name].type == "text" and isinstance(value, str)
    )


# --- what comes of it -----------------------------------------------------------------------------------------------


def _outside(view: View) -> bool:
    return any(not sight.inside for sight in view.sights)


def _held_back(view: View) -> bool:
    """A rule gives nothing for a limit, or a threshold has fired as often as it may."""
    if any(change.kind == "limit" for change in view.timeline.changes):
        return True
    for key, threshold in view.model.thresholds.items():
        if threshold.limit is not None:
            fired = [
                change.at for change in view.timeline.changes if change.kind == "fired" and change.name == key
            ]
            per, count = threshold.limit.per, threshold.limit.count
            span = per.rolling.seconds if per is not None and per.rolling is not None else view.life.until
            if any(last - first < span for first, last in zip(fired, fired[count - 1 :], strict=False)):
                return True
    return False


def _by_a_bot(view: View) -> bool:
    return any(
        isinstance(item, Happening) and item.properties.get("bot") is True
        for item in view.life.person.history
    )


def _whose_untold(view: View) -> bool:
    """An event that a bot can cause, and nothing tells whether one did."""
    return any(
        isinstance(item, Happening) and item.verb in _BY_BOTS and item.properties.get("bot") is None
        for item in view.life.person.history
    )


def _fired_together(view: View) -> bool:
    """Two thresholds fire in one moment."""
    fired = {(change.at, change.name) for change in view.timeline.changes if change.kind == "fired"}
    return len({at for at, _ in fired}) < len(fired)


def _brought_back(view: View) -> bool:
    return any(change.reason in {"clamped", "reset"} for change in view.timeline.changes)


def _facts_change(view: View) -> bool:
    """What holds gives other points than before, after the first moment."""
    first = max(view.life.person.created, view.ready.starts or 0)
    return any(
        change.at > first and (change.kind == "holds" or change.reason in {"holds", "ends"})
        for change in view.timeline.changes
    )


_OF_ELEMENTS: Mapping[str, Callable[[View, Sequence[Turn]], Iterable[str]]] = {
    "acts-in-vain": acts_in_vain,
    "opened-silently": opened_silently,
    "turned-together": turned_together,
    "exchanged": exchanged,
    "mixed-at-first": mixed_at_first,
    "raised-and-crossed": raised_and_crossed,
    "moved-beside": moved_beside,
    "woken-unseen": woken_unseen,
}
"""Those of single elements: which one, as often as it is so."""

HOLDS: Mapping[str, Callable[[View], bool]] = {
    "any": lambda _: True,
    "crowded": _crowded,
    "same-instant": _same_instant,
    "past-unknown": _past_unknown,
    "existing": _existing,
    "outside": _outside,
    "before-start": _before_start,
    "field-lost": _field_lost,
    "again": _again,
    "unnamed": _unnamed,
    "held-back": _held_back,
    "brought-back": _brought_back,
    "facts-change": _facts_change,
    "inside-longer": inside_longer,
    "other-case": other_case,
    "by-a-bot": _by_a_bot,
    "whose-untold": _whose_untold,
    "no-crm-record": _no_crm_record,
    "other-activity": other_activity,
    "other-silences": other_silences,
    "silent-twice": silent_twice,
    "cut-twice": cut_twice,
    "last-day": last_day,
    "drawn-out": drawn_out,
    "steps-together": steps_together,
    "unrecorded": _unrecorded,
    "above-range": above_range,
    "day-start": _day_start,
    "wait-over": _wait_over,
    "window-edge": _window_edge,
    "large": large,
    "odd-signs": _odd_signs,
    "unanswered": _unanswered,
    "two-assign": two_assign,
    "fired-together": _fired_together,
    "opened-in-silence": lambda view: any(sight.waits for sight in view.sights),
}
