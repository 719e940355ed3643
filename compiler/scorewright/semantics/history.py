"""What goes into the machine and what comes out: a person's history, and the changes that it makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diagnostics.rule import KeyPath

__all__ = ["CRM_KIND", "OWNER", "Change", "FieldSet", "Happening", "Listed", "Person", "Scalar", "Timeline"]

OWNER = "assigned_to"
CRM_KIND = "crm_record"

Scalar = str | int | bool | tuple[str, ...] | None
"""A field's or a property's value; dates are ISO texts, several choices a tuple, ``None`` is unknown."""


class Happening(NamedTuple):
    """An event.  ``at`` is when it happened, ``known`` when the platform learned of it (``None``: at once).

    Both are instants in seconds since 1970 (UTC).  ``what`` is an asset's, activity's or built-in asset's id, or the
    word behind ``bounces`` and ``opportunity``; ``name`` is the real asset (a page's path, a form's name) where the
    id stands for several.
    """

    at: int
    verb: str
    what: str = ""
    properties: Mapping[str, Scalar] = {}
    name: str | None = None
    known: int | None = None


class FieldSet(NamedTuple):
    """A field that gets a value at an instant; ``None`` makes it unknown.

    Two words of the machine's own are set in the same way: ``OWNER`` (whoever owns the record) and ``CRM_KIND``
    (``lead`` or ``contact``).  They have an underscore, so no field of a spec is called so.
    """

    at: int
    field: str
    value: Scalar


class Listed(NamedTuple):
    """A list that the person is put on, or taken off, by somebody or by another system."""

    at: int
    list: str
    on: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person: when created, with which fields, and what happens to them, in the order in which it is told.

    ``scores`` (by key) and ``marks`` are what the person has already when the history begins.
    """

    created: int
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    scores: Mapping[str, int] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    history: tuple[Happening | FieldSet | Listed, ...] = ()


class Change(NamedTuple):
    """One change: what changed, from what to what, by which element of the spec, and why in words.

    ``kind`` is ``score``, ``holds`` (a fit score's sum), ``mark``, ``list``, ``campaign``, ``field``, ``fired``,
    ``limit`` (a rule that gave nothing), ``decay`` (a step that did nothing, or steps that are armed again) or ``done``
    (a notice, a task, a moment); ``reason`` is one of the machine's own words: ``award``, ``limit reached``,
    ``clamped``, ``decay``, ``spent``, ``re-armed``, ``holds``, ``ends``, ``expired``, ``faded``, ``reset``, ``action``,
    ``label`` (of a band, in its field), ``start`` and ``set outside``.  What is clamped is a change of its own, from
    the sum of the moment's points to the bound.
    """

    at: int
    kind: str
    name: str
    before: Scalar
    after: Scalar
    element: str
    path: KeyPath
    reason: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every change, in order."""

    changes: tuple[Change, ...]

    def fired(self, threshold: str, until: int) -> int:
        """How often a threshold (by id; any product's copy counts) has fired up to an instant, this included."""
        return sum(
            1
            for change in self.changes
            if change.kind == "fired" and change.at <= until and change.name.partition("@")[0] == threshold
        )
