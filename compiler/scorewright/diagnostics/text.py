"""Shows diagnostics on a terminal: code and message, the place, the line with carets, what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.diagnostics.characters import cells, safe, shown, width
from scorewright.diagnostics.rule import Severity
from scorewright.diagnostics.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic, Place

__all__ = ["render"]

_LONGEST = 120
"""Columns of a source line; a longer one is cut on both sides of its carets."""
_BEFORE = 40
"""Characters before a place that are shown of a long line."""
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
_BOLD, _DIM = "1", "34"


def render(diagnostics: Sequence[Diagnostic], *, color: bool = False) -> str:
    """Give one paragraph for each diagnostic and a last line that counts them; nothing for none."""
    if not diagnostics:
        return ""
    paragraphs = ["\n".join(_paragraph(each, color)) for each in diagnostics]
    return "\n\n".join([*paragraphs, summary(diagnostics)]) + "\n"


def _paint(text: str, style: str, color: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if color and text else text


def _paragraph(each: Diagnostic, color: bool) -> Iterator[str]:
    colour = _COLOURS[each.severity]
    label = _paint(f"{each.severity}[{each.code}]", f"{_BOLD};{colour}", color)
    first, *more = safe(each.message).split("\n")
    yield f"{label} {each.name}: {_paint(first, _BOLD, color)}"
    yield from (f"  {line}" for line in more)
    margin = _margin(each)
    if each.place is not None:
        yield from _excerpt(each.place, margin, "^", colour, color)
    for related in each.related:
        yield f"{_paint('note', _BOLD, color)}: {shown(related.message)}"
        yield from _excerpt(related.place, margin, "-", _DIM, color)
    if each.help:
        first, *more = safe(each.help).split("\n")
        yield f"{_paint('help', f'{_BOLD};36', color)}: {first}"
        yield from (f"      {line}" for line in more)


def _margin(each: Diagnostic) -> int:
    """Give the width of the longest line number of a paragraph, so that its bars stand in one column."""
    places = [each.place, *(related.place for related in each.related)]
    return max((len(str(place.line)) for place in places if place is not None), default=1)


def _excerpt(place: Place, margin: int, mark: str, colour: str, color: bool) -> Iterator[str]:
    blank = " " * margin
    arrow, bar = _paint("-->", _DIM, color), _paint("|", _DIM, color)
    if place.source is None:
        yield f"{blank}{arrow} {shown(place.file)}"
        return
    yield f"{blank}{arrow} {shown(place.file)}:{place.line}:{place.column}"
    line, indent, length = _window(place.source, place.column - 1, place.end_column - 1)
    yield f"{blank} {bar}"
    yield f"{_paint(f'{place.line:>{margin}}', _DIM, color)} {bar} {line}".rstrip()
    yield f"{blank} {bar} {' ' * indent}{_paint(mark * length, colour, color)}"


def _window(source: str, start: int, end: int) -> tuple[str, int, int]:
    """Give the line as shown, cut where it is long, with the columns before the carets and their number."""
    end = min(end, start + _LONGEST)  # however long the line, only what can be shown is looked at
    cut = end > _LONGEST or width(source[: end + 1]) > _LONGEST
    first = _walk_back(source, start, _BEFORE) if cut else 0
    marked = shown(source[start:end])
    before, after = shown(source[first:start]), shown(source[end : end + _LONGEST])
    if first:
        before = f"…{before}"
    line = _cut(before + marked + after, _LONGEST)
    if end + _LONGEST < len(source) and not line.endswith("…"):
        line += "…"
    carets = max(min(width(marked), _LONGEST - width(before)), 1)
    return line, width(before), carets


def _walk_back(source: str, start: int, columns: int) -> int:
    lowest = max(start - 2 * columns, 0)  # marks have no width, and there may be any number of them
    while start > lowest and columns > 0:
        start -= 1
        columns -= width(shown(source[start]))
    return start


def _cut(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept = 0
    for index, char in enumerate(text):
        kept += cells(char)
        if kept >= columns:
            return f"{text[:index]}…"
    return text
