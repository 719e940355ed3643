"""One person's history in the words of the other version: ids as they are called there, and nothing that it lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.history import CRM_KIND, OWNER, FieldSet, Listed
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diff.values import Name
    from scorewright.model.elements import Asset, Model
    from scorewright.model.history import Happening, Person

__all__ = ["translate"]


def translate(person: Person, model: Model, moved: Mapping[Name, str]) -> Person:
    """The same person as ``model`` sees them; ``moved`` maps the ids of the person's own version to its ids.

    What happens at an asset that the model has no name for happens all the same: at any page, at any form.
    """
    other = _Other(model, moved)
    return replace(
        person,
        fields={other.name("fields", key): value for key, value in person.fields.items() if other.field(key)},
        scores={other.key(key): value for key, value in person.scores.items() if other.counts(key)},
        marks=frozenset(other.name("marks", key) for key in person.marks if other.has("marks", key)),
        history=tuple(said for item in person.history if (said := other.said(item)) is not None),
    )


class _Other:
    """The other version, asked for its names."""

    def __init__(self, model: Model, moved: Mapping[Name, str]) -> None:
        self.model = model
        self.moved = moved

    def name(self, table: str, key: str) -> str:
        return self.moved.get((table, key), key)

    def has(self, table: str, key: str) -> bool:
        return self.name(table, key) in getattr(self.model, table)

    def key(self, key: str) -> str:
        """A score's key, with its product behind the ``@``."""
        name, at, product = key.partition("@")
        return self.name("scores", name) + at + self.name("products", product)

    def counts(self, key: str) -> bool:
        score = self.model.scores.get(self.key(key))
        return score is not None and score.kind == "engagement"

    def field(self, key: str) -> bool:
        return key in {OWNER, CRM_KIND} or self.has("fields", key)

    def said(self, item: Happening | FieldSet | Listed) -> Happening | FieldSet | Listed | None:
        """One thing that happens, or nothing where the other version cannot see it."""
        if isinstance(item, FieldSet):
            return item._replace(field=self.name("fields", item.field)) if self.field(item.field) else None
        if isinstance(item, Listed):
            return (
                item._replace(list=self.name("assets", item.list)) if self.has("assets", item.list) else None
            )
        takes = VERBS[item.verb].takes
        if takes not in {"assets", "activities", "fields"} or not item.what:
            return item
        if self.has(takes, item.what):
            return item._replace(what=self.name(takes, item.what))
        return self._anywhere(item) if takes == "assets" else None

    def _anywhere(self, item: Happening) -> Happening | None:
        """At the built-in asset of the verb, under the name of the real one."""
        builtin = next(
            (key for key, asset in self.model.assets.items() if _stands_for_all(asset, item)), None
        )
        return None if builtin is None else item._replace(what=builtin, name=item.name or item.what)


def _stands_for_all(asset: Asset, item: Happening) -> bool:
    return asset.builtin and bool(set(asset.kinds) & set(VERBS[item.verb].kinds))
