"""What a change needs beside edits: what rests, what is filled in, what is re-rolled, what waits, what is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_marketo.migration.compare import KEPT, Pair, compare, key_of
from scorewright_marketo.migration.copies import copied, copying, parted, under_new_labels
from scorewright_marketo.migration.counters import filled_counters, filled_scores
from scorewright_marketo.migration.drains import KEPT_FACT, drains, is_standing
from scorewright_marketo.migration.pairing import put_aside, under_new_names
from scorewright_marketo.migration.quarantine import quarantine
from scorewright_marketo.migration.tables import (
    CAMPAIGNS,
    FIELDS,
    calls,
    is_made_anew,
    is_waited_in,
    plain,
    relabelled,
    remembers,
    strings,
    waits,
)
from scorewright_marketo.migration.watch import crossed_by, is_watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Since
    from scorewright_marketo.migration.compare import Difference
    from scorewright_marketo.migration.drains import Drain
    from scorewright_marketo.migration.pairing import Version
    from scorewright_marketo.migration.quarantine import Quarantine

__all__ = ["RETIRED", "WAITED", "Anew", "People", "Plan", "plan_of"]

RETIRED = f"{KEPT}retired"
"""The lowering of what is switched off and kept: who has been through stays a member."""
WAITED = f"{KEPT}waited-in"
"""The lowering of what stays active until whoever waits in it has left."""

_PLAIN_AWARDS = {
    "award",
    "award-after-wait",
    "award-after-count",
    "threshold",
    "decay-steps",
    "decay-batch",
    "decay-every",
}
"""Lowerings whose change moves no score by itself."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of one change, as the order lays them out.

    ``meant`` is the difference once fields that are called otherwise are copied: the rest goes by it.  ``carried`` are
    campaigns of earlier versions that go on, and write into the new fields.  ``anew`` are campaigns that no edit makes into
    what they are now, each as it was, as it is called while both are there, and as it is.
    """

    meant: Difference
    copies: tuple[Emitted, ...]
    carried: tuple[Pair, ...]
    resting: tuple[Emitted, ...]
    renamed: tuple[tuple[Emitted, Emitted, bool], ...]
    anew: Mapping[str, Anew]
    off: tuple[Emitted, ...]
    retired: Mapping[str, Emitted]
    fills: tuple[tuple[Emitted, str], ...]
    starts: tuple[Emitted, ...]
    drained: tuple[Drain, ...]
    nightly: bool
    begins: tuple[Emitted, ...]
    watched: tuple[tuple[str, str], ...]
    awakened: tuple[Emitted, ...]
    deleted: tuple[Emitted, ...]
    kept: tuple[Emitted, ...]
    quarantine: Quarantine


class Anew(NamedTuple):
    """A campaign that is made anew: as it was, as it is called then, and the new one."""

    old: Emitted
    aside: Emitted
    new: Emitted


class People(NamedTuple):
    """Whom the model scores, as a smart list; and when batches run for who is outside (``""``: nobody is)."""

    guard: Mapping[str, Any]
    night: str


def plan_of(bundle: Bundle, since: Since, now: Version, people: People) -> tuple[Difference, Plan]:
    """What differs, and everything that the change needs."""
    difference = compare(since, now)
    labels = copied(since, now)
    then = replace(since, objects=under_new_labels(since.objects, labels))
    meant = compare(then, now) if labels else difference
    campaigns = [item for item in (*bundle.objects, *since.objects) if item.kind == CAMPAIGNS]
    pairs = [*labels.items(), *((old, new) for new, old in parted(since, now).items())]
    copies = (
        (copying(pairs, campaigns[0]),) if pairs and campaigns else ()
    )  # without any, fields hold nothing
    drained = drains(then.objects, meant, *people)
    left = _kept(difference, [drain.campaign for drain in drained if drain.stays], now)
    carried = (*_shortened(difference, left), *_carried(left, labels))
    after = {key_of(pair.new): pair.new for pair in carried if pair.new.lowering.startswith(KEPT)}
    left = tuple(after.get(key_of(item), item) for item in left)
    kept = (*left, *(drain.campaign for drain in drained if drain.stays))
    starts = tuple(_starts(bundle, meant))
    stirs = bool(drained or starts) or _stirs(difference)
    watched = _watched(bundle, difference, stirs=stirs)
    resting = [item for item in _live(since) if _rests(item, difference, watched)]
    stays = {key_of(item) for item in kept}
    off = tuple(item for item in difference.goes(CAMPAIGNS) if _is_on(item) and item.lowering != WAITED)
    resting_now = {item.name for item in _after(difference, resting)}
    return difference, Plan(
        meant=meant,
        copies=copies,
        carried=carried,
        resting=tuple(resting),
        renamed=tuple(_renamed(since, difference)),
        anew={
            pair.new.name: Anew(pair.old, put_aside(pair.old, (*since.objects, *bundle.objects)), pair.new)
            for pair in meant.edits(CAMPAIGNS)
            if is_made_anew(pair.old.table, pair.new.table)
        },
        off=tuple(item for item in off if not is_watch(item) and item.name not in _waited(kept)),
        retired={item.name: item for item in kept if (item.kind, item.lowering) == (CAMPAIGNS, RETIRED)},
        fills=(*filled_counters(meant), *filled_scores(meant, starts)),
        starts=starts,
        drained=drained,
        nightly=stirs and _by_night(bundle, difference),
        begins=tuple(
            item
            for item in difference.comes(CAMPAIGNS)
            if item.table.get("switched_on") == "threshold-start" and _is_new(item, difference)
        ),
        watched=watched,
        awakened=tuple(
            item
            for item in bundle.objects
            if is_watch(item) and (item.name in resting_now or item in difference.added)
        ),
        deleted=tuple(item for item in _outer_first(difference.removed) if key_of(item) not in stays),
        kept=kept,
        quarantine=quarantine(meant),
    )


def _waited(kept: Iterable[Emitted]) -> set[str]:
    return {item.name for item in kept if item.lowering == WAITED}


# --- what rests -----------------------------------------------------------------------------------------------------


def _live(since: Since) -> Iterator[Emitted]:
    yield from (item for item in since.objects if item.kind == CAMPAIGNS and _is_on(item))


def _is_on(item: Emitted) -> bool:
    return item.table.get("switched_on", "") not in {"", "start", "threshold-start"}


def _stirs(difference: Difference) -> bool:
    """Whether the change itself can move a score, a list or a field that a threshold reads."""
    changed = [*(pair.new for pair in difference.changed), *difference.added, *difference.removed]
    return any(
        item.kind in {"smart-lists", "score-fields"}
        or (item.kind == CAMPAIGNS and item.lowering not in _PLAIN_AWARDS)
        for item in changed
    )


def _watched(bundle: Bundle, difference: Difference, *, stirs: bool) -> tuple[tuple[str, str], ...]:
    """The thresholds, each with its program, whose lists have to be looked at anew: old ones, in this version."""
    there = {pair.new.name for pair in difference.pairs}
    edited = {pair.new.name for pair in difference.edits(CAMPAIGNS)}
    found: dict[tuple[str, str], None] = {}
    for item in bundle.objects:
        if (
            item.kind == CAMPAIGNS
            and item.name in there
            and crossed_by(item)
            and (stirs or item.name in edited)
        ):
            found[item.elements[0], item.table["program"]] = None
    return tuple(found)


def _rests(item: Emitted, difference: Difference, watched: Sequence[tuple[str, str]]) -> bool:
    """Whether a campaign of a threshold is paused first: one that is looked at anew, or that changes, or goes."""
    if not is_watch(item):
        return False
    elements = {element for element, _ in watched}
    touched = {
        name for pair in difference.edits(CAMPAIGNS) for name in pair.old.elements if is_watch(pair.old)
    }
    touched |= {name for gone in difference.goes(CAMPAIGNS) for name in gone.elements if is_watch(gone)}
    return bool({*item.elements} & (elements | touched))


def _after(difference: Difference, items: Sequence[Emitted]) -> tuple[Emitted, ...]:
    return under_new_names(items, difference.renames)


def _renamed(since: Since, difference: Difference) -> Iterator[tuple[Emitted, Emitted, bool]]:
    """Each object before and after its renames, as they come one after another."""
    there = tuple(since.objects)
    for rename in difference.renames:
        then = under_new_names(there, (rename,))
        before = next(item for item in there if key_of(item) == (rename.kind, rename.old))
        after = next(item for item in then if key_of(item) == (rename.kind, rename.new))
        yield before, after, rename.aside
        there = then


# --- what is filled in ----------------------------------------------------------------------------------------------


def _starts(bundle: Bundle, difference: Difference) -> Iterator[Emitted]:
    """Batches of the start that are to be run again: what they fill is new, or another."""
    fresh = {item.name for item in difference.comes(*FIELDS)}
    touched = _touched(difference)
    campaigns = {item.name: item for item in bundle.objects if item.kind == CAMPAIGNS}
    rows = [
        item
        for item in campaigns.values()
        if item.table.get("switched_on") == "start" and _reaches(item, touched, campaigns)
    ]
    for item in sorted(rows, key=lambda item: str(item.table["folder"])):
        written = set(_written(item, campaigns))
        once = "{{system.dateTime}}" in written or any(
            campaigns[name].table["qualification"] == "Only once"
            for name in calls(item.table)
            if name in campaigns
        )
        if not once or written & fresh:
            yield item


def _touched(difference: Difference) -> set[str]:
    """Campaigns and lists that are new, or others now."""
    kinds = (CAMPAIGNS, "smart-lists")
    return {item.name for item in difference.comes(*kinds)} | {
        pair.new.name for pair in difference.edits(*kinds)
    }


def _reaches(item: Emitted, touched: set[str], campaigns: Mapping[str, Emitted]) -> bool:
    """Whether a campaign, or what it executes, or what either asks for, has been touched."""
    asked = {*strings(plain(item.table))}
    inner = (campaigns[name] for name in calls(item.table) if name in campaigns)
    return bool((asked | {item.name}) & touched) or any(_reaches(each, touched, campaigns) for each in inner)


def _written(item: Emitted, campaigns: Mapping[str, Emitted]) -> Iterator[str]:
    yield from strings(plain(item.table["flow"]))
    for name in calls(item.table):
        if name in campaigns:
            yield from strings(plain(campaigns[name].table["flow"]))


def _by_night(bundle: Bundle, difference: Difference) -> bool:
    """Whether anything that runs by night is new, or others are let into it: the first night tells what holds."""
    fresh = {item.name for item in (*difference.added, *(pair.new for pair in difference.changed))}
    asked = any(
        item.kind == "smart-lists" for item in (*difference.added, *(p.new for p in difference.changed))
    )
    return asked or any(
        item.kind == CAMPAIGNS and item.name in fresh and item.lowering not in _PLAIN_AWARDS
        for item in bundle.objects
    )


def _is_new(item: Emitted, difference: Difference) -> bool:
    """Whether the threshold that a batch begins was not there before."""
    known = {
        element
        for pair in difference.pairs
        if pair.new.lowering == "threshold"
        for element in pair.new.elements
    }
    return not {*item.elements} & known


# --- what is kept ---------------------------------------------------------------------------------------------------


def _kept(difference: Difference, staying: Sequence[Emitted], now: Version) -> tuple[Emitted, ...]:
    """What no version after this may lose: fields, members of campaigns, what people wait in, and all that these ask for.

    ``staying`` are batches of this change that stay, and ask for things, too.
    """
    found = {key_of(item): item for item in difference.kept}
    left = {element.name for element in now.model.elements()}
    for item in difference.removed:
        if item.kind in FIELDS:
            found[key_of(item)] = replace(item, lowering=RETIRED)
        elif item.kind == CAMPAIGNS and item.table.get("switched_on") == "requested" and waits(item.table):
            found[key_of(item)] = replace(item, lowering=WAITED)
        elif item.kind == CAMPAIGNS and is_waited_in(item.table) and {*item.elements} & left:
            flow = _without(item, {each.name for each in difference.removed if not {*each.elements} & left})
            found[key_of(item)] = replace(item, table={**_off(item), "flow": flow}, lowering=RETIRED)
        elif item.kind == CAMPAIGNS and remembers(item.table) and not _is_over(item):
            found[key_of(item)] = replace(item, table=_off(item), lowering=RETIRED)
    others = [item for item in difference.removed if key_of(item) not in found]
    while True:
        stays = (*staying, *(item for item in found.values() if item.kind not in FIELDS))
        asked = {text for item in stays for text in _asked(item)}
        more = [item for item in others if item.kind != "prerequisites" and {*_called(item)} & asked]
        if not more:
            return tuple(found.values())
        for item in more:
            found[key_of(item)] = replace(item, lowering=RETIRED)
            others.remove(item)


def _off(item: Emitted) -> dict[str, Any]:
    return {key: value for key, value in item.table.items() if key != "switched_on"}


def _without(item: Emitted, gone: set[str]) -> list[Any]:
    """A flow in which people wait, without what it executes at last of elements that are no more: their waits are over."""
    return [step for step in plain(item.table["flow"]) if not {*calls({"flow": [step]})} & gone]


def _shortened(difference: Difference, kept: Iterable[Emitted]) -> Iterator[Pair]:
    """What is switched off under who waits in it, where it does less at last than it would have."""
    then = {key_of(item): item for item in kept if item.lowering == RETIRED}
    for item in difference.goes(CAMPAIGNS):
        flow = then[key_of(item)].table["flow"] if key_of(item) in then else plain(item.table["flow"])
        if plain(flow) != plain(item.table["flow"]):
            yield Pair(item, replace(item, table={**item.table, "flow": flow}))


def _carried(kept: Iterable[Emitted], labels: Mapping[str, str]) -> Iterator[Pair]:
    """What goes on for those who wait in it, or come in one day, writes into the fields of now."""
    for item in kept:
        table = relabelled(plain(item.table), labels)
        if item.kind == CAMPAIGNS and item.lowering != RETIRED and table != plain(item.table):
            yield Pair(item, replace(item, table=table))


def _is_over(item: Emitted) -> bool:
    """Whether nothing goes by who has been through it: what it gave is taken back, or a list says more."""
    return is_standing(item) or item.lowering == KEPT_FACT or bool(crossed_by(item))


def _asked(item: Emitted) -> Iterator[str]:
    program = str(item.table.get("program", ""))
    for text in strings(plain(item.table)):
        yield text
        yield f"{program}.{text}"


def _called(item: Emitted) -> tuple[str, ...]:
    reference = item.table.get("reference")
    return (f"{item.table['program']}.{reference}",) if reference else (item.name,)


def _outer_first(items: Sequence[Emitted]) -> list[Emitted]:
    """In the order in which they can be deleted: who asks before whom it asks."""
    names = {item.name: item for item in items if item.kind in {CAMPAIGNS, "smart-lists"}}
    done: dict[str, Emitted] = {}

    def visit(item: Emitted) -> None:
        if item.name not in done:
            for name in strings(plain(item.table)):
                if name in names and names[name] is not item:
                    visit(names[name])
            done[item.name] = item

    for item in names.values():
        visit(item)
    kinds = ("static-lists", "tokens", "folders", "programs")
    others = [item for item in items if item.kind in kinds]
    return [*reversed(done.values()), *sorted(others, key=lambda item: kinds.index(item.kind))]
