"""What one moment does at two times: an event gives its award at once, and what it makes true counts from the night on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.elements import Input, Rule
from scorewright_marketo.lower.asking import leaves
from scorewright_marketo.lower.bounds import by_scores
from scorewright_marketo.lower.points import awarded, clamped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Tier
    from scorewright_marketo.lower.context import Builder

__all__ = ["say_moments"]

_Reach = tuple[tuple[str, int | None, int | None], ...]


def say_moments(b: Builder, element: Rule | Tier | Input, reach: _Reach) -> None:
    """Where a score is at its bound, an award and what holds are cut together there, and one after the other here."""
    held = [row for row in reach if _bounds_of(b, row[0])]
    titles = dict.fromkeys(rule.title for rule in _givers(b, element, {key for key, _, _ in held}))
    if titles:
        names = " and ".join(f"“{title}”" for title in titles)
        b.bounded(
            "award-before-night",
            f"One event can both earn {names}, given at once, and change what holds here, which counts from the night on.",
            "what the bound of the score cuts off, up to these points, for a person who is at it then",
            "batch-person-in-minutes",
            bounds=by_scores(b, held),
        )


def _bounds_of(b: Builder, key: str) -> set[str]:
    """The scores that points to this one reach and that are held in bounds, as counters are: for good."""
    scores = (b.model.scores[name] for name in awarded(b, key))
    return {score.key for score in scores if score.kind == "engagement" and clamped(score)}


def _givers(b: Builder, element: Rule | Tier | Input, keys: set[str]) -> Iterator[Rule]:
    """The rules whose events change what the element asks for, and whose points meet the same bound."""
    bounded = {name for key in keys for name in _bounds_of(b, key)}
    asked = set(_asked(b, element)) if bounded else set()
    for rule in b.model.rules.values() if asked else ():
        changes = {("changes", key) for event in rule.on if event.verb == "changes" for key in event.objects}
        if not asked & {*changes, *((event.verb, "") for event in rule.on)}:
            continue
        if any(_bounds_of(b, key) & bounded for key, number in rule.points if number.value):
            yield rule


def _asked(b: Builder, element: Rule | Tier | Input) -> Iterator[tuple[str, str]]:
    """What the element reads: fields by their change, and verbs."""
    key = element.field if not isinstance(element, Rule) else None
    if key is not None:
        yield "changes", key
    for condition in _conditions(element):
        for leaf, _ in leaves(b, condition):
            if isinstance(leaf, con.FieldTest):
                yield "changes", leaf.field
            elif isinstance(leaf, con.Happened):
                yield leaf.event.verb, ""


def _conditions(element: Rule | Tier | Input) -> Iterable[con.Condition]:
    if isinstance(element, Rule):
        return () if element.when is None else (element.when,)
    if isinstance(element, Input):
        return ()
    return tuple(case.when for case in element.cases if case.when is not None)
