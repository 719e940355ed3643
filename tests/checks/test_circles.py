"""Circles of scores, segments and bands are found once each, and long chains are no trouble."""

from __future__ import annotations

import pytest

from scorewright.checks.circles import circles
from tests.checks.specs import only


def links(**names):
    return {name: {other: (name, other) for other in others.split()} for name, others in names.items()}


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        (links(a="b", b="c", c=""), []),
        (links(a="b c", b="d", c="d", d=""), []),
        (links(a="a"), [("a",)]),
        (links(a="b", b="a"), [("a", "b")]),
        (links(a="b", b="c", c="b"), [("b", "c")]),
        (links(a="b", b="a c", c="a"), [("a", "b"), ("a", "b", "c")]),
        (links(a="b", b="a", c="d", d="c"), [("a", "b"), ("c", "d")]),
        (links(a="x"), []),
    ],
)
def test_each_circle_is_found(graph, found):
    assert [circle for circle, _ in circles(graph)] == found


def test_the_place_is_the_link_that_closes_the_circle():
    assert [place for _, place in circles(links(a="b", b="a"))] == [("b", "a")]


def test_a_chain_may_be_long():
    chain = {str(n): {str(n + 1): ("s", n)} for n in range(20_000)}
    assert list(circles(chain)) == []
    ((circle, _),) = circles({**chain, "20000": {"0": ("s", 20_000)}})
    assert len(circle) == 20_001


@pytest.mark.parametrize(
    ("scores", "path"),
    [
        ('[scores.a]\nkind = "engagement"\nfeeds = "a"', ("scores", "a", "feeds")),
        ('[scores.a]\nkind = "combined"\nsum_of = ["e", "a"]', ("scores", "a", "sum_of", 1)),
        (
            '[scores.a]\nkind = "combined"\nsum_of = ["b"]\n[scores.b]\nkind = "combined"\npercent_of = { a = 50 }',
            ("scores", "a", "sum_of", 0),
        ),
    ],
)
def test_scores(scores, path):
    (finding,) = only(scores, "circular-scores")
    assert finding.path == path


def test_a_part_that_feeds_its_whole_is_no_circle():
    text = '[scores.a]\nkind = "engagement"\nfeeds = "b"\n[scores.b]\nkind = "engagement"\n'
    assert only(text + '[scores.c]\nkind = "combined"\nsum_of = ["a", "b"]', "circular-scores") == []


def test_segments_in_any_depth():
    text = """
    [segments.a]
    when.any = [ { mailable = true }, { not = { segment = "b" } } ]
    [segments.b]
    when = { segment = "a" }
    """
    (finding,) = only(text, "circular-segments")
    assert finding.message == "a circle of segments: a → b → a"
    assert finding.path == ("segments", "b", "when", "segment")


def test_bands():
    text = '[bands.a]\njoin = ["b", "c"]\n[bands.b]\njoin = ["a", "c"]\n'
    text += '[bands.c]\nscore = "fit"\ncases = [ { label = "A", at_least = 5 }, { label = "B" } ]'
    (finding,) = only(text, "circular-bands")
    assert finding.path == ("bands", "b", "join", 0)


def test_a_circle_stops_no_other_check():
    text = """
    [segments.a]
    when = { segment = "b" }
    [segments.b]
    when = { segment = "a" }
    [rules.f]
    when = { segment = "a" }
    points = { fit = 5 }
    [thresholds.t]
    when = { segment = "a" }
    then = [ { mark = "m" }, { unmark = "m" } ]
    """
    assert len(only(text, "mark-set-and-cleared")) == 1
