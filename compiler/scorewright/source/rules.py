"""The rules of reading (SW001 to SW049): what can be wrong with a spec before its meaning is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.source import file_rules, spec_rules

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    file_rules.FILE_MISSING,
    file_rules.FILE_NOT_REGULAR,
    file_rules.FILE_UNREADABLE,
    file_rules.FILE_ENCODING,
    file_rules.FILE_TOO_LARGE,
    file_rules.HIDDEN_CHARACTER,
    file_rules.TOML_SYNTAX,
    file_rules.TOML_DUPLICATE,
    file_rules.TOML_NEWER_FORM,
    file_rules.TOML_NESTING,
    file_rules.INTEGER_TOO_LONG,
    spec_rules.MAIN_FILE_MISSING,
    spec_rules.MAIN_FILE_AMBIGUOUS,
    spec_rules.MODEL_MISSING,
    spec_rules.MODEL_MISPLACED,
    spec_rules.LANGUAGE_MISSING,
    spec_rules.LANGUAGE_UNKNOWN,
    spec_rules.PATH_REFUSED,
    spec_rules.PATH_LEAVES_FOLDER,
    spec_rules.INCLUDE_NESTED,
    spec_rules.INCLUDE_TWICE,
    spec_rules.FILE_NOT_INCLUDED,
    spec_rules.ELEMENT_TWICE,
    spec_rules.LIST_FILE_EMPTY,
    spec_rules.AGREEMENTS_MISPLACED,
)
"""All of them, by code."""
