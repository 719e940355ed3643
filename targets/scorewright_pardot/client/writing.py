"""Making, changing and taking away by API v5: never without a look by name first, for a repeated request makes two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.wire import Call, CallError, Verdict
from scorewright_pardot.client.errors import code_of
from scorewright_pardot.client.kinds import BY_NAME, FIELDS
from scorewright_pardot.client.looking import found_of, marker, pages, place_of, same
from scorewright_pardot.client.resources import campaign_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.reach import Found, Key, Resource
    from scorewright.plugin.wire import Reply, Talk
    from scorewright_pardot.client.looking import Place
    from scorewright_pardot.client.settings import Settings

__all__ = ["change", "create", "removable", "remove"]

_PATH = "/api/v5/objects"
_SINGULAR = {
    "custom-fields": "custom field",
    "custom-redirects": "custom redirect",
    "prerequisites": "form handler",
    "static-lists": "list",
    "tags": "tag",
}
"""What the API makes, by its kind."""


def create(
    settings: Settings,
    model: str,
    resource: Resource,
    ids: Mapping[Key, str],
    facts: Mapping[str, bool | int | str],
) -> Talk[tuple[Found, ...]]:
    """Make it, unless it is there by now; nothing is looked up where the platform itself refuses a name twice."""
    place = place_of(resource)
    known = {"campaigns": _campaigns(settings, ids)}
    if facts.get("api-names-repeat") is not False:
        records, _ = yield from pages(place.collection, *_by_name(place))
        there = same(resource, place, records)
        if there:
            return (found_of(resource, there[0], known, model, also=len(there) - 1),)
    what = f"create the {_SINGULAR[resource.key.kind]} {place.name}"
    call = Call(
        "POST",
        f"{_PATH}/{place.collection}",
        what,
        query=(("fields", FIELDS[place.collection]),),
        json=_born(resource, model, _body(settings, resource.made, ids, what), facts),
        writes=True,
        makes=True,
    )
    reply = yield call
    record = _record(resource, reply)
    return (found_of(resource, record, known, model),)


def _by_name(place: Place) -> tuple[tuple[str, str], ...]:
    """The filter that asks for a name, where the collection has one."""
    return (("name", place.name),) if place.collection in BY_NAME else ()


def _born(
    resource: Resource, model: str, body: dict[str, Any], facts: Mapping[str, bool | int | str]
) -> dict[str, Any]:
    """The body of a creation.  That a list is static is not said: the API makes no other."""
    if resource.key.kind == "static-lists":
        del body["isDynamic"]
        body["description"] = marker(model)
    if "type" in body and facts.get("api-field-types-small") is False:
        body["type"] = "-".join(part.title() for part in body["type"].split("-"))
    return body


def _body(settings: Settings, made: Mapping[str, Any], ids: Mapping[Key, str], what: str) -> dict[str, Any]:
    """What is to be so, in the API's words: names of other things as their ids."""
    body = {key: value for key, value in made.items() if key != "campaign"}
    if "campaign" in made:
        key = campaign_key(settings)
        if key not in ids:
            words = f"the campaign {settings.campaign} is not there; make it in Salesforce first"
            raise CallError(Call("POST", "", what), Verdict("refused", "", words))
        body["campaignId"] = int(ids[key])
    return body


def _campaigns(settings: Settings, ids: Mapping[Key, str]) -> list[dict[str, Any]]:
    """The one campaign that matters, as the records would have it."""
    id = ids.get(campaign_key(settings))
    return [] if id is None else [{"id": int(id), "name": settings.campaign}]


def _record(resource: Resource, reply: Reply) -> dict[str, Any]:
    """What was made: as it says, or (where the user may not read it) by the id in its place, and as it was sent."""
    if isinstance(reply.data, dict) and "id" in reply.data:
        return reply.data
    path = reply.headers.get("location", "").partition("?")[0]
    id = path.rstrip("/").rpartition("/")[2]
    return {**resource.made, "id": int(id) if id.isascii() and id.isdigit() else ""}


def change(
    settings: Settings, model: str, resource: Resource, found: Found, ids: Mapping[Key, str]
) -> Talk[Found]:
    """Write what differs and is not fixed."""
    place = place_of(resource)
    made = {
        key: value
        for key, value in resource.made.items()
        if key not in resource.fixed and found.made.get(key) != value
    }
    what = f"change the {_SINGULAR[resource.key.kind]} {place.name}"
    call = Call(
        "PATCH",
        f"{_PATH}/{place.collection}/{found.id}",
        what,
        query=(("fields", FIELDS[place.collection]),),
        json=_body(settings, made, ids, what),
        writes=True,
    )
    reply = yield call
    record = reply.data if isinstance(reply.data, dict) else {**found.made, **made, "id": found.id}
    return found_of(resource, record, {"campaigns": _campaigns(settings, ids)}, model, also=found.also)


def remove(found: Found) -> Talk[None]:
    """Take it away; that it is gone already is as good."""
    kind = found.key.kind
    collection = {"static-lists": "lists", "prerequisites": "form-handlers"}.get(kind, kind)
    path = f"{_PATH}/{collection}/{found.id}"
    reply = yield Call("DELETE", path, f"delete the {_SINGULAR[kind]} {found.key.name}", writes=True)
    assert reply.status < 300 or code_of(reply)


_BY_HAND = {
    "automation-rules": "the API has no automation rules: delete it in Account Engagement",
    "baseline-scoring": "baseline scoring rules are never deleted: type the old points over the new ones",
    "completion-actions": "the API does not show completion actions: take the action off the asset by hand",
    "dynamic-lists": "the API deletes lists, but this one was made by a person: delete it in Account Engagement",
    "engagement-programs": "the API cannot delete programs: pause and delete it in Account Engagement",
    "formula-fields": "formula fields are deleted in Salesforce",
    "page-actions": "the API has no page actions: delete it in Account Engagement",
    "profile-criteria": "the API has no profiles: delete the criterion in Account Engagement",
    "scoring-categories": "the API has no scoring categories: delete it in Account Engagement",
    "segmentation-rules": "the API has no segmentation rules: delete it in Account Engagement",
}


def removable(settings: Settings, key: Key) -> str:
    """Why a thing cannot be taken away by the API; empty: it can."""
    kind, _, name = key.name.partition(": ")
    if key.kind == "prerequisites":
        ours = kind == "form handler" and name in settings.form_handlers
        return "" if ours else "it belongs to somebody else"
    return _BY_HAND.get(key.kind, "")
