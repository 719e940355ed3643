"""Points for what holds, and whoever is outside with points of then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_marketo.lower.expr import Both
from scorewright_marketo.migration.tables import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.plugin.notes import Note
    from scorewright_marketo.migration.drains import Drain
    from scorewright_marketo.migration.telling.ground import Ground

__all__ = ["held", "outside"]


def outside(ground: Ground, lost: Iterable[str]) -> Iterator[Note]:
    """What nobody could take back of who is outside the population, once they come in."""
    inside = ground.b.population == Both(())
    kept = (drain.element for drain in ground.plan.drained if drain.kept)
    for element in dict.fromkeys((*lost, *(() if inside else kept))):
        instead = "leave its points as they were, and give the difference by a rule of its own"
        yield ground.note("outside-keep-theirs", Result.REFUSED, element, instead=instead)


def held(ground: Ground) -> Iterator[Note]:
    """Facts, tiers and inputs."""
    for drain in ground.plan.drained:
        facts = ("batch-person-in-minutes", "is-zero-matches-empty")
        yield ground.note("computed-anew", Result.EXACT, drain.element, facts=facts)
        bounds = tuple(_until_night(ground, drain)) if drain.stays else ()
        if bounds:
            bound = "the points of then, from when somebody comes in until the next night"
            yield ground.note(
                "taken-back-by-night", Result.BOUNDED, drain.element, bound=bound, bounds=bounds
            )


def _until_night(ground: Ground, drain: Drain) -> Iterator[Bound]:
    """What a batch that stays is still to take back from each score, from somebody who was outside."""
    found: dict[str, set[int]] = {}
    for step in drain.campaign.table["flow"]:
        for choice in step.get("choices", ()):
            if choice["value"][:1] in {"+", "-"}:
                found.setdefault(value_of(step, "Score Name"), {0}).add(-int(choice["value"]))
    for gauge in ground.gauges:
        points = found.get(str(gauge.at.get("field"))) if gauge.kind == "score" else None
        if points is not None:
            yield Bound(gauge.name, min(points), max(points), "outside")
