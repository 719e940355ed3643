"""A decay's step as an engagement program that everybody silent goes through once: a question for each band of the score.

Rules for the bands of one day have to keep out of each other's way, each in a window of its own.  In a program one question
comes after another, and from the first yes on it only acts and ends: nothing meets what another has left, on one day
and without a rule.  Who has gone in is not taken again before the window is over, so a step that has been is spent,
whoever it was not for; and what is done in ``then`` is done on the same way.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.notes import Result
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_rules import Span
from scorewright_pardot.lower.decay_states import DecayStates
from scorewright_pardot.lower.decay_values import lifts
from scorewright_pardot.lower.expression import EVERYBODY, NOBODY, both, either
from scorewright_pardot.lower.fitting import member, part
from scorewright_pardot.lower.openings import asks_what_it_does
from scorewright_pardot.lower.programs import Runs, add_program, chain, only_actions
from scorewright_pardot.lower.scores import set_score_act
from scorewright_pardot.lower.ticks import bands, ticks
from scorewright_pardot.objects import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Step
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.programs import Question, Steps
    from scorewright_pardot.lower.taken import Stage
    from scorewright_pardot.lower.ticks import Band, Tick
    from scorewright_pardot.objects import Act

__all__ = ["OnceDecay", "Part", "parts"]

_MANY = 60
"""Steps of one program that somebody draws in an hour or more."""
_ROUNDS = 12
"""So many repetitions are waited for, each noticed later than the one before."""

_STATES = frozenset(
    ACTIONS[word].text
    for word in ("tag-add", "tag-remove", "list-add", "list-remove", "custom-field", "default-field")
)
"""Actions that, done twice, leave what they left the first time."""


class Part(NamedTuple):
    """Scores from ``low`` to ``high`` (``None``: open) to which the same is done: a band or none, and ``then`` so often."""

    low: int | None
    high: int | None
    band: Band | None
    times: int


class _Way(NamedTuple):
    """What is done to scores from ``low`` to ``high``."""

    low: int | None
    high: int | None
    acts: tuple[Act, ...]


def parts(steps: Iterable[Step], found: Sequence[Band], *, acting: bool) -> tuple[Part, ...]:
    """What a day's steps do, highest scores first; without ``acting`` only where there is something to take."""
    steps = tuple(steps)
    cuts = {edge for band in found for edge in _edges(band.low, band.high)}
    if acting:
        cuts |= {edge for step in steps for edge in _edges(step.level.least, step.level.most)}
    ends: list[int | None] = [None, *sorted(cuts), None]
    made = []
    for low, after in pairwise(ends):
        inside = low if low is not None else after - 1 if after is not None else 0
        times = sum(step.level.holds(inside) for step in steps) if acting else 0
        band = next((item for item in found if _within(item, inside)), None)
        if band is not None or times:
            made.append(Part(low, None if after is None else after - 1, band, times))
    return tuple(reversed(made))


def _edges(low: int | None, high: int | None) -> Iterator[int]:
    """The scores at which something begins."""
    if low is not None:
        yield low
    if high is not None:
        yield high + 1


def _within(band: Band, score: int) -> bool:
    return (band.low is None or band.low <= score) and (band.high is None or score <= band.high)


class OnceDecay(DecayStates):
    """The part of a decay whose steps are taken by going once through a program."""

    def _questions(
        self, found: Iterable[Part], put: Mapping[Band, Act] | None = None
    ) -> tuple[Question, ...]:
        """What is asked and done, highest scores first; ``put`` is done in place of taking from a band."""
        merged: list[_Way] = []
        for way in self._ways(found, put or {}):
            if merged and merged[-1].acts == way.acts and merged[-1].low == (way.high or 0) + 1:
                merged[-1] = merged[-1]._replace(low=way.low)
            else:
                merged.append(way)
        return tuple((self._asked(way.low, way.high), way.acts) for way in merged)

    def _ways(self, found: Iterable[Part], put: Mapping[Band, Act]) -> Iterator[_Way]:
        for item in found:
            low, high, band, times = item
            then = self._done(times)
            if band is None:
                yield _Way(low, high, then)
            elif band in put:
                yield _Way(low, high, (*then, put[band]))  # who has it may be off the list
            elif band.to is None or self.home.kind == "overall":
                yield _Way(low, high, self._in_turn(self._moves(band), then))
            elif lifts(band):
                yield from self._rises(item, band, then)
            else:
                yield from self._falls(item, band.to, then)

    def _questions_of(self, stage: Stage, steps: Iterable[Step]) -> Iterator[Question]:
        """What is asked of one state; what a band leaves besides is the tag of the state after it."""
        cx, here = self.cx, self._is_in(stage)
        self.puts = self._left(stage)
        asked = self._questions(parts(steps, stage.found, acting=bool(self.actions)))
        self.puts = {}
        for criteria, acts in asked:
            one = () if here == EVERYBODY else (member(cx, part(cx, here, self.decay)),)
            if isinstance(here, Criterion):
                one = (here,)
            if len(criteria) + len(one) > cx.number("program-rule-conditions"):
                one = (member(cx, part(cx, both(here, *criteria), self.decay)),)
                criteria = ()  # noqa: PLW2901 - a list holds both
            yield (*criteria, *one), acts

    def _done(self, times: int) -> tuple[Act, ...]:
        """The actions of ``then``, so often as steps act; what only sets something is done once."""
        again = tuple(item for item in self.actions if item.label not in _STATES)
        return (*self.actions, *again * (times - 1)) if times else ()

    def _moves(self, band: Band) -> tuple[Act, ...]:
        moved = self._take(band.take) if band.to is None else (set_score_act(band.to),)
        return self._in_turn(moved, self.puts.get(band, ()))

    def _in_turn(self, moves: tuple[Act, ...], then: tuple[Act, ...]) -> tuple[Act, ...]:
        """What moves the score, and what is done besides: the score last where that may take somebody off the list midway."""
        last = self.own and not asks_what_it_does(self.cx.model, self.decay)
        return (*then, *moves) if last else (*moves, *then)

    def _falls(self, here: Part, to: int, then: tuple[Act, ...]) -> Iterator[_Way]:
        """A category comes down to a value in one go from each number of units above it."""
        unit, low = self._unit(self.decay.score), here.low
        assert low is not None
        self._keeps(to)
        most = max(self.top, low) if here.high is None else here.high
        first, last = (low - to) // unit, (most - to) // unit
        self._check_steps(2 * (last - first))
        for count in range(last, first - 1, -1):
            begin, end = max(to + count * unit, low), min(to + (count + 1) * unit - 1, most)
            acts = self._in_turn(self._take(count * unit) if count else (), then)
            if acts:
                yield _Way(begin, None if here.high is None and count == last else end, acts)

    def _rises(self, here: Part, band: Band, then: tuple[Act, ...]) -> Iterator[_Way]:
        """A category comes up to a value in one go from each number of units below it."""
        lifted = self._lifted()
        assert band.to is not None
        assert here.high is not None
        if (
            here.low is None and not lifted
        ):  # nothing says how low it may be, or only who was there before is below
            yield from self._not_risen(lifted, then, here)
            return
        if here.low is None:  # only who was there before stands lower still
            self.cx.edge(*self.cx.off({self.decay.score: (None, 0)}, "existing", feeds=False))
        self._keeps(band.to)
        least = here.low if here.low is not None else band.to - (lifted or 0)
        unit = self._unit(self.decay.score)
        first, last = (band.to - here.high) // unit, (band.to - least) // unit
        self._check_steps(2 * (last - first))
        for count in range(first, last + 1):
            begin, end = max(band.to - (count + 1) * unit + 1, least), min(band.to - count * unit, here.high)
            acts = self._in_turn(self._give(count * unit, band) if count else (), then)
            if acts and begin <= end:
                yield _Way(None if here.low is None and count == last else begin, end, acts)

    def _not_risen(self, lifted: int | None, then: tuple[Act, ...], here: Part) -> Iterator[_Way]:
        if lifted is None:
            raise self._cannot(
                "nothing says how low the category can be, and a program asks for each number of points below"
            )
        self.cx.edge(*self.cx.off({self.decay.score: (None, 0)}, "existing", feeds=False))
        if then:
            yield _Way(here.low, here.high, then)

    def _check_steps(self, steps: int) -> None:
        """A program has an end, too."""
        most = self.cx.number("program-steps-most")
        if steps + 1 >= most:
            raise self._too_long(f"{steps + 1} steps, and fewer than {most} can be started")

    def _too_many(self, tick: Tick) -> CannotLowerError:
        most = self.cx.number("program-steps-most")
        return self._too_long(
            f"on day {tick.day} a question for each band, and fewer than {most} steps can be started"
        )

    def _too_long(self, message: str) -> CannotLowerError:
        instead = self._fewer(self.cx.number("program-steps-most"))
        return CannotLowerError("program-cannot", message, instead, self.decay.path, ("program-steps-most",))

    def _fewer(self, most: int) -> str:
        """What makes a program short enough: for percent the smallest error that does."""
        if not self.percent:
            return f"{self._by('bands')}, or a rest there, or a smaller range"
        wanted = next((error for error in range(1, 51) if self._steps_within(error) < most), 50)
        return f"[targets.pardot] percent_error = {wanted} takes up to {wanted} points more or less in a step; or a smaller range"

    def _steps_within(self, error: int) -> int:
        """About how many steps a percent needs that may be so many points off."""
        tick = ticks(self.decay, 1)[0]
        return (2 + len(self.actions)) * len(bands(self.decay, tick.steps, self.top, error)) + 1

    def _offer(self, steps: int) -> None:
        """A long program of a percent is drawn by hand: say what would make it half as long."""
        error = self.cx.options.percent_error
        fewer = next((more for more in range(error + 1, 51) if self._steps_within(more) * 2 <= steps), 0)
        told = any((one.name, one.element) == ("long-program", self.decay.name) for one in self.cx.notes)
        if self.percent and steps >= _MANY and fewer and not told:
            text = (
                f"{steps} steps are drawn by hand; percent_error = {fewer} in [targets.pardot] needs about "
                f"{self._steps_within(fewer)} of them, and takes up to {fewer} points more or less in a step"
            )
            self.cx.note(self.decay, "long-program", Result.BY_HAND, text)

    def _asked(self, low: int | None, high: int | None) -> tuple[Criterion, ...]:
        """A stretch of the score as conditions of one rule step; none where everybody is in it."""
        cx = self.cx
        tree = cx.homes.between(cx, self.decay.score, low, high)
        if tree == EVERYBODY:
            return ()
        if isinstance(tree, Criterion):
            return (tree,)
        leaves = tuple(item for item in tree.members if isinstance(item, Criterion))
        flat = tree.match == "all" and len(leaves) == len(tree.members)
        if flat and len(leaves) <= cx.number("program-rule-conditions"):
            return leaves
        return (member(cx, part(cx, tree, self.decay)),)

    # --- windows ----------------------------------------------------------------------------------------------------

    def _spans(self, days: Sequence[int], after: Sequence[int | None]) -> tuple[tuple[Span, ...], int]:
        """A window for each day on which a program takes people, and its repeat: over when the next of them opens.

        ``after`` is for each the day of what comes next.  A window is open until everybody has come onto the list, and
        they are off it before they could go in again; by the next silence everybody can.
        """
        cx = self.cx
        lag = cx.number("clock-sweep-days") + 1
        room = min([days[0], *(later - day for day, later in pairwise(days))])
        repeat = max(2 * lag, room - 1, cx.number("program-repeat-least-days"))
        if repeat > room:
            raise self._cannot(
                f"people can go through a program again {repeat} days later at the soonest, and a step can come again after {room}",
                ("clock-sweep-days", "program-repeat-least-days"),
            )
        if any(end is not None and end - day < lag for day, end in zip(days, after, strict=True)):
            raise CannotLowerError(
                "silence-too-short",
                f"a program's list follows within {lag} days, and the next step comes sooner",
                "let steps lie further apart",
                self.decay.path,
                ("clock-sweep-days",),
            )
        width = repeat - lag
        ends = (
            day + width if end is None else min(end, day + width)
            for day, end in zip(days, after, strict=True)
        )
        return tuple(Span(day, end) for day, end in zip(days, ends, strict=True)), repeat

    def _once(
        self,
        what: str,
        spans: tuple[Span, ...],
        repeat: int,
        asked: tuple[Question, ...],
        more: Iterable[Expression] = (),
    ) -> None:
        """One program for all its windows; each of them is an alternative of its list."""
        cx = self.cx
        if not asked:
            return
        steps = self._drawn(asked)
        whom = either(*(both(self._silent(span), self.guard, *more) for span in spans))
        if whom == NOBODY:
            return
        later = f" and {len(spans) - 1} more" if len(spans) > 1 else ""
        title = f"{spans[0].first} days{later}{what}"
        add_program(cx, self.decay, Runs(title, spans[0].first, repeat, 1), whom, steps)

    def _again(self, day: int, every: int, asked: tuple[Question, ...]) -> None:
        """One program for a step that comes again and again: everybody silent goes through it with the interval."""
        cx = self.cx
        least = cx.number("program-repeat-least-days")
        if least > every:
            raise self._cannot(
                f"nobody can go through a program again within {least} days, and the step comes again after {every}",
                ("program-repeat-least-days",),
            )
        whom = both(self._silent(Span(day, None)), self.guard)
        steps = self._drawn(asked)
        add_program(cx, self.decay, Runs(f"every {every} days", day, every, _ROUNDS), whom, steps)

    def _drawn(self, asked: tuple[Question, ...]) -> Steps:
        """The steps: questions, each with its way to the end; actions alone where nothing has to be asked."""
        steps = only_actions(asked[0][1]) if not asked[0][0] else chain([asked], 0)
        self._check_steps(len(steps))
        self._offer(len(steps))
        return steps

    def _cannot(self, message: str, facts: tuple[str, ...] = ()) -> CannotLowerError:
        return CannotLowerError("program-cannot", message, self._by("bands"), self.decay.path, facts)
