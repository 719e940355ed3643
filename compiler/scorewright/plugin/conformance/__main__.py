"""``python -m scorewright.plugin.conformance NAME``: print a spec of the kit, to be played with by hand."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

from scorewright.plugin.conformance.hostile import HOSTILE, crowd, long_names
from scorewright.plugin.conformance.specs import SPECS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["kit_specs", "main"]


def kit_specs() -> dict[str, str]:
    """Every spec of the kit, as TOML, by the name that its findings give it."""
    return dict(_specs())


def _specs() -> Iterator[tuple[str, str]]:
    for feature, shapes in SPECS.items():
        for number, spec in enumerate(shapes, 1):
            yield (feature if number == 1 else f"{feature}-{number}"), spec.text
    yield from ((name, spec.text) for name, spec in HOSTILE.items())
    yield from ((name, spec.text) for name, spec, _ in long_names())
    yield "many-rules", crowd().text


def main(words: Sequence[str]) -> int:
    """Print the spec of that name; without one, all names.  Gives the exit code."""
    known = kit_specs()
    if not words:
        sys.stdout.write("\n".join(known) + "\n")
        return 0
    if len(words) > 1 or words[0] not in known:
        near = get_close_matches(words[0], known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "without a name it lists them all."
        sys.stderr.write(f"the kit has no spec {' '.join(words)!r}; {hint}\n")
        return 2
    sys.stdout.write(known[words[0]])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
