"""Engagement programs: read as somebody draws them, and played, one prospect one step at a time.

Whoever is on a recipient list and on no suppression list goes in at the first step.  Who leaves the list stops where
they are; back on it they go on there, at the time that was set for the step.  From the last step on they are out, and
a repeating program takes them again when its days are over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot.emulator.days import DAY
from scorewright_pardot.emulator.unreadable import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from scorewright_pardot.emulator.actions import Action
    from scorewright_pardot.emulator.criteria import Criteria
    from scorewright_pardot.emulator.sweeps import Sweeps

__all__ = ["Node", "Program", "Runs", "read_program"]

_STEPS_MOST, _CONDITIONS_MOST = 300, 5
"""With so many steps no program starts; so many conditions a rule step holds."""


class Node(NamedTuple):
    """A step.  A rule has criteria and two ways on; an action has an action and one (``yes``); ``wait`` in seconds."""

    wait: int
    criteria: Criteria | None
    action: Action | None
    yes: int
    no: int


class Program(NamedTuple):
    """A program; ``nodes`` by number, the end is none of them.  ``repeat`` in days, ``None``: once a prospect."""

    by: str
    recipients: str
    suppressed: tuple[str, ...]
    nodes: Mapping[int, Node]
    repeat: int | None
    limit: int | None
    phase: int


# --- reading --------------------------------------------------------------------------------------------------------

Reads = "tuple[Callable[[Mapping[str, Any]], Criteria], Callable[[Mapping[str, Any]], Action]]"


def read_program(
    row: Mapping[str, Any],
    lists: Collection[str],
    reads: tuple[Callable[[Mapping[str, Any]], Criteria], Callable[[Mapping[str, Any]], Action]],
    least: int,
) -> Program:
    """One program; ``reads`` turn a step into criteria, and into an action.  Raises ``UnreadableBundleError``.

    Fewer days than the ``least`` that the platform takes become that.
    """
    where = ("engagement-programs", str(row.get("name")))
    if row.get("state") != "draft":
        raise UnreadableBundleError(*where, f"a new program is a draft, not {row.get('state')!r}")
    recipients, suppressed = str(row.get("recipient_list")), tuple(map(str, row.get("suppression_lists", ())))
    for name in (recipients, *suppressed):
        if name not in lists:
            raise UnreadableBundleError(*where, f"no list is called {name!r}")
    if row.get("business_hours_only"):
        raise UnreadableBundleError(*where, "business hours are for the e-mails that a program sends")
    repeat, limit = _repeat(row, where, least)
    nodes = dict(_nodes(row, where, reads))
    return Program(": ".join(where), recipients, suppressed, nodes, repeat, limit, row["start_phase"])


def _repeat(row: Mapping[str, Any], where: tuple[str, str], least: int) -> tuple[int | None, int | None]:
    if not row.get("repeat"):
        return None, None
    limit, days = row.get("entry_limit"), row.get("days_before_repeat")
    if limit != "unlimited" and type(limit) is not int:
        raise UnreadableBundleError(*where, f"no number of times is {limit!r}")
    if type(days) is not int:
        raise UnreadableBundleError(*where, f"days_before_repeat must be a whole number, and is {days!r}")
    return max(days, least, 1), None if limit == "unlimited" else limit


def _nodes(
    row: Mapping[str, Any],
    where: tuple[str, str],
    reads: tuple[Callable[[Mapping[str, Any]], Criteria], Callable[[Mapping[str, Any]], Action]],
) -> Any:
    """Steps by number.  A way on leads to a later step, for programs have no loops; the last step is the end."""
    steps = row.get("steps", ())
    if [step.get("number") for step in steps] != [*range(1, len(steps) + 1)]:
        raise UnreadableBundleError(*where, "the steps are not numbered from 1 on, one by one")
    kinds = [step.get("step") for step in steps]
    if not steps or kinds.count("End") != 1 or kinds[-1] != "End":
        raise UnreadableBundleError(*where, "a program has one end, its last step")
    if len(steps) >= _STEPS_MOST:
        raise UnreadableBundleError(*where, f"a program of {len(steps)} steps cannot be started")
    for step in steps[:-1]:
        number, wait = step["number"], step.get("wait_days", 0) * DAY
        ways = ("then",) if step["step"] == "Action" else ("yes", "no")
        on = [step.get(way) for way in ways]
        if any(type(place) is not int or not number < place <= len(steps) for place in on):
            raise UnreadableBundleError(*where, f"step {number} does not lead to a later step: {on}")
        if step["step"] == "Action":
            yield number, Node(wait, None, reads[1](step), on[0], on[0])
            continue
        if not 0 < len(step.get("criteria", ())) <= _CONDITIONS_MOST:
            raise UnreadableBundleError(
                *where, f"step {number}: a rule step has 1 to {_CONDITIONS_MOST} conditions"
            )
        yield number, Node(wait, reads[0](step), None, on[0], on[1])


# --- playing --------------------------------------------------------------------------------------------------------


class _Run:
    """Where one prospect is in one program: the step (0: not inside), and when its wait is over."""

    __slots__ = ("at", "count", "due", "ready", "step")

    def __init__(self) -> None:
        self.step = 0
        self.due = 0
        self.ready: int | None = 0
        """From when they may go in; ``None``: never again."""
        self.count = 0
        self.at: int | None = None
        """When the program looks at them next."""


class Runs:
    """All programs of a bundle with one prospect; ``paused`` while somebody keeps them off."""

    def __init__(self, sweeps: Sweeps, programs: tuple[Program, ...]) -> None:
        self.sweeps = sweeps
        self.programs = programs
        self.runs = tuple(_Run() for _ in programs)
        self.started = False
        self.paused: int | None = None
        """Since when."""

    def pause(self, now: int, *, off: bool) -> None:
        """Pause all programs, or let them run again: waits go on where they were."""
        if off and self.paused is None:
            self.paused = now
        elif not off and self.paused is not None:
            for run in self.runs:
                run.due += max(0, now - self.paused) if run.due > self.paused else 0
                run.at = None
            self.paused = None

    def follow(self, now: int) -> None:
        """See to it that each program looks at whoever may go in or go on."""
        if not self.started or self.paused is not None:
            return
        for program, run in zip(self.programs, self.runs, strict=True):
            when = self._when(program, run)
            if when is None or run.at is not None:
                continue
            run.at = max(now, when) + self.sweeps.timing.programs()
            self.sweeps.push(run.at, self._look_of(program, run, run.at))

    def _when(self, program: Program, run: _Run) -> int | None:
        """From when there is something to do; ``None``: nothing, as things are."""
        on = self.sweeps.prospect.lists
        if program.recipients not in on or any(name in on for name in program.suppressed):
            return None
        return run.due if run.step else run.ready

    def _look_of(self, program: Program, run: _Run, at: int) -> Callable[[int], None]:
        def look(now: int) -> None:
            if run.at != at or self.paused is not None:
                return
            run.at = None
            when = self._when(program, run)
            if when is not None and when <= now:
                self._go_on(program, run, now)

        return look

    def _go_on(self, program: Program, run: _Run, now: int) -> None:
        """Through every step that is due."""
        if not run.step:
            self._land(program, run, 1, now)
            run.ready = self._again(program, run, now)
        while run.step and run.due <= now:
            node = program.nodes[run.step]
            self._land(program, run, self._pass(program, node, now), now)

    def _pass(self, program: Program, node: Node, now: int) -> int:
        """Ask or act; gives the number of the step that follows."""
        sweeps = self.sweeps
        if node.criteria is not None:
            return node.yes if node.criteria.holds(sweeps.prospect, now) else node.no
        assert node.action is not None
        delay = sweeps.timing.step_acts()
        if delay:
            action = node.action
            sweeps.push(now + delay, lambda at: sweeps.do(action, program.by, at))
        else:
            sweeps.do(node.action, program.by, now)
        return node.yes

    def _land(self, program: Program, run: _Run, step: int, now: int) -> None:
        """On a step, from which on its wait is counted; or at the end."""
        node = program.nodes.get(step)
        if node is not None:
            run.step, run.due = step, now + node.wait
            return
        run.step = 0
        run.count += 1
        if self.sweeps.instance.world.program_repeat_counts_from_end:
            run.ready = self._again(program, run, now)

    def _again(self, program: Program, run: _Run, now: int) -> int | None:
        """From when a prospect may go in again."""
        if program.repeat is None or (program.limit is not None and run.count >= program.limit):
            return None
        return now + program.repeat * DAY
