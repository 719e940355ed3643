"""Trigger campaigns that one event fires are one: every active trigger is looked at for every event of its kind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.audit.plant import Plant, asks
from scorewright_marketo.limits import LIMITS
from scorewright_marketo.lower.context import EVERY_TIME
from scorewright_marketo.lower.waits import in_minutes, what_is_left
from scorewright_marketo.objects import DO_NOTHING, Choice, SmartList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright_marketo.objects import Campaign, Clause, FlowStep, Lowered, Token

__all__ = ["dates", "disturbs", "event_of", "listens", "merged", "unit"]

_NEW = "New Score"
_OPEN = "open"


def merged(lowered: Lowered, model: Model) -> Lowered:
    """The bundle with as few trigger campaigns as can be, each in the place of the first that it stands for.

    What one event fires is one campaign: its filters let in whom any of them lets in, a choice holds back what is not for
    a person, and what waits longer waits on.  What is executed keeps its own filters and memory, so nothing but the number
    of triggers changes.
    """
    groups = _groups(lowered, model)
    taken = {(item.program, item.name.casefold()) for item in lowered.campaigns}
    campaigns = tuple(group[0] if len(group) == 1 else _one(group, taken) for group in groups)
    names = {
        (item.program, item.name): one.name
        for one, group in zip(campaigns, groups, strict=True)
        for item in group
    }
    tokens = tuple(_renamed(token, names) for token in lowered.tokens)
    return replace(lowered, campaigns=campaigns, tokens=tokens)


def listens(item: Campaign) -> bool:
    """Whether it is looked at for events; what is requested by name is not."""
    return item.type == "trigger" and item.stage != "requested"


def event_of(item: Campaign) -> frozenset[Clause]:
    """What it starts at; of one that asks again, how far a score must have come is no part of it."""
    return frozenset(_event(item, clause) for clause in item.smart_list.triggers)


def _event(item: Campaign, clause: Clause) -> Clause:
    if not item.asks_again:
        return clause
    found = tuple(one._replace(values=()) if one.name == _NEW else one for one in clause.constraints)
    return clause._replace(constraints=found)


# --- which go together ----------------------------------------------------------------------------------------------


class _Home(NamedTuple):
    """Where a campaign can stand: whom it lets in, unless that can be any, and in which unit it waits."""

    who: object
    unit: str


def _groups(lowered: Lowered, model: Model) -> list[list[Campaign]]:
    """The campaigns of each, in the order of the first ones."""
    rooms: dict[object, list[Campaign]] = {}
    for item in lowered.campaigns:
        free = listens(item) and item.qualification == EVERY_TIME and _waits_first(item)
        key = (item.program, item.stage, dates(item, model), event_of(item)) if free else item.qualified_name
        rooms.setdefault(key, []).append(item)
    plant = Plant(lowered)
    found = [group for room in rooms.values() for group in _homes(room, plant)]
    places = {id(item): place for place, item in enumerate(lowered.campaigns)}
    return sorted(found, key=lambda group: places[id(group[0])])


def dates(item: Campaign, model: Model) -> frozenset[object]:
    """Between which days a person has it switched on."""
    return frozenset(
        rule.active for rule in model.rules.values() if rule.active and rule.name in item.elements
    )


def _waits_first(item: Campaign) -> bool:
    """Whether it waits once at most, before anything else: what comes after is at one time."""
    return not any(step.step == "Wait" for step in item.flow[1:])


def _homes(room: list[Campaign], plant: Plant) -> list[list[Campaign]]:
    """As few groups as can be: whoever can let in anybody is together, and others with those who let in the same."""
    if len(room) == 1 or disturbs(room, plant):
        return [[item] for item in room]
    held = {_Home(_who(item), unit(item)) for item in room if not _pliable(item)}
    firm = {home.who for home in held}
    crowd = {unit(item) for item in room if _pliable(item) and _who(item) not in firm}
    homes: dict[_Home, list[Campaign]] = {}
    for item in room:
        stays = not _pliable(item) or (_who(item) in firm and unit(item) not in crowd)
        homes.setdefault(_Home(_who(item) if stays else _OPEN, unit(item)), []).append(item)
    for home in [home for home in homes if not home.unit]:  # what does not wait can stand before any wait
        beside = next((other for other in homes if other.who == home.who and other.unit), None)
        if beside is not None:
            homes[beside] = [item for item in room if item in (*homes[home], *homes[beside])]
            del homes[home]
    return list(homes.values())


def disturbs(room: list[Campaign], plant: Plant) -> bool:
    """Whether one writes what another's filter reads: one after the other, it would read what has just been written."""
    firm = [item for item in room if asks(item) and not item.asks_again]
    return any(
        plant.reads(item.smart_list.filters) & plant.writes(other.flow)
        for item in firm
        for other in room
        if other is not item
    )


def _who(item: Campaign) -> object:
    """Whom it lets in; ``_OPEN``: everybody."""
    if not asks(item):
        return _OPEN
    listed = item.smart_list
    single = listed.logic in {"ALL", "ANY"}
    return (frozenset(listed.filters) if single else listed.filters, _logic(listed))


def _logic(listed: SmartList) -> str:
    return listed.logic if len(listed.filters) > 1 else "ALL"


def _pliable(item: Campaign) -> bool:
    """Whether it may let in others too, who are held back later: by what is executed, or at once by choices."""
    if not asks(item) or item.asks_again:
        return True
    plain = all(step.step == "Execute Campaign" and not step.choices for step in item.flow)
    return plain and (len(item.smart_list.filters) == 1 or item.smart_list.logic == "ANY")


def unit(item: Campaign) -> str:
    """In what it waits: whole days and minutes are two measures, and neither is a number of the other."""
    wait = _wait(item)
    return "" if not wait else "days" if wait.partition(" ")[2][:3] in {"day", "wee"} else "minutes"


def _wait(item: Campaign) -> str:
    return next((dict(step.fields)["Duration"] for step in item.flow if step.step == "Wait"), "")


# --- the one --------------------------------------------------------------------------------------------------------


def _one(group: list[Campaign], taken: set[tuple[str, str]]) -> Campaign:
    first = group[0]
    name = f"{first.name} and {len(group) - 1} more"
    fits = len(name) <= (LIMITS["campaign-name"].given or 0) and (first.program, name.casefold()) not in taken
    listed = _smart_list(group)
    return replace(
        first,
        name=name if fits else first.name,
        elements=_union(item.elements for item in group),
        facts=tuple(sorted({*_union(item.facts for item in group), *_choosing(group, listed)})),
        smart_list=listed,
        flow=tuple(_flow(group, listed)),
        why=f"One event may be for {len(group)} things, and each of them asks for itself: one trigger instead of as many.",
        checks=_union(item.checks for item in group),
        asks_again=all(item.asks_again for item in group),
    )


def _choosing(group: list[Campaign], listed: SmartList) -> tuple[str, ...]:
    return ("choices",) if any(_chooses(item, listed) for item in group) else ()


def _chooses(item: Campaign, listed: SmartList) -> bool:
    """Whether the common filters let in somebody who is not meant by one that asks at its beginning alone."""
    return asks(item) and not item.asks_again and item.smart_list.filters != listed.filters


def _flow(group: list[Campaign], listed: SmartList) -> Iterator[FlowStep]:
    """Each after its own wait, as far as the ones before have not waited already."""
    waited = 0
    for item in sorted(group, key=lambda item: in_minutes(_wait(item))):
        for step in item.flow:
            if step.step == "Wait":
                whole = _wait(item)
                if in_minutes(whole) > waited:
                    yield step._replace(fields=(("Duration", what_is_left(whole, waited)),))
                waited = in_minutes(whole)
            elif _chooses(item, listed):
                yield _held_back(step, item.smart_list.filters)
            else:
                yield step


def _held_back(step: FlowStep, unless: Iterable[Clause]) -> FlowStep:
    """It executes for whom one of these holds, and does nothing for anybody else."""
    called = dict(step.fields)["Campaign"]
    fields = tuple((label, DO_NOTHING if label == "Campaign" else value) for label, value in step.fields)
    choices = tuple(Choice(clause, called) for clause in unless)
    return step._replace(fields=fields, varies="Campaign", choices=choices)


def _smart_list(group: list[Campaign]) -> SmartList:
    """Whom any of them lets in, at what any of them starts at."""
    triggers = tuple(_widest(group))
    lists = [item.smart_list for item in group]
    if len({_who(item) for item in group}) == 1:
        return lists[0]._replace(triggers=triggers)
    if not all(map(asks, group)):
        return SmartList(triggers)
    numbers: dict[Clause, int] = {}
    for listed in lists:
        for clause in listed.filters:
            numbers.setdefault(clause, len(numbers) + 1)
    parts = dict.fromkeys(_said(listed, numbers) for listed in lists)
    plain = all(_logic(listed) == "ANY" or len(listed.filters) == 1 for listed in lists)
    logic = "ANY" if plain else " or ".join(part if part.isdigit() else f"({part})" for part in parts)
    return SmartList(triggers, tuple(numbers), logic)


def _said(listed: SmartList, numbers: dict[Clause, int]) -> str:
    """A list's logic by the numbers that its filters have among those of all."""
    if listed.logic in {"ALL", "ANY"}:
        word = " and " if listed.logic == "ALL" else " or "
        return word.join(str(numbers[clause]) for clause in listed.filters)
    return re.sub(r"\d+", lambda found: str(numbers[listed.filters[int(found[0]) - 1]]), listed.logic)


def _widest(group: Sequence[Campaign]) -> Iterator[Clause]:
    """The triggers of all; where they differ in how far a score must have come, the nearest counts."""
    found: dict[Clause, list[Clause]] = {}
    for item in group:
        for clause in item.smart_list.triggers:
            found.setdefault(_event(item, clause), []).append(clause)
    for clauses in found.values():
        bounds = {_bound(clause): clause for clause in clauses}
        least = any(one.operator == "at least" for clause in clauses for one in clause.constraints)
        yield bounds[min(bounds) if least else max(bounds)]


def _bound(clause: Clause) -> int:
    return next((int(one.values[0]) for one in clause.constraints if one.name == _NEW), 0)


def _renamed(token: Token, names: dict[tuple[str, str], str]) -> Token:
    coupled, inverse = (
        tuple(dict.fromkeys(names.get((token.program, name), name) for name in found))
        for found in (token.coupled, token.inverse)
    )
    return replace(token, coupled=coupled, inverse=inverse)


def _union(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for part in parts for text in part))
