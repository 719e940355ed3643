"""``scorewright verify PATH --since FILE|DIR``: prove the way from the version that stands there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import click

from scorewright.cli import exits, show
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from scorewright.compiling.since import Before
    from scorewright.compiling.values import Built, Compiled
    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.model.elements import Model
    from scorewright.verify.passage import Passed

__all__ = ["Effort", "prove_since"]


class Effort(NamedTuple):
    """How a migration is proven: as ``scorewright verify`` was asked to."""

    seed: int
    effort: int
    life: str
    jobs: int | None


def prove_since(
    compiled: Compiled,
    earlier: Mapping[str, Before],
    effort: Effort,
    *,
    was: Path | None,
    again: str,
    form: str,
    today: date,
) -> int:
    """Prove each migration that was compiled, and print what was found; the exit code.

    ``again`` are the words behind ``verify`` that ask for the same.
    """
    from scorewright.diagnostics.json_ import report
    from scorewright.verify.passage.report import as_record, as_text

    passed: list[Passed] = []
    for built in compiled.built:
        before = earlier.get(built.target.name)
        if before is None:
            continue
        with working(f"verifying {built.target.title}"):
            one, faults = _proven(compiled, built, before, effort, _then(was, built, before, today))
        if one is None:
            return show.stop((*compiled.diagnostics, *faults) if form == "json" else faults, form)
        passed.append(one)
        if form == "text":
            show.out(as_text(one, before.since.label, again))
    holds = bool(passed) and all(one.holds for one in passed)
    if form == "json":
        targets = [as_record(one) for one in passed]
        show.as_json({**report(compiled.diagnostics), "version": 1, "holds": holds, "targets": targets})
    return exits.DONE if holds else exits.ERRORS


def _proven(
    compiled: Compiled, built: Built, before: Before, effort: Effort, model: Model | None
) -> tuple[Passed | None, tuple[Diagnostic, ...]]:
    """The proof of one target's migration, or what keeps it from being made."""
    from dataclasses import replace

    from scorewright.plugin.emulation import UnreadableBundleError
    from scorewright.verify import rules
    from scorewright.verify.asked import EmulatorFaultError
    from scorewright.verify.bundle import ReadBundle
    from scorewright.verify.passage import prove, way_of

    name = built.target.name
    if model is None:
        help_ = "name the spec of then with --was, or give the lock file, which keeps it"
        return None, show.about(
            rules.SPEC_OF_THEN, f"nobody knows the spec behind {before.since.label}", help_
        )
    there = ReadBundle(before.tables, before.since.gauges, (), frozenset())
    try:
        way = way_of(name, (model, built.model), there, compiled.files[name], built.answers)
        way = replace(way, answered=built.probed, seed=effort.seed, effort=effort.effort, only=effort.life)
        passed = prove(way, built.target, jobs=effort.jobs)
    except (UnreadableBundleError, EmulatorFaultError) as error:
        if os.environ.get("SCOREWRIGHT_DEBUG"):
            raise
        help_ = "report it to the plugin's authors with both specs; SCOREWRIGHT_DEBUG=1 shows where it was"
        return None, show.about(rules.EMULATOR_FAILS, f"{name}: {error}", help_)
    if effort.life and not passed.tally.lives:
        told = f"no life of seed {effort.seed} and effort {effort.effort} is called {effort.life!r}"
        raise click.UsageError(f"{told} for {name}, or it has no moment for a change")
    return passed, ()


def _then(was: Path | None, built: Built, before: Before, today: date) -> Model | None:
    """The model of then: as it is named, or as the lock file keeps it."""
    return before.model if was is None else _model(was, built.target.name, today)


def _model(spec: Path, target: str, today: date) -> Model | None:
    from scorewright.checks.run import check_spec
    from scorewright.compiling.left_out import leave_out

    checked = check_spec(spec, today=today)
    return leave_out(checked.model, target)[0] if checked.model is not None and checked.ok else None
