"""Which element of the old version is which of the new: by id, or renamed and else the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diff.facets import FACETS
from scorewright.diff.plain import plain_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diff.values import Name
    from scorewright.model.elements import Element, Model

__all__ = ["renamed"]

_ROUNDS = 5
"""A rule is known again once its asset is, and that once its field is; chains are short."""


def renamed(old: Model, new: Model) -> dict[Name, str]:
    """The ids that stand for the same under another name: table and old id → new id.

    An id that is gone and one that is new are the same element when they say the same, and nothing else does; or when
    both have the same title of their own.  Products are known by their title alone: what they say is only ids.
    """
    moved: dict[Name, str] = {}
    for _ in range(_ROUNDS):
        found = {name: to for table in FACETS for name, to in _in_table(table, old, new, moved)}
        if not found:
            break
        moved.update(found)
    return moved


def _in_table(table: str, old: Model, new: Model, moved: Mapping[Name, str]) -> Iterable[tuple[Name, str]]:
    before, after = _one_each(getattr(old, table)), _one_each(getattr(new, table))
    taken = {to for (place, _), to in moved.items() if place == table}
    gone = [item for key, item in before.items() if key not in after and (table, key) not in moved]
    come = [item for key, item in after.items() if key not in before and key not in taken]
    if not gone or not come:
        return
    known = {to: old_id for old_id, to in _alike(table, gone, come, moved)}
    titles = {to: old_id for old_id, to in _same_title(gone, come)}
    for to, old_id in {**titles, **known}.items():
        yield (table, old_id), to


def _one_each(elements: Mapping[str, Any]) -> dict[str, Any]:
    """One element for each id: the first of the copies that products make of it."""
    found: dict[str, Any] = {}
    for item in elements.values():
        if not getattr(item, "builtin", False):
            found.setdefault(item.id, item)
    return found


def _alike(
    table: str, gone: Iterable[Any], come: Iterable[Any], moved: Mapping[Name, str]
) -> Iterable[tuple[str, str]]:
    """Pairs that say the same, where only one on each side says so."""
    old, new = (_by_content(table, gone, moved), _by_content(table, come, {}))
    for content, keys in old.items():
        if len(keys) == 1 and len(new.get(content, ())) == 1:
            yield keys[0], new[content][0]


def _by_content(table: str, found: Iterable[Any], moved: Mapping[Name, str]) -> dict[Any, list[str]]:
    said: dict[Any, list[str]] = {}
    for item in found:
        content = tuple(
            plain_field(item, facet.attribute, moved) for facet in FACETS[table] if facet.gravity != "words"
        )
        if any(part not in {None, (), ("no",)} for part in content):
            said.setdefault(content, []).append(item.id)
    return said


def _same_title(gone: Iterable[Element], come: Iterable[Element]) -> Iterable[tuple[str, str]]:
    old, new = _by_title(gone), _by_title(come)
    for title, keys in old.items():
        if len(keys) == 1 and len(new.get(title, ())) == 1:
            yield keys[0], new[title][0]


def _by_title(found: Iterable[Element]) -> dict[str, list[str]]:
    """Ids by the title that the writer gave; one made from the id says nothing."""
    titles: dict[str, list[str]] = {}
    for item in found:
        title = getattr(item, "title", "")
        if title and title != item.id.replace("-", " "):
            titles.setdefault(title, []).append(item.id)
    return titles
