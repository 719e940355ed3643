"""A change of a live model as a sheet of its own: kept as a whole, and nothing in it asks for what is not there."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from scorewright.compiling import compile_spec
from scorewright.plugin.migration import Since
from scorewright.project import Project
from scorewright_pardot.uses import provides, uses
from tests.conftest import ROOT
from tests.golden import assert_golden
from tests.looking.test_order import asked
from tests.looking.test_rebuilding import shipped

TODAY = date(2026, 11, 1)
CHANGES = (
    ("contact-form = 30", "contact-form = 40"),
    ('after = "30d"', 'after = "45d"'),
    ("[rules.undesirable-pages]", "[rules.other-pages]"),
    ("[rules.pdf]", "[rules.paper]"),
)
ACCEPTED = """
[accept.waits]
target = "pardot"
note = "late-in-quarantine"
for = "decay.no-activity"
why = "It is worth the wait."

[accept.repeats]
target = "marketo"
note = "repeat-counts-from-the-last"
for = "decay.no-activity"
why = "A few days more or less."
"""


@pytest.fixture(params=["pardot", "marketo"])
def change(request, tmp_path):
    """A change of a shipped model: the target, what stood there, and the compile from there."""
    target = request.param
    (built,) = shipped("op-scoring", target).built
    since = Since(target, "2026-10-01 (0a1b2c3d)", built.bundle.objects, built.bundle.gauges, built.model)
    spec = tmp_path / "spec"
    shutil.copytree(ROOT / "specs" / "op-scoring", spec)
    part, main = spec / "parts" / "behavior.toml", spec / "model.toml"
    text = part.read_text("utf-8")
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    part.write_text(text, "utf-8")
    main.write_text(main.read_text("utf-8").partition("[examples")[0] + ACCEPTED, "utf-8")
    found = {"project": Project(ROOT), "targets": (target,), "edition": None, "instance": None}
    made = compile_spec(spec, today=TODAY, since={target: since}, **found)
    assert [each.message for each in made.findings if each.rule.severity == "error"] == []
    return target, since, made


def test_the_sheet_of_a_change_is_as_kept(change):
    target, _, made = change
    sheet = made.files[target]["build-sheet.md"].decode()
    head, _, _ = sheet.partition("## The whole, as it stands in the end")
    assert_golden(f"op-scoring-changed/{target}", {"build-sheet.md": f"{head.rstrip()}\n".encode()})


def test_at_no_step_of_a_change_is_anything_asked_for_that_is_not_there(change):
    target, since, made = change
    (built,) = made.built
    state = {(each.kind, each.name): dict(each.table) for each in since.objects}
    assert lacking(target, state) == set()
    for move in built.migration.moves:
        key = (move.kind, move.name)
        if move.act == "delete":
            del state[key]
        elif move.new is not None:
            state.pop(key, None)
            name = move.new.get("name", move.name)
            state[move.kind, name] = dict(move.new)
        assert lacking(target, state) == set(), move.task.title
    wanted = {(each.kind, each.name) for each in built.bundle.objects}
    assert wanted <= state.keys() | {key for key in wanted if key[0] == "prerequisites"}


def lacking(target, state):
    """What an object of the state names that nothing there provides."""
    if target == "pardot":
        there = {provides(kind, {"name": name, **table}) for (kind, name), table in state.items()}
        named = {name for (kind, own), table in state.items() for name in uses(kind, {"name": own, **table})}
        return {name for name in named - there if not _given(name)}
    names = {name for _, name in state}
    programs = [table.get("program", "") for table in state.values()]
    return {
        text
        for (kind, _), table in state.items()
        if kind in {"smart-lists", "smart-campaigns"}
        for what, text in asked(table)
        if _gone(what, text, table, names, programs)
    }


def _gone(what, text, table, names, programs):
    if what == "token":
        return f"{table['program']}.{text}" not in names
    local = any(text.startswith(f"{each}.") for each in programs if each)
    return what == "asset" and local and text not in names


def _given(name):
    """What must be there already is on the sheet, and no move makes it."""
    return name[0] not in {"tag", "list", "field", "category"}
