"""Shows what came of the examples: a line for each, and for what failed the place, what was found and how it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.characters import safe
from scorewright.explain.lines import change_json, table, timeline
from scorewright.explain.names import count
from scorewright.explain.testing import expected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.explain.testing import Result, Tested

__all__ = ["examples_json", "results_text"]

_HOW_TO = """\
to write one, say what happens to somebody and what must come of it:
  [examples.two-pages]
  created = 2026-01-05
  events = [
    { at = 2026-01-05T10:00:00, visits = "any-page", times = 2 },
  ]
  expect = [
    { at = 2026-01-06, score = "engagement", is = 2 },
  ]"""


def results_text(tested: Sequence[Tested], *, color: bool = False) -> str:
    """A line for each example, then the failures, then the sum of it."""
    paragraphs = ["\n".join(_lines(each, several=len(tested) > 1)) for each in tested if each.checked.ok]
    for each in tested:
        paragraphs += [_said(result.refused, color) for result in each.results if result.refused is not None]
        paragraphs += [_failure(each, result, place, color) for result, place in _failures(each)]
    without = [each for each in tested if each.checked.ok and not each.results]
    if without:
        paragraphs.append(_HOW_TO)
    results = [result for each in tested for result in each.results]
    if results:
        paragraphs.append(_summary(results))
    return "\n\n".join(part for part in paragraphs if part) + "\n" if paragraphs else ""


def _lines(each: Tested, *, several: bool) -> Iterator[str]:
    if not each.results:
        yield f"{safe(each.spec)}: no examples"
        return
    if several:
        yield f"{safe(each.spec)}:"
    rows = [
        ("ok" if result.held else "FAIL", result.example.id, _came_out(result), _title(result))
        for result in each.results
    ]
    yield from (("  " if several else "") + line for line in table(rows))


def _title(result: Result) -> str:
    example = result.example
    return "" if example.title == example.id.replace("-", " ") else example.title


def _came_out(result: Result) -> str:
    if result.refused is not None:
        return "not played"
    held = sum(outcome.held for outcome in result.outcomes)
    return f"{held} of {count(len(result.outcomes), 'expectation')}"


def _failures(each: Tested) -> Iterator[tuple[Result, int]]:
    return ((result, place) for result in each.results for place in result.failures)


def _failure(each: Tested, result: Result, place: int, color: bool) -> str:
    """One diagnostic as everywhere, and the changes up to then below it."""
    assert each.names is not None
    said = _said(result.failures[place], color)
    changes = result.outcomes[place].changes
    lines = timeline(each.names, changes)
    head = "what happened up to then" if lines else "nothing had changed up to then"
    zone = each.names.model.header.timezone
    return "\n".join([said, f"{head} ({zone}):" if lines else head, *(f"  {line}" for line in lines)])


def _said(diagnostic: Diagnostic, color: bool) -> str:
    """One diagnostic, without the line that counts them."""
    from scorewright.diagnostics.text import render

    return render([diagnostic], color=color).rpartition("\n\n")[0]


def _summary(results: Sequence[Result]) -> str:
    held = sum(result.held for result in results)
    failed = len(results) - held
    if not failed:
        return f"{count(held, 'example')} {'holds' if held == 1 else 'hold'}"
    fails = f"{failed} {'fails' if failed == 1 else 'fail'}"
    return f"{count(len(results), 'example')}: {held} {'holds' if held == 1 else 'hold'}, {fails}"


# --- for tools ------------------------------------------------------------------------------------------------------


def examples_json(tested: Sequence[Tested]) -> list[dict[str, Any]]:
    """Every example with its expectations."""
    return [_example(each, result) for each in tested for result in each.results]


def _example(each: Tested, result: Result) -> dict[str, Any]:
    return {
        "spec": each.spec,
        "id": result.example.id,
        "title": result.example.title,
        "held": result.held,
        "expectations": [_expectation(each, result, place) for place in range(len(result.outcomes))],
    }


def _expectation(each: Tested, result: Result, place: int) -> dict[str, Any]:
    outcome = result.outcomes[place]
    assert each.names is not None
    return {
        "at": outcome.expectation.at,
        "expected": expected(each.names.model, outcome.expectation),
        "held": outcome.held,
        "found": outcome.found,
        "timeline": [] if outcome.held else [change_json(each.names, change) for change in outcome.changes],
    }
