"""Objects that go on under another name: what they hold of people must go on with them, and with nothing else.

Names are made of titles, so a new title looks like an object that goes and one that comes; and a name that is free again
looks like an object that stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.migration import objects_of
from scorewright_marketo.migration.tables import (
    CAMPAIGNS,
    calls,
    is_waited_in,
    literal,
    numbers,
    plain,
    remembers,
    waits,
)
from scorewright_marketo.renaming import renamed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.emulation import Gauge
    from scorewright.plugin.migration import Since
    from scorewright_marketo.migration.tables import Key
    from scorewright_marketo.renaming import Rows

__all__ = ["Rename", "Version", "put_aside", "renames", "titled", "under_new_names"]

_BEFORE = "(before)"
_RECORDED = frozenset({"fact-batch", "tier", "input", "migration-earlier-points"})


class Version(NamedTuple):
    """What is to stand there."""

    model: Model
    objects: Sequence[Emitted]
    gauges: Sequence[Gauge]


class Rename(NamedTuple):
    """An object and its name after; ``aside``: another object takes its name, which is ``another`` element's too."""

    kind: str
    old: str
    new: str
    elements: tuple[str, ...]
    aside: bool = False
    another: bool = False


def under_new_names(objects: Sequence[Emitted], found: Iterable[Rename]) -> tuple[Emitted, ...]:
    """The objects as they are called once the renames are carried out.

    What is put aside goes on with the numbers that it had: its tokens may hold others now.
    """
    rows: Rows = {}
    for item in objects:
        about = {"name": item.name, "for": list(item.elements), "lowering": item.lowering}
        rows.setdefault(item.kind, {})[item.name] = {**item.table, **about}
    tokens = numbers(objects)
    for rename in found:
        rows = renamed(rows, rename.kind, rename.old, rename.new)
        if rename.aside and rename.new in rows.get(rename.kind, {}):
            row = rows[rename.kind][rename.new]
            rows[rename.kind][rename.new] = {
                **row,
                "flow": literal(plain(row["flow"]), row["program"], tokens),
            }
    return objects_of({kind: list(held.values()) for kind, held in rows.items()})


def renames(since: Since, now: Version) -> tuple[Rename, ...]:
    """Every rename, in the order in which they are carried out: programs, then what stands in them."""
    found = [*_programs(since.objects, now.objects)]
    there = under_new_names(since.objects, found)
    aside = _aside(there, now.objects)
    found += aside
    there = under_new_names(since.objects, found)
    found += _marks(found, since, now)
    there = under_new_names(since.objects, found)
    waited = {rename.new for rename in aside if not rename.another}
    more = [*_others([item for item in there if item.name not in waited], since.model, now)]
    return _straight((*found, *more), {item.name for item in since.objects})


def _straight(found: Sequence[Rename], there: Collection[str]) -> tuple[Rename, ...]:
    """What is put aside and called otherwise at last is called so at once, if nothing else has had that name.

    Its numbers stand in it as they were until it is edited, for another has its tokens from now on.
    """
    at_last = {rename.old: rename.new for rename in found if rename.new not in there}
    names = {rename.new: at_last[rename.new] for rename in found if rename.another and rename.new in at_last}
    return tuple(
        rename._replace(new=names[rename.new]) if rename.new in names else rename
        for rename in found
        if rename.old not in names
    )


def _programs(old: Iterable[Emitted], new: Iterable[Emitted]) -> Iterator[Rename]:
    there = {item.table.get("product", ""): item for item in old if item.kind == "programs"}
    for item in new:
        before = there.get(item.table.get("product", "")) if item.kind == "programs" else None
        if before is not None and before.name != item.name:
            yield Rename("programs", before.name, item.name, item.elements)


def _aside(old: Sequence[Emitted], new: Sequence[Emitted]) -> list[Rename]:
    """Campaigns whose name another thing has now, and those in which people wait for what is another flow now."""
    wanted = {item.name: item for item in new if item.kind == CAMPAIGNS}
    taken = {item.name.casefold() for item in (*old, *new)}
    tokens = numbers(old), numbers(new)
    pairs = [(item, wanted[item.name]) for item in old if item.kind == CAMPAIGNS and item.name in wanted]
    waited = _waited_in([pair for pair in pairs if _requested(pair[0])], tokens)
    waited |= {
        item.name for item, after in pairs if is_waited_in(item.table) and _waits(item) != _waits(after)
    }
    return [
        Rename(
            CAMPAIGNS,
            item.name,
            _free(item.name, taken),
            item.elements,
            aside=True,
            another=_is_another(item, after),
        )
        for item, after in pairs
        if _is_another(item, after) or item.name in waited
    ]


def _free(name: str, taken: set[str]) -> str:
    """A name for what gives its own up, which is taken from now on."""
    found, number = f"{name} {_BEFORE}", 2
    while found.casefold() in taken:
        found, number = f"{name} {_BEFORE} {number}", number + 1
    taken.add(found.casefold())
    return found


def put_aside(item: Emitted, objects: Iterable[Emitted]) -> Emitted:
    """A campaign under a name that no other has, for another to take its own."""
    taken = {each.name.casefold() for each in objects}
    return under_new_names((item,), (Rename(CAMPAIGNS, item.name, _free(item.name, taken), item.elements),))[
        0
    ]


def _is_another(old: Emitted, new: Emitted) -> bool:
    """Whether a campaign that remembers people has only the name of the new one: it remembers them for something else."""
    return remembers(old.table) and not {*old.elements} & {*new.elements}


def _requested(item: Emitted) -> bool:
    """Whether people wait in it, for long, when something has requested it."""
    return item.table.get("switched_on") == "requested" and waits(item.table)


def _waited_in(
    pairs: Sequence[tuple[Emitted, Emitted]], tokens: tuple[Mapping[Key, str], Mapping[Key, str]]
) -> set[str]:
    """Those of which what people wait for has changed: steps, a number in them, or what they request in the end."""
    found = {old.name for old, new in pairs if _flow(old, tokens[0]) != _flow(new, tokens[1])}
    while True:
        more = {old.name for old, _ in pairs if found & {*_requests(old)}} - found
        if not more:
            return found
        found |= more


def _waits(item: Emitted) -> list[int]:
    """At which steps people wait: they go on with the next one, whatever that is by then."""
    return [number for number, step in enumerate(item.table["flow"]) if step["step"] == "Wait"]


def _flow(item: Emitted, held: Mapping[Key, str]) -> Any:
    return literal(plain(item.table["flow"]), item.table["program"], held)


def _requests(item: Emitted) -> Iterator[str]:
    """The campaigns that its flow requests."""
    for step in item.table["flow"]:
        if step["step"] == "Request Campaign":
            yield from (row["value"] for row in step["fields"] if row["label"] == "Campaign")


def _marks(found: Iterable[Rename], since: Since, now: Version) -> Iterator[Rename]:
    """Lists that a gauge reads under another name than before."""
    there = {gauge.name: gauge.at.get("list") for gauge in since.gauges if gauge.kind in {"mark", "list"}}
    mine = {item.name for item in under_new_names(since.objects, found) if item.kind == "static-lists"}
    wanted = {item.name: item for item in now.objects if item.kind == "static-lists"}
    for gauge in now.gauges:
        was, name = there.get(gauge.name), str(gauge.at.get("list"))
        if was is None or name not in wanted:
            continue
        for rename in found:
            was = rename.new + was[len(rename.old) :] if was.startswith(f"{rename.old}.") else was
        if was != name and was in mine and name not in mine:
            yield Rename("static-lists", was, name, wanted[name].elements)


# --- by titles ------------------------------------------------------------------------------------------------------


def _others(old: Sequence[Emitted], before: Model | None, now: Version) -> Iterator[Rename]:
    """Campaigns that remember people, and lists, whose element has another title now."""
    names = {key(item) for item in now.objects}
    known = {key(item) for item in old}
    left = [item for item in old if key(item) not in names and _holds(item)]
    started = _starters(old), _starters(now.objects)
    for new in now.objects:
        if key(new) in known or not _holds(new):
            continue
        alike = [item for item in left if _sign(item) == _sign(new)]
        by_start = [item for item in alike if started[0].get(item.name) == started[1].get(new.name)]
        found = next((item for item in alike if new.name in titled(item, before, now.model)), None)
        if found is None and len(by_start) == 1 and new.name in started[1]:
            found = by_start[0]
        if found is None and len(alike) == 1 and not _stays(new, old, now.objects):
            found = alike[0]
        if found is not None:
            left.remove(found)
            yield Rename(new.kind, found.name, new.name, new.elements)


def _starters(objects: Iterable[Emitted]) -> dict[str, list[Any]]:
    """By what is executed: the triggers of the campaigns that do it, which tell the assets of one rule apart."""
    found: dict[str, list[Any]] = {}
    for item in objects:
        if item.kind == CAMPAIGNS and item.table["type"] == "trigger":
            for name in calls(item.table):
                found.setdefault(name, []).extend(plain(item.table["smart_list"]["triggers"]))
    return found


def key(item: Emitted) -> Key:
    """Kind and name."""
    return item.kind, item.name


def _holds(item: Emitted) -> bool:
    """Whether something of people goes on with it: who is or waits in it, has been through, or what it has recorded."""
    if item.kind != CAMPAIGNS:
        return item.kind == "static-lists"
    return remembers(item.table) or item.lowering in _RECORDED or is_waited_in(item.table)


def _sign(item: Emitted) -> tuple[object, ...]:
    table = item.table
    records = item.lowering in _RECORDED
    return item.kind, item.elements, table.get("program"), table.get("folder"), table.get("type"), records


def _stays(new: Emitted, old: Iterable[Emitted], objects: Iterable[Emitted]) -> bool:
    """Whether another of the same sort keeps its name: then they are told apart by more than a title."""
    there = {key(item) for item in old}
    return any(_sign(item) == _sign(new) and key(item) in there for item in objects)


def titled(item: Emitted, before: Model | None, now: Model) -> Iterator[str]:
    """What an object of the version before is called by the titles of now."""
    if before is None:
        return
    new = {element.name: element.title for element in now.elements()}
    for element in before.elements():
        title = new.get(element.name)
        if element.name in item.elements and title is not None and title != element.title:
            yield item.name.replace(element.title, title)
