"""Rules that are held by trying people: what gives and what takes back are the opposite of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.audit.people import Crowd, passes
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.objects import Criteria, Criterion, Group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scorewright_pardot.objects import AutomationRule, DynamicList

__all__ = ["RULES", "broken"]

RULES: Mapping[str, str] = {
    "back-is-not-due": "Nobody who would be given something has it taken back.",
    "stale-is-taken-back": "Whoever has what a rule gave, and is not due it any more, has it taken back.",
}
"""Each rule by name."""

_TAG, _IS, _IS_NOT = CRITERIA["tag"].text, OPERATORS["is"].text, OPERATORS["is-not"].text
_ADD, _REMOVE = ACTIONS["tag-add"].text, ACTIONS["tag-remove"].text
_MOVES = {ACTIONS["score"].text, ACTIONS["category"].text}


def broken(
    rules: Sequence[AutomationRule], lists: Iterable[DynamicList], *, empties_pass: bool
) -> Iterator[tuple[str, AutomationRule, str]]:
    """Every breach: the rule, the object, and how.

    ``empties_pass`` says whether a negative operator lets an empty field through.
    """
    crowd = Crowd(lists, empties_pass=empties_pass, sides=_sides(rules))
    for pair in _pairs(rules):
        of = [rule for rule in rules if rule.made.elements == pair.gives[0].made.elements]
        given, taken = (
            {act.of for rule in of for act in rule.actions if act.label == label} for label in (_ADD, _REMOVE)
        )
        yield from _opposite(crowd, pair, given & taken)


def _sides(rules: Iterable[AutomationRule]) -> dict[str, frozenset[str]]:
    """Pairs of tags that two rules hand out, each in place of the other: everybody bears one of them."""
    given: dict[str, str] = {}
    for rule in rules:
        tags = {act.label: act.of for act in rule.actions}
        instead = [act.label for act in rule.actions] == [_REMOVE, _ADD]
        if instead and len(rule.criteria.items) == 1 and _asks(rule, tags[_ADD], _IS_NOT):
            given[tags[_ADD]] = tags[_REMOVE]
    return {one: frozenset((one, other)) for one, other in given.items() if given.get(other) == one}


class _Pair(NamedTuple):
    """A tag that some rules give to those without it, and others take back."""

    tag: str
    gives: list[AutomationRule]
    takes: list[AutomationRule]


def _pairs(rules: Sequence[AutomationRule]) -> Iterator[_Pair]:
    for tag in dict.fromkeys(act.of for rule in rules for act in rule.actions if act.label == _ADD):
        gives = [rule for rule in rules if _does(rule, _ADD, tag) and _ends_by(rule, tag)]
        takes = [rule for rule in rules if _does(rule, _REMOVE, tag) and _asks(rule, tag, _IS)]
        if gives and takes:
            yield _Pair(tag, gives, takes)


def _does(rule: AutomationRule, label: str, tag: str) -> bool:
    return any(act.label == label and act.of == tag for act in rule.actions)


def _asks(rule: AutomationRule, tag: str, operator: str) -> bool:
    """Whether it is for those alone who have the tag, or who have not."""
    return rule.criteria.match == "all" and any(_is_of(item, tag, operator) for item in rule.criteria.items)


def _ends_by(rule: AutomationRule, tag: str) -> bool:
    """Whether a rule is for those without the tag, and nothing else that it does keeps it from matching again."""
    ends = [(act.of, {_REMOVE: _IS, _ADD: _IS_NOT}.get(act.label, "")) for act in rule.actions]
    return _asks(rule, tag, _IS_NOT) and not any(
        other != tag and _asks(rule, other, operator) for other, operator in ends
    )


def _is_of(item: Criterion | Group, tag: str, operator: str) -> bool:
    return isinstance(item, Criterion) and (item.what, item.of, item.operator) == (_TAG, tag, operator)


def _is_free(item: Criterion | Group, tag: str) -> bool:
    """Whether it asks that somebody has not the tag, or may keep it: what is stale is taken back first."""
    inner = item.criteria if isinstance(item, Group) and item.match == "any" else (item,)
    return any(_is_of(part, tag, _IS_NOT) for part in inner)


def _opposite(crowd: Crowd, pair: _Pair, own: set[str]) -> Iterator[tuple[str, AutomationRule, str]]:
    tag, gives, takes = pair
    due = [_besides(rule, lambda item: any(_is_free(item, name) for name in own)) for rule in gives]
    back = [_besides(rule, lambda item: _is_of(item, tag, _IS)) for rule in takes]
    points = all(any(act.label in _MOVES for act in rule.actions) for rule in (*gives, *takes))
    guards = [item for item in due[0].items if all(item in criteria.items for criteria in (*due, *back))]
    for answers in crowd.people((*due, *back)):
        given = next((place for place, asked in enumerate(due) if passes(asked, answers)), None)
        taken = next((place for place, asked in enumerate(back) if passes(asked, answers)), None)
        if given is not None and taken is not None:
            yield "back-is-not-due", takes[taken], f"{gives[given].name} gives {tag} to the same people"
            return
        inside = passes(Criteria("all", tuple(guards)), answers)
        if points and inside and given is None and taken is None:
            yield "stale-is-taken-back", takes[0], f"somebody keeps {tag} who is not due it"
            return


def _besides(rule: AutomationRule, left_out: Callable[[Criterion | Group], bool]) -> Criteria:
    return rule.criteria._replace(items=tuple(item for item in rule.criteria.items if not left_out(item)))
