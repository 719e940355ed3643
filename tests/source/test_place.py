"""A finding becomes a diagnostic at the right file, line and columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorewright.diagnostics.rule import Rule, Severity
from scorewright.source import positions
from scorewright.source.document import Document, SourceFile
from scorewright.source.place import place

RULE = Rule("SW900", "for-tests", Severity.ERROR, "")
OTHER = Rule("SW901", "for-tests-too", Severity.WARNING, "")
MAIN = """\
language = 1

[model]
id = "lead"   # a comment

[rules.contact]
on = { submits = "contact", at_least = 3 }
when.all = [
  { mark = "a b" },  # ] }
  { score = "x", above = 5 },
]
points.engagement = -10
active = 2026-05-01 10:00:00
tail = [1, 2] # and more
text = \"\"\"
one
two\"\"\"
"""
PART = "language = 1\n[[rows]]\na = 1\n[[rows]]\n'b c' = 2\n[rules.email]\non = 1\n"


def document(**more: object) -> Document:
    files = (SourceFile("z.toml", Path("z.toml"), MAIN), SourceFile("a.toml", Path("a.toml"), PART))
    owners = {("rows",): 1, ("rules",): 0, ("rules", "contact"): 0, ("rules", "email"): 1}
    return Document(Path(), files, {}, owners, **more)  # type: ignore[arg-type]


def marked(path: tuple[str | int, ...], on: str = "value") -> tuple[str, int, str]:
    """Give file, line and the characters over the carets."""
    (shown,) = place([RULE.at(path, "x", on=on)], document())
    at = shown.place
    assert at is not None
    assert at.source is not None
    return at.file, at.line, at.source[at.column - 1 : at.end_column - 1]


@pytest.mark.parametrize(
    ("path", "on", "expected"),
    [
        (("model",), "value", ("z.toml", 3, "[model]")),
        (("model",), "key", ("z.toml", 3, "model")),
        (("model", "id"), "value", ("z.toml", 4, '"lead"')),
        (("model", "id"), "key", ("z.toml", 4, "id")),
        (("rules", "contact"), "key", ("z.toml", 6, "contact")),
        (("rules", "contact"), "value", ("z.toml", 6, "[rules.contact]")),
        (("rules",), "key", ("z.toml", 6, "rules")),
        (("rules", "contact", "on"), "value", ("z.toml", 7, '{ submits = "contact", at_least = 3 }')),
        (("rules", "contact", "on", "at_least"), "value", ("z.toml", 7, "3")),
        (("rules", "contact", "when"), "value", ("z.toml", 8, "when")),
        (("rules", "contact", "when", "all"), "value", ("z.toml", 8, "[")),
        (("rules", "contact", "when", "all", 0), "value", ("z.toml", 9, '{ mark = "a b" }')),
        (("rules", "contact", "when", "all", 0), "key", ("z.toml", 9, '{ mark = "a b" }')),
        (("rules", "contact", "when", "all", 1, "above"), "value", ("z.toml", 10, "5")),
        (("rules", "contact", "points", "engagement"), "value", ("z.toml", 12, "-10")),
        (("rules", "contact", "points", "engagement"), "key", ("z.toml", 12, "engagement")),
        (("rules", "contact", "active"), "value", ("z.toml", 13, "2026-05-01 10:00:00")),
        (("rules", "contact", "tail"), "value", ("z.toml", 14, "[1, 2]")),
        (("rules", "contact", "text"), "value", ("z.toml", 15, '"""')),
        (("rows", 1, "b c"), "key", ("a.toml", 5, "'b c'")),
        (("rows", 1), "value", ("a.toml", 4, "[[rows]]")),
        (("rules", "email", "on"), "value", ("a.toml", 7, "1")),
        # what is not there: under the key of what it should be in
        (("model", "title"), "value", ("z.toml", 3, "model")),
        (
            ("rules", "contact", "when", "all", 1, "below"),
            "value",
            ("z.toml", 10, '{ score = "x", above = 5 }'),
        ),
        (("rules", "contact", "limit", "times"), "value", ("z.toml", 6, "contact")),
        (("rules", "email", "limit"), "key", ("a.toml", 6, "email")),
        (("rows", 7, "a"), "value", ("a.toml", 2, "rows")),
        (("scores", "x"), "value", ("z.toml", 1, "l")),
        ((), "value", ("z.toml", 1, "l")),
    ],
)
def test_carets_stand_under_what_the_path_names(path, on, expected):
    assert marked(path, on) == expected


def test_the_order_is_main_file_then_names_lines_columns_codes():
    findings = [
        RULE.in_file("m.toml", "5", offset=None),
        RULE.at(("rules", "email", "on"), "4"),
        RULE.at(("rules", "email"), "3"),
        OTHER.at(("model", "id"), "2"),
        RULE.at(("model", "id"), "1"),
        RULE.at(("model",), "0"),
    ]
    assert [each.message for each in place(findings, document())] == ["0", "1", "2", "3", "4", "5"]


def test_the_same_said_twice_is_kept_once():
    findings = [RULE.at(("model", "id"), "x"), RULE.at(("model", "id"), "x"), RULE.at(("model", "id"), "y")]
    assert [each.message for each in place(findings, document())] == ["x", "y"]


def test_everything_of_the_finding_is_carried_over():
    finding = RULE.at(
        ("rules", "contact", "on"), "said", help="taught", related=[(("rules", "email"), "also here")]
    )
    (shown,) = place([finding], document())
    assert (shown.code, shown.name, shown.severity) == ("SW900", "for-tests", Severity.ERROR)
    assert (shown.message, shown.help, shown.element) == ("said", "taught", "rules.contact")
    (related,) = shown.related
    assert related.message == "also here"
    assert (related.place.file, related.place.line, related.place.column) == ("a.toml", 6, 8)


def test_agreements_have_a_file_of_their_own():
    file = SourceFile("agreements.toml", Path("agreements.toml"), "[agreements.mql]\nsays = 'x'\n")
    (shown,) = place([RULE.at(("agreements", "mql", "says"), "x")], document(agreements_file=file))
    assert shown.place is not None
    assert (shown.place.file, shown.place.line, shown.place.source) == ("agreements.toml", 2, "says = 'x'")


@pytest.mark.parametrize(
    ("offset", "line", "column", "end", "source"),
    [
        (0, 1, 1, 4, "one two"),
        (4, 1, 5, 8, "one two"),
        (7, 1, 8, 9, "one two"),
        (8, 2, 1, 2, ""),
        (9, 3, 1, 6, "three"),
        (14, 3, 6, 7, "three"),
        (15, 3, 6, 7, "three"),
        (999, 3, 6, 7, "three"),
    ],
)
def test_an_offset_in_a_file_that_no_document_holds(offset, line, column, end, source):
    (shown,) = place([RULE.in_file("l.txt", "x", offset=offset)], None, {"l.txt": "one two\n\nthree\n"})
    at = shown.place
    assert at is not None
    assert (at.line, at.column, at.end_column, at.source) == (line, column, end, source)


def test_an_empty_file_still_has_a_place():
    (shown,) = place([RULE.in_file("l.txt", "x", offset=0)], None, {"l.txt": ""})
    assert shown.place is not None
    assert (shown.place.line, shown.place.column, shown.place.source) == (1, 1, "")


def test_what_has_no_text_is_named_without_a_line():
    (shown,) = place([RULE.in_file("none.toml", "x")], document())
    assert shown.place is not None
    assert (shown.place.file, shown.place.source) == ("none.toml", None)
    (lost,) = place([RULE.at(("a",), "x", related=[(("b",), "y")])], None)
    assert (lost.place, lost.related) == (None, ())


def test_only_files_with_findings_are_scanned_and_each_once(monkeypatch):
    scanned = []
    scan = positions.scan
    monkeypatch.setattr(positions, "scan", lambda text: scanned.append(text) or scan(text))
    assert place([], document()) == ()
    assert scanned == []
    place(
        [RULE.at(("model", "id"), "x"), RULE.at(("model",), "y"), RULE.in_file("a.toml", "z", offset=3)],
        document(),
    )
    assert scanned == [MAIN]
