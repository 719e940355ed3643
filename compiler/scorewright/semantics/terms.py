"""Awards that do not last: what expires, and what fades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.values import round_half_up
from scorewright.semantics.agenda import Sort
from scorewright.semantics.log import Points
from scorewright.semantics.state import Award

if TYPE_CHECKING:
    from scorewright.model.elements import Fades, Rule
    from scorewright.semantics.play import Run

__all__ = ["begin", "due"]


def begin(run: Run, rule: Rule, key: str, amount: int) -> None:
    """Have an award end or melt, on each counter that it reached: a reset of one leaves the others (question 39)."""
    term = rule.expires or (rule.fades.every if rule.fades is not None else None)
    if term is None or amount == 0:
        return
    at = run.state.now + term.seconds
    for score in run.parts.counters(key):
        run.state.melting.append(Award(score, amount, at, rule))
    run.agenda.add(at, Sort.TIMER)


def due(run: Run) -> list[Points]:
    """What ends or melts by now.  What fell due outside the population is made up for on return."""
    found: list[Points] = []
    for award in run.state.melting:
        before = len(found)
        while award.left and award.due <= run.state.now:
            found.append(_step(award))
        if award.left and len(found) > before:
            run.agenda.add(award.due, Sort.TIMER)
    if found:
        run.state.melting = [award for award in run.state.melting if award.left]
    return found


def _step(award: Award) -> Points:
    fades = award.rule.fades
    change = award.left if fades is None else _melts(award.left, fades)
    award.left -= change
    if fades is not None:
        award.due += fades.every.seconds
    key, reason = ("expires", "expired") if fades is None else ("fades", "faded")
    return Points(award.score, -change, (*award.rule.path, key), reason, alone=True)


def _melts(left: int, fades: Fades) -> int:
    """What of an award melts in one step: never more than is left, rounded as everything is (question 38)."""
    if fades.subtract is not None:
        change = fades.subtract.value if left > 0 else -fades.subtract.value
    else:
        change = round_half_up(left * (fades.percent or 0), 100)
    return min(left, change) if left > 0 else max(left, change)
