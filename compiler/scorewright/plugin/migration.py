"""What a target owes to a change: the steps from the version that stands on an instance to the one in hand.

A platform remembers what its objects have done to people, so an edit of a live model is no second build: what is edited
in place, what is made anew, what waits, and in which order, decides whether points are given twice or lost.  A migration
says it as values: ``compile --since`` writes them, the build sheet shows them, ``verify --since`` carries them out on the
emulator.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.plugin.bundle import Bundle, Emitted, Quota
    from scorewright.plugin.emulation import Gauge, Played, Schedule, Tables
    from scorewright.plugin.notes import Note
    from scorewright.plugin.sheet import Task
    from scorewright.plugin.target import Request

__all__ = ["ACTS", "Changed", "Changes", "Migrates", "Migration", "Move", "Since", "objects_of", "with_these"]

ACTS: Mapping[str, str] = {
    "check": "look that something is so, and go on only then",
    "create": "make an object; what can act on people is not switched on by that",
    "edit": "change an object in place: it keeps what it remembers of people, its name may be another",
    "pause": "switch off an object that acts on people; it keeps what it remembers",
    "resume": "switch on an object that acts on people",
    "run": "run an object that runs once, over the people who are there",
    "delete": "take an object away, for good",
    "wait": "let so many hours pass before the next move; till the last wait is over nothing is compared",
    "rest": "let so many hours pass, in which people live on under the new version; what follows is late for them",
}
"""What a move can be.  Moves are carried out one after another, each as soon as the one before is done."""


class Move(NamedTuple):
    """One move of a migration.

    ``act`` is one of ``ACTS``; ``kind`` and ``name`` say which object, as its file does (the name that it has when the
    move comes; ``""`` for a wait).  ``old`` is the object's table before, ``new`` the one after (``None``: there is none,
    or it does not change), with ``name`` where that changes, and ``lowering`` which lowering made it.  ``hours`` is how
    long a wait or a rest lasts.  ``task`` is the same
    for the person at the screen: the clicks, why, the minutes, and the facts that the move rests on.
    """

    act: str
    kind: str
    name: str
    task: Task
    elements: tuple[str, ...] = ()
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    hours: int = 0
    lowering: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the move rests on."""
        return self.task.facts


@dataclass(frozen=True, slots=True)
class Since:
    """What stands on an instance, as the lock file or an earlier output folder has it.

    ``objects`` are the emitted objects in full, in the order in which they were built, and ``gauges`` say where things were
    read off; ``label`` names the version for a reader.  ``model`` is the model of then; ``None`` where only the files are
    there: then a target goes by these alone.
    """

    target: str
    label: str
    objects: tuple[Emitted, ...]
    gauges: tuple[Gauge, ...]
    model: Model | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """The way from one version to another.

    ``moves`` in order; ``notes`` as a lowering has them: exact, bounded (with bounds, which hold in the situation
    ``migrated`` and are held by the proof), by hand or refused; what is refused keeps the whole from being written.
    ``kept`` are objects that must stay beside the new ones for a while, or in the place of those of the same kind and name,
    so that the bundle holds more than a compile from nothing; ``slower`` are gauges that take longer to be right while these,
    or what is taken away later, still work, in the place of those of the same name.  ``quotas`` count what is there at the peak of the change, where that is more.
    """

    since: Since
    moves: tuple[Move, ...]
    notes: tuple[Note, ...] = ()
    kept: tuple[Emitted, ...] = ()
    quotas: tuple[Quota, ...] = ()
    intro: tuple[str, ...] = ()
    """Paragraphs at the head of the section of the sheet."""
    slower: tuple[Gauge, ...] = ()

    def over(self, bundle: Bundle) -> Bundle:
        """The bundle as it stands there when the change has been carried out."""
        slower = {gauge.name: gauge for gauge in self.slower}
        gauges = tuple(slower.get(gauge.name, gauge) for gauge in bundle.gauges)
        return replace(bundle, objects=with_these(bundle.objects, self.kept), gauges=gauges)

    @property
    def hours(self) -> int:
        """How long the waits last, together."""
        return sum(move.hours for move in self.moves)

    @property
    def minutes(self) -> float:
        """Minutes of hand work in all."""
        return sum(move.task.minutes for move in self.moves)


@runtime_checkable
class Migrates(Protocol):
    """A target that knows the way from one version to another; since version 1.1 of the contract, and optional.

    A plugin without it is asked for nothing: ``compile --since`` says that the target has no migrations.
    """

    def migrate(self, request: Request, bundle: Bundle, since: Since) -> Migration:
        """The way from what stands there to a bundle that was just compiled for ``request``.

        Never raises for a version that a compile of this target wrote.  The same arguments give the same answer; between
        equal objects there is nothing to do.
        """
        ...


class Changed(Protocol):
    """An instance on which an old bundle lives, and on which a migration is carried out."""

    def play(self, person: Person, at: int, looks: Sequence[int], schedule: Schedule) -> Played:
        """Play a history; at an instant the moves begin, and the new bundle's gauges are read at each look after it.

        What is done is counted from ``at`` on.  The same arguments give the same answer.
        """
        ...


@runtime_checkable
class Changes(Protocol):
    """An emulator of a target that migrates: it stands for the new bundle, and can be given the way to it."""

    def since(self, model: Model, tables: Tables, moves: Sequence[Mapping[str, Any]]) -> Changed:
        """The same instance with the version before in it: its model, its files, and the moves as their file holds them.

        Raises ``UnreadableBundleError`` for moves that nobody could carry out.
        """
        ...


def with_these(objects: Sequence[Emitted], kept: Sequence[Emitted]) -> tuple[Emitted, ...]:
    """A bundle's objects with those of a migration: in the place of the one of the same kind and name, or behind them."""
    by_key = {(item.kind, item.name): item for item in (*objects, *kept)}
    return tuple(by_key.values())


def objects_of(tables: Tables, kinds: Sequence[str] | None = None) -> tuple[Emitted, ...]:
    """The objects of a bundle's tables; of some kinds only, in their order, where they are given."""
    from scorewright.plugin.bundle import Emitted

    own = ("name", "for", "lowering")
    return tuple(
        Emitted(
            kind,
            str(row["name"]),
            {key: value for key, value in row.items() if key not in own},
            tuple(row.get("for", ())),
            str(row.get("lowering", "")),
        )
        for kind in (tables if kinds is None else kinds)
        if kind != "gauges"
        for row in tables.get(kind, ())
    )
