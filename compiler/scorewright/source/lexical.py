"""What a TOML text is made of, for questions that are older than its syntax tree: escapes, depth, newer forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["escaped_characters", "key_end", "long_key", "newer_form", "opening_past", "token_end", "tokens"]

_TOKEN = re.compile(
    r'(?P<basic>"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}|"(?:[^"\\\n]++|\\.)*+")'
    r"|(?P<literal>'''(?:[^']++|'{1,2}(?!'))*+'{3,5}|'[^'\n]*+')"
    r"|(?P<comment>#[^\n]*+)"
    r"|(?P<time>(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ])?[0-9]{2}:[0-9]{2}(?P<seconds>:[0-9]{2})?[^\s,\]}#]*+)"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<newline>\n)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT_ESCAPES = {"b": 0x08, "f": 0x0C, "r": 0x0D}
_KEY_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_WORD = re.compile(r"[^\s,\[\]{}#='\"]++")


def tokens(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Give strings, comments, times, brackets, commas and line ends; what stands between them is skipped.

    The text need not be valid; behind a mistake the tokens are a guess.
    """
    return _TOKEN.finditer(text, start)


def token_end(text: str, offset: int) -> int:
    """Give the end, on the same line, of what begins at ``offset``: a word, a string, or brackets to their match."""
    line_end = text.find("\n", offset)
    line_end = len(text) if line_end < 0 else line_end
    if text.startswith(('"""', "'''"), offset):
        string = _TOKEN.match(text, offset)
        return min(max(string.end() if string else 0, offset + 3), line_end)
    match = _TOKEN.match(text, offset, line_end)
    if match is None:
        word = _WORD.match(text, offset, line_end)
        return word.end() if word else min(offset + 1, line_end)
    if match["open"] is None:
        return match.end()
    depth = 0
    for token in _TOKEN.finditer(text, offset, line_end):
        depth += (token["open"] is not None) - (token["close"] is not None)
        if depth == 0:
            return token.end()
        if token["comment"] is not None:
            line_end = token.start()
    return offset + len(text[offset:line_end].rstrip())


def key_end(text: str, offset: int) -> int:
    """Give the end of the one part of a key that begins at ``offset``."""
    match = _BARE_KEY.match(text, offset)
    return match.end() if match else token_end(text, offset)


def escaped_characters(text: str) -> Iterator[tuple[int, int]]:
    """Give offset and code point of every escape in a basic string that stands for one character by number.

    The short escapes for control characters other than tab and new line count too.
    """
    for token in tokens(text):
        if token["basic"] is None or "\\" not in token["basic"]:
            continue
        for escape in _ESCAPE.finditer(text, token.start(), token.end()):
            number = escape[1] or escape[2]
            code = int(number, 16) if number else _SHORT_ESCAPES.get(escape[3])
            if code is not None:
                yield escape.start(), code


def opening_past(text: str, limit: int) -> int | None:
    """Give the offset of the first bracket that opens deeper than ``limit``."""
    depth = 0
    for token in tokens(text):
        depth += (token["open"] is not None) - (token["close"] is not None)
        if depth > limit:
            return token.start()
    return None


def long_key(text: str, limit: int) -> int | None:
    """Give the offset of the first key of more than ``limit`` parts.

    Such a key costs a parser time that grows with the square of its parts, so this is asked before parsing.
    """
    if not re.search(rf"^(?:[^.\n]*+\.){{{limit}}}", text, re.MULTILINE):
        return None
    chain = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_KEY_PART}){{{limit}}}")
    match = chain.search(text)
    if match is None:
        return None
    for token in tokens(text):  # a dotted text in a string or a comment is not a key
        inside = token["basic"] or token["literal"] or token["comment"]
        if inside and token.start() < match.start() < token.end():
            match = chain.search(text, token.end())
        if match is None or token.start() >= match.start():
            break
    return match.start() if match else None


def newer_form(text: str, stop: int | None = None) -> tuple[int, str] | None:
    """Give offset and kind of the first form that only TOML 1.1 allows, or ``None``.

    Kinds: ``lines`` (an inline table over several lines), ``comma`` (a comma at its end), ``escape``, ``seconds``.
    With ``stop`` only what begins before that offset is looked at.
    """
    brackets: list[str] = []
    comma: int | None = None
    for token in tokens(text):
        if stop is not None and token.start() >= stop:
            return None
        kind = token.lastgroup
        in_table = bool(brackets) and brackets[-1] == "{"
        if kind == "open":
            brackets.append(token[0])
        elif kind == "close":
            if (
                token[0] == "}"
                and in_table
                and comma is not None
                and not text[comma + 1 : token.start()].strip()
            ):
                return comma, "comma"
            del brackets[-1:]
        elif kind == "newline" and in_table:
            return token.start(), "lines"
        elif kind == "time" and token["seconds"] is None:
            return token.start(), "seconds"
        elif kind == "basic" and (escape := _newer_escape(token)) is not None:
            return escape, "escape"
        comma = token.start() if kind == "comma" else None
    return None


def _newer_escape(token: re.Match[str]) -> int | None:
    if "\\" in token[0]:
        for escape in _ESCAPE.finditer(token.string, token.start(), token.end()):
            if escape[3] in ("e", "x"):
                return escape.start()
    return None
