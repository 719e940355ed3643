"""What the model itself does to people, and triggers and filters take for the person's own doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import AddToCampaign, SetField, SetLifecycle, Snapshot, Stamp
from scorewright_marketo.lower.bounds import by_event, is_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.actions import Action
    from scorewright.model.elements import Model
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder

__all__ = ["say_own", "written"]


def say_own(b: Builder, event: Event) -> None:
    """One note for an event that an action of the model brings about: no constraint tells who did it."""
    key = ("own doing", b.element.name if b.element is not None else "", b.product, event)
    if key in b.memo:
        return
    if event.verb == "joins" and _adds(b, event):
        b.memo[key] = True
        b.bounded(
            "own-action-joins",
            "The model itself adds people to the campaign, and nothing tells that from their joining.",
            "it counts once more each time that an action of the model adds somebody; join in another campaign than the "
            "actions use",
            path=event.path,
            bounds=by_event(b, event),
        )
    if event.verb == "changes" and written(b.model) & {*event.objects}:
        b.memo[key] = True
        b.bounded(
            "own-action-changes",
            "The model itself writes the field, and nothing tells that from any other change.",
            "it counts once more each time that the model changes the value; let it write a field of its own",
            path=event.path,
            bounds=by_event(b, event),
        )


def _adds(b: Builder, event: Event) -> bool:
    added = {action.campaign for action in _actions(b.model) if isinstance(action, AddToCampaign)}
    return bool(added & {*event.objects}) or (bool(added) and is_open(b, event))


def written(model: Model) -> set[str]:
    """The fields that actions and bands of the model write."""
    found = {band.field for band in model.bands.values() if band.field is not None}
    for action in _actions(model):
        if isinstance(action, (SetField, Stamp, Snapshot)):
            found.add(action.field)
        elif isinstance(action, SetLifecycle) and model.lifecycle.field is not None:
            found.add(model.lifecycle.field)
    return found


def _actions(model: Model) -> Iterator[Action]:
    for table in (model.rules, model.decay, model.thresholds):
        for item in table.values():
            yield from item.then
