"""A migration carried out on an instance: the old bundle lives in it, and its objects change one move after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model.history import Happening
from scorewright.plugin.emulation import Played, UnreadableBundleError
from scorewright.plugin.migration import ACTS
from scorewright_marketo.emulator.instance import Instance, Nights
from scorewright_marketo.emulator.run import Play
from scorewright_marketo.renaming import called, renamed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.plugin.emulation import Schedule, Tables
    from scorewright_marketo.renaming import Rows

__all__ = ["Changing"]

_CLICKS = 60
"""Seconds that a move takes at least: nobody clicks faster, and what the platform does at once it does in between."""
_HOUR = 3_600
_CAMPAIGNS = "smart-campaigns"
_SWITCHED = {"pause", "resume", "run"}


class Act(NamedTuple):
    """One move made ready: when it comes after the first, what it does to which campaign, and the instance after it.

    ``named`` are its name before and after (case folded), and ``instance`` is ``None`` where no object changes.
    """

    after: int
    act: str
    named: tuple[str, str]
    instance: Instance | None


class Changing:
    """An instance with the version before in it, and the moves to the new one.

    Raises ``UnreadableBundleError`` for moves that nobody could carry out, and for objects that could not stand there
    between two of them: a campaign that runs one which is gone, a list that is asked for before it is made.
    """

    def __init__(
        self,
        models: tuple[Model, Model],
        tables: tuple[Tables, Tables],
        moves: Sequence[Mapping[str, Any]],
        facts: Mapping[str, bool | int | str],
    ) -> None:
        before, after = models
        self.before = Instance(before, tables[0], facts, after)
        self.after = Instance(after, tables[1], facts, before)
        self.left: Rows = {
            kind: {str(row["name"]): dict(row) for row in rows}
            for kind, rows in tables[0].items()
            if kind != "gauges"
        }
        self.acts: list[Act] = []
        elapsed = 0
        for move in moves:
            elapsed += int(move.get("hours", 0)) * _HOUR + _CLICKS
            told = {
                **move,
                "act": str(move["act"]),
                "kind": move.get("kind", ""),
                "name": move.get("name", ""),
            }
            then = self._apply(told)
            instance = None
            if then is not self.left:
                self.left = then
                rows = {kind: list(rows.values()) for kind, rows in then.items() if rows}
                instance = Instance(after, rows, facts, before)
            self.acts.append(Act(elapsed, told["act"], _named(told), instance))
        _remember_alike([self.before, self.after, *(act.instance for act in self.acts if act.instance)])

    def _apply(self, move: Mapping[str, Any]) -> Rows:
        """The objects after a move; the same value where it changes none."""
        act, kind, name, new = move["act"], move["kind"], move["name"], move.get("new")
        if act not in ACTS:
            raise UnreadableBundleError(f"migration: no move is called {act!r}")
        rows = self.left.get(kind, {})
        if act == "create" or (act == "run" and new is not None):
            if name in rows:
                raise UnreadableBundleError(f"migration: {kind}: {name}: it is there already")
            return {**self.left, kind: {**rows, name: self._row(move, name)}}
        if kind and name not in rows and act != "check":
            raise UnreadableBundleError(f"migration: {kind}: {name}: there is none to {act}")
        if act == "delete":
            return {**self.left, kind: {key: row for key, row in rows.items() if key != name}}
        if new is None or act == "check":
            return self.left
        if kind == _CAMPAIGNS and len({row.get("type") == "executable" for row in (rows[name], new)}) > 1:
            raise UnreadableBundleError(f"migration: {kind}: {name}: no edit makes it an executable, or none")
        named = str(new.get("name", name))
        then = renamed(self.left, kind, name, named)
        return {
            **then,
            kind: {key: self._row(move, named) if key == named else row for key, row in then[kind].items()},
        }

    @staticmethod
    def _row(move: Mapping[str, Any], name: str) -> dict[str, Any]:
        about = {"for": list(move.get("for", ())), "lowering": str(move.get("lowering", ""))}
        return {**about, **move["new"], "name": name}

    def play(self, person: Person, at: int, looks: Sequence[int], schedule: Schedule) -> Played:
        """Play a history; the moves begin at an instant, and from then on what is done is counted anew."""
        return _Way(self, person, at, schedule).play(looks)


def _named(move: Mapping[str, Any]) -> tuple[str, str]:
    new: Mapping[str, Any] = move.get("new") or {}
    return move["name"].casefold(), str(new.get("name", move["name"])).casefold()


def _remember_alike(instances: Sequence[Instance]) -> None:
    """The platform keeps its log whoever asks for it, now or later; so what any version asks for is kept by all."""
    kinds = {kind for instance in instances for kind in instance.ground.logged}
    for kind in kinds:
        asked = [instance.ground.logged.get(kind, set()) for instance in instances]
        everything = None if any(item is None for item in asked) else set().union(*filter(None, asked))
        for instance in instances:
            instance.ground.logged[kind] = everything


class _Way:
    """One play: who holds the instance as it is at the moment."""

    def __init__(self, changing: Changing, person: Person, at: int, schedule: Schedule) -> None:
        self.changing, self.person, self.at = changing, person, at
        self.now_there = changing.before
        self.run = Play(changing.before.campaigns, schedule)
        self.nights = Nights(changing.before, person.created)

    def play(self, looks: Sequence[int]) -> Played:
        run, before, after = self.run, self.changing.before, self.changing.after
        before.begin(run, self.person)
        run.later(self.at, self._begin)
        for act in self.changing.acts:
            run.later(self.at + act.after, self._move, act)
        told = [(_known(item, self.person), item) for item in self.person.history]
        for instance, late in ((before, False), (after, True)):
            history = tuple(item for known, item in told if (known >= self.at) is late)
            for known, what in instance.translator.history(replace(self.person, history=history)):
                run.later(known, run.tell, what)
        sights = []
        for look in looks:
            self.nights.until(run, look)
            sights.append(after.sight(run, look))
        return Played(tuple(sights), tuple(run.deeds))

    def _begin(self) -> None:
        self.run.state.done.clear()

    def _move(self, act: Act) -> None:
        run = self.run
        if act.instance is not None:
            self.now_there = act.instance
            self.nights.go_on(act.instance, run.state.now)
            run.become(act.instance.campaigns, lambda key: called(key, *act.named))
        if act.act not in _SWITCHED:
            return
        key = act.named[1]
        if act.act == "pause":
            run.live.discard(key)
        elif act.act == "resume":
            self.now_there.switch(run, key)
        else:
            run.run_once([run.campaigns.named[key]])


def _known(item: Any, person: Person) -> int:
    known: int = item.known if isinstance(item, Happening) and item.known is not None else item.at
    return max(known, person.created)
