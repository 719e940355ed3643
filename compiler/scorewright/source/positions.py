"""Where each key of a TOML text stands: read only when there is something to say about one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath

__all__ = ["Places", "scan"]

Places = dict["KeyPath", tuple[int, int]]
"""For each key path the offsets, in characters, of its key and of its value."""

_SKIP = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_KEY = re.compile(r"""([A-Za-z0-9_-]++|"(?:[^"\\]++|\\.)*+"|'[^']*+')[ \t]*+(?:(\.)[ \t]*+|=[ \t]*+)?""")
_SCALAR = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\]++|\\.)*+"'
    r"|'[^']*+'"
    r"|[0-9-]{10} [0-9][^\s,\]}#]*+"
    r"|[^\s,\]}#]++",
    re.DOTALL,
)


def scan(text: str, places: Places | None = None) -> Places:
    """Give the place of every key path of ``text``, which tomllib must have accepted.

    The paths are those of the parsed value: keys and array indexes, as in jsonschema's ``absolute_path``.
    The value of a table with a header is the header's bracket; a table that exists only as a part of a longer
    header or of a dotted key has the place of that part.  An item of an array has no key: both offsets are its own.
    Pass ``places`` to have them written into a mapping of your own, in the order of the text.
    """
    found: Places = {} if places is None else places
    counts: dict[KeyPath, int] = {}
    base: KeyPath = ()
    end = len(text)
    position = _skip(text, 0)
    while position < end:
        if text[position] == "[":
            position, base = _header(text, position, counts, found)
        else:
            position = _pair(text, position, base, found)
        position = _skip(text, position)
    return found


def _skip(text: str, position: int) -> int:
    match = _SKIP.match(text, position)
    return match.end() if match else position


def _header(text: str, start: int, counts: dict[KeyPath, int], places: Places) -> tuple[int, KeyPath]:
    """Read ``[a.b]`` or ``[[a.b]]``; arrays of tables on the way stand for their last table so far."""
    is_array = text.startswith("[[", start)
    position = _skip(text, start + 1 + is_array)
    path: KeyPath = ()
    dotted = True
    while dotted:
        if path in counts:
            path = (*path, counts[path] - 1)
        name, key, position, dotted = _key(text, position)
        path = (*path, name)
        if dotted:
            places.setdefault(path, (key, start))
    if not is_array:
        places[path] = (key, start)
        return position + 1, path
    counts[path] = index = counts.get(path, 0) + 1
    places.setdefault(path, (key, start))
    path = (*path, index - 1)
    places[path] = (key, start)
    return position + 2, path


def _key(text: str, position: int) -> tuple[str, int, int, bool]:
    """Read one part of a key: its name, its offset, where reading goes on, and whether another part follows."""
    match = _KEY.match(text, position)
    if match is None:
        raise ValueError(f"not a key at {position}")  # tomllib accepted the text, so this cannot happen
    name = match[1]
    if name[0] in "\"'":
        name = _unquoted(name)
    return name, position, match.end(), match[2] is not None


def _unquoted(key: str) -> str:
    if "\\" not in key or key[0] == "'":
        return key[1:-1]
    import tomllib

    return str(tomllib.loads(f"k = {key}")["k"])


def _pair(text: str, position: int, path: KeyPath, places: Places) -> int:
    dotted = True
    while dotted:
        name, key, position, dotted = _key(text, position)
        path = (*path, name)
        if dotted:
            places.setdefault(path, (key, key))
    places[path] = (key, position)
    return _value(text, position, path, places)


def _value(text: str, position: int, path: KeyPath, places: Places) -> int:
    first = text[position]
    if first == "[":
        return _array(text, position + 1, path, places)
    if first == "{":
        return _inline_table(text, position + 1, path, places)
    match = _SCALAR.match(text, position)
    return match.end() if match else position + 1


def _array(text: str, position: int, path: KeyPath, places: Places) -> int:
    index = 0
    position = _skip(text, position)
    while text[position] != "]":
        item = (*path, index)
        places[item] = (position, position)
        position = _skip(text, _value(text, position, item, places))
        index += 1
        if text[position] == ",":
            position = _skip(text, position + 1)
    return position + 1


def _inline_table(text: str, position: int, path: KeyPath, places: Places) -> int:
    position = _skip(text, position)
    while text[position] != "}":
        position = _skip(text, _pair(text, position, path, places))
        if text[position] == ",":
            position = _skip(text, position + 1)
    return position + 1
