"""``python -m tests.fuzz --count 10000 --seed 1``: break specs, count what came by code, show every failure."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from scorewright.plugin.registry import builtin_names
from tests.fuzz.campaign import Tally, campaign

_SHOWN = 20


def main() -> int:
    """Run, report, and give 1 when something was not answered as it should be."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many broken specs (1000)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at once (2)")
    parser.add_argument(
        "--target", action="append", default=None, help="compile for this target; none: --target ''"
    )
    options = parser.parse_args()
    named = builtin_names() if options.target is None else tuple(filter(None, options.target))
    started = time.perf_counter()
    tally = _run(options.count, options.seed, options.jobs, named)
    _report(tally, time.perf_counter() - started)
    return 1 if tally.failures else 0


def _run(count: int, seed: int, jobs: int, targets: tuple[str, ...]) -> Tally:
    shares = [range(seed + job, seed + count, jobs) for job in range(jobs)]
    with ProcessPoolExecutor(jobs) as pool:
        parts = list(pool.map(_share, shares, [targets] * jobs))
    total = Tally()
    for part in parts:
        total.specs += part.specs
        total.sound += part.sound
        total.codes += part.codes
        total.broken_by += part.broken_by
        total.failures += part.failures
    return total


def _share(seeds: range, targets: tuple[str, ...]) -> Tally:
    with tempfile.TemporaryDirectory(prefix="scorewright-fuzz-") as folder:
        return campaign(seeds, Path(folder), targets=targets)


def _report(tally: Tally, seconds: float) -> None:
    _say(f"{tally.specs} specs in {seconds:.0f} s; {tally.sound} of them without an error")
    _say("\nmessages, by how many specs got them")
    for code, count in sorted(tally.codes.items()):
        _say(f"  {code}  {count:>6}")
    _say("\nhow they were broken")
    for name, count in tally.broken_by.most_common():
        _say(f"  {name:<18} {count:>6}")
    _say(f"\n{len(tally.failures)} failures")
    for failure in tally.failures[:_SHOWN]:
        _say(f"\nseed {failure.seed}, broken by {', '.join(failure.how) or 'nothing'}:\n{failure.what}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
