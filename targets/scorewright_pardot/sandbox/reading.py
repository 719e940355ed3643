"""Reads and queries of API v5: the fields that are asked for, filters, order, and pages by token."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from scorewright_pardot.sandbox.errors import ProblemError
from scorewright_pardot.sandbox.kinds import KINDS, RELATIONS, SORTS, value_type
from scorewright_pardot.sandbox.unit import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scorewright_pardot.sandbox.kinds import Kind
    from scorewright_pardot.sandbox.store import Record
    from scorewright_pardot.sandbox.unit import Unit

__all__ = ["Query", "asked_fields", "number", "query", "read", "shown_of"]

Query = tuple[tuple[str, str], ...]
_TRACKS, _FILTERS, _SORTS = 3, 3, 2
_LIMIT, _MOST, _OFFSET, _RECORDS = 200, 1000, 2000, 100_000
_PAGE_SECONDS = 4 * 3600
_PLAIN = ("fields", "limit", "offset", "orderBy", "deleted", "nextPageToken")
_MULTIPLE = {"multi-select", "checkbox"}
IN_BIN = ("Pardot-Warning", "201;Record In Recycle Bin")
NO_MORE = (
    "Pardot-Warning",
    "203;Record count for nextPageToken sequence has been exceeded. No page token returned.",
)

# --- fields -----------------------------------------------------------------------------------------------------------


def asked_fields(unit: Unit, kind: str, given: Query, *, querying: bool = False) -> tuple[str, ...]:
    """The fields that a request asks for; raises where one is none of the kind's."""
    text = dict(given).get("fields", "")
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        _check_field(unit, kind, name, querying=querying)
    return names


def _check_field(unit: Unit, kind: str, name: str, *, querying: bool) -> None:
    *tracks, last = name.split(".")
    if len(tracks) > _TRACKS:
        raise ProblemError(180, name)
    at = kind
    for track in tracks:
        if track not in RELATIONS or f"{track}Id" not in KINDS[at].fields:
            raise ProblemError(180, name)
        at = RELATIONS[track]
    if last in KINDS[at].arrays and querying:
        raise ProblemError(224, name)
    if last not in KINDS[at].fields and not (at == "prospects" and _custom(unit, last)):
        raise ProblemError(180, name)


def _custom(unit: Unit, name: str) -> Record | None:
    """The custom field behind ``<fieldId>__c``."""
    wanted = name.removesuffix("__c")
    if wanted == name:
        return None
    return next((one for one in unit.store.all("custom-fields") if one["fieldId"] == wanted), None)


def shown_of(
    unit: Unit, kind: str, record: Record, names: Iterable[str], at: float, *, querying: bool = False
) -> Record:
    """The fields of a record, what lies behind a dot as an object in it."""
    whole = _complete(unit, kind, record, at)
    found: Record = {}
    for name in names:
        head, _, rest = name.partition(".")
        if not rest:
            custom = _custom(unit, name) if kind == "prospects" else None
            if not (querying and custom and _holds_several(custom)):
                found[name] = whole.get(name)
            continue
        related = None if (id := whole.get(f"{head}Id")) is None else unit.store.one(RELATIONS[head], id, at)
        inner = None if related is None else shown_of(unit, RELATIONS[head], related, (rest,), at)
        found[head] = {**(found.get(head) or {}), **inner} if inner is not None else None
    return found


def _holds_several(field: Record) -> bool:
    return field["type"] in _MULTIPLE or bool(field.get("isRecordMultipleResponses"))


def _complete(unit: Unit, kind: str, record: Record, at: float) -> Record:
    """A record with what is counted rather than kept."""
    if kind == "tags":
        tagged = unit.store.all("tagged-objects", at)
        return {**record, "objectCount": sum(one["tagId"] == record["id"] for one in tagged)}
    if kind == "account":
        calls = {"maximumDailyApiCalls": unit.settings.daily_calls, "apiCallsUsed": unit.calls}
        return {**record, **calls}
    if kind == "custom-fields":
        return {**record, "apiFieldId": f"{record['fieldId']}__c"}
    return {"isDeleted": False, **record} if "isDeleted" in KINDS[kind].fields else record


# --- one --------------------------------------------------------------------------------------------------------------


def read(unit: Unit, kind: str, id: int, given: Query, headers: Mapping[str, str]) -> Outcome:
    """One record by its id, as the cache has it."""
    if not dict(given).get("fields"):
        raise ProblemError(13, "fields")
    names = asked_fields(unit, kind, given)
    _known(given, ("fields", "deleted"))
    record = unit.store.one(kind, id, unit.seen)
    if record is None:
        raise ProblemError(109)
    if record.get("isDeleted") and _deleted(given) == "false":
        raise ProblemError(192, "", (IN_BIN,))
    return _unless_known((record,), shown_of(unit, kind, record, names, unit.seen), headers)


def _unless_known(records: Sequence[Record], data: Any, headers: Mapping[str, str]) -> Outcome:
    """The answer, or 304 where the caller has it already."""
    times = [datetime.fromisoformat(record["updatedAt"]) for record in records if record.get("updatedAt")]
    if not times or len(times) < len(records):
        return Outcome(200, data)
    last = max(times)
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
        if last <= since:
            return Outcome(304)
    except (TypeError, ValueError):
        pass
    stamp = format_datetime(last.astimezone(UTC), usegmt=True)
    return Outcome(200, data, (("Last-Modified", stamp),))


# --- many -------------------------------------------------------------------------------------------------------------


def query(unit: Unit, kind: str, given: Query, headers: Mapping[str, str]) -> Outcome:
    """A page of records."""
    if not dict(given).get("fields"):
        raise ProblemError(13, "fields")
    names = asked_fields(unit, kind, given, querying=True)
    token = dict(given).get("nextPageToken")
    if token is None:
        start = number(dict(given).get("offset", "0"), 21, 0, _OFFSET)
        terms: Query = tuple(pair for pair in given if pair[0] not in {"fields", "offset"})
    else:
        start, terms = _goes_on(unit, kind, given, token)
    limit = number(dict(terms).get("limit", str(_LIMIT)), 23, 1, _MOST)
    found = _sorted(_filtered(unit, kind, terms), kind, dict(terms).get("orderBy", "id asc"))
    page, end = found[start : start + limit], start + limit
    warned = (NO_MORE,) if end >= _RECORDS and end < len(found) else ()
    following = None if end >= len(found) or warned else _turn(unit, kind, terms, end)
    path = f"/api/v5/objects/{kind}?{urlencode({'fields': ','.join(names), 'nextPageToken': following})}"
    data = {
        "nextPageToken": following,
        "nextPageUrl": None if following is None else unit.link(path),
        "values": [shown_of(unit, kind, one, names, unit.seen, querying=True) for one in page],
    }
    outcome = _unless_known(page, data, headers)
    return outcome._replace(headers=(*outcome.headers, *warned))


def _goes_on(unit: Unit, kind: str, given: Query, token: str) -> tuple[int, Query]:
    if {name for name, _ in given} - {"fields", "nextPageToken"}:
        raise ProblemError(5, "with nextPageToken only fields may be given")
    kept = unit.store.page(token)
    if kept is None or kept[1]["kind"] != kind:
        raise ProblemError(211)
    until, place = kept
    if unit.now >= until:
        raise ProblemError(210)
    return place["start"], tuple((name, value) for name, value in place["terms"])


def _turn(unit: Unit, kind: str, terms: Query, start: int) -> str:
    token = secrets.token_urlsafe(18)
    unit.store.turn(token, unit.now + _PAGE_SECONDS, {"kind": kind, "terms": terms, "start": start})
    return token


def number(text: str, code: int, least: int, most: int) -> int:
    """A whole number within bounds; raises the code for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 18 and least <= int(text) <= most):
        raise ProblemError(code)
    return int(text)


def _deleted(given: Query) -> str:
    wanted = dict(given).get("deleted", "false").lower()
    if wanted not in {"all", "true", "false"}:
        raise ProblemError(27)
    return wanted


def _known(given: Query, names: Iterable[str]) -> None:
    for name, _ in given:
        if name not in names:
            raise ProblemError(5, name)


_BY_NUMBER: Mapping[str, Callable[[Any, Any], bool]] = {
    "": lambda value, wanted: value == wanted,
    "GreaterThan": lambda value, wanted: value is not None and value > wanted,
    "GreaterThanOrEqualTo": lambda value, wanted: value is not None and value >= wanted,
    "LessThan": lambda value, wanted: value is not None and value < wanted,
    "LessThanOrEqualTo": lambda value, wanted: value is not None and value <= wanted,
}
_BY_TIME = {
    name.replace("GreaterThan", "After").replace("LessThan", "Before"): test
    for name, test in _BY_NUMBER.items()
}
_BY_NULL: Mapping[str, Callable[[Any, Any], bool]] = {
    "IsNull": lambda value, wanted: (value is None) is wanted,
    "IsNotNull": lambda value, wanted: (value is not None) is wanted,
}


class _Filter(NamedTuple):
    """One filter: the field, how its name ended (``GreaterThan``), and the value as it compares."""

    field: str
    suffix: str
    wanted: Any

    def passes(self, record: Record) -> bool:
        """Whether a record has what is asked for."""
        tests, _ = _reading(self.field)
        return tests[self.suffix](_comparable(self.field, record.get(self.field)), self.wanted)


def _filtered(unit: Unit, kind: str, given: Query) -> list[Record]:
    """What passes every filter; raises for a parameter that is none of the kind's."""
    if not KINDS[kind].bin and "deleted" in dict(given):
        raise ProblemError(5, "deleted")
    wanted = _deleted(given)
    filters = [_filter(KINDS[kind], name, value) for name, value in given if name not in _PLAIN]
    if len({one.field for one in filters}) > _FILTERS:
        raise ProblemError(209)
    return [
        record
        for record in unit.store.all(kind, unit.seen)
        if wanted == "all" or bool(record.get("isDeleted")) is (wanted == "true")
        if all(one.passes(record) for one in filters)
    ]


def _filter(kind: Kind, name: str, text: str) -> _Filter:
    for field in kind.filters:
        if name.startswith(field):
            tests, read_value = _reading(field)
            suffix = name.removeprefix(field)
            if suffix in tests:
                return _Filter(field, suffix, text == "true" if suffix in _BY_NULL else read_value(text))
    raise ProblemError(5, name)


def _reading(field: str) -> tuple[Mapping[str, Callable[[Any, Any], bool]], Callable[[str], Any]]:
    """The tests that a filter's name can end in, and how its value is read."""
    sort = value_type(field)
    if sort == "integer":
        return {**_BY_NUMBER, **(_BY_NULL if field != "id" else {})}, lambda text: number(text, 16, 0, 10**17)
    if sort == "datetime":
        return _BY_TIME, _instant
    return {"": _BY_NUMBER[""]}, str.casefold


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ProblemError(7, text) from None
    if found.tzinfo is None:
        raise ProblemError(7, text)
    return found


def _comparable(field: str, value: Any) -> Any:
    if value is None or value_type(field) == "integer":
        return value
    return datetime.fromisoformat(value) if value_type(field) == "datetime" else value.casefold()


def _sorted(records: list[Record], kind: str, order: str) -> list[Record]:
    sorts = [part.split() for part in order.split(",") if part.strip()]
    if len(sorts) > _SORTS:
        raise ProblemError(133)
    for name, *way in reversed(sorts):
        if name not in SORTS.get(kind, ("id",)):
            raise ProblemError(19, name)
        if way not in ([], ["asc"], ["desc"]):
            raise ProblemError(20, " ".join(way))
        records = sorted(records, key=lambda one: _sort_key(one.get(name)), reverse=way == ["desc"])
    return records


def _sort_key(value: Any) -> tuple[bool, Any]:
    return (value is not None, "" if value is None else value)
