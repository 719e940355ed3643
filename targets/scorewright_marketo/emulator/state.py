"""One person on the platform: fields, lists, memberships, the activity log, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FOREVER", "Activity", "Entry", "State", "Value"]

FOREVER = 1 << 60
"""Later than anything."""

Value = str | int | bool | None
"""A field's or an attribute's value; a date is an instant."""


class Activity(NamedTuple):
    """Something in the activity log: our own id of its kind, when it happened, and its attributes."""

    kind: str
    at: int
    attributes: Mapping[str, Value]


class Entry(NamedTuple):
    """An activity in the log, and from when on filters see it."""

    at: int
    seen: int
    attributes: Mapping[str, Value]


class State:
    """One person.  Mutable: it lives as long as one play.

    ``version`` moves with every change; ``horizon`` is the earliest instant at which something that was looked at may
    answer differently although nothing has changed.  ``empty`` is what an empty number counts as in a comparison
    (``None``: it matches none), ``lag`` how long filters do not see what has just been logged.
    """

    __slots__ = (
        "campaigns", "done", "empty", "fields", "horizon", "lag", "lists", "log", "memory", "now", "opportunities",
        "programs", "version",
    )  # fmt: skip

    def __init__(self) -> None:
        self.now = 0
        self.version = 0
        self.horizon = FOREVER
        self.empty: int | None = None
        self.lag = 0
        self.fields: dict[str, Any] = {}
        self.lists: set[str] = set()
        self.programs: dict[str, str] = {}
        self.campaigns: dict[str, str] = {}
        self.opportunities: list[str] = []
        self.log: dict[str, list[Entry]] = {}
        self.memory: dict[str, int] = {}
        self.done: dict[tuple[str, int], int] = {}

    def soon(self, at: int) -> None:
        """What was just looked at may answer differently from this instant on."""
        if at < self.horizon:  # noqa: PLR1730 - called for every date that is looked at
            self.horizon = at
