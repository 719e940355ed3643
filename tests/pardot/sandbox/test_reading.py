"""Reads and queries of the embedded unit: fields, dots, filters, order, pages, lag, and what has not changed."""

from __future__ import annotations

import pytest

from tests.pardot.unit import ADDRESS, OBJECTS, Unit


@pytest.fixture
def unit():
    return Unit().sign_in()


def tags(unit, *names):
    ids = [unit.objects("POST", "tags", {"name": name})[1]["id"] for name in names]
    unit.wait()
    return ids


def test_fields_are_asked_for_or_nothing_is_given(unit):
    tags(unit, "MQL")
    missing = {"code": 13, "message": "One or more required parameters are missing: fields"}
    assert unit.objects("GET", "tags")[:2] == (400, missing)
    assert unit.objects("GET", "tags/1")[:2] == (400, missing)
    assert unit.objects("GET", "tags/1", fields="name,id")[1] == {"name": "MQL", "id": 1}
    assert list(unit.objects("GET", "tags/1", fields="objectCount, id")[1]) == ["objectCount", "id"]
    assert unit.objects("GET", "tags", fields="id,nome")[1]["code"] == 180


def test_a_dot_leads_to_what_is_related_and_at_most_three_times(unit):
    link = {"name": "Ad", "campaignId": 1, "destinationUrl": "https://a.example"}
    unit.objects("POST", "custom-redirects", {**link, "folderId": 1})
    unit.wait()
    fields = "campaign.name,folder.name,folder.parentFolder.parentFolder.name,campaign.id"
    read = unit.objects("GET", "custom-redirects/1", fields=fields)[1]
    assert read == {
        "campaign": {"name": "Website Tracking", "id": 1},
        "folder": {"name": "Uncategorized", "parentFolder": None},
    }
    deep = "folder.parentFolder.parentFolder.parentFolder.name"
    assert unit.objects("GET", "custom-redirects/1", fields=deep)[1]["code"] == 180
    assert unit.objects("GET", "tags", fields="campaign.name")[1]["code"] == 180


def test_reads_trail_writes_and_show_the_state_of_then(unit):
    unit.objects("POST", "tags", {"name": "Old"})
    assert unit.objects("GET", "tags", fields="id")[1]["values"] == []
    assert unit.objects("GET", "tags/1", fields="id")[1]["code"] == 109
    unit.wait()
    assert unit.objects("PATCH", "tags/1", {"name": "New"}, fields="name")[1] == {"name": "New"}
    assert unit.objects("GET", "tags/1", fields="name")[1] == {"name": "Old"}
    unit.wait()
    assert unit.objects("GET", "tags/1", fields="name")[1] == {"name": "New"}
    unit.objects("DELETE", "tags/1")
    assert unit.objects("GET", "tags/1", fields="name")[0] == 200
    unit.wait()
    assert unit.objects("GET", "tags/1", fields="name")[0] == 404


def test_pages_follow_a_token_that_goes_alone(unit):
    tags(unit, *(f"t{number}" for number in range(7)))
    seen, data = [], unit.objects("GET", "tags", fields="name", limit="3", orderBy="id desc")[1]
    while True:
        seen += [one["name"] for one in data["values"]]
        token = data["nextPageToken"]
        if token is None:
            break
        assert data["nextPageUrl"] == f"{ADDRESS}{OBJECTS}tags?fields=name&nextPageToken={token}"
        data = unit.objects("GET", "tags", fields="name", nextPageToken=token)[1]
    assert seen == [f"t{number}" for number in reversed(range(7))]
    token = unit.objects("GET", "tags", fields="name", limit="3")[1]["nextPageToken"]
    assert unit.objects("GET", "tags", fields="name", nextPageToken=token, limit="3")[1]["code"] == 5
    assert unit.objects("GET", "lists", fields="name", nextPageToken=token)[1]["code"] == 211
    assert unit.objects("GET", "tags", fields="name", nextPageToken="none")[1]["code"] == 211
    unit.wait(4 * 3600)
    unit.sign_in()
    assert unit.objects("GET", "tags", fields="name", nextPageToken=token)[1]["code"] == 210


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"limit": "0"}, 23),
        ({"limit": "1001"}, 23),
        ({"limit": "ten"}, 23),
        ({"offset": "2001"}, 21),
        ({"orderBy": "name"}, 19),
        ({"deleted": "true"}, 5),
        ({"orderBy": "id up"}, 20),
        ({"orderBy": "id,updatedAt,createdAt"}, 133),
        ({"colour": "red"}, 5),
        ({"nameGreaterThan": "a"}, 5),
        ({"idGreaterThan": "one"}, 16),
        ({"createdAtAfter": "yesterday"}, 7),
        ({"createdAtAfter": "2026-01-01T00:00:00"}, 7),
        (
            {
                "id": "1",
                "name": "a",
                "createdAtAfter": "2026-01-01T00:00:00-04:00",
                "updatedAtAfter": "2026-01-01T00:00:00-04:00",
            },
            209,
        ),
    ],
)
def test_what_a_query_cannot_ask_is_refused(unit, query, code):
    assert unit.objects("GET", "tags", fields="id", **query)[:2][1]["code"] == code


def test_filters_choose(unit):
    tags(unit, "MQL", "mql", "Other")
    unit.wait(100)
    tags(unit, "Late")

    def names(**query):
        return [one["name"] for one in unit.objects("GET", "tags", fields="name", **query)[1]["values"]]

    assert names(name="MQL") == ["MQL", "mql"]
    assert names(idGreaterThan="1", idLessThanOrEqualTo="3") == ["mql", "Other"]
    created = unit.objects("GET", "tags/1", fields="createdAt")[1]["createdAt"]
    assert names(createdAtAfter=created) == ["Late"]
    assert names(createdAtBeforeOrEqualTo=created) == ["MQL", "mql", "Other"]
    assert names(limit="2", offset="1") == ["mql", "Other"]


def test_a_plus_that_is_not_encoded_is_a_blank_and_no_time(unit):
    status, data, _ = unit.ask(
        "GET", OBJECTS + "tags", [("fields", "id"), ("createdAtAfter", "2026-01-01T00:00:00+00:00")]
    )
    assert status == 200
    assert data["values"] == []
    plain = unit.ask(
        "GET", OBJECTS + "tags", [("fields", "id"), ("createdAtAfter", "2026-01-01T00:00:00 00:00")]
    )
    assert plain[1]["code"] == 7


def test_the_recycle_bin_is_read_only_by_whoever_asks_for_it(unit):
    unit.objects("POST", "lists", {"name": "L"})
    unit.objects("DELETE", "lists/1")
    unit.wait()
    status, data, headers = unit.objects("GET", "lists/1", fields="id")
    assert (status, data["code"]) == (404, 192)
    assert headers["pardot-warning"] == "201;Record In Recycle Bin"
    assert unit.objects("GET", "lists/1", fields="isDeleted", deleted="true")[1] == {"isDeleted": True}
    assert unit.objects("GET", "lists", fields="id", deleted="maybe")[1]["code"] == 27
    counts = [
        len(unit.objects("GET", "lists", fields="id", deleted=way)[1]["values"])
        for way in ("all", "true", "false")
    ]
    assert counts == [1, 1, 0]
    assert unit.objects("PATCH", "lists/1", {"name": "M"})[1]["code"] == 219


def test_what_has_not_changed_is_not_sent_again(unit):
    tags(unit, "MQL")
    _, _, headers = unit.objects("GET", "tags/1", fields="id")
    since = headers["last-modified"]
    assert unit.objects("GET", "tags/1", headers={"if-modified-since": since}, fields="id")[:2] == (304, None)
    assert unit.objects("GET", "tags", headers={"if-modified-since": since}, fields="id")[0] == 304
    unit.wait(60)
    unit.objects("PATCH", "tags/1", {"name": "New"})
    unit.wait()
    assert unit.objects("GET", "tags/1", headers={"if-modified-since": since}, fields="id")[0] == 200


def test_a_query_leaves_out_fields_that_hold_several_values_and_a_read_does_not(unit):
    for name, sort in (("Plain", "text"), ("Many", "Multi-Select")):
        unit.objects("POST", "custom-fields", {"name": name, "fieldId": name, "type": sort})
    unit.objects("POST", "prospects", {"email": "a@b.example", "Plain__c": "x", "Many__c": "y"})
    unit.wait()
    fields = "id,Plain__c,Many__c"
    assert unit.objects("GET", "prospects/1", fields=fields)[1] == {"id": 1, "Plain__c": "x", "Many__c": "y"}
    assert unit.objects("GET", "prospects", fields=fields)[1]["values"] == [{"id": 1, "Plain__c": "x"}]
    assert unit.objects("GET", "prospects", fields="Other__c")[1]["code"] == 180
    lists = unit.objects("GET", "engagement-studio-programs", fields="recipientListIds")
    assert lists[1]["code"] == 224


def test_ids_of_two_kinds_are_the_same(unit):
    made = [unit.objects("POST", kind, {"name": "A"})[1]["id"] for kind in ("tags", "lists")]
    assert made == [1, 1]
