"""One way in to all renderers; each is loaded only when its format is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Rule

__all__ = ["FORMATS", "render"]

FORMATS = ("text", "json", "sarif", "github")
"""What ``render`` can write; ``text`` is for people."""


def render(
    diagnostics: Sequence[Diagnostic], format: str, *, color: bool = False, rules: Sequence[Rule] = ()
) -> str:
    """Write diagnostics in one of ``FORMATS``, with a line end at its end unless there is nothing to say.

    ``color`` is for ``text`` alone.  ``rules`` gives SARIF the documentation of the rules it names.

    Raises:
        ValueError: the format is none of ``FORMATS``.
    """
    if format == "text":
        from scorewright.diagnostics import text

        return text.render(diagnostics, color=color)
    if format == "json":
        from scorewright.diagnostics import json_

        return json_.render(diagnostics)
    if format == "sarif":
        from scorewright.diagnostics import sarif

        return sarif.render(diagnostics, rules=rules)
    if format == "github":
        from scorewright.diagnostics import github

        return github.render(diagnostics)
    raise ValueError(f"no format {format!r}; one of {', '.join(FORMATS)}")
