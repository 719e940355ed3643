"""What an event leaves out again of the assets that it names: whole assets are taken out of it before anything is lowered.

What then still lies within a wider pattern is taken back where it is paid each time; nothing else leaves it out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from scorewright.model import conditions as con
from scorewright_pardot.lower.overlaps import holds, meets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Decay, Grade, Model, Rule, Segment, Threshold, Tier
    from scorewright.model.events import Event
    from scorewright_pardot.lower.overlaps import Place

__all__ = ["excepted", "places_of"]

_Asks = TypeVar("_Asks", "Segment", "Rule", "Decay", "Threshold")


def excepted(model: Model) -> Model:
    """The same model, where nothing that happens names an asset that it leaves out, nor leaves out what it could never be."""
    found = _Excepted(model)
    return replace(
        model,
        segments={key: found.of(item) for key, item in model.segments.items()},
        rules={key: found.of(item) for key, item in model.rules.items()},
        tiers={key: found.of_cases(item) for key, item in model.tiers.items()},
        decay={key: found.of(item) for key, item in model.decay.items()},
        grades={key: found.of_criteria(item) for key, item in model.grades.items()},
        thresholds={key: found.of(item) for key, item in model.thresholds.items()},
    )


class _Excepted:
    """Elements with their events and conditions; one in which nothing changes is given back as it is."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def of(self, element: _Asks) -> _Asks:
        """An element of events, conditions, or both."""
        changed: dict[str, Any] = {}
        for name in ("on", "or_on"):
            events = getattr(element, name, ())
            if any(event.excluding for event in events):
                changed[name] = tuple(_without(self.model, event) for event in events)
        for name in ("when", "unless"):
            before = getattr(element, name, None)
            if (after := self.condition(before)) is not before:
                changed[name] = after
        return replace(element, **changed) if changed else element

    def of_cases(self, tier: Tier) -> Tier:
        """A tier."""
        cases = tuple(
            case if (when := self.condition(case.when)) is case.when else case._replace(when=when)
            for case in tier.cases
        )
        return tier if cases == tier.cases else replace(tier, cases=cases)

    def of_criteria(self, grade: Grade) -> Grade:
        """A grade."""
        criteria = tuple(
            item
            if (when := self.condition(item.when)) is item.when or when is None
            else item._replace(when=when)
            for item in grade.criteria
        )
        return grade if criteria == grade.criteria else replace(grade, criteria=criteria)

    def condition(self, condition: con.Condition | None) -> con.Condition | None:
        """A condition."""
        if not any(isinstance(item, con.Happened) and item.event.excluding for item in con.walk(condition)):
            return condition
        match condition:
            case con.All(members) | con.AnyOf(members):
                inner = tuple(found for item in members if (found := self.condition(item)) is not None)
                return replace(condition, members=inner)
            case con.Not(member):
                return replace(condition, member=self.condition(member) or member)
            case con.Happened(event):
                return replace(condition, event=_without(self.model, event))
            case _:
                return condition


def places_of(model: Model, keys: Iterable[str]) -> tuple[Place, ...]:
    """Every page or asset that assets name, each by each of its names."""
    assets = (model.assets[key] for key in keys if key in model.assets)
    return tuple(
        (asset.kinds[0], name, asset.match)
        for asset in assets
        if not asset.builtin and asset.kinds
        for name in asset.texts_on("pardot")
    )


def _without(model: Model, event: Event) -> Event:
    if any(key not in model.assets or model.assets[key].builtin for key in event.objects):
        return event
    if not event.excluding:
        return event
    out = places_of(model, event.excluding)
    objects = tuple(
        key
        for key in event.objects
        if not all(any(holds(wide, place) for wide in out) for place in places_of(model, (key,)))
    )
    if not objects:
        return event  # nothing is left of it: refused where it is lowered
    named = places_of(model, objects)
    excluding = tuple(
        key
        for key in event.excluding
        if any(meets(place, one) for place in named for one in places_of(model, (key,)))
    )
    return replace(event, objects=objects, excluding=excluding)
