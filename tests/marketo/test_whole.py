"""Whole models: every element answered, nothing by chance, a sheet that can be followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorewright.model.read import read
from scorewright.plugin.sheet import Sheet
from scorewright.source.load import load
from tests.marketo.compiling import called, compile_model, compile_text, notes, tables

ROOT = Path(__file__).parents[2]
SPECS = sorted(path.parent.name for path in (ROOT / "specs").glob("*/model.toml"))
EXACT = [
    "customer-segmentation",
    "marketo-multi-product",
    "op-scoring",
    "pardot-score-decay",
    "score-and-grade-gate",
]
"""Models of which nothing is bounded or refused."""


def spec(name: str):
    loaded = load(ROOT / "specs" / name)
    assert loaded.document is not None
    return read(loaded.document.data, loaded.document.texts).model


@pytest.mark.parametrize("name", SPECS)
def test_every_element_has_a_note_and_every_object_an_element(name):
    model = spec(name)
    bundle = compile_model(model)
    said = {(note.element, note.product) for note in bundle.notes}
    for element in model.elements():
        assert (element.name, element.product) in said
    for item in bundle.objects:
        assert item.elements, item.name
        assert item.lowering, item.name
    for note in bundle.notes:
        assert note.path
        assert note.bound if note.result.value == "bounded" else True
        assert note.instead if note.result.value == "refused" else True


ACCEPTED = {"assigned-become-leads", "who-assigns"}
"""What goes with handing people over to the CRM, and each such model says that it knows."""


@pytest.mark.parametrize("name", EXACT)
def test_nothing_else_is_bounded_or_refused(name):
    bundle = compile_model(spec(name))
    assert {note for note, _ in notes(bundle, "bounded")} <= ACCEPTED
    assert notes(bundle, "refused") == []


@pytest.mark.parametrize("name", SPECS)
def test_emitted_objects_are_unique_plain_and_within_limits(name):
    bundle = compile_model(spec(name))
    keys = [(item.kind, item.name.casefold()) for item in bundle.objects]
    assert len(keys) == len(set(keys))
    for token in tables(bundle, "tokens").values():
        assert len(token["token"]) <= 50
        assert token["type"] == "score"
        assert "," not in token["token"]
    for program in tables(bundle, "programs").values():
        assert "," not in program["program"]
        assert "." not in program["program"]
        assert (program["type"], program["channel"]) == ("Default", "Operational")
    for item in bundle.objects:
        assert plain(item.table), item.name


def plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(part) for key, part in value.items())
    if isinstance(value, list):
        return all(plain(part) for part in value)
    return isinstance(value, (str, int, bool)) and value is not None


@pytest.mark.parametrize("name", SPECS)
def test_the_rules_of_sound_lowering_hold(name):
    bundle = compile_model(spec(name))
    campaigns = tables(bundle, "smart-campaigns")
    for key, table in campaigns.items():
        assert table["status"] == "inactive"
        if table["type"] != "trigger":
            assert table["smart_list"]["filters"], f"{key} would run on nobody"
        else:
            assert table["smart_list"]["triggers"], key
        for step in table["flow"]:
            assert set(called(step)) <= set(campaigns)
            if table["type"] == "executable":
                assert step["step"] not in {"Wait", "Call Webhook"}, key
            for choice in step.get("choices", []):
                assert "{{" not in "".join(choice["if"].get("values", [])), (
                    "a choice's condition takes no token"
                )
        assert depth(campaigns, key) <= 4, "the campaign and three executables inside it"
    used = {row["value"] for table in campaigns.values() for step in table["flow"] for row in step["fields"]}
    used |= {
        choice["value"]
        for table in campaigns.values()
        for step in table["flow"]
        for choice in step.get("choices", [])
    }
    used |= {step.get("default") for table in campaigns.values() for step in table["flow"]}
    assert {token["reference"] for token in tables(bundle, "tokens").values()} <= used


def depth(campaigns, key: str) -> int:
    inner = [
        name for step in campaigns[key]["flow"] if step["step"] == "Execute Campaign" for name in called(step)
    ]
    return 1 + max((depth(campaigns, name) for name in inner), default=0)


@pytest.mark.parametrize("name", SPECS)
def test_the_sheet_builds_every_object_once_and_switches_all_on(name):
    bundle = compile_model(spec(name))
    assert isinstance(bundle.sheet, Sheet)
    ids = [task.id for section in bundle.sheet.sections for task in section.tasks]
    assert len(ids) == len(set(ids))
    clones = {
        task.id.removeprefix("clone ")
        for section in bundle.sheet.sections
        for task in section.tasks
        if task.id.startswith("clone ")
    }
    for key, table in tables(bundle, "smart-campaigns").items():
        assert (f"campaign {key}" in ids) is (table["program"] not in clones)
    switched = " ".join(step.label for task in bundle.sheet.sections[-1].tasks for step in task.steps)
    for key, table in tables(bundle, "smart-campaigns").items():
        assert (f"{key} > " in switched) is (table["type"] != "executable")


def test_the_sheet_says_every_default_that_must_be_changed():
    sheet = compile_model(spec("pardot-score-decay")).sheet
    for section in sheet.sections:
        for task in section.tasks:
            if task.id.startswith("campaign "):
                rules = [step for step in task.steps if "Qualification" in step.label]
                assert len(rules) == 1
                assert rules[0].default == ("Only once" if rules[0].value != "Only once" else "")
    fields = next(section for section in sheet.sections if section.title == "Fields")
    assert "never deleted" in fields.intro.replace("never be", "never")


@pytest.mark.parametrize("name", SPECS)
def test_a_campaign_stands_after_what_it_runs_and_a_list_after_what_it_asks_for(name):
    bundle = compile_model(spec(name))
    order = [task.id for section in bundle.sheet.sections for task in section.tasks]
    for key, table in tables(bundle, "smart-campaigns").items():
        for called_name in (name for step in table["flow"] for name in called(step)):
            if f"campaign {key}" in order:
                assert order.index(f"campaign {called_name}") < order.index(f"campaign {key}")
    lists = {key: f"smart list {table['list']}" for key, table in tables(bundle, "smart-lists").items()}
    for key, table in tables(bundle, "smart-lists").items():
        for row in table["filters"]:
            for inner in row["values"] if row["rule"] == "Member of Smart List" else ():
                assert order.index(lists[inner]) < order.index(lists[key])


def test_what_is_requested_is_activated_when_it_is_built():
    sheet = compile_model(spec("component-caps")).sheet
    requested = [
        task
        for section in sheet.sections
        for task in section.tasks
        if any(step.value == "Campaign is Requested" for step in task.steps)
    ]
    assert requested
    assert all(task.steps[-1].label == "Activate" for task in requested)
    assert sheet.sections[-1].tasks[0].id == "switch requested"


def test_helpers_are_kept_before_they_are_filled():
    sheet = compile_model(spec("re-roll")).sheet
    stages = [task.id for task in sheet.sections[-1].tasks]
    assert stages.index("switch helpers") < stages.index("switch start") < stages.index("switch live")


@pytest.mark.parametrize("name", SPECS)
def test_no_step_asks_for_a_value_that_is_not_there(name):
    sheet = compile_model(spec(name)).sheet
    steps = [step for section in sheet.sections for task in section.tasks for step in task.steps]
    assert [step.label for step in steps if step.act in {"type", "choose"} and not step.value] == []
    assert not any(task.title[:1].isdigit() for task in sheet.sections[-1].tasks)


def test_one_of_a_thing_is_not_called_many():
    sheet = compile_model(spec("customer-segmentation")).sheet
    assert "1 program, 0 fields, 2 tokens" in sheet.intro[0]


def test_a_product_is_a_clone_with_a_count_of_edits():
    sheet = compile_model(spec("marketo-multi-product")).sheet
    task = next(task for section in sheet.sections for task in section.tasks if task.id.startswith("clone "))
    edits = [step for step in task.steps if step.default and step.default != step.value]
    named = [
        step.label for step in edits if step.label.endswith(" > Score Name") and "Product B" in step.value
    ]
    assert named
    assert all(label.startswith("Flow step ") for label in named)
    assert any(step.label == "Director" and step.value == "+5" and step.default == "+15" for step in edits)
    assert not any("Product A" in step.value for step in task.steps if step.act == "type" and step.depth)


def test_a_second_product_of_another_shape_is_built_on_its_own():
    model = spec("marketo-multi-product")
    bundle = compile_model(model)
    programs = tables(bundle, "programs")
    assert list(programs) == [
        "OP-Scoring-One score a product",
        "OP-Scoring-One score a product Product A",
        "OP-Scoring-One score a product Product B",
    ]


def test_the_request_is_left_as_it_was():
    model = spec("op-scoring")
    before = repr(model)
    compile_model(model)
    assert repr(model) == before


def test_dates_of_the_model_are_left_to_a_person():
    from tests.marketo.compiling import SCORE, compile_text

    head = 'language = 1\n[model]\nid = "t"\ntitle = "T"\ntimezone = "UTC"\nstarts = 2026-05-01\nactive = { until = 2026-12-31 }\n'
    bundle = compile_text(SCORE, head)
    assert notes(bundle, "by hand") == [("dates-by-hand", "model"), ("dates-by-hand", "model")]


def test_the_sheet_says_what_becomes_of_a_score_from_before():
    sheet = compile_model(spec("pardot-score-decay")).sheet
    fields = next(section for section in sheet.sections if section.title == "Fields")
    step = next(step for task in fields.tasks for step in task.steps if step.value == "Person Score")
    assert "What it holds from before counts" in step.note


def test_what_is_requested_in_a_clone_is_activated_by_somebody():
    parts = "".join(
        f'[products.{name}]\ntitle = "{name.upper()}"\nassets = {{ form = "{name}" }}\n'
        for name in ("a", "b")
    )
    text = (
        '[assets]\na = { form = "A" }\nb = { form = "B" }\n'
        + parts
        + '[scores.web]\nkind = "engagement"\neach = "product"\n'
        '[rules.form]\non = { submits = "form" }\npoints = { web = 5 }\nexpires = "30d"\neach = "product"\n'
    )
    sheet = compile_text(text).sheet
    (task,) = [task for part in sheet.sections for task in part.tasks if task.id == "switch requested"]
    shown = [(step.act, step.label.rpartition(".")[0], bool(step.note)) for step in task.steps]
    assert shown == [
        ("check", "OP-Scoring-Test model A", False),
        ("click", "OP-Scoring-Test model B", True),
    ]
