"""The way from the version before, as far as a push has a part in it: which steps are a person's, and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.reach import Key
from scorewright.push.values import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scorewright.plugin.migration import Migration, Move
    from scorewright.plugin.reach import Resource

__all__ = ["by_api", "held", "steps"]

_BY_API = {"create", "edit", "delete"}


def by_api(resources: Sequence[Resource], made: Collection[Key]) -> frozenset[Key]:
    """What the API alone makes, changes and takes away: nobody builds a part of it by hand.  ``made`` is what pushes made."""
    part = {one.key for one in resources if one.by_hand or one.unread or one.given or not one.made}
    return frozenset(one.key for one in resources if one.key not in part) | (frozenset(made) - part)


def steps(migration: Migration | None, api: Collection[Key]) -> tuple[Step, ...]:
    """Every step in order; none where nothing stood there before."""
    if migration is None:
        return ()
    return tuple(
        Step(_title(move, api), not _taken(move, api), move.task.minutes, move.hours)
        for move in migration.moves
    )


def _title(move: Move, api: Collection[Key]) -> str:
    retired = move.act == "delete" and _taken(move, api)
    return f"{move.task.title} (scorewright retire)" if retired else move.task.title


def held(migration: Migration | None, api: Collection[Key]) -> dict[Key, str]:
    """What may be changed or taken away only when somebody has carried out the steps before it, and the last of these.

    To look that something is so holds nothing up: that is what the plan does.  What is made new acts on nobody.
    """
    if migration is None:
        return {}
    return dict(_held(migration, api))


def _held(migration: Migration, api: Collection[Key]) -> Iterator[tuple[Key, str]]:
    before = ""
    for move in migration.moves:
        if _taken(move, api):
            if before:
                yield Key(move.kind, move.name), f"first by hand, and then with --carried-out: {before}"
        elif move.act != "check":
            before = move.task.title


def _taken(move: Move, api: Collection[Key]) -> bool:
    """Whether the API takes this step."""
    return move.act in _BY_API and Key(move.kind, move.name) in api
