"""Reads one file as text, so that everything behind it may trust the text: UTF-8, bounded, nothing hidden."""

from __future__ import annotations

import re
import stat
import unicodedata
from typing import TYPE_CHECKING

from scorewright.source.document import SourceFile
from scorewright.source.file_rules import (
    FILE_ENCODING,
    FILE_MISSING,
    FILE_NOT_REGULAR,
    FILE_TOO_LARGE,
    FILE_UNREADABLE,
    HIDDEN_CHARACTER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scorewright.diagnostics.rule import Finding

__all__ = ["LIST_FILE_LIMIT", "SPEC_FILE_LIMIT", "hidden_findings", "is_hidden", "read_text"]

SPEC_FILE_LIMIT = 16 * 1024 * 1024
"""Bytes of a TOML file."""
LIST_FILE_LIMIT = 5 * 1024 * 1024
"""Bytes of a list file."""

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHOWN_AT_MOST = 10
"""Hidden characters that are named: a file that has more is not text."""
_NO_UNICODE_NAME = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "VERTICAL TAB",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
}


def read_text(
    path: Path, name: str, *, limit: int = SPEC_FILE_LIMIT
) -> tuple[SourceFile | None, tuple[Finding, ...]]:
    """Read a file of at most ``limit`` bytes; line ends become a plain new line, a byte order mark is dropped.

    With findings the text must not be used, except to show where they stand; ``None`` when there is no text at all.
    """
    data, finding = _read_bytes(path, name, limit)
    if data is None:
        return None, (finding,) if finding else ()
    try:
        text = _plain_line_ends(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _undecodable(path, name, data, error.start)
    return SourceFile(name, path, text), _hidden_characters(name, text)


def _read_bytes(path: Path, name: str, limit: int) -> tuple[bytes | None, Finding | None]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            return None, FILE_NOT_REGULAR.in_file(name, f"{name} is {what}; a file is needed here")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        help_ = "paths on the command line are taken from the working folder, those in a spec from the spec's folder"
        return None, FILE_MISSING.in_file(name, f"there is no file {name}", help=help_)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return None, FILE_UNREADABLE.in_file(name, f"{name} cannot be read: {reason}")
    if len(data) > limit:
        size = max(status.st_size, limit + 1) / 1024 / 1024
        message = f"{name} has {size:.1f} MiB; at most {limit // 1024 // 1024} MiB are read"
        return None, FILE_TOO_LARGE.in_file(name, message, help="check that it is the right file")
    return data, None


def _undecodable(path: Path, name: str, data: bytes, start: int) -> tuple[SourceFile, tuple[Finding, ...]]:
    prefix = _plain_line_ends(data[:start].decode("utf-8-sig"))
    shown = SourceFile(name, path, _plain_line_ends(data.decode("utf-8-sig", errors="replace")))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message, help_text = (
            f"{name} is UTF-16 and not UTF-8",
            'save it as "UTF-8", which editors also call Unicode',
        )
    else:
        message = f"{name} is not UTF-8: the byte 0x{data[start]:02X} cannot stand here"
        help_text = "save it as UTF-8; it looks like Windows-1252 or another older encoding"
    return shown, (FILE_ENCODING.in_file(name, message, help=help_text, offset=len(prefix)),)


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n")


def is_hidden(code: int) -> bool:
    """Say whether a code point is a control character (but tab and new line) or changes the direction of writing."""
    return _HIDDEN.match(chr(code)) is not None


def _hidden_characters(name: str, text: str) -> tuple[Finding, ...]:
    """Name the first hidden characters of a text, each with its place."""
    if not _HIDDEN.search(text):
        return ()
    return hidden_findings(name, ((match.start(), ord(match[0])) for match in _HIDDEN.finditer(text)))


def hidden_findings(name: str, found: Iterable[tuple[int, int]]) -> tuple[Finding, ...]:
    """Make findings of offsets and code points, at most ten for a file."""
    findings = []
    for (offset, code), _ in zip(found, range(_SHOWN_AT_MOST), strict=False):
        message = f"the character U+{code:04X} ({_character_name(code)}) cannot be seen and is not allowed"
        findings.append(HIDDEN_CHARACTER.in_file(name, message, help=_hidden_help(code), offset=offset))
    return tuple(findings)


def _character_name(code: int) -> str:
    return (
        _NO_UNICODE_NAME[code]
        if code in _NO_UNICODE_NAME
        else unicodedata.name(chr(code), "control character")
    )


def _hidden_help(code: int) -> str:
    if code == 0x0D:
        return "a carriage return alone ends no line: save the file with line ends of Unix or of Windows"
    if code >= 0x200E or code == 0x061C:
        return "delete it: it changes the direction in which the line is shown, not what it means"
    return "delete it; it often comes along when text is copied from a web page or a document"
