"""Rules that every compile is held to, over the objects that it made: what no lowering may ever let through.

The proof plays people; this reads the objects, in no time, at each compile.  A breach is a fault of this program, and no
bundle with one goes out: the element is refused.
"""

from __future__ import annotations

from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.audit import programs, states
from scorewright_pardot.audit.apart import apart, asked, nobody_in_both, span, ways
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.objects import (
    AutomationRule,
    DynamicList,
    EngagementProgram,
    Group,
    SegmentationRule,
    leaves,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scorewright_pardot.audit.apart import Asked
    from scorewright_pardot.objects import Act, Criteria, Criterion, Object

__all__ = ["RULES", "Breach", "audit"]

RULES: Mapping[str, str] = {
    "award-disarms-itself": "A rule that repeats and gives points, or hands over, ends its own match: a state is no event.",
    "points-are-recorded": "Points that a rule may take back stand in the tag that says they were given.",
    "initial-state-first": "What is filled in for those who are there already is filled in before a rule reads it.",
    "takes-exclude-each-other": "Two rules that read one score and move it never match the same person.",
    "window-fits-its-repeat": "A rule that repeats within a window does so once in it, and again in the next silence.",
    "top-band-is-open": "Of the bands that a score is taken down by, the highest has no end.",
    **states.RULES,
    **programs.RULES,
}
"""Each rule by name."""


class Breach(NamedTuple):
    """A rule that an object breaks: which, the object, the element that it is for, and how."""

    rule: str
    name: str
    element: str
    says: str


def audit(
    objects: Iterable[Object],
    *,
    in_one_piece: bool = False,
    afresh: bool = False,
    empties_pass: bool = True,
    capped: frozenset[str] = frozenset(),
) -> tuple[Breach, ...]:
    """Every breach, in the order of the rules and of the objects.

    ``in_one_piece``: a rule looks and acts before another looks, so that what it does can keep the other from acting.
    ``afresh``: a step of a program sees at once what the step before has done.
    ``empties_pass``: a negative operator lets an empty field through.
    ``capped``: the decays that leave out who has more by what the spec says, or of scores with a ceiling.
    """
    objects = tuple(objects)
    rules = tuple(item for item in objects if isinstance(item, AutomationRule))
    segmentations = tuple(item for item in objects if isinstance(item, SegmentationRule))
    flows = tuple(item for item in objects if isinstance(item, EngagementProgram))
    lists = tuple(item for item in objects if isinstance(item, DynamicList))
    return (
        *_repeating(rules),
        *_recorded(rules),
        *_initial(rules, segmentations),
        *_exclusive(rules, in_one_piece=in_one_piece),
        *_windowed(rules),
        *_open_above(rule for rule in rules if not capped & {*rule.made.elements}),
        *(
            _breach(rule, item, says)
            for rule, item, says in states.broken(rules, lists, empties_pass=empties_pass)
        ),
        *(
            _breach(rule, item, says)
            for rule, item, says in programs.broken(flows, lists, nobody_in_both, afresh=afresh)
        ),
    )


# --- words ----------------------------------------------------------------------------------------------------------

_SCORE, _CATEGORY = ACTIONS["score"].text, ACTIONS["category"].text
_TAG_ADD, _TAG_REMOVE = ACTIONS["tag-add"].text, ACTIONS["tag-remove"].text
_IS, _IS_NOT = OPERATORS["is"].text, OPERATORS["is-not"].text
_GREATER, _LESS = OPERATORS["greater"].text, OPERATORS["less"].text
_OLDER, _YOUNGER = OPERATORS["days-greater"].text, OPERATORS["days-less"].text
_HANDS_OVER = frozenset(
    ACTIONS[word].text
    for word in (
        "assign-group",
        "assign-queue",
        "assign-rule",
        "assign-user",
        "campaign",
        "notify-owner",
        "notify-user",
        "task",
    )
)
_FIELDS = {
    ACTIONS["custom-field"].text: CRITERIA["custom-field"].text,
    ACTIONS["default-field"].text: CRITERIA["default-field"].text,
}
_HELD = {
    (CRITERIA["tag"].text, _IS_NOT): ACTIONS["tag-add"].text,
    (CRITERIA["tag"].text, _IS): ACTIONS["tag-remove"].text,
    (CRITERIA["list"].text, _IS_NOT): ACTIONS["list-add"].text,
    (CRITERIA["list"].text, _IS): ACTIONS["list-remove"].text,
}
"""A criterion on a tag or a list, and the action that ends it."""


def _points(act: Act) -> tuple[str, int] | None:
    """The score that an action moves, and by how much; ``None`` for any other action, a set among them."""
    if act.label == _CATEGORY:
        return act.of, int(act.value)
    if act.label == _SCORE and act.of == "By":
        return "", int(act.value)
    return None


# --- ways in which criteria hold ------------------------------------------------------------------------------------


def _surely(criteria: Criteria, test: Callable[[Criterion], bool]) -> bool:
    """Whether in every way in which criteria hold something holds that passes the test."""

    def passes(item: Criterion | Group) -> bool:
        if not isinstance(item, Group):
            return test(item)
        return (all if item.match == "any" else any)(map(passes, item.criteria))

    return (all if criteria.match == "any" else any)(map(passes, criteria.items))


def _ends(item: Criterion, act: Act) -> bool:
    if act.label == _HELD.get((item.what, item.operator)):
        return act.of == item.of
    if _FIELDS.get(act.label) == item.what and act.of == item.of:
        among = act.value in item.value.split(";")
        return among if item.operator == _IS_NOT else item.operator == _IS and not among
    if act.label == _SCORE and act.of == "To" and item.what == CRITERIA["score"].text:
        low, high = span((item,), item.what, item.of)
        return not low <= int(act.value) <= high
    return False


# --- the rules ------------------------------------------------------------------------------------------------------


def _repeating(rules: Iterable[AutomationRule]) -> Iterator[Breach]:
    for rule in rules:
        moves = [points for act in rule.actions if (points := _points(act)) is not None]
        hands_over = any(act.label in _HANDS_OVER for act in rule.actions)
        if rule.repeat is None or not (moves or hands_over):
            continue
        only_takes = sum(by for _, by in moves) <= 0 and _surely(rule.criteria, _is_silence)
        if not _stops(rule, rule) and not only_takes and not _runs_out(rule):
            yield _breach("award-disarms-itself", rule, "it matches again after it has acted")


def _stops(one: AutomationRule, other: AutomationRule) -> bool:
    """Whether one, once it has acted, keeps the other from matching."""
    return _surely(other.criteria, lambda item: any(_ends(item, act) for act in one.actions))


def _runs_out(rule: AutomationRule) -> bool:
    """Whether it moves a score towards where it matches no more: from above a number down, or from below it up."""
    moves = dict(filter(None, map(_points, rule.actions)))

    def nears(item: Criterion) -> bool:
        kind = CRITERIA["category" if item.of else "score"].text
        by = moves.get(item.of, 0) if item.what == kind else 0
        return (by < 0 and item.operator == _GREATER) or (by > 0 and item.operator == _LESS)

    return _surely(rule.criteria, nears)


def _is_silence(item: Criterion) -> bool:
    return (item.what, item.of, item.operator) == (CRITERIA["time"].text, "last activity", _OLDER)


def _recorded(rules: Sequence[AutomationRule]) -> Iterator[Breach]:
    given: dict[str, list[tuple[str, int]]] = {}
    for rule in rules:
        points = sorted(filter(None, map(_points, rule.actions)))
        for act in rule.actions:
            if act.label == _TAG_ADD and points:
                given.setdefault(act.of, points)
    for rule in rules:
        taken = sorted((of, -by) for of, by in filter(None, map(_points, rule.actions)))
        for act in rule.actions:
            if act.label == _TAG_REMOVE and taken and given.get(act.of, taken) != taken:
                yield _breach("points-are-recorded", rule, f"it takes other points than {act.of} stands for")


def _initial(rules: Iterable[AutomationRule], filled: Iterable[SegmentationRule]) -> Iterator[Breach]:
    phases: dict[tuple[str, str], int] = {}
    for item in filled:
        for act in item.actions:
            what = CRITERIA["tag"].text if act.label == _TAG_ADD else CRITERIA["list"].text
            phases[what, act.of] = max(
                phases.get((what, act.of), -1), -1 if item.phase is None else item.phase
            )
    for rule in rules:
        for criterion in leaves(rule.criteria):
            if phases.get((criterion.what, criterion.of), -1) >= rule.phase:
                yield _breach(
                    "initial-state-first", rule, f"it reads {criterion.of}, which is filled in later"
                )


def _exclusive(rules: Iterable[AutomationRule], *, in_one_piece: bool) -> Iterator[Breach]:
    by_score: dict[tuple[str, str], list[tuple[AutomationRule, list[Asked]]]] = {}
    for rule in rules:
        read = {(item.what, item.of) for item in leaves(rule.criteria)}
        for of, _ in filter(None, map(_points, rule.actions)):
            place = (CRITERIA["category" if of else "score"].text, of)
            if place in read:
                by_score.setdefault(place, []).append((rule, asked(rule.criteria)))
    for some in by_score.values():
        for (one, mine), (other, its) in combinations(some, 2):
            planned = one.passes and other.passes and one.made.elements == other.made.elements
            stopped = in_one_piece and _stops(one, other) and _stops(other, one)
            if not planned and not stopped and not apart(mine, its):
                yield _breach("takes-exclude-each-other", other, f"so does {one.name}, on the same score")


def _windowed(rules: Iterable[AutomationRule]) -> Iterator[Breach]:
    """What ends its own match can repeat at once; what a window ends has to fit into it: window, repeat, silence."""
    for rule in rules:
        if rule.repeat is None or rule.passes or _stops(rule, rule) or not any(map(_points, rule.actions)):
            continue
        for way in ways(rule.criteria):
            low, high = span(way, CRITERIA["time"].text, "last activity")
            if high < inf and not high - low + 1 <= rule.repeat <= low:
                says = f"it repeats after {rule.repeat} days, in a window from {low:g} to {high:g}"
                yield _breach("window-fits-its-repeat", rule, says)
                break


def _open_above(rules: Iterable[AutomationRule]) -> Iterator[Breach]:
    bands: dict[tuple[str, str, tuple[str, ...]], list[tuple[float, AutomationRule]]] = {}
    for rule in rules:
        for of, by in filter(None, map(_points, rule.actions)):
            if by >= 0 or not _surely(rule.criteria, _is_silence):
                continue
            what = CRITERIA["category" if of else "score"].text
            highs = [span(way, what, of)[1] for way in ways(rule.criteria)]
            if highs:  # a rule whose conditions exclude each other meets nobody
                bands.setdefault((what, of, rule.made.elements), []).append((max(highs), rule))
    for some in bands.values():
        high, rule = max(some, key=lambda band: band[0])
        if high < inf:
            yield _breach("top-band-is-open", rule, f"who has more than {high:g} is left out")


def _breach(rule: str, item: AutomationRule | EngagementProgram, says: str) -> Breach:
    return Breach(rule, item.name, item.made.elements[0], says)
