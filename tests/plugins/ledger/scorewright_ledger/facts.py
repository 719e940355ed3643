"""What is known of Point Ledger.  The platform is imaginary, and so are its pages."""

from __future__ import annotations

from scorewright.plugin.facts import Confidence, Fact

__all__ = ["FACTS"]

_HANDBOOK = "Point Ledger handbook (imaginary)"
_DAY = "2026-01-05"

FACTS: tuple[Fact, ...] = (
    Fact("alert-at-crossing", "An alert is sent when a booking takes a balance from below its number to it or above.",
         True, Confidence.DOCUMENTED, f"{_HANDBOOK}, Alerts", _DAY),
    Fact("booked-as-one", "All postings of one event are booked as one: alerts see their sum.",
         True, Confidence.DOCUMENTED, f"{_HANDBOOK}, Postings", _DAY),
    Fact("name-length", "A label or the name of a source has at most 80 characters.",
         80, Confidence.DOCUMENTED, f"{_HANDBOOK}, Limits", _DAY),
    Fact("once-synced-hours", "Two servers take events, and tell each other within so many hours what is used up.",
         1, Confidence.PRACTITIONER, f"{_HANDBOOK}, forum", _DAY,
         "Set a posting to `Once`, submit its form ten times in a minute, and look at the balance: it is worth one "
         "posting if there is one memory (0 hours), and two if there are two.", (0,)),
    Fact("postings", "An account has room for 500 postings.", 500, Confidence.DOCUMENTED, f"{_HANDBOOK}, Limits", _DAY),
)  # fmt: skip
