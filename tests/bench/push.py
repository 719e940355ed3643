"""``python -m tests.bench.push``: how many calls a push makes for so many changed objects, counted by the sandbox."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from tests.push.stage import Stage

SPEC = "op-scoring"
COUNTS = (0, 1, 5, 20)


def calls(folder: Path, changed: int) -> tuple[int, int, int]:
    """A spec that stands on a Marketo sandbox, with so many numbers changed: objects planned, calls that read, that write."""
    stage = Stage("marketo", folder)
    stage.spec(SPEC)
    stage.push()
    _more(folder, changed)
    before = stage.calls()
    plan, _ = stage.push()
    after = stage.calls()
    stage.store.close()
    written = after[1] - before[1]
    return len(plan.writes), after[0] - before[0] - written, written


def _more(folder: Path, count: int) -> None:
    """Add one to the first so many named values."""
    path = folder / "parts" / "behavior.toml"
    head, values, rest = path.read_text("utf-8").partition("[values]\n")
    table, bracket, tail = rest.partition("\n[")
    lines = table.splitlines()
    named = [place for place, line in enumerate(lines) if re.match(r"[\w-]+ *= *\d+", line)]
    for place in named[:count]:
        lines[place] = re.sub(r"= *(\d+)", lambda found: f"= {int(found[1]) + 1}", lines[place], count=1)
    path.write_text(head + values + "\n".join(lines) + bracket + tail, encoding="utf-8")


def main() -> int:
    """Print a table; 1 where the calls are not the changes and a constant."""
    with tempfile.TemporaryDirectory(prefix="scorewright-bench-") as name:
        rows = [(count, *calls(Path(name) / str(count), count)) for count in COUNTS]
    sys.stdout.write("numbers changed   objects   calls to read   calls to write\n")
    for row in rows:
        sys.stdout.write("{:>15} {:>9} {:>15} {:>16}\n".format(*row))
    constant = len({read for count, _, read, _ in rows if count}) == 1
    exact = all(written == objects for _, objects, _, written in rows)
    return 0 if constant and exact else 1


if __name__ == "__main__":
    sys.exit(main())
