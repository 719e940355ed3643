"""Points that rules have yet to give or to take back: until they have, a threshold neither opens nor closes by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright_pardot.lower.combined import summands
from scorewright_pardot.lower.expression import both, either
from scorewright_pardot.lower.fitting import fits, untagged
from scorewright_pardot.lower.following import asks_a_list
from scorewright_pardot.lower.openings import band_scores, opened_by, ways_of_scores
from scorewright_pardot.lower.segments import population

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scorewright.model.elements import Threshold
    from scorewright_pardot.lower.context import Context, Due
    from scorewright_pardot.lower.expression import Expression

__all__ = ["Waits", "not_falling", "waits_for_points"]

_MOST_GUARDS = 8
"""So many cases are watched for points that are due; each is a group of criteria to build by hand."""


class Waits(NamedTuple):
    """What must be so, beside a threshold's own conditions, for the rule that hands over, and for the one that arms it again."""

    to_open: tuple[Expression, ...]
    to_close: tuple[Expression, ...]


class _Moved(NamedTuple):
    """A case that is due, and which way it moves what a threshold asks for."""

    due: Due
    gains: bool
    loses: bool


def waits_for_points(
    cx: Context, threshold: Threshold, opening: Callable[[tuple[Expression, ...]], Expression]
) -> Waits:
    """That no points are due by which a score would stand too high, or too low; and the bound, where that is not enough.

    Somebody new with +50 and -10 stands at 50 until the second rule has looked, and between taking one case's points and
    giving the next one's a score stands too low.  ``opening`` makes the tree of the rule that hands over.
    """
    found = _moved(cx, threshold)
    # Who is there already has their points before those that hold are taken from them, and those that are kept are given.
    if found or _kept(cx, threshold):
        cx.edge(*cx.acted(threshold, 0, 1, "existing"))
    ways = ways_of_scores(cx.model, threshold)
    upward, downward = bool(ways - {-1}), bool(ways - {1})
    if not found or (len(found) < 2 and not downward and not _begins(cx, threshold)):
        return Waits((), ())  # a fact alone takes its points back for good
    high = [item.due.given for item in found if item.loses]
    low = [item.due.given for item in found if item.gains]
    if _several(item for item in found if item.gains):
        high += [item.due.taken for item in found if item.gains]
    if _several(item for item in found if item.loses):
        low += [item.due.taken for item in found if item.loses]
    to_open = [*(high if upward else ()), *(low if downward else ())]
    to_close = [*(low if upward else ()), *(high if downward else ())]
    outside = population(cx, inside=False)
    late = [guard for guard in (*to_open, *to_close) if asks_a_list(cx, guard)]
    prompt = [guard for guard in to_open if guard not in late]
    waits = Waits(_few(prompt), _few(either(guard, outside) for guard in to_close))
    if not fits(cx, opening(waits.to_open)):
        waits = waits._replace(to_open=())
    without = (to_open and not waits.to_open) or (to_close and not waits.to_close)
    if without or late or not cx.flag("rule-acts-in-one-piece"):
        _bounded(cx, threshold, found, downward=downward)
    return waits


def _bounded(cx: Context, threshold: Threshold, found: Sequence[_Moved], *, downward: bool) -> None:
    text = "one handoff more when a fact or a tier's case changes, where a rule looks between taking and giving points"
    more = cx.acted(threshold, 0, 1, "exchanged", again=True)
    gains, loses = any(item.gains for item in found), any(item.loses for item in found)
    mixed = loses and ((gains and _several(found)) or _begins(cx, threshold))
    if mixed or (gains and downward):
        text += ", or for somebody new, between one fact's points and another's"
        more = (*more, *cx.acted(threshold, 0, 1, "mixed-at-first"))
    cx.bounded("spare-handoff", text, bounds=more)


def _begins(cx: Context, threshold: Threshold) -> bool:
    """Whether everybody begins with points of a score that the threshold asks for."""
    starts = (cx.model.scores[key].start for key in _scores(cx, threshold)[0])
    return any(start is not None and start.value > 0 for start in starts)


def _few(guards: Iterable[Expression]) -> tuple[Expression, ...]:
    """Each once; none where they are too many to build."""
    wanted = tuple(dict.fromkeys(guards))
    return wanted if len(wanted) <= _MOST_GUARDS else ()


def _kept(cx: Context, threshold: Threshold) -> bool:
    """Whether something that is given once and kept moves what a threshold asks for."""
    scores, overall = _scores(cx, threshold)
    points = (rule.points for rule in cx.model.rules.values() if not rule.on and rule.keep)
    moved = (cx.homes.vector(some) for some in points)
    return any((total and overall) or scores & {*categories} for categories, total in moved)


def not_falling(cx: Context, threshold: Threshold) -> Expression:
    """That no category of the score is coming down, for whom the decay's actions have opened the threshold before."""
    scores, _ = _scores(cx, threshold)
    tags = [
        tag
        for key, found in cx.falling.items()
        if cx.model.decay[key].score in scores and opened_by(cx.model, threshold, cx.model.decay[key])
        for tag in found
    ]
    return untagged(cx, *tags) if tags else both()


def _several(found: Iterable[_Moved]) -> bool:
    """Whether they are cases of more than one element: those of one never hold together."""
    return len({item.due.elements for item in found}) > 1


def _moved(cx: Context, threshold: Threshold) -> list[_Moved]:
    scores, overall = _scores(cx, threshold)
    found = []
    for due in cx.due:
        points = [value for key, value in due.moves.items() if key in scores]
        points += [due.total] if overall else []
        moved = _Moved(due, any(value > 0 for value in points), any(value < 0 for value in points))
        found += [moved] if moved.gains or moved.loses else []
    return found


def _scores(cx: Context, threshold: Threshold) -> tuple[set[str], bool]:
    """Keys of the scores that the condition reads, and whether the overall one is among them."""
    found: set[str] = set()
    for item in con.walk(threshold.when):
        if isinstance(item, con.ScoreTest):
            found.add(item.score)
        elif isinstance(item, con.BandTest):
            found.update(band_scores(cx.model, item.band))
    found |= summands(cx.model, [key for key in found if cx.homes.of[key].kind == "sum"])
    return found, any(cx.homes.of[key].kind == "overall" for key in found)
