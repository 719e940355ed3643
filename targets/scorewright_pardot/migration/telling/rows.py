"""The baseline and folders: what a changed row, or an asset in another category, does to the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.lower.compounding import stretch
from scorewright_pardot.lower.residual import CLASSES
from scorewright_pardot.migration.programs import ACTING, PROGRAMS, as_rules
from scorewright_pardot.migration.tables import adjusts, set_to
from scorewright_pardot.migration.telling.ground import WHEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Decay
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.compare import Pair
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["folders", "rows"]

_ROWS = "baseline-scoring"
_COUNTED = frozenset(row for one in CLASSES.values() if one.category for row in one.rows)
"""The rows whose points a scoring category counts too."""
_BY_NAME = frozenset(
    row for name in ("page", "form", "email-click", "redirect", "file") for row in CLASSES[name].rows
)
"""The rows of what an action on one asset sees too."""
_VISIT = frozenset((*CLASSES["page"].rows, *CLASSES["session"].rows))
"""The rows that one event can be counted by at once."""


def rows(ground: Ground) -> Iterator[Note]:
    """A changed row of the baseline: refused beside a decay that subtracts, else bounded one way."""
    pairs = ground.difference.rows()
    element = next((pair.new.elements[0] for pair in pairs if pair.new.elements), "model")
    element = element if "." in element else "model.id"
    facts = ("baseline-rescores-everyone", "sets-jump-back", "rescore-keeps-adjustments")
    keeps = bool(ground.request.facts["rescore-keeps-adjustments"])
    rules = [*as_rules(ground.since.objects), *as_rules(ground.bundle.objects)]
    moved = [(pair.new.name, change) for pair in pairs if (change := _rescored(ground, pair))]
    if not pairs or not (moved or any(_sets(item) or _subtracts(item) for item in rules)):
        return
    apart = any(stretch(decay) != (0, 0) for decay in _decays(ground))
    # a program rests for a day and more meanwhile, and what it takes in a silence comes later by that, or not at all
    if any(_subtracts(item) and (apart or not keeps or item.kind == PROGRAMS) for item in rules):
        instead = _beside_the_row({pair.new.name for pair in pairs})
        yield ground.note("baseline-beside-decay", Result.REFUSED, element, instead=instead, facts=facts)
        return
    words = ", ".join(f"{name} {change:+d}" for name, change in moved)
    sets = [item for item in rules if _sets(item)]
    bound = f"for each time in the past: {words}" + (
        "; what a decay or a reset has set comes back" if sets else ""
    )
    bounds: list[Bound] = []
    for name, at in ground.at.items():
        if at.get("read") == "Prospect score":
            bounds += _for_each(name, _by_event(moved))
            bounds += _come_back(name, sets)
        elif at.get("read") == "Prospect scoring category":
            bounds += _for_each(name, [change for row, change in moved if row in _COUNTED])
    if bounds:
        yield ground.note(
            "baseline-rescores", Result.BOUNDED, element, bound=bound, bounds=tuple(bounds), facts=facts
        )


def _decays(ground: Ground) -> Iterator[Decay]:
    """The decays of both versions: one that sets, or takes the same from everybody, brings no scores further apart."""
    models = [ground.request.model, *([ground.since.model] if ground.since.model is not None else [])]
    for model in models:
        yield from (item for item in model.decay.values() if any(step.set_to is None for step in item.steps))


def _beside_the_row(rows: Iterable[str]) -> str:
    """What leaves rows as they were: what rules and actions on assets give moves no row."""
    rows = sorted(rows)
    keep = f"leave what gave points by the baseline as it was ({', '.join(rows)})"
    seen = [row for row in rows if row in _BY_NAME]
    if not seen:
        return f"{keep}: nothing else sees it each time"
    only = f" ({', '.join(seen)})" if seen != rows else ""
    return (
        f"{keep}, and give the difference{only} by another rule on the asset by name, with "
        'limit = { times = 1, per = "1d" }; points of the overall score alone need no limit, save on e-mails'
    )


def _rescored(ground: Ground, pair: Pair) -> int:
    """What a row is worth more than what a score had of it: one that nothing read before had nothing."""
    read = any(at.get("read") == "Prospect score" for at in ground.was.values())
    before = int(pair.old.table["points"]) if read or pair.new.name in _COUNTED else 0
    return int(pair.new.table["points"]) - before


def folders(ground: Ground) -> Iterator[Note]:
    """An asset that comes into a folder, or leaves it, takes its past along."""
    before, after = (_counted(items) for items in (ground.since.objects, ground.bundle.objects))
    for pair in ground.difference.edits("scoring-categories"):
        old, new = ([*item.table.get("assets", ())] for item in pair)
        comes, goes = (
            [item for item in there if item not in other] for there, other in ((new, old), (old, new))
        )
        if not (comes or goes):
            continue
        changes = [*(after or before if comes else ()), *(-points for points in before if goes)]
        told = [
            *(f"{_called(item)} comes" for item in comes),
            *(f"{_called(item)} goes" for item in goes),
        ]
        bounds = tuple(
            bound
            for name, at in ground.at.items()
            if at.get("read") == "Prospect scoring category" and at.get("of") == pair.new.name
            for bound in _for_each(name, changes)
        )
        low, high = min([0, *changes]), max([0, *changes])
        bound = f"{low:+d} to {high:+d} points for each time in the past of an asset: {', '.join(told)}"
        element = pair.new.elements[0] if pair.new.elements else "model.id"
        yield ground.note("folder-recounts", Result.BOUNDED, element, bound=bound, bounds=bounds)


def _by_event(moved: Sequence[tuple[str, int]]) -> list[int]:
    """What an event is worth more: one row's change, or a page view's with that of the visit that it begins."""
    visit = [change for row, change in moved if row in _VISIT]
    return [*(change for row, change in moved if row not in _VISIT), *visit, sum(visit)]


def _for_each(gauge: str, changes: Sequence[int]) -> Iterator[Bound]:
    """The bound of a score that changes by one of these for each thing that happened."""
    low, high = min([0, *changes]), max([0, *changes])
    if (low, high) != (0, 0):
        yield Bound(gauge, low, high, "lived-before")


def _come_back(gauge: str, sets: Sequence[Emitted]) -> Iterator[Bound]:
    """The bound of a score into which what was set comes back: nothing says how much that was."""
    lowers = all((told := set_to(item)) is not None and told[0] + 1 >= told[1] for item in sets)
    if sets:
        yield Bound(gauge, 0 if lowers else None, None, WHEN)


def _counted(objects: Iterable[Emitted]) -> list[int]:
    """What the rows are worth that a scoring category counts."""
    return [int(item.table["points"]) for item in objects if item.kind == _ROWS and item.name in _COUNTED]


def _called(asset: object) -> str:
    return str(asset.get("name")) if isinstance(asset, dict) else str(asset)


def _subtracts(item: Emitted) -> bool:
    return item.kind in ACTING and item.lowering == "decay" and bool(adjusts(item.table))


def _sets(item: Emitted) -> bool:
    rows: Iterable[Mapping[str, str]] = item.table.get("actions", ()) if item.kind in ACTING else ()
    return any(row["action"] == "Adjust Prospect Score" and row.get("of") == "To" for row in rows)
