"""Points for what holds, and whoever is outside with points of then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.drains import Drain
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["held", "outside"]


def outside(ground: Ground, drained: Sequence[Drain]) -> Iterator[Note]:
    """Who is outside waits with the old tag: this version must not put it on anybody for something else."""
    tags = {item.name for item in ground.bundle.objects if item.kind == "tags"}
    known = {element.name for element in ground.request.model.elements()}
    for drain in drained:
        if drain.tag in tags:
            element = drain.element if drain.element in known else "model.id"
            instead = "give the element another id: then what it gave is taken back, and it begins anew"
            yield ground.note("outside-keep-theirs", Result.REFUSED, element, instead=instead)


def held(ground: Ground, drained: Sequence[Drain]) -> Iterator[Note]:
    """Facts, tiers and inputs."""
    for drain in drained:
        if drain.element:
            yield ground.note(
                "computed-anew", Result.EXACT, drain.element, facts=("match-once-unless-repeat",)
            )
