"""Fields that are called otherwise now: a new one is made, and what the old one holds is copied into it.

The name for the API stays for ever, so a field that is only given another label would be another one for whoever imports.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright_marketo.emit import smart_list_table
from scorewright_marketo.lower.expr import EVERYBODY, smart_list
from scorewright_marketo.migration.once import INITIAL, passing
from scorewright_marketo.migration.tables import CAMPAIGNS, FIELDS, relabelled
from scorewright_marketo.names import clean
from scorewright_marketo.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.migration import Since
    from scorewright_marketo.migration.pairing import Version

__all__ = ["copied", "copying", "under_new_labels"]


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


_SHARED = {"Seen", "Last"}
"""What begins the names of helpers that several elements may share; they are called after the first of them."""


def _shared(old: Emitted, new: Emitted, since: Since, now: Version) -> bool:
    """Whether one goes on for some of those that have shared it: the element that it was called after is gone."""
    words = {_sign(item, model, rough=True)[-1] for item, model in ((old, since.model), (new, now.model))}
    kinds = {old.table["type"], new.table["type"]}
    return bool({*old.elements} & {*new.elements}) and len(words) == len(kinds) == 1 and words <= _SHARED


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


def copying(labels: Mapping[str, str], beside: Emitted) -> Emitted:
    """One batch, over everybody, that copies all of them; it is made ``beside`` a campaign."""
    flow = [
        {
            "step": "Change Data Value",
            "fields": [
                {"label": "Attribute", "value": new},
                {"label": "New Value", "value": "{{lead." + old + "}}"},
            ],
        }
        for old, new in labels.items()
    ]
    plain = replace(beside, table={**beside.table, "campaign": "fields"}, elements=())
    return passing(plain, "names of", smart_list_table(smart_list(EVERYBODY)), flow, INITIAL)
