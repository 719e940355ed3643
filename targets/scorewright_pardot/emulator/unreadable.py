"""The one error that a bundle can give: something in its files that the platform has no name for."""

from __future__ import annotations

from scorewright.plugin import emulation

__all__ = ["UnreadableBundleError"]


class UnreadableBundleError(emulation.UnreadableBundleError):
    """A file of the bundle holds what nobody could build; the message names file, object and what it is."""

    def __init__(self, kind: str, name: str, what: str) -> None:
        super().__init__(f"{kind}.toml: {name!r}: {what}" if name else f"{kind}.toml: {what}")
