"""A plugin's skeleton: written whole, sound as it is, and its tests say what to write first."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

from scorewright.plugin import registry
from scorewright.project.skeleton import name_fault
from tests.conftest import ROOT
from tests.golden import read_tree


def pytest_in(folder, *words):
    paths = os.pathsep.join(str(ROOT / name) for name in ("compiler", "targets"))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *words]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A skeleton, as the command writes it."""
    from scorewright.cli import main

    folder = tmp_path_factory.mktemp("plugins") / "mine"
    assert main(["new", "--target", "big-crm", str(folder)]) == 0
    return folder


def test_the_skeleton_has_the_rooms_and_files_of_the_built_in_targets(written):
    mine = {
        path.relative_to(written / "scorewright_big_crm").parts[0]
        for path in written.glob("scorewright_*/**/*")
    }
    for name in ("pardot", "marketo"):
        there = {path.name for path in (ROOT / "targets" / f"scorewright_{name}").iterdir()}
        assert mine - {"__pycache__"} <= there | {"gauges.py"}
    assert {"facts.py", "capabilities.py", "options.py", "target.py", "lower", "sheet", "emulator"} <= mine


def test_the_skeleton_declares_its_entry_point(written):
    project = tomllib.loads((written / "pyproject.toml").read_text())["project"]
    assert project["name"] == "scorewright-big-crm"
    assert project["entry-points"][registry.GROUP] == {"big-crm": "scorewright_big_crm:TARGET"}


def test_nothing_of_the_pattern_is_left_over(written):
    for name, text in read_tree(written).items():
        assert not [
            word for word in ("@name@", "@package@", "@class@", "@title@") if word.encode() in text
        ], name
        assert not name.endswith(".in")


def test_the_skeleton_is_tidy(written):
    for words in (("check", "--select", "F,I,UP,B"), ("format", "--check", "--line-length", "110")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", words[0], "--isolated", "--no-cache", *words[1:], "."],
            cwd=written,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_its_tests_run_and_say_what_to_write_first(written):
    done = pytest_in(written)
    assert done.returncode == 1, done.stdout + done.stderr
    short = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    failed = {line.partition("::")[2].partition(" - ")[0] for line in short}  # some terminals add the message
    assert failed == {
        "TestBigCrm::test_facts_are_in_order_and_have_sources",
        "TestBigCrm::test_unsure_facts_can_be_settled",
        *(
            f"TestBigCrm::test_a_feature_is_as_the_table_says[{feature}]"
            for feature in ("event-submits", "points-event", "score-engagement")
        ),
        "TestBigCrmEmulator::test_every_bundle_can_be_built",
        "test_scorewright_finds_the_target_by_name",
    }
    for words in (
        "fact name-length: has no source",
        "name the public page that it was read on",
        "fact name-length (unknown): has no probe",
        "nothing lowers scores yet: write it in scorewright_big_crm/lower/, as Emitted objects and an exact note",
        "lower one feature and what it stands on",
        "install the package first: pip install -e '.[test]'",
    ):
        assert words in done.stdout


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_folder_is_named_after_the_distribution(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, printed, error = run("new", "--target", "ledgers")
    assert (code, error) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["scorewright-ledgers"]
    assert printed.splitlines()[-1].startswith(
        "next: cd scorewright-ledgers && pip install -e '.[test]' && pytest"
    )


@pytest.mark.parametrize(
    "name", ["Big", "big_crm", "-big", "big-", "big--crm", "1crm", "a b", "", "../up", "é"]
)
def test_a_name_that_cannot_be_one_is_wrong_usage(run, tmp_path, name):
    code, printed, error = run("new", tmp_path / "x", "--target", name)
    assert (code, printed) == (2, "")
    assert "small letters, digits and single hyphens, beginning with a letter" in " ".join(error.split())
    assert list(tmp_path.iterdir()) == []


def test_a_name_may_be_long_but_not_endless():
    assert name_fault("a" * 40) is None
    assert "more than 40 characters" in (name_fault("a" * 41) or "")


@pytest.mark.parametrize("name", registry.BUILTIN)
def test_a_name_that_is_taken_is_wrong_usage(run, tmp_path, name):
    code, _, error = run("new", tmp_path / "x", "--target", name)
    assert code == 2
    assert f"there is a target '{name}' already" in error


@pytest.mark.parametrize("words", [("--template", "minimal"), ("--list",)])
def test_a_plugin_has_no_template(run, tmp_path, words):
    code, _, error = run("new", tmp_path / "x", "--target", "ledgers", *words)
    assert code == 2
    assert "--target starts a plugin" in error


def test_a_folder_that_is_there_is_not_touched(run, tmp_path):
    (tmp_path / "diary.txt").write_text("mine")
    code, printed, error = run("new", tmp_path, "--target", "ledgers")
    assert (code, printed) == (1, "")
    assert "SW710" in error
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]
