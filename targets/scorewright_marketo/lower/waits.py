"""Waits: their steps in the words of the screen, and campaigns that are requested to wait, since executables cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.folders import AWARDS
from scorewright_marketo.lower.expr import Both
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.values import Duration
    from scorewright_marketo.lower.context import Builder

__all__ = ["emit_requested", "in_minutes", "request", "spell", "wait", "wait_minutes", "what_is_left"]

_MINUTES = {"weeks": 10_080, "days": 1_440, "hours": 60, "minutes": 1}


def wait(duration: Duration) -> FlowStep:
    """A wait of a length that the spec says."""
    return FlowStep("Wait", (("Duration", spell(duration)),))


def wait_minutes(minutes: int) -> FlowStep:
    """A wait of a length that the lowering needs, as until what has just happened is in the log."""
    return FlowStep("Wait", (("Duration", f"{minutes} minutes"),))


def spell(duration: Duration) -> str:
    """A wait in the words of the screen, unit spelled out."""
    unit = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}[duration.unit]
    return _counted(duration.count, unit)


def in_minutes(spelled: str) -> int:
    """How long a wait is, as it is spelled on the screen; 0 for none."""
    count, _, unit = spelled.partition(" ")
    return int(count) * next(size for name, size in _MINUTES.items() if name.startswith(unit)) if count else 0


def what_is_left(spelled: str, waited: int) -> str:
    """A wait, less so many minutes of it; in days, if it is one of days."""
    if not waited:
        return spelled
    left = in_minutes(spelled) - waited
    unit = next(name for name, size in _MINUTES.items() if left % size == 0)
    return _counted(left // _MINUTES[unit], unit)


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit if count != 1 else unit[:-1]}"


def emit_requested(b: Builder, name: str, flow: tuple[FlowStep, ...], *, role: str, why: str) -> str:
    """A campaign beside the flow that requests it: it may wait, and whoever asks for it goes on meanwhile."""
    return b.campaign(
        name,
        AWARDS,
        "trigger",
        Both(()),
        flow,
        triggers=(Clause("Campaign is Requested", "is", ("Flow Action",), "Source"),),
        stage="requested",
        role=role,
        population=False,
        why=why,
    )


def request(b: Builder, name: str) -> FlowStep:
    """Have a campaign of this program begin beside this flow."""
    return FlowStep("Request Campaign", (("Campaign", f"{b.program}.{name}"),))
