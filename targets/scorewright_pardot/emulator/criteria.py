"""Criteria as functions: match types, rule groups, and what must be looked at again when something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from scorewright_pardot.emulator.unreadable import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorewright_pardot.emulator.days import Flip
    from scorewright_pardot.emulator.prospect import Prospect

__all__ = ["Criteria", "Holds", "Leaf", "read_criteria"]

Leaf: TypeAlias = "Callable[[Mapping[str, Any], tuple[str, str]], Criteria]"
"""Reads a single criterion; the pair says of which kind and object, for errors."""

Holds = "Callable[[Prospect, int], bool]"
"""Whether it is so of a prospect at an instant."""


class Criteria(NamedTuple):
    """What a rule or list asks: whether it holds, which cells it reads, and when the clock can turn it."""

    holds: Callable[[Prospect, int], bool]
    reads: frozenset[str]
    flips: frozenset[Flip]


def read_criteria(table: Mapping[str, Any], leaf: Leaf, where: tuple[str, str], levels: int) -> Criteria:
    """The criteria of one table, as deep as so many levels; ``leaf`` reads a single one.

    Raises ``UnreadableBundleError``, ``where`` says of which kind and object.
    """
    match, items = table.get("match"), table.get("criteria")
    if match not in {"all", "any"} or not isinstance(items, (list, tuple)):
        raise UnreadableBundleError(*where, f"criteria without a match type (all or any): {match!r}")
    if not levels:
        raise UnreadableBundleError(
            *where, "a rule group inside a group, deeper than the levels that are there"
        )
    parts = [
        read_criteria(item, leaf, where, levels - 1) if "criteria" in item else leaf(item, where)
        for item in items
    ]
    return Criteria(
        (_all if match == "all" else _any)([part.holds for part in parts]),
        frozenset().union(*(part.reads for part in parts)),
        frozenset().union(*(part.flips for part in parts)),
    )


def _all(tests: Sequence[Callable[[Prospect, int], bool]]) -> Callable[[Prospect, int], bool]:
    if len(tests) == 1:
        return tests[0]
    fixed = tuple(tests)

    def holds(prospect: Prospect, now: int) -> bool:
        for test in fixed:  # noqa: SIM110 - a loop is twice as fast as all() here, and this is the hot path
            if not test(prospect, now):
                return False
        return True

    return holds


def _any(tests: Sequence[Callable[[Prospect, int], bool]]) -> Callable[[Prospect, int], bool]:
    if len(tests) == 1:
        return tests[0]
    fixed = tuple(tests)

    def holds(prospect: Prospect, now: int) -> bool:
        for test in fixed:  # noqa: SIM110 - as above
            if test(prospect, now):
                return True
        return False

    return holds
