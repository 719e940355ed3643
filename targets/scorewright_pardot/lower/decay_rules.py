"""How a band of a decay becomes rules: by subtracting, by setting, and for a category by coins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.actions import lower_actions
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.decay_values import DecayValues, lifts
from scorewright_pardot.lower.expression import EVERYBODY, Node, both, either, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within, silent_for
from scorewright_pardot.lower.openings import asks_what_it_moves
from scorewright_pardot.lower.scores import score_act, set_score_act
from scorewright_pardot.lower.segments import population
from scorewright_pardot.lower.spent import NOBODY_YET, PHASE_DECAY, earned_in_a_silence, has_been, none_of
from scorewright_pardot.lower.ticks import Band, ticks
from scorewright_pardot.objects import Act, AutomationRule, Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.scores import Home
    from scorewright_pardot.planning.scheme import Rule
    from scorewright_pardot.planning.scheme import Span as Stretch

__all__ = ["DecayRules", "Span", "band_name"]


class Span(NamedTuple):
    """Days of silence from ``first`` up to, but not including, ``end``; ``None`` leaves it open."""

    first: int
    end: int | None


class DecayRules(DecayValues):
    """One decay on its way to rules."""

    def __init__(self, cx: Context, decay: Decay, home: Home) -> None:
        super().__init__(cx, decay, home)
        free = self._free()
        self.guard = both(criteria(cx, decay.when, decay), population(cx), free)
        self.begun = free
        """Whom a step goes on for that has begun: the condition is looked at once."""
        self.own = asks_what_it_moves(cx.model, decay, cx.coupled(decay.score))
        self.actions = lower_actions(cx, decay.then, decay)
        self.due = ""
        self.turn: tuple[Act, ...] = ()
        """Where steps come due one at a time: what a step leaves done, with the tag of ``due``."""
        self.after = ""
        self.passes = 0
        self.earned = earned_in_a_silence(cx, decay)
        self.puts: Mapping[Band, tuple[Act, ...]] = {}
        """What a band leaves besides, while the rules of a state are made."""
        self.whose = ""
        """Tells those rules from the ones of other states, in their names."""
        self.fits: dict[int, tuple[Band, ...]] = {}
        """By the day of a step its bands, where a tag has to say that it has been."""

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
        if (
            self.actions and self.home.kind == "overall"
        ):  # whoever is at the value is marked by the step's own rule
            ranges += [(step.level.least, step.level.most) for step in decay.steps if step.after.days == day]
        others = tuple(both(item, still) for item in none_of(cx, decay.score, ranges))
        if others:
            self._add("nothing to take", (Span(day, None),), others, (put,), cx.repeat)
        return (put,), still

    def _subtract(self, band: Band, spans: tuple[Span, ...], repeat: int) -> None:
        within = self.cx.homes.between(self.cx, self.decay.score, band.low, band.high)
        what = f"{band_name(band)} minus {band.take}"
        been, still = self._once_due(spans)
        self._add(
            what,
            spans,
            both(within, still),
            (*self._take(band.take), *self.actions, *self.puts.get(band, ()), *been),
            repeat,
        )

    def _take(self, points: int) -> tuple[Act, ...]:
        if self.home.kind == "overall":
            return (score_act(-points),)
        total = self.cx.homes.falls_with(self.decay.score, -points)
        return self.cx.homes.adjust(
            self.cx, {self.decay.score: -points}, total, bounds=self._spills(self._all_taken())
        )

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

    def _settle(self, band: Band, spans: tuple[Span, ...]) -> None:
        """Bring a category to a value: disjoint bands, each taking its lower bound, the top band open; below it likewise."""
        cx = self.cx
        assert band.to is not None
        if lifts(band) and self._lifted() == 0:  # only who stood there before
            cx.edge(*cx.off({self.decay.score: (None, 0)}, "existing", feeds=False))
            return
        plan = self._plan(band)
        self._needs(band)
        self._may_move_total(-self._range(band) if lifts(band) else self._range(band))
        self._tell(band, plan)
        begun = self._begun(band, spans)
        guard, self.guard = self.guard, self.guard if begun == EVERYBODY else self.begun
        for rule in plan.scheme.rules:
            self._bring_down(band, rule, plan.days, spans, begun)
        self.guard = guard
        cx.rest_on("repeat-least-days", "clock-sweep-days", "category-below-zero")
        self._keeps(band.to)
        if lifts(band):
            self._rises_slowly(plan, band)
        elif band.high is None or band.high >= self.top:
            self._settles_slowly(plan, band.to)
        else:
            cx.edge(*self._kept(plan, band.high - band.to))

    def _bring_down(
        self, band: Band, rule: Rule, days: int, spans: tuple[Span, ...], begun: Expression
    ) -> None:
        """One rule of a plan: it takes its points, or gives them, within each of its stretches of the category."""
        assert band.to is not None
        move = -rule.points if lifts(band) else rule.points
        parts = [part._replace(take=move) for span in rule.spans for part in _stretch(band, span)]
        if not parts:  # all of the band may stay, as its rest
            return
        within = [
            both(self.cx.homes.between(self.cx, self.decay.score, part.low, part.high), begun)
            for part in parts
        ]
        what = f"minus {move}" if move > 0 else f"plus {-move}"
        label = f"{band_name(parts[0])}{f' and {len(parts) - 1} more' if len(parts) > 1 else ''} {what}"
        self.passes = days
        acts = self._take(move) if move > 0 else self._give(-move, band)
        self._add(label, spans, tuple(within), acts, self.cx.repeat)
        self.passes = 0

    def _give(self, points: int, band: Band) -> tuple[Act, ...]:
        total = self.cx.homes.falls_with(self.decay.score, points)
        spills = self._spills(-self._range(band))
        return self.cx.homes.adjust(self.cx, {self.decay.score: points}, total, bounds=spills)

    def _begun(self, band: Band, spans: tuple[Span, ...]) -> Expression:
        """A tag for whom the step is for, where others stand on the way down, or it asks what it moves, or acts besides."""
        cx, decay = self.cx, self.decay
        assert band.to is not None
        been, still = self._once_due(spans)
        alone = lifts(band) or band.low == band.to + 1
        if alone and not self.actions and not been and not self.own:
            return EVERYBODY
        why = "Says that the category is coming down to its value; it comes off there, or when they are active again."
        tag = cx.tag(cx.names.tag("decay", decay.key, f"to-{band.to}"), decay, why)
        near = self._unit(decay.score) - 1
        low, high = _off_value(band, near)
        if near and self.actions:  # who brings other points along may stand so near that no rule moves them
            cx.edge(*cx.acted(decay, None, 0, "existing"))
        whom = both(cx.homes.between(cx, decay.score, low, high), untagged(cx, tag), still)
        put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
        cx.falling.setdefault(decay.key, {})[tag] = None
        self._add(f"{band_name(band)} to {band.to}", spans, whom, (put, *self.actions, *been), cx.repeat)
        least = None if self._lifted() == 0 else band.to - near
        there = cx.homes.between(cx, decay.score, least, band.to + near)
        tree = fit(cx, both(tagged(tag), either(there, active_within(cx, spans[0].first))), decay)
        name = cx.names.rule(f"decay {decay.key}", f"at {band.to}")
        made = cx.made(decay, "decay-arm-again")
        cx.add(AutomationRule(name, tree, (drop,), cx.repeat, PHASE_DECAY, NOBODY_YET, made), name)
        return tagged(tag)

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
        name = cx.names.rule(f"decay {decay.key}", f"{days} days, {what}{self.whose}")
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


def _off_value(band: Band, near: int) -> tuple[int | None, int | None]:
    """The scores of a band that are further from its value than what no rule moves."""
    assert band.to is not None
    if lifts(band):
        return band.low, min(band.to - near - 1, band.to if band.high is None else band.high)
    return max(band.to + near + 1, band.to if band.low is None else band.low), band.high


def _stretch(band: Band, span: Stretch) -> Iterator[Band]:
    """The scores of a band at so many points from its value; none where it ends before."""
    assert band.to is not None
    low, high = span
    if lifts(band):
        if band.low is None or band.to - low >= band.low:
            yield Band(band.low if high is None else band.to - high, band.to - low, 0, None)
    elif band.high is None or band.to + low <= band.high:
        yield Band(band.to + low, band.high if high is None else band.to + high, 0, None)


def band_name(band: Band) -> str:
    """A band in words, for names of rules."""
    if band.low is None:
        return f"up to {band.high}"
    if band.high is None:
        return f"from {band.low}"
    if band.low == band.high:
        return f"{band.low}"
    return f"{band.low} to {band.high}"
