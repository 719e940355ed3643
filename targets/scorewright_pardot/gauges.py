"""Where everything that a model speaks of is read off in Account Engagement, and how long it takes to be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.plugin.emulation import Gauge, done_key
from scorewright.plugin.notes import Result
from scorewright_pardot import objects as ob
from scorewright_pardot.labels import ACTIONS, field_label, field_what
from scorewright_pardot.lower.scores import Homes
from scorewright_pardot.names import Names
from scorewright_pardot.settling import Settling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.actions import Action
    from scorewright.model.elements import Decay, Model, Rule, Segment, Threshold
    from scorewright_pardot.lower.lower import Lowered
    from scorewright_pardot.options import Options

__all__ = ["gauges"]

At = dict[str, Any]
_FIELD = {
    "account-field": "Prospect account field",
    "custom-field": "Prospect custom field",
    "default-field": "Prospect default field",
}

_WRITTEN = {"list", "field", "campaign", "done"}
"""Kinds of which there is one only where the bundle has something that writes it."""


def gauges(
    model: Model, options: Options, lowered: Lowered, facts: Mapping[str, bool | int | str]
) -> tuple[Gauge, ...]:
    """One gauge for each score, grade, mark, segment, list, field and campaign that can be seen, and for each deed.

    What was refused, and what lives inside the overall score only, cannot be seen and has none.
    """
    found = _Gauges(model, options, lowered, facts)
    settling = Settling(model, options, lowered.objects, facts)
    return tuple(
        Gauge(kind, key, at, *settling.hours(at))
        for kind, key, at in found.all()
        if kind not in _WRITTEN or settling.is_written(at)
    )


class _Gauges:
    def __init__(
        self, model: Model, options: Options, lowered: Lowered, facts: Mapping[str, bool | int | str]
    ) -> None:
        self.model = model
        self.names = Names(options.prefix)
        self.homes = Homes(model, options, facts)
        self.objects = lowered.objects
        self.refused = {
            (note.element, note.product) for note in lowered.notes if note.result is Result.REFUSED
        }

    def all(self) -> Iterator[tuple[str, str, At]]:
        yield from self._scores()
        for grade in self.model.grades.values():
            if (grade.name, grade.product) not in self.refused:
                yield "grade", grade.key, {"read": "Prospect grade", "hidden": grade.start}
        for mark in self.model.marks.values():
            yield "mark", mark.key, {"read": "Prospect tag", "of": self.homes.tag_of(mark)}
        for segment in self.model.segments.values():
            if (segment.name, segment.product) not in self.refused:
                name = _plain_list(self.model, segment) or self.names.list(f"segments {segment.key}")
                yield "segment", segment.key, {"read": "Prospect list", "of": name}
        yield from self._written()
        yield from self._done()

    # --- scores -----------------------------------------------------------------------------------------------------

    def _scores(self) -> Iterator[tuple[str, str, At]]:
        for key, score in self.model.scores.items():
            home = self.homes.of[key]
            if (score.name, score.product) in self.refused:
                continue
            if home.kind == "overall":
                yield "score", key, {"read": "Prospect score"}
            elif home.kind == "category":
                yield "score", key, {"read": "Prospect scoring category", "of": home.name}
            elif home.kind in {"field", "formula"}:
                yield "score", key, {"read": self._kind_of(home.name), "of": home.name}

    def _kind_of(self, label: str) -> str:
        """What kind of field is called so: a field of the spec, else one that the model makes."""
        for field in self.model.fields.values():
            if field_label(field) == label:
                return _FIELD[field_what(field)]
        return "Prospect custom field"

    # --- what actions write -----------------------------------------------------------------------------------------

    def _written(self) -> Iterator[tuple[str, str, At]]:
        lists: dict[str, None] = {}
        campaigns: dict[str, None] = {}
        fields: dict[str, None] = dict.fromkeys(
            band.field for band in self.model.bands.values() if band.field is not None
        )
        for element in self._acting():
            for action in element.then:
                match action:
                    case act.AddToList(name) | act.RemoveFromList(name):
                        lists[name] = None
                    case act.AddToCampaign(name):
                        campaigns[name] = None
                    case act.SetField(name):
                        fields[name] = None
                    case act.SetLifecycle() if self.model.lifecycle.field is not None:
                        fields[self.model.lifecycle.field] = None
                    case _:
                        pass
        for key in fields:
            field = self.model.fields[key]
            at = {"read": _FIELD[field_what(field)], "of": field_label(field), "type": field.type}
            yield "field", key, at
        for kind, keys, label in (
            ("list", lists, "Prospect list"),
            ("campaign", campaigns, "Prospect CRM campaign"),
        ):
            for key in keys:
                yield kind, key, {"read": label, "of": _one_or_all(self.model.assets[key].texts_on("pardot"))}

    def _acting(self) -> Iterator[Rule | Decay | Threshold]:
        yield from self.model.rules.values()
        yield from self.model.decay.values()
        yield from self.model.thresholds.values()

    # --- what is done -----------------------------------------------------------------------------------------------

    def _done(self) -> Iterator[tuple[str, str, At]]:
        seen: set[str] = set()
        for element in self._acting():
            for action in element.then:
                wanted = _wanted(self.model, action)
                key = done_key(action.path, element.product)
                if wanted is None or key in seen:
                    continue
                seen.add(key)
                label, names, value = wanted
                by = [name for name, acts in self._doers(element) if {*names} & _done_to(acts, label, value)]
                at: At = {"read": "what was done", "action": label}
                at.update({"of": _one_or_all(names)} if names != ("",) else {})
                at.update({"value": value} if value else {})
                alike = sum(_wanted(self.model, other) == wanted for other in element.then)
                at.update({"times": alike} if alike > 1 else {})  # the same twice: one time is two acts
                yield "done", key, {**at, "by": by}

    def _doers(self, element: Rule | Decay | Threshold) -> Iterator[tuple[str, tuple[ob.Act, ...]]]:
        """The rules of an element, and what stands on the assets that it names."""
        own = self.names.rule(f"{element.path[0]} {element.key}", "")
        assets = self._assets(element)
        for item in self.objects:
            match item:
                case ob.AutomationRule(name) if name.startswith(own):
                    yield f"automation-rules: {name}", item.actions
                case ob.EngagementProgram(name) if name.startswith(own):
                    steps = (step for step in item.steps if isinstance(step, ob.ActionStep))
                    yield f"engagement-programs: {name}", tuple(step.act for step in steps)
                case ob.CompletionAction(kind, asset) if (kind, asset) in assets:
                    if element.name in item.made.elements:
                        yield f"completion-actions: {kind.replace('_', ' ')}: {asset}", item.actions
                case ob.PageAction(name, path) if ("pages", path) in assets:
                    if element.name in item.made.elements:
                        yield f"page-actions: {name}", item.actions
                case _:
                    pass

    def _assets(self, element: Rule | Decay | Threshold) -> set[tuple[str, str]]:
        """Kind and name of all that a rule's events are about."""
        events = getattr(element, "on", ())
        found = (self.model.assets.get(key) for event in events for key in event.objects)
        return {
            (item.kinds[0], name) for item in found if item is not None for name in item.texts_on("pardot")
        }


def _plain_list(model: Model, segment: Segment) -> str:
    """The list that a segment is nothing but the members of; such a segment has no dynamic list of its own."""
    asset = model.assets[segment.when.asset] if isinstance(segment.when, con.MemberOf) else None
    names = asset.texts_on("pardot") if asset is not None and asset.kinds[0] == "list" else ()
    return names[0] if len(names) == 1 else ""


def _done_to(acts: Iterable[ob.Act], label: str, value: str) -> set[str]:
    return {item.of for item in acts if item.label == label and item.value == value}


def _wanted(  # noqa: PLR0911 - one return for each kind of action
    model: Model, action: Action
) -> tuple[str, tuple[str, ...], str] | None:
    """What an action is called here, whom it is done to, its value; ``None`` for what is seen by what it writes."""
    match action:
        case act.Assign("crm-rule"):
            return ACTIONS["assign-rule"].text, ("",), ""
        case act.Assign(to):
            asset = model.assets[to]
            return ACTIONS[f"assign-{asset.kinds[0]}"].text, asset.texts_on("pardot")[:1], ""
        case act.Notify("owner"):
            return ACTIONS["notify-owner"].text, ("",), ""
        case act.Notify(to) if to != "opportunity-owner":
            return ACTIONS["notify-user"].text, model.assets[to].texts_on("pardot"), ""
        case act.AddToCampaign(campaign, status):
            return ACTIONS["campaign"].text, model.assets[campaign].texts_on("pardot"), status or ""
        case act.CreateTask(subject, due):
            return ACTIONS["task"].text, (subject,), f"due in {due}" if due else ""
        case _:
            return None


def _one_or_all(names: tuple[str, ...]) -> str | list[str]:
    return names[0] if len(names) == 1 else list(names)
