"""Values and tests must fit what they are about: the type of a field, the properties of an event, a band's labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.fits_rules import (
    NOT_A_VALUE,
    RULES,
    SCORE_CANNOT_BE_GIVEN,
    STATUS_OF_A_LIST,
    TEST_DOES_NOT_FIT,
    UNKNOWN_LABEL,
    UNKNOWN_PROPERTY,
    VALUE_DOES_NOT_FIT,
    VALUES_OF_NO_TEXT,
    WRONG_FIELD_TYPE,
)
from scorewright.checks.subject import Family
from scorewright.checks.walk import actions, conditions, events
from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.vocabulary import TESTS_BY_TYPE, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Band, ExampleEvent, Field, Model, Score
    from scorewright.model.events import Event

__all__ = ["FAMILY", "a_type", "test_key", "wrong_value"]

_WORDS = {
    "text": "a text",
    "number": "a number",
    "date": "a date",
    "yes_no": "yes or no",
    "choice": "a choice",
    "choices": "a set of choices",
}
_MANY_LABELS = 10_000
"""Joined labels that are compared with what a test asks for; of more nothing is said."""
_DEEP = 20
"""Bands joined inside one another that are followed."""


def a_type(kind: str) -> str:
    """A type of field in words: ``a number``."""
    return _WORDS[kind]


# --- tests ----------------------------------------------------------------------------------------------------------


def test_key(test: con.Test) -> str:
    """The key that a test was most likely written with."""
    match test:
        case con.Is(values):
            return "is" if len(values) == 1 else "is_any"
        case con.Matches(mode, _, terms):
            return "in" if terms else mode
        case con.Range(bounds):
            side = bounds.lower or bounds.upper
            names = ("at_least", "above") if bounds.lower else ("at_most", "below")
            return names[0] if side and side.inclusive else names[1]
        case con.Known():
            return "known"
        case con.Age(mode):
            return mode
        case con.Day(first):
            return "before" if first is None else "on_or_after"


def field_tests(subject: Subject) -> Iterator[Finding]:
    """Tests of fields, in conditions and in the cases of tiers."""
    fields = subject.model.fields
    for _, condition in conditions(subject.model):
        if isinstance(condition, con.FieldTest):
            yield from _field_test(fields[condition.field], condition.test, condition.path)
    for tier in subject.model.tiers.values():
        for case in tier.cases if tier.field else ():
            if case.test is not None:
                yield from _field_test(fields[tier.field or ""], case.test, case.path)


def _field_test(field: Field, test: con.Test, path: KeyPath) -> Iterator[Finding]:
    misfit = _misfit(field.id, field.type, test, (*path, test_key(test)))
    if misfit is not None:
        yield misfit
    elif isinstance(test, con.Is) and field.values:
        known = {value.casefold() for value in field.values}
        for value in test.values:
            if isinstance(value, str) and value.casefold() not in known:
                yield _not_a_value(field, value, (*path, test_key(test)))


def _misfit(name: str, kind: str, test: con.Test, path: KeyPath) -> Finding | None:
    key, takes = str(path[-1]), TESTS_BY_TYPE[kind]
    if key not in takes:
        message = f"{name!r} is {_WORDS[kind]}, which cannot be asked {key!r}"
        return TEST_DOES_NOT_FIT.at(path, message, help=f"{_WORDS[kind]} takes {', '.join(takes)}", on="key")
    if isinstance(test, con.Is):
        for value in test.values:
            if not _fits(kind, value):
                message = f"{name!r} is {_WORDS[kind]}, and {_shown(value)} is not"
                return TEST_DOES_NOT_FIT.at(path, message, help=_instead(kind, value))
    return None


def _fits(kind: str, value: object) -> bool:
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "yes_no":
        return isinstance(value, bool)
    if kind == "choices" and isinstance(value, tuple):
        return True
    return isinstance(value, str) and (kind != "date" or _is_date(value))


def _is_date(text: str) -> bool:
    from datetime import datetime

    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "an array"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _instead(kind: str, value: object) -> str:
    if kind in {"text", "choice", "choices"}:
        return f'write "{_shown(value)}"' if not isinstance(value, tuple) else "write one text"
    if kind == "number":
        return "write an integer, without quotes"
    return "write true or false" if kind == "yes_no" else "write a date such as 2026-05-01, without quotes"


def _not_a_value(field: Field, value: str, path: KeyPath) -> Finding:
    from scorewright.diagnostics.suggest import did_you_mean

    help_ = did_you_mean(value, field.values) or f"it takes {', '.join(field.values[:8])}"
    return NOT_A_VALUE.at(path, f'"{value}" is not one of the values of {field.id!r}', help=help_)


def field_values(subject: Subject) -> Iterator[Finding]:
    """Lists of values on fields that hold no texts."""
    for field in subject.model.fields.values():
        if field.values and field.type in {"number", "date", "yes_no"}:
            message = f"{field.id!r} is {_WORDS[field.type]}, and a list of values holds texts"
            yield VALUES_OF_NO_TEXT.at((*field.path, "values"), message, help="leave values out", on="key")


# --- properties of events -------------------------------------------------------------------------------------------


def properties_asked(subject: Subject) -> Iterator[Finding]:
    """``where``: each property exists on all that the event names, and its test fits."""
    for _, event in events(subject.model):
        for name, test in event.where:
            at = (*event.path, "where", name)
            for kind in _kinds(subject.model, event.verb, event.objects, name):
                if kind is None:
                    yield _no_property(subject.model, event, name, at)
                elif kind in TESTS_BY_TYPE and (misfit := _misfit(name, kind, test, (*at, test_key(test)))):
                    yield misfit


def _kinds(model: Model, verb: str, objects: Iterable[str], name: str) -> Iterator[str | None]:
    """The types of a property, one for each thing named; ``None`` where there is no such property."""
    if verb == "does":
        yield from (model.activities[key].properties.get(name) for key in objects)
    elif verb == "changes" and name == "from":
        yield from (model.fields[key].type for key in objects)
    else:
        yield dict(VERBS[verb].properties).get(name)


def _properties(model: Model, verb: str, objects: Iterable[str]) -> list[str]:
    if verb == "does":
        return list(dict.fromkeys(name for key in objects for name in model.activities[key].properties))
    return [name for name, _ in VERBS[verb].properties]


def _no_property(model: Model, event: Event, name: str, path: KeyPath) -> Finding:
    known = _properties(model, event.verb, event.objects)
    if name in known:
        lacking = next(key for key in event.objects if name not in model.activities[key].properties)
        help_ = f"declare it under properties of {lacking!r}, or write one rule for each activity"
        return UNKNOWN_PROPERTY.at(path, f"{lacking!r} has no property {name!r}", help=help_, on="key")
    about = " or ".join(repr(key) for key in event.objects) if event.verb == "does" else repr(event.verb)
    help_ = _properties_help(name, known)
    return UNKNOWN_PROPERTY.at(path, f"{about} has no property {name!r}", help=help_, on="key")


def _properties_help(name: str, known: list[str]) -> str:
    from scorewright.diagnostics.suggest import did_you_mean

    return did_you_mean(name, known) or (f"it has {', '.join(known)}" if known else "it has no properties")


# --- values that are written or told --------------------------------------------------------------------------------


def wrong_value(field: Field, value: object, path: KeyPath) -> Iterator[Finding]:
    """What is wrong with a value for a field; an empty text makes any field unknown."""
    if value in ("", ()):
        return
    if not _fits(field.type, value):
        message = f"{field.id!r} is {_WORDS[field.type]}, and {_shown(value)} is not"
        yield VALUE_DOES_NOT_FIT.at(path, message, help=_instead(field.type, value))
    elif field.values and field.type != "number":
        known = {text.casefold() for text in field.values}
        for text in value if isinstance(value, tuple) else (value,):
            if str(text).casefold() not in known:
                yield _not_a_value(field, str(text), path)


def example_values(subject: Subject) -> Iterator[Finding]:
    """The fields of an example's person, and what its events bring."""
    model = subject.model
    for example in model.examples.values():
        for name, value in example.person:
            yield from wrong_value(model.fields[name], value, (*example.path, "person", name))
        for key, _ in example.scores:
            if model.scores[key].kind != "engagement":
                yield _not_given(model.scores[key], (*example.path, "scores", model.scores[key].id))
        for told in example.events:
            if told.verb == "sets":
                yield from wrong_value(model.fields[told.what], told.value, (*told.path, "to"))
            for name, value in told.properties:
                yield from _told(model, told, name, value)


def _not_given(score: Score, path: KeyPath) -> Finding:
    message = f"{score.id!r} is a {score.kind} score, which nobody can be given"
    help_ = "give the person the fields, marks or scores that it comes from"
    return SCORE_CANNOT_BE_GIVEN.at(path, message, help=help_, on="key")


def _told(model: Model, event: ExampleEvent, name: str, value: object) -> Iterator[Finding]:
    path = (*event.path, "with", name)
    (kind,) = _kinds(model, event.verb, (event.what,), name)
    if kind is None:
        thing = event.what if event.verb == "does" else event.verb
        help_ = _properties_help(name, _properties(model, event.verb, (event.what,)))
        yield UNKNOWN_PROPERTY.at(path, f"{thing!r} has no property {name!r}", help=help_, on="key")
    elif not _fits(kind, value):
        message = f"{name!r} is {_WORDS[kind]}, and {_shown(value)} is not"
        yield VALUE_DOES_NOT_FIT.at(path, message, help=_instead(kind, value))


def written_fields(subject: Subject) -> Iterator[Finding]:
    """Fields that actions write: of the right type, and with a value that fits."""
    fields = subject.model.fields
    for _, action in actions(subject.model):
        match action:
            case act.Stamp(field):
                yield from _needs(fields[field], "date", (*action.path, "stamp"), "the moment is a date")
            case act.Snapshot(_, field):
                yield from _needs(fields[field], "number", (*action.path, "in"), "a score is a number")
            case act.SetField(field, value):
                yield from _set_field(fields[field], value, (*action.path, "to"))


def _set_field(field: Field, value: object, path: KeyPath) -> Iterator[Finding]:
    if field.type == "date" and value != "":
        message = f"{field.id!r} is a date, and set_field writes no dates"
        yield VALUE_DOES_NOT_FIT.at(
            path, message, help=f'write {{ stamp = "{field.id}" }} for the moment itself'
        )
    else:
        yield from wrong_value(field, value, path)


def _needs(field: Field, kind: str, path: KeyPath, why: str) -> Iterator[Finding]:
    if field.type != kind:
        message = f"{field.id!r} is {_WORDS[field.type]}, and {why}"
        yield WRONG_FIELD_TYPE.at(path, message, help=f'name a field with type = "{kind}"')


def read_fields(subject: Subject) -> Iterator[Finding]:
    """Fields behind inputs and bands."""
    fields = subject.model.fields
    for item in subject.model.inputs.values():
        yield from _needs(fields[item.field], "number", (*item.path, "field"), "points are a number")
    for band in subject.model.bands.values():
        if band.field is not None:
            yield from _needs(fields[band.field], "text", (*band.path, "field"), "a label is a text")


# --- labels and statuses --------------------------------------------------------------------------------------------


def statuses(subject: Subject) -> Iterator[Finding]:
    """A campaign status asked of a list, which has none."""
    assets = subject.model.assets
    for _, condition in conditions(subject.model):
        if (
            isinstance(condition, con.MemberOf)
            and condition.statuses
            and assets[condition.asset].kinds == ("list",)
        ):
            message = f"{condition.asset!r} is a list, and members of a list have no status"
            help_ = "leave status out, or ask about a campaign"
            yield STATUS_OF_A_LIST.at((*condition.path, "status"), message, help=help_, on="key")


def labels(subject: Subject) -> Iterator[Finding]:
    """Labels that a band never bears."""
    known: dict[str, frozenset[str] | None] = {}
    for _, condition in conditions(subject.model):
        if not isinstance(condition, con.BandTest):
            continue
        have = known.setdefault(condition.band, labels_of(condition.band, subject.model.bands, ()))
        for label in condition.labels if have is not None else ():
            if label not in (have or ()):
                key = "is" if len(condition.labels) == 1 else "is_any"
                yield _no_label(condition.band, label, sorted(have or ()), (*condition.path, key))


def _no_label(band: str, label: str, known: list[str], path: KeyPath) -> Finding:
    from scorewright.diagnostics.suggest import did_you_mean

    help_ = did_you_mean(label, known) or f"it has {', '.join(known[:20])}"
    return UNKNOWN_LABEL.at(path, f'{band!r} has no label "{label}"', help=help_)


def labels_of(key: str, bands: Mapping[str, Band], trail: tuple[str, ...]) -> frozenset[str] | None:
    """Every label that a band can bear; ``None`` for a circle of bands, and for too many to list."""
    if key in trail or len(trail) > _DEEP:
        return None
    band = bands[key]
    if not band.join:
        return frozenset(case.label for case in band.cases)
    joined = frozenset({""})
    for part in band.join:
        more = labels_of(part, bands, (*trail, key))
        if more is None or len(joined) * len(more) > _MANY_LABELS:
            return None
        joined = frozenset(left + right for left in joined for right in more)
    return joined


FAMILY = Family(
    RULES,
    (
        field_tests,
        field_values,
        properties_asked,
        example_values,
        written_fields,
        read_fields,
        statuses,
        labels,
    ),
)
