"""What else a change reaches: everything that uses the named value, list, asset or segment that says otherwise now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.diff.facets import FACETS
from scorewright.diff.values import GRAVITIES, SHARED, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.diff.values import Change, Name
    from scorewright.model.elements import Model

__all__ = ["with_reach"]

_AGREED = {"thresholds", "goals"}
_ORDER = {table: place for place, table in enumerate(("model", "lifecycle", *FACETS))}


def with_reach(
    found: Iterable[Change], old: Model, new: Model, uses: Mapping[Name, frozenset[Name]]
) -> tuple[Change, ...]:
    """The changes, gravest first, each of something shared with what it reaches.

    ``uses`` says which names each element of the new version uses.
    """
    users = _users(uses)
    reaching = (_reaching(change, users, old, new) if _shared(change) else change for change in found)
    return tuple(sorted(reaching, key=lambda change: GRAVITIES.index(change.gravity)))


def _shared(change: Change) -> bool:
    return change.name[0] in SHARED and change.kind in {"changed", "renamed"} and change.gravity != "words"


def _users(uses: Mapping[Name, frozenset[Name]]) -> dict[Name, list[Name]]:
    users: dict[Name, list[Name]] = {}
    for user, used in uses.items():
        for name in used:
            users.setdefault(name, []).append(user)
    return users


def _reaching(change: Change, users: Mapping[Name, list[Name]], old: Model, new: Model) -> Change:
    names = sorted(_onward(change.name, users), key=lambda each: (_ORDER.get(each[0], len(_ORDER)), each[1]))
    agreed = any(table in _AGREED for table, _ in names)
    return replace(
        change,
        gravity="agreement" if agreed else change.gravity,
        reached=tuple(each for each in names if each[0] != "values"),
        moved=tuple(_moved(key, old, new) for table, key in names if table == "values"),
    )


def _onward(name: Name, users: Mapping[Name, list[Name]]) -> Iterator[Name]:
    """Users, and through what is shared itself their users, each once."""
    seen = {name}
    waiting = [name]
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user in seen or user[0] in {"examples", "accept", "waive"}:
                continue
            seen.add(user)
            yield user
            if user[0] in SHARED:
                waiting.append(user)


def _moved(key: str, old: Model, new: Model) -> Part:
    """A value that is a share of another, before and now."""
    before = old.values.get(key)
    return Part(key, "words", None if before is None else str(before.value), str(new.values[key].value))
