"""Compares what a spec needs with what was found on an instance: pure, and the same for every platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.push.values import Difference, Item

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from scorewright.plugin.reach import Api, Found, Key, Resource, Seen

__all__ = ["GRAVES", "Known", "differences", "items_of"]


COUPLED = "coupled-number"
GRAVES: Mapping[str, str] = {
    COUPLED: "the same number stands where only a person can change it: till both are changed, one does not fit the other"
}
"""What asks for a confirmation of its own on every platform."""


class Known(NamedTuple):
    """What our own records say of an instance.

    ``made``: a push made it.  ``built``: the sheet was carried out with it, by hand or not, so that a push may change it.
    ``attested``: its hand-made part was carried out as it is wanted now.  ``adopted`` is what the caller takes over;
    ``held`` what has to wait, and for what.
    """

    made: frozenset[Key] = frozenset()
    built: frozenset[Key] = frozenset()
    attested: frozenset[Key] = frozenset()
    adopted: frozenset[Key] = frozenset()
    held: Mapping[Key, str] = {}


def items_of(api: Api, resources: Sequence[Resource], seen: Seen, known: Known) -> tuple[Item, ...]:
    """Every object of the spec in order, and behind them what an earlier push made and nobody wants any more."""
    found = {one.key: one for one in seen.found}
    items = [_item(one, found.get(one.key), seen, known) for one in resources]
    lacking = {item.key for item in items if item.deed in {"missing", "conflict", "unknown"}}
    wanted = {one.key for one in resources}
    return (*_blocked(items, lacking), *_retired(api, seen.found, wanted, known))


def _item(one: Resource, found: Found | None, seen: Seen, known: Known) -> Item:
    if one.key in seen.unread and found is None:
        return _plain(one, None, "unknown", why=seen.unread[one.key])
    if one.given:
        return _given(one, found)
    if not one.made:
        return _plain(one, found, "by hand", known)
    if found is None:
        return _plain(one, None, "create", known, tuple(differences({}, one.made)), grave=one.grave)
    return _standing(one, found, known)


def _given(one: Resource, found: Found | None) -> Item:
    """What belongs to somebody else: it is there or not, and is never touched."""
    if found is None:
        return _plain(
            one, None, "missing", why="it belongs to the team: make it, or name another in the spec"
        )
    odd = tuple(differences(found.made, one.made))
    return _plain(one, found, "missing" if odd else "there", found_odd=odd, why=found.note)


def _standing(one: Resource, found: Found, known: Known) -> Item:
    """Something of that name is there: as it is to be, ours to change, or somebody else's."""
    odd = tuple(differences(found.made, one.made))
    ours = found.marked or one.key in known.made | known.built | known.adopted
    if found.also:
        why = (
            f"there are {found.also + 1} of this name, and nobody can tell which is meant: rename all but one"
        )
        return _plain(one, found, "conflict", known, odd, why=why)
    if not odd:
        return _plain(one, found, "same", known)
    if not ours:
        return _plain(one, found, "conflict", known, odd, why=_NOT_OURS)
    fixed = sorted(each.where for each in odd if each.where.split(".")[0] in one.fixed)
    if fixed:
        why = f"the platform never changes {', '.join(fixed)} of what is there: give it another name in the spec"
        return _plain(one, found, "conflict", known, odd, why=why)
    if one.key in known.held:
        return _plain(one, found, "held", known, odd, why=known.held[one.key])
    grave = COUPLED if one.together else ""
    return _plain(one, found, "change", known, odd, why=_together(one), grave=grave)


_NOT_OURS = "no push made it: name it otherwise in the spec, or take it over with --adopt"


def _together(one: Resource) -> str:
    return f"by hand in the same breath: {', '.join(one.together)}" if one.together else ""


def _plain(
    one: Resource,
    found: Found | None,
    deed: str,
    known: Known | None = None,
    found_odd: tuple[Difference, ...] = (),
    *,
    why: str = "",
    grave: str = "",
) -> Item:
    known = known or Known()
    hand, by_hand = _hand(one, found, known)
    return Item(
        key=one.key,
        deed=deed,
        elements=one.elements,
        differences=found_odd,
        hand=hand,
        by_hand=by_hand,
        unread=one.unread,
        switch=_switch(one, found),
        why=why or (found.note if found is not None else "") or one.note,
        grave=grave or (one.grave if deed == "by hand" and hand in {"to build", "differs", "unread"} else ""),
        owned=one.key in known.made or (found is not None and found.marked),
        resource=one,
        found=found,
    )


def _hand(one: Resource, found: Found | None, known: Known) -> tuple[str, tuple[Difference, ...]]:
    """How the hand-made part stands.  What is read must agree; what nobody can read must have been attested."""
    if one.given or not (one.by_hand or one.unread):
        return "", ()
    if found is None or found.by_hand is None:
        if one.key in known.attested and (found is not None or not one.made):
            return "attested", ()
        return ("to build" if found is None and one.by_hand else "unread"), ()
    odd = tuple(differences(found.by_hand, one.by_hand))
    if odd:
        return ("to build" if not found.by_hand else "differs"), odd
    if one.unread:
        return ("attested" if one.key in known.attested else "unread"), ()
    return "verified", ()


def _switch(one: Resource, found: Found | None) -> str:
    if not one.switched:
        return ""
    return "on" if found is not None and found.live else "off"


def _blocked(items: Sequence[Item], lacking: Collection[Key]) -> Iterator[Item]:
    """What is to be made inside something that is missing waits; so does what waits for that."""
    from dataclasses import replace

    stuck = set(lacking)
    for item in items:
        missing = [key for key in (item.resource.needs if item.resource else ()) if key in stuck]
        if item.deed == "create" and missing:
            stuck.add(item.key)
            yield replace(item, deed="blocked", why=f"first: {', '.join(key.name for key in missing)}")
        else:
            yield item


def _retired(api: Api, found: Sequence[Found], wanted: Collection[Key], known: Known) -> Iterator[Item]:
    """What is ours and not wanted, last made first: what stands in something goes before it."""
    for one in reversed(found):
        if one.key not in wanted and (one.marked or one.key in known.made):
            yield Item(
                key=one.key,
                deed="retire",
                owned=True,
                found=one,
                why=api.removable(one.key) or known.held.get(one.key, ""),
                switch="on" if one.live else "",
            )


def differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[Difference]:
    """Where two values in normal form are not the same, by the keys that are wanted; tables inside are looked into."""
    for key, value in wanted.items():
        there = found.get(key)
        if there == value and type(there) is type(value):
            continue
        if isinstance(value, dict) and isinstance(there, dict):
            yield from (Difference(f"{key}.{inner.where}", *inner[1:]) for inner in differences(there, value))
            extra = [name for name in there if name not in value]
            yield from (Difference(f"{key}.{name}", there[name], None) for name in extra)
        elif there != value:
            yield Difference(key, there, value)
