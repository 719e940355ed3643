"""Whoever is outside the population keeps old points until they come in: a re-roll must know what these were worth.

Nobody outside is touched by a change.  So where there is an outside, the flow that takes points back by the record goes on
knowing the values of earlier versions, and what gives nothing any more is taken back by a nightly batch that stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright_marketo.migration.compare import key_of
from scorewright_marketo.migration.drains import is_standing
from scorewright_marketo.migration.once import DELTA, EARLIER
from scorewright_marketo.migration.tables import CAMPAIGNS, plain, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.target import Request
    from scorewright_marketo.migration.compare import Difference

__all__ = ["knowing", "stale", "unsure"]


def stale(difference: Difference) -> dict[str, tuple[int, ...]]:
    """By element the recorded points that this version does not give, and somebody may still have."""
    records = _records(difference)
    now = _worth(pair.new for pair in difference.pairs)
    found: dict[str, set[int]] = {}
    for record, values in _then(difference).items():
        gone = values.keys() - now[record].keys() if record in now else set()
        if record in records and gone:
            found.setdefault(records[record], set()).update(gone)
    return {element: tuple(sorted(values)) for element, values in found.items()}


def unsure(difference: Difference, model: Model) -> Iterator[str]:
    """Elements of which a record does not tell any more which points were given.

    The same number means others now; or it stands for points of several scores, of which it names the first alone.
    """
    records = _records(difference)
    several = {rule.name for rule in model.rules.values() if not rule.on and len(rule.points) > 1}
    now = _worth(pair.new for pair in difference.pairs)
    for record, values in _then(difference).items():
        element = records.get(record, "")
        for value, given in values.items() if record in now else ():
            if now[record].get(value, given) != given or (value not in now[record] and element in several):
                yield element


def knowing(request: Request, bundle: Bundle, values: Mapping[str, Sequence[int]]) -> tuple[Emitted, ...]:
    """The campaigns of a bundle that have to know earlier points, as they are when they do."""
    from scorewright_marketo.emit import emit
    from scorewright_marketo.lower import lower
    from scorewright_marketo.options import read

    options = read(request.options)
    known = {name: (*options.earlier_points.get(name, ()), *found) for name, found in values.items()}
    lowered = lower(
        request.model, replace(options, earlier_points={**options.earlier_points, **known}), request.facts
    )
    there = {key_of(item): item for item in bundle.objects}
    return tuple(
        replace(item, lowering=EARLIER)
        for item in emit(lowered)
        if item.kind == CAMPAIGNS
        and key_of(item) in there
        and plain(item.table) != plain(there[key_of(item)].table)
    )


def _records(difference: Difference) -> dict[str, str]:
    """The element whose points a field records."""
    fields = [*(pair.new for pair in difference.pairs), *difference.added]
    return {
        item.name: item.elements[0]
        for item in fields
        if item.kind == "helper-fields" and len(item.elements) == 1
    }


def _then(difference: Difference) -> dict[str, dict[int, dict[str, list[str]]]]:
    """What the version before took back, by record; with what a batch takes back that an earlier change has left."""
    left = (item for item in difference.kept if item.lowering == DELTA)
    return _worth([*(pair.old for pair in difference.pairs), *left])


def _worth(items: Iterable[Emitted]) -> dict[str, dict[int, dict[str, list[str]]]]:
    """By record and recorded number: what is taken back of each score."""
    found: dict[str, dict[int, dict[str, list[str]]]] = {}
    for item in items:
        if item.kind != CAMPAIGNS or not (is_standing(item) or item.lowering == DELTA):
            continue
        records = set(_set_by(item))
        done: set[str] = set()
        for step in plain(item.table["flow"]):
            done |= {value_of(step, "Score Name")} & records
            for choice in step.get("choices", ()):
                when = choice["if"]
                if when["rule"] in records - done and when.get("operator") == "is":
                    of = found.setdefault(when["rule"], {}).setdefault(int(when["values"][0]), {})
                    of.setdefault(value_of(step, "Score Name"), []).append(choice["value"])
    return found


def _set_by(item: Emitted) -> Iterator[str]:
    """The fields in which a flow records what it gives."""
    for step in item.table["flow"]:
        texts = [choice["value"] for choice in step.get("choices", ())] or [value_of(step, "Change")]
        if step["step"] == "Change Score" and all(text.startswith("=") for text in texts):
            yield value_of(step, "Score Name")
