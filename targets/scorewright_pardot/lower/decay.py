"""Decay as rules on the days since the last activity: bands of the score, each in a catch window of its own.

A rule that takes points must not meet the result of another on the same day.  So the bands of one day act in windows
one after another, lowest band first: when somebody lands in a lower band, that band's window is over.  A window is
at least two sweeps wide, and the rule does not repeat within it.  Setting needs no window: it disarms itself.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_dates import tell_dates
from scorewright_pardot.lower.decay_keep import KeepDecay
from scorewright_pardot.lower.decay_mirror import MirrorDecay
from scorewright_pardot.lower.decay_program import ProgramDecay
from scorewright_pardot.lower.decay_rules import Span, band_name
from scorewright_pardot.lower.decay_states import DecayStates
from scorewright_pardot.lower.expression import both, either, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within
from scorewright_pardot.lower.silence import check_silence
from scorewright_pardot.lower.spent import NOBODY_YET, PHASE_DECAY, joined, none_of
from scorewright_pardot.lower.taken import only_sets
from scorewright_pardot.lower.ticks import bands, gaps, ticks, together
from scorewright_pardot.objects import Act, AutomationRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.scores import Home
    from scorewright_pardot.lower.ticks import Band, Tick

__all__ = ["lower_decay"]

_LAST = 30
_ANNUAL = 365
_MOST_ERROR = 50
"""The option takes no greater one."""
_MOST_TRIED = 2_000
"""Of a larger range no error is looked for that would do: that takes too long."""


def lower_decay(cx: Context) -> None:
    """Every decay."""
    for decay in cx.model.decay.values():
        cx.begin()
        try:
            message = _lower(cx, decay)
        except CannotLowerError as error:
            cx.refuse(decay, error)
            continue
        cx.finish(decay, _EXACT[cx.options.strategy(decay)], message, always=message.partition("; ")[2])


def _lower(cx: Context, decay: Decay) -> str:
    home = cx.homes.require(cx, decay.score, (*decay.path, "score"))
    strategy = cx.options.strategy(decay)
    if strategy != "keep":
        tell_dates(cx, decay)
    if home.kind == "field" and strategy == "mirror":
        check_silence(cx, decay)
        return MirrorDecay(cx, decay, home).lower()
    if home.kind not in {"overall", "category"}:
        raise CannotLowerError(
            "no-home-for-score",
            "the score is not kept apart from the total, so nothing can tell how much of it is left",
            "let the overall score decay, or give this score events that a scoring category counts",
            (*decay.path, "score"),
        )
    if strategy == "mirror":
        raise CannotLowerError(
            "mirror-is-not-sound",
            "a field can keep an engagement score beside the overall one, and no other",
            f'write decays = {{ {decay.id} = "bands" }} in [targets.pardot]',
            decay.path,
        )
    if strategy == "keep":
        return KeepDecay(cx, decay, home).lower()
    check_silence(cx, decay)
    cx.rest_on(
        "order-is-not-promised",
        "match-once-unless-repeat",
        "repeat-frozen-at-resume",
        "repeat-counts-elapsed-days",
    )
    if home.kind == "overall":
        cx.homes.alone(cx, decay.path)
        cx.rest_on("sets-jump-back")
    return (ProgramDecay if strategy == "program" else _Plan)(cx, decay, home).lower()


# --- the plan -------------------------------------------------------------------------------------------------------


class _Plan(DecayStates):
    """When each band of a decay acts."""

    def __init__(self, cx: Context, decay: Decay, home: Home) -> None:
        super().__init__(cx, decay, home)
        self.worst = (0, "")
        self.kept = 0
        self.windows = 1

    def lower(self) -> str:
        self._check_range()
        self._told()
        self._low()
        if self._repeats_alone() and not self.percent:
            self._endless()
            for when in ("existing", "past-unknown"):
                self.cx.edge(*self._spread((0, self._taken()[1]), (None, 0), when))
            if self.cx.flag("repeat-counts-elapsed-days"):
                self._drifts()
            return "a rule for each band, repeating with the interval; whoever is silent for longer when the rules are resumed gets one step then, not those that were due before"
        self._windows()
        said = "rules in catch windows, each acting once in a silence and armed again by the next activity"
        late = self._late() if self.windows <= 2 else ""
        return "; ".join(text for text in (said, late, self.after, self._missed()) if text)

    def _low(self) -> None:
        """The actions for people whose score the first step leaves as it is: at the stop or below, or at nothing."""
        first = ticks(self.decay, 1)[0]
        marks = [action.mark for action in self.decay.then if isinstance(action, act.PutMark)]
        if not self.actions or self._acts_on_all(first):
            return
        if len(marks) < len(self.decay.then):
            text = "whose score a step leaves as it is (at the stop or below) get none of the decay's actions"
            if any(len(tick.steps) > 1 for tick in ticks(self.decay, self.periods)):
                text += ", and several steps of one day do them once"
            fewer = self.cx.acted(self.decay, -1, 0, "acts-in-vain")
            if (
                self.percent and self.cx.options.percent_error
            ):  # what is left as it is here need not be meant so
                fewer = self._in_a_silence((0, 0), (None if self.every else -len(self.decay.steps), 0))
            self.cx.bounded("decay-passes-over-the-low", text, bounds=fewer)
            return
        unmarked = either(
            *(untagged(self.cx, self.cx.homes.tag_of(self.cx.model.marks[key])) for key in marks)
        )
        for tick in ticks(self.decay, 1):
            found = gaps(tick, self._bands(tick, None))
            same = tuple(self.cx.homes.between(self.cx, self.decay.score, *gap) for gap in found)
            if same:
                whom = both(either(*same), unmarked)
                self._add("score stays as it is", (Span(tick.day, None),), whom, self.actions, self.cx.repeat)

    def _acts_on_all(self, first: Tick) -> bool:
        """Whether the rule that sets marks people at the value too, so that nobody is passed over."""
        found = self._bands(first, None)
        return (
            self.home.kind == "overall"
            and found != ()
            and {band.to for band in found} == {found[0].to}
            and found[0].to is not None
            and self._acting(found[0]) is not None
        )

    # --- endless: unwindowed bands, each step in its turn -----------------------------------------------------------

    def _endless(self) -> None:
        tick = ticks(self.decay, 1)[0]
        every = next(iter(self.every))
        found = self._bands(tick, None)
        self._hold_to_room(tick, found, tick.day + every)
        if len(found) > 1 or self.earned:
            self._by_turns(tick, every, found)
        else:
            for band in found:
                repeat = self.cx.repeat if band.to is not None else every
                self._rule((band,), (Span(tick.day, None),), repeat)
        self.cx.rest_on("clock-sweep-days", "repeat-counts-elapsed-days", "repeat-least-days")

    def _by_turns(self, tick: Tick, every: int, found: tuple[Band, ...]) -> None:
        """A tag falls due with the interval, and the first band that fits takes it off: no other meets what it leaves."""
        cx, decay = self.cx, self.decay
        due = cx.tag(
            cx.names.tag("decay", decay.key, "due"), decay, "Says that a step is due; the step takes it off."
        )
        put, drop = Act(ACTIONS["tag-add"].text, due), Act(ACTIONS["tag-remove"].text, due)
        self.due, self.turn = due, (drop,)
        spans = (Span(tick.day, None),)
        ranges = [(band.low, band.high) for band in found]
        anybody = either(*(cx.homes.between(cx, decay.score, *item) for item in joined(ranges)))
        if self.earned:  # it is spent on whoever has nothing to lose
            anybody = both()
            for whom in none_of(cx, decay.score, ranges):
                self._add("nothing to take", spans, both(whom, tagged(due)), (drop,), cx.repeat)
        self._add("due", spans, anybody, (put,), every)
        for band in found:
            if _meets_another(band, found) and not cx.flag("rule-acts-in-one-piece"):
                self._marked_first(band, spans)
            else:
                self._rule((band,), spans, cx.repeat)
        self._no_longer("no longer due", tick.day, due)

    def _marked_first(self, band: Band, spans: tuple[Span, ...]) -> None:
        """A band whose result is another's: a tag says what is taken, and it is taken when the step is no longer due.

        So whoever looks between the actions of a rule finds the score as it was, or no step that is due.
        """
        cx, decay = self.cx, self.decay
        what = f"minus {band.take}"
        why = "Says what the step takes; it is taken when the step is no longer due."
        tag = cx.tag(cx.names.tag("decay", decay.key, f"take-{band.take}"), decay, why)
        put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
        whom = both(cx.homes.between(cx, decay.score, band.low, band.high), tagged(self.due))
        self._add(f"{band_name(band)} marked for {what}", spans, whom, (put, *self.turn), cx.repeat)
        guard, self.guard = self.guard, both()  # whom it is for was asked when the step was due
        still = both(tagged(tag), untagged(cx, self.due))
        self._add(f"{what} if marked", spans, still, (*self._take(band.take), *self.actions, drop), cx.repeat)
        self.guard = guard
        self._no_longer(f"no longer marked for {what}", spans[0].first, tag)

    def _no_longer(self, what: str, day: int, tag: str) -> None:
        """Activity takes off what a step has left to be done."""
        cx, decay = self.cx, self.decay
        drop = Act(ACTIONS["tag-remove"].text, tag)
        tree = fit(cx, both(tagged(tag), active_within(cx, day)), decay)
        name = cx.names.rule(f"decay {decay.key}", what)
        made = cx.made(decay, "decay-arm-again")
        cx.add(AutomationRule(name, tree, (drop,), cx.repeat, PHASE_DECAY, NOBODY_YET, made), name)

    def _drifts(self) -> None:
        """A rule repeats so long after it has acted, not after the silence began: as often as a year is planned for is waited for."""
        text = (
            f"each repetition may come {self.cx.number('clock-sweep-days')} days later than the one before: a silence of more than "
            f"{self._of_a_year} of them keeps for a while what the last ones take"
        )
        values = self._spread((0, self._taken()[1]), (None, 0), "drawn-out")
        self.cx.bounded("decay-drifts", text, "clock-sweep-days", "repeat-counts-elapsed-days", bounds=values)

    # --- windows ----------------------------------------------------------------------------------------------------

    def _windows(self) -> None:
        cx = self.cx
        due = self._due()
        self._stops()
        if self.percent:
            self._percent_bounds()
        rules: dict[tuple[Band, ...], list[Span]] = {}
        for tick, room in due:
            end = self._next(tick.day)
            if self.course is not None and not only_sets(tick):
                self._of_states(tick, end)
                continue
            if self.earned:
                self.fits[tick.day] = self._bands(tick, room)
            for some, span in self._place(tick, self._bands(tick, room), end):
                rules.setdefault(some, []).append(span)
        for some, wide in rules.items():
            spans = wide if some[0].to is not None else self._narrow(wide)
            widest = max(((span.end or span.first + _ANNUAL) - span.first) for span in spans)
            gap = min((later.first - span.first for span, later in pairwise(spans)), default=widest)
            repeat = cx.repeat if some[0].to is not None else min(widest, max(gap, 1))
            self._rule(some, tuple(spans), repeat)
        self._tell_windows(due)

    def _of_states(self, tick: Tick, end: int | None) -> None:
        """The bands of each state in windows of their own: its tag keeps it apart from the others."""
        if self.earned:
            raise CannotLowerError(
                "no-criterion-for-it",
                "points can come without ending a silence, and then no tag tells what a step that was due has taken",
                f"{self._by('program')}, which everybody goes through once; or let what gives them count as activity",
                (*self.decay.path, "limit"),
            )
        guard = self.guard
        for stage in self._stages(tick):
            self.guard, self.puts = both(guard, self._is_in(stage)), self._left(stage)
            self.whose = f", {stage.state.taken} taken by day {stage.state.day}" if stage.state.taken else ""
            for some, wide in self._place(tick, stage.found, end) if stage.found else ():
                (span,) = (wide,) if some[0].to is not None else self._narrow([wide])
                width = (span.end or span.first + _ANNUAL) - span.first
                self._rule(some, (span,), self.cx.repeat if some[0].to is not None else width)
        self.guard, self.puts, self.whose = guard, {}, ""

    def _tell_windows(self, due: Sequence[tuple[Tick, int | None]]) -> None:
        cx = self.cx
        if self.windows > 2:
            missed = -max(len(tick.steps) for tick, _ in due)
            values = self._in_a_silence((0, self.kept), (missed, 0), "crowded", twice="cut-twice")
            cx.bounded("decay-late", self._late(), "clock-sweep-days", bounds=values)

    def _narrow(self, spans: list[Span]) -> list[Span]:
        """A rule repeats when its window is over, by the next one and by the next silence: no window may be wider."""
        room = min([spans[0].first, *(later.first - span.first for span, later in pairwise(spans))])
        most = max(2 * self.cx.number("clock-sweep-days"), room)
        return [
            span if span.end is None else span._replace(end=min(span.end, span.first + most))
            for span in spans
        ]

    def _place(
        self, tick: Tick, found: tuple[Band, ...], end: int | None
    ) -> list[tuple[tuple[Band, ...], Span]]:
        """The bands of one day in windows one after another, lowest first, before the next step is due.

        Bands that lead out of all of them together share a window, for no rule of it meets the result of another.

        Where all bands only set, and to values that no other rule of the day takes on, they need no windows; those that
        set to one value share a rule.  A category comes down step by step, through the bands of other values.
        """
        least = 2 * self.cx.number("clock-sweep-days")
        targets: dict[int | None, list[Band]] = {}
        for band in found:
            targets.setdefault(band.to, []).append(band)
        if None not in targets and (
            len(targets) == 1 or (self.home.kind == "overall" and not _cascade(found))
        ):
            self._hold_to_room(tick, found, end)
            return [(tuple(some), Span(tick.day, end)) for some in targets.values()]
        groups = together(found)
        needs = [
            max(max(least, self._settling(band) + 1) if band.to is not None else least for band in group)
            for group in groups
        ]
        room = (end - tick.day) if end is not None else max(sum(needs), _LAST)
        if sum(needs) > room:
            raise CannotLowerError(
                "silence-too-short",
                f"{len(found)} bands need windows of {sum(needs)} days together, and the next step comes after {room}",
                self._to_fit(room // least, tick),
                tick.steps[0].path,
                ("clock-sweep-days",),
            )
        placed: list[tuple[tuple[Band, ...], Span]] = []
        first = tick.day
        for place, (group, need) in enumerate(zip(groups, needs, strict=True)):
            alone = place == len(groups) - 1 and len(group) == 1
            close = tick.day + room if alone else first + need
            placed += (((band,), Span(first, close)) for band in group)
            first = close
        self._tell_late(tick, groups, placed)
        return placed

    def _to_fit(self, fit: int, tick: Tick) -> str:
        """What makes the windows few enough: a program, or for percent the smallest error that does, as it is written."""
        ways = [f"{self._by('program')}, which needs no windows"]
        error = self.cx.options.percent_error
        if self.percent and self.top <= _MOST_TRIED:
            found = (e for e in range(error + 1, _MOST_ERROR + 1) if self._fits(tick, e, fit))
            wanted = next(found, None)
            ways += (
                [f"percent_error = {wanted} there takes up to {wanted} points more or less in a step"]
                if wanted
                else []
            )
        if not self.sure:
            ways.append(f"range = {{ {self.decay.score} = … }} there where scores stay lower")
        return "; or ".join((*ways, "let steps lie further apart"))

    def _fits(self, tick: Tick, error: int, fit: int) -> bool:
        """Whether a step's bands come into so many windows with such an error."""
        return len(together(bands(self.decay, tick.steps, self.top, error))) <= fit

    def _hold_to_room(self, tick: Tick, found: tuple[Band, ...], end: int | None) -> None:
        """A category has to have settled when the next step comes."""
        takes = max((self._settling(band) for band in found if band.to is not None), default=0)
        if end is not None and takes > end - tick.day:
            raise CannotLowerError(
                "silence-too-short",
                f"a category takes up to {takes} days to settle, and the next step comes after {end - tick.day}",
                f"{self._by('program')}, or fewer settle_days (more rules, and sooner), or let steps lie further apart",
                tick.steps[0].path,
                ("clock-sweep-days",),
            )

    def _tell_late(
        self,
        tick: Tick,
        groups: Sequence[tuple[Band, ...]],
        placed: list[tuple[tuple[Band, ...], Span]],
    ) -> None:
        """How late the bands of a step act, for the step that is latest."""
        days = placed[-1][1].first - tick.day
        if not days:
            return
        sweep = self.cx.number("clock-sweep-days")
        most = max(
            (band.high or self.top) - band.to if band.to is not None else band.take
            for group in groups[1:]
            for band in group
        )
        text = f"the step of day {tick.day} comes up to {days + sweep} days late (the band {band_name(groups[-1][-1])} last)"
        self.worst = max(self.worst, (days, text))
        self.kept = max(self.kept, most)
        self.windows = max(self.windows, len(groups))

    def _late(self) -> str:
        return (
            f"{self.worst[1]}, and who comes back before that keeps up to {self.kept} points"
            if self.worst[1]
            else ""
        )


_EXACT = {
    "bands": "automation-rules",
    "keep": "nothing-to-build",
    "mirror": "automation-rules",
    "program": "engagement-program",
}
"""The note of a decay without a bound, by its strategy."""


def _cascade(found: Iterable[Band]) -> bool:
    """Whether some band sets to a value that another one would set again: the tag that tells may come later."""
    found = tuple(found)
    return any(
        other.to != band.to and _holds(other, band.to)
        for band in found
        if band.to is not None
        for other in found
    )


def _meets_another(band: Band, found: Iterable[Band]) -> bool:
    """Whether somebody who comes out of a band comes into another one."""
    if band.to is not None:
        return any(other != band and _holds(other, band.to) for other in found)
    low = None if band.low is None else band.low - band.take
    high = None if band.high is None else band.high - band.take
    return any(
        other != band
        and (high is None or other.low is None or other.low <= high)
        and (low is None or other.high is None or other.high >= low)
        for other in found
    )


def _holds(band: Band, score: int) -> bool:
    return (band.low is None or band.low <= score) and (band.high is None or score <= band.high)
