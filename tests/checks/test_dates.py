"""Stretches run forwards, and examples begin when their person is created."""

from __future__ import annotations

import pytest

from tests.checks.specs import only


@pytest.mark.parametrize(
    ("active", "right"),
    [
        ("{ from = 2026-01-01, until = 2026-01-31 }", True),
        ("{ from = 2026-01-01, until = 2026-01-01 }", True),
        ("{ from = 2026-01-02, until = 2026-01-01 }", False),
        ("{ from = 2026-01-02 }", True),
        ("{ until = 2026-01-02 }", True),
    ],
)
def test_what_is_active_ends_after_it_begins(active, right):
    rule = f'[rules.r]\non = {{ visits = "any-page" }}\npoints = {{ engagement = 5 }}\nactive = {active}'
    assert [found.path for found in only(rule, "never-in-force")] == (
        [] if right else [("rules", "r", "active", "from")]
    )
    model = f"[model]\nactive = {active}"
    assert [found.path for found in only(model, "never-in-force")] == (
        [] if right else [("model", "active", "from")]
    )


@pytest.mark.parametrize(("starts", "right"), [("2026-01-31", True), ("2026-02-01", False)])
def test_a_model_starts_before_it_ends(starts, right):
    text = f"[model]\nstarts = {starts}\nactive = {{ until = 2026-01-31 }}"
    assert (only(text, "never-in-force") == []) is right


def example(created, event="2026-06-01", expect="2026-06-01", zone="UTC"):
    return f"""
    [model]
    timezone = "{zone}"
    [examples.e]
    created = {created}
    events = [ {{ at = {event}, visits = "any-page" }} ]
    expect = [ {{ at = {expect}, mailable = true }} ]
    """


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (example("2026-01-01"), None),
        (example("2026-01-01", event="2026-01-01", expect="2026-01-01"), None),
        (example("2026-01-01", event="2025-12-31"), ("events", 0)),
        (example("2026-01-01", expect="2025-12-31"), ("expect", 0)),
        (example("2026-01-01T10:00:00", event="2026-01-01T09:59:59"), ("events", 0)),
        (example("2026-01-01T10:00:00", event="2026-01-01"), ("events", 0)),  # a date is the day's start
        (example("2026-01-01T10:00:00+02:00", event="2026-01-01T08:00:00"), None),
        (example("2026-01-01T10:00:00+02:00", event="2026-01-01T07:59:00"), ("events", 0)),
        (
            example(
                "2026-07-01T00:00:00Z", event="2026-07-01T02:00:00", expect="2026-08-01", zone="Europe/Paris"
            ),
            None,
        ),
        (
            example(
                "2026-07-01T00:00:00Z", event="2026-07-01T01:00:00", expect="2026-08-01", zone="Europe/Paris"
            ),
            ("events", 0),
        ),
    ],
)
def test_nothing_happens_before_there_is_a_person(text, path):
    found = [
        finding.path for name in ("before-created", "event-before-created") for finding in only(text, name)
    ]
    assert found == ([("examples", "e", *path, "at")] if path else [])


def test_what_is_expected_or_set_too_early_is_wrong_and_what_happens_is_only_strange():
    late = "2026-01-01"
    assert len(only(example(late, expect="2025-12-31"), "before-created")) == 1
    assert len(only(example(late, event="2025-12-31"), "event-before-created")) == 1
    set_early = example(late, event="2025-12-31").replace(
        'visits = "any-page"', 'sets = "country", to = "France"'
    )
    assert len(only(set_early, "before-created")) == 1


def test_an_unknown_zone_is_reported_once_and_stops_nothing():
    assert only(example("2026-01-01", event="2025-12-31", zone="Europe/Pariss"), "before-created") == []
