"""The page of each message, as ``explain`` prints it and the docs carry it, and the choice among them by name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Rule

__all__ = ["Choice", "find_rule", "listing", "page", "sections"]

_HEADINGS = ("What", "Why", "Example", "Use instead")
_HEADING = re.compile(rf"^({'|'.join(_HEADINGS)})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which warnings and pieces of advice to show; errors are always shown.

    ``unknown`` is a sentence about the first word that names no message, empty when all do.
    """

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    unknown: str = ""

    @classmethod
    def of(cls, rules: Collection[Rule], select: Iterable[str], ignore: Iterable[str]) -> Choice:
        """Turn codes and names into a choice."""
        codes: list[set[str]] = []
        for words in (select, ignore):
            found = set()
            for word in words:
                rule, near = find_rule(rules, word)
                if rule is None:
                    return cls(unknown=f"no message {word!r}." + (f" Did you mean {near!r}?" if near else ""))
                found.add(rule.code)
            codes.append(found)
        return cls(frozenset(codes[0]), frozenset(codes[1]))

    def among(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Give the diagnostics to show, in their order."""
        return tuple(found for found in diagnostics if found.severity == "error" or self._shows(found.code))

    def _shows(self, code: str) -> bool:
        return (not self.only or code in self.only) and code not in self.without


def find_rule(rules: Collection[Rule], word: str) -> tuple[Rule | None, str]:
    """Find a rule by its code or its name, in any case; without one, give the nearest name or code (or nothing)."""
    wanted = word.strip().lower()
    by_word = {key: rule for rule in rules for key in (rule.code.lower(), rule.name)}
    if wanted in by_word:
        return by_word[wanted], ""
    from difflib import get_close_matches

    near = get_close_matches(wanted, by_word, n=1)
    return None, by_word[near[0]].name if near else ""


def sections(rule: Rule) -> Mapping[str, str]:
    """Cut a rule's documentation into its four parts: heading → text."""
    parts = _HEADING.split(rule.doc.strip("\n"))
    return dict(zip(parts[1::2], (text.strip("\n") for text in parts[2::2]), strict=True))


def page(rule: Rule, form: str = "text") -> str:
    """One message's page as ``text``, ``markdown`` or ``json``."""
    if form == "json":
        return json.dumps(_record(rule), indent=2, ensure_ascii=False)
    if form == "markdown":
        return _markdown(rule)
    body = "\n\n".join(f"{heading}\n{_indented(text)}" for heading, text in sections(rule).items())
    return f"{rule.code} {rule.name} ({rule.severity})\n\n{body}"


def listing(rules: Iterable[Rule], form: str = "text") -> str:
    """All messages, by code: a line each as ``text``, whole pages as ``markdown`` or ``json``."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    if form == "json":
        return json.dumps([_record(rule) for rule in ordered], indent=2, ensure_ascii=False)
    if form == "markdown":
        return "# Messages\n\n" + "\n\n".join(_markdown(rule) for rule in ordered)
    width = max((len(rule.name) for rule in ordered), default=0)
    return "\n".join(
        f"{rule.code}  {rule.severity:<7}  {rule.name:<{width}}  {_first(rule)}" for rule in ordered
    )


def _first(rule: Rule) -> str:
    """The first sentence of a rule's page."""
    what = " ".join(sections(rule).get("What", "").split())
    return what.split(". ")[0].rstrip(".")


def _record(rule: Rule) -> dict[str, object]:
    parts = {heading.lower().replace(" ", "_"): text for heading, text in sections(rule).items()}
    return {"code": rule.code, "name": rule.name, "severity": str(rule.severity), **parts}


def _markdown(rule: Rule) -> str:
    body = "\n\n".join(f"**{heading}.**\n{_fenced(text)}" for heading, text in sections(rule).items())
    return f"## {rule.code} {rule.name}\n\nSeverity: {rule.severity}\n\n{body}"


def _fenced(text: str) -> str:
    """Put every indented block into a fence, of TOML where it looks like it; the rest is prose."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        code = line.startswith("    ")
        if code != inside and (line or not inside):
            language = "toml" if re.match(r"\s+(\[|[a-z_.-]+ =)", line) else ""
            lines += ["```"] if inside else ["", f"```{language}"]
            inside = code
        lines.append(line.removeprefix("    ") if inside else line)
    return "\n".join([*lines, "```"] if inside else lines)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines())
