"""The lowerings, in one table, and what comes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.notes import Note, Result
from scorewright_pardot.audit import RULES, audit
from scorewright_pardot.labels import FIELDS, OWN_FIELDS, default_field, field_label, is_default
from scorewright_pardot.lower.binding import held_up
from scorewright_pardot.lower.clamps import lower_scores
from scorewright_pardot.lower.compounding import lower_compounding
from scorewright_pardot.lower.context import Context
from scorewright_pardot.lower.decay import lower_decay
from scorewright_pardot.lower.events import lower_events
from scorewright_pardot.lower.excepted import excepted
from scorewright_pardot.lower.grades import lower_bands, lower_grades
from scorewright_pardot.lower.marks import lower_header, lower_marks
from scorewright_pardot.lower.scores import Homes
from scorewright_pardot.lower.segments import lower_segments
from scorewright_pardot.lower.sharing import share_drops
from scorewright_pardot.lower.standing import lower_standing
from scorewright_pardot.lower.thresholds import lower_thresholds
from scorewright_pardot.objects import (
    AutomationRule,
    CompletionAction,
    DynamicList,
    EngagementProgram,
    PageAction,
    RuleStep,
    SegmentationRule,
    leaves,
)
from scorewright_pardot.planning.budget import share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Element, Field, Model
    from scorewright.plugin.plans import PlanTable
    from scorewright.plugin.target import Request
    from scorewright_pardot.lower.ticks import Band
    from scorewright_pardot.objects import Criterion, Object
    from scorewright_pardot.planning.budget import Need

__all__ = ["Lowered", "lower", "tried"]


class Lowered(NamedTuple):
    """The objects of a model (each knowing every element that needs it), the notes, and the tables to choose by."""

    objects: tuple[Object, ...]
    notes: tuple[Note, ...]
    plans: tuple[PlanTable, ...] = ()
    """What was chosen for each category that comes down, among what could be."""
    needs: tuple[Need, ...] = ()
    """What each of them asks of the rules."""


_AFTER_EVENTS = (
    lower_standing,
    lower_decay,
    lower_grades,
    lower_bands,
    lower_thresholds,
    lower_marks,
    lower_header,
    lower_compounding,
)


def lower(request: Request) -> Lowered:
    """Lower a model.  What has no sound lowering is refused by a note; nothing is dropped and nothing raised.

    Where categories have one budget of rules, it is lowered once to see what they need, and then by what each gets.
    """
    cx, lowered = _built(request)
    return lowered._replace(notes=(*lowered.notes, *_broken(cx, lowered.objects)))


def tried(request: Request) -> Lowered:
    """The same without holding the objects to the rules, which costs most: for what is only counted, and not built."""
    return _built(request)[1]


def _built(request: Request) -> tuple[Context, Lowered]:
    cx = _lowered(request, {})
    if cx.options.settle_budget and cx.needs:
        days = share(tuple(cx.needs.values()), cx.options.settle_budget) or (0,) * len(cx.needs)
        cx = _lowered(request, dict(zip(cx.needs, days, strict=True)))
    objects = share_drops(_objects(cx))
    return cx, Lowered(objects, tuple(cx.notes), tuple(cx.plans), tuple(cx.needs.values()))


def _lowered(request: Request, days: Mapping[tuple[str, Band], int]) -> Context:
    cx = Context(replace(request, model=excepted(held_up(request.model))), days)
    cx.homes = Homes(cx.model, cx.options, cx.facts)
    lower_segments(cx)
    settled = lower_events(cx)
    lower_scores(cx, settled)
    for lowering in _AFTER_EVENTS:
        lowering(cx)
    _check_days(cx)
    _check_names(cx)
    return cx


def _objects(cx: Context) -> tuple[Object, ...]:
    found: list[Object] = []
    unused = _unused(cx)
    for key, item in cx.objects.items():
        if key in unused:
            continue
        users = tuple(cx.users[key])
        if users != item.made.elements:
            item = item._replace(made=item.made._replace(elements=users))  # noqa: PLW2901 - the same object, with its users
        found.append(item)
    return tuple(found)


def _broken(cx: Context, objects: tuple[Object, ...]) -> Iterator[Note]:
    """An object that breaks a rule does not go out: that is a fault of this program, and it says so."""
    one, afresh, empties = (
        cx.facts[fact] is True
        for fact in ("rule-acts-in-one-piece", "program-steps-read-afresh", "negatives-match-empty-fields")
    )
    for breach in audit(
        objects, in_one_piece=one, afresh=afresh, empties_pass=empties, capped=_capped(cx.model)
    ):
        path = tuple(breach.element.split("."))
        message = f"a fault of this version: {breach.name!r} would break the rule “{RULES[breach.rule]}”, for {breach.says}"
        instead = "report it with the spec, and leave the element out until then"
        yield Note("breaks-a-rule", Result.REFUSED, breach.element, path, message, "", instead, ())


def _capped(model: Model) -> frozenset[str]:
    """Decays whose steps end at a level of the spec, or whose score has a ceiling, which keeps it by rules of its own."""
    return frozenset(
        decay.name
        for decay in model.decay.values()
        if model.scores[decay.score].ceiling is not None
        or any(step.level.upper is not None for step in decay.steps)
    )


def _unused(cx: Context) -> set[tuple[type, str]]:
    """Inner lists that nothing asks for any more, since another list has taken their place."""
    unused: set[tuple[type, str]] = set()
    while True:
        asked = {item.of for key, made in cx.objects.items() if key not in unused for item in _asked_by(made)}
        more = {
            key
            for key, made in cx.objects.items()
            if isinstance(made, DynamicList) and made.made.lowering == "inner-list" and made.name not in asked
        }
        if more <= unused:
            return unused
        unused |= more


def _asked_by(item: Object) -> Iterator[Criterion]:
    """What an object asks of people."""
    if isinstance(item, (AutomationRule, DynamicList, SegmentationRule)):
        yield from leaves(item.criteria)
    if isinstance(item, EngagementProgram):
        yield from (asked for step in item.steps if isinstance(step, RuleStep) for asked in step.criteria)


def _check_days(cx: Context) -> None:
    """A rule with days of its own needs actions of its own: what stands for others too is not switched off."""
    refused = {note.element for note in cx.notes if note.result is Result.REFUSED}
    shared = {
        user
        for (kind, _), users in cx.users.items()
        if kind in {CompletionAction, PageAction} and len(users) > 1
        for user in users
    }
    for rule in cx.model.rules.values():
        if rule.active is None or rule.limit is not None or rule.name in refused or rule.name not in shared:
            continue
        message = (
            "an action on an asset serves other rules too, so it cannot be switched off for this one alone"
        )
        instead = "give the rule an asset of its own, a limit, or leave active out"
        cx.notes.append(
            Note(
                "rule-dates-of-a-row",
                Result.REFUSED,
                rule.name,
                (*rule.path, "active"),
                message,
                "",
                instead,
                (),
            )
        )


def _check_names(cx: Context) -> None:
    """A name over the limit is refused, never cut; and two things cannot be kept under one name."""
    _check_twice(cx)
    limit = int(cx.facts["name-length"])
    for item in cx.objects.values():
        name = getattr(item, "name", "")
        if len(name) > limit:
            element = item.made.elements[0]
            path = tuple(element.split("."))
            message = f"the name {name[:40]!r}… has {len(name)} characters, and {limit} are sure to fit"
            cx.notes.append(
                Note(
                    "name-too-long",
                    Result.REFUSED,
                    element,
                    path,
                    message,
                    "",
                    "shorten the id or the title",
                    ("name-length",),
                )
            )


def _check_twice(cx: Context) -> None:
    """Marks that are one tag, fields that are one, and scores that are one category or field, or a field of the spec."""
    model, homes = cx.model, cx.homes
    seen: dict[tuple[str, str], Element] = {}
    for field in sorted(model.fields.values(), key=lambda item: item.builtin):
        # One that ships may be declared anew; two that a spec declares are one on the platform.
        kind, label = ("field" if field.of == "person" else "account field"), field_label(field)
        if not field.builtin or (kind, label.casefold()) not in seen:
            _once(cx, seen, kind, label, field)
        if not field.builtin and is_default(field):
            _stands_for(cx, field, label)
    for mark in model.marks.values():
        _once(cx, seen, "tag", homes.tag_of(mark), mark)
    for key, score in model.scores.items():
        home = homes.of[key]
        if home.kind in {"field", "formula"} and not homes.is_a_field(key) and default_field(home.name):
            instead = "give the score another title, or another name under names.pardot"
            _is_taken(cx, score, f"every prospect has a field {default_field(home.name)!r} already", instead)
        if home.kind in {"category", "field", "formula"} and not homes.is_a_field(key):
            _once(cx, seen, "category" if home.kind == "category" else "field", home.name, score)


def _stands_for(cx: Context, field: Field, label: str) -> None:
    """A field of the spec that is one that every prospect has: of those that the language has, by that id alone."""
    ships = next((key for key, name in FIELDS.items() if name == label and key != "email-domain"), "")
    if label in OWN_FIELDS and field.id != ships:
        message = f"the platform keeps {label!r} itself, and no field of a spec's own can be called so"
        _is_taken(cx, field, message, "give the field another name under names.pardot")
    elif ships and field.id not in {ships, "email-domain"}:
        message = f"every prospect has a field {label!r}, which {ships} stands for: one field cannot hold two values"
        instead = f"ask for {ships} instead, which needs no declaration; or give the field another name under names.pardot"
        _is_taken(cx, field, message, instead)


def _is_taken(cx: Context, element: Element, message: str, instead: str) -> None:
    named = (*element.path, "names", "pardot") if "pardot" in getattr(element, "names", {}) else element.path
    note = Note("name-taken", Result.REFUSED, element.name, named, message, "", instead, ())
    cx.notes.append(note)


def _once(cx: Context, seen: dict[tuple[str, str], Element], kind: str, name: str, element: Element) -> None:
    other = seen.setdefault((kind, name.casefold()), element)
    if other is not element:
        message = f"the {kind} {name!r} already holds {other.name}"
        instead = "give one of them another name under names.pardot"
        note = Note("name-twice", Result.REFUSED, element.name, element.path, message, "", instead, ())
        cx.notes.append(note)
