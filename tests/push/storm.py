"""``python -m tests.push.storm``: pushes under faults, kills and waits by chance; each must end as an unbroken one does."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorewright.push.session import NotOpenedError
from scorewright.sandbox.faults import Faults, read_orders
from tests.push.stage import KilledError, Stage

if TYPE_CHECKING:
    from scorewright.compiling.values import Compiled

SPECS = (
    "minimal",
    "first-n-only",
    "pardot-score-decay",
    "op-scoring",
    "cypress-degradation",
    "marketo-multi-product",
)
LAGS = {"pardot": (0, 3, 60), "marketo": (0,)}


class Whole(NamedTuple):
    """A spec, and what stands there after a push that nothing disturbed."""

    compiled: Compiled
    state: list


def whole(target: str, spec: str, folder: Path) -> Whole:
    """Push it once, in peace."""
    one = Stage(target, folder / f"whole-{spec}")
    one.spec(spec)
    one.given = one.compiled()
    one.push()
    found = Whole(one.given, one.state())
    one.store.close()
    return found


def weather(stage: Stage, dice: random.Random) -> tuple[list[str], tuple[int, str]]:
    """Faults by chance, a line that breaks, a process that is killed: any of them, or none."""
    codes = dice.sample(sorted(stage.sandbox.codes), dice.randint(0, 4))
    orders = [f"{code}:{dice.choice([0.02, 0.1, 0.3])}" for code in codes]
    if dice.random() < 0.4:
        orders.append(f"{dice.choice(['drop-after', 'drop-before'])}:{dice.randint(1, 60)}")
    killing = (dice.randint(1, 80), dice.choice(["before", "after"])) if dice.random() < 0.5 else (0, "")
    return orders, killing


def survives(target: str, calm: Whole, folder: Path, seed: int) -> str:
    """Push through a storm and once more in peace; empty, or what happened where the end is another."""
    dice = random.Random(seed)
    stage = Stage(target, folder / f"storm-{seed}", given=calm.compiled, lag=dice.choice(LAGS[target]))
    log = [f"seed {seed}, lag {stage.lag}"]
    for turn in range(dice.randint(1, 5)):
        orders, killing = weather(stage, dice)
        log.append(f"{' '.join(orders)} killed at {killing}")
        stage.begin(killing=killing, faults=Faults(read_orders(orders, stage.sandbox.codes), seed + turn))
        with suppress(KilledError, NotOpenedError):
            stage.push()
        stage.sleep(dice.choice([0, 1, 30, 100]))
    stage.begin()
    _, applied = stage.push()
    same = (applied is None or applied.whole) and stage.state() == calm.state
    stage.store.close()
    return "" if same else "\n  ".join(log)


def main() -> int:
    """Give 1 when a push ended otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.push.storm", description=__doc__)
    parser.add_argument("--target", default="marketo", choices=sorted(LAGS))
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.count)
    with tempfile.TemporaryDirectory(prefix="scorewright-storm-") as name:
        calm = {spec: whole(options.target, spec, Path(name)) for spec in SPECS}
        found = [survives(options.target, calm[SPECS[seed % len(SPECS)]], Path(name), seed) for seed in seeds]
    wrong = [text for text in found if text]
    sys.stdout.write("\n".join([*wrong, f"{len(found)} storms, {len(wrong)} ended otherwise"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
