"""Limits, groups and counts: what a limit counts must be there, and be counted in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model, Threshold
    from scorewright.model.elements import Rule as ScoringRule
    from scorewright.model.events import Event

__all__ = ["FAMILY"]

COUNT_NEEDS_LIMIT = Rule(
    "SW330",
    "count-needs-limit",
    Severity.ERROR,
    """What
A rule or threshold that counts (`at_least` in `on` or `or_on`) has no `limit`.
Why
`at_least = 3` means the third event and every later one. Whether the fourth and the fifth earn points too is what
the limit says, so the text never leaves it open.
Example
    [rules.careers]
    on = { visits = "careers", at_least = 3, within = "7d" }
    points = { engagement = -10 }
Use instead
    [rules.careers]
    on = { visits = "careers", at_least = 3, within = "7d" }
    points = { engagement = -10 }
    limit = { times = 1, per = "7d" }
""",
)

WINDOW_WITHOUT_COUNT = Rule(
    "SW331",
    "window-without-count",
    Severity.WARNING,
    """What
An event with `within` and without a count.
Why
The first event of a window is every event, so the window changes nothing. What is meant is a count, a limit that is
given `per` window, or a question about the past.
Example
    [rules.pricing]
    on = { visits = "pricing", within = "7d" }
    points = { engagement = 5 }
Use instead
    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 5 }
    limit = { times = 1, per = "7d" }
""",
)

MIXED_SIGNS = Rule(
    "SW332",
    "mixed-signs",
    Severity.ERROR,
    """What
A rule with a limit in points gives points to one score and takes them from another.
Why
A limit in points counts sizes and not signs; what is left of it cannot be shared between giving and taking.
Example
    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 5, careers = -5 }
    limit = { points = 20, per = "30d" }
Use instead
    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 5 }
    limit = { points = 20, per = "30d" }

    [rules.pricing-is-not-careers]
    on = { visits = "pricing" }
    points = { careers = -5 }
    limit = { points = 20, per = "30d" }
""",
)

GROUP_OF_ANOTHER_SCORE = Rule(
    "SW333",
    "group-of-another-score",
    Severity.ERROR,
    """What
A rule that names a group gives no points to the group's score.
Why
The group limits the points of one score; for this rule it would limit nothing.
Example
    [groups.email]
    score = "engagement"
    limit = { points = 20, per = "90d" }

    [rules.click]
    on = { clicks = "any-email" }
    points = { interest = 3 }
    group = "email"
Use instead
    [groups.email]
    score = "interest"
    limit = { points = 20, per = "90d" }

    [rules.click]
    on = { clicks = "any-email" }
    points = { interest = 3 }
    group = "email"
""",
)

NOTHING_TO_COUNT = Rule(
    "SW334",
    "limit-without-points",
    Severity.ERROR,
    """What
A limit in points on a rule that gives none.
Why
The limit would never be reached; a rule that only acts is limited by `times`.
Example
    [rules.tell]
    on = { visits = "pricing" }
    then = [
      { notify = "owner" },
    ]
    limit = { points = 10, per = "7d" }
Use instead
    [rules.tell]
    on = { visits = "pricing" }
    then = [
      { notify = "owner" },
    ]
    limit = { times = 1, per = "7d" }
""",
)

LIMIT_OF_THRESHOLD = Rule(
    "SW335",
    "limit-of-a-threshold",
    Severity.ERROR,
    """What
A limit in points, or for each asset, on a threshold.
Why
A threshold gives no points, and what opens it is no asset: what can be limited is how often it fires for one person.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { notify = "owner" },
    ]
    limit = { points = 100, per = "90d" }
Use instead
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { notify = "owner" },
    ]
    limit = { times = 1, per = "90d" }
""",
)

EACH_WITHOUT_ASSETS = Rule(
    "SW336",
    "each-asset-without-assets",
    Severity.ERROR,
    """What
A limit with `each = "asset"` on a rule whose event is about no asset.
Why
A search, a bounce, a changed field or an activity of your own has no page, form or e-mail that could be counted
apart.
Example
    [rules.search]
    on = { searches = true }
    points = { engagement = 3 }
    limit = { times = 1, each = "asset" }
Use instead
    [rules.search]
    on = { searches = true }
    points = { engagement = 3 }
    limit = { times = 1, per = "calendar day" }
""",
)

EXPIRES_AND_DECAYS = Rule(
    "SW337",
    "expires-and-decays",
    Severity.ERROR,
    """What
An award that expires or fades, to a score that also decays.
Why
Nobody can say which points a decay has taken: 20 and 7, a decay of 5, then the 20 expire, leaves 2, though the 7
never expired. One of the two ways of forgetting has to go.
Example
    [model]
    counts_as_activity = ["visits"]

    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 20 }
    expires = "30d"

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", subtract = 5 },
    ]
Use instead
    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 20 }
    expires = "30d"
""",
)

RULES = (
    COUNT_NEEDS_LIMIT,
    WINDOW_WITHOUT_COUNT,
    MIXED_SIGNS,
    GROUP_OF_ANOTHER_SCORE,
    NOTHING_TO_COUNT,
    LIMIT_OF_THRESHOLD,
    EACH_WITHOUT_ASSETS,
    EXPIRES_AND_DECAYS,
)


def counts(subject: Subject) -> Iterator[Finding]:
    """Whoever counts has a limit."""
    for rule in subject.model.rules.values():
        yield from _counts(rule, rule.on)
    for threshold in subject.model.thresholds.values():
        yield from _counts(threshold, threshold.or_on)


def _counts(element: ScoringRule | Threshold, ways: tuple[Event, ...]) -> Iterator[Finding]:
    if element.limit is not None:
        return
    for event in ways:
        if event.nth > 1:
            per = f', per = "{event.within}"' if event.within is not None else ""
            message = f"{element.id!r} counts to {event.nth} and does not say whether later ones count too"
            help_ = f"add limit = {{ times = 1{per} }}"
            yield COUNT_NEEDS_LIMIT.at((*event.path, "at_least"), message, help=help_, on="key")


def windows(subject: Subject) -> Iterator[Finding]:
    """A window on an event in the present counts something."""
    ways = [event for rule in subject.model.rules.values() for event in rule.on]
    ways.extend(event for threshold in subject.model.thresholds.values() for event in threshold.or_on)
    for event in ways:
        if event.nth == 1 and event.within is not None:
            message = f"the first event within {event.within} is every event"
            help_ = f'count with at_least = 2, or limit the award with limit = {{ times = 1, per = "{event.within}" }}'
            yield WINDOW_WITHOUT_COUNT.at((*event.path, "within"), message, help=help_, on="key")


def limits_in_points(subject: Subject) -> Iterator[Finding]:
    """A limit in points has points of one sign to count."""
    for rule in subject.model.rules.values():
        if rule.limit is None or rule.limit.kind != "points":
            continue
        gives = [key for key, number in rule.points if number.value > 0]
        takes = [key for key, number in rule.points if number.value < 0]
        at = (*rule.path, "limit", "points")
        if not rule.points:
            message = f"{rule.id!r} gives no points that could be limited"
            help_ = "limit it by times, or give it points"
            yield NOTHING_TO_COUNT.at(at, message, help=help_, on="key")
        elif gives and takes:
            plus, minus = gives[0].partition("@")[0], takes[0].partition("@")[0]
            message = f"{rule.id!r} gives to {plus!r} and takes from {minus!r} under one limit in points"
            yield MIXED_SIGNS.at(at, message, help="write one rule for each, or limit it by times", on="key")


def groups(subject: Subject) -> Iterator[Finding]:
    """A rule in a group gives points to the group's score."""
    known = subject.model.groups
    for rule in subject.model.rules.values():
        if rule.group is None:
            continue
        score = known[rule.group].score
        if score not in {key for key, _ in rule.points}:
            message = f"the group {rule.group!r} limits {score.partition('@')[0]!r}, to which {rule.id!r} gives nothing"
            help_ = "give the rule points in that score, or name another group"
            yield GROUP_OF_ANOTHER_SCORE.at((*rule.path, "group"), message, help=help_)


def limits_of_thresholds(subject: Subject) -> Iterator[Finding]:
    """A threshold is limited by times, and as a whole."""
    for threshold in subject.model.thresholds.values():
        limit = threshold.limit
        if limit is None:
            continue
        if limit.kind == "points":
            message = f"{threshold.id!r} gives no points: its limit counts how often it fires"
            at = (*threshold.path, "limit", "points")
            yield LIMIT_OF_THRESHOLD.at(at, message, help="write limit = { times = 1 }", on="key")
        elif limit.by_asset:
            message = f"{threshold.id!r} fires for a person, not for an asset"
            at = (*threshold.path, "limit", "each")
            yield LIMIT_OF_THRESHOLD.at(at, message, help="leave each out", on="key")


def each_asset(subject: Subject) -> Iterator[Finding]:
    """A limit for each asset has assets."""
    for rule in subject.model.rules.values():
        if rule.limit is None or not rule.limit.by_asset:
            continue
        if all(VERBS[event.verb].takes != "assets" for event in rule.on):
            verbs = " or ".join(dict.fromkeys(repr(event.verb) for event in rule.on))
            message = f"{verbs} is about no asset, so no asset can be counted apart"
            yield EACH_WITHOUT_ASSETS.at(
                (*rule.path, "limit", "each"), message, help="leave each out", on="key"
            )


def forgetting(subject: Subject) -> Iterator[Finding]:
    """Expiry and decay do not meet in one score (question 47), nor in one that is fed by it."""
    model = subject.model
    decays = {decay.score: decay.id for decay in model.decay.values()}
    for rule in model.rules.values():
        key = "expires" if rule.expires is not None else "fades" if rule.fades is not None else ""
        for score, _ in rule.points if key else ():
            decaying = next((one for one in _reached(model, score) if one in decays), None)
            if decaying is not None:
                name = decaying.partition("@")[0]
                message = f"the award {key}, and {name!r} decays by {decays[decaying]!r}"
                help_ = f"leave {key} out, or give the points to a score without a decay"
                yield EXPIRES_AND_DECAYS.at((*rule.path, key), message, help=help_, on="key")


def _reached(model: Model, score: str) -> list[str]:
    """A score and those that it feeds: an award is added there too, and is taken back there too."""
    reached = [score]
    while (fed := model.scores[reached[-1]].feeds) is not None and fed not in reached:
        reached.append(fed)
    return reached


FAMILY = Family(
    RULES, (counts, windows, limits_in_points, groups, limits_of_thresholds, each_asset, forgetting)
)
