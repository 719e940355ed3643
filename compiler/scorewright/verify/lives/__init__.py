"""The histories that the proof plays: every constant of a spec at its edge, and lives by chance."""

from __future__ import annotations

from scorewright.verify.lives.choosing import boundary_lives, lives, random_life
from scorewright.verify.lives.held import Held
from scorewright.verify.lives.holding import Situations, situations
from scorewright.verify.lives.life import Life
from scorewright.verify.lives.ranges import highest
from scorewright.verify.lives.walked import Since

__all__ = [
    "Held",
    "Life",
    "Since",
    "Situations",
    "boundary_lives",
    "highest",
    "lives",
    "random_life",
    "situations",
]
