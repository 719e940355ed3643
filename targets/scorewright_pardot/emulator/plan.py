"""Who must look again when what changes: each rule, dynamic list and formula is a bit, each cell has its readers."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright_pardot.emulator.bundle import Built
    from scorewright_pardot.emulator.criteria import Criteria

__all__ = ["Plan", "Turns", "plan_of"]

Bases = "Mapping[str, int | None]"


class Turns:
    """The instants at which the clock alone can turn criteria: for each date, offsets and the bits that they turn."""

    def __init__(self, criteria: Iterable[tuple[int, Criteria]]) -> None:
        found: dict[str, dict[int, int]] = {}
        for bit, item in criteria:
            for flip in item.flips:
                offsets = found.setdefault(flip.basis, {})
                offsets[flip.offset] = offsets.get(flip.offset, 0) | bit
        self.of = tuple(
            (
                basis,
                tuple(sorted(found[basis])),
                tuple(found[basis][offset] for offset in sorted(found[basis])),
            )
            for basis in sorted(found)
        )

    def after(self, instant: int, base: Callable[[str], int | None]) -> int | None:
        """The next turn after an instant."""
        best: int | None = None
        for basis, offsets, _ in self.of:
            start = base(basis)
            if start is None:
                continue
            place = bisect_right(offsets, instant - start)
            if place < len(offsets) and (best is None or start + offsets[place] < best):
                best = start + offsets[place]
        return best

    def between(self, after: int, until: int, base: Callable[[str], int | None]) -> int:
        """The bits of all that can have turned after one instant and up to another."""
        bits = 0
        for basis, offsets, masks in self.of:
            start = base(basis)
            if start is None:
                continue
            for place in range(bisect_right(offsets, after - start), bisect_right(offsets, until - start)):
                bits |= masks[place]
        return bits


class Plan(NamedTuple):
    """Bits of rules, lists and formulas, the readers of each cell, and the turns of rules and of lists."""

    rules: int
    lists: int
    formulas: int
    readers: Mapping[str, int]
    rule_turns: Turns
    list_turns: Turns


def plan_of(built: Built) -> Plan:
    """Bits are given in the order of the files: rules, then lists, then formulas."""
    rules = [(1 << place, rule.criteria) for place, rule in enumerate(built.rules)]
    first = len(rules)
    lists = [(1 << first + place, item.criteria) for place, item in enumerate(built.lists)]
    first += len(lists)
    readers: dict[str, int] = {}
    for bit, criteria in (*rules, *lists):
        for cell in criteria.reads:
            readers[cell] = readers.get(cell, 0) | bit
    for place, formula in enumerate(built.formulas):
        for cell in ("crm", *(f"field {source}" for source in formula.sources)):
            readers[cell] = readers.get(cell, 0) | 1 << first + place
    return Plan(
        sum(bit for bit, _ in rules),
        sum(bit for bit, _ in lists),
        sum(1 << first + place for place in range(len(built.formulas))),
        readers,
        Turns(rules),
        Turns(lists),
    )
