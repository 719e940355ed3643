"""What a bundle says of each element: a note for all, well formed, resting on facts, with bounds that can be held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.conformance.promises.tables import KEBAB
from scorewright.plugin.emulation import GAUGES, SITUATIONS, UNQUIET, done_key
from scorewright.plugin.notes import Result
from scorewright.plugin.usage import features_used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Element, Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.conformance.bench import Bench, Case
    from scorewright.plugin.emulation import Gauge
    from scorewright.plugin.notes import Note

__all__ = ["answered", "bounded", "gauged", "on_facts", "refused", "well_formed"]


def answered(bench: Bench) -> Iterator[Breach]:
    """Every element of a model gets a note; one that uses what the table refuses may be left to the compiler."""
    for case, bundle in bench.bundles():
        answered_for = {note.element for note in bundle.notes} | bench.left(case)
        for element in case.model.elements():
            if element.name not in answered_for:
                do = "give every element of model.elements() a note: exact, bounded, by hand or refused"
                yield Breach(case.name, f"says nothing of {element.name}", do)


def well_formed(bench: Bench) -> Iterator[Breach]:
    """A note has a name, a message, an element and a place that exist, and what its result asks for."""
    for case, bundle in bench.bundles():
        known = {element.name for element in case.model.elements()}
        for note in bundle.notes:
            yield from _note(case, note, known)
            if note.result is Result.BOUNDED and not (
                note.bound and (note.bounds or refused(bench, case, bundle))
            ):
                do = "say by how much and when, for people in `bound` and for tools in `bounds`"
                yield Breach(_where(case, note), "is bounded without a bound", do)


def refused(bench: Bench, case: Case, bundle: Bundle) -> bool:
    """Whether a case is not compiled: the table or a note refuses something in it, and nothing of it is shown."""
    by_table = any(use.feature in bench.refused for use in features_used(case.model))
    return by_table or any(note.result is Result.REFUSED for note in bundle.notes)


def _where(case: Case, note: Note) -> str:
    return f"{case.name}, note {note.name} of {note.element}"


def _note(case: Case, note: Note, known: set[str]) -> Iterator[Breach]:
    where = _where(case, note)
    if not KEBAB.fullmatch(note.name):
        yield Breach(
            where, "has a name that is not in kebab-case", "name it so that a spec can accept it by name"
        )
    result: Any = note.result
    if not isinstance(result, Result):
        yield Breach(where, f"has the result {note.result!r}", "use scorewright.plugin.notes.Result")
    if note.element not in known and not _exists(case.document.data, tuple(note.element.split(".", 1))):
        yield Breach(
            where, "names no element of the model", "use element.name, as in rules.contact, or model"
        )
    if not _exists(case.document.data, note.path):
        do = "use the path of the element, or of a key in it: the message's line and caret come from it"
        yield Breach(where, f"stands at {note.path}, which the spec does not have", do)
    if not note.message:
        yield Breach(where, "says nothing", "say in words what became of the element")
    if note.result is Result.REFUSED and not note.instead:
        yield Breach(where, "has no way out", "say in `instead` what comes nearest and works")


def _exists(data: Any, path: tuple[str | int, ...]) -> bool:
    for key in path:
        if isinstance(data, list) and isinstance(key, int):
            if key >= len(data):
                return False
        elif not (isinstance(data, dict) and key in data):
            return False
        data = data[key]
    return bool(path)


def on_facts(bench: Bench) -> Iterator[Breach]:
    """Every fact that a note, an object, a task or a quota names is in the fact table."""
    for case, bundle in bench.bundles():
        for where, names in _named(bundle):
            for name in names:
                if name and name not in bench.facts:
                    do = "put it into facts(), with a source; a name that nobody can look up is no reason"
                    yield Breach(f"{case.name}, {where}", f"rests on {name!r}, which is no fact", do)


def _named(bundle: Bundle) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((f"note {note.name} of {note.element}", note.facts) for note in bundle.notes)
    yield from ((f"{item.kind} {item.name}", item.facts) for item in bundle.objects)
    yield from ((f"quota {quota.name}", (quota.fact,)) for quota in bundle.quotas)
    for section in bundle.sheet.sections:
        yield from ((f"task {task.id}", task.facts) for task in section.tasks)


def bounded(bench: Bench) -> Iterator[Breach]:
    """A bound names a gauge that there is, a situation of the contract, and leaves some room, in order."""
    for case, bundle in bench.bundles():
        gauges = {gauge.name for gauge in bundle.gauges}
        for note in bundle.notes:
            where = _where(case, note)
            for bound in note.bounds:
                if bound.gauge != "*" and bound.gauge not in gauges:
                    do = "name a gauge of the bundle, or `*` for all that the element shows"
                    yield Breach(where, f"bounds {bound.gauge!r}, which is no gauge", do)
                if bound.when not in SITUATIONS:
                    yield Breach(where, f"holds when {bound.when!r}", f"use one of {', '.join(SITUATIONS)}")
                low, high = bound.least, bound.most
                if (low is not None and low > 0) or (high is not None and high < 0):
                    do = "let least be 0 or less and most 0 or more: what is shown may also be right"
                    yield Breach(where, f"allows only {low} to {high}", do)
            quiet = [bound.when for bound in note.bounds if bound.when not in UNQUIET]
            if quiet and note.result in {Result.EXACT, Result.REFUSED}:
                do = "note it as bounded, so that a spec must accept the difference"
                yield Breach(where, f"is {note.result} and has a bound that holds when {quiet[0]!r}", do)


def gauged(bench: Bench) -> Iterator[Breach]:
    """Gauges are of the contract's kinds, read off things of the model, once each, and say when they are right."""
    for case, bundle in bench.bundles():
        seen = set()
        for gauge in bundle.gauges:
            yield from _gauge(case, gauge)
            if gauge.name in seen:
                yield Breach(case.name, f"has two gauges {gauge.name!r}", "give each thing one gauge")
            seen.add(gauge.name)


def _gauge(case: Case, gauge: Gauge) -> Iterator[Breach]:
    where = f"{case.name}, gauge {gauge.name!r}"
    if gauge.kind not in GAUGES:
        yield Breach(where, f"is of kind {gauge.kind!r}", f"use one of {', '.join(GAUGES)}")
    elif gauge.key not in _keys(case.model, gauge.kind):
        do = "use the key as the reference machine has it: see scorewright.plugin.emulation.Gauge"
        yield Breach(where, "reads off what the model does not have", do)
    settles: Any = gauge.settles
    if not isinstance(settles, int) or settles <= 0:
        do = "say how many hours it takes until what is read off is right, at least 1"
        yield Breach(where, f"settles in {gauge.settles!r} hours", do)
    if not gauge.at:
        yield Breach(where, "does not say where to look", "fill `at` in the platform's words")


def _keys(model: Model, kind: str) -> set[str]:
    tables: dict[str, Any] = {
        "score": model.scores,
        "grade": model.grades,
        "mark": model.marks,
        "segment": model.segments,
        "list": model.assets,
        "campaign": model.assets,
        "field": model.fields,
    }
    if kind != "done":
        return set(tables[kind])
    owners: tuple[Element, ...] = (*model.rules.values(), *model.thresholds.values(), *model.decay.values())
    return {done_key(action.path, owner.product) for owner in owners for action in owner.then}  # type: ignore[attr-defined]
