"""Two versions of a small spec, the way from one to the other, and what its proof finds."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from scorewright.compiling.files import files_of
from scorewright.compiling.places import Places
from scorewright.compiling.values import Built
from scorewright.plugin.migration import Since
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

    def __init__(self, old, new, *, head=HEAD, **facts):
        values = {fact.id: fact.value for fact in TARGET.facts()}
        self.facts = {**values, **{key.replace("_", "-"): value for key, value in facts.items()}}
        self.models = tuple(model_of(f"{head}\n{text}") for text in (old, new))
        self.requests = tuple(
            Request(model, model.options.get("pardot", {}), self.facts) for model in self.models
        )
        self.bundles = tuple(TARGET.compile(request) for request in self.requests)
        for bundle in self.bundles:
            refused = [note for note in bundle.notes if note.result is Result.REFUSED]
            assert not refused, refused
        self.files = [self._files(self.bundles[0], self.models[0])]
        before = read_bundle(self.files[0])
        from scorewright.plugin.migration import objects_of

        since = Since("pardot", "before", objects_of(before.tables), self.bundles[0].gauges, self.models[0])
        self.migration = TARGET.migrate(self.requests[1], self.bundles[1], since)
        after = replace(self.bundles[1], objects=(*self.bundles[1].objects, *self.migration.kept))
        self.files.append(self._files(after, self.models[1], self.migration))

    def _files(self, bundle, model, migration=None):
        from pathlib import Path

        document = Document(Path(), (SourceFile("model.toml", Path("model.toml"), ""),), {}, {})
        built = Built(TARGET, model, bundle, {}, (), frozenset(), self.facts, migration)
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

    def way(self, plant=None, effort=1, seed=1):
        """What is to be proven; ``plant`` changes the moves first."""
        way = way_of("pardot", self.models, read_bundle(self.files[0]), self.files[1], self.facts)
        moves = way.moves if plant is None else plant(deepcopy([*way.moves]))
        return replace(way, moves=moves, effort=effort, seed=seed)

    def proof(self, plant=None, effort=1):
        return prove(self.way(plant, effort), TARGET)

    def failure(self, plant=None, effort=1):
        return first_failure(self.way(plant, effort), TARGET)
