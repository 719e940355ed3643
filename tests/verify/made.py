"""``python -m tests.verify.made``: prove made specs on a platform, and print what differs as small as it gets."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from scorewright.compiling.files import files_of
from scorewright.compiling.values import Built
from scorewright.model.read import read
from scorewright.plugin.emulation import UnreadableBundleError
from scorewright.plugin.notes import Result
from scorewright.plugin.registry import load
from scorewright.plugin.target import Request
from scorewright.verify import report
from scorewright.verify.bundle import read_bundle
from scorewright.verify.run import verify
from scorewright.verify.work import Task
from tests.making.choose import Choose
from tests.making.spec import make_spec
from tests.verify.shipped import TARGETS

__all__ = ["lowered", "task_of"]

_TABLES = ("rules", "tiers", "inputs", "decay", "thresholds")
"""Elements that nothing else is built on: what a platform refuses of them is left out of the model."""


class Proven(NamedTuple):
    """What came of one made spec: a word, and what there is to read."""

    seed: int
    word: str
    text: str = ""
    slack: int = 0


class _Nowhere:
    """Places of elements of a spec that was never written."""

    def of(self, _element):
        return "model.toml", 1

    def words(self, _element):
        return "model.toml:1"


def lowered(target, model, options=None):
    """The model without what the target refuses, and its bundle; no bundle where what is refused carries others."""
    facts = {fact.id: fact.value for fact in target.facts()}
    while True:
        chosen = dict(model.options.get(target.name, {})) if options is None else options
        bundle = target.compile(Request(model, chosen, facts))
        refused = {note.element for note in bundle.notes if note.result is Result.REFUSED}
        if not refused:
            return model, bundle
        smaller = {
            table: {key: item for key, item in getattr(model, table).items() if item.name not in refused}
            for table in _TABLES
        }
        if all(len(smaller[table]) == len(getattr(model, table)) for table in _TABLES):
            return model, None
        model = replace(model, **smaller)


def task_of(target, model, bundle, *, seed=1, effort=1, only="", answers=None):
    """The task of proving a bundle that was made in memory, read back from its files like any other."""
    facts = tuple(target.facts())
    answers = answers or {fact.id: fact.value for fact in facts}
    named = [note.facts for note in bundle.notes] + [item.facts for item in bundle.objects]
    named += [task.facts for section in bundle.sheet.sections for task in section.tasks]
    rested = {fact for group in named for fact in group}
    used = tuple(fact for fact in facts if fact.id in rested)
    built = Built(target, model, bundle, {}, used, frozenset(), answers)
    read = read_bundle(
        {
            name: text
            for name, text in files_of(built, model, _Nowhere()).items()
            if name.endswith(".toml") and name != "provenance.toml"
        }
    )
    return Task(model, target.name, read, answers, frozenset(), seed, effort, only)


def chosen(model, target, strategy):
    """The options of a spec, with every decay built by a strategy."""
    decays = {"decays": dict.fromkeys(model.decay, strategy)} if strategy else {}
    return {**model.options.get(target, {}), **decays}


def prove(number, name, effort, seed, slack, strategy=""):
    """Make, compile and prove one spec."""
    target = load(name)
    spec = make_spec(Choose.seeded(number))
    model = read(spec.data, spec.texts).model
    model, bundle = lowered(target, model, chosen(model, name, strategy))
    if bundle is None:
        return Proven(number, "refused")
    if strategy and not model.decay:
        return Proven(number, "built otherwise")
    if not any(getattr(model, table) for table in _TABLES):
        return Proven(number, "empty")
    try:
        verdict = verify(
            task_of(target, model, bundle, seed=seed, effort=effort), target, jobs=1, most_shown=1
        )
    except UnreadableBundleError as fault:
        return Proven(number, "unreadable", str(fault))
    loose = len(verdict.slack)
    if verdict.holds and not (slack and loose):
        return Proven(number, "holds", slack=loose)
    return Proven(
        number, "holds" if verdict.holds else "DIFFERS", report.as_text(verdict, f"made {number}"), loose
    )


def main() -> int:
    """Prove so many, print what does not hold, and give 1 when there is such a one."""
    parser = argparse.ArgumentParser(prog="python -m tests.verify.made", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="the first spec's; the others follow")
    parser.add_argument("--target", choices=TARGETS, required=True)
    parser.add_argument("--effort", type=int, default=1)
    parser.add_argument("--decays", default="", help="build every decay so (Pardot: program, keep, mirror)")
    parser.add_argument("--slack", action="store_true", help="print the bounds that nothing reaches, too")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    one = partial(
        prove,
        name=options.target,
        effort=options.effort,
        seed=1,
        slack=options.slack,
        strategy=options.decays,
    )
    words: dict[str, int] = {}
    loose = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for proven in pool.map(one, range(options.seed, options.seed + options.count)):
            words[proven.word] = words.get(proven.word, 0) + 1
            loose += proven.slack
            if proven.text:
                _say(f"=== made {proven.seed}: {proven.word}\n{proven.text}\n")
    _say(", ".join(f"{count} {word}" for word, count in sorted(words.items())) + f"; {loose} bounds slack")
    return 1 if {"DIFFERS", "unreadable"} & set(words) else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
