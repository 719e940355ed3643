"""Take what is wrong out of a document, so that the rest can be read and checked in the same run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.schema.grammar import TABLES
from scorewright.schema.rules import CANNOT_STAND_BESIDE, UNKNOWN_KEY
from scorewright.schema.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import Finding, KeyPath

__all__ = ["repair"]

_Name = tuple[str, str]
_MODEL: _Name = ("model", "")


def repair(data: Mapping[str, Any], findings: Iterable[Finding]) -> tuple[dict[str, Any], frozenset[_Name]]:
    """The document without its unknown keys, and the elements (table, id) that must be left out.

    A key that nobody knows is read as the one that was meant, or ignored; an element that is wrong in any other way
    cannot be read at all, and is named in the second part (``("model", "")`` for a table that stands alone).  Of
    ``[model]``, without which nothing could be checked, the keys that are wrong get something in their place.
    """
    found = [item for item in findings if item.rule in {UNKNOWN_KEY, CANNOT_STAND_BESIDE} and item.path]
    copy = _mended(data, {item.path: item.meant for item in found})
    rest = validate(copy)
    broken = {_element(item.path) for item in rest}
    if _MODEL in broken and isinstance(copy.get("model"), dict):
        copy["model"] = _model(
            copy["model"], {item.path[1] for item in rest if item.path[:1] == ("model",) != item.path}
        )
    return _only_tables(copy), frozenset(broken)


def _model(model: Mapping[str, Any], wrong: Iterable[str | int]) -> dict[str, Any]:
    """A ``[model]`` that can be read: without the keys that are wrong, with what no model can do without."""
    rest = {key: value for key, value in model.items() if key not in wrong}
    stand_in = {"id": "model", "title": "Model", "timezone": "UTC", "counts_as_activity": "awards"}
    lost = {"counts_as_activity"} & set(wrong)
    return {
        **{key: value for key, value in stand_in.items() if key in {"id", "title", "timezone", *lost}},
        **rest,
    }


def _element(path: KeyPath) -> _Name:
    table = str(path[0]) if path else ""
    if table not in TABLES or TABLES[table].single or len(path) < 2:
        return table, ""
    return table, str(path[1])


def _mended(data: Mapping[str, Any], surplus: Mapping[KeyPath, str | None]) -> dict[str, Any]:
    """A copy without some keys, or with the key that was meant; only the tables on the way to them are copied."""
    result = dict(data)
    for path, meant in surplus.items():
        node: Any = result
        for part in path[:-1]:
            inner = _inside(node, part)
            copied = (
                dict(inner) if isinstance(inner, dict) else list(inner) if isinstance(inner, list) else None
            )
            if copied is None:
                break
            node[part] = copied
            node = copied
        else:
            _take_out(node, path[-1], meant)
    return result


def _take_out(table: Any, key: str | int, meant: str | None) -> None:
    if not isinstance(table, dict) or key not in table:
        return
    value = table.pop(key)
    if meant is not None:
        table.setdefault(meant, value)


def _inside(node: Any, part: str | int) -> Any:
    """What stands there, if it still does: the table around it may have been taken out."""
    if isinstance(node, dict):
        return node.get(part)
    return node[part] if isinstance(node, list) and isinstance(part, int) else None


def _only_tables(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what stands where a table should: the reader asks for tables and gets tables."""
    return {key: value for key, value in data.items() if key in TABLES and isinstance(value, dict)}
