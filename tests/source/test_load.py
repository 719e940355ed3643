"""A spec is read from its main file or its folder, whole or with findings at their places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorewright.diagnostics.render import FORMATS, render
from scorewright.source.load import load
from scorewright.source.place import place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.source.load import Loaded

MAIN = 'language = 1\n\n[model]\nid = "lead"\n'


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def including(*names: str) -> str:
    return f"language = 1\ninclude = {list(names)!r}\n\n[model]\nid = 'lead'\n"


def found(folder: Path, path: str = "") -> list[str]:
    """Give each finding as ``file:line:column code message``."""
    loaded = load(folder / path, cwd=folder)
    shown = place(loaded.findings, loaded.document, loaded.texts)
    return [
        f"{each.place.file}:{each.place.line}:{each.place.column} {each.code} {each.message}"
        for each in shown
        if each.place is not None
    ]


def only(folder: Path, path: str = "") -> str:
    (line,) = found(folder, path)
    return line


def test_a_main_file_alone(tmp_path):
    write(tmp_path, {"lead.toml": MAIN})
    for path in (tmp_path, tmp_path / "lead.toml"):
        loaded = load(path, cwd=tmp_path)
        assert loaded.findings == ()
        assert loaded.document is not None
        assert loaded.document.data == {"language": 1, "model": {"id": "lead"}}
        assert [file.name for file in loaded.document.files] == ["lead.toml"]
        assert loaded.document.folder == tmp_path
        assert loaded.document.agreements == {}
        assert loaded.document.agreements_file is None
        assert loaded.texts == {"lead.toml": MAIN}


def test_parts_are_merged_and_remember_their_file(tmp_path):
    write(
        tmp_path,
        {
            "lead.toml": including("parts/web.toml", "./email.toml") + "[rules.a]\n[values]\nx = 1\n",
            "parts/web.toml": "language = 1\n[rules.b]\n[values]\ny = 2\n[marks]\nm = {}\n",
            "email.toml": "language = 1\n[rules.c]\n",
        },
    )
    loaded = load(tmp_path, cwd=tmp_path)
    assert loaded.findings == ()
    document = loaded.document
    assert document is not None
    assert list(document.data["rules"]) == ["a", "b", "c"]
    assert document.data["values"] == {"x": 1, "y": 2}
    assert document.data["include"] == ["parts/web.toml", "./email.toml"]
    assert document.file_of(("rules", "b", "on")).name == "parts/web.toml"
    assert document.file_of(("rules", "c")).name == "email.toml"
    assert document.file_of(("values", "y")).name == "parts/web.toml"
    assert document.file_of(("marks",)).name == "parts/web.toml"
    assert document.file_of(("rules",)).name == "lead.toml"
    assert document.file_of(("include", 1)).name == "lead.toml"


def test_list_files_and_agreements(tmp_path):
    terms = "[terms.titles]\nmatch = 'is'\nfile = 'lists/titles.txt'\n"
    write(
        tmp_path,
        {
            "lead.toml": MAIN + terms,
            "lists/titles.txt": "\ufeff# chiefs\r\n  CEO \r\n\r\n#CTO\nC# developer\n",
            "agreements.toml": "language = 1\n[agreements.mql]\nsays = 'x'\n",
            "scorewright.toml": "[project]\n",
        },
    )
    loaded = load(tmp_path, cwd=tmp_path)
    assert loaded.findings == ()
    document = loaded.document
    assert document is not None
    assert document.texts == {"titles": ("CEO", "C# developer")}
    assert document.agreements == {"language": 1, "agreements": {"mql": {"says": "x"}}}
    assert document.file_of(("agreements", "mql", "says")).name == "agreements.toml"
    assert list(loaded.texts) == ["lead.toml", "agreements.toml", "lists/titles.txt"]


def test_names_are_as_seen_from_the_working_folder(tmp_path):
    write(tmp_path, {"specs/lead/m.toml": "x", "here/readme": ""})
    assert only(tmp_path, "specs/lead/m.toml").startswith("specs/lead/m.toml:1:1 SW010 ")
    loaded = load(tmp_path / "specs/lead/m.toml", cwd=tmp_path / "here")
    assert loaded.findings[0].file == "../specs/lead/m.toml"


# The main file


def test_a_folder_without_a_main_file_lists_what_it_has(tmp_path):
    assert only(tmp_path) == ".:1:1 SW020 no file in . has a [model] table: it has no .toml file"
    write(tmp_path, {"web.toml": "language = 1\n", "scorewright.toml": "", "agreements.toml": "[model]\n"})
    assert only(tmp_path) == ".:1:1 SW020 no file in . has a [model] table; found web.toml"


def test_a_folder_with_several_main_files_lists_them(tmp_path):
    write(tmp_path, {"a.toml": MAIN, "b.toml": MAIN, "c.toml": "language = 1\n"})
    assert only(tmp_path) == ".:1:1 SW021 several files in . have a [model] table: a.toml, b.toml"
    assert found(tmp_path, "b.toml") == []


def test_a_folder_whose_main_file_is_broken_reports_what_broke(tmp_path):
    write(tmp_path, {"lead.toml": MAIN + "x = yes\n"})
    assert only(tmp_path) == "lead.toml:5:5 SW010 yes is not a value of TOML"


def test_a_folder_of_broken_files_reports_them_beside_the_missing_main_file(tmp_path):
    write(tmp_path, {"lead.toml": "model = \n"})
    assert [line.split()[1] for line in found(tmp_path)] == ["SW010", "SW020"]


def test_a_part_that_nobody_includes_is_a_warning(tmp_path):
    write(
        tmp_path,
        {
            "lead.toml": including("web.toml"),
            "web.toml": "language = 1\n",
            "email.toml": "language = 1\n",
            "pyproject.toml": "[project]\n",
        },
    )
    assert only(tmp_path).startswith("email.toml:1:1 SW034 email.toml is a file of the language, but")
    assert load(tmp_path).document is not None
    assert found(tmp_path, "lead.toml") == []


def test_a_part_is_not_a_spec(tmp_path):
    write(tmp_path, {"web.toml": "language = 1\n[rules.a]\n"})
    assert only(tmp_path, "web.toml").startswith("web.toml:1:1 SW022 web.toml has no [model] table")
    assert load(tmp_path / "web.toml").document is None


def test_the_model_belongs_in_the_main_file(tmp_path):
    write(tmp_path, {"lead.toml": including("a.toml"), "a.toml": "language = 1\n[model]\nid = 'x'\n"})
    assert only(tmp_path, "lead.toml") == (
        "a.toml:2:1 SW023 [model] stands in an included file; the main file has one already"
    )
    assert found(tmp_path) == found(tmp_path, "lead.toml")
    write(tmp_path, {"lead.toml": "language = 1\ninclude = ['a.toml']\n"})
    assert only(tmp_path, "lead.toml") == "a.toml:2:1 SW023 [model] stands in an included file"
    document = load(tmp_path / "lead.toml").document
    assert document is not None
    assert document.data["model"] == {"id": "x"}


def test_nothing_at_all(tmp_path):
    assert only(tmp_path, "none") == "none:1:1 SW001 there is no file none"
    assert load(Path("nul\0byte"), cwd=tmp_path).document is None


# The language


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ("", "lead.toml:1:1 SW024 lead.toml does not say in which version of the language it is written"),
        ("language = '1'\n", "lead.toml:1:12 SW025 language is a whole number without quotes"),
        ("language = 1.0\n", "lead.toml:1:12 SW025 language is a whole number without quotes"),
        ("language = true\n", "lead.toml:1:12 SW025 language is a whole number without quotes"),
        (
            "language = 2\n",
            "lead.toml:1:12 SW025 this file is in version 2 of the language; this Scorewright reads version 1",
        ),
    ],
)
def test_each_file_says_its_language(tmp_path, first, line):
    write(tmp_path, {"lead.toml": f"{first}[model]\nid = 'x'\n"})
    assert only(tmp_path) == line
    document = load(tmp_path).document
    assert (document is None) == ("= 2" in first)
    assert document is None or document.data["language"] == 1


def test_a_language_below_a_header_is_found(tmp_path):
    write(tmp_path, {"lead.toml": "[model]\nid = 'x'\nlanguage = 1\n"})
    assert only(tmp_path) == (
        "lead.toml:3:1 SW024 language stands in [model]; it belongs at the top of the file, above the first table"
    )


def test_parts_and_agreements_say_it_too(tmp_path):
    write(
        tmp_path,
        {"lead.toml": including("a.toml"), "a.toml": "[rules.x]\n", "agreements.toml": "[agreements]\n"},
    )
    assert [line.split()[:2] for line in found(tmp_path)] == [
        ["a.toml:1:1", "SW024"],
        ["agreements.toml:1:1", "SW024"],
    ]


# Includes


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("none.toml", "SW001", "there is no file none.toml"),
        ("parts", "SW002", "parts is a folder; a file is needed here"),
        ("", "SW030", 'the path "" names no file'),
        ("parts/", "SW030", 'the path "parts/" names no file'),
        ("/etc/passwd", "SW030", 'the path "/etc/passwd" is absolute'),
        ("~/web.toml", "SW030", 'the path "~/web.toml" is absolute'),
        ("C:/web.toml", "SW030", 'the path "C:/web.toml" is absolute'),
        ("../web.toml", "SW030", 'the path "../web.toml" climbs out with ..'),
        ("parts/../parts/web.toml", "SW030", 'the path "parts/../parts/web.toml" climbs out with ..'),
        ("parts\\\\web.toml", "SW030", 'the path "parts\\web.toml" has a backslash'),
        ("https://example.org/web.toml", "SW030", 'the path "https://example.org/web.toml" is an address'),
        ("parts//web.toml", "SW030", 'the path "parts//web.toml" is not a path'),
        ("lead.toml", "SW033", 'include names "lead.toml", which is the main file itself'),
    ],
)
def test_a_path_that_cannot_be_included(tmp_path, name, code, message):
    text = f'language = 1\ninclude = ["{name}"]\n[model]\nid = "x"\n'
    write(tmp_path, {"lead.toml": text, "parts/web.toml": "language = 1\n"})
    assert only(tmp_path) == f"lead.toml:2:12 {code} {message}"


def test_links_may_not_lead_out_of_the_folder(tmp_path):
    write(tmp_path, {"out/web.toml": "language = 1\n", "in/lead.toml": including("web.toml", "sub/web.toml")})
    (tmp_path / "in/web.toml").symlink_to(tmp_path / "out/web.toml")
    (tmp_path / "in/sub").symlink_to(tmp_path / "out")
    assert [line.partition(" ")[2] for line in found(tmp_path, "in/lead.toml")] == [
        'SW031 the path "web.toml" is a link that leads out of the spec\'s folder',
        'SW031 the path "sub/web.toml" is a link that leads out of the spec\'s folder',
    ]


def test_links_inside_the_folder_are_files_like_others(tmp_path):
    write(tmp_path, {"lead.toml": including("a.toml"), "parts/web.toml": "language = 1\n[rules.a]\n"})
    (tmp_path / "a.toml").symlink_to("parts/web.toml")
    assert found(tmp_path) == []
    write(tmp_path, {"lead.toml": including("a.toml", "parts/web.toml")})
    assert only(tmp_path).endswith('SW033 include names "parts/web.toml", which is included already')


def test_links_in_a_circle(tmp_path):
    write(tmp_path, {"lead.toml": including("a")})
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert only(tmp_path).split()[1] in {"SW003", "SW031"}


def test_an_included_file_includes_nothing(tmp_path):
    write(tmp_path, {"lead.toml": including("a.toml"), "a.toml": "language = 1\ninclude = ['lead.toml']\n"})
    assert only(tmp_path).startswith("a.toml:2:1 SW032 an included file cannot include others")


def test_all_broken_parts_are_reported_at_once(tmp_path):
    parts = {"a.toml": "x = yes\n", "b.toml": b"\xff", "c.toml": "language = 2\n"}
    write(tmp_path, {"lead.toml": including("a.toml", "none.toml", "b.toml", "c.toml"), **parts})
    assert [line.split()[:2] for line in found(tmp_path)] == [
        ["lead.toml:2:22", "SW001"],
        ["a.toml:1:5", "SW010"],
        ["b.toml:1:1", "SW004"],
        ["c.toml:1:12", "SW025"],
    ]
    assert load(tmp_path).document is None


def test_an_include_of_another_shape_is_left_to_the_schema(tmp_path):
    for shape in ("'a.toml'", "[1, 'a.toml']", "{ a = 1 }", "3"):
        write(tmp_path, {"lead.toml": f"language = 1\ninclude = {shape}\n[model]\n", "a.toml": "x = 1\n"})
        assert load(tmp_path / "lead.toml").document is not None or shape.startswith("[")


# Merging


def test_an_id_in_two_files_names_both_places(tmp_path):
    write(
        tmp_path,
        {
            "lead.toml": including("a.toml") + "[rules.x]\n",
            "a.toml": "language = 1\n\n[rules.x]\n[rules.y]\n",
        },
    )
    loaded = load(tmp_path, cwd=tmp_path)
    (shown,) = place(loaded.findings, loaded.document, loaded.texts)
    assert (shown.code, shown.message) == ("SW035", "rules.x stands in two files: here and in lead.toml")
    assert shown.place is not None
    assert (shown.place.file, shown.place.line, shown.place.column) == ("a.toml", 3, 8)
    (related,) = shown.related
    assert (related.place.file, related.place.line, related.place.column) == ("lead.toml", 6, 8)
    assert loaded.document is not None
    assert list(loaded.document.data["rules"]) == ["x", "y"]


@pytest.mark.parametrize(
    ("main", "part", "path"),
    [
        ("rules = 5\n", "[rules.x]\n", "rules"),
        ("[rules.x]\n", "rules = 5\n", "rules"),
        ("[[rules]]\n", "[[rules]]\n", "rules"),
        ("title = 'a'\n", "title = 'b'\n", "title"),
        ("[lifecycle]\nfield = 'a'\n", "[lifecycle]\nfield = 'b'\n", "lifecycle.field"),
    ],
)
def test_wrong_shapes_are_kept_for_the_schema(tmp_path, main, part, path):
    head = "language = 1\ninclude = ['a.toml']\nmodel = {}\n"
    write(tmp_path, {"lead.toml": head + main, "a.toml": f"language = 1\n{part}"})
    assert f"SW035 {path} stands in two files" in only(tmp_path)
    document = load(tmp_path).document
    assert document is not None


def test_a_wrong_shape_in_a_part_keeps_its_place(tmp_path):
    write(tmp_path, {"lead.toml": including("a.toml"), "a.toml": "language = 1\nrules = 5\ntitel = 'x'\n"})
    document = load(tmp_path, cwd=tmp_path).document
    assert document is not None
    assert (document.data["rules"], document.file_of(("rules",)).name) == (5, "a.toml")
    assert document.file_of(("titel",)).name == "a.toml"


def test_agreements_belong_in_their_own_file(tmp_path):
    write(tmp_path, {"lead.toml": MAIN + "[agreements.mql]\nsays = 'x'\n"})
    assert only(tmp_path).startswith("lead.toml:5:1 SW037 agreements stand in agreements.toml")
    document = load(tmp_path).document
    assert document is not None
    assert "agreements" not in document.data


def test_agreements_that_cannot_be_read(tmp_path):
    write(tmp_path, {"lead.toml": MAIN, "agreements.toml": "x = yes"})
    assert only(tmp_path) == "agreements.toml:1:5 SW010 yes is not a value of TOML"
    (tmp_path / "agreements.toml").unlink()
    (tmp_path / "agreements.toml").symlink_to(tmp_path.parent / "elsewhere.toml")
    assert only(tmp_path).startswith('lead.toml:1:1 SW031 the path "agreements.toml" is a link')


# List files


@pytest.mark.parametrize(
    ("entry", "content", "line"),
    [
        ("none.txt", None, "lead.toml:7:8 SW001 there is no file none.txt"),
        ("../l.txt", None, 'lead.toml:7:8 SW030 the path "../l.txt" climbs out with ..'),
        ("l.txt", b"Acme\n" * 2_000_000, "lead.toml:7:8 SW005 l.txt has 9.5 MiB; at most 5 MiB are read"),
        ("l.txt", b"caf\xe9\n", "l.txt:1:4 SW004 l.txt is not UTF-8: the byte 0xE9 cannot stand here"),
        (
            "l.txt",
            b"a\nb\x1b[2J\n",
            "l.txt:2:2 SW006 the character U+001B (ESCAPE) cannot be seen and is not allowed",
        ),
        (
            "l.txt",
            b"# a\n\n",
            "l.txt:1:1 SW036 l.txt has no line of text: a list without texts matches nobody",
        ),
        ("l.txt", b"", "l.txt:1:1 SW036 l.txt has no line of text: a list without texts matches nobody"),
    ],
)
def test_a_list_file_that_cannot_be_used(tmp_path, entry, content, line):
    write(tmp_path, {"lead.toml": f"{MAIN}[terms.t]\nmatch = 'is'\nfile = '{entry}'\n"})
    if content is not None:
        (tmp_path / "l.txt").write_bytes(content)
    assert only(tmp_path) == line
    document = load(tmp_path).document
    assert document is not None
    assert document.texts == {}


def test_one_list_file_may_serve_two_terms_and_is_read_once(tmp_path):
    terms = "[terms.a]\nfile = 'l.txt'\n[terms.b]\nfile = 'l.txt'\n[terms.c]\nfile = 3\n[terms]\nd = 1\n"
    write(tmp_path, {"lead.toml": MAIN + terms, "l.txt": "Acme\n"})
    document = load(tmp_path).document
    assert document is not None
    assert document.texts == {"a": ("Acme",), "b": ("Acme",)}
    (tmp_path / "l.txt").write_bytes(b"")
    assert len(found(tmp_path)) == 1


# Hostile input

FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
LINES = b"""language = 1
include = ['b.toml', 'l.txt']
[model]
[terms.x]\nfile = 'l.txt'
[rules.x]
[[rules]]
agreements = 1
terms = [1]
x = yes
'\x00
{ \xff
\xe2\x80\xae
"""
SNIPPETS = st.sampled_from(LINES.splitlines(keepends=True))
CONTENT = st.one_of(st.binary(max_size=60), st.lists(SNIPPETS, max_size=8).map(b"".join))


def assert_can_be_shown(loaded: Loaded) -> None:
    shown = place(loaded.findings, loaded.document, loaded.texts)
    assert bool(shown) == bool(loaded.findings)
    assert loaded.document is not None or shown
    for each in shown:
        assert each.place is not None
        if each.place.source is not None:
            lines = loaded.texts[each.place.file].split("\n")
            assert lines[each.place.line - 1] == each.place.source
            assert 1 <= each.place.column < each.place.end_column <= len(each.place.source) + 2
    for form in FORMATS:
        assert "\x1b" not in render(shown, form)


@FUZZ
@given(main=CONTENT, part=CONTENT, words=CONTENT, agreements=CONTENT)
def test_any_bytes_are_a_document_or_findings(tmp_path, main, part, words, agreements):
    files = {"a.toml": main, "b.toml": part, "l.txt": words, "agreements.toml": agreements}
    write(tmp_path, files)
    assert_can_be_shown(load(tmp_path, cwd=tmp_path))
    assert_can_be_shown(load(tmp_path / "a.toml", cwd=tmp_path))


@FUZZ
@given(st.text(max_size=20))
def test_any_path_is_a_document_or_a_finding(tmp_path, name):
    folder = tmp_path / "spec"
    write(folder, {"a.toml": "language = 1\n[model]\n"})
    try:
        path = folder / name
    except ValueError:
        return
    loaded = load(path, cwd=tmp_path)
    assert loaded.document is not None or loaded.findings
