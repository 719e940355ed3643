"""What practitioners warn of: scores that only grow, points for every open, decay that wipes out, silent activity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scorewright.checks import walk
from scorewright.checks.extremes import gains
from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model.actions import Reset
from scorewright.model.conditions import Happened
from scorewright.model.conditions import walk as inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model import elements as el
    from scorewright.model.events import Event

__all__ = ["FAMILY"]

ONLY_GROWS = Rule(
    "SW440",
    "score-only-grows",
    Severity.WARNING,
    """What
A counter that goes up with every event, and that nothing takes down: no decay, no negative points, no reset, no
ceiling.
Why
With time everybody passes every threshold. What was done two years ago weighs as much as what was done today.
Example
    [rules.any-page]
    on = { visits = "any-page" }
    points = { engagement = 1 }
Use instead
    [model]
    counts_as_activity = ["visits"]

    [rules.any-page]
    on = { visits = "any-page" }
    points = { engagement = 1 }

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", every = "30d", subtract = 10 },
    ]
    stop_at = 10
""",
)

EVERY_OPEN = Rule(
    "SW441",
    "points-for-every-open",
    Severity.WARNING,
    """What
A rule that gives points each time an e-mail is opened.
Why
Mail programs open messages by themselves and again with every look, so the points count machines and habits. Count the
first open of each message, a few a week, or clicks.
Example
    [rules.open]
    on = { opens = "any-email" }
    points = { engagement = 1 }
Use instead
    [rules.open]
    on = { opens = "any-email" }
    points = { engagement = 1 }
    limit = { times = 1, each = "asset" }
""",
)

TO_ZERO = Rule(
    "SW442",
    "decay-to-zero",
    Severity.ADVICE,
    """What
A decay that takes a score down to zero or below.
Why
At zero, somebody who went quiet looks like somebody who never came. Common practice stops at a small number, or at
half of the sales-ready score.
Example
    [decay.silence]
    score = "engagement"
    counts_as_activity = ["visits"]
    steps = [
      { after = "180d", at_least = 0, set = 0 },
    ]
Use instead
    [decay.silence]
    score = "engagement"
    counts_as_activity = ["visits"]
    steps = [
      { after = "180d", at_least = 3, set = 3 },
    ]
""",
)

CAREERS = Rule(
    "SW443",
    "careers-page-earns",
    Severity.ADVICE,
    """What
Points for visits to a page for people who look for a job.
Why
They are more likely to want a job than the product; many models take points away there.
Example
    [assets]
    careers = { pages = "/careers" }

    [rules.careers]
    on = { visits = "careers" }
    points = { engagement = 5 }
Use instead
    [assets]
    careers = { pages = "/careers" }

    [rules.careers]
    on = { visits = "careers" }
    points = { engagement = -10 }
""",
)

BAD_SIGN = Rule(
    "SW444",
    "bad-sign-earns",
    Severity.WARNING,
    """What
Points for a bounce, for unsubscribing, or for a lost opportunity.
Why
A minus was forgotten, most often.
Example
    [rules.unsubscribed]
    on = { unsubscribes = true }
    points = { engagement = 25 }
    limit = { times = 1 }
Use instead
    [rules.unsubscribed]
    on = { unsubscribes = true }
    points = { engagement = -25 }
    limit = { times = 1 }
""",
)

BOTS = Rule(
    "SW445",
    "bots-earn",
    Severity.WARNING,
    """What
The events of bots count (`ignore_bots = false`), and opens or clicks earn points.
Why
Mail filters click every link of every message. Leave them out, or give points to what people alone do.
Example
    [model]
    ignore_bots = false

    [rules.click]
    on = { clicks = "any-email" }
    points = { engagement = 3 }
Use instead
    [rules.click]
    on = { clicks = "any-email" }
    points = { engagement = 3 }
""",
)

EARNS_IN_SILENCE = Rule(
    "SW446",
    "earns-in-silence",
    Severity.ADVICE,
    """What
Something that earns points and does not end a silence: it is missing from `counts_as_activity`.
Why
Somebody who comes to every webinar and reads no page is silent then, and loses points while earning them.
Example
    [rules.webinar]
    on = { attends = "any-webinar" }
    points = { engagement = 20 }

    [decay.silence]
    score = "engagement"
    counts_as_activity = ["visits"]
    steps = [
      { after = "30d", every = "30d", subtract = 10 },
    ]
    stop_at = 10
Use instead
    [rules.webinar]
    on = { attends = "any-webinar" }
    points = { engagement = 20 }

    [decay.silence]
    score = "engagement"
    counts_as_activity = ["visits", "attends"]
    steps = [
      { after = "30d", every = "30d", subtract = 10 },
    ]
    stop_at = 10
""",
)

RULES = (ONLY_GROWS, EVERY_OPEN, TO_ZERO, CAREERS, BAD_SIGN, BOTS, EARNS_IN_SILENCE)


# --- scores over time -----------------------------------------------------------------------------------------------


def only_grows(subject: Subject) -> Iterator[Finding]:
    """Counters without anything that takes them down.

    A score whose points all go to one that does come down as well is left alone: it keeps the peak on purpose.
    """
    model = subject.model
    growing = _growing(model)
    for key in growing - _keeping_the_peak(model, growing):
        score = model.scores[key]
        message = f"{score.id!r} goes up with every event, and nothing takes it down"
        help_ = "add a decay; or points below 0 for bad signs, a reset, or a ceiling"
        yield ONLY_GROWS.at(score.path, message, help=help_, on="key")


def _keeping_the_peak(model: el.Model, growing: set[str]) -> set[str]:
    """The scores of which each rule also moves one that comes down."""
    alone: set[str] = set()
    for rule in model.rules.values():
        moved = {fed for score, _ in rule.points for fed in fed_by(score, model)} if rule.on else set()
        if moved <= growing:
            alone.update(moved)
    return growing - alone


def _growing(model: el.Model) -> set[str]:
    lowered = {decay.score for decay in model.decay.values()}
    lowered.update(action.score for _, action in walk.actions(model) if isinstance(action, Reset))
    lasting = _lasting(model)
    return {
        key
        for key, span in gains(model).items()
        if span.most == float("inf") and span.least >= 0 and key in lasting and key not in lowered
        if model.scores[key].kind == "engagement" and model.scores[key].ceiling is None
    }


def _lasting(model: el.Model) -> set[str]:
    """The scores that some event gives points to for good, themselves or by what they feed."""
    found: set[str] = set()
    for rule in model.rules.values():
        if rule.on and rule.expires is None and rule.fades is None:
            for score, _ in rule.points:
                found.update(fed_by(score, model))
    return found


def fed_by(score: str, model: el.Model) -> Iterator[str]:
    """A score and those that its awards flow on to."""
    at: str | None = score
    for _ in range(len(model.scores)):
        if at is None:
            return
        yield at
        at = model.scores[at].feeds


def decay_to_zero(subject: Subject) -> Iterator[Finding]:
    """Decays that leave nothing of a score, where nothing else remembers what it was."""
    model = subject.model
    kept = _remembered(model)
    for decay in model.decay.values():
        floor = model.scores[decay.score].floor
        safe = decay.score in kept or decay.limit is not None or (floor is not None and floor.value > 0)
        if not safe and (decay.stop_at is None or decay.stop_at.value <= 0):
            paths = [path for step in decay.steps if (path := _wipes(step)) is not None]
            if paths:
                path = next(
                    (path for path in paths if path[-1] == "set"), paths[0]
                )  # this one leaves nobody any
                message = f"{decay.id!r} takes {decay.score.partition('@')[0]!r} down to 0: gone quiet and never active look alike"
                help_ = "set a small number, or add stop_at = …"
                yield TO_ZERO.at(path, message, help=help_)


def _wipes(step: el.Step) -> KeyPath | None:
    """Where a step says that it takes a score to 0 or below; a level above what it takes leaves something."""
    if step.set_to is not None:
        return (*step.path, "set") if step.set_to.value <= 0 else None
    least = step.level.least
    if step.percent is not None:  # what it takes is rounded half up: 10 % of 4 is nothing
        smallest = max(1, least or 1)
        return (*step.path, "percent") if smallest <= (smallest * step.percent + 50) // 100 else None
    taken = step.subtract.value if step.subtract is not None else 0
    return (*step.path, "subtract") if least is None or least - taken <= 0 else None


def _remembered(model: el.Model) -> set[str]:
    """The scores beside which another one keeps the same points and never decays."""
    decaying = {decay.score for decay in model.decay.values()}
    kept: set[str] = set()
    for score in model.scores.values():
        if score.feeds is not None and score.key not in decaying:
            kept.add(score.feeds)
    for rule in model.rules.values():
        targets = [score for score, _ in rule.points] if rule.on else []
        if any(score not in decaying for score in targets):
            kept.update(score for score in targets if score in decaying)
    return kept


# --- events that should not earn ------------------------------------------------------------------------------------


def events_that_earn(subject: Subject) -> Iterator[Finding]:
    """Opens without a limit, pages for applicants, and events that are bad signs."""
    model = subject.model
    for rule in model.rules.values():
        if any(points.value > 0 for _, points in rule.points):
            for event in rule.on:
                yield from _open(rule, event)
                yield from _careers(event, model)
                yield from _bad_sign(event)


def _open(rule: el.Rule, event: Event) -> Iterator[Finding]:
    limited = rule.limit is not None or rule.group is not None or event.nth > 1
    # An open that counts with a click beside it is what the sources advise.
    beside = any(isinstance(condition, Happened) for condition in inside(rule.when))
    if event.verb == "opens" and not limited and not beside:
        help_ = 'add limit = { times = 1, each = "asset" }, or give the points to clicks'
        message = f"{rule.id!r} gives points for every open of an e-mail"
        yield EVERY_OPEN.at((*event.path, "opens"), message, help=help_)


_JOBS = re.compile(
    r"(?:^|[/.])(?:careers?|jobs?|vacanc(?:y|ies)|karriere|stellenangebote|emplois?|recrutement|empleos?)(?:[/.]|$)",
    re.IGNORECASE,
)


def _careers(event: Event, model: el.Model) -> Iterator[Finding]:
    for index, key in enumerate(event.objects if event.verb == "visits" else ()):
        asset = model.assets[key]
        if asset.texts and all(_JOBS.search(text) for text in asset.texts):
            message = (
                f"visits to {asset.texts[0]!r} earn points, and who goes there is likely to look for a job"
            )
            place = (index,) if len(event.objects) > 1 else ()
            yield CAREERS.at(
                (*event.path, "visits", *place), message, help="take points away, or none at all"
            )


def _bad_sign(event: Event) -> Iterator[Finding]:
    if event.verb in {"bounces", "unsubscribes"} or (
        event.verb == "opportunity" and event.objects == ("lost",)
    ):
        words = {"bounces": "a bounce earns", "unsubscribes": "unsubscribing earns"}.get(
            event.verb, "a lost opportunity earns"
        )
        yield BAD_SIGN.at(
            (*event.path, event.verb), f"{words} points", help="write a minus before the number"
        )


def bots(subject: Subject) -> Iterator[Finding]:
    """Opens and clicks that earn, in a model that counts bots."""
    model = subject.model
    if model.header.ignore_bots:
        return
    for rule in model.rules.values():
        earns = any(points.value > 0 for _, points in rule.points)
        if earns and any(_by_bots(event) for event in rule.on):
            message = f"the events of bots count, and {rule.name} gives points for opens or clicks"
            help_ = "delete ignore_bots; or add where = { bot = { is = false } } to the event"
            yield BOTS.at(("model", "ignore_bots"), message, help=help_)
            return


def _by_bots(event: Event) -> bool:
    return event.verb in {"opens", "clicks"} and not any(name == "bot" for name, _ in event.where)


# --- activity -------------------------------------------------------------------------------------------------------

_DONE_BY_MACHINES = {
    "opens",
    "bounces",
    "opportunity",
    "does",
    "changes",
    "starts_visit",
    "unsubscribes",
    "resubscribes",
}
"""Verbs that need not mean that somebody is active: mail programs and other systems write them, or they say goodbye."""


def earns_in_silence(subject: Subject) -> Iterator[Finding]:
    """What earns points in a decaying score without ending a silence."""
    model = subject.model
    earning = _earning(model)
    for decay in model.decay.values():
        if "awards" in decay.activity or not decay.activity:
            continue
        missing = sorted(earning.get(decay.score, frozenset()) - set(decay.activity))
        if missing:
            path = (
                (*decay.path, "counts_as_activity") if decay.own_activity else ("model", "counts_as_activity")
            )
            verbs = " and ".join([", ".join(missing[:-1]), missing[-1]] if missing[1:] else missing)
            score = decay.score.partition("@")[0]
            message = f"who {verbs} earns points in {score!r}, and is silent for {decay.id!r} all the same"
            yield EARNS_IN_SILENCE.at(
                path, message, help=f"add {', '.join(map(repr, missing))} to counts_as_activity"
            )


def _earning(model: el.Model) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in model.rules.values():
        verbs = {event.verb for event in rule.on} - _DONE_BY_MACHINES
        for score, points in rule.points if verbs else ():
            if points.value > 0:
                for fed in fed_by(score, model):
                    found.setdefault(fed, set()).update(verbs)
    return found


FAMILY = Family(RULES, (events_that_earn, bots), (only_grows, decay_to_zero, earns_in_silence))
