"""The other platforms that there could be: what nobody is sure of, each in turn turned out otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from scorewright.plugin.facts import Fact

__all__ = ["Answers", "World", "worlds"]

Answers = dict[str, bool | int | str]
"""A value for every fact, by its id."""


class World(NamedTuple):
    """One fact that is not as the bundle takes it, and all facts as they are then."""

    fact: str
    value: bool | int | str
    facts: Answers


def worlds(
    facts: Sequence[Fact], taken: Mapping[str, bool | int | str], modelled: Collection[str]
) -> Iterator[World]:
    """Each unsure fact that an emulator knows, with each value that it could have instead of the one gone by.

    A fact that the instance answers for is ``taken`` with its answer, and is sure: leave it out of ``modelled``.
    """
    for fact in facts:
        if not fact.unsure or fact.id not in modelled:
            continue
        for value in (fact.value, *fact.alternatives):
            if value != taken[fact.id]:
                yield World(fact.id, value, {**taken, fact.id: value})
