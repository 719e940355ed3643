"""Lowered objects: what Marketo is to hold, as frozen values, before they become files and a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scorewright.plugin.notes import Note

__all__ = [
    "DO_NOTHING",
    "KINDS",
    "STAGES",
    "Asset",
    "Campaign",
    "Choice",
    "Clause",
    "Constraint",
    "Field",
    "FlowStep",
    "Lowered",
    "NamedList",
    "Prerequisite",
    "Program",
    "SmartList",
    "StaticList",
    "Token",
]

STAGES = ("requested", "helpers", "start", "live", "nightly", "threshold-start", "threshold")
"""The stages of switching a bundle on, in their order; what is in none is never switched on by itself."""
DO_NOTHING = "--Do Nothing--"
"""What a choice's step is called that changes nothing."""


KINDS = (
    "prerequisites",
    "score-fields",
    "helper-fields",
    "programs",
    "folders",
    "tokens",
    "static-lists",
    "smart-lists",
    "smart-campaigns",
)
"""The kinds of objects that a bundle holds, in the order in which they are built: nothing needs what comes after it."""


class Constraint(NamedTuple):
    """A constraint of a trigger or filter: its name, an operator, its values."""

    name: str
    operator: str
    values: tuple[str, ...]


class Clause(NamedTuple):
    """One trigger or filter.

    ``rule`` is its name on the screen.  For an attribute (``Job Title``) ``operator`` and ``values`` are its own;
    for an activity they belong to ``primary`` (``Form Name``), and ``constraints`` are added beside it.
    """

    rule: str
    operator: str = ""
    values: tuple[str, ...] = ()
    primary: str = ""
    constraints: tuple[Constraint, ...] = ()


class SmartList(NamedTuple):
    """Triggers (any of them) and filters under a logic: ``ALL``, ``ANY``, or an expression over their numbers."""

    triggers: tuple[Clause, ...] = ()
    filters: tuple[Clause, ...] = ()
    logic: str = "ALL"


class Choice(NamedTuple):
    """A choice of a flow step: its condition, and the value that stands in the step's last field then."""

    condition: Clause
    value: str


class FlowStep(NamedTuple):
    """One step of a flow.

    ``fields`` pairs a label with a value; with choices, ``varies`` is the label whose value the choices set, and
    ``fields`` holds what the default choice has there (``--Do Nothing--``: the default does nothing).
    """

    step: str
    fields: tuple[tuple[str, str], ...]
    varies: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """What every object has: its name, and the elements, lowering and facts that it exists by."""

    name: str
    elements: tuple[str, ...]
    lowering: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program(Asset):
    """A program: type Default, channel Operational.  ``product`` is set for a product's own."""

    title: str
    description: str
    product: str | None


@dataclass(frozen=True, slots=True)
class Field(Asset):
    """A field of the person: ``api`` is its API name, ``type`` its data type, ``helper`` whether no one reads it.

    ``counts`` marks a helper that a limit needs: it counts awards or points, or holds a date for each.
    """

    api: str
    type: str
    helper: bool
    standard: bool
    why: str
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Token(Asset):
    """A score token of a program.

    ``coupled`` are the campaigns where the same number stands as a literal and has to be changed with it;
    ``inverse`` those whose flow takes the same number back.
    """

    program: str
    value: int
    coupled: tuple[str, ...]
    inverse: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaticList(Asset):
    """A static list.  ``given`` ones belong to the team already and are only looked for."""

    program: str
    given: bool
    why: str


@dataclass(frozen=True, slots=True)
class NamedList(Asset):
    """A smart list of its own, that filters and choices ask for by name."""

    program: str
    smart_list: SmartList
    why: str


@dataclass(frozen=True, slots=True)
class Campaign(Asset):
    """A smart campaign.

    ``type`` is ``trigger``, ``batch`` or ``executable``; ``qualification`` and ``schedule`` are in the words of the
    screen; ``stage`` says when it is switched on: ``""`` (never by itself), ``requested`` (when it is built),
    ``helpers``, ``start`` (run once), ``live``, ``nightly``, ``threshold-start``, ``threshold``.  ``role`` and ``element`` tell it from other products' copies.
    """

    program: str
    folder: str
    type: str
    smart_list: SmartList
    flow: tuple[FlowStep, ...]
    qualification: str
    schedule: str
    stage: str
    role: str
    why: str
    checks: tuple[str, ...]
    asks_again: bool = False
    """Whether it only notices: what its filters and New Score narrow is asked once more by whatever it executes."""

    @property
    def qualified_name(self) -> str:
        """The program and the campaign, as Marketo writes local assets."""
        return f"{self.program}.{self.name}"


@dataclass(frozen=True, slots=True)
class Prerequisite(Asset):
    """Something that must be there before the building begins; ``kind`` says what, ``check`` how to look."""

    kind: str
    check: str


@dataclass(frozen=True, slots=True)
class Lowered:
    """Everything that a model becomes on Marketo, in the order in which it is built."""

    title: str
    timezone: str
    workspace: str
    folder: str
    wait: int
    programs: tuple[Program, ...]
    fields: tuple[Field, ...]
    tokens: tuple[Token, ...]
    static_lists: tuple[StaticList, ...]
    smart_lists: tuple[NamedList, ...]
    campaigns: tuple[Campaign, ...]
    prerequisites: tuple[Prerequisite, ...]
    notes: tuple[Note, ...]
    places: tuple[tuple[str, str, str], ...] = ()
    """Where scores, grades, marks and segments are read off: kind, key, and the name of the field or list."""
