"""What a migration says of itself: what is exact, what is bounded and by how much, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Note, Result
from scorewright_pardot.migration.notes import NOTES
from scorewright_pardot.migration.quarantine import quarantines, remembers
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

    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Since
    from scorewright.plugin.target import Request
    from scorewright_pardot.migration.compare import Difference
    from scorewright_pardot.migration.drains import Drain

__all__ = ["tell"]

_WHEN = "migrated"
_RULES, _ROWS = "automation-rules", "baseline-scoring"


def tell(
    request: Request, bundle: Bundle, since: Since, difference: Difference, drained: Sequence[Drain]
) -> tuple[Note, ...]:
    """Every note, each once for its element."""
    told = _Telling(request, bundle, since, difference)
    notes = [
        *told.moved(),
        *told.programs(),
        *told.rows(),
        *told.folders(),
        *told.awards(),
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

    def moved(self) -> Iterator[Note]:
        """Scores of events whose points lie elsewhere now."""
        for key, score in self.request.model.scores.items():
            was, now = self.was.get(f"score {key}"), self.at.get(f"score {key}")
            if was is None or now is None:
                if now is not None and was is None and self._is_taken(now):
                    yield self._stuck(
                        score.name, "keep the id that the score had: a new id begins at its start"
                    )
            elif was.get("read") != now.get("read") and score.kind == "engagement":
                yield self._stuck(score.name, "leave `overall`, and what the score feeds, as they were")
        yield from self._lost_parts()

    def _is_taken(self, at: Mapping[str, object]) -> bool:
        """Whether a place holds the points of another score already."""
        place = (at.get("read"), at.get("of"))
        return any(
            (was.get("read"), was.get("of")) == place
            for name, was in self.was.items()
            if name.startswith("score ")
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
        for item in changed:
            element = _first(item) if _first(item) in known else "model.id"
            instead = "leave the decay that it carries out as it was, or have it carried out by rules"
            yield self._note("program-forgets", Result.REFUSED, element, instead=instead)

    # --- the baseline and folders -----------------------------------------------------------------------------------

    def rows(self) -> Iterator[Note]:
        """A changed row of the baseline: refused beside a decay that subtracts, else bounded one way."""
        pairs = self.difference.edits(_ROWS)
        if not pairs:
            return
        element = next((pair.new.elements[0] for pair in pairs if pair.new.elements), "model")
        element = element if "." in element else "model.id"
        facts = ("baseline-rescores-everyone", "sets-jump-back")
        rules = [*self.since.objects, *self.bundle.objects]
        if any(_subtracts(item) for item in rules):
            instead = "leave what every page, form, link and e-mail is worth as it was, and give named assets their points instead"
            yield self._note("baseline-beside-decay", Result.REFUSED, element, instead=instead, facts=facts)
            return
        changes = [int(pair.new.table["points"]) - int(pair.old.table["points"]) for pair in pairs]
        sets = any(_sets(item) for item in rules)
        least = None if sets or min(changes) < 0 else 0
        most = None if sets or max(changes) > 0 else 0
        words = ", ".join(f"{pair.new.name} {change:+d}" for pair, change in zip(pairs, changes, strict=True))
        bound = f"for each time in the past: {words}" + (
            "; what a decay or a reset has set comes back" if sets else ""
        )
        scores = tuple(
            Bound(name, least, most, _WHEN)
            for name, at in self.at.items()
            if at.get("read") in {"Prospect score", "Prospect scoring category"}
        )
        yield self._note(
            "baseline-rescores", Result.BOUNDED, element, bound=bound, bounds=scores, facts=facts
        )

    def folders(self) -> Iterator[Note]:
        """An asset that comes into a folder, or leaves it, takes its past along."""
        for pair in self.difference.edits("scoring-categories"):
            if pair.old.table.get("assets") == pair.new.table.get("assets"):
                continue
            bounds = tuple(
                Bound(name, None, None, _WHEN)
                for name, at in self.at.items()
                if at.get("read") == "Prospect scoring category" and at.get("of") == pair.new.name
            )
            bound = "the points of the past of each asset that comes or goes"
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
                    bounds=self._moves(element, min(points, 0), max(points, 0), done=True),
                    facts=("edits-keep-memory",),
                )
        yield from self._newly_limited()
        for item in self.difference.removed:
            if item.kind == _RULES and item.lowering == "limited-award" and item.elements:
                yield self._note("points-stay", Result.EXACT, _first(item))

    def _newly_limited(self) -> Iterator[Note]:
        """Awards that had no limit before: nothing has counted them."""
        before = [item for item in self.since.objects if item.kind not in {"tags", "prerequisites"}]
        limited = {_first(item) for item in before if item.lowering == "limited-award"}
        known = {element for item in before for element in item.elements} - limited
        rules = [
            item for item in self.difference.added if item.lowering == "limited-award" and item.kind == _RULES
        ]
        for element in dict.fromkeys(_first(item) for item in rules if _first(item) in known):
            mine = [sum(adjusts(item.table).values()) for item in rules if _first(item) == element]
            low, high = sum(min(0, points) for points in mine), sum(max(0, points) for points in mine)
            yield self._note(
                "awards-were-not-counted",
                Result.BOUNDED,
                element,
                bound=f"as much as the new limit gives ({low + high:+d} points) for who was given the award before it had one",
                bounds=self._moves(element, low, high, done=True),
            )

    def held(self, drained: Sequence[Drain]) -> Iterator[Note]:
        """Facts, tiers and inputs."""
        for drain in drained:
            if drain.element:
                yield self._note(
                    "computed-anew", Result.EXACT, drain.element, facts=("match-once-unless-repeat",)
                )

    def _moves(self, element: str, least: int, most: int, *, done: bool = False) -> tuple[Bound, ...]:
        """Bounds of all scores that an element's rules move, and of what it does."""
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
            if done:
                found += [
                    Bound(gauge, 0, 1, _WHEN)
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
        elements = (
            item.elements[0]
            for item in self.difference.added
            if item.kind == _RULES and item.lowering == "decay" and item.elements and _is_closed(item)
        )
        for element in dict.fromkeys(elements):
            if element not in late:
                taken = self._most(element)
                yield self._note(
                    "new-step-has-no-past",
                    Result.BOUNDED,
                    element,
                    bound=f"{taken} points more, until the next silence, for who has been silent for longer than the window",
                    bounds=self._decayed(element, 0, taken),
                )

    def _set_again(self, late: Collection[str]) -> Iterator[Note]:
        """A rule that sets acts on whoever is silent and above: also on those whom the old one has left there."""
        for pair in self.difference.edits(_RULES):
            element = _first(pair.new)
            before, after = _set_to(pair.old), _set_to(pair.new)
            if pair.new.lowering != "decay" or element in late or before is None or after is None:
                continue
            lower = after[1] - before[0]
            if before != after and lower < 0 and not _is_closed(pair.new):
                yield self._note(
                    "set-again-in-silence",
                    Result.BOUNDED,
                    element,
                    bound=f"up to {-lower} points less, until the next silence, for who is silent at the change",
                    bounds=self._decayed(element, lower, 0),
                )

    def _most(self, element: str, days: int = 0) -> int:
        """What a decay takes at most from somebody in so many days: each step once, or as often as it comes in them."""
        times = 0
        for decay in self.request.model.decay.values():
            if decay.name == element:
                every = [step.every.seconds if step.every is not None else 0 for step in decay.steps]
                times = max(times, sum(1 + (-(-days * 86_400 // each) if each else 0) for each in every))
        rules = (item for item in self.bundle.objects if item.kind == _RULES and _first(item) == element)
        return times * max((_taken(item) for item in rules), default=0)

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
