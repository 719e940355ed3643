"""What the client sends, against the parameters that Adobe's OpenAPI files declare (July 2026), as a table of our own."""

from __future__ import annotations

import json
import re

from tests.marketo.client.playing import Play, tables
from tests.marketo.client.test_talks import field

PAGE = {"offset", "maxReturn"}
OPERATIONS = {
    ("GET", "/identity/oauth/token"): {"grant_type!", "client_id!", "client_secret!"},
    ("GET", "/rest/asset/v1/folder/byName.json"): {"name!", "type", "root", "workSpace"},
    ("GET", "/rest/asset/v1/folders.json"): {"root", "maxDepth", "workSpace", *PAGE},
    ("POST", "/rest/asset/v1/folders.json"): {"name!", "parent!", "description"},
    ("POST", "/rest/asset/v1/folder/N.json"): {"type!", "name", "description", "isArchive"},
    ("POST", "/rest/asset/v1/folder/N/delete.json"): {"type!"},
    ("GET", "/rest/asset/v1/folder/N/tokens.json"): {"folderType"},
    ("POST", "/rest/asset/v1/folder/N/tokens.json"): {"name!", "type!", "value!", "folderType!"},
    ("POST", "/rest/asset/v1/folder/N/tokens/delete.json"): {"name", "type", "folderType"},
    ("GET", "/rest/asset/v1/program/byName.json"): {"name!", "includeTags", "includeCosts"},
    ("GET", "/rest/asset/v1/programs.json"): {"filterType", "filterValues", *PAGE},
    ("POST", "/rest/asset/v1/programs.json"): {
        "name!",
        "folder!",
        "type!",
        "channel!",
        "description",
        "tags",
        "costs",
    },
    ("POST", "/rest/asset/v1/program/N.json"): {
        "name",
        "description",
        "tags",
        "costs",
        "costsDestructiveUpdate",
    },
    ("POST", "/rest/asset/v1/program/N/clone.json"): {"name!", "folder!", "description"},
    ("POST", "/rest/asset/v1/program/N/delete.json"): set(),
    ("GET", "/rest/asset/v1/smartCampaigns.json"): {"folder", "isActive", *PAGE},
    ("GET", "/rest/asset/v1/smartCampaign/N.json"): set(),
    ("GET", "/rest/asset/v1/smartCampaign/N/smartList.json"): {"includeRules"},
    ("POST", "/rest/asset/v1/smartCampaigns.json"): {"name!", "folder!", "description"},
    ("POST", "/rest/asset/v1/smartCampaign/N.json"): {"name", "description"},
    ("POST", "/rest/asset/v1/smartCampaign/N/clone.json"): {"name!", "folder!", "description"},
    ("POST", "/rest/asset/v1/smartCampaign/N/delete.json"): set(),
    ("POST", "/rest/asset/v1/smartCampaign/N/activate.json"): set(),
    ("POST", "/rest/asset/v1/smartCampaign/N/deactivate.json"): set(),
    ("GET", "/rest/asset/v1/smartLists.json"): {"folder", *PAGE},
    ("GET", "/rest/asset/v1/smartList/N.json"): {"includeRules"},
    ("POST", "/rest/asset/v1/smartList/N/delete.json"): set(),
    ("GET", "/rest/asset/v1/staticLists.json"): {"folder", *PAGE},
    ("POST", "/rest/asset/v1/staticLists.json"): {"name!", "folder!", "description"},
    ("POST", "/rest/asset/v1/staticList/N.json"): {"name", "description"},
    ("POST", "/rest/asset/v1/staticList/N/delete.json"): set(),
    ("GET", "/rest/asset/v1/channels.json"): PAGE,
    ("GET", "/rest/asset/v1/form/byName.json"): {"name!"},
    ("GET", "/rest/asset/v1/email/byName.json"): {"name!"},
    ("GET", "/rest/asset/v1/staticList/byName.json"): {"name!"},
    ("GET", "/rest/asset/v1/smartList/byName.json"): {"name!"},
    ("GET", "/rest/v1/leads/schema/fields.json"): {"batchSize", "nextPageToken"},
    ("POST", "/rest/v1/leads/schema/fields.json"): {"displayName!", "name!", "dataType!", "description"},
    ("POST", "/rest/v1/leads/schema/fields/X.json"): {"displayName", "description"},
    ("GET", "/rest/v1/stats/usage.json"): set(),
}
"""By method and path (N: an id, X: a field): what may be sent, and with an exclamation mark what has to be."""
NESTED = {"folder", "parent", "root"}
READ_BY = {"filterValues"}  # the file names it in the words of filterType alone


def everything():
    """Calls of every kind that the client has."""
    play = Play({"template": "Template"})
    kinds = ("form", "e-mail", "program", "static list", "smart list", "channel", "field", "program status")
    first = tables(programs=("A",)) | {
        "score-fields": [field("Behavior Score", "BehaviorScore")],
        "static-lists": [{"name": "A.L", "program": "A", "list": "L", "why": "because"}],
        "smart-lists": [{"name": "A.S", "program": "A", "list": "S", "why": "", "filters": []}],
        "prerequisites": [{"name": f"{kind}: X", "kind": kind, "asset": "X"} for kind in kinds],
    }
    play.run(play.api.sign_in("client-credentials", {"client_id": "me", "client_secret": "mine"}))
    play.run(play.api.permissions())
    play.caller.campaign("C 1", play.caller.program("Template"))
    play.push(first)
    play.caller.instance.build(first)
    play.look(play.api.resources(first), deep=True)
    for table in (*first["programs"], *first["smart-campaigns"], *first["static-lists"]):
        table["description"] = table["why"] = "changed"
    play.push(first)
    plain = tables(programs=("P A",))
    play.push(plain)
    play.push(tables(programs=("P A", "P B")))
    resources = play.api.resources(first)
    found = play.look(resources)
    active = next(one for one in resources if one.key.name == "A.C 0")
    play.run(play.api.switch_on(active, found[active.key]))
    relabelled = play.api.resources({"score-fields": [field("Behaviour Score", "BehaviorScore")]})[0]
    (score,) = [one for key, one in found.items() if key.kind == "score-fields"]
    play.run(play.api.change(relabelled, score, {}))
    found = play.look(resources)
    ids = {key: one.id for key, one in found.items()}
    folder = next(one for one in resources if one.key.kind == "folders")
    play.run(play.api.change(folder, found[folder.key], ids))
    for key, one in reversed(found.items()):
        if not play.api.removable(key):
            play.run(play.api.remove(one, ids))
    return play.calls


def test_every_call_is_one_that_adobe_declares():
    seen = set()
    for call in everything():
        path = re.sub(r"(?<=/)\d+(?=[/.])", "N", call.path)
        path = re.sub(r"(?<=fields/)\w+(?=\.json)", "X", path)
        declared = OPERATIONS[call.method, path]
        seen.add((call.method, path))
        sent = dict((*call.query, *(call.form or ()), *((call.json or {"input": [{}]})["input"][0].items())))
        required = {name[:-1] for name in declared if name.endswith("!")}
        assert required <= set(sent), (path, sent)
        assert set(sent) - READ_BY <= {name.removesuffix("!") for name in declared}, (path, sent)
        for name in NESTED & set(sent):
            value = json.loads(sent[name])
            assert set(value) == {"id", "type"}
            assert isinstance(value["id"], int)
            assert value["type"] in {"Folder", "Program"}
        assert call.writes == (call.method == "POST")
    assert seen == set(OPERATIONS)
