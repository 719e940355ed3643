"""What a person has built in the user interface, and what of the records it holds on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.uses import uses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright_pardot.sandbox.store import Record, Store

__all__ = ["WORDS", "holds"]

WORDS: Mapping[str, str] = {
    "campaigns": "campaign",
    "custom-fields": "field",
    "custom-redirects": "custom redirect",
    "emails": "email",
    "files": "file",
    "form-handlers": "form handler",
    "forms": "form",
    "landing-pages": "landing page",
    "lists": "list",
    "tags": "tag",
    "users": "user",
}
"""What the records of a kind are called in a word, where something that people build can name them."""


def holds(store: Store, kind: str, record: Record) -> str:
    """What still names a record, so that it cannot be deleted; empty: nothing does.

    Another record of the same name is as good: where there are two, either may go.
    """
    word = WORDS.get(kind)
    if word is None or _twin(store, kind, record):
        return ""
    for made, name, table in store.by_hand():
        if (word, record["name"]) in uses(made, table) and (made, name) != (kind, record["name"]):
            return f"{made}: {name}"
    return ""


def _twin(store: Store, kind: str, record: Record) -> bool:
    return any(
        one["id"] != record["id"] and one.get("name") == record.get("name") and not one.get("isDeleted")
        for one in store.all(kind)
    )
