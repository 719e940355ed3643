"""Criteria on what a prospect's record remembers: CRM, campaigns, opportunities, the grade, what was completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.vocabulary import LETTERS
from scorewright_pardot.emulator.asked import criteria_of
from scorewright_pardot.emulator.values import values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from scorewright_pardot.emulator.asked import Asked
    from scorewright_pardot.emulator.criteria import Criteria
    from scorewright_pardot.emulator.prospect import Prospect
    from scorewright_pardot.emulator.unit import Unit

__all__ = ["RECORDS"]

_STATES = {
    "form": "completed",
    "form_handler": "completed",
    "landing_page": "completed",
    "file": "is",
    "redirect": "is",
}


def _mail(_unit: Unit, asked: Asked) -> Criteria:
    wanted = {"Opt In": True, "Do Not Email": False}.get(asked.value)
    return _flag(asked, wanted, lambda prospect: prospect.mailable, "mailable")


def _assignment(_unit: Unit, asked: Asked) -> Criteria:
    wanted = {"Assigned": True, "Unassigned": False}.get(asked.value)
    return _flag(asked, wanted, lambda prospect: bool(prospect.owner), "owner")


def _crm(_unit: Unit, asked: Asked) -> Criteria:
    wanted = asked.value
    if wanted not in {"Lead", "Contact"}:
        raise asked.unreadable(f"no status is called {wanted!r}")
    return _record(asked, lambda prospect: (prospect.crm,) if prospect.crm else (), wanted, "crm")


def _campaign(_unit: Unit, asked: Asked) -> Criteria:
    return _record(asked, lambda prospect: prospect.campaigns, asked.of, "campaigns")


def _campaign_status(unit: Unit, asked: Asked) -> Criteria:
    name, status, fold = asked.of, unit.fold(asked.value), unit.fold
    if asked.operator == "is":
        return criteria_of(lambda p, _: fold(p.campaigns.get(name) or "") == status, "campaigns")
    if asked.operator == "is-not":
        return criteria_of(
            lambda p, _: bool(p.campaigns) and fold(p.campaigns.get(name) or "") != status, "campaigns"
        )
    raise asked.no_operator()


def _opportunity_status(_unit: Unit, asked: Asked) -> Criteria:
    if asked.value not in {"Open", "Won", "Lost"}:
        raise asked.unreadable(f"no status is called {asked.value!r}")
    return _record(asked, lambda prospect: prospect.opportunities, asked.value, "opportunities")


def _grade(_unit: Unit, asked: Asked) -> Criteria:
    if asked.operator == "empty":
        return criteria_of(lambda prospect, _: not prospect.grade, "grade")
    letter = asked.value
    if asked.operator != "is" or letter not in LETTERS:
        raise asked.unreadable(f"{asked.operator} {letter!r} is no question about a grade")
    return criteria_of(lambda prospect, _: prospect.grade == letter, "grade")


def _profile(unit: Unit, asked: Asked) -> Criteria:
    has = asked.of in unit.names.profiles
    if asked.operator != "is":
        raise asked.no_operator()
    return criteria_of(lambda *_: has)


def _state(_unit: Unit, asked: Asked) -> Criteria:
    if asked.operator != _STATES[asked.word]:
        raise asked.no_operator()
    state = (asked.word, asked.of)
    return criteria_of(lambda prospect, _: state in prospect.completed, f"completed {asked.word}")


def _webinar(unit: Unit, asked: Asked) -> Criteria:
    state = (asked.of, asked.value)
    if asked.operator != "is" or asked.value not in {"Registered", "Attended", "Absent"}:
        raise asked.unreadable(f"{asked.operator} {asked.value!r} is no question about a webinar")
    there = unit.world.webinar_criterion
    return criteria_of(lambda prospect, _: there and state in prospect.webinars, "webinars")


def _query(unit: Unit, asked: Asked) -> Criteria:
    if asked.operator not in {"contains", "is"}:
        raise asked.no_operator()
    matches = values(unit, asked)
    return criteria_of(lambda prospect, _: matches(tuple(prospect.queries)), "queries")


def _external(unit: Unit, asked: Asked) -> Criteria:
    name, there = asked.of, unit.world.external_activity_criterion
    if asked.operator != "is":
        raise asked.no_operator()
    return criteria_of(lambda prospect, _: there and name in prospect.activities, "external")


def _flag(asked: Asked, wanted: bool | None, read: Callable[[Prospect], bool], cell: str) -> Criteria:
    if wanted is None or asked.operator != "is":
        raise asked.unreadable(f"{asked.operator} {asked.value!r} is no answer that it offers")
    return criteria_of(lambda prospect, _: read(prospect) is wanted, cell)


def _record(asked: Asked, read: Callable[[Prospect], Collection[str]], wanted: str, cell: str) -> Criteria:
    """One record among those that the prospect has; who has none matches no operator."""
    if asked.operator == "is":
        return criteria_of(lambda prospect, _: wanted in read(prospect), cell)
    if asked.operator == "is-not":
        return criteria_of(lambda prospect, _: bool(found := read(prospect)) and wanted not in found, cell)
    raise asked.no_operator()


RECORDS: dict[str, Callable[[Unit, Asked], Criteria]] = {
    "assignment": _assignment,
    "campaign": _campaign,
    "campaign-status": _campaign_status,
    "crm-status": _crm,
    "email-status": _mail,
    "external-activity": _external,
    "file": _state,
    "form": _state,
    "form_handler": _state,
    "grade": _grade,
    "landing_page": _state,
    "opportunity-status": _opportunity_status,
    "profile": _profile,
    "query": _query,
    "redirect": _state,
    "webinar": _webinar,
}
"""The reader of each criterion, by our short word."""
