"""Every key path of a TOML text has its place, whatever form the text has."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from scorewright.source.lexical import key_end, token_end
from scorewright.source.positions import scan

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=12)
KEYS = st.one_of(st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True), TEXTS)
SCALARS = st.one_of(
    TEXTS,
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.times().map(lambda moment: moment.replace(fold=0)),
    st.datetimes(timezones=st.sampled_from([None, UTC])),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=6)
BARE = re.compile(r"[A-Za-z0-9_-]+")


def paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Give every key path of a parsed value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {each for key, item in pairs for each in ({(*path, key)} | paths(item, (*path, key)))}


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    """Follow a path."""
    for part in path:
        value = value[part]
    return value


@given(DOCUMENTS)
def test_what_a_writer_writes_has_the_paths_of_what_a_parser_reads(document):
    text = tomli_w.dumps(document)
    assert set(scan(text)) == paths(tomllib.loads(text))


class Writer:
    """Writes a value as TOML in forms that no ordinary writer mixes: the choices are hypothesis's."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def key(self, name: str) -> str:
        escaped = "".join(f"\\U{ord(char):08x}" for char in name)
        forms = [f'"{escaped}"', tomli_w.dumps({name: 1})[: -len(" = 1\n")]]
        if BARE.fullmatch(name):
            forms.append(name)
        if name.isprintable() and "'" not in name:
            forms.append(f"'{name}'")
        return self.pick(*forms)

    def gap(self) -> str:
        return self.pick("", " ", "\t ")

    def lines(self) -> str:
        return self.pick("", "\n", ' # a comment with ] } = [x] "\n', "\r\n  ")

    def pair(self, key: str, value: Any) -> str:
        return f"{self.gap()}{self.key(key)}{self.gap()}={self.gap()}{self.value(value)}{self.gap()}"

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = ",".join(self.pair(key, item) for key, item in value.items())
            return f"{{{pairs or self.gap()}}}"
        if isinstance(value, list):
            items = [f"{self.lines()}{self.value(item)}{self.lines()}" for item in value]
            end = self.pick(",", "") if items else ""
            return f"[{','.join(items)}{end}{self.lines()}]"
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.isoformat(self.pick(" ", "T"))
        return tomli_w.dumps({"k": value})[len("k = ") : -1]

    def text(self, value: str) -> str:
        forms = [tomli_w.dumps({"k": value})[len("k = ") : -1]]
        if value.isprintable() and "'" not in value:
            forms += [f"'{value}'", f"'''\n{value}'''"]
        if value.isprintable() and '"' not in value and "\\" not in value:
            forms += [f'"""{value}"""', f'"""\n{value}\\\n   """', f'"""{value}"" ""\\""""']
        return self.pick(*forms)

    def table(self, table: dict[str, Any], header: str = "") -> str:
        """Write a table's own lines first, then its sub-tables under headers of their own."""
        own, below = [], []
        for name, item in table.items():
            key = self.key(name)
            full = f"{header}{self.gap()}.{self.gap()}{key}" if header else key
            tables = isinstance(item, list) and item and all(isinstance(each, dict) for each in item)
            form = self.pick("value", "table")
            if form == "table" and isinstance(item, dict):
                below.append(
                    f"[{self.gap()}{full}{self.gap()}]{self.pick('', ' # c')}\n{self.table(item, full)}"
                )
            elif form == "table" and tables:
                below.extend(f"[[{self.gap()}{full}{self.gap()}]]\n{self.table(each, full)}" for each in item)
            elif isinstance(item, dict) and item and self.pick(True, False):
                own.extend(
                    f"{key}{self.gap()}.{self.gap()}{self.key(sub)} = {self.value(value)}\n"
                    for sub, value in item.items()
                )
            else:
                own.append(f"{self.gap()}{key} = {self.value(item)}{self.pick('', ' # c')}\n")
        return "".join([*own, *below])


@st.composite
def written(draw: st.DrawFn) -> str:
    """TOML texts in every form, that tomllib reads."""
    return Writer(draw).table(draw(DOCUMENTS)).replace("\r\n", "\n")


def decoded(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 1")))


@given(written())
def test_keys_and_values_stand_where_the_scanner_says(text):
    document = tomllib.loads(text)
    places = scan(text)
    assert set(places) == paths(document)
    for path, (key, value) in places.items():
        if isinstance(path[-1], str):
            assert decoded(text[key : key_end(text, key)]) == path[-1]
        found = at(document, path)
        if isinstance(found, dict | list):
            assert text[value] in "{[" or value == key
        elif not (isinstance(found, str) and text.startswith(('"""', "'''"), value)):
            assert tomllib.loads(f"v = {text[value : token_end(text, value)]}") == {"v": found}


def places_as_text(text: str) -> dict[tuple[str | int, ...], tuple[str, str]]:
    """Show each place as the eight characters that stand there."""
    return {path: (text[key : key + 4], text[value : value + 4]) for path, (key, value) in scan(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("# only a comment", {}),
        ("key = 1", {("key",): ("key ", "1")}),
        ("key=1#c", {("key",): ("key=", "1#c")}),
        ('"a.b" = 1', {("a.b",): ('"a.b', "1")}),
        ("'' = 1", {("",): ("'' =", "1")}),
        ('"\\u0061" = 1', {("a",): ('"\\u0', "1")}),
        ("a . b = 1", {("a",): ("a . ", "a . "), ("a", "b"): ("b = ", "1")}),
        (
            "a.b = 1\na.c = 2",
            {("a",): ("a.b ", "a.b "), ("a", "b"): ("b = ", "1\na."), ("a", "c"): ("c = ", "2")},
        ),
        ("[ a . b ]", {("a",): ("a . ", "[ a "), ("a", "b"): ("b ]", "[ a ")}),
        ("[a.b]\n[a]", {("a",): ("a]", "[a]"), ("a", "b"): ("b]\n[", "[a.b")}),
        ("[[a]]\n[[a]]", {("a",): ("a]]\n", "[[a]"), ("a", 0): ("a]]\n", "[[a]"), ("a", 1): ("a]]", "[[a]")}),
        (
            "[[a]]\n[a.b]\nc=1\n[[a.d]]",
            {
                ("a",): ("a]]\n", "[[a]"),
                ("a", 0): ("a]]\n", "[[a]"),
                ("a", 0, "b"): ("b]\nc", "[a.b"),
                ("a", 0, "b", "c"): ("c=1\n", "1\n[["),
                ("a", 0, "d"): ("d]]", "[[a."),
                ("a", 0, "d", 0): ("d]]", "[[a."),
            },
        ),
        (
            "a = [1, [2]]",
            {
                ("a",): ("a = ", "[1, "),
                ("a", 0): ("1, [",) * 2,
                ("a", 1): ("[2]]",) * 2,
                ("a", 1, 0): ("2]]",) * 2,
            },
        ),
        (
            "a = { b.c = 1 }",
            {("a",): ("a = ", "{ b."), ("a", "b"): ("b.c ",) * 2, ("a", "b", "c"): ("c = ", "1 }")},
        ),
        ('a = """\n[b]\nc = 1"""\nd = 2', {("a",): ("a = ", '"""\n'), ("d",): ("d = ", "2")}),
        ("a = '''x''''\nb = 2", {("a",): ("a = ", "'''x"), ("b",): ("b = ", "2")}),
        ("a = 2026-05-01 10:00:00\nb = 2", {("a",): ("a = ", "2026"), ("b",): ("b = ", "2")}),
        ("a = [ # c ]\n 1, # ,\n]", {("a",): ("a = ", "[ # "), ("a", 0): ("1, #",) * 2}),
    ],
)
def test_each_form_of_toml(text, expected):
    tomllib.loads(text)
    assert places_as_text(text) == expected


def test_dates_and_times_are_single_values():
    text = "v = [2026-05-01, 10:00:00, 2026-05-01T10:00:00+01:00, 2026-05-01 10:00:00Z]"
    document = tomllib.loads(text)
    assert document["v"][:2] == [date(2026, 5, 1), time(10)]
    assert set(scan(text)) == paths(document)


def test_the_order_is_that_of_the_text():
    assert list(scan("b = 1\na = { d = 1, c = 2 }")) == [("b",), ("a",), ("a", "d"), ("a", "c")]
