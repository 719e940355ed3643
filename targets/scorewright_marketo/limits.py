"""Marketo's limits as a table: what a bundle is held against, each with the fact that states it."""

from __future__ import annotations

from typing import NamedTuple

from scorewright_marketo.facts import FACTS

__all__ = ["LIMITS", "Limit", "given"]


class Limit(NamedTuple):
    """A limit: what is counted, how much is given (``None``: no number is published), and the fact."""

    title: str
    given: int | None
    fact: str


_FACTS = {fact.id: fact.value for fact in FACTS}


def _limit(title: str, fact: str) -> Limit:
    """The number is the fact's; a fact that says yes or no gives none."""
    value = _FACTS[fact]
    return Limit(title, value if type(value) is int else None, fact)


LIMITS: dict[str, Limit] = {
    "token-name": _limit("characters in a token's name", "token-name-length"),
    "program-name": _limit("characters in a program's name", "program-name-length"),
    "campaign-name": _limit("characters in a campaign's or list's name", "asset-name-length"),
    "description": _limit("characters in a description", "description-length"),
    "nesting": _limit("executables inside one another", "executable-nesting"),
    "custom-fields": _limit("custom fields through the API", "custom-fields-limit"),
    "tokens": _limit("tokens", "no-count-limits"),
    "campaigns": _limit("smart campaigns", "no-count-limits"),
    "triggers": _limit("active trigger campaigns", "no-count-limits"),
}
"""No edition's figures differ in anything that is published, so there is one table for all."""


def given(limit: str) -> int:
    """How much is given, of a limit whose number is published."""
    number = LIMITS[limit].given
    assert number is not None, limit
    return number
