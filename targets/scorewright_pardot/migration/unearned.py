"""Awards whose conditions change: who did it before, and did not meet the conditions of then, is not given it by those of now.

A rule that pays for what an action has left (a tag) looks again at everybody when it is resumed.  So the tags come off
while the rule of then still runs: whoever it was for has been paid by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.migration.pairing import time_of
from scorewright_pardot.migration.tables import leaves, put_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright_pardot.migration.compare import Difference, Pair
    from scorewright_pardot.objects import Criterion

__all__ = ["forgetting", "looked_at_anew"]

_TAG, _IS, _LIST = CRITERIA["tag"].text, OPERATORS["is"].text, CRITERIA["list"].text
_FIELD = CRITERIA["custom-field"].text
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
            {
                tuple(leaf)
                for leaf in leaves(item.table)
                if leaf.what != _TAG and leaf.what not in _STATES and not _is_count(leaf)
            }
            for item in pair
        ]
        if asked[0] != asked[1] or any(leaf[0] == _LIST and leaf[1] in lists for leaf in asked[1]):
            yield pair


def forgetting(difference: Difference) -> Iterator[tuple[Emitted, Emitted | None]]:
    """Each such rule, with what takes off by what it would pay for the past; ``None`` where other things say so too."""
    counted: dict[str, list[Pair]] = {}
    for pair in looked_at_anew(difference):
        old, new = ({leaf.of for leaf in leaves(item.table) if _is_hit(leaf.what, leaf.of)} for item in pair)
        was, now = ({leaf.of for leaf in leaves(item.table) if _is_count(leaf)} for item in pair)
        tags = sorted(old & new)
        if any(leaf.what in _STATES for leaf in leaves(pair.new.table)):
            yield pair.new, None
        elif now:  # one that counts only now is filled with what was given
            for field in now & was:
                counted.setdefault(field, []).append(pair)
        elif tags:
            yield pair.new, _taking_off(pair.new, tags)
    for field, pairs in counted.items():
        yield from ((pairs[0].new, item) for item in _counting(field, pairs, difference))


def _counting(field: str, pairs: Sequence[Pair], difference: Difference) -> Iterator[Emitted]:
    """A counter goes back to what was paid for: to just before the first award, then by the tags of each, the last one last."""
    rule = pairs[0].new
    numbers = {time.number: pair.old for pair in pairs if (time := time_of(pair.old)) is not None}
    before = min(numbers, default=1) - 1
    more = {"criterion": _FIELD, "of": field, "operator": OPERATORS["greater"].text, "value": str(before)}
    yield _setting(rule, field, before, [more])
    kept = [item.name for item in difference.kept if item.kind == "tags"]
    for number, old in sorted(numbers.items()):
        own = [tag for tag in put_by(old.table) if "/lasts/" not in tag]
        stems = {tag.rpartition("/")[0] for tag in own}
        own += [tag for tag in kept if tag.rpartition("/")[0] in stems]
        rows = [{"criterion": _TAG, "of": tag, "operator": _IS} for tag in dict.fromkeys(own)]
        if rows:
            yield _setting(rule, field, number, rows)


def _setting(rule: Emitted, field: str, number: int, rows: list[dict[str, str]]) -> Emitted:
    table = {
        "match": "any" if len(rows) > 1 else "all",
        "criteria": rows,
        "actions": [{"action": ACTIONS["custom-field"].text, "of": field, "value": str(number)}],
        "resume_phase": 0,
    }
    name = f"{field}: {number} given before the change"
    return Emitted("segmentation-rules", name, table, rule.elements, "migration-initial")


def _is_count(leaf: Criterion) -> bool:
    return leaf.what == _FIELD and leaf.of.endswith(" count")


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
