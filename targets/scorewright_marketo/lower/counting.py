"""Rules that count: the n-th event in a window, asked of the log after a wait, or of a counter where the log forgets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright_marketo.folders import AWARDS
from scorewright_marketo.lower import events
from scorewright_marketo.lower.bounds import by_awards, in_a_life
from scorewright_marketo.lower.expr import Both, either
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.sums import put
from scorewright_marketo.lower.waits import emit_requested, request, wait
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.elements import Rule
    from scorewright.model.events import Event
    from scorewright.model.values import Duration
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.objects import FlowStep

__all__ = ["counts", "first_counted", "gate", "is_counted", "long_count"]


def is_counted(rule: Rule) -> bool:
    """Whether the rule asks for the n-th event."""
    return any(event.nth > 1 for event in rule.on)


def counts(b: Builder, rule: Rule, on: tuple[Event, ...]) -> Expr:
    """The count that ``at_least`` asks for.  After the wait the event itself is in the log, so it counts."""
    counted = [event for event in on if event.nth > 1]
    if not counted:
        return Both(())
    if long_count(b, on):
        return Clause(_counter(b, rule, counted[0]), "at least", (str(counted[0].nth),))
    _say_edges(b, rule, counted)
    return either(*(events.happened(b, event, event.nth, event.within) for event in counted))


def _say_edges(b: Builder, rule: Rule, counted: list[Event]) -> None:
    path = counted[0].path
    rolling = any(event.within is not None and event.within.rolling is not None for event in counted)
    if rolling and not b.fact("hour-windows-roll"):
        b.bounded(
            "window-edge",
            "The window is counted from midnight.",
            "one event too many or too few at the window's edge",
            "hour-windows-roll",
            path=path,
            bounds=by_awards(b, rule, few=in_a_life(rule), many=in_a_life(rule)),
        )
    if rule.limit is None or rule.limit.count != 1 or rule.limit.kind != "times":
        b.bounded(
            "count-after-wait",
            f"The count is read {b.options.wait} minutes after each event.",
            "events within that time see one another: one award too many for each event that came just before the n-th",
            "filter-counts-trigger-event",
            path=path,
            bounds=by_awards(b, rule, many=in_a_life(rule), when="crowded"),
        )


def gate(b: Builder, rule: Rule, event: Event, title: str, names: list[str]) -> str:
    """An executable that counts and then awards: for each of several events, and where the award has to wait.

    The count is the one at the event, so it is looked at before the wait; and executables cannot wait.
    """
    if long_count(b, (event,)):
        b.rests_on("retention-web")
    name = b.campaign_name(f"Gate {title}")
    who = counts(b, rule, (event,))
    flow = tuple(execute(b, inner) for inner in names)
    if rule.wait is not None:
        flow = (_after_wait(b, rule, rule.wait, title, flow),)
    if long_count(b, (event,)):
        first = first_counted(b, rule, event, title)
        last = b.campaign_name(f"Gate {title} counted")
        b.campaign(
            last, AWARDS, "executable", who, flow, role=f"gate {title}", why="Awards from the n-th event on."
        )
        flow, who = (*(execute(b, inner) for inner in first), execute(b, last)), Both(())
    return b.campaign(
        name, AWARDS, "executable", who, flow, role=f"count {title}", why="Counts one of the rule's events."
    )


def _after_wait(
    b: Builder, rule: Rule, duration: Duration, title: str, flow: tuple[FlowStep, ...]
) -> FlowStep:
    """The request of a campaign that waits and then does the rest."""
    name = b.campaign_name(f"Wait {title}")
    b.rests_on("request-from-executable")
    emit_requested(
        b,
        name,
        (wait(duration), *flow),
        role=f"wait {title.removeprefix(rule.title)}",
        why="Awards when the rule's wait is over.",
    )
    return request(b, name)


def long_count(b: Builder, on: tuple[Event, ...]) -> bool:
    """Whether “ever” is asked of something that the log forgets: then a counter of our own remembers."""
    event = on[0]
    if len(on) != 1 or event.nth <= 1 or event.within is not None:
        return False
    links = any("link" in b.model.assets[key].kinds for key in event.objects if key in b.model.assets)
    return event.verb in {"visits", "downloads", "changes"} or (event.verb == "clicks" and links)


def _counter(b: Builder, rule: Rule, event: Event) -> str:
    """The field for an event, whichever rules ask how often it has happened: no field can be deleted."""
    key = _counted(b, rule, event)
    if key not in b.memo:
        asked: list[object] = b.memo.setdefault(("events seen", rule.key), [])
        asked.append(key)
        what = "Seen" if len(asked) == 1 else f"Seen {len(asked)}"
        why = f"How often “{rule.title}” has happened, for longer than Marketo's log goes back."
        b.memo[key] = b.counter(what, "score", why)
    return b.shared_helper(b.memo[key], "score", "")


def _counted(b: Builder, rule: Rule, event: Event) -> tuple[object, ...]:
    """What a count is of: rules of one program that are on at the same days count the same whenever it happens."""
    apart = rule.key if rule.limit is not None and rule.limit.by_asset else None
    return "seen", b.program, rule.active, replace(event, nth=1), apart


def first_counted(b: Builder, rule: Rule, event: Event, title: str) -> tuple[str, ...]:
    """The executable that counts an event before its award looks, if no other rule's does.

    What one event fires is one trigger campaign, in which the first rule's steps come first.
    """
    key = (
        "counts",
        *_counted(b, rule, event),
        title if rule.limit is not None and rule.limit.by_asset else None,
    )
    if key in b.memo:
        return ()
    name = b.memo[key] = b.campaign_name(f"Count {title}")
    why = "Counts the event before the award."
    steps = (put(_counter(b, rule, event), "+1"),)
    return (b.campaign(name, AWARDS, "executable", Both(()), steps, role=f"count {title}", why=why),)
