"""A migration carried out on a business unit: the old bundle lives in it, and its objects change one move after another."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.emulation import Played, UnreadableBundleError
from scorewright.plugin.migration import ACTS
from scorewright_pardot.emulator.instance import Instance
from scorewright_pardot.emulator.play import Play
from scorewright_pardot.emulator.program_runs import Edited
from scorewright_pardot.uses import provides, renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.plugin.emulation import Schedule, Tables
    from scorewright_pardot.emulator.world import World
    from scorewright_pardot.uses import Name

__all__ = ["Changing"]

_CLICKS = 60
"""Seconds that a move takes at least: nobody clicks faster, and what the platform does at once it does in between."""

_HOUR = 3_600
_RULES, _PROGRAMS = "automation-rules", "engagement-programs"
_RESCORED = {"baseline-scoring", "scoring-categories"}
Row = dict[str, Any]


class Act(NamedTuple):
    """One move made ready: when it comes after the first, what it is, and the instance after it where objects change."""

    after: int
    act: str
    kind: str
    name: str
    named: str
    """How the object is called after it."""
    instance: Instance | None
    kept: Mapping[int, int] = MappingProxyType({})
    """Of an edited program the steps that go on, by the number that each had."""


class Changing:
    """A business unit with the version before in it, and the moves to the new one."""

    def __init__(
        self,
        models: tuple[Model, Model],
        tables: tuple[Tables, Tables],
        moves: Sequence[Mapping[str, Any]],
        world: World,
    ) -> None:
        before, after = models
        self.before = Instance(before, tables[0], world, after)
        self.after = Instance(after, tables[1], world, before)
        gauges = list(tables[1]["gauges"])
        there = {
            kind: {str(row["name"]): dict(row) for row in rows}
            for kind, rows in tables[0].items()
            if kind != "gauges"
        }
        self.acts: list[Act] = []
        running = {str(name) for name in there.get(_PROGRAMS, ())}
        elapsed = 0
        for move in moves:
            act, kind, name = str(move["act"]), str(move.get("kind", "")), str(move.get("name", ""))
            if act not in ACTS:
                raise UnreadableBundleError(f"migration: no move is called {act!r}")
            elapsed += int(move.get("hours", 0)) * _HOUR + _CLICKS
            kept = _steps_kept(there, move, running) if kind == _PROGRAMS else {}
            changed = _apply(there, act, kind, name, move)
            instance = Instance(after, {**_rows(there), "gauges": gauges}, world, before) if changed else None
            named = str(move.get("new", {}).get("name", name))
            self.acts.append(Act(elapsed, act, kind, name, named, instance, kept))
        self.left = there

    def play(self, person: Person, at: int, looks: Sequence[int], schedule: Schedule) -> Played:
        """Play a history; the moves begin at an instant."""
        play = _Play(self, person, schedule, at)
        sights = play.run(looks)
        return Played(tuple(sights), tuple(play.sweeps.deeds))


def _rows(there: Mapping[str, Mapping[str, Row]]) -> dict[str, list[Row]]:
    return {kind: list(rows.values()) for kind, rows in there.items() if rows}


def _apply(there: dict[str, dict[str, Row]], act: str, kind: str, name: str, move: Mapping[str, Any]) -> bool:
    """Change the objects as a move says; whether it changes any."""
    rows = there.setdefault(kind, {}) if kind else {}
    about = {"for": list(move.get("for", ())), "lowering": str(move.get("lowering", ""))}
    new = {key: value for key, value in move.get("new", {}).items() if key != "goes_on"}
    if act in {"create", "run"}:
        if name in rows and act == "create":
            raise UnreadableBundleError(f"migration: {kind}: {name}: it is there already")
        rows[name] = {"name": name, **about, **new}
        return True
    if act in {"edit", "delete", "pause", "resume"} and name not in rows:
        raise UnreadableBundleError(f"migration: {kind}: {name}: there is none to {act}")
    if act == "delete":
        del rows[name]
        return True
    if act == "edit":
        called = provides(kind, {**rows[name], "name": name})
        if called is not None and new.get("name", name) != name:
            _call(there, {called: str(new["name"])})
            rows = there[kind]
        new = {"name": name, **about, **new}
        there[kind] = {
            (new["name"] if key == name else key): (new if key == name else row) for key, row in rows.items()
        }
        return True
    return False


def _call(there: dict[str, dict[str, Row]], names: Mapping[Name, str]) -> None:
    """What is called otherwise now is so wherever it is named."""
    for kind, rows in there.items():
        there[kind] = {key: renamed(kind, row, names) for key, row in rows.items()}


def _steps_kept(
    there: Mapping[str, Mapping[str, Row]], move: Mapping[str, Any], running: set[str]
) -> Mapping[int, int]:
    """The steps of an edited program that go on; ``running`` is who runs by now, and follows the move.

    A program is edited while it is paused.  A step stays what it is, a question or an action, and its wait stays; how often
    prospects go through is settled when it is started.
    """
    act, name = str(move["act"]), str(move.get("name", ""))
    if act in {"pause", "delete"}:
        running.discard(name)
    elif act == "resume":
        running.add(name)
    old = there.get(_PROGRAMS, {}).get(name)
    if act != "edit" or old is None:
        return {}
    if name in running:
        raise UnreadableBundleError(
            f"migration: {_PROGRAMS}: {name}: it runs, and is edited when it is paused"
        )
    new = move["new"]
    if any(old.get(key) != new.get(key) for key in ("repeat", "days_before_repeat", "entry_limit")):
        raise UnreadableBundleError(
            f"migration: {_PROGRAMS}: {name}: how it repeats cannot be changed any more"
        )
    kept = {int(was): int(now) for was, now in new.get("goes_on", ())}
    steps = [{int(step["number"]): step for step in row["steps"]} for row in (old, new)]
    for was, now in kept.items():
        pair = steps[0].get(was, {}), steps[1].get(now, {})
        if any(pair[0].get(key) != pair[1].get(key) for key in ("step", "wait_days", "action")):
            raise UnreadableBundleError(
                f"migration: {_PROGRAMS}: {name}: step {was} cannot become step {now}"
            )
    if [*kept.values()] != sorted({*kept.values()}) or [*kept] != sorted(kept):
        raise UnreadableBundleError(f"migration: {_PROGRAMS}: {name}: its steps change places")
    return kept


class _Play(Play):
    """One play; after ``at`` what is done is counted anew, and gauges are those of the new version."""

    def __init__(self, changing: Changing, person: Person, schedule: Schedule, at: int) -> None:
        super().__init__(changing.before, person, schedule)
        self.changing = changing
        self.at = at

    def _lay_out(self, looks: Sequence[int]) -> None:
        self._push(self.at, self._begin)
        for act in self.changing.acts:
            self._push(self.at + act.after, self._mover(act))
        for day in self.changing.after.switch_days:
            if day > self.at:
                self._push(day, self.sweeps.switch)
        super()._lay_out(looks)

    def _begin(self, _now: int) -> None:
        self.sweeps.prospect.done.clear()
        self.instance = self.changing.after  # what looks read

    def _mover(self, act: Act) -> Any:
        return lambda now: self._move(act, now)

    def _move(self, act: Act, now: int) -> None:
        by = f"{act.kind}: {act.name}"
        if act.instance is not None:
            self._become(act, act.instance, now)
        if act.act == "pause":
            self.sweeps.rest(by, now)
        elif act.act == "resume":
            self.sweeps.wake(by, now)
        elif act.act == "run":
            self.sweeps.run_once(by, now)

    def _become(self, act: Act, instance: Instance, now: int) -> None:
        fresh_row = (
            act.act == "create" and act.kind == "baseline-scoring"
        )  # a category is made with a start date
        if fresh_row or (act.kind in _RESCORED and act.act == "edit"):
            self.intake.score_anew(instance, now)
        names = dict(self._names(act))
        edited = {}
        if act.kind == _PROGRAMS and act.act == "edit":
            edited[f"{_PROGRAMS}: {act.named}"] = Edited(f"{_PROGRAMS}: {act.name}", act.kept)
        self.sweeps.become(instance, names, edited, now)
        self.intake.instance, self.intake.translator = instance, instance.translator
        self._hold(act)

    @staticmethod
    def _names(act: Act) -> Iterator[tuple[str, str | None]]:
        if act.kind == _RULES and act.act in {"create", "edit"}:
            yield f"{_RULES}: {act.named}", None if act.act == "create" else f"{_RULES}: {act.name}"

    def _hold(self, act: Act) -> None:
        """What a prospect has of an object goes with it, and goes by its new name."""
        prospect, gone = self.sweeps.prospect, act.act == "delete"
        if not gone and act.named == act.name:
            return
        if act.kind == "profile-criteria":
            state = prospect.grading.pop(act.name, None)
            if state is not None and not gone:
                prospect.grading[act.named] = state
        elif act.kind == "tags" and act.name in prospect.tags:
            prospect.put_tag(act.name, on=False)
            if not gone:
                prospect.put_tag(act.named, on=True)
        elif act.kind in {"static-lists", "dynamic-lists"} and act.name in prospect.lists:
            prospect.put_list(act.name, on=False)
            if not gone:
                prospect.put_list(act.named, on=True)
        elif act.kind == "custom-fields" and act.name in prospect.fields:
            value = prospect.fields[act.name]
            prospect.put_field(act.name, ())
            if not gone:
                prospect.put_field(act.named, value)
        elif act.kind == "scoring-categories" and act.name in prospect.categories:
            value_ = prospect.categories.pop(act.name)
            if not gone:
                prospect.put_category(act.named, value_)
