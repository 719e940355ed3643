"""What opens a threshold without an event of the person: a date, a decay, an action, or a fact that reads one of these.

The spec hands over at the person's next event; a rule here acts as soon as it sees that its criteria hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.elements import Decay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Model, Rule, Threshold, Tier

__all__ = [
    "actions_turn_population",
    "asks_what_it_does",
    "asks_what_it_moves",
    "band_scores",
    "opened_by",
    "opened_half_way",
    "opened_without_event",
    "ways_of_scores",
]

Cell = tuple[str, str, int]
"""What is written or read, by kind and key, and which way: 1 up or on, -1 down or off, 0 either."""

_DATE: Cell = ("date", "", 0)


def opened_without_event(model: Model, threshold: Threshold, guarded: Iterable[str] = ()) -> bool:
    """Whether something other than an event can open a threshold; marks that are ``guarded`` open it by one only."""
    needs = {*_reads(model, threshold.when, 1), *_reads(model, threshold.unless, -1)}
    needs |= {("field", key, 1) for key in threshold.required_fields}
    needs |= {*_of_population(model)}
    needs -= {("mark", key, 1) for key in guarded}
    return _DATE in needs or _meet(_moved(model, threshold), needs)


def opened_by(model: Model, threshold: Threshold, element: Rule | Decay) -> bool:
    """Whether what an element's actions leave can open a threshold."""
    needs = {*_reads(model, threshold.when, 1), *_reads(model, threshold.unless, -1), *_of_population(model)}
    return _meet(_acts(model, element), needs)


def opened_half_way(model: Model, threshold: Threshold) -> bool:
    """Whether one element does what opens a threshold and what shuts it again: between the two it stands open."""
    needs = {*_reads(model, threshold.when, 1), *_reads(model, threshold.unless, -1), *_of_population(model)}
    shuts = {(kind, key, -way) for kind, key, way in needs}
    for table in (model.rules, model.decay, model.thresholds):
        for element in table.values():
            if element == threshold:
                continue
            done = {*_acts(model, element), *_gives(model, element)}
            opening = {cell[:2] for cell in done if _meet((cell,), needs)}
            shutting = {cell[:2] for cell in done if _meet((cell,), shuts)}
            if any(one != other for one in opening for other in shutting):
                return True
    return False


def _gives(model: Model, element: Rule | Decay | Threshold) -> Iterator[Cell]:
    """What an element does to scores besides its actions."""
    if isinstance(element, Decay):
        yield from _falls(model, element, None)
    for key, number in getattr(element, "points", ()):
        yield from _carried(model, {("score", key, 1 if number.value > 0 else -1)})


def actions_turn_population(model: Model) -> bool:
    """Whether something that the model does itself can take somebody out of the population, or into it."""
    read = {(kind, key, 0) for kind, key, _ in _of_population(model)}
    tables = (model.rules, model.thresholds, model.decay)
    written = {cell for table in tables for element in table.values() for cell in _acts(model, element)}
    return _meet(written, read)


def asks_what_it_moves(model: Model, decay: Decay, also: Iterable[str] = ()) -> bool:
    """Whether a decay is for people by something that its own steps move: by the score, or scores that ``also`` move with it.

    Half-way down they would be others.
    """
    moved = {*_carried(model, {("score", key, -1) for key in (decay.score, *also)})}
    read = {(kind, key, 0) for kind, key, _ in (*_reads(model, decay.when, 0), *_of_population(model))}
    return _meet(moved, read)


def asks_what_it_does(model: Model, decay: Decay) -> bool:
    """Whether a decay is for people by something that its own actions write."""
    read = (*_reads(model, decay.when, 0), *_of_population(model))
    return _meet(_acts(model, decay), ((kind, key, 0) for kind, key, _ in read))


def _of_population(model: Model) -> Iterator[Cell]:
    """What makes somebody belong to those who are scored."""
    head = model.header
    for key, way in ((head.eligible, 1), *((key, -1) for key in head.exclude)):
        if key is not None:
            yield from _reads(model, con.InSegment(key), way)


def ways_of_scores(model: Model, threshold: Threshold) -> set[int]:
    """Which ways the scores have to go that open a threshold: 1 up, -1 down, 0 either."""
    needs = (*_reads(model, threshold.when, 1), *_reads(model, threshold.unless, -1))
    return {way for kind, _, way in needs if kind == "score"}


def _meet(written: Iterable[Cell], read: Iterable[Cell]) -> bool:
    ways: dict[tuple[str, str], set[int]] = {}
    for kind, key, way in read:
        ways.setdefault((kind, key), set()).add(way)
    return any(
        way == 0 or 0 in found or way in found
        for kind, key, way in written
        if (found := ways.get((kind, key))) is not None
    )


# --- what is written without an event -------------------------------------------------------------------------------


def _moved(model: Model, threshold: Threshold) -> set[Cell]:
    """What decays, dates and the actions of thresholds move, and what facts make of it from the next moment on.

    Of what a threshold does itself only its marks could open it again.
    """
    moved = {
        cell
        for other in model.thresholds.values()
        if other != threshold
        for cell in _acts(model, other, threshold)
    }
    moved |= {cell for cell in _acts(model, threshold, threshold) if cell[0] == "mark"}
    for decay in model.decay.values():
        moved |= {*_acts(model, decay, threshold), *_falls(model, decay, threshold)}
    seen = moved | {_DATE} | {cell for rule in model.rules.values() for cell in _acts(model, rule, threshold)}
    for element, conditions in _facts(model):
        read = {cell for when in conditions for cell in _reads(model, when, 0)}
        read |= {_DATE for days in (getattr(element, "active", None),) if days is not None}
        if _meet(seen, read):
            moved |= {("score", key, 0) for key in _given(element)}
    return {*moved, *_carried(model, moved)}


def _falls(model: Model, decay: Decay, threshold: Threshold | None) -> Iterator[Cell]:
    """A decay takes away; a step that sets can also lift."""
    yield "score", decay.score, -1
    for step in decay.steps:
        if step.set_to is not None and step.level.lower is None:
            yield from _set_to(model, decay.score, step.set_to.value, threshold)


def _set_to(model: Model, score: str, value: int, threshold: Threshold | None) -> Iterator[Cell]:
    """A score that is set goes down, or up as far as to the value: is that far enough?"""
    yield "score", score, -1
    if threshold is None:
        yield "score", score, 1
        return
    in_sum = any(
        score in other.sum_of or any(part == score for part, _ in other.percent_of)
        for other in model.scores.values()
    )
    least = [
        item.bounds.least
        for when in (threshold.when, threshold.unless)
        for item in con.walk(when)
        if isinstance(item, con.ScoreTest) and item.score == score and item.bounds.least is not None
    ]
    if in_sum or not least or value >= min(least):
        yield "score", score, 1


def _acts(
    model: Model, element: Rule | Decay | Threshold, threshold: Threshold | None = None
) -> Iterator[Cell]:
    for action in element.then:
        match action:
            case act.PutMark(name) | act.TakeMark(name):
                yield "mark", name, 1 if isinstance(action, act.PutMark) else -1
            case act.AddToList(name) | act.RemoveFromList(name):
                yield "member", name, 1 if isinstance(action, act.AddToList) else -1
            case act.AddToCampaign(name):
                yield "member", name, 0
            case act.SetField(name) | act.Stamp(name) | act.Snapshot(_, name):
                yield "field", name, 0
            case act.SetLifecycle() if model.lifecycle.field is not None:
                yield "field", model.lifecycle.field, 0
            case act.Reset(score, to):
                yield from _set_to(model, score, to.value, threshold)
            case act.Assign():
                yield "owner", "", 1
            case _:
                pass


def _facts(model: Model) -> Iterator[tuple[Rule | Tier, list[con.Condition | None]]]:
    """Everything that holds, with what it reads."""
    for rule in model.rules.values():
        if not rule.on:
            yield rule, [rule.when]
    for tier in model.tiers.values():
        tests = [
            con.FieldTest(tier.field, case.test)
            if tier.field is not None and case.test is not None
            else case.when
            for case in tier.cases
        ]
        yield tier, list(tests)


def _given(element: Rule | Tier) -> list[str]:
    points = getattr(element, "points", None)
    return [key for key, _ in points] if points is not None else [element.score]  # type: ignore[union-attr]


def _carried(model: Model, moved: set[Cell]) -> Iterator[Cell]:
    """What scores that move carry on: to what they feed, into sums, into the fields of bands."""
    open_, seen = [cell for cell in moved if cell[0] == "score"], set[Cell]()
    while open_:
        cell = open_.pop()
        if cell in seen:
            continue
        seen.add(cell)
        _, key, way = cell
        feeds = model.scores[key].feeds
        found = [feeds] if feeds is not None and way == 0 else []
        found += [
            other.key
            for other in model.scores.values()
            if key in other.sum_of or any(part == key for part, _ in other.percent_of)
        ]
        open_ += [("score", name, way) for name in found]
        for band in model.bands.values():
            if band.field is not None and key in band_scores(model, band.key):
                yield "field", band.field, 0
    yield from seen


def band_scores(model: Model, key: str) -> Iterator[str]:
    """The scores that a band's label follows."""
    band = model.bands[key]
    if band.score is not None:
        yield band.score
    for part in band.join:
        yield from band_scores(model, part)


# --- what is read ---------------------------------------------------------------------------------------------------


def _reads(model: Model, condition: con.Condition | None, way: int) -> Iterator[Cell]:  # noqa: PLR0912 - one arm a kind
    """What makes a condition hold when it moves: ``way`` 1, or fail: -1; 0: either."""
    match condition:
        case con.All(members) | con.AnyOf(members):
            for member in members:
                yield from _reads(model, member, way)
        case con.Not(member):
            yield from _reads(model, member, -way)
        case con.HasMark(mark):
            yield "mark", mark, way
        case con.MemberOf(asset):
            yield "member", asset, way
        case con.Assigned(value):
            yield "owner", "", way if value else -way
        case con.InSegment(key):
            yield from _reads(model, model.segments[key].when, way)
        case con.ScoreTest(score, bounds):
            yield from (("score", score, way) for _ in (bounds.lower,) if bounds.lower is not None)
            yield from (("score", score, -way) for _ in (bounds.upper,) if bounds.upper is not None)
        case con.BandTest(band):
            yield from (("score", score, 0) for score in band_scores(model, band))
        case con.GradeTest(grade):
            for criterion in model.grades[grade].criteria:
                yield from _reads(model, criterion.when, 0)
        case con.FieldTest(field, test):
            yield "field", field, 0
            yield from (_DATE for _ in (test,) if isinstance(test, con.Age))
        case _:
            pass
