"""Writes of the embedded unit: what is made twice, what is refused and with which code, actions, programs with a file."""

from __future__ import annotations

import pytest

from tests.pardot.unit import ADDRESS, OBJECTS, Unit

LINK = {"name": "Ad", "campaignId": 1, "destinationUrl": "https://a.example"}
FIELD = {"name": "Fit", "fieldId": "Fit", "type": "number"}


@pytest.fixture
def unit():
    return Unit().sign_in()


def test_a_creation_says_where_it_is_and_gives_what_was_asked_for(unit):
    status, data, headers = unit.objects("POST", "tags", {"name": "MQL"}, fields="id,name")
    assert (status, data) == (201, {"id": 1, "name": "MQL"})
    assert headers["location"] == f"{ADDRESS}{OBJECTS}tags/1?fields=id%2Cname"
    assert unit.objects("POST", "tags", {"name": "SQL"})[1] == {"id": 2}


@pytest.mark.parametrize(
    ("kind", "body"), [("tags", {"name": "MQL"}), ("lists", {"name": "L"}), ("custom-redirects", LINK)]
)
def test_the_same_request_twice_makes_two(unit, kind, body):
    assert [unit.objects("POST", kind, body)[1]["id"] for _ in range(2)] == [1, 2]


def test_a_name_is_refused_twice_where_the_unit_is_set_so():
    unit = Unit(unique=["tags"]).sign_in()
    assert unit.objects("POST", "tags", {"name": "MQL"})[0] == 201
    assert unit.objects("POST", "tags", {"name": "mql"})[1]["code"] == 154


def test_a_field_id_is_taken_once_and_never_changes(unit):
    assert unit.objects("POST", "custom-fields", FIELD)[0] == 201
    assert unit.objects("POST", "custom-fields", {**FIELD, "fieldId": "fit__c"})[1]["code"] == 154
    assert unit.objects("PATCH", "custom-fields/1", {"fieldId": "Other"})[1]["code"] == 180
    assert unit.objects("PATCH", "custom-fields/1", {"name": "Fit score"}, fields="name")[1] == {
        "name": "Fit score"
    }
    assert unit.objects("PATCH", "custom-fields/1", {"name": "Fit score"})[:2] == (204, None)


@pytest.mark.parametrize("sort", ["Text", "text", "Radio Button", "Multi-Select", "crm user"])
def test_a_type_comes_back_in_small_letters(unit, sort):
    made = unit.objects("POST", "custom-fields", {**FIELD, "type": sort}, fields="type")
    assert made[:2] == (201, {"type": sort.lower()})


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("tags", {}, 153),
        ("tags", {"name": None}, 36),
        ("tags", {"name": ""}, 36),
        ("tags", {"name": "  "}, 139),
        ("tags", {"name": "a\nb"}, 139),
        ("tags", {"name": "x" * 256}, 138),
        ("tags", {"name": 7}, 154),
        ("tags", {"name": "a", "colour": "red"}, 180),
        ("tags", {"name": "a", "objectCount": 3}, 180),
        ("lists", {"name": "L", "isDynamic": True}, 180),
        ("lists", {"name": "L", "isPublic": "yes"}, 154),
        ("lists", {"name": "L", "folderId": 99}, 97),
        ("lists", {"name": "L", "folderId": True}, 154),
        ("custom-fields", {"name": "A", "fieldId": "A"}, 153),
        ("custom-fields", {**FIELD, "type": "colour"}, 154),
        ("custom-fields", {**FIELD, "fieldId": "7 up"}, 154),
        ("custom-redirects", {**LINK, "campaignId": 9}, 38),
        ("custom-redirects", {**LINK, "destinationUrl": "a.example"}, 137),
        (
            "form-handler-fields",
            {"name": "e", "formHandlerId": 4, "dataFormat": "text", "prospectApiFieldId": "email"},
            192,
        ),
        ("list-memberships", {"listId": 4, "prospectId": 1}, 55),
        ("prospects", {"email": "nobody"}, 4),
        ("prospects", {"email": "a@b.example", "score": "high"}, 29),
        ("campaigns", {"name": "C"}, 128),
        ("folders", {"name": "F"}, 60),
        ("automation-rules", {"name": "R"}, 198),
        ("tags", b"", 152),
        ("tags", b"{", 150),
        ("tags", b"[" * 100_000, 150),
        ("tags", b'{"name": NaN}', 150),
        ("tags", b"[]", 166),
    ],
)
def test_what_is_not_taken_is_refused_and_leaves_nothing(unit, kind, body, code):
    status, data, _ = unit.objects("POST", kind, body)
    assert data["code"] == code
    assert status >= 400
    assert unit.rows("tags") == unit.rows("lists") == unit.rows("custom-fields") == []


def test_so_many_and_no_more():
    unit = Unit(most={"tags": 2}).sign_in()
    codes = [unit.objects("POST", "tags", {"name": name})[0] for name in "abc"]
    assert codes == [201, 201, 400]
    assert unit.objects("POST", "tags", {"name": "c"})[1]["code"] == 67


def test_nobody_is_twice_on_a_list(unit):
    unit.objects("POST", "lists", {"name": "L"})
    unit.objects("POST", "prospects", {"email": "a@b.example"})
    assert unit.objects("POST", "list-memberships", {"listId": 1, "prospectId": 1})[0] == 201
    assert unit.objects("POST", "list-memberships", {"listId": 1, "prospectId": 1})[1]["code"] == 58
    assert unit.objects("DELETE", "list-memberships/1")[0] == 204
    assert unit.objects("POST", "list-memberships", {"listId": 1, "prospectId": 1})[0] == 201


def test_tags_are_put_on_and_taken_off(unit):
    unit.objects("POST", "lists", {"name": "L"})
    unit.objects("POST", "tags", {"name": "hot"})
    for _ in range(2):
        status, data, _ = unit.objects("POST", "lists/1/do/addTag", {"tagId": 1})
        assert (status, data["id"], data["objectType"], data["objectId"]) == (200, 1, "list", 1)
    unit.wait()
    assert unit.objects("GET", "tags/1", fields="name,objectCount")[1] == {"name": "hot", "objectCount": 1}
    tagged = unit.objects("GET", "tagged-objects", fields="objectType,objectName,tag.name", tagId="1")
    assert tagged[1]["values"] == [{"objectType": "list", "objectName": "L", "tag": {"name": "hot"}}]
    assert unit.objects("POST", "lists/1/do/removeTag", {"tagId": 1})[0] == 204
    unit.wait()
    assert unit.objects("GET", "tags/1", fields="objectCount")[1] == {"objectCount": 0}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("lists/1/do/paint", {}, 205),
        ("lists/1/do/", {}, 205),
        ("tags/1/do/addTag", {"tagId": 1}, 205),
        ("lists/do/addTag", {"tagId": 1}, 205),
        ("lists/1/do/addTag", {"tagId": "hot"}, 206),
        ("lists/1/do/addTag", {}, 207),
        ("lists/1/do/addTag", {"tagId": 1, "colour": "red"}, 208),
        ("lists/9/do/addTag", {"tagId": 1}, 109),
        ("lists/1/do/addTag", {"tagId": 9}, 109),
        ("lists/1/do/addTag", {"tagId": -1}, 109),
        ("prospects/do/undelete", {"id": True}, 206),
        ("prospects/do/upsertLatestByEmail", {"matchEmail": "a@b.example"}, 207),
    ],
)
def test_an_action_that_is_not_as_it_should_be(unit, path, body, code):
    unit.objects("POST", "lists", {"name": "L"})
    assert unit.objects("POST", path, body)[1]["code"] == code


def test_an_upsert_by_email_may_be_sent_again(unit):
    body = {"matchEmail": "a@b.example", "prospect": {"score": 10}, "fields": ["id", "score"]}
    path = "prospects/do/upsertLatestByEmail"
    answers = [unit.objects("POST", path, body)[:2] for _ in range(2)]
    assert answers == [(201, {"id": 1, "score": 10}), (200, {"id": 1, "score": 10})]
    unit.objects("DELETE", "prospects/1")
    assert unit.objects("POST", path, {**body, "secondaryDeletedSearch": True})[1]["id"] == 1
    assert unit.objects("POST", "prospects/do/undelete", {"id": 1})[1]["code"] == 109


def test_what_people_use_is_not_deleted(unit):
    rule = {
        "name": "R",
        "match": "all",
        "criteria": [{"criterion": "Prospect tag", "of": "hot", "operator": "is"}],
        "actions": [],
    }
    unit.objects("POST", "tags", {"name": "hot"})
    unit.sandbox.build({"automation-rules": [rule]})
    status, data, _ = unit.objects("DELETE", "tags/1")
    assert (status, data["code"]) == (405, 108)
    assert "automation-rules: R" in data["message"]
    unit.sandbox.build({})
    assert unit.objects("DELETE", "tags/1")[:2] == (204, None)
    assert unit.objects("DELETE", "tags/1")[1]["code"] == 109


def test_of_two_tags_of_one_name_either_may_go(unit):
    for _ in range(2):
        unit.objects("POST", "tags", {"name": "hot"})
    action = {"action": "Apply tags", "of": "hot"}
    unit.sandbox.build(
        {"automation-rules": [{"name": "R", "match": "all", "criteria": [], "actions": [action]}]}
    )
    assert unit.objects("DELETE", "tags/2")[0] == 204
    assert unit.objects("DELETE", "tags/1")[1]["code"] == 108


def parts(**named):
    lines = []
    for name, content in named.items():
        lines += ["--cut", f'Content-Disposition: form-data; name="{name}"', "", content]
    return "\r\n".join([*lines, "--cut--", ""]).encode(), {
        "content-type": "multipart/form-data; boundary=cut"
    }


def test_a_program_comes_with_the_file_of_its_steps(unit):
    body, headers = parts(input='{"name": "P"}', file='{"steps": []}')
    status, data, _ = unit.objects(
        "POST", "engagement-studio-programs", body, headers=headers, fields="id,name"
    )
    assert (status, data) == (201, {"id": 1, "name": "P"})
    unit.wait()
    assert unit.objects("GET", "engagement-studio-programs/1", fields="status")[1] == {"status": "draft"}
    assert unit.objects("GET", "engagement-studio-programs/1/download-program-structure")[1] == {"steps": []}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (({"input": '{"name": "P"}'}), 153),
        ({"file": "x"}, 153),
        ({"input": '{"name": "P"}', "file": ""}, 204),
        ({"input": "{", "file": "x"}, 150),
    ],
)
def test_a_program_without_all_of_it_is_none(unit, body, code):
    content, headers = parts(**body)
    assert unit.objects("POST", "engagement-studio-programs", content, headers=headers)[1]["code"] == code


def test_a_program_is_no_plain_json(unit):
    assert unit.objects("POST", "engagement-studio-programs", {"name": "P"})[1]["code"] == 151
