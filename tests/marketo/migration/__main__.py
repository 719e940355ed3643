"""``python -m tests.marketo.migration [WORDS]``: live all lives of every row whose name holds the words, and print what differs."""

from __future__ import annotations

import sys

from tests.marketo.migration.passing import Change
from tests.marketo.migration.rows import ROWS


def main(words, out):
    """Prove, write a line for each, and give how many differ."""
    wrong = 0
    for name in (name for name in ROWS if words in name):
        old, new, *head = ROWS[name]
        proof = Change(old, new, **({"head": head[0]} if head else {})).proof()
        wrong += not proof.holds
        word = "holds" if proof.holds else "DIFFERS"
        out.write(f"{word}: {name}: {proof.tally.plays} plays, {proof.tally.compared} values\n")
        for failure in proof.failures:
            out.write(f"  {failure.difference}, {failure.schedule}\n")
        out.flush()
    return wrong


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:]), sys.stdout) > 0)
