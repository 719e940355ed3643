"""Everybody whom some questions can tell apart: what the audits of platforms try their rules on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["MOST", "everybody"]

MOST = 400
"""So many people are tried, spread evenly over all, where more could be told apart."""

_Question = TypeVar("_Question")


def everybody(ways: Sequence[Sequence[Mapping[_Question, bool]]]) -> Iterator[dict[_Question, bool]]:
    """The answers of everybody: one of the ways of each subject, in every combination or in ``MOST`` of them."""
    total = 1
    for some in ways:
        total *= len(some)
    stride = 1 if total <= MOST else int(total * 0.618) | 1
    for number in range(min(total, MOST)):
        place = number * stride % total
        found: dict[_Question, bool] = {}
        for some in ways:
            place, at = divmod(place, len(some))
            found.update(some[at])
        yield found
