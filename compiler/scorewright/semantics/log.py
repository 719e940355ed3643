"""Changes a person's state, and writes down each change with the element and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.semantics.ask import clamp
from scorewright.semantics.history import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Element, Model
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.history import Scalar
    from scorewright.semantics.state import State

__all__ = ["Log"]


class Log:
    """The only way in which a state changes once a history has begun."""

    def __init__(self, model: Model, ask: Ask, state: State) -> None:
        self.model = model
        self.ask = ask
        self.state = state
        self.changes: list[Change] = []

    def note(  # noqa: PLR0917 - the columns of a change, in their order
        self, kind: str, name: str, before: Scalar, after: Scalar, path: KeyPath, reason: str
    ) -> None:
        """Write down a change."""
        element = ".".join(map(str, path[:2]))
        self.changes.append(Change(self.state.now, kind, name, before, after, element, path, reason))

    def clamped(self, key: str, value: int) -> int:
        """A counter's value between its floor and its ceiling."""
        return clamp(self.model.scores[key], value)

    def add(self, points: Iterable[tuple[str, int, KeyPath, str]]) -> None:
        """Add several points at once, then clamp: the order of the file never matters."""
        sums: dict[str, int] = {}
        listed = tuple(points)
        for key, amount, _, _ in listed:
            for score in self._fed(key):
                sums[score] = sums.get(score, 0) + amount
        for key, amount in sums.items():
            before = self.state.scores[key]
            self.state.scores[key] = after = self.clamped(key, before + amount)
            path, reason = next((p, r) for k, _, p, r in listed if key in self._fed(k))
            if after != before or amount:
                self.note(
                    "score",
                    key,
                    before,
                    after,
                    path,
                    reason if after == before + amount else f"{reason}, clamped",
                )

    def _fed(self, key: str) -> list[str]:
        """The counters that an award reaches: the score itself, and what it feeds."""
        found = []
        score = self.model.scores.get(key)
        while score is not None and score.key not in found:
            found.append(score.key)
            score = self.model.scores.get(score.feeds or "")
        return [name for name in found if self.model.scores[name].kind == "engagement"]

    def put(self, key: str, value: int, path: KeyPath, reason: str) -> None:
        """Set one counter; nothing flows."""
        before = self.state.scores[key]
        self.state.scores[key] = after = self.clamped(key, value)
        if after != before:
            self.note("score", key, before, after, path, reason)

    # --- actions ----------------------------------------------------------------------------------------------------

    def act_all(self, wanted: Iterable[tuple[Element, act.Action]]) -> None:
        """Do actions by element id, sets after clearings (question 60)."""
        ordered = sorted(wanted, key=lambda item: (item[0].key, not isinstance(item[1], act.TakeMark)))
        clearings = [item for item in ordered if isinstance(item[1], act.TakeMark)]
        for element, action in (
            *clearings,
            *(item for item in ordered if not isinstance(item[1], act.TakeMark)),
        ):
            self._act(element, action)

    def _act(self, element: Element, action: act.Action) -> None:
        match action:
            case act.PutMark(mark) | act.TakeMark(mark):
                self._mark(mark, isinstance(action, act.PutMark), action.path)
            case act.AddToList(name) | act.RemoveFromList(name):
                self._list(name, isinstance(action, act.AddToList), action.path)
            case act.AddToCampaign(campaign, status):
                before = self.state.campaigns.get(campaign)
                self.state.campaigns[campaign] = status
                self.note("campaign", campaign, before, status, action.path, "action")
            case act.Assign(to):
                before, self.state.owner = self.state.owner, self.state.owner or to
                self.note("owner", to, before, self.state.owner, action.path, "action")
            case act.Reset(score, to):
                self.put(score, to.value, action.path, "reset")
                self.state.melting = [award for award in self.state.melting if award.score != score]
            case act.Notify() | act.CreateTask() | act.Moment():
                self.note("done", _said(action), None, element.key, action.path, "action")
            case _:
                self._write(action)

    def _mark(self, mark: str, on: bool, path: KeyPath) -> None:
        before = mark in self.state.marks
        (self.state.marks.add if on else self.state.marks.discard)(mark)
        if before is not on:
            self.note("mark", mark, before, on, path, "action")

    def _list(self, name: str, on: bool, path: KeyPath) -> None:
        before = name in self.state.lists
        (self.state.lists.add if on else self.state.lists.discard)(name)
        if before is not on:
            self.note("list", name, before, on, path, "action")

    def _write(self, action: act.Action) -> None:
        """Write into a field.  Facts see it from the next moment on."""
        value: Scalar
        match action:
            case act.SetLifecycle(stage):
                field = self.model.lifecycle.field
                value = self.model.lifecycle.names.get(stage, stage.upper())
            case act.Stamp(field):
                value = self.ask.clock.wall(self.state.now).isoformat()
            case act.Snapshot(score, field):
                value = self.ask.score(score)
            case act.SetField(field, value):
                pass
            case _:
                raise TypeError(action)
        if field is not None:
            before = self.state.fields.get(field)
            self.state.fields[field] = value
            self.note("field", field, before, value, action.path, "action")


def _said(action: act.Notify | act.CreateTask | act.Moment) -> str:
    if isinstance(action, act.Notify):
        return f"notify {action.to}"
    return action.subject if isinstance(action, act.CreateTask) else action.text
