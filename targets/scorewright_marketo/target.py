"""The plugin object: what the compiler sees of the Marketo target.  Everything heavy is imported when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.capability import Capability
    from scorewright.plugin.emulation import Emulator, Tables
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.migration import Migration, Since
    from scorewright.plugin.reach import Account, Api
    from scorewright.plugin.sandboxes import Sandbox
    from scorewright.plugin.target import Request

__all__ = ["TARGET", "Marketo"]


class Marketo:
    """Adobe Marketo Engage, as a target of Scorewright."""

    name = "marketo"
    title = "Adobe Marketo Engage"
    api_version = (1, 2)
    api_kinds = frozenset({"folders", "helper-fields", "programs", "score-fields", "static-lists", "tokens"})

    def options_schema(self) -> Mapping[str, Any]:
        """JSON Schema of ``[targets.marketo]``."""
        from scorewright_marketo.options import SCHEMA

        return SCHEMA

    def facts(self) -> tuple[Fact, ...]:
        """Every fact that a lowering can rest on, ordered by id."""
        from scorewright_marketo.facts import FACTS

        return FACTS

    def capabilities(self) -> tuple[Capability, ...]:
        """One capability for each feature of the language, in the order of the feature table."""
        from scorewright_marketo.capabilities import capabilities

        return capabilities()

    def compile(self, request: Request) -> Bundle:
        """Lower a model, emit its objects, and write the sheet."""
        from scorewright.plugin.bundle import Bundle
        from scorewright_marketo.emit import emit
        from scorewright_marketo.gauges import gauges
        from scorewright_marketo.lower import lower
        from scorewright_marketo.options import read
        from scorewright_marketo.quota import quotas
        from scorewright_marketo.saving import savings
        from scorewright_marketo.sheet import sheet

        options = read(request.options)
        lowered = lower(request.model, options, request.facts)
        return Bundle(
            target=self.name,
            objects=emit(lowered),
            notes=lowered.notes,
            sheet=sheet(lowered),
            quotas=quotas(lowered, options.budget, lambda: savings(request, lowered)),
            gauges=gauges(request.model, lowered, minutes=request.facts["batch-person-in-minutes"] is True),
        )

    def migrate(self, request: Request, bundle: Bundle, since: Since) -> Migration:
        """The way from what stands on an instance to a bundle."""
        from scorewright_marketo.migration import migrate

        return migrate(request, bundle, since)

    def emulator(self, model: Model, tables: Tables, facts: Mapping[str, bool | int | str]) -> Emulator:
        """An instance of Marketo with the bundle in it.  Raises ``UnreadableBundleError`` for tables that it could not hold."""
        from scorewright_marketo.emulator.emulator import MarketoEmulator

        return MarketoEmulator(model, tables, facts)

    def grave(self, kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
        """What cannot be undone, or has to be changed by a person in the same breath."""
        from scorewright_marketo.client.resources import grave

        return grave(kind, before, after)

    def account_schema(self) -> Mapping[str, Any]:
        """JSON Schema of ``[instances.<name>.api]``."""
        from scorewright_marketo.client.settings import schema

        return schema()

    def api(self, account: Account) -> Api:
        """The REST API of one instance."""
        from scorewright_marketo.client.api import MarketoApi

        return MarketoApi(account)

    def sandbox(
        self, store: sqlite3.Connection, clock: Callable[[], float], settings: Mapping[str, Any]
    ) -> Sandbox:
        """An embedded instance on a store.  Raises ``ValueError`` for a setting that there is not."""
        from scorewright_marketo.sandbox.instance import Instance

        return Instance(store, clock, settings)


TARGET = Marketo()
