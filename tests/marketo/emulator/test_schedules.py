"""What no document promises: order, delay, and whether two runs of one person keep apart."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from scorewright.plugin.emulation import SCHEDULES
from tests.marketo.emulator.hand import FORM, Hand, campaign, clause, executable, run, score, wait

NOON, LATER = "2026-01-05T12:00", "2026-01-05T13:00"
FREE = clause("SW Count", "is", "0")


def counted(**more):
    """An award for the first time only, by a counter that an executable reads and writes."""
    return Hand(
        campaign("When", run("Award"), on=(FORM,)),
        executable("Award", score("+50"), score("+1", "SW Count"), who=(FREE,)),
        **more,
    )


def test_a_trigger_may_stand_in_its_queue_and_a_wait_may_last_longer():
    hand = Hand(campaign("When", score("+1"), wait("5 minutes"), score("+10"), on=(FORM,))).submits(NOON)
    looks = (
        "2026-01-05T12:00",
        "2026-01-05T12:02:59",
        "2026-01-05T12:03",
        "2026-01-05T12:08:59",
        "2026-01-05T12:09",
    )
    assert hand.lead(*looks, schedule="late") == [0, 0, 1, 1, 11]
    assert hand.lead(*looks) == [1, 1, 1, 11, 11]


def test_two_runs_of_one_second_interleave_when_they_are_torn():
    twice = counted().submits(NOON, NOON)
    assert twice.lead(LATER, schedule="torn") == 100
    assert [twice.lead(LATER, schedule=name) for name in ("prompt", "reverse", "late")] == [50, 50, 50]
    assert {twice.lead(LATER, schedule="random", seed=seed) for seed in range(20)} == {50, 100}


def test_they_do_not_on_an_instance_that_carries_them_out_one_after_the_other():
    twice = counted(facts={"runs-interleave": False}).submits(NOON, NOON)
    assert {twice.lead(LATER, schedule=name, seed=seed) for name in SCHEDULES for seed in range(8)} == {50}


def test_an_executable_is_done_before_its_parent_goes_on_even_when_torn():
    hand = Hand(
        campaign("When", run("Inner"), score("+1"), on=(FORM,)),
        executable("Inner", score("=50"), score("+10")),
    ).submits(NOON)
    assert hand.lead(LATER, schedule="torn") == 61


def test_a_flow_that_is_torn_is_over_after_two_minutes():
    hand = Hand(campaign("When", *(score("+1") for _ in range(40)), on=(FORM,))).submits(NOON)
    middle, end = hand.lead("2026-01-05T12:01", "2026-01-05T12:02", schedule="torn")
    assert 0 < middle < end == 40


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_same_arguments_give_the_same_play(schedule):
    hand = counted().submits(NOON, NOON, "2026-01-05T12:01")
    assert hand.played(LATER, schedule=schedule, seed=4) == hand.played(LATER, schedule=schedule, seed=4)


def test_what_was_done_is_told_in_order_with_who_did_it():
    deeds = counted().submits(NOON).played(LATER).deeds
    assert [(deed.by, deed.said) for deed in deeds] == [
        ("smart-campaigns: P.Award", "Person Score: 0 → 50"),
        ("smart-campaigns: P.Award", "SW Count: 0 → 1"),
    ]


_SCRIPT = """
from tests.marketo.emulator.test_schedules import NOON, LATER, counted
from tests.marketo.emulator.hand import Hand, FORM, campaign, score
several = [campaign(f"When {n}", score(f"={n}"), on=(FORM,)) for n in range(9)]
print([Hand(*several).submits(NOON, NOON).played(LATER, schedule="random", seed=seed) for seed in range(4)])
"""


def test_a_play_does_not_depend_on_the_hash_seed():
    said = set()
    for seed in ("1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT], env=env, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1
