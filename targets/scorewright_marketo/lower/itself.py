"""Awards that ask the past about what has just happened: the log is asked once the event is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright_marketo.lower.asking import leaves
from scorewright_marketo.lower.bounds import by_awards, in_a_life, is_open
from scorewright_marketo.lower.counting import is_counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Rule
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder

__all__ = ["asks_of_itself", "raise_wait", "watch_wait"]

_COUNTED = "filter-counts-trigger-event"


def asks_of_itself(b: Builder, rule: Rule) -> bool:
    """Whether a rule has to wait until its event is in the log that it asks, which a note says then."""
    asked = _about_itself(b, rule)
    if not asked or ("itself", rule.key) in b.memo:
        return bool(asked) and b.fact(_COUNTED) != "counted"
    b.memo["itself", rule.key] = True
    if b.fact(_COUNTED) == "counted":
        b.rests_on(_COUNTED)
        return False
    b.bounded(
        "asked-after-wait",
        f"What was done before is looked at {b.options.wait} minutes after each event, when that is in the log, too.",
        "what comes within that time is seen by the award: one more or less for each event so close to another",
        _COUNTED,
        path=asked[0].path,
        bounds=by_awards(b, rule, few=in_a_life(rule), many=in_a_life(rule), when="crowded"),
    )
    return True


def raise_wait(b: Builder, on: Iterable[Event]) -> int:
    """Minutes until a raised hand is looked at: after the awards of the same event, also one that waits for the log."""
    return b.options.wait * (2 if _given_late(b, on) else 1)


def watch_wait(b: Builder, on: tuple[Event, ...]) -> int:
    """Minutes until a threshold is looked at: after every hand that the same event has raised."""
    return b.options.wait + (raise_wait(b, on) if on else 0)


def _given_late(b: Builder, on: Iterable[Event]) -> bool:
    """Whether an award for one of these events may wait for the log."""
    events = tuple(on)
    return any(
        (is_counted(rule) or (_about_itself(b, rule) and b.fact(_COUNTED) != "counted"))
        and any(_may_be(b, event, other) for event in events for other in rule.on)
        for rule in b.model.rules.values()
        if rule.wait is None
    )


def _about_itself(b: Builder, rule: Rule) -> list[Event]:
    if rule.wait is not None:
        return []
    return [event for event in _asked(b, rule) if any(_may_be(b, on, event) for on in rule.on)]


def _asked(b: Builder, rule: Rule) -> Iterator[Event]:
    """The events that the award, and whom the model scores, ask about."""
    head = b.model.header
    keys = (*((head.eligible,) if head.eligible is not None else ()), *head.exclude)
    conditions: list[con.Condition] = [con.InSegment(key) for key in keys]
    conditions += [rule.when] if rule.when is not None else []
    for condition in conditions:
        for leaf, _ in leaves(b, condition):
            if isinstance(leaf, con.Happened):
                yield leaf.event


def _may_be(b: Builder, on: Event, asked: Event) -> bool:
    """Whether one event can be both: of one verb, and of an asset that neither leaves out."""
    if on.verb != asked.verb:
        return False
    left_out = (on.objects and {*on.objects} <= {*asked.excluding}) or (
        asked.objects and {*asked.objects} <= {*on.excluding}
    )
    named = not (is_open(b, on) or is_open(b, asked))
    return not left_out and not (named and not {*on.objects} & {*asked.objects})
