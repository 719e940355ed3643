"""``python -m tests.verify``: prove every model that ships, on every platform that it compiles for."""

from __future__ import annotations

import argparse
import sys
import time

from scorewright.plugin.registry import load
from scorewright.verify import report
from scorewright.verify.run import verify
from tests.verify.shipped import SPECS, TARGETS, compiled, task_of


def main() -> int:
    """Prove, print a line for each, and give 1 when one does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.verify", description=__doc__)
    parser.add_argument("--effort", type=int, default=10, help="1 to 10 (10)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--spec", action="append", choices=SPECS, help="only this one; may be given again")
    parser.add_argument("--target", action="append", choices=TARGETS)
    parser.add_argument("--quiet", action="store_true", help="of what does not hold, the line only")
    options = parser.parse_args()
    failed = 0
    for spec in options.spec or SPECS:
        for target in options.target or TARGETS:
            failed += not _holds(spec, target, options)
    _say(f"{failed} do not hold" if failed else "all hold")
    return 1 if failed else 0


def _holds(spec: str, target: str, options: argparse.Namespace) -> bool:
    made = compiled(spec, target)
    if not made.files:
        _say(f"{spec:<28}{target:<9}refused")
        return True
    started = time.perf_counter()
    verdict = verify(task_of(made, effort=options.effort, seed=options.seed), load(target))
    tally, seconds = verdict.tally, time.perf_counter() - started
    word = (
        "holds"
        if verdict.holds
        else f"{len(tally.failures)} gauges differ, {len(verdict.unnamed)} facts unnamed"
    )
    slack = f", {len(verdict.slack)} slack" if verdict.slack else ""
    missed = f", {len(verdict.missed)} not reached" if verdict.missed else ""
    _say(
        f"{spec:<28}{target:<9}{word}: {tally.lives:,} lives, {tally.plays:,} plays, {seconds:.1f} s{slack}{missed}"
    )
    if not verdict.holds and not options.quiet:
        _say(report.as_text(verdict, f"specs/{spec}"))
    return verdict.holds


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
