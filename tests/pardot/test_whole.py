"""What must hold of every bundle, whatever the model."""

from __future__ import annotations

import pytest

from scorewright.plugin.notes import Result
from scorewright_pardot import TARGET
from scorewright_pardot.lower.notes import NOTES
from tests.pardot.making import (
    HEAD,
    TOTAL,
    compile_model,
    compile_text,
    leaves,
    note,
    notes,
    objects,
    rules,
    shipped,
    spec_model,
)

CAN = (
    "pardot-score-decay", "percent-decay-half-floor", "marketo-multi-product", "stepped-decay-practices", "fading-interest",
    "customer-segmentation", "pardot-defaults", "minimal", "cypress-degradation", "score-and-grade-gate",
)  # fmt: skip


@pytest.fixture(scope="module", params=shipped())
def bundle_of(request):
    model = spec_model(request.param)
    return model, compile_model(model)


def test_every_element_has_a_note_and_every_note_an_explained_name(bundle_of):
    model, bundle = bundle_of
    told = {(note.element, note.product) for note in bundle.notes}
    assert {(element.name, element.product) for element in model.elements()} <= told
    assert {note.name for note in bundle.notes} <= NOTES.keys()


def test_bounds_are_in_words_and_refusals_have_a_way_out(bundle_of):
    _, bundle = bundle_of
    for item in bundle.notes:
        assert item.message
        assert item.path
        if item.result is Result.BOUNDED:
            assert item.bound
        if item.result is Result.REFUSED:
            assert item.instead


def test_facts_that_are_named_exist(bundle_of):
    _, bundle = bundle_of
    known = {fact.id for fact in TARGET.facts()}
    named = [fact for item in (*bundle.notes, *bundle.objects) for fact in item.facts]
    named += [fact for section in bundle.sheet.sections for task in section.tasks for fact in task.facts]
    assert set(named) <= known


def test_objects_are_unique_and_say_whom_they_serve(bundle_of):
    model, bundle = bundle_of
    keys = [(item.kind, item.name) for item in bundle.objects]
    assert len(keys) == len(set(keys))
    elements = {element.name for element in model.elements()} | {"model"}
    for item in bundle.objects:
        assert item.elements
        assert item.lowering
        assert set(item.elements) <= elements, item


def test_rules_hold_two_levels_and_boxes_of_255_characters(bundle_of):
    _, bundle = bundle_of
    for item in bundle.objects:
        if item.kind in {"automation-rules", "segmentation-rules", "dynamic-lists"}:
            for criterion in leaves(item.table):
                assert "criteria" not in criterion
                assert len(criterion.get("value", "")) <= 255
                assert criterion["criterion"]
                assert criterion["operator"]
        if item.kind == "automation-rules":
            assert item.table["actions"]
            assert item.table["state"] == "paused"


def test_what_rules_name_is_built_or_required(bundle_of):
    _, bundle = bundle_of
    names = {(item.kind, item.name) for item in bundle.objects}
    called = {item.table["called"] for item in bundle.objects if item.kind == "prerequisites"}
    for item in bundle.objects:
        for criterion in leaves(item.table) if "criteria" in item.table else ():
            of = criterion.get("of", "")
            if criterion["criterion"] == "Prospect tag":
                assert ("tags", of) in names
            if criterion["criterion"] == "Prospect list":
                assert {("dynamic-lists", of), ("static-lists", of)} & names or of in called
        for action in item.table.get("actions", ()):
            if action["action"] in {"Apply tags", "Remove tags"}:
                assert ("tags", action["of"]) in names


def test_the_sheet_builds_every_object_and_resumes_every_rule(bundle_of):
    _, bundle = bundle_of
    tasks = {task.id for section in bundle.sheet.sections for task in section.tasks}
    shared = {"tags", "baseline-scoring"}
    for item in bundle.objects:
        wanted = f"{item.kind}: all" if item.kind in shared else f"{item.kind}: {item.name}"
        assert wanted in tasks
    count = sum(item.kind == "automation-rules" for item in bundle.objects)
    last = bundle.sheet.sections[-1]
    late = sum(item.kind == "segmentation-rules" and "resume_phase" in item.table for item in bundle.objects)
    started = sum(item.kind == "engagement-programs" for item in bundle.objects)
    assert (last.title == "Resume" and len(last.tasks) == count + late + started) or count == 0
    assert bundle.quotas[0].used == count


def test_the_same_request_gives_the_same_bundle(bundle_of):
    model, bundle = bundle_of
    assert compile_model(model) == bundle


@pytest.mark.parametrize("name", CAN)
def test_models_that_the_platform_can_do_have_nothing_refused(name):
    refused = [item for item in compile_model(spec_model(name)).notes if item.result is Result.REFUSED]
    assert refused == []


def test_resuming_goes_from_state_to_handoff():
    bundle = compile_model(spec_model("stepped-decay-practices"))
    order = [task.title for task in bundle.sheet.sections[-1].tasks]
    every = {**rules(bundle), **objects(bundle, "segmentation-rules")}
    phases = [every[name]["resume_phase"] for name in order]
    assert phases == sorted(phases)
    assert order[-1] == "SW thresholds mql: hand over"


def test_sections_stand_in_the_order_of_building():
    titles = [
        section.title for section in compile_model(spec_model("stepped-decay-practices")).sheet.sections
    ]
    assert titles == [
        "Prerequisites", "Fields and tags", "Baseline scoring", "Page and completion actions",
        "Automation rules", "Resume",
    ]  # fmt: skip


def test_a_default_that_must_be_changed_is_named():
    bundle = compile_model(spec_model("pardot-score-decay"))
    steps = [step for section in bundle.sheet.sections for task in section.tasks for step in task.steps]
    assert any(step.label == "Repeat Rule" and step.default == "not ticked" for step in steps)
    assert any(step.label == "Visitor Session" and (step.value, step.default) == ("0", "3") for step in steps)


def test_the_quota_counts_every_rule_and_names_the_dearest():
    text = "".join(
        f'[rules.r{i}]\nwhen = {{ field = "city", is = "{i}" }}\npoints = {{ lead = 1 }}\n' for i in range(30)
    )
    quota = compile_text(TOTAL, text, '[targets.pardot]\nedition = "growth"').quotas[0]
    assert (quota.used, quota.given, quota.fact) == (60, 50, "rules-growth")
    assert quota.dearest[0][1] == 2
    assert quota.savings
    assert (
        compile_text(TOTAL, text, '[targets.pardot]\nedition = "growth"', rules_growth=100).quotas[0].given
        == 100
    )


def test_a_name_over_the_limit_is_refused_and_never_cut():
    bundle = compile_text(TOTAL, f'[marks]\nm = {{ names = {{ pardot = "{"x" * 300}" }} }}')
    assert ("name-too-long", "refused") in notes(bundle, "marks.m")
    assert any(item.name == "x" * 300 for item in bundle.objects)


def test_dates_of_the_model_and_of_rules_are_work_by_hand():
    head = HEAD.replace("timezone", "active = { from = 2026-01-01 }\ntimezone")
    page = (
        '[assets.fair]\npages = "/fair"\n'
        '[rules.page]\non = { visits = "fair" }\npoints = { lead = 1 }\nactive = { until = 2026-02-01 }\n'
    )
    bundle = compile_text(TOTAL, page, head=head)
    assert note(bundle, "model", "switch-by-date").result is Result.BY_HAND
    assert "2026-02-01" in note(bundle, "rules.page", "switch-by-date").message


def test_a_first_day_is_bounded_since_the_baseline_counts_the_past():
    head = HEAD.replace("timezone", "starts = 2026-01-01\ntimezone")
    page = '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
    assert ("past-counts", "bounded") in notes(compile_text(TOTAL, page, head=head), "model")


def test_a_model_that_starts_on_a_day_is_resumed_on_that_day_whatever_it_scores():
    fact = '[rules.r]\nwhen = { field = "country", is = "France" }\npoints = { lead = 5 }\n'
    dated = compile_text(TOTAL, fact, head=f"{HEAD}starts = 2026-03-01\n")
    found = note(dated, "model", "resume-on-the-day")
    assert (str(found.result), found.path) == ("by hand", ("model", "starts"))
    assert "2026-03-01" in found.message
    intro = {section.title: section.intro for section in dated.sheet.sections}
    assert intro["Resume"].startswith("Not before 2026-03-01")
    plain = compile_text(TOTAL, fact)
    assert all(item.name != "resume-on-the-day" for item in plain.notes)
    assert not any("Not before" in section.intro for section in plain.sheet.sections)
