"""Plants one fault in the files of a bundle, as somebody would have built it wrongly, and has the proof look for it."""

from __future__ import annotations

import copy
import tomllib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scorewright.compiling import files as emitted
from scorewright.model.read.read import read
from scorewright.plugin.registry import load
from scorewright.plugin.target import Request
from scorewright.verify.bundle import read_bundle
from scorewright.verify.play import Stage
from scorewright.verify.work import Task, Work

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EFFORT", "Fault", "Files", "fault", "faults_of", "files_of", "on_bundle", "on_files", "work_on"]

EFFORT = 3
"""What the command tries unless it is told otherwise."""


class Fault(NamedTuple):
    """A fault: what is wrong, on which platform, in which model, how it is planted, and the gauges that show it."""

    name: str
    target: str
    spec: str
    plant: Callable[[Files], None]
    gauges: tuple[str, ...]


def fault(target, spec, *gauges):
    """Makes a fault of a function that plants it; the function's name says what is wrong."""
    return lambda plant: Fault(plant.__name__.replace("_", " "), target, spec, plant, gauges)


def faults_of(*modules):
    """Every fault of some modules."""
    return [item for module in modules for item in vars(module).values() if isinstance(item, Fault)]


# --- the proof ------------------------------------------------------------------------------------------------------


@cache
def work_on(target, text, effort=EFFORT):
    """The proof of a model as it is compiled, its lives made ready; the files are written and read again."""
    platform, model = load(target), _model(text)
    facts = {item.id: item.value for item in platform.facts()}
    bundle = platform.compile(Request(model, dict(model.options.get(target, {})), facts))
    read_back = read_bundle(files_of(bundle, model))
    task = Task(model, target, read_back, facts, frozenset(), seed=1, effort=effort)
    return Work(task, platform)


def files_of(bundle, model):
    """The files of a bundle, by name."""
    kinds = {kind: {kind: rows} for kind, rows in emitted._by_kind(bundle.objects).items()}
    kinds["notes"] = {"notes": [emitted._note(note, model, bundle.target) for note in bundle.notes]}
    kinds["gauges"] = {"gauges": [emitted._gauge(gauge) for gauge in bundle.gauges]}
    return {f"{kind}.toml": emitted._toml(table) for kind, table in kinds.items()}


def on_files(work, tables):
    """The same lives on other files."""
    return on_bundle(work, replace(work.task.bundle, tables=tables))


def on_bundle(work, bundle):
    """The same lives on another bundle that is looked at at the same times: it has the same gauges."""
    other = copy.copy(work)
    other.task = work.task._replace(bundle=bundle)
    other.stage = Stage(other.task.model, work.stage.target, other.task.bundle)
    return other


@cache
def _model(text):
    data = tomllib.loads(text)
    data.pop("language")
    reading = read(data)
    assert reading.findings == (), reading.findings
    return reading.model


# --- the files ------------------------------------------------------------------------------------------------------


class Files:
    """The tables of a bundle, open for changes."""

    def __init__(self, tables):
        self.tables = {kind: [copy.deepcopy(dict(row)) for row in rows] for kind, rows in tables.items()}

    def rows(self, kind, part=""):
        found = [row for row in self.tables[kind] if part in row["name"]]
        assert found, f"nothing among the {kind} is called {part!r}"
        return found

    def row(self, kind, part):
        found = self.rows(kind, part)
        assert len(found) == 1, [row["name"] for row in found]
        return found[0]

    def drop(self, kind, part=""):
        gone = self.rows(kind, part)
        self.tables[kind] = [row for row in self.tables[kind] if row not in gone]

    def add(self, kind, row, **changes):
        self.tables.setdefault(kind, []).append({**copy.deepcopy(row), **changes})
        return self.tables[kind][-1]


def holders(table):
    """Every list of criteria or filters in a table, those of groups first."""
    items = table["criteria"] if "criteria" in table else table["smart_list"]["filters"]
    for item in items:
        if "criteria" in item:
            yield from holders(item)
    yield items


def leaves(table, **wanted):
    """The criteria or filters that say what is wanted."""
    found = [item for items in holders(table) for item in items if wanted.items() <= item.items()]
    assert found, f"{table['name']} asks nothing like {wanted}"
    return found


def forget(table, **wanted):
    """Leave out every criterion that says what is wanted."""
    gone = leaves(table, **wanted)
    for items in holders(table):
        items[:] = [item for item in items if item not in gone]


def actions(table, **wanted):
    """The actions that say what is wanted."""
    found = [item for item in table["actions"] if wanted.items() <= item.items()]
    assert found, f"{table['name']} does nothing like {wanted}"
    return found


def undo(table, **wanted):
    """Leave out the actions that say what is wanted."""
    gone = actions(table, **wanted)
    table["actions"] = [item for item in table["actions"] if item not in gone]


def steps(table, **wanted):
    """The flow steps that say what is wanted."""
    found = [item for item in table["flow"] if wanted.items() <= item.items()]
    assert found, f"{table['name']} has no step like {wanted}"
    return found


def skip(table, **wanted):
    """Leave out the flow steps that say what is wanted."""
    gone = steps(table, **wanted)
    table["flow"] = [item for item in table["flow"] if item not in gone]


def set_field(step, label, value):
    """Type something else into one field of a flow step."""
    found = [item for item in step["fields"] if item["label"] == label]
    assert len(found) == 1, (label, step)
    found[0]["value"] = value
