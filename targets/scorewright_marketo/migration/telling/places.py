"""Names that nobody would follow, and scores whose points would have to come from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Score
    from scorewright.plugin.notes import Note
    from scorewright_marketo.migration.telling.ground import Ground

__all__ = ["moved"]


def moved(ground: Ground) -> Iterator[Note]:
    """Names that nobody would follow, and scores whose points would have to come from elsewhere."""
    for rename in ground.difference.renames if not ground.b.fact("renames-follow") else ():
        element = next((name for name in rename.elements if name in ground.elements), "model.title")
        instead = f"keep the title, so that “{rename.old}” keeps its name"
        facts = ("renames-follow",)
        yield ground.note("renames-are-lost", Result.REFUSED, element, instead=instead, facts=facts)
    before = ground.since.model
    at = {gauge.name: gauge.at.get("field") for gauge in ground.since.gauges if gauge.kind == "score"}
    for key, score in ground.b.model.scores.items():
        label = ground.b.score_field(score)
        if f"score {key}" not in at and label in at.values():
            instead = "keep the id that the score had: a new id begins at its start"
            yield ground.note("score-has-moved", Result.REFUSED, score.name, instead=instead)
        old = before.scores.get(key) if before is not None else None
        if old is None:
            yield from _sums_up(ground, score)
            continue
        if (old.sum_of, old.percent_of, old.feeds) != (score.sum_of, score.percent_of, score.feeds):
            instead = "leave what the score is added up from, and what it feeds, as it was; or give it a new id, which begins anew"
            yield ground.note("score-has-moved", Result.REFUSED, score.name, instead=instead)


def _sums_up(ground: Ground, score: Score) -> Iterator[Note]:
    """A new sum of scores that hold points of events already: nothing adds up what stands in two fields."""
    there = ground.since.model.scores if ground.since.model is not None else {}
    parts = (*score.sum_of, *(key for key, _ in score.percent_of))
    if any(key in there and there[key].kind != "fit" for key in parts):
        instead = "keep the id that the sum had; or give what it is added up from new ids, too: then all of it begins anew"
        yield ground.note("score-has-moved", Result.REFUSED, score.name, instead=instead)
