"""What the lock file knows of pushes: which objects a push made on which account, and in which version."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright.compiling.lock import UNSIGNED, UnreadableLockError, read_lock, with_record
from scorewright.output import replace_file
from scorewright.plugin.reach import Key
from scorewright.push.plan import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scorewright.compiling.lock import Locked
    from scorewright.plugin.emulation import Tables
    from scorewright.push.values import Item

__all__ = ["Pushed", "kept", "known_of", "read_pushed", "unsigned", "version_of", "write_pushed"]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What pushes have made on one instance.

    ``made`` maps each object to the digest of what it was given last; ``facts`` are those that had been probed there, with
    their answers, when it was pushed.  ``unsigned`` were made since somebody last signed, and have a part that a person
    builds: whatever was signed for before was another object.
    """

    target: str
    identity: str
    model: str
    on: str
    spec: str
    made: Mapping[Key, str] = field(default_factory=dict)
    facts: Mapping[str, bool | int | str] = field(default_factory=dict)
    unsigned: frozenset[Key] = frozenset()


def version_of(values: Mapping[str, Any]) -> str:
    """Eight signs that tell one version of an object from another."""
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def read_pushed(path: Path, instance: str) -> Pushed | None:
    """What the lock file says of pushes to an instance; ``None``: nothing.  Raises ``UnreadableLockError``."""
    read_lock(path)
    if not path.exists():
        return None
    record = tomllib.loads(path.read_text("utf-8")).get("pushed", {}).get(instance)
    if record is None:
        return None
    try:
        made = {Key(str(row["kind"]), str(row["name"])): str(row["version"]) for row in record["objects"]}
        target, account, model, on, spec = (str(record[name]) for name in _TEXTS)
        unsigned = frozenset(
            Key(str(row["kind"]), str(row["name"])) for row in record["objects"] if row.get(UNSIGNED)
        )
        return Pushed(target, account, model, on, spec, made, dict(record.get("facts", {})), unsigned)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableLockError(f"pushed.{instance}: {type(error).__name__}: {error}") from None


_TEXTS = ("target", "account", "model", "on", "spec")


def write_pushed(path: Path, instance: str, pushed: Pushed) -> None:
    """Bring the record up to date; everything else in the file stays.  Raises ``OutputError``, ``UnreadableLockError``."""
    record = {
        "target": pushed.target,
        "account": pushed.identity,
        "model": pushed.model,
        "on": pushed.on,
        "spec": pushed.spec,
        **({"facts": dict(sorted(pushed.facts.items()))} if pushed.facts else {}),
        "objects": [
            {
                "kind": key.kind,
                "name": key.name,
                "version": version,
                **({UNSIGNED: True} if key in pushed.unsigned else {}),
            }
            for key, version in sorted(pushed.made.items())
        ],
    }
    content = with_record(path, "pushed", instance, record)
    if not path.exists() or path.read_bytes() != content:
        replace_file(path, content)


def known_of(pushed: Pushed | None, since: Iterable[Key], locked: Locked | None, tables: Tables) -> Known:
    """What our records say: the lock file's of pushes and of sheets carried out, and the journal's of what was cut off."""
    made = frozenset(pushed.made) if pushed is not None else frozenset()
    built = dict(_rows(locked.tables)) if locked is not None else {}
    now = dict(_rows(tables))
    unsigned = pushed.unsigned if pushed is not None else frozenset()
    attested = frozenset(key for key, row in now.items() if built.get(key) == row) - unsigned
    return Known(made | frozenset(since), frozenset(built), attested)


def _rows(tables: Tables) -> Iterable[tuple[Key, dict[str, Any]]]:
    """Every object with what it is; for which elements and by which lowering is no part of it."""
    for kind, rows in tables.items():
        for row in rows if kind != "gauges" else ():
            plain = {name: value for name, value in row.items() if name not in {"for", "lowering"}}
            yield Key(kind, str(row.get("name", ""))), plain


def kept(before: Pushed | None, items: Iterable[Item], sent: Iterable[tuple[str, Key]]) -> dict[Key, str]:
    """What a push leaves as made: what was made before and is there, and what it made and changed now."""
    made = dict(before.made) if before is not None else {}
    wanted = {item.key: item for item in items}
    for deed, key in sent:
        if deed == "retire":
            made.pop(key, None)
        item = wanted.get(key)
        if deed in {"create", "change"} and item is not None and item.resource is not None:
            made[key] = version_of(item.resource.made)
    for item in items:
        if item.owned and item.deed == "same" and item.resource is not None:
            made[item.key] = version_of(item.resource.made)
    return made


def unsigned(
    before: Pushed | None, made: Mapping[Key, str], items: Iterable[Item], sent: Iterable[tuple[str, Key]]
) -> frozenset[Key]:
    """What pushes have made since somebody last signed, and a person builds a part of."""
    by_hand = {
        item.key for item in items if item.resource and (item.resource.by_hand or item.resource.unread)
    }
    new = {key for deed, key in sent if deed == "create"}
    new |= made.keys() - (before.made.keys() if before is not None else set())
    return ((before.unsigned if before is not None else frozenset()) | (new & by_hand)) & made.keys()
