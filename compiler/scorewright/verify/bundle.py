"""Reads a bundle back from its files, as somebody would who builds from them."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from scorewright.plugin.emulation import GAUGES, SITUATIONS, Bound, Gauge, UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scorewright.plugin.emulation import Tables

__all__ = [
    "BoundOf",
    "OtherBundleError",
    "ReadBundle",
    "hold_to",
    "read_bundle",
    "read_folder",
    "read_migration",
]

T = TypeVar("T")

_OTHER_FILES = {"notes", "facts", "provenance", "migration"}
"""What says something about the bundle.  The gauges are for emulators too: they say where to read things off."""


@dataclass(frozen=True, slots=True)
class BoundOf:
    """A bound, with the note and the element that it belongs to."""

    element: str
    product: str | None
    note: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class ReadBundle:
    """What the files of one target's folder say."""

    tables: Tables
    gauges: tuple[Gauge, ...]
    bounds: tuple[BoundOf, ...]
    facts: frozenset[str]
    """The facts that the bundle says it rests on."""


class OtherBundleError(UnreadableBundleError):
    """The files are those of another spec or target; the message says by what that is seen."""


def read_folder(folder: Path) -> ReadBundle:
    """Read the folder that a compile wrote for one target.  Raises ``UnreadableBundleError``."""
    if not folder.is_dir():
        above = " (give the folder above it)" if (folder.parent / "gauges.toml").is_file() else ""
        raise UnreadableBundleError(f"there is no such folder{above}")
    files = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            files[path.name] = path.read_bytes()
        except OSError as error:
            said = (error.strerror or type(error).__name__).lower()
            raise UnreadableBundleError(f"{path.name} cannot be read: {said}") from None
    return read_bundle(files)


def hold_to(bundle: ReadBundle, made: ReadBundle) -> None:
    """Refuse a bundle that speaks of other things than the spec does, whose own bundle is ``made``.

    What has no gauge is never compared: without this, a bundle in which a score is missing altogether would hold.  Nor
    may it allow itself more than a compile of the spec does.  Raises ``OtherBundleError``.
    """
    there = Counter(gauge.name for gauge in bundle.gauges)
    wanted = Counter(gauge.name for gauge in made.gauges)
    for names, words in (
        (wanted - there, "does not say where to read off {}, which the spec has"),
        (there - wanted, "says where to read off {}, which the spec does not have"),
    ):
        if names:
            first, *others = names
            rest = f" and {len(others)} more" if others else ""
            raise OtherBundleError(f"gauges.toml {words.format(first + rest)}")
    _hold_to_promises(bundle, made)


def _hold_to_promises(bundle: ReadBundle, made: ReadBundle) -> None:
    allowed = set(made.bounds)
    for item in bundle.bounds:
        if item not in allowed:
            where = "" if item.bound.when == "any" else f" ({item.bound.when})"
            raise OtherBundleError(
                f"notes.toml lets {item.bound.gauge} differ{where} by {item.note} of {item.element} as no compile of the spec does"
            )
    hours = {gauge.name: _hours(gauge) for gauge in made.gauges}
    for gauge in bundle.gauges:
        if any(now > then for now, then in zip(_hours(gauge), hours[gauge.name], strict=True)):
            raise OtherBundleError(
                f"gauges.toml gives {gauge.name} more hours until it is right than a compile of the spec does"
            )


def _hours(gauge: Gauge) -> tuple[int, int]:
    return gauge.settles, gauge.prompt or gauge.settles


def read_bundle(files: Mapping[str, bytes]) -> ReadBundle:
    """Read the files of one target, by name.  Raises ``UnreadableBundleError``."""
    data = {
        name.removesuffix(".toml"): _parse(name, text)
        for name, text in files.items()
        if name.endswith(".toml")
    }
    missing = [name for name in ("gauges", "notes") if name not in data]
    if missing:
        raise UnreadableBundleError(
            f"{missing[0]}.toml is missing: the folder was not written by this version"
        )
    notes = _rows(data, "notes")
    return ReadBundle(
        {kind: _rows(data, kind) for kind in data if kind not in _OTHER_FILES},
        tuple(_gauge(row) for row in _rows(data, "gauges")),
        tuple(_bounds(notes)),
        frozenset(
            [str(fact) for note in notes for fact in _get(note, "notes", "facts", list, [])]
            + [str(fact.get("id")) for fact in (_rows(data, "facts") if "facts" in data else ())]
        ),
    )


def read_migration(files: Mapping[str, bytes]) -> tuple[tuple[Mapping[str, Any], ...], tuple[BoundOf, ...]]:
    """The moves of a compile with ``--since``, and the bounds of its notes.  Raises ``UnreadableBundleError``."""
    if "migration.toml" not in files:
        raise UnreadableBundleError("migration.toml is missing: the folder was compiled without --since")
    data = _parse("migration.toml", files["migration.toml"])
    moves = _get(data, "migration", "moves", list, [])
    for move in moves:
        if not isinstance(move, dict) or not isinstance(move.get("hours", 0), int):
            raise UnreadableBundleError("migration.toml: a move is a table, and its hours are a whole number")
        _get(move, "migration", "act", str)
    return tuple(moves), tuple(_bounds(_get(data, "migration", "notes", list, [])))


def _parse(name: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except RecursionError:
        raise UnreadableBundleError(f"{name}: its arrays or tables lie too deep in one another") from None
    except UnicodeDecodeError as error:
        byte = f"the byte 0x{text[error.start]:02X} at {error.start} cannot stand there"
        raise UnreadableBundleError(f"{name}: not UTF-8: {byte}") from None
    except ValueError as error:  # no TOML, or a number longer than Python reads
        raise UnreadableBundleError(f"{name}: {error}") from None


def _rows(data: Mapping[str, Any], kind: str) -> tuple[Mapping[str, Any], ...]:
    rows = data[kind].get(kind)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnreadableBundleError(f"{kind}.toml: expected [[{kind}]] tables, or {kind} = []")
    return tuple(rows)


def _get(row: Mapping[str, Any], file: str, key: str, kind: type[T], otherwise: T | None = None) -> T:
    """The value of a key that must be there, unless something stands in for it, and must be of a kind."""
    value = row.get(key, otherwise)
    if value is None:
        raise UnreadableBundleError(f"{file}.toml: {file.removesuffix('s')} without {key!r}")
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        raise UnreadableBundleError(f"{file}.toml: {key} = {value!r} is not of the kind that stands there")
    return value


def _gauge(row: Mapping[str, Any]) -> Gauge:
    gauge = Gauge(
        _get(row, "gauges", "kind", str),
        _get(row, "gauges", "key", str),
        _get(row, "gauges", "at", dict),
        _get(row, "gauges", "settles_in_hours", int),
        _get(row, "gauges", "settles_in_hours_if_prompt", int, 0),
    )
    if gauge.kind not in GAUGES:
        raise UnreadableBundleError(f"gauges.toml: nothing of the kind {gauge.kind!r} can be read off")
    return gauge


def _bounds(notes: Iterable[Mapping[str, Any]]) -> Iterator[BoundOf]:
    for note in notes:
        for row in _get(note, "notes", "bounds", list, []):
            if not isinstance(row, dict):
                raise UnreadableBundleError("notes.toml: a bound is a table")
            yield _bound(note, row)


def _bound(note: Mapping[str, Any], row: Mapping[str, Any]) -> BoundOf:
    when = _get(row, "notes", "when", str, "any")
    if when not in SITUATIONS:
        raise UnreadableBundleError(f"notes.toml: no situation is called {when!r}")
    ends = [None if key not in row else _get(row, "notes", key, int) for key in ("least", "most")]
    bound = Bound(_get(row, "notes", "gauge", str), ends[0], ends[1], when)
    product = None if "product" not in note else _get(note, "notes", "product", str)
    return BoundOf(_get(note, "notes", "for", str), product, _get(note, "notes", "note", str), bound)
