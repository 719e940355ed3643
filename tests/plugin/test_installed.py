"""A stranger's plugin, built as a wheel and installed beside Scorewright, is found by its name and proven."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT

PLUGIN = ROOT / "tests" / "plugins" / "ledger"
SPEC = """
language = 1

[model]
id = "ledger-demo"
title = "Points for forms"
timezone = "UTC"

[assets]
contact = { form = "Contact us" }

[scores.points]
kind = "engagement"
overall = true

[rules.contact]
on = { submits = "contact" }
points = { points = 20 }

[rules.first-guide]
on = { downloads = "any-file" }
points = { points = 5 }
limit = { times = 1 }

[thresholds.ready]
when = { score = "points", at_least = 50 }
then = [{ notify = "owner" }]

[accept.two-servers]
target = "ledger"
note = "once-on-each-server"
for = "rules.first-guide"
why = "Five points more or less do not matter to sales."
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder into which the plugin's wheel was unpacked, which is what installing a wheel is."""
    work = tmp_path_factory.mktemp("wheel")
    shutil.copytree(PLUGIN, work / "plugin", ignore=shutil.ignore_patterns("__pycache__"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(work / "dist")]
    done = subprocess.run(
        build, cwd=work / "plugin", capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (work / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work / "site")
    return work / "site"


@pytest.fixture
def scorewright(shell, installed, tmp_path):
    """The command line where the plugin is installed, in a folder with a spec."""
    (tmp_path / "model.toml").write_text(SPEC)
    paths = os.pathsep.join(map(str, (ROOT / "compiler", ROOT / "targets", installed)))

    def call(*words):
        return shell(*words, cwd=tmp_path, env={"PYTHONPATH": paths})

    return call


def test_the_wheel_declares_the_target_and_carries_no_test(installed):
    (info,) = installed.glob("*.dist-info")
    assert "ledger = scorewright_ledger:TARGET" in (info / "entry_points.txt").read_text()
    assert {path.name for path in installed.iterdir()} == {info.name, "scorewright_ledger"}


def test_it_is_listed_beside_the_built_in_targets(scorewright):
    done = scorewright("targets")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Also installed: ledger"
    assert "Point Ledger (ledger)" in scorewright("targets", "ledger").stdout


def test_without_the_installation_there_is_no_such_target(shell):
    done = shell("targets", "ledger")
    assert done.returncode == 2
    assert "no target 'ledger'" in done.stderr


def test_it_compiles_by_name(scorewright, tmp_path):
    done = scorewright("compile", "model.toml", "--target", "ledger", "--out", "out")
    assert done.returncode == 0, done.stdout + done.stderr
    made = {path.name for path in (tmp_path / "out" / "ledger").iterdir() if path.suffix}
    assert {
        "accounts.toml",
        "postings.toml",
        "alerts.toml",
        "gauges.toml",
        "notes.toml",
        "build-sheet.md",
    } <= made
    assert 'name = "*"' in (tmp_path / "out" / "ledger" / "postings.toml").read_text()


def test_its_refusals_have_a_line_a_reason_and_a_way_out(scorewright, tmp_path):
    (tmp_path / "model.toml").write_text(
        SPEC + '\n[segments.near]\nwhen = { field = "country", is = "Spain" }\n'
    )
    done = scorewright("compile", "model.toml", "--target", "ledger", "--out", "out", "--format", "json")
    assert done.returncode == 1
    found = [item for item in json.loads(done.stdout)["diagnostics"] if item["code"] == "SW602"]
    assert {item["place"]["file"] for item in found} == {"model.toml"}
    assert all("knows nothing else" in item["message"] and item["help"] for item in found)
    assert not (tmp_path / "out").exists()


def test_its_bound_stops_until_it_is_accepted(scorewright, tmp_path):
    (tmp_path / "model.toml").write_text(SPEC.partition("[accept.")[0])
    done = scorewright("compile", "model.toml", "--target", "ledger", "--out", "out")
    assert done.returncode == 1
    assert "SW604" in done.stderr + done.stdout


def test_it_is_proven_by_name(scorewright):
    done = scorewright("verify", "model.toml", "--target", "ledger", "--effort", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ledger: holds" in done.stdout


def test_the_kit_and_the_skeleton_ship_with_scorewright(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    source = ROOT / "compiler"
    for folder in ("plugin/conformance", "project/skeleton_files"):
        files = [
            path for path in (source / "scorewright" / folder).rglob("*") if path.suffix in {".py", ".in"}
        ]
        assert files
        assert {path.relative_to(source).as_posix() for path in files} <= names
