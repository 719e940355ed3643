"""Engagement programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Result
from scorewright_pardot.migration.tables import element_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["programs"]


def programs(ground: Ground) -> Iterator[Note]:
    """People who are on their way through a program lose their place when it is edited."""
    changed = [pair.new for pair in ground.difference.edits("engagement-programs")]
    changed += ground.difference.of(
        (*ground.difference.added, *ground.difference.removed), "engagement-programs"
    )
    known = {element.name for element in ground.request.model.elements()}
    before = (
        {element.name for element in ground.since.model.elements()}
        if ground.since.model is not None
        else known
    )
    for item in changed:
        if item.lowering == "lasting" and (element_of(item) not in before or element_of(item) not in known):
            continue  # nobody is in the program of a new rule; and what a rule has given stays when it goes
        element = element_of(item) if element_of(item) in known else "model.id"
        instead = "leave the decay that it carries out as it was, or have it carried out by rules"
        yield ground.note("program-forgets", Result.REFUSED, element, instead=instead)
