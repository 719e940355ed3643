"""Where each score lives (prospect score, scoring category, custom field, nowhere), and how points move it."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS, field_label
from scorewright_pardot.lower.binding import kept, resets
from scorewright_pardot.lower.bounds import moved, times
from scorewright_pardot.lower.cannot import CannotLowerError
from scorewright_pardot.lower.combined import combined_between, parts_of, summands
from scorewright_pardot.lower.expression import NOBODY, both, either, leaf
from scorewright_pardot.lower.home import Home
from scorewright_pardot.lower.levelled import why_not
from scorewright_pardot.lower.shares import counted, in_total
from scorewright_pardot.lower.worth import is_wide, reach, scores_read, sources, worths
from scorewright_pardot.objects import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Element, Mark, Model, Score
    from scorewright.model.events import Event
    from scorewright.model.values import Bounds, Number
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.cannot import Run
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.options import Options

__all__ = ["Home", "Homes", "score_act", "set_field_act", "set_score_act"]


_NOT_IN_TOTAL = (
    "it is to be kept in the overall score alone, and it is no part of that, or something reads it apart"
)


class Homes:
    """Every score's home, and what a point given to it moves.  Reads the model once; changes nothing."""

    def __init__(self, model: Model, options: Options, facts: Mapping[str, bool | int | str]) -> None:
        self.model = model
        self.edition = options.edition
        self.sums = dict(options.sums)
        self.formulas = facts["formula-syncs-back"] is True
        self.total = next((key for key, score in model.scores.items() if score.overall), None)
        self.read = scores_read(model)
        self.inside = frozenset(key for key in model.scores if self._counts(key))
        self.sources = sources(model)
        self.mirrored = frozenset(
            decay.score
            for decay in model.decay.values()
            if options.strategy(decay) == "mirror"
            and decay.score != self.total
            and model.scores[decay.score].kind == "engagement"
        )
        self.apart = frozenset(self._asked_apart())
        self.of = {key: self._home(key, score) for key, score in model.scores.items()}
        self.levelled = frozenset(filter(self._is_levelled, model.scores))
        self.summands = summands(model, [key for key, home in self.of.items() if home.kind == "sum"])

    # --- where ----------------------------------------------------------------------------------------------------

    def _chain(self, key: str) -> Iterator[str]:
        """A score, and what it feeds, and what that feeds."""
        seen: set[str] = set()
        chain: str | None = key
        while chain is not None and chain not in seen:
            seen.add(chain)
            yield chain
            chain = self.model.scores[chain].feeds

    def _asked_apart(self) -> set[str]:
        """Scores that something asks for by themselves, or as parts of a sum that nothing keeps: that is any but the overall."""
        found, open_ = set[str](), [*self.read]
        while open_:
            key = open_.pop()
            if key not in found:
                found.add(key)
                score = self.model.scores[key]
                open_ += () if key == self.total else [part for part, _ in parts_of(score)]
        return found

    def _counts(self, key: str) -> bool:
        """Whether an award to a score counts in the prospect score: by feeding it, or by a sum that it is in."""
        return any(counted(self.model, name, self.total) for name in self._chain(key))

    def _home(self, key: str, score: Score) -> Home:
        if key == self.total:
            return Home("overall")
        if score.kind == "combined":
            return Home("inside" if key in self.inside and key not in self.apart else "sum")
        if self._wanted(key) == "total" and (key not in self.inside or key in self.apart):
            return Home(
                "none", reason=_NOT_IN_TOTAL, instead="leave it out of sums, and let it be a category"
            )
        alone = key in self.inside and key not in self.apart and key not in self.mirrored
        if alone and (self._wanted(key) == "total" or not self._category_can(key)):
            return Home("inside")
        if key in self.mirrored or (score.kind == "fit" and self._one_source(key)):
            wide = key not in self.mirrored and self._by_formula(key) and self._is_wide(key)
            return Home("formula" if wide else "field", self._input_field(key) or self.title(score))
        kind = "formula" if score.kind == "fit" and self._by_formula(key) else "category"
        return Home(kind, self.title(score))

    def _by_formula(self, key: str) -> bool:
        """Whether a fit score of several sources is added up outside: as the options say, else where nothing reads it.

        Also where its bounds can bind: a formula clamps the sum, and no rule does.
        """
        score = self.model.scores[key]
        plain = all(kind != "keep" for kind in self.sources.get(key, ())) and score.feeds is None
        wanted = self._wanted(key)
        needed = self.clamps_bind(key) and key not in self.inside
        return (
            self.formulas
            and plain
            and (wanted == "formula" or (not wanted and (key not in self.read or needed)))
        )

    def _wanted(self, key: str) -> str:
        """What the options say of a score's sum."""
        return self.sums.get(key, self.sums.get(self.model.scores[key].id, ""))

    def clamps_bind(self, key: str) -> bool:
        """Whether what holds can add up to more than a score's ceiling, or to less than its floor."""
        score = self.model.scores[key]
        low, high = self.reach(key)
        return (score.ceiling is not None and high > score.ceiling.value) or (
            score.floor is not None and low < score.floor.value
        )

    def is_moot(self, key: str) -> bool:
        """Whether what a score's bounds cut shows nowhere: what it feeds gets every award whole."""
        return self.of[key].kind == "inside" and not counted(self.model, key, self.total)

    def _is_levelled(self, key: str) -> bool:
        """Whether rules add a fit score up whose bounds bind: by levels of the clamped sum."""
        score = self.model.scores[key]
        outside = self.of[key].kind in {"field", "formula", "sum", "none"} and not counted(
            self.model, key, self.total
        )
        return (
            score.kind == "fit"
            and not outside
            and self.clamps_bind(key)
            and not self.is_moot(key)
            and not why_not(self.model, score)
        )

    def source_field(self, key: str, element: Element) -> str:
        """The field that holds what one source gives to a score."""
        home = self.of[key]
        return home.name if home.kind == "field" else f"{home.name}: {element.key}"

    def title(self, score: Score) -> str:
        """What a score is called here: its name for the platform or its title, with its product's."""
        name = score.names.get("pardot", score.title)
        if score.product is None:
            return name
        return f"{name} ({self.model.products[score.product].title})"

    def _one_source(self, key: str) -> bool:
        sources = self.sources.get(key, ())
        return len(sources) <= 1 and all(kind != "keep" for kind in sources)

    def is_a_field(self, key: str) -> bool:
        """Whether a score is a field of the spec, which nothing of the model writes."""
        return self.of[key].kind == "field" and bool(self._input_field(key))

    def _input_field(self, key: str) -> str:
        """The field that is the score itself: its only source is a field whose value counts as it is."""
        kind, _, source = next(iter(self.sources.get(key, ())), "").partition(" ")
        if kind != "input":
            return ""
        item = self.model.inputs[source]
        plain = item.percent == 100 and item.at_least is None and item.at_most is None
        return field_label(self.model.fields[item.field]) if plain else ""

    def _is_wide(self, key: str) -> bool:
        """Whether its only source is a field with more values than rules are built for, and is not the score itself."""
        kind, _, source = next(iter(self.sources.get(key, ())), "").partition(" ")
        return kind == "input" and not self._input_field(key) and is_wide(self.model.inputs[source])

    def _category_can(self, key: str) -> bool:
        """Whether every award to a part could go to a category: named assets that folders hold, and an edition with categories."""
        if self.edition == "growth" or self.model.scores[key].kind == "fit":
            return False
        return not any(
            self._unnamed(event)
            for rule in self.model.rules.values()
            if rule.limit is None and any(score == key for score, _ in rule.points)
            for event in rule.on
        )

    def _unnamed(self, event: Event) -> bool:
        """Whether no folder holds what the event happens to."""
        if event.verb in {"visits", "starts_visit", "searches", "chats"}:
            return True
        return any(self.model.assets[name].builtin for name in event.objects if name in self.model.assets)

    # --- what a point moves -----------------------------------------------------------------------------------------

    def moves(self, key: str, points: int) -> tuple[dict[str, int], int]:
        """Points given to a score: what each category gets (by score key), and what the overall score gets.

        A score that is held by levels gets nothing by itself; what it feeds does.
        """
        if key in self.levelled:
            onward = self.model.scores[key].feeds
            return ({}, 0) if onward is None else self.moves(onward, points)
        total = sum(in_total(self.model, name, points, self.total) for name in self._chain(key))
        return dict.fromkeys(self.touches(key)[0], points), total

    def touches(self, key: str) -> tuple[tuple[str, ...], bool]:
        """The categories that an award to a score moves, and whether it moves the overall score."""
        return tuple(
            name for name in self._chain(key) if self.of[name].kind == "category"
        ), key in self.inside

    def begins(self, key: str, points: int) -> tuple[dict[str, int], int]:
        """The same for points that a score begins with: they are no award, so they feed nothing."""
        own = {key: points} if self.of[key].kind == "category" else {}
        return own, in_total(self.model, key, points, self.total)

    def vector(self, points: Iterable[tuple[str, Number]]) -> tuple[dict[str, int], int]:
        """The same for all the points of a rule."""
        categories: dict[str, int] = {}
        total = 0
        for key, number in points:
            some, more = self.moves(key, number.value)
            total += more
            for category, value in some.items():
                categories[category] = categories.get(category, 0) + value
        return categories, total

    def adjust(
        self,
        cx: Run,
        categories: dict[str, int],
        total: int,
        *,
        often: int | None = 1,
        bounds: Iterable[Bound] = (),
    ) -> tuple[Act, ...]:
        """Actions that move categories and the overall score by so much, whatever one does to the other.

        Should one move the other, the overall score is off by their sum each time: ``often`` says how often they may
        be done (``None``: any number of times), or ``bounds`` by how much that is in all.
        """
        changed = {key: value for key, value in categories.items() if value}
        found = [self.category_act(cx, key, value) for key, value in changed.items()]
        if changed and self.total is not None:
            cx.flag("category-adjust-moves-overall")
            coupled = cx.facts["category-adjust-moves-overall"]
            if coupled is True:
                total -= sum(changed.values())
            elif coupled == "unknown":
                self._may_spill(cx, changed, often, bounds)
        if total:
            self.alone(cx)
            found.append(score_act(total))
        return tuple(found)

    def _may_spill(
        self, cx: Run, changed: Mapping[str, int], often: int | None, bounds: Iterable[Bound]
    ) -> None:
        assert self.total is not None
        spill = sum(changed.values())
        if spill:
            cx.bounded(
                "category-may-move-total",
                f"the overall score moves by up to {abs(spill)} more each time, if the platform couples the two",
                bounds=bounds or cx.off({self.total: times(moved(spill), often)}, feeds=False),
                instead=self._without_category(changed),
            )

    def alone(self, cx: Run, path: KeyPath = ()) -> None:
        """That the overall score can be moved by itself; raises ``CannotLowerError`` where categories would move along."""
        kept = [home.name for home in self.of.values() if home.kind == "category"]
        if kept and not cx.flag("overall-leaves-categories"):
            raise CannotLowerError(
                "category-moves-along",
                f"adjusting the prospect score moves every scoring category as well ({', '.join(kept)})",
                "keep one score, or let baseline rows and folders alone pay, which adjust nothing",
                path,
                ("overall-leaves-categories",),
            )

    def _without_category(self, keys: Iterable[str]) -> str:
        """What keeps points in the overall score alone, where nothing needs them apart; ``""`` where something does."""
        if any(key in self.read or key not in self.inside for key in keys):
            return ""
        sums = ", ".join(f'{self.model.scores[key].id} = "total"' for key in keys)
        return f"keep it in the overall score alone, where it cannot be seen apart: [targets.pardot] sums = {{ {sums} }}"

    def instead_of_category(self, *keys: str) -> str:
        """What to write so that a score is the prospect score, which rows pay and rules set, and not a category."""
        score = self.model.scores[keys[0]]
        if self.total is None and score.product is None:
            return f"let {score.title!r} be the overall score: overall = true"
        if self.total is not None and keys[0] in summands(self.model, [self.total]):
            total = self.model.scores[self.total]
            return (
                f"move overall = true from {total.title!r} to {score.title!r}: the sum is then asked of its parts, if the "
                "others are fit scores"
            )
        return "give the points to the overall score"

    def category_act(self, cx: Run, key: str, value: int) -> Act:
        """The action that moves a category."""
        self.require(cx, key)
        return Act(ACTIONS["category"].text, self.of[key].name, f"{value:+d}")

    def require(self, cx: Run, key: str, path: KeyPath = ()) -> Home:
        """The home of a score that must have one; raises ``CannotLowerError`` where it has none."""
        home = self.of[key]
        if home.kind == "none":
            raise CannotLowerError("no-home-for-score", home.reason, home.instead, path)
        if home.kind == "category":
            if self.edition == "growth" and cx.flag("category-needs-plus"):
                raise CannotLowerError(
                    "categories-need-plus",
                    "a score beside the overall one is a scoring category, and the Growth edition has none",
                    "compile for the plus edition, or keep one score",
                    path,
                    ("category-needs-plus",),
                )
            cx.rest_on("category-only-adjusts")
        return home

    # --- what a score is compared with ------------------------------------------------------------------------------

    def compare(self, cx: Run, key: str, bounds: Bounds, *, holds: bool, path: KeyPath = ()) -> Expression:
        """A score (or its negation) between bounds, as criteria on integers."""
        home = self.require(cx, key, path)
        if home.kind == "inside":
            raise CannotLowerError(
                "no-home-for-score", "the score is not kept apart", "make it overall", path
            )
        return self.between(cx, key, bounds.least, bounds.most, holds=holds)

    def between(
        self, cx: Run, key: str, least: int | None, most: int | None, *, holds: bool = True
    ) -> Expression:
        """From ``least`` to ``most``, both included; ``None`` leaves a side open."""
        home = self.of[key]
        if home.kind == "sum":
            if holds:
                return combined_between(cx, self, key, least, most)
            under = NOBODY if least is None else combined_between(cx, self, key, None, least - 1)
            return either(under, NOBODY if most is None else combined_between(cx, self, key, most + 1, None))
        in_field = home.kind in {"field", "formula"}
        what = "custom-field" if in_field else "score" if home.kind == "overall" else "category"
        of = "" if home.kind == "overall" else home.name
        cx.rest_on("criteria-labels", *(("category-below-zero",) if home.kind == "category" else ()))
        if home.kind == "formula":
            cx.flag("formula-syncs-back")
        at_nothing = (least is None or least <= 0) and (most is None or most >= 0)
        empty = in_field and at_nothing
        unscored: tuple[Expression, ...] = ()
        if home.kind == "category" and not cx.flag("category-below-zero") and at_nothing == holds:
            unscored = (cx.unscored(self.model.scores[key], home.name),)
        if holds:
            lower = () if least is None else (leaf(what, of, "greater", least - 1),)
            upper = () if most is None else (leaf(what, of, "less", most + 1),)
            inside = both(*lower, *upper)
            inside = either(inside, leaf(what, of, "empty")) if empty and (lower or upper) else inside
            return either(inside, *unscored)
        below = () if least is None else (leaf(what, of, "less", least),)
        above = () if most is None else (leaf(what, of, "greater", most),)
        outside = either(*below, *above, *unscored)
        return either(outside, leaf(what, of, "empty")) if in_field and not empty else outside

    def tag_of(self, mark: Mark) -> str:
        """A mark's tag."""
        return mark.names.get("pardot", mark.title)

    def falls_with(self, key: str, points: int) -> int:
        """What the overall score moves by when a score that it is a sum of moves by so many points."""
        return in_total(self.model, key, points, self.total)

    def reach(self, key: str) -> tuple[int, int]:
        """The least and the greatest sum that facts, tiers and inputs can give to a score (what feeds it included)."""
        return reach(self.model, key)

    def sinks(self, key: str) -> bool:
        """Whether a score can be meant to lie below 0."""
        low, high = self.reach(key)
        given = [number for worth in worths(self.model, key) for number in worth]
        falls = any(decay.score == key for decay in self.model.decay.values())
        floor = self.model.scores[key].floor
        return (low < 0 or min(given, default=0) < 0 or (falls and high > 0)) and (
            floor is None or floor.value < 0
        )

    def worths(self, key: str) -> Iterator[tuple[int, ...]]:
        """For each thing that gives points to a score, directly or by feeding it: the numbers it can give."""
        return worths(self.model, key)

    def grain(self, key: str) -> int:
        """The greatest number that divides everything that a score is ever moved by."""
        grain = 0
        for worth in worths(self.model, key):
            grain = gcd(grain, *worth)
        for decay in self.model.decay.values():
            if decay.score == key:
                numbers = (
                    number.value for step in decay.steps for number in (step.subtract, step.set_to) if number
                )
                stop = 0 if decay.stop_at is None else decay.stop_at.value
                grain = gcd(grain, stop, *numbers) if all(step.percent is None for step in decay.steps) else 1
        if self.of[key].kind == "category":  # what rules bring it to
            held = kept(self.model, self.model.scores[key])
            grain = gcd(grain, held.floor or 0, held.ceiling or 0, *resets(self.model, key))
        return max(grain, 1)

    def top(self, cx: Run, key: str) -> tuple[int, bool]:
        """The highest value that bands are planned for, and whether it is sure (a ceiling) or taken from use."""
        score = self.model.scores[key]
        if score.ceiling is not None:
            return score.ceiling.value, True
        wanted = dict(cx.options.range)
        named = wanted.get(key, wanted.get(score.id))
        if named is not None:
            return named, False
        sums = (name for name in self.read if key in summands(self.model, [name]))
        compared = self.read.get(key, ()) or tuple(n for name in sums for n in self.read[name]) or (50,)
        return max(2 * max(map(abs, compared)), 50), False


def score_act(points: int) -> Act:
    """Move the overall score."""
    return Act(ACTIONS["score"].text, "By", f"{points:+d}")


def set_score_act(value: int) -> Act:
    """Set the overall score."""
    return Act(ACTIONS["score"].text, "To", str(value))


def set_field_act(name: str, value: str | int, *, default: bool = False) -> Act:
    """Set a prospect field."""
    return Act(ACTIONS["default-field" if default else "custom-field"].text, name, str(value))
