"""The REST API of one instance, as ``scorewright.plugin.reach`` asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.reach import Session, Way
from scorewright.plugin.wire import Call, CallError, Rate
from scorewright_marketo.client import errors, looking, rates, resources, writing
from scorewright_marketo.client.kinds import TEMPLATES
from scorewright_marketo.client.settings import Settings, guard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.reach import Account, Found, Key, Resource, Seen
    from scorewright.plugin.wire import Reply, Secrets, Talk, Verdict

__all__ = ["MarketoApi"]

_TRIED = (
    (
        "/rest/asset/v1/folder/byName.json",
        (("name", "Marketing Activities"),),
        "read assets",
        "Read-Only Assets",
    ),
    (
        "/rest/v1/leads/schema/fields.json",
        (("batchSize", "1"),),
        "read fields",
        "Read-Write Schema Custom Field",
    ),
    ("/rest/v1/stats/usage.json", (), "read the calls of the day", "none"),
)
"""Calls that read, and the permission that each needs: what ``login --check`` tries."""


class MarketoApi:
    """One instance.  Holds its settings, what the resources say of each other, and what the last look found to act on people or to clone from."""

    graves: Mapping[str, str] = resources.GRAVES
    ways: tuple[Way, ...] = (
        Way(
            "client-credentials",
            "client id and secret of a custom service (Admin > LaunchPoint)",
            ("client_id", "client_secret"),
        ),
    )

    def __init__(self, account: Account) -> None:
        self._account = account
        self._settings = Settings.of(account)
        self._resources: tuple[Resource, ...] = ()
        self._alike: Mapping[str, Sequence[str]] = {}
        self._templates: Mapping[str, str] = {}
        self._live: set[Key] = set()
        self.address = self._settings.base
        self.identity = self._settings.munchkin or f"sandbox at {self.address}"
        self.rate = Rate(self._settings.calls, rates.WINDOW.number)
        self.patience = float(rates.PATIENCE.number)
        self.lag = self._settings.lag

    def guard(self) -> str:
        """Why this account must not be talked to as what it is said to be."""
        return guard(self._account)

    def sign_in(self, way: str, secrets: Secrets) -> Talk[Session]:  # noqa: ARG002 - there is one
        """Sign in; the token goes into the header of every call, where alone it is taken."""
        query = (
            ("grant_type", "client_credentials"),
            *((name, secrets[name]) for name in self.ways[0].needs),
        )
        reply = yield Call("GET", "/identity/oauth/token", "sign in", query=query, signed=False)
        headers = {"Authorization": f"Bearer {reply.data['access_token']}"}
        return Session(headers, float(reply.data.get("expires_in", 0)))

    def permissions(self) -> Talk[tuple[tuple[str, str], ...]]:
        """What may be read, each with the permission that is missing; whether things may be made cannot be tried."""
        found = []
        for path, query, what, permission in _TRIED:
            try:
                yield Call("GET", path, what, query=query)
                found.append((what, ""))
            except CallError as failure:
                missing = f"; the permission is {permission}" if failure.verdict.code == "603" else ""
                found.append((what, f"{failure}{missing}"))
        return tuple(found)

    def judge(self, call: Call, reply: Reply) -> Verdict:
        """What a reply means."""
        return errors.judge(call, reply)

    def resources(self, tables: Tables) -> tuple[Resource, ...]:
        """Every emitted object, in the order in which they are built."""
        self._resources = resources.resources(tables, self._account.model)
        self._alike = resources.siblings(tables)
        return self._resources

    def look(self, resources: Sequence[Resource], *, deep: bool) -> Talk[Seen]:
        """Look at all that stands there."""
        seen = yield from looking.look(resources, self._account.model, self._settings.template, deep=deep)
        templates = {one.key.name: one.id for one in seen.found if one.key.kind == TEMPLATES}
        self._templates = templates or self._templates
        self._live |= {one.key for one in seen.found if one.live}
        return seen

    def _context(self, ids: Mapping[Key, str]) -> writing.Context:
        return writing.Context(self._account.model, ids, self._alike, self._resources, self._templates)

    def create(self, resource: Resource, ids: Mapping[Key, str]) -> Talk[tuple[Found, ...]]:
        """Make it."""
        return writing.create(self._context(ids), resource)

    def change(self, resource: Resource, found: Found, ids: Mapping[Key, str]) -> Talk[Found]:
        """Make what is found as it is to be."""
        return writing.change(self._context(ids), resource, found)

    def remove(self, found: Found, ids: Mapping[Key, str]) -> Talk[None]:
        """Take it away."""
        return writing.remove(self._context(ids), found)

    def removable(self, key: Key) -> str:
        """Why this kind of thing cannot be taken away."""
        return writing.removable(key)

    def switch_on(self, resource: Resource, found: Found) -> Talk[None]:
        """Activate it, once all that has to run before it does."""
        before = [one for one in self._resources if 0 < one.switched < resource.switched]
        waits = next((one for one in before if one.key not in self._live), None)
        yield from writing.switch_on(resource, found, waits)
        self._live.add(resource.key)
