"""What a bundle's campaigns read, write and run: the ground that all rules over its objects stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.objects import DO_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_marketo.objects import Campaign, Clause, FlowStep, Lowered

__all__ = ["Plant", "Thing", "asks", "change", "changes", "score", "sets"]

_WRITES = {
    "Change Score": ("field", "Score Name"),
    "Change Data Value": ("field", "Attribute"),
    "Add to List": ("list", "List Name"),
    "Remove from List": ("list", "List Name"),
}
_CALLS, _REQUESTS = "Execute Campaign", "Request Campaign"
Thing = tuple[str, str]


class Plant:
    """The campaigns by name, and what each of them reaches."""

    def __init__(self, lowered: Lowered) -> None:
        self.campaigns = lowered.campaigns
        self.tokens = {(token.program, "{{my." + token.name + "}}"): token for token in lowered.tokens}
        self.by_name = {item.qualified_name: item for item in lowered.campaigns}
        self.lists = {f"{item.program}.{item.name}": item.smart_list.filters for item in lowered.smart_lists}
        self.numbers = {item.name for item in lowered.fields if item.type in {"score", "integer"}}
        self.own = {item.name for item in lowered.fields if item.helper}
        self.notes = {(note.name, note.element) for note in lowered.notes}

    def said(self, note: str, item: Campaign) -> bool:
        """Whether a note of this name is there for what a campaign is for."""
        return any((note, element) in self.notes for element in item.elements)

    def called(self, step: FlowStep, kind: str = _CALLS) -> list[Campaign]:
        """The campaigns that a step runs."""
        names = [dict(step.fields).get("Campaign", ""), *(choice.value for choice in step.choices)]
        found = dict.fromkeys(names) if step.step == kind else ()
        return [self.by_name[name] for name in found if name in self.by_name]

    def writes(self, steps: Iterable[FlowStep], deep: int = 9) -> set[Thing]:
        """What these steps write, and those of the executables that they run."""
        found: set[Thing] = set()
        for step in steps:
            if step.step in _WRITES:
                kind, label = _WRITES[step.step]
                found.add((kind, dict(step.fields)[label]))
            for inner in self.called(step) if deep else ():
                found |= self.writes(inner.flow, deep - 1)
        return found

    def reads(self, clauses: Iterable[Clause], deep: int = 9) -> set[Thing]:
        """Fields and lists that filters ask for, also through smart lists."""
        found: set[Thing] = set()
        for clause in clauses:
            if clause.rule == "Member of List":
                found |= {("list", name) for name in clause.values}
            elif clause.rule == "Member of Smart List":
                for name in clause.values if deep else ():
                    found |= self.reads(self.lists.get(name, ()), deep - 1)
            elif not clause.primary:
                found.add(("field", clause.rule))
        return found

    def value(self, item: Campaign, text: str) -> int | None:
        """The points that stand under Change; ``None`` for what sets, and for nothing."""
        token = self.tokens.get((item.program, text))
        if token is not None:
            return token.value
        return int(text) if text[:1] in "+-" and text != DO_NOTHING else None


def asks(item: Campaign) -> bool:
    """Whether not everybody is let through."""
    return any(
        (clause.rule, clause.operator) != ("Created At", "is not empty") for clause in item.smart_list.filters
    )


def change(step: FlowStep) -> str:
    """What stands under Change, or under its default choice; "" for any other step."""
    return dict(step.fields).get("Change", DO_NOTHING) if step.step == "Change Score" else ""


def score(step: FlowStep) -> str:
    """The field that a Change Score moves."""
    return dict(step.fields)["Score Name"]


def changes(step: FlowStep) -> list[str]:
    """All that can stand under Change."""
    return [change(step), *(choice.value for choice in step.choices)] if change(step) else []


def sets(step: FlowStep) -> bool:
    """Whether whatever happens in a step, it sets the score."""
    return bool(change(step)) and all(text.startswith("=") for text in changes(step))
