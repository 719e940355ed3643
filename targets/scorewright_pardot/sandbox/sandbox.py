"""The embedded business unit: which request goes where, who may ask, and what errors look like."""

from __future__ import annotations

import json
import re
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.sandboxes import Answer
from scorewright_pardot.sandbox.acting import act, act_on
from scorewright_pardot.sandbox.building import build
from scorewright_pardot.sandbox.errors import CODES, PROBLEMS, ProblemError
from scorewright_pardot.sandbox.kinds import KINDS
from scorewright_pardot.sandbox.reading import number, query, read
from scorewright_pardot.sandbox.showing import shown
from scorewright_pardot.sandbox.signing import TOKEN_PATH, failing_grant, grant
from scorewright_pardot.sandbox.store import Store
from scorewright_pardot.sandbox.unit import Outcome, Settings, Unit, furnish
from scorewright_pardot.sandbox.writing import change, create, delete

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.sandboxes import Asked, Shown
    from scorewright_pardot.sandbox.store import Record

__all__ = ["PardotSandbox"]

_PATH = re.compile(
    r"/api/v5/objects/(?P<kind>[a-z-]+)(?:/(?P<id>[^/]+))?(?:/(?P<rest>do/[^/]*|download-program-structure))?/?"
)
_ON_ALL = re.compile(r"/api/v5/objects/(?P<kind>[a-z-]+)/do/(?P<action>[^/]*)/?")
_UNIT = re.compile(r"0Uv[A-Za-z0-9]{15}")
_JSON = ("Content-Type", "application/json;charset=utf-8")
_AT_ONCE = 5
_MOST_BYTES = 50 * 1024 * 1024
_ABILITIES = {"GET": "view", "POST": "create", "PATCH": "create", "DELETE": "delete"}


class _Place(NamedTuple):
    """What a path leads to."""

    kind: str
    id: str = ""
    action: str = ""
    file: bool = False


class PardotSandbox:
    """A business unit in a database; ``scorewright.plugin.sandboxes`` says what each method owes."""

    codes: Mapping[str, str] = CODES

    def __init__(
        self, store: sqlite3.Connection, clock: Callable[[], float], settings: Mapping[str, Any]
    ) -> None:
        self._store = Store(store).open()
        self._clock = clock
        self._settings = Settings.of(settings)
        self.account: Mapping[str, Any] = {"business_unit": self._settings.business_unit}
        self.secrets: Mapping[str, str] = {
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret,
        }
        furnish(self._store)

    def answer(self, asked: Asked) -> Answer:
        """Answer a request, and commit what it changed."""
        unit = self._unit(asked.address)
        try:
            outcome = _grant(unit, asked) if asked.path == TOKEN_PATH else self._api(unit, asked)
        except ProblemError as problem:
            self._store.db.rollback()
            outcome = _failed(problem)
        counted = self._usage(unit, asked, outcome)
        self._store.db.commit()
        return _written(outcome, counted)

    def failing(self, code: str, asked: Asked) -> Answer:
        """The same error as the platform would report it for this request."""
        if asked.path == TOKEN_PATH:
            return _written(failing_grant(code))
        return _written(_failed(ProblemError(int(code) if code.isdigit() else 184)))

    def writes(self, asked: Asked) -> bool:
        """Whether the request would change something."""
        return asked.method not in {"GET", "HEAD"} and asked.path != TOKEN_PATH

    def shown(self) -> Sequence[Shown]:
        """The state, for people."""
        return shown(self._unit(""))

    def build(self, tables: Tables) -> None:
        """Do what the build sheet asks of a person."""
        try:
            build(self._unit(""), tables)
        except BaseException:  # tables that are none: nothing of them stays
            self._store.db.rollback()
            raise
        self._store.db.commit()

    def _unit(self, address: str) -> Unit:
        return Unit(self._store, self._settings, self._clock(), address)

    def _usage(self, unit: Unit, asked: Asked, outcome: Outcome) -> tuple[tuple[str, str], ...]:
        """Count a call of the API that was let in; the header where it is asked for."""
        if asked.path == TOKEN_PATH or outcome.status == 401:
            return ()
        self._store.tally(unit.day)
        if asked.headers.get("x-return-api-usage") != "1":
            return ()
        return (("x-api-usage", f"{unit.calls}/{self._settings.daily_calls}"),)

    # --- the API ------------------------------------------------------------------------------------------------------

    def _api(self, unit: Unit, asked: Asked) -> Outcome:
        self._let_in(unit, asked)
        if len(asked.beside) >= _AT_ONCE:
            raise ProblemError(66)
        if unit.calls >= self._settings.daily_calls:
            raise ProblemError(122)
        place = _place(asked.path)
        lacks = self._settings.lacks
        if place.kind in lacks or f"{place.kind} {_ABILITIES.get(asked.method, '')}" in lacks:
            raise ProblemError(46)
        if asked.method == "GET":
            return _get(unit, place, asked)
        if asked.method == "POST":
            return _post(unit, place, asked)
        if asked.method == "PATCH" and place.id and not place.action and "u" in KINDS[place.kind].verbs:
            return change(unit, place.kind, _id(place), asked.query, _body(asked))
        if asked.method == "DELETE" and place.id and not place.action and "d" in KINDS[place.kind].verbs:
            return delete(unit, place.kind, _id(place))
        raise ProblemError(60)

    def _let_in(self, unit: Unit, asked: Asked) -> None:
        sort, _, token = asked.headers.get("authorization", "").partition(" ")
        if sort.lower() != "bearer" or not token:
            raise ProblemError(49)
        wanted = asked.headers.get("pardot-business-unit-id", "")
        if not wanted:
            raise ProblemError(181, "Pardot-Business-Unit-Id header not found on request.")
        if not self._store.knows(token.strip(), unit.now):
            raise ProblemError(184)
        if not _UNIT.fullmatch(wanted):
            raise ProblemError(182, "Pardot-Business-Unit-Id")
        if wanted != self._settings.business_unit:
            raise ProblemError(201)


def _grant(unit: Unit, asked: Asked) -> Outcome:
    if asked.method != "POST":
        raise ProblemError(60)
    return grant(unit, asked.body, asked.headers.get("authorization", ""))


def _place(path: str) -> _Place:
    if (found := _ON_ALL.fullmatch(path)) and found["kind"] in KINDS:
        return _Place(found["kind"], action=found["action"] or " ")
    found = _PATH.fullmatch(path)
    if found is None or found["kind"] not in KINDS:
        raise ProblemError(198)
    rest = found["rest"] or ""
    action = (rest.removeprefix("do/") or " ") if rest.startswith("do/") else ""
    return _Place(found["kind"], found["id"] or "", action, rest == "download-program-structure")


def _id(place: _Place) -> int:
    return number(place.id, 16, 0, 2**53)


def _get(unit: Unit, place: _Place, asked: Asked) -> Outcome:
    verbs = KINDS[place.kind].verbs
    if place.action or "r" not in verbs:
        raise ProblemError(60)
    if place.kind == "account":
        return read(unit, place.kind, 1, asked.query, asked.headers)
    if place.file:
        return _structure(unit, place)
    if place.id:
        return read(unit, place.kind, _id(place), asked.query, asked.headers)
    return query(unit, place.kind, asked.query, asked.headers)


def _structure(unit: Unit, place: _Place) -> Outcome:
    if place.kind != "engagement-studio-programs":
        raise ProblemError(198)
    body = unit.store.file(_id(place))
    if body is None:
        raise ProblemError(109)
    return Outcome(200, body, (("Content-Type", "application/octet-stream"),))


def _post(unit: Unit, place: _Place, asked: Asked) -> Outcome:
    if place.action and place.id:
        return act_on(unit, place.kind, _id(place), place.action, _body(asked), given=asked.query)
    if place.action:
        return act(unit, place.kind, place.action, asked.query, _body(asked))
    if place.id or ("c" not in KINDS[place.kind].verbs and place.kind != "campaigns"):
        raise ProblemError(60)
    if place.kind == "engagement-studio-programs":
        return _program(unit, place.kind, asked)
    return create(unit, place.kind, asked.query, _body(asked))


def _program(unit: Unit, kind: str, asked: Asked) -> Outcome:
    """A program comes with the structure file that the product has exported, and arrives as a draft."""
    parts = _parts(asked)
    if "input" not in parts:
        raise ProblemError(153, "input")
    if "file" not in parts:
        raise ProblemError(153, "file")
    if not 0 < len(parts["file"]) <= _MOST_BYTES:
        raise ProblemError(204)
    outcome = create(unit, kind, asked.query, _object(parts["input"]))
    id = max(one["id"] for one in unit.store.all(kind))
    record = unit.store.one(kind, id)
    assert record is not None
    unit.store.put(kind, {**record, "status": "draft"}, unit.now)
    unit.store.keep_file(id, parts["file"])
    return outcome


def _parts(asked: Asked) -> dict[str, bytes]:
    """The named parts of a form with a file in it."""
    sort = asked.headers.get("content-type", "")
    if not sort.startswith("multipart/form-data"):
        raise ProblemError(151)
    head = f"Content-Type: {sort}\r\n\r\n".encode("ascii", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + asked.body)
    found: dict[str, bytes] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found[name] = content
    return found


def _body(asked: Asked) -> Record:
    if not asked.headers.get("content-type", "application/json").startswith("application/json"):
        raise ProblemError(151)
    return _object(asked.body)


def _object(text: bytes) -> Record:
    if not text.strip():
        raise ProblemError(152)
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ProblemError(150) from None
    if not isinstance(found, dict):
        raise ProblemError(166)
    return found


def _no_number(text: str) -> float:
    """NaN and Infinity are no JSON."""
    raise ValueError(text)


# --- what goes back ---------------------------------------------------------------------------------------------------


def _failed(problem: ProblemError) -> Outcome:
    status, message = PROBLEMS[problem.code]
    said = f"{message}: {problem.detail}" if problem.detail else message
    return Outcome(status, {"code": problem.code, "message": said}, problem.headers)


def _written(outcome: Outcome, more: tuple[tuple[str, str], ...] = ()) -> Answer:
    if isinstance(outcome.data, bytes):
        return Answer(outcome.status, outcome.data, (*outcome.headers, *more))
    if outcome.data is None:
        return Answer(outcome.status, b"", (*outcome.headers, *more))
    return Answer(outcome.status, json.dumps(outcome.data).encode(), (_JSON, *outcome.headers, *more))
