"""What stands in the instance before anything runs: fields, lists, custom activities, tokens, smart lists, names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorewright_marketo.emulator import words
from scorewright_marketo.emulator.errors import UnreadableBundleError
from scorewright_marketo.emulator.logic import joined
from scorewright_marketo.emulator.values import KINDS, Comparer
from scorewright_marketo.labels import ACTIVITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.emulation import Tables
    from scorewright_marketo.emulator.clock import Clock
    from scorewright_marketo.emulator.logic import Filter, Priced
    from scorewright_marketo.emulator.platform import Platform

__all__ = ["Ground"]

_TOKEN = re.compile(r"\{\{my\.(.+)\}\}")


class Ground:
    """The instance as the bundle's tables and the team's own fields make it; ``read`` reads a filter on it."""

    def __init__(
        self,
        model: Model,
        tables: Tables,
        platform: Platform,
        clock: Clock,
        read: Callable[[Ground, Mapping[str, Any]], Priced],
    ) -> None:
        self.platform, self.clock, self._read = platform, clock, read
        self.comparer = Comparer(platform, clock)
        self.types: dict[str, str] = words.standard_fields(model)
        for kind in ("helper-fields", "score-fields"):
            for table in tables.get(kind, ()):
                self._add_field(kind, table)
        for table in tables.get("tokens", ()):
            if table.get("reference", reference := f"{{{{my.{table['token']}}}}}") != reference:
                said = f"campaigns refer to this token as {reference}, not {table['reference']}"
                raise UnreadableBundleError("tokens", table["name"], said)
            if table.get("shown", shown := f"{table['value']:+d}") != shown:
                said = f"a value of {table['value']} is shown as {shown}, not as {table['shown']}"
                raise UnreadableBundleError("tokens", table["name"], said)
        for kind, key in _NAMED:
            for table in tables.get(kind, ()):
                _agrees(kind, key, table)
        self.activities = words.activities(model)
        self.tokens = {
            (table["program"], table["token"].casefold()): str(table.get("shown", table["value"]))
            for table in tables.get("tokens", ())
        }
        self.lists = {table["name"].casefold() for table in tables.get("static-lists", ())}
        self.lists |= words.given_lists(model)
        for table in tables.get("prerequisites", ()):
            if table.get("kind") == "static list":
                self.lists.add(table["asset"].casefold())
        self._smart_lists = {table["name"].casefold(): table for table in tables.get("smart-lists", ())}
        self._compiled: dict[str, Filter | None] = {}
        self.campaigns = {table["name"].casefold(): table for table in tables.get("smart-campaigns", ())}
        self.logged: dict[str, set[str] | None] = {}
        """The kinds of activity that filters ask for, with the first attributes that they name (``None``: any)."""

    def _add_field(self, kind: str, table: Mapping[str, Any]) -> None:
        label, there = table["label"].casefold(), self.types.get(table["label"].casefold())
        if there is not None and KINDS.get(there, "text") != KINDS.get(table["type"], "text"):
            said = f"the field {table['label']!r} is there already, and of the type {there}"
            raise UnreadableBundleError(kind, table["name"], said)
        self.types[label] = table["type"]

    # --- names ------------------------------------------------------------------------------------------------------

    def field(self, label: str) -> tuple[str, str]:
        """A field's key and how it is compared.  Raises ``ValueError``."""
        key = label.casefold()
        if key not in self.types:
            raise ValueError(f"no rule and no field is called {label!r}")
        return key, KINDS.get(self.types[key], "text")

    def static_list(self, name: str) -> str:
        """A static list's key.  Raises ``ValueError``."""
        if name.casefold() not in self.lists:
            raise ValueError(f"no static list is called {name!r}")
        return name.casefold()

    def campaign_name(self, name: str) -> str:
        """A campaign's key.  Raises ``ValueError``."""
        if name.casefold() not in self.campaigns:
            raise ValueError(f"no smart campaign is called {name!r}")
        return name.casefold()

    def asked(self, kind: str, values: list[str] | None) -> None:
        """A filter asks for activities of a kind, with one of these first attributes, or with any."""
        known = self.logged.get(kind, set())
        self.logged[kind] = (
            None if known is None or values is None else known | {v.casefold() for v in values}
        )

    def kept(self, kind: str) -> int:
        """For how many days an activity stays in the log."""
        row = ACTIVITIES.get(kind)
        web = kind == "list-removed" or (row is not None and row.kept == "retention-web")
        return self.platform.retention_web if web else self.platform.retention_rest

    def token(self, program: str, reference: str) -> str | None:
        """What a token of a program holds; ``None`` where there is no such token."""
        found = _TOKEN.fullmatch(reference.strip())
        return self.tokens.get((program, found[1].casefold())) if found else None

    # --- smart lists ------------------------------------------------------------------------------------------------

    def smart_list(self, name: str) -> Filter:
        """A smart list by its name.  Raises ``ValueError``, also for lists that ask for one another in a circle."""
        key = name.casefold()
        if key not in self._smart_lists:
            raise ValueError(f"no smart list is called {name!r}")
        if key not in self._compiled:
            self._compiled[key] = None
            self._compiled[key] = self.filters("smart-lists", self._smart_lists[key], self._smart_lists[key])
        found = self._compiled[key]
        if found is None:
            raise ValueError(f"the smart list {name!r} asks for itself")
        return found

    def read_lists(self) -> None:
        """Read every smart list, those too that nothing asks for.  Raises ``UnreadableBundleError``."""
        for table in self._smart_lists.values():
            self.smart_list(table["name"])

    def filters(self, kind: str, named: Mapping[str, Any], table: Mapping[str, Any]) -> Filter | None:
        """The filters of a table as one function; ``None`` where there are none."""
        rows = table.get("filters", ())
        if not rows:
            return None
        try:
            return joined([self._read(self, row) for row in rows], table.get("filter_logic", "ALL"))
        except (ValueError, KeyError) as fault:
            raise UnreadableBundleError(kind, named["name"], _said(fault)) from fault


_NAMED = (
    ("smart-campaigns", "campaign"),
    ("smart-lists", "list"),
    ("static-lists", "list"),
    ("tokens", "token"),
)
"""What stands in a program is called by the program's name and its own."""


def _agrees(kind: str, key: str, table: Mapping[str, Any]) -> None:
    """A name says twice what a thing is called: others refer to it by the whole of it."""
    if "program" in table and key in table and table["name"] != f"{table['program']}.{table[key]}":
        said = f"it would be called {table['program']}.{table[key]}, and nothing else refers to it so"
        raise UnreadableBundleError(kind, table["name"], said)


def _said(fault: Exception) -> str:
    return f"there is no {fault.args[0]!r}" if isinstance(fault, KeyError) else str(fault)
