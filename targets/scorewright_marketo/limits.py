"""Marketo's limits as a table: what a bundle is held against, each with the fact that states it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LIMITS", "Limit"]


class Limit(NamedTuple):
    """A limit: what is counted, how much is given (``None``: no number is published), and the fact."""

    title: str
    given: int | None
    fact: str


LIMITS: dict[str, Limit] = {
    "token-name": Limit("characters in a token's name", 50, "token-name-length"),
    "program-name": Limit("characters in a program's name", 255, "program-name-length"),
    "campaign-name": Limit("characters in a campaign's or list's name", 100, "asset-name-length"),
    "description": Limit("characters in a description", 2_000, "description-length"),
    "nesting": Limit("executables inside one another", 3, "executable-nesting"),
    "custom-fields": Limit("custom fields through the API", 100, "custom-fields-limit"),
    "tokens": Limit("tokens", None, "no-count-limits"),
    "campaigns": Limit("smart campaigns", None, "no-count-limits"),
    "triggers": Limit("active trigger campaigns", None, "no-count-limits"),
}
"""No edition's figures differ in anything that is published, so there is one table for all."""
