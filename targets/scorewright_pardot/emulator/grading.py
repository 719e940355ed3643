"""The grade: a profile's criteria move it from D by thirds of a letter; it is hidden until one of them says something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.vocabulary import LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright_pardot.emulator.prospect import Prospect

__all__ = ["Grading"]

_START = LETTERS.index("D")
_SIGN = {"Matches": 1, "Doesn't match": -1}


class Grading:
    """The criteria of all profiles (``profile: criterion`` = thirds)."""

    def __init__(self, criteria: Mapping[str, int], *, at_first_answer: bool) -> None:
        self.criteria = criteria
        self.at_first_answer = at_first_answer

    def put(self, prospect: Prospect, criterion: str, state: str) -> bool:
        """Set one criterion, and what the grade becomes.  Gives true: it was done."""
        prospect.grading[criterion] = state
        grade = self._letter(prospect.grading)
        if grade != prospect.grade:
            prospect.grade = grade
            prospect.stir("grade")
        return True

    def _letter(self, states: Mapping[str, str]) -> str:
        moves = [_SIGN[state] * self.criteria[key] for key, state in states.items() if state in _SIGN]
        shows = bool(moves) if self.at_first_answer else any(move > 0 for move in moves)
        return LETTERS[max(0, min(_START + sum(moves), len(LETTERS) - 1))] if shows else ""
