"""The build sheet as values: what a person must click, in order.  The compiler renders it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Section", "Sheet", "Step", "Task"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in the user interface.

    ``act`` is ``open`` ``click`` ``type`` ``choose`` ``tick`` ``untick`` ``check`` or ``note``.  ``label`` is the
    label on the screen, letter by letter; ``value`` is what to type or choose, ready to be copied; ``default`` is what
    stands there before and must be changed; ``note`` is a remark; ``depth`` indents a step inside a group.  An open box
    (U+2423) in a value stands for a blank that must not be overlooked: what is copied has the blank.
    """

    act: str
    label: str
    value: str = ""
    default: str = ""
    note: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One object to build or change by hand.

    ``id`` is stable from compile to compile (it keeps a tick): the kind and the name of the object.  ``element`` is
    the element of the spec that it exists for, ``why`` one sentence for the person at the screen, ``minutes`` the
    time that a person needs.  ``checks`` are looked at before the object is switched on.  ``admin``: only an
    administrator of the platform (or of what is beside it) can do it; where nobody knows, it is not said.
    """

    id: str
    title: str
    element: str
    why: str
    minutes: float
    steps: tuple[Step, ...]
    checks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Tasks of one kind; sections stand in the order in which they must be built."""

    title: str
    intro: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a person must do on one platform, in order; ``intro`` are paragraphs.

    ``french`` are sentences of titles, introductions, whys, checks and notes in French, by the English ones, where
    somebody has said them: the page shows them to whoever prefers that.  Labels of the screen are never among them.
    ``{}`` in both stands for a name, which stays; ``{~}`` for words that are themselves among them; an entry that begins
    with ``~`` is meant within such a slot, and as a title.
    """

    title: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]
    french: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def minutes(self) -> float:
        """Minutes of hand work in all."""
        return sum(task.minutes for section in self.sections for task in section.tasks)
