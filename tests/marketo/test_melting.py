"""Points that do not last: they expire at once, fade bit by bit, or melt in parts that are requested."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import campaign, compile_text, notes, tables
from tests.marketo.person import Person
from tests.marketo.pieces import rule


def test_points_that_expire_are_taken_back_by_a_requested_campaign():
    bundle = compile_text(rule('on = { submits = "contact" }\npoints = { lead = 50 }\nexpires = "30d"'))
    assert [step["step"] for step in campaign(bundle, "Award x")["flow"]] == [
        "Change Score",
        "Request Campaign",
    ]
    later = campaign(bundle, "Later x")
    assert later["smart_list"]["triggers"][0]["rule"] == "Campaign is Requested"
    assert later["flow"][0]["fields"] == [{"label": "Duration", "value": "30 days"}]
    person = Person(bundle)
    person.run("When x")
    person.go_to(1029)
    assert person.fields["Person Score"] == 50
    person.go_to(1030)
    assert person.fields["Person Score"] == 0


def test_points_that_fade_end_at_nothing():
    person = Person(
        compile_text(
            rule(
                'on = { submits = "contact" }\npoints = { lead = 50 }\nfades = { percent = 50, every = "7d" }'
            )
        )
    )
    person.run("When x")
    assert person.fields["Person Score"] == 50
    person.go_to(2000)
    assert person.fields["Person Score"] == 0


@pytest.mark.parametrize(
    ("points", "fades", "flows"),
    [(20, "subtract = 1", [40]), (153, "subtract = 1", [18, 33]), (2_000, "percent = 5", [104, 101])],
)
def test_points_that_melt_in_many_steps_are_taken_by_parts_that_are_requested(points, fades, flows):
    text = rule(
        f'on = {{ submits = "contact" }}\npoints = {{ lead = {points} }}\nfades = {{ {fades}, every = "7d" }}'
    )
    bundle = compile_text(text)
    later = [row for name, row in tables(bundle, "smart-campaigns").items() if ".Later" in name]
    assert [len(row["flow"]) for row in later] == flows
    called = {
        row["value"] for step in later[-1]["flow"] for row in step["fields"] if row["label"] == "Campaign"
    }
    assert called == {row for row in tables(bundle, "smart-campaigns") if ".Later x part" in row}


@pytest.mark.parametrize("fades", ["subtract = 1", "percent = 1"])
def test_points_that_melt_in_too_many_steps_are_refused(fades):
    text = rule(
        f'on = {{ submits = "contact" }}\npoints = {{ lead = 50000 }}\nfades = {{ {fades}, every = "7d" }}'
    )
    assert notes(compile_text(text), "refused") == [("too-many-steps", "rules.x")]
