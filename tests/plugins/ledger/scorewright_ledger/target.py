"""The plugin object: what the compiler asks of a platform, answered for Point Ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.target import API_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.capability import Capability
    from scorewright.plugin.emulation import Emulator, Tables
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.target import Request

__all__ = ["TARGET", "LedgerTarget"]


class LedgerTarget:
    """Point Ledger.  Holds nothing; each method imports what it needs."""

    name = "ledger"
    title = "Point Ledger"
    api_version = API_VERSION

    def options_schema(self) -> Mapping[str, Any]:
        """JSON Schema of ``[targets.ledger]``."""
        from scorewright_ledger.options import SCHEMA

        return SCHEMA

    def facts(self) -> tuple[Fact, ...]:
        """Every fact, ordered by id."""
        from scorewright_ledger.facts import FACTS

        return FACTS

    def capabilities(self) -> tuple[Capability, ...]:
        """One capability for each feature, in the order of the feature table."""
        from scorewright_ledger.capabilities import CAPABILITIES

        return CAPABILITIES

    def compile(self, request: Request) -> Bundle:
        """Lower a model to accounts, postings and alerts."""
        from scorewright_ledger.lower import lower

        return lower(request)

    def emulator(self, model: Model, tables: Tables, facts: Mapping[str, bool | int | str]) -> Emulator:
        """Point Ledger with a bundle built in it."""
        from scorewright_ledger.emulator import Ledger

        return Ledger(model, tables, facts)


TARGET = LedgerTarget()
