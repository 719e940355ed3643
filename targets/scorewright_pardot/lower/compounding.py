"""What a decay makes of a score that another element has left off: a level lets in somebody more, or passes somebody over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.plugin.notes import Result
from scorewright_pardot.lower.bounds import merged, times
from scorewright_pardot.lower.notes import NOTES
from scorewright_pardot.lower.ticks import result, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay
    from scorewright.plugin.emulation import Bound
    from scorewright.plugin.notes import Note
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.ticks import Tick

__all__ = ["lower_compounding", "stretch"]


def lower_compounding(cx: Context) -> None:
    """Widen the bounds of each decay by what its levels make of the bounds of others, where these have an end."""
    for decay in cx.model.decay.values():
        worst = stretch(decay)
        place = _place(cx, decay)
        whens = sorted({*_situations(cx, decay)})
        if (
            place is None
            or worst == (0, 0)
            or not whens
            or cx.options.strategy(decay) not in {"bands", "program"}
        ):
            continue
        again = any(step.every is not None for step in decay.steps)
        room = times(worst, None) if again else worst
        found = [bound for when in whens for bound in cx.off({decay.score: room}, when, feeds=False)]
        found += cx.off({decay.score: times(room, 2)}, "silent-twice", feeds=False)
        cx.notes[place] = _said(
            cx.notes[place],
            f"what other notes let be off meets another level: up to {worst[1]} points further off after one silence",
            found,
        )


def _said(note: Note, words: str, found: list[Bound]) -> Note:
    """The note with one bound more, in words and values; an exact one is none any more."""
    if note.result is Result.EXACT:
        name, message = (
            "levels-pull-apart",
            f"{NOTES['levels-pull-apart']}  {note.message[:1].upper()}{note.message[1:]}.",
        )
        note = replace(note, name=name, result=Result.BOUNDED, message=message)
    bound = "; ".join(filter(None, (note.bound, words)))
    return replace(note, bound=bound, bounds=merged((*note.bounds, *found)))


def stretch(decay: Decay) -> Room:
    """By how much one silence can pull two scores further apart than they were: over all levels that it reads.

    What takes one number from everybody, a share, or sets all, never does so; between two scores of which one is on this
    side of a level and one on the other, what is taken from them differs.
    """
    down = up = 0
    for tick in ticks(decay, 1):
        for edge in _edges(decay, tick):
            apart = _left(decay, tick, edge) - _left(decay, tick, edge - 1)
            down, up = down + min(0, apart), up + max(0, apart - 1)
    most = up - down
    return -most, most


def _edges(decay: Decay, tick: Tick) -> Iterator[int]:
    """The scores from which on others are decayed, or decayed otherwise."""
    levels = [step.level for step in tick.steps]
    levels += [
        item.bounds
        for item in con.walk(decay.when)
        if isinstance(item, con.ScoreTest) and item.score == decay.score
    ]
    yield from {level.least for level in levels if level.least is not None}
    yield from {level.most + 1 for level in levels if level.most is not None}


def _left(decay: Decay, tick: Tick, score: int) -> int:
    own = (
        item.bounds
        for item in con.walk(decay.when)
        if isinstance(item, con.ScoreTest) and item.score == decay.score
    )
    return result(decay, tick.steps, score) if all(bounds.holds(score) for bounds in own) else score


def _place(cx: Context, decay: Decay) -> int | None:
    """Where the first note of a decay stands that is built; its bounds hold the edges."""
    places = (
        place
        for place, note in enumerate(cx.notes)
        if _is_of(note, decay) and note.result in {Result.EXACT, Result.BOUNDED}
    )
    refused = any(_is_of(note, decay) and note.result is Result.REFUSED for note in cx.notes)
    return None if refused else next(places, None)


def _is_of(note: Note, decay: Decay) -> bool:
    return note.element == decay.name and note.product == decay.product


def _situations(cx: Context, decay: Decay) -> Iterator[str]:
    """Where other elements may leave the score off, unless by any number either way."""
    for note in cx.notes:
        if _is_of(note, decay):
            continue
        for gauge, least, most, when in note.bounds:
            if gauge == f"score {decay.score}" and (least, most) != (None, None):
                yield when
