"""A file becomes text, or findings that say why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scorewright.source.text import LIST_FILE_LIMIT, SPEC_FILE_LIMIT, read_text


def codes(path: Path, **more: int) -> list[str]:
    return [finding.rule.code for finding in read_text(path, "spec.toml", **more)[1]]


def write(folder: Path, data: bytes) -> Path:
    path = folder / "spec.toml"
    path.write_bytes(data)
    return path


def test_a_byte_order_mark_and_windows_line_ends_are_dropped(tmp_path):
    file, findings = read_text(write(tmp_path, b"\xef\xbb\xbfa = 1\r\nb = '\xc3\xa9'\r\n"), "spec.toml")
    assert findings == ()
    assert file is not None
    assert file.text == "a = 1\nb = 'é'\n"


def test_a_missing_file(tmp_path):
    assert codes(tmp_path / "none.toml") == ["SW001"]


def test_a_folder_is_no_file(tmp_path):
    file, (finding,) = read_text(tmp_path, "specs")
    assert file is None
    assert finding.rule.code == "SW002"
    assert "is a folder" in finding.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert codes(tmp_path / "pipe") == ["SW002"]


def test_a_path_that_the_system_refuses(tmp_path):
    assert codes(tmp_path / ("x" * 5000)) == ["SW003"]
    assert codes(Path("nul\0byte")) == ["SW003"]


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = write(tmp_path, b"a = 1")

    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    _, (finding,) = read_text(path, "spec.toml")
    assert (finding.rule.code, finding.message) == ("SW003", "spec.toml cannot be read: Permission denied")


def test_links_in_a_circle_are_a_finding(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert codes(tmp_path / "a") == ["SW003"]


def test_another_encoding_names_the_byte_and_its_place(tmp_path):
    file, (finding,) = read_text(write(tmp_path, "a = 1\r\nb = 'é'".encode("cp1252")), "spec.toml")
    assert finding.rule.code == "SW004"
    assert finding.message == "spec.toml is not UTF-8: the byte 0xE9 cannot stand here"
    assert file is not None
    assert finding.offset == file.text.index("\ufffd")


def test_utf_16_is_called_by_its_name(tmp_path):
    _, (finding,) = read_text(write(tmp_path, "a = 1".encode("utf-16")), "spec.toml")
    assert (finding.rule.code, finding.message) == ("SW004", "spec.toml is UTF-16 and not UTF-8")


def test_the_limits_are_those_of_the_language(tmp_path):
    assert (SPEC_FILE_LIMIT, LIST_FILE_LIMIT) == (16 * 2**20, 5 * 2**20)
    assert codes(write(tmp_path, b"x" * LIST_FILE_LIMIT), limit=LIST_FILE_LIMIT) == []
    assert codes(write(tmp_path, b"x" * (LIST_FILE_LIMIT + 1)), limit=LIST_FILE_LIMIT) == ["SW005"]


def test_a_file_that_is_too_large_says_how_large(tmp_path):
    file, (finding,) = read_text(write(tmp_path, b"Acme\n" * 2_000_000), "all.txt", limit=LIST_FILE_LIMIT)
    assert file is None
    assert finding.message == "all.txt has 9.5 MiB; at most 5 MiB are read"


HIDDEN = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F]
HIDDEN += [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize("code", HIDDEN)
def test_a_hidden_character_is_named_at_its_place(tmp_path, code):
    path = write(tmp_path, f"a = 1\r\nb = 'x{chr(code)}y'".encode())
    _, (finding,) = read_text(path, "spec.toml")
    assert finding.rule.code == "SW006"
    assert finding.message.startswith(f"the character U+{code:04X} (")
    assert finding.offset == len("a = 1\nb = 'x")


def test_a_carriage_return_alone_is_no_line_end(tmp_path):
    _, findings = read_text(write(tmp_path, b"a = 1\rb = 2\r\nc = 3\n"), "spec.toml")
    assert [(each.rule.code, each.offset) for each in findings] == [("SW006", 5)]
    assert "carriage return" in findings[0].help


def test_ordinary_characters_of_any_script_pass(tmp_path):
    text = "a = 'É ß 日本 🎉\u200d \u00a0'\t# עברית\n"
    file, findings = read_text(write(tmp_path, text.encode()), "spec.toml")
    assert findings == ()
    assert file is not None
    assert file.text == text


def test_of_many_hidden_characters_the_first_ten_are_named(tmp_path):
    assert codes(write(tmp_path, b"\x01" * 50)) == ["SW006"] * 10
