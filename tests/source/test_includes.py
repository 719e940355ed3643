"""Parts, lists and agreements: which files a spec may be made of, and which it may not."""

from __future__ import annotations

import pytest

from scorewright.source.load import load
from scorewright.source.place import place
from tests.source.folder import MAIN, found, including, only, write

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
