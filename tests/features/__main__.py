"""``python -m tests.features``: prove each feature of the language on each target, all lives and every fact."""

from __future__ import annotations

import sys

from scorewright.plugin.registry import load
from scorewright.verify import report
from scorewright.verify.run import verify
from tests.features.test_features import NAMES, TARGETS, plainest


def main() -> int:
    """Prove, print what does not hold, and give 1 when something does not."""
    failed = 0
    for feature in NAMES:
        for target in TARGETS:
            verdict = verify(plainest(target, feature), load(target))
            if not verdict.holds:
                failed += 1
                sys.stdout.write(report.as_text(verdict, f"{feature} on {target}") + "\n")
                sys.stdout.flush()
    sys.stdout.write(f"{failed} do not hold\n" if failed else "all hold\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
