"""Our pages in a browser and our workbook in an office: they open, show what they hold, and run nothing of a spec."""

from __future__ import annotations

import csv
import io

import pytest

from scorewright.diff.render.html import html as diff_html
from scorewright.revisions.render.grid import grid
from scorewright.revisions.render.html import html as revisions_html
from scorewright.revisions.render.xlsx import xlsx
from scorewright.revisions.values import Figures, Revision, Row, Table
from tests.diff.test_forms import HOSTILE, found
from tests.looking.tools import faults, opened

EVERYTHING = " ".join(words[:300] for words in HOSTILE.values())
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("https://example.com")',
    "0012",
    "1e5",
)


def table(*texts):
    """A sheet in which every text that comes from a spec or from git is a hostile one."""
    figures = Figures(3, 1, 0)
    columns = tuple(
        Revision(commit=f"c{place}", day="2026-01-01", author=words, reason=words, figures=figures)
        for place, words in enumerate(texts)
    )
    return Table(title=texts[0], revisions=columns, rows=(Row("rules.a", texts[0], texts),))


PAGES = {
    "diff": lambda: diff_html(found(EVERYTHING)),
    "revisions": lambda: revisions_html(table(EVERYTHING, *HOSTILE.values())),
}


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_a_page_opens_from_disk_for_everybody_and_runs_nothing(make, browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(make(), "utf-8")
    page = browser.open(path.as_uri())
    assert (page.asked, page.said) == ([path.as_uri()], [])
    assert page.run("document.querySelectorAll('script, img, a, iframe, [onerror]').length") == 0
    assert "<script>alert(1)</script>" in page.run("document.body.innerText")
    assert (
        page.run("getComputedStyle(document.body).margin") != "8px"
    )  # the style is the one that the policy names
    assert faults(page) == []
    page.colours(dark=True)
    assert faults(page) == []


def test_a_workbook_shows_in_an_office_what_the_sheet_says_and_calculates_nothing(tmp_path):
    told = table("plain", *FORMULAS, *(words for words in HOSTILE.values() if words.isprintable()))
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(xlsx(told))
    shown = [*csv.reader(io.StringIO(opened(path, tmp_path)))]
    assert shown == [[_shown(cell) for cell in row] for row in grid(told)]


def _shown(cell):
    return cell if isinstance(cell, str) else f"{cell:g}"
