"""Review dates, the window for changes, reasons."""

from __future__ import annotations

import datetime as dt

import pytest

from scorewright.checks.governance import last_due
from scorewright.model.elements import Review
from scorewright.model.values import Duration
from tests.checks.specs import only

MODEL = '[model]\nstarts = 2026-01-01\nreview = { first = "60d", every = "90d" }\n'
RULE = '[rules.form]\non = { submits = "any-form" }\npoints = { engagement = 50 }\n'
REVIEW = Review(Duration(60, "d"), Duration(90, "d"))


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-03-01", None),
        ("2026-03-02", "2026-03-02"),
        ("2026-05-30", "2026-03-02"),
        ("2026-05-31", "2026-05-31"),
        ("2027-03-01", "2027-02-25"),
        ("2025-01-01", None),
    ],
)
def test_review_dates_are_counted_from_the_start(today, due):
    found = last_due(dt.date(2026, 1, 1), REVIEW, dt.date.fromisoformat(today))
    assert found == (dt.date.fromisoformat(due) if due else None)


def test_hours_count_as_a_day_at_least():
    review = Review(Duration(1, "h"), Duration(30, "min"))
    assert last_due(dt.date(2026, 1, 1), review, dt.date(2026, 1, 5)) == dt.date(2026, 1, 5)


def signed(day):
    signature = {"by": "Role", "on": day}
    return {"agreements": {"mql": {"says": "", "marketing": signature, "sales": signature}}}


def test_a_review_is_due():
    (found,) = only(MODEL + RULE, "review-due", today=dt.date(2026, 3, 2))
    assert found.message == "a review of the model was due on 2026-03-02"
    assert found.path == ("model", "review")
    assert only(MODEL + RULE, "review-due", today=dt.date(2026, 3, 1)) == []


@pytest.mark.parametrize(
    ("day", "count"), [(dt.date(2026, 3, 1), 1), (dt.date(2026, 3, 2), 0), (dt.date(2026, 4, 1), 0)]
)
def test_a_signature_says_that_it_was_held(day, count):
    assert len(only(MODEL + RULE, "review-due", today=dt.date(2026, 3, 9), agreements=signed(day))) == count


@pytest.mark.parametrize(
    "agreements",
    [
        {"agreements": 3},
        {"agreements": {"mql": 3}},
        {"agreements": {"mql": {"marketing": {"on": "2026-03-02"}}}},
    ],
)
def test_a_signature_without_a_date_says_nothing(agreements):
    assert len(only(MODEL + RULE, "review-due", today=dt.date(2026, 3, 9), agreements=agreements)) == 1


def test_a_start_with_a_time_is_a_day():
    text = MODEL.replace("2026-01-01", "2026-01-01T10:00:00")
    assert len(only(text + RULE, "review-due", today=dt.date(2026, 3, 2))) == 1


def test_no_review_and_no_start():
    assert [finding.path for finding in only(RULE, "no-review")] == [("model", "review")]
    text = MODEL.replace("starts = 2026-01-01\n", "")
    assert len(only(text + RULE, "review-without-start")) == 1
    assert only(MODEL + RULE, "review-without-start") == only(MODEL + RULE, "no-review") == []


@pytest.mark.parametrize(("day", "count"), [("11-31", 1), ("02-30", 1), ("02-29", 0), ("12-31", 0)])
def test_days_of_the_change_window(day, count):
    text = f'[model]\nchange_window = {{ from = "{day}", until = "01-31" }}\n'
    assert [finding.path[-1] for finding in only(text + RULE, "no-such-day")] == ["from"] * count


def test_reasons():
    evidence = "[model]\nevidence = true\n"
    assert [finding.path for finding in only(evidence + RULE, "no-reason")] == [("rules", "form")]
    assert only(evidence + RULE + 'why = "They asked."', "no-reason") == []
    assert only(RULE, "no-reason") == []
