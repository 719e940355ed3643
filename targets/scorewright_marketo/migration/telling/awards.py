"""Awards of events: counted on, windows begun anew, or paid once more."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright.model.elements import Rule, Threshold
from scorewright.plugin.notes import Result
from scorewright_marketo.lower.bounds import by_actions, by_awards, in_a_life, joined
from scorewright_marketo.migration.counters import counted_by
from scorewright_marketo.migration.plan import WAITED
from scorewright_marketo.migration.tables import CAMPAIGNS, plain, value_of
from scorewright_marketo.migration.telling.ground import MEMORY, WHEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Element
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.emulation import Bound
    from scorewright.plugin.notes import Note
    from scorewright_marketo.migration.compare import Pair
    from scorewright_marketo.migration.telling.ground import Ground

__all__ = ["awards"]


def awards(ground: Ground) -> Iterator[Note]:
    """Awards: numbers in tokens, edits in place, limits that count from now on."""
    for pair in ground.meant.edits("tokens"):
        if not pair.new.table["coupled"] and not pair.new.table["inverse"]:
            yield ground.note("token-only", Result.EXACT, pair.new.elements[0])
    for pair in ground.meant.edits(CAMPAIGNS):
        if pair.new.lowering.startswith("award") or (pair.new.lowering == "threshold" and _is_limited(pair)):
            yield from _limited(ground, pair)
    yield from _windows(ground)
    yield from _apart(ground)
    for item in ground.meant.goes(CAMPAIGNS):
        if item.lowering.startswith("award") and not {*item.elements} & ground.elements.keys():
            yield ground.note("points-stay", Result.EXACT, item.elements[0])
    for item in ground.plan.kept:
        if item.lowering == WAITED:
            yield ground.note("waiting-go-on", Result.EXACT, item.elements[0])


def _limited(ground: Ground, pair: Pair) -> Iterator[Note]:
    """A limit that rests on memory goes on; one that counts has counted what the version before let it count."""
    element = pair.new.elements[0]
    uncounted = _uncounted(ground, pair)
    if not uncounted:
        yield ground.note("edited-in-place", Result.EXACT, element, facts=MEMORY)
        return
    bounds = joined(*(_more(ground, item) for item in ground.elements.get(element, ())))
    bound = "as much as the limit gives once more, for who was given the award before it, until that is over"
    yield ground.note("awards-were-not-counted", Result.BOUNDED, element, bound=bound, bounds=bounds)


def _windows(ground: Ground) -> Iterator[Note]:
    """Accounts in points that empty after another time now: who waits in the old flow waits on."""
    before = _emptied_after(
        item for item in (*ground.meant.removed, *(pair.old for pair in ground.meant.pairs))
    )
    after = _emptied_after(ground.now())
    for field in after:
        if field in before and before[field] != after[field]:
            mine = [item for item in ground.now() if _fills(item, field)]
            names = [name for item in mine for name in item.elements if name in ground.elements]
            bounds = joined(
                *(_more(ground, one) for name in dict.fromkeys(names) for one in ground.elements[name])
            )
            bound = "as much as the limit gives once more, or not, until what was given before would be out of its window"
            for name in dict.fromkeys(names):
                yield ground.note("awards-were-not-counted", Result.BOUNDED, name, bound=bound, bounds=bounds)


def _apart(ground: Ground) -> Iterator[Note]:
    """Awards of which each asset has a limit of its own now, and all had one: nobody can tell for which one was given."""
    before = ground.since.model.rules if ground.since.model is not None else {}
    for key, rule in ground.b.model.rules.items():
        old = before[key].limit if key in before else None
        if old is not None and rule.limit is not None and rule.limit.by_asset and not old.by_asset:
            bound = "an award for each asset, more or less, for who was given one before the change"
            yield ground.note(
                "awards-were-not-counted", Result.BOUNDED, rule.name, bound=bound, bounds=_more(ground, rule)
            )


def _uncounted(ground: Ground, pair: Pair) -> bool:
    """Whether the award now counts in a field that does not hold what was given before."""
    old, new = ({*counted_by(item.table), *_dates(item)} for item in pair)
    filled = {value_of(step, "Score Name") for item, _ in ground.plan.fills for step in item.table["flow"]}
    fresh = new - old
    if _clipped(ground, pair) and old & new:
        return True
    if fresh and (pair.old.table["qualification"] != "Only once" or not fresh <= filled):
        return True
    return bool(new & old) and _resets(ground, new & old)


def _clipped(ground: Ground, pair: Pair) -> bool:
    """Whether an award that was cut counts as a whole one, in a limit that has room for more now.

    What cuts it is a choice on a count; one on a score holds the score in its bounds, and gives the award all the same.
    """
    scores = {
        gauge.at.get("field") for gauge in (*ground.since.gauges, *ground.gauges) if gauge.kind == "score"
    }
    rests = [
        [
            step
            for step in plain(item.table["flow"])
            if any(choice["if"]["rule"] not in scores for choice in step.get("choices", ()))
        ]
        for item in pair
    ]
    return bool(rests[0]) and rests[0] != rests[1]


def _resets(ground: Ground, fields: set[str]) -> bool:
    """Whether what takes a count back has changed: then it has counted for another window."""
    changed = [*ground.meant.edits(CAMPAIGNS)]
    items = [*ground.meant.added, *ground.meant.removed, *(pair.new for pair in changed)]
    return any(
        item.kind == CAMPAIGNS
        and item.table["type"] != "executable"
        and fields & {value_of(step, "Score Name") for step in item.table["flow"]}
        for item in items
    )


def _more(ground: Ground, element: Element) -> tuple[Bound, ...]:
    limit = getattr(element, "limit", None)
    if isinstance(element, Rule) and limit is None and element.group is not None:
        limit = ground.b.model.groups[element.group].limit
    count = limit.count if limit is not None and limit.kind == "times" else 1
    if isinstance(element, Rule):
        sizes = [abs(number.value) for _, number in element.points if number.value]
        if limit is not None and limit.kind == "points" and sizes:
            count = -(-limit.count // min(sizes))
        if limit is not None and limit.by_asset:
            count *= max(1, sum(len(event.objects) for event in element.on))
        count = max(count, in_a_life(element) or 0)
        return by_awards(ground.b, element, few=count, many=count, when=WHEN)
    actions = element.then if isinstance(element, Threshold) else ()
    return by_actions(ground.b, element, actions, few=count, many=count, when=WHEN)


def _emptied_after(items: Iterable[Emitted]) -> dict[str, set[str]]:
    """By account: after how long what was given is taken out of it again."""
    found: dict[str, set[str]] = {}
    for item in items:
        if item.kind == CAMPAIGNS and item.table.get("switched_on") == "requested":
            steps = plain(item.table["flow"])
            for wait, step in pairwise(steps):
                if wait["step"] == "Wait" and value_of(step, "Change").startswith("-"):
                    found.setdefault(value_of(step, "Score Name"), set()).add(value_of(wait, "Duration"))
    return found


def _fills(item: Emitted, field: str) -> bool:
    return (
        item.kind == CAMPAIGNS
        and item.table["type"] == "executable"
        and any(value_of(step, "Score Name") == field for step in item.table["flow"])
    )


def _is_limited(pair: Pair) -> bool:
    return pair.old.table["qualification"] != pair.new.table["qualification"] or bool(
        {*counted_by(pair.new.table)}
    )


def _dates(item: Emitted) -> Iterator[str]:
    """The fields in which an award keeps the dates of the last ones."""
    for step in item.table["flow"]:
        if step["step"] == "Change Data Value" and value_of(step, "New Value") == "{{system.dateTime}}":
            yield value_of(step, "Attribute")
