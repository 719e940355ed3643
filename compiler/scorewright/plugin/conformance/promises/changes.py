"""Migrations: between equal versions there is nothing to do, between any others a way that can be told, or a refusal."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.migration import ACTS, Migrates, Since
from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.conformance.bench import Bench, Case
    from scorewright.plugin.migration import Migration

__all__ = ["told"]

_STRIDE = 3
"""Every how-manieth of the kit's specs is changed into the next."""


def told(bench: Bench) -> Iterator[Breach]:
    """A target without ``migrate`` promises nothing of migrations, and the compiler says so for it."""
    if not isinstance(bench.target, Migrates):
        return
    made = [*bench.bundles()][::_STRIDE]
    for case, bundle in made:
        migration = _ask(bench, case, bundle, (case, bundle))
        if isinstance(migration, str):
            yield Breach(case.name, migration, "refuse by a note what there is no way for")
        elif migration.moves or migration.kept:
            yield Breach(
                case.name, "from the version to itself there are moves", "compare the objects' tables"
            )
    for before, (case, bundle) in pairwise(made):
        where = f"from {before[0].name} to {case.name}"
        first, again = (_ask(bench, case, bundle, before) for _ in range(2))
        if isinstance(first, str):
            yield Breach(where, first, "refuse by a note what there is no way for")
        elif first != again:
            yield Breach(where, "the second answer differs from the first", "keep nothing between two calls")
        else:
            yield from _well_formed(where, first)


def _ask(bench: Bench, case: Case, bundle: Bundle, before: tuple[Case, Bundle]) -> Migration | str:
    """The migration from one case to another, or what was raised."""
    old = before[1]
    since = Since(bench.target.name, "before", old.objects, old.gauges, before[0].model)
    assert isinstance(bench.target, Migrates)
    try:
        return bench.target.migrate(bench.request(case), bundle, since)
    except Exception as error:  # noqa: BLE001 - whatever a plugin raises is what the kit looks for
        return f"raises {type(error).__name__}: {error}"


def _well_formed(where: str, migration: Migration) -> Iterator[Breach]:
    for move in migration.moves:
        if move.act not in ACTS:
            yield Breach(where, f"has a move {move.act!r}", f"use one of {', '.join(ACTS)}")
        if move.hours < 0 or (move.hours and move.act not in {"wait", "rest"}):
            yield Breach(
                where, f"{move.act} {move.name} lasts {move.hours} hours", "let a move of its own wait"
            )
        if not move.task.why:
            yield Breach(where, f"{move.act} {move.name} does not say why", "say it in one sentence")
    for note in migration.notes:
        if note.result is Result.BOUNDED and not (note.bound and note.bounds):
            yield Breach(where, f"{note.name} is bounded by nothing", "give the bound in words and as values")
        if note.result is Result.REFUSED and not note.instead:
            yield Breach(where, f"{note.name} is refused without a way out", "say in `instead` what works")
