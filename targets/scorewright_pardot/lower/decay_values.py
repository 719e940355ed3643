"""What it takes to bring a category to a decay's value: the plan, the tables to choose by, and how far off it leaves a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.binding import kept, resets
from scorewright_pardot.lower.bounds import times
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_bounds import most_taken, starts
from scorewright_pardot.lower.expression import both
from scorewright_pardot.lower.levels import not_resetting
from scorewright_pardot.lower.ticks import largest, ticks
from scorewright_pardot.planning.budget import Need
from scorewright_pardot.planning.choose import Wish, choose, unit_of
from scorewright_pardot.planning.coins import MOST_DAYS, MOST_RULES
from scorewright_pardot.planning.table import digit_table, rule_table

if TYPE_CHECKING:
    from scorewright.model.elements import Decay
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.scores import Home
    from scorewright_pardot.lower.ticks import Band
    from scorewright_pardot.planning.choose import Chosen

__all__ = ["DecayValues", "lifts"]


class DecayValues:
    """One decay, and what its steps need that set a category."""

    def __init__(self, cx: Context, decay: Decay, home: Home) -> None:
        self.cx = cx
        self.decay = decay
        self.home = home
        self.top, self.sure = cx.homes.top(cx, decay.score)
        if not self.sure:
            self.top = max(self.top, largest(decay) + 1)

    def _settling(self, band: Band) -> int:
        """Days in which a category settles onto a value, each firing noticed as late as can be; the overall is set at once."""
        if self.home.kind == "overall":
            return 1
        return self._plan(band).days * (self.cx.repeat + self.cx.number("clock-sweep-days"))

    def _free(self) -> Expression:
        """That neither a bound nor a reset is moving a category: such rules act alone, and the decay when they are done."""
        score = self.cx.model.scores[self.decay.score]
        if self.home.kind != "category":
            return both()
        held = kept(self.cx.model, score)
        inside = self.cx.homes.between(self.cx, score.key, *held) if held != (None, None) else both()
        return both(inside, not_resetting(self.cx, score))

    def _range(self, band: Band) -> int:
        """The greatest distance that a band may have to come down, or up."""
        assert band.to is not None
        if not lifts(band):
            return max((self.top if band.high is None else band.high) - band.to, 1)
        lift = self._lifted() if band.low is None else band.to - band.low
        return max(1, self.top, abs(band.to)) if lift is None else max(lift, 1)

    def _lifted(self) -> int | None:
        """The most that a step which sets can lift a score by; ``None`` where nothing says how low a score can be."""
        model, decay = self.cx.model, self.decay
        lifts = [(step.set_to.value, step.level.least) for step in decay.steps if step.set_to is not None]
        if all(least is not None and least >= to for to, least in lifts):
            return 0
        score = model.scores[decay.score]
        lowest = None if score.floor is None else score.floor.value
        if lowest is None and not self._sinks():
            lowest = min(0, self.cx.homes.reach(decay.score)[0])
        found = [
            None if bottom is None else max(0, to - bottom)
            for to, least in lifts
            for bottom in (least if least is not None else lowest,)
        ]
        return None if None in found else max(lift for lift in found if lift is not None)

    def _sinks(self) -> bool:
        """Whether an event can take points, or a step or a reset bring the score below nothing."""
        model, key = self.cx.model, self.decay.score
        sets = [step.set_to.value for step in self.decay.steps if step.set_to is not None]
        stop = [self.decay.stop_at.value] if self.decay.stop_at is not None else []
        touches = self.cx.homes.touches
        events = [
            number.value
            for rule in model.rules.values()
            if rule.on
            for name, number in rule.points
            if key in touches(name)[0] or (self.home.kind == "overall" and touches(name)[1])
        ]
        return min([0, *resets(model, key), *sets, *stop, *events]) < 0

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

    def _may_move_total(self, most: int) -> None:
        cx = self.cx
        if cx.homes.total is not None and cx.facts["category-adjust-moves-overall"] == "unknown":
            way = "falls" if most > 0 else "rises"
            again = any(step.every is not None for step in self.decay.steps)
            often = "each time that a step comes" if again else "in one silence"
            cx.bounded(
                "category-may-move-total",
                f"the overall score {way} by up to {abs(most)} more {often}, if the platform couples the two",
                "category-adjust-moves-overall",
                bounds=self._spills(most),
            )

    def _by(self, strategy: str) -> str:
        """The option that has a decay built otherwise."""
        return f'write decays = {{ {self.decay.id} = "{strategy}" }} in [targets.pardot]'

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
            below = -most if self._lifted() != 0 else 0
            cx.bounded(
                "category-keeps-a-rest",
                f"up to {most} points above {to} stay",
                bounds=cx.off({key: (below, most)}, feeds=False),
            )
        if unit > 1:  # whoever brings other points along keeps what no rule fits
            below = 1 - unit if self._lifted() != 0 else 0
            cx.edge(*cx.off({key: (below, unit - 1)}, "existing", feeds=False))

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

    def _rises_slowly(self, plan: Chosen, band: Band) -> None:
        """Who is below the value comes up to it over some days, and stays below when they come back before."""
        cx, key, most = self.cx, self.decay.score, self._range(band)
        text = f"up to {most} points are lacking to somebody who comes back within {plan.days * cx.repeat} days of a step that lifts"
        bounds = (
            *cx.off({key: (-most if self._lifted() is not None else None, None)}, "crowded", feeds=False),
            *cx.off({key: (None, None)}, "cut-twice", feeds=False),
        )
        cx.bounded("category-settles-slowly", text, bounds=bounds)

    def _kept(self, plan: Chosen, most: int) -> tuple[Bound, ...]:
        """What is still there before the first pass; and what two rules take of points that come between."""
        off, key = self.cx.off, self.decay.score
        points = plan.scheme.points[1:]
        under = -(sum(points) if plan.scheme.form == "digits" else max(points, default=0))
        return (
            *off({key: (under, most)}, "crowded", feeds=False),
            *off({key: (under and None, None)}, "cut-twice", feeds=False),
        )

    def _spills(self, most: int) -> tuple[Bound, ...]:
        """The overall score may fall with a category: by so much in one silence, and as much again in the next.

        Less than 0: it may rise with it.
        """
        total = self.cx.homes.total
        if total is None:
            return ()
        more = ["silent-twice", "last-day"] if self.sure else ["silent-twice", "last-day", "above-range"]
        off = self.cx.off
        once: Room = (-most, 0) if most > 0 else (0, -most)
        return (
            *off({total: once}, feeds=False),
            *(bound for when in more for bound in off({total: times(once, None)}, when, feeds=False)),
        )

    def _all_taken(self) -> int:
        """The most that one silence takes from the scores that are planned for."""
        decay = self.decay
        for_ever = any(step.every is not None for step in decay.steps)
        return most_taken(decay, ticks(decay, 1), starts(self.top, ()), for_ever=for_ever)


def lifts(band: Band) -> bool:
    """Whether a band lies below the value that it is set to."""
    return band.to is not None and (band.low is None or band.low < band.to)
