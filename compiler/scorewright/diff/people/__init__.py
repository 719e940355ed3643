"""What a change does to people: the same histories on the reference machine under both versions."""

from __future__ import annotations

from scorewright.diff.people.consequences import Consequences, consequences
from scorewright.diff.people.crowd import Both, made_people, told_people

__all__ = ["Both", "Consequences", "consequences", "made_people", "told_people"]
