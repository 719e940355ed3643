"""Writes the lines of a file: headers, keys, the values behind them, and the comments that belong to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.fmt.order import members
from scorewright.fmt.scalars import key_text, paragraphs, scalar_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.fmt.comments import Comments
    from scorewright.fmt.order import Shape

__all__ = ["Writer"]

_WIDTH = 100
"""Columns that a line may have where there is a choice; a comment at its end is not counted."""
_STEP = "  "
_GAP = "  "
"""Before a comment at the end of a line, as ``tombi format`` has it."""


class Writer:
    """Collects the lines of one file from top to bottom."""

    def __init__(self, comments: Comments) -> None:
        """Take the comments that have to be written."""
        self._comments = comments
        self._lines: list[str] = []
        self._first = 0  # the line at which a block or an array begins: no blank line stands there

    def text(self) -> str:
        """Give the whole file."""
        return "\n".join(self._lines).rstrip("\n") + "\n" if self._lines else ""

    def begin_block(self) -> None:
        """Part what comes from what is there by a blank line."""
        if self._lines and self._lines[-1]:
            self._lines.append("")
        self._first = len(self._lines)

    def header(self, path: tuple[str, ...]) -> None:
        """Write a table's header."""
        self.begin_block()
        self._above(path)
        self._lines.append(f"[{'.'.join(map(key_text, path))}]")
        self._beside(path)
        self._first = len(self._lines)

    def end_table(self, path: KeyPath) -> None:
        """Write the comments at a table's end."""
        self.notes(self._comments.below.get(path, ()))

    def notes(self, lines: Iterable[str], indent: str = "") -> None:
        """Write comments with lines of their own."""
        for line in lines:
            if line:
                self._lines.append(indent + line)
            elif len(self._lines) > self._first and self._lines[-1]:
                self._lines.append("")

    def has_header(self, path: KeyPath, table: dict[str, Any], shape: Shape) -> bool:
        """Say whether an entry of a table of one-liners needs a header of its own."""
        return path in self._comments.below or self._opens(key_text(str(path[-1])), path, table, shape)

    def section(self, path: KeyPath) -> None:
        """Write the comments of a header that is not needed, as those of the tables below it."""
        self.begin_block()
        self._above(path)
        self.notes(filter(None, [self._comments.beside.get(path)]))
        self.end_table(path)

    def pair(self, name: str, path: KeyPath, value: Any, shape: Shape) -> None:
        """Write a key and its value, or each key of a table dotted where it needs more than a line."""
        self._above(path, is_key=True)
        if isinstance(value, dict):
            self.end_table(path)  # an end that is no longer seen: above, the comment stays with this table
            if self._opens(name, path, value, shape):
                self.notes(filter(None, [self._comments.beside.get(path)]))
                for key, item, of in members(value, shape):
                    self.pair(f"{name}.{key_text(key)}", (*path, key), item, of)
                return
        self._lines.append(f"{name} = ")
        self._value(name, path, value, shape)
        self._beside(path)

    def _above(self, path: KeyPath, *, is_key: bool = False) -> None:
        """Write the comments above something.

        On top of the file they may be its head, to be parted by a blank line: above a key, and with a directive.
        """
        is_on_top = not self._lines
        self.notes(self._comments.above.get(path, ()))
        if is_on_top and (is_key or "".join(self._lines).startswith("#:")) and "" not in self._lines:
            self.begin_block()

    def _opens(self, name: str, path: KeyPath, table: dict[str, Any], shape: Shape) -> bool:
        """Say whether a table behind a key is written as dotted keys: all that does not fit one line."""
        if not table:
            return False
        if (shape.record == "criterion" and shape.by_id) or any(map(_is_of_tables, table.values())):
            return True
        return path in self._comments.around or len(f"{name} = {_flat(table, shape)}") > _WIDTH

    def _value(self, name: str, path: KeyPath, value: Any, shape: Shape) -> None:
        if isinstance(value, str) and "\n" in value:
            first, *rest = paragraphs(value)
            self._lines[-1] += first
            self._lines.extend(rest)
            return
        text = _flat(value, shape)
        if isinstance(value, list) and (
            path in self._comments.around or _is_of_tables(value) or len(f"{name} = {text}") > _WIDTH
        ):
            self._array(path, value, shape, "")
        else:
            self._lines[-1] += text

    def _array(self, path: KeyPath, array: list[Any], shape: Shape, indent: str) -> None:
        """Write one item a line."""
        inner = indent + _STEP
        self._lines[-1] += "["
        self._end_line(self._comments.opening.get(path))
        self._first = len(self._lines)
        for index, item in enumerate(array):
            place = (*path, index)
            self.notes(self._comments.above.get(place, ()), inner)
            self._lines.append(inner)
            self._part(place, item, shape, inner, is_long=False)
            self._lines[-1] += ","
            self._beside(place)
        self.notes(self._comments.below.get(path, ()), inner)
        self._lines.append(f"{indent}]")

    def _part(self, path: KeyPath, value: Any, shape: Shape, indent: str, *, is_long: bool) -> None:
        """Write what stands inside an array or an inline table.

        Only its arrays may span lines: with a comment inside, when they do not fit a line, or when they hold tables
        and the line is too long (``is_long``).
        """
        text = _flat(value, shape)
        too_long = len(indent + text) >= _WIDTH
        if not (path in self._comments.around or too_long or (is_long and _holds_tables(value))):
            self._lines[-1] += text
        elif isinstance(value, list):
            self._array(path, value, shape, indent)
        elif isinstance(value, dict) and value:
            ends = ["{ "] + [", "] * (len(value) - 1)
            for end, (key, item, of) in zip(ends, members(value, shape), strict=True):
                self._lines[-1] += f"{end}{key_text(key)} = "
                self._part((*path, key), item, of, indent, is_long=is_long or too_long)
            self._lines[-1] += " }"
        else:
            self._lines[-1] += text

    def _beside(self, path: KeyPath) -> None:
        self._end_line(self._comments.beside.get(path))

    def _end_line(self, comment: str | None) -> None:
        if comment is not None:
            self._lines[-1] += _GAP + comment


def _flat(value: Any, shape: Shape) -> str:
    """Give a value on one line."""
    if isinstance(value, dict):
        inside = ", ".join(f"{key_text(key)} = {_flat(item, of)}" for key, item, of in members(value, shape))
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_flat(item, shape) for item in value)}]"
    return scalar_text(value)


def _is_of_tables(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _holds_tables(value: Any) -> bool:
    """Say whether an array of tables is, or stands anywhere inside, a value."""
    if isinstance(value, dict):
        return any(map(_holds_tables, value.values()))
    return isinstance(value, list) and any(isinstance(item, dict) or _holds_tables(item) for item in value)
