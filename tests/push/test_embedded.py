"""Pushes of the shipped specs to the embedded sandboxes: in line at once, cut off anywhere, and with every error at any call."""

from __future__ import annotations

from contextlib import suppress

import pytest

from scorewright.plugin.registry import load
from scorewright.push.session import NotOpenedError
from scorewright.sandbox.faults import Faults, read_orders
from tests.push.stage import SPECS, KilledError, Stage

SMALL = {"pardot": "first-n-only", "marketo": "first-n-only"}
TARGETS = ("pardot", "marketo")


@pytest.fixture(autouse=True)
def _secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.setenv(f"SCOREWRIGHT_BOX_{name}", "local")


@pytest.fixture
def stage(tmp_path):
    stages = []

    def make(target, spec, name="spec", **more):
        one = Stage(target, tmp_path / name, **more)
        stages.append(one)
        one.spec(spec)
        return one

    def like(whole, name):
        one = Stage(whole.target, tmp_path / name, given=whole.compiled())
        stages.append(one)
        return one

    make.like = like

    yield make
    for one in stages:
        one.store.close()


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("target", TARGETS)
def test_pushed_once_there_is_nothing_to_do_and_that_is_found_by_reading(target, spec, stage):
    one = stage(target, spec)
    _, applied = one.push()
    assert applied.whole
    _, written = one.calls()
    plan, applied = one.push()
    assert not plan.writes
    assert one.calls()[1] == written
    one.build()
    found = one.plan()
    assert not [item for item in found.items if item.deed not in {"same", "there", "by hand"}]
    assert {item.hand for item in found.items} <= {"", "verified", "unread"}
    emitted = {name.removesuffix(".toml") for name in one.compiled().files[target]}
    whole = {each.key.kind for each in wanted_of(found) if each.made and not (each.by_hand or each.unread)}
    part = {each.key.kind for each in wanted_of(found) if each.by_hand or each.unread or not each.made}
    assert whole & emitted <= load(target).api_kinds
    assert not part & load(target).api_kinds


def wanted_of(plan):
    return [item.resource for item in plan.items if item.resource and not item.resource.given]


@pytest.mark.parametrize("target", TARGETS)
def test_cut_off_at_any_call_and_run_again_it_ends_as_an_unbroken_push_does(target, stage):
    whole = stage(target, SMALL[target], "whole")
    whole.given = whole.compiled()
    whole.push()
    last = whole.calls()[0]
    for number in range(1, last + 1):
        for when in ("before", "after"):
            one = stage.like(whole, f"cut-{number}-{when}")
            one.begin(killing=(number, when))
            with suppress(KilledError):
                one.push()
            one.begin()
            _, applied = one.push()
            assert applied is None or applied.whole, (number, when)
            assert one.state() == whole.state(), (number, when)


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_error_comes_at_whatever_call_the_next_push_ends_alike(target, stage):
    whole = stage(target, SMALL[target], "whole")
    whole.given = whole.compiled()
    whole.push()
    calls = whole.calls()[0]
    for place, code in enumerate(whole.instance.codes):
        for number in {1 + place % calls, 1 + (place * 7 + 3) % calls}:
            one = stage.like(whole, f"{code}-{number}")
            one.begin(faults=Faults(read_orders([f"{code}:#{number}"], one.instance.codes), 0))
            with suppress(NotOpenedError):
                one.push()
            one.begin()
            _, applied = one.push()
            assert applied is None or applied.whole, (code, number)
            assert one.state() == whole.state(), (code, number)


@pytest.mark.parametrize("target", TARGETS)
def test_a_push_through_a_storm_ends_as_one_in_peace(target, tmp_path):
    from tests.push.storm import survives, whole

    calm = whole(target, SMALL[target], tmp_path)
    assert [text for seed in range(6) if (text := survives(target, calm, tmp_path, seed))] == []
