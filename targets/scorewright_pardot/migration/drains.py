"""Points of what held: they stand in tags, and a rule for each old tag brings those who bear it to the new points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.migration.compare import KEPT
from scorewright_pardot.migration.tables import adjusts, bears, put_by, taken_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright_pardot.migration.compare import Difference

__all__ = ["Drain", "drains"]

DELTA = f"{KEPT}delta"
"""The lowering of a rule that brings an old tag's points to what they are worth now."""

_HOLDS = {"give-and-take", "match-once"}
_TAG_IS = {"criterion": "Prospect tag", "operator": "is"}


class _Held(NamedTuple):
    """A tag that carries points: who bears it was given these by a rule."""

    tag: str
    points: Mapping[tuple[str, str], int]
    rule: Emitted


class Drain(NamedTuple):
    """A rule that brings everybody with an old tag to the new points; ``into`` is the tag that they bear then (``""``: none).

    ``beside`` are the rules that give and take by the old tag: they rest while it runs.
    """

    rule: Emitted
    tag: str
    into: str
    element: str
    beside: tuple[str, ...]


def drains(difference: Difference, guard: Sequence[Mapping[str, Any]]) -> tuple[Drain, ...]:
    """A drain for each tag whose points are others now, or are worth nothing; ``guard`` is whom the model scores."""
    old = [*(pair.old for pair in (*difference.same, *difference.changed)), *difference.removed]
    new = [*(pair.new for pair in (*difference.same, *difference.changed)), *difference.added]
    now = {held.tag: held for held in _held(new)}
    by_rule = {held.rule.name: held for held in now.values()}
    gone = {item.name for item in difference.removed if item.kind == "scoring-categories"}
    found = []
    for held in _held(old):
        if held.tag in now and now[held.tag].points == held.points:
            continue
        after = by_rule.get(held.rule.name)
        if after is not None and after.tag in {item.tag for item in _held(old)}:
            after = None  # people bear it already for something else: it is given anew
        drain = _drain(held, after, guard, gone)
        if drain is not None:
            found.append(drain._replace(beside=tuple(_beside(old, held.tag))))
    return tuple(found)


def _held(rules: Iterable[Emitted]) -> Iterator[_Held]:
    """The tags that carry points of what holds, as the rules say that give them."""
    for rule in rules:
        if rule.kind == "automation-rules" and rule.lowering in _HOLDS and not taken_by(rule.table):
            for tag in put_by(rule.table):
                yield _Held(tag, adjusts(rule.table), rule)


def _beside(rules: Iterable[Emitted], tag: str) -> Iterator[str]:
    for rule in rules:
        if rule.kind == "automation-rules" and tag in {
            *put_by(rule.table),
            *taken_by(rule.table),
            *bears(rule.table),
        }:
            yield rule.name


def _drain(
    held: _Held, after: _Held | None, guard: Sequence[Mapping[str, Any]], gone: set[str]
) -> Drain | None:
    points = dict.fromkeys((*held.points, *(after.points if after else ())))
    moves = {
        key: (after.points.get(key, 0) if after else 0) - held.points.get(key, 0)
        for key in points
        if key[1] not in gone
    }
    actions = [
        {"action": label, "of": of, "value": f"{amount:+d}"}
        for (label, of), amount in moves.items()
        if amount
    ]
    actions.append({"action": ACTIONS["tag-remove"].text, "of": held.tag})
    if after is not None:
        actions.append({"action": ACTIONS["tag-add"].text, "of": after.tag})
    table = {
        "match": "all",
        "criteria": [{**_TAG_IS, "of": held.tag}, *(dict(item) for item in guard)],
        "actions": actions,
        "repeat": False,
        "state": "paused",
        "resume_phase": 0,
    }
    into = after.tag if after is not None else ""
    name = f"{held.rule.name}: from {held.tag} to {into or 'nothing'}"
    rule = Emitted("automation-rules", name, table, held.rule.elements, DELTA)
    return Drain(rule, held.tag, into, held.rule.elements[0] if held.rule.elements else "", ())
