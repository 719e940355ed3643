"""Gauges: where each thing that a spec speaks of is read off in Marketo, and after how long it is right there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import actions as act
from scorewright.plugin.emulation import Gauge, done_key
from scorewright.plugin.notes import Result
from scorewright_marketo.emulator.words import field_label
from scorewright_marketo.lower.bounds import tells_status
from scorewright_marketo.settling import writers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright.model.elements import Model
    from scorewright_marketo import objects as ob
    from scorewright_marketo.settling import Thing

__all__ = ["gauges"]

_AT = {"score": "field", "grade": "field", "mark": "list", "segment": "smart_list"}


def gauges(model: Model, lowered: ob.Lowered, *, minutes: bool = True) -> tuple[Gauge, ...]:
    """Every gauge of a bundle, in the order of the language's tables; what is refused has none.

    ``minutes``: whether a batch takes one person through its steps in minutes.
    """
    return tuple(_Gauges(model, lowered, minutes=minutes).all())


class _Gauges:
    def __init__(self, model: Model, lowered: ob.Lowered, *, minutes: bool) -> None:
        self.model, self.lowered = model, lowered
        self.late, self.prompt = writers(lowered, minutes=minutes)
        self.refused = {note.element for note in lowered.notes if note.result is Result.REFUSED}
        self.programs = {item.product: item.name for item in lowered.programs}

    def all(self) -> Iterator[Gauge]:
        for kind, key, name in self.lowered.places:
            if f"{kind}s.{key.partition('@')[0]}" not in self.refused:
                yield self._gauge(kind, key, {_AT[kind]: name}, self._things(kind, name))
        yield from self._bands()
        yield from self._written()
        yield from self._done()

    def _gauge(self, kind: str, key: str, at: dict[str, Any], things: set[Thing]) -> Gauge:
        late, prompt = self.late.hours(sorted(things)), self.prompt.hours(sorted(things))
        return Gauge(kind, key, at, late, prompt if prompt < late else 0)

    def _things(self, kind: str, name: str) -> set[Thing]:
        if kind == "segment":
            return self.late.read_by_list(name)
        return {("list" if kind == "mark" else "field", name)}

    # --- what actions write -----------------------------------------------------------------------------------------

    def _actions(self) -> Iterator[tuple[Any, act.Action]]:
        """Every action with its element, copies for products apart."""
        for table in (self.model.rules, self.model.decay, self.model.thresholds):
            for element in table.values():
                if element.name not in self.refused:
                    yield from ((element, action) for action in element.then)

    def _bands(self) -> Iterator[Gauge]:
        for band in self.model.bands.values():
            if band.field is not None and band.name not in self.refused:
                yield self._field(band.field)

    def _field(self, key: str) -> Gauge:
        label = field_label(self.model, key)
        return self._gauge("field", key, {"field": label}, {("field", label)})

    def _written(self) -> Iterator[Gauge]:
        """Lists, fields and campaigns, each once."""
        seen = {band.field for band in self.model.bands.values()}
        for _, action in self._actions():
            found = self._of_action(action)
            if found is not None and found.key not in seen:
                seen.add(found.key)
                yield found

    def _of_action(self, action: act.Action) -> Gauge | None:
        match action:
            case act.AddToList(key) | act.RemoveFromList(key):
                name = self._name(key)
                return self._gauge("list", key, {"list": name}, {("list", name)})
            case act.AddToCampaign(key) if tells_status(self.model, key):
                name = self._name(key)
                return self._gauge("campaign", key, {"campaign": name}, {("campaign", name)})
            case act.Stamp(key) | act.SetField(key) | act.Snapshot(_, key):
                return self._field(key)
            case act.SetLifecycle():
                assert self.model.lifecycle.field is not None
                return self._field(self.model.lifecycle.field)
            case _:
                return None

    def _name(self, key: str) -> str:
        return self.model.assets[key].texts_on("marketo")[0]

    # --- what is done -----------------------------------------------------------------------------------------------

    def _done(self) -> Iterator[Gauge]:
        counts: dict[tuple[Any, ...], int] = {}
        for element, action in self._actions():
            wanted = _step_of(action, self._name)
            if wanted is None:
                continue
            alike = (element.name, element.product, *wanted)
            counts[alike] = nth = counts.get(alike, 0) + 1
            found = self._where(element, wanted)
            if found:
                yield self._deed(element, action, found, nth)

    def _where(self, element: Any, wanted: _Step) -> list[tuple[ob.Campaign, ob.FlowStep]]:
        """The campaigns of the element that hold the step."""
        program, (name, fields) = self.programs[element.product], wanted
        return [
            (item, next(step for step in item.flow if _is(step, name, fields)))
            for item in self.lowered.campaigns
            if element.name in item.elements
            and item.program == program
            and any(_is(step, name, fields) for step in item.flow)
        ]

    def _deed(
        self, element: Any, action: act.Action, found: list[tuple[ob.Campaign, ob.FlowStep]], nth: int
    ) -> Gauge:
        step = found[0][1]
        at: dict[str, Any] = {"step": step.step, "fields": dict(step.fields)}
        at["campaigns"] = [item.qualified_name for item, _ in found]
        if nth > 1:
            at["nth"] = nth
        things = {("deed", item.qualified_name) for item, _ in found}
        return self._gauge("done", done_key(action.path, element.product), at, things)


_Step = tuple[str, tuple[tuple[str, str], ...]]


def _step_of(action: act.Action, name: Callable[[str], str]) -> _Step | None:
    """The step that an action becomes, by those of its fields that tell it from others."""
    found: _Step | None = None
    match action:
        case act.Notify(to):
            told = ("Send To", "Person Owner") if to == "owner" else ("To Other Emails", name(to))
            found = "Send Alert", (told,)
        case act.Assign(to):
            owner = "Use auto-assignment rules" if to == "crm-rule" else name(to)
            found = "Sync Person to SFDC", (("Assign To", owner),)
        case act.AddToCampaign(campaign, None):
            found = "Add to SFDC Campaign", (("Campaign", name(campaign)),)
        case act.AddToCampaign(campaign, str(status)):
            told = ("New Status", status)
            found = "Change Status in SFDC Campaign", (("Campaign", name(campaign)), told)
        case act.CreateTask(subject):
            found = "Create Task", (("Subject", subject),)
        case act.Moment(text):
            found = "Interesting Moment", (("Description", text),)
    return found


def _is(step: ob.FlowStep, name: str, fields: tuple[tuple[str, str], ...]) -> bool:
    return step.step == name and set(fields) <= set(step.fields)
