"""A verdict in words for a terminal, and as one JSON object with its schema."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.json_ import closed
from scorewright.semantics.clock import Clock
from scorewright.verify.side_by_side import said, told, two_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from scorewright.plugin.emulation import Descent
    from scorewright.verify.bundle import BoundOf
    from scorewright.verify.run import Shown, Verdict
    from scorewright.verify.tally import Failure, Tally

__all__ = [
    "as_json",
    "as_text",
    "bound_lines",
    "bound_records",
    "coverage_lines",
    "depends_lines",
    "depends_records",
    "failure_lines",
    "failure_records",
    "schema",
    "slack_lines",
]


def as_text(verdict: Verdict, spec: str) -> str:
    """What was tried, what differs, which bounds were kept, what was not reached, and what it all depends on."""
    return "\n".join(_lines(verdict, spec))


def _lines(verdict: Verdict, spec: str) -> Iterator[str]:
    from scorewright.verify.cover import goals

    task, tally = verdict.task, verdict.tally
    word = "holds" if verdict.holds else "does NOT hold"
    yield f"{task.target}: {word}"
    yield f"  tried      {tally.lives:,} lives, {tally.plays:,} plays, {tally.compared:,} values compared (seed {task.seed}, effort {task.effort})"
    missed = [goal.said for goal in verdict.missed]
    total = len(goals(task.model))
    yield f"  reached    {total - len(missed)} of {total} rules, cases, steps, thresholds, marks and segments"
    yield from coverage_lines(missed, verdict.blind, verdict.hollow)
    yield from bound_lines(task.bundle.bounds, tally)
    yield from (f"  {_walked(descent)}" for descent in verdict.descents)
    yield from slack_lines(verdict.slack)
    yield from depends_lines(tally, task.bundle.facts)
    again = f"scorewright verify {spec} --target {task.target} --seed {task.seed} --effort {task.effort}"
    yield from failure_lines(tally, verdict.shown, task.model.header.timezone, again)


def coverage_lines(missed: Iterable[str], blind: Iterable[str], hollow: Iterable[str]) -> Iterator[str]:
    """What no life has reached, and what was compared in vain or never."""
    yield from (f"  missed     {said}" for said in missed)
    yield from (f"  unseen     {name}: never quiet for as long as it takes" for name in blind)
    yield from (f"  hollow     {name}: nothing moves it in any life" for name in hollow)


def bound_lines(bounds: Iterable[BoundOf], tally: Tally) -> Iterator[str]:
    """The bounds that were needed, and how far."""
    for number, item in enumerate(bounds):
        if number in tally.used and any(tally.used[number]):
            yield f"  bound      {_bound(item)}: {_used(tally.used[number])}"


def slack_lines(bounds: Iterable[BoundOf]) -> Iterator[str]:
    """The bounds that were not."""
    yield from (f"  slack      {_bound(item)}: no life came near it" for item in bounds)


def depends_lines(tally: Tally, named: Collection[str]) -> Iterator[str]:
    """The facts that the result depends on; ``named`` are those that the files speak of."""
    for sway in tally.sways:
        hidden = "" if sway.fact in named else "; NO NOTE NAMES IT"
        gauge = sway.failure.difference.gauge
        yield f"  depends on {sway.fact}: were it {said(sway.value)}, {gauge} would differ{hidden}"


def failure_lines(tally: Tally, shown: Sequence[Shown], zone: str, again: str) -> Iterator[str]:
    """The first lives that differ, in two columns, and the names of the others; ``again`` begins the command to see one."""
    there = {item.failure.difference.gauge for item in shown}
    for one in shown:
        yield ""
        yield from _failure(one, zone)
        yield f"  again: {again} --life {quote(one.failure.life.name)}"
    rest = [item for item in tally.failures if item.difference.gauge not in there]
    if rest:
        yield ""
        yield f"  and {len(rest)} more: " + "; ".join(_short(item) for item in rest)


def _bound(item: BoundOf) -> str:
    bound = item.bound
    ends = ["any" if end is None else f"{end:+d}" for end in (bound.least, bound.most)]
    when = "" if bound.when == "any" else f" ({bound.when})"
    return f"{item.note} of {item.element}: {bound.gauge} by {ends[0]} to {ends[1]}{when}"


def _walked(descent: Descent) -> str:
    if descent.fault:
        return f"FAULT      {descent.gauge} does not always come down to {descent.to}: {descent.fault}"
    above = f" or up to {descent.rest} above" if descent.rest else ""
    said = f"every value up to {descent.highest:,} comes down to {descent.to}{above}"
    return f"walked     {descent.gauge}: {said}, in any order of {descent.rules} rules, within {descent.days} days"


def _used(used: tuple[int, int]) -> str:
    return "kept, reached " + " and ".join(f"{end:+d}" for end in used if end)


def _short(failure: Failure) -> str:
    item = failure.difference
    return f"{item.gauge} shows {said(item.shown)}, means {said(item.meant)}, in {failure.life.name!r}"


def _failure(one: Shown, timezone: str) -> Iterator[str]:
    gauge = one.failure.difference.gauge
    end = next(item for item in one.outcome.judged.differences if item.gauge == gauge)
    schedule = one.failure.schedule
    allowed = f" (allowed: {end.allowed})" if end.allowed else ""
    yield f"{gauge} shows {said(end.shown)} and means {said(end.meant)}{allowed}"
    yield f"  life {one.failure.life.name!r}, schedule {schedule.name} ({schedule.seed}), made as short as it can be:"
    if one.failure.turns:
        yield f"  the moves begin at {Clock(timezone).wall(one.failure.turns).isoformat(' ')}"
    yield ""
    yield from (f"  {line}" for line in two_columns(one.outcome, gauge, timezone).splitlines())
    yield ""


# --- JSON -----------------------------------------------------------------------------------------------------------


def as_json(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The same for tools; ``schema`` describes it."""
    return {
        "version": 1,
        "holds": all(item.holds for item in verdicts),
        "targets": [_one(item) for item in verdicts],
    }


def _one(verdict: Verdict) -> dict[str, Any]:
    task, tally = verdict.task, verdict.tally
    return {
        "target": task.target,
        "holds": verdict.holds,
        "seed": task.seed,
        "effort": task.effort,
        "lives": tally.lives,
        "plays": tally.plays,
        "compared": tally.compared,
        "failures": [*failure_records(tally, verdict.shown, task.model.header.timezone)],
        "bounds": [*bound_records(task.bundle.bounds, tally)],
        "descents": [descent._asdict() for descent in verdict.descents],
        "missed": [goal.said for goal in verdict.missed],
        "unseen": [*verdict.blind],
        "hollow": [*verdict.hollow],
        "depends_on": [*depends_records(tally, task.bundle.facts)],
    }


def depends_records(tally: Tally, named: Collection[str]) -> Iterable[dict[str, Any]]:
    """The facts that the result depends on."""
    for sway in tally.sways:
        yield {
            "fact": sway.fact,
            "were": sway.value,
            "gauge": sway.failure.difference.gauge,
            "life": sway.failure.life.name,
            "named": sway.fact in named,
        }


def failure_records(tally: Tally, shown: Iterable[Shown], zone: str) -> Iterable[dict[str, Any]]:
    """What differs, with the shortest history of those that were made short."""
    small = {item.failure.difference.gauge: item.outcome for item in shown}
    for failure in tally.failures:
        item = failure.difference
        outcome = small.get(item.gauge)
        history = () if outcome is None else outcome.life.person.history
        yield {
            "gauge": item.gauge,
            "at": item.at,
            "means": _plain(item.meant),
            "shows": _plain(item.shown),
            "life": failure.life.name,
            "schedule": {"name": failure.schedule.name, "seed": failure.schedule.seed},
            "shortest": [told(thing) for thing in history] if outcome is not None else None,
            "side_by_side": None if outcome is None else two_columns(outcome, item.gauge, zone),
        }


def bound_records(bounds: Iterable[BoundOf], tally: Tally) -> Iterable[dict[str, Any]]:
    """Every bound, and how far it was needed."""
    for place, item in enumerate(bounds):
        low, high = tally.used.get(place, (0, 0))
        yield {
            "element": item.element,
            "note": item.note,
            "gauge": item.bound.gauge,
            "least": item.bound.least,
            "most": item.bound.most,
            "when": item.bound.when,
            "reached_below": low,
            "reached_above": high,
        }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_NUMBER: dict[str, Any] = {"type": "integer"}
_END: dict[str, Any] = {"type": ["integer", "null"], "description": "Shown minus meant; null: no limit."}
_VALUE: dict[str, Any] = {"type": ["string", "integer", "boolean", "null", "array"]}


_DESCENT: dict[str, Any] = closed(
    gauge=_TEXT,
    rules=_COUNT,
    to={**_NUMBER, "description": "The value that every other comes down to."},
    highest={**_NUMBER, "description": "The greatest value that was begun at."},
    fault={**_TEXT, "description": "What goes wrong, and from which value; empty: nothing."},
    days={**_COUNT, "description": "The longest that it takes."},
    rest={**_COUNT, "description": "The most by which somebody stays above the value."},
    start={**_COUNT, "description": "Where somebody began who stays above it by so much; 0: nobody does."},
)


def schema() -> dict[str, Any]:
    """The JSON Schema of what ``verify --format json`` prints."""
    failure = closed(
        gauge={**_TEXT, "description": "What differs: score, mark, segment, … and its key."},
        at={**_NUMBER, "description": "Seconds since 1970."},
        means=_VALUE,
        shows=_VALUE,
        life=_TEXT,
        schedule=closed(name=_TEXT, seed=_NUMBER),
        shortest={**_TEXTS, "type": ["array", "null"], "description": "The shortest history that differs."},
        side_by_side={"type": ["string", "null"]},
    )
    bound = closed(
        element=_TEXT,
        note=_TEXT,
        gauge=_TEXT,
        least=_END,
        most=_END,
        when=_TEXT,
        reached_below=_NUMBER,
        reached_above=_NUMBER,
    )
    depends = closed(
        fact=_TEXT,
        were={"type": ["string", "integer", "boolean"]},
        gauge=_TEXT,
        life=_TEXT,
        named={"type": "boolean", "description": "Whether a note says that the output rests on it."},
    )
    target = closed(
        target=_TEXT,
        holds={"type": "boolean"},
        seed=_NUMBER,
        effort={"type": "integer", "minimum": 1, "maximum": 10},
        lives=_COUNT,
        plays=_COUNT,
        compared=_COUNT,
        failures={"type": "array", "items": failure},
        bounds={"type": "array", "items": bound},
        descents={"type": "array", "items": _DESCENT},
        missed=_TEXTS,
        unseen=_TEXTS,
        hollow={**_TEXTS, "description": "Gauges that nothing moves in any life."},
        depends_on={"type": "array", "items": depends},
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scorewright verify report",
        "description": "What scorewright verify prints with --format json.",
        **closed(
            version={"const": 1},
            holds={"type": "boolean"},
            targets={"type": "array", "items": target},
        ),
    }
