"""Faults that people make when they build a model by hand, planted in the files: the proof finds every one."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.verify.faults import marketo, pardot
from tests.verify.faults.planting import Files, faults_of, on_files, work_on

FAULTS = faults_of(*pardot.MODULES, *marketo.MODULES)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda item: f"{item.target}: {item.name}")
def test_a_fault_is_found_where_it_shows(fault):
    right = work_on(fault.target, fault.spec)
    files = Files(right.task.bundle.tables)
    fault.plant(files)
    assert files.tables != Files(right.task.bundle.tables).tables
    failure = on_files(right, files.tables).first_failure()
    assert failure is not None, "the proof does not find it"
    assert failure.difference.gauge in fault.gauges


@pytest.mark.parametrize(("target", "spec"), sorted({(item.target, item.spec) for item in FAULTS}))
def test_what_is_built_as_it_was_compiled_holds(target, spec):
    assert work_on(target, spec).first_failure() is None


def test_names_say_which_fault_it_is():
    names = [(item.target, item.name) for item in FAULTS]
    assert len(set(names)) == len(names) > 250


def test_the_command_finds_a_fault_in_a_folder_of_files(run, tmp_path):
    """From the outside, once: compile, change one number in one file, verify the files as they stand."""
    spec = str(ROOT / "specs" / "minimal")
    again = ("verify", spec, "--target", "pardot", "--bundle", str(tmp_path), "--effort", "1", "--jobs", "1")
    assert run("compile", spec, "--target", "pardot", "--out", str(tmp_path))[0] == 0
    assert run(*again)[0] == 0
    file = tmp_path / "pardot" / "baseline-scoring.toml"
    before, name, after = file.read_text(encoding="utf-8").partition('name = "Form Submission"')
    number = next(line for line in after.splitlines() if line.startswith("points = "))
    file.write_text(before + name + after.replace(number, f"{number}1", 1), encoding="utf-8")
    code, shown, _ = run(*again)
    assert code == 1
    assert "does NOT hold" in shown
