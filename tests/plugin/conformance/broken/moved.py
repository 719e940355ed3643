"""Targets that break a promise by the way that they tell from one version to another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scorewright.plugin.migration import Migration, Move
from scorewright.plugin.notes import Note, Result
from scorewright.plugin.sheet import Task
from scorewright_ledger.target import LedgerTarget
from tests.plugin.conformance.broken.faults import breaks


class _Moves(LedgerTarget):
    """Point Ledger with a way from one version to another, which is told wrongly."""

    act, hours, why = "edit", 0, "A reason."

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        del request
        if [item.table for item in bundle.objects] == [item.table for item in since.objects]:
            return Migration(since, ())
        task = Task("edit: account", "Edit", "", self.why, 1.0, ())
        return Migration(since, (Move(self.act, "accounts", "account", task, hours=self.hours),))


@breaks("has a move 'mend'", "changes")
class OddMove(_Moves):
    """a move that nobody knows"""

    act = "mend"


@breaks("lasts 5 hours", "changes")
class LastingMove(_Moves):
    """an edit that lasts"""

    hours = 5


@breaks("does not say why", "changes")
class MoveWithoutReason(_Moves):
    """a move without a reason"""

    why = ""


@breaks("from the version to itself there are moves", "changes")
class RestlessMigration(_Moves):
    """moves between equal versions"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        other = replace(since, objects=())
        return super().migrate(request, bundle, other) if bundle.objects else Migration(since, ())


@breaks("raises KeyError", "changes")
class RaisingMigration(_Moves):
    """a migration that raises"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        raise KeyError(since.label)


@breaks("the second answer differs", "changes")
class ForgetfulMigration(_Moves):
    """a migration that remembers earlier ones"""

    def __init__(self) -> None:
        self.calls = 0

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        self.calls += 1
        found = super().migrate(request, bundle, since)
        return replace(found, intro=(f"call {self.calls}",))


@breaks("is bounded by nothing", "changes")
class BoundlessMigration(_Moves):
    """a bounded migration without a bound"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        note = Note("late", Result.BOUNDED, "model.id", ("model", "id"), "Late.")
        return replace(super().migrate(request, bundle, since), notes=(note,))


@breaks("is refused without a way out", "changes")
class DeadEndMigration(_Moves):
    """a refused migration without a way out"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        note = Note("never", Result.REFUSED, "model.id", ("model", "id"), "Never.")
        return replace(super().migrate(request, bundle, since), notes=(note,))
