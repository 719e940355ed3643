"""The change on one platform as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Grave", "Object", "Platform", "Said", "Step", "Used"]


class Object(NamedTuple):
    """An object of the platform, by the kind and the name that its file gives it."""

    kind: str
    name: str


class Said(NamedTuple):
    """A note that only one version has: its result (``bounded``, ``by hand``, ``refused``), name, element and words."""

    result: str
    note: str
    element: str
    words: str


class Grave(NamedTuple):
    """What cannot be undone, or reaches everybody: the object, and the sentence that says why."""

    kind: str
    name: str
    words: str


class Used(NamedTuple):
    """A limited resource: how much each version uses; ``given`` ``None``: no limit is known."""

    name: str
    before: int
    after: int
    given: int | None


class Step(NamedTuple):
    """One move of the migration, in order: what is done to which object, in how many minutes, after how many hours."""

    act: str
    kind: str
    name: str
    title: str
    minutes: float
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What changes there.

    ``refused`` says why the new version cannot be built, and then nothing else is known; ``minutes`` is the hand work of
    the change, not of the whole model; ``graves`` is what cannot be undone
    or reaches everybody; ``by_api`` are the kinds of objects that the platform's API makes and changes; ``steps`` is the way from one version to the other where the target knows it.
    """

    target: str
    refused: tuple[str, ...] = ()
    created: tuple[Object, ...] = ()
    changed: tuple[Object, ...] = ()
    retired: tuple[Object, ...] = ()
    by_api: frozenset[str] = frozenset()
    graves: tuple[Grave, ...] = ()
    come: tuple[Said, ...] = ()
    gone: tuple[Said, ...] = ()
    used: tuple[Used, ...] = ()
    minutes: float = 0
    hours: int = 0
    steps: tuple[Step, ...] = ()
