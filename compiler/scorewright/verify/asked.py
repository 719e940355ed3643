"""Asks an emulator, and holds its answer to the contract: what a plugin does wrong is told as the plugin's fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scorewright.plugin.emulation import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import Any, TypeVar

    from scorewright.plugin.emulation import Emulator, Played, Schedule
    from scorewright.plugin.migration import Changed
    from scorewright.verify.lives import Life

    T = TypeVar("T")

__all__ = ["EmulatorFaultError", "built", "played"]

_SCALARS = (int, str, tuple, type(None))  # bool is an int


class EmulatorFaultError(Exception):
    """An emulator raised, or answered with what the contract does not know; the message says what and when."""


def built(make: Callable[[], T]) -> T:
    """The emulator that a target makes of a bundle.  Raises ``EmulatorFaultError``, ``UnreadableBundleError``."""
    return _guarded(make, "cannot be made of the bundle")


def played(  # noqa: PLR0917 - who is asked, about whom, when, and for what
    emulator: Emulator | Changed,
    life: Life,
    looks: Sequence[int],
    schedule: Schedule,
    gauges: Collection[str],
    at: int | None = None,
) -> Played:
    """What an emulator shows of a life: a sight for each look, with a value for each of ``gauges``.

    ``at``: when the moves of a migration begin, where it is an instance that is being changed.

    Raises ``EmulatorFaultError``, and ``UnreadableBundleError``.
    """
    when = f"in the life {life.name!r}, under the schedule {schedule.name} ({schedule.seed})"
    answer = _guarded(lambda: _play(emulator, life, looks, schedule, at), f"fails {when}")
    fault = _fault(answer, len(looks), gauges)
    if fault:
        raise EmulatorFaultError(f"{fault} {when}")
    return answer


def _play(emulator: Any, life: Life, looks: Sequence[int], schedule: Schedule, at: int | None) -> Played:
    found: Played = (
        emulator.play(life.person, looks, schedule)
        if at is None
        else emulator.play(life.person, at, looks, schedule)
    )
    return found


def _guarded(ask: Callable[[], T], what: str) -> T:
    try:
        return ask()
    except UnreadableBundleError as error:
        # A target's own kind of it need not survive the way from one process to another.
        raise UnreadableBundleError(str(error)) from error
    except (Exception, SystemExit) as error:  # a plugin of a stranger may raise anything
        raise EmulatorFaultError(f"{what}: {type(error).__name__}: {error}") from error


def _fault(answer: Any, looks: int, gauges: Collection[str]) -> str:
    """What is wrong with an answer; empty: nothing.  Only what the comparison reads is looked at."""
    sights, deeds = getattr(answer, "sights", None), getattr(answer, "deeds", None)
    if not isinstance(sights, tuple) or not isinstance(deeds, tuple):
        return "answers with something else than Played(sights, deeds)"
    if len(sights) != looks:
        return f"gives {len(sights)} sights for {looks} looks"
    for sight in sights:
        if not isinstance(sight, Mapping):
            return f"gives {sight!r} for a sight"
        for gauge in gauges:
            if gauge not in sight:
                return f"does not say what {gauge} shows"
            if not isinstance(sight[gauge], _SCALARS):
                return f"says that {gauge} shows {sight[gauge]!r}, which is no value of a field"
    return ""
