"""Trigger campaigns that one event fires are one, where nothing but their number changes by it."""

from __future__ import annotations

from tests.marketo.compiling import SCORE, called, compile_text, tables
from tests.marketo.person import Person

ASSETS = '[assets]\ncontact = { form = "Contact" }\nother = { form = "Other" }\n'
RULE = '[rules.{0}]\non = {{ submits = "{1}" }}\nwhen = {{ field = "country", is = "{2}" }}\npoints = {{ lead = {3} }}\n{4}'


def triggers(text):
    made = tables(compile_text(SCORE + ASSETS + text), "smart-campaigns")
    return {row["campaign"]: row for row in made.values() if row["type"] == "trigger"}


def test_two_awards_at_one_event_share_a_trigger_and_keep_their_filters():
    text = RULE.format("de", "contact", "DE", 5, "") + RULE.format(
        "fr", "contact", "FR", 7, "limit = { times = 1 }\n"
    )
    made = triggers(text)
    assert list(made) == ["When de and 1 more"]
    assert [name for step in made["When de and 1 more"]["flow"] for name in called(step)] == [
        "OP-Scoring-Test model.Award de",
        "OP-Scoring-Test model.Award fr",
    ]
    for country, times, points in (("DE", 2, 10), ("FR", 2, 7), ("IT", 1, 0)):
        person = Person(compile_text(SCORE + ASSETS + text), Country=country)
        for _ in range(times):
            person.run("When de and 1 more")
        assert person.fields.get("Person Score", 0) == points


def test_another_event_or_another_wait_keeps_its_own():
    assert (
        len(triggers(RULE.format("de", "contact", "DE", 5, "") + RULE.format("fr", "other", "FR", 7, "")))
        == 2
    )
    waiting = RULE.format("fr", "contact", "FR", 7, 'wait = "1d"\n')
    assert len(triggers(RULE.format("de", "contact", "DE", 5, "") + waiting)) == 2
    assert len(triggers(RULE.format("de", "contact", "DE", 5, 'wait = "1d"\n') + waiting)) == 1


def test_what_is_switched_on_at_another_time_or_does_something_itself_stays_apart():
    assert (
        len(
            triggers(
                '[rules.a]\non = { submits = "contact" }\npoints = { lead = 5 }\n[targets.marketo]\nfew_campaigns = true\n'
            )
        )
        == 1
    )
    twice = "".join(f'[rules.{n}]\non = {{ submits = "contact" }}\npoints = {{ lead = 5 }}\n' for n in "ab")
    assert len(triggers(twice + "[targets.marketo]\nfew_campaigns = true\n")) == 2, "an award of its own each"
    assert len(triggers(twice)) == 1


def test_thresholds_at_the_same_triggers_share_them():
    text = '[marks]\nseen = {}\n[rules.a]\non = { submits = "contact" }\npoints = { lead = 5 }\n' + "".join(
        f'[thresholds.{name}]\nwhen.all = [\n  {{ score = "lead", at_least = 20 }},\n  {{ field = "country", is = "{name.upper()}" }},\n]\n'
        "then = [ { task = 'Call' } ]\n"
        for name in ("de", "fr")
    )
    made = triggers(text)
    assert "When de may open and 1 more" in made
    waits = [step["step"] for step in made["When de may open and 1 more"]["flow"]]
    assert waits == ["Wait", "Execute Campaign", "Execute Campaign"]
