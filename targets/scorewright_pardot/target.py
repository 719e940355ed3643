"""The plugin object: what the compiler asks of a platform, answered for Account Engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.target import API_VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.capability import Capability
    from scorewright.plugin.emulation import Emulator, Tables
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.migration import Migration, Since
    from scorewright.plugin.plans import PlanTable
    from scorewright.plugin.reach import Account, Api
    from scorewright.plugin.sandboxes import Sandbox
    from scorewright.plugin.target import Request

__all__ = ["TARGET", "PardotTarget"]


class PardotTarget:
    """Account Engagement (Pardot).  Holds nothing; each method imports what it needs."""

    name = "pardot"
    title = "Salesforce Account Engagement (Pardot)"
    api_version = API_VERSION
    api_kinds = frozenset({"custom-fields", "static-lists", "tags"})

    def options_schema(self) -> Mapping[str, Any]:
        """JSON Schema of ``[targets.pardot]``."""
        from scorewright_pardot.options import schema

        return schema()

    def facts(self) -> tuple[Fact, ...]:
        """Every fact, ordered by id."""
        from scorewright_pardot.facts import FACTS

        return FACTS

    def capabilities(self) -> tuple[Capability, ...]:
        """One capability for each feature, in the order of the feature table."""
        from scorewright_pardot.capabilities import CAPABILITIES

        return CAPABILITIES

    def compile(self, request: Request) -> Bundle:
        """Lower a model to objects, notes, a build sheet and quotas."""
        from scorewright.plugin.bundle import Bundle
        from scorewright_pardot.emit import emit
        from scorewright_pardot.gauges import gauges
        from scorewright_pardot.lower import lower
        from scorewright_pardot.options import Options
        from scorewright_pardot.quota import quotas
        from scorewright_pardot.saving import savings
        from scorewright_pardot.sheet import build

        options = Options.of(request.options)
        lowered = lower(request)
        return Bundle(
            self.name,
            emit(lowered.objects),
            lowered.notes,
            build(request.model, options, lowered),
            quotas(lowered.objects, options.edition, request.facts, lambda: savings(request, lowered)),
            gauges(request.model, options, lowered, request.facts),
            lowered.plans,
        )

    def migrate(self, request: Request, bundle: Bundle, since: Since) -> Migration:
        """The way from what stands on an instance to a bundle."""
        from scorewright_pardot.migration import migrate

        return migrate(request, bundle, since)

    def plans(self, top: int) -> tuple[PlanTable, ...]:
        """Rules against days for a scoring category that comes down from ``top`` at most."""
        from scorewright_pardot.planning.table import digit_table, program_table, rule_table

        return rule_table(top), digit_table(top), program_table(top)

    def emulator(self, model: Model, tables: Tables, facts: Mapping[str, bool | int | str]) -> Emulator:
        """The platform with a bundle built in it; raises ``UnreadableBundleError`` for what it has no name for."""
        from scorewright_pardot.emulator.emulator import PardotEmulator

        return PardotEmulator(model, tables, facts)

    def grave(self, kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
        """What reaches everybody: a row of the baseline that changes."""
        from scorewright_pardot.client.resources import grave

        return grave(kind, before, after)

    def account_schema(self) -> Mapping[str, Any]:
        """JSON Schema of ``[instances.<name>.api]``."""
        from scorewright_pardot.client import schema

        return schema()

    def api(self, account: Account) -> Api:
        """API v5 of one business unit."""
        from scorewright_pardot.client import PardotApi

        return PardotApi(account)

    def sandbox(
        self, store: sqlite3.Connection, clock: Callable[[], float], settings: Mapping[str, Any]
    ) -> Sandbox:
        """A business unit on this machine; ``settings`` are those of ``scorewright_pardot.sandbox.unit``."""
        from scorewright_pardot.sandbox import PardotSandbox

        return PardotSandbox(store, clock, settings)


TARGET = PardotTarget()
