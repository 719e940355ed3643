"""Finds what a misspelt name was meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["closest", "did_you_mean"]

_LONGEST = 100
"""Characters of a name for which another is suggested: comparing takes the square of them."""
_LIKENESS = 0.6
"""How alike a name must be, as difflib counts: its own default, below which guesses are odd."""


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """Give the candidate most like ``word``, or ``None`` when none is like it.

    Small and capital letters, and hyphen, underscore and blank, count as the same.  Of equals the first wins.
    """
    plain: dict[str, str] = {}
    for candidate in candidates:
        plain.setdefault(_plain(candidate), candidate)
    wanted = _plain(word)
    if wanted in plain:
        return plain[wanted]
    if not wanted or len(wanted) > _LONGEST:
        return None
    from difflib import get_close_matches

    found = get_close_matches(
        wanted, [each for each in plain if len(each) <= _LONGEST], n=1, cutoff=_LIKENESS
    )
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Give ``did you mean "x"?``, or an empty text when nothing is like it."""
    found = closest(word, candidates)
    return f'did you mean "{found}"?' if found is not None else ""
