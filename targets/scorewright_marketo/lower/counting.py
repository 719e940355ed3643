"""Rules that count: the n-th event in a window, asked of the log after a wait, or of a counter where the log forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.values import Duration, Window
from scorewright_marketo.lower import events
from scorewright_marketo.lower.bounds import by_awards, in_a_life
from scorewright_marketo.lower.expr import Both, either
from scorewright_marketo.lower.points import execute, put
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.elements import Rule
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["count_executable", "counts", "gate", "is_counted", "long_count"]

FOLDER = "02 Awards"


def is_counted(rule: Rule) -> bool:
    """Whether the rule asks for the n-th event."""
    return any(event.nth > 1 for event in rule.on)


def counts(b: Builder, rule: Rule, on: tuple[Event, ...]) -> Expr:
    """The count that ``at_least`` asks for.  After the wait the event itself is in the log, so it counts."""
    counted = [event for event in on if event.nth > 1]
    if not counted:
        return Both(())
    if long_count(b, on):
        return Clause(_counter(b, rule), "at least", (str(counted[0].nth),))
    _say_edges(b, rule, counted)
    return either(*(events.happened(b, event, event.nth, _widened(event.within, rule)) for event in counted))


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
            f"The count is read {rule.wait or f'{b.options.wait} minutes'} after each event.",
            "events within that time see one another: one award too many for each event that came just before the n-th",
            "filter-counts-trigger-event",
            path=path,
            bounds=by_awards(b, rule, many=in_a_life(rule), when="crowded"),
        )


def gate(b: Builder, rule: Rule, event: Event, title: str, names: list[str]) -> str:
    """Where several events are counted apart: an executable for each, which counts and then awards."""
    if long_count(b, (event,)):
        b.rests_on("retention-web")
    name = b.campaign_name(f"Gate {title}")
    who = counts(b, rule, (event,))
    flow = tuple(execute(b, inner) for inner in names)
    if long_count(b, (event,)):
        first = count_executable(b, rule, title)
        last = b.campaign_name(f"Gate {title} counted")
        b.campaign(
            last, FOLDER, "executable", who, flow, role=f"gate {title}", why="Awards from the n-th event on."
        )
        flow, who = (execute(b, first), execute(b, last)), Both(())
    return b.campaign(
        name, FOLDER, "executable", who, flow, role=f"count {title}", why="Counts one of the rule's events."
    )


def long_count(b: Builder, on: tuple[Event, ...]) -> bool:
    """Whether “ever” is asked of something that the log forgets: then a counter of our own remembers."""
    event = on[0]
    if len(on) != 1 or event.nth <= 1 or event.within is not None:
        return False
    links = any("link" in b.model.assets[key].kinds for key in event.objects if key in b.model.assets)
    return event.verb in {"visits", "downloads", "changes"} or (event.verb == "clicks" and links)


def _counter(b: Builder, rule: Rule) -> str:
    return b.helper(
        "Seen", "score", f"How often “{rule.title}” has happened, for longer than Marketo's log goes back."
    )


def count_executable(b: Builder, rule: Rule, title: str) -> str:
    """Count the event before the award looks at the count."""
    name = b.campaign_name(f"Count {title}")
    why = "Counts the event before the award."
    return b.campaign(
        name, FOLDER, "executable", Both(()), (put(_counter(b, rule), "+1"),), role=f"count {title}", why=why
    )


def _widened(window: Window | None, rule: Rule) -> Window | None:
    """The window as seen at the end of a wait of hours: that much longer.  Minutes are left alone."""
    if window is None or window.rolling is None or rule.wait is None or rule.wait.seconds < 3600:
        return window
    return Window(rolling=Duration((window.rolling.seconds + rule.wait.seconds) // 3600, "h"))
