"""What a shape that Marketo cannot hold raises: the note that takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath

__all__ = ["RefusedError"]


class RefusedError(Exception):
    """A shape that is not lowered; caught for each element and turned into a note."""

    def __init__(
        self, name: str, path: KeyPath, message: str, instead: str, facts: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.name, self.path, self.message, self.instead, self.facts = name, path, message, instead, facts
