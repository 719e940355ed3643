"""Single criteria: the first dropdown, what it is about, the operator and the value, as the platform answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot.emulator.asked import Asked, criteria_of
from scorewright_pardot.emulator.criteria import Criteria
from scorewright_pardot.emulator.dates import date_of, date_test
from scorewright_pardot.emulator.records import RECORDS
from scorewright_pardot.emulator.texts import fold_by, terms
from scorewright_pardot.emulator.unreadable import UnreadableBundleError
from scorewright_pardot.labels import CRITERIA, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from scorewright_pardot.emulator.days import Calendar
    from scorewright_pardot.emulator.prospect import Prospect, Value
    from scorewright_pardot.emulator.world import World

    Test = Callable[[Prospect, int], bool]

__all__ = ["Leaves", "Names"]

_WORD = {label.text: word for word, label in CRITERIA.items()}
_OPERATOR = {label.text: word for word, label in OPERATORS.items()}
_DATES = {"after", "before", "days-greater", "days-less", "days-ahead-less"}


class Names(NamedTuple):
    """What there is to choose in the dropdowns: lists, scoring categories, profiles of the prospects; types of new fields."""

    lists: Collection[str]
    categories: Collection[str]
    profiles: Collection[str]
    types: Mapping[str, str] = {}


class Leaves:
    """Reads single criteria, by the facts of one instance."""

    def __init__(self, world: World, calendar: Calendar, names: Names) -> None:
        self.world = world
        self.calendar = calendar
        self.names = names
        self.fold = fold_by(world.text_ignores_case)

    def read(self, table: Mapping[str, Any], where: tuple[str, str]) -> Criteria:
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
        return reader(self, asked)

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _score(self, asked: Asked) -> Criteria:
        bound = asked.number()
        if asked.operator == "greater":
            return criteria_of(lambda prospect, _: prospect.score > bound, "score")
        if asked.operator == "less":
            return criteria_of(lambda prospect, _: prospect.score < bound, "score")
        if asked.operator == "is":
            return criteria_of(lambda prospect, _: prospect.score == bound, "score")
        raise asked.no_operator()

    def _category(self, asked: Asked) -> Criteria:
        name, bound = asked.of, asked.number()
        if name not in self.names.categories:
            raise asked.unreadable(f"no scoring category is called {name!r}")
        zero = 0 if self.world.category_below_zero else None
        cell = f"category {name}"
        if asked.operator == "greater":
            return criteria_of(
                lambda p, _: (n := p.categories.get(name, zero)) is not None and n > bound, cell
            )
        if asked.operator == "less":
            return criteria_of(
                lambda p, _: (n := p.categories.get(name, zero)) is not None and n < bound, cell
            )
        if asked.operator == "is":
            return criteria_of(lambda p, _: p.categories.get(name, zero) == bound, cell)
        raise asked.no_operator()

    # --- tags, lists ------------------------------------------------------------------------------------------------

    def _tag(self, asked: Asked) -> Criteria:
        name = asked.of
        if asked.operator == "is":
            return criteria_of(lambda prospect, _: name in prospect.tags, f"tag {name}")
        if asked.operator != "is-not":
            raise asked.no_operator()
        if self.world.tag_isnt_matches_untagged:
            return criteria_of(lambda prospect, _: name not in prospect.tags, f"tag {name}")
        return criteria_of(
            lambda prospect, _: bool(prospect.tags) and name not in prospect.tags, f"tag {name}", "tags"
        )

    def _list(self, asked: Asked) -> Criteria:
        name = asked.of
        if name not in self.names.lists:
            raise asked.unreadable(f"no list is called {name!r}")
        if asked.operator == "is":
            return criteria_of(lambda prospect, _: name in prospect.lists, f"list {name}")
        if asked.operator != "is-not":
            raise asked.no_operator()
        if self.world.list_isnt_matches_others:
            return criteria_of(lambda prospect, _: name not in prospect.lists, f"list {name}")
        return criteria_of(
            lambda prospect, _: bool(prospect.lists) and name not in prospect.lists, f"list {name}", "lists"
        )

    # --- fields -----------------------------------------------------------------------------------------------------

    def _field(self, asked: Asked) -> Criteria:
        """A field of the prospect, or of an account: there nobody matches who has none, whatever the operator."""
        of_account = asked.word == "account-field"
        cell, name = "account" if of_account else f"field {asked.of}", asked.of
        if asked.operator in _DATES:
            return self._date_field(asked, cell)
        matches = self.values(asked)
        if of_account:
            return criteria_of(lambda p, _: bool(p.account) and matches(p.account.get(name, ())), cell)
        return criteria_of(lambda prospect, _: matches(prospect.fields.get(name, ())), cell)

    def _date_field(self, asked: Asked, cell: str) -> Criteria:
        found = date_test(self, asked.operator, asked.value, f"date {asked.of}")
        if found is None:
            raise asked.unreadable(f"{asked.value!r} is neither a date nor a number of days")
        test, flips = found
        read, name = date_of(self.calendar), asked.of
        if cell == "account":
            return Criteria(
                lambda p, now: test(read(p.account.get(name, ())), now), frozenset((cell,)), flips
            )
        return Criteria(lambda p, now: test(read(p.fields.get(name, ())), now), frozenset((cell,)), flips)

    def values(self, asked: Asked) -> Callable[[Value], bool]:
        """Whether a value matches, empty or not."""
        operator = asked.operator
        if operator == "empty":
            return lambda value: not value
        if operator == "empty-not":
            return bool
        if operator in {"greater", "less"}:
            if self.names.types.get(asked.of, "number") != "number":
                raise asked.unreadable(f"a field of the type {self.names.types[asked.of]!r} has no size")
            return _numeric(operator, asked.number())
        wanted = tuple(self.fold(term) for term in terms(asked.value, self.world.value_box_characters))
        if not wanted:
            raise asked.unreadable("the value box is empty")
        positive = {"is": _whole, "contains": _inside, "starts": _begins}.get(operator.removesuffix("-not"))
        if positive is None:
            raise asked.no_operator()
        if operator == "starts" and not self.world.text_starts_with:
            return lambda _: False
        fold, for_empty = self.fold, self.world.negatives_match_empty_fields
        if operator.endswith("-not"):
            return lambda value: not any(positive(fold(one), wanted) for one in value) if value else for_empty
        return lambda value: any(positive(fold(one), wanted) for one in value)

    # --- time -------------------------------------------------------------------------------------------------------

    def _time(self, asked: Asked) -> Criteria:
        bases = {"last activity": "activity", "created": "created"}
        if asked.of not in bases:
            raise asked.unreadable(f"no time is called {asked.of!r}")
        basis = bases[asked.of]
        operator = asked.operator
        found = date_test(self, operator, asked.value, basis) if operator in {*_DATES, "is"} else None
        if found is None:
            raise asked.no_operator()
        test, flips = found
        if basis == "created":
            return Criteria(lambda prospect, now: test(prospect.created, now), frozenset(), flips)
        if operator == "days-greater" and self.world.never_active_matches:
            return Criteria(
                lambda p, now: p.active is None or test(p.active, now), frozenset(("activity",)), flips
            )
        return Criteria(lambda prospect, now: test(prospect.active, now), frozenset(("activity",)), flips)


def _numeric(operator: str, bound: int) -> Callable[[Value], bool]:
    def holds(value: Value) -> bool:
        try:
            number = float(value[0]) if value else None
        except ValueError:
            return False
        return number is not None and (number > bound if operator == "greater" else number < bound)

    return holds


def _whole(text: str, wanted: tuple[str, ...]) -> bool:
    return text.strip() in wanted


def _inside(text: str, wanted: tuple[str, ...]) -> bool:
    return any(term in text for term in wanted)


def _begins(text: str, wanted: tuple[str, ...]) -> bool:
    return text.startswith(wanted)


# ruff: noqa: SLF001 - the table of the class's own readers
_READERS: dict[str, Callable[[Leaves, Asked], Criteria]] = {
    **RECORDS,
    "account-field": Leaves._field,
    "category": Leaves._category,
    "custom-field": Leaves._field,
    "default-field": Leaves._field,
    "list": Leaves._list,
    "score": Leaves._score,
    "tag": Leaves._tag,
    "time": Leaves._time,
}
