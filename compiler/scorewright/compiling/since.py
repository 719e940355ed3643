"""Reads the version before: an instance of the lock file, or the folder that an earlier compile wrote."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scorewright.compiling.lock import UnreadableLockError, read_lock
from scorewright.plugin.emulation import Gauge
from scorewright.plugin.migration import Since, objects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from scorewright.compiling.lock import Locked
    from scorewright.model.elements import Model

__all__ = ["Before", "before", "model_before"]

_NOT_OBJECTS = {"notes", "facts", "provenance", "migration"}


@dataclass(frozen=True, slots=True)
class Before:
    """What stands there, for one target: as a target is told of it, and as its files hold it."""

    since: Since
    tables: Mapping[str, Sequence[Mapping[str, Any]]]

    @property
    def model(self) -> Model | None:
        """The model of then, where it is known."""
        return self.since.model


def before(path: Path, targets: Iterable[str], instance: str | None, today: date) -> dict[str, Before]:
    """The version before of each target that the lock file or folder knows.

    Raises:
        UnreadableLockError: there is nothing, or nothing that can be read, or more than one instance of a target.
    """
    if path.is_dir():
        return _folders(path, targets)
    if not path.exists():
        raise UnreadableLockError("there is no such file or folder")
    known = read_lock(path)
    if instance is not None:
        if instance not in known:
            names = ", ".join(known) or "none"
            raise UnreadableLockError(f"nothing is locked for the instance {instance!r}; it has {names}")
        known = {instance: known[instance]}
    return _of_lock(known, today)


def _of_lock(known: Mapping[str, Locked], today: date) -> dict[str, Before]:
    found: dict[str, Before] = {}
    for one in known.values():
        if one.target in found:
            raise UnreadableLockError(
                f"it has several instances of {one.target}: {', '.join(known)}; name one with --instance"
            )
        model = model_before(one.spec, one.target, today)
        found[one.target] = _before(one.target, one.label, one.tables, model)
    return found


def model_before(texts: Mapping[str, str], target: str, today: date) -> Model | None:
    """The model that a spec's files held, as a target was given it; ``None`` where this version does not read them."""
    from scorewright.checks.run import check_spec
    from scorewright.compiling.left_out import leave_out

    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            inner = PurePosixPath(name)
            if inner.is_absolute() or ".." in inner.parts:
                raise UnreadableLockError(f"a file of the spec is called {name!r}")
            path = Path(folder, *inner.parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        checked = check_spec(Path(folder), today=today)
    return leave_out(checked.model, target)[0] if checked.model is not None else None


def _folders(path: Path, targets: Iterable[str]) -> dict[str, Before]:
    """An output folder, or a target's folder inside one."""
    if (path / "gauges.toml").is_file():
        return {path.name: _folder(path)}
    found = {name: _folder(path / name) for name in targets if (path / name / "gauges.toml").is_file()}
    if not found:
        raise UnreadableLockError("no compile wrote this folder: there is no gauges.toml in <target>/")
    return found


def _folder(path: Path) -> Before:
    tables: dict[str, Any] = {}
    for file in sorted(path.glob("*.toml")):
        if file.stem in _NOT_OBJECTS:
            continue
        try:
            tables[file.stem] = tomllib.loads(file.read_text("utf-8")).get(file.stem, [])
        except (OSError, ValueError) as error:
            raise UnreadableLockError(f"{file.name}: {error}") from None
    return _before(path.name, path.as_posix(), tables, None)


def _before(
    target: str, label: str, tables: Mapping[str, Sequence[Mapping[str, Any]]], model: Model | None
) -> Before:
    try:
        gauges = tuple(
            Gauge(
                row["kind"],
                row["key"],
                row["at"],
                row["settles_in_hours"],
                row.get("settles_in_hours_if_prompt", 0),
            )
            for row in tables["gauges"]
        )
        return Before(Since(target, label, objects_of(tables), gauges, model), tables)
    except (KeyError, TypeError) as error:
        raise UnreadableLockError(f"{target}: {type(error).__name__}: {error}") from None
