"""What happens to a person, as the platform sees it: activities by name, and values of fields by label."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.labels import field_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Asset, Model
    from scorewright.model.history import Happening, Scalar
    from scorewright_pardot.emulator.prospect import Value

__all__ = [
    "ANY",
    "CARRIERS",
    "CATEGORY_VERBS",
    "IDENTIFYING",
    "STATES",
    "Activity",
    "Translator",
    "counted_rows",
]

ANY = "- ANY -"

CARRIERS = frozenset({"form", "form_handler", "landing_page", "file", "link", "ad", "email"})
"""Assets that folders hold and that have completion actions, in the words of the files."""

IDENTIFYING = frozenset({"form", "form_handler", "landing_page", "email"})
"""Assets that only somebody known can have used: a form makes known, and e-mails go to known people."""

CATEGORY_VERBS = frozenset({"submits", "downloads", "clicks", "opens"})
"""What a scoring category counts of the assets in its folders."""

STATES = {
    ("submits", "form"): "form",
    ("submits", "form_handler"): "form_handler",
    ("submits", "landing_page"): "landing_page",
    ("downloads", "file"): "file",
    ("clicks", "link"): "redirect",
    ("clicks", "ad"): "redirect",
}
"""Verb and asset kind = the criterion that remembers it, in our short words."""

_ROWS = {
    ("visits", "pages"): "Page View",
    ("submits", "form"): "Form Submission",
    ("submits", "form_handler"): "Form Handler Submission",
    ("submits", "landing_page"): "Landing Page Success",
    ("fails", "form"): "Form Error",
    ("fails", "form_handler"): "Form Handler Error",
    ("fails", "landing_page"): "Landing Page Error",
    ("opens", "email"): "Email Open",
    ("clicks", "email"): "Tracker Link Click",
    ("clicks", "link"): "Custom Redirect Click",
    ("clicks", "ad"): "Custom Redirect Click",
    ("downloads", "file"): "File Access",
    ("registers", "event"): "Event Registered",
    ("attends", "event"): "Event Checked In",
    ("chats", "chat"): "Olark Chat",
    ("starts_visit", ""): "Visitor Session",
    ("searches", ""): "Site Search Query",
    ("opportunity", "created"): "Opportunity Created",
    ("opportunity", "won"): "Opportunity Won",
    ("opportunity", "lost"): "Opportunity Lost",
}
"""Verb and asset kind = the baseline row that scores it.  What has none is scored by no row that could be read."""


def counted_rows(kind: str) -> tuple[str, ...]:
    """The baseline rows whose points a scoring category counts too, for an asset of a kind in its folder."""
    return tuple(row for (verb, of), row in _ROWS.items() if of == kind and verb in CATEGORY_VERBS)


class Activity(NamedTuple):
    """An activity of a prospect: the verb, the kind and name of the asset (``""``: not told), its baseline row."""

    verb: str
    kind: str
    name: str
    row: str


class Translator:
    """Knows what the assets and fields of a model are called on the platform."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.labels = {key: field_label(field) for key, field in model.fields.items()}
        self._known: dict[tuple[str, str, str | None], Activity] = {}

    def activity(self, happening: Happening) -> Activity:
        """The activity that something that happens is."""
        key = (happening.verb, happening.what, happening.name)
        if key not in self._known:
            self._known[key] = self._activity(*key)
        return self._known[key]

    def _activity(self, verb: str, what: str, name: str | None) -> Activity:
        if verb == "opportunity":
            return Activity(verb, what, "", _ROWS.get((verb, what), ""))
        if verb == "does":
            activity = self.model.activities[what]
            return Activity(verb, "", activity.names.get("pardot", activity.title), "")
        asset = self.model.assets.get(what)
        if asset is None:
            return Activity(verb, "", what, _ROWS.get((verb, ""), ""))
        kind, called = self._real(asset, name)
        return Activity(verb, kind, called, _ROWS.get((verb, kind), ""))

    def _real(self, asset: Asset, name: str | None) -> tuple[str, str]:
        """Kind and name of the real asset; a built-in one is of the kind of the asset of that name."""
        if asset.builtin and name is not None:
            for other in self.model.assets.values():
                if not other.builtin and other.kinds[0] in asset.kinds and name in other.texts:
                    return other.kinds[0], _name_of(other, name)
        return asset.kinds[0], name or "" if asset.builtin else _name_of(asset, name)

    def names(self, asset: str) -> tuple[str, ...]:
        """What an asset is called on the platform."""
        return self.model.assets[asset].texts_on("pardot")

    def of_account(self, field: str) -> bool:
        """Whether a field is the account's."""
        return self.model.fields[field].of == "account"

    @staticmethod
    def value(value: Scalar) -> Value:
        """A value as the texts that a field holds."""
        if value is None or value == () or (isinstance(value, str) and not value.strip()):
            return ()
        if isinstance(value, bool):
            return ("Yes" if value else "No",)
        return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)

    def email(self, fields: Mapping[str, Scalar]) -> Value:
        """The address, whose domain is no field of its own."""
        address, domain = fields.get("email"), fields.get("email-domain")
        if not address and not domain:
            return ()
        local, at, own = str(address or "").rpartition("@")
        if not domain:
            return (str(address),)
        return (f"{(local if at else own) or 'somebody'}@{domain}",)


def _name_of(asset: Asset, name: str | None) -> str:
    """The name on the platform of what the model calls by a text; a pattern's own text where none is told."""
    there = asset.texts_on("pardot")
    if name is None:
        return there[0] if there else ""
    if name in asset.texts and there != asset.texts:
        place = asset.texts.index(name)
        return there[place] if place < len(there) else there[0]
    return name
