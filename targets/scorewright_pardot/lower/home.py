"""Where one score lives on the platform."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Home"]


class Home(NamedTuple):
    """Where a score lives.

    ``overall``; ``category``; ``field`` that rules set; ``formula``, a Salesforce formula over one field a source;
    ``inside`` the total only; ``sum``, nowhere, and asked of its parts; or ``none``, with the reason and what works instead.
    """

    kind: str
    name: str = ""
    reason: str = ""
    instead: str = ""
