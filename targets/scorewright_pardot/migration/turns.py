"""Objects that name one another, in an order in which each finds what it names: made first, and taken away last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.uses import provides, uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.migration import Move

__all__ = ["in_turn", "who_asks_first"]


def in_turn(made: Iterable[tuple[str, Emitted, Move]]) -> Iterator[Move]:
    """Moves by the name that each brings about (``""``: none), what is named before what names it; else as given."""
    left = [*made]
    while left:
        missing = {name for name, _, _ in left if name}
        ready = [item for item in left if not missing & ({*_named(item[1])} - {item[0]})]
        for item in ready or left[:1]:  # what names itself in a circle comes as it is
            left.remove(item)
            yield item[2]


def who_asks_first(items: Sequence[Emitted]) -> Iterator[Emitted]:
    """Objects of a kind, whoever names another before it."""
    left = [*items]
    while left:
        named = {name for item in left for name in _named(item)}
        free = [item for item in left if item.name not in named]
        for item in free or left[:1]:
            left.remove(item)
            yield item


def _named(item: Emitted) -> Iterator[str]:
    """What an object names of its own kind."""
    own = provides(item.kind, {**item.table, "name": item.name})
    if own is not None:
        yield from (
            name for word, name in uses(item.kind, item.table) if word == own[0] and name != item.name
        )
