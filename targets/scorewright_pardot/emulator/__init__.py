"""An executable model of what the platform documents, and no kinder: a bundle built in it, one person at a time."""

from __future__ import annotations
