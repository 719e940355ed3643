"""The revision sheet as values, before any form is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Figures", "Revision", "Row", "Table"]


class Figures(NamedTuple):
    """What was counted while a revision was in force."""

    leads: int
    opportunities: int
    won: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit that changed what the model says: its short id, day (ISO), author and reason (the commit's subject)."""

    commit: str
    day: str
    author: str
    reason: str
    figures: Figures | None = None


class Row(NamedTuple):
    """One element: its name now (or when it last was), its title, and what each revision did to it.

    ``cells`` has a text for each revision; empty where it did nothing.
    """

    name: str
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The sheet: revisions oldest first, rows in the order of the spec, those that are gone last."""

    title: str
    revisions: tuple[Revision, ...]
    rows: tuple[Row, ...]
