"""People in a program while it is paused, edited and started again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from scorewright_pardot.emulator.program_runs import Edited, Runs
from scorewright_pardot.emulator.programs import Node, Program
from scorewright_pardot.migration.programs import goes_on

DAY = 86_400
BY, LIST = "engagement-programs: P", "L"


class Ground:
    """One prospect on the list, and a clock that is turned by hand; what is done is noted with its day."""

    def __init__(self):
        self.prospect = SimpleNamespace(lists={LIST})
        self.timing = SimpleNamespace(programs=lambda: 0, step_apart=lambda: 0, step_acts=lambda: 0)
        self.jobs, self.done = [], []

    def push(self, at, what):
        self.jobs.append((at, what))

    def do(self, action, by, now):
        assert by == BY
        self.done.append((now / DAY, action))

    def until(self, runs, day):
        """Live on up to a day, this included."""
        runs.follow(0)
        while due := [job for job in self.jobs if job[0] <= day * DAY]:
            job = min(due, key=lambda item: item[0])
            self.jobs.remove(job)
            job[1](job[0])
            runs.follow(job[0])


def program(*steps, by=BY):
    """Actions one after another, each by a name and the days before it."""
    nodes = {n: Node(wait * DAY, None, name, n + 1, n + 1) for n, (name, wait) in enumerate(steps, 1)}
    return Program(by, LIST, (), nodes, None, None, 25)


OLD = (("a", 2), ("b", 10), ("c", 5))


def lived(new=None, kept=(), first=4, last=9):
    """Paused on one day, edited and started again on another: what is done, and when."""
    ground = Ground()
    runs = Runs(ground, (program(*OLD),), from_end=True)
    runs.start(0)
    ground.until(runs, first)
    runs.rest(first * DAY, BY)
    ground.until(runs, last)
    if new is not None:
        runs.become((program(*new),), {BY: Edited(BY, dict(kept))}, last * DAY)
    runs.start(last * DAY, BY)
    ground.until(runs, 99)
    return ground.done


def test_waits_stand_still_while_a_program_is_paused():
    assert lived() == [(2, "a"), (12 + 5, "b"), (17 + 5, "c")]


@pytest.mark.parametrize(
    ("new", "kept", "then"),
    [
        ((("a", 2), ("B", 10), ("c", 5)), {1: 1, 2: 2, 3: 3}, [(17, "B"), (22, "c")]),
        ((("z", 1), ("a", 2), ("b", 10)), {1: 2, 2: 3}, [(17, "b")]),
        ((("a", 2), ("c", 5)), {1: 1, 3: 2}, [(14, "c")]),
        ((("a", 2), ("b", 3), ("c", 5)), {1: 1, 3: 3}, [(14, "c")]),
        ((("a", 2),), {1: 1}, []),
    ],
    ids=["does something else", "another comes before", "deleted", "drawn anew", "nothing is left"],
)
def test_who_waits_goes_on_at_a_kept_step_and_from_a_deleted_one_to_the_next(new, kept, then):
    assert lived(new, kept) == [(2, "a"), *then]


def test_who_has_been_through_does_not_come_again_by_an_edit():
    assert lived((*OLD, ("d", 1)), {1: 1, 2: 2, 3: 3}, first=30, last=31) == [(2, "a"), (12, "b"), (17, "c")]


def test_a_new_program_knows_nobody():
    ground = Ground()
    runs = Runs(ground, (program(*OLD),), from_end=True)
    runs.start(0)
    ground.until(runs, 30)
    runs.become((), {}, 30 * DAY)
    runs.become((program(("a", 2)),), {}, 30 * DAY)
    ground.until(runs, 50)
    assert len(ground.done) == 3
    runs.start(50 * DAY, BY)
    ground.until(runs, 60)
    assert [name for _, name in ground.done] == ["a", "b", "c", "a"]


def action(number, value, wait=0):
    return {"number": number, "step": "Action", "action": "Adjust", "value": value, "wait_days": wait}


def test_steps_go_on_that_are_most_alike_and_keep_sort_and_wait():
    end = {"step": "End"}
    old = [action(1, "-8"), action(2, "-4"), action(3, "-2", 1), {**end, "number": 4}]
    new = [action(1, "-4"), action(2, "-2", 2), action(3, "-1"), {**end, "number": 4}]
    assert goes_on(old, new) == ((2, 1),)
    assert goes_on(old, old) == ((1, 1), (2, 2), (3, 3))
    rule = {"number": 1, "step": "Rule", "criteria": [{"criterion": "Prospect score"}], "wait_days": 0}
    assert goes_on(old, [rule, {**end, "number": 2}]) == ()
