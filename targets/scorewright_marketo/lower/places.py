"""Where each score, mark, segment and grade of the model stands on the platform, for the gauges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.lower.marks import mark_list
from scorewright_marketo.lower.reading import letter_field, segment_list
from scorewright_marketo.lower.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright_marketo.lower.context import Builder

__all__ = ["places"]


def places(b: Builder) -> tuple[tuple[str, str, str], ...]:
    """Kind of gauge, the thing's key, and the name of the field or list, after everything has been lowered.

    What is refused stands nowhere.
    """
    return tuple(_places(b))


def _places(b: Builder) -> Iterator[tuple[str, str, str]]:
    for kind, (table, place) in _PLACES.items():
        for element in getattr(b.model, table).values():
            b.element = element
            try:
                yield kind, element.key, place(b, element)
            except RefusedError:
                continue


_PLACES: dict[str, tuple[str, Callable[[Builder, Any], str]]] = {
    "score": ("scores", lambda b, score: b.score_field(score)),
    "grade": ("grades", letter_field),
    "mark": ("marks", lambda b, mark: mark_list(b, mark.key)),
    "segment": ("segments", lambda b, segment: segment_list(b, segment.key)),
}
