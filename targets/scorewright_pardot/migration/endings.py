"""Awards that were to end when they were given: the program that takes them back stays until the last of them has ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.migration.compare import KEPT, Pair, key_of
from scorewright_pardot.migration.programs import PROGRAMS, points_of
from scorewright_pardot.migration.tables import bears, element_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.emulation import Gauge
    from scorewright_pardot.migration.compare import Difference

__all__ = ["Ending", "endings", "points_taken", "slowed", "still_there", "without"]

_POINTS = (ACTIONS["score"].text, ACTIONS["category"].text)
_READ = {"Prospect score": _POINTS[0], "Prospect scoring category": _POINTS[1]}
"""What a score is read off as, and the action that moves it."""
_LATE = 3
"""Days that the lists, the program and whoever looks may take beside its waits."""

Place = tuple[str, str]


class Ending(NamedTuple):
    """A program that stays for those who wait in it: ``whom`` is its list before and now, ``tag`` what puts somebody on it.

    After so many ``days`` nobody waits any more, where everybody is inside all the time.  ``lost`` are the points of
    places that hold another score now, or none: nothing of these is taken.
    """

    program: Emitted
    whom: Pair
    tag: Emitted
    days: int
    lost: bool

    @property
    def objects(self) -> tuple[Emitted, ...]:
        """All of it, in the order in which it is taken away."""
        return self.program, self.whom.new, self.tag

    @property
    def element(self) -> str:
        """The rule that gave the awards."""
        return element_of(self.program)


def endings(
    difference: Difference,
    guard: Sequence[Mapping[str, Any]],
    before: Sequence[Gauge],
    after: Sequence[Gauge],
) -> tuple[Ending, ...]:
    """The programs beside people that this version does not have; ``guard`` is whom the model scores."""
    there = {key_of(item): item for item in (*difference.removed, *difference.kept)}
    lists = {pair.new.name: pair.old for pair in (*difference.same, *difference.changed)}
    where = dict(_lasting_places(before, after))
    found = []
    for item in there.values():
        if item.kind != PROGRAMS or not item.lowering.endswith("lasting"):
            continue
        name = str(item.table["recipient_list"])
        whom = there.get(("dynamic-lists", name)) or lists.get(name)
        tag = there.get(("tags", bears(whom.table)[0])) if whom is not None else None
        if whom is None or tag is None:
            continue
        rows = [whom.table["criteria"][0], *(dict(row) for row in guard)]
        now = replace(whom, table={**whom.table, "match": "all", "criteria": rows})
        days = sum(int(step.get("wait_days", 0)) for step in item.table["steps"])
        same = {place in where for place in points_taken(item)}
        if True in same:
            found.append(Ending(item, Pair(whom, now), tag, days + _LATE, False in same))
    return tuple(found)


def points_taken(program: Emitted) -> dict[Place, int]:
    """What a program takes in all, by the place that it takes it from."""
    found: dict[Place, int] = {}
    for act in points_of(program):
        if act["action"] in _POINTS:
            place = (act["action"], act["of"])
            found[place] = found.get(place, 0) + int(act["value"])
    return found


def _lasting_places(before: Iterable[Gauge], after: Iterable[Gauge]) -> Iterator[tuple[Place, str]]:
    """The places that an action can name, as they are called now, with the score that stood there and still does."""
    was = {gauge.key: gauge.at.get("read") for gauge in before if gauge.kind == "score"}
    for gauge in after:
        read = gauge.at.get("read") if gauge.kind == "score" else None
        if read is not None and was.get(gauge.key) == read and read in _READ:
            label = _READ[str(read)]
            yield (label, "By" if label == _POINTS[0] else str(gauge.at.get("of"))), gauge.key


def slowed(before: Sequence[Gauge], after: Sequence[Gauge]) -> Iterator[Gauge]:
    """The gauges that are right as late as they were, for what took its time is still at work."""
    was = {gauge.name: gauge for gauge in before}
    for gauge in after:
        old = was.get(gauge.name)
        if old is not None and (old.settles > gauge.settles or old.prompt > gauge.prompt):
            yield gauge._replace(
                settles=max(old.settles, gauge.settles), prompt=max(old.prompt, gauge.prompt)
            )


def without(difference: Difference, ending: Iterable[Ending]) -> Difference:
    """A change without what stays for those who wait."""
    mine = {key_of(item) for each in ending for item in each.objects}
    return replace(
        difference,
        removed=tuple(item for item in difference.removed if key_of(item) not in mine),
        kept=tuple(item for item in difference.kept if key_of(item) not in mine),
    )


def still_there(ending: Iterable[Ending]) -> Iterator[Emitted]:
    """What stays beside the new objects, as an earlier change has left it."""
    for each in ending:
        for item in each.objects:
            lowering = item.lowering if item.lowering.startswith(KEPT) else f"{KEPT}{item.lowering}"
            yield replace(item, lowering=lowering)
