"""Quotas at the peak of a change: old, new and passing rules that stand there at once, paused ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.bundle import Quota
from scorewright_pardot.limits import RULE_QUOTA
from scorewright_pardot.migration.programs import PROGRAMS
from scorewright_pardot.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.migration import Move, Since
    from scorewright.plugin.target import Request

__all__ = ["peak"]

_RULES = "automation-rules"
_SAVING = ("carry the change out in two versions: first what goes, then what comes",)


def peak(request: Request, bundle: Bundle, since: Since, moves: Iterable[Move]) -> tuple[Quota, ...]:
    """Rules and programs at the worst moment, where these are more than the new version needs by itself."""
    edition = Options.of(request.options).edition
    moves = tuple(moves)
    counted = (
        ("automation rules", RULE_QUOTA[edition], _RULES, False),
        ("engagement programs", f"programs-{edition}", PROGRAMS, False),
        ("repeating engagement programs", f"repeating-programs-{edition}", PROGRAMS, True),
    )
    found = []
    for what, fact, kind, again in counted:
        highest = _highest(since, moves, kind, again=again)
        if highest > sum(_counts(item.kind, item.table, kind, again=again) for item in bundle.objects):
            title = f"{what} at the peak of the change ({edition})"
            found.append(Quota(title, highest, int(request.facts[fact]), fact, (), _SAVING))
    return tuple(found)


def _highest(since: Since, moves: Iterable[Move], kind: str, *, again: bool) -> int:
    """The most that stand there at once, from the version before to the last move."""
    there = highest = sum(_counts(item.kind, item.table, kind, again=again) for item in since.objects)
    for move in moves:
        there += move.act == "create" and _counts(move.kind, move.new or {}, kind, again=again)
        there -= move.act == "delete" and _counts(move.kind, move.old or {}, kind, again=again)
        highest = max(highest, there)
    return highest


def _counts(kind: str, table: Mapping[str, Any], wanted: str, *, again: bool) -> bool:
    """Whether an object is one of a quota: of programs that repeat have one of their own."""
    return kind == wanted and (not again or bool(table.get("repeat")))
