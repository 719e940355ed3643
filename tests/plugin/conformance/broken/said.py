"""Targets that break a promise by what they say of themselves: the contract, options, facts, capabilities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from scorewright.plugin.capability import Capability, Support
from scorewright_ledger.target import LedgerTarget
from tests.plugin.conformance.broken.faults import breaks


@breaks("has no `emulator`", "protocol")
class NoEmulator(LedgerTarget):
    """no emulator"""

    @property
    def emulator(self) -> Any:
        raise AttributeError


@breaks("api_version: is (2, 0)", "protocol")
class OtherContract(LedgerTarget):
    """another contract"""

    api_version = (2, 0)


@breaks("api_version: is (1, 9)", "protocol")
class LaterContract(LedgerTarget):
    """a later contract"""

    api_version = (1, 9)


@breaks("small letters, digits and hyphens", "protocol", "plain")
class Named(LedgerTarget):
    """a name with blanks"""

    name = "Point Ledger"


@breaks("takes keys that it does not name", "options")
class OpenOptions(LedgerTarget):
    """open options"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "additionalProperties": True}


@breaks("currency: has no description", "options")
class UndescribedOption(LedgerTarget):
    """an option without description"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "properties": {"currency": {"type": "string"}}}


@breaks("is a required property", "options")
class RequiredOption(LedgerTarget):
    """an option that must be given"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "required": ["currency"]}


@breaks("is not valid under any of the given schemas", "options")
class InvalidSchema(LedgerTarget):
    """a schema that is none"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "type": "table"}


@breaks("order facts() by id", "facts")
class FactsInDisorder(LedgerTarget):
    """facts in disorder"""

    def facts(self) -> Any:
        return tuple(reversed(super().facts()))


@breaks("stands there twice", "facts")
class FactTwice(LedgerTarget):
    """a fact twice"""

    def facts(self) -> Any:
        facts = super().facts()
        return (facts[0], *facts)


class _OtherFact(LedgerTarget):
    fact = "once-synced-hours"
    changed: ClassVar[dict[str, Any]]

    def facts(self) -> Any:
        return tuple(
            replace(fact, **self.changed) if fact.id == self.fact else fact for fact in super().facts()
        )


@breaks("has no source", "facts")
class NoSource(_OtherFact):
    """a fact without a source"""

    changed: ClassVar = {"source": ""}


@breaks("was checked on 'lately'", "facts")
class NoDay(_OtherFact):
    """a fact without a day"""

    changed: ClassVar = {"checked": "lately"}


@breaks("state it as a sentence", "facts")
class NoSentence(_OtherFact):
    """a fact that is no sentence"""

    changed: ClassVar = {"statement": "two servers"}


@breaks("has no probe", "unsure")
class NoProbe(_OtherFact):
    """an unsure fact without a probe"""

    changed: ClassVar = {"probe": " "}


@breaks("has no alternatives", "unsure")
class NoAlternatives(_OtherFact):
    """an unsure fact without alternatives"""

    changed: ClassVar = {"alternatives": ()}


@breaks("its own value among the alternatives", "unsure")
class OwnAlternative(_OtherFact):
    """a fact that is its own alternative"""

    changed: ClassVar = {"alternatives": (0, 1)}


@breaks("feature bots-count: has no answer(s)", "capabilities")
class FeatureForgotten(LedgerTarget):
    """a feature without an answer"""

    def capabilities(self) -> Any:
        return super().capabilities()[:-1]


@breaks("is not one of the language's", "capabilities")
class FeatureInvented(LedgerTarget):
    """a feature that there is not"""

    def capabilities(self) -> Any:
        return (*super().capabilities(), Capability("event-thinks", Support.FULL, "It reads minds."))


@breaks("list them in the order of FEATURES", "capabilities")
class FeaturesInDisorder(LedgerTarget):
    """capabilities in disorder"""

    def capabilities(self) -> Any:
        return tuple(reversed(super().capabilities()))


class _OtherCapability(LedgerTarget):
    feature: str
    changed: ClassVar[dict[str, Any]]

    def capabilities(self) -> Any:
        table = super().capabilities()
        return tuple(replace(row, **self.changed) if row.feature == self.feature else row for row in table)


@breaks("has no reason", "capabilities")
class NoReason(_OtherCapability):
    """a capability without a reason"""

    feature = "event-submits"
    changed: ClassVar = {"reason": ""}


@breaks("has no way out", "capabilities", "features")
class NoWayOut(_OtherCapability):
    """a refusal in the table without a way out"""

    feature = "segment"
    changed: ClassVar = {"instead": ""}


@breaks("rests on 'no-such-fact', which is no fact", "capabilities")
class RestsOnNothing(_OtherCapability):
    """a capability that rests on no fact"""

    feature = "event-submits"
    changed: ClassVar = {"source": "no-such-fact"}


@breaks("event-visits: is said to be full, and rules.scored is refused: not-here", "features")
class SaysTooMuch(_OtherCapability):
    """a capability that promises too much"""

    feature = "event-visits"
    changed: ClassVar = {"support": Support.FULL}


@breaks("event-downloads: is refused by the table, and rules.scored is noted as exact", "features")
class SaysTooLittle(_OtherCapability):
    """a capability that promises too little"""

    feature = "event-downloads"
    changed: ClassVar = {"support": Support.IMPOSSIBLE, "instead": "nothing"}
