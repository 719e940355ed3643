"""``python -m tests.push.every``: each error of a platform at each call of a push; the next push must end as an unbroken one."""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from scorewright.push.session import NotOpenedError
from scorewright.sandbox.faults import Faults, read_orders
from tests.push.stage import Stage
from tests.push.storm import whole


def main() -> int:
    """Give 1 when one of them ended otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.push.every", description=__doc__)
    parser.add_argument("--target", default="marketo", choices=("marketo", "pardot"))
    parser.add_argument("--spec", default="minimal")
    options = parser.parse_args()
    wrong = tried = 0
    with tempfile.TemporaryDirectory(prefix="scorewright-every-") as name:
        calm = whole(options.target, options.spec, Path(name))
        first = Stage(options.target, Path(name) / "first", given=calm.compiled)
        first.push()
        calls, codes = first.calls()[0], list(first.sandbox.codes)
        first.store.close()
        for code in codes:
            for number in range(1, calls + 1):
                stage = Stage(options.target, Path(name) / f"{code}-{number}", given=calm.compiled)
                stage.begin(faults=Faults(read_orders([f"{code}:#{number}"], stage.sandbox.codes), 0))
                with suppress(NotOpenedError):
                    stage.push()
                stage.begin()
                _, applied = stage.push()
                tried += 1
                if (applied is not None and not applied.whole) or stage.state() != calm.state:
                    wrong += 1
                    sys.stdout.write(f"{code} at call {number}: another end\n")
                stage.store.close()
    sys.stdout.write(
        f"{options.target}: {len(codes)} errors at {calls} calls, {tried} pushes, {wrong} ended otherwise\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
