"""Prints results: what a command found goes to standard output, what it says about itself to standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from scorewright.cli import exits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Rule

__all__ = ["about", "as_json", "code_of", "findings", "in_colour", "note", "out", "stop"]


def out(text: str) -> None:
    """Write a result to standard output, with one line end behind it."""
    _write(sys.stdout, text if text.endswith("\n") or not text else text + "\n")


def note(text: str) -> None:
    """Write a word about the run itself to standard error."""
    _write(sys.stderr, text + "\n")


def _write(stream: Any, text: str) -> None:
    """Write to a stream; one that was closed before the start is nobody's to read."""
    if stream is not None:
        stream.write(text)
        stream.flush()


def as_json(value: Any) -> None:
    """Write a value as JSON: indented, in the order that it has, readable without escapes."""
    from scorewright.diagnostics.json_ import dumps

    out(dumps(value))


def in_colour(stream: Any) -> bool:
    """Say whether to colour: on a terminal, unless NO_COLOR is set; FORCE_COLOR colours everywhere."""
    if os.environ.get("NO_COLOR"):
        return False
    if stream is None:
        return False
    return bool(os.environ.get("FORCE_COLOR")) or bool(stream.isatty() and os.environ.get("TERM") != "dumb")


def findings(diagnostics: Sequence[Diagnostic], form: str = "text", *, to_stderr: bool = False) -> None:
    """Print findings in one of the renderers' forms."""
    from scorewright.diagnostics.render import render

    stream = sys.stderr if to_stderr else sys.stdout
    rules: Sequence[Rule] = ()
    if form == "sarif":
        from scorewright.checks.catalogue import all_rules

        rules = tuple(all_rules().values())
    _write(stream, render(diagnostics, form, color=form == "text" and in_colour(stream), rules=rules))


def code_of(diagnostics: Sequence[Diagnostic], *, strict: bool = False) -> int:
    """The exit code that these findings ask for."""
    stopping = ("error", "warning") if strict else ("error",)
    return exits.ERRORS if any(found.severity in stopping for found in diagnostics) else exits.DONE


def about(rule: Rule, message: str, help: str, file: str = "") -> tuple[Diagnostic, ...]:
    """A finding that has no place in a spec, as a diagnostic: about a file or folder, or about none."""
    from scorewright.source.place import place

    finding = rule.in_file(file, message, help=help) if file else rule.at((), message, help=help)
    return place((finding,), None)


def stop(diagnostics: Sequence[Diagnostic], form: str = "text") -> int:
    """Print what keeps a command from its work, and give the exit code."""
    findings(diagnostics, form, to_stderr=form == "text")
    return exits.ERRORS
