"""The protocol that a platform's plugin implements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.capability import Capability
    from scorewright.plugin.emulation import Emulator, Tables
    from scorewright.plugin.facts import Fact

__all__ = ["API_VERSION", "Request", "Target"]

API_VERSION = (1, 2)
"""The version of this contract.  The first number changes when a plugin must change, the second when it may."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a target is asked to compile.

    ``options`` have passed the target's own schema; ``facts`` maps every fact's id to the value to go by (the
    instance's where it was probed, else the table's).
    """

    model: Model
    options: Mapping[str, Any]
    facts: Mapping[str, bool | int | str]


@runtime_checkable
class Target(Protocol):
    """A platform.

    An implementer must: answer for every feature of ``scorewright.plugin.features`` in ``capabilities``; give every
    element of the model a note; lower deterministically (same request, same bundle, under any hash seed); refuse by
    a note what it cannot do, with a path and a way out; refuse names and texts over the platform's limits.

    An implementer must not: change the request; read files, clocks or the network; truncate; raise for a model that
    passed the checks; print.
    """

    name: str
    """The name that specs and the command line use: ``pardot``."""
    title: str
    """The platform's name: ``Salesforce Account Engagement (Pardot)``."""
    api_version: tuple[int, int]
    """The version of the contract that the plugin was written for."""

    def options_schema(self) -> Mapping[str, Any]:
        """JSON Schema (draft 2020-12, closed, every key described) of ``[targets.<name>]``."""
        ...

    def facts(self) -> tuple[Fact, ...]:
        """Every fact that a lowering can rest on, ordered by id."""
        ...

    def capabilities(self) -> tuple[Capability, ...]:
        """One capability for each feature of the language, in the order of the feature table."""
        ...

    def compile(self, request: Request) -> Bundle:
        """Lower a model.  Never raises for a model that passed the checks."""
        ...

    def emulator(self, model: Model, tables: Tables, facts: Mapping[str, bool | int | str]) -> Emulator:
        """The platform, with a bundle built in it as its files say.

        ``model`` serves only to translate what happens to a person (an asset's id) into what the platform sees (the
        form's name there); what the bundle does comes from ``tables``, its emitted files, and never from the lowering.
        ``facts`` maps every fact's id to what is so on this instance, which need not be what the bundle was made for.
        """
        ...
