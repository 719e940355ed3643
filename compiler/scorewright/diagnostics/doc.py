"""Prints a rule's own page: for ``scorewright explain`` and for the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import Rule

__all__ = ["PARTS", "parts", "render_rule", "rule_markdown"]

PARTS = ("What", "Why", "Example", "Use instead")
"""The headings of a rule's ``doc``, each alone on its line, in this order."""


def parts(rule: Rule) -> dict[str, str]:
    """Give each part of a rule's documentation by its heading, without the blank lines around it."""
    found: dict[str, list[str]] = {}
    for line in rule.doc.splitlines():
        if line.strip() in PARTS and not line.startswith(" "):
            found[line.strip()] = []
        elif found:
            next(reversed(found.values())).append(line)
    return {heading: "\n".join(lines).strip("\n") for heading, lines in found.items()}


def render_rule(rule: Rule) -> str:
    """Give the page as plain text."""
    sections = [f"{heading}\n{_indented(text)}" for heading, text in parts(rule).items()]
    return "\n\n".join([f"{rule.code} {rule.name} ({rule.severity})", *sections]) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines())


def rule_markdown(rule: Rule) -> str:
    """Give the page as Markdown; lines that are indented by four become a block of TOML."""
    sections = [f"### {heading}\n\n{_markdown(text)}" for heading, text in parts(rule).items()]
    return "\n\n".join([f"## {rule.code} {rule.name}", f"Severity: {rule.severity}.", *sections]) + "\n"


def _markdown(text: str) -> str:
    """Put a fence round each run of indented lines; blank lines inside a run belong to it."""
    lines: list[str] = []
    block: list[str] = []
    for line in text.splitlines():
        if line.startswith("    ") or (block and not line):
            block.append(line[4:])
            continue
        lines.extend([*_fenced(block), line])
        block = []
    return "\n".join([*lines, *_fenced(block)])


def _fenced(block: list[str]) -> list[str]:
    while block and not block[-1]:
        block = block[:-1]
    language = "toml" if any("=" in line or line.startswith(("[", "#")) for line in block) else ""
    return [f"```{language}", *block, "```"] if block else []
