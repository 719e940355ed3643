"""Lives of what ends a silence and what does not: each kind of activity alone, and whatever else people do meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.events import Event
from scorewright.model.vocabulary import VERBS
from scorewright.verify.lives.asked import events
from scorewright.verify.lives.events import ENDINGS, UNASKED, happening
from scorewright.verify.lives.life import DAY, Aimed
from scorewright.verify.lives.moves import carry_out
from scorewright.verify.lives.quietness import USUAL
from scorewright.verify.lives.ranges import planned
from scorewright.verify.lives.silences import become_active, natural, ready
from scorewright.verify.lives.story import Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.model.elements import Decay
    from scorewright.verify.lives.moves import Move
    from scorewright.verify.lives.scene import Scene

__all__ = ["activities"]

_TOGETHER = 9
"""So much that nobody asks for is told in one life."""
_IDLE, _LONG = 2, 400
"""Ways to earn without being active that are tried, and days that a life waits for its last step at most."""
_KINDS = 16
"""So many kinds of activity have a life of their own."""


def activities(stage: Scene) -> Iterator[Aimed]:
    """Every decay, and what no rule asks for."""
    for decay in stage.model.decay.values():
        if decay.activity != ("awards",):
            yield from _each(stage, decay, f"decay.{decay.key}")
            yield from _only(stage, decay, f"decay.{decay.key}")
            yield from _idle(stage, decay, f"decay.{decay.key}")
            yield from _after_steps(stage, decay, f"decay.{decay.key}")
    yield from _unasked(stage)


def _first(decays: Iterable[Decay]) -> int:
    """Days until the first step that there is."""
    return min((-(-step.after.seconds // DAY) for decay in decays for step in decay.steps), default=0)


def _last(decay: Decay) -> int:
    """Days until the last step has been taken, a repeated one twice."""
    whole = [step.after.seconds + (step.every.seconds if step.every else 0) for step in decay.steps]
    return min(_LONG, -(-max(whole) // DAY))


# --- what ends a silence --------------------------------------------------------------------------------------------


def _each(stage: Scene, decay: Decay, name: str) -> Iterator[Aimed]:
    """Everything that ends a silence, one after the other, each time before the first step but not twice so long.

    And then each of it alone, with a whole silence behind it: a platform may look back less far for one of them.
    """
    found = [event for verb in decay.activity for event in _events(stage, verb)]
    wait, days = _first([decay]) * 2 // 3, _last(decay)
    if not found or wait <= stage.days:
        return
    story = natural(stage, decay)
    become_active(stage, story, decay)
    for event in found:
        for pick in range(_picks(event)):
            story.wait(wait * DAY).happens(event, pick)
    yield Aimed(1, story.life(f"{name}: each thing that ends a silence", name, tail=days + 2 + stage.days))
    for number, event in enumerate(found[:_KINDS]):
        story = natural(stage, decay)
        become_active(stage, story, decay)
        story.wait(wait * DAY).happens(event)
        said = f"{event.verb} {' '.join(event.objects)}".strip()
        life = story.life(f"{name}: silent after {said}", name, tail=days + 3 + stage.days)
        yield Aimed(1 + number // 8, life)


def _only(stage: Scene, decay: Decay, name: str) -> Iterator[Aimed]:
    """Whoever has done nothing else in their life: one kind of activity once, or all that is none."""
    found = [event for verb in decay.activity for event in _events(stage, verb)][:_KINDS]
    for number, event in enumerate(found):
        story = _with_points(stage, decay).happens(event)
        said = f"{event.verb} {' '.join(event.objects)}".strip()
        life = story.life(f"{name}: active by {said} alone", name, tail=_last(decay) + 3 + stage.days)
        yield Aimed(2 + number // 8, life)
    others = _uncounted(stage, decay)
    room = max(1, (_first([decay]) - 2) // stage.days - 1)
    for first in range(0, len(others), room):
        story = _with_points(stage, decay)
        for event, pick in others[first : first + room]:
            story.happens(event, pick)
        title = f"{name}: active by nothing that counts, from {first + 1}"
        life = story.life(title, name, tail=_first([decay]) + 3 + stage.days)
        yield Aimed(min(10, 3 + first // room // 4), life)


def _with_points(stage: Scene, decay: Decay) -> Story:
    """Points by what ends no silence; where there is none, somebody who has them already."""
    story = ready(stage, decay)
    for move in _idle_moves(stage, decay)[:1]:
        carry_out(stage, story, move)
        story.rest()
    if story.score(decay.score) <= 0:
        stage.moves.begin_with(story, decay.score, planned(stage.model, stage.model.scores[decay.score]) // 2)
    return story


def _idle_moves(stage: Scene, decay: Decay) -> list[Move]:
    """What raises the score and ends no silence."""
    return [
        move
        for move in stage.moves.moves
        if move.deltas[decay.score] > 0
        and ("changes" not in decay.activity if move.event is None else move.event.verb not in decay.activity)
        and (move.event is None or move.event.verb != "changes")
    ]


def _idle(stage: Scene, decay: Decay, name: str) -> Iterator[Aimed]:
    """Everything else during a silence: it ends none."""
    asked = [
        (event, pick)
        for event in events(stage.model)
        if event.verb not in {*decay.activity, "changes"}
        for pick in range(_picks(event))
    ]
    days = -(-decay.steps[0].after.seconds // DAY)
    room = (days - 2) // stage.days
    for word, found, cost in (("that a rule asks for", asked, 2), ("else", _uncounted(stage, decay), 3)):
        for first in range(0, min(len(found), 4 * room), max(1, room)):
            story = natural(stage, decay)
            become_active(stage, story, decay)
            for event, pick in found[first : first + room]:
                story.happens(event, pick)
            title = f"{name}: what ends no silence, {word}, from {first + 1}"
            yield Aimed(cost, story.life(title, name, tail=days + 3 + stage.days))


def _uncounted(stage: Scene, decay: Decay) -> list[tuple[Event, int]]:
    """Everything that does not count as activity, each file by each of its endings."""
    return [
        (event, pick)
        for verb in VERBS
        if verb not in decay.activity
        for event in _events(stage, verb)
        for pick in range(_picks(event))
    ]


def _picks(event: Event) -> int:
    """A file of each ending; of other things, one."""
    return len(ENDINGS) if event.verb == "downloads" else 1


def _after_steps(stage: Scene, decay: Decay, name: str) -> Iterator[Aimed]:
    """Points that end no silence, earned between the steps and after the last one: each step is taken once."""
    for number, move in enumerate(_idle_moves(stage, decay)[:_IDLE]):
        story = natural(stage, decay)
        become_active(stage, story, decay)
        since = story.at
        for step in decay.steps:
            story.wait(max(DAY, since + step.after.seconds + stage.space - story.at))
            carry_out(stage, story, move)
        life = story.life(f"{name}: points by {move.name} after each step", name, tail=stage.days + 10)
        yield Aimed(2 + number, life)
    story = natural(stage, decay)
    become_active(stage, story, decay)
    longest = max(step.after.seconds for step in decay.steps)
    story.wait(longest + stage.space + DAY).add(UNASKED).rest().add(UNASKED)
    life = story.life(f"{name}: whole, and then what nobody asks for", name, tail=stage.days + 10)
    yield Aimed(2, life)


def _events(stage: Scene, verb: str) -> Iterator[Event]:
    """One event of each kind that a verb is said of."""
    if verb == "does":
        yield from (Event(verb, (key,)) for key in stage.model.activities)
    elif verb in VERBS and verb != "changes":
        for what in _objects(stage, verb, VERBS[verb].takes):
            yield Event(verb, (what,) if what else ())


# --- what nobody asks for -------------------------------------------------------------------------------------------


def _unasked(stage: Scene) -> Iterator[Aimed]:
    """What people do and no rule asks for: a platform may have points for it that nobody has switched off.

    Some of it ends a silence on a platform alone, so that whoever does it is active before and after, as the spec says,
    and no silence lasts until a decay comes.
    """
    decays = [*stage.model.decay.values()]
    soonest = _first(decays) * DAY if decays else 0
    gap, tail = stage.space, 40
    if decays:
        gap, tail = min(gap, soonest // 5), min(tail, soonest // DAY - 4)
    if tail < 1:
        return
    found = sorted(_unasked_events(stage), key=lambda event: event.verb in USUAL)
    for first in range(0, len(found), _TOGETHER):
        story = Story(stage)
        for event in found[first : first + _TOGETHER]:
            _be_active(stage, _after(stage, story, gap), decays)
            _after(stage, story, gap).add(happening(stage, event, 0))
        _be_active(stage, _after(stage, story, gap), decays)
        life = story.life(f"model: what nobody asks for, from {first + 1}", "model", tail=tail)
        yield Aimed(1, life)


def _after(stage: Scene, story: Story, gap: int) -> Story:
    """As long after the last thing as can be without a decay."""
    return story if gap == stage.space else story.wait(gap)


def _be_active(stage: Scene, story: Story, decays: Sequence[Decay]) -> None:
    """End every silence, without points if that can be: above what a target plans for, bounds are wide."""
    paying = {move.event.verb for move in stage.moves.moves if move.event is not None}
    verbs = set(VERBS).intersection(*(decay.activity for decay in decays)) if decays else set()
    free = sorted(verb for verb in verbs - paying if VERBS[verb].takes == "assets")
    if free:
        story.add(happening(stage, Event(free[0], (next(iter(_objects(stage, free[0], "assets"))),)), 0))
        return
    for decay in decays[:1]:
        become_active(stage, story, decay)


def _unasked_events(stage: Scene) -> Iterator[Event]:
    """One of each kind of event that none of the model's is."""
    asked = [*events(stage.model)]
    for verb in VERBS:
        if verb != "does":
            for event in _events(stage, verb):
                made = happening(stage, event, stage.created)
                if not any(stage.ask.is_about(made, other) for other in asked if other.verb == verb):
                    yield event


def _objects(stage: Scene, verb: str, takes: str) -> Iterable[str]:
    """What it can be done to: the built-in assets, or the words behind it; nobody does what no spec
    declares, and a click on an advert is a page view to many platforms.
    """
    if takes == "assets":
        return [
            key
            for key, asset in stage.model.assets.items()
            if asset.builtin and asset.kinds != ("ad",) and not set(asset.kinds).isdisjoint(VERBS[verb].kinds)
        ]
    return ("",) if takes == "true" else [word for word in takes.split() if word != "any"]
