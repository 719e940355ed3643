"""Steps of a silence that are counted: the count goes on by what each step has become, and nobody meets one twice.

A count of n says that the first n steps were taken.  Who was active lately has it set back; a first step that comes later
now would take those for active who have met it already, so that window widens only when they are beyond it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_marketo.emulator.clock import span
from scorewright_marketo.migration.compare import Pair
from scorewright_marketo.migration.once import INITIAL, passing
from scorewright_marketo.migration.tables import CAMPAIGNS, plain, says, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted
    from scorewright_marketo.migration.compare import Difference

__all__ = ["Quarantine", "quarantine"]

_HOUR = 3_600


class Quarantine(NamedTuple):
    """``early`` are campaigns as they stand until ``later`` (so many hours after the change) edits them once more.

    ``counts`` are batches that run once and bring counts to what the steps are now; ``skipped`` are the decays of which a
    count cannot tell any more which steps were taken.
    """

    early: Mapping[str, Emitted]
    later: tuple[tuple[int, Pair], ...]
    counts: tuple[Emitted, ...]
    skipped: tuple[str, ...]


class _Counted(NamedTuple):
    """The steps of one decay on the platform: how long a silence is at each, by number, and what sets the count back."""

    element: str
    spans: tuple[int, ...]
    awake: Emitted | None


def quarantine(difference: Difference) -> Quarantine:
    """What the counted steps of all decays need."""
    old = _counted([*(pair.old for pair in difference.pairs), *difference.removed])
    new = _counted([*(pair.new for pair in difference.pairs), *difference.added])
    early: dict[str, Emitted] = {}
    later: list[tuple[int, Pair]] = []
    counts = [*_spared(difference)]
    skipped: list[str] = []
    for field, now in new.items():
        was = old.get(field)
        if was is None or was.awake is None or now.awake is None:
            continue
        counted = _counts(was.spans, now.spans)
        if counted is None:
            skipped.append(now.element)
        counted = counted or tuple(range(len(was.spans) + 1))
        if any(number != count for number, count in enumerate(counted)):
            counts.append(_recount(now.awake, field, counted))
        if now.spans[0] > was.spans[0]:
            held = _held_back(was.awake, now.awake)
            early[now.awake.name] = held
            later.append(((now.spans[0] - was.spans[0]) // _HOUR, Pair(held, now.awake)))
    return Quarantine(early, tuple(later), tuple(counts), tuple(skipped))


def _counted(objects: Iterable[Emitted]) -> dict[str, _Counted]:
    """The decays that count their steps, by the field that they count in."""
    spans: dict[str, dict[int, int]] = {}
    awake: dict[str, Emitted] = {}
    elements: dict[str, str] = {}
    for item in objects:
        if item.kind != CAMPAIGNS or not item.lowering.startswith("decay"):
            continue
        last = item.table["flow"][-1] if item.table["flow"] else None
        field, number = (
            ("", "") if last is None else (value_of(last, "Attribute"), value_of(last, "New Value"))
        )
        if not number.isdigit() or not any(row["rule"] == field for row in _filters(item)):
            continue
        elements[field] = item.elements[0]
        silent = next((row["values"][0] for row in _filters(item) if _is_silence(row)), None)
        if number == "0":
            awake[field] = item
        elif silent is not None:
            spans.setdefault(field, {})[int(number)] = span(silent)
    return {
        field: _Counted(elements[field], tuple(steps[n] for n in sorted(steps)), awake.get(field))
        for field, steps in spans.items()
    }


def _is_silence(row: Mapping[str, Any]) -> bool:
    return (row["rule"], row.get("operator")) == ("Created At", "in past before")


def _filters(item: Emitted) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = item.table["smart_list"].get("filters", ())
    return found


def _counts(old: tuple[int, ...], new: tuple[int, ...]) -> tuple[int, ...] | None:
    """For each count of then the count of now; ``None`` where a step would have been taken before one that was not.

    A step goes on as the one at the same days, else as the first that is left: as the language has it (question 61).
    """
    left = dict(enumerate(old, 1))
    became: dict[int, int] = {}
    for same in (True, False):
        for place, days in enumerate(new, 1):
            match = next((n for n, other in left.items() if not same or other == days), None)
            if place not in became.values() and match is not None:
                del left[match]
                became[match] = place
    found = []
    for count in range(len(old) + 1):
        taken = {became[n] for n in range(1, count + 1) if n in became}
        if taken != set(range(1, len(taken) + 1)):
            return None
        found.append(len(taken))
    return tuple(found)


def _spared(difference: Difference) -> Iterator[Emitted]:
    """Steps that left out who had nothing to lose, and would not any more: they were over for these all the same."""
    for pair in difference.edits(CAMPAIGNS):
        last = pair.old.table["flow"][-1]
        field, number = value_of(last, "Attribute"), value_of(last, "New Value")
        if not pair.old.lowering.startswith("decay") or not number.isdigit() or number == "0":
            continue
        before, after = (_guards(item, field) for item in pair)
        table = pair.old.table["smart_list"]
        if before and table["filter_logic"] == "ALL" and (not after or after[0][1] < before[0][1]):
            rows = [row for row in plain(table["filters"]) if row not in [found for found, _ in before]]
            asked = {"filters": rows, "filter_logic": "ALL"}
            yield passing(pair.new, "steps of", asked, [plain(last)], INITIAL)


def _guards(item: Emitted, field: str) -> list[tuple[Any, int]]:
    """Filters for who has something to lose, each with the greatest score of those who have not."""
    rows = plain(_filters(item))
    return [
        (row, int(row["values"][0]))
        for row in rows
        if row.get("operator") == "greater than"
        and row["rule"] != field
        and row["values"][0].lstrip("-").isdigit()
    ]


def _recount(awake: Emitted, field: str, counted: tuple[int, ...]) -> Emitted:
    choices = [
        {"if": {"rule": field, "operator": "is", "values": [str(number)]}, "value": str(count)}
        for number, count in enumerate(counted)
        if number
    ]
    step = {
        "step": "Change Data Value",
        "fields": [{"label": "Attribute", "value": field}],
        "varies": "New Value",
        "choices": choices,
        "default": "0",
    }
    asked = {"rule": field, "operator": "at least", "values": ["1"]}
    return passing(awake, "counts of", {"filters": [asked], "filter_logic": "ALL"}, [step], INITIAL)


def _held_back(old: Emitted, new: Emitted) -> Emitted:
    """What sets the count back, with the window of then."""
    windows = [{*_windows(plain(item.table["smart_list"]))} for item in (old, new)]
    before, after = (next(iter(found)) for found in windows)
    table = {**new.table, "smart_list": _with(plain(new.table["smart_list"]), after, before)}
    same = says(table) == says(dict(old.table))
    return old if same else replace(new, table=table)


def _windows(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("operator") == "in past":
            yield from value["values"]
        for item in value.values():
            yield from _windows(item)
    elif isinstance(value, list):
        for item in value:
            yield from _windows(item)


def _with(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _with(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [_with(item, old, new) for item in value]
    return new if value == old else value
