"""What a bundle holds: objects named once and made of plain values, and a sheet whose tasks can be ticked off."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from scorewright.plugin.conformance.breach import Breach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.conformance.bench import Bench, Case

__all__ = ["named_once", "plain", "sheet"]

_KIND = re.compile(r"[a-z]+(-[a-z]+)*")
_TAKEN = frozenset({"notes", "facts", "provenance", "gauges", "build-sheet"})
_ACTS = frozenset({"open", "click", "type", "choose", "tick", "untick", "check", "note"})
_PLAIN = (str, bool, int, float, dt.date, dt.datetime, dt.time)


def named_once(bench: Bench) -> Iterator[Breach]:
    """No two objects of a kind have one name: the second would overwrite the first, or be refused by the platform."""
    for case, bundle in bench.bundles():
        counts = Counter((item.kind, item.name) for item in bundle.objects)
        for (kind, name), count in counts.items():
            if count > 1:
                do = "make names from the element's id, which is unique, or refuse the second"
                yield Breach(case.name, f"{count} {kind} are called {_short(name)}", do)
            if not name:
                yield Breach(case.name, f"one of the {kind} has no name", "name every object")


def plain(bench: Bench) -> Iterator[Breach]:
    """Objects are made of plain TOML values, and their kinds can be file names."""
    for case, bundle in bench.bundles():
        if bundle.target != bench.target.name:
            yield Breach(case.name, f"is a bundle of {bundle.target!r}", "give it the target's name")
        for kind in sorted({item.kind for item in bundle.objects}):
            if not _KIND.fullmatch(kind) or kind in _TAKEN:
                do = f"call it by a plain plural in kebab-case that is none of {', '.join(sorted(_TAKEN))}"
                yield Breach(case.name, f"has objects of the kind {kind!r}, which names their file", do)
        for item in bundle.objects:
            where = f"{case.name}, {item.kind} {_short(item.name)}"
            for path, value in _odd(item.table, ()):
                do = "use texts, numbers, true and false, dates, lists and tables with text keys"
                yield Breach(where, f"holds {type(value).__name__} at {'.'.join(path) or 'its table'}", do)
            taken = {"name", "for", "lowering"} & set(item.table)
            if taken:
                do = "call it something else: these keys say the object's name and where it comes from"
                yield Breach(where, f"has a key {min(taken)!r} of its own", do)
            yield from _provenance(case, where, item.elements, item.lowering)
        yield from _rendered(bench, case, bundle)


def _provenance(case: Case, where: str, elements: tuple[str, ...], lowering: str) -> Iterator[Breach]:
    known = {element.name for element in case.model.elements()} | {"model"}
    for name in elements:
        if name not in known and not _stands(case.document.data, name):
            yield Breach(
                where, f"exists for {name!r}, which the spec does not have", "name the spec's elements"
            )
    if not lowering:
        yield Breach(where, "does not say which lowering made it", "name the lowering")


def _stands(data: Any, name: str) -> bool:
    table, _, key = name.partition(".")
    return table in data and (not key or key in data[table])


def _odd(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, (list, tuple)):
        for place, item in enumerate(value):
            yield from _odd(item, (*path, str(place)))
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from _odd(item, (*path, str(key))) if isinstance(key, str) else [((*path, str(key)), key)]
    elif type(value) not in _PLAIN:
        yield path, value


def sheet(bench: Bench) -> Iterator[Breach]:
    """Each task of the sheet has an id of its own, an element that exists, and steps that can be rendered."""
    for case, bundle in bench.bundles():
        tasks = [task for section in bundle.sheet.sections for task in section.tasks]
        for name, count in Counter(task.id for task in tasks).items():
            if count > 1:
                do = "make the id from the kind and the name of the object: it keeps a tick"
                yield Breach(case.name, f"{count} tasks have the id {_short(name)}", do)
        for task in tasks:
            where = f"{case.name}, task {_short(task.id)}"
            if task.element and not _stands(case.document.data, task.element):
                yield Breach(where, f"exists for {task.element!r}", "name an element of the spec")
            for step in task.steps:
                if step.act not in _ACTS:
                    yield Breach(where, f"has a step {step.act!r}", f"use one of {', '.join(sorted(_ACTS))}")


def _rendered(bench: Bench, case: Case, bundle: Bundle) -> Iterator[Breach]:
    try:
        bench.files(case, bundle)
    except Exception as error:  # noqa: BLE001 - whatever keeps the files from being written is a breach
        message = f"cannot be written: {type(error).__name__}: {error}"
        yield Breach(
            case.name, message, "keep to the values that scorewright.plugin.bundle and .sheet describe"
        )


def _short(name: str) -> str:
    return repr(name if len(name) <= 60 else f"{name[:40]}…{name[-12:]}")
