"""What can happen in one moment: two values for one field, a mark set and cleared, a handoff right after recycling."""

from __future__ import annotations

from itertools import combinations, islice, product
from typing import TYPE_CHECKING, NamedTuple

from scorewright.checks.doing import word_of_stage
from scorewright.checks.subject import Family
from scorewright.checks.walk import thens
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model import elements as el
from scorewright.model.together import Together, alternatives, contradict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.together import Literal

__all__ = ["FAMILY"]

_MANY = 2_000
"""Pairs of writers of one field or mark that are compared; no model made by people comes near it."""

TWO_VALUES = Rule(
    "SW369",
    "two-values-for-one-field",
    Severity.ERROR,
    """What
Two thresholds that can fire in one moment write different values into one field, or one `then` does; or a field
that holds the label of a band is written by something else.
Why
A jump from 0 to 120 passes 30 and 100 at once, and both thresholds fire. Which value stays is left to chance: the
platforms differ in which of two campaigns runs last.
Example
    [fields]
    stage = { type = "text" }

    [thresholds.warm]
    when = { score = "engagement", at_least = 30 }
    then = [
      { set_field = "stage", to = "warm" },
    ]

    [thresholds.hot]
    when = { score = "engagement", at_least = 100 }
    then = [
      { set_field = "stage", to = "hot" },
    ]
Use instead
    [fields]
    stage = { type = "text" }

    [bands.stage]
    score = "engagement"
    field = "stage"
    cases = [
      { label = "hot", at_least = 100 },
      { label = "warm", at_least = 30 },
      { label = "cold" },
    ]
""",
)

MARK_SET_AND_CLEARED = Rule(
    "SW370",
    "mark-set-and-cleared",
    Severity.WARNING,
    """What
A mark that can be set and cleared in one moment, by two thresholds, two rules or one `then`.
Why
The mark is set last and so stays, whatever the other one meant; and a platform may do it the other way round.
Example
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { mark = "mql" },
    ]

    [thresholds.awake]
    when = { score = "engagement", at_least = 8 }
    then = [
      { unmark = "mql" },
    ]
Use instead
    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    unless = { mark = "mql" }
    then = [
      { mark = "mql" },
    ]

    [thresholds.awake]
    when.all = [
      { mark = "mql" },
      { score = "engagement", at_least = 8, below = 100 },
    ]
    then = [
      { unmark = "mql" },
    ]
""",
)

RECYCLED_AT_ONCE = Rule(
    "SW372",
    "recycled-at-once",
    Severity.WARNING,
    """What
The mark that keeps a threshold shut is cleared, and the score that opens it is left as it is.
Why
Whoever still stands over the threshold is handed over again at once: sales gets the lead back that it has just sent
away.
Example
    [fields]
    sales-status = { type = "text" }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    unless = { mark = "mql" }
    then = [
      { mark = "mql" },
      { assign = "crm-rule" },
    ]

    [rules.recycled]
    on = { changes = "sales-status" }
    when = { field = "sales-status", is = "Recycled" }
    then = [
      { unmark = "mql" },
    ]
Use instead
    [fields]
    sales-status = { type = "text" }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    unless = { mark = "mql" }
    then = [
      { mark = "mql" },
      { assign = "crm-rule" },
    ]

    [rules.recycled]
    on = { changes = "sales-status" }
    when = { field = "sales-status", is = "Recycled" }
    then = [
      { unmark = "mql" },
      { reset = "engagement", to = 0 },
    ]
""",
)

RULES = (TWO_VALUES, MARK_SET_AND_CLEARED, RECYCLED_AT_ONCE)

# --- one value in one moment ----------------------------------------------------------------------------------------


class _Writer(NamedTuple):
    """Somebody who writes, what is written (for comparing, and in words), and where."""

    element: el.Rule | el.Decay | el.Threshold
    value: object
    words: str
    path: KeyPath


def fields_written(subject: Subject) -> Iterator[Finding]:
    """Two thresholds that can fire in one moment do not write two values into one field (question 53)."""
    model, together = subject.model, Together(subject.model)
    by_field: dict[str, list[_Writer]] = {}
    for element, then in thens(model):
        own: dict[str, _Writer] = {}
        for action in then:
            for field, value, words, path in _writes(model, action):
                writer = _Writer(element, value, words, path)
                if field in own and own[field].value != value:
                    yield _two_values(own[field], writer, field)
                own[field] = writer
        for field, writer in own.items() if isinstance(element, el.Threshold) else ():
            by_field.setdefault(field, []).append(writer)
    for field, writers in by_field.items():
        told: set[KeyPath] = set()  # one finding a writer: the others are found once this one is mended
        for first, second in islice(combinations(writers, 2), _MANY):
            if first.value != second.value and second.path not in told and _meet(together, first, second):
                told.add(second.path)
                yield _two_values(first, second, field)


def _writes(model: el.Model, action: act.Action) -> Iterator[tuple[str, object, str, KeyPath]]:
    match action:
        case act.SetField(field, value):
            yield field, value, _shown(value), (*action.path, "to")
        case act.SetLifecycle(stage) if model.lifecycle.field is not None:
            yield (
                model.lifecycle.field,
                word_of_stage(model, stage),
                _shown(word_of_stage(model, stage)),
                (*action.path, "lifecycle"),
            )
        case act.Stamp(field):
            yield field, ("now",), "the moment", (*action.path, "stamp")
        case act.Snapshot(score, field):
            yield field, ("score", score), f"the score {score.partition('@')[0]!r}", (*action.path, "in")


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _meet(together: Together, first: _Writer, second: _Writer) -> bool:
    a, b = first.element, second.element
    if isinstance(a, el.Rule) and isinstance(b, el.Rule):
        return together.can_meet(a, b)
    return isinstance(a, el.Threshold) and isinstance(b, el.Threshold) and together.can_meet(a, b)


def _two_values(first: _Writer, second: _Writer, field: str) -> Finding:
    one, other = first.element, second.element
    related = ((first.path, f"{first.words} here"),)
    if one is other:
        message = f"{other.id!r} writes {first.words} and {second.words} into {field!r} at once"
        return TWO_VALUES.at(second.path, message, help="keep one of the two", related=related)
    if one.path == other.path:
        message = f"{other.id!r} can fire for two products in one moment, and writes {second.words} of each into {field!r}"
        help_ = "write one threshold for each product, each with a field of its own"
        return TWO_VALUES.at(second.path, message, help=help_)
    help_ = (
        "give one of them an upper bound or an 'unless' that excludes the other, or write the field by a band"
    )
    message = f"{one.id!r} and {other.id!r} can fire in one moment, and write {first.words} and {second.words} into {field!r}"
    return TWO_VALUES.at(second.path, message, help=help_, related=related)


def fields_of_bands(subject: Subject) -> Iterator[Finding]:
    """The field that holds a band's label holds nothing else: the next look would write it over."""
    model = subject.model
    holders: dict[str, el.Band] = {}
    for band in model.bands.values():
        if band.field is None:
            continue
        first = holders.setdefault(band.field, band)
        if first is not band:
            message = f"{first.id!r} and {band.id!r} both keep their labels in {band.field!r}"
            related = (((*first.path, "field"), "the first band"),)
            help_ = "give each a field of its own, or join the two bands in a third one"
            yield TWO_VALUES.at((*band.path, "field"), message, help=help_, related=related)
    for element, then in thens(model):
        for field, _, words, path in (write for action in then for write in _writes(model, action)):
            if field in holders:
                message = f"{element.id!r} writes {words} into {field!r}, which holds the label of the band {holders[field].id!r}"
                related = (((*holders[field].path, "field"), "the band"),)
                yield TWO_VALUES.at(path, message, help="give the band a field of its own", related=related)


def marks_written(subject: Subject) -> Iterator[Finding]:
    """A mark is not set and cleared in one moment (question 60).

    A rule acts before thresholds are looked at, and a decay in a moment of its own, so like is compared with like.
    """
    together = Together(subject.model)
    setting: dict[str, list[_Writer]] = {}
    clearing: dict[str, list[_Writer]] = {}
    for element, then in thens(subject.model):
        for action in then:
            if isinstance(action, act.PutMark):
                writer = _Writer(element, True, "set", (*action.path, "mark"))
                setting.setdefault(action.mark, []).append(writer)
            elif isinstance(action, act.TakeMark):
                writer = _Writer(element, False, "cleared", (*action.path, "unmark"))
                clearing.setdefault(action.mark, []).append(writer)
    for mark, setters in setting.items():
        for first, second in _across(setters, clearing.get(mark, ())):
            if first.element is second.element or _meet(together, first, second):
                yield _set_and_cleared(mark, first, second)


def _across(setters: Sequence[_Writer], clearers: Sequence[_Writer]) -> Iterator[tuple[_Writer, _Writer]]:
    return islice(product(setters, clearers), _MANY)


def _set_and_cleared(mark: str, first: _Writer, second: _Writer) -> Finding:
    related = ((first.path, "set here"),)
    if first.element is second.element:
        message = f"{second.element.id!r} sets and clears {mark!r} at once; it stays set"
        return MARK_SET_AND_CLEARED.at(second.path, message, help="keep one of the two", related=related)
    message = f"{second.element.id!r} clears {mark!r} and {first.element.id!r} can set it in the same moment; it stays set"
    help_ = f'exclude one from the other, for example by unless = {{ mark = "{mark}" }} where it is set'
    return MARK_SET_AND_CLEARED.at(second.path, message, help=help_, related=related)


# --- recycling ------------------------------------------------------------------------------------------------------


def recycling(subject: Subject) -> Iterator[Finding]:
    """Who clears the mark that keeps a threshold shut also resets the score that opens it (question 56)."""
    model, together = subject.model, Together(subject.model)
    shut: dict[str, list[el.Threshold]] = {}
    for threshold in model.thresholds.values():
        for mark in _shut_by(model, threshold) if threshold.limit is None else ():
            shut.setdefault(mark, []).append(threshold)
    for element, then in thens(model):
        cleared = [action for action in then if isinstance(action, act.TakeMark)]
        reset = {action.score for action in then if isinstance(action, act.Reset)}
        for action in cleared if isinstance(element, (el.Rule, el.Threshold)) else ():
            for threshold in shut.get(action.mark, ()):
                scores = _resettable(model, together, threshold)
                if threshold.path != element.path and scores and not scores & reset:
                    assert isinstance(element, (el.Rule, el.Threshold))
                    if _still_over(model, threshold, element, action.mark):
                        yield _recycled(threshold, element, action, sorted(scores))


def _shut_by(model: el.Model, threshold: el.Threshold) -> set[str]:
    """The marks that a person must not bear, for the threshold to open."""
    ways = alternatives(model, threshold.when)
    if threshold.unless is not None:
        ways = ways + alternatives(model, threshold.unless, holds=False)
    return {
        part.condition.mark
        for way in ways
        for part in way
        if isinstance(part.condition, con.HasMark) and not part.holds
    }


def _resettable(model: el.Model, together: Together, threshold: el.Threshold) -> set[str]:
    """The engagement scores that must be high for the threshold to open."""
    asked = [
        part
        for part in con.walk(threshold.when)
        if isinstance(part, con.ScoreTest) and part.bounds.least is not None
    ]
    bases = {base for part in asked for base in together.base_scores(part)}
    return {key for key in bases if model.scores[key].kind == "engagement"}


def _still_over(model: el.Model, threshold: el.Threshold, element: el.Rule | el.Threshold, mark: str) -> bool:
    """Whether somebody whom the element acts on can be over the threshold, but for the mark."""
    closed = alternatives(model, threshold.unless, holds=False) if threshold.unless is not None else [()]
    over = [_without(a + b, mark) for a in alternatives(model, threshold.when) for b in closed]
    return any(
        not contradict(model, here, there) for here in alternatives(model, element.when) for there in over
    )


def _without(way: tuple[Literal, ...], mark: str) -> tuple[Literal, ...]:
    return tuple(part for part in way if part.condition != con.HasMark(mark))


def _recycled(
    threshold: el.Threshold, element: el.Element, action: act.TakeMark, scores: list[str]
) -> Finding:
    names = list(dict.fromkeys(key.partition("@")[0] for key in scores))
    message = (
        f"clearing {action.mark!r} hands everybody who is still over {threshold.id!r} over again at once; "
        f"{element.id!r} leaves {' and '.join(map(repr, names))} as it is"
    )
    help_ = f'add {{ reset = "{names[0]}", to = 0 }} beside the unmark'
    related = ((threshold.path, "handed over by this threshold"),)
    return RECYCLED_AT_ONCE.at((*action.path, "unmark"), message, help=help_, related=related)


FAMILY = Family(RULES, (fields_written, fields_of_bands, marks_written, recycling))
