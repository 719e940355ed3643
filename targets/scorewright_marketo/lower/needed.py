"""Facts without which a lowering has nothing to stand on: whoever answers one with no gets a refusal, never a wrong bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.model.elements import Element

__all__ = ["NEEDED", "refuse_denied"]

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


class Ground(Protocol):
    """The part of a run that knows the element in hand and takes its notes."""

    element: Element | None
    memo: dict[str, Any]

    def note(
        self, name: str, result: Result, message: str, *, instead: str = "", facts: tuple[str, ...] = ()
    ) -> None: ...


def refuse_denied(ground: Ground, facts: Mapping[str, bool | int | str], names: Iterable[str]) -> None:
    """Refuse the element in hand, once for each of these facts that it needs and that the instance says is not so."""
    element = ground.element
    for fact in names:
        if fact not in NEEDED or facts[fact] is not False or element is None:
            continue
        told = ground.memo.setdefault("denied", set())
        if (fact, element.name, element.product) in told:
            continue
        told.add((fact, element.name, element.product))
        ground.note(
            "fact-found-otherwise",
            Result.REFUSED,
            f"the instance answers {fact} with no, and {NEEDED[fact]}",
            instead="say it in another way, or see whether the probe was answered rightly",
            facts=(fact,),
        )
