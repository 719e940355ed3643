"""The migration as a whole: what is told, and the moves in the one order in which nothing is given twice or lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.plugin.migration import Migration, with_these
from scorewright.plugin.moving import not_before, other_days
from scorewright.plugin.notes import Result
from scorewright_pardot.migration.compare import KEPT, compare
from scorewright_pardot.migration.drains import DELTA, apart, drains, left_over
from scorewright_pardot.migration.endings import endings, slowed, still_there, without
from scorewright_pardot.migration.houses import begun_anew
from scorewright_pardot.migration.order import Order
from scorewright_pardot.migration.peak import peak
from scorewright_pardot.migration.tables import bears, put_by
from scorewright_pardot.migration.telling import tell
from scorewright_pardot.migration.within import past_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Since
    from scorewright.plugin.target import Request
    from scorewright_pardot.migration.compare import Difference, Pair
    from scorewright_pardot.migration.drains import Drain

__all__ = ["migrate"]

_INTRO = (
    "Carry out these steps instead of the sheet below, from top to bottom; the sheet below shows what stands there in the end.",
    "Let nobody else change the model meanwhile.  A wait is part of the work: what comes before it must have reached everybody.",
)


def migrate(request: Request, bundle: Bundle, since: Since) -> Migration:
    """The way from what stands on an instance to a bundle that was just compiled; nothing to do between equal objects."""
    difference = compare(since.objects, bundle.objects, since.gauges, bundle.gauges)
    guard = _guard(request)
    ending = endings(difference, guard, since.gauges, bundle.gauges)
    difference = without(difference, ending)
    drained = drains(difference, guard)
    begun = tuple(begun_anew(since, bundle.gauges, request.model, difference, drained, guarded=bool(guard)))
    past = tuple(past_bounds(since, bundle.gauges, request.model))
    notes = tell(
        request,
        bundle,
        since,
        difference,
        drained,
        ending=ending,
        begun=begun,
        past=past,
        guarded=bool(guard),
    )
    if any(note.result is Result.REFUSED for note in notes):
        return Migration(since, (), notes)
    left = left_over(difference, guard)
    # who is outside, or on a day on which the model rests, waits for longer than the program says
    stays = bool(guard) or request.model.header.active is not None
    kept = (
        *_kept(difference, drained, left, guarded=bool(guard)),
        *(still_there(ending) if stays else ()),
    )
    giving = apart(bundle.objects, [item for item in kept if item.lowering == DELTA])
    if giving:
        bundle = replace(bundle, objects=with_these(bundle.objects, giving))
        difference = compare(since.objects, bundle.objects, since.gauges, bundle.gauges)
        difference = without(difference, ending)
    order = Order(
        request,
        bundle,
        difference,
        drained,
        left=left,
        ending=ending,
        since=since,
        begun=begun,
        past=past,
        guarded=bool(guard),
        stays=stays,
    )
    moves = (
        *not_before(since, request.model),
        *order.moves(),
        *other_days(since, request.model),
    )
    intro = _INTRO if moves else ("Nothing is to be done: the same objects stand there already.",)
    quotas = peak(request, bundle, since, moves)
    slower = tuple(slowed(since.gauges, bundle.gauges)) if ending else ()
    return Migration(since, moves, notes, (*giving, *kept), quotas, intro, slower)


def _guard(request: Request) -> Sequence[dict[str, Any]]:
    """Whom the model scores, as criteria of a rule: points of those outside stand still, so they wait with their tags."""
    from scorewright_pardot.emit import criteria_table
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import EVERYBODY, both
    from scorewright_pardot.lower.fitting import fit
    from scorewright_pardot.lower.scores import Homes
    from scorewright_pardot.lower.segments import population

    cx = Context(request)
    cx.homes = Homes(cx.model, cx.options, cx.facts)
    tree = population(cx)
    if tree == EVERYBODY:
        return ()
    first = next(iter(cx.model.segments.values()))
    rows: Sequence[dict[str, Any]] = criteria_table(fit(cx, both(tree), first))["criteria"]
    return rows


def _kept(
    difference: Difference, drained: Sequence[Drain], left: Sequence[Pair], *, guarded: bool
) -> tuple[Emitted, ...]:
    """What stays beside the new objects: tags of awards that were given, and rules for those who are outside by now.

    Where nobody is outside any more, the rules that an earlier change has ``left`` are done with this one.
    """
    found = {(item.kind, item.name): item for item in difference.kept}
    for pair in left:
        if guarded:
            found["automation-rules", pair.new.name] = pair.new
        else:
            del found["automation-rules", pair.old.name]
            found.pop(("tags", bears(pair.old.table)[0]), None)
    given = {
        tag
        for item in (*difference.removed, *(pair.old for pair in difference.changed))
        if item.kind == "automation-rules" and item.lowering == "limited-award"
        for tag in put_by(item.table)
    }
    waiting = {drain.tag for drain in drained} if guarded else set()
    for item in difference.removed:
        if item.kind == "tags" and item.name in given | waiting:
            found[item.kind, item.name] = replace(item, lowering=f"{KEPT}{item.lowering}")
    if guarded:
        found.update({("automation-rules", drain.rule.name): drain.rule for drain in drained})
    return tuple(found.values())
