"""Facts without which a lowering has nothing to stand on: whoever answers one with no gets a refusal, never a wrong bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["NEEDED", "denied"]

NEEDED = {
    "bot-constraint": "nothing else tells what a bot has opened or clicked",
    "created-at-is-known": "nothing else asks for everybody, or for nobody",
    "lead-token-in-data-value": "nothing else copies a value into a field",
    "link-is-address": "nothing else tells a link's address",
    "opportunity-triggers": "nothing else tells at once what becomes of an opportunity",
    "qualification-memory": "nothing else remembers who has been through",
    "request-from-executable": "an executable that is called cannot hand on",
    "several-values": "one filter asks for one value, and a trigger has one filter of a kind",
}
"""Facts without which a lowering has nothing to stand on, and why."""


def denied(facts: Mapping[str, bool | int | str], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Of these facts those that the instance says are not so, each with why nothing can be lowered without it."""
    for fact in names:
        if fact in NEEDED and facts[fact] is False:
            yield fact, NEEDED[fact]
