"""Lives of silence: how long it lasts, who comes back when, and what a decay finds there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.events import Event
from scorewright.model.vocabulary import VERBS
from scorewright.verify.lives.asked import events
from scorewright.verify.lives.events import happening
from scorewright.verify.lives.life import DAY, HOUR, Aimed
from scorewright.verify.lives.moves import carry_out
from scorewright.verify.lives.ranges import planned
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.undoing import can_be_undone, undo
from scorewright.verify.lives.wants import ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Step
    from scorewright.verify.lives.moves import Move
    from scorewright.verify.lives.scene import Scene

__all__ = ["become_active", "natural", "ready", "silences"]

_BUILTIN = {
    "visits": "any-page", "submits": "any-form", "opens": "any-email", "clicks": "any-email",
    "replies": "any-email", "downloads": "any-file", "registers": "any-webinar", "attends": "any-webinar",
    "misses": "any-webinar", "watches": "any-video", "chats": "any-chat", "joins": "any-campaign",
    "fails": "any-form", "bounces": "soft", "opportunity": "created",
}  # fmt: skip


def silences(stage: Scene) -> Iterator[Aimed]:
    """Every decay."""
    for decay in stage.model.decay.values():
        yield from _whole(stage, decay)
        yield from _returns(stage, decay)
        yield from _levels(stage, decay)
        yield from _others(stage, decay)
        yield from _moved(stage, decay)


def _activity(stage: Scene, decay: Decay) -> Move | Event | None:
    """Something that ends a silence: what raises the score, if that counts."""
    raising = [move for move in stage.moves.moves if move.event is not None and move.deltas[decay.score] > 0]
    counting = [move for move in raising if decay.activity == ("awards",) or _verb(move) in decay.activity]
    if counting:
        return min(
            counting, key=lambda move: (move.most == 1, len(move.want.tests), move.deltas[decay.score])
        )
    named = [event for event in events(stage.model) if event.verb in decay.activity and event.nth == 1]
    plain = [Event(verb, _objects(verb)) for verb in decay.activity if verb in VERBS and verb not in _NAMED]
    return next(iter([*named, *plain]), None)


def _verb(move: Move) -> str:
    return "" if move.event is None else move.event.verb


def _objects(verb: str) -> tuple[str, ...]:
    return (_BUILTIN[verb],) if verb in _BUILTIN else ()


def become_active(stage: Scene, story: Story, decay: Decay) -> None:
    """Have something happen that ends a silence."""
    found = _activity(stage, decay)
    if isinstance(found, Event):
        story.happens(found)
    elif found is not None:
        carry_out(stage, story, found)


def ready(stage: Scene, decay: Decay, level: int | None = None) -> Story:
    """Somebody whom the decay means, with a score of their own making or, if told so, of a level."""
    story = Story(stage)
    any(story.become(want) for want in ways(stage.model, decay.when))
    if level is not None:
        stage.moves.begin_with(story, decay.score, level)
    return story


def _days(step: Step) -> int:
    return -(-step.after.seconds // DAY)


def _chain(decay: Decay) -> int:
    """Days until every step has been done, the repeated ones four times."""
    return max(
        _days(step) + (4 * -(-step.every.seconds // DAY) if step.every is not None else 0)
        for step in decay.steps
    )


def _much(decay: Decay) -> int:
    """A score that is left with something after every step."""
    taken = sum(
        (step.subtract.value if step.subtract is not None else 0) * (5 if step.every else 1)
        for step in decay.steps
    )
    levels = [
        edge for step in decay.steps for edge in (step.level.least, step.level.most) if edge is not None
    ]
    stop = decay.stop_at.value if decay.stop_at is not None else 0
    return max([100, *levels]) + taken + max(stop, 0) + 7


def natural(stage: Scene, decay: Decay) -> Story:
    """Somebody whom the decay means, with about as many points of their own as a target plans for."""
    return _raised(stage, ready(stage, decay), decay)


def _whole(stage: Scene, decay: Decay) -> Iterator[Aimed]:
    """A silence with no return, twice over; of points of one's own and of many points."""
    name, days = f"decay.{decay.key}", _chain(decay)
    story = natural(stage, decay)
    become_active(stage, story, decay)
    yield Aimed(1, story.life(f"{name}: the whole silence, points earned", name, tail=days + 3 + stage.days))
    story = ready(stage, decay, _much(decay))
    become_active(stage, story, decay)
    story.wait((days + 1 + stage.days) * DAY)
    become_active(stage, story, decay)
    yield Aimed(1, story.life(f"{name}: two whole silences, many points", name, tail=days + 3 + stage.days))
    story = natural(stage, decay)
    become_active(stage, story, decay)
    story.wait((days + 1 + stage.days) * DAY)
    become_active(stage, story, decay)
    _raised(stage, story, decay)
    become_active(stage, story, decay)
    yield Aimed(1, story.life(f"{name}: two whole silences, points earned", name, tail=days + 3 + stage.days))
    if can_be_undone(decay.then):
        yield _undone(stage, decay, name, days)
    for count, word in ((3, "few points"), (1, "hardly any points")):
        story = ready(stage, decay)
        for _ in range(count):
            become_active(stage, story, decay)
        yield Aimed(2, story.life(f"{name}: the whole silence, {word}", name, tail=days + 3 + stage.days))
    story = ready(stage, decay, 3 * _much(decay))
    become_active(stage, story, decay)
    yield Aimed(
        3, story.life(f"{name}: the whole silence, very many points, long after", name, tail=2 * days + 40)
    )


def _undone(stage: Scene, decay: Decay, name: str, days: int) -> Aimed:
    """What others undo is done again in the next silence."""
    story = natural(stage, decay)
    for _ in range(2):
        become_active(stage, story, decay)
        story.wait((days + 1 + stage.days) * DAY)
        undo(story, decay.then)
        story.rest()
        story = _raised(stage, story, decay)
    become_active(stage, story, decay)
    return Aimed(
        1, story.life(f"{name}: undone by others, and silent again", name, tail=days + 3 + stage.days)
    )


def _raised(stage: Scene, story: Story, decay: Decay) -> Story:
    """With points again, so that there is something to take."""
    most = planned(stage.model, stage.model.scores[decay.score])
    stage.moves.reach(story, decay.score, min(_much(decay), most * 4 // 5), None, -1)
    return story


def _returns(stage: Scene, decay: Decay) -> Iterator[Aimed]:
    """Back before and after each step: by days, and by seconds around the tick."""
    for number, step in enumerate(decay.steps):
        name, tail = f"decay.{decay.key}: step {number + 1}", max(40, _chain(decay) + 1 + stage.days)
        effort = 1 if number == 0 else 2
        for word, days in (
            ("and well after", (-1, 1 + stage.days)),
            ("a day less, then, a day more", (-1, 0, 1)),
        ):
            for own in (True, False):
                story = natural(stage, decay) if own else ready(stage, decay, _much(decay))
                become_active(stage, story, decay)
                for more in days:
                    story.wait(max(HOUR, (_days(step) + more) * DAY))
                    become_active(stage, story, decay)
                title = f"{name}, back {word}, points {'earned' if own else 'given'}"
                cost = effort + (not own) + len(days) - 2
                short = max(2, min(map(_days, decay.steps)) - 2)
                rest = short if own and len(days) == 2 else tail
                yield Aimed(cost, story.life(title, f"decay.{decay.key}", tail=rest))
        yield from _around_tick(stage, decay, number, name)


def _around_tick(stage: Scene, decay: Decay, number: int, name: str) -> Iterator[Aimed]:
    """Back a second before the tick that a step waits for, at it, and after."""
    days, clock = _days(decay.steps[number]), stage.clock
    for word, seconds, cost in (
        ("before", -1, 3),
        ("at", 0, 4),
        ("after", 1, 3),
        ("well after", 9 * HOUR, 2),
    ):
        story = ready(stage, decay, _much(decay))
        become_active(stage, story, decay)
        due = clock.day_start(clock.day(story.at + days * DAY))
        tick = next(clock.days(due, due + 3 * DAY))
        story.wait(max(HOUR, tick + seconds - story.at))
        become_active(stage, story, decay)
        life = story.life(f"{name}, back {word} the tick", f"decay.{decay.key}", tail=days + 3 + stage.days)
        yield Aimed(min(10, cost + min(number, 4)), life)


def _levels(stage: Scene, decay: Decay) -> Iterator[Aimed]:
    """Scores around each step's level, around ``stop_at``, and around what a step takes."""
    before = 0
    for number, step in enumerate(decay.steps):
        for edge in sorted(_edges(decay, step)):
            for off in (0, -1, 1):
                yield from _silent_at(stage, decay, number, edge + before, off)
        before += step.subtract.value if step.subtract is not None else 0


def _edges(decay: Decay, step: Step) -> set[int]:
    """The scores beside which a step does something else."""
    found = {edge for edge in (step.level.least, step.level.most) if edge is not None}
    if decay.stop_at is not None or step.subtract is not None:
        stop = decay.stop_at.value if decay.stop_at is not None else 0
        found |= {stop, stop + (step.subtract.value if step.subtract is not None else 0)}
    return found | ({step.set_to.value} if step.set_to is not None else set())


def _silent_at(stage: Scene, decay: Decay, number: int, edge: int, off: int) -> Iterator[Aimed]:
    """A silence until after a step, begun at a score beside an edge: with points of one's own, and with others."""
    name, step = f"decay.{decay.key}", decay.steps[number]
    title = f"{name}: step {number + 1}, silent at {edge + off}"
    every = -(-step.every.seconds // DAY) if step.every is not None else 0
    tail = _days(step) + 2 * every + 2 + stage.days
    effort = min(10, (2 if number == 0 else 3) + (off > 0 or (off < 0 and number == 0)))
    for earned in (True, False):
        story = ready(stage, decay)
        if _stand_at(stage, story, decay, edge + off, earned=earned):
            word = " of their own" if earned else ""
            yield Aimed(effort, story.life(title + word, name, tail=tail))


def _stand_at(stage: Scene, story: Story, decay: Decay, level: int, *, earned: bool) -> bool:
    """Active for the last time, and then at a level: of points that they earned, or began with."""
    if earned:
        return (
            stage.moves.nearest(decay.score, level, 1) == level
            and stage.moves.earn(story, decay.score, level)
            and story.at - story.created < min(step.after.seconds for step in decay.steps)
        )
    story.wait(stage.space)
    become_active(stage, story, decay)
    return stage.moves.begin_with(story, decay.score, level)


def _others(stage: Scene, decay: Decay) -> Iterator[Aimed]:
    """Whoever was never active, and whom the decay does not mean."""
    name, days = f"decay.{decay.key}", _chain(decay)
    story = ready(stage, decay, _much(decay))
    yield Aimed(
        2 if not decay.never_active else 1,
        story.life(f"{name}: never active", name, tail=days + 2 + stage.days),
    )
    for number, want in enumerate(ways(stage.model, decay.when, so=False)):
        story = Story(stage)
        stage.moves.begin_with(story, decay.score, _much(decay))
        story.become(want)
        become_active(stage, story, decay)
        story.wait((_days(decay.steps[0]) + stage.days) * DAY)
        any(story.become(other) for other in ways(stage.model, decay.when))
        yield Aimed(
            min(9, 1 + number),
            story.life(f"{name}: not meant {number + 1}, then meant", name, tail=days + 2 + stage.days),
        )


def _moved(stage: Scene, decay: Decay) -> Iterator[Aimed]:
    """The score moves after each step without an end of the silence: by what holds, and by what does not count."""
    name, idle = f"decay.{decay.key}", _idle(stage, decay)
    for number, (on, off) in enumerate(_uncounted(stage, decay)[:_MOST_MOVES]):
        for word in ("comes", "goes", *(("comes to whoever has nothing",) if idle is not None else ())):
            story = natural(stage, decay) if word == "goes" else ready(stage, decay)
            if word == "goes":
                carry_out(stage, story, on)
            if word in {"comes", "goes"} or idle is None:
                become_active(stage, story, decay)
            else:
                story.happens(idle)
            since = story.at
            for place, days in enumerate(sorted({_days(step) for step in decay.steps})):
                story.wait(max(stage.space, since + days * DAY + stage.rest + DAY - story.at))
                move = off if (place % 2 == 0) is (word == "goes") else on
                if move is not None:
                    carry_out(stage, story, move)
            title = f"{name}: {on.name} {word} in the silence, way {number + 1}"
            yield Aimed(min(9, 1 + number), story.life(title, name, tail=_chain(decay) + stage.days))


def _idle(stage: Scene, decay: Decay) -> Event | None:
    """Something that ends a silence and gives nothing: where everything is scored there is no such thing."""
    plain = [Event(verb, _objects(verb)) for verb in decay.activity if verb in VERBS and verb not in _NAMED]
    return next((event for event in plain if not _is_scored(stage, event)), None)


_NAMED = {"does", "changes"}


def _is_scored(stage: Scene, event: Event) -> bool:
    made = happening(stage, event, stage.created)
    return any(stage.ask.is_one(made, other) for rule in stage.model.rules.values() for other in rule.on)


_MOST_MOVES = 6
"""Moves that end no silence, of which each has two lives."""


def _uncounted(stage: Scene, decay: Decay) -> list[tuple[Move, Move | None]]:
    """What moves the score and ends no silence, with what takes it back: the same thing no longer so."""
    moving = [move for move in stage.moves.moves if move.deltas[decay.score]]
    found: list[tuple[Move, Move | None]] = []
    for move in sorted(moving, key=lambda item: (item.event is not None, -item.deltas[decay.score])):
        if move.event is not None:
            counts = decay.activity == ("awards",) or move.event.verb in decay.activity
            found += [] if counts else [(move, move)]
        else:
            found.append((move, _undone_by(move)))
    return found


def _undone_by(move: Move) -> Move | None:
    """The opposite of what holds: its fields no longer so."""
    if not move.want.tests:
        return None
    tests = tuple((field, test, not so) for field, test, so in move.want.tests[:1])
    return move._replace(want=move.want._replace(tests=tests))
