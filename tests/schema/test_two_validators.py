"""Two validators of the shape say the same of any document, and none stops the reading or a check."""

from __future__ import annotations

import copy
import datetime as dt
import random

import jsonschema
import pytest

from scorewright.checks.catalogue import families
from scorewright.checks.subject import Subject
from scorewright.model.read import read
from scorewright.schema import validate as module
from scorewright.schema.plain import plain
from scorewright.schema.repair import repair
from scorewright.schema.validate import validate
from tests.making.choose import Choose
from tests.making.spec import make_spec

JUNK = (
    5, -1, "x", "Bad Id", "any-page", "", True, [], [{}], ["a"], {}, {"x": 1}, {"a": {"b": 1}}, {"field": "email"},
    {"score": "none"}, dt.date(2026, 1, 1), dt.datetime.fromisoformat("2026-01-01"), dt.time(8, 0), 2.5, 2**60,
)  # fmt: skip

KEYS = (
    "limit",
    "limits",
    "when",
    "on",
    "points",
    "each",
    "of",
    "is",
    "at_least",
    "score",
    "any",
    "visits",
    "visited",
    "Bad",
)


def places(value, path=()):
    if path:
        yield path
    for key, item in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(item, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def broken(seed):
    """A made document with some of its places replaced, removed, doubled or filled with something else."""
    chance = random.Random(seed)
    made = make_spec(Choose.seeded(seed % 100))
    data = copy.deepcopy(made.data)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        path = chance.choice(list(places(data)))
        around, key = at(data, path[:-1]), path[-1]
        match chance.randrange(5):
            case 0 | 1:
                around[key] = copy.deepcopy(chance.choice(JUNK))
            case 2:
                del around[key]
            case 3 if isinstance(around, dict):
                around[chance.choice(KEYS)] = copy.deepcopy(chance.choice(JUNK))
            case _:
                around[key] = copy.deepcopy(at(data, chance.choice(list(places(data)))))
    return data, made.texts


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_two_validators_agree_and_what_is_invalid_is_reported(start):
    slow = jsonschema.Draft202012Validator(module._wrapped_schema())
    for seed in range(start, start + 100):
        data, _ = broken(seed)
        instance, rejected = plain(data)
        quick = module._quick().is_valid(instance)
        assert quick == slow.is_valid(instance), seed
        assert bool(validate(data)) == bool(rejected or not quick), seed


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_no_document_stops_the_reading_or_a_check(start):
    for seed in range(start, start + 100):
        data, texts = broken(seed)
        shape = validate(data)
        repaired, wrong = repair(data, shape) if shape else (data, frozenset())
        reading = read(repaired, texts, wrong)
        assert shape or reading.findings or (reading.model is not None) == ("model" in data), seed
        if reading.model is None:
            continue
        whole = not shape and not reading.left_out
        subject = Subject(reading.model, reading.uses, {}, dt.date(2026, 1, 1), whole)
        for family in families():
            for look in (*family.checks, *(family.whole_checks if whole else ())):
                assert all(item.path for item in look(subject)), seed


def test_a_valid_document_is_answered_without_jsonschema(shell):
    code = (
        "import sys; from scorewright.schema.validate import validate;"
        "validate({'language': 1, 'model': {'id': 'm', 'title': 'M', 'timezone': 'UTC'}});"
        "print('jsonschema' in sys.modules)"
    )
    assert shell(code=code).stdout.strip() == "False"
