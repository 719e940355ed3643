"""A trace for tools: the same sums, sentences, marks and handovers, and every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.explain.lines import change_json
from scorewright.explain.words import term_words

if TYPE_CHECKING:
    from scorewright.explain.ledger import Term
    from scorewright.explain.names import Names
    from scorewright.explain.trace import Handover, Kept, Trace, Traced
    from scorewright.model.elements import Score

__all__ = ["trace_json"]


def trace_json(trace: Trace) -> dict[str, Any]:
    """The whole trace."""
    names = trace.names
    head = names.model.header
    return {
        "model": head.id,
        "timezone": head.timezone,
        "at": names.iso(trace.at),
        "created": names.iso(trace.person.created),
        "not_scored": trace.outside or None,
        "remarks": list(trace.remarks),
        "scores": [_score(names, traced) for traced in trace.scores],
        "labels": [{"kind": item.kind, "id": item.key, "label": item.text} for item in trace.labels],
        "kept": [_kept(names, item) for item in trace.kept],
        "handovers": [_handover(names, item) for item in trace.handovers],
        "waiting": [
            {
                "threshold": item.threshold.key,
                "title": item.threshold.title,
                "lacks": list(item.lacks),
                "raised_by": list(item.raised_by),
            }
            for item in trace.waiting
        ],
        "timeline": [change_json(names, change) for change in trace.changes],
    }


def _score(names: Names, traced: Traced) -> dict[str, Any]:
    score = traced.ledger.score
    return {
        "id": score.id,
        "product": score.product,
        "title": score.title,
        "kind": score.kind,
        "overall": score.overall,
        "value": traced.ledger.value,
        "terms": [_term(names, score, term) for term in traced.ledger.terms],
        "cuts": list(traced.cuts),
    }


def _term(names: Names, score: Score, term: Term) -> dict[str, Any]:
    return {
        "amount": _amount(term.hundredths),
        "kind": term.kind,
        "element": term.element,
        "words": term_words(names, score, term),
        "why": names.why(term.element) or None,
        "each": list(term.each),
        "first": None if term.first is None else names.iso(term.first),
        "last": None if term.last is None else names.iso(term.last),
    }


def _amount(hundredths: int) -> int | float:
    """Whole points as an integer; a share of a point is exact to the hundredth."""
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def _kept(names: Names, item: Kept) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "id": item.key,
        "since": names.iso(item.since),
        "element": item.element or None,
        "status": item.status,
    }


def _handover(names: Names, item: Handover) -> dict[str, Any]:
    threshold = item.threshold
    return {
        "at": names.iso(item.at),
        "threshold": threshold.key,
        "title": threshold.title,
        "actions": list(item.actions),
    }
