"""Two versions of a small spec on Marketo: the way from one to the other, and what its proof finds."""

from __future__ import annotations

from scorewright_marketo import TARGET
from tests.pardot.making import HEAD
from tests.pardot.migration import passing

__all__ = ["Change"]

_UNSEEN = ("fails", "searches")
"""What Marketo has no record of, so that it can end no silence there."""


class Change(passing.Change):
    """From one text to another; the heads are those of the other platform's rows, where their words mean anything here."""

    target = TARGET

    def __init__(self, old, new, *, head=HEAD, **facts):
        for verb in _UNSEEN:
            head = head.replace(f', "{verb}"', "")
        super().__init__(old, new, head=head, **facts)
