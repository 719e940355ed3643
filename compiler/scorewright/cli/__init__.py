"""The command line's door: answers ``--version`` at once and loads the rest only when it is needed."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # `typing` is not loaded for this: `--version` costs a bare Python and no more
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; ``arguments`` are the shell's unless given."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words == ["--version"]:
        from scorewright import __version__

        try:
            print(f"scorewright {__version__}", flush=True)  # noqa: T201 - nothing else is loaded
        except OSError:  # a full disk, a reader that left: the rest knows what to say
            words = ["--version", "--version"]
        else:
            return 0
    from scorewright.cli.guard import run

    return run(words)
