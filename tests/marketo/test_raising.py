"""Raised hands: one handoff for an event that also crosses, one of its own for any other."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, campaign, compile_text
from tests.marketo.crossing import RAISED, settle, wait_of
from tests.marketo.person import Person
from tests.marketo.test_thresholds import GATED


def test_a_hand_raiser_needs_no_score_and_shares_the_limit():
    person = Person(compile_text(GATED), Email_Address="a@b")
    person.run("When Qualified is raised")
    assert person.alerts.count("Send Alert") == 1
    person.lists.clear()
    person.fields |= {"Person Score": 60, "Num Employees": 500}
    person.run("When Qualified may open")
    assert person.alerts.count("Send Alert") == 1


def test_a_hand_raiser_is_shut_by_the_exception():
    bundle = compile_text(GATED)
    person = Person(bundle, Email_Address="a@b")
    person.lists.add("OP-Scoring-Test model.SW Mark done")
    person.run("When Qualified is raised")
    assert "Send Alert" not in person.alerts


MARKED = RAISED.replace("then = [", 'unless = { mark = "mql" }\nthen = [{ mark = "mql" }, ')


@pytest.mark.parametrize("text", [RAISED, MARKED])
def test_an_event_that_raises_and_crosses_is_one_handoff(text):
    bundle = compile_text(text)
    assert wait_of(bundle, "When Qualified is raised") < wait_of(bundle, "When Qualified may open")
    person = Person(bundle, Person_Score=110)
    both = ("When Qualified may open", "When Qualified is raised")
    assert settle(bundle, person, *both) == 1


def test_a_hand_raised_later_or_lower_is_a_handoff_of_its_own():
    bundle = compile_text(RAISED)
    person = Person(bundle, Person_Score=110)
    assert settle(bundle, person, "When Qualified may open") == 1
    assert settle(bundle, person, "When Qualified is raised") == 1
    other = Person(bundle, Person_Score=50)
    assert settle(bundle, other, "When Qualified is raised") == 1
    other.fields["Person Score"] = 100
    assert settle(bundle, other, "When Qualified may open") == 1


def test_a_scheduled_threshold_is_raised_at_once_and_crossed_at_its_hour():
    text = (
        RAISED.replace("then =", 'schedule = "mornings"\nthen =') + '[schedules.mornings]\nat = ["08:00"]\n'
    )
    person = Person(compile_text(text), Person_Score=110)
    person.run("When Qualified is raised")
    person.run("Look Qualified at 08-00")
    assert person.alerts.count("Send Alert") == 2


def test_marks_are_set_before_anything_that_takes_time():
    text = MARKED.replace(
        'then = [{ mark = "mql" }, { notify = "owner" }]', 'then = [{ notify = "owner" }, { mark = "mql" }]'
    )
    steps = [step["step"] for step in campaign(compile_text(text), "Act Qualified")["flow"]]
    assert steps == ["Add to List", "Send Alert"]


def test_a_raised_hand_is_looked_at_after_an_award_of_the_same_event_that_waits_for_the_log():
    """And the score after that: else the two would be two handoffs."""
    text = (
        SCORE
        + """
[assets]
contact = { form = "Contact" }
[rules.x]
on = { submits = "any-form" }
points = { lead = 50 }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
or_on = [{ submits = "contact" }]
then = [{ notify = "owner" }]
"""
    )
    asked = text.replace("points = { lead = 50 }", 'points = { lead = 50 }\nwhen = { submitted = "contact" }')
    names = ("When hot is raised", "When hot may open")
    assert [wait_of(compile_text(text), name) for name in names] == [5, 10]
    assert [wait_of(compile_text(asked), name) for name in names] == [10, 15]
