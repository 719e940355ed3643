"""Single criteria: the first dropdown, what it is about, the operator and the value, as the platform answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model.vocabulary import LETTERS
from scorewright_pardot.emulator.criteria import Criteria
from scorewright_pardot.emulator.dates import date_of, date_test
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

ANY = "- ANY -"
_WORD = {label.text: word for word, label in CRITERIA.items()}
_OPERATOR = {label.text: word for word, label in OPERATORS.items()}
_STATES = {
    "form": "completed",
    "form_handler": "completed",
    "landing_page": "completed",
    "file": "is",
    "redirect": "is",
}
_DATES = {"after", "before", "days-greater", "days-less", "days-ahead-less"}


class Names(NamedTuple):
    """What there is to choose in the dropdowns: lists, scoring categories, profiles of the prospects."""

    lists: Collection[str]
    categories: Collection[str]
    profiles: Collection[str]


class _Asked(NamedTuple):
    """One criterion, opened."""

    word: str
    of: str
    operator: str
    value: str
    where: tuple[str, str]

    def unreadable(self, what: str) -> UnreadableBundleError:
        return UnreadableBundleError(*self.where, f"criterion {CRITERIA[self.word].text!r}: {what}")


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
        asked = _Asked(_WORD[label], of, _OPERATOR[operator], value, where)
        reader = _READERS.get(asked.word)
        if reader is None:
            raise asked.unreadable("it is not known what it matches")
        return reader(self, asked)

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _number(self, asked: _Asked) -> int:
        try:
            return int(asked.value)
        except ValueError:
            raise asked.unreadable(f"{asked.value!r} is no number") from None

    def _score(self, asked: _Asked) -> Criteria:
        bound = self._number(asked)
        if asked.operator == "greater":
            return _criteria(lambda prospect, _: prospect.score > bound, "score")
        if asked.operator == "less":
            return _criteria(lambda prospect, _: prospect.score < bound, "score")
        if asked.operator == "is":
            return _criteria(lambda prospect, _: prospect.score == bound, "score")
        raise _no_operator(asked)

    def _category(self, asked: _Asked) -> Criteria:
        name, bound = asked.of, self._number(asked)
        if name not in self.names.categories:
            raise asked.unreadable(f"no scoring category is called {name!r}")
        zero = 0 if self.world.category_below_zero else None
        cell = f"category {name}"
        if asked.operator == "greater":
            return _criteria(lambda p, _: (n := p.categories.get(name, zero)) is not None and n > bound, cell)
        if asked.operator == "less":
            return _criteria(lambda p, _: (n := p.categories.get(name, zero)) is not None and n < bound, cell)
        if asked.operator == "is":
            return _criteria(lambda p, _: p.categories.get(name, zero) == bound, cell)
        raise _no_operator(asked)

    # --- tags, lists ------------------------------------------------------------------------------------------------

    def _tag(self, asked: _Asked) -> Criteria:
        name = asked.of
        if asked.operator == "is":
            return _criteria(lambda prospect, _: name in prospect.tags, f"tag {name}")
        if asked.operator != "is-not":
            raise _no_operator(asked)
        if self.world.tag_isnt_matches_untagged:
            return _criteria(lambda prospect, _: name not in prospect.tags, f"tag {name}")
        return _criteria(
            lambda prospect, _: bool(prospect.tags) and name not in prospect.tags, f"tag {name}", "tags"
        )

    def _list(self, asked: _Asked) -> Criteria:
        name = asked.of
        if name not in self.names.lists:
            raise asked.unreadable(f"no list is called {name!r}")
        if asked.operator == "is":
            return _criteria(lambda prospect, _: name in prospect.lists, f"list {name}")
        if asked.operator != "is-not":
            raise _no_operator(asked)
        if self.world.list_isnt_matches_others:
            return _criteria(lambda prospect, _: name not in prospect.lists, f"list {name}")
        return _criteria(
            lambda prospect, _: bool(prospect.lists) and name not in prospect.lists, f"list {name}", "lists"
        )

    # --- fields -----------------------------------------------------------------------------------------------------

    def _field(self, asked: _Asked) -> Criteria:
        """A field of the prospect, or of an account: there nobody matches who has none, whatever the operator."""
        of_account = asked.word == "account-field"
        cell, name = "account" if of_account else f"field {asked.of}", asked.of
        if asked.operator in _DATES:
            return self._date_field(asked, cell)
        matches = self._values(asked)
        if of_account:
            return _criteria(lambda p, _: bool(p.account) and matches(p.account.get(name, ())), cell)
        return _criteria(lambda prospect, _: matches(prospect.fields.get(name, ())), cell)

    def _date_field(self, asked: _Asked, cell: str) -> Criteria:
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

    def _values(self, asked: _Asked) -> Callable[[Value], bool]:
        """Whether a value matches, empty or not."""
        operator = asked.operator
        if operator == "empty":
            return lambda value: not value
        if operator == "empty-not":
            return bool
        if operator in {"greater", "less"}:
            return _numeric(operator, self._number(asked))
        wanted = tuple(self.fold(term) for term in terms(asked.value, self.world.value_box_characters))
        if not wanted:
            raise asked.unreadable("the value box is empty")
        positive = {"is": _whole, "contains": _inside, "starts": _begins}.get(operator.removesuffix("-not"))
        if positive is None:
            raise _no_operator(asked)
        if operator == "starts" and not self.world.text_starts_with:
            return lambda _: False
        fold, for_empty = self.fold, self.world.negatives_match_empty_fields
        if operator.endswith("-not"):
            return lambda value: not any(positive(fold(one), wanted) for one in value) if value else for_empty
        return lambda value: any(positive(fold(one), wanted) for one in value)

    # --- time -------------------------------------------------------------------------------------------------------

    def _time(self, asked: _Asked) -> Criteria:
        bases = {"last activity": "activity", "created": "created"}
        if asked.of not in bases:
            raise asked.unreadable(f"no time is called {asked.of!r}")
        basis = bases[asked.of]
        operator = asked.operator
        found = date_test(self, operator, asked.value, basis) if operator in {*_DATES, "is"} else None
        if found is None:
            raise _no_operator(asked)
        test, flips = found
        if basis == "created":
            return Criteria(lambda prospect, now: test(prospect.created, now), frozenset(), flips)
        if operator == "days-greater" and self.world.never_active_matches:
            return Criteria(
                lambda p, now: p.active is None or test(p.active, now), frozenset(("activity",)), flips
            )
        return Criteria(lambda prospect, now: test(prospect.active, now), frozenset(("activity",)), flips)

    # --- records and states -----------------------------------------------------------------------------------------

    def _mail(self, asked: _Asked) -> Criteria:
        wanted = {"Opt In": True, "Do Not Email": False}.get(asked.value)
        return _flag(asked, wanted, lambda prospect: prospect.mailable, "mailable")

    def _assignment(self, asked: _Asked) -> Criteria:
        wanted = {"Assigned": True, "Unassigned": False}.get(asked.value)
        return _flag(asked, wanted, lambda prospect: bool(prospect.owner), "owner")

    def _crm(self, asked: _Asked) -> Criteria:
        wanted = asked.value
        if wanted not in {"Lead", "Contact"}:
            raise asked.unreadable(f"no status is called {wanted!r}")
        return _record(asked, lambda prospect: (prospect.crm,) if prospect.crm else (), wanted, "crm")

    def _campaign(self, asked: _Asked) -> Criteria:
        return _record(asked, lambda prospect: prospect.campaigns, asked.of, "campaigns")

    def _campaign_status(self, asked: _Asked) -> Criteria:
        name, status, fold = asked.of, self.fold(asked.value), self.fold
        if asked.operator == "is":
            return _criteria(lambda p, _: fold(p.campaigns.get(name) or "") == status, "campaigns")
        if asked.operator == "is-not":
            return _criteria(
                lambda p, _: bool(p.campaigns) and fold(p.campaigns.get(name) or "") != status, "campaigns"
            )
        raise _no_operator(asked)

    def _opportunity_status(self, asked: _Asked) -> Criteria:
        if asked.value not in {"Open", "Won", "Lost"}:
            raise asked.unreadable(f"no status is called {asked.value!r}")
        return _record(asked, lambda prospect: prospect.opportunities, asked.value, "opportunities")

    def _grade(self, asked: _Asked) -> Criteria:
        if asked.operator == "empty":
            return _criteria(lambda prospect, _: not prospect.grade, "grade")
        letter = asked.value
        if asked.operator != "is" or letter not in LETTERS:
            raise asked.unreadable(f"{asked.operator} {letter!r} is no question about a grade")
        return _criteria(lambda prospect, _: prospect.grade == letter, "grade")

    def _profile(self, asked: _Asked) -> Criteria:
        has = asked.of in self.names.profiles
        if asked.operator != "is":
            raise _no_operator(asked)
        return _criteria(lambda *_: has)

    def _state(self, asked: _Asked) -> Criteria:
        if asked.operator != _STATES[asked.word]:
            raise _no_operator(asked)
        state = (asked.word, asked.of)
        return _criteria(lambda prospect, _: state in prospect.completed, f"completed {asked.word}")

    def _webinar(self, asked: _Asked) -> Criteria:
        state = (asked.of, asked.value)
        if asked.operator != "is" or asked.value not in {"Registered", "Attended", "Absent"}:
            raise asked.unreadable(f"{asked.operator} {asked.value!r} is no question about a webinar")
        there = self.world.webinar_criterion
        return _criteria(lambda prospect, _: there and state in prospect.webinars, "webinars")

    def _query(self, asked: _Asked) -> Criteria:
        if asked.operator not in {"contains", "is"}:
            raise _no_operator(asked)
        matches = self._values(asked)
        return _criteria(lambda prospect, _: matches(tuple(prospect.queries)), "queries")

    def _external(self, asked: _Asked) -> Criteria:
        name, there = asked.of, self.world.external_activity_criterion
        if asked.operator != "is":
            raise _no_operator(asked)
        return _criteria(lambda prospect, _: there and name in prospect.activities, "external")


# --- shapes ---------------------------------------------------------------------------------------------------------


def _criteria(holds: Test, *reads: str) -> Criteria:
    return Criteria(holds, frozenset(reads), frozenset())


def _no_operator(asked: _Asked) -> UnreadableBundleError:
    return asked.unreadable(f"it has no operator {OPERATORS[asked.operator].text!r}")


def _flag(asked: _Asked, wanted: bool | None, read: Callable[[Prospect], bool], cell: str) -> Criteria:
    if wanted is None or asked.operator != "is":
        raise asked.unreadable(f"{asked.operator} {asked.value!r} is no answer that it offers")
    return _criteria(lambda prospect, _: read(prospect) is wanted, cell)


def _record(asked: _Asked, read: Callable[[Prospect], Collection[str]], wanted: str, cell: str) -> Criteria:
    """One record among those that the prospect has; who has none matches no operator."""
    if asked.operator == "is":
        return _criteria(lambda prospect, _: wanted in read(prospect), cell)
    if asked.operator == "is-not":
        return _criteria(lambda prospect, _: bool(found := read(prospect)) and wanted not in found, cell)
    raise _no_operator(asked)


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
_READERS: dict[str, Callable[[Leaves, _Asked], Criteria]] = {
    "account-field": Leaves._field,
    "assignment": Leaves._assignment,
    "campaign": Leaves._campaign,
    "campaign-status": Leaves._campaign_status,
    "category": Leaves._category,
    "crm-status": Leaves._crm,
    "custom-field": Leaves._field,
    "default-field": Leaves._field,
    "email-status": Leaves._mail,
    "external-activity": Leaves._external,
    "file": Leaves._state,
    "form": Leaves._state,
    "form_handler": Leaves._state,
    "grade": Leaves._grade,
    "landing_page": Leaves._state,
    "list": Leaves._list,
    "opportunity-status": Leaves._opportunity_status,
    "profile": Leaves._profile,
    "query": Leaves._query,
    "redirect": Leaves._state,
    "score": Leaves._score,
    "tag": Leaves._tag,
    "time": Leaves._time,
    "webinar": Leaves._webinar,
}
