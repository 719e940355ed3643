"""A model that starts from one that ships."""

from __future__ import annotations

import pytest

from scorewright.project import load_project, scaffold
from tests.conftest import ROOT
from tests.golden import read_tree

SPECS = ROOT / "specs"


def test_a_checkout_reads_its_own_specs_folder():
    assert scaffold.templates_dir() == SPECS


def test_an_installed_package_reads_the_folder_that_it_carries(tmp_path, monkeypatch):
    (tmp_path / "scorewright" / "templates").mkdir(parents=True)
    monkeypatch.setattr(scaffold, "__file__", str(tmp_path / "scorewright" / "project" / "scaffold.py"))
    assert scaffold.templates_dir() == tmp_path / "scorewright" / "templates"


def test_every_folder_of_specs_is_a_template_with_a_title():
    folders = {path.name for path in SPECS.iterdir() if path.is_dir()}
    assert {template.id for template in scaffold.templates()} == folders
    assert all(template.title for template in scaffold.templates())


def test_the_list_names_them_all(run):
    code, printed, _ = run("new", "--list")
    assert code == 0
    assert [line.split()[0] for line in printed.splitlines()] == [each.id for each in scaffold.templates()]


@pytest.mark.parametrize("id", [path.name for path in sorted(SPECS.iterdir()) if path.is_dir()])
def test_a_new_model_is_the_template_to_the_byte(run, tmp_path, id):
    code, printed, _ = run("new", tmp_path / "mine", "--template", id)
    assert code == 0
    made = read_tree(tmp_path / "mine")
    assert f"wrote {tmp_path / 'mine' / 'model.toml'}" in printed
    assert {name: text for name, text in made.items() if name != "scorewright.toml"} == read_tree(SPECS / id)


def test_the_defaults_that_come_along_are_sound(run, tmp_path, monkeypatch):
    run("new", tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    loaded = load_project()
    assert loaded.diagnostics == ()
    assert [str(spec) for spec in loaded.project.specs] == ["."]
    assert str(loaded.project.out) == "out"


def test_an_empty_folder_that_is_there_is_filled(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("new", ".")[0] == 0
    assert read_tree(tmp_path).keys() == {*read_tree(SPECS / scaffold.DEFAULT), "scorewright.toml"}


@pytest.mark.parametrize("what", ["full folder", "file", "link"])
def test_what_is_there_is_never_touched(run, tmp_path, what):
    place = tmp_path / "mine"
    if what == "full folder":
        place.mkdir()
        (place / "diary.txt").write_text("mine")
    elif what == "file":
        place.write_text("mine")
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    before = read_tree(tmp_path)
    code, printed, error = run("new", place)
    assert (code, printed) == (1, "")
    assert "SW710" in error
    assert read_tree(tmp_path) == before


def test_a_disk_that_is_full_leaves_no_half_model(run, tmp_path, monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, _, error = run("new", tmp_path / "deep" / "mine")
    assert code == 1
    assert "SW702" in error
    assert list(tmp_path.iterdir()) == []
