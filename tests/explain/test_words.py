"""What a trace says of each way in which a score comes about, and what it folds."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from scorewright.explain.person.read import read_person
from scorewright.explain.trace import trace
from scorewright.explain.trace_json import trace_json
from scorewright.explain.trace_text import trace_text
from scorewright.model.read.read import read
from scorewright.semantics.clock import Clock

HEAD = {"id": "m", "title": "Model", "timezone": "UTC", "counts_as_activity": ["visits"]}
SCORE = {"scores": {"lead": {"kind": "engagement"}}}
VISIT = {"on": {"visits": "any-page"}, "points": {"lead": 10}}


def told(tmp_path, tables, events=(), at="2026-02-01", asked=(), **more):
    """The trace of a person of 1 January to whom these events happened."""
    data = {"language": 1, "model": {**HEAD, **tables.pop("model", {})}, **SCORE, **tables}
    reading = read(data, {})
    assert reading.findings == (), [found.message for found in reading.findings]
    path = tmp_path / "person.json"
    path.write_text(json.dumps({"created": "2026-01-01", **more, "events": list(events)}))
    found = read_person(path, reading.model, tmp_path)
    assert found.diagnostics == ()
    return trace(reading.model, found.person, Clock("UTC").read(at), asked)


def lines(*words, verbose=False, **more):
    return trace_text(told(*words, **more), verbose=verbose).splitlines()


def visit(day, times=1, **more):
    return {"at": f"2026-01-{day:02}T10:00", "visits": "/x", "times": times, **more}


def test_only_what_still_fitted(tmp_path):
    rules = {"visit": {**VISIT, "limit": {"points": 25, "per": "30d"}}}
    said = lines(tmp_path, {"rules": rules}, [visit(2, 2), visit(3), visit(4, 3)])
    assert said[2:5] == [
        "lead: 25 = 25 visit (3 times, last on 3 Jan)",
        "  visit counts up to 25 points within 30 days: nothing for 3 more (4 Jan)",
        "  visit counts up to 25 points within 30 days: only 5 on 3 Jan still fitted",
    ]


def test_a_limit_that_is_shared(tmp_path):
    groups = {"mail": {"title": "E-mails", "score": "lead", "limit": {"points": 10, "per": "30d"}}}
    rules = {"visit": {**VISIT, "group": "mail", "limit": {"times": 2, "each": "asset"}}}
    said = lines(tmp_path, {"rules": rules, "groups": groups}, [visit(2), visit(3)])
    wanted = "visit counts at most twice, each asset apart and up to 10 points within 30 days together with the others of E-mails"
    assert said[3] == f"  {wanted}: nothing for 1 more (3 Jan)"


def test_set_by_a_reset_and_by_a_decay(tmp_path):
    thresholds = {
        "again": {
            "title": "Over the top",
            "when": {"score": "lead", "at_least": 30},
            "then": [{"reset": "lead", "to": 5}],
        }
    }
    tables = {"rules": {"visit": VISIT}, "thresholds": thresholds}
    said = lines(tmp_path, tables, [visit(2, 3), visit(4)])
    assert said[2] == "lead: 15 = 5 set by Over the top on 2 Jan (before: 30) + 10 visit on 4 Jan"
    decay = {"cold": {"title": "Gone cold", "score": "lead", "steps": [{"after": "1w", "set": 0}]}}
    said = lines(tmp_path, {"rules": {"visit": VISIT}, "decay": decay}, [visit(2)])
    assert said[2] == "lead: 0 = 0 set Gone cold, after 1 quiet week on 10 Jan (before: 10)"


def test_points_that_melt(tmp_path):
    rules = {"visit": {**VISIT, "fades": {"subtract": 2, "every": "7d"}}}
    said = lines(tmp_path, {"rules": rules}, [visit(2)])
    assert said[2] == "lead: 2 = 10 visit on 2 Jan - 8 visit faded (4 x -2, last on 30 Jan)"


def test_a_fact_that_comes_and_goes(tmp_path):
    rules = {"french": {"when": {"field": "country", "is": "France"}, "points": {"lead": 5}}}
    moves = [
        {"at": "2026-01-02", "sets": {"country": "France"}},
        {"at": "2026-01-03", "sets": {"country": "Spain"}},
        {"at": "2026-01-04", "sets": {"country": "France"}},
    ]
    said = lines(tmp_path, {"rules": dict(rules)}, moves)
    assert said[2] == "lead: 5 = 5 french, last changed on 4 Jan"
    assert lines(tmp_path, {"rules": dict(rules)}, moves[:2])[2] == "lead: 0, nothing counts yet"


def test_what_the_person_had_and_what_does_not_count(tmp_path):
    tables = {
        "rules": {"clicked": {"on": {"clicks": "any-email"}, "points": {"lead": 10}}},
        "model": {"starts": dt.date(2026, 1, 10)},
        "marks": {"old": {"title": "Known before"}},
    }
    clicks = [
        {"at": "2026-01-05", "clicks": "any-email"},
        {"at": "2026-01-12", "clicks": "any-email", "with": {"bot": True}},
        {"at": "2026-01-13", "clicks": "any-email", "known": "2026-01-15"},
        {"at": "2026-03-01", "clicks": "any-email"},
    ]
    said = lines(tmp_path, tables, clicks, scores={"lead": 20}, marks=["old"], verbose=True)
    assert said[1:6] == [
        "1 event of the file lies after this time",
        "1 event of bots does not count",
        "1 event from before the model starts (2026-01-10) earned nothing",
        "",
        "lead: 30 = 20 at the start + 10 clicked on 15 Jan",
    ]
    assert "  mark Known before from the start" in said
    assert any("clicks any-email" in line and "happened 2026-01-13 00:00" in line for line in said)


def test_before_the_model_starts_nobody_is_scored(tmp_path):
    tables = {"rules": {"visit": VISIT}, "model": {"starts": dt.date(2026, 6, 1)}}
    assert lines(tmp_path, tables, [visit(2)])[1] == "not scored now: the model starts on 2026-06-01"


def test_grades_and_bands_have_their_place(tmp_path):
    tables = {
        "rules": {"visit": VISIT},
        "grades": {
            "fit": {"title": "Fit", "criteria": {"c": {"when": {"field": "city", "is": "x"}, "thirds": 2}}}
        },
        "bands": {"heat": {"score": "lead", "cases": [{"label": "hot", "at_least": 10}, {"label": "cold"}]}},
    }
    said = lines(tmp_path, tables, [visit(2)])
    assert said[4:6] == ["grade Fit: D", "band heat: hot"]


def test_a_hand_raiser_is_named_beside_what_is_lacking(tmp_path):
    thresholds = {
        "mql": {
            "when": {"all": [{"score": "lead", "at_least": 50}, {"not": {"has_opportunity": "open"}}]},
            "or_on": [{"submits": "any-form"}],
            "required_fields": ["email"],
            "unless": {"mark": "done"},
            "then": [{"mark": "done"}],
        }
    }
    tables = {"rules": {"visit": VISIT}, "thresholds": thresholds, "marks": {"done": {}}}
    said = lines(tmp_path, tables, [visit(2)], marks=["done"])
    assert said[-1] == (
        "  mql still needs: lead at least 50 (lead is 10); email is known; an end of what shuts it: marked done, "
        "or somebody who submits any form"
    )


@pytest.mark.parametrize("verbose", [False, True])
def test_very_long_sums_are_folded_and_still_add_up(tmp_path, verbose):
    rules = {
        f"page-{number}": {"on": {"visits": "any-page"}, "points": {"lead": number}}
        for number in range(1, 21)
    }
    found = told(tmp_path, {"rules": rules}, [visit(2)])
    said = trace_text(found, verbose=verbose).splitlines()
    first = said.index("lead: 210") + 1
    rows = [line for line in said[first:] if line[7:8] in {"+", "-", " "} and line[:4] in {"  21", "    "}]
    rows = rows[: 20 if verbose else 12]
    amounts = [int(line.partition("=")[2].split()[0] if "=" in line else line.split()[1]) for line in rows]
    assert sum(amounts) == 210
    assert ("from 9 more (--verbose tells each)" in rows[-1]) is not verbose
    assert len(trace_json(found)["scores"][0]["terms"]) == 20


def test_control_characters_of_a_file_never_reach_the_terminal(tmp_path):
    rules = {"visit": {**VISIT, "title": "a\x1b[31mb\u202ec\nd"}}
    text = trace_text(told(tmp_path, {"rules": rules}, [visit(2)]), verbose=True)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_year_is_said_where_it_is_another(tmp_path):
    said = lines(tmp_path, {"rules": {"visit": VISIT}}, [visit(2)], at="2027-02-01")
    assert said[0] == "Model: as of 2027-02-01 00:00 (UTC), known since 1 Jan 2026"
    assert said[2] == "lead: 10 = 10 visit on 2 Jan 2026"
