"""A sound spec whose output cannot be: a coded message, exit 1, and what was there before still there."""

from __future__ import annotations

import errno
import os
import re
import resource
import signal

import pytest

from tests.conftest import ROOT
from tests.golden import read_tree

MINIMAL = ROOT / "specs" / "minimal"


@pytest.fixture
def here(tmp_path):
    """A folder with a sound spec."""
    folder = tmp_path / "spec"
    folder.mkdir()
    for file in MINIMAL.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.fixture
def compiled(here, run, monkeypatch):
    """Compile the spec in this process: exit code, and what is said."""
    monkeypatch.chdir(here)

    def call(*words, out="out"):
        code, printed, error = run("compile", "spec", "--out", out, *words)
        return code, printed + error

    return call


@pytest.fixture
def broken_disk(monkeypatch):
    """After so many files nothing more can be written."""

    def call(written, fault):
        real, left = os.fsync, [written]

        def fsync(number):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(fault, os.strerror(fault))
            real(number)

        monkeypatch.setattr(os, "fsync", fsync)

    return call


def refused(done, *codes):
    code, said = done
    assert code == 1, said
    assert set(re.findall(r"error\[(SW\d+)\]", said)) == set(codes), said
    assert "Traceback" not in said
    return said


def test_without_an_obstacle_it_is_written(compiled, here):
    code, said = compiled()
    assert code == 0, said
    assert {path.name for path in (here / "out").iterdir()} == {"pardot", "marketo"}


def test_a_file_where_the_folder_should_be(compiled, here):
    (here / "out").write_text("mine")
    refused(compiled(), "SW703")
    assert (here / "out").read_text() == "mine"


def test_a_folder_below_a_file(compiled, here):
    (here / "file").write_text("mine")
    refused(compiled(out="file/out"), "SW703")
    assert (here / "file").read_text() == "mine"


def test_a_folder_of_somebody_else(compiled, here):
    (here / "out" / "pardot").mkdir(parents=True)
    (here / "out" / "pardot" / "notes-of-mine.txt").write_text("mine")
    refused(compiled(), "SW704")
    assert read_tree(here / "out") == {"pardot/notes-of-mine.txt": b"mine"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable(compiled, here):
    (here / "out").mkdir(mode=0o500)
    refused(compiled(), "SW701")
    assert os.listdir(here / "out") == []


def test_a_read_only_file_system_keeps_what_was_there(broken_disk, compiled, here):
    compiled()
    before = read_tree(here / "out")
    broken_disk(0, errno.EROFS)
    refused(compiled(), "SW701")
    assert read_tree(here / "out") == before


@pytest.mark.parametrize("written", [0, 1, 9, 20])
def test_a_disk_that_fills_up_keeps_what_was_there(broken_disk, compiled, here, written):
    compiled()
    before = read_tree(here / "out")
    broken_disk(written, errno.ENOSPC)
    assert "no space left" in refused(compiled(), "SW702")
    assert read_tree(here / "out") == before


def test_files_that_may_not_grow_leave_nothing_behind(shell, here):
    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))

    done = shell("compile", "spec", "--out", "out", cwd=here, preexec_fn=small_files)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[SW702]" in done.stdout + done.stderr
    assert os.listdir(here) == ["spec"]


def test_more_automation_rules_than_the_edition_holds(compiled, here):
    rules = "".join(
        f'[rules.r{number}]\nwhen = {{ field = "city", is = "City {number}" }}\npoints = {{ fit = 1 }}\n'
        for number in range(60)
    )
    text = (here / "spec" / "model.toml").read_text("utf-8")
    (here / "spec" / "model.toml").write_text(f'{text}\n[scores.fit]\nkind = "fit"\n{rules}', "utf-8")
    code, said = compiled("--target", "pardot", "--edition", "growth")
    assert code == 1
    assert "error[SW605]" in said
    assert re.search(r"\d+ automation rules \(growth\), and the edition has 50: \d+ too many", said)
    assert os.listdir(here) == ["spec"]


@pytest.mark.parametrize("target", ["pardot", "marketo"])
def test_a_name_over_the_platforms_limit(compiled, here, target):
    text = (here / "spec" / "model.toml").read_text("utf-8")
    long = text.replace('title = "My first scoring model"', f'title = "{"Long " * 60}"', 1)
    assert long != text
    (here / "spec" / "model.toml").write_text(long, "utf-8")
    code, said = compiled("--target", target)
    assert "Traceback" not in said
    assert "SW999" not in said
    assert "SW610" not in said
    if code == 0:
        assert not re.search(r'^name = "[^"]{256,}"$', _all_text(here / "out"), re.MULTILINE)
    else:
        assert re.search(r"error\[SW6\d\d\]", said)
        assert os.listdir(here) == ["spec"]


def _all_text(folder):
    return "\n".join(
        content.decode() for name, content in read_tree(folder).items() if name.endswith(".toml")
    )
