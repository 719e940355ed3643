"""Dates of the last activity or award, written by triggers: they tell a silence that the log is too short for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright_marketo.folders import HELPERS
from scorewright_marketo.lower.activity import UNLOGGED, as_trigger
from scorewright_marketo.lower.bounds import by_decay
from scorewright_marketo.lower.expr import Both, either
from scorewright_marketo.lower.points import awarded
from scorewright_marketo.names import clean
from scorewright_marketo.objects import FlowStep

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Decay
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.objects import Clause

__all__ = ["award_stamp", "award_stamps", "prepare_stamps", "say_stamped", "stamp_of"]

_ANONYMOUS = {"visits", "starts_visit", "clicks", "downloads"}
"""What a visitor does before becoming known, and what is told of it afterwards."""


def say_stamped(b: Builder, decay: Decay) -> None:
    """A stamp is the time of its trigger's run; the log, which shorter silences ask, has the time of the activity."""
    verbs = set(decay.activity)
    if decay.activity == ("awards",):
        earned = [
            rule
            for rule in b.model.rules.values()
            if any(decay.score in awarded(b, key) for key, _ in rule.points)
        ]
        verbs = {event.verb for rule in earned for event in rule.on}
    if not verbs & _ANONYMOUS:
        return
    runs = b.fact("late-anonymous-past")
    b.bounded(
        "late-past-stamped",
        "The date of the last activity is the time at which its trigger runs"
        + (
            ", also for what a visitor did before becoming known."
            if runs
            else "; what came before is not seen."
        ),
        "a silence of who becomes known counts from then, not from what they did before: later by the time between"
        if runs
        else "what a visitor did before becoming known ends no silence: it is over earlier by the time between",
        "late-anonymous-past",
        bounds=by_decay(b, decay, early=not runs, late=bool(runs), when="past-unknown"),
    )


def stamp_of(b: Builder, decay: Decay, kinds: tuple[Clause, ...]) -> str:
    """The date of the last activity: written by a trigger on each kind, and once for everybody in the log."""
    label = _stamp_label(b, decay)
    if ("stamp", label) not in b.memo:
        b.memo["stamp", label] = True
        b.shared_helper(
            label, "datetime", "When the person was last active, for longer than Marketo's log goes back."
        )
        now = FlowStep("Change Data Value", (("Attribute", label), ("New Value", "{{system.dateTime}}")))
        b.element = replace(decay, product=None)
        watch = b.campaign_name(f"Stamp {label}")
        b.campaign(
            watch,
            HELPERS,
            "trigger",
            Both(()),
            (now,),
            triggers=(*map(as_trigger, kinds), *UNLOGGED)
            if "joins" in decay.activity
            else tuple(map(as_trigger, kinds)),
            stage="helpers",
            role="stamp",
            population=False,
            why="Keeps the date of the last activity.",
        )
        start = b.campaign_name(f"Start {label}")
        b.campaign(
            start,
            HELPERS,
            "batch",
            either(*kinds),
            (now,),
            schedule="Run once",
            stage="start",
            role="stamp-start",
            population=False,
            why="Everybody with an activity in the log gets a date; who has none counts as never active.",
        )
        b.element = decay
    return b.shared_helper(label, "datetime", "")


def _stamp_label(b: Builder, decay: Decay) -> str:
    """One date for what ends the same silences, whichever decays go by it."""
    label = f"{b.options.helper_prefix} Last Active"
    if {*decay.activity} == {*b.model.header.counts_as_activity}:
        return label
    known: str = b.memo.setdefault(("date of", frozenset(decay.activity)), f"{label} {clean(decay.title)}")
    return known


def award_stamp(b: Builder, key: str) -> str:
    """The date of the last award to a score."""
    score = b.model.scores[key]
    label = f"{b.options.helper_prefix} Last Award {clean(score.title)}" + (
        f" {score.product}" if score.product else ""
    )
    return b.shared_helper(label, "datetime", f"When {score.title} was last given points.")


def prepare_stamps(b: Builder) -> None:
    """Remember which scores must be stamped at each award, before the awards are lowered."""
    for decay in b.model.decay.values():
        if decay.activity == ("awards",):
            b.memo["award-stamp", decay.score] = True


def award_stamps(b: Builder, keys: Iterable[str]) -> list[FlowStep]:
    """The steps that stamp an award, for scores whose silence awards end."""
    scores = dict.fromkeys(
        name for key in keys for name in awarded(b, key) if ("award-stamp", name) in b.memo
    )
    return [
        FlowStep(
            "Change Data Value", (("Attribute", award_stamp(b, key)), ("New Value", "{{system.dateTime}}"))
        )
        for key in scores
    ]
