"""A change outside the model's change window is told, with the changes that give no new reason."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from scorewright.diff import diff_of, report
from scorewright.diff.json_schema import diff_schema_of_one
from scorewright.diff.render.html import html
from scorewright.diff.render.markdown import markdown
from scorewright.diff.render.text import text
from tests.diff.making import HEAD, side

WINDOW = 'timezone = "UTC"\nchange_window = { from = "11-01", until = "01-31", except = "what is broken" }'
MODEL = HEAD.replace('timezone = "UTC"', WINDOW)


def told(after, today, before=MODEL):
    found = report(diff_of(side(before, "old"), side(after, "new"), today))
    jsonschema.validate(found, diff_schema_of_one())
    return found


@pytest.mark.parametrize(
    ("day", "outside"),
    [("11-01", False), ("12-31", False), ("01-31", False), ("02-01", True), ("10-31", True)],
)
def test_the_window_goes_over_the_turn_of_the_year_and_both_days_are_in_it(day, outside):
    found = told(MODEL.replace("= 50 }", "= 60 }"), date.fromisoformat(f"2026-{day}"))
    assert found["window"]["outside"] is outside
    assert found["window"]["unreasoned"] == (["rules.contact"] if outside else [])
    for form in (text, markdown, html):
        assert ("outside the change window" in form(found)) is outside


def test_a_new_reason_is_enough_and_an_old_one_is_not():
    changed = MODEL.replace("= 50 }", '= 60 }\nwhy = "They asked."')
    assert told(changed, date(2026, 5, 1))["window"]["unreasoned"] == []
    old = MODEL.replace("= 50 }", '= 50 }\nwhy = "They asked."')
    assert told(changed, date(2026, 5, 1), old)["window"]["unreasoned"] == ["rules.contact"]


def test_words_ask_for_no_reason_and_a_model_without_a_window_for_none():
    assert told(MODEL.replace('"School"', '"Academy"'), date(2026, 5, 1))["window"]["unreasoned"] == []
    assert told(HEAD.replace("= 50 }", "= 60 }"), date(2026, 5, 1), HEAD)["window"] is None
