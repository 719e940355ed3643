"""The models that ship: all of them check; those that must compile for both platforms give the outputs kept here."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorewright.checks.run import check_spec
from scorewright.compiling import compile_spec
from scorewright.plugin.registry import builtin_names
from scorewright.project import Project
from tests.golden import assert_golden

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

ROOT = Path(__file__).parent.parent
SPECS = sorted(path.parent.name for path in (ROOT / "specs").glob("*/model.toml"))
BOTH = (
    "customer-segmentation",
    "fading-interest",
    "marketo-multi-product",
    "op-scoring",
    "pardot-defaults",
    "pardot-score-decay",
    "percent-decay-half-floor",
    "stepped-decay-practices",
)
TODAY = date(2026, 11, 1)
SEEDS = ("1", "4242")
COMPILED = """
import os, sys
from scorewright.cli import main
names = sys.argv[1:]
sys.exit(any([main(["compile", os.path.join(os.environ["SPECS"], name), "--out", f"out/{name}"]) for name in names]))
"""


@pytest.mark.parametrize("spec", SPECS)
def test_a_shipped_model_checks_without_errors_or_warnings(spec: str) -> None:
    found = check_spec(ROOT / "specs" / spec, today=TODAY).diagnostics
    assert [f"{item.code} {item.message}" for item in found if item.severity != "advice"] == []


@pytest.mark.parametrize("spec", SPECS)
def test_every_shipped_model_compiles_for_marketo(spec: str) -> None:
    """With what it takes knowingly, which is said in the spec itself."""
    compiled = compile_spec(
        ROOT / "specs" / spec,
        project=Project(ROOT),
        targets=("marketo",),
        edition=None,
        instance=None,
        today=TODAY,
    )
    assert [f"{item.code} {item.message}" for item in compiled.diagnostics if item.severity == "error"] == []


@pytest.mark.parametrize("target", builtin_names())
@pytest.mark.parametrize("spec", SPECS)
def test_a_shipped_model_compiles_and_takes_knowingly_what_is_not_exact(spec: str, target: str) -> None:
    compiled = compile_spec(
        ROOT / "specs" / spec,
        project=Project(ROOT),
        targets=(target,),
        edition=None,
        instance=None,
        today=TODAY,
    )
    found = [f"{item.code} {item.message}" for item in compiled.diagnostics if item.severity != "advice"]
    assert found == []
    assert compiled.files[target]


@pytest.mark.parametrize("spec", BOTH)
def test_a_shipped_model_compiles_for_both_platforms_as_kept(spec: str) -> None:
    compiled = compile_spec(
        ROOT / "specs" / spec, project=Project(ROOT), targets=(), edition=None, instance=None, today=TODAY
    )
    assert [f"{item.code} {item.message}" for item in compiled.diagnostics if item.severity == "error"] == []
    files = {
        f"{target}/{name}": data
        for target, tree in compiled.files.items()
        for name, data in tree.items()
        if name
        != "build-sheet.html"  # tests/looking/test_sheet.py reads it back and holds it against the bundle
    }
    assert {name.partition("/")[0] for name in files} == {"pardot", "marketo"}
    assert_golden(spec, files)


def test_the_bytes_do_not_depend_on_the_hash_seed(
    tmp_path: Path, shell: Callable[..., CompletedProcess[str]]
) -> None:
    """Every one of them, in one process for each seed; the conformance kit does the same on each feature alone."""
    digests = set()
    for seed in SEEDS:
        done = shell(
            *BOTH, code=COMPILED, cwd=tmp_path, env={"PYTHONHASHSEED": seed, "SPECS": str(ROOT / "specs")}
        )
        assert done.returncode == 0, done.stdout + done.stderr
        out = tmp_path / "out"
        assert len(list(out.iterdir())) == len(BOTH)
        digests.add(_digest(out))
        out.rename(tmp_path / seed)
    assert len(digests) == 1


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
