"""Two shipped models, people written by hand: what the files do is what the spec means, under every schedule."""

from __future__ import annotations

import tomllib

import pytest

from scorewright.compiling.files import files_of
from scorewright.model.history import Person
from scorewright.plugin.emulation import Schedule
from scorewright.semantics import Machine
from scorewright_pardot import TARGET
from tests.pardot.emulator.platform import DAY, HOUR, START, at, does, sets
from tests.pardot.making import compile_model, spec_model

SCHEDULES = [Schedule(name) for name in ("prompt", "reverse", "late", "torn")]
SCHEDULES += [Schedule("random", seed) for seed in range(4)]
FACTS = {fact.id: fact.value for fact in TARGET.facts()}


def tables_of(bundle):
    """The tables as they stand in the files."""
    kinds = {}
    for item in bundle.objects:
        kinds.setdefault(item.kind, []).append(
            {"name": item.name, "for": list(item.elements), "lowering": item.lowering, **item.table}
        )
    gauges = [{"kind": item.kind, "key": item.key, "at": dict(item.at)} for item in bundle.gauges]
    return {**kinds, "gauges": gauges}


def meant(ask, changes, gauge):
    if gauge.kind == "score":
        return ask.score(gauge.key)
    if gauge.kind == "mark":
        return gauge.key in ask.state.marks
    if gauge.kind == "field":
        return ask.state.fields.get(gauge.key)
    if gauge.kind == "campaign":
        return ask.state.campaigns.get(gauge.key)
    assert gauge.kind == "done"
    return sum(1 for item in changes if item.kind == "done" and ".".join(map(str, item.path)) == gauge.key)


def compare(name, person, quiet):
    """Both are read at these days, on which everything has settled; a day is read at its end."""
    model = spec_model(name)
    bundle = compile_model(model)
    looks = [at(day) + 14 * HOUR for day in quiet]
    wanted = {}

    def look(instant):
        return lambda ask, changes: wanted.update(
            {(instant, gauge.name): meant(ask, changes, gauge) for gauge in bundle.gauges}
        )

    Machine(model).run(person, looks[-1], {instant: [look(instant)] for instant in looks})
    emulator = TARGET.emulator(model, tables_of(bundle), FACTS)
    for schedule in SCHEDULES:
        sights = emulator.play(person, looks, schedule).sights
        shown = {
            (instant, key): value
            for instant, seen in zip(looks, sights, strict=True)
            for key, value in seen.items()
        }
        assert shown == wanted, schedule
    return [[wanted[instant, gauge.name] for instant in looks] for gauge in bundle.gauges]


def test_somebody_goes_to_sleep_and_wakes_up():
    person = Person(
        START,
        {"email": "somebody@host.example"},
        history=(
            does(1, "submits", "any-form", name="Contact"),
            does(2, "visits", "any-page", name="/x"),
            does(50, "visits", "any-page", name="/x"),
            *(does(60, "visits", "any-page", name=f"/{number}", hours=number / 60) for number in range(8)),
            does(150, "unsubscribes"),
            *(does(160, "visits", "any-page", name=f"/{number}", hours=number / 60) for number in range(8)),
        ),
    )
    found = compare("pardot-score-decay", person, [8, 40, 56, 68, 100, 140, 156, 168, 200])
    assert [51, 3, 4, 12, 3, 3, 3, 11, 3] in found
    assert [False, True, True, False, True, True, True, True, True] in found
    assert [0, 0, 0, 1, 1, 1, 1, 1, 1] in found


@pytest.mark.parametrize("pause", [20, 35, 65, 95, 200])
def test_somebody_is_silent_for_some_steps_and_comes_back(pause):
    person = Person(
        START,
        {"email": "somebody@host.example", "country": "Germany"},
        history=(
            does(1, "submits", "any-form", name="Contact"),
            does(2, "visits", "any-page", name="/x"),
            sets(3, "job-title", "Manager"),
            does(2 + pause, "visits", "any-page", name="/x"),
        ),
    )
    compare("stepped-decay-practices", person, [14, 17, 2 + pause + 16, 2 + pause + 120])


def test_the_tables_are_those_of_the_files():
    """What tests hand to the emulator is what a compile writes."""
    from scorewright.compiling import compile_spec
    from scorewright.project import Project
    from tests.test_models import ROOT, TODAY

    compiled = compile_spec(
        ROOT / "specs" / "pardot-score-decay",
        project=Project(ROOT),
        targets=("pardot",),
        edition=None,
        instance=None,
        today=TODAY,
    )
    files = {
        name: tomllib.loads(text.decode())
        for name, text in compiled.files["pardot"].items()
        if name.endswith(".toml")
    }
    tables = tables_of(compile_model(spec_model("pardot-score-decay")))
    gauges = tables.pop("gauges")
    assert files_of is not None
    for kind, rows in tables.items():
        assert files[f"{kind}.toml"][kind] == rows
    assert [
        {key: row[key] for key in ("kind", "key", "at")} for row in files["gauges.toml"]["gauges"]
    ] == gauges
    assert DAY == 24 * HOUR
