"""Bundles that somebody has edited: read, or refused in words that name the file; nothing else is ever raised."""

from __future__ import annotations

import copy
import random

import pytest

from scorewright.plugin.emulation import Schedule, UnreadableBundleError
from scorewright.plugin.registry import load
from scorewright.verify.work import Work
from tests.verify.shipped import TARGETS, compiled, task_of

WRONG = (None, 0, -1, 10**30, True, "", "x", "-", "{{my.", "1 fortnight", [], [1], {}, {"a": 1}, 1.5)
EDITS = 1500
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
    """The tables with one value taken out or put wrong, and where."""
    kind = chance.choice([kind for kind in tables if tables[kind]])
    rows = [copy.deepcopy(dict(row)) for row in tables[kind]]
    place = chance.randrange(len(rows))
    path = chance.choice([path for path in leaves(rows[place]) if path])
    inner = rows[place]
    for key in path[:-1]:
        inner = inner[key]
    new = chance.choice(WRONG)
    if new is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return f"{kind}[{place}].{'.'.join(map(str, path))} = {new!r}", {**tables, kind: tuple(rows)}


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
