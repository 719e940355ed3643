"""One prospect as the platform holds it; whoever changes something says so, for rules and lists to look again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Prospect", "Value"]

Value = tuple[str, ...]
"""A field's value as texts: none when it is empty, several only where the field takes several."""


class Prospect:
    """Everything that criteria ask for and actions change.

    ``readers`` maps a cell (``score``, ``tag X``, ``field Y`` …) to the bits of the rules, lists and formulas that
    read it; ``stirred`` collects the bits of all that must be looked at again.
    """

    __slots__ = (
        "account",
        "active",
        "activities",
        "campaigns",
        "categories",
        "completed",
        "coupled",
        "created",
        "crm",
        "done",
        "fields",
        "grade",
        "grading",
        "lists",
        "mailable",
        "opportunities",
        "owner",
        "queries",
        "readers",
        "score",
        "set_away",
        "stirred",
        "tags",
        "webinars",
    )

    def __init__(self, created: int, readers: Mapping[str, int]) -> None:
        self.created = created
        self.readers = readers
        self.stirred = 0
        self.score = 0
        self.set_away = 0
        """By how much setting the score has moved it: a rescore may undo that."""
        self.categories: dict[str, int] = {}
        self.tags: set[str] = set()
        self.fields: dict[str, Value] = {}
        self.account: dict[str, Value] = {}
        self.lists: set[str] = set()
        self.campaigns: dict[str, str | None] = {}
        self.completed: set[tuple[str, str]] = set()
        self.webinars: set[tuple[str, str]] = set()
        self.queries: list[str] = []
        self.opportunities: list[str] = []
        self.activities: set[str] = set()
        self.grading: dict[str, str] = {}
        self.grade = ""
        self.coupled = False
        self.owner = ""
        self.crm = ""
        self.mailable = True
        self.active: int | None = None
        self.done: dict[tuple[str, str, str, str], int] = {}

    def stir(self, cell: str) -> None:
        """Say that a cell has changed."""
        self.stirred |= self.readers.get(cell, 0)

    def put_score(self, value: int) -> None:
        """Give the overall score a value."""
        if value != self.score:
            self.score = value
            self.stir("score")

    def put_category(self, name: str, value: int) -> None:
        """Give a scoring category a value; from the first one on the prospect has a score in it."""
        if self.categories.get(name) != value:
            self.categories[name] = value
            self.stir(f"category {name}")

    def put_tag(self, name: str, *, on: bool) -> bool:
        """Apply a tag, or remove it.  Gives true: it was done."""
        if (name in self.tags) is not on:
            (self.tags.add if on else self.tags.discard)(name)
            self.stir(f"tag {name}")
            self.stir("tags")
        return True

    def put_list(self, name: str, *, on: bool) -> bool:
        """Put on a list, or take off.  Gives true: it was done."""
        if (name in self.lists) is not on:
            (self.lists.add if on else self.lists.discard)(name)
            self.stir(f"list {name}")
            self.stir("lists")
        return True

    def put_field(self, name: str, value: Value) -> bool:
        """Write a prospect field; no text empties it.  Gives true: it was done."""
        if self.fields.get(name, ()) != value:
            self.fields[name] = value
            self.stir(f"field {name}")
        return True

    def put_account(self, name: str, value: Value) -> None:
        """Write a field of the account; the first value makes the account."""
        if self.account.get(name, ()) != value:
            self.account[name] = value
            self.stir("account")
