"""API v5 of one business unit, as ``scorewright.plugin.reach`` asks for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from scorewright.plugin.wire import Call, CallError, Rate, Verdict
from scorewright_pardot.client import errors, looking, rates, resources, signing, writing
from scorewright_pardot.client.kinds import ABILITIES
from scorewright_pardot.client.settings import Settings, guard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.reach import Account, Found, Key, Resource, Seen, Session, Way
    from scorewright.plugin.wire import Reply, Secrets, Talk

__all__ = ["PardotApi"]

_STOPS = {"122", "181", "182", "184", "199", "201"}
"""Errors that every other call would meet too."""


class PardotApi:
    """One business unit.  Holds its settings; every method only makes values.  ``clock`` dates signed assertions."""

    graves: Mapping[str, str] = resources.GRAVES

    def __init__(self, account: Account, clock: Callable[[], float] = time.time) -> None:
        self._account = account
        self._settings = Settings.of(account)
        self._clock = clock
        self.address = self._settings.base
        self.ways: tuple[Way, ...] = signing.ways(self._settings)
        self.identity = self._settings.business_unit
        self.rate = Rate((rates.LOCAL if self._settings.address else rates.OURS).number, rates.WINDOW.number)
        self.patience = float(rates.PATIENCE.number)
        self.lag = float(self._settings.lag)

    def guard(self) -> str:
        """Why this account must not be talked to as what it is said to be."""
        return guard(self._account)

    def sign_in(self, way: str, secrets: Secrets) -> Talk[Session]:
        """Sign in."""
        return signing.sign_in(self._settings, way, secrets, self._clock)

    def permissions(self) -> Talk[tuple[tuple[str, str], ...]]:
        """What may be read, each with the ability that is missing; whether things may be made cannot be tried."""
        found = []
        tried = Call("GET", "/api/v5/objects/account", "reach the business unit", query=(("fields", "id"),))
        try:
            yield tried
            found.append((tried.what, ""))
        except CallError as failure:
            found.append((tried.what, str(failure)))
            if failure.verdict.code in _STOPS:
                return tuple(found)
        for title, collection, ability in ABILITIES:
            query = (("fields", "id"), ("limit", "1"))
            try:
                yield Call("GET", f"/api/v5/objects/{collection}", title, query=query)
                found.append((title, ""))
            except CallError as failure:
                missing = f"; the ability is {ability}" if failure.verdict.code in {"46", "49"} else ""
                found.append((title, f"{failure}{missing}"))
        return tuple(found)

    def judge(self, call: Call, reply: Reply) -> Verdict:
        """What a reply means."""
        return errors.judge(call, reply)

    def resources(self, tables: Tables) -> tuple[Resource, ...]:
        """Every emitted object, in the order in which they are built."""
        return resources.resources(self._settings, tables)

    def look(self, resources: Sequence[Resource], *, deep: bool) -> Talk[Seen]:
        """Look at all that stands there."""
        handlers = bool(self._settings.form_handlers)
        return looking.look(resources, self._account.model, deep=deep, handlers=handlers)

    def create(self, resource: Resource, ids: Mapping[Key, str]) -> Talk[tuple[Found, ...]]:
        """Make it."""
        return writing.create(self._settings, self._account.model, resource, ids, self._account.facts)

    def change(self, resource: Resource, found: Found, ids: Mapping[Key, str]) -> Talk[Found]:
        """Make what is found as it is to be."""
        return writing.change(self._settings, self._account.model, resource, found, ids)

    def remove(self, found: Found, ids: Mapping[Key, str]) -> Talk[None]:  # noqa: ARG002 -- its id is its own
        """Take it away."""
        return writing.remove(found)

    def removable(self, key: Key) -> str:
        """Why this kind of thing cannot be taken away by the API."""
        return writing.removable(self._settings, key)

    def switch_on(self, resource: Resource, found: Found) -> Talk[None]:
        """Nothing that acts on people can be switched on by this API: no resource is marked so."""
        return _never(
            Call("PATCH", "", f"switch on {resource.key.name}"), f"{found.key.name} is resumed by a person"
        )


def _never(call: Call, words: str) -> Talk[None]:
    yield from ()
    raise CallError(call, Verdict("refused", "", words))
