"""A score that a number field keeps instead of a scoring category: completion actions count, and rules can set it.

A completion action can only increase a field by 1, and only named assets have such actions.  So a field is the score
where each award is one point for what stands on assets; anything else is refused, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.context import CannotLowerError, Due
from scorewright_pardot.lower.expression import both, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import IDENTIFYING, carry
from scorewright_pardot.lower.scores import set_field_act
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import Act, AutomationRule, CustomField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Rule, Score
    from scorewright.model.events import Event
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.overlaps import Place

__all__ = ["PHASE_STARTS", "lower_mirror"]

_CARRIERS = frozenset({"form", "form_handler", "landing_page", "file", "link", "ad"})
"""Assets whose completion actions run at every event."""
_COMPLETES = frozenset({"submits", "downloads", "clicks"})

PHASE_STARTS = 20
_MOST_AT_FIRST = 3
"""So many events of somebody new are told apart until rules have looked; of more, those above are lost."""

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
    if score.start is not None and score.start.value:
        _start(cx, score, score.start.value)
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


def _start(cx: Context, score: Score, points: int) -> None:
    """Everybody begins with points, once: a tag says what was counted by then, and a rule sets the field to so many more.

    The tag comes first and alone, so that no rule takes for counted what another has set.
    """
    name, each = cx.homes.of[score.key].name, range(_MOST_AT_FIRST + 1)
    why = "Says how much was counted when the score began; its points are set beside that."
    found = [cx.tag(cx.names.tag("scores", score.key, f"began-at-{count}"), score, why) for count in each]
    why = "Says that the score has begun with its points."
    done = cx.tag(cx.names.tag("scores", score.key, "started"), score, why)
    for count, tag in zip(each, found, strict=True):
        most = None if count == _MOST_AT_FIRST else count
        there = both(cx.homes.between(cx, score.key, count, most), untagged(cx, *found))
        _once(cx, score, f"{count} counted at the start", there, (Act(ACTIONS["tag-add"].text, tag),))
        acts = (set_field_act(name, points + count), Act(ACTIONS["tag-add"].text, done))
        _once(cx, score, f"start at {points}, {count} counted", tagged(tag), acts)
    cx.due.append(Due(frozenset((score.name,)), {score.key: points}, 0, tagged(done), both()))
    # what is counted between the tag and the number, or beyond what is told apart, is overwritten
    cx.edge(*cx.off({score.key: (None, 0)}, "crowded", feeds=False))
    # whoever had points before gets these on top: nothing can tell them from somebody new
    cx.edge(*cx.off({score.key: (None, None)}, "existing", feeds=False))


def _once(cx: Context, score: Score, part: str, whom: Expression, acts: tuple[Act, ...]) -> None:
    rule, made = cx.names.rule(f"scores {score.key}", part), cx.made(score, "start")
    check = "Everybody who is there today."
    cx.add(AutomationRule(rule, fit(cx, whom, score), acts, None, PHASE_STARTS, check, made), rule)


def _refused(cx: Context, score: Score, fault: str) -> CannotLowerError:
    decay = next(item for item in cx.model.decay.values() if item.score == score.key)
    instead = f'write decays = {{ {decay.id} = "bands" }} (or "program", or "keep") in [targets.pardot]'
    return CannotLowerError("mirror-is-not-sound", fault, instead, score.path)


def _faults(cx: Context, score: Score) -> Iterator[str]:
    """What a field could not keep up with."""
    model, feeders = cx.model, _feeders(cx, score)
    bounded = score.floor is not None or score.ceiling is not None
    if score.start is not None and score.start.value and bounded:
        yield "the score begins with points and is kept within bounds, and both set the same field"
    if any(
        score.key in (*item.sum_of, *(key for key, _ in item.percent_of)) for item in model.scores.values()
    ):
        yield "another score is a sum of it, and nothing takes from that what a field is set to"
    for table in (model.tiers, model.inputs):
        yield from (
            f"{item.name} gives to it: an action adds 1 to a field or sets it to a number, and none adds what another field holds"
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
