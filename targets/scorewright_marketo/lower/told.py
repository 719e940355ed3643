"""What is said of thresholds: how exact each way of noticing is, and by how much the platform may be off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.actions import Assign
from scorewright.model.elements import Threshold
from scorewright_marketo.lower import events
from scorewright_marketo.lower.bounds import by_actions, joined
from scorewright_marketo.lower.drifting import changed_by_night, opened_by_clock, over_by_night, passing
from scorewright_marketo.lower.edges import of_threshold
from scorewright_marketo.lower.expr import Both
from scorewright_marketo.lower.itself import watch_wait
from scorewright_marketo.lower.opening import awake, lowered_later, opened_at_once, sleeps_through
from scorewright_marketo.lower.shutting import exclude, shut_by

if TYPE_CHECKING:
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["Gate", "rearm_wait", "say", "say_required"]


class Gate(NamedTuple):
    """The parts of a threshold that its campaigns share."""

    item: Threshold
    opened: Expr
    closed: Expr
    shut: Expr
    crossed: str | None
    act: str


def say(b: Builder, gate: Gate) -> None:
    """How a threshold is noticed, and each way in which that can go wrong."""
    wait, nightly = b.options.wait, changed_by_night(b, gate.item)
    _say_rivals(b, gate.item)
    _say_first(b, gate.item)
    _say_at_once(b, gate.item)
    _say_asleep(b, gate.item)
    _say_lowered(b, gate.item)
    _say_over(b, gate.item)
    _say_past(b, gate.item)
    if gate.crossed is None:
        b.exact(
            "threshold-disarms",
            f"A score trigger, a wait of {wait} minutes, and an executable that reads the score again; "
            "taking the mark is what keeps it from firing twice.",
            bounds=of_threshold(b, gate.item, nightly=nightly, disarms=True),
        )
        return
    if nightly and gate.item.schedule is not None:
        _say_night(b, gate.item)
    look = "Batches at the hours of the schedule look" if gate.item.schedule else "An executable looks"
    minutes = watch_wait(b, gate.item.or_on)
    after = "" if gate.item.schedule else f" {minutes} minutes after a trigger"
    passes = _say_passing(b, gate)
    _say_clock(b, gate)
    b.exact(
        "threshold",
        f"{look} at the score{after}. The list {gate.crossed} holds who is past it; who falls is taken off "
        f"{rearm_wait(b)} minutes later, if still below: crossings that lie closer together count as one.{passes}",
        bounds=of_threshold(b, gate.item, nightly=nightly),
    )


def _say_rivals(b: Builder, item: Threshold) -> None:
    """Nobody promises which of two campaigns comes first, and who has an owner keeps them."""
    mine = [action for action in item.then if isinstance(action, Assign)]
    others = [
        other.title
        for table in (b.model.thresholds, b.model.rules)
        for other in table.values()
        if other is not item
        and any(isinstance(action, Assign) for action in other.then)
        and not (isinstance(other, Threshold) and exclude(b, item, other))
    ]
    if mine and others:
        names = " and ".join(dict.fromkeys(f"“{title}”" for title in others))
        b.bounded(
            "who-assigns",
            f"{names}{'' if len(others) > 1 or item.product is None else ' of another product'} can open at the same moment and assign too; "
            "who has an owner keeps them, and the campaigns come in any order.",
            "one assignment each time that nobody owns the person, which the other makes",
            "trigger-order",
            bounds=by_actions(b, item, mine, few=None, many=None, when="two-assign"),
        )


def _say_first(b: Builder, item: Threshold) -> None:
    """Thresholds that open in one moment are all handed over; here one acts before the other has been looked at."""
    titles = shut_by(b, item)
    if titles:
        names = " and ".join(f"“{title}”" for title in titles)
        b.bounded(
            "who-acts-first",
            f"{names} can open at the same moment, and what is done then shuts this one before it is looked at; the "
            "campaigns come in any order.",
            "one handoff each time that both open at once, for whom the other comes first",
            "trigger-order",
            bounds=by_actions(b, item, item.then, few=None, when="fired-together"),
        )


def _say_at_once(b: Builder, item: Threshold) -> None:
    """What another threshold does opens this one for the next event; here it may be looked at after that was done."""
    titles = () if item.schedule is not None else opened_at_once(b, item)
    if titles:
        names = " and ".join(f"“{title}”" for title in titles)
        b.bounded(
            "opened-at-once",
            f"What {names} does can open this one, which only the person's next event should find open; the campaigns "
            "of one event come in any order.",
            "one handoff at the event that opens it instead of at the next, each time that the other comes first; also "
            "where a third, at the same event, shuts it again",
            "trigger-order",
            bounds=joined(
                *(
                    by_actions(b, item, item.then, many=None, when=when)
                    for when in ("opened-in-silence", "fired-together")
                )
            ),
        )


def _say_asleep(b: Builder, item: Threshold) -> None:
    """Points for what holds come by night, when whoever sleeps has done nothing that tells them from the decay's own."""
    if awake(b, item) != Both(()) and sleeps_through(b, item):
        b.bounded(
            "sleeps-through-facts",
            "A score that changes by night opens it only for who was active; a field that changes is no activity.",
            "one handoff at the person's next event instead of when the field changes",
            "batch-person-in-minutes",
            bounds=by_actions(b, item, item.then, few=None, when="facts-change"),
        )


def _say_lowered(b: Builder, item: Threshold) -> None:
    """A field is read as it is now, a score of what holds as of the night before: together they may never have been so."""
    titles = () if item.schedule is not None else lowered_later(b, item)
    if titles:
        names = ", ".join(f"“{title}”" for title in titles)
        b.bounded(
            "field-before-score",
            f"What changes on a person opens or shuts it at once; the points of {names} for the same change follow by night.",
            "one handoff too many, or one too few after it, each time that one change does both",
            "batch-person-in-minutes",
            bounds=by_actions(b, item, item.then, few=None, many=None, when="facts-change"),
        )


def _say_over(b: Builder, item: Threshold) -> None:
    """What holds for less than a day, as a date does that is told late, is over before the nightly batch looks."""
    titles = over_by_night(b, item)
    if titles:
        names = ", ".join(f"“{title}”" for title in titles)
        b.bounded(
            "over-before-night",
            f"{names} can hold for some hours only, and what holds is looked at by night.",
            "one handoff too few, each time that what holds opens it and is over before the night",
            "batch-person-in-minutes",
            bounds=by_actions(b, item, item.then, few=None, when="facts-change"),
        )


def _say_night(b: Builder, item: Threshold) -> None:
    """A look by schedule comes before the night in which a fact that has changed since is taken into the score."""
    b.bounded(
        "looks-before-night",
        "The schedule's batches read scores in which what holds is a day late.",
        "one handoff more or less at a look, for whom what holds has changed since the night before",
        "batch-person-in-minutes",
        bounds=by_actions(b, item, item.then, few=None, many=None, when="facts-change"),
    )


def _say_past(b: Builder, item: Threshold) -> None:
    """What visitors do raises their hand later on, if Marketo starts the triggers when it learns who they are."""
    if any(events.anonymous(b, event) for event in item.or_on) and not b.fact("late-anonymous-past"):
        b.bounded(
            "unknown-past",
            "Triggers do not run on what a visitor did before becoming known.",
            "every handoff for what the person saw, clicked and downloaded before",
            "late-anonymous-past",
            bounds=by_actions(b, item, item.then, few=None, when="past-unknown"),
        )


def _say_clock(b: Builder, gate: Gate) -> None:
    """Only events open a threshold; here the trigger is a changed score, whatever has changed it."""
    titles = () if gate.item.schedule is not None else opened_by_clock(b, gate.item)
    if titles:
        names = ", ".join(f"“{title}”" for title in titles)
        b.bounded(
            "opened-by-the-clock",
            f"{names} can move the score into the threshold without an event, which Score is Changed does not tell apart.",
            "one handoff before the person's next event instead of at it",
            "new-score-on-decrease",
            bounds=by_actions(b, gate.item, gate.item.then, many=None, when="opened-in-silence"),
        )


def _say_passing(b: Builder, gate: Gate) -> str:
    """A re-roll takes back before it gives: between the two a score stands elsewhere for a moment."""
    most, titles = passing(b, gate.item)
    if not most:
        return ""
    names = ", ".join(f"“{title}”" for title in titles)
    moved = f"between two steps of the batch of {names} a score can be off by up to {most} points"
    if b.fact("batch-person-in-minutes"):
        return f" For the moment {moved}; the waits are longer than that."
    b.bounded(
        "spare-handoff",
        f"Between two looks {moved}.",
        f"one handoff too many for a person whose score is less than {most} points from the bound, when a batch stays "
        f"longer than {b.options.wait} to {rearm_wait(b)} minutes between two steps",
        "batch-person-in-minutes",
        bounds=by_actions(b, gate.item, gate.item.then, many=None, when="facts-change"),
    )
    return ""


def say_required(b: Builder, item: Threshold) -> None:
    """A yes/no field is never empty, so asking whether it is known asks nothing."""
    booleans = [key for key in item.required_fields if b.model.fields[key].type == "yes_no"]
    if booleans and b.fact("empty-boolean-is-false"):
        labels = " and ".join(b.field_label(key) for key in booleans)
        b.bounded(
            "unknown-counts-as-no",
            f"{labels}: a boolean, which has no empty state, so that it is always known.",
            "everybody whose answer is unknown, who is handed over as if it were a no; make it a text field with Yes "
            "and No to tell them apart",
            "empty-boolean-is-false",
            path=(*item.path, "required_fields"),
            bounds=by_actions(b, item, item.then, many=None, when="unanswered"),
        )


def rearm_wait(b: Builder) -> int:
    """Minutes between a fall and the look at it: re-arming has no hurry, and comes after every crossing."""
    return max(60, 4 * b.options.wait)
