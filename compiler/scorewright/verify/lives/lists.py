"""Lives through every value of a list, where what follows is done once or needs an event: a walk alone shows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.verify.lives.crossings import gates
from scorewright.verify.lives.earning import starting
from scorewright.verify.lives.life import DAY, Aimed
from scorewright.verify.lives.silences import become_active, ready
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.switches import nearest
from scorewright.verify.lives.undoing import undo
from scorewright.verify.lives.values import named
from scorewright.verify.lives.wants import ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Rule, Threshold
    from scorewright.verify.lives.scene import Scene
    from scorewright.verify.lives.wants import Want

__all__ = ["lists"]

_WAYS, _IN_ONE_LIFE, _OF_A_DECAY = 4, 8, 6
"""Ways of a condition, values that one life goes through, and values that a decay is looked at with."""
_A_STEP = 16
"""So many more lives for each step of effort."""


def lists(stage: Scene) -> Iterator[Aimed]:
    """Facts that are kept, event rules, thresholds and decays whose conditions look for several values."""
    for rule in stage.model.rules.values():
        if rule.on and rule.on[0].verb != "changes":
            yield from _of_events(stage, rule)
        elif not rule.on and rule.keep:
            yield from _kept(stage, rule)
    for threshold in stage.model.thresholds.values():
        yield from _of_threshold(stage, threshold)
    for decay in stage.model.decay.values():
        yield from _of_decay(stage, decay)


def _picks(stage: Scene, condition: con.Condition | None, so: bool = True) -> Iterator[tuple[Want, int]]:
    """Ways in which a condition is so, each with every value of its longest list but the first, which all lives take."""
    for want in ways(stage.model, condition, so)[:_WAYS]:
        lengths = [len({*named(test)}) for _, test, passes in want.tests if passes]
        yield from ((want, pick) for pick in range(1, max(lengths, default=0)))


def _cost(number: int) -> int:
    return min(9, 2 + number // _A_STEP)


def _kept(stage: Scene, rule: Rule) -> Iterator[Aimed]:
    """One person for each value, every second of them a day later."""
    name = f"rules.{rule.key}"
    for number, (want, pick) in enumerate(_picks(stage, rule.when)):
        story = Story(stage, created=starting(stage, rule) + pick % 2 * DAY)
        story.pick = pick
        story.become(want)
        life = story.rest().life(f"{name}: value {number + 2} of a list", name, tail=2 * stage.days)
        yield Aimed(_cost(number), life)


def _of_events(stage: Scene, rule: Rule) -> Iterator[Aimed]:
    """The event with each value: several in one life, or one where a limit would hold the others back."""
    name, together = f"rules.{rule.key}", _IN_ONE_LIFE
    if rule.limit is not None or rule.group is not None:
        together = 1
    for so, word in ((True, "listed"), (False, "shut out")):
        found = [*_picks(stage, rule.when, so)]
        for first in range(0, len(found), together):
            story = Story(stage, created=starting(stage, rule))
            for want, pick in found[first : first + together]:
                story.pick = pick
                story.become(want)
                story.times(rule.on[0], rule.on[0].nth)
                story.rest()
            cost = _cost(first // together)
            yield Aimed(cost, story.life(f"{name}: values {word}, from {first + 2}", name))


def _of_threshold(stage: Scene, threshold: Threshold) -> Iterator[Aimed]:
    """Opened by each value, or shut by each, one after the other in one life; and shut by each from the beginning."""
    name = f"thresholds.{threshold.key}"
    members = [threshold.when, *gates(threshold)]
    whole = con.All(tuple(members)) if len(members) > 1 else threshold.when
    for so, word in ((True, "opens"), (False, "shuts")):
        found = [*_picks(stage, whole, so)]
        others = ways(stage.model, whole, not so)
        for first in range(0, len(found), _IN_ONE_LIFE):
            story = Story(stage)
            for want, pick in found[first : first + _IN_ONE_LIFE]:
                _turn(story, threshold, want, pick, others)
            story.pick = 0
            if not so and (last := nearest(found[first][0], others)) is not None:
                story.become(last)
            life = story.rest().life(f"{name}: each value that {word} it, from {first + 2}", name)
            yield Aimed(_cost(first // _IN_ONE_LIFE), life)
    for number, (want, pick) in enumerate(_picks(stage, whole, so=False)):
        story = Story(stage)
        story.pick = pick
        story.become(want)  # who it is comes first, and then what would open it
        yield Aimed(_cost(number), story.rest().life(f"{name}: shut from the beginning {number + 2}", name))


def _turn(story: Story, threshold: Threshold, want: Want, pick: int, others: list[Want]) -> None:
    """Become otherwise and then so by one value of a list, each time with what it does undone."""
    story.pick = 0
    for turn in (nearest(want, others), want):
        if turn is not None:
            story.become(turn)
            story.rest()
            undo(story, threshold.then)
        story.pick = pick


def _of_decay(stage: Scene, decay: Decay) -> Iterator[Aimed]:
    """Silent with each value."""
    name, days = f"decay.{decay.key}", -(-decay.steps[0].after.seconds // DAY)
    for so, word in ((True, "meant"), (False, "not meant")):
        for number, (want, pick) in enumerate([*_picks(stage, decay.when, so)][:_OF_A_DECAY]):
            story = ready(stage, decay)
            become_active(stage, story, decay)
            story.pick = pick
            story.become(want)
            become_active(stage, story, decay)
            life = story.life(f"{name}: {word} by value {number + 2}", name, tail=days + 3 + stage.days)
            yield Aimed(_cost(number), life)
