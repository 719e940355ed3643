"""Lives of thresholds: just short of a level, at it and past it; shut for each reason; and again, and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.value_tests import Known
from scorewright.verify.lives.events import happening
from scorewright.verify.lives.life import DAY, HOUR, Aimed
from scorewright.verify.lives.moves import carry_out
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.switches import nearest, switched
from scorewright.verify.lives.undoing import reopened
from scorewright.verify.lives.wants import both, flipped, ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright.model.events import Event
    from scorewright.verify.lives.scene import Scene
    from scorewright.verify.lives.wants import Want

__all__ = ["crossings", "gates"]


_LONG = 400 * DAY
_MANY = 260
"""So many things that happen bring somebody up again."""


def gates(threshold: Threshold) -> list[con.Condition]:
    """What must be so beside ``when``: the required fields, and not ``unless``."""
    known: list[con.Condition] = [con.FieldTest(field, Known(True)) for field in threshold.required_fields]
    return known + ([] if threshold.unless is None else [flipped(threshold.unless)])


def crossings(stage: Scene) -> Iterator[Aimed]:
    """Every threshold."""
    for threshold in stage.model.thresholds.values():
        name = f"thresholds.{threshold.key}"
        members = [threshold.when, *gates(threshold)]
        whole = con.All(tuple(members)) if len(members) > 1 else threshold.when
        for number, want in enumerate(ways(stage.model, whole)):
            for score in want.scores:
                yield from _levels(stage, threshold, name, want, score, number)
        yield from switched(stage, name, whole)
        yield from reopened(stage, name, whole, threshold.then)
        yield from _there_before(stage, name, whole)
        yield from _after_silence(stage, name, whole)
        yield from _raised(stage, threshold, name)
        if threshold.limit is not None:
            yield _again(stage, threshold, name, whole)
        if threshold.schedule is not None:
            yield from _scheduled(stage, threshold, name, whole)


def _levels(  # noqa: PLR0917 - whose, what, and where from
    stage: Scene,
    threshold: Threshold,
    name: str,
    want: Want,
    score: tuple[str, int | None, int | None],
    number: int,
) -> Iterator[Aimed]:
    """The score one short, exact and one over, by what happens and from the beginning; then up or down again."""
    key, least, most = score
    rest = want._replace(scores=tuple(item for item in want.scores if item != score))
    for edge, inwards in ((least, True), (most, False)):
        if edge is None:
            continue
        for step in (-1, 1):
            yield from _by_earning(stage, name, rest, key, (edge + min(step, 0), step), number)
        yield from _short_of(stage, name, rest, key, edge, number)
        if inwards:
            yield from _down_to(stage, name, rest, key, edge, number)
            if any(isinstance(action, act.Reset) for action in threshold.then):
                yield from _reset_twice(stage, name, rest, key, edge)
        for off, cost in ((-1, 1), (0, 1), (1, 2)):
            level = edge + off
            story = Story(stage)
            story.become(rest)
            story.bring(key, level)
            _then_on(stage, story, key, up=inwards)
            title = f"{name}: way {number + 1}, {key} at {level}, then past {edge}"
            yield Aimed(min(10, cost + 2 * number), story.life(title, name))
            story = Story(stage)
            story.become(rest)
            if stage.moves.begin_with(story, key, level):
                _then_on(stage, story, key, up=inwards)
                title = f"{name}: way {number + 1}, begins with {key} at {level}"
                yield Aimed(min(10, cost + 2 + 2 * number), story.life(title, name))


def _down_to(  # noqa: PLR0917 - whose, what, and where to
    stage: Scene, name: str, rest: Want, key: str, edge: int, number: int
) -> Iterator[Aimed]:
    """Past a level, down to the very number or just short of it by what happens, and past it again."""
    for level, cost in ((edge - 1, 1), (edge, 3)):
        story = Story(stage)
        over = stage.moves.nearest(key, edge + 1, 1)
        if over is None or not story.become(rest) or not stage.moves.earn(story, key, over):
            continue
        if not stage.moves.earn(story.rest(), key, level):
            continue
        _then_on(stage, story, key, up=True)
        title = f"{name}: way {number + 1}, {key} past {edge}, down to {level} and past it again"
        yield Aimed(min(10, cost + 2 * number), story.life(title, name))


def _reset_twice(stage: Scene, name: str, rest: Want, key: str, level: int) -> Iterator[Aimed]:
    """Past a level that resets the score, and all the way up to it once more."""
    story = Story(stage)
    if not story.become(rest) or not stage.moves.begin_with(story, key, level - 1):
        return
    move = stage.moves.one(key, up=True)
    if move is not None and story.score(key) == level - 1:
        carry_out(stage, story.rest(), move)
        story.rest()
        if stage.moves.earn(story, key, level - 1, _MANY):
            carry_out(stage, story, move)
            yield Aimed(3, story.rest().life(f"{name}: reset, and all the way up again", name))


def _there_before(stage: Scene, name: str, whole: con.Condition) -> Iterator[Aimed]:
    """Whoever is past it when the model is switched on; then not, and then again."""
    counter = next((key for key, score in stage.model.scores.items() if score.kind == "engagement"), None)
    false = ways(stage.model, whole, so=False)
    for number, want in enumerate(ways(stage.model, whole) if counter is not None else []):
        story = Story(stage)
        assert counter is not None
        story.scores[counter] = 1  # whoever has points is there already
        for key, least, most in want.scores:
            level = least if least is not None else most
            if level is not None:
                stage.moves.begin_with(story, key, level)
        story.become(want)
        off = nearest(want, false)
        for turn in (off, want) if off is not None else ():
            story.rest()
            story.become(turn)
        yield Aimed(min(9, 1 + number), story.rest().life(f"{name}: there before, way {number + 1}", name))


def _short_of(  # noqa: PLR0917 - whose, what, and where from
    stage: Scene, name: str, rest: Want, key: str, edge: int, number: int
) -> Iterator[Aimed]:
    """What moves a score up and down at once, and ends just short of the number: a sum on the way may pass it."""
    for move in {move.event: move for move in stage.moves.moves}.values():
        if move.event is None or not _goes_both_ways(stage, move.event, key):
            continue
        story = Story(stage)
        story.become(rest)
        if stage.moves.begin_with(story, key, edge - 1 - max(0, move.deltas[key])):
            for _ in range(2):
                carry_out(stage, story, move)
                story.rest()
                stage.moves.bring(story, key, edge - 1 - max(0, move.deltas[key]))
            title = f"{name}: way {number + 1}, {key} short of {edge} by {move.name}"
            yield Aimed(min(10, 3 + 2 * number), story.life(title, name))


def _goes_both_ways(stage: Scene, event: Event, key: str) -> bool:
    """Whether one such event gives points to a score, and takes some."""
    made = happening(stage, event, stage.created)
    signs = {
        number.value > 0
        for rule in stage.model.rules.values()
        for score, number in rule.points or ()
        if score == key and number.value and any(stage.ask.is_one(made, other) for other in rule.on)
    }
    return len(signs) > 1


def _by_earning(  # noqa: PLR0917 - whose, what, and where from
    stage: Scene, name: str, rest: Want, key: str, where: tuple[int, int], number: int
) -> Iterator[Aimed]:
    """Where no exact number can be earned: the nearest on each side that can."""
    level, step = where
    found = stage.moves.nearest(key, level, step)
    if found is None or found == level:
        return
    story = Story(stage)
    if story.become(rest) and stage.moves.earn(story, key, found):
        _then_on(stage, story, key, up=True)
        yield Aimed(
            min(10, 1 + 2 * number), story.life(f"{name}: way {number + 1}, {key} earned to {found}", name)
        )


def _after_silence(stage: Scene, name: str, whole: con.Condition) -> Iterator[Aimed]:
    """Past it, down again by silence alone, and past it once more."""
    longest = max(
        (step.after.seconds for decay in stage.model.decay.values() for step in decay.steps), default=0
    )
    if not 0 < longest < _LONG:
        return
    for number, want in enumerate(ways(stage.model, whole)[:2]):
        story = Story(stage)
        story.become(want)
        for _ in range(3):
            for _ in range(3):
                story.wait(longest + stage.space + DAY)
                if story.at - story.created > 2 * _LONG or not story.holds(whole):
                    break
            story.rest()
            story.become(want)
        life = story.life(f"{name}: way {number + 1}, lost by silence and reached again", name)
        yield Aimed(min(9, 1 + 2 * number), life)


def _then_on(stage: Scene, story: Story, key: str, *, up: bool) -> None:
    """Across in one direction, back if anything can, and across again."""
    story.rest()
    for direction in (up, up, not up, up):
        move = stage.moves.one(key, up=direction)
        if move is not None:
            carry_out(stage, story, move)
            story.rest()


def _raised(stage: Scene, threshold: Threshold, name: str) -> Iterator[Aimed]:
    """Hand raisers: with everything that both ways need, twice; then with each of it missing."""
    if not threshold.or_on:
        return
    open_ = gates(threshold)
    condition = con.All(tuple(open_)) if len(open_) > 1 else open_[0] if open_ else None
    for number, event in enumerate(threshold.or_on):
        story = Story(stage)
        any(story.become(want) for want in ways(stage.model, condition))
        for pick in range(3):
            story.times(event, event.nth, pick=pick)
        yield Aimed(
            1 if number == 0 else 2, story.life(f"{name}: hand raised by {event.verb} {number + 1}", name)
        )
    for number, want in enumerate(ways(stage.model, condition, so=False)):
        story = Story(stage)
        story.become(want)
        story.happens(threshold.or_on[0]).rest()
        any(story.become(other) for other in ways(stage.model, condition))
        story.rest().happens(threshold.or_on[0])
        yield Aimed(min(9, 2 + number), story.life(f"{name}: hand raised while shut {number + 1}", name))


def _again(stage: Scene, threshold: Threshold, name: str, whole: con.Condition) -> Aimed:
    """Open and shut more often than the limit allows, then once more when its window is over."""
    assert threshold.limit is not None
    story = Story(stage)
    true, false = ways(stage.model, whole), ways(stage.model, whole, so=False)
    for _ in range(min(threshold.limit.count + 1, 12)):
        for want in (*true[:1], *false[:1]):
            story.become(want)
    per = threshold.limit.per
    story.wait(
        (per.rolling.seconds if per is not None and per.rolling is not None else 40 * DAY) + stage.space
    )
    any(story.become(want) for want in true[:1])
    return Aimed(
        1, story.life(f"{name}: opened {threshold.limit.count + 1} times, and after the window", name)
    )


def _scheduled(stage: Scene, threshold: Threshold, name: str, whole: con.Condition) -> Iterator[Aimed]:
    """Open an hour and a second before a scheduled hour, at it, and after; shut again before the next."""
    assert threshold.schedule is not None
    schedule = stage.model.schedules[threshold.schedule]
    true, false = ways(stage.model, whole), ways(stage.model, whole, so=False)
    if not true:
        return
    for shown in schedule.at:
        for seconds, cost in ((-HOUR, 1), (-1, 2), (0, 3), (1, 3)):
            story = Story(stage)
            last = true[0]._replace(tests=true[0].tests, facts=true[0].facts)
            story.become(last._replace(scores=()))
            for key, least, _ in last.scores:
                story.bring(key, (least or 0) - 1)
            zone = schedule.timezone
            hour = stage.clock.at(shown, stage.clock.day(story.at + 3 * DAY), zone)
            story.gap = 0
            story.wait(hour + seconds - story.at).become(last)
            story.gap = stage.space
            yield Aimed(cost, story.rest().life(f"{name}: open {seconds:+d} s after {shown}", name))
    if false:
        story = Story(stage)
        story.gap = 2 * HOUR
        for want in (true[0], false[0], true[0], false[0]):
            story.become(both(want, stage.population[0]) or want)
        yield Aimed(3, story.life(f"{name}: open and shut between two hours", name))
