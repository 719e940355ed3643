"""A failing life in two columns says all that somebody needs to see why it fails."""

from __future__ import annotations

from types import SimpleNamespace

from scorewright.model.history import Happening, Person
from scorewright.plugin.emulation import Deed
from scorewright.verify.compare import Difference
from scorewright.verify.side_by_side import two_columns

DAY = 86_400
NOON = 1_767_607_200
"""2026-01-05 10:00 UTC."""


def columns(*history, end):
    outcome = SimpleNamespace(
        life=SimpleNamespace(person=Person(created=NOON, history=history)),
        judged=SimpleNamespace(differences=(Difference("score points", end, 0, 5),)),
        meant=SimpleNamespace(timeline=SimpleNamespace(changes=())),
        played=SimpleNamespace(deeds=(Deed(NOON + DAY, "workflows: form", "points +5"),)),
    )
    return two_columns(outcome, "score points", "UTC").splitlines()


def test_what_is_told_late_shows_when_it_happens_and_when_it_is_told():
    late = Happening(NOON + DAY, "submits", "contact", known=NOON + 3 * DAY)
    lines = columns(late, end=NOON + 4 * DAY)
    assert "2026-01-06 10:00:00  * submits contact (told only later)" in lines
    assert "2026-01-08 10:00:00  * submits contact (told only now)" in lines


def test_what_is_told_after_the_end_shows_all_the_same():
    """A platform that goes by the wrong time differs before it is told: without the line nobody sees why."""
    late = Happening(NOON + DAY, "submits", "contact", known=NOON + 30 * DAY)
    lines = columns(late, end=NOON + 2 * DAY)
    assert "2026-01-06 10:00:00  * submits contact (told only later)" in lines
    assert not any("told only now" in line for line in lines)
    assert lines[-1].split() == [
        "2026-01-07",
        "10:00:00",
        *["score", "points:", "0", "score", "points:", "5"],
    ]


def test_what_is_told_at_once_shows_once():
    lines = columns(Happening(NOON + DAY, "submits", "contact", known=NOON + DAY), end=NOON + 2 * DAY)
    assert [line for line in lines if "submits" in line] == ["2026-01-06 10:00:00  * submits contact"]
