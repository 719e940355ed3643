"""What an entry takes, a later one cannot get: held to matching itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.checks.cover import Line, Texts
from scorewright.model.values import Bound, Bounds, Number

MODES = ("is", "starts_with", "ends_with", "contains", "contains_word")


def matches(mode, text, value):
    """The reference: how the language compares a text with a field's value."""
    text, value = text.casefold(), value.casefold()
    if mode == "contains_word":
        text, value = " ".join(text.split()), " ".join(value.split())
        return bool(re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", value))
    return {
        "is": value == text,
        "starts_with": value.startswith(text),
        "ends_with": value.endswith(text),
        "contains": text in value,
    }[mode]


words = st.text("ab ", min_size=1, max_size=5).filter(str.strip)
entries = st.tuples(st.sampled_from(MODES), words)


@given(st.lists(entries, max_size=6), entries, st.text("ab ", max_size=8))
def test_whatever_a_taken_entry_matches_its_taker_matches(earlier, later, value):
    texts = Texts()
    for place, entry in enumerate(earlier):
        texts.add(*entry, place)
    taken = texts.taker(*later)
    if taken is not None and matches(*later, value):
        assert matches(taken.mode, taken.text, value)


@pytest.mark.parametrize(
    ("earlier", "later", "taken"),
    [
        (("contains", "CTO"), ("is", "Director"), True),
        (("contains_word", "CTO"), ("is", "Director"), False),
        (("contains_word", "President"), ("contains_word", "Vice President"), True),
        (("contains_word", "Chief"), ("contains", "Chief"), False),
        (("contains_word", "Chief Exec"), ("starts_with", "Chief Exec"), False),
        (("contains_word", "Chief"), ("starts_with", "Chief Exec"), True),
        (("starts_with", "/blog"), ("starts_with", "/blog/de"), True),
        (("starts_with", "/blog"), ("contains", "/blog/de"), False),
        (("ends_with", ".edu"), ("is", "uni.EDU"), True),
        (("is", "France"), ("contains", "France"), False),
        (("contains_word", "vice  president"), ("contains_word", "Vice President"), True),
    ],
)
def test_what_takes_what(earlier, later, taken):
    texts = Texts()
    texts.add(*earlier, 0)
    assert (texts.taker(*later) is not None) is taken


def test_a_long_text_is_searched_too():
    texts = Texts()
    texts.add("contains", "needle", 0)
    assert texts.taker("is", "x" * 100 + "needle") is not None
    assert texts.taker("is", "x" * 100) is None


bounds = st.builds(
    Bounds,
    st.none() | st.builds(Bound, st.builds(Number, st.integers(-5, 5)), st.booleans()),
    st.none() | st.builds(Bound, st.builds(Number, st.integers(-5, 5)), st.booleans()),
)


def holds(limits, halves):
    """Whether half a number lies inside: whole numbers and what is between them."""
    low, high = limits
    above = low is None or (
        halves >= 2 * low.number.value if low.inclusive else halves > 2 * low.number.value
    )
    below = high is None or (
        halves <= 2 * high.number.value if high.inclusive else halves < 2 * high.number.value
    )
    return above and below


def some(limits):
    return [halves for halves in range(-14, 15) if holds(limits, halves)]


@given(st.lists(bounds.filter(some), max_size=5), bounds.filter(some))
def test_a_stretch_is_covered_when_every_point_of_it_is_taken(earlier, later):
    line = Line()
    for limits in earlier:
        line.add(Line.stretch(limits))
    left = [halves for halves in some(later) if not any(holds(limits, halves) for limits in earlier)]
    assert line.covers(Line.stretch(later)) is (not left)
    if left and later.lower is not None:
        assert line.free(Line.stretch(later)) == left[0]
