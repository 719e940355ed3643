"""Marks: membership in a static list, which costs no field and can be deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.names import clean

if TYPE_CHECKING:
    from scorewright.model.elements import Mark
    from scorewright_marketo.lower.context import Builder

__all__ = ["lower_mark", "mark_list"]


def mark_list(b: Builder, key: str) -> str:
    """The static list of a mark, as filters and steps name it."""
    mark = b.model.marks[key]
    name = clean(mark.names.get("marketo", f"{b.options.helper_prefix} Mark {mark.title}"))
    name = b.claim("list", name, ("mark", key), key)
    return b.static_list(name, mark.why or f"The mark “{mark.title}”.")


def lower_mark(b: Builder, mark: Mark) -> None:
    """The list itself."""
    b.exact("mark", f"Who bears the mark is a member of the static list {mark_list(b, mark.key)}.")
