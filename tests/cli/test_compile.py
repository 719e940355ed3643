"""``compile`` from the outside: what is written and when, with a target whose promises can be broken."""

from __future__ import annotations

import json
import resource
from pathlib import Path

import jsonschema
import pytest

from scorewright.compiling import run as compiling
from scorewright.plugin.bundle import Quota
from scorewright.plugin.registry import UnknownTargetError
from tests.compiling.fake_target import FakeTarget
from tests.conftest import ROOT
from tests.golden import read_tree

MINIMAL = (ROOT / "specs" / "minimal" / "model.toml").read_text("utf-8")
PROJECT = """
specs = ["model"]
out = "build"
[targets.fake]
edition = "small"
[instances.uat]
target = "fake"
kind = "sandbox"
facts = { unsure = false }
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.toml").write_text(MINIMAL, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def fakes(monkeypatch):
    """Targets by name, instead of those that ship."""
    table = {"fake": FakeTarget(), "other": FakeTarget(name="other")}

    def load(name):
        if name not in table:
            raise UnknownTargetError(name)
        return table[name]

    monkeypatch.setattr(compiling, "load", load)
    monkeypatch.setattr(compiling, "builtin_names", lambda: tuple(table))
    return table


def test_files_are_written_and_the_summary_is_shown(run, here, fakes):
    code, printed, error = run("compile", "model", "--out", "out")
    assert code == 0
    assert "error" not in error
    assert sorted(path.name for path in (here / "out").iterdir()) == ["fake", "other"]
    assert (here / "out" / "fake" / "build-sheet.md").is_file()
    assert "fake: Fake platform" in printed
    assert printed.endswith(f"wrote {Path('out/fake')}, {Path('out/other')}\n")


def test_only_the_targets_that_are_named(run, here, fakes):
    run("compile", "model", "--target", "other", "--out", "out")
    assert [path.name for path in (here / "out").iterdir()] == ["other"]


def test_two_runs_write_the_same_bytes(run, here, fakes):
    run("compile", "model", "--out", "a")
    run("compile", "model/model.toml", "--out", "b")
    assert read_tree(here / "a") == read_tree(here / "b")


def test_the_project_gives_spec_folder_and_targets(run, here, fakes):
    (here / "scorewright.toml").write_text(PROJECT)
    assert run("compile")[0] == 0
    assert [path.name for path in (here / "build").iterdir()] == ["fake"]
    assert fakes["fake"].asked[0].options == {"edition": "small"}


def test_the_command_line_stands_above_the_project(run, here, fakes):
    (here / "scorewright.toml").write_text(PROJECT)
    assert run("compile", "--out", "out", "--edition", "large")[0] == 0
    assert not (here / "build").exists()
    assert fakes["fake"].asked[0].options == {"edition": "large"}


def test_an_instance_brings_its_target_and_its_facts(run, here, fakes):
    (here / "scorewright.toml").write_text(PROJECT)
    assert run("compile", "--instance", "uat")[0] == 0
    assert fakes["fake"].asked[0].facts["unsure"] is False
    assert not fakes["other"].asked


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compile", "--out", "out"), "name the spec to compile"),
        (("compile", "model"), "name the output folder with --out"),
        (("compile", "model", "--out", "out", "--instance", "prod"), "no instance 'prod'; it has none"),
    ],
)
def test_what_is_not_named_is_asked_for(run, here, fakes, words, said):
    code, printed, error = run(*words)
    assert (code, printed) == (2, "")
    assert said in error


def test_several_specs_are_not_compiled_over_one_another(run, here, fakes):
    (here / "scorewright.toml").write_text('specs = ["a", "b"]\nout = "out"')
    code, _, error = run("compile")
    assert code == 2
    assert "lists several" in error


def test_an_error_in_the_spec_writes_nothing_and_keeps_what_was_there(run, here, fakes):
    run("compile", "model", "--out", "out")
    before = read_tree(here / "out")
    (here / "model" / "model.toml").write_text(MINIMAL.replace("[values]", "[valves]"), "utf-8")
    code, printed, error = run("compile", "model", "--out", "out")
    assert (code, printed) == (1, "")
    assert "SW101" in error
    assert error.endswith("nothing was written\n")
    assert read_tree(here / "out") == before


def test_one_target_that_refuses_keeps_back_the_other(run, here, fakes):
    fakes["other"].quotas = (Quota("automation rules", 120, 100),)
    code, _, error = run("compile", "model", "--out", "out")
    assert code == 1
    assert "120 automation rules" in error
    assert not (here / "out").exists()


def test_an_unknown_target_is_named(run, here, fakes):
    code, _, error = run("compile", "model", "--out", "out", "--target", "hubspot")
    assert code == 1
    assert "no target 'hubspot'" in error


def test_a_plugin_that_breaks_is_said_to_be_at_fault(run, here, fakes):
    fakes["fake"].fault = KeyError("x")
    code, _, error = run("compile", "model", "--out", "out")
    assert code == 1
    assert "SW610" in error
    assert "Traceback" not in error


def test_a_warning_stops_a_strict_compile_only(run, here, fakes):
    (here / "model" / "part.toml").write_text("language = 1\n")
    code, _, error = run("compile", "model", "--out", "out", "--strict")
    assert code == 1
    assert "file-not-included" in error
    assert not (here / "out").exists()
    code, printed, error = run("compile", "model", "--out", "out")
    assert code == 0
    assert "file-not-included" in error
    assert "file-not-included" not in printed


def test_the_report_keeps_to_its_schema_whatever_happens(run, here, fakes):
    schema = json.loads(run("schema", "--kind", "compile")[1])
    code, printed, error = run("compile", "model", "--out", "out", "--format", "json")
    assert (code, error) == (0, "")
    good = json.loads(printed)
    jsonschema.validate(good, schema)
    assert good["out"] == "out"
    assert [target["target"] for target in good["targets"]] == ["fake", "other"]
    (here / "out" / "fake" / "mine.txt").write_text("mine")
    code, printed, error = run("compile", "model", "--out", "out", "--format", "json")
    assert (code, error) == (1, "")
    bad = json.loads(printed)
    jsonschema.validate(bad, schema)
    assert bad["out"] is None
    assert bad["diagnostics"][-1]["code"] == "SW704"


@pytest.mark.parametrize("out", ["/proc/nothing/here", "/sys/out"])
def test_a_folder_that_is_not_writable(run, here, fakes, out):
    code, printed, error = run("compile", "model", "--out", out)
    assert (code, printed) == (1, "")
    assert "error[SW70" in error
    assert "help:" in error


def test_a_full_disk(run, here, fakes):
    run("compile", "model", "--out", "out")
    before = read_tree(here / "out")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        code, _, error = run("compile", "model", "--out", "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 1
    assert "error[SW702] disk-full" in error
    assert read_tree(here / "out") == before
