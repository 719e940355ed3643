"""Attending and registering are told by a program's status, as joining with that status is."""

from __future__ import annotations

from tests.marketo.compiling import SCORE, compile_text, notes

ASSETS = '[assets]\nshow = { event = "Show" }\ntalk = { webinar = "Talk" }\n'
ATTENDS = '[rules.attended]\non = { attends = "talk" }\npoints = { lead = 10 }\n'
JOINS = '[rules.joined]\non = { joins = "show"%s }\npoints = { lead = 5 }\n'
QUIET = (
    '[decay.quiet]\nscore = "lead"\ncounts_as_activity = [%s]\nsteps = [ { after = "30d", subtract = 5 } ]\n'
)


def both(text: str) -> list[str]:
    return [
        element
        for name, element in notes(compile_text(SCORE + ASSETS + text), "bounded")
        if name == "status-tells-both"
    ]


def joins(status: str = "") -> str:
    return JOINS % (f', where = {{ status = {{ is = "{status}" }} }}' if status else "")


def test_who_joins_as_attended_has_attended():
    assert both(ATTENDS + joins("attended")) == ["rules.attended", "rules.joined"]


def test_who_joins_with_whatever_status_may_have_attended():
    assert both(ATTENDS + joins()) == ["rules.attended", "rules.joined"]


def test_another_status_is_told_apart():
    assert both(ATTENDS + joins("Visited Booth")) == []


def test_one_verb_alone_has_nothing_to_be_taken_for():
    assert both(ATTENDS) == []
    assert both(joins()) == []


def test_the_statuses_of_the_instance_count():
    own = '[targets.marketo]\nstatuses = { attended = ["Came"] }\n'
    assert both(ATTENDS + joins("Attended") + own) == []
    assert both(ATTENDS + joins("Came") + own) == ["rules.attended", "rules.joined"]


def test_what_is_asked_about_the_past_counts_too():
    asked = '[segments.seen]\nwhen = { attended = "talk" }\n'
    assert both(asked + joins("Attended")) == ["segments.seen", "rules.joined"]


def test_a_silence_that_joining_ends_is_ended_by_attending():
    assert both(QUIET % '"joins"') == ["decay.quiet"]
    assert both(QUIET % '"joins", "registers", "attends", "misses", "watches"') == []
    assert both(QUIET % '"attends"' + joins("Visited Booth")) == []
    assert both(QUIET % '"attends"' + joins("Attended")) == ["decay.quiet"]
