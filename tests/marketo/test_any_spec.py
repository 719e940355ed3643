"""Any sound spec compiles: nothing raises, nothing is dropped, nothing is named twice, nothing points into the void."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from scorewright.model.read import read
from tests.making.choose import Choose
from tests.making.spec import make_spec
from tests.marketo.compiling import called, compile_model

SEEDS = range(200)


@cache
def made(seed: int):
    spec = make_spec(Choose.seeded(seed))
    model = read(spec.data, spec.texts).model
    assert model is not None
    return model, compile_model(model)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_element_is_answered(seed):
    model, bundle = made(seed)
    said = {(note.element, note.product) for note in bundle.notes}
    assert {(element.name, element.product) for element in model.elements()} <= said
    for note in bundle.notes:
        assert note.bound if note.result.value == "bounded" else True
        assert note.instead if note.result.value == "refused" else True


@pytest.mark.parametrize("seed", SEEDS)
def test_no_name_is_given_twice(seed):
    _, bundle = made(seed)
    names = Counter((item.kind, item.name.casefold()) for item in bundle.objects)
    assert [name for name, count in names.items() if count > 1] == []
    tasks = Counter(task.id for section in bundle.sheet.sections for task in section.tasks)
    assert [task for task, count in tasks.items() if count > 1] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_every_reference_leads_somewhere(seed):
    _, bundle = made(seed)
    if any(note.result.value == "refused" for note in bundle.notes):
        return  # what is refused is not written, so what asks for it may be left over
    campaigns = {item.name for item in bundle.objects if item.kind == "smart-campaigns"}
    lists = {item.name for item in bundle.objects if item.kind in {"static-lists", "smart-lists"}}
    given = {item.table["asset"] for item in bundle.objects if item.kind == "prerequisites"}
    for item in bundle.objects:
        rules = [*item.table.get("filters", []), *item.table.get("smart_list", {}).get("filters", [])]
        for row in rules:
            if row["rule"] in {"Member of List", "Member of Smart List"}:
                assert set(row["values"]) <= lists | given
        for step in item.table.get("flow", []):
            assert set(called(step)) <= campaigns


def test_most_made_specs_hold_elements_of_every_result():
    results = Counter(note.result.value for seed in SEEDS for note in made(seed)[1].notes)
    assert set(results) == {"exact", "bounded", "by hand", "refused"}
    assert results["exact"] > results["refused"]


def test_some_made_specs_are_lowered_whole():
    whole = [seed for seed in SEEDS if all(note.result.value != "refused" for note in made(seed)[1].notes)]
    assert len(whole) >= 5
