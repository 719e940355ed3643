"""Lives about who somebody is and when: outside the population, before the start, known late, on nights of change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorewright.model.history import CRM_KIND
from scorewright.verify.lives.asked import events
from scorewright.verify.lives.events import happening
from scorewright.verify.lives.life import DAY, HOUR, Aimed
from scorewright.verify.lives.moves import carry_out
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.wants import ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model
    from scorewright.model.events import Event
    from scorewright.verify.lives.scene import Scene
    from scorewright.verify.lives.wants import Want

__all__ = ["people"]


def people(stage: Scene) -> Iterator[Aimed]:
    """The population, the model's own dates, bands and bounds, and what is peculiar about time."""
    yield Aimed(1, Story(stage).rest().life("nobody: nothing happens", "model"))
    yield from _unrecorded(stage)
    yield from _outside(stage)
    yield from _dates(stage)
    yield from _bounds(stage)
    first = [event for event in events(stage.model) if event.verb != "changes"][:3]
    for number, event in enumerate(first):
        yield from _timing(stage, event, number)
    yield from _nights(stage)


def _unrecorded(stage: Scene) -> Iterator[Aimed]:
    """Without a record in the CRM, then with one, and without again: some things exist only beside a record."""
    story = Story(stage)
    story.put(CRM_KIND, None)
    for record in ("lead", None, None):
        for move in stage.moves.moves[:3]:
            carry_out(stage, story, move)
            story.rest()
        story.put(CRM_KIND, record)
    yield Aimed(2, story.rest().life("model: without a record in the CRM", "model"))


def _outside(stage: Scene) -> Iterator[Aimed]:
    """Outside from the beginning; in and out again, things happening all the while."""
    head = stage.model.header
    conditions = [(head.eligible, True)] if head.eligible is not None else []
    conditions += [(key, False) for key in head.exclude]
    moves = [move for move in stage.moves.moves if move.event is not None][:2]
    for key, inside in conditions:
        name = f"segments.{key}"
        within = ways(stage.model, stage.model.segments[key].when, so=inside)
        without = ways(stage.model, stage.model.segments[key].when, so=not inside)
        for number, want in enumerate(without):
            story = Story(stage, inside=False)
            story.become(want)
            for target in (*within[:1], want, *within[:1]):
                for move in moves:
                    carry_out(stage, story, move)
                story.become(target)
            for move in moves:
                carry_out(stage, story, move)
            yield Aimed(
                min(9, 1 + 2 * number), story.life(f"{name}: outside {number + 1}, in, out, in", name)
            )


def _dates(stage: Scene) -> Iterator[Aimed]:
    """The model's first and last day, and its start."""
    active = stage.model.header.active
    turns = [] if stage.starts is None else [("start", stage.starts)]
    if active is not None and active.first is not None:
        turns.append(("first day", stage.clock.day_start(date.fromisoformat(active.first[:10]))))
    if active is not None and active.last is not None:
        after = date.fromisoformat(active.last[:10]) + timedelta(days=1)
        turns.append(("last day", stage.clock.day_start(after)))
    moves = [move for move in stage.moves.moves if move.event is not None][:3]
    for word, turn in turns:
        for seconds, cost in ((-1, 1), (0, 2), (1, 2)):
            for number, move in enumerate(moves):
                story = Story(stage, created=turn - 30 * DAY + 7)
                carry_out(stage, story, move)
                story.become(move.want)
                assert move.event is not None
                story.wait(max(0, turn + seconds - story.at)).happens(move.event).rest()
                carry_out(stage, story, move)
                yield Aimed(
                    cost + (move is not moves[0]),
                    story.life(f"model: {word}, {move.name} ({number + 1}) at {seconds:+d} s", "model"),
                )
        for number, want in enumerate(_ways_past(stage)):
            story = Story(stage, created=turn - 30 * DAY + 7)
            story.become(want)
            story.wait(max(0, turn - story.at + 5 * DAY))
            yield Aimed(2, story.life(f"model: {word}, there before {number + 1}", "model"))


def _ways_past(stage: Scene) -> Iterator[Want]:
    """One way past each threshold."""
    for threshold in stage.model.thresholds.values():
        yield from ways(stage.model, threshold.when)[:1]


def _bounds(stage: Scene) -> Iterator[Aimed]:
    """Scores around their floor, ceiling and bands' bounds."""
    for key, found in _edges(stage.model).items():
        for name, edge in found:
            for off, cost in ((-1, 1), (0, 1), (1, 2)):
                story = Story(stage)
                story.bring(key, edge + off)
                story.rest()
                for up in (True, False, True, True, False):
                    move = stage.moves.one(key, up=up)
                    if move is not None:
                        carry_out(stage, story, move)
                yield Aimed(cost, story.rest().life(f"{name}: {key} at {edge + off}, up and down", name))


def _edges(model: Model) -> dict[str, list[tuple[str, int]]]:
    """For each score, the elements that bound it somewhere, and where."""
    found: dict[str, list[tuple[str, int]]] = {}
    for key, score in model.scores.items():
        for bound in (score.floor, score.ceiling):
            if bound is not None:
                found.setdefault(key, []).append((f"scores.{key}", bound.value))
    for band in model.bands.values():
        for case in band.cases:
            if case.lower is not None and band.score is not None:
                least = case.lower.number.value + (not case.lower.inclusive)
                found.setdefault(band.score, []).append((f"bands.{band.key}", least))
    return found


def _timing(stage: Scene, event: Event, number: int) -> Iterator[Aimed]:
    """Known late, from before the person was known, a bot's, several at once."""
    space = stage.space
    at = stage.created + space
    made = happening(stage, event, at)
    name = f"{event.verb} {number + 1}"
    late = (
        Story(stage).wait(space).add(made._replace(known=at + 10 * DAY)).wait(10 * DAY + space).happens(event)
    )
    yield Aimed(3 + number, late.life(f"{name}: known ten days late", "model"))
    early = Story(stage).add(made._replace(at=stage.created - 3 * DAY)).wait(space).happens(event)
    yield Aimed(2 + number, early.life(f"{name}: before the person was known", "model"))
    twice = Story(stage).wait(space).add(made).add(made).wait(space)
    yield Aimed(2 + number, twice.life(f"{name}: twice in one second", "model"))
    burst = Story(stage).wait(space)
    for _ in range(5):
        burst.wait(60).happens(event)
    yield Aimed(3 + number, burst.life(f"{name}: five in five minutes", "model"))
    if event.verb in {"opens", "clicks", "replies"} and "email" in stage.model.assets[made.what].kinds:
        bots = Story(stage).wait(space)
        for value in (True, False, None):
            bots.add(made._replace(at=0, properties={**made.properties, "bot": value}))
        yield Aimed(1, bots.life(f"{name}: a bot's, a person's, unknown whose", "model"))


def _nights(stage: Scene) -> Iterator[Aimed]:
    """The nights on which the model's clock is changed: something a day before, an hour around, a day after."""
    clock, move = stage.clock, next((m for m in stage.moves.moves if m.event is not None), None)
    day, found = clock.day(stage.created), []
    for _ in range(366):
        day += timedelta(days=1)
        if clock.day_start(day + timedelta(days=1)) - clock.day_start(day) != DAY:
            found.append(clock.day_start(day))
    for number, night in enumerate(found[:2] if move is not None else []):
        assert move is not None
        story = Story(stage, created=night - 20 * DAY + 7)
        story.wait(0)
        for at in (night - DAY + 7, night + 90 * 60 + 7, night + 3 * HOUR + 7, night + DAY + 7):
            story.wait(max(0, at - story.at))
            carry_out(stage, story, move)
        longest = max(
            (step.after.seconds for decay in stage.model.decay.values() for step in decay.steps), default=0
        )
        tail = max(40, longest // DAY + 3)
        yield Aimed(3, story.life(f"model: clocks change, night {number + 1}", "model", tail=tail))
