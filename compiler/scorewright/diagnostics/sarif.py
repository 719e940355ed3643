"""Gives diagnostics as SARIF 2.1.0, which code hosts show beside the changed lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scorewright.diagnostics.doc import parts, rule_markdown
from scorewright.diagnostics.json_ import dumps
from scorewright.diagnostics.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic, Place
    from scorewright.diagnostics.rule import Rule

__all__ = ["render", "report"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def render(diagnostics: Sequence[Diagnostic], *, rules: Sequence[Rule] = ()) -> str:
    """Give one run as indented JSON."""
    return dumps(report(diagnostics, rules))


def report(diagnostics: Sequence[Diagnostic], rules: Sequence[Rule] = ()) -> dict[str, Any]:
    """Give the log as a value.  Its rules are those that were broken, with help text where ``rules`` knows them."""
    known = {rule.code: rule for rule in rules}
    broken = {each.code: each for each in sorted(diagnostics, key=lambda each: each.code)}
    index = {code: position for position, code in enumerate(broken)}
    descriptors = [_descriptor(each, known.get(code)) for code, each in broken.items()]
    run = {
        "tool": {"driver": {"name": "Scorewright", "rules": descriptors}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, each.place, index[each.code]) for each in diagnostics if each.place],
    }
    # Code hosts refuse a whole upload for one result without a location; SARIF has notifications for those.
    nowhere = [_notification(each) for each in diagnostics if each.place is None]
    if nowhere:
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": nowhere}]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(each: Diagnostic, rule: Rule | None) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "id": each.code,
        "name": each.name,
        "defaultConfiguration": {"level": _LEVELS[each.severity if rule is None else rule.severity]},
    }
    if rule is not None:
        what = parts(rule).get("What", rule.name)
        descriptor["shortDescription"] = {"text": what.split("\n")[0]}
        descriptor["fullDescription"] = {"text": what}
        descriptor["help"] = {"text": rule.doc, "markdown": rule_markdown(rule)}
    return descriptor


def _notification(each: Diagnostic) -> dict[str, Any]:
    return {
        "descriptor": {"id": each.code},
        "level": _LEVELS[each.severity],
        "message": {"text": _text(each)},
    }


def _text(each: Diagnostic) -> str:
    return f"{each.message}\n{each.help}" if each.help else each.message


def _result(each: Diagnostic, place: Place, rule_index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": each.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[each.severity],
        "message": {"text": _text(each)},
        "locations": [{"physicalLocation": _location(place)}],
    }
    if each.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _location(related.place), "message": {"text": related.message}}
            for number, related in enumerate(each.related, 1)
        ]
    return result


def _location(place: Place) -> dict[str, Any]:
    uri = quote(place.file.encode("utf-8", "backslashreplace"), safe="/")
    if place.file.startswith("/"):
        uri = f"file://{uri}"
    location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if place.source is not None:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.line,
            "endColumn": place.end_column,
        }
    return location
