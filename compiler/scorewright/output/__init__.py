"""Files go out as a whole or not at all."""

from __future__ import annotations

from scorewright.output.rules import OutputError
from scorewright.output.write import (
    MARKER,
    refuse_unless_empty,
    replace_file,
    write_new,
    write_tree,
    write_trees,
)

__all__ = [
    "MARKER",
    "OutputError",
    "refuse_unless_empty",
    "replace_file",
    "write_new",
    "write_tree",
    "write_trees",
]
