"""What is raised for tables that cannot be read: somebody has edited a bundle into what Marketo does not know."""

from __future__ import annotations

from scorewright.plugin import emulation

__all__ = ["UnreadableBundleError"]


class UnreadableBundleError(emulation.UnreadableBundleError):
    """A table of a bundle cannot be read.  ``kind`` is the file, ``name`` the object, ``what`` the trouble in words."""

    def __init__(self, kind: str, name: str, what: str) -> None:
        super().__init__(f"{kind}.toml: {name}: {what}" if name else f"{kind}.toml: {what}")
        self.kind, self.name, self.what = kind, name, what
