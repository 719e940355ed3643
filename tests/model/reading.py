"""Small documents for the tests of the reader, which takes what has the language's shape."""

from __future__ import annotations

import tomllib

from scorewright.model.read import read
from scorewright.schema.repair import repair
from scorewright.schema.validate import validate

HEAD = 'language = 1\n[model]\nid = "m"\ntitle = "M"\ntimezone = "UTC"\n'
SCORES = '[scores.e]\nkind = "engagement"\n[scores.f]\nkind = "fit"\n'


def reading(text, texts=None):
    """What the reader makes of a sound document."""
    data = tomllib.loads(HEAD + text)
    assert validate(data) == ()
    return read(data, texts)


def reading_of_broken(text):
    """What the reader makes of a document with faults of shape, as a check of the spec would read it."""
    data = tomllib.loads(HEAD + text)
    shape = validate(data)
    assert shape
    return read(repair(data, shape)[0], {}, repair(data, shape)[1])


def model(text, texts=None):
    """The model of a document without faults."""
    found = reading(text, texts)
    assert found.findings == ()
    return found.model


def found(text):
    """Code, path and help of each finding."""
    return [(item.rule.code, item.path, item.help) for item in reading(text).findings]
