"""Where scores stand on the platform: one that takes the place of another begins there as if nobody had had any points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.migration.drains import DELTA, is_held
from scorewright_pardot.migration.tables import adjusts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model, Score
    from scorewright.plugin.emulation import Gauge
    from scorewright.plugin.migration import Since
    from scorewright_pardot.migration.compare import Difference
    from scorewright_pardot.migration.drains import Drain

__all__ = ["beginning", "begun_anew"]

_OVERALL = "Prospect score"
_BY = (ACTIONS["score"].text, "By")


def begun_anew(
    since: Since,
    now: Sequence[Gauge],
    model: Model,
    difference: Difference,
    drained: Sequence[Drain],
    *,
    guarded: bool,
) -> Iterator[Score]:
    """The score that is the overall one now, where another was, if what it holds can be said without what stands there.

    That is so for a counter with a new id, and for what holds, once it was kept in a field; unless somebody bears a tag for points
    in the overall score that goes on meaning them.
    """
    was = {gauge.key: gauge.at.get("read") for gauge in since.gauges if gauge.kind == "score"}
    stays = any(
        is_held(pair.new) and _BY in adjusts(pair.new.table)
        for pair in (*difference.same, *difference.changed)
    )
    waits = guarded and any(_BY in adjusts(drain.rule.table) for drain in drained)
    if stays or waits or _OVERALL not in was.values():
        return
    for gauge in now:
        score = model.scores.get(gauge.key) if gauge.kind == "score" else None
        if score is None or gauge.at.get("read") != _OVERALL or was.get(gauge.key) == _OVERALL:
            continue
        fresh = since.model is not None and gauge.key not in since.model.scores
        kept = was.get(gauge.key) == "Prospect custom field"
        if (score.kind == "engagement" and fresh) or (score.kind == "fit" and (kept or fresh)):
            yield score


def beginning(score: Score, prefix: str) -> Emitted:
    """The passing rule by which nobody has any points of the overall score."""
    from scorewright_pardot.emit import criteria_table
    from scorewright_pardot.lower.fitting import everybody

    table = {
        **criteria_table(everybody()),
        "actions": [{"action": ACTIONS["score"].text, "of": "To", "value": "0"}],
        "repeat": False,
        "state": "paused",
        "resume_phase": 0,
    }
    return Emitted(
        "automation-rules", f"{prefix} scores {score.key}: begins anew", table, (score.name,), DELTA
    )
