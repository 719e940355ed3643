"""What a flow step may do to the person whose run it is in, and what it looks up among the other campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from scorewright_marketo.emulator.ground import Ground
    from scorewright_marketo.emulator.state import State

__all__ = ["Acting", "Others"]


class Acting(Protocol):
    """A play, as a step sees it."""

    state: State

    def execute(self, campaign: Any) -> None:
        """Run an executable campaign to its end."""

    def request(self, key: str) -> None:
        """Start a campaign on its own."""

    def wait(self, seconds: int) -> None:
        """Go on later."""

    def change_score(self, key: str, label: str, value: int) -> None:
        """Give a score a value."""

    def write(self, key: str, label: str, value: Any) -> None:
        """Give a field a value."""

    def put_on_list(self, name: str, label: str, *, on: bool) -> None:
        """Put the person on a static list, or take them off."""

    def join_campaign(self, name: str, status: str) -> None:
        """Make the person a member of a CRM campaign."""

    def join_program(self, name: str, status: str) -> None:
        """Make the person a member of a program."""

    def did(self, campaign: str, number: int, said: str) -> None:
        """Count something that cannot be read off the person."""


class Others(Protocol):
    """The campaigns of an instance, as a step looks them up."""

    ground: Ground

    def executable(self, key: str, program: str | None, *, caller: str) -> Any:
        """The executable campaign that a step calls.  Raises ``ValueError``."""

    def requested(self, key: str) -> None:
        """Note that a campaign is asked for.  Raises ``ValueError`` where it cannot be."""
