"""``python -m tests.bench``: what starting, checking and compiling cost, beside bare Python and beside ``tomllib``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.generate import write_changed, write_spec
from tests.bench.measure import cost, parse_seconds

if TYPE_CHECKING:
    from tests.bench.measure import Cost

SIZES = (100, 1_000, 10_000)
COMPILE = ("compile", "model.toml", "--instance", "pardot-bench")
TARGETS = {"check": (), "pardot": ("pardot",), "marketo": ("marketo",), "both": ("pardot", "marketo")}


class Bar(NamedTuple):
    """What a row must not pass."""

    seconds: float
    mib: float | None = None


BARS = {
    "--version": Bar(0.05),
    "--help": Bar(0.08),
    "1,000 rules, both": Bar(0.5, 40.0),
    "5,000 rules, diff": Bar(1.5),
}
_COMPARED = 5_000
"""Rules of the two models of which a diff is made."""
_LINEAR = 12.0
"""Ten times the rules may take at most so many times as long."""


class Row(NamedTuple):
    """One line of the table."""

    what: str
    cost: Cost
    parse: float | None = None


def main() -> int:
    """Measure, print a table, and give 1 when a bar is passed and ``--strict`` is said."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="runs of each, of which the quickest counts (5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="numbers of rules")
    parser.add_argument("--strict", action="store_true", help="give exit code 1 when a bar is passed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scorewright-bench-") as name:
        rows = _measure(Path(name), options.sizes, options.times)
    passed = _report(rows)
    return 1 if passed and options.strict else 0


def _measure(folder: Path, sizes: list[int], times: int) -> list[Row]:
    caches = folder / "caches"
    rows = [Row("python -c pass", cost((), cwd=folder, caches=caches, times=times * 2))]
    rows += [
        Row(word, cost((word,), cwd=folder, caches=caches, times=times * 2))
        for word in ("--version", "--help")
    ]
    for size in sizes:
        model = write_spec(folder / str(size), size)
        parse = parse_seconds(model, caches=caches, times=times)
        for name, targets in TARGETS.items():
            words = [f"--target={target}" for target in targets]
            command = (*COMPILE, *words) if targets else ("check", "model.toml")
            spent = cost(command, cwd=model.parent, caches=caches, times=times)
            rows.append(Row(f"{size:,} rules, {name}", spent, parse))
    before = write_spec(folder / "before", _COMPARED)
    after = write_changed(before, folder / "after")
    command = ("diff", "model.toml", "--base", str(before), "--format", "markdown")
    spent = cost(command, cwd=after.parent, caches=caches, times=times)
    return [*rows, Row(f"{_COMPARED:,} rules, diff", spent, parse_seconds(after, caches=caches, times=times))]


def _report(rows: list[Row]) -> bool:
    """Print the table; gives whether a bar was passed."""
    floor = rows[0].cost.seconds
    _say(f"{'':<24}{'seconds':>9}{'cpu':>8}{'x python':>10}{'x tomllib':>11}{'peak MiB':>10}  bar")
    passed = False
    for what, spent, parse in rows:
        bar = BARS.get(what)
        over = bar is not None and (
            spent.seconds > bar.seconds or (bar.mib is not None and spent.mib > bar.mib)
        )
        passed = passed or over
        times = f"{spent.seconds / parse:>11.1f}" if parse else f"{'':>11}"
        line = f"{what:<24}{spent.seconds:>9.3f}{spent.processor:>8.3f}{spent.seconds / floor:>10.1f}{times}{spent.mib:>10.1f}"
        _say(line + (f"  {_words(bar)}: {'PASSED OVER' if over else 'kept'}" if bar else ""))
    return _growth(rows) or passed


def _growth(rows: list[Row]) -> bool:
    """Say how the time grows from 1,000 to 10,000 rules; gives whether it is more than in proportion."""
    spent = {row.what: row.cost.processor for row in rows}  # the clock also counts what others do meanwhile
    small, large = spent.get("1,000 rules, both"), spent.get("10,000 rules, both")
    if small is None or large is None:
        return False
    _say(f"ten times the rules take {large / small:.1f} times the processor (bar: {_LINEAR:.0f})")
    return large / small > _LINEAR


def _words(bar: Bar) -> str:
    return f"under {bar.seconds} s" + (f" and {bar.mib:.0f} MiB" if bar.mib is not None else "")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
