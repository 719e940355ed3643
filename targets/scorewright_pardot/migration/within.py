"""Bounds that no rule keeps any more: nothing of this version takes a score past one, and somebody may stand there from before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.lower.binding import binds
from scorewright_pardot.migration.drains import DELTA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model, Score
    from scorewright.plugin.emulation import Gauge
    from scorewright.plugin.migration import Since

__all__ = ["Past", "brought_within", "past_bounds"]

_OVERALL = "Prospect score"


class Past(NamedTuple):
    """A bound that somebody may be past by what the version before gave: ``side`` is ``floor`` or ``ceiling``."""

    score: Score
    side: str
    bound: int


def past_bounds(since: Since, now: Sequence[Gauge], model: Model) -> Iterator[Past]:
    """The bounds of an overall score that has stayed where it was, for which this version has no rule.

    One that is as it was counts where a rule kept it before: that rests, and then goes, while points are still given.
    """
    was = {gauge.key: gauge.at.get("read") for gauge in since.gauges if gauge.kind == "score"}
    for gauge in now:
        if gauge.kind != "score" or since.model is None:
            continue
        score, old = model.scores.get(gauge.key), since.model.scores.get(gauge.key)
        if score is None or old is None or {gauge.at.get("read"), was.get(gauge.key)} != {_OVERALL}:
            continue
        for side, before, bound in (
            ("floor", old.floor, score.floor),
            ("ceiling", old.ceiling, score.ceiling),
        ):
            if bound is None or binds(model, score, side, bound.value):
                continue
            held = before is not None and (
                before.value >= bound.value if side == "floor" else before.value <= bound.value
            )
            if not held or (before is not None and binds(since.model, old, side, before.value)):
                yield Past(score, side, bound.value)


def brought_within(past: Past, prefix: str) -> Emitted:
    """The passing rule that brings to the bound whoever is past it."""
    operator = OPERATORS["less" if past.side == "floor" else "greater"].text
    row = {"criterion": CRITERIA["score"].text, "operator": operator, "value": str(past.bound)}
    table = {
        "match": "all",
        "criteria": [row],
        "actions": [{"action": ACTIONS["score"].text, "of": "To", "value": str(past.bound)}],
        "repeat": False,
        "state": "paused",
        "resume_phase": 0,
    }
    name = f"{prefix} scores {past.score.key}: within its {past.side} {past.bound}"
    return Emitted("automation-rules", name, table, (past.score.name,), DELTA)
