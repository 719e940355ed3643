"""What one play of a history holds: the model's parts, the person, what is so, and what was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.semantics.agenda import Agenda
from scorewright.semantics.ask import Ask
from scorewright.semantics.log import Log
from scorewright.semantics.state import State

if TYPE_CHECKING:
    from scorewright.model.history import Person
    from scorewright.semantics.parts import Parts

__all__ = ["Run"]


class Run:
    """One person's way through one model."""

    def __init__(self, parts: Parts, person: Person) -> None:
        self.parts = parts
        self.model = parts.model
        self.clock = parts.clock
        self.person = person
        self.agenda = Agenda()
        self.state = State(person.created, person.created)
        self.ask = Ask(parts, self.state)
        self.log = Log(parts, self.ask, self.state)
