"""A score that a number field keeps instead of a scoring category: completion actions count, and rules can set it.

A completion action can only increase a field by 1, and only named assets have such actions.  So a field is the score
where each award is one point for what stands on assets; anything else is refused, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.happened import IDENTIFYING, carry
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import Act, CustomField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Rule, Score
    from scorewright.model.events import Event
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.overlaps import Place

__all__ = ["lower_mirror"]

_CARRIERS = frozenset({"form", "form_handler", "landing_page", "file", "link", "ad"})
"""Assets whose completion actions run at every event."""
_COMPLETES = frozenset({"submits", "downloads", "clicks"})

_ONLY = "only what stands on named forms, files and custom redirects can be counted"


def lower_mirror(cx: Context, score: Score) -> None:
    """The field, and a completion action on each asset that feeds it.  Raises ``CannotLowerError``."""
    fault = next(_faults(cx, score), "")
    if fault:
        raise _refused(cx, score, fault)
    if not cx.flag("increment-completion-action"):
        raise _refused(cx, score, "no completion action increases a field")
    name = cx.homes.of[score.key].name
    cx.add(CustomField(name, field_id(name), "number", cx.made(score, "mirror")), name)
    seen: dict[Place, str] = {}
    for rule in cx.model.rules.values():
        if not _worth(cx, score, rule):
            continue
        for place in _places(cx, rule):
            if seen.setdefault(place, rule.name) != rule.name:
                raise _refused(
                    cx,
                    score,
                    f"{seen[place]} and {rule.name} both give for {place[1]!r}, and an action gives 1",
                )
            carry(cx, place, rule, (Act(ACTIONS["increment"].text, name, "+1"),), "mirror")
            _unseen(cx, score, rule, place[0])


def _refused(cx: Context, score: Score, fault: str) -> CannotLowerError:
    decay = next(item for item in cx.model.decay.values() if item.score == score.key)
    instead = f'write decays = {{ {decay.id} = "bands" }} (or "program", or "keep") in [targets.pardot]'
    return CannotLowerError("mirror-is-not-sound", fault, instead, score.path)


def _faults(cx: Context, score: Score) -> Iterator[str]:
    """What a field could not keep up with."""
    model, feeders = cx.model, _feeders(cx, score)
    if score.start is not None and score.start.value:
        yield "the score begins with points, and the field begins empty"
    if any(
        score.key in (*item.sum_of, *(key for key, _ in item.percent_of)) for item in model.scores.values()
    ):
        yield "another score is a sum of it, and nothing takes from that what a field is set to"
    for table in (model.tiers, model.inputs):
        yield from (
            f"{item.name} gives to it, and only events can be counted"
            for item in table.values()
            if item.score in feeders
        )
    for rule in model.rules.values():
        worth = _worth(cx, score, rule)
        if worth and (fault := _fault_of(cx, rule, worth)):
            yield f"{rule.name}: {fault}"


def _feeders(cx: Context, score: Score) -> set[str]:
    """The score, and all that feed it."""
    found = {score.key}
    while more := {key for key, item in cx.model.scores.items() if item.feeds in found} - found:
        found |= more
    return found


def _worth(cx: Context, score: Score, rule: Rule) -> tuple[int, ...]:
    """What a rule gives to the score."""
    feeders = _feeders(cx, score)
    return tuple(number.value for key, number in rule.points if key in feeders and number.value)


def _fault_of(cx: Context, rule: Rule, worth: tuple[int, ...]) -> str:
    """Why a completion action cannot stand for a rule; empty: it can."""
    if not rule.on:
        return "what holds is no event, and only events can be counted"
    if sum(worth) != 1:
        return f"it gives {sum(worth)}, and a completion action increases a field by 1"
    plain = rule.limit is None and rule.group is None and rule.when is None and rule.active is None
    if not plain or rule.wait or rule.expires or rule.fades:
        return "a completion action runs at every event, without conditions, limits or days"
    if not all(event.verb in _COMPLETES and event.objects and _is_bare(event) for event in rule.on):
        return _ONLY
    if any(cx.model.assets[key].builtin for event in rule.on for key in event.objects):
        return "each asset must be named, for the action stands on it"
    return "" if all(kind in _CARRIERS and match == "is" for kind, _, match in _places(cx, rule)) else _ONLY


def _is_bare(event: Event) -> bool:
    return event.nth <= 1 and not event.where and not event.excluding


def _places(cx: Context, rule: Rule) -> tuple[Place, ...]:
    assets = [cx.model.assets[key] for event in rule.on for key in event.objects]
    return tuple((asset.kinds[0], name, asset.match) for asset in assets for name in asset.texts_on("pardot"))


def _unseen(cx: Context, score: Score, rule: Rule, kind: str) -> None:
    """Actions do nothing for people who are still unknown; a form makes them known."""
    if kind in IDENTIFYING:
        return
    lost = cx.off({score.key: room.times(room.missing(1), None)}, "past-unknown", feeds=False)
    cx.lost_before_known(rule, f"1 point less in {score.title} for each event", lost)
