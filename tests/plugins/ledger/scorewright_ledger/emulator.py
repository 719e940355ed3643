"""Point Ledger as its handbook has it, built from the emitted files."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from scorewright.model.history import Happening
from scorewright.plugin.emulation import Deed, Played
from scorewright_ledger.gauges import gauges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person, Scalar
    from scorewright.plugin.emulation import Schedule, Tables

__all__ = ["Ledger"]

_SERVERS = 2


class _Event(NamedTuple):
    """What the platform sees of something that happens: when, which verb, which kinds of asset, and its name."""

    at: int
    verb: str
    kinds: frozenset[str]
    name: str | None


class Ledger:
    """One Point Ledger in which a bundle has been built."""

    modelled = frozenset({"once-synced-hours"})

    def __init__(self, model: Model, tables: Tables, facts: Mapping[str, bool | int | str]) -> None:
        self._model = model
        self._accounts = tables.get("accounts", ())
        self._postings = tables.get("postings", ())
        self._alerts = tables.get("alerts", ())
        self._synced = int(facts["once-synced-hours"]) * 3600

    def play(self, person: Person, looks: Sequence[int], schedule: Schedule) -> Played:
        """Book what happens, and read every balance and the log of alerts at each look."""
        play = _Play(self._accounts, person)
        events = [*self._seen(person)]
        servers = _servers(schedule, len(events))
        sights = []
        for look in looks:
            while events and events[0].at <= look:
                self._book(play, events.pop(0), servers.pop(0))
            sights.append(self._sight(play))
        return Played(tuple(sights), tuple(play.deeds))

    def _seen(self, person: Person) -> Iterator[_Event]:
        """What happens to somebody, in the order in which the platform learns of it; bots it does not see."""
        told = []
        for place, item in enumerate(person.history):
            if isinstance(item, Happening) and item.properties.get("bot") is not True:
                known = max(item.at if item.known is None else item.known, person.created)
                told.append((known, item.at, place, item))
        for known, _, _, item in sorted(told, key=lambda entry: entry[:3]):
            asset = self._model.assets.get(item.what)
            if asset is not None:
                texts = asset.texts_on("ledger")
                first = texts[0] if texts else None
                name = item.name if item.name is not None and "ledger" not in asset.names else first
                yield _Event(known, item.verb, frozenset(asset.kinds), name)

    def _book(self, play: _Play, event: _Event, server: int) -> None:
        before = dict(play.balances)
        for posting in self._postings:
            if any(_hears(source, event) for source in posting["sources"]) and self._due(
                play, posting, event, server
            ):
                for account, amount in posting["amounts"].items():
                    play.balances[account] += amount
                    said = f"{account} {amount:+d}: {play.balances[account]}"
                    play.deeds.append(Deed(event.at, f"postings: {posting['name']}", said))
        for alert in self._alerts:
            account, number = alert["account"], alert["reaches"]
            if before[account] < number <= play.balances[account]:
                play.sent[alert["name"]] = play.sent.get(alert["name"], 0) + 1
                play.deeds.append(Deed(event.at, f"alerts: {alert['name']}", f"sent to {alert['send_to']}"))

    def _due(self, play: _Play, posting: Mapping[str, Any], event: _Event, server: int) -> bool:
        """Whether a posting pays: `Once` is remembered at once by its own server, and later by the other."""
        if not posting["once"]:
            return True
        used = play.used.setdefault(posting["name"], {})
        known = (
            server in used,
            *(event.at - at >= self._synced for other, at in used.items() if other != server),
        )
        if any(known):
            return False
        used[server] = event.at
        return True

    def _sight(self, play: _Play) -> Mapping[str, Scalar]:
        return {
            gauge.name: play.sent.get(gauge.at["alert"], 0)
            if gauge.kind == "done"
            else play.balances.get(gauge.at["balance_of"], 0)
            for gauge in gauges(self._model)
        }


class _Play:
    """One member's balances, what they have used up, and what was sent."""

    def __init__(self, accounts: Sequence[Mapping[str, Any]], person: Person) -> None:
        self.balances = {
            row["name"]: person.scores.get(row["name"], row["opening_balance"]) for row in accounts
        }
        self.used: dict[str, dict[int, int]] = {}
        self.sent: dict[str, int] = {}
        self.deeds: list[Deed] = []


def _hears(source: Mapping[str, Any], event: _Event) -> bool:
    if source["verb"] != event.verb or event.kinds.isdisjoint(source["kinds"]):
        return False
    return source["name"] == "*" or (event.name is not None and _fold(source["name"]) == _fold(event.name))


def _fold(text: str) -> str:
    return " ".join(normalize("NFC", text).split()).casefold()


def _servers(schedule: Schedule, count: int) -> list[int]:
    """Which server takes each event: one for all, in turn, or by chance."""
    if schedule.name == "torn":
        return [number % _SERVERS for number in range(count)]
    if schedule.name == "random":
        chance = random.Random(schedule.seed)
        return [chance.randrange(_SERVERS) for _ in range(count)]
    return [0] * count
