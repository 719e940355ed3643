"""Looking at a business unit in few calls: whole collections, page by page, and what of them belongs to a model."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.reach import Found, Key, Seen
from scorewright.plugin.wire import Call, CallError, Verdict
from scorewright_pardot.client.errors import code_of
from scorewright_pardot.client.kinds import (
    ASSETS,
    COLLECTIONS,
    FIELDS,
    PREREQUISITES,
    SAME_TYPES,
)
from scorewright_pardot.labels import DEFAULT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.reach import Resource
    from scorewright.plugin.wire import Talk

__all__ = ["Place", "Records", "found_of", "look", "marker", "pages", "place_of", "same"]

Record = dict[str, Any]
Records = dict[str, list[Record]]
"""By collection, its records."""

_PATH = "/api/v5/objects"
_LIMIT = "1000"
_BEGINNINGS = 3
_USAGE = ("X-Return-Api-Usage", "1")
_NUMBERS = re.compile(r"\d+")
_SCORING = frozenset(ASSETS.values())
_FORBIDDEN = frozenset({"46", "49"})
OURS: Mapping[str, str] = {
    "custom-fields": "custom-fields",
    "custom-redirects": "custom-redirects",
    "form-handlers": "prerequisites",
    "lists": "static-lists",
    "tags": "tags",
}
"""The collections in which a push makes things, and the kind that each is emitted as."""
_LIVE = frozenset({"running", "starting", "scheduled"})


def id_of(record: Mapping[str, Any]) -> str:
    """A record's id, which is a number; an answer without one makes no sense, and raises."""
    return str(int(record["id"]))


def marker(model: str) -> str:
    """What the description of our lists says."""
    return f"scorewright: {model}"


# --- pages ------------------------------------------------------------------------------------------------------------


def pages(collection: str, *asked: tuple[str, str]) -> Talk[tuple[list[Record], tuple[int, int] | None]]:
    """Every record of a collection that passes the filters, and the calls used of those allowed.

    Where a page token is no longer good in the middle, it begins again.
    """
    for _ in range(_BEGINNINGS):
        found, used, whole = yield from _through(_first(collection, asked))
        if whole:
            return found, used
    call = _first(collection, asked)
    words = "the page tokens are never good for long enough"
    raise CallError(call, Verdict("stop", "211", words))


def _first(collection: str, asked: tuple[tuple[str, str], ...]) -> Call:
    query = (("fields", FIELDS[collection]), ("limit", _LIMIT), ("orderBy", "id"), *asked)
    what = f"look at the {collection.replace('-', ' ')}"
    return Call("GET", f"{_PATH}/{collection}", what, query=query, headers=(_USAGE,))


def _through(call: Call) -> Talk[tuple[list[Record], tuple[int, int] | None, bool]]:
    """All pages; false where a token went stale on the way."""
    found: dict[Any, Record] = {}
    used = None
    while True:
        reply = yield call
        if code_of(reply):
            return [], used, False
        if reply.headers.get("pardot-warning", "").startswith("203"):
            words = "there are more than 100,000, and the API does not show them all"
            raise CallError(call, Verdict("stop", "203", words))
        used = _used(reply.headers.get("x-api-usage", "")) or used
        found |= {record["id"]: record for record in reply.data.get("values") or ()}
        token = reply.data.get("nextPageToken")
        if not token:
            return list(found.values()), used, True
        call = call._replace(query=(call.query[0], ("nextPageToken", token)))


def _used(text: str) -> tuple[int, int] | None:
    """Used, of so many: the header's form is not documented, but both numbers stand in it."""
    numbers = _NUMBERS.findall(text.replace(",", ""))
    return (int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0) if numbers else None


# --- which record a resource is ---------------------------------------------------------------------------------------


class Place(NamedTuple):
    """Where a thing is found: the collection (empty: nowhere), and what it is called there."""

    collection: str = ""
    name: str = ""


def place_of(resource: Resource) -> Place:
    """Where an object is found."""
    kind, name = resource.key
    if kind == "prerequisites":
        kind, _, name = name.partition(": ")
        collection = PREREQUISITES.get(kind)
    else:
        collection = COLLECTIONS.get(kind)
    if kind == "scoring-categories":
        name = resource.by_hand.get("folder", name)
    return Place() if collection is None else Place(collection, name)


def called(collection: str, record: Record) -> frozenset[str]:
    """All that a record may be called by."""
    if collection != "users":
        return frozenset({record.get("name") or ""})
    whole = f"{record.get('firstName') or ''} {record.get('lastName') or ''}".strip()
    return frozenset({whole, record.get("email") or "", record.get("username") or ""})


def same(resource: Resource, place: Place, records: Sequence[Record]) -> list[Record]:
    """The records that a resource is, the likeliest first: a field is known by its id before its name."""
    field_id = resource.made.get("fieldId")
    if field_id is not None:
        known = [one for one in records if (one.get("fieldId") or "").casefold() == field_id.casefold()]
        if known:
            return known
    named = [one for one in records if place.name in called(place.collection, one)]
    if place.collection != "lists":
        return named
    dynamic = resource.key.kind == "dynamic-lists"
    return sorted(named, key=lambda one: bool(one.get("isDynamic")) is not dynamic)


class _Index(NamedTuple):
    """The records of a collection by all that they may be known by: thousands are asked for, among thousands."""

    by_name: Mapping[str, Sequence[Record]]
    by_field: Mapping[str, Sequence[Record]]

    @classmethod
    def of(cls, collection: str, records: Iterable[Record]) -> _Index:
        """Sort records in."""
        names: dict[str, list[Record]] = {}
        fields: dict[str, list[Record]] = {}
        for record in records:
            for name in called(collection, record):
                names.setdefault(name, []).append(record)
            fields.setdefault((record.get("fieldId") or "").casefold(), []).append(record)
        return cls(names, fields)

    def near(self, resource: Resource, place: Place) -> list[Record]:
        """Those that a resource could be."""
        field_id = resource.made.get("fieldId", "").casefold()
        near = (*(self.by_field.get(field_id, ()) if field_id else ()), *self.by_name.get(place.name, ()))
        return list({record["id"]: record for record in near}.values())


# --- the normal form --------------------------------------------------------------------------------------------------


def found_of(
    resource: Resource, record: Record, records: Mapping[str, Sequence[Record]], model: str, *, also: int = 0
) -> Found:
    """A record in the form in which it is compared."""
    made = {key: _value(key, record, records) for key in resource.made}
    return Found(
        key=resource.key,
        id=id_of(record),
        made=made,
        by_hand=_by_hand(resource, record, records),
        marked=is_marked(record, model),
        live=record.get("status") in _LIVE,
        also=also,
    )


def is_marked(record: Record, model: str) -> bool:
    """Whether a list's description carries our marker, on a line of its own."""
    return marker(model) in (line.strip() for line in (record.get("description") or "").splitlines())


def _value(key: str, record: Record, records: Mapping[str, Sequence[Record]]) -> Any:
    if key == "campaign":
        names = {one["id"]: one["name"] for one in records.get("campaigns", ())}
        id = record.get("campaignId")
        return names.get(id, "" if id is None else f"campaign {id}")
    value = record.get(key)
    return value.lower() if key == "type" and isinstance(value, str) else value


def _by_hand(
    resource: Resource, record: Record, records: Mapping[str, Sequence[Record]]
) -> Mapping[str, Any] | None:
    """What a person has built; ``None`` where it takes a deep look and this was none."""
    kind = resource.key.kind
    if kind == "scoring-categories":
        return _folder(resource, record)
    if kind == "engagement-programs":
        return _program(record, records)
    found: Record = {}
    for key, wanted in resource.by_hand.items():
        found[key] = True if key == "there" else _value(key, record, records)
        if key == "type" and found[key] in SAME_TYPES.get(wanted, ()):
            found[key] = wanted
    return found


def _folder(resource: Resource, record: Record) -> Mapping[str, Any] | None:
    if "contents" not in record:
        return None
    assets = ((_sort(str(one["objectType"])), str(one["objectName"])) for one in record["contents"])
    scoring = sorted([sort, name] for sort, name in assets if sort in _SCORING)
    return {"folder": resource.by_hand["folder"], "assets": scoring}


def _sort(object_type: str) -> str:
    """An email is an email, whether it is a template or one that was sent to a list."""
    return "email" if "email" in object_type else object_type


def _program(record: Record, records: Mapping[str, Sequence[Record]]) -> Mapping[str, Any] | None:
    if "recipientListIds" not in record:
        return None
    names = {one["id"]: one["name"] for one in records.get("lists", ())}

    def lists(key: str) -> list[str]:
        return sorted(names.get(id, f"list {id}") for id in record.get(key) or ())

    return {"recipients": lists("recipientListIds"), "suppressions": lists("suppressionListIds")}


# --- all of it --------------------------------------------------------------------------------------------------------


def look(resources: Sequence[Resource], model: str, *, deep: bool, handlers: bool = False) -> Talk[Seen]:
    """Look at everything: a call or a few for each collection that matters, and one for each program where it is deep.

    Whoever looks at one thing alone looks for it, and for no strangers.  ``handlers``: form handlers may be ours.
    """
    places = {resource.key: place_of(resource) for resource in resources}
    records: Records = {}
    used: dict[str, tuple[int, int]] = {}
    unread: dict[Key, str] = {}
    for collection in _wanted(resources, places, deep=deep, handlers=handlers):
        try:
            records[collection], calls = yield from pages(collection)
        except CallError as failure:
            if failure.verdict.code not in _FORBIDDEN:
                raise
            unread.update(_blocked(collection, places, failure))
            continue
        if calls is not None:
            used["API calls today"] = calls
    if deep:
        yield from _read_programs(resources, places, records)
        yield from _read_folders(resources, places, records)
    known = tuple(_known(resources, places, records, model))
    ids = {(places[one.key].collection, one.id) for one in known}
    strangers = _strangers(places, ids, records, model) if len(resources) != 1 else ()
    return Seen((*known, *strangers), unread, used)


def _wanted(
    resources: Sequence[Resource], places: Mapping[Key, Place], *, deep: bool, handlers: bool
) -> tuple[str, ...]:
    """The collections that things lie in, those that explain their ids, and those in which strangers may be ours."""
    wanted = {place.collection for place in places.values() if place.collection}
    if len(resources) != 1:
        wanted |= {*OURS} - (set() if handlers else {"form-handlers"})
    if any("campaign" in resource.made for resource in resources):
        wanted.add("campaigns")
    if deep and any(resource.key.kind == "engagement-programs" for resource in resources):
        wanted.add("lists")
    return tuple(sorted(wanted))


def _blocked(collection: str, places: Mapping[Key, Place], failure: CallError) -> Iterator[tuple[Key, str]]:
    return ((key, str(failure)) for key, place in places.items() if place.collection == collection)


def _read_programs(
    resources: Sequence[Resource], places: Mapping[Key, Place], records: Records
) -> Talk[None]:
    """The lists of a program are read one program at a time."""
    for resource, record in _of_kind("engagement-programs", resources, places, records):
        place = places[resource.key]
        fields = (("fields", "id,recipientListIds,suppressionListIds"),)
        path = f"{_PATH}/{place.collection}/{record['id']}"
        reply = yield Call("GET", path, f"read the lists of the program {place.name}", query=fields)
        if not code_of(reply):
            record |= {"recipientListIds": None, **reply.data}


def _read_folders(resources: Sequence[Resource], places: Mapping[Key, Place], records: Records) -> Talk[None]:
    """What lies in the folder of a category is read one folder at a time: all folders together may hold anything."""
    for _, record in _of_kind("scoring-categories", resources, places, records):
        record["contents"], _ = yield from pages("folder-contents", ("folderId", id_of(record)))


def _of_kind(
    kind: str, resources: Sequence[Resource], places: Mapping[Key, Place], records: Records
) -> Iterator[tuple[Resource, Record]]:
    """The resources of a kind that are there, each with its record."""
    for resource in resources:
        if resource.key.kind == kind:
            place = places[resource.key]
            for record in same(resource, place, records.get(place.collection, ()))[:1]:
                yield resource, record


def _known(
    resources: Sequence[Resource], places: Mapping[Key, Place], records: Records, model: str
) -> Iterator[Found]:
    index = {collection: _Index.of(collection, among) for collection, among in records.items()}
    for resource in resources:
        place = places[resource.key]
        among = (
            same(resource, place, index[place.collection].near(resource, place))
            if place.collection in index
            else ()
        )
        if among:
            first = next((one for one in among if is_marked(one, model)), among[0])
            yield found_of(resource, first, records, model, also=len(among) - 1)
        elif resource.given and place == ("custom-fields", place.name) and place.name in DEFAULT_FIELDS:
            note = "a default field, which every prospect has"
            yield Found(key=resource.key, id="", by_hand=resource.by_hand, note=note)


def _strangers(
    wanted: Container[Key], ids: Container[tuple[str, str]], records: Records, model: str
) -> Iterator[Found]:
    """Everything else of the kinds that a push makes: an earlier one may have made it.

    Of several that have one name nobody can tell which was made by a push: none of them is given, unless it is marked.
    """
    for collection, kind in OURS.items():
        among = records.get(collection, ())
        counts = Counter(one.get("name") for one in among)
        for record in among:
            name, marked = str(record.get("name")), is_marked(record, model)
            key = Key(kind, f"form handler: {name}" if kind == "prerequisites" else name)
            if key in wanted or (collection, id_of(record)) in ids or not (marked or counts[name] == 1):
                continue
            yield Found(key=key, id=id_of(record), made={"name": name}, by_hand={}, marked=marked)
