"""Program statuses: Marketo tells attending, registering and missing by them, and joining with a status is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright_marketo.lower.bounds import by_decay, by_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder

__all__ = ["STATUSES", "say_told_by_status", "say_told_in_silence", "wanted"]

STATUSES = {
    "registers": ("registered", ("Registered",)),
    "attends": ("attended", ("Attended",)),
    "misses": ("missed", ("No Show",)),
    "watches": ("watched", ("Attended On-demand",)),
}
"""By verb: the key of the option, and the statuses that mean it where the option is not written."""


def wanted(b: Builder, verb: str) -> tuple[str, ...]:
    """The statuses that mean a verb on this instance."""
    key, default = STATUSES[verb]
    return tuple(b.options.statuses.get(key, default))


def say_told_by_status(b: Builder, event: Event) -> None:
    """Both verbs are one change of status: where the model asks for both, either also counts as the other."""
    same = _same(b, event)
    if same:
        words = " or ".join(f"“{status}”" for status in same)
        b.bounded(
            "status-tells-both",
            f"Whoever joins with the status {words} is for Marketo somebody who {_verbs(b, same)}, and the other way round.",
            "what counts as the one counts as the other as well, each time",
            path=event.path,
            bounds=by_event(b, event),
        )


def say_told_in_silence(b: Builder, decay: Decay) -> None:
    """The same for what ends a silence: joining does, or only what a status means."""
    ends = [verb for verb in ("joins", *STATUSES) if verb in decay.activity]
    if "joins" in ends:
        others = [verb for verb in STATUSES if verb not in ends]
    else:
        joins = [event for event in _events(b) if event.verb == "joins"]
        means = [status for verb in ends for status in wanted(b, verb)]
        others = ["joins"] if any(_accepts(event, status) for event in joins for status in means) else []
    if ends and others:
        b.bounded(
            "status-tells-both",
            f"Marketo tells who {' or '.join(ends)} by a program's status, and who {' or '.join(others)} too.",
            "a silence that somebody ends who does the other, each time"
            + ("" if decay.never_active else "; and one that begins by it, for who did nothing else"),
            bounds=by_decay(b, decay, early=not decay.never_active, late=True),
        )


def _same(b: Builder, event: Event) -> tuple[str, ...]:
    """The statuses by which this event and one of another verb are both told."""
    if event.verb == "joins":
        verbs = dict.fromkeys(other.verb for other in _events(b) if other.verb in STATUSES)
        return tuple(status for verb in verbs for status in wanted(b, verb) if _accepts(event, status))
    joins = [other for other in _events(b) if other.verb == "joins"]
    return tuple(
        status for status in wanted(b, event.verb) if any(_accepts(other, status) for other in joins)
    )


def _verbs(b: Builder, statuses: tuple[str, ...]) -> str:
    return " or ".join(verb for verb in STATUSES if set(statuses) & set(wanted(b, verb)))


def _accepts(event: Event, status: str) -> bool:
    """Whether joining with a status is such an event."""
    test = dict(event.where).get("status")
    if isinstance(test, con.Is):
        return status.casefold() in {str(value).casefold() for value in test.values}
    if isinstance(test, con.Matches) and test.mode == "is":
        return status.casefold() in {text.casefold() for text in test.texts}
    return not (isinstance(test, con.Known) and not test.known)


def _events(b: Builder) -> tuple[Event, ...]:
    """Every event that the model asks for, now or in the past."""
    known: tuple[Event, ...] | None = b.memo.get("events asked for")
    if known is None:
        known = b.memo["events asked for"] = tuple(_asked(b))
    return known


def _asked(b: Builder) -> Iterator[Event]:
    model = b.model
    yield from (event for rule in model.rules.values() for event in rule.on)
    yield from (event for item in model.thresholds.values() for event in item.or_on)
    whens = [
        *(item.when for table in (model.rules, model.segments, model.decay) for item in table.values()),
        *(part for item in model.thresholds.values() for part in (item.when, item.unless)),
        *(case.when for tier in model.tiers.values() for case in tier.cases),
        *(criterion.when for grade in model.grades.values() for criterion in grade.criteria),
    ]
    for when in whens:
        yield from (item.event for item in con.walk(when) if isinstance(item, con.Happened))
