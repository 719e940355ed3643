"""What would save triggers and fields, and how many: each way out is tried on the model, and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model.elements import Limit, Schedule
from scorewright.plugin.notes import Result
from scorewright_marketo.lower import lower
from scorewright_marketo.lower.merging import listens
from scorewright_marketo.options import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from scorewright.plugin.target import Request
    from scorewright_marketo.objects import Lowered

__all__ = ["Counts", "Saving", "counts", "savings"]

_NAMED = 3
"""So many elements are named, and the others counted."""


class Counts(NamedTuple):
    """What is dear: campaigns that are looked at for events, fields that stay for good, and of these those that count."""

    triggers: int
    fields: int
    counters: int


class Saving(NamedTuple):
    """A way out as a spec writes it, and what it saves of each."""

    words: str
    saved: Counts


class _Way(NamedTuple):
    words: str
    request: Request


def counts(lowered: Lowered) -> Counts:
    """How much of what is dear a bundle has."""
    own = [field for field in lowered.fields if not field.standard]
    triggers = sum(listens(item) for item in lowered.campaigns)
    return Counts(triggers, len(own), sum(field.counts for field in own))


def savings(request: Request, lowered: Lowered) -> tuple[Saving, ...]:
    """The ways out that save something without losing an element."""
    used, refused = counts(lowered), _refused(lowered)
    found = []
    for make in _WAYS:
        for way in make(request):
            other = lower(way.request.model, read(way.request.options), way.request.facts)
            saved = Counts(*(mine - its for mine, its in zip(used, counts(other), strict=True)))
            if max(saved) > 0 and _refused(other) <= refused:
                found.append(Saving(way.words, saved))
    return tuple(found)


def _refused(lowered: Lowered) -> set[tuple[str, str | None]]:
    return {(note.element, note.product) for note in lowered.notes if note.result is Result.REFUSED}


# --- ways out -------------------------------------------------------------------------------------------------------


def _changed(request: Request, table: str, words: str, change: Callable[[Any], Any]) -> Iterator[_Way]:
    """A way that changes elements of one table: all that it can be said of, in one way."""
    before: Mapping[str, Any] = getattr(request.model, table)
    after = {key: change(item) for key, item in before.items()}
    names = dict.fromkeys(item.name for key, item in before.items() if after[key] is not item)
    if names:
        changed: dict[str, Any] = {table: after}
        yield _Way(words.format(_listed(names)), replace(request, model=replace(request.model, **changed)))


def _keep(request: Request) -> Iterator[_Way]:
    """Points of facts that stay need no record of what has been given."""

    def change(rule: Any) -> Any:
        return replace(rule, keep=True) if rule.when is not None and not rule.on and not rule.keep else rule

    yield from _changed(request, "rules", "keep = true where points may stay for good ({})", change)


def _once(request: Request) -> Iterator[_Way]:
    """Marketo remembers by itself whom it has let through; how often takes a field."""
    once = Limit("times", 1)

    def change(rule: Any) -> Any:
        return replace(rule, limit=once) if rule.limit is not None and _is_counted(rule.limit) else rule

    yield from _changed(request, "rules", "limit = {{ times = 1 }} where once is enough ({})", change)


def _is_counted(limit: Limit) -> bool:
    """Whether it is more than Marketo's own memory knows, which is once, and once in a window that rolls by hours."""
    rolls = limit.per is None or (limit.per.rolling is not None and limit.per.rolling.seconds % 3_600 == 0)
    return not (limit.kind == "times" and limit.count == 1 and rolls)


def _assets(request: Request) -> Iterator[_Way]:
    """What counts each asset apart has a trigger, and a count, for each."""

    def change(rule: Any) -> Any:
        apart = rule.limit is not None and rule.limit.by_asset
        return replace(rule, limit=replace(rule.limit, by_asset=False)) if apart else rule

    yield from _changed(request, "rules", 'leave out each = "asset" of {}', change)


def _bands(request: Request) -> Iterator[_Way]:
    """A band that nobody reads on the record needs no field and no trigger that keeps it."""

    def change(band: Any) -> Any:
        return replace(band, field=None) if band.field is not None else band

    words = "leave out the field of {}: conditions ask the score itself"
    yield from _changed(request, "bands", words, change)


def _starts(request: Request) -> Iterator[_Way]:
    """A score that begins at 0 is there without anybody giving it."""

    def change(score: Any) -> Any:
        return replace(score, start=None) if score.start is not None and score.start.value else score

    yield from _changed(request, "scores", "leave out the start of {}", change)


def _own_activity(request: Request) -> Iterator[_Way]:
    """Decays that go by one kind of silence share its date and the trigger that writes it."""
    common = request.model.header.counts_as_activity

    def change(decay: Any) -> Any:
        own = decay.own_activity and common
        return replace(decay, activity=common, own_activity=False) if own else decay

    yield from _changed(request, "decay", "leave out counts_as_activity of {}: the model's counts", change)


def _scheduled(request: Request) -> Iterator[_Way]:
    """What is looked at by the clock is noticed by a batch, and no trigger listens for it."""
    known = next(iter(request.model.schedules), None)
    daily = Schedule(
        id="daily",
        title="daily",
        path=("schedules", "daily"),
        at=("08:00",),
        days=(),
        timezone=None,
        zones=(),
    )
    schedules = request.model.schedules if known else {"daily": daily}
    told = replace(request, model=replace(request.model, schedules=schedules))

    def change(item: Any) -> Any:
        return replace(item, schedule=known or "daily") if item.schedule is None else item

    made = "" if known else ', with [schedules.daily] at = ["08:00"]'
    words = f'schedule = "{known or "daily"}" where hours may pass ({{}}){made}'
    yield from _changed(told, "thresholds", words, change)


def _dates(request: Request) -> Iterator[_Way]:
    """An account is one field, whatever the limit; what empties it waits in a campaign that is requested."""
    if read(request.options).most_dates > 1:
        yield _Way(
            "most_dates = 1 in [targets.marketo]",
            replace(request, options={**request.options, "most_dates": 1}),
        )


def _listed(names: Iterable[str]) -> str:
    names = tuple(names)
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


_WAYS: tuple[Callable[[Request], Iterator[_Way]], ...] = (
    _keep,
    _once,
    _assets,
    _bands,
    _starts,
    _own_activity,
    _scheduled,
    _dates,
)
"""Every way out that can be tried; what is lost by it is for the person who chooses."""
