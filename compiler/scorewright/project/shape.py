"""The shape of ``scorewright.toml``: which keys it knows, and what is wrong with a given one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.suggest import did_you_mean
from scorewright.project.rules import PATH_OUTSIDE, UNKNOWN_KEY, WRONG_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.diagnostics.rule import Finding, KeyPath

__all__ = ["INSTANCE_KINDS", "findings_of"]

INSTANCE_KINDS = ("sandbox", "production")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLAIN_PATH = re.compile(r"[^\x00-\x1f\x7f\\:]+")


def findings_of(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Give everything that is wrong with the file's content."""
    yield from _closed(data, (), ("specs", "out", "targets", "instances"))
    if "specs" in data:
        yield from _specs(data["specs"])
    if "out" in data:
        yield from _path(data["out"], ("out",))
    for name, options, path in _tables(data, "targets"):
        yield from _id(name, path)
        yield from _table(options, path)
    for name, instance, path in _tables(data, "instances"):
        yield from _id(name, path)
        yield from _instance(instance, path)
    for key in ("targets", "instances"):
        yield from _table(data.get(key, {}), (key,))


def _closed(table: Mapping[str, Any], path: KeyPath, known: Iterable[str]) -> Iterator[Finding]:
    for key in table:
        if key not in known:
            names = ", ".join(f"`{name}`" for name in known)
            help = did_you_mean(key, known) or f"the keys here are {names}"
            yield UNKNOWN_KEY.at((*path, key), f"`{key}` is not a key of this table", help=help, on="key")


def _specs(value: Any) -> Iterator[Finding]:
    if not isinstance(value, list) or not value:
        yield WRONG_VALUE.at(
            ("specs",), "`specs` takes an array of paths", help='write: specs = ["models/school"]'
        )
        return
    for index, item in enumerate(value):
        yield from _path(item, ("specs", index))


def _path(value: Any, path: KeyPath) -> Iterator[Finding]:
    if not isinstance(value, str) or not value:
        yield WRONG_VALUE.at(
            path, f"`{path[0]}` takes paths as texts", help='write a path in quotes, as in "models"'
        )
    elif value.startswith("/") or ".." in value.split("/") or not _PLAIN_PATH.fullmatch(value):
        yield PATH_OUTSIDE.at(
            path,
            "this path leaves the folder of scorewright.toml, or is not a plain relative path",
            help="write it relative to scorewright.toml, with `/` and without `..`",
        )


def _tables(data: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any, KeyPath]]:
    tables = data.get(key)
    if isinstance(tables, dict):
        for name, table in tables.items():
            yield name, table, (key, name)


def _table(value: Any, path: KeyPath) -> Iterator[Finding]:
    if not isinstance(value, dict):
        header = ".".join(str(part) for part in path) + (".<name>" if len(path) == 1 else "")
        yield WRONG_VALUE.at(
            path, f"`{path[-1]}` is a table", help=f"write it as a header: [{header}]", on="key"
        )


def _id(name: str, path: KeyPath) -> Iterator[Finding]:
    if not _ID.fullmatch(name):
        yield WRONG_VALUE.at(
            path, f"{name!r} is not an id", help="ids have small letters, digits and hyphens", on="key"
        )


def _instance(table: Any, path: KeyPath) -> Iterator[Finding]:
    if not isinstance(table, dict):
        yield from _table(table, path)
        return
    yield from _closed(table, path, ("target", "kind", "api", "facts"))
    for key in ("target", "kind"):
        if key not in table:
            yield WRONG_VALUE.at(path, f"this instance has no `{key}`", help=_INSTANCE_HELP, on="key")
    if not isinstance(table.get("target", ""), str):
        yield WRONG_VALUE.at((*path, "target"), "`target` takes the name of a target", help=_INSTANCE_HELP)
    if table.get("kind", INSTANCE_KINDS[0]) not in INSTANCE_KINDS:
        yield WRONG_VALUE.at((*path, "kind"), '`kind` is "sandbox" or "production"', help=_INSTANCE_HELP)
    if not isinstance(table.get("api", {}), dict):
        yield from _table(table["api"], (*path, "api"))
    yield from _facts(table.get("facts", {}), (*path, "facts"))


_INSTANCE_HELP = 'an instance says: target = "pardot" and kind = "sandbox" or "production"'


def _facts(facts: Any, path: KeyPath) -> Iterator[Finding]:
    if not isinstance(facts, dict):
        yield from _table(facts, path)
        return
    for name, value in facts.items():
        if isinstance(value, dict | list):
            yield WRONG_VALUE.at((*path, name), "a fact's value is one text, number, date, true or false")
