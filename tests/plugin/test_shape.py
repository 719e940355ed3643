"""A bundle is held against its target's description, and what is wrong is told by file, object and place."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest

from scorewright.plugin.shape import (
    FLAG,
    NAME,
    TEXT,
    Misshapen,
    array,
    gauge,
    misshapen,
    one_of,
    record,
    row,
    validator,
    whole,
)

CHECKER = validator(
    {
        "rules": row(
            {"points": whole(1, 9), "match": one_of(("all", "any"))},
            {"on": FLAG, "steps": array({"$ref": "#/$defs/step"}, least=1)},
        ),
        "gauges": gauge({"score": record({"field": NAME}), "mark": record({"list": NAME})}),
    },
    {"step": record({"label": NAME}, {"value": TEXT})},
)
RULE = {
    "name": "r",
    "for": ["rules.a"],
    "lowering": "l",
    "points": 3,
    "match": "all",
    "steps": [{"label": "a"}],
}
GAUGE = {"kind": "score", "key": "lead", "at": {"field": "Lead"}, "settles_in_hours": 1}


def without(key):
    return {name: value for name, value in RULE.items() if name != key}


def test_what_has_its_shape_passes_whatever_tables_are_made_of():
    assert misshapen(CHECKER, {"rules": [RULE], "gauges": (GAUGE,)}) is None
    assert misshapen(CHECKER, MappingProxyType({"rules": (MappingProxyType(RULE),)})) is None
    assert misshapen(CHECKER, {}) is None


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"points": "3"}, "points: expected a whole number, found '3'"),
        ({"points": True}, "points: expected a whole number, found true"),
        ({"points": 0}, "points: 0 is too small: the least is 1"),
        ({"points": 10**30}, f"points: {10**30} is too large: the most is 9"),
        ({"points": float("nan")}, "points: expected a whole number, found nan"),
        ({"points": dt.date(2026, 1, 2)}, "points: expected a whole number, found 2026-01-02"),
        ({"match": "most"}, "match: expected 'all' or 'any', found 'most'"),
        ({"match": []}, "match: expected 'all' or 'any', found an array"),
        ({"on": "yes"}, "on: expected true or false, found 'yes'"),
        ({"steps": []}, "steps: an array is empty"),
        ({"steps": [{"label": "a"}, {"label": ""}]}, "steps.1.label: '' is empty"),
        ({"steps": [{"value": "b"}]}, "steps.0: there is no 'label'"),
        ({"steps": ["a"]}, "steps.0: expected a table, found 'a'"),
        ({"steps": {"label": "a"}}, "steps: expected an array, found a table"),
        ({"colour": 1}, "no key is called 'colour' here"),
        ({"steps": [{"label": 9 * "long text "}]}, None),
    ],
)
def test_what_is_wrong_is_told_with_its_place(wrong, what):
    found = misshapen(CHECKER, {"rules": [{**RULE, "name": "first"}, {**RULE, **wrong}]})
    assert found == (None if what is None else Misshapen("rules", "r", what))


def test_long_values_are_cut_short():
    found = misshapen(CHECKER, {"rules": [{**RULE, "points": 100 * "9"}]})
    assert found is not None
    assert found.what == f"points: expected a whole number, found '{58 * '9'}…"


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        ({"songs": []}, ("songs", "", "nobody knows how to build what is in this file")),
        ({"rules": "none"}, ("rules", "", "expected an array, found 'none'")),
        ({"rules": [5]}, ("rules", "", "expected a table, found 5")),
        ({"rules": [without("name")]}, ("rules", "", "an object without a name")),
        ({"rules": [without("points")]}, ("rules", "r", "there is no 'points'")),
        ({"rules": [RULE, RULE]}, ("rules", "r", "there are two of that name")),
        ({"gauges": [GAUGE, GAUGE]}, ("gauges", "score lead", "there are two of that name")),
        (
            {"gauges": [{**GAUGE, "kind": "mood"}]},
            ("gauges", "mood lead", "kind: expected 'score' or 'mark', found 'mood'"),
        ),
        ({"gauges": [{**GAUGE, "kind": "mark"}]}, ("gauges", "mark lead", "at: there is no 'list'")),
        ({"gauges": [{**GAUGE, "at": 1}]}, ("gauges", "score lead", "at: expected a table, found 1")),
    ],
)
def test_the_file_and_the_object_are_named(tables, found):
    told = misshapen(CHECKER, tables)
    assert told is not None
    if told.what.startswith("at: no key"):  # both are said of it: which comes first does not matter
        told = told._replace(what="at: there is no 'list'")
    assert told == found


def test_what_is_nested_without_end_is_refused_too():
    deep = []
    for _ in range(400):
        deep = [deep]
    for inner in (deep, [deep, dt.date(2026, 1, 2)]):
        found = misshapen(CHECKER, {"rules": [{**RULE, "for": inner}]})
        assert found is not None
        assert found.what == "for.0: expected a text, found an array"
