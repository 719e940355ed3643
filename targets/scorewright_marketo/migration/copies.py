"""Fields that are called otherwise now: a new one is made, and what the old one holds is copied into it.

The name for the API stays for ever, so a field that is only given another label would be another one for whoever imports.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright_marketo.emit import smart_list_table
from scorewright_marketo.lower.expr import EVERYBODY, smart_list
from scorewright_marketo.migration.once import INITIAL, passing
from scorewright_marketo.migration.tables import CAMPAIGNS, FIELDS, relabelled
from scorewright_marketo.names import clean
from scorewright_marketo.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.migration import Since
    from scorewright_marketo.migration.pairing import Version

__all__ = ["copied", "copying", "parted", "under_new_labels"]


def copied(since: Since, now: Version) -> dict[str, str]:
    """Labels of then, and those of now: of scores by their ids, of helpers by what they are for."""
    found = dict(_scores(since, now))
    there = {item.name for item in since.objects if item.kind in FIELDS}
    wanted = {item.name for item in now.objects if item.kind in FIELDS}
    left = [item for item in since.objects if item.kind == "helper-fields" and item.name not in wanted]
    for item in now.objects:
        if item.kind != "helper-fields" or item.name in there:
            continue
        rough = since.model is None  # without the titles of then, the first word has to do
        sign = _sign(item, now.model, rough=rough)
        alike = (each for each in left if _sign(each, since.model, rough=rough) == sign)
        old = next(alike, None) or next((each for each in left if _shared(each, item, since, now)), None)
        if old is not None:
            left.remove(old)
            found[old.name] = item.name
    return found


def parted(since: Since, now: Version) -> dict[str, str]:
    """New fields, and an old one that stays: what several have counted in one goes on for those that leave it."""
    there = {item.name for item in since.objects}
    stays = {item.name: {*item.elements} for item in now.objects if item.kind == "helper-fields"}
    found = {}
    for item in now.objects:
        if item.kind == "helper-fields" and item.name not in there:
            for old in since.objects:
                left = old.name in stays and not stays[old.name] & {*item.elements}
                if left and _shared(old, item, since, now):
                    found[item.name] = old.name
    return found


_SHARED = {"Seen": "on", "Last": "activity"}
"""What begins the names of helpers that several elements may share, and what of an element says what they hold."""


def _shared(old: Emitted, new: Emitted, since: Since, now: Version) -> bool:
    """Whether a field holds what another held for an element; it is called after the first of those that share it."""
    if old.kind != "helper-fields" or old.table["type"] != new.table["type"] or since.model is None:
        return False
    words = {_sign(old, since.model, rough=True)[-1], _sign(new, now.model, rough=True)[-1]}
    what = _SHARED.get(str(words.pop())) if len(words) == 1 else None
    then = {
        item.name: item for item in since.model.elements() if item.name in {*old.elements} & {*new.elements}
    }
    return what is not None and any(
        _held(then[item.name], what) == _held(item, what)
        for item in now.model.elements()
        if item.name in then
    )


def _held(element: Any, what: str) -> object:
    """What is counted or dated for an element: its events, from which one on it earns aside, or a silence's verbs."""
    found = getattr(element, what, ())
    return frozenset(found) if what == "activity" else tuple(replace(event, nth=1) for event in found)


def _scores(since: Since, now: Version) -> Iterator[tuple[str, str]]:
    there = {gauge.name: gauge.at.get("field") for gauge in since.gauges if gauge.kind == "score"}
    labels = {item.name for item in since.objects if item.kind == "score-fields"}
    for gauge in now.gauges:
        was, name = there.get(gauge.name), str(gauge.at.get("field"))
        if gauge.kind == "score" and was is not None and was != name and name not in labels:
            yield str(was), name


def _sign(item: Emitted, model: Model | None, *, rough: bool) -> tuple[object, ...]:
    """What a helper is for: its elements, its type, and its name without the prefix and the element's title."""
    options = model.options.get("marketo", {}) if model is not None else {}
    what = item.name.removeprefix(str(options.get("helper_prefix", Options().helper_prefix))).strip()
    for element in model.elements() if model is not None else ():
        title = clean(element.title) or element.id
        if element.name in item.elements and title in what:
            what = what.replace(title, "\0")
            break
    return item.elements, item.table["type"], what.partition(" ")[0] if rough else what


def under_new_labels(objects: Sequence[Emitted], labels: Mapping[str, str]) -> tuple[Emitted, ...]:
    """The objects of then, as they are once what they read and write is called otherwise."""
    return tuple(
        replace(item, name=labels.get(item.name, item.name), table=relabelled(dict(item.table), labels))
        if item.kind in {CAMPAIGNS, "smart-lists", *FIELDS}
        else item
        for item in objects
    )


def copying(labels: Iterable[tuple[str, str]], beside: Emitted) -> Emitted:
    """One batch, over everybody, that copies old ones into new; it is made ``beside`` a campaign."""
    flow = [
        {
            "step": "Change Data Value",
            "fields": [
                {"label": "Attribute", "value": new},
                {"label": "New Value", "value": "{{lead." + old + "}}"},
            ],
        }
        for old, new in labels
    ]
    plain = replace(beside, table={**beside.table, "campaign": "fields"}, elements=())
    return passing(plain, "names of", smart_list_table(smart_list(EVERYBODY)), flow, INITIAL)
