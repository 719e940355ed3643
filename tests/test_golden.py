"""The golden helper itself: a comparison that could not fail would keep nothing."""

from __future__ import annotations

import pytest

from tests.golden import assert_golden, read_tree


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.delenv("UPDATE_GOLDEN", raising=False)
    (tmp_path / "case" / "deep").mkdir(parents=True)
    (tmp_path / "case" / "a.toml").write_bytes(b"x = 1\n")
    (tmp_path / "case" / "deep" / "b.md").write_bytes(b"one\ntwo\n")
    return tmp_path


SAME = {"a.toml": b"x = 1\n", "deep/b.md": b"one\ntwo\n"}


def test_the_same_files_pass(kept):
    assert_golden("case", SAME, kept=kept)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.toml": b"x = 1\n"}, "missing: deep/b.md"),
        ({**SAME, "c.md": b""}, "extra: c.md"),
        ({**SAME, "a.toml": b"x = 2\n"}, r"\+x = 2"),
        ({**SAME, "a.toml": b"x = 1\r\n"}, "line endings"),
    ],
)
def test_any_difference_fails_and_is_named(kept, files, words):
    with pytest.raises(AssertionError, match=words):
        assert_golden("case", files, kept=kept)


def test_an_update_rewrites_the_folder_and_drops_what_is_no_longer_made(kept, monkeypatch):
    monkeypatch.setenv("UPDATE_GOLDEN", "1")
    assert_golden("case", {"new.md": b"new\n"}, kept=kept)
    assert read_tree(kept / "case") == {"new.md": b"new\n"}
