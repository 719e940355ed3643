"""Trigger campaigns that one event fires are one: every active trigger is looked at for every event of its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright_marketo.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_marketo.objects import Campaign, FlowStep

__all__ = ["merged"]

_THIN = {"Wait", "Execute Campaign"}


def merged(campaigns: Iterable[Campaign]) -> tuple[Campaign, ...]:
    """The campaigns, those that only execute others at the same triggers as one, in the place of the first.

    What each executes keeps its own filters and its own memory, so nothing but the number of triggers changes; waits
    have to be alike, since a flow waits once.
    """
    groups: dict[object, list[Campaign]] = {}
    for item in campaigns:
        groups.setdefault(_key(item), []).append(item)
    names = {(item.program, item.name.casefold()) for group in groups.values() for item in group}
    return tuple(_one(group, names) for group in groups.values())


def _key(item: Campaign) -> object:
    """What has to be the same; a campaign of another sort is like none but itself."""
    waits = [step for step in item.flow if step.step == "Wait"]
    first = not waits or item.flow[0].step == "Wait"
    thin = {step.step for step in item.flow} <= _THIN and len(waits) <= 1 and first
    if item.type != "trigger" or not thin or item.qualification != "Every time" or item.schedule:
        return item.qualified_name
    listed = item.smart_list
    return (
        item.program,
        item.folder,
        item.stage,
        frozenset(listed.triggers),
        listed.filters,
        listed.logic,
        *waits,
    )


def _one(group: list[Campaign], names: set[tuple[str, str]]) -> Campaign:
    first = group[0]
    if len(group) == 1:
        return first
    name = f"{first.name} and {len(group) - 1} more"
    fits = len(name) <= (LIMITS["campaign-name"].given or 0) and (first.program, name.casefold()) not in names
    return replace(
        first,
        name=name if fits else first.name,
        elements=_union(item.elements for item in group),
        facts=tuple(sorted(_union(item.facts for item in group))),
        flow=_flow(group),
        why=f"One event may be for {len(group)} things, and each of them asks for itself: one trigger instead of as many.",
        checks=_union(item.checks for item in group),
    )


def _flow(group: list[Campaign]) -> tuple[FlowStep, ...]:
    waits = [step for step in group[0].flow if step.step == "Wait"]
    runs = dict.fromkeys(step for item in group for step in item.flow if step.step != "Wait")
    return (*waits, *runs)


def _union(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for part in parts for text in part))
