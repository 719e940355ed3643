"""The way from the version before, as far as a push has a part in it: which steps are a person's, and what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.reach import Key
from scorewright.push.values import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.migration import Migration, Move
    from scorewright.plugin.reach import Resource

__all__ = ["held", "steps"]

_BY_API = {"create", "edit", "delete"}


def steps(migration: Migration | None, resources: Sequence[Resource]) -> tuple[Step, ...]:
    """Every step in order; none where nothing stood there before."""
    if migration is None:
        return ()
    api = _by_api(resources)
    return tuple(
        Step(move.task.title, not _taken(move, api), move.task.minutes, move.hours)
        for move in migration.moves
    )


def held(migration: Migration | None, resources: Sequence[Resource]) -> dict[Key, str]:
    """What a push may change only when somebody has carried out the steps before it, and which is the last of these.

    To look that something is so holds nothing up: that is what the plan does.
    """
    if migration is None:
        return {}
    return dict(_held(migration, _by_api(resources)))


def _held(migration: Migration, api: frozenset[Key]) -> Iterator[tuple[Key, str]]:
    before = ""
    for move in migration.moves:
        if _taken(move, api):
            if before:
                yield Key(move.kind, move.name), f"first by hand, and then with --carried-out: {before}"
        elif move.act != "check":
            before = move.task.title


def _taken(move: Move, api: frozenset[Key]) -> bool:
    """Whether the API takes this step: on an object that nobody builds a part of by hand."""
    return move.act in _BY_API and Key(move.kind, move.name) in api


def _by_api(resources: Sequence[Resource]) -> frozenset[Key]:
    return frozenset(
        one.key for one in resources if one.made and not (one.by_hand or one.unread or one.given)
    )
