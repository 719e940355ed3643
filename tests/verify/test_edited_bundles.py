"""Bundles that somebody has edited: read, or refused in words that name the file; nothing else is ever raised."""

from __future__ import annotations

import copy
import datetime as dt
import random

import pytest

from scorewright.plugin.emulation import Schedule, UnreadableBundleError
from scorewright.plugin.registry import load
from scorewright.verify.work import Work
from tests.verify.shipped import TARGETS, compiled, task_of

WRONG = (
    None, 0, -1, 10**30, True, 1.5, float("nan"), [], [1], {}, {"a": 1}, dt.date(2026, 1, 2),
    "", "x", "-", "--5", "9" * 5_000, "{{my.", "{{lead.", "((1)", "1 fortnight", "9999999 days", "in past", "is",
    "0001-01-01", "9999-12-31", "Daily, every 0 days, at 01:00", "Monthly, on day 99, at 01:00", "Run once",
)  # fmt: skip
EDITS = 800
SPECS = ("op-scoring", "pardot-score-decay")


def leaves(value, path=()):
    """Every place inside a value, the value's own among them."""
    yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, (list, tuple))
        else ()
    )
    for key, item in inner:
        yield from leaves(item, (*path, key))


def edited(tables, chance):
    """The tables with one value taken out, put wrong or put like another one of its file; and where.

    Half of the new values are of the old one's type, so that not only shapes are tried.
    """
    kind = chance.choice([kind for kind in tables if tables[kind]])
    rows = [copy.deepcopy(dict(row)) for row in tables[kind]]
    place = chance.randrange(len(rows))
    path = chance.choice([path for path in leaves(rows[place]) if path])
    inner = _at(rows[place], path[:-1])
    other = chance.choice(rows)
    others = [copy.deepcopy(_at(other, path)) for path in leaves(other) if path]
    alike = [value for value in (*WRONG, *others) if type(value) is type(inner[path[-1]])]
    new = chance.choice(chance.choice((WRONG, others, alike or WRONG, alike or WRONG)))
    if new is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return f"{kind}[{place}].{'.'.join(map(str, path))} = {new!r}", {**tables, kind: tuple(rows)}


def _at(value, path):
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("target", TARGETS)
def test_an_edited_bundle_plays_or_is_refused_in_words(spec, target):
    task, plugin = task_of(compiled(spec, target)), load(target)
    lives = [life for _, life in Work(task, plugin).lives][::12]
    chance, refused = random.Random(f"{spec}/{target}"), 0
    for number in range(EDITS):
        said, tables = edited(task.bundle.tables, chance)
        life = lives[number % len(lives)]
        try:
            looks = (life.person.created + 86_400, life.until)
            plugin.emulator(task.model, tables, task.facts).play(
                life.person, looks, Schedule("random", number)
            )
        except UnreadableBundleError:
            refused += 1
        except Exception as error:
            raise AssertionError(said) from error
    assert refused > EDITS // 20
