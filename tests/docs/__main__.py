"""``python -m tests.docs``: write every page that is made from the code; with ``--check`` say which are stale."""

from __future__ import annotations

import sys

from tests.conftest import ROOT
from tests.docs.pages import made_pages


def main(words: list[str]) -> int:
    """Write what differs, or with ``--check`` name it and give 1."""
    stale = 0
    for path, text in made_pages(ROOT).items():
        page = ROOT / path
        if page.is_file() and page.read_text("utf-8") == text:
            continue
        stale += 1
        sys.stdout.write(f"{path}\n")
        if "--check" not in words:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, "utf-8")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
