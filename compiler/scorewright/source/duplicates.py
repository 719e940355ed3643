"""Says where a key or a table that is written twice stands the first time; the parser names the second only."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from scorewright.source.stop import Answer, clip, line_number

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.source.stop import Context

__all__ = ["explain_duplicate"]


def explain_duplicate(context: Context) -> Answer | None:
    """Find the earlier place of what is written twice: all before the stop is well formed, so it can be scanned."""
    if context.message.startswith("Cannot declare"):
        return _header_twice(context)
    if not context.message.startswith(
        ("Cannot overwrite", "Cannot redefine", "Cannot mutate", "Duplicate inline")
    ):
        return None
    if context.line.lstrip().startswith("["):
        return _header_twice(context)
    log = _log(context)
    if not log:
        return None
    first = dict(reversed(log))
    path, offset = next(((path, offset) for path, offset in log if first[path] != offset), log[-1])
    name = clip(".".join(str(part) for part in path))
    if first[path] != offset:
        message = f"{name} is written twice; first on line {line_number(context.text, first[path])}"
        return Answer(message, "keep one of the two", offset)
    message = f"{name} adds to a table that is already complete"
    return Answer(
        message, "write all keys of a table in one place: in its braces or under its header", offset
    )


def _log(context: Context) -> list[tuple[KeyPath, int]]:
    """Give all keys up to the stop with their offsets, also those that come twice."""
    from scorewright.source.positions import scan

    log: list[tuple[KeyPath, int]] = []

    class Log(dict):  # type: ignore[type-arg]
        def __setitem__(self, path: KeyPath, place: tuple[int, int]) -> None:
            log.append((path, place[0]))
            super().__setitem__(path, place)

    with suppress(
        IndexError, ValueError
    ):  # the text ends inside an inline table; what was seen until then is enough
        scan(context.text[: context.offset], Log())
    return log


def _header_twice(context: Context) -> Answer:
    header = clip(context.line.partition("#")[0].strip())
    plain = re.sub(r"\s", "", context.line.partition("#")[0]).strip("[]")
    position = 0
    for line in context.text[: context.line_start].splitlines(keepends=True):
        if line.lstrip().startswith("[") and re.sub(r"\s", "", line.partition("#")[0]).strip("[]") == plain:
            message = (
                f"the table {header} is declared twice; first on line {line_number(context.text, position)}"
            )
            return Answer(
                message,
                "put the keys of both under one header, or give one of them another id",
                context.line_start,
            )
        position += len(line)
    message = f"{header} declares again what is a value or a finished table above"
    return Answer(message, "write all keys of a table in one place", context.line_start)
