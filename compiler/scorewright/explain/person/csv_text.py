"""Reads CSV with the place of every cell: separated by commas, semicolons or tabs, with or without quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["BrokenCsvError", "Cell", "parse_csv"]

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


class BrokenCsvError(Exception):
    """The text is no CSV: at which character, and what to do about it."""

    def __init__(self, at: int, message: str, help: str) -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.help = help


class Cell(NamedTuple):
    """One cell without its quotes and the blanks around it, and the offset at which it begins."""

    text: str
    at: int


def parse_csv(text: str) -> list[list[Cell]]:
    """Read the rows; empty lines, and lines that begin with ``#``, are left out.

    Raises:
        BrokenCsvError: a quote that does not end, or text behind one that does.
    """
    separator = _separator(text)
    rows: list[list[Cell]] = []
    at = 0
    while at < len(text):
        if text[at] == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end + 1
            continue
        row, at = _row(text, at, separator)
        if any(cell.text for cell in row):
            rows.append(row)
    return rows


def _separator(text: str) -> str:
    """The one that the header uses."""
    header = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    return max(",;\t", key=header.count)


def _row(text: str, at: int, separator: str) -> tuple[list[Cell], int]:
    row: list[Cell] = []
    plain = re.compile(rf"[^\n{separator}]*")
    while True:
        while at < len(text) and text[at] == " ":
            at += 1
        begin = at
        if text.startswith('"', at):
            found = _QUOTED.match(text, at)
            if found is None:
                raise BrokenCsvError(
                    at, "this quote has no end", 'close it with "; a quote inside is written ""'
                )
            cell, at = found[1].replace('""', '"'), found.end()
            rest = plain.match(text, at)
            if rest and rest[0].strip():
                help_ = 'put the whole cell in quotes, and write a quote inside it as ""'
                raise BrokenCsvError(at, "text behind the end of a quote", help_)
            at = rest.end() if rest else at
        else:
            found = plain.match(text, at)
            cell, at = (found[0], found.end()) if found else ("", at)
        row.append(Cell(cell.strip(), begin))
        if at >= len(text) or text[at] == "\n":
            return row, at + 1
        at += 1
