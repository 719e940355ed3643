"""Making, changing and taking away: a look by name first, reads that lag, assets in a campaign, what is left to people."""

from __future__ import annotations

import pytest

from scorewright.plugin.reach import Found, Key
from scorewright.plugin.wire import CallError
from tests.pardot.unit import Unit, api_of

TAG = {"name": "hot", "for": ["marks.hot"]}
FIELD = {"name": "Fit", "field_id": "Fit", "type": "number", "for": []}
AD = {"name": "Ad", "for": []}
CAMPAIGN = Key("prerequisites", "campaign: Website Tracking")
LINKS = {"campaign": "Website Tracking", "redirects": {"Ad": "https://a.example/?a=1&b=%2B"}}


@pytest.fixture
def unit():
    return Unit().sign_in()


def only(api, tables, kind):
    (found,) = [one for one in api.resources(tables) if one.key.kind == kind]
    return found


def make(unit, api, resource, ids=None):
    (found,) = unit.drive(api, api.create(resource, ids or {}))
    return found


@pytest.mark.parametrize(
    ("kind", "table"), [("tags", TAG), ("custom-fields", FIELD), ("static-lists", {"name": "L", "for": []})]
)
def test_what_is_made_is_as_it_was_asked_for_and_is_not_made_again(unit, kind, table):
    api = api_of()
    resource = only(api, {kind: [table]}, kind)
    found = make(unit, api, resource)
    assert dict(found.made) == dict(resource.made)
    unit.wait()
    again = make(unit, api, resource)
    assert again == found
    assert sum(unit.sandbox.writes(call) for call in unit.calls) == 1


def test_within_the_lag_a_look_does_not_see_what_was_made(unit):
    """Which is why the driver reads its journal, and waits."""
    api = api_of()
    resource = only(api, {"tags": [TAG]}, "tags")
    assert [make(unit, api, resource).id for _ in range(2)] == ["1", "2"]


def test_where_the_platform_refuses_a_name_twice_nothing_is_looked_up():
    unit = Unit(unique=["tags"]).sign_in()
    api = api_of(facts={"api-names-repeat": False})
    resource = only(api, {"tags": [TAG]}, "tags")
    begun = len(unit.calls)
    make(unit, api, resource)
    assert len(unit.calls) - begun == 1
    with pytest.raises(CallError) as failure:
        make(unit, api, resource)
    assert failure.value.verdict.outcome == "refused"


@pytest.mark.parametrize(("small", "sent"), [(True, "multi-select"), (False, "Multi-Select")])
def test_a_type_is_spelled_as_the_account_takes_it(unit, small, sent):
    api = api_of(facts={"api-field-types-small": small})
    resource = only(api, {"custom-fields": [FIELD | {"type": "multi-select"}]}, "custom-fields")
    assert make(unit, api, resource).made["type"] == "multi-select"
    assert f'"type": "{sent}"'.encode() in unit.calls[-1].body


def test_a_list_says_whose_it_is(unit):
    api = api_of(model="school")
    found = make(unit, api, only(api, {"static-lists": [{"name": "L", "for": []}]}, "static-lists"))
    assert found.marked
    assert unit.rows("lists")[0]["description"] == "scorewright: school"
    assert api_of(model="other").look is not api.look


def test_a_redirect_goes_into_the_campaign_of_the_settings(unit):
    api = api_of(**LINKS)
    tables = {"custom-redirects": [AD]}
    resource = only(api, tables, "custom-redirects")
    assert resource.needs == (CAMPAIGN,)
    assert only(api, tables, "prerequisites").given
    found = make(unit, api, resource, {CAMPAIGN: "1"})
    assert dict(found.made) == {
        "name": "Ad",
        "destinationUrl": LINKS["redirects"]["Ad"],
        "campaign": "Website Tracking",
    }
    unit.wait()
    seen = unit.drive(api, api.look(api.resources(tables), deep=False))
    assert {one.key: dict(one.made) for one in seen.found}[resource.key] == dict(resource.made)


def test_without_the_campaign_nothing_is_made(unit):
    api = api_of(**LINKS)
    resource = only(api, {"custom-redirects": [AD]}, "custom-redirects")
    with pytest.raises(CallError, match="make it in Salesforce first"):
        make(unit, api, resource)
    assert not unit.rows("custom-redirects")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "redirects) nor"),
        ({"campaign": "C"}, "where it leads"),
        ({"redirects": LINKS["redirects"]}, "the campaign"),
    ],
)
def test_a_redirect_that_the_settings_do_not_describe_is_left_to_a_person(settings, says):
    resource = only(api_of(**settings), {"custom-redirects": [AD]}, "custom-redirects")
    assert not resource.made
    assert resource.by_hand
    assert says in resource.note


def test_a_form_handler_is_made_where_the_settings_name_it(unit):
    handler = {"name": "form handler: Demo", "kind": "form handler", "called": "Demo", "for": []}
    tables = {"prerequisites": [handler]}
    assert api_of().resources(tables)[0].given
    assert "(campaign)" in api_of(form_handlers=["Demo"]).resources(tables)[0].note
    api = api_of(form_handlers=["Demo"], campaign="Website Tracking")
    resource = api.resources(tables)[1]
    found = make(unit, api, resource, {CAMPAIGN: "1"})
    assert dict(found.made) == {"name": "Demo", "campaign": "Website Tracking"}
    assert api.removable(resource.key) == ""
    unit.wait()
    seen = unit.drive(api, api.look(api.resources(tables), deep=False))
    assert resource.key in {one.key for one in seen.found}
    unit.drive(api, api.remove(found, {}))
    assert unit.rows("form-handlers")[0]["isDeleted"] == "true"


def test_a_change_writes_what_differs_and_is_not_fixed(unit):
    api = api_of(**LINKS)
    tables = {"custom-redirects": [AD]}
    resource = only(api, tables, "custom-redirects")
    old = make(
        unit,
        api_of(**{**LINKS, "redirects": {"Ad": "https://old.example"}}),
        only(api_of(**{**LINKS, "redirects": {"Ad": "https://old.example"}}), tables, "custom-redirects"),
        {CAMPAIGN: "1"},
    )
    new = unit.drive(api, api.change(resource, old, {CAMPAIGN: "1"}))
    assert dict(new.made) == dict(resource.made)
    assert unit.calls[-1].method == "PATCH"
    assert b"name" not in unit.calls[-1].body
    field = only(api, {"custom-fields": [FIELD]}, "custom-fields")
    found = make(
        unit, api, only(api, {"custom-fields": [FIELD | {"name": "Old", "type": "text"}]}, "custom-fields")
    )
    changed = unit.drive(api, api.change(field, found, {}))
    assert unit.calls[-1].body == b'{"name": "Fit"}'
    assert changed.made["type"] == "text"


def test_what_is_gone_when_it_is_to_be_changed_is_refused(unit):
    api = api_of()
    resource = only(api, {"tags": [TAG]}, "tags")
    with pytest.raises(CallError) as failure:
        unit.drive(api, api.change(resource, Found(key=resource.key, id="9", made={"name": "x"}), {}))
    assert failure.value.verdict.outcome == "refused"


@pytest.mark.parametrize(
    ("kind", "table"), [("tags", TAG), ("custom-fields", FIELD), ("static-lists", {"name": "L", "for": []})]
)
def test_what_is_taken_away_is_gone_and_may_be_taken_away_again(unit, kind, table):
    api = api_of()
    resource = only(api, {kind: [table]}, kind)
    found = make(unit, api, resource)
    for _ in range(2):
        unit.drive(api, api.remove(found, {}))
    unit.wait()
    assert unit.drive(api, api.look([resource], deep=False)).found == ()


def test_what_a_rule_still_uses_is_not_taken_away(unit):
    api = api_of()
    found = make(unit, api, only(api, {"tags": [TAG]}, "tags"))
    rule = {"name": "R", "match": "all", "criteria": [], "actions": [{"action": "Apply tags", "of": "hot"}]}
    unit.sandbox.build({"automation-rules": [rule]})
    with pytest.raises(CallError, match="take it out of the rules"):
        unit.drive(api, api.remove(found, {}))


def test_who_may_make_but_not_read_learns_the_id_from_the_place():
    class Blind(Unit):
        def ask(self, method, path, query=(), body=b"", **headers):
            status, data, given = super().ask(method, path, query, body, **headers)
            return (204, None, given) if status == 201 else (status, data, given)

    unit, api = Blind().sign_in(), api_of()
    found = make(unit, api, only(api, {"tags": [TAG]}, "tags"))
    assert (found.id, dict(found.made)) == ("1", {"name": "hot"})


def test_every_kind_that_the_api_cannot_delete_says_why():
    from scorewright_pardot.emit import KINDS

    api = api_of()
    free = {kind for kind, *_ in KINDS if not api.removable(Key(kind, "x"))}
    assert free == {"tags", "custom-fields", "static-lists", "custom-redirects"}
    with pytest.raises(CallError, match="resumed by a person"):
        next(api.switch_on(only(api, {"tags": [TAG]}, "tags"), Found(key=Key("tags", "hot"), id="1")))


def test_a_row_that_changes_asks_and_one_that_keeps_its_points_does_not():
    rows = [
        {"name": "Page View", "points": 0, "shipped": 1, "for": []},
        {"name": "Email Open", "points": 0, "shipped": 0, "for": []},
    ]
    api = api_of()
    found = [one.grave for one in api.resources({"baseline-scoring": rows})]
    assert found == ["rescores-everyone", ""]
    assert set(found) - {""} == set(api.graves)


def test_what_the_api_cannot_show_of_the_team_is_nobodys_to_read():
    kinds = (
        "webinar",
        "event",
        "account field",
        "profile",
        "queue",
        "group",
        "external activity",
        "email",
        "something new",
    )
    tables = {
        "prerequisites": [{"name": f"{kind}: X", "kind": kind, "called": "X", "for": []} for kind in kinds]
    }
    for resource in api_of().resources(tables):
        assert not resource.given
        assert resource.unread[0] == "whether it is there"
        assert resource.note


def test_needs_are_in_the_order_of_building_and_never_itself():
    from tests.pardot.client.test_whole import NAMES, tables_of

    for name in NAMES:
        resources = api_of().resources(tables_of(name))
        places = {one.key: number for number, one in enumerate(resources)}
        assert len(places) == len(resources)
        for one in resources:
            assert one.key not in one.needs
            assert set(one.needs) <= set(places)
            if one.made:
                assert all(places[key] < places[one.key] for key in one.needs)
