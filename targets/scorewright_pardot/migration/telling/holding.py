"""Points for what holds, and whoever is outside with points of then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.lower.worth import reach
from scorewright_pardot.migration.tables import adjusts
from scorewright_pardot.migration.telling.ground import WHEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.drains import Drain
    from scorewright_pardot.migration.telling.ground import Ground
    from scorewright_pardot.migration.within import Past

__all__ = ["bounded_anew", "brought_within_once", "held", "outside"]


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


def bounded_anew(ground: Ground, drained: Sequence[Drain]) -> Iterator[Note]:
    """Scores that are held within other bounds, while what holds comes to be worth something else: the bound is to come first."""
    before = ground.since.model
    moved = sum(max(map(abs, adjusts(drain.rule.table).values()), default=0) for drain in drained)
    for key, score in ground.request.model.scores.items() if before is not None and moved else ():
        old = before.scores.get(key) if before is not None else None
        if (
            old is None
            or score.kind != "engagement"
            or (old.floor, old.ceiling) == (score.floor, score.ceiling)
        ):
            continue
        bounds = (Bound(f"score {name}", -moved, moved, WHEN) for name in ground.reached(key))
        yield ground.note(
            "bounded-after-what-holds",
            Result.BOUNDED,
            score.name,
            bound=f"up to {moved} points more or less for who is outside the new bounds, and for whom something holds",
            bounds=tuple(bound for bound in dict.fromkeys(bounds) if bound.gauge in ground.at),
        )


def brought_within_once(ground: Ground, past: Sequence[Past]) -> Iterator[Note]:
    """Bounds that no rule keeps any more: points for what holds are not held by one afterwards."""
    facts = ("match-once-unless-repeat", "sets-jump-back")
    apart = any(item.kind == "scoring-categories" for item in ground.bundle.objects)
    for score, side, bound in past:
        if apart and not ground.request.facts["overall-leaves-categories"]:
            instead = f"leave the {side}, and what gives the score points, as they were; or keep no score in a category"
            yield ground.note("brought-within-once", Result.REFUSED, score.name, instead=instead, facts=facts)
            continue
        low, high = reach(ground.request.model, score.key)
        span = high - low
        least, most = (-span, 0) if side == "floor" else (0, span)
        if not span:
            yield ground.note("brought-within-once", Result.EXACT, score.name, facts=facts)
            continue
        yield ground.note(
            "brought-within-once",
            Result.BOUNDED,
            score.name,
            bound=f"{least:+d} to {most:+d} points past {bound} for who stood there before, and for whom something holds later",
            bounds=tuple(
                one
                for one in dict.fromkeys(
                    Bound(f"score {name}", least, most, WHEN) for name in ground.reached(score.key)
                )
                if one.gauge in ground.at
            ),
            facts=facts,
        )
