"""Scores whose points lie elsewhere now: what begins anew, and what nothing can move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Result
from scorewright_pardot.lower.binding import chain
from scorewright_pardot.lower.combined import summands

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["moved"]


def moved(ground: Ground, begun: Collection[str]) -> Iterator[Note]:
    """Scores whose points lie elsewhere now; ``begun`` are those that begin where they are."""
    for key, score in ground.request.model.scores.items():
        was, now = ground.was.get(f"score {key}"), ground.at.get(f"score {key}")
        if key in begun:
            yield ground.note("begins-anew", Result.EXACT, score.name, facts=("sets-jump-back",))
        elif now is not None and was is None and _is_taken(ground, key, now):
            yield _stuck(
                ground,
                score.name,
                "keep the id that the score had; or give it a new id, and whatever gives it points for what holds one too: "
                "then it begins at its start",
            )
        elif now is not None and _adds_up_anew(ground, key, now):
            yield _stuck(
                ground,
                score.name,
                "leave `overall` as it was: nothing adds up there what its parts have; or give it, and the parts that events give "
                "points to, new ids, which begin at their starts",
            )
        elif now is not None and was is None and _had_points(ground, key):
            yield _stuck(
                ground,
                score.name,
                "leave `overall`, and what the score is added up to, as they were: its points lie in the overall score alone; or "
                "give it a new id, which begins at its start",
            )
        elif was is None or now is None:
            continue
        elif was.get("read") != now.get("read") and (
            score.kind == "engagement" or _is_taken(ground, key, now)
        ):
            yield _stuck(
                ground,
                score.name,
                "leave `overall`, and what the score feeds, as they were; or give it a new id, which begins at its start",
            )
    yield from _lost_parts(ground)


def _is_taken(ground: Ground, key: str, at: Mapping[str, object]) -> bool:
    """Whether a place holds the points of another score already."""
    place = (at.get("read"), at.get("of"))
    return any(
        (was.get("read"), was.get("of")) == place
        for name, was in ground.was.items()
        if name.startswith("score ") and name != f"score {key}"
    )


def _adds_up_anew(ground: Ground, key: str, now: Mapping[str, object]) -> bool:
    """Whether a sum comes to be the overall score, while its parts have points that do not stand there."""
    score, was = ground.request.model.scores[key], ground.was.get(f"score {key}")
    if (
        score.kind != "combined"
        or now.get("read") != "Prospect score"
        or (was is not None and was.get("read") == now.get("read"))
    ):
        return False
    parts = summands(ground.request.model, [key])
    return any(_had_points(ground, part) for part in parts)


def _had_points(ground: Ground, key: str) -> bool:
    """Whether a score had points that nothing gives anew for what holds."""
    before = ground.since.model
    old = before.scores.get(key) if before is not None else None
    if before is None or old is None or old.kind != "engagement":
        return False
    given = any(
        (rule.on or rule.keep) and any(key in chain(before, name) for name, _ in rule.points)
        for rule in before.rules.values()
    )
    return given or bool(old.start is not None and old.start.value)


def _lost_parts(ground: Ground) -> Iterator[Note]:
    """A sum that a part has left keeps that part's points on the platform."""
    before = ground.since.model
    for key, score in ground.request.model.scores.items():
        old = before.scores.get(key) if before is not None else None
        at = ground.at.get(f"score {key}")
        if old is None or score.kind != "combined" or at is None or at.get("read") != "Prospect score":
            continue
        if (old.sum_of, old.percent_of) != (score.sum_of, score.percent_of):
            yield _stuck(ground, score.name, "leave what the score is added up from as it was")


def _stuck(ground: Ground, element: str, instead: str) -> Note:
    return ground.note("score-has-moved", Result.REFUSED, element, instead=instead)
