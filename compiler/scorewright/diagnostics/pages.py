"""The page of each message, as ``explain`` prints it and the docs carry it, and the choice among them by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.diagnostics.doc import parts, render_rule, rule_markdown
from scorewright.diagnostics.json_ import dumps
from scorewright.diagnostics.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Rule

__all__ = ["Choice", "find_rule", "listing", "page"]


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
    near = closest(wanted, by_word)
    return None, by_word[near].name if near else ""


def page(rule: Rule, form: str = "text") -> str:
    """One message's page as ``text``, ``markdown`` or ``json``."""
    if form == "json":
        return dumps(_record(rule))
    return rule_markdown(rule) if form == "markdown" else render_rule(rule)


def listing(rules: Iterable[Rule], form: str = "text") -> str:
    """All messages, by code: a line each as ``text``, whole pages as ``markdown`` or ``json``."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    if form == "json":
        return dumps([_record(rule) for rule in ordered])
    if form == "markdown":
        return "\n".join(["# Messages\n", *map(rule_markdown, ordered)])
    width = max((len(rule.name) for rule in ordered), default=0)
    return "\n".join(
        f"{rule.code}  {rule.severity:<7}  {rule.name:<{width}}  {_first(rule)}" for rule in ordered
    )


def _first(rule: Rule) -> str:
    """The first sentence of a rule's page."""
    return " ".join(parts(rule).get("What", "").split()).split(". ")[0].rstrip(".")


def _record(rule: Rule) -> dict[str, object]:
    texts = {heading.lower().replace(" ", "_"): text for heading, text in parts(rule).items()}
    return {"code": rule.code, "name": rule.name, "severity": str(rule.severity), **texts}
