"""The kinds of objects that the client knows: keys, where each stands, and the paths of its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.reach import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "ASSETS",
    "CHILDREN",
    "FIELDS",
    "PARENT",
    "PREREQUISITES",
    "TEMPLATES",
    "Asset",
    "Place",
    "place_of",
    "program_key",
]

PARENT, TEMPLATES = "parent-folders", "template-campaigns"
"""Kinds of our own: the folder that programs stand in, and campaigns to clone."""
FIELDS = ("score-fields", "helper-fields")
CHILDREN = ("folders", "tokens", "static-lists", "smart-lists", "smart-campaigns")
"""What stands in a program."""


class Asset(NamedTuple):
    """How a kind of the asset API is called: its name in paths, and in words."""

    one: str
    word: str


ASSETS: Mapping[str, Asset] = {
    "programs": Asset("program", "program"),
    PARENT: Asset("folder", "folder"),
    "folders": Asset("folder", "folder"),
    "static-lists": Asset("staticList", "static list"),
    "smart-lists": Asset("smartList", "smart list"),
    "smart-campaigns": Asset("smartCampaign", "smart campaign"),
}

PREREQUISITES: Mapping[str, str] = {
    "program": "program",
    "form": "form",
    "e-mail": "email",
    "static list": "staticList",
    "smart list": "smartList",
}
"""Prerequisites that can be asked for by name, and their name in paths."""


class Place(NamedTuple):
    """What stands in a program: the program's name, and its own."""

    program: str
    name: str


def program_key(name: str) -> Key:
    """The key of a program."""
    return Key("programs", name)


def place_of(key: Key, programs: Iterable[str]) -> Place | None:
    """Program and name of ``Program.Name``; a program's name may hold a dot, so the longest that fits counts."""
    fits = [name for name in programs if key.name.startswith(f"{name}.")]
    program = max(fits, key=len, default="")
    return Place(program, key.name[len(program) + 1 :]) if program else None
