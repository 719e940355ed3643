"""What is said of event rules: where an award may be missing, be given twice, or come in another order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.actions import Assign, Reset
from scorewright.model.conditions import ScoreTest, walk
from scorewright_marketo.lower import events
from scorewright_marketo.lower.answers import say_noes
from scorewright_marketo.lower.bounds import by_actions, by_awards, by_scores, in_a_life, rivals
from scorewright_marketo.lower.edges import may_end
from scorewright_marketo.lower.ending import say_cancelled
from scorewright_marketo.lower.points import awarded

if TYPE_CHECKING:
    from scorewright.model.elements import Rule, Threshold
    from scorewright_marketo.lower.context import Builder

__all__ = ["say_caveats"]


def say_caveats(b: Builder, rule: Rule) -> None:
    """Everything about a rule that is not exact, each with its bound."""
    _say_siblings(b, rule)
    _say_rivals(b, rule)
    _say_reset(b, rule)
    _say_past(b, rule)
    say_noes(b, rule, rule.on)
    _say_ends_outside(b, rule)
    say_cancelled(b, rule)
    _say_waits_on(b, rule)


def _say_past(b: Builder, rule: Rule) -> None:
    """What visitors do is theirs from the beginning, if Marketo starts the triggers when it learns who they are."""
    if any(events.anonymous(b, event) for event in rule.on) and not b.fact("late-anonymous-past"):
        b.bounded(
            "unknown-past",
            "Triggers do not run on what a visitor did before becoming known.",
            "every award for what the person saw, clicked and downloaded before",
            "late-anonymous-past",
            bounds=by_awards(b, rule, few=in_a_life(rule), when="past-unknown"),
        )


def _say_reset(b: Builder, rule: Rule) -> None:
    """Points of one event come before its actions; here another award of the event may come after the reset."""
    for key in dict.fromkeys(action.score for action in rule.then if isinstance(action, Reset)):
        given = [
            number.value
            for other in rivals(b, rule)
            for name, number in other.points
            if key in awarded(b, name) and number.value
        ]
        if given:
            change = (key, min(0, sum(n for n in given if n < 0)), max(0, sum(n for n in given if n > 0)))
            b.bounded(
                "sibling-order",
                "The award resets a score that other awards of the same event give points to.",
                "the points of those that come after the reset, until the next one",
                "trigger-order",
                path=(*rule.path, "then"),
                bounds=by_scores(b, (change,), fed=False),
            )


def _say_rivals(b: Builder, rule: Rule) -> None:
    """Who has an owner keeps them, and of several campaigns that assign at one event any may come first."""
    mine = [action for action in rule.then if isinstance(action, Assign)]
    if not mine:
        return
    others: list[Rule | Threshold] = [
        *b.model.thresholds.values(),
        *rivals(b, rule),
    ]
    titles = dict.fromkeys(
        other.title for other in others if any(isinstance(action, Assign) for action in other.then)
    )
    if mine and titles:
        names = " and ".join(f"“{title}”" for title in titles)
        b.bounded(
            "who-assigns",
            f"{names} can assign at the same event; who has an owner keeps them, and the campaigns come in any order.",
            "one assignment each time that nobody owns the person, which the other makes",
            "trigger-order",
            bounds=by_actions(b, rule, mine, few=None, many=None, when="two-assign"),
        )


def _say_ends_outside(b: Builder, rule: Rule) -> None:
    """What takes points back is on its way already, and stops for nobody who leaves the population."""
    if (rule.expires is not None or rule.fades is not None) and may_end(b):
        b.bounded(
            "ends-outside-too",
            "What takes the points back waits since the award, and comes also for who is outside the population then.",
            "the points that end while the person is outside, which are gone at once and not on the return",
            "request-from-executable",
            path=(*rule.path, "expires" if rule.expires is not None else "fades"),
            bounds=by_awards(b, replace(rule, then=()), few=in_a_life(rule), when="outside"),
        )


def _say_waits_on(b: Builder, rule: Rule) -> None:
    """Who waits in a campaign goes on when no more are let in; and nobody begins to wait before it is activated."""
    active = b.model.header.active
    if rule.wait is None or active is None:
        return
    path = (*rule.path, "wait")
    if active.last is not None:
        b.bounded(
            "waits-beyond-the-end",
            f"Who is waiting when the campaigns are deactivated after {active.last} goes on, and is given the award.",
            "the awards of the last days, whose wait ends after them",
            path=path,
            bounds=by_awards(b, rule, many=in_a_life(rule), when="outside"),
        )
    if active.first is not None:
        b.bounded(
            "waits-before-the-beginning",
            f"Before {active.first} no campaign is on in which anybody could begin to wait.",
            "the awards of the days before, whose wait ends after them",
            path=path,
            bounds=by_awards(b, rule, few=in_a_life(rule), when="outside"),
        )


def _say_siblings(b: Builder, rule: Rule) -> None:
    """A condition on a score that another rule changes at the same kind of event: nobody promises who comes first."""
    read = {item.score for item in walk(rule.when) if isinstance(item, ScoreTest)}
    if not read or rule.wait is not None:
        return
    verbs = {event.verb for event in rule.on}
    rivals = [
        other
        for other in b.model.rules.values()
        if other is not rule and any(event.verb in verbs for event in other.on)
    ]
    written = {name for other in rivals for key, _ in other.points for name in awarded(b, key)}
    if read & written:  # a fixed order need not be the one that is meant
        b.bounded(
            "sibling-order",
            "The award reads a score that other awards of the same event change.",
            "one award, for a person whom the same event carries over the condition's bound",
            "trigger-order",
            path=(*rule.path, "when"),
            bounds=by_awards(b, rule, few=in_a_life(rule), many=in_a_life(rule)),
        )
