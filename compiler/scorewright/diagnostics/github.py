"""Gives diagnostics as workflow commands, which GitHub Actions turns into notes at the changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.diagnostics.characters import safe
from scorewright.diagnostics.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic

__all__ = ["render"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Give one command a line; nothing for no diagnostic."""
    return "".join(f"{_command(each)}\n" for each in diagnostics)


def _command(each: Diagnostic) -> str:
    properties = {"title": f"{each.code} {each.name}"}
    if each.place is not None:
        properties["file"] = each.place.file
        if each.place.source is not None:
            columns = {"col": each.place.column, "endColumn": each.place.end_column}
            properties |= {key: str(value) for key, value in {"line": each.place.line, **columns}.items()}
    written = ",".join(f"{key}={_property(properties[key])}" for key in _ORDER if key in properties)
    text = f"{each.message}\n{each.help}" if each.help else each.message
    return f"::{_COMMANDS[each.severity]} {written}::{_data(text)}"


_ORDER = ("file", "line", "col", "endColumn", "title")


def _data(text: str) -> str:
    """Escape as the runner unescapes: the percent sign first, then the ends of lines."""
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
