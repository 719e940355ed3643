"""A person's file as JSON: one object with what the person has, and the events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.explain.person.said import Said
from scorewright.explain.rules import PERSON_FORM, PERSON_KEY, PERSON_MISSING
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from scorewright.explain.person.json_text import Node
    from scorewright.explain.person.tell import Teller

__all__ = ["tell_json"]

_TOP = ("created", "fields", "scores", "marks", "events")
_ALSO = {
    "person": "fields",
    "history": "events",
    "activities": "events",
    "where": "with",
    "properties": "with",
    "time": "at",
    "date": "at",
    "count": "times",
    "value": "to",
}
"""Words that are often meant, and the key for them."""


def tell_json(root: Node, teller: Teller) -> None:
    """Tell everything that the object says."""
    if not isinstance(root.value, dict):
        what = "an array" if isinstance(root.value, tuple) else "no object"
        help_ = 'begin with {"created": "2026-01-05", "events": [ … ]}'
        teller.wrong(
            PERSON_FORM, Said(None, root.at, ""), f"the file is {what}, and a person is an object", help_
        )
        return
    _keys(root, "", _TOP, teller)
    members = root.value
    if "created" in members:
        teller.created = teller.instant(_said(members["created"], "created"), "created")
    else:
        help_ = (
            'write "created": "2026-01-05", the day or time at which the platform has known the person first'
        )
        teller.wrong(PERSON_MISSING, Said(None, root.at, ""), "created is missing", help_)
    for name, node, key_at in _entries(root, "fields", teller):
        teller.known_field(Said(name, key_at, f"fields.{name}"), _said(node, f"fields.{name}"))
    for name, node, key_at in _entries(root, "scores", teller):
        teller.score(Said(name, key_at, f"scores.{name}"), _said(node, f"scores.{name}"))
    for number, node in _items(root, "marks", teller):
        teller.mark(_said(node, f"marks[{number}]"))
    for number, node in _items(root, "events", teller):
        _event(node, f"events[{number}]", teller)


def _said(node: Node, where: str) -> Said:
    return Said(node.value, node.at, where)


def _entries(root: Node, key: str, teller: Teller, where: str = "") -> Iterator[tuple[str, Node, int]]:
    """The members of an object that may be left out."""
    where = where or key
    node = root.value[key] if isinstance(root.value, dict) and key in root.value else None
    if node is None or node.value is None:
        return
    if not isinstance(node.value, dict):
        teller.wrong(
            PERSON_FORM, _said(node, where), "an object must stand here", f'write "{key}": {{"name": value}}'
        )
        return
    _twice(node, where, teller)
    for name, member in node.value.items():
        yield name, member, node.keys[name]


def _items(root: Node, key: str, teller: Teller) -> Iterator[tuple[int, Node]]:
    node = root.value[key] if isinstance(root.value, dict) and key in root.value else None
    if node is None or node.value is None:
        return
    if not isinstance(node.value, tuple):
        teller.wrong(PERSON_FORM, _said(node, key), "an array must stand here", f'write "{key}": [ … ]')
        return
    yield from enumerate(node.value)


def _keys(node: Node, where: str, known: Collection[str], teller: Teller) -> None:
    """Report the keys that nobody reads, and those that stand twice."""
    from scorewright.diagnostics.suggest import did_you_mean

    _twice(node, where, teller)
    assert isinstance(node.value, dict)
    for key in node.value:
        if key not in known:
            meant = _ALSO.get(key)
            help_ = f"write {meant}" if meant in known else did_you_mean(key, known)
            said = Said(key, node.keys[key], where)
            teller.wrong(
                PERSON_KEY, said, f'the key "{key[:60]}" stands for nothing here', help_ or _listed(known)
            )


def _twice(node: Node, where: str, teller: Teller) -> None:
    for key, at in node.twice:
        teller.wrong(
            PERSON_KEY, Said(key, at, where), f'the key "{key[:60]}" stands here twice', "keep one of them"
        )


def _listed(known: Collection[str]) -> str:
    return "the keys are " + ", ".join(known)


# --- events ---------------------------------------------------------------------------------------------------------

_EVENT = ("at", "times", "with", "name", "known")


def _event(node: Node, where: str, teller: Teller) -> None:
    if not isinstance(node.value, dict):
        help_ = 'write {"at": "2026-01-05T10:00", "visits": "any-page"}'
        teller.wrong(PERSON_FORM, _said(node, where), "an event is an object", help_)
        return
    members: dict[str, Node] = node.value
    verbs = [key for key in members if key in _TELLERS or key in VERBS]
    if len(verbs) != 1:
        _no_verb(node, where, verbs, teller)
        return
    at = None
    if "at" in members:
        at = teller.instant(_said(members["at"], f"{where}.at"))
    else:
        said = Said(None, node.at, where)
        teller.wrong(
            PERSON_MISSING, said, "at is missing", 'write "at": "2026-01-05T10:00", when it happened'
        )
    _TELLERS.get(verbs[0], _happens)(node, where, verbs[0], at, teller)


def _no_verb(node: Node, where: str, verbs: list[str], teller: Teller) -> None:
    known = (*_EVENT, *_TELLERS, *VERBS)
    assert isinstance(node.value, dict)
    if any(key not in known for key in node.value):
        _keys(node, where, known, teller)
        return
    if verbs:
        said = Said(None, node.keys[verbs[1]], where)
        help_ = "make two events of it"
        teller.wrong(PERSON_FORM, said, f"one event cannot be {verbs[0]} and {verbs[1]} at once", help_)
        return
    help_ = "one key says it: " + ", ".join(("sets", "list", *VERBS))
    teller.wrong(PERSON_MISSING, Said(None, node.at, where), "the event does not say what happened", help_)


def _sets(node: Node, where: str, _verb: str, at: int | None, teller: Teller) -> None:
    """``{ "sets": { field: value } }``, or as in a spec ``{ "sets": field, "to": value }``."""
    members: dict[str, Any] = dict(node.value)  # type: ignore[arg-type]
    sets = members["sets"]
    if isinstance(sets.value, dict):
        _keys(node, where, ("at", "sets"), teller)
        for name, member, key_at in _entries(node, "sets", teller, f"{where}.sets"):
            path = f"{where}.sets.{name}"
            teller.sets(at, Said(name, key_at, path), _said(member, path))
        return
    _keys(node, where, ("at", "sets", "to"), teller)
    if "to" not in members:
        help_ = 'write "sets": {"job-title": "CEO"}; null makes a field unknown'
        teller.wrong(PERSON_MISSING, _said(sets, f"{where}.sets"), "to which value?", help_)
        return
    teller.sets(at, _said(sets, f"{where}.sets"), _said(members["to"], f"{where}.to"))


def _lists(node: Node, where: str, _verb: str, at: int | None, teller: Teller) -> None:
    members: dict[str, Any] = dict(node.value)  # type: ignore[arg-type]
    _keys(node, where, ("at", "list", "on"), teller)
    on = _said(members["on"], f"{where}.on") if "on" in members else Said(True, node.at, where)
    teller.lists(at, _said(members["list"], f"{where}.list"), on)


def _happens(node: Node, where: str, verb: str, at: int | None, teller: Teller) -> None:
    members: dict[str, Any] = dict(node.value)  # type: ignore[arg-type]
    _keys(node, where, (*_EVENT, verb), teller)
    known = teller.known_at(_said(members["known"], f"{where}.known"), at) if "known" in members else None
    given = {
        name: (Said(name, key_at, f"{where}.with"), _said(member, f"{where}.with.{name}"))
        for name, member, key_at in _entries(node, "with", teller, f"{where}.with")
    }
    teller.happens(
        at,
        verb,
        _said(members[verb], f"{where}.{verb}"),
        name=_said(members["name"], f"{where}.name") if "name" in members else None,
        times=_said(members["times"], f"{where}.times") if "times" in members else None,
        known=known,
        properties=given,
    )


_TELLERS: dict[str, Callable[[Node, str, str, int | None, Teller], None]] = {"sets": _sets, "list": _lists}
