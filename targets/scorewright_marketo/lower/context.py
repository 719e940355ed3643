"""The builder that one lowering collects into: names, tokens, fields, lists, campaigns and notes by element."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright.plugin.notes import Note, Result
from scorewright_marketo import objects as ob
from scorewright_marketo.labels import FIELD_TYPES, FIELDS, LIBRARY_FIELDS, PERSON_SCORE
from scorewright_marketo.limits import LIMITS
from scorewright_marketo.lower.expr import EVERYBODY, NOBODY, Both, both, smart_list
from scorewright_marketo.lower.merging import merged
from scorewright_marketo.lower.needed import refuse_denied
from scorewright_marketo.names import api_name, capital, clean, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Element, Field, Model, Score
    from scorewright.model.values import Number
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.options import Options

__all__ = ["Builder", "RefusedError", "field_name", "own_field"]

_OWN_API_NAME = "leadScore"
EVERY_TIME = "Every time"
ONLY_ONCE = "Only once"
BACK = ":back"
"""Behind an element's name: what a fact takes back, as a number with a name of its own."""
A_WHILE = "Once every 1 hour"
"""Two runs can stand side by side and both find that nothing is done yet; Marketo's own memory lets one of them in."""


def own_field(label: str) -> bool:
    """Whether a field of this label is the platform's own score field, which only the overall score may use."""
    return (
        label.casefold() == PERSON_SCORE.casefold() or api_name(label).casefold() == _OWN_API_NAME.casefold()
    )


def field_name(item: Field) -> str:
    """What a field of the spec is called on Marketo."""
    if "marketo" in item.names:
        return item.names["marketo"]
    if item.builtin and item.id in FIELDS:
        return FIELDS[item.id].label
    return item.title if item.title != item.id.replace("-", " ") else words(item.id)


class RefusedError(Exception):
    """A shape that is not lowered; caught for each element and turned into a note."""

    def __init__(
        self, name: str, path: KeyPath, message: str, instead: str, facts: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.name, self.path, self.message, self.instead, self.facts = name, path, message, instead, facts


@dataclass(slots=True)
class _Draft:
    """An object that several elements may come to share."""

    make: Any
    elements: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _TokenDraft:
    program: str
    name: str
    value: int
    elements: dict[str, None] = field(default_factory=dict)
    coupled: dict[str, None] = field(default_factory=dict)
    inverse: dict[str, None] = field(default_factory=dict)


class Builder:
    """Collects while one model is lowered; used by nobody else, and thrown away with the frozen result."""

    def __init__(self, model: Model, options: Options, facts: Mapping[str, bool | int | str]) -> None:
        self.model, self.options, self._facts = model, options, facts
        self.element: Element | None = None
        self.lowering = ""
        self.notes: list[Note] = []
        self._used: dict[str, None] = {}
        self._sorted: tuple[str, ...] = ()
        self.programs: dict[str | None, ob.Program] = {}
        self.fields: dict[str, _Draft] = {}
        self.counters: set[str] = set()
        self._tokens: dict[tuple[str, str, str, int], _TokenDraft] = {}
        self._token_names: dict[tuple[str, str], _TokenDraft] = {}
        self.lists: dict[str, _Draft] = {}
        self.smart_lists: dict[str, _Draft] = {}
        self.campaigns: list[ob.Campaign] = []
        self._campaign_names: set[tuple[str, str]] = set()
        self.prerequisites: dict[str, _Draft] = {}
        self.population: Expr = Both(())
        self.memo: dict[Any, Any] = {}
        self.pending: list[str] = []
        """Tokens whose number stands as a literal in the flow that is being made; the next campaign claims them."""

    # --- the element that is being lowered -------------------------------------------------------------------------

    def begin(self, element: Element, lowering: str) -> None:
        """Everything made from here on exists for this element."""
        self.element, self.lowering, self._used, self._sorted = element, lowering, {}, ()

    def knows(self, name: str) -> bool | int | str:
        """A fact's value, for what nothing that is made rests on."""
        return self._facts[name]

    def fact(self, name: str) -> bool | int | str:
        """The value to go by; what is made for the element from here on rests on it."""
        self._used[name] = None
        return self._facts[name]

    def rests_on(self, *names: str) -> None:
        """The element rests on these facts; without some of them there is nothing sound to build."""
        self._used.update(dict.fromkeys(names))
        refuse_denied(self, self._facts, names)

    @property
    def used(self) -> tuple[str, ...]:
        """The facts that the element rests on so far."""
        if len(self._sorted) != len(self._used):
            self._sorted = tuple(sorted(self._used))
        return self._sorted

    def note(
        self,
        name: str,
        result: Result,
        message: str,
        *,
        path: KeyPath | None = None,
        bound: str = "",
        instead: str = "",
        facts: tuple[str, ...] | None = None,
        bounds: tuple[Bound, ...] = (),
    ) -> None:
        """Say something of the element; the same words twice are said once."""
        element = self.element
        assert element is not None
        note = Note(
            name=name,
            result=result,
            element=element.name,
            path=element.path if path is None else path,
            message=message,
            bound=bound,
            instead=instead,
            facts=self.used if facts is None else facts,
            product=element.product,
            bounds=bounds,
        )
        said = self.memo.setdefault("said", {})
        key = (name, note.element, note.product, note.path, message, bound)
        if result is not Result.BOUNDED or said.setdefault(key, note) is note:
            self.notes.append(note)

    def exact(self, name: str, message: str, *, bounds: tuple[Bound, ...] = ()) -> None:
        """The element is lowered exactly; ``bounds`` are for what is crowded, when no moment is quiet."""
        self.lowering = name
        self.note(name, Result.EXACT, message, bounds=bounds)

    def bounded(
        self,
        name: str,
        message: str,
        bound: str,
        *facts: str,
        bounds: tuple[Bound, ...],
        path: KeyPath | None = None,
    ) -> None:
        """The element differs by at most the bound: in words, and as ``bounds`` for each gauge that it touches.

        Where there is none, as for a rule that gives 0 points, nothing differs, and nothing is said.
        """
        if not bounds:
            return
        self.rests_on(*facts)
        used = tuple(sorted(facts))
        self.note(name, Result.BOUNDED, message, bound=bound, facts=used, path=path, bounds=bounds)

    # --- places ------------------------------------------------------------------------------------------------------

    @property
    def product(self) -> str | None:
        """The product whose copy is being lowered."""
        return self.element.product if self.element is not None else None

    @property
    def program(self) -> str:
        """The name of the program that the element's objects stand in."""
        return self.programs[self.product].name

    def length(self, limit: str, name: str, path: KeyPath, instead: str) -> None:
        """Refuse a name that is too long: nothing is ever cut."""
        rule = LIMITS[limit]
        most = int(self._facts.get(rule.fact, rule.given or 0)) if rule.given else None
        if most is not None and len(name) > most:
            message = f"the name {name!r} has {len(name)} characters; Marketo takes at most {most} {rule.title.removeprefix('characters ')}"
            raise RefusedError("name-too-long", path, message, instead, (rule.fact,))

    def _mark(self, draft: _Draft) -> None:
        draft.elements[self.element.name if self.element is not None else "model"] = None
        draft.facts.update(self._used)

    # --- fields --------------------------------------------------------------------------------------------------------

    def claim(self, space: str, name: str, key: object, suffix: str) -> str:
        """A name that nothing else in its space has: the first to ask keeps it, others get their id behind it."""
        tries = [name, f"{name} ({suffix})"]
        while True:
            text = tries.pop(0)
            holder = self.memo.setdefault(("name", space, text.casefold()), key)
            if holder == key:
                return text
            if not tries:
                number = int(text.rpartition(" ")[2]) + 1 if text.rpartition(" ")[2].isdigit() else 2
                tries.append(f"{name} ({suffix}) {number}")

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
        others = [other.id for other in names[label.casefold()] if other is not item]
        if others:
            raise RefusedError(
                "field-taken",
                item.path,
                f"“{label}” is what “{others[0]}” is called on Marketo too, and one field cannot hold two values",
                "give one of the two a title or a name of its own for Marketo, or write one field for both",
            )

    # --- tokens --------------------------------------------------------------------------------------------------------

    def token(self, number: Number, fallback: str, *, negate: bool = False, owner: str | None = None) -> str:
        """A reference to the score token of a number: named by the value's id, or else by ``fallback``.

        ``owner`` is the id that an option may rename the token by, when it is not the number's own name.
        """
        value = -number.value if negate else number.value
        if self._facts["score-token-signed"] is False:
            return f"{value:+d}"
        element = self.element
        assert element is not None
        identity = number.name or owner or element.id
        self.memo.setdefault("numbers of tokens", {})[identity] = None
        renamed = (
            self.options.tokens_back.get(identity.removesuffix(BACK))
            if identity.endswith(BACK)
            else self.options.tokens.get(identity)
            or self.options.tokens.get(element.name if number.name is None else "")
        )
        name = capital(renamed or (words(number.name) if number.name else fallback))
        key = (self.program, "value" if number.name else element.name, number.name or fallback, value)
        draft = self._tokens.get(key)
        if draft is None:
            draft = self._tokens[key] = self._new_token(name, value, element)
        draft.elements[element.name] = None
        return "{{my." + draft.name + "}}"

    def _new_token(self, name: str, value: int, element: Element) -> _TokenDraft:
        program = self.program
        tries = (
            name,
            f"{name} {'Minus' if value < 0 else 'Plus'}",
            f"{name} ({element.id})",
            f"{name} ({element.path[0]} {element.id})",
        )
        free = next((text for text in tries if (program, text.lower()) not in self._token_names), None)
        number = 2
        while free is None:
            text = f"{tries[-1]} {number}"
            free, number = (text if (program, text.lower()) not in self._token_names else None), number + 1
        self.length("token-name", free, element.path, "name the token under [targets.marketo] tokens")
        draft = self._token_names[program, free.lower()] = _TokenDraft(program, free, value)
        return draft

    def couple(self, reference: str, campaign: str, *, inverse: bool = False) -> None:
        """The token's number stands in this campaign as a literal too, or is taken back there."""
        name = reference.removeprefix("{{my.").removesuffix("}}")
        draft = self._token_names.get((self.program, name.lower()))
        if draft is not None:
            (draft.inverse if inverse else draft.coupled)[campaign] = None

    def couple_number(self, number: Number, fallback: str, campaign: str, *, inverse: bool = False) -> None:
        """The same for a number of the element in hand, if it has become a token."""
        element = self.element
        assert element is not None
        key = (self.program, "value" if number.name else element.name, number.name or fallback, number.value)
        if key in self._tokens:
            self.couple("{{my." + self._tokens[key].name + "}}", campaign, inverse=inverse)

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
        """Something must be there before the building begins."""
        key = f"{kind}: {name}".casefold()
        if key not in self.prerequisites:
            self.prerequisites[key] = _Draft((kind, name, check))
        self.prerequisites[key].elements[self.element.name if self.element is not None else "model"] = None

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
    ) -> str:
        """Emit a smart campaign and give its name back; ``name`` comes from ``campaign_name``."""
        element = self.element
        assert element is not None
        for reference in self.pending:
            self.couple(reference, name)
        self.pending.clear()
        for reference in _beside_literals(flow):
            self.couple(reference, name)
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
            tokens=tuple(self._frozen_token(draft) for draft in self._tokens.values()),
            static_lists=tuple(self._frozen_list(draft) for draft in self.lists.values()),
            smart_lists=tuple(self._frozen_smart_list(draft) for draft in self.smart_lists.values()),
            campaigns=merged(self.campaigns),
            prerequisites=tuple(self._frozen_prerequisite(draft) for draft in self.prerequisites.values()),
            notes=tuple(self.notes),
        )

    def _frozen_field(self, draft: _Draft) -> ob.Field:
        label, kind, helper, standard, why = draft.make
        api = _OWN_API_NAME if standard else LIBRARY_FIELDS.get(label, api_name(label))
        counts = label in self.counters
        return ob.Field(label, *_origin(draft, "field"), api, kind, helper, standard, why, counts)

    def _frozen_token(self, draft: _TokenDraft) -> ob.Token:
        return ob.Token(
            draft.name,
            tuple(draft.elements),
            "token",
            ("score-token-signed", "token-name-length"),
            draft.program,
            draft.value,
            tuple(name for name in draft.coupled if name not in draft.inverse),
            tuple(draft.inverse),
        )

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
