"""What a migration says of itself: what is exact, what is bounded and by how much, and what it refuses."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright.model.actions import TakeMark
from scorewright.model.elements import Rule, Threshold
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Note, Result
from scorewright_marketo.lower.bounds import by_actions, by_awards, by_scores, in_a_life, joined
from scorewright_marketo.lower.expr import Both
from scorewright_marketo.lower.scores import bottom_of
from scorewright_marketo.migration.counters import counted_by
from scorewright_marketo.migration.notes import NOTES
from scorewright_marketo.migration.plan import WAITED
from scorewright_marketo.migration.tables import CAMPAIGNS, plain, value_of
from scorewright_marketo.migration.watch import crossed_by, is_watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Decay, Element, Score, Step
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.migration import Since
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.migration.compare import Difference, Pair
    from scorewright_marketo.migration.drains import Drain
    from scorewright_marketo.migration.pairing import Version
    from scorewright_marketo.migration.plan import Plan

__all__ = ["tell"]

_WHEN = "migrated"
_MEMORY = ("edits-of-active", "qualification-memory")
_MOST_TIMES = 12
"""How often a repeated step comes in one silence, before it counts as drawn out."""


def tell(
    b: Builder, since: Since, now: Version, parts: tuple[Difference, Plan], lost: Iterable[str]
) -> tuple[Note, ...]:
    """Every note, each once for its element; ``lost`` are those of whom a record says nothing any more."""
    told = _Telling(b, since, now, parts)
    notes = [
        *told.moved(),
        *told.outside(lost),
        *told.awards(),
        *told.held(),
        *told.thresholds(),
        *told.decays(),
    ]
    return tuple(dict.fromkeys(notes))


class _Telling:
    def __init__(self, b: Builder, since: Since, now: Version, parts: tuple[Difference, Plan]) -> None:
        self.b, self.since, self.gauges = b, since, now.gauges
        self.difference, self.plan = parts
        self.meant = self.plan.meant
        self.elements: dict[str, list[Element]] = {}
        for element in b.model.elements():
            self.elements.setdefault(element.name, []).append(element)

    def _note(
        self,
        name: str,
        result: Result,
        element: str,
        *,
        bound: str = "",
        instead: str = "",
        bounds: tuple[Bound, ...] = (),
        facts: tuple[str, ...] = (),
    ) -> Note:
        path = tuple(element.split("."))
        return Note(name, result, element, path, NOTES[name], bound, instead, facts, None, bounds)

    # --- what cannot be moved ---------------------------------------------------------------------------------------

    def moved(self) -> Iterator[Note]:
        """Names that nobody would follow, and scores whose points would have to come from elsewhere."""
        for rename in self.difference.renames if not self.b.fact("renames-follow") else ():
            element = next((name for name in rename.elements if name in self.elements), "model.title")
            instead = f"keep the title, so that “{rename.old}” keeps its name"
            facts = ("renames-follow",)
            yield self._note("renames-are-lost", Result.REFUSED, element, instead=instead, facts=facts)
        before = self.since.model
        at = {gauge.name: gauge.at.get("field") for gauge in self.since.gauges if gauge.kind == "score"}
        for key, score in self.b.model.scores.items():
            label = self.b.score_field(score)
            if f"score {key}" not in at and label in at.values():
                instead = "keep the id that the score had: a new id begins at its start"
                yield self._note("score-has-moved", Result.REFUSED, score.name, instead=instead)
            old = before.scores.get(key) if before is not None else None
            if old is None:
                yield from self._sums_up(score)
                continue
            if (old.sum_of, old.percent_of, old.feeds) != (score.sum_of, score.percent_of, score.feeds):
                instead = "leave what the score is added up from, and what it feeds, as it was; or give it a new id, which begins anew"
                yield self._note("score-has-moved", Result.REFUSED, score.name, instead=instead)

    def _sums_up(self, score: Score) -> Iterator[Note]:
        """A new sum of scores that hold points of events already: nothing adds up what stands in two fields."""
        there = self.since.model.scores if self.since.model is not None else {}
        parts = (*score.sum_of, *(key for key, _ in score.percent_of))
        if any(key in there and there[key].kind != "fit" for key in parts):
            instead = "keep the id that the sum had; or give what it is added up from new ids, too: then all of it begins anew"
            yield self._note("score-has-moved", Result.REFUSED, score.name, instead=instead)

    def outside(self, lost: Iterable[str]) -> Iterator[Note]:
        """What nobody could take back of who is outside the population, once they come in."""
        inside = self.b.population == Both(())
        kept = (drain.element for drain in self.plan.drained if drain.kept)
        for element in dict.fromkeys((*lost, *(() if inside else kept))):
            instead = "leave its points as they were, and give the difference by a rule of its own"
            yield self._note("outside-keep-theirs", Result.REFUSED, element, instead=instead)

    # --- awards and what holds --------------------------------------------------------------------------------------

    def awards(self) -> Iterator[Note]:
        """Awards: numbers in tokens, edits in place, limits that count from now on."""
        for pair in self.meant.edits("tokens"):
            if not pair.new.table["coupled"] and not pair.new.table["inverse"]:
                yield self._note("token-only", Result.EXACT, pair.new.elements[0])
        for pair in self.meant.edits(CAMPAIGNS):
            if pair.new.lowering.startswith("award") or (
                pair.new.lowering == "threshold" and _is_limited(pair)
            ):
                yield from self._limited(pair)
        yield from self._windows()
        yield from self._apart()
        for item in self.meant.goes(CAMPAIGNS):
            if item.lowering.startswith("award") and not {*item.elements} & self.elements.keys():
                yield self._note("points-stay", Result.EXACT, item.elements[0])
        for item in self.plan.kept:
            if item.lowering == WAITED:
                yield self._note("waiting-go-on", Result.EXACT, item.elements[0])

    def _limited(self, pair: Pair) -> Iterator[Note]:
        """A limit that rests on memory goes on; one that counts has counted what the version before let it count."""
        element = pair.new.elements[0]
        uncounted = self._uncounted(pair)
        if not uncounted:
            yield self._note("edited-in-place", Result.EXACT, element, facts=_MEMORY)
            return
        bounds = joined(*(self._more(item) for item in self.elements.get(element, ())))
        bound = (
            "as much as the limit gives once more, for who was given the award before it, until that is over"
        )
        yield self._note("awards-were-not-counted", Result.BOUNDED, element, bound=bound, bounds=bounds)

    def _windows(self) -> Iterator[Note]:
        """Accounts in points that empty after another time now: who waits in the old flow waits on."""
        before = _emptied_after(
            item for item in (*self.meant.removed, *(pair.old for pair in self.meant.pairs))
        )
        after = _emptied_after(self._now())
        for field in after:
            if field in before and before[field] != after[field]:
                mine = [item for item in self._now() if _fills(item, field)]
                names = [name for item in mine for name in item.elements if name in self.elements]
                bounds = joined(
                    *(self._more(one) for name in dict.fromkeys(names) for one in self.elements[name])
                )
                bound = "as much as the limit gives once more, or not, until what was given before would be out of its window"
                for name in dict.fromkeys(names):
                    yield self._note(
                        "awards-were-not-counted", Result.BOUNDED, name, bound=bound, bounds=bounds
                    )

    def _apart(self) -> Iterator[Note]:
        """Awards of which each asset has a limit of its own now, and all had one: nobody can tell for which one was given."""
        before = self.since.model.rules if self.since.model is not None else {}
        for key, rule in self.b.model.rules.items():
            old = before[key].limit if key in before else None
            if old is not None and rule.limit is not None and rule.limit.by_asset and not old.by_asset:
                bound = "an award for each asset, more or less, for who was given one before the change"
                yield self._note(
                    "awards-were-not-counted", Result.BOUNDED, rule.name, bound=bound, bounds=self._more(rule)
                )

    def _uncounted(self, pair: Pair) -> bool:
        """Whether the award now counts in a field that does not hold what was given before."""
        old, new = ({*counted_by(item.table), *_dates(item)} for item in pair)
        filled = {value_of(step, "Score Name") for item, _ in self.plan.fills for step in item.table["flow"]}
        fresh = new - old
        if self._clipped(pair) and old & new:
            return True
        if fresh and (pair.old.table["qualification"] != "Only once" or not fresh <= filled):
            return True
        return bool(new & old) and self._resets(new & old)

    def _clipped(self, pair: Pair) -> bool:
        """Whether an award that was cut counts as a whole one, in a limit that has room for more now.

        What cuts it is a choice on a count; one on a score holds the score in its bounds, and gives the award all the same.
        """
        scores = {
            gauge.at.get("field") for gauge in (*self.since.gauges, *self.gauges) if gauge.kind == "score"
        }
        rests = [
            [
                step
                for step in plain(item.table["flow"])
                if any(choice["if"]["rule"] not in scores for choice in step.get("choices", ()))
            ]
            for item in pair
        ]
        return bool(rests[0]) and rests[0] != rests[1]

    def _resets(self, fields: set[str]) -> bool:
        """Whether what takes a count back has changed: then it has counted for another window."""
        changed = [*self.meant.edits(CAMPAIGNS)]
        items = [*self.meant.added, *self.meant.removed, *(pair.new for pair in changed)]
        return any(
            item.kind == CAMPAIGNS
            and item.table["type"] != "executable"
            and fields & {value_of(step, "Score Name") for step in item.table["flow"]}
            for item in items
        )

    def _more(self, element: Element) -> tuple[Bound, ...]:
        limit = getattr(element, "limit", None)
        if isinstance(element, Rule) and limit is None and element.group is not None:
            limit = self.b.model.groups[element.group].limit
        count = limit.count if limit is not None and limit.kind == "times" else 1
        if isinstance(element, Rule):
            sizes = [abs(number.value) for _, number in element.points if number.value]
            if limit is not None and limit.kind == "points" and sizes:
                count = -(-limit.count // min(sizes))
            if limit is not None and limit.by_asset:
                count *= max(1, sum(len(event.objects) for event in element.on))
            count = max(count, in_a_life(element) or 0)
            return by_awards(self.b, element, few=count, many=count, when=_WHEN)
        actions = element.then if isinstance(element, Threshold) else ()
        return by_actions(self.b, element, actions, few=count, many=count, when=_WHEN)

    def held(self) -> Iterator[Note]:
        """Facts, tiers and inputs."""
        for drain in self.plan.drained:
            facts = ("batch-person-in-minutes", "is-zero-matches-empty")
            yield self._note("computed-anew", Result.EXACT, drain.element, facts=facts)
            bounds = tuple(self._until_night(drain)) if drain.stays else ()
            if bounds:
                bound = "the points of then, from when somebody comes in until the next night"
                yield self._note(
                    "taken-back-by-night", Result.BOUNDED, drain.element, bound=bound, bounds=bounds
                )

    def _until_night(self, drain: Drain) -> Iterator[Bound]:
        """What a batch that stays is still to take back from each score, from somebody who was outside."""
        found: dict[str, set[int]] = {}
        for step in drain.campaign.table["flow"]:
            for choice in step.get("choices", ()):
                if choice["value"][:1] in {"+", "-"}:
                    found.setdefault(value_of(step, "Score Name"), {0}).add(-int(choice["value"]))
        for gauge in self.gauges:
            points = found.get(str(gauge.at.get("field"))) if gauge.kind == "score" else None
            if points is not None:
                yield Bound(gauge.name, min(points), max(points), "outside")

    # --- thresholds -------------------------------------------------------------------------------------------------

    def thresholds(self) -> Iterator[Note]:
        """Who stands between the old threshold and the new one."""
        for element, _ in self.plan.watched:
            yield self._note("past-it-counts-as-handed-over", Result.EXACT, element)
        listed = {item.elements[0] for item in self._now() if crossed_by(item)}
        touched = {pair.new.elements[0] for pair in self.meant.edits(CAMPAIGNS) if is_watch(pair.new)}
        for name in sorted(touched - listed):
            for threshold in self.elements.get(name, ()):
                if isinstance(threshold, Threshold):
                    yield from self._wakes(threshold)

    def _wakes(self, item: Threshold) -> Iterator[Note]:
        if not any(isinstance(action, TakeMark) for action in item.then):
            return
        bounds = by_actions(self.b, item, item.then, many=1, when=_WHEN)
        bound = "one handoff more for who bears the mark, was active, and is past it only by the change"
        yield self._note("wakes-up-by-the-change", Result.BOUNDED, item.name, bound=bound, bounds=bounds)

    def _now(self) -> Iterator[Emitted]:
        yield from (pair.new for pair in self.meant.pairs)
        yield from self.meant.added

    # --- decays -----------------------------------------------------------------------------------------------------

    def decays(self) -> Iterator[Note]:
        """Steps that go on, steps that nobody can tell were taken, and values that are set for who is silent already."""
        there = {name for item in self.since.objects if item.kind == CAMPAIGNS for name in item.elements}
        for decay in self.b.model.decay.values():
            changed = [pair.new for pair in self.meant.edits(CAMPAIGNS)]
            changed += [*self.meant.comes(CAMPAIGNS), *self.meant.goes(CAMPAIGNS)]
            touched = any(decay.name in item.elements for item in changed)
            if not touched:
                continue
            unsure = [*self._of_decay(decay, known=decay.name in there)]
            yield from unsure
            if not unsure and decay.name in there:
                yield self._note("steps-go-on", Result.EXACT, decay.name, facts=_MEMORY)

    def _of_decay(self, new: Decay, *, known: bool) -> Iterator[Note]:
        taken = self._most(new)
        if known and (new.name in self.plan.quarantine.skipped or self._told_otherwise(new.name)):
            words = "more or less, until the next silence, for who is silent at the change"
            yield self._either_way("steps-are-not-counted", new, taken, words)
        if any(_repeat(pair) for pair in self.meant.edits(CAMPAIGNS) if new.name in pair.new.elements):
            words = "more or less, until the next silence, for who has met the step at the change"
            yield self._either_way("repeat-counts-from-the-last", new, taken, words)
        if self._stamped_anew(new.name):
            yield self._begins_late(new, taken)
        lower = self._set_again(new.name)
        if lower > 0:
            bound = f"up to {lower} points less, until the next silence, for who is silent at the change"
            yield self._note(
                "set-again-in-silence",
                Result.BOUNDED,
                new.name,
                bound=bound,
                bounds=self._decayed(new, -lower, 0),
            )

    def _either_way(self, name: str, decay: Decay, taken: int | None, words: str) -> Note:
        """A bound on both sides; refused where no number can be had for it."""
        if taken is None:
            instead = (
                "leave when its steps come as it was; or let the score have a ceiling, so that there is a number; or give the "
                "decay a new id: then every silence is looked at anew"
            )
            return self._note(name, Result.REFUSED, decay.name, instead=instead)
        bounds = self._decayed(decay, -taken, taken)
        return self._note(name, Result.BOUNDED, decay.name, bound=f"{taken} points {words}", bounds=bounds)

    def _begins_late(self, decay: Decay, taken: int | None) -> Note:
        """What the steps would have taken or, where one sets a score that is lower, given is missing until then."""
        given = self._lifted(decay)
        words = [f"{_number(taken)} more"] if taken is None or taken else []
        words += [f"{_number(given)} less"] if given is None or given else []
        who = "until the next silence, for who is silent at the change"
        lack = None if given is None else -given
        moved = by_scores(self.b, ((decay.score, lack, taken),), _WHEN, fed=False)
        undone = by_actions(self.b, decay, decay.then, few=1, when=_WHEN)
        bound = f"{' or '.join(words)}, {who}" if words else f"no action of the decay, {who}"
        bounds = joined(moved, undone)
        return self._note("stamps-begin-late", Result.BOUNDED, decay.name, bound=bound, bounds=bounds)

    def _lifted(self, decay: Decay) -> int | None:
        """By how much a step that sets a score lifts a lower one at most; ``None`` where the score has no least value."""
        bottom = bottom_of(self.b, self.b.model.scores[decay.score])
        most = 0
        for step in decay.steps:
            lows = [number for number in (bottom, step.level.least) if number is not None]
            if step.set_to is not None and not lows:
                return None
            most = max(most, step.set_to.value - max(lows)) if step.set_to is not None else most
        return most

    def _stamped_anew(self, name: str) -> bool:
        """Whether a date that tells the silence is filled in by this change: with the day of the change."""
        stamps = {
            value_of(step, "Attribute")
            for item in self.plan.starts
            for step in item.table["flow"]
            if value_of(step, "New Value") == "{{system.dateTime}}"
        }
        return any(
            row["rule"] in stamps and row.get("operator") == "in past before"
            for item in self._now()
            if item.kind == CAMPAIGNS and name in item.elements
            for row in item.table["smart_list"].get("filters", ())
        )

    def _told_otherwise(self, name: str) -> bool:
        """Whether steps that were told by one means are told by another now."""
        old = {_means(pair.old) for pair in self.meant.pairs if name in pair.old.elements}
        old |= {_means(item) for item in self.meant.removed if name in item.elements}
        new = {_means(item) for item in self._now() if name in item.elements}
        return old - {""} != new - {""}

    def _set_again(self, name: str) -> int:
        """By how much somebody whom the old batches have left alone is lowered by the new ones."""
        then = [*(pair.old for pair in self.meant.pairs), *self.meant.removed]
        old, new = (
            [item for item in items if name in item.elements and _means(item) == "sets"]
            for items in (then, self._now())
        )
        if not old or not new:
            return 0
        return max(max(_levels(item)) for item in old) - min(min(_levels(item)) for item in new)

    def _most(self, decay: Decay) -> int | None:
        """What the steps of a silence take at most; ``None`` where that depends on a score that has no greatest value."""
        total = 0
        for step in decay.steps:
            taken = self._taken(step, decay)
            if taken is None:
                return None
            total += taken * (_MOST_TIMES if step.every is not None else 1)
        return total

    def _taken(self, step: Step, decay: Decay) -> int | None:
        if step.subtract is not None:
            return step.subtract.value
        ceiling = self.b.model.scores[decay.score].ceiling
        ends = [number.value for number in (ceiling, step.level.upper and step.level.upper.number) if number]
        if not ends:
            return None
        top = max(0, min(ends))
        if step.percent is not None:
            return -(-top * step.percent // 100)
        return max(0, top - (step.set_to.value if step.set_to is not None else 0))

    def _decayed(self, decay: Decay, least: int | None, most: int | None) -> tuple[Bound, ...]:
        """A decay's scores off by so much, and its actions done or not."""
        many = 0 if least == 0 else 1
        few = 0 if most == 0 else 1
        return joined(
            by_scores(self.b, ((decay.score, least, most),), _WHEN, fed=False),
            by_actions(self.b, decay, decay.then, few=few, many=many, when=_WHEN),
        )


def _emptied_after(items: Iterable[Emitted]) -> dict[str, set[str]]:
    """By account: after how long what was given is taken out of it again."""
    found: dict[str, set[str]] = {}
    for item in items:
        if item.kind == CAMPAIGNS and item.table.get("switched_on") == "requested":
            steps = plain(item.table["flow"])
            for wait, step in pairwise(steps):
                if wait["step"] == "Wait" and value_of(step, "Change").startswith("-"):
                    found.setdefault(value_of(step, "Score Name"), set()).add(value_of(wait, "Duration"))
    return found


def _fills(item: Emitted, field: str) -> bool:
    return (
        item.kind == CAMPAIGNS
        and item.table["type"] == "executable"
        and any(value_of(step, "Score Name") == field for step in item.table["flow"])
    )


def _is_limited(pair: Pair) -> bool:
    return pair.old.table["qualification"] != pair.new.table["qualification"] or bool(
        {*counted_by(pair.new.table)}
    )


def _dates(item: Emitted) -> Iterator[str]:
    """The fields in which an award keeps the dates of the last ones."""
    for step in item.table["flow"]:
        if step["step"] == "Change Data Value" and value_of(step, "New Value") == "{{system.dateTime}}":
            yield value_of(step, "Attribute")


def _means(item: Emitted) -> str:
    """How a campaign of a decay knows who has met its step: by a count, by its own memory, or by the score that it sets."""
    if item.kind != CAMPAIGNS or not item.lowering.startswith("decay") or not item.table["flow"]:
        return ""
    last = item.table["flow"][-1]
    if value_of(last, "New Value").isdigit():
        return "counts" if value_of(last, "New Value") != "0" else ""
    if item.table["qualification"].startswith("Once every"):
        return "remembers"
    return "sets" if item.table.get("switched_on") == "nightly" and _levels(item) else ""


def _levels(item: Emitted) -> list[int]:
    """The greatest scores that the filters of a batch leave alone."""
    rows = plain(item.table["smart_list"].get("filters", ()))
    less = {"greater than": 0, "at least": 1}
    return [
        int(row["values"][0]) - less[row["operator"]]
        for row in rows
        if row.get("operator") in less and row["values"][0].lstrip("-").isdigit()
    ]


def _repeat(pair: Pair) -> bool:
    """Whether a step that repeats comes at other times now."""
    if "remembers" not in {_means(pair.old)} & {_means(pair.new)}:
        return False
    old, new = (
        (
            item.table["qualification"],
            [row for row in plain(item.table["smart_list"]["filters"]) if row["rule"] == "Created At"],
        )
        for item in pair
    )
    return old != new


def _number(points: int | None) -> str:
    return "any number of points" if points is None else f"{points} points"
