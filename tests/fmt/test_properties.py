"""What holds for every text: the same data, the same text when done again, and no comment lost."""

from __future__ import annotations

import math
import re
import string
import tomllib
from collections import Counter
from datetime import date, datetime, time, timedelta, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorewright.fmt import format_text
from scorewright.schema.grammar import RECORDS, TABLES
from scorewright.source.lexical import tokens

# --- texts ----------------------------------------------------------------------------------------------------------
# Each comment is an own one, so that one that is lost or doubled shows.

_KNOWN_KEYS = sorted({key.name for record in RECORDS.values() for key in record.keys})
_KEYS = st.one_of(
    st.sampled_from(_KNOWN_KEYS),
    st.text(string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=5),
    st.sampled_from(["", "a b", "é", 'q"', "it's", "#", "[x]", "a.b"]),
)
_TABLE_NAMES = st.one_of(st.sampled_from(["language", "include", *TABLES]), _KEYS)
_TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab #\"'\\\n\t\r,[]{}=.\u202e\u00a0é"),
        st.characters(codec="utf-8", exclude_categories=["Cs"]),
    ),
    max_size=12,
)
_OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    _TEXTS,
    st.text("abc ", min_size=30, max_size=60),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.datetimes(timezones=_OFFSETS),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=12,
)


class _Writer:
    """Writes data as TOML in ways that a writer might choose, with comments wherever TOML allows one."""

    def __init__(self, draw):
        self.draw = draw
        self.comments = 0

    def any_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def comment(self):
        self.comments += 1
        return self.any_of("# ", "#", "#: ", "# [a.b] ", '# x = "#" ', "# it's ") + str(self.comments)

    def own_lines(self):
        """Blank lines and comments with lines of their own."""
        return "".join(
            f"{self.any_of('', '  ')}{self.comment()}\n" if self.draw(st.integers(0, 3)) == 0 else "\n"
            for _ in range(self.draw(st.integers(0, 3)))
        )

    def beside(self):
        return f"{self.any_of('', ' ', '   ')}{self.comment()}" if self.draw(st.integers(0, 4)) == 0 else ""

    def key(self, key):
        if re.fullmatch(r"[A-Za-z0-9_-]+", key) and self.draw(st.booleans()):
            return key
        return self.basic(key)

    def basic(self, text):
        return (
            '"'
            + "".join(
                f"\\U{ord(char):08X}" if char in '"\\' or not char.isprintable() else char for char in text
            )
            + '"'
        )

    def value(self, value):
        match value:
            case str():
                return self.text(value)
            case datetime():
                return value.isoformat(self.any_of("T", " "))
            case list():
                return self.array(value)
            case dict():
                pairs = ", ".join(f"{self.key(key)} = {self.value(item)}" for key, item in value.items())
                return self.any_of("{%s}", "{ %s }") % pairs
            case int() if not isinstance(value, bool):
                return self.any_of(f"{value}", f"{value:+}", f"{value:_}")
        return value.isoformat() if isinstance(value, date | time) else repr(value).lower()

    def text(self, text):
        is_plain = all(char.isprintable() or char == "\n" for char in text)
        if is_plain and "'''" not in text and not text.endswith("'") and self.draw(st.booleans()):
            return f"'''\n{text}'''"
        return self.basic(text)

    def array(self, items):
        if self.draw(st.booleans()):
            return f"[{', '.join(map(self.value, items))}]"
        text = f"[{self.gap()}"
        for index, item in enumerate(items):
            text += self.value(item) + self.gap()
            if index + 1 < len(items) or self.draw(st.booleans()):
                text += f",{self.gap()}"
        return f"{text}]"

    def gap(self):
        """Anything that may stand between two items."""
        return self.any_of("", " ") if self.draw(st.booleans()) else f"{self.beside()}\n{self.own_lines()}"

    def pair(self, names, value):
        """A key and its value, or a table's members as dotted keys."""
        if isinstance(value, dict) and value and self.draw(st.booleans()):
            return "".join(self.pair((*names, key), item) for key, item in value.items())
        name = self.any_of(".", " . ").join(map(self.key, names))
        return f"{self.own_lines()}{name} = {self.value(value)}{self.beside()}\n"

    def table(self, path, table):
        """The table at a path: what it holds itself, then the tables that got headers of their own."""
        under = {
            key: self.any_of("here", "header") if isinstance(item, dict) else "here"
            for key, item in table.items()
        }
        for key, item in table.items():
            if isinstance(item, list) and item and all(isinstance(one, dict) for one in item):
                under[key] = self.any_of("here", "headers")
        here = [key for key in table if under[key] == "here"]
        text = "".join(self.pair((key,), table[key]) for key in here)
        if path and (here or not table or self.draw(st.booleans())):
            text = f"{self.own_lines()}[{'.'.join(map(self.key, path))}]{self.beside()}\n{text}"
        for key in table:
            if under[key] == "header":
                text += self.table((*path, key), table[key])
            elif under[key] == "headers":
                for item in table[key]:
                    header = ".".join(map(self.key, (*path, key)))
                    text += f"{self.own_lines()}[[{header}]]{self.beside()}\n"
                    text += "".join(self.pair((name,), inner) for name, inner in item.items())
        return text

    def file(self, data):
        return self.own_lines() + self.table((), data) + self.own_lines()


@st.composite
def texts(draw):
    entries = st.dictionaries(_KEYS, _VALUES, max_size=4)
    data = draw(
        st.dictionaries(
            _TABLE_NAMES, st.one_of(_VALUES, entries, st.dictionaries(_KEYS, entries, max_size=3)), max_size=4
        )
    )
    text = _Writer(draw).file(data)
    return draw(st.sampled_from([text, text.rstrip("\n"), text.replace("\n", "\r\n")]))


# --- what holds -----------------------------------------------------------------------------------------------------


def _spelled(value):
    """The value with its types and exact spelling, so that 1 is not true, 0.0 not -0.0, and nan is nan."""
    if isinstance(value, dict):
        return {key: _spelled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_spelled(item) for item in value]
    return type(value), "nan" if isinstance(value, float) and math.isnan(value) else repr(value)


def _comments(text):
    return Counter(
        token[0].rstrip() for token in tokens(text.replace("\r\n", "\n")) if token["comment"] is not None
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts())
def test_the_data_and_every_comment_stay_and_the_text_is_clean(text):
    formatted = format_text(text)
    assert _spelled(tomllib.loads(formatted)) == _spelled(tomllib.loads(text))
    assert _comments(formatted) == _comments(text)
    assert "\r" not in formatted
    assert not formatted or (formatted.endswith("\n") and not formatted.endswith("\n\n"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts())
def test_a_second_time_changes_nothing(text):
    once = format_text(text)
    assert format_text(once) == once
