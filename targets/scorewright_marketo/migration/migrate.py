"""The migration as a whole: what is told, and the moves in the one order in which nothing is given twice or lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.plugin.migration import Migration, with_these
from scorewright.plugin.moving import not_before, other_days
from scorewright.plugin.notes import Result
from scorewright_marketo.lower.expr import Both
from scorewright_marketo.lower.timing import nightly
from scorewright_marketo.migration.compare import compare
from scorewright_marketo.migration.earlier import knowing, stale, unsure
from scorewright_marketo.migration.order import Order
from scorewright_marketo.migration.pairing import Version
from scorewright_marketo.migration.peak import peak
from scorewright_marketo.migration.plan import People, plan_of
from scorewright_marketo.migration.telling import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Since
    from scorewright.plugin.target import Request
    from scorewright_marketo.lower.context import Builder

__all__ = ["migrate"]

_INTRO = (
    "Carry out these steps instead of the sheet below, from top to bottom; the sheet below shows what stands there in the end.",
    "Everything that is live is edited in place: a clone would know nobody, and give everything a second time.",
    "Let nobody else change the model meanwhile, and do not begin in the hours before the nightly batches.",
)


def migrate(request: Request, bundle: Bundle, since: Since) -> Migration:
    """The way from what stands on an instance to a bundle that was just compiled; nothing to do between equal objects."""
    b = _builder(request)
    guarded = b.population != Both(())
    now = Version(request.model, bundle.objects, bundle.gauges)
    lost: tuple[str, ...] = ()
    giving: tuple[Emitted, ...] = ()
    if guarded:
        first = compare(since, now)
        lost = tuple(dict.fromkeys(unsure(first, request.model)))
        giving = knowing(request, bundle, stale(first)) if stale(first) else ()
        bundle = replace(bundle, objects=with_these(bundle.objects, giving))
    now = now._replace(objects=bundle.objects)
    difference, plan = plan_of(bundle, since, now, People(_guard(b), nightly(b) if guarded else ""))
    notes = tell(b, since, now, (difference, plan), lost)
    if any(note.result is Result.REFUSED for note in notes):
        return Migration(since, (), notes)
    order = Order(bundle, difference, plan, while_active=bool(request.facts["edits-of-active"]))
    moves = (
        *not_before(since, request.model),
        *order.moves(),
        *other_days(since, request.model),
    )
    intro = _INTRO if moves else ("Nothing is to be done: the same objects stand there already.",)
    return Migration(since, moves, notes, (*giving, *plan.kept), peak(bundle, since), intro)


def _builder(request: Request) -> Builder:
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.programs import name_programs
    from scorewright_marketo.lower.segments import population
    from scorewright_marketo.options import read

    b = Builder(request.model, read(request.options), request.facts)
    name_programs(b)
    b.population = population(b)
    return b


def _guard(b: Builder) -> Mapping[str, Any]:
    """Whom the model scores, as a smart list: what others were given stands still."""
    from scorewright_marketo.emit import smart_list_table
    from scorewright_marketo.lower.expr import smart_list

    return smart_list_table(smart_list(b.population))
