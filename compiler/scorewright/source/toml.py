"""Parses TOML 1.0 alike on every Python, and turns each way in which that fails into a finding that teaches."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from scorewright.source.file_rules import INTEGER_TOO_LONG, TOML_NESTING, TOML_NEWER_FORM

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import Finding
    from scorewright.source.document import SourceFile

__all__ = ["NESTING_LIMIT", "parse"]

NESTING_LIMIT = 60
"""Levels of tables and arrays, the file's own table not counted."""

_LONGEST_INTEGER_BITS = 4096  # some 1,200 digits: beyond 4,300 Python refuses to print a number
_COORDINATES = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")
_MAYBE_LONG_INTEGER = re.compile(r"0[xob][0-9A-Fa-f_]{1000}")
_LONG_DIGITS = re.compile(r"[0-9][0-9A-Fa-fxob_]{999,}")
_MAYBE_ESCAPED = re.compile(r"\\[bfruU]")
_ACCEPTS_NEWER_FORMS = sys.version_info >= (3, 15)

_NEWER = {
    "lines": (
        "an inline table must open and close on one line",
        "close it with } on this line, or write its keys under a [table] header; an array may span lines",
    ),
    "comma": ("an inline table cannot end with a comma", "delete the comma before }"),
    "escape": (
        "the escapes \\e and \\x are not TOML 1.0",
        "write the character itself, or \\u and four hex digits",
    ),
}


def parse(file: SourceFile) -> tuple[dict[str, Any] | None, tuple[Finding, ...]]:
    """Parse a file's text.  The tables are ``None`` exactly when there are findings."""
    import tomllib

    offset = _long_key(file.text)
    if offset is not None:
        return None, (_nesting(file, offset),)
    try:
        data = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        return None, (_syntax(file, error),)
    except RecursionError:
        return None, (_nesting(file, _opening(file.text)),)
    except ValueError:  # int() refuses to read very long numbers, and says so in words about the interpreter
        return None, (_long_integer(file, _integer_offset(file.text)),)
    findings = _accepted_yet_wrong(file, data)
    return (None, findings) if findings else (data, ())


def _accepted_yet_wrong(file: SourceFile, data: dict[str, Any]) -> tuple[Finding, ...]:
    """Look for what tomllib lets pass and the language does not; each search is skipped where a glance rules it out."""
    if _ACCEPTS_NEWER_FORMS and (finding := _newer(file, None)) is not None:
        return (finding,)
    if _is_deeper(data, NESTING_LIMIT):
        return (_nesting(file, _deep_offset(file.text)),)
    if _MAYBE_LONG_INTEGER.search(file.text) and _has_long_integer(data):
        return (_long_integer(file, _integer_offset(file.text)),)
    return _escaped(file) if _MAYBE_ESCAPED.search(file.text) else ()


def _syntax(file: SourceFile, error: ValueError) -> Finding:
    from scorewright.source.mistakes import explain

    message, offset = _split_error(file.text, error)
    stop = offset + 1
    if file.text.startswith("#", offset):  # a comment in an inline table: what is wrong is the line's end
        stop = file.text.find("\n", offset) + 1 or len(file.text)
    return _newer(file, stop) or explain(file, message, offset)


def _split_error(text: str, error: ValueError) -> tuple[str, int]:
    """Take message and offset out of tomllib's error: attributes since Python 3.14, its text before that."""
    position = getattr(error, "pos", None)
    if isinstance(position, int):
        return str(getattr(error, "msg", error)), min(position, len(text))
    message = str(error)
    match = _COORDINATES.search(message)
    if match is None or match[1] is None:
        return _COORDINATES.sub("", message), len(text)
    start = 0
    for _ in range(int(match[1]) - 1):
        start = text.index("\n", start) + 1
    return message[: match.start()], start + int(match[2]) - 1


def _newer(file: SourceFile, stop: int | None) -> Finding | None:
    from scorewright.source.lexical import newer_form, token_end

    form = newer_form(file.text, stop)
    if form is None:
        return None
    offset, kind = form
    if kind != "seconds":
        message, help_text = _NEWER[kind]
        return TOML_NEWER_FORM.in_file(file.name, message, help=help_text, offset=offset)
    word = file.text[offset : token_end(file.text, offset)]
    message = f"the time {word} has no seconds"
    help_text = (
        f'put an hour of the clock in quotes: "{word}"' if word[2] == ":" else f"write {_with_seconds(word)}"
    )
    return TOML_NEWER_FORM.in_file(file.name, message, help=help_text, offset=offset)


def _with_seconds(moment: str) -> str:
    return f"{moment[:16]}:00{moment[16:]}"


def _long_key(text: str) -> int | None:
    from scorewright.source.lexical import long_key

    return long_key(text, NESTING_LIMIT)


def _opening(text: str) -> int:
    from scorewright.source.lexical import opening_past

    return opening_past(text, NESTING_LIMIT) or 0


def _is_deeper(data: dict[str, Any], limit: int) -> bool:
    level: list[Any] = [data]
    for _ in range(limit + 1):
        level = [
            item
            for node in level
            for item in (node.values() if type(node) is dict else node)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return False
    return True


def _deep_offset(text: str) -> int:
    from scorewright.source.positions import scan

    return next((key for path, (key, _) in scan(text).items() if len(path) > NESTING_LIMIT), 0)


def _nesting(file: SourceFile, offset: int) -> Finding:
    message = f"tables and arrays are nested more than {NESTING_LIMIT} deep here"
    help_text = "name the inner conditions as [segments] and ask for those"
    return TOML_NESTING.in_file(file.name, message, help=help_text, offset=offset)


def _has_long_integer(data: dict[str, Any]) -> bool:
    stack: list[Any] = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, int):
            if node.bit_length() > _LONGEST_INTEGER_BITS:
                return True
        elif isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return False


def _integer_offset(text: str) -> int:
    """Give the place of the longest run of digits that stands outside strings and comments."""
    from scorewright.source.lexical import tokens

    best, position = (0, 0), 0
    for start, end in [*(token.span() for token in tokens(text)), (len(text), len(text))]:
        for match in _LONG_DIGITS.finditer(text, position, start):
            best = max(best, (len(match[0]), match.start()))
        position = end
    return best[1]


def _long_integer(file: SourceFile, offset: int) -> Finding:
    help_text = "numbers of the language lie between -2147483648 and 2147483647; a text needs quotes"
    return INTEGER_TOO_LONG.in_file(
        file.name, "this integer has too many digits", help=help_text, offset=offset
    )


def _escaped(file: SourceFile) -> tuple[Finding, ...]:
    from scorewright.source.lexical import escaped_characters
    from scorewright.source.text import hidden_findings, is_hidden

    found = ((offset, code) for offset, code in escaped_characters(file.text) if is_hidden(code))
    return hidden_findings(file.name, found)
