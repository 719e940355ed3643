"""What is measured is sound: the large model compiles for both platforms without a word, and costs are counted."""

from __future__ import annotations

import datetime as dt
import sys
import tomllib

import pytest

from scorewright.compiling import compile_spec
from scorewright.diff import diff_of, report
from scorewright.diff.render.markdown import LIMIT, markdown
from scorewright.diff.side import read_side
from scorewright.project import load_project
from tests.bench.generate import large_spec, write_changed, write_spec
from tests.bench.measure import cost, parse_seconds


@pytest.fixture
def model(tmp_path):
    return write_spec(tmp_path / "large", 100)


def test_the_large_model_compiles_for_both_platforms_without_a_word(model):
    compiled = compile_spec(
        model,
        project=load_project(model).project,
        targets=("pardot", "marketo"),
        edition=None,
        instance="pardot-bench",
        today=dt.date(2026, 1, 15),
    )
    assert compiled.findings == ()
    assert set(compiled.files) == {"pardot", "marketo"}


@pytest.mark.parametrize("rules", [1, 100, 1_000])
def test_it_has_so_many_rules_and_is_the_same_each_time(rules):
    text = large_spec(rules)
    assert len(tomllib.loads(text)["rules"]) == rules
    assert large_spec(rules) == text


def test_the_changed_model_says_otherwise_what_it_is_to(model, tmp_path):
    found = report(
        diff_of(read_side(model, "old"), read_side(write_changed(model, tmp_path / "later"), "new"))
    )
    assert len(found["changes"]) > 15
    assert found["counts"]["agreement"] == 1
    assert len(markdown(found)) <= LIMIT


def test_a_cost_has_time_and_memory(model, tmp_path):
    spent = cost(("--version",), cwd=model.parent, caches=tmp_path / "caches", times=1)
    assert 0 < spent.processor < 10
    assert 4 < spent.mib < 1000
    assert 0 < parse_seconds(model, caches=tmp_path / "caches", times=1) < 10


def test_a_run_that_fails_says_what_it_printed(tmp_path):
    with pytest.raises(RuntimeError, match="nothing-there"):
        cost(("check", "nothing-there"), cwd=tmp_path, caches=tmp_path / "caches", times=1)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a parent's memory would count")
def test_the_memory_is_the_commands_own(model, tmp_path):
    ballast = bytearray(200 * 2**20)
    spent = cost(("--version",), cwd=model.parent, caches=tmp_path / "caches", times=1)
    assert len(ballast) > spent.mib * 2**20
