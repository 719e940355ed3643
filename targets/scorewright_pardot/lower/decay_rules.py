"""How a band of a decay becomes rules: by subtracting, by setting, and for a category by coins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import planner
from scorewright_pardot.lower.actions import lower_actions
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_bounds import most_taken, starts
from scorewright_pardot.lower.expression import Node, both, either, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within, silent_for
from scorewright_pardot.lower.scores import score_act, set_score_act
from scorewright_pardot.lower.segments import population
from scorewright_pardot.lower.ticks import Band, largest, ticks
from scorewright_pardot.objects import Act, AutomationRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Decay
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.scores import Home

__all__ = ["NOBODY_YET", "PHASE_DECAY", "DecayRules", "Span", "band_name"]

PHASE_DECAY = 50
NOBODY_YET = "Nobody, before the decay has run."


class Span(NamedTuple):
    """Days of silence from ``first`` up to, but not including, ``end``; ``None`` leaves it open."""

    first: int
    end: int | None


class DecayRules:
    """One decay on its way to rules."""

    def __init__(self, cx: Context, decay: Decay, home: Home) -> None:
        self.cx = cx
        self.decay = decay
        self.home = home
        self.top, self.sure = cx.homes.top(cx, decay.score)
        if not self.sure:
            self.top = max(self.top, largest(decay) + 1)
        self.guard = both(criteria(cx, decay.when, decay), population(cx))
        self.actions = lower_actions(cx, decay.then, decay)
        self.due = ""
        self.after = ""

    def _settling(self, band: Band) -> int:
        """Days in which a category settles onto a value by coins; the overall score is set at once."""
        return 1 if self.home.kind == "overall" else (self._coins(band).passes + 1) * self.cx.repeat

    def _rule(self, found: tuple[Band, ...], spans: tuple[Span, ...], repeat: int) -> None:
        """One rule for bands that share a target, or for one band; a category settles band by band."""
        if found[0].to is None:
            self._subtract(found[0], spans, repeat)
        elif self.home.kind == "category":
            for band in found:
                self._settle(band, spans)
        else:
            self._set(found, spans, repeat)

    def _subtract(self, band: Band, spans: tuple[Span, ...], repeat: int) -> None:
        within = self.cx.homes.between(self.cx, self.decay.score, band.low, band.high)
        what = f"{band_name(band)} minus {band.take}"
        self._add(what, spans, within, (*self._take(band.take), *self.actions), repeat)

    def _take(self, points: int) -> tuple[Act, ...]:
        if self.home.kind == "overall":
            return (score_act(-points),)
        total = -points if self.cx.homes.follows(self.decay.score) else 0
        return self.cx.homes.adjust(
            self.cx, {self.decay.score: -points}, total, bounds=self._spills(self._all_taken())
        )

    def _spills(self, most: int) -> tuple[Bound, ...]:
        """The overall score may fall with a category: by so much in one silence, and as much again in the next."""
        total = self.cx.homes.total
        if total is None:
            return ()
        more = ["silent-twice"] if self.sure else ["silent-twice", "above-range"]
        off = self.cx.off
        return (
            *off({total: (-most, 0)}, feeds=False),
            *(bound for when in more for bound in off({total: (None, 0)}, when, feeds=False)),
        )

    def _all_taken(self) -> int:
        """The most that one silence takes from the scores that are planned for."""
        decay = self.decay
        for_ever = any(step.every is not None for step in decay.steps)
        return most_taken(decay, ticks(decay, 1), starts(self.top, ()), for_ever=for_ever)

    def _set(self, found: tuple[Band, ...], spans: tuple[Span, ...], repeat: int) -> None:
        cx = self.cx
        to = found[0].to
        assert to is not None
        changed = either(*(cx.homes.between(cx, self.decay.score, band.low, band.high) for band in found))
        tree = changed
        marks = [action for action in self.decay.then if isinstance(action, act.PutMark)]
        acting = self._acting(found[0])
        if self.actions and marks and acting is not None:
            tags = [cx.homes.tag_of(cx.model.marks[action.mark]) for action in marks]
            unmarked = either(*(untagged(cx, tag) for tag in tags))
            tree = both(acting, either(changed, unmarked))
        elif self.actions and not marks and not self.due:
            tree = self._done_once(tree, acting, spans)
        label = " and ".join(band_name(band) for band in found)
        tree = both(tree, *self._settled(spans))
        self._add(f"{label} set to {to}", spans, tree, (set_score_act(to), *self.actions), repeat)

    def _settled(self, spans: tuple[Span, ...]) -> Iterable[Expression]:
        """Settle, then set: that the categories whose decay is due have come down, should they move the overall score."""
        cx = self.cx
        if self.home.kind != "overall" or cx.facts["category-adjust-moves-overall"] is False:
            return
        for other in cx.model.decay.values():
            if cx.homes.of[other.score].kind != "category":
                continue
            due = [step for step in other.steps if (step.after.days or 0) <= spans[0].first and step.set_to]
            for step in due:
                assert step.set_to is not None
                self.after = (
                    f"it waits until the categories have settled, up to {cx.options.settle_days} days"
                )
                cx.flag("category-adjust-moves-overall")
                cx.rest_on("category-below-zero")
                yield cx.homes.between(cx, other.score, None, step.set_to.value)

    def _acting(self, band: Band) -> Expression | None:
        """The levels at which the step acts, also where it changes nothing; ``None`` when there are several steps."""
        steps = {step for tick in ticks(self.decay, 1) for step in tick.steps}
        if len(steps) != 1 or self.decay.stop_at is not None:
            return None
        level = next(iter(steps)).level
        least = level.least if level.least is not None else band.low
        return self.cx.homes.between(self.cx, self.decay.score, least, level.most)

    def _done_once(self, tree: Expression, acting: Expression | None, spans: tuple[Span, ...]) -> Expression:
        """Actions without a mark of their own: a tag says that they were done in this silence."""
        cx, decay = self.cx, self.decay
        done = cx.tag(
            cx.names.tag("decay", decay.key, "done"), decay, "Says that the step was done in this silence."
        )
        put, drop = Act(ACTIONS["tag-add"].text, done), Act(ACTIONS["tag-remove"].text, done)
        if put not in self.actions:
            self.actions = (*self.actions, put)
            name = cx.names.rule(f"decay {decay.key}", "arm again")
            back = both(tagged(done), active_within(cx, spans[0].first))
            made = cx.made(decay, "decay-arm-again")
            cx.add(
                AutomationRule(name, fit(cx, back, decay), (drop,), cx.repeat, PHASE_DECAY, NOBODY_YET, made),
                name,
            )
        return both(acting if acting is not None else tree, untagged(cx, done))

    def _coins(self, band: Band) -> planner.Plan:
        assert band.to is not None
        grain = self.cx.homes.grain(self.decay.score)
        top = (self.top if band.high is None else band.high) - band.to
        found = planner.plan(max(top, 1), self.cx.options.settle_days, grain=grain)
        if found is None:
            raise CannotLowerError(
                "category-cannot-be-set",
                f"to bring a category down over {top} points in {self.cx.options.settle_days} days takes more than 60 rules",
                "allow more settle_days or a smaller range in [targets.pardot], or subtract instead of set",
                self.decay.path,
                ("category-only-adjusts",),
            )
        return found

    def _settle(self, band: Band, spans: tuple[Span, ...]) -> None:
        """Bring a category down to a value: disjoint bands, each taking its lower bound, the top band open."""
        cx = self.cx
        assert band.to is not None
        if band.low is None or band.low <= band.to:
            raise CannotLowerError(
                "category-cannot-be-set",
                "a category cannot be lifted to a value",
                f"add at_least = {band.to} to the step, so that it only lowers",
                self.decay.path,
                ("category-only-adjusts",),
            )
        plan = self._coins(band)
        high = band.high
        if cx.homes.total is not None and cx.facts["category-adjust-moves-overall"] == "unknown":
            most = (self.top if band.high is None else band.high) - band.to
            cx.bounded(
                "category-may-move-total",
                f"the overall score falls by up to {most} more in one silence, if the platform couples the two",
                "category-adjust-moves-overall",
                bounds=self._spills(most),
            )
        begun = self._begun(band, spans)
        for coin in plan.coins:
            part = Band(band.to + coin, high, coin, None)
            within = both(cx.homes.between(cx, self.decay.score, part.low, part.high), begun)
            self._add(f"{band_name(part)} minus {coin}", spans, within, self._take(coin), cx.repeat)
            high = band.to + coin - 1
        cx.rest_on("repeat-least-days", "clock-sweep-days", "category-below-zero")
        grain = cx.homes.grain(self.decay.score)
        if grain > 1:  # whoever brings other points along keeps what no coin fits
            cx.edge(*cx.off({self.decay.score: (0, grain - 1)}, "existing", feeds=False))
        if band.high is None:
            self._settles_slowly(plan, band.to)
        else:
            cx.edge(*self._kept(plan, band.high - band.to))

    def _begun(self, band: Band, spans: tuple[Span, ...]) -> Expression:
        """A tag for whom the step is for, where others stand on the way down, or actions are to be done once."""
        cx, decay = self.cx, self.decay
        assert band.low is not None
        assert band.to is not None
        if band.low == band.to + 1 and not self.actions:
            return both()
        why = "Says that the category is coming down to its value; it comes off there, or when they are active again."
        tag = cx.tag(cx.names.tag("decay", decay.key, f"to-{band.to}"), decay, why)
        whom = both(cx.homes.between(cx, decay.score, band.low, band.high), untagged(cx, tag))
        put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
        self._add(f"{band_name(band)} to {band.to}", spans, whom, (*self.actions, put), cx.repeat)
        there = cx.homes.between(cx, decay.score, None, band.to)
        tree = fit(cx, both(tagged(tag), either(there, active_within(cx, spans[0].first))), decay)
        name = cx.names.rule(f"decay {decay.key}", f"at {band.to}")
        made = cx.made(decay, "decay-arm-again")
        cx.add(AutomationRule(name, tree, (drop,), cx.repeat, PHASE_DECAY, NOBODY_YET, made), name)
        return tagged(tag)

    def _settles_slowly(self, plan: planner.Plan, to: int) -> None:
        """A band that is open above is most of what there is to settle."""
        cx, most = self.cx, self.top - to
        bound = (
            f"up to {plan.rest} points are kept by somebody who comes back within {plan.passes * cx.repeat} days of "
            f"settling, and up to {most} before the first pass"
        )
        above: tuple[Bound, ...] = ()
        if not self.sure:
            each = "a day" if cx.repeat == 1 else f"{cx.repeat} days"
            bound += f"; that is for scores up to {self.top}, and above it takes {each} more for each {plan.coins[0]} points"
            above = cx.off({self.decay.score: (0, None)}, "above-range", feeds=False)
        cx.bounded("category-settles-slowly", bound, bounds=(*self._kept(plan, most), *above))

    def _kept(self, plan: planner.Plan, most: int) -> tuple[Bound, ...]:
        """What is still there before the first pass; and what two rules take of points that come between."""
        off, key = self.cx.off, self.decay.score
        under = -plan.coins[1] if len(plan.coins) > 1 else 0
        return (
            *off({key: (under, most)}, "crowded", feeds=False),
            *off({key: (under and None, None)}, "cut-twice", feeds=False),
        )

    def _silent(self, span: Span) -> Expression:
        """Within a window of silence."""
        until = both() if span.end is None else active_within(self.cx, span.end)
        return both(silent_for(self.cx, span.first), until)

    def _add(
        self, what: str, spans: tuple[Span, ...], whom: Expression, actions: tuple[Act, ...], repeat: int
    ) -> None:
        """One rule for all its windows, each a group of its own; a rule for each where groups cannot hold it."""
        inside = both(whom, self.guard)
        flat = not isinstance(inside, Node) or not any(isinstance(item, Node) for item in inside.members)
        if len(spans) == 1 or (flat and not (isinstance(inside, Node) and inside.match == "any")):
            tree = either(*(both(self._silent(span), inside) for span in spans))
            self._emit(what, spans, tree, actions, repeat)
            return
        for span in spans:
            self._emit(what, (span,), both(self._silent(span), inside), actions, repeat)

    def _emit(
        self, what: str, spans: tuple[Span, ...], tree: Expression, actions: tuple[Act, ...], repeat: int
    ) -> None:
        cx, decay = self.cx, self.decay
        days = ", ".join(str(span.first) for span in spans)
        name = cx.names.rule(f"decay {decay.key}", f"{days} days, {what}")
        check = "Who is silent for so long already matches at once: is the number right?  " + (
            "Who is silent longer than this window gets nothing from it."
            if spans[-1].end is not None
            else "Everybody silent for longer matches too."
        )
        made = cx.made(decay, "decay")
        cx.add(AutomationRule(name, fit(cx, tree, decay), actions, repeat, PHASE_DECAY, check, made), name)


def band_name(band: Band) -> str:
    """A band in words, for names of rules."""
    if band.low is None:
        return f"up to {band.high}"
    if band.high is None:
        return f"from {band.low}"
    return f"{band.low} to {band.high}"
