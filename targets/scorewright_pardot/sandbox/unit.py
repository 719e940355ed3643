"""The business unit that answers: its store, its settings, and what time it is there."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright_pardot.sandbox.store import Record, Store

__all__ = ["FURNITURE", "Outcome", "Settings", "Unit", "furnish"]

_ZONE = timezone(timedelta(hours=-4))
"""The account's time zone: the day of its quota ends with it, and its times are written in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an embedded business unit is like.

    ``lag``: seconds by which reads trail; ``daily_calls`` of its edition.  The identities are those of a machine's own
    sandbox and open nothing else.  ``most`` is by kind how many there may be; ``unique`` the kinds that refuse a name
    twice; ``lacks`` abilities that the user has not (``tags`` for all, ``tags create`` for one).
    """

    lag: float = 3.0
    daily_calls: int = 25_000
    business_unit: str = "0Uv000000000000001"
    client_id: str = "local"
    client_secret: str = "local-secret"  # noqa: S105 -- opens nothing but a server on this machine
    username: str = "local"
    password: str = "local"  # noqa: S105 -- the same
    refresh_token: str = "local"  # noqa: S105 -- the same
    token_seconds: float = 7200
    name_length: int = 255
    most: Mapping[str, int] = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Settings:
        """The settings as they are given.  Raises ``ValueError`` for one that there is not, or not of this type."""
        known = {one.name: getattr(cls(), one.name) for one in fields(cls)}
        for name, value in given.items():
            if name not in known:
                raise ValueError(f"a business unit has no setting {name!r}; there are {', '.join(known)}")
            if not _alike(value, known[name]):
                raise ValueError(f"{name} takes a value like {known[name]!r}")
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in given.items()
        }
        return cls(**values)


def _alike(value: object, usual: object) -> bool:
    """Whether a setting has the type of its usual value."""
    if isinstance(usual, int | float):
        return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    if isinstance(usual, tuple):
        return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    return isinstance(value, type(usual))


class Outcome(NamedTuple):
    """What is answered: the status, the body as JSON (``None``: none), and headers."""

    status: int
    data: Any = None
    headers: tuple[tuple[str, str], ...] = ()


class Unit(NamedTuple):
    """One look at the clock: everything that one request does happens at one instant."""

    store: Store
    settings: Settings
    now: float
    address: str = ""

    @property
    def seen(self) -> float:
        """The instant that a read shows: the cache behind it trails."""
        return self.now - self.settings.lag

    @property
    def stamp(self) -> str:
        """The present as the API writes it."""
        return datetime.fromtimestamp(self.now, _ZONE).isoformat(timespec="seconds")

    @property
    def day(self) -> str:
        """The account's day."""
        return self.stamp[:10]

    @property
    def calls(self) -> int:
        """Calls made today."""
        return self.store.calls(self.day)

    def link(self, path: str) -> str:
        """A path under the address by which the caller came."""
        return f"{self.address}{path}"


FURNITURE: Mapping[str, Record] = {
    "users": {
        "email": "api@localhost",
        "firstName": "API",
        "lastName": "User",
        "username": "api@localhost",
        "roleName": "Administrator",
    },
    "tracker-domains": {"domain": "go.localhost", "isPrimary": True},
    "folders": {"name": "Uncategorized", "path": "Uncategorized"},
    "campaigns": {"name": "Website Tracking"},
    "layout-templates": {"name": "Standard"},
    "account": {"company": "Embedded sandbox", "level": "Plus", "pluginCampaignId": 1},
}
"""What stands in a new unit: one of each, with the id 1."""


def furnish(store: Store) -> None:
    """Stand the furniture in a unit that has none."""
    if store.one("account", 1) is None:
        for kind, record in FURNITURE.items():
            store.put(kind, record, 0)
        store.db.commit()
