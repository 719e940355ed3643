"""GitLab's public model as it changed from 2018 on: what the diff says of each commit, in each form, as it is kept.

The models are those of ``specs/``, with their sources; the steps between them are the kinds of change that the
handbook's history shows: points, the threshold from 90 to 100 with a new agreement, a condition narrowed, rows removed.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from scorewright.diagnostics.json_ import dumps
from scorewright.diff import diff_of, report
from scorewright.diff.render.html import html
from scorewright.diff.render.markdown import markdown
from scorewright.diff.render.text import text
from scorewright.diff.side import read_side
from tests.conftest import ROOT
from tests.golden import assert_golden

_TAKEN = re.compile(r"\[accept\.[^\]]*\]\n(?:[^\n\[][^\n]*\n)*\n?")
"""What is taken knowingly on a platform is no part of GitLab's history."""


def _files(spec):
    folder = ROOT / "specs" / spec
    found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.t*")}
    return {name: _TAKEN.sub("", words) for name, words in found.items()}


def _changed(files, *changes):
    changed = dict(files)
    for name, old, new in changes:
        assert old in changed[name], old
        changed[name] = changed[name].replace(old, new)
    return changed


def _without(files, *rules):
    model = files["model.toml"]
    for rule in rules:
        model, count = re.subn(rf"\[rules\.{rule}\]\n(?:[^\n\[][^\n]*\n)*\n", "", model)
        assert count == 1, rule
    return {**files, "model.toml": model}


def history():
    """The versions in order: a name for the step that led there, and the files."""
    first = _files("gitlab-2018")
    points = _changed(first, ("model.toml", "\npricing = 10\n", "\npricing = 15\n"))
    raised = _changed(
        points,
        ("model.toml", "\nmql = 90\n", "\nmql = 100\n"),
        ("agreements.toml", "person at least 90", "person at least 100"),
    )
    narrowed = _changed(
        raised, ("model.toml", '"VP", "Manager", "Director", "Senior", "Head"', '"VP", "Director", "Head"')
    )
    fewer = _without(narrowed, "features", "installation")
    return {
        "first": first,
        "points": points,
        "threshold": raised,
        "narrowed": narrowed,
        "fewer-rows": fewer,
        "model-of-2020": _files("gitlab-2020"),
    }


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    found = {}
    for step, files in history().items():
        folder = tmp_path_factory.mktemp(step)
        for name, words in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(words, "utf-8")
        found[step] = read_side(folder, step)
        assert not found[step].faults
    return found


STEPS = [*history()]


@pytest.mark.parametrize(("before", "after"), [*pairwise(STEPS)])
def test_each_commit_gives_the_diff_that_is_kept(sides, before, after):
    found = report(diff_of(sides[before], sides[after]))
    forms = {
        "diff.json": dumps(found),
        "diff.md": markdown(found),
        "diff.txt": text(found),
        "diff.html": html(found),
    }
    assert_golden(f"gitlab-history/{after}", {name: form.encode() for name, form in forms.items()})
