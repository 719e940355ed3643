"""The builder that one lowering collects into: names, tokens, fields, lists, campaigns and notes by element."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright_marketo import objects as ob
from scorewright_marketo.labels import FIELD_TYPES, FIELDS, LIBRARY_FIELDS, PERSON_SCORE
from scorewright_marketo.lower.expr import EVERYBODY, NOBODY, Both, both, smart_list
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.tokens import Tokens
from scorewright_marketo.names import api_name, capital, clean, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Field, Model, Score
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.options import Options

__all__ = ["A_WHILE", "EVERY_TIME", "ONLY_ONCE", "OWN_API_NAME", "Builder", "field_name", "own_field"]

OWN_API_NAME = "leadScore"
EVERY_TIME = "Every time"
ONLY_ONCE = "Only once"
A_WHILE = "Once every 1 hour"
"""Two runs can stand side by side and both find that nothing is done yet; Marketo's own memory lets one of them in."""


def own_field(label: str) -> bool:
    """Whether a field of this label is the platform's own score field, which only the overall score may use."""
    return (
        label.casefold() == PERSON_SCORE.casefold() or api_name(label).casefold() == OWN_API_NAME.casefold()
    )


def field_name(item: Field) -> str:
    """What a field of the spec is called on Marketo."""
    if "marketo" in item.names:
        return item.names["marketo"]
    if item.of == "person" and item.id in FIELDS:  # also where a spec declares it anew
        return FIELDS[item.id].label
    return item.title if item.title != item.id.replace("-", " ") else words(item.id)


@dataclass(slots=True)
class _Draft:
    """An object that several elements may come to share."""

    make: Any
    elements: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)


class Builder(Tokens):
    """Collects while one model is lowered; used by nobody else, and thrown away with the frozen result."""

    def __init__(self, model: Model, options: Options, facts: Mapping[str, bool | int | str]) -> None:
        super().__init__(model, options, facts)
        self.fields: dict[str, _Draft] = {}
        self.counters: set[str] = set()
        self.lists: dict[str, _Draft] = {}
        self.smart_lists: dict[str, _Draft] = {}
        self.campaigns: list[ob.Campaign] = []
        self._campaign_names: set[tuple[str, str]] = set()
        self.prerequisites: dict[str, _Draft] = {}
        self.population: Expr = Both(())
        self.pending: list[str] = []
        """Tokens whose number stands as a literal in the flow that is being made; the next campaign claims them."""

    def _mark(self, draft: _Draft) -> None:
        draft.elements[self.element.name if self.element is not None else "model"] = None
        draft.facts.update(self._used)

    # --- fields --------------------------------------------------------------------------------------------------------

    def score_field(self, score: Score) -> str:
        """The label of a score's field."""
        known: str | None = self.memo.get(("score", score.key))
        if known is None:
            label = score.names.get("marketo")
            if label is None:
                label = PERSON_SCORE if score.overall else self._own_score_label(score)
            known = self.memo["score", score.key] = self.claim(
                "field", label, ("score", score.key), score.key
            )
        return known

    def _own_score_label(self, score: Score) -> str:
        title = capital(score.title) or words(score.id)
        if score.product is not None:
            product = clean(self.model.products[score.product].title) or score.product
            title = title if product.lower() in title.lower() else f"{title} {product}"
        label = title if "score" in title.lower() else f"{title} Score"
        return f"{label} ({score.id})" if own_field(label) else label

    def counter(self, what: str, kind: str, why: str) -> str:
        """A helper field that a limit needs, which is dear: above a few of them the compile advises against it."""
        label = self.helper(what, kind, why)
        self.counters.add(label)
        return label

    def helper(self, what: str, kind: str, why: str) -> str:
        """A field of our own that nobody reads; the label, unique by element and purpose."""
        element = self.element
        assert element is not None
        title = clean(element.title) or element.id
        label = f"{self.options.helper_prefix} {what} {title}".strip()
        if element.product is not None:
            label = f"{label} {clean(self.model.products[element.product].title) or element.product}"
        key = (element.path[0], element.key, what)
        label = self.claim("field", label, key, f"{element.path[0]} {element.id}")
        return self.shared_helper(label, kind, why)

    def shared_helper(self, label: str, kind: str, why: str) -> str:
        """A helper field by its whole label, made at its first mention."""
        self.length(
            "campaign-name",
            label,
            self.element.path if self.element else (),
            "give the element a shorter title",
        )
        self.rests_on("field-never-deleted")
        self._field(label, kind, helper=True, standard=False, why=why)
        return label

    def _field(self, label: str, kind: str, *, helper: bool, standard: bool, why: str) -> None:
        if label not in self.fields:
            self.fields[label] = _Draft((label, kind, helper, standard, why))
        self._mark(self.fields[label])

    def declare_score(self, score: Score) -> None:
        """Emit a score's field."""
        label = self.score_field(score)
        standard = own_field(label)
        self._field(
            label, "score", helper=False, standard=standard, why=score.why or f"The score “{score.title}”."
        )

    def field_label(self, key: str) -> str:
        """The label of one of the spec's fields; a field that is no standard one must be there already."""
        item = self.model.fields[key]
        label = field_name(item)
        if item.builtin and "marketo" not in item.names and key in FIELDS:
            return label
        self._refuse_shared(item, label)
        kind = FIELD_TYPES[item.type]
        self.require("field", label, f"Admin > Field Management lists “{label}” (type {kind}).")
        return label

    def _refuse_shared(self, item: Field, label: str) -> None:
        """Two fields of the spec that are one on the platform would each change the other."""
        names: dict[str, list[Field]] = self.memo.get("field labels", {})
        if not names:
            for other in self.model.fields.values():
                names.setdefault(field_name(other).casefold(), []).append(other)
            self.memo["field labels"] = names
        others = [other for other in names[label.casefold()] if other is not item]
        if others:
            instead = (
                "give one of the two a title or a name of its own for Marketo, or write one field for both"
            )
            if others[0].builtin:
                instead = f"ask for {others[0].id} instead, which needs no declaration; or give “{item.id}” another name for Marketo"
            raise RefusedError(
                "field-taken",
                item.path,
                f"“{label}” is what “{others[0].id}” is called on Marketo too, and one field cannot hold two values",
                instead,
            )

    # --- lists -----------------------------------------------------------------------------------------------------------

    def static_list(self, name: str, why: str, *, given: bool = False) -> str:
        """A static list of the main program (or one that the team has); the name that filters ask for."""
        if given:
            self.require("static list", name, f"Database holds the static list “{name}”.")
            return name
        if name not in self.lists:
            self.length(
                "campaign-name",
                name,
                self.element.path if self.element else (),
                "give the element a shorter title",
            )
            self.lists[name] = _Draft((name, why))
        self._mark(self.lists[name])
        return f"{self.programs[None].name}.{name}"

    def smart_list(self, name: str, expr: Expr, why: str) -> str:
        """A smart list of the main program; the name that filters ask for."""
        found = smart_list(expr)
        name = self.claim("smart list", name, found, self.element.key if self.element else "model")
        if name not in self.smart_lists:
            self.length(
                "campaign-name",
                name,
                self.element.path if self.element else (),
                "give the element a shorter title",
            )
            self.smart_lists[name] = _Draft((name, found, why))
        self._mark(self.smart_lists[name])
        return f"{self.programs[None].name}.{name}"

    def require(self, kind: str, name: str, check: str) -> None:
        """Something must be there before the building begins; each that needs it may look at something else."""
        key = f"{kind}: {name}".casefold()
        draft = self.prerequisites.setdefault(key, _Draft((kind, name, check)))
        *named, checks = draft.make
        if check not in checks:
            draft.make = (*named, f"{checks} {check}")
        draft.elements[self.element.name if self.element is not None else "model"] = None

    # --- campaigns ---------------------------------------------------------------------------------------------------------

    def campaign_name(self, wanted: str) -> str:
        """A name for a campaign, unique in its program; claimed by asking."""
        element = self.element
        assert element is not None
        name = clean(wanted)
        number = 2
        plain = name
        while (self.program, name.lower()) in self._campaign_names:
            name = (
                f"{plain} ({element.id})" if number == 2 and element.id not in plain else f"{plain} {number}"
            )
            number += 1
        self.length("campaign-name", name, element.path, "give the element a shorter title")
        self._campaign_names.add((self.program, name.lower()))
        return name

    def campaign(
        self,
        name: str,
        folder: str,
        type: str,
        expr: Expr,
        flow: tuple[ob.FlowStep, ...],
        *,
        triggers: tuple[ob.Clause, ...] = (),
        qualification: str = EVERY_TIME,
        schedule: str = "",
        stage: str = "",
        role: str,
        why: str = "",
        population: bool = True,
        checks: tuple[str, ...] = (),
        elements: tuple[str, ...] = (),
        asks_again: bool = False,
    ) -> str:
        """Emit a smart campaign and give its name back; ``name`` comes from ``campaign_name``."""
        element = self.element
        assert element is not None
        for reference in (*self.pending, *_beside_literals(flow)):
            self.couple(reference, name)
        self.pending.clear()
        whole = both(self.population, expr) if population else expr
        self.rests_on("qualification-default")
        if type == "executable":
            self.rests_on("trigger-runs-executable")
        if type == "batch":
            self.rests_on("batch-person-in-minutes")
        found = smart_list(whole, triggers, everybody=type != "trigger")
        if any(len(clause.values) > 1 for clause in (*found.filters, *found.triggers)):
            self.rests_on("several-values")
        if EVERYBODY in found.filters:
            self.rests_on("executable-empty-list", "created-at-is-known")
        if NOBODY in found.filters:
            self.rests_on("created-at-is-known")
        self.campaigns.append(
            ob.Campaign(
                name=name,
                elements=elements or (element.name,),
                lowering=self.lowering,
                facts=self.used,
                program=self.program,
                folder=folder,
                type=type,
                smart_list=found,
                flow=flow,
                qualification=qualification,
                schedule=schedule,
                stage=stage,
                role=f"{element.path[0]}.{element.id}:{role}",
                why=why or element.why,
                checks=checks,
                asks_again=asks_again,
            )
        )
        return name

    # --- the end -----------------------------------------------------------------------------------------------------------

    def frozen(self) -> ob.Lowered:
        """Everything that was collected, as values."""
        model, options = self.model, self.options
        return ob.Lowered(
            title=model.header.title,
            timezone=model.header.timezone,
            workspace=options.workspace,
            folder=options.folder,
            wait=options.wait,
            programs=tuple(self.programs.values()),
            fields=tuple(self._frozen_field(draft) for draft in self.fields.values()),
            tokens=self.frozen_tokens(),
            static_lists=tuple(self._frozen_list(draft) for draft in self.lists.values()),
            smart_lists=tuple(self._frozen_smart_list(draft) for draft in self.smart_lists.values()),
            campaigns=tuple(self.campaigns),
            prerequisites=tuple(self._frozen_prerequisite(draft) for draft in self.prerequisites.values()),
            notes=tuple(self.notes),
        )

    def _frozen_field(self, draft: _Draft) -> ob.Field:
        label, kind, helper, standard, why = draft.make
        api = OWN_API_NAME if standard else LIBRARY_FIELDS.get(label, api_name(label))
        counts = label in self.counters
        return ob.Field(label, *_origin(draft, "field"), api, kind, helper, standard, why, counts)

    def _frozen_list(self, draft: _Draft) -> ob.StaticList:
        name, why = draft.make
        return ob.StaticList(
            name, *_origin(draft, "static-list"), self.programs[None].name, given=False, why=why
        )

    def _frozen_smart_list(self, draft: _Draft) -> ob.NamedList:
        name, found, why = draft.make
        return ob.NamedList(name, *_origin(draft, "smart-list"), self.programs[None].name, found, why)

    def _frozen_prerequisite(self, draft: _Draft) -> ob.Prerequisite:
        kind, name, check = draft.make
        return ob.Prerequisite(name, *_origin(draft, "prerequisite"), kind, check)


def _beside_literals(flow: tuple[ob.FlowStep, ...]) -> Iterator[str]:
    """Tokens of steps whose choices compare numbers: what is compared there goes with what is given."""
    for step in flow:
        values = (value for choice in step.choices for value in choice.condition.values)
        if step.step == "Change Score" and any(value.lstrip("-").isdigit() for value in values):
            texts = (dict(step.fields)[step.varies], *(choice.value for choice in step.choices))
            yield from (text for text in texts if text.startswith("{{my."))


def _origin(draft: _Draft, lowering: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    return tuple(draft.elements), lowering, tuple(sorted(draft.facts))
