"""What ``scorewright.toml`` says, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scorewright.source.document import Document

__all__ = ["Instance", "Project"]


@dataclass(frozen=True, slots=True)
class Instance:
    """One account of a platform: a sandbox or a production, and what has been found out about it.

    ``facts`` maps a fact's id to the value that a probe of this account gave; it stands before the target's own.  ``api``
    says which account it is, in the keys of the target; no secret stands there.
    """

    name: str
    target: str
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    api: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """The defaults of one repository; without a file, a project of nothing but a folder.

    ``specs`` and ``out`` are paths that work from the working folder.  ``targets`` maps each target that is compiled
    by default to its options; empty means that the file names none.
    """

    folder: Path
    specs: tuple[Path, ...] = ()
    out: Path | None = None
    targets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    instances: Mapping[str, Instance] = field(default_factory=dict)
    document: Document | None = field(default=None, compare=False, repr=False)
    """The file itself, so that what is wrong with a value for one target can be shown at its line."""
