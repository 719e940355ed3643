"""The forms of a diff, each made from its JSON alone: what one of them can show, every other program can."""

from __future__ import annotations
