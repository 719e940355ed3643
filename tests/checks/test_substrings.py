"""Texts inside words, and lists that repeat themselves."""

from __future__ import annotations

import pytest

from tests.checks.specs import only


def terms(mode, *values, name="t"):
    listed = ", ".join(f'"{value}"' for value in values)
    return f'[terms.{name}]\nmatch = "{mode}"\nvalues = [{listed}]\n'


@pytest.mark.parametrize(
    ("mode", "text", "word"),
    [
        ("contains", "CTO", "Director"),
        ("contains", "cto", "Director"),
        ("contains", "COO", "Coordinator"),
        ("contains", "Intern", "International"),
        ("contains", "HR", "Christian"),
        ("contains", "IT", "Digital"),
        ("contains", "Oman", "Romania"),
        ("contains", "Mining", "Examining"),
        ("contains", "Cuba", "Incubator"),
        ("starts_with", "US", "User"),
        ("starts_with", "India", "Indiana"),
        ("ends_with", "tor", "Director"),
        ("starts_with", "Lead", "Leadership"),
    ],
)
def test_a_text_inside_a_word(mode, text, word):
    (found,) = only(terms(mode, text), "text-inside-words")
    assert found.path == ("terms", "t", "values", 0)
    assert word in found.message or "more words" in found.message


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("is", "CTO"),
        ("contains_word", "CTO"),
        ("contains", "Director"),
        ("contains", "Manager"),
        ("contains", "VP"),
        ("contains", "CEO"),
        ("contains", "Consult"),
        ("contains", "Engineer"),
        ("contains", "Software"),
        ("contains", "care"),
        ("starts_with", "CTO"),
        ("ends_with", "COO"),
        ("starts_with", "gmail."),
        ("contains", "/hr"),
        ("contains", "5"),
    ],
)
def test_a_text_that_says_what_it_matches(mode, text):
    assert only(terms(mode, text), "text-inside-words") == []


def test_a_word_that_the_list_asks_for_itself_is_no_trap():
    (found,) = only(terms("contains", "CTO", "Director"), "text-inside-words")
    assert "Director" not in found.message
    assert (
        only(
            terms("contains", "Intern", "International", "Internal", "Interna", "Internet"),
            "text-inside-words",
        )
        == []
    )


def test_words_of_the_specs_other_lists_count_too():
    text = terms("contains", "Quz") + terms("contains_word", "Exquzer", name="other")
    (found,) = only(text, "text-inside-words")
    assert found.message == "'Quz' also stands inside Exquzer, and contains matches there"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (
            '[rules.r]\nwhen = { field = "job-title", contains = "CTO" }\npoints = { fit = 5 }',
            ("rules", "r", "when", "contains"),
        ),
        (
            '[tiers.t]\nscore = "fit"\nfield = "job-title"\ncases = [{ contains = ["Chief", "CTO"], points = 5 }]',
            ("tiers", "t", "cases", 0, "contains", 1),
        ),
        (
            '[rules.r]\non = { searches = true, where = { query = { contains = "IT" } } }\npoints = { engagement = 5 }',
            ("rules", "r", "on", "where", "query", "contains"),
        ),
        ('[assets]\na = { webinar = "IT", match = "contains" }', ("assets", "a", "webinar")),
        (
            '[assets]\na = { webinar = "X", match = "contains", names = { marketo = "HR" } }',
            ("assets", "a", "names", "marketo"),
        ),
    ],
    ids=["condition", "tier", "where", "asset", "asset-on-a-platform"],
)
def test_every_place_of_a_text(text, path):
    assert [finding.path for finding in only(text, "text-inside-words")] == [path]


def test_the_same_text_twice():
    (found,) = only(terms("is", "CEO", "CTO", "ceo"), "repeated-text")
    assert found.path == ("terms", "t", "values", 2)
    assert found.message == "'ceo' stands in this list already, as 'CEO'"


@pytest.mark.parametrize("mode", ["contains", "starts_with", "contains_word"])
def test_chief_covers_chief_executive(mode):
    (found,) = only(terms(mode, "Chief Executive", "Chief"), "text-covered-by-another")
    assert found.path == ("terms", "t", "values", 0)


@pytest.mark.parametrize(
    ("mode", "values"),
    [
        ("is", ("Chief", "Chief Executive")),
        ("contains", ("CTO", "Director")),
        ("ends_with", ("Chief", "Chief Executive")),
    ],
)
def test_what_covers_nothing(mode, values):
    assert only(terms(mode, *values), "text-covered-by-another") == []
