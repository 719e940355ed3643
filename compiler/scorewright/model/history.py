"""What happens to a person: the values that specs' examples, the reference machine and emulators share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CRM_KIND", "OWNER", "FieldSet", "Happening", "Listed", "Person", "Scalar"]

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
