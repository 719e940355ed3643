"""A tree of criteria in two levels: as it stands, or spread out, where that stays small; else it takes a list.

A dynamic list follows hours after what it asks for, and a second rule counts against the quota.  Groups do neither.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from scorewright_pardot.lower.expression import Node, both, either
from scorewright_pardot.objects import Criterion

if TYPE_CHECKING:
    from scorewright_pardot.lower.expression import Expression

__all__ = ["two_levels"]

_MOST_GROUPS = 8
_MOST_CRITERIA = 40
"""What a person would build without a mistake."""
_MOST_PIECES = 64

Piece = frozenset[Criterion]
"""Criteria of which any holds, where all pieces must hold; or all hold, where any piece must."""


def two_levels(tree: Expression) -> Expression | None:
    """The same as a tree of two levels at most; ``None``: spread out it is too large."""
    if _levels(tree) <= 2:
        return tree
    spread = [found for match in ("all", "any") if (found := _spread(tree, match)) is not None]
    return min(spread, key=_size, default=None)


def _levels(tree: Expression) -> int:
    return 0 if isinstance(tree, Criterion) else 1 + max(map(_levels, tree.members), default=0)


def _size(tree: Expression) -> int:
    return 1 if isinstance(tree, Criterion) else sum(map(_size, tree.members))


def _spread(tree: Expression, match: str) -> Expression | None:
    """All of any, or any of all."""
    pieces = _pieces(tree, match)
    if pieces is None:
        return None
    least = [piece for piece in pieces if not any(other < piece for other in pieces)]
    outer, inner = (both, either) if match == "all" else (either, both)
    found = outer(*(inner(*(item for item in _leaves(tree) if item in piece)) for piece in least))
    groups = sum(isinstance(item, Node) for item in found.members) if isinstance(found, Node) else 0
    return found if groups <= _MOST_GROUPS and _size(found) <= _MOST_CRITERIA else None


def _leaves(tree: Expression) -> tuple[Criterion, ...]:
    if isinstance(tree, Criterion):
        return (tree,)
    return tuple(dict.fromkeys(item for member in tree.members for item in _leaves(member)))


def _pieces(tree: Expression, match: str) -> tuple[Piece, ...] | None:
    if isinstance(tree, Criterion):
        return (frozenset((tree,)),)
    found = [_pieces(member, match) for member in tree.members]
    every = [pieces for pieces in found if pieces is not None]
    if len(every) < len(found):
        return None
    if tree.match == match:
        joined = (piece for pieces in every for piece in pieces)
    else:
        ways = 1
        for pieces in every:
            ways *= len(pieces)
        if ways > _MOST_PIECES:
            return None
        joined = (frozenset().union(*some) for some in product(*every))
    kept = tuple(dict.fromkeys(joined))
    return kept if len(kept) <= _MOST_PIECES else None
