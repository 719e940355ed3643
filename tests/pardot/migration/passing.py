"""Two versions of a small spec, the way from one to the other, and what its proof finds."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from scorewright.compiling.files import files_of
from scorewright.compiling.places import Places
from scorewright.compiling.values import Built
from scorewright.plugin.migration import Since, objects_of
from scorewright.plugin.notes import Result
from scorewright.plugin.target import Request
from scorewright.source.document import Document, SourceFile
from scorewright.verify.bundle import read_bundle
from scorewright.verify.passage import way_of
from scorewright.verify.passage.prove import Stage, first_failure, prove
from scorewright_pardot import TARGET
from tests.pardot.making import HEAD, model_of

__all__ = ["TARGET", "Change", "Stage", "first_failure", "prove"]


class Change:
    """From one text to another; ``facts`` are answers of the instance."""

    target = TARGET

    def __init__(self, old, new, *, head=HEAD, **facts):
        self._made(tuple(model_of(f"{head}\n{text}") for text in (old, new)), facts)

    @classmethod
    def of(cls, old, new, **facts):
        """From one model to another."""
        change = cls.__new__(cls)
        change._made((old, new), facts)
        return change

    def then(self, new, *, head=HEAD):
        """From what stands there after this change to a third text."""
        change = type(self).__new__(type(self))
        change._made((self.models[1], model_of(f"{head}\n{new}")), {}, (self.bundles[1], self.files[1]))
        return change

    def _made(self, models, facts, there=None):
        target = self.target
        values = {fact.id: fact.value for fact in target.facts()}
        self.facts = {**values, **{key.replace("_", "-"): value for key, value in facts.items()}}
        self.models = models
        self.requests = tuple(
            Request(model, model.options.get(target.name, {}), self.facts) for model in self.models
        )
        self.bundles = tuple(target.compile(request) for request in self.requests)
        for bundle in self.bundles:
            refused = [note for note in bundle.notes if note.result is Result.REFUSED]
            assert not refused, refused
        self.files = [there[1] if there else self._files(self.bundles[0], self.models[0])]
        before = read_bundle(self.files[0])
        since = Since(
            target.name, "before", objects_of(before.tables), self.bundles[0].gauges, self.models[0]
        )
        self.migration = target.migrate(self.requests[1], self.bundles[1], since)
        after = self.migration.over(self.bundles[1])
        self.files.append(self._files(after, self.models[1], self.migration))

    def _files(self, bundle, model, migration=None):
        from pathlib import Path

        document = Document(Path(), (SourceFile("model.toml", Path("model.toml"), ""),), {}, {})
        built = Built(self.target, model, bundle, {}, (), frozenset(), self.facts, migration)
        return files_of(built, model, Places(document))

    @property
    def notes(self):
        return [(note.element, note.name, str(note.result)) for note in self.migration.notes]

    @property
    def moves(self):
        return [
            (move.act, move.kind, move.name) if move.kind else (move.act, move.hours)
            for move in self.migration.moves
        ]

    def way(self, plant=None, effort=1, stride=1):
        """What is to be proven; ``plant`` changes the moves first."""
        way = way_of(self.target.name, self.models, read_bundle(self.files[0]), self.files[1], self.facts)
        moves = way.moves if plant is None else plant(deepcopy([*way.moves]))
        return replace(way, moves=moves, effort=effort, stride=stride, worlds=0)

    def again(self):
        """The way from the version that was reached to itself."""
        tables = read_bundle(self.files[1]).tables
        since = Since(self.target.name, "after", objects_of(tables), self.bundles[1].gauges, self.models[1])
        return self.target.migrate(self.requests[1], self.bundles[1], since)

    def left(self):
        """The objects that stand there when every move is done: kind, name, table.

        What runs once is no object of a state; rows of the baseline stand there always, also those that no score reads any more.
        """
        way = self.way()
        emulator = self.target.emulator(self.models[1], way.after.tables, self.facts)
        changing = emulator.since(self.models[0], way.before.tables, way.moves)
        left = _plain({kind: rows.values() for kind, rows in changing.left.items()})
        spoken = {str(row["name"]) for row in way.after.tables.get("baseline-scoring", ())}
        return {key: row for key, row in left.items() if key[0] != "baseline-scoring" or key[1] in spoken}

    def wanted(self):
        """The objects of the bundle that is written."""
        return _plain(read_bundle(self.files[1]).tables)

    def proof(self, plant=None, effort=1, stride=1):
        return prove(self.way(plant, effort, stride), self.target)

    def failure(self, plant=None, effort=1, stride=1):
        return first_failure(self.way(plant, effort, stride), self.target)


_REMARKS = {"for", "lowering", "why", "coupled", "inverse"}


def _plain(tables):
    """What an object says, whatever is said of it; what must be there and what runs once are no part of a state."""
    return {
        (kind, row["name"]): {key: value for key, value in row.items() if key not in _REMARKS}
        for kind, rows in tables.items()
        for row in rows
        if kind not in {"gauges", "prerequisites", "segmentation-rules"}
    }
