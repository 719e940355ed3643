"""Compiles both versions for each target, and says what is not the same on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.compiling.run import build
from scorewright.diff.platforms.values import Grave, Object, Platform, Said, Step, Used
from scorewright.plugin.migration import Since
from scorewright.plugin.notes import Result
from scorewright.plugin.reach import Reaches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.compiling.values import Built
    from scorewright.diff.side import Side
    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Migration
    from scorewright.plugin.notes import Note
    from scorewright.plugin.target import Target

__all__ = ["on_platforms"]


def on_platforms(
    old: Side, new: Side, targets: Iterable[str], instance: str | None = None
) -> tuple[Platform, ...]:
    """What changes on each target.  The new side must have a model; without an old one everything is new."""
    return tuple(_on(old, new, target, instance) for target in targets)


def _on(old: Side, new: Side, target: str, instance: str | None) -> Platform:
    assert new.model is not None
    after, found = build(target, new.model, new.project, None, instance)
    refused = tuple(dict.fromkeys(each.message for each in found if each.rule.severity == "error"))
    if after is None or refused:
        return Platform(target=target, refused=refused)
    before = None
    if old.model is not None:
        before, _ = build(target, old.model, old.project, None, instance)
    return _compared(target, before, after, _way(before, old, new, target, instance))


def _way(before: Built | None, old: Side, new: Side, target: str, instance: str | None) -> Migration | None:
    """The way from the old version to the new one, where the target knows it and there is an old one."""
    if before is None or new.model is None:
        return None
    bundle = before.bundle
    since = Since(target, old.label, bundle.objects, bundle.gauges, before.model)
    built, _ = build(target, new.model, new.project, None, instance, since)
    return None if built is None else built.migration


def _compared(target: str, before: Built | None, after: Built, way: Migration | None) -> Platform:
    old, new = (_objects(built) for built in (before, after))
    moves = way.moves if way is not None else ()
    said = tuple(dict.fromkeys((*_said(_notes_of(after)), *_said(way.notes if way is not None else ()))))
    known = tuple(dict.fromkeys(_said(_notes_of(before))))
    return Platform(
        target=target,
        created=tuple(key for key in new if key not in old),
        changed=tuple(key for key, item in new.items() if key in old and old[key].table != item.table),
        retired=tuple(key for key in old if key not in new),
        by_api=after.target.api_kinds if isinstance(after.target, Reaches) else frozenset(),
        graves=tuple(_graves(after.target, old, new)),
        come=tuple(note for note in said if note not in set(known)),
        gone=tuple(note for note in known if note not in set(said)),
        used=tuple(_used(before, after)),
        minutes=_minutes(before, after) if way is None else way.minutes,
        hours=sum(move.hours for move in moves),
        steps=tuple(
            Step(move.act, move.kind, move.name, move.task.title, move.task.minutes, move.hours)
            for move in moves
        ),
    )


def _graves(target: Target, old: Mapping[Object, Emitted], new: Mapping[Object, Emitted]) -> Iterator[Grave]:
    """What the target says of each object that is not as it was; of a first version it is the plan that tells."""
    if not isinstance(target, Reaches) or not old:
        return
    for key in dict.fromkeys((*new, *old)):
        before, after = (found[key].table if key in found else None for found in (old, new))
        words = target.grave(key.kind, before, after) if before != after else ""
        if words:
            yield Grave(key.kind, key.name, words)


def _notes_of(built: Built | None) -> tuple[Note, ...]:
    return () if built is None else built.bundle.notes


def _said(notes: Iterable[Note]) -> Iterator[Said]:
    """The notes that tell of a difference, of hand work or of what cannot be done."""
    for note in notes:
        if note.result is not Result.EXACT:
            yield Said(note.result.value, note.name, note.element, note.bound or note.message)


def _objects(built: Built | None) -> dict[Object, Emitted]:
    return {} if built is None else {Object(item.kind, item.name): item for item in built.bundle.objects}


def _used(before: Built | None, after: Built) -> Iterator[Used]:
    """What is used of each limited resource, where that is not the same."""
    old = {} if before is None else {quota.name: quota.used for quota in before.bundle.quotas}
    for quota in after.bundle.quotas:
        if quota.used != old.get(quota.name, 0):
            yield Used(quota.name, old.get(quota.name, 0), quota.used, quota.given)


def _minutes(before: Built | None, after: Built) -> float:
    """Those of everything that is to be done otherwise now."""
    known = set() if before is None else set(_tasks(before.bundle))
    return sum(task[1] for task in _tasks(after.bundle) if task not in known)


def _tasks(bundle: Bundle) -> Iterator[tuple[str, float, str]]:
    for section in bundle.sheet.sections:
        for task in section.tasks:
            yield task.id, task.minutes, repr(task.steps)
