"""Hold a document against the JSON Schema: a quick yes, or every fault in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from scorewright.schema.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jsonschema_rs

    from scorewright.diagnostics.rule import Finding

__all__ = ["validate"]


def validate(data: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Every fault of shape in a document's merged tables; empty when the document has the language's shape.

    The words are loaded only when there is something to say.
    """
    instance, findings = plain(data)
    if not _quick().is_valid(instance):
        rejected = {item.path for item in findings}  # JSON cannot hold them; 0 stands there in the instance
        findings.extend(item for item in _explain(instance) if item.path not in rejected)
    return tuple(findings)


@cache
def _wrapped_schema() -> dict[str, Any]:
    from scorewright.schema.build import json_schema

    return json_schema(wrapped_dates=True)


@cache
def _quick() -> jsonschema_rs.Validator:
    import jsonschema_rs

    return jsonschema_rs.validator_for(_wrapped_schema())


def _explain(instance: Any) -> list[Finding]:
    from scorewright.schema.faults import faults
    from scorewright.schema.words import findings_of

    return findings_of(faults(_quick(), _wrapped_schema(), instance))
