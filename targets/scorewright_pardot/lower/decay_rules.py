"""How a band of a decay becomes rules: by subtracting, by setting, and for a category by coins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.actions import lower_actions
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_bounds import most_taken, starts
from scorewright_pardot.lower.expression import Node, both, either, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within, silent_for
from scorewright_pardot.lower.scores import score_act, set_score_act
from scorewright_pardot.lower.segments import population
from scorewright_pardot.lower.spent import NOBODY_YET, PHASE_DECAY, earned_in_a_silence, has_been, none_of
from scorewright_pardot.lower.ticks import Band, largest, ticks
from scorewright_pardot.objects import Act, AutomationRule, Criterion
from scorewright_pardot.planning.budget import Need
from scorewright_pardot.planning.choose import Wish, choose, unit_of
from scorewright_pardot.planning.coins import MOST_DAYS, MOST_RULES
from scorewright_pardot.planning.table import digit_table, rule_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Decay
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.scores import Home
    from scorewright_pardot.planning.choose import Chosen
    from scorewright_pardot.planning.scheme import Rule

__all__ = ["DecayRules", "Span", "band_name"]


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
        self.turn: tuple[Act, ...] = ()
        """Where steps come due one at a time: what a step leaves done, with the tag of ``due``."""
        self.after = ""
        self.passes = 0
        self.earned = earned_in_a_silence(cx, decay)
        self.fits: dict[int, tuple[Band, ...]] = {}
        """By the day of a step its bands, where a tag has to say that it has been."""

    def _settling(self, band: Band) -> int:
        """Days in which a category settles onto a value, each firing noticed as late as can be; the overall is set at once."""
        if self.home.kind == "overall":
            return 1
        return self._plan(band).days * (self.cx.repeat + self.cx.number("clock-sweep-days"))

    def _rule(self, found: tuple[Band, ...], spans: tuple[Span, ...], repeat: int) -> None:
        """One rule for bands that share a target, or for one band; a category settles band by band."""
        if self.fits and len(spans) > 1:  # each step has a tag of its own
            for span in spans:
                self._rule(found, (span,), repeat)
        elif found[0].to is None:
            self._subtract(found[0], spans, repeat)
        elif self.home.kind == "category":
            for band in found:
                self._settle(band, spans)
        else:
            self._set(found, spans, repeat)

    def _once_due(self, spans: tuple[Span, ...]) -> tuple[tuple[Act, ...], Expression]:
        """What a step leaves on whom it was for, and that it has not been yet; a rule of its own tags everybody else."""
        if self.due:
            return self.turn, tagged(self.due)
        if not self.fits:
            return (), both()
        cx, decay = self.cx, self.decay
        day = max(day for day in self.fits if day <= spans[0].first)
        put, still = has_been(cx, decay, day)
        ranges = [(band.low, band.high) for band in self.fits[day]]
        if self.actions:
            ranges += [(step.level.least, step.level.most) for step in decay.steps if step.after.days == day]
        others = tuple(both(item, still) for item in none_of(cx, decay.score, ranges))
        if others:
            self._add("nothing to take", (Span(day, None),), others, (put,), cx.repeat)
        return (put,), still

    def _subtract(self, band: Band, spans: tuple[Span, ...], repeat: int) -> None:
        within = self.cx.homes.between(self.cx, self.decay.score, band.low, band.high)
        what = f"{band_name(band)} minus {band.take}"
        been, still = self._once_due(spans)
        self._add(what, spans, both(within, still), (*self._take(band.take), *self.actions, *been), repeat)

    def _take(self, points: int) -> tuple[Act, ...]:
        if self.home.kind == "overall":
            return (score_act(-points),)
        total = self.cx.homes.falls_with(self.decay.score, -points)
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
        been, still = self._once_due(spans)
        tree = both(tree, still, *self._settled(spans))
        self._add(f"{label} set to {to}", spans, tree, (set_score_act(to), *self.actions, *been), repeat)

    def _settled(self, spans: tuple[Span, ...]) -> Iterable[Expression]:
        """Settle, then set: that the categories whose decay is due have come down, should they move the overall score."""
        cx = self.cx
        if self.home.kind != "overall" or cx.facts["category-adjust-moves-overall"] is False:
            return
        for other in cx.model.decay.values():
            if cx.homes.of[other.score].kind != "category" or cx.options.strategy(other) == "keep":
                continue
            due = [step for step in other.steps if (step.after.days or 0) <= spans[0].first and step.set_to]
            for step in due:
                assert step.set_to is not None
                self.after = (
                    f"it waits until the categories have settled, up to {cx.options.settle_days} days"
                )
                cx.flag("category-adjust-moves-overall")
                cx.rest_on("category-below-zero")
                yield cx.homes.between(cx, other.score, None, step.set_to.value + self._unit(other.score) - 1)

    def _acting(self, band: Band) -> Expression | None:
        """The levels at which a step that sets acts, also where it changes nothing; ``None`` when there are several steps.

        What is subtracted sets too, where it comes to the stop, and there only.
        """
        steps = {step for tick in ticks(self.decay, 1) for step in tick.steps}
        step = next(iter(steps))
        if len(steps) != 1 or self.decay.stop_at is not None or step.set_to is None:
            return None
        level = step.level
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

    def _range(self, band: Band) -> int:
        """The greatest distance that a band may have to come down."""
        assert band.to is not None
        return max((self.top if band.high is None else band.high) - band.to, 1)

    def _unit(self, score: str) -> int:
        """What a category comes down by at least: less than that stays."""
        return unit_of(self.cx.homes.grain(score), self._rest(score))

    def _rest(self, score: str) -> int:
        wanted = dict(self.cx.options.rest)
        return wanted.get(score, wanted.get(self.cx.model.scores[score].id, 0))

    def _plan(self, band: Band) -> Chosen:
        cx, score = self.cx, self.decay.score
        options, top = cx.options, self._range(band)
        follow = cx.flag("rules-follow-one-another")
        wish = Wish(options.settle_days, options.settle_rules, options.settle_form, self._rest(score), follow)
        if options.settle_budget:
            wish = self._shared(band, wish)
        found = choose(top, cx.homes.grain(score), wish)
        if found is not None:
            return found
        wanted = f"with {wish.rules} rules" if wish.rules else f"in {wish.days} days"
        takes = f"more than {MOST_DAYS} days" if wish.rules else f"more than {MOST_RULES} rules"
        raise CannotLowerError(
            "category-cannot-be-set",
            f"to bring a category down over {top} points {wanted} takes {takes}",
            f"{self._by('program')}, which needs no rule; or allow more settle_days or settle_rules, a smaller range or a rest",
            self.decay.path,
            ("category-only-adjusts",),
        )

    def _shared(self, band: Band, wish: Wish) -> Wish:
        """The days that this value gets of the budget that all have together; before it is shared, as the options say."""
        cx = self.cx
        days = cx.days.get((self.decay.key, band), wish.days)
        if days:
            return wish._replace(days=days, rules=0)
        raise CannotLowerError(
            "category-cannot-be-set",
            f"{cx.options.settle_budget} rules for all categories together are too few to bring them down in {MOST_DAYS} days",
            f"write a greater settle_budget, or a rest, in [targets.pardot]; or {self._by('program')}, which needs no rule",
            self.decay.path,
            ("category-only-adjusts",),
        )

    def _needs(self, band: Band) -> None:
        """Count what is built of the budget that all have together."""
        cx, options, score = self.cx, self.cx.options, self.decay.score
        follow = cx.facts["rules-follow-one-another"] is True
        wish = Wish(form=options.settle_form, rest=self._rest(score), follow=follow)
        before = cx.needs.get((self.decay.key, band))
        times = 1 if before is None else before.times + 1
        cx.needs[self.decay.key, band] = Need(self._range(band), cx.homes.grain(score), wish, times)

    def _settle(self, band: Band, spans: tuple[Span, ...]) -> None:
        """Bring a category down to a value: disjoint bands, each taking its lower bound, the top band open."""
        cx = self.cx
        assert band.to is not None
        if band.low is None or band.low <= band.to:
            raise self._cannot_lift(band.to)
        plan = self._plan(band)
        self._needs(band)
        self._may_move_total((self.top if band.high is None else band.high) - band.to)
        self._tell(band, plan)
        begun = self._begun(band, spans)
        for rule in plan.scheme.rules:
            self._bring_down(band, rule, plan.days, spans, begun)
        cx.rest_on("repeat-least-days", "clock-sweep-days", "category-below-zero")
        self._keeps(band.to)
        if band.high is None:
            self._settles_slowly(plan, band.to)
        else:
            cx.edge(*self._kept(plan, band.high - band.to))

    def _may_move_total(self, most: int) -> None:
        cx = self.cx
        if cx.homes.total is not None and cx.facts["category-adjust-moves-overall"] == "unknown":
            cx.bounded(
                "category-may-move-total",
                f"the overall score falls by up to {most} more in one silence, if the platform couples the two",
                "category-adjust-moves-overall",
                bounds=self._spills(most),
            )

    def _by(self, strategy: str) -> str:
        """The option that has a decay built otherwise."""
        return f'write decays = {{ {self.decay.id} = "{strategy}" }} in [targets.pardot]'

    def _cannot_lift(self, to: int) -> CannotLowerError:
        return CannotLowerError(
            "category-cannot-be-set",
            "a category cannot be lifted to a value",
            f"add at_least = {to} to the step, so that it only lowers; or, where each award is 1 point, {self._by('mirror')}",
            self.decay.path,
            ("category-only-adjusts",),
        )

    def _bring_down(
        self, band: Band, rule: Rule, days: int, spans: tuple[Span, ...], begun: Expression
    ) -> None:
        """One rule of a plan: it takes its points within each of its stretches of the category."""
        assert band.to is not None
        cx, to = self.cx, band.to
        parts = [
            Band(to + low, band.high if high is None else to + high, rule.points, None)
            for low, high in rule.spans
            if band.high is None or to + low <= band.high
        ]
        within = [both(cx.homes.between(cx, self.decay.score, part.low, part.high), begun) for part in parts]
        label = f"{band_name(parts[0])}{f' and {len(parts) - 1} more' if len(parts) > 1 else ''} minus {rule.points}"
        self.passes = days
        self._add(label, spans, tuple(within), self._take(rule.points), cx.repeat)
        self.passes = 0

    def _tell(self, band: Band, plan: Chosen) -> None:
        """The tables to choose by, with what was chosen; and whether a rule can hold so many groups."""
        cx, grain = self.cx, plan.scheme.grain
        make = digit_table if plan.scheme.form == "digits" else rule_table
        table = make(self._range(band), grain=grain, element=self.decay.name, scheme=plan.scheme)
        cx.rest_on(*table.facts)
        groups = max(len(rule.spans) for rule in plan.scheme.rules)
        if groups > 1 and groups > (most := cx.number("rule-groups-most")):
            raise CannotLowerError(
                "category-cannot-be-set",
                f"a rule of the digit form has {groups} rule groups, and {most} are sure to fit",
                f'{self._by("program")}, or settle_form = "coins", or allow more settle_days',
                self.decay.path,
                ("rule-groups-most",),
            )
        cx.plans.append(table)

    def _keeps(self, to: int) -> None:
        """What no rule of the plan takes: less than a unit; with an accepted rest anybody may keep it."""
        cx, key = self.cx, self.decay.score
        grain, unit = cx.homes.grain(key), self._unit(key)
        if unit > grain:
            most = unit - grain
            cx.bounded(
                "category-keeps-a-rest",
                f"up to {most} points above {to} stay",
                bounds=cx.off({key: (0, most)}, feeds=False),
            )
        if unit > 1:  # whoever brings other points along keeps what no rule fits
            cx.edge(*cx.off({key: (0, unit - 1)}, "existing", feeds=False))

    def _begun(self, band: Band, spans: tuple[Span, ...]) -> Expression:
        """A tag for whom the step is for, where others stand on the way down, or actions are to be done once."""
        cx, decay = self.cx, self.decay
        assert band.low is not None
        assert band.to is not None
        been, still = self._once_due(spans)
        if band.low == band.to + 1 and not self.actions and not been:
            return both()
        why = "Says that the category is coming down to its value; it comes off there, or when they are active again."
        tag = cx.tag(cx.names.tag("decay", decay.key, f"to-{band.to}"), decay, why)
        whom = both(cx.homes.between(cx, decay.score, band.low, band.high), untagged(cx, tag), still)
        put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
        self._add(f"{band_name(band)} to {band.to}", spans, whom, (*self.actions, put, *been), cx.repeat)
        there = cx.homes.between(cx, decay.score, None, band.to + self._unit(decay.score) - 1)
        tree = fit(cx, both(tagged(tag), either(there, active_within(cx, spans[0].first))), decay)
        name = cx.names.rule(f"decay {decay.key}", f"at {band.to}")
        made = cx.made(decay, "decay-arm-again")
        cx.add(AutomationRule(name, tree, (drop,), cx.repeat, PHASE_DECAY, NOBODY_YET, made), name)
        return tagged(tag)

    def _settles_slowly(self, plan: Chosen, to: int) -> None:
        """A band that is open above is most of what there is to settle."""
        cx, most = self.cx, self.top - to
        bound = (
            f"up to {plan.left[0]} points are kept by somebody who comes back within {plan.days * cx.repeat} days of "
            f"settling, and up to {most} before the first pass"
        )
        above: tuple[Bound, ...] = ()
        if not self.sure:
            each = "a day" if cx.repeat == 1 else f"{cx.repeat} days"
            bound += f"; that is for scores up to {self.top}, and above it takes {each} more for each {plan.scheme.points[0]} points"
            above = cx.off({self.decay.score: (0, None)}, "above-range", feeds=False)
        cx.bounded("category-settles-slowly", bound, bounds=(*self._kept(plan, most), *above))

    def _kept(self, plan: Chosen, most: int) -> tuple[Bound, ...]:
        """What is still there before the first pass; and what two rules take of points that come between."""
        off, key = self.cx.off, self.decay.score
        points = plan.scheme.points[1:]
        under = -(sum(points) if plan.scheme.form == "digits" else max(points, default=0))
        return (
            *off({key: (under, most)}, "crowded", feeds=False),
            *off({key: (under and None, None)}, "cut-twice", feeds=False),
        )

    def _silent(self, span: Span) -> Expression:
        """Within a window of silence."""
        until = both() if span.end is None else active_within(self.cx, span.end)
        return both(silent_for(self.cx, span.first), until)

    def _add(
        self,
        what: str,
        spans: tuple[Span, ...],
        whom: Expression | tuple[Expression, ...],
        actions: tuple[Act, ...],
        repeat: int,
    ) -> None:
        """One rule for all its windows, each a group of its own; a rule for each where groups cannot hold it.

        Several of whom: any of them, each a group too.
        """
        any_of = (whom,) if isinstance(whom, (Node, Criterion)) else whom
        inside = [both(item, self.guard) for item in any_of]
        if len(spans) == 1 or all(map(_is_flat, inside)):
            groups = [both(self._silent(span), item) for span in spans for item in inside]
            self._emit(what, spans, either(*groups), actions, repeat)
            return
        for span in spans:
            groups = [both(self._silent(span), item) for item in inside]
            self._emit(what, (span,), either(*groups), actions, repeat)

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
        rule = AutomationRule(name, fit(cx, tree, decay), actions, repeat, PHASE_DECAY, check, made)
        cx.add(rule._replace(passes=self.passes), name)


def _is_flat(tree: Expression) -> bool:
    """Whether all of it stands side by side, so that a rule group holds it."""
    return not isinstance(tree, Node) or (
        tree.match == "all" and not any(isinstance(item, Node) for item in tree.members)
    )


def band_name(band: Band) -> str:
    """A band in words, for names of rules."""
    if band.low is None:
        return f"up to {band.high}"
    if band.high is None:
        return f"from {band.low}"
    return f"{band.low} to {band.high}"
