"""Pushes of the shipped specs to the embedded sandboxes: in line at once, and through storms.

That a push may be cut off at any call, and fail with any error, is a promise of the conformance kit.
"""

from __future__ import annotations

import pytest

from scorewright.plugin.registry import load
from tests.push.stage import SPECS, Stage

SMALL = {"pardot": "first-n-only", "marketo": "first-n-only"}
TARGETS = ("pardot", "marketo")


@pytest.fixture
def stage(tmp_path):
    stages = []

    def make(target, spec, name="spec", **more):
        one = Stage(target, tmp_path / name, **more)
        stages.append(one)
        one.spec(spec)
        return one

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
def test_a_push_through_a_storm_ends_as_one_in_peace(target, tmp_path):
    from tests.push.storm import survives, whole

    calm = whole(target, SMALL[target], tmp_path)
    assert [text for seed in range(6) if (text := survives(target, calm, tmp_path, seed))] == []
