"""``python -m scorewright``: the same command where the console script is not on the path."""

from __future__ import annotations

import sys

from scorewright.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
