"""The sum behind a score: terms that add up to it exactly, made from what the reference machine wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scorewright.explain.found import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Input, Model, Score, Tier
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change

__all__ = ["Ledger", "Term", "ledger"]


class Term(NamedTuple):
    """One term of a sum, in hundredths of a point: shares of a combined score are no whole points before rounding.

    ``kind`` is ``start`` (what the person had), ``set`` (a decay or a reset made the score this number, so what was
    before no longer counts), ``award``, ``holds`` (a fact, tier or input as it stands), ``expired``, ``faded``,
    ``decay``, ``clamped``, ``part`` (of a combined score) or ``rounded``.  ``path`` is what made it in the spec, for
    a part its score.  ``each`` has the amount of every change; ``before`` is what the score was before a ``set``;
    ``now`` is what a tier or an input reads.
    """

    hundredths: int
    kind: str
    path: KeyPath
    each: tuple[int, ...] = ()
    first: int | None = None
    last: int | None = None
    before: int | None = None
    percent: int | None = None
    now: str = ""

    @property
    def element(self) -> str:
        """The element as a spec's ``for`` spells it: ``rules.contact``."""
        return ".".join(map(str, self.path[:2]))


@dataclass(frozen=True, slots=True)
class Ledger:
    """A score's value now, and its terms: the base first, then what was added, then what was taken."""

    score: Score
    value: int
    terms: tuple[Term, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the terms are the value, to the hundredth."""
        return sum(term.hundredths for term in self.terms) == 100 * self.value


def ledger(ask: Ask, changes: Iterable[Change], key: str) -> Ledger:
    """The sum behind one score, at the end of a history that has been played."""
    score = ask.model.scores[key]
    value = ask.score(key)
    if score.kind == "combined":
        return Ledger(score, value, tuple(_combined(ask, score, value)))
    if score.kind == "fit":
        own = [change for change in changes if change.kind == "holds" and change.name == key]
        terms = _grouped(ask, own)
        return Ledger(score, value, (*terms, *_clamp(score, value, terms)))
    return Ledger(score, value, _counted(ask, score, changes))


# --- counters -------------------------------------------------------------------------------------------------------


def _counted(ask: Ask, score: Score, changes: Iterable[Change]) -> tuple[Term, ...]:
    """The last number that the score was set to, and what has come and gone since."""
    base = Term((score.start.value if score.start is not None else 0) * 100, "start", score.path)
    since: list[Change] = []
    for change in changes:
        if change.kind != "score" or change.name != score.key:
            continue
        if change.reason == "start" or _sets(ask.model, change):
            kind = "start" if change.reason == "start" else "set"
            after = _number(change.after)
            base = Term(
                after * 100, kind, change.path, (after,), change.at, change.at, before=_number(change.before)
            )
            since = []
        else:
            since.append(change)
    added = _grouped(ask, since)
    return (base, *added) if base.hundredths or base.kind == "set" else added


def _sets(model: Model, change: Change) -> bool:
    """Whether a change made the score a number whatever it was."""
    if change.reason == "reset":
        return True
    if change.reason != "decay":
        return False
    identity, place = str(change.path[1]), change.path[3]
    copies = (decay for decay in model.decay.values() if decay.id == identity)
    step = next(copies).steps[int(place)]
    return step.set_to is not None


# --- what comes together in one term --------------------------------------------------------------------------------


def _grouped(ask: Ask, changes: Sequence[Change]) -> tuple[Term, ...]:
    """One term for each element and kind; what adds first, the largest in front, then what takes away."""
    found: dict[tuple[str, KeyPath, bool], list[Change]] = {}
    for change in changes:
        kind = _KINDS[change.reason]
        path = change.path if kind == "decay" else change.path[:2]
        taken = kind == "clamped" and _amount(change) < 0  # a ceiling that cuts, a floor that lifts
        found.setdefault((kind, path, taken), []).append(change)
    terms = [_term(ask, kind, path, group) for (kind, path, _), group in found.items()]
    return tuple(sorted((term for term in terms if term.hundredths), key=_rank))


def _term(ask: Ask, kind: str, path: KeyPath, group: Sequence[Change]) -> Term:
    each = tuple(_amount(change) for change in group)
    first, last = group[0].at, group[-1].at
    now = _read(ask, path) if kind == "holds" else ""
    return Term(sum(each) * 100, kind, path, each, first, last, now=now)


def _read(ask: Ask, path: KeyPath) -> str:
    """The value that a tier or an input goes by."""
    tables: dict[str, Mapping[str, Tier] | Mapping[str, Input]] = {
        "tiers": ask.model.tiers,
        "inputs": ask.model.inputs,
    }
    copies = tables.get(str(path[0]), {}).values()
    field = next((each.field for each in copies if each.id == path[1]), None)
    return "" if field is None else shown(ask.value(field))


def _rank(term: Term) -> tuple[bool, int]:
    return term.hundredths < 0, -abs(term.hundredths)


_KINDS = {
    "award": "award",
    "holds": "holds",
    "ends": "holds",
    "expired": "expired",
    "faded": "faded",
    "decay": "decay",
    "clamped": "clamped",
}


def _amount(change: Change) -> int:
    return _number(change.after) - _number(change.before)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


# --- scores that are computed ---------------------------------------------------------------------------------------


def _combined(ask: Ask, score: Score, value: int) -> Iterator[Term]:
    parts = score.percent_of or tuple((key, 100) for key in score.sum_of)
    terms = [
        Term(part * percent, "part", ("scores", key), (part,), percent=percent)
        for key, percent in parts
        for part in (ask.score(key),)
    ]
    yield from (term for term in terms if term.hundredths)
    total = sum(term.hundredths for term in terms)
    rounded = (2 * total + 100) // 200 * 100  # half up, once, at the end (question 38)
    if rounded != total:
        yield Term(rounded - total, "rounded", score.path)
        terms.append(Term(rounded - total, "rounded", score.path))
    yield from _clamp(score, value, terms)


def _clamp(score: Score, value: int, terms: Iterable[Term]) -> Iterator[Term]:
    """What floor or ceiling makes of a computed score."""
    over = value * 100 - sum(term.hundredths for term in terms)
    if over:
        yield Term(over, "clamped", score.path)
