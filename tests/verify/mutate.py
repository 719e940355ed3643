"""``python -m tests.verify.mutate``: falsify what shipped models compile to, and count what the proof finds."""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context

from scorewright.plugin.emulation import UnreadableBundleError
from scorewright.plugin.registry import load
from scorewright.verify.play import Stage
from scorewright.verify.work import Work, schedules
from tests.verify.equivalent import reason_of
from tests.verify.mutants import mutants
from tests.verify.shipped import SPECS, TARGETS, compiled, task_of

__all__ = ["campaign", "killed_by", "places", "work_on"]


@cache
def work_on(spec, target, effort):
    """The proof of a shipped model, with its lives; ``None`` where it is refused."""
    made = compiled(spec, target)
    return Work(task_of(made, effort=effort), load(target)) if made.files else None


@cache
def every(spec, target):
    """All mutants of what a shipped model compiles to."""
    return tuple(mutants(task_of(compiled(spec, target)).bundle.tables))


def killed_by(spec, target, effort, place):
    """What finds the mutant of a place: a gauge, or why nobody could build it; empty: nothing does."""
    work, mutant = work_on(spec, target, effort), every(spec, target)[place]
    stage = Stage(work.task.model, work.stage.target, replace(work.task.bundle, tables=mutant.tables))
    try:
        stage.emulator(work.task.facts)
    except UnreadableBundleError as error:
        return f"unreadable: {error}"
    try:
        return _first(work, stage, (spec, target, effort), set(mutant.elements))
    except Exception as error:  # noqa: BLE001 - an emulator never raises: what does is to be seen in the list
        return f"CRASH: {type(error).__name__}: {error}"


def _first(work, stage, which, aimed):
    """The first gauge that shows something else than in the bundle as it was compiled; lives that are aimed at it first."""
    for number, life in sorted(work.lives, key=lambda pair: aimed.isdisjoint(_names(pair[1].aims))):
        ready = work.prepared(number, life)
        for schedule in schedules(work.task, number):
            shown = {item.gauge for item in stage.play(ready, schedule, work.task.facts).judged.differences}
            if shown and (fresh := shown - _usual(*which, number, schedule)):
                return min(fresh)
    return ""


@cache
def _usual(spec, target, effort, number, schedule):
    """What differs in the bundle as it was compiled: that finds no mutant."""
    work = work_on(spec, target, effort)
    ready = work.prepared(number, dict(work.lives)[number])
    judged = work.stage.play(ready, schedule, work.task.facts).judged
    return frozenset(item.gauge for item in judged.differences)


def _names(aims):
    return {aim.partition("@")[0] for aim in aims}


def places(spec, target, sample, seed=1, only=""):
    """The places of all mutants of which something is said, or of a sample of them."""
    found = [place for place, mutant in enumerate(every(spec, target)) if re.search(only, mutant.said)]
    return sorted(random.Random(seed).sample(found, min(sample or len(found), len(found))))


def campaign(spec, target, effort, sample=0, jobs=1, seed=1, only=""):
    """(what is said of the mutant, what kills it) for each of a sample, or of all of them."""
    wanted = places(spec, target, sample, seed, only)
    if jobs == 1:
        found = [killed_by(spec, target, effort, place) for place in wanted]
    else:
        with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
            jobs_of = [(spec, target, effort, wanted[first :: jobs * 8]) for first in range(jobs * 8)]
            by_place = dict(pair for part in pool.map(_several, jobs_of) for pair in part)
        found = [by_place[place] for place in wanted]
    return [(every(spec, target)[place].said, killer) for place, killer in zip(wanted, found, strict=True)]


def _several(job):
    spec, target, effort, wanted = job
    return [(place, killed_by(spec, target, effort, place)) for place in wanted]


def main():
    """Run the campaign and print the kill rate and every survivor; 1 where one survives for no known reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.verify.mutate", description=__doc__)
    parser.add_argument("--spec", action="append", choices=SPECS, help="only this one; may be given again")
    parser.add_argument("--target", action="append", choices=TARGETS)
    parser.add_argument("--effort", type=int, default=3, help="1 to 10 (3)")
    parser.add_argument("--sample", type=int, default=0, help="so many mutants of each bundle (all)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--only", default="", help="those of which a pattern is said (all)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--all", action="store_true", help="print what kills each, too")
    options = parser.parse_args()
    open_ = 0
    for spec in options.spec or SPECS:
        for target in options.target or TARGETS:
            if compiled(spec, target).files:
                open_ += _report(spec, target, options)
    return 1 if open_ else 0


def _report(spec, target, options):
    started = time.perf_counter()
    found = campaign(spec, target, options.effort, options.sample, options.jobs, options.seed, options.only)
    alive = [said for said, killer in found if not killer]
    known = {said: reason for said in alive if (reason := reason_of(target, said))}
    unread = sum(killer.startswith("unreadable") for _, killer in found)
    share = 100 * (len(found) - len(alive)) / max(1, len(found) - len(known))
    _say(
        f"{spec:<28}{target:<9}{len(found)} mutants: {len(found) - len(alive)} found ({unread} refused), "
        f"{len(known)} equivalent, {len(alive) - len(known)} survive: {share:.1f} % of those that matter "
        f"({time.perf_counter() - started:.0f} s)"
    )
    for said, killer in found:
        if killer.startswith("CRASH"):
            _say(f"  {killer}: {said}")
    for said in alive:
        _say(f"  {'equivalent: ' + known[said] if said in known else 'SURVIVES'}: {said}")
    for said, killer in found if options.all else ():
        _say(f"  {re.sub(r'^', '', killer)}: {said}")
    return len(alive) - len(known)


def _say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
