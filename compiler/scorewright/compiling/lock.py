"""The lock file: which version of a model stands on each instance, as somebody has carried it out there."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scorewright.checks.run import Checked
    from scorewright.compiling.values import Built

__all__ = [
    "FILE_NAME",
    "UNSIGNED",
    "Locked",
    "UnreadableLockError",
    "locked",
    "read_lock",
    "record_in",
    "tables_of",
    "with_instance",
    "with_record",
]

FILE_NAME = "scorewright.lock"
_VERSION = 1
_OTHERS = {"pushed", "receipts"}
"""Tables that may stand there before any instance is locked."""

_HEAD = """# Written by `scorewright lock` and `push`: what has been carried out on each instance.  Keep it in git beside the spec, and review
# it there: the way to the next version begins here.  No secrets, and no ids of a platform.
"""


class UnreadableLockError(ValueError):
    """A lock file that no `scorewright lock` wrote; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Locked:
    """What stands on one instance.

    ``tables`` are the emitted files by kind, ``gauges`` among them; ``spec`` the texts of the files that the spec was read
    from, by their name in its folder; ``on`` the day on which it was locked.
    """

    instance: str
    target: str
    on: str
    tool: str
    language: int
    model: str
    digest: str
    spec: Mapping[str, str]
    tables: Mapping[str, Sequence[Mapping[str, Any]]]

    @property
    def label(self) -> str:
        """The version for a reader: ``2026-11-22 (3f2a90c1)``."""
        return f"{self.on} ({self.digest[:8]})"


def locked(instance: str, built: Built, checked: Checked, on: str, files: Mapping[str, bytes]) -> Locked:
    """What a compile has made, as it is to be locked: carried out on this instance, on this day."""
    from scorewright import __version__

    assert checked.document is not None
    texts = {_inside(name, checked.document.folder): text for name, text in sorted(checked.texts.items())}
    tables = tables_of(files)
    digest = hashlib.sha256("\0".join(part for item in texts.items() for part in item).encode()).hexdigest()
    language = int(checked.document.data.get("language", 1))
    return Locked(
        instance, built.target.name, on, __version__, language, built.model.header.id, digest, texts, tables
    )


def tables_of(files: Mapping[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """The objects of a compile's files, and its gauges, as tables by kind."""
    return {
        name.removesuffix(".toml"): tomllib.loads(content.decode())[name.removesuffix(".toml")]
        for name, content in files.items()
        if name.endswith(".toml") and name not in _NOT_OBJECTS
    }


_NOT_OBJECTS = {"notes.toml", "facts.toml", "provenance.toml", "migration.toml"}


def _inside(name: str, folder: Path) -> str:
    """A file's name as seen from the spec's folder."""
    from pathlib import Path

    path = Path(name).absolute()
    whole = folder.absolute()
    return path.relative_to(whole).as_posix() if path.is_relative_to(whole) else path.name


def record_in(path: Path, table: str, name: str) -> Mapping[str, Any]:
    """One record of one table; an empty one where there is none.  Raises ``UnreadableLockError``."""
    found: Mapping[str, Any] = _data(path).get(table, {}).get(name, {})
    return found


def with_record(path: Path, table: str, name: str, record: Mapping[str, Any]) -> bytes:
    """The lock file's content with one record of one table anew; everything else stays as it is.

    Raises ``UnreadableLockError``.
    """
    data = _data(path)
    data[table] = {**data.get(table, {}), name: record}
    return _written(data)


def with_instance(path: Path, one: Locked) -> bytes:
    """The lock file's content with one instance locked anew: somebody signs for all that pushes have made there, too.

    Raises ``UnreadableLockError``.
    """
    data = _data(path)
    data["instances"] = {**data.get("instances", {}), one.instance: _record(one)}
    for row in data.get("pushed", {}).get(one.instance, {}).get("objects", ()):
        row.pop(UNSIGNED, None)
    return _written(data)


UNSIGNED = "unsigned"
"""The key of an object that a push has made since somebody last signed: what a person is to build in it is not built."""


def _data(path: Path) -> dict[str, Any]:
    read_lock(path)  # what cannot be read is not written over
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {"version": _VERSION}


def _written(data: dict[str, Any]) -> bytes:
    import tomli_w

    tables = {key: data[key] for key in sorted(data) if key != "version"}
    ordered = {key: {name: table[name] for name in sorted(table)} for key, table in tables.items()}
    whole = {"version": data["version"], **ordered}
    return (_HEAD + tomli_w.dumps(whole, multiline_strings=True)).encode()


def _record(one: Locked) -> dict[str, Any]:
    return {
        "target": one.target,
        "on": one.on,
        "tool": one.tool,
        "language": one.language,
        "model": one.model,
        "digest": one.digest,
        "spec": dict(one.spec),
        "objects": {kind: [dict(row) for row in rows] for kind, rows in sorted(one.tables.items())},
    }


def read_lock(path: Path) -> dict[str, Locked]:
    """Every instance of a lock file, by name; none where there is no file.  Raises ``UnreadableLockError``."""
    if not path.exists():
        return {}
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableLockError(str(error)) from None
    if data.get("version") != _VERSION:
        raise UnreadableLockError(f"its version is {data.get('version')!r}, and this one reads {_VERSION}")
    instances = data.get("instances", {})
    if not isinstance(instances, dict) or not (instances or _OTHERS & data.keys()):
        raise UnreadableLockError("there is no [instances.<name>]")
    for table in sorted(_OTHERS & data.keys()):
        _check(table, data[table])
    return {name: _locked(name, table) for name, table in instances.items()}


def _check(name: str, table: Any) -> None:
    """Whether a table that stands beside the instances has a record for each of them."""
    if not isinstance(table, dict):
        raise UnreadableLockError(f"{name} is no table")
    for instance, record in table.items():
        if not isinstance(record, dict):
            raise UnreadableLockError(f"{name}.{instance} is no table")
        _rows(f"{name}.{instance}", record.get("objects", []))


def _locked(name: str, table: Any) -> Locked:
    try:
        return Locked(
            name,
            str(table["target"]),
            str(table["on"]),
            str(table["tool"]),
            int(table["language"]),
            str(table["model"]),
            str(table["digest"]),
            {str(file): str(text) for file, text in table["spec"].items()},
            {str(kind): _rows(kind, rows) for kind, rows in table["objects"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableLockError(f"instances.{name}: {type(error).__name__}: {error}") from None


def _rows(kind: str, rows: Any) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UnreadableLockError(f"objects.{kind}: expected an array of tables")
    return tuple(rows)
