"""The instance's words for what a spec names: labels of fields, custom activities, lists, and names of assets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.history import CRM_KIND, OWNER
from scorewright_marketo.labels import FIELD_TYPES, FIELDS, PERSON_SCORE
from scorewright_marketo.names import words

if TYPE_CHECKING:
    from scorewright.model.elements import Activity, Asset, Field, Model

__all__ = ["activities", "activity_label", "asset_name", "field_label", "given_lists", "standard_fields"]

_STANDARD = {
    "Unsubscribed": "boolean",
    "Email Invalid": "boolean",
    "Marketing Suspended": "boolean",
    "SFDC Type": "string",
    "Sales Owner Email Address": "string",
    "Person Status": "string",
    PERSON_SCORE: "score",
}
"""Standard fields that no table of a bundle has to name."""

_OF_THE_MACHINE = {OWNER: "Sales Owner Email Address", CRM_KIND: "SFDC Type"}
_PROPERTY_KINDS = {"number": "number", "date": "date", "yes_no": "boolean"}


def standard_fields(model: Model) -> dict[str, str]:
    """The types of the fields that are there already, by label (case folded)."""
    found = dict(_STANDARD)
    for key, item in model.fields.items():
        found[field_label(model, key)] = FIELD_TYPES[item.type]
    return {label.casefold(): kind for label, kind in found.items()}


def field_label(model: Model, key: str) -> str:
    """The label of one of the spec's fields, or of the two that the reference machine has besides."""
    if key in _OF_THE_MACHINE:
        return _OF_THE_MACHINE[key]
    item: Field = model.fields[key]
    if (name := item.names.get("marketo")) is not None:
        return name
    if item.of == "person" and key in FIELDS:  # also where a spec declares it anew
        return FIELDS[key].label
    return _titled(item)


def activity_label(item: Activity) -> str:
    """What a custom activity is called."""
    return item.names.get("marketo") or _titled(item)


def _titled(item: Field | Activity) -> str:
    return item.title if item.title != item.id.replace("-", " ") else words(item.id)


def activities(model: Model) -> dict[str, dict[str, str]]:
    """Custom activities by label, each with how its attributes are compared."""
    return {
        activity_label(item): {
            words(name): _PROPERTY_KINDS.get(kind, "text") for name, kind in item.properties.items()
        }
        for item in model.activities.values()
    }


def given_lists(model: Model) -> set[str]:
    """The static lists that the team has already."""
    return {
        name.casefold()
        for asset in model.assets.values()
        if asset.kinds == ("list",)
        for name in asset.texts_on("marketo")
    }


def asset_name(model: Model, asset: Asset | None, name: str | None, kind: str) -> str | None:
    """What the platform calls the real asset: the name that was told, or one that the asset's id stands for.

    A spec may give Marketo names of its own, so a told name is looked for among those that have one.
    """
    if name is None:
        if asset is None or asset.builtin:
            return None
        return asset.texts_on("marketo")[0]
    for other in [asset] if asset is not None and not asset.builtin else [*model.assets.values()]:
        if kind not in other.kinds or "marketo" not in other.names:
            continue
        texts = [text.casefold() for text in other.texts]
        if name.casefold() in texts:
            own = other.texts_on("marketo")
            return own[min(texts.index(name.casefold()), len(own) - 1)]
    return name
