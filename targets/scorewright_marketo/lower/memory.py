"""What was ever done, where the log forgets: whoever does it comes onto a list, and stays there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.elements import Decay, Grade, Rule, Tier
from scorewright.model.values import Duration, Window
from scorewright_marketo.folders import TRIGGERS
from scorewright_marketo.lower import events
from scorewright_marketo.lower.bounds import by_condition, joined
from scorewright_marketo.lower.creation import emit_at_creation, first_values
from scorewright_marketo.lower.expr import Both, either
from scorewright_marketo.names import clean
from scorewright_marketo.objects import FlowStep

if TYPE_CHECKING:
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder

__all__ = ["remembered"]


def remembered(b: Builder, event: Event, least: int) -> str | None:
    """The list of whoever has ever done it; ``None`` where the log is asked, as it is by what looks at the event itself."""
    nightly = isinstance(b.element, (Tier, Grade, Decay)) or (
        isinstance(b.element, Rule) and not b.element.on
    )
    if least != 1 or event.within is not None or not nightly:
        return None
    if events.forgotten_after(b, event) != "retention-web":
        return None
    kept = int(b.fact("retention-web"))
    _say_long_ago(b, event, kept)
    key = ("remembered", event)
    if key not in b.memo:
        b.memo[key] = _list(b, event, kept)
    return str(b.memo[key])


def _list(b: Builder, event: Event, kept: int) -> str:
    """The list, the trigger that fills it, and the batch for those who have done it already."""
    what = " ".join((event.verb, *event.objects))
    name = b.claim(
        "list", clean(f"{b.options.helper_prefix} Ever {what}"), ("remembered", event), str(len(b.memo))
    )
    whole = b.static_list(name, f"Who has ever done this: {what}; the log forgets it after {kept} days.")
    on = FlowStep("Add to List", (("List Name", whole),))
    b.campaign(
        b.campaign_name(f"Remember {what}"),
        TRIGGERS,
        "trigger",
        Both(()),
        (on,),
        triggers=events.triggers(b, event),
        stage="helpers",
        role=f"remember {what}",
        population=False,
        why="The log forgets it, and the list does not.",
    )
    new = first_values(b, (event,))
    if new:
        emit_at_creation(
            b,
            b.campaign_name(f"Remember {what} at creation"),
            either(*new),
            (on,),
            stage="helpers",
            role=f"remember-created {what}",
        )
    b.campaign(
        b.campaign_name(f"Start of {what}"),
        TRIGGERS,
        "batch",
        events.happened(b, event, 1, Window(rolling=Duration(kept, "d"))),
        (on,),
        schedule="Run once",
        stage="start",
        role=f"remember-start {what}",
        population=False,
        why="Who has done it lately is remembered, too.",
    )
    return whole


def _say_long_ago(b: Builder, event: Event, kept: int) -> None:
    first = "before-start" if b.model.header.starts else "existing"
    found = by_condition(b, event.path, yes=False, when=first)
    lost = events.anonymous(b, event) and not b.fact("late-anonymous-past")
    b.bounded(
        "long-ago-unknown",
        f"Marketo keeps this activity for {kept} days, so who has ever done it is remembered from the start on.",
        "whoever did it last before that, who counts as somebody who never did",
        "retention-web",
        path=event.path,
        bounds=joined(found, by_condition(b, event.path, yes=False, when="past-unknown") if lost else ()),
    )
