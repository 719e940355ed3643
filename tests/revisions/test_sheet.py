"""The revision sheet: a row an element, a column a commit that changed the model, and figures between them."""

from __future__ import annotations

import csv as csv_module
import io
import subprocess
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from scorewright.revisions import RevisionsError, revisions
from scorewright.revisions.outcomes import between, read_outcomes
from scorewright.revisions.render.csv import csv
from scorewright.revisions.render.grid import grid
from scorewright.revisions.render.html import html
from scorewright.revisions.render.markdown import markdown
from scorewright.revisions.render.xlsx import xlsx
from scorewright.revisions.values import Figures, Revision, Row, Table
from tests.diff.making import HEAD

COMMITS = (
    ("2026-01-10", "Ada", "first version", HEAD),
    ("2026-02-10", "Ada", "only a comment", HEAD + "# comment\n"),
    ("2026-03-10", "Ben", "contact forms are worth more", HEAD.replace("= 50 }", "= 60 }")),
    ("2026-04-10", "Ben", "does not load", "language = \n"),
    (
        "2026-05-10",
        "Cleo",
        "sales asked: hand over later",
        HEAD.replace("= 50 }", "= 60 }").replace("mql = 90", "mql = 100"),
    ),
    (
        "2026-06-10",
        "Cleo",
        "renamed, and the pages are gone",
        HEAD.replace("= 50 }", "= 60 }")
        .replace("mql = 90", "mql = 100")
        .replace("[rules.contact]", "[rules.talk]")
        .replace(HEAD[HEAD.index("[rules.any-page]") : HEAD.index("[rules.contact]")], ""),
    ),
)


@pytest.fixture
def spec(tmp_path):
    folder = tmp_path / "school"
    folder.mkdir()

    def git(*words, **more):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True, **more)

    git("init", "-q")
    for day, who, subject, text in COMMITS:
        (folder / "model.toml").write_text(text, "utf-8")
        git("add", "-A")
        identity = ("-c", f"user.name={who}", "-c", "user.email=t@example.com")
        git(*identity, "commit", "-qm", subject, f"--date={day}T12:00:00+0000")
        (tmp_path / "elsewhere.txt").write_text(subject, "utf-8")
        git("add", "-A")
        git(*identity, "commit", "-qm", "elsewhere")
    return folder


def cells(table, name):
    return next(row.cells for row in table.rows if row.name == name)


def test_columns_are_the_commits_that_changed_what_the_model_says(spec):
    table = revisions(spec)
    assert [(each.day, each.author, each.reason) for each in table.revisions] == [
        (day, who, subject) for day, who, subject, _ in (COMMITS[0], COMMITS[2], COMMITS[4], COMMITS[5])
    ]


def test_a_cell_says_what_the_revision_did_to_the_element(spec):
    table = revisions(spec)
    start, *later = cells(table, "rules.talk")
    assert start.startswith("points engagement +50; for submits contact")
    assert later == ["points: engagement +50 → engagement +60", "", "before contact"]
    assert cells(table, "values.mql")[2] == "number: 90 → 100"
    assert cells(table, "thresholds.ready")[2] == "through values.mql: number 90 → 100, half-mql 45 → 50"
    assert cells(table, "rules.any-page")[-1] == "gone"
    assert table.rows[-1].name == "rules.any-page"


def test_it_ends_where_it_is_told_to(spec):
    assert len(revisions(spec, until="HEAD~4").revisions) == 2
    assert len(revisions(spec / "model.toml").revisions) == 4


def test_figures_are_summed_while_a_revision_was_in_force(spec, tmp_path):
    path = tmp_path / "outcomes.csv"
    path.write_text(
        "date;leads;opportunities;won\n2026-01-01;9;9;9\n2026-01-10;10;4;1\n2026-03-09;10;2;1\n"
        "2026-03-10;7;7;7\n\n2026-07-01;5;0;0\n",
        "utf-8",
    )
    table = revisions(spec, outcomes=path)
    assert [revision.figures for revision in table.revisions] == [(20, 6, 2), (7, 7, 7), (0, 0, 0), (5, 0, 0)]
    shown = {row[1]: row[2:] for row in grid(table)[-5:]}
    assert shown["Leads that became opportunities, %"] == [30.0, 100.0, "", 0.0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no column date"),
        ("date,leads\n", "no column opportunities, won"),
        ("date,leads,opportunities,won\n05/01/2026,1,1,1\n", "line 2: '05/01/2026' is no date"),
        ("date,leads,opportunities,won\n2026-05-01,1,1\n", "line 2: leads"),
        ("date,leads,opportunities,won\n2026-05-01,1,-1,0\n", "whole numbers"),
        ('date,leads,opportunities,won\n2026-05-01,1,"1,0\n', "line"),
    ],
)
def test_outcomes_that_are_none_are_told(spec, tmp_path, text, words):
    path = tmp_path / "outcomes.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(RevisionsError) as raised:
        revisions(spec, outcomes=path)
    assert raised.value.diagnostics[0].code == "SW822"
    assert words in raised.value.diagnostics[0].message


def test_figures_of_one_day_belong_to_the_last_revision_of_that_day():
    outcomes = read_outcomes("date,leads,opportunities,won\n2026-05-01,3,2,1\n")
    assert between(outcomes, ["2026-05-01", "2026-05-01"]) == (Figures(0, 0, 0), Figures(3, 2, 1))


def test_what_somebody_wrote_into_git_never_breaks_the_sheet(spec):
    words = "a\u2028b\x1fc\x85d <script> | =1+1"
    (spec / "model.toml").write_text(COMMITS[-1][3].replace("= 60 }", "= 70 }"), "utf-8")
    identity = ("-c", "user.name=E\x1fv\u2028e", "-c", "user.email=t@example.com")
    subprocess.run(["git", *identity, "commit", "-qam", words], cwd=spec, check=True)
    table = revisions(spec)
    assert (table.revisions[-1].author, table.revisions[-1].reason) == ("E\x1fv\u2028e", words)
    for form in (csv, markdown, html):
        assert len(form(table).split("\n")) == len(form(table).splitlines()) + 1, "a sign that ends a line"


def test_without_history_it_says_so(run, tmp_path, spec):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "model.toml").write_text(HEAD, "utf-8")
    code, _, error = run("revisions", tmp_path / "new")
    assert (code, "SW821" in error) == (1, True)
    assert run("revisions", spec, "--until", "nowhere")[0] == 1
    assert run("revisions", spec, "--until=--output=x")[0] == 1
    assert run("revisions", spec, "--format", "xlsx")[0] == 2


# --- forms ----------------------------------------------------------------------------------------------------------

HOSTILE = (
    "=1+1|cmd",
    "\t=1+1",
    "\uff1d1+1",
    "<script>alert(1)</script>",
    "a|b `c` @octocat",
    "line\nbreak",
    "\x07 \x1b[31m \ufffe",
    "x" * 40_000,
)


@pytest.fixture
def hostile():
    row = Row("rules.a", HOSTILE[3], HOSTILE)
    columns = tuple(
        Revision(commit="c", day="2026-01-01", author=text, reason=text, figures=Figures(2, 1, 0))
        for text in HOSTILE
    )
    return Table(title=HOSTILE[3], revisions=columns, rows=(row,))


def test_csv_has_every_cell_and_no_formula(hostile):
    rows = [*csv_module.reader(io.StringIO(csv(hostile)))]
    assert {len(row) for row in rows} == {len(HOSTILE) + 2}
    assert not any(cell.lstrip().startswith(("=", "+", "@", "\uff1d")) for row in rows for cell in row)
    assert rows[4][5] == HOSTILE[3]


def test_markdown_has_as_many_columns_in_every_row(hostile):
    lines = [line for line in markdown(hostile).splitlines() if line.startswith("|")]
    assert len(lines) == 5 + 1 + 5
    assert {line.replace("\\|", "").count("|") for line in lines} == {len(HOSTILE) + 3}


def test_html_shows_every_text_and_holds_no_tag_of_theirs(hostile):
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append(tag)

    Reader().feed(html(hostile))
    assert "script" not in tags
    assert tags.count("tr") == 4 + 1 + 5


def test_a_workbook_is_sound_xml_with_numbers_as_numbers_and_the_same_bytes_again(hostile):
    made = xlsx(hostile)
    assert made == xlsx(hostile)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        trees = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    sheet = trees["xl/worksheets/sheet1.xml"]
    told = {cell.get("r"): cell for cell in sheet.iter(f"{space}c")}
    assert told["F5"].find(f"{space}is/{space}t").text == HOSTILE[3]
    assert told["C5"].get("t") == "inlineStr"  # a formula of theirs is a text
    assert [told[f"C{row}"].find(f"{space}v").text for row in (6, 7, 8, 9)] == ["2", "1", "0", "50.0"]
    assert len(told["J5"].find(f"{space}is/{space}t").text) == 32_767


def test_columns_beyond_z_have_two_letters():
    from scorewright.revisions.render.xlsx import _column

    assert [_column(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_the_command_prints_or_writes(run, spec, tmp_path):
    code, printed, _ = run("revisions", spec)
    assert code == 0
    assert printed.startswith("### `School`: revisions")
    out = tmp_path / "sheet.xlsx"
    assert run("revisions", spec, "--format", "xlsx", "--out", out) == (0, f"wrote {out}\n", "")
    assert zipfile.is_zipfile(out)
    assert run("revisions", spec, "--format", "csv", "--out", tmp_path / "no" / "sheet.csv")[0] == 1
