"""What a person's file says at one place: the value that JSON and CSV, the names and the teller all pass on."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Said"]


class Said(NamedTuple):
    """Something that a file says: its value, at which character, and what place that is in words.

    ``where`` is ``events[3].visits`` or ``line 4, column what``.  ``typed`` tells JSON, where a number is no text.
    """

    value: object
    at: int
    where: str
    typed: bool = True
