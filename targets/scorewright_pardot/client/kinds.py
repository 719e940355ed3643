"""Where each emitted kind stands in API v5, what of it can be read or made there, and what nobody but a person can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ABILITIES",
    "ASSETS",
    "BY_NAME",
    "COLLECTIONS",
    "FIELDS",
    "PREREQUISITES",
    "SAME_TYPES",
    "UNREAD",
    "UNREADABLE",
    "Ability",
]

COLLECTIONS: Mapping[str, str] = {
    "custom-fields": "custom-fields",
    "custom-redirects": "custom-redirects",
    "dynamic-lists": "lists",
    "engagement-programs": "engagement-studio-programs",
    "formula-fields": "custom-fields",
    "scoring-categories": "folders",
    "static-lists": "lists",
    "tags": "tags",
}
"""The collection in which an emitted kind is found."""

PREREQUISITES: Mapping[str, str] = {
    "campaign": "campaigns",
    "custom redirect": "custom-redirects",
    "file": "files",
    "form": "forms",
    "form handler": "form-handlers",
    "landing page": "landing-pages",
    "list": "lists",
    "person field": "custom-fields",
    "user": "users",
}
"""The collection in which something of the team's is found, by its kind in words."""

FIELDS: Mapping[str, str] = {
    "campaigns": "id,name",
    "custom-fields": "id,name,fieldId,type",
    "custom-redirects": "id,name,destinationUrl,campaignId",
    "engagement-studio-programs": "id,name,status",
    "files": "id,name",
    "folder-contents": "id,folderId,objectType,objectName",
    "folders": "id,name",
    "form-handlers": "id,name,campaignId",
    "forms": "id,name",
    "landing-pages": "id,name",
    "lists": "id,name,description,isDynamic",
    "tags": "id,name",
    "users": "id,firstName,lastName,email,username",
}
"""What is asked for of each collection."""

BY_NAME = frozenset({"campaigns", "form-handlers", "lists", "tags"})
"""The collections that can be asked for a name."""

ASSETS: Mapping[str, str] = {
    "ad": "custom-redirect",
    "email": "email",
    "file": "file",
    "form": "form",
    "form_handler": "form-handler",
    "landing_page": "landing-page",
    "link": "custom-redirect",
}
"""What a folder's content calls an asset that can score in a category."""

UNREAD: Mapping[str, tuple[str, ...]] = {
    "automation-rules": ("criteria", "actions", "repeat", "whether it runs"),
    "baseline-scoring": ("points",),
    "completion-actions": ("actions",),
    "dynamic-lists": ("criteria",),
    "engagement-programs": ("steps", "repeat"),
    "formula-fields": ("formula", "whether it is synced"),
    "page-actions": ("page", "actions"),
    "profile-criteria": ("points",),
    "scoring-categories": ("whether the category belongs to the folder",),
    "segmentation-rules": ("criteria", "actions", "whether it has run"),
}
"""What of a kind a person builds and nobody can read."""

UNREADABLE: Mapping[str, str] = {
    "account field": "the API shows no fields of accounts",
    "automation-rules": "the API has no automation rules",
    "baseline-scoring": "the API does not show the baseline scoring rules",
    "completion-actions": "the API does not show completion actions",
    "email": "an email may be a template, a list email or one of a program: the API does not say which is meant",
    "event": "the API shows no webinars and events of connectors",
    "external activity": "the API does not list the types of external activities",
    "group": "the API shows no user groups",
    "page-actions": "the API has no page actions",
    "profile": "the API has no profiles",
    "profile-criteria": "the API has no profiles",
    "queue": "the API shows no queues",
    "segmentation-rules": "the API has no segmentation rules",
    "webinar": "the API shows no webinars and events of connectors",
}
"""Why something cannot be looked at, by emitted kind, and for the team's things by their kind."""

SAME_TYPES: Mapping[str, frozenset[str]] = {
    "checkbox with several values, or multi-select": frozenset({"checkbox", "multi-select"}),
    "dropdown or radio button": frozenset({"dropdown", "radio button"}),
    "text": frozenset({"text", "textarea", "hidden"}),
}
"""Types of a field that serve alike where the model asks for one in these words."""


class Ability(NamedTuple):
    """Something that a push does, the collection that shows whether it may, and the role's ability that it takes."""

    title: str
    collection: str
    ability: str


ABILITIES = (
    Ability("read tags", "tags", "Marketing > Segmentation > Tags > View"),
    Ability("read lists", "lists", "Marketing > Segmentation > Lists > View"),
    Ability("read custom fields", "custom-fields", "Prospect > Prospects > Configure Fields"),
    Ability("read custom redirects", "custom-redirects", "Marketing > Content > Custom Redirects > View"),
    Ability("read form handlers", "form-handlers", "Marketing > Forms > Form Handlers > View"),
    Ability("read forms", "forms", "Marketing > Forms > Forms > View"),
    Ability("read landing pages", "landing-pages", "Marketing > Landing Pages > Landing Pages > View"),
    Ability("read files", "files", "Marketing > Content > Files > View"),
    Ability("read campaigns", "campaigns", "Marketing > Campaigns > View"),
    Ability("read folders", "folders", "Marketing > Content > Folders > View"),
    Ability("read users", "users", "Admin > Users and Groups > View"),
    Ability(
        "read engagement programs",
        "engagement-studio-programs",
        "Marketing > Engagement Studio > Engagement Program > View",
    ),
)
"""What is tried, in order.  Abilities to create cannot be tried without creating something."""
