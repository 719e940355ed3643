"""What a target says of itself: its name, its options, its facts and how far it takes each feature."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.features import FEATURES
from scorewright.plugin.target import API_VERSION, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.plugin.conformance.bench import Bench
    from scorewright.plugin.facts import Fact

__all__ = ["KEBAB", "capabilities", "closed", "facts", "options", "protocol", "unsure"]

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_MEMBERS = ("name", "title", "api_version", "options_schema", "facts", "capabilities", "compile", "emulator")


def protocol(bench: Bench) -> Iterator[Breach]:
    """Everything that the protocol asks for is there, for this version of the contract."""
    target: Any = bench.target
    for member in _MEMBERS:
        if not hasattr(target, member):
            yield Breach(
                "the target", f"has no `{member}`", f"give it one: see {Target.__module__}.Target.{member}"
            )
    if not KEBAB.fullmatch(getattr(target, "name", "")):
        do = "name it in small letters, digits and hyphens: it stands in [targets.<name>] and on the command line"
        yield Breach("name", f"is {getattr(target, 'name', '')!r}", do)
    if not getattr(target, "title", ""):
        yield Breach("title", "is empty", "give it the platform's name, as its makers write it")
    version = getattr(target, "api_version", (0, 0))
    if version[0] != API_VERSION[0] or version > API_VERSION:
        wanted = ".".join(map(str, API_VERSION))
        do = (
            f"write it for version {wanted} of the contract: api_version = API_VERSION of {Target.__module__}"
        )
        yield Breach("api_version", f"is {version}", do)


def options(bench: Bench) -> Iterator[Breach]:
    """The schema of the options is valid, closed, and describes every key; the kit's own options fit."""
    import jsonschema

    schema = dict(bench.target.options_schema())
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        yield Breach("options_schema()", str(error.message), "keep to JSON Schema, draft 2020-12")
        return
    yield from closed(schema, "options_schema()")
    for given in ({}, dict(bench.options)):
        for fault in jsonschema.Draft202012Validator(schema).iter_errors(given):
            do = "let every option have a default, and give the kit options that the schema takes"
            yield Breach(f"options {given}", fault.message, do)


def closed(schema: Mapping[str, Any], where: str) -> Iterator[Breach]:
    """A schema of a table takes what it names and describes, and nothing else."""
    if schema.get("type") != "object":
        yield Breach(where, 'is not of type "object"', 'say type = "object": options are a TOML table')
    if schema.get("additionalProperties") is not False:
        do = "say additionalProperties = false: an option that nobody reads changes nothing"
        yield Breach(where, "takes keys that it does not name", do)
    for key, entry in schema.get("properties", {}).items():
        if not (isinstance(entry, dict) and entry.get("description")):
            yield Breach(
                f"{where}, {key}", "has no description", "describe it in a sentence: messages show it"
            )


def facts(bench: Bench) -> Iterator[Breach]:
    """Facts stand in order, each once, as a sentence with a source and the day on which it was read."""
    table = bench.target.facts()
    for one, other in pairwise(table):
        if one.id == other.id:
            yield Breach(f"fact {one.id}", "stands there twice", "keep one of them")
        elif one.id > other.id:
            yield Breach(f"fact {other.id}", f"stands behind {one.id}", "order facts() by id")
    for fact in table:
        yield from _fact(fact)


def _fact(fact: Fact) -> Iterator[Breach]:
    where = f"fact {fact.id}"
    if not KEBAB.fullmatch(fact.id):
        yield Breach(where, "is not in kebab-case", "name it in small letters, digits and hyphens")
    if not fact.statement.endswith("."):
        yield Breach(where, f"says {fact.statement!r}", "state it as a sentence, with a full stop")
    if not fact.source:
        yield Breach(
            where, "has no source", "name the public page that it was read on, or say that nobody says"
        )
    value: Any = fact.value
    if not isinstance(value, bool | int | str):
        yield Breach(
            where, f"has the value {fact.value!r}", "give it true or false, a whole number or a word"
        )
    try:
        date.fromisoformat(fact.checked)
    except ValueError:
        yield Breach(where, f"was checked on {fact.checked!r}", "write the day as 2026-01-31")


def unsure(bench: Bench) -> Iterator[Breach]:
    """What nobody is sure of can be settled: a probe says how, and the alternatives what else it could be."""
    for fact in bench.target.facts():
        where = f"fact {fact.id} ({fact.confidence})"
        if fact.unsure and not fact.probe.strip():
            yield Breach(
                where, "has no probe", "say what to do in a sandbox, and what to look at, to settle it"
            )
        if fact.unsure and not fact.alternatives:
            yield Breach(where, "has no alternatives", "list the other values that it could turn out to have")
        if fact.value in fact.alternatives and _same(fact):
            yield Breach(where, "has its own value among the alternatives", "list only the other values")


def _same(fact: Fact) -> bool:
    """Whether one of the alternatives is the value itself: 1 and true are equal, and are not the same."""
    return any(type(other) is type(fact.value) and other == fact.value for other in fact.alternatives)


def capabilities(bench: Bench) -> Iterator[Breach]:
    """Every feature of the language has one answer, in the language's order, with its reason."""
    table = bench.target.capabilities()
    wanted, given = [feature.id for feature in FEATURES], [capability.feature for capability in table]
    for feature in wanted:
        if given.count(feature) != 1:
            do = "answer for every feature of scorewright.plugin.features once; what is not done yet is NOT_IMPLEMENTED"
            yield Breach(f"feature {feature}", f"has {given.count(feature) or 'no'} answer(s)", do)
    for feature in sorted(set(given) - set(wanted)):
        yield Breach(
            f"feature {feature}", "is not one of the language's", "take it out, or mend its spelling"
        )
    if sorted(given) == sorted(wanted) and given != wanted:
        yield Breach("capabilities()", "are in an order of their own", "list them in the order of FEATURES")
    for capability in table:
        where = f"feature {capability.feature} ({capability.support})"
        if not capability.reason:
            yield Breach(where, "has no reason", "say how it is done, or why it cannot be")
        if capability.support.refused and not capability.instead:
            yield Breach(where, "has no way out", "say in `instead` what comes nearest and works")
        if KEBAB.fullmatch(capability.source) and capability.source not in bench.facts:
            do = "name a fact of facts(), or a public page"
            yield Breach(where, f"rests on {capability.source!r}, which is no fact", do)
