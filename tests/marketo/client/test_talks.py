"""The client against the embedded sandbox: looks that cost little, pushes that change nothing twice, rules read back."""

from __future__ import annotations

import pytest

from scorewright.plugin.reach import Key
from scorewright.plugin.wire import CallError
from tests.marketo.client.playing import Play, tables
from tests.marketo.sandbox.caller import ASSET, place


@pytest.mark.parametrize("below", [False, True])
def test_a_push_writes_once_and_then_nothing(below):
    play = Play(browse_below=below)
    bundle = tables()
    assert len(play.push(bundle)) == 1 + 1 + 1 + 2 + 2
    assert play.push(bundle) == []
    found = play.look(play.api.resources(bundle))
    assert all(one.marked for one in found.values())
    assert found[Key("tokens", "P.T 0")].made == {"type": "score", "value": "-5"}


def test_a_changed_number_is_one_call():
    play = Play()
    play.push(tables())
    calls = play.push(tables(value=7))
    assert [dict(call.form)["value"] for call in calls] == ["-7", "+7"]
    assert all(call.path.endswith("/tokens.json") and not call.makes for call in calls)


@pytest.mark.parametrize(("tokens", "campaigns"), [(2, 2), (60, 30)])
def test_a_look_costs_a_call_a_program_and_kind(tokens, campaigns):
    play = Play()
    bundle = tables(tokens=tokens, campaigns=campaigns)
    play.push(bundle)
    resources = play.api.resources(bundle)
    play.calls.clear()
    play.look(resources)
    assert len(play.calls) == 9
    play.calls.clear()
    play.look(resources, deep=True)
    assert len(play.calls) == 9 + campaigns


def test_what_a_person_has_built_is_read_back():
    play = Play()
    bundle = tables()
    play.push(bundle)
    resources = {one.key: one for one in play.api.resources(bundle)}
    key = Key("smart-campaigns", "P.C 0")
    assert play.look([*resources.values()])[key].by_hand is None
    assert play.look([*resources.values()], deep=True)[key].by_hand == {}
    play.caller.instance.build(bundle)
    there = play.look([*resources.values()], deep=True)[key].by_hand
    assert there == resources[key].by_hand
    assert there["triggers"] == ["Fills Out Form, Form Name is A; B"]
    play.caller.instance.build(
        tables(programs=("P",))
        | {"smart-campaigns": [{**bundle["smart-campaigns"][0], "qualification": "Only once"}]}
    )
    assert play.look([*resources.values()], deep=True)[key].by_hand["qualification"] == "Only once"


def test_what_nobody_can_read_is_said():
    bundle = tables(campaigns=1)
    (table,) = bundle["smart-campaigns"]
    table["smart_list"]["filter_logic"] = "1 or 2 and 1"
    table["schedule"] = "Daily, every 1 day, at 02:00"
    one = next(each for each in Play().api.resources(bundle) if each.key.kind == "smart-campaigns")
    assert one.unread == ("flow", "filter logic", "hour of the schedule")
    assert one.by_hand["filters hold"] == "advanced"
    assert one.by_hand["schedule"] == "Daily, every 1"


def test_strangers_are_seen_and_not_ours():
    play = Play()
    bundle = tables()
    play.push(bundle)
    program = play.look(play.api.resources(bundle))[Key("programs", "P")].id
    play.caller.campaign("Theirs", int(program))
    play.caller.post(
        f"{ASSET}/folder/{program}/tokens.json", name="Theirs", type="score", value="1", folderType="Program"
    )
    found = play.look(play.api.resources(bundle))
    assert not found[Key("smart-campaigns", "P.Theirs")].marked
    assert not found[Key("tokens", "P.Theirs")].marked
    less = play.look(play.api.resources(tables(campaigns=1)))
    assert less[Key("smart-campaigns", "P.C 1")].marked, "it carries our marker, and is to retire"


def test_a_program_of_ours_that_is_no_longer_wanted_is_found():
    play = Play()
    play.push(tables(programs=("P", "Q")))
    found = play.look(play.api.resources(tables()))
    assert found[Key("programs", "Q")].marked
    assert found[Key("smart-campaigns", "Q.C 0")].marked


def test_a_program_is_found_where_somebody_has_moved_it():
    play = Play()
    other = play.caller.folder("Elsewhere")
    play.caller.program("P", folder=other, description="theirs")
    found = play.look(play.api.resources(tables()))
    assert not found[Key("programs", "P")].marked
    assert found[Key("programs", "P")].made["description"] == "theirs"


def test_two_campaigns_of_one_name_are_counted():
    play = Play(browse_below=False)
    bundle = tables()
    play.push(bundle)
    rows = play.caller.instance._world.rows
    (row,) = [each for each in rows.every("campaign") if each.name == "C 0"]
    rows.make("campaign", row.name, row.home, row.data)
    assert play.look(play.api.resources(bundle))[Key("smart-campaigns", "P.C 0")].also == 1


def test_the_folder_of_the_team_is_used_and_never_taken_over():
    play = Play()
    play.caller.folder("Operational")
    calls = play.push(tables())
    assert not any(dict(call.form or ()).get("name") == "Operational" for call in calls)
    assert not play.look(play.api.resources(tables()))[Key("parent-folders", "Operational")].marked


def test_a_product_begins_as_a_clone_of_one_that_stands():
    play = Play()
    play.push(tables(programs=("P A",)))
    play.caller.instance.build(tables(programs=("P A",)))
    both = tables(programs=("P A", "P B"))
    calls = play.push(both)
    assert [call.path.rpartition("/")[2] for call in calls if call.makes] == ["clone.json"]
    found = play.look(play.api.resources(both), deep=True)
    copy = found[Key("smart-campaigns", "P B.C 0")]
    assert copy.by_hand["filters"] == ["Member of List in P B.L", "Person Score at least 5"]
    assert not copy.live
    assert play.push(both) == []


def test_two_new_products_are_made_and_not_cloned_from_what_is_empty():
    calls = Play().push(tables(programs=("P A", "P B")))
    assert not any(call.path.endswith("clone.json") for call in calls)


def test_campaigns_begin_as_clones_of_a_template():
    play = Play({"template": "Template"})
    bundle = tables(campaigns=2)
    program = play.caller.program("Template")
    play.caller.campaign("C 1", program)
    like = {**bundle["smart-campaigns"][1], "program": "Template"}
    play.caller.instance.build({"smart-campaigns": [like]})
    calls = play.push(bundle)
    assert [call.path.endswith("clone.json") for call in calls if "smartCampaign" in call.path] == [
        False,
        True,
    ]
    found = play.look(play.api.resources(bundle), deep=True)
    assert found[Key("smart-campaigns", "P.C 0")].by_hand == {}
    assert found[Key("smart-campaigns", "P.C 1")].by_hand["qualification"] == "Every time"
    assert found[Key("smart-campaigns", "P.C 1")].marked


def test_everything_made_is_taken_away_but_fields():
    play = Play()
    bundle = tables() | {"score-fields": [field("Behavior Score", "BehaviorScore")]}
    play.push(bundle)
    play.caller.instance.build(bundle)
    resources = play.api.resources(bundle)
    found = play.look(resources)
    campaign = next(one for one in resources if one.key == Key("smart-campaigns", "P.C 0"))
    play.run(play.api.switch_on(campaign, found[campaign.key]))
    found = play.look(resources)
    assert found[campaign.key].live
    ids = {key: one.id for key, one in found.items()}
    for key, one in reversed(found.items()):
        if not play.api.removable(key):
            play.run(play.api.remove(one, ids))
    left = play.look(resources)
    assert set(left) == {Key("score-fields", "Behavior Score")}
    assert "never deleted" in play.api.removable(Key("score-fields", "Behavior Score"))


def field(label, name, *, standard=False):
    return {"name": label, "label": label, "api_name": name, "type": "score", "standard": standard, "for": []}


def test_a_field_is_grave_found_by_label_and_never_changed_in_kind():
    play = Play()
    bundle = {
        "score-fields": [
            field("Behavior Score", "BehaviorScore"),
            field("Person Score", "leadScore", standard=True),
        ]
    }
    own, theirs = play.api.resources(bundle)
    assert (own.grave, theirs.given) == ("permanent-field", True)
    assert play.look((own, theirs))[theirs.key].made["type"] == "score"
    play.push(bundle)
    other = {"score-fields": [field("Behavior Score", "other")]}
    (wanted,) = play.api.resources(other)
    there = play.look([wanted])[wanted.key]
    assert there.made["name"] == "BehaviorScore"
    assert "name" in wanted.fixed


def test_prerequisites_are_looked_for_and_what_the_api_hides_is_said():
    play = Play()
    kinds = ("form", "e-mail", "program", "static list", "channel", "field", "program status")
    asked = [
        {"name": f"{kind}: X", "kind": kind, "asset": "X", "check": "(type string)"}
        for kind in (*kinds, "CRM queue")
    ]
    resources = play.api.resources({"prerequisites": asked})
    assert [one.given for one in resources] == [True] * 7 + [False]
    assert resources[-1].unread == ("whether it is there",)
    assert play.look(resources) == {}
    play.caller.instance.build({"prerequisites": asked})
    assert {key.name for key in play.look(resources)} == {f"{kind}: X" for kind in kinds}


def test_stages_are_switched_on_in_order_and_none_is_skipped():
    play = Play()
    bundle = tables(campaigns=3)
    first, batch, last = bundle["smart-campaigns"]
    first["switched_on"], last["switched_on"] = "helpers", "live"
    batch |= {"switched_on": "start", "type": "batch", "schedule": "Run once"}
    batch["smart_list"] = {"filters": first["smart_list"]["filters"]}
    play.push(bundle)
    play.caller.instance.build({"smart-campaigns": [first, {**batch, "schedule": ""}, last]})
    resources = play.api.resources(bundle)
    by_name = {one.key.name: one for one in resources}
    found = play.look(resources)

    def switch(name):
        one = by_name[f"P.{name}"]
        play.run(play.api.switch_on(one, found[one.key]))

    with pytest.raises(CallError, match="C 0 comes first"):
        switch("C 2")
    switch("C 0")
    with pytest.raises(CallError, match=r"C 1 comes first: run it once .* and wait"):
        switch("C 1")
    with pytest.raises(CallError, match="C 1 comes first"):
        switch("C 2")
    play.caller.instance.build({"smart-campaigns": [batch]})
    found = play.look(resources)
    assert found[Key("smart-campaigns", "P.C 1")].live
    switch("C 2")
    writes = len([call for call in play.calls if call.writes])
    switch("C 2")
    assert len([call for call in play.calls if call.writes]) == writes, "active already"


def test_an_empty_campaign_is_not_switched_on():
    play = Play()
    bundle = tables(campaigns=1)
    play.push(bundle)
    resources = play.api.resources(bundle)
    found = play.look(resources)
    with pytest.raises(CallError, match="can not be activated"):
        play.run(play.api.switch_on(resources[-1], found[resources[-1].key]))


def test_signing_in_gives_a_header_and_its_lifetime():
    play = Play()
    session = play.run(play.api.sign_in("client-credentials", {"client_id": "me", "client_secret": "mine"}))
    assert session.headers == {"Authorization": f"Bearer {play.caller.token}"}
    assert 0 < session.seconds <= 3600
    call = play.calls[-1]
    assert not call.signed
    assert "mine" not in call.what + call.path


def test_a_missing_permission_is_named():
    play = Play()
    assert [missing for _, missing in play.run(play.api.permissions())] == ["", "", ""]
    talk = play.api.permissions()
    call = next(talk)
    refused = {"success": False, "errors": [{"code": "603", "message": "Access denied"}]}
    from scorewright.plugin.wire import Reply

    talk.throw(CallError(call, play.api.judge(call, Reply(200, {}, refused))))
    while True:
        try:
            call = talk.send(play.reply(call))
        except StopIteration as end:
            found = end.value
            break
    assert "Read-Only Assets" in found[0][1]


@pytest.mark.parametrize("name", ["P.with.dots", 'P "q" {x}', "P & Söhne + 100%", "P'; --"])
def test_names_travel_whole(name):
    play = Play()
    bundle = tables(programs=(name,))
    play.push(bundle)
    assert play.push(bundle) == []
    assert play.caller.get(f"{ASSET}/program/byName.json", name=name)["success"]


def test_a_folder_elsewhere_of_the_same_name_is_not_ours():
    play = Play()
    play.caller.id("folders.json", name="Operational", parent=place(17))
    play.push(tables())
    (row,) = play.caller.get(f"{ASSET}/program/byName.json", name="P")["result"]
    (folder,) = play.caller.get(f"{ASSET}/folder/{row['folder']['value']}.json", type="Folder")["result"]
    assert folder["path"] == "/Marketing Activities/Default/Operational"


@pytest.mark.parametrize(("shown", "same"), [(["Fills Out Form"], True), (["Visits Web Page"], False)])
def test_triggers_that_are_texts_are_compared_by_name(monkeypatch, shown, same):
    play = Play()
    bundle = tables(campaigns=1)
    play.push(bundle)
    play.caller.instance.build(bundle)
    whole = play.reply

    def reply(call):
        answer = whole(call)
        if call.path.endswith("/smartList.json"):
            answer.data["result"][0]["rules"]["triggers"] = shown
        return answer

    monkeypatch.setattr(play, "reply", reply)
    resources = play.api.resources(bundle)
    found = play.look(resources, deep=True)[resources[-1].key]
    assert (found.by_hand == resources[-1].by_hand) is same
    assert "names of its triggers alone" in found.note


def test_whoever_asks_for_a_program_alone_sees_what_came_with_it():
    play = Play()
    bundle = tables()
    play.push(bundle)
    program = next(one for one in play.api.resources(bundle) if one.key.kind == "programs")
    found = play.look([program])
    assert {
        Key("programs", "P"),
        Key("folders", "P.01"),
        Key("tokens", "P.T 0"),
        Key("smart-campaigns", "P.C 1"),
    } <= set(found)
