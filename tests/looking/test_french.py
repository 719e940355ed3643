"""The page in French: every sentence of ours is said there, names and the platform's labels stay as they are."""

from __future__ import annotations

import ast
import re
import shutil
from datetime import date
from functools import cache
from importlib import import_module

import pytest

from scorewright.compiling import compile_spec
from scorewright.compiling.page.french import French
from scorewright.compiling.page.words import SENTENCES
from scorewright.plugin.migration import Since
from scorewright.plugin.words import in_number
from scorewright.project import Project
from tests.conftest import ROOT
from tests.looking.test_rebuilding import SHIPPED, shipped

TARGETS = ("pardot", "marketo")
ADD = "say these in French in targets/scorewright_{}/sheet/french.py, with {{}} where a name stands"
TODAY = date(2026, 11, 1)
_SLOT = re.compile(r"\{~?\}")


@cache
def table(target):
    return import_module(f"scorewright_{target}.sheet.french").FRENCH


@cache
def said_by(target):
    """Every text that the target's code holds, the page's included."""
    texts = set()
    for folder in (f"targets/scorewright_{target}", "compiler/scorewright"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.name not in {"french.py", "french_facts.py", "words.py"}:
                nodes = ast.walk(ast.parse(path.read_text("utf-8")))
                texts |= {
                    node.value
                    for node in nodes
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
    return texts


def threes(text):
    found = set()
    for part in _SLOT.split(text):
        words = re.findall(r"[\w'’]+", part.casefold())
        found |= {tuple(words[place : place + 3]) for place in range(len(words) - 2)}
    return found


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_said_in_french_is_said_by_the_target(target):
    """An entry that nobody says any more is dead; sentences are put together, so three words in a row are looked for."""
    known = set().union(*map(threes, said_by(target)))
    for text in table(target):
        here = threes(text)
        assert len(here & known) * 2 >= len(here), text


@pytest.mark.parametrize("target", TARGETS)
def test_a_french_sentence_has_the_slots_of_the_english_one_and_typography_of_its_own(target):
    for text, french in {**table(target), **SENTENCES}.items():
        assert _SLOT.findall(text) == _SLOT.findall(french)
        assert french.strip() == french
        assert not re.search(r"\w[;!?»]|«\w", french), french  # a blank stands before and within


def test_a_sentence_of_one_is_found_by_the_one_that_was_made_for_several():
    words = French({"up to {} points are kept for {} days": "on garde jusqu’à {} points pendant {} jours"})
    one = in_number("up to 1 points are kept for 1 days")
    assert one == "up to 1 point is kept for 1 day"
    assert words.of(one) == "on garde jusqu’à 1 point pendant 1 jour"
    several = in_number("up to 21 points are kept for 2.1 days")
    assert words.of(several) == "on garde jusqu’à 21 points pendant 2.1 jours"


def test_templates_are_filled_and_the_one_that_leaves_least_open_is_meant():
    words = French({"a {}": "un {}", "a {} of {~}": "un {} de {~}", "b": "B", "~c": "C", "Stop": "Halte"})
    assert words.of("a x of b") == "un x de B"
    assert words.of("a x of c") == "un x de C"
    assert words.of("a x of {}") == "un x de {}"
    assert words.of("a b") == "un b"  # a name is no word of ours
    assert (words.of("c"), words.title("c")) == (None, "C")
    assert words.of("Stop.") == "Halte."
    assert words.of("") is None


# --- what is left in English ----------------------------------------------------------------------------------------


def own_texts(made):
    """Whatever the spec itself says: its texts, its ids, and the titles that are made of ids."""
    found = set()

    def walk(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                found.update((key, key.replace("-", " ")))
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, str):
            found.add(value)

    walk(made.checked.document.data)
    return found


def sentences(sheet, migration):
    """What is ours on a sheet: no label of the screen, no value, and no title that is a name."""
    yield from (sheet.title, *sheet.intro)
    for section in sheet.sections:
        yield from (section.title, section.intro)
        for task in section.tasks:
            yield from of_task(task)
    if migration is not None:
        yield from migration.intro
        for move in migration.moves:
            named = any(
                move.task.title.partition(" (")[0] == step.value.partition(" (")[0]
                for step in move.task.steps
            )
            yield "" if named else move.task.title
            yield from of_task(move.task)


def of_task(task):
    yield from (task.why, *task.checks)
    for step in task.steps:
        yield step.note if not step.note.startswith("API: ") else ""
        if step.act == "note":
            yield step.label


def untold(made, target):
    (built,) = made.built
    words, own = French({**SENTENCES, **built.bundle.sheet.french}), own_texts(made)
    quotas = [
        f"{one.used}{'' if one.given is None else f' of {one.given}'} {one.name}"
        for one in built.bundle.quotas
        if one.used
    ]
    every = (*sentences(built.bundle.sheet, built.migration), *quotas)
    return sorted({text for text in every if text and text not in own and words.title(text) is None})


@pytest.mark.parametrize("target", TARGETS)
def test_every_sentence_of_every_sheet_is_said_in_french(target):
    for name in SHIPPED:
        assert untold(shipped(name, target), target) == [], f"{name}: {ADD.format(target)}"


CHANGES = (
    ("contact-form = 30", "contact-form = 40"),
    ('after = "30d"', 'after = "45d"'),
    ("[rules.undesirable-pages]", "[rules.other-pages]"),
    ("limit = { times = 1, each", "limit = { times = 2, each"),
    ("[rules.pdf]", "[rules.paper]"),
)


@pytest.mark.parametrize("target", TARGETS)
def test_every_sentence_of_a_sheet_of_changes_is_said_in_french(target, tmp_path):
    (before,) = shipped("op-scoring", target).built
    since = Since(target, "before", before.bundle.objects, before.bundle.gauges, before.model)
    shutil.copytree(ROOT / "specs" / "op-scoring", tmp_path / "spec")
    part = tmp_path / "spec" / "parts" / "behavior.toml"
    text = part.read_text("utf-8")
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    part.write_text(text, "utf-8")
    found = {"project": Project(ROOT), "targets": (target,), "edition": None, "instance": None}
    made = compile_spec(tmp_path / "spec", today=TODAY, since={target: since}, **found)
    assert len(made.built[0].migration.moves) > 1
    assert untold(made, target) == [], ADD.format(target)
