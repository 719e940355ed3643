"""Plays engagement programs, one prospect one step at a time.

Whoever is on a recipient list and on no suppression list goes in at the first step.  From one step to the next somebody
may leave, also where no wait lies between a question and what is done on it.  Who leaves the list stops where
they are; back on it they go on there, at the time that was set for the step.  From the last step on they are out, and
a repeating program takes them again when its days are over.  In a program that is paused waits stand still; edited
meanwhile, it keeps who is inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from scorewright_pardot.emulator.days import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright_pardot.emulator.actions import Action
    from scorewright_pardot.emulator.programs import Node, Program
    from scorewright_pardot.emulator.prospect import Prospect
    from scorewright_pardot.emulator.timing import Timing

__all__ = ["Edited", "Ground", "Runs"]


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


class Edited(NamedTuple):
    """How an edited program was called, and for each step that it has kept the number that it had and the one it has."""

    was: str
    kept: Mapping[int, int]


class _Run:
    """Where one prospect is in one program: the step (0: not inside), and when its wait is over."""

    __slots__ = ("at", "count", "due", "on", "program", "ready", "since", "step")

    def __init__(self, program: Program) -> None:
        self.program = program
        self.on = False
        """Whether somebody has started it, and has not paused it."""
        self.since: int | None = None
        """Since when it has stood still, where it ran before."""
        self.step = 0
        self.due = 0
        self.ready: int | None = 0
        """From when they may go in; ``None``: never again."""
        self.count = 0
        self.at: int | None = None
        """When the program looks at them next."""


class Runs:
    """All programs of a bundle with one prospect; somebody can keep all of them ``off``, or each one.

    ``from_end``: days to the next time are counted from the end of the last, and not from its start.
    """

    def __init__(self, ground: Ground, programs: tuple[Program, ...], *, from_end: bool) -> None:
        self.ground = ground
        self.from_end = from_end
        self.runs = tuple(map(_Run, programs))
        self.off = False

    # --- started, paused, edited ------------------------------------------------------------------------------------

    def start(self, now: int, by: str = "") -> None:
        """Somebody starts a program; all of them without a name.  Waits go on where they were."""
        self._switch(now, {run: True for run in self.runs if by in {"", run.program.by}})

    def rest(self, now: int, by: str) -> None:
        """Somebody pauses a program: who is inside stays where they are, and waits stand still."""
        self._switch(now, {run: False for run in self.runs if run.program.by == by})

    def pause(self, now: int, *, off: bool) -> None:
        """Pause all programs that run, or let them run again."""
        self._switch(now, {}, off=off)

    def _switch(self, now: int, told: Mapping[_Run, bool], *, off: bool | None = None) -> None:
        """Who waits goes on waiting when the program does."""
        ran = {run for run in self.runs if self._goes(run)}
        self.off = self.off if off is None else off
        for run, on in told.items():
            run.on = on
        for run in self.runs:
            if run in ran and not self._goes(run):
                run.since, run.at = now, None
            elif run not in ran and self._goes(run) and run.since is not None:
                run.due += max(0, now - run.since) if run.due > run.since else 0
                run.since = None

    def _goes(self, run: _Run) -> bool:
        return run.on and not self.off

    def become(self, programs: tuple[Program, ...], edited: Mapping[str, Edited], now: int) -> None:
        """The programs are others now; those that were there keep who is inside, and who has been.

        ``edited`` says of an edited one, as it is called now, how it was called and which steps it has kept.
        """
        there = {run.program.by: run for run in self.runs}
        found = []
        for program in programs:
            edit = edited.get(program.by)
            run = there.get(edit.was if edit is not None else program.by)
            if run is None:
                run = _Run(program)
            elif edit is not None:
                self._edit(run, program, edit.kept, now)
            run.program = program
            found.append(run)
        self.runs = tuple(found)

    def _edit(self, run: _Run, program: Program, kept: Mapping[int, int], now: int) -> None:
        """Who stands at a step that is kept stays there; whoever stood at another moves on to the next that is."""
        if not run.step:
            return
        step = run.step
        while step in run.program.nodes and step not in kept:
            step = run.program.nodes[step].no
        if step == run.step:
            run.step = kept[step]
        else:
            self._land(program, run, kept.get(step, 0), now if run.since is None else run.since)

    # --- going on ---------------------------------------------------------------------------------------------------

    def follow(self, now: int) -> None:
        """See to it that each program looks at whoever may go in or go on."""
        for run in self.runs:
            when = self._when(run) if self._goes(run) and run.at is None else None
            if when is not None:
                run.at = max(now, when) + self.ground.timing.programs()
                self.ground.push(run.at, self._look_of(run, run.at))

    def _when(self, run: _Run) -> int | None:
        """From when there is something to do; ``None``: nothing, as things are."""
        on = self.ground.prospect.lists
        if run.program.recipients not in on or any(name in on for name in run.program.suppressed):
            return None
        return run.due if run.step else run.ready

    def _look_of(self, run: _Run, at: int) -> Callable[[int], None]:
        def look(now: int) -> None:
            if run.at != at or not self._goes(run) or run not in self.runs:
                return
            run.at = None
            when = self._when(run)
            if when is not None and when <= now:
                self._go_on(run.program, run, now)

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
        self.ground.push(run.at, self._look_of(run, run.at))
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
