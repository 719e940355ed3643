"""What a silence is on the platform: one date a person, compared in whole days, for every score alike."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright_pardot.audit.apart import nobody_in_both
from scorewright_pardot.lower.apart import never_both
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.fitting import fit

if TYPE_CHECKING:
    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context

__all__ = ["check_silence", "counted_otherwise", "longest_wait"]

_USUAL = frozenset({"visits", "submits", "fails", "clicks", "downloads", "starts_visit", "searches"})
"""What the situation ``other-activity`` takes platforms to count."""
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def longest_wait(cx: Context, schedule: str) -> int:
    """The most days between two hours of a schedule, rounded up."""
    item = cx.model.schedules[schedule]
    hours = [int(text[:2]) * 60 + int(text[3:5]) for text in item.at]
    times = sorted(_WEEK.index(day) * 1440 + hour for day in item.days or _WEEK for hour in hours)
    gaps = [later - time for time, later in pairwise((*times, times[0] + 7 * 1440))]
    return -(-max(gaps) // 1440)


def check_silence(cx: Context, decay: Decay) -> None:
    """Refuse what the platform's silence cannot say, and bound what it says otherwise."""
    _check_days(decay)
    _check_overlap(cx, decay)
    _check_never_active(cx, decay)


def _check_days(decay: Decay) -> None:
    for step in decay.steps:
        for duration in (step.after, step.every):
            if duration is not None and not duration.days:
                raise CannotLowerError(
                    "no-criterion-for-it",
                    "silences are compared in whole days",
                    "write whole days",
                    step.path,
                )


def _check_overlap(cx: Context, decay: Decay) -> None:
    days = {step.after.days for step in decay.steps}
    for other in cx.model.decay.values():
        if (
            other.key != decay.key
            and other.score == decay.score
            and days & {step.after.days for step in other.steps}
            and not _never_meet(cx, decay, other)
        ):
            raise CannotLowerError(
                "decays-overlap",
                f"{decay.name} and {other.name} act on one score on the same day, and rules run in no order",
                "put their steps into one decay, or on other days; or give them conditions that exclude each other",
                decay.path,
                ("order-is-not-promised",),
            )


def _never_meet(cx: Context, decay: Decay, other: Decay) -> bool:
    """Whether nobody is meant by both, and the criteria that are built say so as well."""
    if not never_both(cx.model, decay.when, other.when):
        return False
    asked = (fit(cx, criteria(cx, each.when, decay), decay) for each in (decay, other))
    return nobody_in_both(*asked)


def counted_otherwise(cx: Context, decay: Decay) -> tuple[str, bool]:
    """What the platform counts as activity and the decay does not, and the other way round, in words (``""``: nothing).

    Also, whether the situation ``other-activity`` speaks of all of it.
    """
    cx.flag("activity-kinds")
    counted = str(cx.facts["activity-kinds"]).split()
    words = ["awards"] if decay.activity == ("awards",) else list(decay.activity)
    missing = [verb for verb in words if verb not in counted]
    extra = [verb for verb in counted if verb not in words]
    parts = [f"somebody who only {', '.join(missing)} decays all the same"] if missing else []
    parts += [f"a silence also ends when somebody {', '.join(extra)}"] if extra else []
    usual = not any(verb in _USUAL for verb in missing) and all(verb in _USUAL for verb in extra)
    return "; ".join(parts).replace("_", " "), usual


def _check_never_active(cx: Context, decay: Decay) -> None:
    if decay.never_active and not cx.flag("never-active-matches"):
        raise CannotLowerError(
            "no-criterion-for-it",
            "people who were never active are not sure to match 'last activity'",
            "leave never_active out, or probe the fact never-active-matches and override it",
            (*decay.path, "never_active"),
            ("never-active-matches",),
        )
    if not decay.never_active and cx.flag("never-active-matches"):
        text = "people who were never active decay too, if they have points at all"
        off: dict[str, Room] = {decay.score: (None, 0)}
        off.update(dict.fromkeys(cx.coupled(decay.score), (None, None)))
        values = (*cx.off(off, feeds=False), *cx.acted(decay, 0, None))
        cx.bounded("activity-is-the-platforms", text, bounds=values)
