"""Folders, programs, tokens, campaigns, lists and fields: what can be made, and what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.marketo.sandbox.caller import ASSET, LEADS, Caller, code, place


def test_ids_of_folders_and_programs_collide_and_the_type_decides():
    caller = Caller()
    folder = caller.folder()
    program = caller.program(folder=folder)
    assert folder == program
    caller.post(
        f"{ASSET}/folder/{program}/tokens.json", name="T", type="score", value="+5", folderType="Program"
    )
    assert "result" not in caller.get(f"{ASSET}/folder/{folder}/tokens.json", folderType="Folder")
    wrong = caller.post(
        f"{ASSET}/folder/{program}/tokens.json", name="T", type="score", value="+7", folderType="Folder"
    )
    assert wrong["success"], "nobody notices that it went to the folder"
    (there,) = caller.get(f"{ASSET}/folder/{program}/tokens.json", folderType="Program")["result"]
    assert there["tokens"][0]["value"] == "+5"


def test_three_shapes_of_folders():
    caller = Caller()
    folder = caller.folder()
    program = caller.program(folder=folder)
    campaign = caller.campaign("C", program)
    (record,) = caller.get(f"{ASSET}/folder/{folder}.json", type="Folder")["result"]
    assert record["folderId"] == {"id": folder, "type": "Folder"}
    assert record["path"] == "/Marketing Activities/Default/Operational"
    (loud,) = caller.get(f"{ASSET}/folder/byName.json", name="Operational")["result"]
    assert loud["folderId"] == {"id": folder, "type": "FOLDER"}
    (made,) = caller.get(f"{ASSET}/program/{program}.json")["result"]
    assert made["folder"] == {"type": "Folder", "value": folder, "folderName": "Operational"}
    (shell,) = caller.get(f"{ASSET}/smartCampaign/{campaign}.json")["result"]
    assert shell["folder"] == {"id": program, "type": "Program"}
    assert shell["parentProgramId"] == program
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\+0000", shell["createdAt"])


def test_a_fresh_campaign_is_empty_and_cannot_be_activated():
    caller = Caller()
    campaign = caller.campaign("C", caller.program())
    (record,) = caller.get(f"{ASSET}/smartCampaign/{campaign}.json")["result"]
    assert (record["type"], record["status"], record["isActive"]) == ("batch", "Never Run", False)
    assert record["recurrence"] == {"weekdayOnly": False}
    assert record["qualificationRuleType"] == "once"
    assert code(caller.post(f"{ASSET}/smartCampaign/{campaign}/activate.json")) == "709"
    (rules,) = caller.get(f"{ASSET}/smartCampaign/{campaign}/smartList.json", includeRules="true")["result"]
    assert rules["rules"] == {"filterMatchType": "all", "triggers": [], "filters": []}
    (bare,) = caller.get(f"{ASSET}/smartCampaign/{campaign}/smartList.json")["result"]
    assert "rules" not in bare


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"name": ""}, "701"),
        ({"name": "x" * 256}, "701"),
        ({"description": "x" * 2001}, "701"),
        ({"folder": ""}, "701"),
        ({"folder": "no json"}, "611"),
        ({"folder": {"id": 99999, "type": "Folder"}}, "710"),
        ({"folder": {"id": 18, "type": "Folder"}}, "711"),
        ({"type": "Nonsense"}, "709"),
        ({"channel": "Nonsense"}, "709"),
        ({"channel": "Webinar"}, "709"),
        ({"name": "taken"}, "709"),
        ({"tags": [{"tagType": "x", "tagValue": "y"}]}, "709"),
    ],
)
def test_a_program_is_refused_with_its_code(form, expected):
    caller = Caller()
    folder = caller.folder()
    caller.program("TAKEN", folder=folder)
    whole = {"name": "P", "folder": place(folder), "type": "Default", "channel": "Operational", **form}
    assert code(caller.post(f"{ASSET}/programs.json", **whole)) == expected


def test_folders_that_hold_something_or_are_the_systems_stay():
    caller = Caller()
    folder = caller.folder()
    program = caller.program(folder=folder)
    assert code(caller.post(f"{ASSET}/folder/{folder}/delete.json", type="Folder")) == "709"
    assert code(caller.post(f"{ASSET}/folder/14/delete.json", type="Folder")) == "709"
    assert (
        "Program"
        in caller.post(f"{ASSET}/folder/{program}/delete.json", type="Program")["errors"][0]["message"]
    )
    assert caller.post(f"{ASSET}/program/{program}/delete.json")["result"] == [{"id": program}]
    assert caller.post(f"{ASSET}/folder/{folder}/delete.json", type="Folder")["success"]


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=50),
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60),
)
def test_any_token_comes_back_as_it_was_sent(name, value):
    caller, program = TOKENS
    form = {"name": name, "type": "text", "value": value, "folderType": "Program"}
    answer = caller.post(f"{ASSET}/folder/{program}/tokens.json", **form)
    if not name.strip() or not value.strip():
        assert code(answer) == "701"
        return
    (found,) = caller.get(f"{ASSET}/folder/{program}/tokens.json", folderType="Program")["result"]
    mine = [each for each in found["tokens"] if each["name"].casefold() == name.strip().casefold()]
    assert [each["value"] for each in mine] == [value.strip()]
    name = mine[0]["name"]
    assert caller.post(f"{ASSET}/folder/{program}/tokens/delete.json", **{**form, "name": name})["success"]


_caller = Caller(quota=10**9)
TOKENS = (_caller, _caller.program())


def test_a_plus_that_was_not_encoded_is_a_blank():
    caller = Caller()
    program = caller.program()
    path = f"{ASSET}/folder/{program}/tokens.json"
    for spelled, stored in ((b"%2B10", "+10"), (b"+10", "10"), (b"-5", "-5")):
        body = b"name=T&type=score&folderType=Program&value=" + spelled
        answer = caller.data(caller.send("POST", path, body=body, kind="application/x-www-form-urlencoded"))
        assert answer["result"][0]["tokens"][0]["value"] == stored


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"value": "ten"}, "709"),
        ({"value": "1.5"}, "709"),
        ({"value": str(2**31)}, "709"),
        ({"value": ""}, "701"),
        ({"name": "x" * 51}, "701"),
        ({"type": "points"}, "709"),
        ({"type": "date", "value": "2026-02-30"}, "704"),
        ({"type": "text", "value": "x", "name": "THERE"}, "709"),
        ({"folderType": ""}, "701"),
        ({"folderType": "Room"}, "1003"),
    ],
)
def test_a_token_is_refused_with_its_code(form, expected):
    caller = Caller()
    path = f"{ASSET}/folder/{caller.program()}/tokens.json"
    whole = {"name": "T", "type": "score", "value": "5", "folderType": "Program"}
    assert caller.post(path, **{**whole, "name": "there"})["success"]
    assert code(caller.post(path, **{**whole, **form})) == expected


def test_a_name_with_a_comma_is_never_found():
    caller = Caller()
    program = caller.program("One, two")
    assert "result" not in caller.get(f"{ASSET}/program/byName.json", name="One, two")
    assert caller.get(f"{ASSET}/program/{program}.json")["result"][0]["name"] == "One, two"


def test_a_campaigns_name_is_taken_once_in_a_program_and_free_in_the_next():
    caller = Caller()
    first, second = caller.program("A"), caller.program("B")
    inner = caller.id("folders.json", name="01", parent=place(first, "Program"))
    caller.campaign("C", first)
    caller.campaign("C", second)
    again = caller.post(f"{ASSET}/smartCampaigns.json", name="c", folder=place(inner))
    assert code(again) == "709"
    assert len(caller.get(f"{ASSET}/smartCampaign/byName.json", name="C")["result"]) == 1


def test_static_lists_have_one_name_everywhere():
    caller = Caller()
    first, second = caller.program("A"), caller.program("B")
    made = caller.id("staticLists.json", name="L", folder=place(first, "Program"))
    assert code(caller.post(f"{ASSET}/staticLists.json", name="L", folder=place(second, "Program"))) == "709"
    assert (
        caller.post(f"{ASSET}/staticList/{made}.json", description="why")["result"][0]["description"] == "why"
    )
    assert [
        each["id"]
        for each in caller.get(f"{ASSET}/staticLists.json", folder=place(first, "Program"))["result"]
    ] == [made]
    assert caller.post(f"{ASSET}/staticList/{made}/delete.json")["success"]
    assert code(caller.post(f"{ASSET}/staticList/{made}/delete.json")) == "702"


def test_fields_are_made_one_by_one_and_stay():
    caller = Caller()
    path = f"{LEADS}/leads/schema/fields.json"
    rows = [
        {"displayName": "Behavior Score", "name": "BehaviorScore", "dataType": "score"},
        {"displayName": "Behavior score", "name": "other", "dataType": "score"},
        {"displayName": "X", "name": "behaviorscore", "dataType": "score"},
        {"displayName": "Y", "name": "1y", "dataType": "score"},
        {"displayName": "Z", "name": "z", "dataType": "points"},
        {"name": "w", "dataType": "score"},
    ]
    answer = caller.post_json(path, {"input": rows})
    assert answer["success"]
    codes = [each.get("reasons", [{"code": each["status"]}])[0]["code"] for each in answer["result"]]
    assert codes == ["created", "1017", "1017", "1003", "1001", "1002"]
    (field,) = caller.get(f"{LEADS}/leads/schema/fields/BehaviorScore.json")["result"]
    assert (field["isCustom"], field["isApiCreated"], field["dataType"]) == (True, True, "score")
    assert (
        code(caller.data(caller.send("POST", f"{LEADS}/leads/schema/fields/BehaviorScore/delete.json")))
        == "610"
    )
    one = f"{LEADS}/leads/schema/fields/BehaviorScore.json"
    assert caller.post_json(one, {"input": [{"isHidden": True}]})["result"][0]["status"] == "updated"
    assert caller.post_json(one, {"input": [{"dataType": "string"}]})["result"][0]["status"] == "skipped"


def test_a_hundred_fields_and_no_more():
    caller = Caller()
    rows = [{"displayName": f"F {n}", "name": f"f{n}", "dataType": "score"} for n in range(101)]
    answer = caller.post_json(f"{LEADS}/leads/schema/fields.json", {"input": rows})
    assert [each["status"] for each in answer["result"]].count("created") == 100
    page = caller.get(f"{LEADS}/leads/schema/fields.json", batchSize="50")
    assert (len(page["result"]), page["moreResult"]) == (50, True)
    rest = caller.get(f"{LEADS}/leads/schema/fields.json", nextPageToken=page["nextPageToken"])
    assert (len(rest["result"]), rest["moreResult"]) == (71, False)


def test_folders_are_sent_without_quotation_marks_by_clients_in_use():
    caller = Caller()
    for number, spelled in enumerate(
        ("{'id': 15, 'type': Folder}", '{"type": "folder","id": 15}', "{id:15,type:Folder}")
    ):
        assert caller.post(f"{ASSET}/folders.json", name=f"F{number}", parent=spelled)["success"]


@pytest.mark.parametrize(
    "name", ["<b>x</b>", "a'; DROP TABLE marketo;--", "ünï ☃", "..", "%2B+&=", "x" * 255]
)
def test_hostile_names_are_names(name):
    caller = Caller()
    program = caller.program(name, folder=caller.folder())
    assert caller.get(f"{ASSET}/program/byName.json", name=name)["result"][0]["id"] == program
    assert any(name in row for table in caller.instance.shown() for row in table.rows)


def test_browsing_by_the_time_of_change():
    caller = Caller()
    caller.program("Old")
    caller.now += 100
    caller.program("New")

    def names(**query):
        return [each["name"] for each in caller.get(f"{ASSET}/programs.json", **query).get("result", [])]

    assert names(earliestUpdatedAt="2026-05-01T01:47:00Z") == ["New"]
    assert names(latestUpdatedAt="2026-05-01T03:47:00 02:00") == ["Old"]
    assert names(earliestUpdatedAt="2027-01-01T00:00:00-05:00") == []
    assert code(caller.get(f"{ASSET}/programs.json", earliestUpdatedAt="yesterday")) == "704"


def test_the_older_listings_say_the_same():
    caller = Caller()
    program = caller.program()
    campaign = caller.campaign("C", program)
    made = caller.id("staticLists.json", name="L", folder=place(program, "Program"))
    (old,) = caller.get(f"{LEADS}/campaigns.json", programName="P")["result"]
    assert (old["id"], old["type"], old["active"], old["programId"]) == (campaign, "batch", False, program)
    assert caller.get(f"{LEADS}/campaigns.json", name="other,another")["result"] == []
    assert caller.get(f"{LEADS}/lists/{made}.json")["result"][0]["name"] == "L"
    assert caller.get(f"{LEADS}/lists/77.json")["result"][0]["reasons"][0]["code"] == "1013"
    assert caller.get(f"{LEADS}/leads.json", filterType="id", filterValues="1")["result"] == []
    assert code(caller.get(f"{LEADS}/leads.json", filterType="id")) == "1002"
