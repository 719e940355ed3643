"""How much of the platform's quotas a model uses, which elements are the dearest, and what would save."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Quota
from scorewright_pardot.limits import RULE_QUOTA
from scorewright_pardot.objects import AutomationRule, Category, DynamicList, EngagementProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright_pardot.objects import Object

__all__ = ["quotas"]

_DEAREST = 5


def quotas(
    objects: Iterable[Object],
    edition: str,
    facts: Mapping[str, bool | int | str],
    savings: Callable[[], tuple[str, ...]],
) -> tuple[Quota, ...]:
    """Automation rules (paused ones count), scoring categories and dynamic lists, used and given.

    ``savings`` is asked only where there are too many rules.
    """
    objects = tuple(objects)
    fact = RULE_QUOTA[edition]
    rules, dearest = _count(objects, AutomationRule)
    categories, _ = _count(objects, Category)
    lists, _ = _count(objects, DynamicList)
    given = (
        0 if edition == "growth" and facts["category-needs-plus"] is True else int(facts["category-quota"])
    )
    return (
        Quota(
            f"automation rules ({edition})",
            rules,
            int(facts[fact]),
            fact,
            dearest,
            savings() if rules > int(facts[fact]) else (),
        ),
        Quota("scoring categories", categories, given, "category-quota"),
        Quota(
            "dynamic lists (recommended)",
            lists,
            int(facts["dynamic-lists-recommended"]),
            "dynamic-lists-recommended",
        ),
        *_programs(objects, edition, facts),
    )


def _programs(
    objects: tuple[Object, ...], edition: str, facts: Mapping[str, bool | int | str]
) -> tuple[Quota, ...]:
    """Engagement programs, and those among them that repeat; nothing where there are none."""
    programs = [item for item in objects if isinstance(item, EngagementProgram)]
    if not programs:
        return ()
    used, dearest = _count(programs, EngagementProgram)
    again, most = _count([item for item in programs if item.repeat is not None], EngagementProgram)
    return tuple(
        Quota(f"{what} ({edition})", count, int(facts[f"{fact}-{edition}"]), f"{fact}-{edition}", some)
        for what, count, fact, some in (
            ("engagement programs", used, "programs", dearest),
            ("repeating engagement programs", again, "repeating-programs", most),
        )
    )


def _count(objects: Iterable[Object], type_: type) -> tuple[int, tuple[tuple[str, int], ...]]:
    """How many of a kind there are, and by the element that each is made for, greatest first."""
    found = Counter(item.made.elements[0] for item in objects if isinstance(item, type_))
    dearest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return sum(found.values()), tuple(dearest[:_DEAREST])
