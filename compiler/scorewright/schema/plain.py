"""TOML values as JSON values, so that a JSON Schema can look at them."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from scorewright.schema.build import DATE_KEY
from scorewright.schema.rules import BAD_ID, NOT_AN_INTEGER, WRONG_TYPE

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import Finding, KeyPath

__all__ = ["plain"]

_HUGE = 2**53
"""From here on a JSON reader may round: JavaScript's numbers do."""


def plain(data: Any) -> tuple[Any, list[Finding]]:
    """A copy that JSON could hold, and what no key of the language takes: floats, clock times, huge numbers.

    Dates become ``{"$date": text}``; what is wrong becomes ``0`` in the copy, since it has been reported already.
    Options of targets are the plugins' own and may hold floats.
    """
    found: list[Finding] = []
    return _copy(data, (), found), found


def _copy(value: Any, path: KeyPath, found: list[Finding]) -> Any:
    kind = type(value)
    if kind is str or kind is bool:
        return value
    if kind is dict:
        if "" in value or DATE_KEY in value:
            value = _without_odd_keys(value, path, found)
        return {key: _copy(item, (*path, key), found) for key, item in value.items()}
    if kind is list:
        return [_copy(item, (*path, index), found) for index, item in enumerate(value)]
    if kind is int:
        return value if -_HUGE < value < _HUGE else _reject(value, path, found)
    if kind is dt.datetime or kind is dt.date:
        return {DATE_KEY: value.isoformat()}
    return _reject(value, path, found)


def _without_odd_keys(table: dict[str, Any], path: KeyPath, found: list[Finding]) -> dict[str, Any]:
    """The table without two keys that mean something else further on: none at all, and our own mark of a date."""
    for key in ("", DATE_KEY):
        if key in table:
            help_ = "an id is made of lower-case letters, digits and single hyphens"
            found.append(BAD_ID.at((*path, key), f'"{key}" cannot be a key', help=help_, on="key"))
    return {key: value for key, value in table.items() if key not in {"", DATE_KEY}}


def _reject(value: Any, path: KeyPath, found: list[Finding]) -> Any:
    if path[:1] == ("targets",) and isinstance(value, float):
        return value
    if isinstance(value, dt.time):
        found.append(
            WRONG_TYPE.at(path, "a clock time stands in quotes", help=f'write "{value.isoformat("minutes")}"')
        )
    elif isinstance(value, float):
        found.append(_fraction(value, path))
    else:
        found.append(
            NOT_AN_INTEGER.at(path, "this number is too large", help="a score is a signed 32-bit integer")
        )
    return 0


def _fraction(value: float, path: KeyPath) -> Finding:
    finite = math.isfinite(value) and abs(value) < _HUGE
    near = f"write {int(value // 1)} or {int(value // 1) + 1}; " if finite else ""
    return NOT_AN_INTEGER.at(
        path,
        f"{value} is not an integer",
        help=f"{near}for a share of another value write {{ percent = …, of = … }} under [values]",
    )
