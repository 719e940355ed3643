"""Shipped models, compiled, read back and played: what Marketo shows beside what the spec means, for a few people."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from scorewright.checks.run import check_spec
from scorewright.compiling import compile_spec
from scorewright.model.history import FieldSet, Happening, Person
from scorewright.plugin.emulation import SCHEDULES, Schedule
from scorewright.project import Project
from scorewright.semantics import Machine
from scorewright_marketo import TARGET

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 1)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@cache
def built(spec: str):
    done = compile_spec(
        ROOT / "specs" / spec,
        project=Project(ROOT),
        targets=("marketo",),
        edition=None,
        instance=None,
        today=TODAY,
    )
    files = {
        name: tomllib.loads(data.decode())
        for name, data in done.files["marketo"].items()
        if name.endswith(".toml")
    }
    tables = {name.removesuffix(".toml"): next(iter(data.values()), []) for name, data in files.items()}
    tables = {kind: rows for kind, rows in tables.items() if kind not in {"facts", "notes", "provenance"}}
    model = check_spec(ROOT / "specs" / spec, today=TODAY).model
    return model, TARGET.emulator(model, tables, {fact.id: fact.value for fact in TARGET.facts()})


def held(spec, person, looks, read):
    """What is meant, and what every schedule shows, at some looks."""
    model, emulator = built(spec)
    instants = [at(look) for look in looks]
    meant = []
    asks = {look: [lambda ask, _: meant.append(read(ask))] for look in instants}
    Machine(model).run(person, instants[-1], asks)
    return meant, {name: emulator.play(person, instants, Schedule(name, 5)).sights for name in SCHEDULES}


def person(*history, created="2026-01-05T10:00:07", **more):
    more.setdefault("fields", {"email": "someone@example.com"})
    return Person(at(created), history=tuple(history), **more)


def test_a_silence_and_a_return():
    pages = [Happening(at(f"2026-02-20T1{n}:00:00"), "visits", "any-page") for n in range(8)]
    form = Happening(at("2026-01-06T12:00:00"), "submits", "mba-request")
    looks = ("2026-01-07T12:00", "2026-02-06T12:00", "2026-02-22T12:00")
    meant, shown = held(
        "pardot-score-decay",
        person(form, *pages),
        looks,
        lambda ask: (ask.score("engagement"), ask.score("interest@mba"), "inactive-30d" in ask.state.marks),
    )
    assert meant == [(50, 50, False), (3, 50, True), (11, 50, False)]
    for sights in shown.values():
        keys = ("score engagement", "score interest@mba", "mark inactive-30d")
        assert [tuple(sight[key] for key in keys) for sight in sights] == meant
        assert [sight["done thresholds.back.then.1"] for sight in sights] == [0, 0, 1]
        assert [sight["campaign reactivated"] for sight in sights] == [None, None, "New entry"]


def test_facts_and_tiers_are_given_and_taken_back_by_night():
    title = FieldSet(at("2026-01-06T12:00:00"), "job-title", "Marketing Director")
    other = FieldSet(at("2026-01-20T12:00:00"), "job-title", "Clerk")
    form = Happening(at("2026-01-07T12:00:00"), "submits", "contact-form")
    looks = ("2026-01-08T12:00", "2026-01-22T12:00")
    model, _ = built("op-scoring")
    contact = next(key for key, asset in model.assets.items() if "Contact" in asset.texts)
    meant, shown = held(
        "op-scoring",
        person(title, form._replace(what=contact), other),
        looks,
        lambda ask: (ask.score("demographic"), ask.score("behavior")),
    )
    assert meant[0][0] > meant[1][0]
    assert meant[0][1] > 0
    for sights in shown.values():
        assert [(sight["score demographic"], sight["score behavior"]) for sight in sights] == meant


@pytest.mark.parametrize("spec", ["pardot-score-decay", "op-scoring"])
def test_every_gauge_shows_something_of_its_kind(spec):
    _, emulator = built(spec)
    (sight,) = emulator.play(person(), [at("2026-01-05T12:00:00")], Schedule("prompt")).sights
    assert sight
    assert all(type(value) is int for name, value in sight.items() if name.startswith(("score", "done")))
    assert all(
        type(value) is bool for name, value in sight.items() if name.startswith(("mark", "segment", "list"))
    )
