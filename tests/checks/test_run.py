"""One run says everything that is wrong: a fault in one place does not hide those in others."""

from __future__ import annotations

import datetime as dt

import pytest

from scorewright.checks.run import check_spec

REST = """
[fields]
tier = { type = "choice", values = ["Gold"] }

[scores.heat]
kind = "engagement"

[rules.typo]
on = { visits = "any-page" }
points = { heta = 5 }

[segments.gold]
when = { field = "tier", is = "Golden" }

[decay.silence]
score = "heat"
steps = [
  { after = "30d", subtract = 0 },
]
"""


def codes(tmp_path, header):
    (tmp_path / "model.toml").write_text(f"language = 1\n\n[model]\n{header}\n{REST}", encoding="utf-8")
    return sorted({item.rule.code for item in check_spec(tmp_path, today=dt.date(2026, 3, 1)).findings})


SOUND = 'id = "m"\ntitle = "M"\ntimezone = "UTC"\ncounts_as_activity = ["visits"]'
MEANING = ["SW201", "SW301", "SW346"]


def test_faults_of_meaning_in_a_sound_model(tmp_path):
    assert codes(tmp_path, SOUND + '\nreview = { first = "60d", every = "90d" }') == [*MEANING, "SW522"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (SOUND.replace('"UTC"', '"Paris"'), "SW209"),
        (SOUND.replace('title = "M"\n', ""), "SW102"),
        (SOUND.replace('["visits"]', '["visited"]'), "SW104"),
        (SOUND + '\nreview = { first = "2m", every = "90d" }', "SW104"),
        (SOUND + '\neligible = ["x"]', "SW103"),
        (SOUND + '\neligible = "x"', "SW201"),
    ],
)
def test_a_fault_of_the_model_table_hides_none_of_them(tmp_path, header, code):
    found = codes(tmp_path, header)
    assert {*MEANING, code} <= set(found)
    assert {*found} - {*MEANING, code} <= {"SW521"}  # no review was written, where none was
