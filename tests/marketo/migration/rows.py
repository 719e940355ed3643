"""Pairs of small specs, one for each kind of change: those of the other platform, and what only Marketo has."""

from __future__ import annotations

from tests.pardot.making import TOTAL
from tests.pardot.migration import rows
from tests.pardot.migration.rows import TEN, award, decay

__all__ = ["REFUSED", "ROWS"]

SIXTY = '{ after = "60d", subtract = 5 }'

ROWS = {name: row for name, row in rows.ROWS.items() if name != "a mark has another tag"} | {
    "the first step goes": (decay(f"{TEN}, {SIXTY}"), decay(SIXTY)),
    "a step comes first": (decay(SIXTY), decay(f"{TEN}, {SIXTY}")),
}
"""What changes, the text before and after, and the head of both where it is another."""

REFUSED = {
    "score-has-moved": (
        TOTAL.replace("lead", "total") + award(15, "").removeprefix(TOTAL).replace("lead = 15", "total = 15"),
        award(15, ""),
    ),
}
