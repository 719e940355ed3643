"""What a grammar is made of: keys, records with their forms, and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.schema.types import Type

__all__ = ["Key", "Record", "Table", "Variant"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its type, what it means, and what holds when it is not written."""

    name: str
    type: Type
    doc: str
    default: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a record: the keys of which one marks the form, and the keys that may stand beside it."""

    marks: tuple[str, ...]
    beside: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A table of the language: its keys in canonical order and, where its form varies, the variants."""

    name: str
    doc: str
    keys: tuple[Key, ...]
    variants: tuple[Variant, ...] = ()
    one_of: str = ""
    """What to say when no key marks the form."""
    default_variant: Variant | None = None
    """The form of a record without a marking key; ``None`` when one is needed."""

    def key(self, name: str) -> Key:
        """The key of this name; raises ``KeyError``."""
        for key in self.keys:
            if key.name == name:
                return key
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Table:
    """A table at the top of a spec: one record (``single``) or a record for each id the writer chooses."""

    name: str
    doc: str
    record: Record
    single: bool = False
    short: bool = False
    """Short entries are written one line each under a common header."""
    value: Type | None = None
    """For tables whose entries may be something else than a table: ``[values]``."""
