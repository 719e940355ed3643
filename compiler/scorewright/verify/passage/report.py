"""What the proof of a migration found, in words and as the record that ``verify --format json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.verify import report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.verify.passage.prove import Passed

__all__ = ["as_record", "as_text"]


def as_text(passed: Passed, since: str, again: str) -> str:
    """What was tried, and what differs after the change; ``again`` are the words behind ``verify`` that prove it again."""
    return "\n".join(_lines(passed, since, again))


def _lines(passed: Passed, since: str, again: str) -> Iterator[str]:
    way, tally = passed.way, passed.tally
    word = "holds" if passed.holds else "does NOT hold"
    yield f"{way.target}: the way from {since} {word}"
    waits = sum(int(move.get("hours", 0)) for move in way.moves)
    yield f"  carried out {len(way.moves)} moves, with {waits} hours of waiting"
    yield (
        f"  tried      {tally.lives:,} lives, {tally.plays:,} plays, {tally.compared:,} values compared after the "
        f"change (seed {way.seed}, effort {way.effort})"
    )
    if tally.skipped:
        yield f"  left out   {tally.skipped:,} plays that differed before the change, within a bound of the version before"
    reached = passed.goals - len(passed.missed)
    yield f"  reached    {reached} of {passed.goals} rules, cases, steps, thresholds, marks and segments of both versions, and steps of the sheet"
    yield from report.coverage_lines(passed.missed, passed.blind, passed.hollow)
    yield from report.bound_lines(way.after.bounds, tally)
    yield from report.slack_lines(passed.slack)
    yield from report.depends_lines(tally, way.after.facts)
    command = f"scorewright verify {again} --target {way.target} --seed {way.seed} --effort {way.effort}"
    yield from report.failure_lines(tally, passed.shown, way.models[1].header.timezone, command)


def as_record(passed: Passed) -> dict[str, Any]:
    """One target of the report's JSON: the same keys as a proof of a bundle."""
    way, tally = passed.way, passed.tally
    return {
        "target": way.target,
        "holds": passed.holds,
        "seed": way.seed,
        "effort": way.effort,
        "lives": tally.lives,
        "plays": tally.plays,
        "compared": tally.compared,
        "failures": [*report.failure_records(tally, passed.shown, way.models[1].header.timezone)],
        "bounds": [*report.bound_records(way.after.bounds, tally)],
        "descents": [],
        "missed": [*passed.missed],
        "unseen": [*passed.blind],
        "hollow": [*passed.hollow],
        "depends_on": [*report.depends_records(tally, way.after.facts)],
    }
