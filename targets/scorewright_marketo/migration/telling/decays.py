"""Decays: steps that are new or begin late, and values set for who is silent already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Result
from scorewright_marketo.lower.bounds import by_actions, by_scores, joined
from scorewright_marketo.lower.extents import bottom_of
from scorewright_marketo.migration.tables import CAMPAIGNS, plain, value_of
from scorewright_marketo.migration.telling.ground import MEMORY, WHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Step
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.emulation import Bound
    from scorewright.plugin.notes import Note
    from scorewright_marketo.migration.compare import Pair
    from scorewright_marketo.migration.telling.ground import Ground

__all__ = ["decays"]

_MOST_TIMES = 12
"""How often a repeated step comes in one silence, before it counts as drawn out."""


def decays(ground: Ground) -> Iterator[Note]:
    """Steps that go on, steps that nobody can tell were taken, and values that are set for who is silent already."""
    there = {name for item in ground.since.objects if item.kind == CAMPAIGNS for name in item.elements}
    for decay in ground.b.model.decay.values():
        changed = [pair.new for pair in ground.meant.edits(CAMPAIGNS)]
        changed += [*ground.meant.comes(CAMPAIGNS), *ground.meant.goes(CAMPAIGNS)]
        touched = any(decay.name in item.elements for item in changed)
        if not touched:
            continue
        unsure = [*_of_decay(ground, decay, known=decay.name in there)]
        yield from unsure
        if not unsure and decay.name in there:
            yield ground.note("steps-go-on", Result.EXACT, decay.name, facts=MEMORY)


def _of_decay(ground: Ground, new: Decay, *, known: bool) -> Iterator[Note]:
    taken = _most(ground, new)
    if known and (new.name in ground.plan.quarantine.skipped or _told_otherwise(ground, new.name)):
        words = "more or less, until the next silence, for who is silent at the change"
        yield _either_way(ground, "steps-are-not-counted", new, taken, words)
    if any(_repeat(pair) for pair in ground.meant.edits(CAMPAIGNS) if new.name in pair.new.elements):
        words = "more or less, until the next silence, for who has met the step at the change"
        yield _either_way(ground, "repeat-counts-from-the-last", new, taken, words)
    if _stamped_anew(ground, new.name):
        yield _begins_late(ground, new, taken)
    lower = _set_again(ground, new.name)
    if lower > 0:
        bound = f"up to {lower} points less, until the next silence, for who is silent at the change"
        yield ground.note(
            "set-again-in-silence",
            Result.BOUNDED,
            new.name,
            bound=bound,
            bounds=_decayed(ground, new, -lower, 0),
        )


def _either_way(ground: Ground, name: str, decay: Decay, taken: int | None, words: str) -> Note:
    """A bound on both sides; refused where no number can be had for it."""
    if taken is None:
        instead = (
            "leave when its steps come as it was; or let the score have a ceiling, so that there is a number; or give the "
            "decay a new id: then every silence is looked at anew"
        )
        return ground.note(name, Result.REFUSED, decay.name, instead=instead)
    bounds = _decayed(ground, decay, -taken, taken)
    return ground.note(name, Result.BOUNDED, decay.name, bound=f"{taken} points {words}", bounds=bounds)


def _begins_late(ground: Ground, decay: Decay, taken: int | None) -> Note:
    """What the steps would have taken or, where one sets a score that is lower, given is missing until then."""
    given = _lifted(ground, decay)
    words = [f"{_number(taken)} more"] if taken is None or taken else []
    words += [f"{_number(given)} less"] if given is None or given else []
    who = "until the next silence, for who is silent at the change"
    lack = None if given is None else -given
    moved = by_scores(ground.b, ((decay.score, lack, taken),), WHEN, fed=False)
    undone = by_actions(ground.b, decay, decay.then, few=1, when=WHEN)
    bound = f"{' or '.join(words)}, {who}" if words else f"no action of the decay, {who}"
    bounds = joined(moved, undone)
    return ground.note("stamps-begin-late", Result.BOUNDED, decay.name, bound=bound, bounds=bounds)


def _lifted(ground: Ground, decay: Decay) -> int | None:
    """By how much a step that sets a score lifts a lower one at most; ``None`` where the score has no least value."""
    bottom = bottom_of(ground.b, ground.b.model.scores[decay.score])
    most = 0
    for step in decay.steps:
        lows = [number for number in (bottom, step.level.least) if number is not None]
        if step.set_to is not None and not lows:
            return None
        most = max(most, step.set_to.value - max(lows)) if step.set_to is not None else most
    return most


def _stamped_anew(ground: Ground, name: str) -> bool:
    """Whether a date that tells the silence is filled in by this change: with the day of the change."""
    stamps = {
        value_of(step, "Attribute")
        for item in ground.plan.starts
        for step in item.table["flow"]
        if value_of(step, "New Value") == "{{system.dateTime}}"
    }
    return any(
        row["rule"] in stamps and row.get("operator") == "in past before"
        for item in ground.now()
        if item.kind == CAMPAIGNS and name in item.elements
        for row in item.table["smart_list"].get("filters", ())
    )


def _told_otherwise(ground: Ground, name: str) -> bool:
    """Whether steps that were told by one means are told by another now."""
    old = {_means(pair.old) for pair in ground.meant.pairs if name in pair.old.elements}
    old |= {_means(item) for item in ground.meant.removed if name in item.elements}
    new = {_means(item) for item in ground.now() if name in item.elements}
    return old - {""} != new - {""}


def _set_again(ground: Ground, name: str) -> int:
    """By how much somebody whom the old batches have left alone is lowered by the new ones."""
    then = [*(pair.old for pair in ground.meant.pairs), *ground.meant.removed]
    old, new = (
        [item for item in items if name in item.elements and _means(item) == "sets"]
        for items in (then, ground.now())
    )
    if not old or not new:
        return 0
    return max(max(_levels(item)) for item in old) - min(min(_levels(item)) for item in new)


def _most(ground: Ground, decay: Decay) -> int | None:
    """What the steps of a silence take at most; ``None`` where that depends on a score that has no greatest value."""
    total = 0
    for step in decay.steps:
        taken = _taken(ground, step, decay)
        if taken is None:
            return None
        total += taken * (_MOST_TIMES if step.every is not None else 1)
    return total


def _taken(ground: Ground, step: Step, decay: Decay) -> int | None:
    if step.subtract is not None:
        return step.subtract.value
    ceiling = ground.b.model.scores[decay.score].ceiling
    ends = [number.value for number in (ceiling, step.level.upper and step.level.upper.number) if number]
    if not ends:
        return None
    top = max(0, min(ends))
    if step.percent is not None:
        return -(-top * step.percent // 100)
    return max(0, top - (step.set_to.value if step.set_to is not None else 0))


def _decayed(ground: Ground, decay: Decay, least: int | None, most: int | None) -> tuple[Bound, ...]:
    """A decay's scores off by so much, and its actions done or not."""
    many = 0 if least == 0 else 1
    few = 0 if most == 0 else 1
    return joined(
        by_scores(ground.b, ((decay.score, least, most),), WHEN, fed=False),
        by_actions(ground.b, decay, decay.then, few=few, many=many, when=WHEN),
    )


def _means(item: Emitted) -> str:
    """How a campaign of a decay knows who has met its step: by a count, by its own memory, or by the score that it sets."""
    if item.kind != CAMPAIGNS or not item.lowering.startswith("decay") or not item.table["flow"]:
        return ""
    last = item.table["flow"][-1]
    if value_of(last, "New Value").isdigit():
        return "counts" if value_of(last, "New Value") != "0" else ""
    if item.table["qualification"].startswith("Once every"):
        return "remembers"
    return "sets" if item.table.get("switched_on") == "nightly" and _levels(item) else ""


def _levels(item: Emitted) -> list[int]:
    """The greatest scores that the filters of a batch leave alone."""
    rows = plain(item.table["smart_list"].get("filters", ()))
    less = {"greater than": 0, "at least": 1}
    return [
        int(row["values"][0]) - less[row["operator"]]
        for row in rows
        if row.get("operator") in less and row["values"][0].lstrip("-").isdigit()
    ]


def _repeat(pair: Pair) -> bool:
    """Whether a step that repeats comes at other times now."""
    if "remembers" not in {_means(pair.old)} & {_means(pair.new)}:
        return False
    old, new = (
        (
            item.table["qualification"],
            [row for row in plain(item.table["smart_list"]["filters"]) if row["rule"] == "Created At"],
        )
        for item in pair
    )
    return old != new


def _number(points: int | None) -> str:
    return "any number of points" if points is None else f"{points} points"
