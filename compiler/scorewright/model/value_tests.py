"""Tests of one value: of a field, of an event's property (``is``, ``contains_word``, ``at_least``, ``known`` …)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scorewright.model.values import Bounds, Duration

__all__ = ["Age", "Day", "Is", "Known", "Matches", "Range", "Test"]


class Is(NamedTuple):
    """The value is one of these; texts are compared whole and without case."""

    values: tuple[str | int | bool, ...]


class Matches(NamedTuple):
    """The text matches one of these in a mode: ``is starts_with ends_with contains contains_word``.

    ``terms`` names the ``[terms]`` table that the texts came from, if they did.
    """

    mode: str
    texts: tuple[str, ...]
    terms: str | None = None


class Range(NamedTuple):
    """The number lies inside."""

    bounds: Bounds


class Known(NamedTuple):
    """The value is known, or is not."""

    known: bool


class Age(NamedTuple):
    """The date lies ``within_last``, ``older_than`` or ``within_next`` a duration."""

    mode: str
    duration: Duration


class Day(NamedTuple):
    """The date is ``first`` or later, and earlier than ``before`` (ISO dates; ``None`` where a side is open)."""

    first: str | None
    before: str | None


Test = Is | Matches | Range | Known | Age | Day
