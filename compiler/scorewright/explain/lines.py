"""The timeline as a table: when, what, from what to what, why, and which element of the spec did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.characters import safe, width
from scorewright.explain.found import shown
from scorewright.model.history import FieldSet, Happening, Listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.explain.names import Names
    from scorewright.model.history import Scalar
    from scorewright.semantics.timeline import Change

__all__ = ["change_json", "change_row", "event_words", "table", "timeline", "together"]


def timeline(names: Names, changes: Iterable[Change]) -> list[str]:
    """One line for each change, in columns; what was done again and again at one time is one line."""
    return table([change_row(names, change, times) for change, times in together(changes)])


def together(changes: Iterable[Change]) -> Iterator[tuple[Change, int]]:
    """Changes with how often: equal steps of one score at one instant are one change from the first to the last."""
    runs: list[tuple[Change, int]] = []
    for change in changes:
        if runs and _goes_on(runs[-1], change):
            before, times = runs[-1]
            runs[-1] = (before._replace(after=change.after), times + 1)
        else:
            runs.append((change, 1))
    return iter(runs)


def _goes_on(run: tuple[Change, int], change: Change) -> bool:
    before, times = run
    same = before._replace(before=None, after=None) == change._replace(before=None, after=None)
    if not same or change.kind not in {"score", "limit"}:
        return False
    return change.kind == "limit" or _step(before) == _step(change) * times


def _step(change: Change) -> int:
    assert isinstance(change.after, int)
    assert isinstance(change.before, int)
    return change.after - change.before


def change_row(names: Names, change: Change, times: int = 1) -> tuple[str, ...]:
    """Time, what changed, from what to what, why and how often, and by which element."""
    what, difference = _what(change)
    often = f" {times} x" if times > 1 else ""
    return (names.time(change.at), what, difference, f"{_reason(change)}{often}", change.element)


def change_json(names: Names, change: Change) -> dict[str, Any]:
    """One change for tools; texts of a choice with several values as an array."""
    before, after = (
        list(value) if isinstance(value, tuple) else value for value in (change.before, change.after)
    )
    return {
        "at": names.iso(change.at),
        "kind": change.kind,
        "name": change.name,
        "before": before,
        "after": after,
        "element": change.element,
        "reason": change.reason,
    }


def _what(change: Change) -> tuple[str, str]:
    kind, name = change.kind, change.name
    if kind in {"mark", "list"}:
        return f"{kind} {name}", "put on" if change.after else "taken off"
    if kind in {"field", "campaign"}:
        return f"{kind} {name}", f"{_value(change.before)} -> {_value(change.after)}"
    if kind in _WORDS:
        return f"{_WORDS[kind][0]}{name}", _WORDS[kind][1]
    return name, f"{change.before} -> {change.after}"


_WORDS = {
    "done": ("", "done"),
    "fired": ("threshold ", "fired"),
    "limit": ("rule ", "nothing"),
    "decay": ("decay ", ""),
}


def _value(value: Scalar) -> str:
    return "-" if value is None else shown(value)


def _reason(change: Change) -> str:
    if change.kind == "fired":
        return "handed over"
    return _REASONS.get(change.reason, change.reason)


_REASONS = {
    "spent": "due, and took nothing",
    "re-armed": "active again",
    "holds": "is so",
    "ends": "is no longer so",
    "label": "label of a band",
}


def event_words(item: Happening | FieldSet | Listed) -> tuple[str, str]:
    """What happened to the person, as a timeline shows it beside the changes: the event, and its details."""
    match item:
        case FieldSet(_, field, value):
            return f"sets {field}", _value(value)
        case Listed(_, name, on):
            return f"list {name}", "put on" if on else "taken off"
        case Happening():
            words = f"{item.verb} {item.name or item.what}".strip()
            return words, ", ".join(f"{key} {_value(value)}" for key, value in item.properties.items())


def table(rows: Sequence[tuple[str, ...]], gap: str = "  ") -> list[str]:
    """Rows with their columns one below the other; no blanks at the ends."""
    clean = [tuple(safe(cell).replace("\n", " ") for cell in row) for row in rows]
    widths = [
        max((width(row[place]) for row in clean), default=0) for place in range(len(rows[0]) if rows else 0)
    ]
    return [
        gap.join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in clean
    ]
