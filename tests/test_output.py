"""Files are written as a whole or not at all, and nothing of anybody else's is ever lost."""

from __future__ import annotations

import errno
import os
import resource
from pathlib import Path

import pytest

from scorewright.output import MARKER, OutputError, write_tree, write_trees
from tests.golden import read_tree

FILES = {"rules.toml": b"a = 1\n", "lists/one.toml": b"b = 2\n"}


def content(folder):
    return {name: text for name, text in read_tree(folder).items() if name != MARKER}


def refused(code, out, trees):
    before = read_tree(out) if out.is_dir() else None
    with pytest.raises(OutputError) as caught:
        write_trees(out, trees)
    assert caught.value.diagnostic.code == code
    assert caught.value.diagnostic.help
    if before is not None:
        assert read_tree(out) == before
        assert not list(out.glob(".scorewright-*/"))
    return caught.value.diagnostic


def test_files_are_written_with_a_marker_that_lists_them(tmp_path):
    write_tree(tmp_path / "out" / "pardot", FILES)
    assert content(tmp_path / "out" / "pardot") == FILES
    listed = (tmp_path / "out" / "pardot" / MARKER).read_text().splitlines()
    assert listed[1:] == ["lists/one.toml", "rules.toml"]
    assert os.listdir(tmp_path / "out") == ["pardot"]


def test_a_second_run_replaces_the_whole_folder(tmp_path):
    write_tree(tmp_path / "pardot", FILES)
    write_tree(tmp_path / "pardot", {"other.toml": b"c = 3\n"})
    assert content(tmp_path / "pardot") == {"other.toml": b"c = 3\n"}
    assert not (tmp_path / "pardot" / "lists").exists()


def test_a_neighbour_folder_is_left_alone(tmp_path):
    write_trees(tmp_path, {"pardot": FILES, "marketo": {"x.toml": b""}})
    write_trees(tmp_path, {"pardot": {"y.toml": b""}})
    assert content(tmp_path) == {
        "pardot/y.toml": b"",
        f"pardot/{MARKER}": (tmp_path / "pardot" / MARKER).read_bytes(),
        "marketo/x.toml": b"",
        f"marketo/{MARKER}": (tmp_path / "marketo" / MARKER).read_bytes(),
    }


def test_the_same_input_gives_the_same_bytes(tmp_path):
    write_tree(tmp_path / "a", FILES)
    write_tree(tmp_path / "b", dict(reversed(FILES.items())))
    assert read_tree(tmp_path / "a") == read_tree(tmp_path / "b")


def test_an_empty_folder_and_a_desktops_droppings_are_no_obstacle(tmp_path):
    (tmp_path / "pardot").mkdir()
    (tmp_path / "pardot" / ".DS_Store").write_bytes(b"")
    write_tree(tmp_path / "pardot", FILES)
    assert content(tmp_path / "pardot") == FILES


def test_a_folder_with_a_foreign_file_is_refused_with_its_name(tmp_path):
    write_tree(tmp_path / "pardot", FILES)
    (tmp_path / "pardot" / "notes by hand.md").write_text("mine")
    diagnostic = refused("SW704", tmp_path, {"pardot": FILES})
    assert "notes by hand.md" in diagnostic.message


def test_a_folder_without_a_marker_is_refused_and_many_files_are_counted(tmp_path):
    (tmp_path / "pardot").mkdir()
    for number in range(5):
        (tmp_path / "pardot" / f"{number}.txt").write_text("mine")
    assert "and 2 more" in refused("SW704", tmp_path, {"pardot": FILES}).message


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_among_our_files_is_foreign(tmp_path, what):
    write_tree(tmp_path / "out" / "pardot", FILES)
    elsewhere = tmp_path / "elsewhere"
    if what == "file":
        elsewhere.write_text("mine")
        (tmp_path / "out" / "pardot" / "rules.toml").unlink()
        (tmp_path / "out" / "pardot" / "rules.toml").symlink_to(elsewhere)
    else:
        elsewhere.mkdir()
        (tmp_path / "out" / "pardot" / "more").symlink_to(elsewhere)
    assert "(a link)" in refused("SW704", tmp_path / "out", {"pardot": FILES}).message
    assert elsewhere.exists()


def test_a_file_where_the_target_folder_should_be(tmp_path):
    (tmp_path / "pardot").write_text("mine")
    refused("SW703", tmp_path, {"pardot": FILES})


def test_a_file_where_the_output_folder_should_be(tmp_path):
    (tmp_path / "out").write_text("mine")
    refused("SW703", tmp_path / "out", {"pardot": FILES})
    refused("SW703", tmp_path / "out" / "deeper", {"pardot": FILES})
    assert (tmp_path / "out").read_text() == "mine"


def test_a_link_where_the_target_folder_should_be(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "pardot").symlink_to(tmp_path / "real")
    refused("SW703", tmp_path / "out", {"pardot": FILES})
    assert os.listdir(tmp_path / "real") == []


def test_a_dangling_link_where_the_output_folder_should_be(tmp_path):
    (tmp_path / "out").symlink_to(tmp_path / "nowhere")
    refused("SW703", tmp_path / "out", {"pardot": FILES})
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/../../x", "a\\b", "C:/x", "", ".", "a//b", "./a", MARKER, f"deep/{MARKER}"]
)
def test_a_target_cannot_write_outside_its_folder(tmp_path, name):
    refused("SW706", tmp_path / "out", {"pardot": {**FILES, name: b""}})
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["..", "../pardot", "/tmp", ""])
def test_a_target_cannot_be_named_after_another_folder(tmp_path, name):
    refused("SW706", tmp_path / "out", {name: FILES})


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may write everywhere; the next test asks the same of root"
)
def test_a_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    refused("SW701", tmp_path, {"pardot": FILES})


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_that_is_not_writable(tmp_path, monkeypatch, number):
    def deny(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkdtemp", deny)
    assert os.strerror(number).lower() in refused("SW701", tmp_path, {"pardot": FILES}).message


def test_a_disk_that_fills_up_while_the_second_target_is_written(tmp_path):
    write_trees(tmp_path, {"pardot": FILES, "marketo": FILES})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        refused("SW702", tmp_path, {"pardot": {"new.toml": b""}, "marketo": {"large.toml": b"x" * 200_000}})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("fails_at", range(1, 5))
def test_a_failure_between_any_two_renames_puts_everything_back(tmp_path, monkeypatch, fails_at):
    write_trees(tmp_path, {"pardot": FILES, "marketo": FILES})
    real, calls = Path.rename, []

    def rename(self, target):
        calls.append(target)
        if len(calls) == fails_at:
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    refused("SW705", tmp_path, {"pardot": {"new.toml": b""}, "marketo": {"new.toml": b""}})
    assert len(calls) >= fails_at


def test_folders_that_were_made_on_the_way_go_away_again(tmp_path, monkeypatch):
    def full(_number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    refused("SW702", tmp_path / "a" / "b", {"pardot": FILES})
    assert os.listdir(tmp_path) == []


def test_ctrl_c_in_the_middle_leaves_what_was_there(tmp_path, monkeypatch):
    write_tree(tmp_path / "pardot", FILES)

    def interrupt(_number):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_tree(tmp_path / "pardot", {"new.toml": b""})
    assert content(tmp_path / "pardot") == FILES
    assert os.listdir(tmp_path) == ["pardot"]
