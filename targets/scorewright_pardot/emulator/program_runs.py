"""Plays engagement programs, one prospect one step at a time.

Whoever is on a recipient list and on no suppression list goes in at the first step.  From one step to the next somebody
may leave, also where no wait lies between a question and what is done on it.  Who leaves the list stops where
they are; back on it they go on there, at the time that was set for the step.  From the last step on they are out, and
a repeating program takes them again when its days are over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scorewright_pardot.emulator.days import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright_pardot.emulator.actions import Action
    from scorewright_pardot.emulator.programs import Node, Program
    from scorewright_pardot.emulator.prospect import Prospect
    from scorewright_pardot.emulator.timing import Timing

__all__ = ["Ground", "Runs"]


class Ground(Protocol):
    """What programs stand on: one prospect, what the schedule decides, and a way to do something now or later."""

    prospect: Prospect
    timing: Timing

    def push(self, at: int, what: Callable[[int], None]) -> None:
        """Call something at an instant."""
        ...

    def do(self, action: Action, by: str, now: int) -> None:
        """Carry out an action."""
        ...


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
    """All programs of a bundle with one prospect; ``paused`` while somebody keeps them off.

    ``from_end``: days to the next time are counted from the end of the last, and not from its start.
    """

    def __init__(self, ground: Ground, programs: tuple[Program, ...], *, from_end: bool) -> None:
        self.ground = ground
        self.programs = programs
        self.from_end = from_end
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
            run.at = max(now, when) + self.ground.timing.programs()
            self.ground.push(run.at, self._look_of(program, run, run.at))

    def _when(self, program: Program, run: _Run) -> int | None:
        """From when there is something to do; ``None``: nothing, as things are."""
        on = self.ground.prospect.lists
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
            if self._apart(program, run, now):
                return

    def _apart(self, program: Program, run: _Run, now: int) -> bool:
        """Whether the next action comes a little later: who leaves the list before that stops there."""
        node = program.nodes.get(run.step)
        later = self.ground.timing.step_apart() if node is not None and node.action is not None else 0
        if not later or run.due > now:
            return False
        run.due = run.at = now + later
        self.ground.push(run.at, self._look_of(program, run, run.at))
        return True

    def _pass(self, program: Program, node: Node, now: int) -> int:
        """Ask or act; gives the number of the step that follows."""
        ground = self.ground
        if node.criteria is not None:
            return node.yes if node.criteria.holds(ground.prospect, now) else node.no
        assert node.action is not None
        delay = ground.timing.step_acts()
        if delay:
            action = node.action
            ground.push(now + delay, lambda at: ground.do(action, program.by, at))
        else:
            ground.do(node.action, program.by, now)
        return node.yes

    def _land(self, program: Program, run: _Run, step: int, now: int) -> None:
        """On a step, from which on its wait is counted; or at the end."""
        node = program.nodes.get(step)
        if node is not None:
            run.step, run.due = step, now + node.wait
            return
        run.step = 0
        run.count += 1
        if self.from_end:
            run.ready = self._again(program, run, now)

    def _again(self, program: Program, run: _Run, now: int) -> int | None:
        """From when a prospect may go in again."""
        if program.repeat is None or (program.limit is not None and run.count >= program.limit):
            return None
        return now + program.repeat * DAY
