"""The models that ship, compiled for one platform and made ready to be proven."""

from __future__ import annotations

from datetime import date
from functools import cache

from scorewright.compiling import compile_spec
from scorewright.plugin.registry import builtin_names
from scorewright.project import load_project
from scorewright.verify.bundle import read_bundle
from scorewright.verify.work import Task
from tests.conftest import ROOT

__all__ = ["SPECS", "TARGETS", "compiled", "task_of"]

SPECS = tuple(sorted(path.parent.name for path in (ROOT / "specs").glob("*/model.toml")))
TARGETS = builtin_names()
_TODAY = date(2026, 1, 1)


@cache
def compiled(spec, target):
    """What a shipped model compiles to on one platform; without files where it is refused."""
    path = ROOT / "specs" / spec
    return compile_spec(
        path, project=load_project(path).project, targets=(target,), edition=None, instance=None, today=_TODAY
    )


def task_of(made, *, effort=1, seed=1, only=""):
    """The task of proving the one bundle of a compile."""
    built = made.built[0]
    bundle = read_bundle(made.files[built.target.name])
    return Task(built.model, built.target.name, bundle, built.answers, built.probed, seed, effort, only)
