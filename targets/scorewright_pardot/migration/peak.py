"""Quotas at the peak of a change: old, new and passing rules that stand there at once, paused ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Quota
from scorewright_pardot.limits import RULE_QUOTA
from scorewright_pardot.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.migration import Move, Since
    from scorewright.plugin.target import Request

__all__ = ["peak"]

_RULES = "automation-rules"


def peak(request: Request, bundle: Bundle, since: Since, moves: Iterable[Move]) -> tuple[Quota, ...]:
    """The rules at the worst moment, where these are more than the new version needs by itself."""
    there = highest = sum(item.kind == _RULES for item in since.objects)
    for move in moves:
        if move.kind == _RULES:
            there += (move.act == "create") - (move.act == "delete")
            highest = max(highest, there)
    wanted = sum(item.kind == _RULES for item in bundle.objects)
    if highest <= wanted:
        return ()
    edition = Options.of(request.options).edition
    fact = RULE_QUOTA[edition]
    saving = "carry the change out in two versions: first what goes, then what comes"
    return (
        Quota(
            f"automation rules at the peak of the change ({edition})",
            highest,
            int(request.facts[fact]),
            fact,
            (),
            (saving,),
        ),
    )
