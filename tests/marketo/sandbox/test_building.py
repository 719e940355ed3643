"""A person's part: what the sheet asks is built, read back, activated, cloned."""

from __future__ import annotations

import pytest

from tests.marketo.sandbox.caller import ASSET, LEADS, Caller, code, place

TRIGGER = {
    "rule": "Program Status is Changed",
    "api": "Progression Status is Changed",
    "attribute": "Program",
    "operator": "is",
    "values": ["Tradeshow"],
    "constraints": [{"name": "New Status", "operator": "is", "values": ["Visited Booth"]}],
}
CAMPAIGN = {
    "program": "P",
    "campaign": "C",
    "folder": "01",
    "type": "trigger",
    "smart_list": {
        "triggers": [TRIGGER],
        "filters": [{"rule": "Member of List", "operator": "in", "values": ["P.L"]}],
        "filter_logic": "ALL",
    },
    "flow": [{"step": "Change Score", "fields": []}],
    "qualification": "Once every 7 days",
}


@pytest.fixture
def built():
    caller = Caller()
    caller.folder_id = caller.folder()
    caller.program_id = caller.program(folder=caller.folder_id)
    inner = caller.id("folders.json", name="01", parent=place(caller.program_id, "Program"))
    caller.campaign_id = caller.id("smartCampaigns.json", name="C", folder=place(inner))
    caller.instance.build({"smart-campaigns": [CAMPAIGN]})
    return caller


def rules(caller, id):
    return caller.get(f"{ASSET}/smartCampaign/{id}/smartList.json", includeRules="true")["result"][0]["rules"]


def test_rules_are_shown_in_the_apis_words_and_the_flow_never_is(built):
    (trigger,) = rules(built, built.campaign_id)["triggers"]
    assert trigger["name"] == "Progression Status is Changed"
    assert [
        (each["activityAttributeName"], each["operator"], each["values"], each["isPrimary"])
        for each in trigger["conditions"]
    ] == [
        ("Program", "is", ["Tradeshow"], True),
        ("New Status", "is", ["Visited Booth"], False),
    ]
    record = built.get(f"{ASSET}/smartCampaign/{built.campaign_id}.json")
    assert "Change Score" not in str(record)
    (record,) = record["result"]
    interval = ("qualificationRuleType", "qualificationRuleInterval", "qualificationRuleUnit")
    assert [record[key] for key in interval] == ["interval", 7, "day"]
    assert record["type"] == "trigger"


def test_what_is_built_is_activated_once_and_then_stands(built):
    path = f"{ASSET}/smartCampaign/{built.campaign_id}"
    assert code(built.post(f"{path}/deactivate.json")) == "709"
    assert built.post(f"{path}/activate.json")["success"]
    assert code(built.post(f"{path}/activate.json")) == "709"
    assert code(built.post(f"{path}/delete.json")) == "709"
    assert code(built.post(f"{ASSET}/program/{built.program_id}/delete.json")) == "709"
    active = built.get(f"{ASSET}/smartCampaigns.json", isActive="true")["result"]
    assert [each["id"] for each in active] == [built.campaign_id]
    assert built.post(f"{path}/deactivate.json")["success"]
    assert built.post(f"{path}/delete.json")["success"]


def test_a_clone_has_everything_inactive_and_points_to_itself(built):
    built.post(f"{ASSET}/smartCampaign/{built.campaign_id}/activate.json")
    built.post(
        f"{ASSET}/folder/{built.program_id}/tokens.json",
        name="T",
        type="score",
        value="+5",
        folderType="Program",
    )
    form = {"name": "Q", "folder": place(built.folder_id)}
    copy = built.post(f"{ASSET}/program/{built.program_id}/clone.json", **form)["result"][0]["id"]
    (tokens,) = built.get(f"{ASSET}/folder/{copy}/tokens.json", folderType="Program")["result"]
    assert tokens["tokens"][0]["value"] == "+5"
    (folder, *_) = [
        each
        for each in built.get(f"{ASSET}/folder/{copy}/content.json", type="Program")["result"]
        if each["type"] == "Folder"
    ]
    (campaign,) = built.get(f"{ASSET}/smartCampaigns.json", folder=place(folder["id"]))["result"]
    assert (campaign["isActive"], campaign["parentProgramId"]) == (False, copy)
    (filter,) = rules(built, campaign["id"])["filters"]
    assert filter["conditions"][0]["values"] == ["Q.L"]
    assert code(built.post(f"{ASSET}/program/{built.program_id}/clone.json", **form)) == "709"
    assert (
        code(
            built.post(
                f"{ASSET}/program/{built.program_id}/clone.json", name="R", folder=place(copy, "Program")
            )
        )
        == "711"
    )


def test_clones_at_once_wait_for_a_lock_in_vain(built):
    form = {"name": "Q", "folder": place(built.folder_id)}
    path = f"{ASSET}/program/{built.program_id}/clone.json"
    assert code(built.post(path, beside=(f"POST {path}",), **form)) == "719"
    assert "result" not in built.get(f"{ASSET}/program/byName.json", name="Q")


def test_browsing_a_program_shows_what_stands_right_in_it_or_all_of_it():
    for below, expected in ((False, []), (True, ["C"])):
        caller = Caller(browse_below=below)
        program = caller.program()
        inner = caller.id("folders.json", name="01", parent=place(program, "Program"))
        caller.id("smartCampaigns.json", name="C", folder=place(inner))
        answer = caller.get(f"{ASSET}/smartCampaigns.json", folder=place(program, "Program"))
        assert [each["name"] for each in answer.get("result", [])] == expected


@pytest.mark.parametrize(
    ("words", "picked"),
    [
        ("Weekly, on Monday, at 00:05", {"intervalType": "Weekly", "interval": 1, "weekdayMask": ["Monday"]}),
        ("Monthly, on day 1, at 00:05", {"intervalType": "Monthly", "interval": 1, "dayOfMonth": 1}),
        (
            "Monthly, on day 1, every 3 months from January, at 00:05",
            {"intervalType": "Monthly", "interval": 3, "dayOfMonth": 1},
        ),
    ],
)
def test_batches_of_a_calendar_recur_by_its_weeks_and_months(built, words, picked):
    table = {**CAMPAIGN, "type": "batch", "smart_list": {}, "schedule": words}
    built.instance.build({"smart-campaigns": [table]})
    (record,) = built.get(f"{ASSET}/smartCampaign/{built.campaign_id}.json")["result"]
    assert record["status"] == "Recurring Run"
    assert picked.items() <= record["recurrence"].items()


def test_batches_recur_and_are_run(built):
    nightly = {**CAMPAIGN, "type": "batch", "smart_list": {}, "schedule": "Daily, every 1 day, at 02:00"}
    built.instance.build({"smart-campaigns": [nightly]})
    (record,) = built.get(f"{ASSET}/smartCampaign/{built.campaign_id}.json")["result"]
    assert record["status"] == "Recurring Run"
    assert record["recurrence"]["startAt"].endswith("T02:00:00Z+0000")
    assert (record["recurrence"]["intervalType"], record["recurrence"]["interval"]) == ("Daily", 1)
    built.instance.build({"smart-campaigns": [{**nightly, "schedule": "Run once"}]})
    (record,) = built.get(f"{ASSET}/smartCampaign/{built.campaign_id}.json")["result"]
    assert record["status"] == "Single Run"
    path = f"{LEADS}/campaigns/{built.campaign_id}/schedule.json"
    assert built.post_json(path, {"input": {}})["result"] == [{"id": built.campaign_id}]


def test_a_trigger_campaign_is_not_scheduled_nor_an_inactive_one_requested(built):
    start = f"{LEADS}/campaigns/{built.campaign_id}"
    for path, body in (("schedule", {"input": {}}), ("trigger", {"input": {"leads": [{"id": 1}]}})):
        (record,) = built.post_json(f"{start}/{path}.json", body)["result"]
        assert record["reasons"][0]["code"] == "1003"


def test_what_belongs_to_the_team_is_there_once():
    caller = Caller()
    kinds = (
        "channel",
        "program",
        "form",
        "e-mail",
        "static list",
        "field",
        "program status",
        "custom activity",
    )
    tables = {
        "prerequisites": [{"kind": kind, "asset": f"The {kind}", "check": "(type integer)"} for kind in kinds]
    }
    caller.instance.build(tables)
    before = caller.instance.shown()
    caller.instance.build(tables)
    assert caller.instance.shown() == before
    assert caller.get(f"{ASSET}/form/byName.json", name="The form")["success"]
    fields = caller.get(f"{LEADS}/leads/schema/fields.json")["result"]
    assert [each["dataType"] for each in fields if each["displayName"] == "The field"] == ["integer"]


def test_nothing_is_built_where_nothing_stands():
    caller = Caller()
    before = caller.instance.shown()
    caller.instance.build({"smart-campaigns": [CAMPAIGN], "smart-lists": [{"program": "P", "list": "L"}]})
    assert caller.instance.shown() == before


def test_a_list_that_is_asked_for_stays(built):
    made = built.id("staticLists.json", name="L", folder=place(built.program_id, "Program"))
    assert code(built.post(f"{ASSET}/staticList/{made}/delete.json")) == "709"
