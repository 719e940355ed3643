"""What each kind of score may hold, and what may move it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.checks.scores_rules import (
    EMPTY_RANGE,
    ENGAGEMENT_ONLY,
    FACTS_IN_ENGAGEMENT,
    KEY_OF_ANOTHER_KIND,
    POINTS_FOR_COMBINED,
    RULES,
    START_OUTSIDE,
    SUM_OR_SHARES,
    TWO_OVERALL,
)
from scorewright.checks.subject import Family
from scorewright.checks.walk import actions
from scorewright.model import actions as act

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Model, Score
    from scorewright.model.values import Number

__all__ = ["FAMILY", "spelled"]


def spelled(number: Number) -> str:
    """A number as a message gives it: ``50``, or ``'half-mql' (50)``."""
    return str(number.value) if number.name is None else f"{number.name!r} ({number.value})"


# --- the score itself -----------------------------------------------------------------------------------------------


def keys_by_kind(subject: Subject) -> Iterator[Finding]:
    """Each key on the kinds of score that have it."""
    for score in subject.model.scores.values():
        written = {
            "start": (score.start is not None, {"engagement"}),
            "feeds": (score.feeds is not None, {"engagement", "fit"}),
            "sum_of": (bool(score.sum_of), {"combined"}),
            "percent_of": (bool(score.percent_of), {"combined"}),
        }
        for key, (is_there, kinds) in written.items():
            if is_there and score.kind not in kinds:
                belongs = f"{key!r} belongs to {' and '.join(sorted(kinds))} scores"
                message = f"{score.id!r} is {_a_kind(score)} score, and {belongs}"
                help_ = "leave it out, or make it another kind of score"
                yield KEY_OF_ANOTHER_KIND.at((*score.path, key), message, help=help_, on="key")


def _a_kind(score: Score) -> str:
    return f"{'an' if score.kind == 'engagement' else 'a'} {score.kind}"


def parts_of_combined(subject: Subject) -> Iterator[Finding]:
    """A combined score has ``sum_of`` or ``percent_of``, and not both."""
    for score in subject.model.scores.values():
        if score.kind == "combined" and bool(score.sum_of) == bool(score.percent_of):
            if score.sum_of:
                message, path = f"{score.id!r} has both sum_of and percent_of", (*score.path, "percent_of")
                yield SUM_OR_SHARES.at(path, message, help="keep one of the two", on="key")
            else:
                message = f"{score.id!r} is a combined score without parts"
                help_ = 'add sum_of = ["…", "…"], or percent_of = { … = 60, … = 40 }'
                yield SUM_OR_SHARES.at((*score.path, "kind"), message, help=help_)


def one_overall(subject: Subject) -> Iterator[Finding]:
    """At most one score is the overall one."""
    overall = [score for score in subject.model.scores.values() if score.overall]
    for score in overall[1:]:
        first = overall[0]
        help_ = "combine the two with sum_of and make that one the overall score"
        message = f"{first.id!r} is the overall score already"
        related: list[tuple[KeyPath, str]] = [((*first.path, "overall"), "the first one")]
        if first.path == score.path:
            message, related = f"{score.id!r} is the overall score once for each product", []
        yield TWO_OVERALL.at((*score.path, "overall"), message, help=help_, on="key", related=related)


def bounds(subject: Subject) -> Iterator[Finding]:
    """A floor lies under its ceiling, and a start between the two."""
    for score in subject.model.scores.values():
        low, high = score.floor, score.ceiling
        if low is not None and high is not None and low.value > high.value:
            message = f"the floor {spelled(low)} lies above the ceiling {spelled(high)}"
            yield EMPTY_RANGE.at((*score.path, "floor"), message, help="exchange the two, or leave one out")
        elif score.kind == "engagement":
            yield from _start(score)
    for item in subject.model.inputs.values():
        low, high = item.at_least, item.at_most
        if low is not None and high is not None and low.value > high.value:
            message = f"nothing is at least {spelled(low)} and at most {spelled(high)}"
            yield EMPTY_RANGE.at((*item.path, "at_least"), message, help="exchange the two, or leave one out")


def _start(score: Score) -> Iterator[Finding]:
    start = score.start.value if score.start is not None else 0
    if score.floor is not None and score.floor.value > start:
        message = (
            f"everybody has {spelled(score.floor)} from the first day, though {score.id!r} starts at {start}"
        )
        help_ = f"for where decay stops write stop_at in the decay; to begin there write start = {score.floor.value}"
        yield START_OUTSIDE.at((*score.path, "floor"), message, help=help_)
    elif score.ceiling is not None and score.ceiling.value < start:
        message = f"nobody has more than {spelled(score.ceiling)}, though {score.id!r} starts at {start}"
        key = "start" if score.start is not None else "ceiling"
        help_ = f"write start = {score.ceiling.value}, or raise the ceiling"
        yield START_OUTSIDE.at((*score.path, key), message, help=help_)


# --- what moves it --------------------------------------------------------------------------------------------------


def awards(subject: Subject) -> Iterator[Finding]:
    """Points go to engagement scores from events, to engagement and fit scores from facts, to no combined score."""
    for path, key, how in _awards(subject.model):
        score = subject.model.scores[key]
        if score.kind == "combined":
            message = f"{score.id!r} is computed from other scores and takes no points"
            yield POINTS_FOR_COMBINED.at(path, message, help=_parts_help(subject.model, score), on=_on(path))
        elif how == "counted" and score.kind == "fit":
            message = f"{score.id!r} is a fit score, the sum of what holds: nothing can be counted up in it"
            help_ = (
                "give the points to an engagement score, or leave 'on' out and say under 'when' what holds"
            )
            yield ENGAGEMENT_ONLY.at(path, message, help=help_, on=_on(path))


def _on(path: KeyPath) -> str:
    return "key" if "points" in path else "value"


class _Award(NamedTuple):
    """Where points are given, to which score, and how: counted up, as long as something holds, or kept for good."""

    path: KeyPath
    score: str
    how: str


def _awards(model: Model) -> Iterator[_Award]:
    for rule in model.rules.values():
        how = "counted" if rule.on else "kept" if rule.keep else "held"
        for key, _ in rule.points:
            yield _Award((*rule.path, "points", key.partition("@")[0]), key, how)
    for tier in model.tiers.values():
        yield _Award((*tier.path, "score"), tier.score, "held")
    for item in model.inputs.values():
        yield _Award((*item.path, "score"), item.score, "held")
    for score in model.scores.values():
        if score.feeds is not None and score.kind != "combined":
            yield _Award(
                (*score.path, "feeds"), score.feeds, "counted" if score.kind == "engagement" else "held"
            )


def _parts_help(model: Model, score: Score) -> str:
    keys = score.sum_of or tuple(key for key, _ in score.percent_of)
    parts = list(dict.fromkeys(model.scores[key].id for key in keys if key in model.scores))
    return f"give them to one of its parts: {', '.join(parts)}" if parts else "give them to one of its parts"


def only_engagement(subject: Subject) -> Iterator[Finding]:
    """Decay and reset only on engagement scores."""
    scores = subject.model.scores
    for decay in subject.model.decay.values():
        yield from _engagement(scores[decay.score], (*decay.path, "score"), "can decay")
    for _, action in actions(subject.model):
        if isinstance(action, act.Reset):
            yield from _engagement(scores[action.score], (*action.path, "reset"), "can be reset")


def _engagement(score: Score, path: KeyPath, what: str) -> Iterator[Finding]:
    if score.kind != "engagement":
        message = f"{score.id!r} is a {score.kind} score, and only an engagement score {what}"
        help_ = "name one of its parts" if score.kind == "combined" else "name an engagement score"
        yield ENGAGEMENT_ONLY.at(path, message, help=help_)


def facts_in_engagement(subject: Subject) -> Iterator[Finding]:
    """Facts in an engagement score that forgets: one advice a score."""
    model = subject.model
    forgets = _why_it_forgets(model)
    facts: dict[str, list[tuple[KeyPath, str]]] = {}
    for path, key, how in _awards(model):
        score = model.scores[key]
        if how == "held" and score.kind == "engagement" and key in forgets:
            facts.setdefault(key, []).append((path, f"{path[0]}.{path[1]}"))
    for key, places in facts.items():
        score, names = model.scores[key], list(dict.fromkeys(name for _, name in places))
        count = f"{names[0]} gives" if len(names) == 1 else f"{len(names)} facts give"
        message = f"{count} points to {score.id!r}, and {forgets[key]}: when a fact ends, they are taken back all the same"
        help_ = 'give them to a score with kind = "fit", and add the two with a combined score'
        related = ((places[0][0], "a fact"),)
        yield FACTS_IN_ENGAGEMENT.at((*score.path, "kind"), message, help=help_, related=related)


def _why_it_forgets(model: Model) -> dict[str, str]:
    """The scores that forget what made them, with the reason in words."""
    why: dict[str, str] = {}
    for score in model.scores.values():
        if score.floor is not None or score.ceiling is not None:
            why[score.key] = f"{'a floor' if score.floor is not None else 'a ceiling'} holds it"
    for _, action in actions(model):
        if isinstance(action, act.Reset):
            why[action.score] = "it is reset"
    for decay in model.decay.values():
        why[decay.score] = "it decays"
    return why


FAMILY = Family(
    RULES,
    (keys_by_kind, parts_of_combined, one_overall, bounds, awards, only_engagement, facts_in_engagement),
)
