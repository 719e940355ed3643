"""Writes a signature into the text of ``agreements.toml``: other agreements, comments and order stay as they are."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.checks.agreements import SIDES

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["CannotSignError", "Signature", "Signed", "sign"]

_TOP = "language = 1\n"
_HEADER = re.compile(r"[ \t]*\[")


class CannotSignError(Exception):
    """The file holds the agreement in a form that cannot be edited without touching the rest; the message says which."""


class Signature(NamedTuple):
    """Who signs what: the threshold's id and what it says now, the side, who, and the day."""

    threshold: str
    says: str
    side: str
    by: str
    on: dt.date


class Signed(NamedTuple):
    """The file's new text.  ``dropped`` are the sides that signed another text and have to sign anew."""

    text: str
    dropped: tuple[str, ...]


def sign(text: str, signature: Signature) -> Signed:
    """The text with the signature; an empty text becomes a whole file.  Raises ``CannotSignError``.

    Whoever signed another text than the one that is signed now has not agreed to this one: that signature goes.
    """
    data = _parsed(text)
    entry = data.get("agreements", {}).get(signature.threshold, {})
    others = tuple(side for side in SIDES if side != signature.side and side in entry)
    dropped = others if entry.get("says") != signature.says else ()
    lines = text.splitlines(keepends=True) or [_TOP]
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    start, end = _block(lines, signature.threshold)
    block = _edited(lines[start:end], signature, dropped)
    found = Signed("".join([*lines[:start], *block, *lines[end:]]), dropped)
    _hold(found.text, _wanted(data, signature, dropped), signature)
    return found


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotSignError(f"it is no TOML: {error}") from None


def _block(lines: list[str], threshold: str) -> tuple[int, int]:
    """The lines of ``[agreements.<threshold>]``; at the end of the file where there is none yet."""
    name = re.escape(threshold)
    header = re.compile(rf"[ \t]*\[[ \t]*agreements[ \t]*\.[ \t]*(?:{name}|\"{name}\"|'{name}')[ \t]*\]")
    start = next((place for place, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        return len(lines), len(lines)
    after = (place for place in range(start + 1, len(lines)) if _HEADER.match(lines[place]))
    end = next(after, len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # blank lines and comments before the next header belong to it
    return start, end


def _edited(block: list[str], signature: Signature, dropped: tuple[str, ...]) -> list[str]:
    if not block:
        block = ["\n", f"[agreements.{signature.threshold}]\n"]
    who = f"{{ by = {_text(signature.by)}, on = {signature.on.isoformat()} }}"
    wanted = {"says": _text(signature.says), signature.side: who}
    kept = []
    for line in block:
        key = line.partition("=")[0].strip()
        if key in dropped:
            continue
        kept.append(f"{key} = {wanted.pop(key)}{_comment(line)}\n" if key in wanted else line)
    return [*kept, *(f"{key} = {value}\n" for key, value in wanted.items())]


def _comment(line: str) -> str:
    """The comment behind a value; a ``#`` inside quotes is none."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', lambda match: "_" * len(match[0]), line)
    at = bare.find("#")
    return f"  {line[at:].rstrip()}" if at >= 0 else ""


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # the one that TOML alone forbids


def _wanted(data: dict[str, Any], signature: Signature, dropped: tuple[str, ...]) -> dict[str, Any]:
    agreements = dict(data.get("agreements", {}))
    entry = {
        key: value for key, value in agreements.get(signature.threshold, {}).items() if key not in dropped
    }
    entry |= {"says": signature.says, signature.side: {"by": signature.by, "on": signature.on}}
    return {"language": 1, **data, "agreements": {**agreements, signature.threshold: entry}}


def _hold(text: str, wanted: dict[str, Any], signature: Signature) -> None:
    """Nothing else may have changed: a value over several lines, or an agreement written inline, is left to a person."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = {}
    if {"language": 1, **found} != wanted:
        message = f"the agreement of {signature.threshold} is not written as [agreements.{signature.threshold}], a line for each key"
        raise CannotSignError(message)
