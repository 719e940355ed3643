"""Which key path each comment belongs to, so that it can move with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorewright.fmt.anchors import find_anchors
from scorewright.fmt.blocks import Beside, find_comments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.fmt.anchors import Anchors
    from scorewright.fmt.blocks import Block

__all__ = ["Comments", "read_comments"]


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a file by the key path that each belongs to.

    Where there may be several they are lines; an empty one is a blank line that the writer left between them.
    """

    head: Sequence[str]
    """The block on top of the file."""
    foot: Sequence[str]
    """What stands at the file's end, apart from its last table."""
    above: Mapping[KeyPath, Sequence[str]]
    beside: Mapping[KeyPath, str]
    """On the line on which a header, a value or an item ends."""
    opening: Mapping[KeyPath, str]
    """On the line on which an array opens."""
    below: Mapping[KeyPath, Sequence[str]]
    """At the end of a table or an array."""
    around: frozenset[KeyPath]
    """Every path with a comment inside its value; what is only below a table counts as outside of it."""


def read_comments(text: str) -> Comments:
    """Find the comments of ``text``, which tomllib must have accepted and whose lines must end in LF."""
    files = _Files()
    if "#" in text:
        anchors = find_anchors(text)
        for comment in find_comments(text):
            if isinstance(comment, Beside):
                _file_beside(comment, anchors, files)
            elif comment.container is not None:
                _file_in_brackets(comment, anchors, files)
            else:
                _file_between(comment, anchors, files)
    return files.closed()


@dataclass(slots=True)
class _Files:
    """The comments filed so far."""

    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    above: defaultdict[KeyPath, list[str]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[KeyPath, str] = field(default_factory=dict)
    opening: dict[KeyPath, str] = field(default_factory=dict)
    below: defaultdict[KeyPath, list[str]] = field(default_factory=lambda: defaultdict(list))
    arrays: set[KeyPath] = field(default_factory=set)
    """Arrays with a comment inside their brackets."""

    def put_above(self, path: KeyPath, lines: Iterable[str]) -> None:
        """File lines above a key or item; an item stays on one line, so above it if it is a key inside one."""
        self.above[_reachable(path)].extend(lines)

    def put_beside(self, path: KeyPath, comment: str) -> None:
        """File a comment beside something, unless the place is taken or gone."""
        if path in self.beside or _reachable(path) != path:
            self.put_above(path, (comment,))
        else:
            self.beside[path] = comment

    def closed(self) -> Comments:
        """Give what was filed."""
        commented = {*self.above, *self.beside, *self.below, *self.arrays}
        around = {path[:end] for path in commented for end in range(len(path))} | self.arrays
        return Comments(
            self.head,
            self.foot,
            dict(self.above),
            self.beside,
            self.opening,
            dict(self.below),
            frozenset(around),
        )


def _reachable(path: KeyPath) -> KeyPath:
    """Give the item that ``path`` is a key of, which can have no comment of its own; or the path itself."""
    if not path or isinstance(path[-1], int):
        return path
    ends = [end for end, part in enumerate(path, 1) if isinstance(part, int)]
    return path[: ends[-1]] if ends else path


def _file_beside(comment: Beside, anchors: Anchors, files: _Files) -> None:
    value = anchors.value_before(comment.start)
    if comment.bracket > value:  # behind a header, an array or an inline table
        value = comment.opening
    path = anchors.values[value]
    if comment.bracket == value and comment.opens == "[":
        files.opening[path] = comment.text
        files.arrays.add(path)
    elif comment.bracket == value:
        files.put_above(path, (comment.text,))
    else:
        files.put_beside(path, comment.text)


def _file_in_brackets(block: Block, anchors: Anchors, files: _Files) -> None:
    assert block.container is not None
    path = anchors.values[block.container]
    start = anchors.next_start(block.start)
    if start is not None and anchors.starts[start][: len(path)] == path:
        files.put_above(anchors.starts[start], _lines(block))
    elif block.opens == "[":
        files.below[path].extend(_lines(block))
        files.arrays.add(path)
    else:
        files.put_above(path, _lines(block))


def _file_between(block: Block, anchors: Anchors, files: _Files) -> None:
    """File what stands outside of all brackets: above the next key or header, below a table, at either end."""
    start = anchors.next_start(block.start)
    if anchors.is_first(block.start):
        _file_head(block, start, anchors, files)
    elif start is not None and not anchors.is_header(start):
        files.put_above(anchors.starts[start], _lines(block))
    else:
        groups = block.groups
        if block.touches_above and (start is None or not block.touches_below or len(groups) > 1):
            _file_below(anchors.table_at(block.start), groups[0], files)
            groups = groups[1:]
        lines = _joined(groups)
        if start is None:
            files.foot.extend(lines)
        elif lines:
            files.put_above(anchors.starts[start], lines if block.touches_below else [*lines, ""])


def _file_head(block: Block, start: int | None, anchors: Anchors, files: _Files) -> None:
    """Keep what stands first on top, but for comments right above a header or, below others, above a key."""
    groups = block.groups
    if start is not None and block.touches_below:
        is_header_of_its_own = anchors.is_header(start) and not groups[-1][0].startswith("#:")
        if is_header_of_its_own or len(groups) > 1:
            files.put_above(anchors.starts[start], groups[-1])
            groups = groups[:-1]
    files.head.extend(_joined(groups))


def _file_below(table: KeyPath, lines: Iterable[str], files: _Files) -> None:
    if any(isinstance(part, int) for part in table):  # an array of tables has its comments above each item
        files.put_above(table, lines)
    else:
        files.below[table].extend(lines)


def _lines(block: Block) -> list[str]:
    """Give the comments with the blank lines around and between them."""
    return [
        *([] if block.touches_above else [""]),
        *_joined(block.groups),
        *([] if block.touches_below else [""]),
    ]


def _joined(groups: Iterable[Iterable[str]]) -> list[str]:
    lines = [line for group in groups for line in ("", *group)]
    return lines[1:]
