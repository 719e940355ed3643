"""Single criteria: the first dropdown, what it is about, the operator and the value, as the platform answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_pardot.emulator.asked import Asked, criteria_of
from scorewright_pardot.emulator.criteria import Criteria
from scorewright_pardot.emulator.dates import date_of, date_test
from scorewright_pardot.emulator.records import RECORDS
from scorewright_pardot.emulator.unreadable import UnreadableBundleError
from scorewright_pardot.emulator.values import values
from scorewright_pardot.labels import CRITERIA, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright_pardot.emulator.prospect import Prospect
    from scorewright_pardot.emulator.unit import Unit

    Test = Callable[[Prospect, int], bool]

__all__ = ["read_leaf"]

_WORD = {label.text: word for word, label in CRITERIA.items()}
_OPERATOR = {label.text: word for word, label in OPERATORS.items()}
_DATES = {"after", "before", "days-greater", "days-less", "days-ahead-less"}


def read_leaf(unit: Unit, table: Mapping[str, Any], where: tuple[str, str]) -> Criteria:
    """One criterion; raises ``UnreadableBundleError`` for what no dropdown offers."""
    label, operator = table.get("criterion"), table.get("operator")
    if label not in _WORD:
        raise UnreadableBundleError(*where, f"no criterion is called {label!r}")
    if operator not in _OPERATOR:
        raise UnreadableBundleError(*where, f"no operator is called {operator!r}")
    of, value = table.get("of", ""), table.get("value", "")
    if not isinstance(of, str) or not isinstance(value, str):
        raise UnreadableBundleError(*where, f"criterion {label!r}: texts are expected")
    asked = Asked(_WORD[label], of, _OPERATOR[operator], value, where)
    reader = _READERS.get(asked.word)
    if reader is None:
        raise asked.unreadable("it is not known what it matches")
    return reader(unit, asked)


# --- numbers ----------------------------------------------------------------------------------------------------


def _score(_unit: Unit, asked: Asked) -> Criteria:
    bound = asked.number()
    if asked.operator == "greater":
        return criteria_of(lambda prospect, _: prospect.score > bound, "score")
    if asked.operator == "less":
        return criteria_of(lambda prospect, _: prospect.score < bound, "score")
    if asked.operator == "is":
        return criteria_of(lambda prospect, _: prospect.score == bound, "score")
    raise asked.no_operator()


def _category(unit: Unit, asked: Asked) -> Criteria:
    name, bound = asked.of, asked.number()
    if name not in unit.names.categories:
        raise asked.unreadable(f"no scoring category is called {name!r}")
    zero = 0 if unit.world.category_below_zero else None
    cell = f"category {name}"
    if asked.operator == "greater":
        return criteria_of(lambda p, _: (n := p.categories.get(name, zero)) is not None and n > bound, cell)
    if asked.operator == "less":
        return criteria_of(lambda p, _: (n := p.categories.get(name, zero)) is not None and n < bound, cell)
    if asked.operator == "is":
        return criteria_of(lambda p, _: p.categories.get(name, zero) == bound, cell)
    raise asked.no_operator()


# --- tags, lists ------------------------------------------------------------------------------------------------


def _tag(unit: Unit, asked: Asked) -> Criteria:
    name = asked.of
    if asked.operator == "is":
        return criteria_of(lambda prospect, _: name in prospect.tags, f"tag {name}")
    if asked.operator != "is-not":
        raise asked.no_operator()
    if unit.world.tag_isnt_matches_untagged:
        return criteria_of(lambda prospect, _: name not in prospect.tags, f"tag {name}")
    return criteria_of(
        lambda prospect, _: bool(prospect.tags) and name not in prospect.tags, f"tag {name}", "tags"
    )


def _list(unit: Unit, asked: Asked) -> Criteria:
    name = asked.of
    if name not in unit.names.lists:
        raise asked.unreadable(f"no list is called {name!r}")
    if asked.operator == "is":
        return criteria_of(lambda prospect, _: name in prospect.lists, f"list {name}")
    if asked.operator != "is-not":
        raise asked.no_operator()
    if unit.world.list_isnt_matches_others:
        return criteria_of(lambda prospect, _: name not in prospect.lists, f"list {name}")
    return criteria_of(
        lambda prospect, _: bool(prospect.lists) and name not in prospect.lists, f"list {name}", "lists"
    )


# --- fields -----------------------------------------------------------------------------------------------------


def _field(unit: Unit, asked: Asked) -> Criteria:
    """A field of the prospect, or of an account: there nobody matches who has none, whatever the operator."""
    of_account = asked.word == "account-field"
    cell, name = "account" if of_account else f"field {asked.of}", asked.of
    if asked.operator in _DATES:
        return _date_field(unit, asked, cell)
    matches = values(unit, asked)
    if of_account:
        return criteria_of(lambda p, _: bool(p.account) and matches(p.account.get(name, ())), cell)
    return criteria_of(lambda prospect, _: matches(prospect.fields.get(name, ())), cell)


def _date_field(unit: Unit, asked: Asked, cell: str) -> Criteria:
    found = date_test(unit, asked.operator, asked.value, f"date {asked.of}")
    if found is None:
        raise asked.unreadable(f"{asked.value!r} is neither a date nor a number of days")
    test, flips = found
    read, name = date_of(unit.calendar), asked.of
    if cell == "account":
        return Criteria(lambda p, now: test(read(p.account.get(name, ())), now), frozenset((cell,)), flips)
    return Criteria(lambda p, now: test(read(p.fields.get(name, ())), now), frozenset((cell,)), flips)


# --- time -------------------------------------------------------------------------------------------------------


def _time(unit: Unit, asked: Asked) -> Criteria:
    bases = {"last activity": "activity", "created": "created"}
    if asked.of not in bases:
        raise asked.unreadable(f"no time is called {asked.of!r}")
    basis = bases[asked.of]
    operator = asked.operator
    found = date_test(unit, operator, asked.value, basis) if operator in {*_DATES, "is"} else None
    if found is None:
        raise asked.no_operator()
    test, flips = found
    if basis == "created":
        return Criteria(lambda prospect, now: test(prospect.created, now), frozenset(), flips)
    if operator == "days-greater" and unit.world.never_active_matches:
        return Criteria(
            lambda p, now: p.active is None or test(p.active, now), frozenset(("activity",)), flips
        )
    return Criteria(lambda prospect, now: test(prospect.active, now), frozenset(("activity",)), flips)


_READERS: dict[str, Callable[[Unit, Asked], Criteria]] = {
    **RECORDS,
    "account-field": _field,
    "category": _category,
    "custom-field": _field,
    "default-field": _field,
    "list": _list,
    "score": _score,
    "tag": _tag,
    "time": _time,
}
