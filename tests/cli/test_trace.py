"""``scorewright trace``: sums that a salesperson can follow, and every mistake in a person's file in one run."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.explain.school import write

PERSON = {
    "created": "2026-01-05",
    "fields": {"job-title": "CEO", "employees": 1500, "company": "Alpha"},
    "events": [
        {"at": "2026-01-05T10:00", "visits": "/pricing", "times": 4},
        {"at": "2026-01-05T10:05", "visits": "/campus", "times": 4},
        {"at": "2026-01-07T16:30", "submits": "WEB Contact us"},
        {"at": "2026-01-09T16:30", "submits": "Contact us"},
        {"at": "2026-01-10", "submits": "Brochure A"},
        {"at": "2026-01-11", "does": "trial-start", "with": {"valuable": True, "seats": 3}},
        {"at": "2026-01-12", "clicks": "any-email", "times": 3, "known": "2026-01-13"},
        {"at": "2026-01-12", "list": "Visitors", "on": True},
        {"at": "2026-02-20", "visits": "/campus"},
    ],
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "school")
    return tmp_path


@pytest.fixture
def trace(run, here):
    def call(person, *words, suffix="json"):
        text = (
            person if isinstance(person, (str, bytes)) else json.dumps(person, ensure_ascii=False, indent=1)
        )
        path = here / f"person.{suffix}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("trace", "school", "--person", path.name, *words)

    return call


def test_the_sums_are_said_term_by_term(trace):
    code, printed, error = trace(PERSON, "--at", "2026-01-15")
    assert (code, error) == (0, "")
    assert (
        printed
        == """\
School: as of 2026-01-15 00:00 (Europe/Paris), known since 5 Jan
1 event of the file lies after this time

Lead score: 94
  94 =   60 brochure through interest (2 x 30, on 10 Jan)
       + 50 contact form on 7 Jan
       + 40 pricing page (4 x 10, on 5 Jan)
       +  5 page (5 x 1, on 5 Jan)
       - 55 over the ceiling of 100 on 10 Jan
       -  6 careers (3 x -2, on 13 Jan)
  contact form counts once within 30 days: nothing for 1 more (9 Jan)
  page counts up to 5 points within 24 hours: nothing for 3 more (5 Jan)

interest (MBA): 30 = 30 brochure on 10 Jan

interest (Executive MBA): 30 = 30 brochure on 10 Jan

heat: 20 = 20 trial on 11 Jan

profile: 45 = 30 seniority ('CEO') since 5 Jan + 15 size (1500) since 5 Jan

person: 58 = 47 (50 % of Lead score, 94) + 11.25 (25 % of profile, 45) - 0.25 rounded

Why:
  contact form: They ask to be called.

Marks, lists and campaigns:
  mark Ready for sales since 7 Jan, by Marketing qualified
  list visitors since 12 Jan
  campaign reactivated as New since 7 Jan, by Marketing qualified

Handed over:
  7 Jan: Marketing qualified (mark ready, notify the owner, add to the campaign reactivated with the status 'New')
"""
    )


def test_what_silence_takes_and_what_expires(trace):
    printed = trace(PERSON, "--at", "2026-05-01")[1]
    assert "- 30 after 30 quiet days and every 30 days (3 x -10, last on 21 Apr)" in printed
    assert "heat: 0 = 20 trial on 11 Jan - 20 trial expired on 21 Jan" in printed


def test_nothing_and_not_yet(trace):
    code, printed, _ = trace({"created": "2026-01-05"}, "--at", "2026-01-06")
    assert code == 0
    assert (
        "Lead score, interest (MBA), interest (Executive MBA), heat, person: 0, nothing counts yet" in printed
    )
    assert "profile: 0 = -10 seniority (unknown) since 5 Jan + 10 lifted to the floor of 0" in printed
    assert (
        "Marketing qualified still needs: lead at least 80 (lead is 0); company is known (company is not known)"
        in printed
    )


def test_who_is_outside_the_population_is_told_why(trace):
    person = {**PERSON, "fields": {"email": "a@school.example"}}
    printed = trace(person, "--at", "2026-01-15")[1]
    assert "not scored now: in staff, and those are not scored" in printed


def test_verbose_tells_what_happened_and_what_came_of_it(trace):
    lines = trace(PERSON, "--at", "2026-01-15", "--verbose")[1].partition("Timeline")[2].splitlines()
    at = lines.index("  2026-01-07 16:30  * submits contact")
    assert [line.split()[2:] for line in lines[at + 1 : at + 3]] == [
        ["lead", "45", "->", "95", "award", "rules.contact"],
        ["threshold", "mql", "fired", "handed", "over", "thresholds.mql"],
    ]
    assert any("clicks any-email 3 x" in line and "happened 2026-01-12 00:00" in line for line in lines)


def test_one_score(trace):
    printed = trace(PERSON, "--at", "2026-01-15", "--score", "interest")[1]
    assert "interest (MBA): 30" in printed
    assert "interest (Executive MBA): 30" in printed
    assert "Lead score:" not in printed
    printed = trace(PERSON, "--at", "2026-01-15", "--score", "interest@mba,heat")[1]
    assert "Executive MBA" not in printed
    assert "heat: 20" in printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--score", "laed"), "did you mean 'lead'?"),
        (("--score", "zzz"), "there are interest@mba"),
        (("--at", "tomorrow"), "write 2026-05-01 or 2026-05-01T10:00"),
        (("--at", "9999-12-31"), "in the years 1970 to 2199"),
        (("--at", "2025-12-31"), "that is before the person was created (2026-01-05 00:00)"),
    ],
)
def test_wrong_usage(trace, words, said):
    code, printed, error = trace(PERSON, *words)
    assert (code, printed) == (2, "")
    assert said in " ".join(error.split())


def test_without_a_time_it_is_now(trace):
    code, printed, _ = trace({"created": "2199-01-01"})
    assert (code, printed) == (2, "")
    assert trace(PERSON)[0] == 0


def test_a_person_must_be_named(run, here):
    code, _, error = run("trace", "school")
    assert code == 2
    assert "--person" in error


def test_json_keeps_to_the_published_schema(run, trace, here):
    schema = json.loads(run("schema", "--kind", "trace")[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    for person, expected in ((PERSON, 0), ({"created": "2026-01-05"}, 0), ({}, 1)):
        code, printed, error = trace(person, "--at", "2026-05-01", "--format", "json")
        assert (code, error) == (expected, "")
        report = json.loads(printed)
        jsonschema.validate(report, schema)
        assert (report["trace"] is None) == (expected == 1)
    for score in json.loads(trace(PERSON, "--at", "2026-05-01", "--format", "json")[1])["trace"]["scores"]:
        assert round(100 * sum(term["amount"] for term in score["terms"])) == 100 * score["value"]


def test_a_broken_project_file_keeps_to_the_schema_too(run, trace, here):
    (here / "scorewright.toml").write_text("outt = 1")
    code, printed, error = trace(PERSON)
    assert (code, printed) == (1, "")
    assert "SW720" in error
    code, printed, error = trace(PERSON, "--format", "json")
    assert (code, error) == (1, "")
    jsonschema.validate(json.loads(printed), json.loads(run("schema", "--kind", "trace")[1]))


def test_a_spec_with_errors_is_not_played(run, trace, here):
    write(here / "school", (here / "school" / "model.toml").read_text().replace("[model]", "[model]\nx = 1"))
    code, printed, error = trace(PERSON)
    assert (code, printed) == (1, "")
    assert "SW101" in error


def test_the_only_spec_of_the_project_is_the_default(run, here):
    (here / "person.json").write_text(json.dumps(PERSON))
    (here / "scorewright.toml").write_text('specs = ["school"]')
    code, printed, _ = run("trace", "--person", "person.json", "--at", "2026-01-15")
    assert code == 0
    assert "Lead score: 94" in printed
    (here / "scorewright.toml").write_text("")
    assert run("trace", "--person", "person.json")[0] == 2


def test_every_mistake_is_said_in_one_run_with_its_line(trace):
    code, printed, error = trace(
        {
            "created": "2026-01-05",
            "feilds": {},
            "fields": {"job-titel": "CEO", "employees": "many"},
            "events": [
                {"at": "2026-02-30", "visits": "/x"},
                {"at": "2026-01-06", "vists": "/x"},
                {"at": "2026-01-06", "submits": "Contact"},
                {"at": "2026-01-06", "submits": "pricing"},
                {"visits": "/x"},
                {"at": "2026-01-06", "does": "trial-strat"},
            ],
        }
    )
    assert (code, printed) == (1, "")
    for said in (
        'the key "feilds" stands for nothing here',
        'did you mean "fields"?',
        "there is no field 'job-titel'",
        'did you mean "job-title"?',
        "fields.employees: 'many' is no value of employees (number)",
        "write a whole number, without quotes",
        "events[0].at: '2026-02-30' is no date or time: day",
        'events[1]: the key "vists" stands for nothing here',
        'did you mean "visits"?',
        "events[2].submits: the spec knows no form or landing page or form handler 'Contact'",
        'did you mean "contact"? For one that the spec does not name: "submits": "any-form", "name": "Contact"',
        "events[3].submits: 'pricing' is pages, and submits goes with form or landing page or form handler",
        "events[4]: at is missing",
        "events[5].does: the spec knows no activity 'trial-strat'",
        'did you mean "trial-start"?',
    ):
        assert said in error, said
    assert "--> person.json:" in error
    assert error.endswith("\n9 errors\n")
