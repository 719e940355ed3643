"""Points that hold as long as something does: pairs of rules that give and take, and rules that set a field.

Elements that ask the same are held by the same rules: one tag carries the points of all, one rule sets the fields of all.
So nothing is emitted before every element has said what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright.model.elements import Input
from scorewright.model.values import Number
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.begun import begun
from scorewright_pardot.lower.cases import Case
from scorewright_pardot.lower.context import CannotLowerError, Due
from scorewright_pardot.lower.expression import NOBODY, both, either, leaf, tagged
from scorewright_pardot.lower.fitting import fit, fits, member, part, untagged
from scorewright_pardot.lower.following import by_one_list, one_change_turns_both
from scorewright_pardot.lower.levelled import Source, levels, steps_of, why_not
from scorewright_pardot.lower.limited import PHASE_AWARDS
from scorewright_pardot.lower.scores import set_field_act
from scorewright_pardot.lower.segments import population
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import Act, AutomationRule, CustomField, Made, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorewright.model.elements import Rule, Score, Tier
    from scorewright.plugin.emulation import Bound as Off
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.levelled import Level

    Giver = Rule | Tier | Input | Score

__all__ = ["Pool", "clamped"]


class _Gift(NamedTuple):
    """A case that is worth something, and whose it is; ``made`` is what its rules are for, ``alone`` that it is the only one."""

    element: Giver
    case: Case
    made: Made
    alone: bool
    moves: tuple[Mapping[str, int], int]
    """By how much it moves each category, and the overall score."""
    beside: str
    """What it is a case of: those of one never hold together."""


class _Setting(NamedTuple):
    """A field that shows a number where something is so."""

    element: Giver
    holds: Expression
    field: str
    value: int
    slug: str
    made: Made
    summand: bool
    """Whether a sum is asked of this field."""


class Pool:
    """What all elements need, until it is emitted."""

    def __init__(self, cx: Context) -> None:
        self.cx = cx
        self.gifts: list[_Gift] = []
        self.settings: list[_Setting] = []
        self.sources: dict[str, list[Source]] = {}

    def take(self, element: Giver, cases: Iterable[Case]) -> str:
        """Take in an element; gives what is said of it.  Raises ``CannotLowerError``, and then takes in nothing of it."""
        gifts, settings = len(self.gifts), len(self.settings)
        sources = {key: (*found,) for key, found in self.sources.items()}
        try:
            return self._take(element, cases)
        except CannotLowerError:
            del self.gifts[gifts:], self.settings[settings:]
            self.sources = {key: [*found] for key, found in sources.items()}
            raise

    def keep(self, rule: Rule, tag: str) -> None:
        """Take in what is kept for good: its tag says for whom."""
        cx = self.cx
        for key, _ in rule.points:
            cx.homes.require(cx, key, rule.path)
            _check_clamps(cx, key)
            if key in cx.homes.levelled:
                case = Case("kept", tagged(tag), untagged(cx, tag), rule.points)
                self.sources.setdefault(key, []).append(_source(key, (case,)))

    def _take(self, element: Giver, cases: Iterable[Case]) -> str:
        cx = self.cx
        cases = tuple(cases)
        told = ((case, by_one_list(cx, element, case.holds, case.fails, in_time=True)) for case in cases)
        found = tuple(case._replace(holds=holds, fails=fails) for case, (holds, fails) in told)
        score_keys = dict.fromkeys(key for case in found for key, _ in case.points)
        for key in score_keys:
            cx.homes.require(cx, key, element.path)
            _check_clamps(cx, key)
        _leaving(cx, element, found)
        for case in found:  # what the rules will rest on
            fit(cx, both(case.holds, population(cx)), element)
        done = []
        for key in score_keys:
            if key in cx.homes.levelled:
                self.sources.setdefault(key, []).append(_source(key, cases))
                done.append(
                    "a part of the score, whose rules hold what all of them add up to, within its bounds"
                )
            if cx.homes.of[key].kind in {"field", "formula"}:
                self._set_field(element, key, found)
                done.append("a field that rules set")
        if any(map(self._moves, found)):
            self._give_and_take(element, found)
            done.insert(0, "rules that give, and take back when it ends; the tag carries the points")
        return " and ".join(done) or "a case worth nothing needs no rule"

    def _moves(self, case: Case) -> bool:
        categories, total = self.cx.homes.vector(case.points)
        return any(categories.values()) or bool(total)

    def _spill(self, case: Case) -> int:
        return abs(sum(self.cx.homes.vector(case.points)[0].values()))

    def _give_and_take(self, element: Giver, cases: Sequence[Case]) -> None:
        """Note what each case is worth, and what the element's notes must say of it."""
        cx = self.cx
        worth = [case for case in cases if self._moves(case)]
        cx.rest_on("match-once-unless-repeat", "tag-isnt-matches-untagged")
        outside, repeat = population(cx) != both(), cx.repeat
        assert repeat
        spilled = _spilled(cx, worth)
        for case in sorted(worth, key=self._spill, reverse=True):  # the first says how much it is at most
            cx.homes.adjust(cx, *cx.homes.vector(case.points), bounds=spilled)
        for case in worth:
            categories, total = cx.homes.vector(case.points)
            moved = [key for key, value in categories.items() if value]
            stirred = [key for key in (*moved, *_overall(cx, total)) if outside or _stirred(cx, key)]
            cx.edge(*cx.off(dict.fromkeys(stirred, (None, None)), "crowded", feeds=False))
            made, name = cx.made(element, "give-and-take"), element.name + (element.product or "")
            found = _Gift(element, case, made, case.slug == "holds", (categories, total), name)
            self.gifts.append(found)

    def _set_field(self, element: Giver, key: str, cases: Sequence[Case]) -> None:
        """The score is one source's worth, so a field holds it: a rule a case, no tag and nothing to take back."""
        cx = self.cx
        score = cx.model.scores[key]
        field = cx.homes.source_field(key, element)
        why = f"Holds points of the score {score.title!r}, which are not in the overall score."
        cx.add(CustomField(field, field_id(field), "number", Made((score.name,), "score-field", why)), field)
        assert cx.repeat
        if population(cx) != both():  # what has not yet followed stands still outside
            cx.edge(*cx.off({key: (None, None)}, "crowded"))
        made = cx.made(element, "give-and-take")
        wanted: dict[tuple[int, str], list[Expression]] = {}
        for case in cases:
            number = next(number.value for name, number in case.points if name == key)
            value = clamped(cx, key, number)
            together = isinstance(element, Input)  # a tier's cases come in blocks that are chosen already
            wanted.setdefault((value, "" if together else case.slug), []).append(case.holds)
            if case.slug == "holds":
                wanted.setdefault((clamped(cx, key, 0), ""), []).append(case.fails)
        for (value, slug), trees in wanted.items():
            self.settings.append(
                _Setting(element, either(*trees), field, value, slug, made, key in cx.homes.summands)
            )

    # --- emitting ---------------------------------------------------------------------------------------------------

    def emit(self) -> None:
        """Every rule, with the tags and the points that are due."""
        for key, sources in self.sources.items():
            self._hold_levels(self.cx.model.scores[key], sources)
        self._emit_gifts()
        self._emit_settings()

    def _hold_levels(self, score: Score, sources: Sequence[Source]) -> None:
        """A case for each value of a clamped sum, worth what it is more than the next one towards 0."""
        cx = self.cx
        cx.begin()
        cx.rest_on("match-once-unless-repeat", "tag-isnt-matches-untagged")
        found = [*levels(score, sources)]
        each = [cx.homes.begins(score.key, level.points) for level in found]
        bounds = _added_up(cx, each)
        for level, (categories, total) in zip(found, each, strict=True):
            holds, fails = _by_one_list(cx, score, level)
            cx.homes.adjust(cx, dict(categories), total, bounds=bounds)
            stirred = [
                key
                for key in (*categories, *_overall(cx, total))
                if population(cx) != both() or _stirred(cx, key)
            ]
            cx.edge(*cx.off(dict.fromkeys(stirred, (None, None)), "crowded", feeds=False))
            case = Case(level.slug, holds, fails, ((score.key, Number(level.points)),))
            made, name = cx.made(score, "give-and-take"), f"{score.name} {score.product or ''} {level.slug}"
            self.gifts.append(_Gift(score, case, made, alone=False, moves=(categories, total), beside=name))
        cx.finish(
            score, "automation-rules", "rules for each value that its facts add up to within its bounds"
        )

    def _emit_gifts(self) -> None:
        groups: dict[tuple[Expression, Expression], list[_Gift]] = {}
        for gift in self.gifts:
            groups.setdefault((gift.case.holds, gift.case.fails), []).append(gift)
        tags = {asked: self._tag(gifts) for asked, gifts in groups.items()}
        beside: dict[str, dict[str, None]] = {}
        for asked, gifts in groups.items():
            for gift in gifts:
                beside.setdefault(gift.beside, {})[tags[asked]] = None
        for asked, gifts in groups.items():
            free = dict.fromkeys(tag for gift in gifts for tag in beside[gift.beside])
            first = untagged(self.cx, *free)
            if any(
                gift.case.beside for gift in gifts
            ):  # what is no longer so is taken back before anything is given
                stays = {tag: holds for (holds, _), tag in tags.items() if tag in free and tag != tags[asked]}
                waits = (either(untagged(self.cx, tag), holds) for tag, holds in stays.items())
                first = both(untagged(self.cx, tags[asked]), *waits)
            self._pair(gifts, tags[asked], first)

    def _pair(self, gifts: Sequence[_Gift], tag: str, first: Expression) -> None:
        """One rule that gives what all are worth, and one that takes it back."""
        cx, (holds, fails) = self.cx, gifts[0].case[1:3]
        cx.begin()
        categories: dict[str, int] = {}
        for gift in gifts:
            for key, value in gift.moves[0].items():
                categories[key] = categories.get(key, 0) + value
        total = sum(gift.moves[1] for gift in gifts)
        give = cx.homes.adjust(cx, categories, total)
        take = cx.homes.adjust(cx, {key: -value for key, value in categories.items()}, -total)
        put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
        elements = frozenset(gift.beside for gift in gifts)
        given, taken = either(tagged(tag), fails), either(untagged(cx, tag), holds)
        cx.due.append(Due(elements, categories, total, given, taken))
        label = "" if gifts[0].alone else f"{gifts[0].case.slug}, "
        moved = [key for key, value in categories.items() if value]
        guard = both(population(cx), begun(cx, (*moved, *_overall(cx, total))))
        begins, ends = both(holds, first, guard), both(tagged(tag), fails, guard)
        now = "Everybody for whom it is so today."
        self._rule(gifts, f"{label}give", begins, (*give, put), now)
        if fails != NOBODY:
            self._rule(
                gifts,
                f"{label}take back",
                ends,
                (*take, drop),
                "Nobody, before the rules that give have run.",
            )

    def _tag(self, gifts: Sequence[_Gift]) -> str:
        """The tag of a case: its name carries the points of everybody who is held by it."""
        element, case = gifts[0].element, gifts[0].case
        worth = "_".join(str(number.value) for gift in gifts for _, number in gift.case.points)
        slug = () if case.slug == "holds" else (case.slug,)
        name = self.cx.names.tag(str(element.path[0]), element.key, *slug, worth)
        why = "Carries the points that were given, so that the same number is taken back."
        self.cx.add(Tag(name, Made(_names(gifts), "tag", why)), name)
        return name

    def _rule(
        self,
        gifts: Sequence[_Gift | _Setting],
        part: str,
        tree: Expression,
        actions: tuple[Act, ...],
        check: str,
    ) -> None:
        cx, element = self.cx, gifts[0].element
        name = cx.names.rule(f"{element.path[0]} {element.key}", part)
        facts = dict.fromkeys((*(fact for gift in gifts for fact in gift.made.facts), *cx.uses))
        made = gifts[0].made._replace(elements=_names(gifts), facts=tuple(facts))
        if len(made.elements) > 1:
            made = made._replace(why=f"{made.why}  It serves {', '.join(made.elements)} alike.")
        cx.add(
            AutomationRule(name, fit(cx, tree, element), actions, cx.repeat, PHASE_AWARDS, check, made), name
        )

    def _emit_settings(self) -> None:
        groups: dict[Expression, list[_Setting]] = {}
        for setting in self.settings:
            groups.setdefault(setting.holds, []).append(setting)
        cx, said_before = self.cx, set[str]()
        for holds, settings in groups.items():
            cx.begin()
            wanted = {setting.field: setting.value for setting in settings}
            asked = {setting.field for setting in settings if setting.summand}
            other = either(
                *(_shows_other(field, value, asked=field in asked) for field, value in wanted.items())
            )
            said = " and ".join(f"{field} to {value}" for field, value in wanted.items())
            acts = tuple(set_field_act(field, value) for field, value in wanted.items())
            tree = both(holds, other, population(cx))
            first = settings[0]
            again = f"{first.slug}, " if f"{first.element.key} {said}" in said_before else ""
            said_before.add(f"{first.element.key} {said}")
            self._rule(
                settings, f"{again}set {said}", tree, acts, "Everybody whose field does not show it yet."
            )


def _names(gifts: Sequence[_Gift | _Setting]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gift.element.name for gift in gifts))


def _shows_other(field: str, value: int, *, asked: bool) -> Expression:
    """A field that shows something else; an empty one is 0, save where a sum asks for the 0 itself."""
    empty = [leaf("custom-field", field, "empty")] if value or asked else []
    bounds = (leaf("custom-field", field, operator, value) for operator in ("less", "greater"))
    return either(*bounds, *empty)


def _source(key: str, cases: Sequence[Case]) -> Source:
    """What one element gives to a score, by the numbers that it can give; whoever is in no case gets nothing."""
    of: dict[int, Expression] = {}
    for case in cases:
        points = sum(number.value for name, number in case.points if name == key)
        of[points] = either(of[points], case.holds) if points in of else case.holds
    if 0 not in of:
        of[0] = both(*(case.fails for case in cases))
    return Source(tuple(sorted(of)), of)


def _by_one_list(cx: Context, score: Score, level: Level) -> tuple[Expression, Expression]:
    """When a level is reached and when not; where a rule cannot hold it beside a tag, one list tells both."""
    holds, fails = by_one_list(cx, score, level.holds, level.fails, in_time=True)
    if all(fits(cx, both(tree, tagged(""))) for tree in (holds, fails)):
        return holds, fails
    name = part(cx, holds, score)
    return by_one_list(cx, score, member(cx, name), member(cx, name, inside=False), in_time=True)


# --- what can be off --------------------------------------------------------------------------------------------------


def _leaving(cx: Context, element: Giver, cases: Sequence[Case]) -> None:
    """One change may end a case and take the person out of the population: the list of whom is scored follows later.

    Outside, the points stand still as they are shown then: those of another case at most.
    """
    guard = population(cx)
    turning = (fit(cx, both(tree, guard), element) for case in cases for tree in (case.holds, case.fails))
    if guard == both() or not any(one_change_turns_both(cx, item) for item in turning):
        return
    spread: dict[str, Room] = {}
    for key in dict.fromkeys(key for case in cases for key, _ in case.points):
        worth = [0, *(number.value for case in cases for name, number in case.points if name == key)]
        spread[key] = (min(worth) - max(worth), max(worth) - min(worth))
    text = "the points of another case, while outside, for somebody whom one change takes out of the population and out of a case"
    cx.bounded("lists-follow-late", text, "dynamic-list-lag", bounds=cx.off(spread, "outside"))


def _spilled(cx: Context, worth: Sequence[Case]) -> tuple[Off, ...]:
    """What an overall score that follows its categories is off by: a case's points, and what its bounds cut of another's."""
    sums = [0, *(sum(cx.homes.vector(case.points)[0].values()) for case in worth)]
    return _follows(cx, min(sums), max(sums))


def _added_up(cx: Context, each: Sequence[tuple[Mapping[str, int], int]]) -> tuple[Off, ...]:
    """The same of levels, which hold together."""
    sums = [sum(categories.values()) for categories, _ in each]
    return _follows(cx, sum(min(0, number) for number in sums), sum(max(0, number) for number in sums))


def _follows(cx: Context, low: int, high: int) -> tuple[Off, ...]:
    total = cx.homes.total
    if total is None:
        return ()
    score = cx.model.scores[total]
    most = max(high, -low)
    spread: Room = (
        -most if score.ceiling is None else min(-most, low - high),
        most if score.floor is None else max(most, high - low),
    )
    # Set to a number with points of a case in it, it keeps nothing of them, and what is taken back comes off all the same.
    again = cx.off({total: (None, None)}, "facts-change", feeds=False) if _is_set(cx, total) else ()
    return (*cx.off({total: spread}, feeds=False), *again)


def _overall(cx: Context, total: int) -> tuple[str, ...]:
    return (cx.homes.total,) if total and cx.homes.total is not None else ()


def _stirred(cx: Context, key: str) -> bool:
    """Whether it matters when points come and go: a clamp, a decay or a reset stands between."""
    score = cx.model.scores[key]
    decays = any(decay.score == key for decay in cx.model.decay.values())
    return score.floor is not None or score.ceiling is not None or decays or _is_set(cx, key)


def _is_set(cx: Context, key: str) -> bool:
    """Whether an action resets a score."""
    tables = (cx.model.rules, cx.model.thresholds, cx.model.decay)
    actions = (action for table in tables for element in table.values() for action in element.then)
    return any(isinstance(action, act.Reset) and action.score == key for action in actions)


def clamped(cx: Context, key: str, value: int) -> int:
    """A source that is the whole score is clamped here; a formula clamps its sum itself."""
    score = cx.model.scores[key]
    if cx.homes.of[key].kind == "formula":
        return value
    if score.floor is not None:
        value = max(value, score.floor.value)
    return value if score.ceiling is None else min(value, score.ceiling.value)


def _check_clamps(cx: Context, key: str) -> None:
    """A fit score is the clamped sum of what holds; moved by give and take it may only have clamps that never bind."""
    score = cx.model.scores[key]
    in_field = cx.homes.of[key].kind in {"field", "formula"} and key not in cx.homes.inside
    if score.kind != "fit" or in_field or not cx.homes.clamps_bind(key) or cx.homes.is_moot(key):
        return
    if key in cx.homes.levelled:
        for points in steps_of(cx.model, score):
            cx.homes.begins(
                key, points
            )  # refused here, where an element is at hand, if a share of it is not whole
        return
    low, high = cx.homes.reach(key)
    above = score.ceiling is not None and high > score.ceiling.value
    raise CannotLowerError(
        "clamp-of-several-facts",
        f"the facts of {score.title!r} add up to between {low} and {high}, and no rule clamps what is added and taken back: "
        f"{why_not(cx.model, score)}",
        "leave floor and ceiling out, choose points that stay within them, or keep it out of the overall score, so that a "
        "Salesforce formula adds it up",
        (*score.path, "ceiling" if above else "floor"),
    )
