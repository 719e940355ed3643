"""From a model to Marketo objects and notes: a table of element kinds, each lowered by its own module."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.elements import Rule
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Note, Result
from scorewright_marketo.audit import RULES, audit
from scorewright_marketo.lower import (
    decay,
    grades,
    holding,
    inputs,
    kept,
    marks,
    nights,
    padded,
    rules,
    scores,
    segments,
    stamps,
    standing,
    thresholds,
    tiers,
)
from scorewright_marketo.lower.apart import say_apart
from scorewright_marketo.lower.bounds import by_scores, joined
from scorewright_marketo.lower.context import Builder
from scorewright_marketo.lower.expr import Both, smart_list
from scorewright_marketo.lower.merging import merged
from scorewright_marketo.lower.places import places
from scorewright_marketo.lower.programs import name_programs
from scorewright_marketo.lower.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.model.elements import Element, Model
    from scorewright_marketo.objects import Lowered
    from scorewright_marketo.options import Options

__all__ = ["build", "lower"]


def _rule(b: Builder, rule: Rule) -> None:
    (rules.lower_event_rule if rule.on else kept.lower_kept if rule.keep else standing.lower_fact)(b, rule)


_KINDS = {
    "segments": segments.lower_segment,
    "scores": scores.lower_score,
    "marks": marks.lower_mark,
    "rules": _rule,
    "tiers": tiers.lower_tier,
    "inputs": inputs.lower_input,
    "decay": decay.lower_decay,
    "grades": grades.lower_grade,
    "bands": grades.lower_band,
    "thresholds": thresholds.lower_threshold,
}
"""How each table of the language is lowered, in the order in which its objects are built."""


def lower(model: Model, options: Options, facts: Mapping[str, bool | int | str]) -> Lowered:
    """Everything that a model becomes, with a note for each element.  Never raises for a model that has passed the checks."""
    b, apart = build(model, options, facts)
    few = merged(apart, model)
    return _held_to_rules(replace(few, notes=(*few.notes, *say_apart(few, model))), b)


def build(model: Model, options: Options, facts: Mapping[str, bool | int | str]) -> tuple[Builder, Lowered]:
    """Each element's objects as it asks for them, before trigger campaigns of one event are brought together."""
    b = Builder(model, options, facts)
    name_programs(b)
    b.population = segments.population(b)
    stamps.prepare_stamps(b)
    holding.prepare_holds(b)
    for table, step in _KINDS.items():
        for element in getattr(model, table).values():
            _one(b, element, step)
    nights.emit_turns(b)
    padded.emit_fillers(b)
    _say_unknown_options(b)
    _say_dates(b)
    _say_clones(b)
    found = places(b)
    return b, replace(b.frozen(), places=found)


def _held_to_rules(lowered: Lowered, b: Builder) -> Lowered:
    """An object that breaks a rule does not go out: that is a fault of this program, and it says so."""
    paths = {note.element: note.path for note in b.notes}
    for_all = frozenset(decay.name for decay in b.model.decay.values() if decay.never_active)
    said = tuple(
        Note(
            "breaks-a-rule",
            Result.REFUSED,
            breach.element,
            paths.get(breach.element, tuple(breach.element.split("."))),
            f"a fault of this version: {breach.name!r} would break the rule “{RULES[breach.rule]}”, for {breach.says}",
            instead="report it with the spec, and leave the element out until then",
        )
        for breach in audit(
            lowered,
            for_all=for_all,
            population=None if b.population == Both(()) else smart_list(b.population),
            empties_pass=bool(b.knows("negative-operators-match-empty")),
        )
    )
    return replace(lowered, notes=(*lowered.notes, *said)) if said else lowered


def _say_unknown_options(b: Builder) -> None:
    """A name in an option that nothing in the model has would do nothing, in silence."""
    elements = {element.name: element for table in _KINDS for element in getattr(b.model, table).values()}
    facts = {
        name
        for name, item in elements.items()
        if isinstance(item, Rule) and not item.on and len(item.points) == 1
    }
    numbers = _named_numbers(b, elements)
    for option, known, what, instead in (
        ("tokens", numbers, "is no value, no element and no id of an element that gives points", _BY_ID),
        ("tokens_back", facts, "is no fact with points for one score", _BY_TABLE),
        ("earlier_points", elements.keys(), "is no element of the model", _BY_TABLE),
    ):
        for name in getattr(b.options, option):
            if name not in known:
                path = ("targets", "marketo", option, name)
                near = _nearest(name, known)
                way = f"did you mean “{near}”? Else {instead}" if near else instead
                b.notes.append(
                    Note("unknown-option", Result.REFUSED, "model", path, f"“{name}” {what}", instead=way)
                )


_BY_ID = "write the id of a value, as in “form”, or an element with its table, as in “rules.contact”"
_BY_TABLE = "write the element with its table, as in “rules.bad-name”"


def _named_numbers(b: Builder, elements: Mapping[str, Element]) -> set[str]:
    """What a token can be called after: values, elements, their ids, and what numbers of sums are called."""
    asked = b.memo.get("numbers of tokens", {})
    return {*b.model.values, *elements, *(element.id for element in elements.values()), *asked}


def _nearest(name: str, known: Iterable[str]) -> str:
    """The name that was most likely meant; ``""`` where none is like it."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(known), 1)), "")


def _say_dates(b: Builder) -> None:
    """The model's own days: no filter knows today's date, so a person switches."""
    head = b.model.header
    rows = (
        (("starts", f"activate the triggers on {head.starts}" if head.starts else ""),) if head.starts else ()
    )
    if head.active is not None:
        first = f"activate everything on {head.active.first}" if head.active.first else ""
        last = f"deactivate everything after {head.active.last}" if head.active.last else ""
        rows = (*rows, ("active", " and ".join(filter(None, (first, last)))))
    _say_not_active_yet(b)
    _say_graded_no_more(b)
    for key, text in rows:
        b.notes.append(
            Note("dates-by-hand", Result.BY_HAND, "model", ("model", key), f"In force from a day: {text}.")
        )


def _say_not_active_yet(b: Builder) -> None:
    """What everybody has from the first moment on, whether scored or not, waits for the day on which all is switched on."""
    head = b.model.header
    if head.active is None or not head.active.first:
        return
    starts = [
        (score.key, min(0, -score.start.value), max(0, -score.start.value))
        for score in b.model.scores.values()
        if score.start is not None and score.kind == "engagement"
    ]
    grades = [Bound(f"grade {grade.key}", 0, None, "outside") for grade in b.model.grades.values()]
    labels = [Bound(f"field {band.field}", 0, 1, "outside") for band in b.model.bands.values() if band.field]
    bounds = joined(by_scores(b, starts, "outside", fed=False), grades, labels)
    if bounds:
        b.notes.append(
            Note(
                "not-before-active",
                Result.BOUNDED,
                "model",
                ("model", "active"),
                f"Until {head.active.first} no campaign is on that gives anybody a grade, a label or a score to start with.",
                bound="the grade, the label and the start of who comes before that day",
                bounds=bounds,
            )
        )


def _say_graded_no_more(b: Builder) -> None:
    """A grade says what the fields do, of everybody and at any time; the batch that looks at them is switched off."""
    active = b.model.header.active
    if active is None or not active.last or not b.model.grades:
        return
    b.notes.append(
        Note(
            "graded-no-more",
            Result.BOUNDED,
            "model",
            ("model", "active"),
            f"After {active.last} no campaign is on that looks at anybody's grade again.",
            bound="the grade of everybody whose fields change after that day",
            bounds=tuple(Bound(f"grade {key}", 0, None, "outside") for key in b.model.grades),
        )
    )


def _say_clones(b: Builder) -> None:
    """Every product after the first: its program is a copy in which a person changes what a clone cannot."""
    facts = ("clone-keeps-score-names", "clone-repoints")
    for product in list(b.model.products.values())[1:]:
        message = "The program is cloned from the first product's, then tokens, Score Names and literals are edited in it."
        b.notes.append(
            Note(
                "clone-by-hand",
                Result.BY_HAND,
                product.name,
                product.path,
                message,
                facts=facts,
                product=product.id,
            )
        )


def _one(b: Builder, element: Element, step: object) -> None:
    b.begin(element, element.path[0] if isinstance(element.path[0], str) else "")
    b.pending.clear()
    first = len(b.notes)
    try:
        step(b, element)  # type: ignore[operator]
    except RefusedError as refusal:
        b.note(
            refusal.name,
            Result.REFUSED,
            refusal.message,
            path=refusal.path or element.path,
            instead=refusal.instead,
            facts=refusal.facts,
        )
    b.notes[first:] = _either_or(b.notes[first:])


def _either_or(said: list[Note]) -> list[Note]:
    """What is bounded or refused is not called exact; where it may be off all the same goes with the first bound."""
    if not any(note.result in {Result.BOUNDED, Result.REFUSED} for note in said):
        return said
    exact = [note.bounds for note in said if note.result is Result.EXACT]
    kept = [note for note in said if note.result is not Result.EXACT]
    place = next((place for place, note in enumerate(kept) if note.result is Result.BOUNDED), None)
    if place is not None:
        kept[place] = replace(kept[place], bounds=joined(kept[place].bounds, *exact))
    return kept
