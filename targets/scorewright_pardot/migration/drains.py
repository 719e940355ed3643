"""Points of what held: they stand in tags, and a rule for each old tag brings those who bear it to the new points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.migration.compare import KEPT, Pair
from scorewright_pardot.migration.tables import adjusts, bears, put_by, taken_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright_pardot.migration.compare import Difference

__all__ = ["DELTA", "Drain", "apart", "drains", "is_held", "left_over"]

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
        same = now.get(held.tag)
        if same is not None and same.points == held.points and not _pays_again(held, same):
            continue
        after = by_rule.get(held.rule.name)
        if after is not None and after.tag != held.tag and after.tag in {item.tag for item in _held(old)}:
            after = None  # people bear it already for something else: it is given anew
        drain = _drain(held, after, guard, gone)
        if drain is not None:
            found.append(drain._replace(beside=tuple(_beside(old, held.tag))))
    return tuple(found)


def left_over(difference: Difference, guard: Sequence[Mapping[str, Any]]) -> tuple[Pair, ...]:
    """The rules that an earlier change has left for whoever was outside, each as it was and as it asks for those of now."""
    rules = [item for item in difference.kept if item.kind == "automation-rules" and item.lowering == DELTA]
    return tuple(
        Pair(
            item,
            replace(
                item,
                table={**item.table, "criteria": [item.table["criteria"][0], *(dict(row) for row in guard)]},
            ),
        )
        for item in rules
    )


def _held(rules: Iterable[Emitted]) -> Iterator[_Held]:
    """The tags that carry points of what holds, as the rules say that give them."""
    for rule in rules:
        if is_held(rule):
            for tag in put_by(rule.table):
                yield _Held(tag, adjusts(rule.table), rule)


def is_held(rule: Emitted) -> bool:
    """Whether a rule gives points for what holds, and puts the tag that carries them."""
    return rule.kind == "automation-rules" and rule.lowering in _HOLDS and not taken_by(rule.table)


def _pays_again(old: _Held, new: _Held) -> bool:
    """Whether the rule that gives now would give to those who bear the tag: one that matches once knows nobody yet."""
    return new.rule.lowering == "match-once" and new.rule.name != old.rule.name


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
    name = f"{held.rule.name}: from {held.tag.rpartition('/')[2]}"
    rule = Emitted("automation-rules", name, table, held.rule.elements, DELTA)
    return Drain(rule, held.tag, into, held.rule.elements[0] if held.rule.elements else "", ())


def apart(objects: Sequence[Emitted], waiting: Sequence[Emitted]) -> tuple[Emitted, ...]:
    """The rules that give, made so that they leave alone whoever still bears a tag that a waiting rule will drain."""
    found = []
    for item in objects:
        if item.kind != "automation-rules" or item.lowering not in _HOLDS or taken_by(item.table):
            continue
        tags = [
            tag for rule in waiting if {*rule.elements} & {*item.elements} for tag in bears(rule.table)[:1]
        ]
        if tags:
            rows = [
                {"criterion": "Prospect tag", "of": tag, "operator": "isn't"} for tag in dict.fromkeys(tags)
            ]
            table = {**item.table, "criteria": [*item.table["criteria"], *rows]}
            if item.table["match"] != "all":
                group = {"match": item.table["match"], "criteria": list(item.table["criteria"])}
                table = {**item.table, "match": "all", "criteria": [group, *rows]}
            found.append(replace(item, table=table))
    return tuple(found)
