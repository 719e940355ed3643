"""Reads a bundle's tables as somebody would who builds from them: every object, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot.emit import KINDS
from scorewright_pardot.emulator.actions import Actions
from scorewright_pardot.emulator.criteria import read_criteria
from scorewright_pardot.emulator.formulas import read_formula
from scorewright_pardot.emulator.grading import Grading
from scorewright_pardot.emulator.happenings import CARRIERS
from scorewright_pardot.emulator.leaves import read_leaf
from scorewright_pardot.emulator.programs import read_program
from scorewright_pardot.emulator.unit import Names, Unit
from scorewright_pardot.emulator.unreadable import UnreadableBundleError
from scorewright_pardot.limits import ROWS
from scorewright_pardot.names import field_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.plugin.emulation import Tables
    from scorewright_pardot.emulator.actions import Action
    from scorewright_pardot.emulator.criteria import Criteria
    from scorewright_pardot.emulator.days import Calendar
    from scorewright_pardot.emulator.formulas import Formula
    from scorewright_pardot.emulator.programs import Program
    from scorewright_pardot.emulator.world import World

__all__ = ["SHIPPED", "Built", "Carrier", "DynamicList", "Rule", "read_bundle"]

SHIPPED = {row.label: row.shipped for row in ROWS}
"""The baseline rows as they ship."""

_KINDS = {kind for kind, _, _ in KINDS} | {"gauges"}
_FIRST = -1
"""The phase of what runs before any rule is resumed."""

_MATCHES = {"is", "starts_with", "contains", "ends_with", "contains_word"}


class Rule(NamedTuple):
    """An automation or segmentation rule.  ``repeat`` in days, ``None``: once a person; ``limit`` ``None``: unlimited."""

    by: str
    criteria: Criteria
    actions: tuple[Action, ...]
    repeat: int | None
    limit: int | None
    phase: int


class DynamicList(NamedTuple):
    """A dynamic list."""

    name: str
    criteria: Criteria


class Carrier(NamedTuple):
    """What runs when an asset is completed, or a page is viewed (``match`` says how its path is compared)."""

    by: str
    name: str
    match: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """All that stands on the platform once the bundle is built."""

    rows: Mapping[str, int]
    folders: Mapping[tuple[str, str], str]
    categories: tuple[str, ...]
    pages: tuple[Carrier, ...]
    completions: Mapping[tuple[str, str], Carrier]
    redirects: frozenset[str]
    lists: tuple[DynamicList, ...]
    formulas: tuple[Formula, ...]
    segmentations: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]


def read_bundle(tables: Tables, world: World, calendar: Calendar) -> Built:
    """Every object of a bundle.  Raises ``UnreadableBundleError``."""
    return _Reader(tables, world, calendar).read()


class _Reader:
    def __init__(self, tables: Tables, world: World, calendar: Calendar) -> None:
        self.tables = tables
        self.world = world
        categories = tuple(self._names("scoring-categories"))
        wanted = self._rows("prerequisites")
        there = {
            kind: [row.get("called", "") for row in wanted if row.get("kind") == kind]
            for kind in ("list", "profile")
        }
        static = {*self._names("static-lists"), *there["list"]}
        lists = {*static, *self._names("dynamic-lists")}
        self.grading = Grading(
            {
                name: _whole(row, "profile-criteria", "thirds")
                for name, row in self._named("profile-criteria")
            },
            at_first_answer=world.grade_shows_at_first_answer,
        )
        for name, row in self._named("profile-criteria"):
            _of_profile(name, row, there["profile"])
        types = {name: str(row.get("type")) for name, row in self._named("custom-fields")}
        self.unit = Unit(world, calendar, Names(lists, categories, there["profile"], types))
        self.actions = Actions(world, categories, static, self.grading)

    def read(self) -> Built:
        for kind in self.tables:
            if kind not in _KINDS:
                raise UnreadableBundleError(kind, "", "nobody knows how to build what is in this file")
            if kind != "gauges":
                tuple(self._named(kind))
        return Built(
            {**SHIPPED, **dict(self._baseline())},
            dict(self._folders()),
            tuple(self._names("scoring-categories")),
            tuple(self._pages()),
            dict(self._completions()),
            frozenset(self._names("custom-redirects")),
            tuple(
                DynamicList(name, self._criteria(row, ("dynamic-lists", name)))
                for name, row in self._named("dynamic-lists")
            ),
            tuple(self._formulas()),
            tuple(self._segmentations()),
            tuple(self._automations()),
            tuple(self._programs()),
        )

    def _criteria(self, row: Mapping[str, Any], where: tuple[str, str]) -> Criteria:
        return read_criteria(row, partial(read_leaf, self.unit), where, self.world.nesting_depth)

    # --- rows of files ----------------------------------------------------------------------------------------------

    def _rows(self, kind: str) -> Sequence[Mapping[str, Any]]:
        return self.tables.get(kind, ())

    def _named(self, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        seen: set[str] = set()
        for row in self._rows(kind):
            name = row.get("name")
            if not isinstance(name, str) or not name:
                raise UnreadableBundleError(kind, "", "an object without a name")
            if name in seen:
                raise UnreadableBundleError(kind, name, "there are two of that name")
            seen.add(name)
            yield name, row

    def _names(self, kind: str) -> Iterator[str]:
        return (name for name, _ in self._named(kind))

    def _field_ids(self) -> dict[str, str]:
        wanted = [row for row in self._rows("prerequisites") if row.get("kind") == "person field"]
        there = (str(row.get("called", "")) for row in wanted)
        made = {str(row.get("field_id", "")): name for name, row in self._named("custom-fields")}
        return {**{field_id(name): name for name in there}, **made}

    # --- objects ----------------------------------------------------------------------------------------------------

    def _baseline(self) -> Iterator[tuple[str, int]]:
        for name, row in self._named("baseline-scoring"):
            if name not in SHIPPED:
                raise UnreadableBundleError("baseline-scoring", name, "no row is called so")
            yield name, _whole(row, "baseline-scoring", "points")

    def _folders(self) -> Iterator[tuple[tuple[str, str], str]]:
        seen: dict[tuple[str, str], str] = {}
        homes: dict[str, str] = {}
        for name, row in self._named("scoring-categories"):
            home = str(row.get("folder", ""))
            if homes.setdefault(home, name) != name:
                raise UnreadableBundleError(
                    "scoring-categories", name, f"the folder {home!r} has a scoring category already"
                )
            for asset in row.get("assets", ()):
                place = (str(asset.get("kind")), str(asset.get("name")))
                if place[0] not in CARRIERS:
                    raise UnreadableBundleError("scoring-categories", name, f"folders hold no {place[0]!r}")
                if seen.setdefault(place, name) != name:
                    raise UnreadableBundleError(
                        "scoring-categories", name, f"{place[1]!r} lies in two folders"
                    )
                yield place, name

    def _formulas(self) -> Iterator[Formula]:
        for name, row in self._named("formula-fields"):
            formula = read_formula(name, row, self._field_ids())
            told = row.get("sources")
            if told is not None and {*told} != {*formula.sources}:
                raise UnreadableBundleError(
                    "formula-fields", name, "the formula reads other fields than its sources name"
                )
            yield formula

    def _pages(self) -> Iterator[Carrier]:
        for name, row in self._named("page-actions"):
            path, match = row.get("path"), row.get("match")
            if not isinstance(path, str) or match not in _MATCHES:
                raise UnreadableBundleError("page-actions", name, f"no page is {match!r} {path!r}")
            actions = self.actions.read(row.get("actions"), ("page-actions", name), on="page")
            yield Carrier(f"page-actions: {name}", path, match, actions)

    def _completions(self) -> Iterator[tuple[tuple[str, str], Carrier]]:
        for name, row in self._named("completion-actions"):
            kind, asset = row.get("asset_kind"), row.get("asset")
            if kind not in CARRIERS or not isinstance(asset, str):
                raise UnreadableBundleError("completion-actions", name, f"nothing is completed in a {kind!r}")
            actions = self.actions.read(row.get("actions"), ("completion-actions", name), on="asset")
            yield (kind, asset), Carrier(f"completion-actions: {name}", asset, "is", actions)

    def _segmentations(self) -> Iterator[Rule]:
        for name, row in self._named("segmentation-rules"):
            where = ("segmentation-rules", name)
            phase = _whole(row, where[0], "resume_phase") if "resume_phase" in row else _FIRST
            actions = self.actions.read(row.get("actions"), where, on="rule")
            yield Rule(": ".join(where), self._criteria(row, where), actions, None, None, phase)

    def _automations(self) -> Iterator[Rule]:
        for name, row in self._named("automation-rules"):
            where = ("automation-rules", name)
            if row.get("state") != "paused":
                raise UnreadableBundleError(*where, f"a new rule is saved paused, not {row.get('state')!r}")
            repeat, limit = self._repeat(row, where)
            actions = self.actions.read(row.get("actions"), where, on="rule")
            phase = _whole(row, "automation-rules", "resume_phase")
            yield Rule(": ".join(where), self._criteria(row, where), actions, repeat, limit, phase)

    def _programs(self) -> Iterator[Program]:
        world = self.world
        for name, row in self._named("engagement-programs"):
            where = ("engagement-programs", name)

            def asked(step: Mapping[str, Any], where: tuple[str, str] = where) -> Criteria:
                return read_criteria(step, partial(read_leaf, self.unit), where, 1)

            def done(step: Mapping[str, Any], where: tuple[str, str] = where) -> Action:
                return self.actions.read((step,), where, on="program")[0]

            yield read_program(row, self.unit.names.lists, (asked, done), world.program_repeat_least_days)

    def _repeat(self, row: Mapping[str, Any], where: tuple[str, str]) -> tuple[int | None, int | None]:
        """Days and limit of Repeat Rule.  Fewer days than the platform takes become the fewest that it does."""
        if row.get("repeat") is False:
            return None, None
        if row.get("repeat") is not True:
            raise UnreadableBundleError(*where, "Repeat Rule is neither ticked nor not")
        limit = row.get("match_limit")
        if limit != "unlimited" and type(limit) is not int:
            raise UnreadableBundleError(*where, f"no limit of matches is {limit!r}")
        days = max(_whole(row, where[0], "days_before_repeat"), self.world.repeat_least_days, 1)
        return days, None if limit == "unlimited" else limit


def _of_profile(name: str, row: Mapping[str, Any], profiles: Sequence[str]) -> None:
    """A criterion counts for the prospects of its profile alone."""
    profile, criterion = row.get("profile"), row.get("criterion")
    if profile not in profiles:
        raise UnreadableBundleError("profile-criteria", name, f"prospects have no profile {profile!r}")
    if name != f"{profile}: {criterion}":
        raise UnreadableBundleError("profile-criteria", name, f"actions would call it {profile}: {criterion}")


def _whole(row: Mapping[str, Any], kind: str, key: str) -> int:
    value = row.get(key)
    if type(value) is not int:
        raise UnreadableBundleError(
            kind, str(row.get("name", "")), f"{key} must be a whole number, and is {value!r}"
        )
    return value
