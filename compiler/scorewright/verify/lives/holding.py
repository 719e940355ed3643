"""Which of the situations that a bound can be confined to a history holds."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from scorewright.model.history import FieldSet, Happening
from scorewright.semantics.ask import is_known
from scorewright.semantics.clock import Clock
from scorewright.semantics.machine import run
from scorewright.verify.lives.life import HOUR, known_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change, Timeline
    from scorewright.verify.lives.life import Life

__all__ = ["situations"]

_NOTES = ("limit", "decay")
"""Changes that say why nothing has changed."""


def situations(model: Model, life: Life, timeline: Timeline, settle_hours: int) -> frozenset[str]:
    """The situations of ``plugin.emulation.SITUATIONS`` that a history holds.

    ``timeline`` is the reference machine's of the whole life; two things are crowded when less than ``settle_hours``
    lie between them.
    """
    return frozenset(_situations(model, life, timeline, settle_hours))


def _situations(model: Model, life: Life, timeline: Timeline, settle_hours: int) -> Iterator[str]:
    person, starts = life.person, _starts(model)
    told = [known_at(item, person.created) for item in person.history]
    yield "any"
    if person.scores or person.marks or (starts is not None and person.created < starts):
        yield "existing"
    if starts is not None and min([person.created, *(item.at for item in person.history)]) < starts:
        yield "before-start"
    if any(
        isinstance(item, Happening) and at != item.at for item, at in zip(person.history, told, strict=True)
    ):
        yield "past-unknown"
    if len({*told}) < len(told):
        yield "same-instant"
    if _crowded([person.created, *told], timeline, settle_hours * HOUR):
        yield "crowded"
    if _field_lost(life):
        yield "field-lost"
    if _outside(model, life):
        yield "outside"


def _starts(model: Model) -> int | None:
    head = model.header
    return None if head.starts is None else Clock(head.timezone).read(head.starts)


def _crowded(told: list[int], timeline: Timeline, settle: int) -> bool:
    """Whether two things are told, or something is told and the clock does something, too close to each other."""
    by_person = set(told)
    by_clock = {change.at for change in timeline.changes if change.kind not in _NOTES} - by_person
    both = sorted({*by_person, *by_clock})
    if len(by_person) < len(told):
        return True
    return any(
        after - before < settle and not (before in by_clock and after in by_clock)
        for before, after in itertools.pairwise(both)
    )


def _field_lost(life: Life) -> bool:
    fields = dict(life.person.fields)
    for item in sorted(life.person.history, key=lambda item: item.at):
        if isinstance(item, FieldSet):
            if is_known(fields.get(item.field)) and not is_known(item.value):
                return True
            fields[item.field] = item.value
    return False


def _outside(model: Model, life: Life) -> bool:
    """Whether the person is outside the population at some time: asked after all that is told, and each day."""
    head, person = model.header, life.person
    if head.eligible is None and not head.exclude and head.active is None:
        return False
    found: list[bool] = []

    def look(ask: Ask, _: tuple[Change, ...]) -> None:
        found.append(ask.in_population())

    told = {known_at(item, person.created) for item in person.history}
    days = Clock(head.timezone).days(person.created, life.until)
    instants = {person.created, life.until, *told, *days}
    run(model, person, life.until, {at: [look] for at in instants if at <= life.until})
    return not all(found)
