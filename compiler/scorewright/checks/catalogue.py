"""Every rule that Scorewright knows, and every family of checks, in the order in which they run."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scorewright.diagnostics.rule import Rule

if TYPE_CHECKING:
    from scorewright.checks.subject import Family

__all__ = ["FAMILY_MODULES", "RULE_MODULES", "all_rules", "families"]

FAMILY_MODULES: tuple[str, ...] = (
    "fits",
    "assets",
    "scores",
    "circles",
    "limits",
    "silence",
    "standing",
    "doing",
    "moments",
    "dates",
    "acceptance",
    "unused",
    "cases",
    "substrings",
    "tiers",
    "reach",
    "hand_raisers",
    "practice",
    "paying",
    "governance",
    "agreements",
)
"""The families, each a module of this package with a ``FAMILY``."""

RULE_MODULES = (
    "scorewright.agree.rules",
    "scorewright.source.file_rules",
    "scorewright.source.spec_rules",
    "scorewright.schema.rules",
    "scorewright.model.read.rules",
    "scorewright.checks.waivers",
    "scorewright.comment.rules",
    "scorewright.compiling.rules",
    "scorewright.diff.rules",
    "scorewright.explain.rules",
    "scorewright.push.rules",
    "scorewright.revisions.rules",
    "scorewright.verify.rules",
    "scorewright.project.rules",
    "scorewright.output.rules",
    "scorewright.diagnostics.fault",
)
"""Where the rules are that no family brings."""


def families() -> tuple[Family, ...]:
    """The families of checks."""
    return tuple(import_module(f"scorewright.checks.{name}").FAMILY for name in FAMILY_MODULES)


def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of the codes."""
    rules = [
        rule for name in RULE_MODULES for rule in vars(import_module(name)).values() if isinstance(rule, Rule)
    ]
    rules.extend(rule for family in families() for rule in family.rules)
    return {rule.code: rule for rule in sorted(rules, key=lambda rule: rule.code)}
