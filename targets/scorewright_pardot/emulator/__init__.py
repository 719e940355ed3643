"""An executable model of what the platform documents, and no kinder: a bundle built in it, one person at a time."""

from __future__ import annotations

from scorewright_pardot.emulator.emulator import PardotEmulator
from scorewright_pardot.emulator.unreadable import UnreadableBundleError

__all__ = ["PardotEmulator", "UnreadableBundleError"]
