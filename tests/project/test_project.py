"""scorewright.toml: where it is found, what it says, and what is wrong with it."""

from __future__ import annotations

import pytest

from scorewright.project import Instance, find_project, load_project

WHOLE = """
specs = ["models/school", "models/clinic"]
out = "build"

[targets.pardot]
edition = "plus"

[targets.marketo]

[instances.uat]
target = "pardot"
kind = "sandbox"
facts = { sweep-minutes = 30 }
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty repository as the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scorewright.toml").write_text(text)
    return folder / "scorewright.toml"


def test_everything_it_can_say(here):
    write(here, WHOLE)
    loaded = load_project()
    assert loaded.diagnostics == ()
    project = loaded.project
    assert [str(spec) for spec in project.specs] == ["models/school", "models/clinic"]
    assert str(project.out) == "build"
    assert project.targets == {"pardot": {"edition": "plus"}, "marketo": {}}
    assert project.instances == {"uat": Instance("uat", "pardot", "sandbox", {"sweep-minutes": 30})}


def test_without_a_file_there_are_no_defaults(here):
    loaded = load_project(here / "models")
    assert (loaded.project.specs, loaded.project.out, loaded.diagnostics) == ((), None, ())


def test_paths_are_meant_from_the_file_and_not_from_the_working_folder(here, monkeypatch):
    write(here, WHOLE)
    (here / "models").mkdir()
    monkeypatch.chdir(here / "models")
    assert load_project().project.out == here / "build"


def test_the_file_beside_the_spec_stands_before_that_of_the_working_folder(here):
    write(here, 'out = "far"')
    near = write(here / "models" / "school", 'out = "near"')
    assert find_project(here / "models" / "school") == near
    assert find_project(here / "models" / "school" / "main.toml") == near
    assert str(load_project(here / "models" / "school").project.out) == "models/school/near"
    assert str(load_project(here / "models").project.out) == "far"


def test_nothing_above_the_root_of_the_repository_is_read(here):
    write(here, 'out = "x"')
    inner = here / "inner"
    (inner / ".git").mkdir(parents=True)
    assert find_project(inner) is None


def test_outside_a_repository_only_the_folder_itself_is_looked_at(here):
    write(here, 'out = "x"')
    (here / ".git").rmdir()
    (here / "deeper").mkdir()
    assert find_project(here) is not None
    assert find_project(here / "deeper") is None


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "said"),
    [
        ('outt = "x"', "SW720", 1, 1, 'did you mean "out"?'),
        ("[zzz]", "SW720", 1, 2, "the keys here are `specs`, `out`"),
        (
            "[instances.uat]\ntarget = 'pardot'\nkind = 'sandbox'\nfact = 1",
            "SW720",
            4,
            1,
            'did you mean "facts"?',
        ),
        ("specs = 'models'", "SW721", 1, 9, 'specs = ["models/school"]'),
        ("specs = []", "SW721", 1, 9, "an array of paths"),
        ("specs = ['a', 3]", "SW721", 1, 15, "paths as texts"),
        ("out = 3", "SW721", 1, 7, "paths as texts"),
        ("out = ''", "SW721", 1, 7, "paths as texts"),
        ("out = '/etc'", "SW722", 1, 7, "without `..`"),
        ("out = 'a/../../b'", "SW722", 1, 7, "without `..`"),
        ("out = 'C:/x'", "SW722", 1, 7, "without `..`"),
        ("out = 'a\\b'", "SW722", 1, 7, "without `..`"),
        ("specs = ['../other']", "SW722", 1, 10, "without `..`"),
        ("targets = ['pardot']", "SW721", 1, 1, "[targets.<name>]"),
        ("[targets]\npardot = 'plus'", "SW721", 2, 1, "[targets.pardot]"),
        ("[targets.Pardot]", "SW721", 1, 10, "small letters"),
        ("[instances]\nuat = 1", "SW721", 2, 1, "[instances.uat]"),
        ("[instances.uat]\nkind = 'sandbox'", "SW721", 1, 12, "this instance has no `target`"),
        ("[instances.uat]\ntarget = 1\nkind = 'sandbox'", "SW721", 2, 10, "name of a target"),
        ("[instances.uat]\ntarget = 'pardot'\nkind = 'test'", "SW721", 3, 8, '"sandbox" or "production"'),
        ("[instances.uat]\ntarget = 'pardot'\nkind = 'sandbox'\nfacts = 1", "SW721", 4, 1, "is a table"),
        (
            "[instances.uat]\ntarget = 'p'\nkind = 'sandbox'\nfacts.x = [1]",
            "SW721",
            4,
            11,
            "one text, number",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(here, text, code, line, column, said):
    write(here, text)
    loaded = load_project()
    found = loaded.diagnostics[0]
    assert (found.code, found.place.line, found.place.column) == (code, line, column)
    assert said in f"{found.message} {found.help}"
    assert found.place.file == "scorewright.toml"
    assert loaded.project.out is None


def test_everything_wrong_is_said_at_once(here):
    write(here, "outt = 1\nspecs = 2\n[instances.uat]\n")
    assert [found.place.line for found in load_project().diagnostics] == [1, 2, 3, 3]


@pytest.mark.parametrize("text", ["out = ", "out = 'x'\nout = 'y'", "\x00", 'out = "\u202e"'])
def test_a_file_that_cannot_be_read_as_toml(here, text):
    write(here, text)
    found = load_project().diagnostics[0]
    assert found.code.startswith("SW0")
    assert found.place.file == "scorewright.toml"
