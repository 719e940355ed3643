"""Situations of single elements, with each time that they are so: what opens in silence, and what turns together."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.history import Happening
from scorewright.model.value_tests import Known
from scorewright.semantics.parts import question
from scorewright.verify.lives.life import known_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Model, Rule, Threshold
    from scorewright.semantics.ask import Ask
    from scorewright.verify.lives.sights import View

__all__ = [
    "Asking",
    "Turn",
    "acts_in_vain",
    "exchanged",
    "mixed_at_first",
    "opened_silently",
    "raised_and_crossed",
    "scores_of",
    "times",
    "turned_together",
]


class Turn(NamedTuple):
    """What is so of the model's elements at an instant, after everything that falls on it.

    ``waiting`` are the thresholds that are open and that no event has found so, ``open`` those that one has; ``leaves``
    gives for each element that acts whether each single condition that it asks holds, and ``worth`` for each threshold
    what the facts behind its scores ask; outside the population points stand still, so there it is what it was.
    """

    at: int
    waiting: frozenset[str]
    open: frozenset[str]
    leaves: Mapping[str, tuple[bool, ...]]
    worth: Mapping[str, tuple[object, ...]]


def opened_silently(view: View, turns: Sequence[Turn]) -> Iterator[str]:
    """A threshold each time that it comes to be open without an event which finds it so."""
    for before, after in pairwise(_from_the_first(view, turns)):
        yield from sorted(after.waiting - before.waiting)


def _from_the_first(view: View, turns: Sequence[Turn]) -> Sequence[Turn]:
    """With nothing before somebody new; whoever is there when a version follows another has been as it finds them."""
    return (_NOTHING, *turns) if view.since is None else turns


def turned_together(view: View, turns: Sequence[Turn]) -> Iterator[str]:
    """An element each time that one moment turns two conditions that it asks, or gives somebody new what it leaves out."""
    for key, asked in _asked(view.model).items():
        at_first = zip(turns[0].leaves[key], asked, strict=True) if view.since is None else ()
        if any(now is not so and so is _asks_for_none(leaf) for now, (leaf, so) in at_first):
            yield key
        for before, after in pairwise(turns):
            turned = zip(before.leaves[key], after.leaves[key], strict=True)
            if sum(1 for was, now in turned if was is not now) > 1:
                yield key


def _asks_for_none(leaf: con.Condition) -> bool:
    """Whether a condition is that there is nothing of the kind."""
    if isinstance(leaf, con.FieldTest):
        return isinstance(leaf.test, Known) and not leaf.test.known
    return isinstance(leaf, con.CrmKind) and leaf.kind == "none"


def exchanged(_: View, turns: Sequence[Turn]) -> Iterator[str]:
    """A threshold each time that what holds gives other points, or the same by another case, to a score that it asks."""
    for before, after in pairwise(turns):
        yield from (key for key, worth in after.worth.items() if worth != before.worth[key])


def mixed_at_first(view: View, _: Sequence[Turn]) -> Iterator[str]:
    """A threshold whose scores stand otherwise until all that holds for somebody new has been looked at."""
    created = view.life.person.created
    for threshold in view.model.thresholds.values():
        scores = _made_of(view.model, _scores(view.model, threshold))
        starts = (view.model.scores[key].start for key in scores)
        moved = [("", start.value) for start in starts if start is not None]
        moved += [
            (change.element, change.after - change.before)
            for change in view.timeline.changes
            if change.at == created and change.reason == "holds" and change.name in scores
            if isinstance(change.before, int) and isinstance(change.after, int)
        ]
        gains = {element for element, by in moved if by > 0}
        loses = {element for element, by in moved if by < 0}
        if (gains and loses and len(gains | loses) > 1) or (
            gains and _opens_downwards(view.model, threshold)
        ):
            yield f"thresholds.{threshold.key}"


def _opens_downwards(model: Model, threshold: Threshold) -> bool:
    """Whether fewer points can open a threshold."""
    leaves = (*_leaves(model, threshold.when, so=True), *_leaves(model, threshold.unless, so=False))
    return any(
        isinstance(leaf, con.BandTest)
        or (isinstance(leaf, con.ScoreTest) and (leaf.bounds.upper if so else leaf.bounds.lower) is not None)
        for leaf, so in leaves
    )


def acts_in_vain(view: View, _: Sequence[Turn]) -> Iterator[str]:
    """A decay for each step that acts, but for one of those that move its score on a day."""
    for decay in view.model.decay.values():
        mine = [change for change in view.timeline.changes if change.element == decay.name]
        moved = {change.at for change in mine if change.reason == "decay" and change.name == decay.score}
        acted = Counter(
            (change.at, change.kind, change.path)
            for change in mine
            if change.reason == "action" and (change.kind != "done" or change.after == decay.product)
        )
        most: dict[int, int] = {}
        for (at, *_what), often in acted.items():
            most[at] = max(often, most.get(at, 0))
        for at, often in most.items():
            yield from (f"decay.{decay.key}" for _ in range(often - (at in moved)))


def raised_and_crossed(view: View, turns: Sequence[Turn]) -> Iterator[str]:
    """A threshold each time that one event raises a hand and brings somebody past it at once."""
    created, ask = view.life.person.created, view.ready.ask
    for threshold in view.model.thresholds.values():
        raised = {
            known_at(item, created)
            for item in view.history
            if isinstance(item, Happening) and any(ask.is_about(item, event) for event in threshold.or_on)
        }
        key = threshold.key
        for before, after in pairwise(_from_the_first(view, turns)):
            if after.at in raised and key in {*after.open, *after.waiting} and key not in before.open:
                yield f"thresholds.{key}"


def times(name: str, elements: Iterable[str]) -> Iterator[str]:
    """The names under which a situation of single elements is looked up, one for each time, and the plain one."""
    counts: dict[str, int] = {}
    for element in elements:
        counts[element] = counts.get(element, 0) + 1
        yield f"{name} {element} {counts[element]}"
    if counts:
        yield name


# --- what is so, again and again ------------------------------------------------------------------------------------

_NOTHING = Turn(0, frozenset(), frozenset(), {}, {})


class Asking:
    """What is asked of a model's elements, made ready once."""

    def __init__(self, model: Model) -> None:
        self._thresholds = model.thresholds
        self._asked, self._worth = _asked(model), _worth(model)

    def turn(self, ask: Ask, before: Turn | None) -> Turn:
        """What is so now, after what was so before."""
        now_open = {key for key, threshold in self._thresholds.items() if _is_open(ask, threshold)}
        noticed = frozenset(key for key in now_open if ask.state.open.get(key))
        return Turn(
            ask.state.now,
            frozenset(f"thresholds.{key}" for key in now_open - noticed),
            noticed,
            {key: tuple(ask.holds(leaf) for leaf, _ in leaves) for key, leaves in self._asked.items()},
            _worth_now(ask, self._worth, before.worth if before is not None else None),
        )


def _worth_now(
    ask: Ask,
    worth: Mapping[str, tuple[con.Condition | str, ...]],
    before: Mapping[str, tuple[object, ...]] | None,
) -> Mapping[str, tuple[object, ...]]:
    """What facts ask, as it is answered now; whoever is created outside the population has been given nothing."""
    if not ask.state.inside:
        return before or {
            key: tuple(None if isinstance(item, str) else False for item in items)
            for key, items in worth.items()
        }
    return {
        key: tuple(ask.value(item) if isinstance(item, str) else ask.holds(item) for item in items)
        for key, items in worth.items()
    }


def _is_open(ask: Ask, threshold: Threshold) -> bool:
    known = (con.FieldTest(key, Known(True)) for key in threshold.required_fields)
    return (
        ask.state.inside
        and all(map(ask.holds, known))
        and (threshold.unless is None or not ask.holds(threshold.unless))
        and ask.holds(threshold.when)
    )


# --- what is asked --------------------------------------------------------------------------------------------------

_Leaf = tuple[con.Condition, bool]
"""A single condition, and whether it is asked to hold; false: not to."""


def _asked(model: Model) -> dict[str, tuple[_Leaf, ...]]:
    """What each element asks that acts once and for all: thresholds, and facts that are kept."""
    head = model.header
    around: list[_Leaf] = []
    for key, so in ((head.eligible, True), *((key, False) for key in head.exclude)):
        around += _leaves(model, con.InSegment(key), so=so) if key is not None else ()
    found: dict[str, tuple[_Leaf, ...]] = {}
    for threshold in model.thresholds.values():
        known = [con.FieldTest(field, Known(True)) for field in threshold.required_fields]
        leaves = [leaf for test in known for leaf in _leaves(model, test, so=True)]
        leaves += [*_leaves(model, threshold.when, so=True), *_leaves(model, threshold.unless, so=False)]
        found[f"thresholds.{threshold.key}"] = (*leaves, *around)
    for rule in model.rules.values():
        if not rule.on and rule.keep:
            found[f"rules.{rule.key}"] = (*_leaves(model, rule.when, so=True), *around)
    return found


def _leaves(model: Model, condition: con.Condition | None, *, so: bool) -> Iterator[_Leaf]:
    """Each single condition as often as it is asked, in segments too."""
    match condition:
        case None:
            return
        case con.All(members) | con.AnyOf(members):
            for member in members:
                yield from _leaves(model, member, so=so)
        case con.Not(member):
            yield from _leaves(model, member, so=not so)
        case con.InSegment(key):
            yield from _leaves(model, model.segments[key].when, so=so)
        case _:
            yield condition, so


def _worth(model: Model) -> dict[str, tuple[con.Condition | str, ...]]:
    """For each threshold what the facts, tiers and inputs ask that move a score which it asks; a field for an input."""
    found: dict[str, tuple[con.Condition | str, ...]] = {}
    for name, scores in scores_of(model).items():
        items: list[con.Condition | str] = []
        for rule in model.rules.values():
            if _gives(rule, scores) and rule.when is not None:
                items += [leaf for leaf, _ in _leaves(model, rule.when, so=True)]
        for tier in model.tiers.values():
            asked = [question(tier, case) for case in tier.cases] if tier.score in scores else []
            items += [item for item in asked if item is not None]
            items += [con.FieldTest(tier.field, Known(True))] if asked and tier.field is not None else []
        items += [item.field for item in model.inputs.values() if item.score in scores]
        found[name] = tuple(items)
    return found


def scores_of(model: Model) -> dict[str, set[str]]:
    """For each threshold the scores that it asks, and all that these are made of."""
    return {
        f"thresholds.{threshold.key}": _made_of(model, _scores(model, threshold))
        for threshold in model.thresholds.values()
    }


def _gives(rule: Rule, scores: set[str]) -> bool:
    return not rule.on and any(key in scores for key, _ in rule.points)


def _scores(model: Model, threshold: Threshold) -> Iterator[str]:
    """The scores that a threshold asks, in bands too."""
    for condition in (threshold.when, threshold.unless):
        for leaf, _ in _leaves(model, condition, so=True):
            if isinstance(leaf, con.ScoreTest):
                yield leaf.score
            elif isinstance(leaf, con.BandTest):
                yield from _of_band(model, leaf.band)


def _of_band(model: Model, key: str) -> Iterator[str]:
    band = model.bands[key]
    if band.score is not None:
        yield band.score
    for part in band.join:
        yield from _of_band(model, part)


def _made_of(model: Model, scores: Iterable[str]) -> set[str]:
    """Scores with all that they are added up from, and all that feeds them."""
    found, open_ = set[str](), [*scores]
    while open_:
        key = open_.pop()
        if key not in found:
            found.add(key)
            score = model.scores[key]
            open_ += [*score.sum_of, *(part for part, _ in score.percent_of)]
            open_ += [other.key for other in model.scores.values() if other.feeds == key]
    return found
