"""Makes, changes, takes away and switches on; the asset API takes forms, whose nested values are JSON texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorewright.plugin.wire import Call, CallError, Verdict
from scorewright_marketo.client import found as make
from scorewright_marketo.client.kinds import (
    ASSETS,
    FIELDS,
    PARENT,
    Place,
    place_of,
    program_key,
)
from scorewright_marketo.client.looking import look, results, zone
from scorewright_marketo.client.normal import described

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.plugin.reach import Found, Key, Resource
    from scorewright.plugin.wire import Talk

__all__ = ["change", "create", "removable", "remove", "switch_on"]

_ASSET = "/rest/asset/v1"
_FIELDS = "/rest/v1/leads/schema/fields"


class Context:
    """What every talk needs to know: the model, what stands there by now, and which programs are alike."""

    __slots__ = ("alike", "ids", "model", "resources", "templates")

    def __init__(
        self,
        model: str,
        ids: Mapping[Key, str],
        alike: Mapping[str, Sequence[str]],
        resources: Sequence[Resource] = (),
        templates: Mapping[str, str] | None = None,
    ) -> None:
        self.model, self.ids, self.alike, self.resources = model, ids, alike, resources
        self.templates = templates or {}

    def place(self, key: Key) -> Place:
        """Program and name of a key."""
        found = place_of(key, [each.name for each in self.ids if each.kind == "programs"])
        return found or Place("", key.name)

    def id(self, key: Key, call: Call) -> str:
        """The id of what something stands in.  Raises ``CallError`` where it is not there."""
        if key not in self.ids:
            raise CallError(call, Verdict("refused", "", f"{key.name} is not there yet"))
        return self.ids[key]


def _post(path: str, what: str, *form: tuple[str, str], makes: bool = False) -> Call:
    return Call("POST", path, what, form=form, writes=True, makes=makes)


def _home(type: str, id: str) -> str:
    return json.dumps({"id": int(id), "type": type})


def _first(records: Sequence[Mapping[str, Any]], call: Call) -> Mapping[str, Any]:
    if not records:
        raise CallError(call, Verdict("unclear", "", "the answer does not say what was made"))
    return records[0]


def create(context: Context, resource: Resource) -> Talk[tuple[Found, ...]]:
    """Make it."""
    kind = resource.key.kind
    if kind in FIELDS:
        return ((yield from _make_field(context, resource)),)
    if kind == "tokens":
        return ((yield from _put_token(context, resource)),)
    if kind == "programs":
        return (yield from _make_program(context, resource))
    if kind == PARENT:
        return ((yield from _make_parent(context, resource)),)
    return ((yield from _make_child(context, resource)),)


def _make_field(context: Context, resource: Resource) -> Talk[Found]:
    """A field, with our marker in its description: it is there for good."""
    made = resource.made
    given = {
        "displayName": made["label"],
        "name": made["name"],
        "dataType": made["type"],
        "description": described("", context.model),
    }
    call = Call(
        "POST",
        f"{_FIELDS}.json",
        f"make the field {made['label']}",
        json={"input": [given]},
        writes=True,
        makes=True,
    )
    yield call
    return make.of_field(resource.key, {**given, "name": made["name"]})


def _put_token(context: Context, resource: Resource) -> Talk[Found]:
    """Make a token or overwrite it: the same call, which may be repeated."""
    place = context.place(resource.key)
    what = f"set the token {place.name} of {place.program}"
    made = resource.made
    form = (("name", place.name), ("type", made["type"]), ("value", made["value"]), ("folderType", "Program"))
    id = context.id(program_key(place.program), _post("", what))
    call = _post(f"{_ASSET}/folder/{id}/tokens.json", what, *form)
    tokens = [each for one in results((yield call)) for each in one.get("tokens") or ()]
    record = next((each for each in tokens if each.get("name") == place.name), {"name": place.name, **made})
    return make.of_token(resource.key, record, marked=True)


def _make_parent(context: Context, resource: Resource) -> Talk[Found]:
    what = f"make the folder {resource.key.name}"
    above = yield from zone(resource.made["workspace"])
    if not above:
        words = f"the workspace {resource.made['workspace']} has no root in Marketing Activities"
        raise CallError(_post("", what), Verdict("refused", "", words))
    form = (
        ("name", resource.key.name),
        ("parent", _home("Folder", above)),
        ("description", described("", context.model)),
    )
    call = _post(f"{_ASSET}/folders.json", what, *form, makes=True)
    return make.of_parent(resource.key, _first(results((yield call)), call), context.model)


def _make_program(context: Context, resource: Resource) -> Talk[tuple[Found, ...]]:
    """An empty program; or a clone, where one with the same rules was there before, with all that came along."""
    name, made = resource.key.name, resource.made
    parent = next(key for key in resource.needs if key.kind == PARENT)
    folder = _home("Folder", context.id(parent, _post("", f"make the program {name}")))
    form = (("name", name), ("folder", folder), ("description", made["description"]))
    sibling = _sibling(context, name)
    if sibling is None:
        more = (("type", made["type"]), ("channel", made["channel"]))
        call = _post(f"{_ASSET}/programs.json", f"make the program {name}", *form, *more, makes=True)
        return (make.of_program(_first(results((yield call)), call), context.model),)
    path, what = (
        f"{_ASSET}/program/{context.ids[program_key(sibling)]}/clone.json",
        f"clone {sibling} as {name}",
    )
    call = _post(path, what, *form, makes=True)
    copy = make.of_program(_first(results((yield call)), call), context.model)
    inside = [one for one in context.resources if program_key(name) in one.needs]
    seen = yield from look([resource, *inside], context.model, "", deep=False)
    return (copy, *(one for one in seen.found if one.key != copy.key and one.key.kind != PARENT))


def _sibling(context: Context, program: str) -> str | None:
    """A program with the same rules whose campaigns were all there before."""
    for other in context.alike.get(program, ()):
        wanted = [
            one.key
            for one in context.resources
            if one.key.kind == "smart-campaigns" and program_key(other) in one.needs
        ]
        if wanted and all(key in context.ids for key in (program_key(other), *wanted)):
            return other
    return None


def _make_child(context: Context, resource: Resource) -> Talk[Found]:
    """A folder, static list or campaign in a program; a campaign begins as a clone where a template has its like."""
    key, place = resource.key, context.place(resource.key)
    asset = ASSETS[key.kind]
    what = f"make the {asset.word} {place.name} in {place.program}"
    above = resource.needs[0]
    home = _home("Folder" if above.kind == "folders" else "Program", context.id(above, _post("", what)))
    where = "parent" if key.kind == "folders" else "folder"
    form = (("name", place.name), (where, home), ("description", resource.made["description"]))
    template = context.templates.get(place.name) if key.kind == "smart-campaigns" else None
    path = f"{asset.one}s.json" if template is None else f"{asset.one}/{template}/clone.json"
    call = _post(f"{_ASSET}/{path}", what, *form, makes=True)
    return _made(context, resource, place.program, _first(results((yield call)), call))


def _made(context: Context, resource: Resource, program: str, record: Mapping[str, Any]) -> Found:
    if resource.key.kind == "folders":
        return make.of_folder(program, record, context.model)
    if resource.key.kind == "static-lists":
        return make.of_static(program, record, context.model)
    return make.of_campaign(resource.key, record, None, resource, context.model)


def change(context: Context, resource: Resource, found: Found) -> Talk[Found]:
    """Make what is found as it is to be.  All of these may be repeated."""
    key, kind = resource.key, resource.key.kind
    if kind == "tokens":
        return (yield from _put_token(context, resource))
    if kind in FIELDS:
        given = {"displayName": resource.made["label"]}
        path, what = f"{_FIELDS}/{found.id}.json", f"rename the field {key.name}"
        yield Call("POST", path, what, json={"input": [given]}, writes=True)
        return make.of_field(key, {"name": found.id, "dataType": found.made["type"], **given})
    asset, place = ASSETS[kind], context.place(key)
    form = [("description", resource.made.get("description", ""))]
    form += [("type", "Folder")] if asset.one == "folder" else []
    form += [("name", place.name)] if kind == "smart-campaigns" else []
    call = _post(f"{_ASSET}/{asset.one}/{found.id}.json", f"change the {asset.word} {key.name}", *form)
    record = _first(results((yield call)), call)
    if kind == "programs":
        return make.of_program(record, context.model)
    return _made(context, resource, place.program, record)


def remove(context: Context, found: Found) -> Talk[None]:
    """Take it away; a campaign that acts is switched off first."""
    key, place = found.key, context.place(found.key)
    if key.kind == "tokens":
        what = f"delete the token {place.name} of {place.program}"
        id = context.id(program_key(place.program), _post("", what))
        form = (("name", place.name), ("type", str(found.made["type"])), ("folderType", "Program"))
        yield _post(f"{_ASSET}/folder/{id}/tokens/delete.json", what, *form)
        return
    asset = ASSETS[key.kind]
    start = f"{_ASSET}/{asset.one}/{found.id}"
    if key.kind == "smart-campaigns" and found.live:
        record = results((yield Call("GET", f"{start}.json", f"look whether {key.name} is active")))
        if record and record[0].get("isActive"):
            yield _post(f"{start}/deactivate.json", f"deactivate {key.name}")
    type = (("type", "Folder"),) if asset.one == "folder" else ()
    yield _post(f"{start}/delete.json", f"delete the {asset.word} {key.name}", *type)


def removable(key: Key) -> str:
    """Why a kind of thing cannot be taken away."""
    if key.kind in FIELDS:
        return "a field can be hidden, but never deleted: Admin > Field Management > Hide Field"
    return "" if key.kind in ASSETS or key.kind == "tokens" else "it belongs to the team"


_BY_HAND = {
    3: "run it once (Schedule > Run Once) and wait until it has finished",
    5: "schedule its recurrence from the build sheet, and wait for one whole night",
    6: "run it once (Schedule > Run Once) and look at the lists that it fills",
}
"""Stages of batches, which a person switches on, and what that is."""


def switch_on(resource: Resource, found: Found, waits: Resource | None) -> Talk[None]:
    """Activate a trigger campaign; ``waits`` is something that has to act before it, and does not.

    The stages keep the past from being handed over, so none is skipped.
    """
    path, what = f"{_ASSET}/smartCampaign/{found.id}", f"activate {resource.key.name}"
    stands = waits if waits is not None else resource if resource.switched in _BY_HAND else None
    if stands is not None:
        deed = _BY_HAND.get(stands.switched, "build it and have it activated")
        words = f"{stands.key.name} comes first: {deed}, then push again"
        raise CallError(_post(path, what), Verdict("stop", "", words))
    record = results((yield Call("GET", f"{path}.json", f"look whether {resource.key.name} is active")))
    if not (record and record[0].get("isActive")):
        yield _post(f"{path}/activate.json", what)
