"""What ``[targets.pardot]`` may say: its JSON Schema, and the same as a frozen value with every default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Decay

__all__ = ["EDITIONS", "STRATEGIES", "Options", "schema"]

EDITIONS = ("growth", "plus", "advanced", "premium")
"""The editions, smallest first."""

STRATEGIES = ("bands", "program", "keep", "mirror")
"""How a decay can be built."""

_ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*(@[a-z0-9-]+)?$"}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of ``[targets.pardot]``: closed, every key described."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Options of the Pardot target",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "edition": {
                "enum": list(EDITIONS),
                "default": "plus",
                "description": "The edition of Account Engagement; it says how many rules and categories there are.",
            },
            "prefix": {
                "type": "string",
                "minLength": 1,
                "maxLength": 40,
                "default": "SW",
                "description": "What the names of all rules, lists and folders begin with, and (in small letters) all tags.",
            },
            "folder": {
                "type": "string",
                "minLength": 1,
                "description": "The folder that all objects of the model go into.  By default it has the model's title.",
            },
            "repeat_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 30,
                "default": 1,
                "description": "Days before a rule that disarms itself is eligible to repeat; never below what the platform allows.",
            },
            "range": {
                "type": "object",
                "propertyNames": _ID,
                "x-keys": "scores",
                "additionalProperties": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
                "description": "The highest value that each score reaches in practice, where it has no ceiling; bands for "
                "percent decay and category decay are planned for it.  By default twice the highest number that the spec "
                "compares the score with.",
            },
            "percent_error": {
                "type": "integer",
                "minimum": 0,
                "maximum": 50,
                "default": 0,
                "description": "How many points a percent decay may be off in one step, to need fewer rules.",
            },
            "periods": {
                "type": "integer",
                "minimum": 1,
                "maximum": 24,
                "description": "How many times in one silence a step that repeats in windows is built; each is one more "
                "rule group.  By default those of a year, at most 12.",
            },
            "settle_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 60,
                "default": 7,
                "description": "Days within which a scoring category may settle after it was set: more days, fewer rules.",
            },
            "settle_rules": {
                "type": "integer",
                "minimum": 1,
                "maximum": 60,
                "description": "The automation rules that a step may take which sets a scoring category; it settles in as "
                "few days as they can, whatever settle_days says.",
            },
            "settle_budget": {
                "type": "integer",
                "minimum": 1,
                "maximum": 150,
                "description": "The automation rules that all steps together may take which set a scoring category; the "
                "slowest of them settles in as few days as they can, whatever settle_days and settle_rules say.",
            },
            "settle_form": {
                "enum": ["coins", "digits"],
                "default": "coins",
                "description": "How a category comes down: coins has one stretch of the category in each rule, digits the "
                "fewest rules, each with many rule groups.",
            },
            "rest": {
                "type": "object",
                "propertyNames": _ID,
                "x-keys": "scores",
                "additionalProperties": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
                "description": "For each score in a scoring category, the points that may stay when it comes down: the "
                "more, the fewer rules.",
            },
            "decays": {
                "type": "object",
                "propertyNames": _ID,
                "x-keys": "decay",
                "additionalProperties": {"enum": list(STRATEGIES)},
                "description": "For each decay, how it is built: bands (automation rules), program (a repeating engagement "
                "program, which needs no rule), keep (nothing: the category shows the greatest interest that there was), mirror (a number field "
                "instead of a category, which completion actions count up by 1 and a rule sets).  "
                "By default bands.",
            },
            "collisions": {
                "type": "object",
                "x-words": "contains_word",
                "additionalProperties": {"type": "array", "items": {"type": "string", "minLength": 1}},
                "description": "For contains_word: for each word, longer words that contain it and do not count "
                '(COO = ["Coordinator"]).',
            },
            "sums": {
                "type": "object",
                "propertyNames": _ID,
                "x-keys": "scores",
                "additionalProperties": {"enum": ["category", "formula", "total"]},
                "description": "How a score beside the overall one is added up: in a scoring category, by a Salesforce "
                "formula over one field a source (a fit score), or in the overall score alone (a part of its sum that "
                "nothing reads).  By default a category where something reads it or folders can feed it.",
            },
            "profile": {
                "type": "string",
                "minLength": 1,
                "description": "The profile whose criteria carry the grade.  By default it has the grade's title.",
            },
        },
    }


@dataclass(frozen=True, slots=True)
class Options:
    """``[targets.pardot]`` with its defaults; the schema describes each key."""

    edition: str = "plus"
    prefix: str = "SW"
    folder: str = ""
    repeat_days: int = 1
    range: tuple[tuple[str, int], ...] = ()
    percent_error: int = 0
    periods: int = 0
    settle_days: int = 7
    settle_rules: int = 0
    settle_budget: int = 0
    settle_form: str = "coins"
    rest: tuple[tuple[str, int], ...] = ()
    collisions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    profile: str = ""
    sums: tuple[tuple[str, str], ...] = ()
    decays: tuple[tuple[str, str], ...] = ()

    def strategy(self, decay: Decay) -> str:
        """How a decay is built: by its key, else by its id."""
        named = dict(self.decays)
        return named.get(decay.key, named.get(decay.id, "bands"))

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Options:
        """The options of a spec that have passed the schema; other keys are left alone."""
        plain = {key: written[key] for key in _PLAIN if key in written}
        return cls(
            **plain,
            range=tuple(written.get("range", {}).items()),
            rest=tuple(written.get("rest", {}).items()),
            sums=tuple(written.get("sums", {}).items()),
            decays=tuple(written.get("decays", {}).items()),
            collisions=tuple((word, tuple(texts)) for word, texts in written.get("collisions", {}).items()),
        )


_PLAIN = (
    "edition",
    "prefix",
    "folder",
    "repeat_days",
    "percent_error",
    "periods",
    "settle_days",
    "settle_rules",
    "settle_budget",
    "settle_form",
    "profile",
)
