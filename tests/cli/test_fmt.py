"""``fmt`` from the outside: which files are looked at, what is rewritten, and what never is."""

from __future__ import annotations

import os
import stat

import pytest

from tests.conftest import ROOT

UNTIDY = b'language = 1\n\n[scores.s]\noverall = true\nkind="engagement"   # why\n\n[model]\ntitle = "M"\nid = "m"\n'


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_bytes(UNTIDY)
    return tmp_path


def test_check_changes_nothing_and_exits_with_3(run, here):
    assert run("fmt", "a.toml", "--check") == (3, "would rewrite a.toml\n", "")
    assert (here / "a.toml").read_bytes() == UNTIDY


def test_a_file_is_rewritten_once_and_keeps_its_comments(run, here):
    assert run("fmt", "a.toml") == (0, "rewrote a.toml\n", "")
    tidy = (here / "a.toml").read_text()
    assert "# why" in tidy
    assert tidy.index("[model]") < tidy.index("[scores.s]")
    assert run("fmt", "a.toml") == (0, "", "")
    assert run("fmt", "a.toml", "--check") == (0, "", "")
    assert (here / "a.toml").read_text() == tidy


def test_line_ends_of_windows_become_plain(run, here):
    run("fmt", "a.toml")
    tidy = (here / "a.toml").read_bytes()
    (here / "a.toml").write_bytes(tidy.replace(b"\n", b"\r\n"))
    assert run("fmt", "a.toml", "--check")[0] == 3
    run("fmt", "a.toml")
    assert (here / "a.toml").read_bytes() == tidy


def test_a_folder_stands_for_the_files_of_the_language_in_it(run, here):
    for name in ("parts/b.toml", ".hidden/c.toml", "out/pardot/d.toml"):
        (here / name).parent.mkdir(parents=True)
        (here / name).write_bytes(UNTIDY)
    (here / "out" / "pardot" / ".scorewright-output").write_text("d.toml\n")
    (here / "pyproject.toml").write_text("[project]\nlanguage =   1\n")
    (here / "scorewright.toml").write_text("out   = 'x'\n")
    code, printed, _ = run("fmt", ".", "--check")
    assert code == 3
    assert printed == f"would rewrite a.toml\nwould rewrite parts{os.sep}b.toml\n"


def test_the_specs_of_the_project_are_the_default(run, here):
    (here / "scorewright.toml").write_text('specs = ["a.toml"]')
    assert run("fmt", "--check")[1] == "would rewrite a.toml\n"


def test_without_any_path_the_usage_is_wrong(run, here):
    code, _, error = run("fmt")
    assert code == 2
    assert "name a file or a folder" in error


def test_a_file_that_cannot_be_read_stops_before_any_is_touched(run, here):
    (here / "b.toml").write_text("language = ")
    code, printed, error = run("fmt", ".")
    assert (code, printed) == (1, "")
    assert "b.toml:1:" in error
    assert (here / "a.toml").read_bytes() == UNTIDY


@pytest.mark.parametrize("path", ["missing.toml", "x" * 300])
def test_a_path_that_is_not_there(run, here, path):
    code, printed, error = run("fmt", path)
    assert (code, printed) == (1, "")
    assert "error[SW0" in error


def test_permissions_stay_and_a_link_stays_a_link(run, here):
    (here / "a.toml").chmod(0o640)
    (here / "link.toml").symlink_to("a.toml")
    run("fmt", "link.toml")
    assert (here / "link.toml").is_symlink()
    assert (here / "a.toml").read_bytes() != UNTIDY
    assert stat.S_IMODE((here / "a.toml").stat().st_mode) == 0o640


def test_a_full_disk_leaves_the_file_as_it_was(run, here, monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, printed, error = run("fmt", "a.toml")
    assert (code, printed) == (1, "")
    assert "SW702" in error
    assert (here / "a.toml").read_bytes() == UNTIDY
    assert sorted(path.name for path in here.iterdir()) == [".git", "a.toml"]


def test_what_ships_is_in_the_canonical_form(run):
    assert run("fmt", ROOT / "specs", "--check") == (0, "", "")
