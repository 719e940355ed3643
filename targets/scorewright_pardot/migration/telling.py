"""What a migration says of itself: what is exact, what is bounded and by how much, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Note, Result
from scorewright_pardot.lower.residual import CLASSES
from scorewright_pardot.migration.accounts import off_by
from scorewright_pardot.migration.notes import NOTES
from scorewright_pardot.migration.quarantine import quarantines, remembers
from scorewright_pardot.migration.starts import late_starts
from scorewright_pardot.migration.tables import (
    actions_of,
    adjusts,
    crossed_by,
    leaves,
    same_repeat,
    window_of,
)
from scorewright_pardot.options import Options

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Score
    from scorewright.model.elements import Step as DecayStep
    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Since
    from scorewright.plugin.target import Request
    from scorewright_pardot.migration.compare import Difference, Pair
    from scorewright_pardot.migration.drains import Drain

__all__ = ["tell"]

_WHEN = "migrated"
_MOST_TIMES = 12
"""How often a repeated step comes in one silence, before it counts as drawn out."""
_RULES, _ROWS = "automation-rules", "baseline-scoring"
COUNTED_ROWS = frozenset(row for one in CLASSES.values() if one.category for row in one.rows)
"""The rows whose points a scoring category counts too."""


def tell(
    request: Request,
    bundle: Bundle,
    since: Since,
    difference: Difference,
    drained: Sequence[Drain],
    *,
    begun: Sequence[Score],
    guarded: bool,
) -> tuple[Note, ...]:
    """Every note, each once for its element.

    ``begun`` are scores that take the place of another; ``guarded``: the model leaves somebody out.
    """
    told = _Telling(request, bundle, since, difference)
    notes = [
        *told.moved([score.key for score in begun]),
        *told.programs(),
        *told.rows(),
        *told.folders(),
        *told.awards(),
        *told.starts(),
        *(told.outside(drained) if guarded else ()),
        *told.held(drained),
        *told.thresholds(),
        *told.decays(),
    ]
    return tuple(dict.fromkeys(notes))


class _Telling:
    def __init__(self, request: Request, bundle: Bundle, since: Since, difference: Difference) -> None:
        self.request = request
        self.bundle = bundle
        self.since = since
        self.difference = difference
        options = Options.of(request.options)
        self.shortest = max(options.repeat_days, int(request.facts["repeat-least-days"]), 1)
        self.at = {gauge.name: gauge.at for gauge in bundle.gauges}
        self.was = {gauge.name: gauge.at for gauge in since.gauges}

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

    def moved(self, begun: Collection[str]) -> Iterator[Note]:
        """Scores whose points lie elsewhere now; ``begun`` are those that begin where they are."""
        for key, score in self.request.model.scores.items():
            was, now = self.was.get(f"score {key}"), self.at.get(f"score {key}")
            if key in begun:
                yield self._note("begins-anew", Result.EXACT, score.name, facts=("sets-jump-back",))
            elif now is not None and was is None and self._is_taken(key, now):
                yield self._stuck(
                    score.name,
                    "keep the id that the score had; or give it a new id, and whatever gives it points for what holds one too: "
                    "then it begins at its start",
                )
            elif was is None or now is None:
                continue
            elif was.get("read") != now.get("read") and (
                score.kind == "engagement" or self._is_taken(key, now)
            ):
                yield self._stuck(
                    score.name,
                    "leave `overall`, and what the score feeds, as they were; or give it a new id, which begins at its start",
                )
        yield from self._lost_parts()

    def _is_taken(self, key: str, at: Mapping[str, object]) -> bool:
        """Whether a place holds the points of another score already."""
        place = (at.get("read"), at.get("of"))
        return any(
            (was.get("read"), was.get("of")) == place
            for name, was in self.was.items()
            if name.startswith("score ") and name != f"score {key}"
        )

    def _lost_parts(self) -> Iterator[Note]:
        """A sum that a part has left keeps that part's points on the platform."""
        before = self.since.model
        for key, score in self.request.model.scores.items():
            old = before.scores.get(key) if before is not None else None
            at = self.at.get(f"score {key}")
            if old is None or score.kind != "combined" or at is None or at.get("read") != "Prospect score":
                continue
            if (old.sum_of, old.percent_of) != (score.sum_of, score.percent_of):
                yield self._stuck(score.name, "leave what the score is added up from as it was")

    def _stuck(self, element: str, instead: str) -> Note:
        return self._note("score-has-moved", Result.REFUSED, element, instead=instead)

    def programs(self) -> Iterator[Note]:
        """People who are on their way through a program lose their place when it is edited."""
        changed = [pair.new for pair in self.difference.edits("engagement-programs")]
        changed += self.difference.of(
            (*self.difference.added, *self.difference.removed), "engagement-programs"
        )
        known = {element.name for element in self.request.model.elements()}
        before = (
            {element.name for element in self.since.model.elements()}
            if self.since.model is not None
            else known
        )
        for item in changed:
            if item.lowering == "lasting" and (_first(item) not in before or _first(item) not in known):
                continue  # nobody is in the program of a new rule; and what a rule has given stays when it goes
            element = _first(item) if _first(item) in known else "model.id"
            instead = "leave the decay that it carries out as it was, or have it carried out by rules"
            yield self._note("program-forgets", Result.REFUSED, element, instead=instead)

    # --- the baseline and folders -----------------------------------------------------------------------------------

    def rows(self) -> Iterator[Note]:
        """A changed row of the baseline: refused beside a decay that subtracts, else bounded one way."""
        pairs = self.difference.rows()
        element = next((pair.new.elements[0] for pair in pairs if pair.new.elements), "model")
        element = element if "." in element else "model.id"
        facts = ("baseline-rescores-everyone", "sets-jump-back")
        rules = [*self.since.objects, *self.bundle.objects]
        moved = [(pair.new.name, change) for pair in pairs if (change := self._rescored(pair))]
        if not pairs or not (moved or any(_sets(item) or _subtracts(item) for item in rules)):
            return
        if any(_subtracts(item) for item in rules):
            instead = "leave what every page, form, link and e-mail is worth as it was, and give named assets their points instead"
            yield self._note("baseline-beside-decay", Result.REFUSED, element, instead=instead, facts=facts)
            return
        words = ", ".join(f"{name} {change:+d}" for name, change in moved)
        sets = [item for item in rules if _sets(item)]
        bound = f"for each time in the past: {words}" + (
            "; what a decay or a reset has set comes back" if sets else ""
        )
        bounds = []
        for name, at in self.at.items():
            if at.get("read") == "Prospect score":
                bounds.append(_one_way(name, [change for _, change in moved], sets))
            elif at.get("read") == "Prospect scoring category":
                bounds.append(_one_way(name, [change for row, change in moved if row in COUNTED_ROWS], ()))
        found = tuple(bound for bound in bounds if (bound.least, bound.most) != (0, 0))
        if found:
            yield self._note(
                "baseline-rescores", Result.BOUNDED, element, bound=bound, bounds=found, facts=facts
            )

    def _rescored(self, pair: Pair) -> int:
        """What a row is worth more than what a score had of it: one that nothing read before had nothing."""
        read = any(at.get("read") == "Prospect score" for at in self.was.values())
        before = int(pair.old.table["points"]) if read or pair.new.name in COUNTED_ROWS else 0
        return int(pair.new.table["points"]) - before

    def folders(self) -> Iterator[Note]:
        """An asset that comes into a folder, or leaves it, takes its past along."""
        before, after = (_counted(items) for items in (self.since.objects, self.bundle.objects))
        for pair in self.difference.edits("scoring-categories"):
            old, new = ([*item.table.get("assets", ())] for item in pair)
            comes, goes = (
                [item for item in there if item not in other] for there, other in ((new, old), (old, new))
            )
            if not (comes or goes):
                continue
            changes = [*(after or before if comes else ()), *(-points for points in before if goes)]
            told = [
                *(f"{_called(item)} comes" for item in comes),
                *(f"{_called(item)} goes" for item in goes),
            ]
            bounds = tuple(
                _one_way(name, changes, ())
                for name, at in self.at.items()
                if at.get("read") == "Prospect scoring category" and at.get("of") == pair.new.name
            )
            bound = f"the points of the past of each asset: {', '.join(told)}"
            element = pair.new.elements[0] if pair.new.elements else "model.id"
            yield self._note("folder-recounts", Result.BOUNDED, element, bound=bound, bounds=bounds)

    # --- awards and what holds --------------------------------------------------------------------------------------

    def awards(self) -> Iterator[Note]:
        """Awards that are given once, or so many times: edited in place."""
        for pair in self.difference.edits(_RULES):
            if pair.old.lowering != "limited-award":
                continue
            element = pair.new.elements[0]
            if same_repeat(pair.old.table, pair.new.table):
                facts = ("edits-keep-memory", "match-once-unless-repeat")
                yield self._note("edited-in-place", Result.EXACT, element, facts=facts)
            else:
                points = sum(adjusts(pair.new.table).values())
                yield self._note(
                    "memory-of-limits-lost",
                    Result.BOUNDED,
                    element,
                    bound=f"one award more ({points:+d}) for who was given one before the change, and earns it again",
                    bounds=self._moves(element, min(points, 0), max(points, 0), done=(0, 1)),
                    facts=("edits-keep-memory",),
                )
        yield from self._newly_limited()
        yield from self._accounts()
        for item in self.difference.removed:
            if item.kind == _RULES and item.lowering == "limited-award" and item.elements:
                yield self._note("points-stay", Result.EXACT, _first(item))

    def _newly_limited(self) -> Iterator[Note]:
        """Awards that had no limit before: nothing has counted them.  Or one that was counted in another way."""
        before = [item for item in self.since.objects if item.kind not in {"tags", "prerequisites"}]
        limited = {_first(item) for item in before if item.lowering == "limited-award"}
        known = {element for item in before for element in item.elements}
        rules = [
            item for item in self.difference.added if item.lowering == "limited-award" and item.kind == _RULES
        ]
        for element in dict.fromkeys(_first(item) for item in rules if _first(item) in known):
            counted = element in limited
            mine = [item for item in rules if _first(item) == element and not self._goes_on(item, before)]
            if not mine:
                continue
            points = [sum(adjusts(item.table).values()) for item in mine]
            low, high = sum(min(0, each) for each in points), sum(max(0, each) for each in points)
            name, who = (
                ("counted-otherwise", "before the limit counted as it does now")
                if counted
                else ("awards-were-not-counted", "before it had one")
            )
            yield self._note(
                name,
                Result.BOUNDED,
                element,
                bound=f"as much as the new limit gives ({low + high:+d} points) for who was given the award {who}",
                bounds=self._moves(element, low, high, done=(0, len(mine))),
            )

    def _goes_on(self, rule: Emitted, before: Sequence[Emitted]) -> bool:
        """Whether what a new rule counts by holds what was given: a counter that goes on, or one that is filled for the only award."""
        mine = [item for item in before if item.lowering == "limited-award" and _first(item) == _first(rule)]
        there = {item.name for item in before if item.kind == "custom-fields"}
        counters = {leaf.of for leaf in leaves(rule.table) if leaf.of.endswith(" count")}
        given = [item for item in mine if item.kind == _RULES]
        once = len(given) == 1 and not given[0].table.get("repeat")
        return bool(mine) and bool(counters) and (counters <= there or once)

    def _accounts(self) -> Iterator[Note]:
        """Limits in points: an account knows how much was given, and the rules only how often."""
        for key, rule in self.request.model.rules.items():
            if rule.limit is None or rule.limit.kind != "points":
                continue
            mine = f"rules {key}: "
            old, new = (
                [item for item in items if item.lowering == "limited-award" and mine in item.name]
                for items in (self.since.objects, self.bundle.objects)
            )
            off = off_by(old, new, rule.limit.count)
            if any(off):
                yield self._note(
                    "paid-by-the-time",
                    Result.BOUNDED,
                    rule.name,
                    bound=f"{off.least:+d} to {off.most:+d} points for who was given the award before the change, and earns it again",
                    bounds=self._moves(rule.name, off.least, off.most, done=(off.fewer, off.more)),
                )

    def starts(self) -> Iterator[Note]:
        """Starts of scores that are there already."""
        new = [*late_starts(self.difference, self.since.gauges)]
        new += [pair.new for pair in self.difference.edits(_RULES) if pair.new.lowering == "start"]
        for item in new:
            facts = ("edits-keep-memory", "match-once-unless-repeat")
            yield self._note("start-for-who-comes", Result.EXACT, _first(item), facts=facts)

    def outside(self, drained: Sequence[Drain]) -> Iterator[Note]:
        """Who is outside waits with the old tag: this version must not put it on anybody for something else."""
        tags = {item.name for item in self.bundle.objects if item.kind == "tags"}
        known = {element.name for element in self.request.model.elements()}
        for drain in drained:
            if drain.tag in tags:
                element = drain.element if drain.element in known else "model.id"
                instead = "give the element another id: then what it gave is taken back, and it begins anew"
                yield self._note("outside-keep-theirs", Result.REFUSED, element, instead=instead)

    def held(self, drained: Sequence[Drain]) -> Iterator[Note]:
        """Facts, tiers and inputs."""
        for drain in drained:
            if drain.element:
                yield self._note(
                    "computed-anew", Result.EXACT, drain.element, facts=("match-once-unless-repeat",)
                )

    def _moves(
        self, element: str, least: int, most: int, *, done: tuple[int, int] = (0, 0)
    ) -> tuple[Bound, ...]:
        """Bounds of all scores that an element's rules move, and of what it does so many times less or more."""
        model = self.request.model
        table, _, key = element.partition(".")
        found = []
        for name, item in getattr(model, table).items():
            if name.partition("@")[0] != key:
                continue
            keys = [score for score, _ in item.points] if table == "rules" else [item.score]
            found += [
                Bound(f"score {score}", least, most, _WHEN)
                for given in keys
                for score in self._reached(given)
            ]
            if any(done):
                found += [
                    Bound(gauge, *done, _WHEN)
                    for gauge in self.at
                    if gauge.startswith((f"done {table}.{key}.", f"done {table}.{name}."))
                ]
        return tuple(item for item in dict.fromkeys(found) if item.gauge in self.at)

    def _reached(self, key: str) -> Iterator[str]:
        scores = self.request.model.scores
        yield key
        for other in scores.values():
            if (
                scores[key].feeds == other.key
                or key in other.sum_of
                or any(key == part for part, _ in other.percent_of)
            ):
                yield from self._reached(other.key)

    # --- thresholds -------------------------------------------------------------------------------------------------

    def thresholds(self) -> Iterator[Note]:
        """Who stands between the old threshold and the new one."""
        for pair in self.difference.edits(_RULES):
            if pair.new.lowering != "threshold":
                continue
            element = pair.new.elements[0]
            yield self._note("past-it-counts-as-handed-over", Result.EXACT, element)
            counted = not pair.new.table.get("repeat") or remembers(pair.new.table, self.shortest)
            if not same_repeat(pair.old.table, pair.new.table) and counted:
                yield self._note(
                    "memory-of-limits-lost",
                    Result.BOUNDED,
                    element,
                    bound="one handoff more for who was handed over before the change, and crosses again",
                    bounds=self._handed_over(element),
                )
            elif not crossed_by(pair.new.table) and _asks(pair.old) != _asks(pair.new):
                yield self._note(
                    "wakes-up-by-the-change",
                    Result.BOUNDED,
                    element,
                    bound="one handoff more for who bears the mark, was active, and is past it only by the change",
                    bounds=self._handed_over(element),
                )

    def _handed_over(self, element: str) -> tuple[Bound, ...]:
        """All that a threshold does, done once more."""
        table, _, key = element.partition(".")
        found = [Bound(name, 0, 1, _WHEN) for name in self.at if name.startswith(f"done {element}.")]
        for name, threshold in getattr(self.request.model, table).items():
            for action in threshold.then if name.partition("@")[0] == key else ():
                for kind in ("mark", "list", "field", "campaign"):
                    gauge = f"{kind} {getattr(action, kind, '')}"
                    found += [Bound(gauge, -1, 1, _WHEN)] if gauge in self.at else []
                if isinstance(action, Reset):
                    found += [
                        Bound(f"score {each}", None, None, _WHEN) for each in self._reached(action.score)
                    ]
        return tuple(dict.fromkeys(found))

    # --- decays -----------------------------------------------------------------------------------------------------

    def decays(self) -> Iterator[Note]:
        """Steps that wait for their quarantine, steps that are new, and values that are set for who is silent already."""
        late = quarantines(self.difference, self.shortest)
        for element, days in late.items():
            taken = self._most(element, days)
            yield self._note(
                "late-in-quarantine",
                Result.BOUNDED,
                element,
                bound=f"{taken} points more for up to {days} days, and until the next silence for who is silent at the change; as "
                "many less for whom what holds gives points in a silence before the step comes late",
                bounds=(*self._decayed(element, 0, taken), *self._met_late(element, taken)),
                facts=("edits-keep-memory",),
            )
        yield from self._new_steps(late)
        yield from self._set_again(late)

    def _new_steps(self, late: Collection[str]) -> Iterator[Note]:
        taken = {key: sum(map(self._worth, steps)) for key, steps in self._fresh_steps()}
        for item in self.difference.added:
            if item.kind == _RULES and item.lowering == "decay" and item.elements and _is_closed(item):
                taken[item.elements[0]] = self._most(item.elements[0])
        for key, decay in self.request.model.decay.items():
            again = [step for step in decay.steps if step.every is not None]
            if again and self.since.model is not None and key not in self.since.model.decay:
                rest = sum(self._worth(step) for step in decay.steps if step.every is None)
                taken[decay.name] = rest + _MOST_TIMES * sum(map(self._worth, again))
        for element, points in taken.items():
            if element not in late:
                yield self._note(
                    "new-step-has-no-past",
                    Result.BOUNDED,
                    element,
                    bound=f"{points} points more, until the next silence, for who has been silent for longer than the window",
                    bounds=self._decayed(element, 0, points),
                )

    def _fresh_steps(self) -> Iterator[tuple[str, Sequence[DecayStep]]]:
        """The steps by which a decay that goes on has more than before: also one that only makes a rule take more."""
        before = self.since.model
        for key, decay in self.request.model.decay.items():
            old = before.decay.get(key) if before is not None else None
            if old is not None and len(decay.steps) > len(old.steps):
                known = [(step.after, step.every) for step in old.steps]
                fresh = []
                for step in decay.steps:
                    if (step.after, step.every) in known:
                        known.remove((step.after, step.every))
                    else:
                        fresh.append(step)
                yield decay.name, fresh

    def _worth(self, step: DecayStep) -> int:
        """What a step takes at most."""
        if step.subtract is not None:
            return step.subtract.value
        rules = (
            item for item in self.bundle.objects if item.kind == _RULES and str(step.path[1]) in item.name
        )
        return max((_taken(item) for item in rules), default=0)

    def _set_again(self, late: Collection[str]) -> Iterator[Note]:
        """A rule that sets acts on whoever is silent and above: also on those whom the old one has left there."""
        for pair in self.difference.edits(_RULES):
            element = _first(pair.new)
            before, after = _set_to(pair.old), _set_to(pair.new)
            if pair.new.lowering != "decay" or element in late or before is None or after is None:
                continue
            lower = after[1] - max(before)
            if before != after and lower < 0 and not _is_closed(pair.new):
                yield self._note(
                    "set-again-in-silence",
                    Result.BOUNDED,
                    element,
                    bound=f"up to {-lower} points less, until the next silence, for who is silent at the change",
                    bounds=self._decayed(element, lower, 0),
                )

    def _most(self, element: str, days: int = 0) -> int:
        """What a decay takes at most from somebody in so many days: each step once a silence, or as often as it comes in them."""
        found = 0
        for decay in self.request.model.decay.values():
            if decay.name == element:
                found = max(found, sum(self._worth(step) * _times(step, days) for step in decay.steps))
        return found

    def _met_late(self, element: str, taken: int) -> tuple[Bound, ...]:
        """What comes without an activity, while a step is late, meets it."""
        return tuple(bound._replace(when="facts-change") for bound in self._moves(element, -taken, 0))

    def _decayed(self, element: str, least: int, most: int) -> tuple[Bound, ...]:
        """A decay's scores off by so much, and its actions done or not."""
        found = [*self._moves(element, least, most)]
        for decay in self.request.model.decay.values():
            if decay.name == element:
                for action in decay.then:
                    key = f"mark {getattr(action, 'mark', '')}"
                    found += [Bound(key, -1, 1, _WHEN)] if key in self.at else []
        done = f"done {element}."
        found += [Bound(name, -1, 1, _WHEN) for name in self.at if name.startswith(done)]
        return tuple(dict.fromkeys(found))


def _one_way(gauge: str, changes: Sequence[int], sets: Sequence[Emitted]) -> Bound:
    """The bound of a score that changes by these for each time in the past, and into which what was set comes back."""
    lowers = all((told := _set_to(item)) is not None and told[0] + 1 >= told[1] for item in sets)
    least = None if min(changes, default=0) < 0 or not lowers else 0
    most = None if max(changes, default=0) > 0 or sets else 0
    return Bound(gauge, least, most, _WHEN)


def _counted(objects: Iterable[Emitted]) -> list[int]:
    """What the rows are worth that a scoring category counts."""
    return [int(item.table["points"]) for item in objects if item.kind == _ROWS and item.name in COUNTED_ROWS]


def _called(asset: object) -> str:
    return str(asset.get("name")) if isinstance(asset, dict) else str(asset)


def _times(step: DecayStep, days: int) -> int:
    """How often a step can come in so many days, silence after silence, or again and again in one."""
    seconds = days * 86_400
    again = -(-seconds // step.every.seconds) if step.every is not None else 0
    return 1 + max(again, seconds // step.after.seconds)


def _asks(item: Emitted) -> list[tuple[str, ...]]:
    """What a rule asks for beside tags, which may only be called otherwise."""
    return [tuple(leaf) for leaf in leaves(item.table) if leaf.what != "Prospect tag"]


def _first(item: Emitted) -> str:
    return item.elements[0] if item.elements else ""


def _taken(item: Emitted) -> int:
    return -sum(min(0, points) for points in adjusts(item.table).values())


def _subtracts(item: Emitted) -> bool:
    return item.kind == _RULES and item.lowering == "decay" and bool(adjusts(item.table))


def _sets(item: Emitted) -> bool:
    rows: Iterable[Mapping[str, str]] = item.table.get("actions", ()) if item.kind == _RULES else ()
    return any(row["action"] == "Adjust Prospect Score" and row.get("of") == "To" for row in rows)


def _is_closed(item: Emitted) -> bool:
    window = window_of(item.table)
    return window is not None and window.end is not None


def _set_to(item: Emitted) -> tuple[int, int] | None:
    """For a rule that sets the overall score: the greatest score that it leaves alone, and what it sets others to."""
    if item.kind != _RULES:
        return None
    values = [
        int(act.value)
        for act in actions_of(item.table)
        if (act.label, act.of) == ("Adjust Prospect Score", "To")
    ]
    guards = [
        int(leaf.value)
        for leaf in leaves(item.table)
        if (leaf.what, leaf.operator) == ("Prospect score", "is greater than")
    ]
    return (min(guards), values[0]) if values and guards else None
