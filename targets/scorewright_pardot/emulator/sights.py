"""Where gauges are read off: what each ``at`` of a gauge means on a prospect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_pardot.emulator.unreadable import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorewright.model.history import Scalar
    from scorewright_pardot.emulator.prospect import Prospect, Value

    Read = Callable[[Prospect], Scalar]

__all__ = ["read_gauges"]


def read_gauges(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Callable[[Prospect], Scalar]], ...]:
    """For each gauge its name and what reads it.  Raises ``UnreadableBundleError``."""
    return tuple((f"{row.get('kind')} {row.get('key')}", _reader(row)) for row in rows)


def _reader(row: Mapping[str, Any]) -> Read:
    at = row.get("at", {})
    find = _READERS.get(str(at.get("read")))
    if find is None:
        name = f"{row.get('kind')} {row.get('key')}"
        raise UnreadableBundleError("gauges", name, f"nothing is read off at {at.get('read')!r}")
    return find(at, str(row.get("kind")))


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value or ()))


def _score(_at: Mapping[str, Any], _kind: str) -> Read:
    return lambda prospect: prospect.score


def _category(at: Mapping[str, Any], _kind: str) -> Read:
    name = at["of"]
    return lambda prospect: prospect.categories.get(name, 0)


def _grade(at: Mapping[str, Any], _kind: str) -> Read:
    hidden = at.get("hidden")
    return lambda prospect: prospect.grade or hidden


def _tag(at: Mapping[str, Any], _kind: str) -> Read:
    name = at["of"]
    return lambda prospect: name in prospect.tags


def _list(at: Mapping[str, Any], _kind: str) -> Read:
    names = _texts(at["of"])
    return lambda prospect: all(name in prospect.lists for name in names)


def _campaign(at: Mapping[str, Any], _kind: str) -> Read:
    names = _texts(at["of"])

    def read(prospect: Prospect) -> Scalar:
        found = {prospect.campaigns.get(name) for name in names}
        return found.pop() if len(found) == 1 else "different statuses"

    return read


def _field(at: Mapping[str, Any], kind: str) -> Read:
    name, of_account = at["of"], at["read"] == "Prospect account field"
    convert = _number if kind == "score" else _CONVERT.get(at.get("type", "text"), _text)

    def read(prospect: Prospect) -> Scalar:
        return convert((prospect.account if of_account else prospect.fields).get(name, ()))

    return read


def _number(value: Value) -> Scalar:
    """A score in a field that is empty is 0."""
    return _whole(value) or 0


def _whole(value: Value) -> Scalar:
    try:
        return int(value[0]) if value else None
    except ValueError:
        return value[0]


def _text(value: Value) -> Scalar:
    return value[0] if value else None


def _yes_no(value: Value) -> Scalar:
    return {"Yes": True, "No": False}.get(value[0], value[0]) if value else None


def _several(value: Value) -> Scalar:
    return value or None


_CONVERT: dict[str, Callable[[Value], Scalar]] = {"number": _whole, "yes_no": _yes_no, "choices": _several}


def _done(at: Mapping[str, Any], _kind: str) -> Read:
    """How often it was done: by any of the objects that do it, to each of those that it is done to, the least.

    ``times``: so many acts of one sort are one time of it.
    """
    names, value, label = _texts(at.get("of")) or ("",), at.get("value", ""), at["action"]
    keys = [[(by, label, name, value) for by in at["by"]] for name in names]
    times = int(at.get("times", 1))

    def read(prospect: Prospect) -> Scalar:
        return min(sum(prospect.done.get(key, 0) for key in one) for one in keys) // times

    return read


_READERS: dict[str, Callable[[Mapping[str, Any], str], Callable[[Prospect], Scalar]]] = {
    "Prospect score": _score,
    "Prospect scoring category": _category,
    "Prospect grade": _grade,
    "Prospect tag": _tag,
    "Prospect list": _list,
    "Prospect CRM campaign": _campaign,
    "Prospect default field": _field,
    "Prospect custom field": _field,
    "Prospect account field": _field,
    "what was done": _done,
}
