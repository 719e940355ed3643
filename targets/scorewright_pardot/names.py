"""Names of emitted objects: the same from compile to compile, unique within their kind, never truncated."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category, normalize

__all__ = ["Names", "field_id"]


def field_id(name: str) -> str:
    """The API id of a custom field: letters, digits and underscores, and a letter first.

    Letters with marks lose them; of those that no ASCII letter stands for, their number in Unicode does.
    """
    found = "_".join("".join(map(_in_ascii, normalize("NFKD", name))).split())
    return found if found[:1].isalpha() else f"F_{found}"


def _in_ascii(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else " "
    return "" if category(char) == "Mn" else f" u{ord(char):x} " if char.isalnum() else " "


class Names(NamedTuple):
    """How objects are called: ``prefix`` from the options, then the table and key of the element."""

    prefix: str

    def rule(self, element: str, part: str) -> str:
        """An automation or segmentation rule: ``SW decay gone-quiet: 30 days, set 3``."""
        return f"{self.prefix} {element}: {part}"

    def list(self, element: str, part: str = "") -> str:
        """A list: ``SW segments customers``."""
        return f"{self.prefix} {element}: {part}" if part else f"{self.prefix} {element}"

    def tag(self, *parts: str) -> str:
        """A tag that is not a mark of the spec: ``sw/tiers/title/director/5``."""
        return "/".join((self.prefix.lower(), *parts))
