"""Shows a trace on a terminal: sums first, then what was cut, marks and handovers, on demand the whole timeline."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scorewright.diagnostics.characters import safe
from scorewright.explain.cuts import days
from scorewright.explain.lines import change_row, event_words, table, together
from scorewright.explain.names import points
from scorewright.explain.words import term_words
from scorewright.model.history import Happening

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.explain.ledger import Term
    from scorewright.explain.trace import Handover, Kept, Trace, Traced
    from scorewright.model.history import FieldSet, Listed

    Told = Happening | FieldSet | Listed

__all__ = ["trace_text"]

_LONGEST = 100
"""Characters of a line that still reads as one."""
_MOST_TERMS = 12
"""Terms of a sum that are shown without --verbose: the largest; the others are added up."""


def trace_text(trace: Trace, *, verbose: bool = False) -> str:
    """The whole answer; ``verbose`` folds nothing and adds the timeline."""
    paragraphs = [[_head(trace), *_remarks(trace)]]
    bare = [traced for traced in trace.scores if not traced.ledger.terms and not traced.cuts]
    told = [traced for traced in trace.scores if traced not in bare]
    paragraphs += [list(_score(trace, traced, verbose=verbose)) for traced in told]
    paragraphs.append(list(_bare(trace, bare)))
    paragraphs += [list(part(trace)) for part in (_labels, _whys, _kept, _handovers, _waiting)]
    if verbose:
        paragraphs.append(list(_timeline(trace)))
    return "\n\n".join("\n".join(map(safe, lines)) for lines in paragraphs if lines) + "\n"


def _head(trace: Trace) -> str:
    names = trace.names
    head = names.model.header
    since = f"known since {names.day(trace.person.created)}"
    return f"{head.title}: as of {names.time(trace.at)} ({head.timezone}), {since}"


def _remarks(trace: Trace) -> Iterator[str]:
    if trace.outside:
        yield f"not scored now: {trace.outside}"
    yield from trace.remarks


# --- scores ---------------------------------------------------------------------------------------------------------


def _score(trace: Trace, traced: Traced, *, verbose: bool) -> Iterator[str]:
    ledger = traced.ledger
    title = trace.names.title("scores", ledger.score.key)
    if not ledger.terms:
        yield f"{title}: 0, nothing counts yet"
    else:
        yield from _sum(title, ledger.value, _said(trace, traced, verbose=verbose))
    yield from (f"  {sentence}" for sentence in traced.cuts)


def _said(trace: Trace, traced: Traced, *, verbose: bool) -> list[tuple[int, str]]:
    """Amount and words of each term; the smallest of very many are told in one."""
    score, terms = traced.ledger.score, list(traced.ledger.terms)
    kept: Sequence[Term] = terms
    if len(terms) > _MOST_TERMS and not verbose:
        largest = sorted(terms, key=lambda term: -abs(term.hundredths))[: _MOST_TERMS - 1]
        kept = [term for term in terms if term in largest]
    said = [(term.hundredths, term_words(trace.names, score, term)) for term in kept]
    left = len(terms) - len(kept)
    if left:
        rest = sum(term.hundredths for term in terms) - sum(amount for amount, _ in said)
        said.append((rest, f"from {left} more (--verbose tells each)"))
    return said


def _sum(title: str, value: int, said: Sequence[tuple[int, str]]) -> Iterator[str]:
    """On one line where that can be read at a glance, else one term a line."""
    line = f"{title}: {value} = " + " ".join(
        f"{_sign(amount, first=number == 0)}{points(amount)} {words}"
        for number, (amount, words) in enumerate(said)
    )
    if len(said) <= 3 and len(line) <= _LONGEST:
        yield line
        return
    yield f"{title}: {value}"
    width = max(len(points(amount)) for amount, _ in said)
    lead = f"  {value} = "
    for number, (amount, words) in enumerate(said):
        sign = "- " if amount < 0 else "  " if number == 0 else "+ "
        yield f"{lead if number == 0 else ' ' * len(lead)}{sign}{points(amount):>{width}} {words}"


def _sign(amount: int, *, first: bool) -> str:
    if first:
        return "-" if amount < 0 else ""
    return "- " if amount < 0 else "+ "


def _bare(trace: Trace, scores: Sequence[Traced]) -> Iterator[str]:
    """The scores of which there is nothing to say, in one line."""
    titles = [trace.names.title("scores", traced.ledger.score.key) for traced in scores]
    if titles:
        yield f"{', '.join(titles)}: 0, nothing counts yet"


# --- beside the scores ----------------------------------------------------------------------------------------------


def _labels(trace: Trace) -> Iterator[str]:
    for item in trace.labels:
        title = trace.names.title(f"{item.kind}s", item.key)
        yield f"{item.kind} {title}: {item.text or 'none'}"


def _whys(trace: Trace) -> Iterator[str]:
    """What the writer said of the elements that made the sums."""
    names = trace.names
    elements = [
        term.path[:2] for traced in trace.scores for term in traced.ledger.terms if term.kind != "part"
    ]
    elements += [item.threshold.path for item in trace.handovers]
    said = {
        names.title(str(table_), str(key)): names.why(f"{table_}.{key}")
        for table_, key in dict.fromkeys(elements)
        if table_ != "scores"
    }
    rows = [f"  {title}: {why}" for title, why in said.items() if why]
    if rows:
        yield "Why:"
        yield from rows


def _kept(trace: Trace) -> Iterator[str]:
    if trace.kept:
        yield "Marks, lists and campaigns:"
        yield from (f"  {_kept_words(trace, item)}" for item in trace.kept)


def _kept_words(trace: Trace, item: Kept) -> str:
    names = trace.names
    title = names.title("marks" if item.kind == "mark" else "assets", item.key)
    status = f" as {item.status}" if item.status else ""
    if not item.element:
        return f"{item.kind} {title}{status} from the start"
    by = names.title(*item.element.split(".", 1))
    told = item.element.startswith("assets.")
    return f"{item.kind} {title}{status} since {names.day(item.since)}" + ("" if told else f", by {by}")


def _handovers(trace: Trace) -> Iterator[str]:
    """One line for each threshold, by the first time that it fired."""
    found: dict[str, list[Handover]] = {}
    for item in trace.handovers:
        found.setdefault(item.threshold.key, []).append(item)
    if found:
        yield "Handed over:"
    for key, times in found.items():
        often = f", {len(times)} times" if len(times) > 1 else ""
        title = trace.names.title("thresholds", key)
        when = days(trace.names, [item.at for item in times])
        yield f"  {when}{often}: {title} ({', '.join(times[0].actions)})"


def _waiting(trace: Trace) -> Iterator[str]:
    if trace.waiting:
        yield "Not handed over:"
    for item in trace.waiting:
        title = trace.names.title("thresholds", item.threshold.key)
        lacks = f"still needs: {'; '.join(item.lacks)}" if item.lacks else "at the next thing that happens"
        raised = f", or somebody who {' or '.join(item.raised_by)}" if item.raised_by else ""
        yield f"  {title} {lacks}{raised}"


# --- the whole ------------------------------------------------------------------------------------------------------


def _timeline(trace: Trace) -> Iterator[str]:
    """What happened and what came of it, in order; what happened first where both fall on one instant."""
    rows: list[tuple[int, int, int, tuple[str, ...]]] = []
    for number, (item, times) in enumerate(_runs(trace.person.history)):
        known = item.known if isinstance(item, Happening) and item.known is not None else item.at
        at = max(known, trace.person.created)
        if at <= trace.at:
            what, details = event_words(item)
            what += f" {times} x" if times > 1 else ""
            late = "" if at == item.at else f"happened {trace.names.time(item.at)}"
            rows.append((at, 0, number, (trace.names.time(at), f"* {what}", details, late, "")))
    for number, (change, times) in enumerate(together(trace.changes)):
        time, what, *more = change_row(trace.names, change, times)
        rows.append((change.at, 1, number, (time, f"  {what}", *more)))
    yield f"Timeline ({trace.names.model.header.timezone}; * is what happened):"
    yield from (f"  {line}" for line in table([row for *_, row in sorted(rows, key=lambda each: each[:3])]))


def _runs(history: Sequence[Told]) -> Iterator[tuple[Told, int]]:
    """What was told, with how often one after the other."""
    return ((item, sum(1 for _ in run)) for item, run in groupby(history))
