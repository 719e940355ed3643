"""What a score can come to, against what is asked of it: thresholds that nobody passes, and thresholds open to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks import walk
from scorewright.checks.extremes import Span, spans
from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model import conditions as con
from scorewright.model.phrases import phrase_bounds
from scorewright.model.vocabulary import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Band, Decay, Element, Grade, Model, Score
    from scorewright.model.values import Bounds

__all__ = ["FAMILY"]

NEVER_REACHED = Rule(
    "SW430",
    "level-never-reached",
    Severity.WARNING,
    """What
A level that is asked of a score, a grade or a band and that nobody can reach, whatever they do.
Why
All points together, under limits and ceilings, stay below it (or above it): the threshold never fires, and the rule
never scores.
Example
    [scores.fit]
    kind = "fit"
    ceiling = 50

    [rules.country]
    when = { field = "country", is = "France" }
    points = { fit = 100 }

    [thresholds.mql]
    when = { score = "fit", at_least = 100 }
    then = [
      { notify = "owner" },
    ]
Use instead
    [scores.fit]
    kind = "fit"
    ceiling = 100

    [rules.country]
    when = { field = "country", is = "France" }
    points = { fit = 100 }

    [thresholds.mql]
    when = { score = "fit", at_least = 100 }
    then = [
      { notify = "owner" },
    ]
""",
)

OPEN_FROM_START = Rule(
    "SW431",
    "threshold-open-from-start",
    Severity.WARNING,
    """What
A threshold that is open for somebody new, who has done nothing yet.
Why
It fires at the first event of everybody, or, if nothing can close it, once and never again: it says nothing about
readiness.
Example
    [scores.engagement]
    kind = "engagement"
    start = 50

    [thresholds.warm]
    when = { score = "engagement", at_least = 50 }
    then = [
      { notify = "owner" },
    ]
Use instead
    [scores.engagement]
    kind = "engagement"
    start = 50

    [thresholds.warm]
    when = { score = "engagement", at_least = 80 }
    then = [
      { notify = "owner" },
    ]
""",
)

ONE_EVENT_FROM_REST = Rule(
    "SW432",
    "one-event-from-rest",
    Severity.ADVICE,
    """What
Where decay leaves people, one single event takes them over a threshold that it does not take a newcomer over.
Why
Somebody who has been silent for a year and opens one page is handed to sales like somebody who is eager now.
Example
    [rules.form]
    on = { submits = "any-form" }
    points = { engagement = 50 }

    [decay.silence]
    score = "engagement"
    counts_as_activity = ["submits"]
    steps = [
      { after = "90d", every = "90d", percent = 10 },
    ]
    stop_at = 50

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { notify = "owner" },
    ]
Use instead
    [rules.form]
    on = { submits = "any-form" }
    points = { engagement = 50 }

    [decay.silence]
    score = "engagement"
    counts_as_activity = ["submits"]
    steps = [
      { after = "90d", every = "90d", percent = 10 },
    ]
    stop_at = 30

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { notify = "owner" },
    ]
""",
)


# --- never reached --------------------------------------------------------------------------------------------------


def never_reached(subject: Subject) -> Iterator[Finding]:
    """Levels of scores and grades, and labels of bands, that nobody reaches."""
    model = subject.model
    found = spans(model)
    for element, root in walk.roots(model):
        guards = element.path[0] == "thresholds" and root is getattr(element, "unless", None)
        if not guards:  # a guard that never shuts does no harm
            yield from _levels(element, root, model, found)
    for band in model.bands.values():
        yield from _labels(band, found)
    for decay in model.decay.values():
        yield from _steps(decay, found)


def _levels(
    element: Element, root: con.Condition, model: Model, found: Mapping[str, Span]
) -> Iterator[Finding]:
    for condition in _asked(root):
        if isinstance(condition, con.ScoreTest):
            span = found[condition.score]
            if not _meets(span, condition.bounds):
                asked = "is" if condition.exactly else phrase_bounds(condition.bounds)
                yield _level(element, condition, asked, span)
        elif isinstance(condition, con.GradeTest) and condition.grade in model.grades:
            yield from _letter(element, condition, model.grades[condition.grade])


def _asked(condition: con.Condition) -> Iterator[con.Condition]:
    """The conditions that must hold, or one of which must; not those under ``not``."""
    if isinstance(condition, (con.All, con.AnyOf)):
        for member in condition.members:
            yield from _asked(member)
    elif not isinstance(condition, con.Not):
        yield condition


def _meets(span: Span, bounds: Bounds) -> bool:
    least, most = bounds.least, bounds.most
    return (least is None or span.most >= least) and (most is None or span.least <= most)


def _level(element: Element, condition: con.ScoreTest, asked: str, span: Span) -> Finding:
    score = condition.score.partition("@")[0]
    bounds = condition.bounds
    too_high = bounds.least is not None and span.most < bounds.least
    side = bounds.lower if too_high else bounds.upper
    assert side is not None
    if condition.exactly:
        key, asked = "is", f"exactly {side.number.value}"
    else:
        key = (
            ("at_least" if side.inclusive else "above")
            if too_high
            else ("at_most" if side.inclusive else "below")
        )
    reach = f"can reach {span.most:.0f} at most" if too_high else f"never goes below {span.least:.0f}"
    message = f"{score} {reach}, and {element.name} asks for {asked}"
    help_ = (
        "lower the level, or raise the points, limits or ceilings"
        if too_high
        else "raise the level, or lower the floor"
    )
    return NEVER_REACHED.at((*condition.path, key), message, help=help_)


def _letter(element: Element, condition: con.GradeTest, grade: Grade) -> Iterator[Finding]:
    lowest, highest = _letters(grade)
    asked = LETTERS.index(condition.letter)
    if condition.mode == "below":
        missed = lowest >= asked
    else:
        missed = highest < asked or (condition.mode == "is" and lowest > asked)
    if missed:
        message = f"{grade.id} goes from {LETTERS[lowest]} to {LETTERS[highest]}, and {element.name} asks for {condition.letter}"
        help_ = "ask for another letter, or give the criteria more thirds"
        yield NEVER_REACHED.at((*condition.path, condition.mode), message, help=help_)


def _letters(grade: Grade) -> tuple[int, int]:
    """The lowest and the highest letter, as places in ``LETTERS``, when no or every criterion matches."""
    start, thirds = LETTERS.index(grade.start), sum(criterion.thirds for criterion in grade.criteria)
    return max(0, start - thirds), min(len(LETTERS) - 1, start + thirds)


def _labels(band: Band, found: Mapping[str, Span]) -> Iterator[Finding]:
    if band.score is None:
        return
    most = found[band.score].most
    for case in band.cases:
        if case.lower is not None and most < case.lower.number.value + (0 if case.lower.inclusive else 1):
            key = "at_least" if case.lower.inclusive else "above"
            message = f"{band.score} can reach {most:.0f} at most, so nobody gets the label {case.label!r}"
            yield NEVER_REACHED.at(
                (*case.path, key), message, help="lower the bound, or raise points or ceilings"
            )


def _steps(decay: Decay, found: Mapping[str, Span]) -> Iterator[Finding]:
    for step in decay.steps:
        lower = step.level.lower
        if lower is not None and step.level.least is not None and found[decay.score].most < step.level.least:
            key = "at_least" if lower.inclusive else "above"
            message = f"{decay.score.partition('@')[0]} can reach {found[decay.score].most:.0f} at most, so this step never acts"
            yield NEVER_REACHED.at((*step.path, key), message, help="lower the level, or delete the step")


# --- open from the start --------------------------------------------------------------------------------------------


def open_from_start(subject: Subject) -> Iterator[Finding]:
    """Thresholds that are open for a newcomer."""
    model = subject.model
    found = _newcomer(model, spans(model))
    for threshold in model.thresholds.values():
        shut = threshold.required_fields or (
            threshold.unless and _holds(threshold.unless, found) is not False
        )
        if not shut and _holds(threshold.when, found):
            message = f"{threshold.id!r} is open for somebody new, who has done nothing yet"
            help_ = "ask for a level that is above the start, or for something that happened"
            yield OPEN_FROM_START.at((*threshold.path, "when"), message, help=help_, on="key")


def _newcomer(model: Model, found: Mapping[str, Span]) -> dict[str, Span]:
    """Between what the scores of a newcomer lie: facts may hold on the first day, events have not happened."""
    facts = {key for rule in model.rules.values() if not rule.on for key, _ in rule.points}
    facts.update(tier.score for tier in model.tiers.values())
    facts.update(item.score for item in model.inputs.values())
    facts.update(fed for key in tuple(facts) if (fed := model.scores[key].feeds) is not None)
    starts = {
        key: _start(score)
        for key, score in model.scores.items()
        if score.kind == "engagement" and key not in facts
    }
    return {key: Span(starts[key], starts[key]) if key in starts else span for key, span in found.items()}


def _start(score: Score) -> float:
    start = score.start.value if score.start is not None else 0
    start = max(start, score.floor.value) if score.floor is not None else start
    return min(start, score.ceiling.value) if score.ceiling is not None else start


def _holds(condition: con.Condition, scores: Mapping[str, Span]) -> bool | None:
    """Whether a condition holds for a newcomer; ``None`` where that depends on who it is."""
    if isinstance(condition, (con.All, con.AnyOf)):
        answers = [_holds(member, scores) for member in condition.members]
        decisive = isinstance(condition, con.AnyOf)
        return decisive if decisive in answers else None if None in answers else not decisive
    if isinstance(condition, con.Not):
        answer = _holds(condition.member, scores)
        return None if answer is None else not answer
    if isinstance(condition, con.ScoreTest):
        return _inside(scores[condition.score], condition.bounds)
    if isinstance(condition, con.Happened):
        return condition.least == 0
    return False if isinstance(condition, con.HasMark) else None


def _inside(span: Span, bounds: Bounds) -> bool | None:
    if not _meets(span, bounds):
        return False
    least, most = bounds.least, bounds.most
    return True if (least is None or span.least >= least) and (most is None or span.most <= most) else None


# --- one event from where decay rests -------------------------------------------------------------------------------


def one_event_from_rest(subject: Subject) -> Iterator[Finding]:
    """Decay that rests so close below a threshold that one event passes it, which a newcomer's does not."""
    model = subject.model
    best = _best_events(model)
    levels = _thresholds(model)
    for decay in model.decay.values():
        rest, path = _rest(decay)
        start = _start(model.scores[decay.score])
        points, rule = best.get(decay.score, (0, ""))
        for name, level in levels.get(decay.score, ()):
            if rest > start and rest < level <= rest + points and start + points < level:
                message = f"decay rests at {rest}, and one event of {rule} ({points:+d}) passes the {level} of {name}"
                help_ = "rest lower, or add to the threshold what a reader who is awake again has done"
                yield ONE_EVENT_FROM_REST.at(path, message, help=help_)
                break


def _rest(decay: Decay) -> tuple[int, tuple[str | int, ...]]:
    """Where a decay leaves people at the end, and where the spec says so."""
    if decay.stop_at is not None:
        return decay.stop_at.value, (*decay.path, "stop_at")
    sets = [step for step in decay.steps if step.set_to is not None]
    if len(sets) == len(decay.steps) and sets[-1].set_to is not None:
        return sets[-1].set_to.value, (*sets[-1].path, "set")
    return 0, decay.path


def _best_events(model: Model) -> dict[str, tuple[int, str]]:
    """For each score the event rule with the most points, with those that it gives to what it feeds."""
    best: dict[str, tuple[int, str]] = {}
    for rule in model.rules.values():
        for key, number in rule.points if rule.on else ():
            score: str | None = key
            for _ in range(len(model.scores)):
                if score is None:
                    break
                best[score] = max(best.get(score, (0, "")), (number.value, rule.name))
                score = model.scores[score].feeds
    return best


def _thresholds(model: Model) -> dict[str, list[tuple[str, int]]]:
    """For each score the thresholds that wait for it, alone or beside what else must hold, with their levels."""
    found: dict[str, list[tuple[str, int]]] = {}
    for threshold in model.thresholds.values():
        parts = threshold.when.members if isinstance(threshold.when, con.All) else (threshold.when,)
        for part in parts:
            if (
                isinstance(part, con.ScoreTest)
                and part.bounds.least is not None
                and part.bounds.upper is None
            ):
                found.setdefault(part.score, []).append((threshold.name, part.bounds.least))
    return found


FAMILY = Family(
    (NEVER_REACHED, OPEN_FROM_START, ONE_EVENT_FROM_REST),
    (),
    (never_reached, open_from_start, one_event_from_rest),
)
