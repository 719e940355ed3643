"""A spec is read from its main file or its folder, whole or with findings at their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorewright.source.load import load
from tests.source.folder import MAIN, found, including, only, write


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
