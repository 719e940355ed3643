"""What the targets can do, side by side, and the facts that it rests on: as text, Markdown or JSON."""

from __future__ import annotations

from itertools import groupby
from textwrap import indent, wrap
from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.json_ import dumps
from scorewright.plugin.features import FEATURES
from scorewright.plugin.option_table import as_markdown, options_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.capability import Capability
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.target import Target

__all__ = ["matrix", "portrait"]

WIDTH = 100


def matrix(targets: Sequence[Target], form: str = "text") -> str:
    """Every feature of the language, a column a target.  Forms: ``text``, ``markdown``, ``json``."""
    if form == "json":
        return dumps([_record(target) for target in targets])
    return "\n".join(_markdown_matrix(targets) if form == "markdown" else _text_matrix(targets))


def portrait(target: Target, form: str = "text") -> str:
    """All about one target: each capability with its reason, and every fact with its source and how sure it is."""
    if form == "json":
        return dumps(_record(target))
    return "\n".join(_markdown_portrait(target) if form == "markdown" else _text_portrait(target))


def _by_feature(target: Target) -> Mapping[str, Capability]:
    return {capability.feature: capability for capability in target.capabilities()}


def _text_matrix(targets: Sequence[Target]) -> Iterator[str]:
    tables = [_by_feature(target) for target in targets]
    widest = max(len(feature.title) for feature in FEATURES)
    yield f"{'':<{widest}}  " + "  ".join(f"{target.name:<15}" for target in targets).rstrip()
    for group, features in groupby(FEATURES, key=lambda feature: feature.group):
        yield f"\n{group}"
        for feature in features:
            cells = (f"{_support(table, feature.id):<15}" for table in tables)
            yield f"{feature.title:<{widest}}  " + "  ".join(cells).rstrip()
    yield "\n`scorewright targets NAME` gives the reasons and the facts."


def _markdown_matrix(targets: Sequence[Target]) -> Iterator[str]:
    tables = [_by_feature(target) for target in targets]
    titles = " | ".join(target.title for target in targets)
    yield f"| the spec says | written | {titles} |"
    yield "|---|---|" + "---|" * len(targets)
    for group, features in groupby(FEATURES, key=lambda feature: feature.group):
        yield f"| **{group}** | |" + " |" * len(targets)
        for feature in features:
            cells = " | ".join(_support(table, feature.id) for table in tables)
            yield f"| {feature.title} | {_code(feature.say)} | {cells} |"


def _support(table: Mapping[str, Capability], feature: str) -> str:
    """The word for a cell; a target that does not answer for a feature has broken the contract, and that is said."""
    return str(table[feature].support) if feature in table else "no answer"


def _text_portrait(target: Target) -> Iterator[str]:
    table = _by_feature(target)
    yield f"{target.title} ({target.name})"
    for group, features in groupby(FEATURES, key=lambda feature: feature.group):
        yield f"\n{group}"
        for feature in features:
            yield f"  {feature.title}: {_support(table, feature.id)}"
            if feature.id in table:
                yield from _paragraphs(_reasons(table[feature.id]), "    ")
    yield f"\nOptions ([targets.{target.name}])"
    for option in options_of(target):
        default = f" (default: {option.default})" if option.default else ""
        yield from _paragraphs([f"{option.key}: {option.takes.replace('`', '')}{default}"], "  ")
        yield from _paragraphs([option.description], "    ")
    facts = target.facts()
    yield f"\nFacts ({len(facts)})"
    for fact in facts:
        yield f"  {fact.id} = {_value(fact.value)} ({fact.confidence})"
        yield from _paragraphs(_fact_lines(fact), "    ")


def _markdown_portrait(target: Target) -> Iterator[str]:
    table = _by_feature(target)
    yield f"# {target.title}\n"
    yield "| the spec says | written | support | how, or why not |"
    yield "|---|---|---|---|"
    for feature in FEATURES:
        reasons = " ".join(_reasons(table[feature.id])) if feature.id in table else ""
        yield f"| {feature.title} | {_code(feature.say)} | {_support(table, feature.id)} | {_cell(reasons)} |"
    yield "\n## Options\n"
    yield from as_markdown(target)
    yield "\n## Facts\n"
    yield "| fact | value | how sure | statement | source | checked |"
    yield "|---|---|---|---|---|---|"
    for fact in target.facts():
        words = (f"`{fact.id}`", _code(_value(fact.value)), str(fact.confidence), fact.statement, fact.source)
        yield "| " + " | ".join((*words[:3], *map(_cell, words[3:]), fact.checked)) + " |"


def _reasons(capability: Capability) -> list[str]:
    lines = [capability.reason]
    if capability.instead:
        lines.append(f"Instead: {capability.instead}")
    if capability.source:
        lines.append(f"Source: {capability.source}")
    return [line for line in lines if line]


def _fact_lines(fact: Fact) -> list[str]:
    lines = [fact.statement, f"Source: {fact.source} (read {fact.checked})"]
    if fact.alternatives:
        lines.append(
            "It could turn out to be " + " or ".join(_value(value) for value in fact.alternatives) + "."
        )
    if fact.probe:
        lines.append(f"To settle it: {fact.probe}")
    return lines


def _paragraphs(lines: Iterable[str], margin: str) -> Iterator[str]:
    for line in lines:
        yield from (indent(part, margin) for part in wrap(line, WIDTH - len(margin)))


def _value(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _record(target: Target) -> dict[str, Any]:
    return {
        "name": target.name,
        "title": target.title,
        "api_version": ".".join(map(str, target.api_version)),
        "options": dict(target.options_schema()),
        "capabilities": [_fields(capability) for capability in target.capabilities()],
        "facts": [_fields(fact) for fact in target.facts()],
    }


def _fields(value: Capability | Fact) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__slots__}
