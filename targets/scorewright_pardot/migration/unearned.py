"""Awards whose conditions change: who did it before, and did not meet the conditions of then, is not given it by those of now.

A rule that pays for what an action has left (a tag) looks again at everybody when it is resumed.  So the tags come off
while the rule of then still runs: whoever it was for has been paid by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.migration.tables import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright_pardot.migration.compare import Difference, Pair

__all__ = ["forgetting", "looked_at_anew"]

_TAG, _IS, _LIST = CRITERIA["tag"].text, OPERATORS["is"].text, CRITERIA["list"].text
_STATES = frozenset(
    CRITERIA[word].text
    for word in (
        "campaign",
        "campaign-status",
        "external-activity",
        "file",
        "form",
        "form_handler",
        "landing_page",
        "redirect",
        "webinar",
    )
)
"""Criteria that stay true once something has happened, whatever is taken away."""


def looked_at_anew(difference: Difference) -> Iterator[Pair]:
    """The rules of awards that ask people for other things than before, or have their lists filled with others."""
    lists = {pair.new.name for pair in difference.edits("dynamic-lists")}
    for pair in (*difference.same, *difference.changed):
        if pair.new.kind != "automation-rules" or pair.new.lowering != "limited-award":
            continue
        asked = [
            {tuple(leaf) for leaf in leaves(item.table) if leaf.what != _TAG and leaf.what not in _STATES}
            for item in pair
        ]
        if asked[0] != asked[1] or any(leaf[0] == _LIST and leaf[1] in lists for leaf in asked[1]):
            yield pair


def forgetting(difference: Difference) -> Iterator[tuple[Emitted, Emitted | None]]:
    """Each such rule, with what takes the tags off by which it would pay for the past; ``None`` where other things say so too."""
    for pair in looked_at_anew(difference):
        old, new = ({leaf.of for leaf in leaves(item.table) if _is_hit(leaf.what, leaf.of)} for item in pair)
        states = any(
            leaf.what in _STATES
            or (leaf.what == CRITERIA["custom-field"].text and leaf.of.endswith(" count"))
            for leaf in leaves(pair.new.table)
        )
        tags = sorted(old & new)
        if states:
            yield pair.new, None
        elif tags:
            yield pair.new, _taking_off(pair.new, tags)


def _is_hit(what: str, of: str) -> bool:
    return what == _TAG and of.endswith("/hit")


def _taking_off(rule: Emitted, tags: list[str]) -> Emitted:
    rows = [{"criterion": _TAG, "of": tag, "operator": _IS} for tag in tags]
    table = {
        "match": "any" if len(rows) > 1 else "all",
        "criteria": rows,
        "actions": [{"action": ACTIONS["tag-remove"].text, "of": tag} for tag in tags],
        "resume_phase": 0,
    }
    name = f"{rule.name}, before the change"
    return Emitted("segmentation-rules", name, table, rule.elements, "migration-initial")
