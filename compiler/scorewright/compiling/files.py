"""What one target made, as files: the same bytes from run to run, on any machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.compiling.places import Places
    from scorewright.compiling.receipt import Last
    from scorewright.compiling.values import Built
    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.emulation import Bound, Gauge
    from scorewright.plugin.migration import Migration, Move
    from scorewright.plugin.notes import Note

__all__ = ["files_of"]


def files_of(built: Built, model: Model, places: Places, last: Last | None = None) -> dict[str, bytes]:
    """Every file of one target's folder, by name; ``last`` is what the page is told of its instance."""
    from scorewright.compiling.page import render_page
    from scorewright.compiling.receipt import Last
    from scorewright.compiling.sheet import render_sheet

    files = {f"{kind}.toml": _toml({kind: tables}) for kind, tables in _by_kind(built.bundle.objects).items()}
    files["notes.toml"] = _toml(
        {"notes": [_note(note, model, built.target.name) for note in built.bundle.notes]}
    )
    files["facts.toml"] = _toml({"facts": [_fact(fact) for fact in built.facts]})
    files["provenance.toml"] = _toml({"elements": list(_provenance(built.bundle.objects, places))})
    files["gauges.toml"] = _toml({"gauges": [_gauge(gauge) for gauge in built.bundle.gauges]})
    if built.migration is not None:
        files["migration.toml"] = _toml(_migration(built.migration, model, built.target.name))
    files["build-sheet.html"] = render_page(built, model, places, last or Last())
    files["build-sheet.md"] = render_sheet(built, model, places)
    return dict(sorted(files.items()))


def _by_kind(objects: Iterable[Emitted]) -> dict[str, list[dict[str, Any]]]:
    kinds: dict[str, list[dict[str, Any]]] = {}
    for item in objects:
        # The facts stand in the notes and on the sheet: here they would be most of the text, the same ones each time.
        table = {"name": item.name, "for": list(item.elements), "lowering": item.lowering}
        kinds.setdefault(item.kind, []).append({**table, **item.table})
    return kinds


def _note(note: Note, model: Model, target: str) -> dict[str, Any]:
    from scorewright.compiling.gate import accepted
    from scorewright.model.elements import EVERY

    table: dict[str, Any] = {"for": note.element, "result": str(note.result), "note": note.name}
    if note.product is not None:
        table["product"] = note.product
    table["message"] = note.message
    texts = {"bound": note.bound, "instead": note.instead}
    table.update((key, text) for key, text in texts.items() if text)
    if note.result == "bounded":
        taken = accepted(model, target, note)
        table["accepted"] = taken is not None
        if taken is not None and taken.element == EVERY:
            table["accepted_for"] = EVERY
    if note.bounds:
        table["bounds"] = [_bound(bound) for bound in note.bounds]
    if note.facts:
        table["facts"] = list(note.facts)
    return table


def _migration(migration: Migration, model: Model, target: str) -> dict[str, Any]:
    """The moves, in order, and what is said of them."""
    return {
        "since": migration.since.label,
        "moves": [_move(move) for move in migration.moves],
        "notes": [_note(note, model, target) for note in migration.notes],
    }


def _move(move: Move) -> dict[str, Any]:
    what = {"kind": move.kind, "name": move.name} if move.kind else {}
    table: dict[str, Any] = {"act": move.act, **what, "why": move.task.why}
    if move.hours:
        table["hours"] = move.hours
    table["for"] = list(move.elements)
    if move.lowering:
        table["lowering"] = move.lowering
    table.update(
        (key, dict(side)) for key, side in (("old", move.old), ("new", move.new)) if side is not None
    )
    return table


def _gauge(gauge: Gauge) -> dict[str, Any]:
    table = {"kind": gauge.kind, "key": gauge.key, "at": dict(gauge.at)}
    soon = {"settles_in_hours_if_prompt": gauge.prompt} if gauge.prompt else {}
    return {**table, "settles_in_hours": gauge.settles, **soon}


def _bound(bound: Bound) -> dict[str, Any]:
    return {key: value for key, value in bound._asdict().items() if value is not None}


def _fact(fact: Any) -> dict[str, Any]:
    table = {
        "id": fact.id,
        "statement": fact.statement,
        "value": fact.value,
        "confidence": str(fact.confidence),
        "source": fact.source,
        "checked": fact.checked,
    }
    return {**table, "probe": fact.probe} if fact.probe else table


def _provenance(objects: Iterable[Emitted], places: Places) -> Iterable[dict[str, Any]]:
    """For each element of the spec that made something: where it stands and what it made."""
    made: dict[str, list[str]] = {}
    for item in objects:
        for element in item.elements:
            made.setdefault(element, []).append(f"{item.kind}: {item.name}")
    for element, names in made.items():
        file, line = places.of(element)
        yield {"element": element, "file": file, "line": line, "objects": names}


def _toml(data: Mapping[str, Any]) -> bytes:
    import tomli_w

    return tomli_w.dumps(data).encode()
