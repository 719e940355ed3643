"""A plan as values: each object of the spec, what stands there, and what is to be done about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.reach import Found, Key, Resource

__all__ = ["DEEDS", "HANDS", "Difference", "Item", "Plan", "Reads", "Step"]

DEEDS: Mapping[str, str] = {
    "create": "to be made by the API",
    "change": "to be changed by the API",
    "retire": "made by an earlier push, and no longer wanted: `scorewright retire` takes it away",
    "same": "stands there as it is to be",
    "there": "belongs to the team, and is there",
    "missing": "must be there before, and is not",
    "conflict": "stands there otherwise, and no push made it: it is left alone",
    "blocked": "waits for something that is missing",
    "held": "to be changed by the API, after steps of the sheet that a person carries out first",
    "by hand": "a person makes it, from the build sheet",
    "unknown": "could not be looked at",
}
"""What a plan can say of an object as far as the API goes."""

HANDS: Mapping[str, str] = {
    "": "no person makes anything of it",
    "verified": "read back, and as the sheet asks",
    "differs": "read back, and otherwise than the sheet asks",
    "to build": "not there yet",
    "unread": "cannot be read: only whoever built it knows",
    "attested": "cannot be read; `scorewright lock` says that it was carried out as it stands now",
}
"""What a plan can say of the part that a person makes."""


class Difference(NamedTuple):
    """One value that is not as it is to be: where, what stands there, what is wanted (JSON values; ``None``: nothing)."""

    where: str
    found: Any
    wanted: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One object: what the API is to do about it (one of ``DEEDS``), and how its hand-made part stands (``HANDS``).

    ``switch`` is ``on``, ``off`` or, for what cannot be switched by the API, empty.  ``why`` is for people: what is in
    the way, or what to do in the same breath.  ``grave`` is the id of a warning to be confirmed.
    """

    key: Key
    deed: str
    elements: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    hand: str = ""
    by_hand: tuple[Difference, ...] = ()
    unread: tuple[str, ...] = ()
    switch: str = ""
    why: str = ""
    grave: str = ""
    owned: bool = False
    resource: Resource | None = None
    found: Found | None = None

    @property
    def writes(self) -> bool:
        """Whether a push does something about it."""
        return self.deed in {"create", "change"}


class Step(NamedTuple):
    """One step of the way from the version before: in words, whether a person takes it, its minutes and hours to wait."""

    title: str
    by_hand: bool
    minutes: float
    hours: int


class Reads(NamedTuple):
    """What a look cost, and what the account has used today: by quota, (used, given; 0: not known)."""

    calls: int
    used: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a push would do to one instance, in order.

    ``identity`` is the account on its platform; ``model`` and ``spec`` are the model's id and the digest of the spec's
    files; ``steps`` is the way from the version that was locked before, in order.
    """

    instance: str
    kind: str
    target: str
    identity: str
    model: str
    spec: str
    items: tuple[Item, ...]
    reads: Reads
    graves: Mapping[str, str]
    steps: tuple[Step, ...] = ()

    def having(self, *deeds: str) -> tuple[Item, ...]:
        """The items of these deeds, in order."""
        return tuple(item for item in self.items if item.deed in deeds)

    @property
    def writes(self) -> tuple[Item, ...]:
        """What a push does."""
        return tuple(item for item in self.items if item.writes)

    @property
    def grave(self) -> tuple[str, ...]:
        """The ids of the warnings that a push of this asks to be confirmed."""
        return tuple(dict.fromkeys(item.grave for item in self.items if item.grave))

    @property
    def clean(self) -> bool:
        """Nothing to do for anybody, as far as it can be known."""
        idle = {"same", "there", "by hand"}
        return all(
            item.deed in idle and item.hand in {"", "verified", "attested"} and item.switch != "off"
            for item in self.items
        )

    @property
    def digest(self) -> str:
        """What tells this plan from another: the account, and everything that a push would do."""
        deeds = [
            [*item.key, item.deed, [list(each) for each in item.differences]]
            for item in self.items
            if item.deed not in {"same", "there", "by hand"}
        ]
        text = json.dumps([self.target, self.identity, self.model, deeds], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
