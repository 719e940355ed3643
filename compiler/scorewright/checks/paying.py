"""Points that are paid twice, never, or cut: rules for one event, numbers that are 0, limits that do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model import elements as el
    from scorewright.model.events import Event
    from scorewright.model.values import Window

__all__ = ["FAMILY"]

PAID_TWICE = Rule(
    "SW450",
    "paid-twice",
    Severity.WARNING,
    """What
Two rules that give points in the same score for the same event, under the same conditions and limits.
Why
All matching rules add up: one form is then worth the points of both. Often the second was written for another name of
the same form.
Example
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }

    [rules.forms]
    on = { submits = ["contact", "demo"] }
    points = { engagement = 20 }
Use instead
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }

    [rules.forms]
    on = { submits = "demo" }
    points = { engagement = 20 }
""",
)

WORTH_NOTHING = Rule(
    "SW451",
    "worth-nothing",
    Severity.WARNING,
    """What
A rule whose points are all 0, and which does nothing else.
Why
It is built and run, and changes nobody. What should not count is left out of a spec.
Example
    [rules.open]
    on = { opens = "any-email" }
    points = { engagement = 0 }
    limit = { times = 1, each = "asset" }
Use instead
    [rules.open]
    on = { opens = "any-email" }
    points = { engagement = 1 }
    limit = { times = 1, each = "asset" }
""",
)

NEVER_BITES = Rule(
    "SW452",
    "limit-never-bites",
    Severity.WARNING,
    """What
A limit that nothing ever comes up against, because something else is narrower.
Why
It looks like a guard and is none. Whoever raises the narrower one believes that this one holds.
Example
    [groups.web]
    score = "engagement"
    limit = { points = 20, per = "90d" }

    [rules.visit]
    on = { visits = "any-page" }
    points = { engagement = 1 }
    limit = { points = 30, per = "90d" }
    group = "web"
Use instead
    [groups.web]
    score = "engagement"
    limit = { points = 20, per = "90d" }

    [rules.visit]
    on = { visits = "any-page" }
    points = { engagement = 1 }
    group = "web"
""",
)

SHORTER_THAN_COUNT = Rule(
    "SW453",
    "limit-shorter-than-count",
    Severity.ADVICE,
    """What
A rule that counts events in a window, and whose limit has a shorter one.
Why
Three visits on Monday then pay again with the next visit on Tuesday: the same three visits are counted twice.
Example
    [rules.regular]
    on = { starts_visit = true, at_least = 3, within = "7d" }
    points = { engagement = 5 }
    limit = { times = 1, per = "1d" }
Use instead
    [rules.regular]
    on = { starts_visit = true, at_least = 3, within = "7d" }
    points = { engagement = 5 }
    limit = { times = 1, per = "7d" }
""",
)

CUTS_EACH = Rule(
    "SW454",
    "limit-below-one-award",
    Severity.ADVICE,
    """What
A limit in points that is smaller than one award.
Why
The last award gives what still fits, so here already the first is cut, and the number in `points` is never given.
Example
    [rules.download]
    on = { downloads = "any-file" }
    points = { engagement = 10 }
    limit = { points = 5, per = "30d" }
Use instead
    [rules.download]
    on = { downloads = "any-file" }
    points = { engagement = 10 }
    limit = { points = 20, per = "30d" }
""",
)


# --- twice ----------------------------------------------------------------------------------------------------------


def paid_twice(subject: Subject) -> Iterator[Finding]:
    """Rules that differ in nothing but their name and points, for one event.

    A count, a condition or a limit of its own makes a rule another one: a first visit that earns more, say.
    """
    model = subject.model
    seen: dict[object, tuple[el.Rule, KeyPath]] = {}
    for rule in model.rules.values():
        for event in rule.on:
            for key, name in _what_pays(rule, event, model):
                first, path = seen.setdefault(key, (rule, event.path))
                if first is not rule:
                    yield _twice(first, rule, event, name, path)
                    break


def _what_pays(rule: el.Rule, event: Event, model: el.Model) -> Iterator[tuple[object, str]]:
    """For each score and each real asset what makes an award another one, and the name of the asset."""
    asked = (event.verb, event.excluding, event.nth, event.within, event.where)
    terms = (asked, rule.when, rule.wait, rule.limit, rule.group, rule.active)
    for score, points in rule.points:
        for kind, name in _names(event, model):
            if points.value:
                yield (score, points.value > 0, kind, name, terms), name


def _names(event: Event, model: el.Model) -> Iterator[tuple[str, str]]:
    """Kind and name of an event's real assets, so that two ids for one form are seen to be one."""
    if not event.objects:
        yield "", event.verb
    for key in event.objects:
        asset = model.assets.get(key) if event.verb not in {"does", "changes"} else None
        if asset is None or asset.builtin or asset.match != "is" or asset.names:
            yield "", key
        else:
            yield from ((asset.kinds[0], text.casefold().rstrip("/")) for text in asset.texts)


def _twice(first: el.Rule, second: el.Rule, event: Event, name: str, path: KeyPath) -> Finding:
    message = f"{event.verb} {name!r} earns points by {first.key!r} and by {second.key!r}, for one event"
    if name == event.verb:
        message = f"{event.verb} earns points by {first.key!r} and by {second.key!r}, for one event"
    help_ = "give all the points in one of the two rules; or take the asset out of one"
    return PAID_TWICE.at((*event.path, event.verb), message, help=help_, related=[(path, "the first rule")])


# --- never ----------------------------------------------------------------------------------------------------------


def worth_nothing(subject: Subject) -> Iterator[Finding]:
    """Rules that are worth 0 in every score and, where there is one for each product, for every product."""
    moving = {
        rule.id for rule in subject.model.rules.values() if rule.then or any(n.value for _, n in rule.points)
    }
    for rule in subject.model.rules.values():
        if rule.id not in moving and rule.points:
            message = f"{rule.id!r} is worth 0 in every score"
            yield WORTH_NOTHING.at(
                (*rule.path, "points"), message, help="give it points, or delete the rule", on="key"
            )


# --- limits ---------------------------------------------------------------------------------------------------------


def limits(subject: Subject) -> Iterator[Finding]:
    """Limits of rules beside their groups, their counts and their awards."""
    model = subject.model
    for rule in model.rules.values():
        if rule.limit is not None:
            yield from _beside_group(rule, rule.limit, model)
            yield from _beside_count(rule, rule.limit)
            yield from _beside_award(rule, rule.limit)
            if rule.limit.per is not None and rule.limit.per.calendar == "visit" and _starts_visits(rule):
                message = "a visit starts once, so a limit by visit never bites"
                yield NEVER_BITES.at(
                    (*rule.path, "limit", "per"), message, help="delete the limit, or name a window"
                )


def _starts_visits(rule: el.Rule) -> bool:
    return all(event.verb == "starts_visit" for event in rule.on)


def _beside_group(rule: el.Rule, limit: el.Limit, model: el.Model) -> Iterator[Finding]:
    group = model.groups.get(rule.group or "")
    if (
        group is not None
        and limit.kind == "points"
        and limit.per == group.limit.per
        and limit.count >= group.limit.count
    ):
        message = f"the group {group.id!r} stops at {group.limit.count} already, so this limit of {limit.count} never bites"
        yield NEVER_BITES.at(
            (*rule.path, "limit", "points"), message, help="delete it, or make it smaller than the group's"
        )


def _beside_count(rule: el.Rule, limit: el.Limit) -> Iterator[Finding]:
    for event in rule.on:
        if event.nth > 1 and _seconds(limit.per) < _seconds(event.within) < float("inf"):
            message = f"{event.nth} events within {event.within} pay again after {limit.per}, and the same ones count"
            help_ = f'write per = "{event.within}", or count within {limit.per}'
            yield SHORTER_THAN_COUNT.at((*rule.path, "limit", "per"), message, help=help_)
            return


def _seconds(window: Window | None) -> float:
    return float("inf") if window is None or window.rolling is None else window.rolling.seconds


def _beside_award(rule: el.Rule, limit: el.Limit) -> Iterator[Finding]:
    award = max((abs(points.value) for _, points in rule.points), default=0)
    if limit.kind == "points" and award > limit.count:
        message = f"one award is {award} points, and the limit cuts the first one to {limit.count}"
        yield CUTS_EACH.at(
            (*rule.path, "limit", "points"), message, help="raise the limit, or lower the points"
        )


def groups(subject: Subject) -> Iterator[Finding]:
    """Groups whose rules together, each under its own limit, cannot fill them."""
    model = subject.model
    most: dict[str, float] = {}
    for rule in model.rules.values():
        if rule.group is not None:
            most[rule.group] = most.get(rule.group, 0) + _own_most(rule, model.groups[rule.group])
    for key, points in most.items():
        group = model.groups[key]
        if points <= group.limit.count:
            message = f"its rules come to {points:.0f} points {_per(group)}at most, so a limit of {group.limit.count} never bites"
            help_ = "lower it, or raise the limits of the rules"
            yield NEVER_BITES.at((*group.path, "limit", "points"), message, help=help_)


def _per(group: el.Group) -> str:
    return f"in {group.limit.per} " if group.limit.per is not None else ""


def _own_most(rule: el.Rule, group: el.Group) -> float:
    """What a rule gives at most in the group's window by its own limit."""
    limit = rule.limit
    if limit is None or limit.by_asset or (limit.per is not None and limit.per != group.limit.per):
        return float("inf")
    award = max((abs(points.value) for score, points in rule.points if score == group.score), default=0)
    return limit.count if limit.kind == "points" else limit.count * award


FAMILY = Family(
    (PAID_TWICE, WORTH_NOTHING, NEVER_BITES, SHORTER_THAN_COUNT, CUTS_EACH),
    (paid_twice, worth_nothing, limits),
    (groups,),
)
