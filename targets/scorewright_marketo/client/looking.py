"""Looks at an instance in few calls: folders, programs, and by program and kind what stands in each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright.plugin.reach import Found, Key, Seen
from scorewright.plugin.wire import Call
from scorewright_marketo.client import found as make
from scorewright_marketo.client.found import id_of
from scorewright_marketo.client.kinds import CHILDREN, FIELDS, PARENT, PREREQUISITES, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.plugin.reach import Resource
    from scorewright.plugin.wire import Reply, Talk

__all__ = ["look", "results", "zone"]

_PAGE = 200
"""Records that a page may have at most: fewer calls (Adobe Developer, Marketo Engage, assets: maxReturn)."""
_ASSET = "/rest/asset/v1"
_ROOT = "Marketing Activities"


def results(reply: Reply) -> list[dict[str, Any]]:
    """The records of an answer; none where nothing was found."""
    data = reply.data if isinstance(reply.data, dict) else {}
    found = data.get("result")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


@dataclass(slots=True)
class _Look:
    """One look, as far as it has come."""

    model: str
    wanted: dict[Key, Resource]
    deep: bool
    found: dict[Key, Found] = field(default_factory=dict)
    used: dict[str, tuple[int, int]] = field(default_factory=dict)

    def kinds(self) -> frozenset[str]:
        """The kinds that are asked for.  Who asks for programs wants everything inside: it may have come by a clone."""
        asked = frozenset(key.kind for key in self.wanted)
        return asked | frozenset(CHILDREN) if "programs" in asked else asked

    def add(self, one: Found) -> None:
        """Keep what was found; a second one of the same key is counted."""
        there = self.found.get(one.key)
        self.found[one.key] = one if there is None else make.again(there)


def look(resources: Sequence[Resource], model: str, template: str, *, deep: bool) -> Talk[Seen]:
    """Look at all that these resources are about."""
    state = _Look(model, {one.key: one for one in resources}, deep)
    kinds = state.kinds()
    yield from _prerequisites(state)
    if kinds & set(FIELDS):
        yield from _fields(state)
    if kinds & {PARENT, "programs", *CHILDREN}:
        yield from _programs(state, kinds)
    if template and "smart-campaigns" in kinds:
        yield from _template(state, template)
    if len(resources) > 1:
        yield from _usage(state)
    return Seen(tuple(state.found.values()), {}, state.used)


def _browse(path: str, what: str, *query: tuple[str, str]) -> Talk[list[dict[str, Any]]]:
    """All pages of a browse."""
    found: list[dict[str, Any]] = []
    while True:
        page = (("offset", str(len(found))), ("maxReturn", str(_PAGE)))
        batch = results((yield Call("GET", f"{_ASSET}/{path}", what, query=(*query, *page))))
        found += batch
        if len(batch) < _PAGE:
            return found


def _named(what: str, name: str, *query: tuple[str, str]) -> Talk[list[dict[str, Any]]]:
    """What has exactly this name."""
    call = Call("GET", f"{_ASSET}/{what}/byName.json", f"look for {name}", query=(("name", name), *query))
    return results((yield call))


def _fields(state: _Look) -> Talk[None]:
    """All fields of people: by API name, or by a label that is taken."""
    records: list[dict[str, Any]] = []
    token = ""
    while True:
        query = (("batchSize", "300"), *((("nextPageToken", token),) if token else ()))
        reply = yield Call("GET", "/rest/v1/leads/schema/fields.json", "look at the fields", query=query)
        records += results(reply)
        token = str(reply.data.get("nextPageToken", "")) if reply.data.get("moreResult") else ""
        if not token:
            break
    for key, one in state.wanted.items():
        if key.kind in FIELDS:
            name, label = one.made["name"], one.made.get("label", "")
            same = [each for each in records if _alike(each.get("name"), name)]
            same = same or [each for each in records if label and _alike(each.get("displayName"), label)]
            if same:
                state.add(make.of_field(key, same[0]))
        elif key.name.startswith("field: "):
            label = key.name.removeprefix("field: ")
            if any(each.get("displayName") == label for each in records):
                state.add(Found(key=key, id=label))


def _alike(one: object, other: str) -> bool:
    return str(one).casefold() == other.casefold()


def _prerequisites(state: _Look) -> Talk[None]:
    """What belongs to the team: channels and their statuses in one call, the rest by name."""
    keys = [key for key in state.wanted if key.kind == "prerequisites"]
    channels = [key for key in keys if key.name.startswith(("channel: ", "program status: "))]
    if channels:
        records = yield from _browse("channels.json", "look at the channels")
        names = {f"channel: {each['name']}" for each in records}
        names |= {
            f"program status: {status['name']}"
            for each in records
            for status in each.get("progressionStatuses") or ()
        }
        for key in channels:
            if key.name in names:
                state.add(Found(key=key, id=key.name))
    for key in keys:
        kind, _, name = key.name.partition(": ")
        if kind in PREREQUISITES:
            yield from _asset(state, key, PREREQUISITES[kind], name)
    if any(key.name.startswith("field: ") for key in keys) and not state.kinds() & set(FIELDS):
        yield from _fields(state)


def _asset(state: _Look, key: Key, what: str, name: str) -> Talk[None]:
    """One thing by its name; that of a program is asked for by its own, behind the program's."""
    records = yield from _named(what, name)
    if not records and "." in name:
        records = yield from _named(what, name.partition(".")[2])
    if records:
        state.add(Found(key=key, id=id_of(records[0])))


def _programs(state: _Look, kinds: frozenset[str]) -> Talk[None]:
    """The folder of the programs, the programs in it, and what stands in each."""
    wanted = {key.name for key in state.wanted if key.kind == "programs"}
    wanted |= {need.name for one in state.wanted.values() for need in one.needs if need.kind == "programs"}
    records: dict[str, dict[str, Any]] = {}
    parents = {key for one in state.wanted.values() for key in (one.key, *one.needs) if key.kind == PARENT}
    for key in parents:
        folder = yield from _parent(state, key)
        if folder and "programs" in kinds:
            query = (("filterType", "folderId"), ("filterValues", folder))
            found = yield from _browse("programs.json", "look at the programs", *query)
            records |= {each["name"]: each for each in found}
    for name in sorted(wanted - set(records)):
        records |= {each["name"]: each for each in (yield from _named("program", name))}
    ours = {name: each for name, each in records.items() if name in wanted or make.is_ours(each, state.model)}
    for each in ours.values():
        state.add(make.of_program(each, state.model))
    for name, each in ours.items():
        yield from _inside(state, kinds, name, each)


def _parent(state: _Look, key: Key) -> Talk[str]:
    """The folder that programs stand in."""
    workspace = state.wanted[key].made["workspace"] if key in state.wanted else ""
    query = (("type", "Folder"), *((("workSpace", workspace),) if workspace else ()))
    records = [each for each in (yield from _named("folder", key.name, *query)) if _is_below(each, _ROOT)]
    for each in records:
        state.add(make.of_parent(key, each, state.model))
    return id_of(records[0]) if records else ""


def zone(workspace: str) -> Talk[str]:
    """The root of a workspace in Marketing Activities, or that of all where there are no workspaces; empty: neither."""
    roots = yield from _named("folder", _ROOT, ("type", "Folder"))
    if not roots:
        return ""
    top = int(roots[0]["id"])
    query = (("root", json.dumps({"id": top, "type": "Folder"})), ("maxDepth", "1"))
    below = [
        each
        for each in (yield from _browse("folders.json", f"look at {_ROOT}", *query))
        if each.get("parent")
    ]
    if not any(each.get("folderType") == "Zone" for each in below):
        return str(top) if below else ""
    return next((id_of(each) for each in below if each["name"] == workspace), "")


def _is_below(record: Mapping[str, Any], root: str) -> bool:
    return str(record.get("path", "")).startswith(f"/{root}/")


def _inside(state: _Look, kinds: frozenset[str], program: str, record: Mapping[str, Any]) -> Talk[None]:
    """What stands in one program, a kind a call; campaigns also in its local folders."""
    ours, id = make.is_ours(record, state.model), id_of(record)
    here = json.dumps({"id": int(id), "type": "Program"})
    folders: list[dict[str, Any]] = []
    if kinds & {"folders", "smart-campaigns"}:
        folders = yield from _browse("folders.json", f"look at the folders of {program}", ("root", here))
        folders = [each for each in folders if _stands_in(each, id)]
        for each in folders:
            state.add(make.of_folder(program, each, state.model))
    if "tokens" in kinds:
        call = Call(
            "GET",
            f"{_ASSET}/folder/{id}/tokens.json",
            f"look at the tokens of {program}",
            query=(("folderType", "Program"),),
        )
        tokens = [each for one in results((yield call)) for each in one.get("tokens") or ()]
        for each in tokens:
            key = Key("tokens", f"{program}.{each.get('name')}")
            state.add(make.of_token(key, each, marked=ours and key in state.wanted))
    if "static-lists" in kinds:
        path, what = "staticLists.json", f"look at the static lists of {program}"
        for each in (yield from _browse(path, what, ("folder", here))):
            state.add(make.of_static(program, each, state.model))
    if "smart-lists" in kinds:
        path, what = "smartLists.json", f"look at the smart lists of {program}"
        for each in (yield from _browse(path, what, ("folder", here))):
            yield from _smart_list(state, program, each)
    if "smart-campaigns" in kinds:
        for each in (yield from _campaigns(program, here, folders)):
            yield from _campaign(state, program, each)


def _stands_in(folder: Mapping[str, Any], program: str) -> bool:
    above = folder.get("parent") or {}
    return str(above.get("id")) == program and str(above.get("type")).lower() == "program"


def _campaigns(program: str, here: str, folders: Sequence[Mapping[str, Any]]) -> Talk[list[dict[str, Any]]]:
    """The campaigns of a program.  No page says whether browsing it shows those of its folders too: where it does not,
    each folder is browsed.
    """
    path, what = "smartCampaigns.json", f"look at the campaigns of {program}"
    records = yield from _browse(path, what, ("folder", here))
    below = any(str((each.get("folder") or {}).get("type")).lower() == "folder" for each in records)
    for folder in () if below else folders:
        there = json.dumps({"id": int(folder["id"]), "type": "Folder"})
        records += yield from _browse(path, what, ("folder", there))
    return records


def _campaign(state: _Look, program: str, record: Mapping[str, Any]) -> Talk[None]:
    key = Key("smart-campaigns", f"{program}.{record['name']}")
    rules = None
    if state.deep and (key in state.wanted):
        rules = yield from _rules(f"smartCampaign/{record['id']}/smartList.json", key.name)
    state.add(make.of_campaign(key, record, rules, state.wanted.get(key), state.model))


def _smart_list(state: _Look, program: str, record: Mapping[str, Any]) -> Talk[None]:
    key = Key("smart-lists", f"{program}.{record['name']}")
    rules = None
    if state.deep and key in state.wanted:
        rules = yield from _rules(f"smartList/{record['id']}.json", key.name)
    state.add(make.of_smart(key, record, rules, state.model))


def _rules(path: str, name: str) -> Talk[Mapping[str, Any] | None]:
    call = Call("GET", f"{_ASSET}/{path}", f"read the rules of {name}", query=(("includeRules", "true"),))
    records = results((yield call))
    rules = records[0].get("rules") if records else None
    return rules if isinstance(rules, dict) else None


def _template(state: _Look, template: str) -> Talk[None]:
    """The campaigns of the program that campaigns are cloned from."""
    for record in (yield from _named("program", template)):
        here = json.dumps({"id": int(record["id"]), "type": "Program"})
        folders = yield from _browse("folders.json", f"look at the folders of {template}", ("root", here))
        inner = [each for each in folders if _stands_in(each, id_of(record))]
        for each in (yield from _campaigns(template, here, inner)):
            state.add(Found(key=Key(TEMPLATES, each["name"]), id=id_of(each)))


def _usage(state: _Look) -> Talk[None]:
    """Calls of the day, by all integrations together; nobody says over the API how many are given."""
    records = results((yield Call("GET", "/rest/v1/stats/usage.json", "look at the calls of the day")))
    if records:
        state.used["API calls of the day"] = (int(records[0].get("total", 0)), 0)
