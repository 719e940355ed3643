"""The build sheet's page: it shows all that the sheet holds, whatever the spec says, and runs nothing but its own script."""

from __future__ import annotations

from datetime import date

import pytest

from scorewright.compiling import compile_spec
from scorewright.project import Project
from tests.conftest import ROOT
from tests.looking.reading import read_page

TODAY = date(2026, 11, 1)
SPECS = ("op-scoring", "pardot-score-decay", "marketo-multi-product")


def compiled(spec, *targets):
    return compile_spec(
        spec, project=Project(ROOT), targets=targets, edition=None, instance=None, today=TODAY
    )


@pytest.fixture(scope="module", params=SPECS)
def made(request):
    return compiled(ROOT / "specs" / request.param)


def test_the_page_shows_every_field_of_every_task(made):
    for built in made.built:
        page = read_page(made.files[built.target.name]["build-sheet.html"])
        sections = built.bundle.sheet.sections
        tasks = [task for section in sections for task in section.tasks]
        assert [seen.number for seen in page.tasks] == [
            f"{number}.{index}"
            for number, section in enumerate(sections, 1)
            for index, _ in enumerate(section.tasks, 1)
        ]
        for seen, task in zip(page.tasks, tasks, strict=True):
            assert (seen.title, seen.why, seen.checks) == (task.title, task.why, [*task.checks])
            assert tuple(seen.steps) == task.steps
            assert seen.minutes == pytest.approx(task.minutes, rel=1e-3)
            assert seen.admin == task.admin
            assert seen.facts.strip() == ", ".join(task.facts)
            assert task.element in seen.origin
        for words in (*built.bundle.sheet.intro, *(section.intro for section in sections)):
            assert words in page.text


def test_keys_are_each_tasks_own_and_a_digest_changes_with_what_is_to_be_done(made):
    for built in made.built:
        tasks = read_page(made.files[built.target.name]["build-sheet.html"]).tasks
        assert len({task.key for task in tasks}) == len(tasks)
        assert all(len(task.digest) == 16 for task in tasks)
