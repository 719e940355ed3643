"""Changes a person's state, and writes down each change with the element and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright.model.history import OWNER
from scorewright.semantics import reads
from scorewright.semantics.ask import clamp
from scorewright.semantics.timeline import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Element
    from scorewright.model.history import Scalar
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.parts import Parts
    from scorewright.semantics.state import State

__all__ = ["Log", "Points"]


class Points(NamedTuple):
    """Points to a score by an element, for a reason; ``alone`` when they do not flow on to what the score feeds."""

    score: str
    amount: int
    path: KeyPath
    reason: str
    alone: bool = False


class Log:
    """The only way in which scores, marks and the like change once a history has begun."""

    def __init__(self, parts: Parts, ask: Ask, state: State) -> None:
        self.parts = parts
        self.ask = ask
        self.state = state
        self.changes: list[Change] = []

    def note(  # noqa: PLR0917 - the columns of a change, in their order
        self, kind: str, name: str, before: Scalar, after: Scalar, path: KeyPath, reason: str
    ) -> None:
        """Write down a change."""
        element = ".".join(map(str, path[:2]))
        self.changes.append(Change(self.state.now, kind, name, before, after, element, path, reason))

    # --- scores -----------------------------------------------------------------------------------------------------

    def add(self, points: Iterable[Points]) -> None:
        """Give all points of one moment at once, then clamp: the order of the file never matters."""
        by_score: dict[str, list[Points]] = {}
        for item in sorted(points, key=lambda item: (item.path, item.score, item.amount)):
            reached = (item.score,) if item.alone else self.parts.counters(item.score)
            for key in reached:
                by_score.setdefault(key, []).append(item)
        for key in sorted(by_score):
            self._add(key, by_score[key])

    def _add(self, key: str, points: list[Points]) -> None:
        value = self.state.scores[key]
        for item in points:
            if item.amount:
                self.note("score", key, value, value + item.amount, item.path, item.reason)
                value += item.amount
        self._put_clamped(key, value)

    def put(self, key: str, value: int, path: KeyPath, reason: str) -> None:
        """Set one counter; nothing flows (question 39)."""
        before = self.state.scores[key]
        if value != before:
            self.note("score", key, before, value, path, reason)
        self._put_clamped(key, value)

    def _put_clamped(self, key: str, value: int) -> None:
        score = self.parts.model.scores[key]
        self.state.scores[key] = after = clamp(score, value)
        if after != value:
            self.note("score", key, value, after, score.path, "clamped")

    # --- actions ----------------------------------------------------------------------------------------------------

    def act_all(self, wanted: Iterable[tuple[Element, act.Action]]) -> None:
        """Do all actions of one moment: by element, what sets after what clears (question 60).

        What is stamped and copied is the state before any of them (question 52).
        """
        ordered = sorted(wanted, key=lambda item: (not isinstance(item[1], _CLEARINGS), item[0].key))
        copies = {a: self.ask.score(a.score) for _, a in ordered if isinstance(a, act.Snapshot)}
        for element, action in ordered:
            self._act(element, action, copies)

    def _act(self, element: Element, action: act.Action, copies: Mapping[act.Snapshot, int]) -> None:
        match action:
            case act.PutMark(name) | act.TakeMark(name):
                self.keep("mark", self.state.marks, name, isinstance(action, act.PutMark), action.path)
            case act.AddToList(name) | act.RemoveFromList(name):
                self.keep("list", self.state.lists, name, isinstance(action, act.AddToList), action.path)
            case act.AddToCampaign(campaign, status):
                before = self.state.campaigns.get(campaign)
                after = before if status is None else status  # who is a member already keeps the status
                self.state.campaigns[campaign] = after
                self.state.stirred.add(reads.MEMBERSHIP)
                self.note("campaign", campaign, before, after, action.path, "action")
                self._done(element, action)
            case act.Assign(to):
                if self.state.fields.get(OWNER) is None:  # whoever has an owner keeps them
                    self.write(OWNER, to, action.path, "action")
                    self._done(element, action)
            case act.Reset(score, to):
                self.put(score, to.value, action.path, "reset")
                self.state.melting = [award for award in self.state.melting if award.score != score]
            case act.Notify() | act.CreateTask() | act.Moment():
                self._done(element, action)
            case act.Snapshot(_, field):
                self.write(field, copies[action], action.path, "action")
            case _:
                self._write(action)

    def keep(  # noqa: PLR0917 - what, where, and why
        self, kind: str, kept: set[str], name: str, on: bool, path: KeyPath, reason: str = "action"
    ) -> None:
        """Put a mark or a list's name among those that the person has, or take it away."""
        before = name in kept
        (kept.add if on else kept.discard)(name)
        self.state.stirred.add(reads.mark(name) if kind == "mark" else reads.MEMBERSHIP)
        if before is not on:
            self.note(kind, name, before, on, path, reason)

    def _done(self, element: Element, action: act.Action) -> None:
        self.note("done", _said(action), None, element.product, action.path, "action")

    def _write(self, action: act.Action) -> None:
        match action:
            case act.SetLifecycle(stage):
                lifecycle = self.parts.model.lifecycle
                if lifecycle.field is not None:
                    word = lifecycle.names.get(stage, stage.upper())
                    self.write(lifecycle.field, word, action.path, "action")
            case act.Stamp(field):
                self.write(field, self.parts.clock.wall(self.state.now).isoformat(), action.path, "action")
            case act.SetField(field, value):
                self.write(field, value, action.path, "action")
            case _:
                raise TypeError(action)

    def write(self, field: str, value: Scalar, path: KeyPath, reason: str) -> None:
        """Write into a field.  Facts see it from the next moment on, and nothing that happens is made of it."""
        before = self.state.fields.get(field)
        self.state.fields[field] = value
        self.state.stirred |= reads.written(field)
        self.note("field", field, before, value, path, reason)


_CLEARINGS = (act.TakeMark, act.RemoveFromList)


def _said(action: act.Action) -> str:
    match action:
        case act.Notify(to):
            return f"notify {to}"
        case act.Assign(to):
            return f"assign to {to}"
        case act.AddToCampaign(campaign, status):
            return f"add to {campaign}" if status is None else f"add to {campaign} as {status}"
        case act.CreateTask():
            return action.subject
        case act.Moment():
            return action.text
        case _:
            raise TypeError(action)
