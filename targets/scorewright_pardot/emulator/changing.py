"""A migration carried out on a business unit: the old bundle lives in it, and its objects change one move after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.emulation import Played, UnreadableBundleError
from scorewright.plugin.migration import ACTS
from scorewright_pardot.emulator.instance import Instance
from scorewright_pardot.emulator.play import Play

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.plugin.emulation import Schedule, Tables
    from scorewright_pardot.emulator.world import World

__all__ = ["Changing"]

_CLICKS = 60
"""Seconds that a move takes at least: nobody clicks faster, and what the platform does at once it does in between."""

_HOUR = 3_600
_RULES = "automation-rules"
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
        elapsed = 0
        for move in moves:
            act, kind, name = str(move["act"]), str(move.get("kind", "")), str(move.get("name", ""))
            if act not in ACTS:
                raise UnreadableBundleError(f"migration: no move is called {act!r}")
            elapsed += int(move.get("hours", 0)) * _HOUR + _CLICKS
            changed = _apply(there, act, kind, name, move)
            instance = Instance(after, {**_rows(there), "gauges": gauges}, world, before) if changed else None
            named = str(move.get("new", {}).get("name", name))
            self.acts.append(Act(elapsed, act, kind, name, named, instance))
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
    if act in {"create", "run"}:
        if name in rows and act == "create":
            raise UnreadableBundleError(f"migration: {kind}: {name}: it is there already")
        rows[name] = {"name": name, **about, **move["new"]}
        return True
    if act in {"edit", "delete", "pause", "resume"} and name not in rows:
        raise UnreadableBundleError(f"migration: {kind}: {name}: there is none to {act}")
    if act == "delete":
        del rows[name]
        return True
    if act == "edit":
        new = {"name": name, **about, **move["new"]}
        there[kind] = {
            (new["name"] if key == name else key): (new if key == name else row) for key, row in rows.items()
        }
        return True
    return False


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
        self.sweeps.become(instance, names, now)
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
