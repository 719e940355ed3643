"""Awards that are decided so long after the event: an engagement program waits beside each person, and then a rule looks.

Whoever did it bears a tag, and is on the program's list by it.  When the wait is over the program says so by another tag
and takes the first one off; the rule that pays asks for it.  Where the award has a condition of its own, a second rule drops
whoever does not fulfil it then, and the next event begins the next wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.awards import either_way, lacking, worth
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, either, tagged
from scorewright_pardot.lower.fitting import fit
from scorewright_pardot.lower.lasting import PHASE_PROGRAMS
from scorewright_pardot.lower.segments import population
from scorewright_pardot.objects import Act, ActionStep, AutomationRule, DynamicList, EngagementProgram

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Rule
    from scorewright_pardot.lower.context import Context

__all__ = ["WAITING", "check_wait", "drop_in_vain", "tell_waits", "waits"]

WAITING = "waiting"
"""The lowering of a program that waits, and of the rule that drops who fails at the end."""

_DUE = "Says that the wait is over; the rule that pays looks at it."
_CHECK = "Nobody, before the first events."
_TAKES_TAGS = "program-acts-as-rules"


def check_wait(cx: Context, rule: Rule) -> None:
    """What a program can wait for.  Raises ``CannotLowerError``."""
    limit = rule.limit
    facts: tuple[str, ...] = ()
    if rule.wait is None:
        return
    if limit is None or limit.per is not None:
        reason = "a program takes a person through once at a time, and the waits of several events overlap"
        instead = "limit = { times = 1 }, or score the event at once"
    elif not rule.wait.days:
        reason, instead = (
            "the steps of a program wait for whole days",
            "wait for whole days, or score the event at once",
        )
    elif rule.when is not None and (limit.count > 1 or any(event.nth > 1 for event in rule.on)):
        reason = "a program takes a person through once at a time, and one that asks at the end must ask for each event"
        instead = "leave when out, or limit = { times = 1 } without at_least"
    elif rule.when is not None and any(event.verb == "changes" for event in rule.on):
        reason = "rules see what a field is, never that it changed, so nothing begins a wait at each change"
        instead = "leave wait out; or score what the field is: when = { field = … }"
    elif not cx.flag(_TAKES_TAGS):
        reason, instead = "steps of a program put no tags on and take none off", "score the event at once"
        facts = (_TAKES_TAGS,)
    else:
        return
    raise CannotLowerError("limit-needs-a-clock", reason, instead, (*rule.path, "wait"), facts)


def tell_waits(cx: Context, rule: Rule, awards: int | None) -> None:
    """What the lists, the program and the rule see later than the spec; and, with a condition, what overlaps."""
    cx.rest_on("dynamic-list-lag", "program-resumes-where-it-left", "program-labels")
    cx.edge(*either_way(cx, rule, awards, "past-unknown"))
    if rule.when is not None or population(cx) != both():
        cx.edge(*either_way(cx, rule, awards, "wait-over"))
    if rule.when is not None:
        cx.rest_on("program-repeat-least-days", "program-repeat-counts-from-end")
        text = (
            f"{worth(rule)} too many, or {lacking(rule)}, for somebody who does it again before the wait is over: the condition "
            "is looked at for the first time only"
        )
        cx.bounded("waits-one-at-a-time", text, bounds=either_way(cx, rule, awards, "again"))


def waits(cx: Context, rule: Rule, tags: Iterable[str], part: str) -> str:
    """Programs that wait for whoever bears one of these tags; gives the tag that says that a wait is over."""
    assert rule.wait is not None
    assert rule.wait.days
    due = cx.tag(cx.names.tag("rules", rule.key, *part.split(), "due"), rule, _DUE)
    repeat = None if rule.when is None else cx.number("program-repeat-least-days")
    for number, tag in enumerate(tags, 1):
        title = cx.names.list(
            f"rules {rule.key}{part}", "until the wait is over" + (f" {number}" if number > 1 else "")
        )
        made = cx.made(rule, WAITING, "Waits beside each person, as long as the spec says.")
        why = "For whom the wait is not over yet."
        cx.dynamic_list(DynamicList(title, fit(cx, both(tagged(tag)), rule), made._replace(why=why)))
        steps = (
            ActionStep(Act(ACTIONS["tag-add"].text, due), 2, rule.wait.days),
            ActionStep(Act(ACTIONS["tag-remove"].text, tag), 3),
        )
        cx.add(EngagementProgram(title, title, steps, repeat, PHASE_PROGRAMS, _CHECK, made), title)
    return due


def drop_in_vain(cx: Context, rule: Rule, due: str, part: str, phase: int) -> None:
    """Whoever does not fulfil the condition when the wait is over is looked at no more, until it happens again."""
    if rule.when is None:
        return
    fails = either(criteria(cx, rule.when, rule, holds=False), population(cx, inside=False))
    name = cx.names.rule(f"rules {rule.key}", f"in vain{part}")
    made = cx.made(rule, WAITING, "The condition does not hold when the wait is over.")
    tree = fit(cx, both(tagged(due), fails), rule)
    drop = Act(ACTIONS["tag-remove"].text, due)
    cx.add(AutomationRule(name, tree, (drop,), cx.repeat, phase, _CHECK, made), name)
