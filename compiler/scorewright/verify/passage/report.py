"""What the proof of a migration found, in words and as the record that ``verify --format json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.semantics.clock import Clock
from scorewright.verify.side_by_side import said, two_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.verify.passage.prove import Passed

__all__ = ["as_record", "as_text"]


def as_text(passed: Passed, since: str) -> str:
    """What was tried, and what differs after the change."""
    return "\n".join(_lines(passed, since))


def _lines(passed: Passed, since: str) -> Iterator[str]:
    way = passed.way
    word = "holds" if passed.holds else "does NOT hold"
    yield f"{way.target}: the way from {since} {word}"
    waits = sum(int(move.get("hours", 0)) for move in way.moves)
    yield f"  carried out {len(way.moves)} moves, with {waits} hours of waiting"
    yield (
        f"  tried      {passed.lives:,} lives, {passed.plays:,} plays, {passed.compared:,} values compared after the "
        f"change (seed {way.seed}, effort {way.effort})"
    )
    if passed.skipped:
        yield f"  left out   {passed.skipped:,} plays that differed before the change, within a bound of the version before"
    yield from (
        f"  slack      {item.element}, {item.note}: {item.bound.gauge}: no life came near it"
        for item in passed.slack
    )
    zone = way.models[1].header.timezone
    shown = set()
    for at, failure, outcome in passed.shown:
        gauge = failure.difference.gauge
        shown.add(gauge)
        yield ""
        yield f"  {gauge}: {failure.life.name}, under the schedule {failure.schedule.name}; the moves begin at {Clock(zone).wall(at).isoformat(' ')}"
        if any(item.gauge == gauge for item in outcome.judged.differences):
            yield two_columns(outcome, gauge, zone)
    for failure in passed.failures:
        item = failure.difference
        if item.gauge not in shown:
            yield f"  {item.gauge}: {said(item.shown)} instead of {said(item.meant)}, in {failure.life.name}"


def as_record(passed: Passed) -> dict[str, Any]:
    """One target of the report's JSON: the same keys as a proof of a bundle."""
    way = passed.way
    columns = {failure.difference.gauge: outcome for _, failure, outcome in passed.shown}
    return {
        "target": way.target,
        "holds": passed.holds,
        "seed": way.seed,
        "effort": way.effort,
        "lives": passed.lives,
        "plays": passed.plays,
        "compared": passed.compared,
        "failures": [
            {
                "gauge": failure.difference.gauge,
                "at": failure.difference.at,
                "means": failure.difference.meant,
                "shows": failure.difference.shown,
                "life": failure.life.name,
                "schedule": failure.schedule._asdict(),
                "shortest": None,
                "side_by_side": _columns(
                    columns.get(failure.difference.gauge),
                    failure.difference.gauge,
                    way.models[1].header.timezone,
                ),
            }
            for failure in passed.failures
        ],
        "bounds": [],
        "descents": [],
        "missed": [],
        "unseen": [],
        "hollow": [],
        "depends_on": [],
    }


def _columns(outcome: Any, gauge: str, zone: str) -> str | None:
    if outcome is None or not any(item.gauge == gauge for item in outcome.judged.differences):
        return None
    return two_columns(outcome, gauge, zone)
