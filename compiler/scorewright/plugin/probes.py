"""The probes of facts that nobody is sure of, as a sheet to carry out in a sandbox: Markdown, or JSON with a schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.json_ import closed, report
from scorewright.diagnostics.json_ import schema as report_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.target import Target

__all__ = ["Probe", "as_json", "as_markdown", "probes_of", "schema", "toml_value"]

_STEPS = re.compile(r";\s+|(?<=[.?!])\s+(?=[A-Z`'\"(])")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_CODE = re.compile(r"(`[^`]+`)")


@dataclass(frozen=True, slots=True)
class Probe:
    """One unsure fact to settle.

    ``rests`` says in words what rests on it; ``otherwise`` pairs each other value with what would change then, where
    that is known (``None``: no model was given to ask).
    """

    fact: Fact
    rests: tuple[str, ...]
    otherwise: tuple[tuple[bool | int | str, tuple[str, ...] | None], ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do, a step at a time."""
        parts = (part.strip().rstrip(".") for part in _STEPS.split(self.fact.probe))
        return tuple(f"{part[:1].upper()}{part[1:]}" for part in parts if part)


def probes_of(target: Target) -> tuple[Probe, ...]:
    """Every unsure fact of a target, with the features whose capability names it."""
    features: dict[str, list[str]] = {}
    for capability in target.capabilities():
        features.setdefault(capability.source, []).append(f"{capability.feature} ({capability.support})")
    return tuple(
        Probe(fact, tuple(features.get(fact.id, ())), tuple((value, None) for value in fact.alternatives))
        for fact in target.facts()
        if fact.unsure
    )


# --- Markdown ---------------------------------------------------------------------------------------------------------


def as_markdown(target: Target, probes: Sequence[Probe], instance: str, spec: str = "") -> str:
    """The sheet: what is assumed, what else it could be, what to do, and the lines that record the answer."""
    return "\n".join(_lines(target, probes, instance, spec))


def _lines(target: Target, probes: Sequence[Probe], instance: str, spec: str) -> Iterator[str]:
    yield f"# Probes for {target.title}"
    yield ""
    whose = f"The output of `{spec}` rests on" if spec else f"The target {target.name} rests on"
    count = f"{len(probes)} fact{'s' * (len(probes) != 1)}"
    if not probes:
        yield f"{whose} no fact that is unsure."
        return
    yield f"{whose} {count} that nobody is sure of. Settle them in a sandbox, and write the answers into"
    yield f"`scorewright.toml`: `scorewright compile --instance {instance}` then goes by them."
    for number, probe in enumerate(probes, 1):
        yield ""
        yield f"## {number}. {probe.fact.id}"
        yield ""
        yield from _one(probe, instance)
    yield ""
    yield "## All answers in one place"
    yield ""
    yield "As they are assumed now; change what your account shows to be otherwise, and leave out what you did not try."
    yield ""
    yield "```toml"
    yield f"[instances.{instance}]"
    yield f'target = "{target.name}"'
    yield 'kind = "sandbox"'
    yield ""
    yield f"[instances.{instance}.facts]"
    for probe in probes:
        yield f"{probe.fact.id} = {toml_value(probe.fact.value)}"
    yield "```"


def _one(probe: Probe, instance: str) -> Iterator[str]:
    fact = probe.fact
    yield _text(fact.statement)
    yield ""
    yield f"- assumed: `{toml_value(fact.value)}` ({fact.confidence}; {_text(fact.source)}, read {fact.checked})"
    for value, changes in probe.otherwise:
        yield f"- it could be: `{toml_value(value)}`"
        if changes is not None:
            yield from (f"  - then {_text(change)}" for change in changes)
    if probe.rests:
        yield f"- on it rest: {', '.join(map(_text, probe.rests))}"
    yield ""
    yield "To settle it:"
    yield ""
    yield from (f"{number}. {_text(step)}." for number, step in enumerate(probe.steps, 1))
    yield ""
    yield "Then write the line that is so:" if probe.otherwise else "Then write:"
    yield ""
    yield "```toml"
    yield f"[instances.{instance}.facts]"
    yield f"{fact.id} = {toml_value(fact.value)}"
    yield from (f"# {fact.id} = {toml_value(value)}" for value, _ in probe.otherwise)
    yield "```"


def toml_value(value: bool | int | str) -> str:
    """A fact's value as TOML writes it."""
    if isinstance(value, str):
        from scorewright.diagnostics.json_ import dumps

        return dumps(value).strip()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(text: str) -> str:
    """The text as Markdown shows it letter by letter; what stands between two backticks stays code."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(part if place % 2 else _SPECIAL.sub(r"\\\1", part) for place, part in enumerate(parts))


# --- JSON -------------------------------------------------------------------------------------------------------------


def as_json(
    target: Target,
    probes: Iterable[Probe],
    instance: str,
    spec: str = "",
    diagnostics: Sequence[Diagnostic] = (),
) -> dict[str, Any]:
    """The same for tools, with the findings on the spec as ``check`` reports them; ``schema`` describes it."""
    return {
        **report(diagnostics),
        "target": target.name,
        "spec": spec or None,
        "instance": instance,
        "probes": [_record(probe, instance) for probe in probes],
    }


def _record(probe: Probe, instance: str) -> dict[str, Any]:
    fact = probe.fact
    return {
        "fact": fact.id,
        "statement": fact.statement,
        "assumed": fact.value,
        "confidence": str(fact.confidence),
        "source": fact.source,
        "checked": fact.checked,
        "otherwise": [
            {"value": value, "changes": None if changes is None else [*changes]}
            for value, changes in probe.otherwise
        ],
        "rests": [*probe.rests],
        "steps": [*probe.steps],
        "write": {
            "table": f"instances.{instance}.facts",
            "lines": [
                f"{fact.id} = {toml_value(value)}"
                for value in (fact.value, *(value for value, _ in probe.otherwise))
            ],
        },
    }


_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_VALUE: dict[str, Any] = {"type": ["boolean", "integer", "string"]}


def schema() -> dict[str, Any]:
    """The JSON Schema of what ``targets NAME --probes --format json`` prints."""
    changes = {
        **_TEXTS,
        "type": ["array", "null"],
        "description": "What would change; null: no spec was named.",
    }
    lines = {**_TEXTS, "description": "One line for each answer, the assumed one first."}
    probe = closed(
        fact=_TEXT,
        statement=_TEXT,
        assumed=_VALUE,
        confidence=_TEXT,
        source=_TEXT,
        checked={**_TEXT, "format": "date"},
        otherwise={"type": "array", "items": closed(value=_VALUE, changes=changes)},
        rests={**_TEXTS, "description": "Features of the target, or elements of the spec."},
        steps=_TEXTS,
        write=closed(table=_TEXT, lines=lines),
    )
    return {
        **report_schema(
            target=_TEXT,
            spec={"type": ["string", "null"]},
            instance=_TEXT,
            probes={"type": "array", "items": probe},
        ),
        "title": "Scorewright probes",
        "description": "What scorewright targets NAME --probes prints with --format json.",
    }
