"""Words for what an element says: a short text for each attribute, numbers with the names that they go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.phrases import (
    phrase_action,
    phrase_bounds,
    phrase_duration,
    phrase_event,
    phrase_test,
    phrase_window,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.model import elements as el
    from scorewright.model.actions import Action
    from scorewright.model.elements import Model
    from scorewright.model.events import Event
    from scorewright.model.values import Active, Number

__all__ = [
    "actions",
    "active",
    "asset",
    "band_case",
    "by_platform",
    "events",
    "fades",
    "ids",
    "limit",
    "number",
    "pairs",
    "points",
    "share",
    "shares",
    "signed",
    "step",
    "test_of",
    "texts",
    "tier_case",
    "yes",
]


def number(value: Number | int | None) -> str:
    """``50``, or ``50 (contact)`` where the spec calls it so."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return str(value.value) if value.name is None else f"{value.value} ({value.name})"


def signed(value: Number) -> str:
    """The same with its sign: ``+50 (contact)``."""
    return f"{'+' if value.value >= 0 else ''}{number(value)}"


def yes(value: bool) -> str:
    """``yes`` or ``no``."""
    return "yes" if value else "no"


def ids(keys: Iterable[str]) -> str:
    """Ids, as they are written."""
    return ", ".join(keys)


def texts(found: Iterable[str]) -> str:
    """Texts in quotes, on one line."""
    return ", ".join(f"'{' '.join(text.split())}'" for text in found)


def by_platform(names: Mapping[str, str | tuple[str, ...]]) -> str:
    """What something is called on each platform: ``marketo 'WEB Contact us'``."""
    return ", ".join(
        f"{target} {texts((name,) if isinstance(name, str) else name)}" for target, name in names.items()
    )


def pairs(found: Iterable[tuple[str, object]]) -> str:
    """``job-title CEO, employees 250``."""
    return ", ".join(f"{name} {value}" for name, value in found)


def share(percent: int | None, of: str | None) -> str:
    """``50 % of mql``."""
    return f"{percent} % of {of}" if of is not None else ""


def shares(found: Iterable[tuple[str, int]]) -> str:
    """``30 % of fit, 70 % of interest``."""
    return ", ".join(share(percent, of) for of, percent in found)


def points(found: Iterable[tuple[str, Number]]) -> str:
    """``engagement +50 (contact), fit -5``."""
    return ", ".join(f"{score} {signed(worth)}" for score, worth in found)


def limit(found: el.Limit) -> str:
    """``at most 2 times within 7 days, each asset apart``."""
    what = f"{found.count} {'point' if found.kind == 'points' else 'time'}{'' if found.count == 1 else 's'}"
    per = f" {phrase_window(found.per)}" if found.per is not None else ""
    return f"at most {what}{per}{', each asset apart' if found.by_asset else ''}"


def fades(found: el.Fades) -> str:
    """``by 10 % every 7 days``."""
    what = f"{found.percent} %" if found.percent is not None else f"{number(found.subtract)} points"
    return f"by {what} every {phrase_duration(found.every)}"


def active(found: Active) -> str:
    """``from 2026-01-01 until 2026-03-31``."""
    sides = (("from", found.first), ("until", found.last))
    return " ".join(f"{word} {day}" for word, day in sides if day is not None)


def events(found: Iterable[Event], model: Model) -> str:
    """``visits any page or submits demo``."""
    return " or ".join(phrase_event(event, model) for event in found)


def actions(found: Iterable[Action]) -> str:
    """``mark mql; notify the owner``."""
    return "; ".join(phrase_action(action) for action in found)


def asset(found: el.Asset) -> str:
    """``form 'Contact us'``."""
    return f"{' or '.join(kind.replace('_', ' ') for kind in found.kinds)} {texts(found.texts)}"


def test_of(case: el.TierCase, model: Model) -> str:
    """What a case asks."""
    from scorewright.model.phrases import phrase

    if case.test is not None:
        return phrase_test(case.test)
    return phrase(case.when, model) if case.when is not None else ""


def tier_case(case: el.TierCase, model: Model) -> str:
    """``is at least 200: +10``."""
    return f"{test_of(case, model)}: {signed(case.points)}"


def band_case(case: el.BandCase) -> str:
    """``A at least 50``; the last label has no bound."""
    if case.lower is None:
        return f"{case.label} below that"
    return f"{case.label} {'at least' if case.lower.inclusive else 'above'} {number(case.lower.number)}"


def step(found: el.Step) -> str:
    """``after 30 days, at least 3: set to 3 (quiet)``."""
    when = f"after {phrase_duration(found.after)}"
    when += f" and every {phrase_duration(found.every)}" if found.every is not None else ""
    level = phrase_bounds(found.level)
    return f"{when}{f', {level}' if level else ''}: {_takes(found)}"


def _takes(found: el.Step) -> str:
    if found.set_to is not None:
        return f"set to {number(found.set_to)}"
    return f"take {number(found.subtract)}" if found.subtract is not None else f"take {found.percent} %"
