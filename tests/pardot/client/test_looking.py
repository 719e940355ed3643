"""Looking: duplicates, names that differ in case, pages, tokens that go stale, what may not be read, strangers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.plugin.reach import Key
from scorewright.plugin.wire import CallError
from tests.pardot.sandbox.test_hostile import NAMES
from tests.pardot.unit import Unit, api_of

TAG = {"name": "hot", "for": ["marks.hot"], "lowering": "tag"}


def seen_by(unit, api, tables, *, deep=False):
    return unit.drive(api, api.look(api.resources(tables), deep=deep))


def found_in(seen, kind, name):
    return [one for one in seen.found if one.key == Key(kind, name)]


@pytest.fixture
def unit():
    return Unit().sign_in()


def test_of_two_of_one_name_the_first_is_given_and_the_others_are_counted(unit):
    for _ in range(3):
        unit.objects("POST", "tags", {"name": "hot"})
    unit.wait()
    (found,) = found_in(seen_by(unit, api_of(), {"tags": [TAG]}), "tags", "hot")
    assert (found.id, found.also) == ("1", 2)


def test_a_name_in_other_letters_is_another_thing(unit):
    unit.objects("POST", "tags", {"name": "HOT"})
    unit.wait()
    seen = seen_by(unit, api_of(), {"tags": [TAG]})
    assert not found_in(seen, "tags", "hot")


def test_ours_is_told_by_its_marker_and_strangers_that_carry_it_are_found(unit):
    for name, text in (
        ("A", "scorewright: m"),
        ("A", None),
        ("B", "notes\n scorewright: m "),
        ("C", "scorewright: mm"),
    ):
        unit.objects("POST", "lists", {"name": name, "description": text})
    unit.wait()
    tables = {"static-lists": [{"name": "A", "for": []}], "tags": [TAG]}
    seen = seen_by(unit, api_of(), tables)
    (ours,) = found_in(seen, "static-lists", "A")
    assert (ours.id, ours.marked, ours.also) == ("1", True, 1)
    (stranger,) = found_in(seen, "static-lists", "B")
    assert stranger.marked
    (other,) = found_in(seen, "static-lists", "C")
    assert not other.marked


def test_what_an_earlier_push_may_have_made_is_found_though_nothing_asks_for_it(unit):
    unit.objects("POST", "tags", {"name": "old"})
    unit.objects("POST", "custom-fields", {"name": "Old", "fieldId": "Old", "type": "number"})
    for _ in range(2):
        unit.objects("POST", "tags", {"name": "twice"})
    unit.wait()
    seen = seen_by(unit, api_of(), {"tags": [TAG, TAG | {"name": "cold"}]})
    assert [one.key for one in seen.found] == [Key("custom-fields", "Old"), Key("tags", "old")]
    one = unit.drive(api_of(), api_of().look(api_of().resources({"tags": [TAG]}), deep=False))
    assert one.found == ()


def test_a_field_is_known_by_its_id_before_its_name(unit):
    unit.objects("POST", "custom-fields", {"name": "Fit", "fieldId": "Other", "type": "text"})
    unit.objects("POST", "custom-fields", {"name": "Renamed", "fieldId": "fit", "type": "number"})
    unit.wait()
    tables = {"custom-fields": [{"name": "Fit", "field_id": "Fit", "type": "number", "for": []}]}
    (found,) = found_in(seen_by(unit, api_of(), tables), "custom-fields", "Fit")
    assert dict(found.made) == {"name": "Renamed", "fieldId": "fit", "type": "number"}


def test_a_list_that_has_become_dynamic_is_not_as_it_was(unit):
    unit.sandbox.build({"dynamic-lists": [{"name": "L", "match": "all", "criteria": []}]})
    unit.wait()
    api = api_of()
    static = {"static-lists": [{"name": "L", "for": []}]}
    (found,) = found_in(seen_by(unit, api, static), "static-lists", "L")
    assert found.made["isDynamic"] is True
    assert "isDynamic" in api.resources(static)[0].fixed
    unit.objects("POST", "lists", {"name": "L"})
    unit.wait()
    (found,) = found_in(seen_by(unit, api, static), "static-lists", "L")
    assert (found.id, found.made["isDynamic"], found.also) == ("2", False, 1)


def test_pages_are_read_to_the_end_and_nothing_is_counted_twice(unit):
    for number in range(2105):
        unit.sandbox._store.put("tags", {"name": f"t{number:04}", "createdAt": None}, 0)
    unit.sandbox._store.db.commit()
    begun = len(unit.calls)
    tables = {"tags": [TAG | {"name": f"t{number:04}"} for number in range(2105)]}
    seen = seen_by(unit, api_of(), tables)
    assert len(seen.found) == 2105
    assert {one.also for one in seen.found} == {0}
    tags = [call for call in unit.calls[begun:] if call.path.endswith("tags")]
    assert [{name for name, _ in call.query} for call in tags[1:]] == [{"fields", "nextPageToken"}] * 2
    assert seen.used == {"API calls today": (len(unit.calls) - 1 - begun + begun, 25_000)}


@pytest.mark.parametrize("code", ["210", "211"])
def test_where_a_page_token_goes_stale_the_pages_begin_again(unit, code):
    for number in range(1500):
        unit.sandbox._store.put("tags", {"name": f"t{number}", "createdAt": None}, 0)
    unit.sandbox._store.db.commit()
    stale = iter([code])
    unit.fault = lambda asked: next(stale, None) if dict(asked.query).get("nextPageToken") else None
    seen = seen_by(unit, api_of(), {"tags": [TAG | {"name": "t1499"}]})
    assert [one.key.name for one in seen.found] == ["t1499"]
    assert next(stale, "used") == "used"
    unit.fault = lambda asked: code if dict(asked.query).get("nextPageToken") else None
    with pytest.raises(CallError, match="long enough"):
        seen_by(unit, api_of(), {"tags": [TAG]})


def test_what_may_not_be_read_is_said_and_the_rest_is_looked_at():
    unit = Unit(lacks=["users"]).sign_in()
    unit.objects("POST", "tags", {"name": "hot"})
    unit.wait()
    user = {"name": "user: Sales", "kind": "user", "called": "Sales", "for": []}
    seen = seen_by(unit, api_of(), {"prerequisites": [user], "tags": [TAG]})
    assert found_in(seen, "tags", "hot")
    assert list(seen.unread) == [Key("prerequisites", "user: Sales")]
    assert "ability" in seen.unread[Key("prerequisites", "user: Sales")]


def test_more_than_the_api_shows_is_not_taken_for_everything():
    class Full(Unit):
        def ask(self, method, path, query=(), body=b"", **headers):
            status, data, given = super().ask(method, path, query, body, **headers)
            warned = {"pardot-warning": "203;Record count for nextPageToken sequence has been exceeded."}
            return status, data, {**given, **(warned if path.endswith("/tags") else {})}

    with pytest.raises(CallError, match="does not show them all"):
        seen_by(Full().sign_in(), api_of(), {"tags": [TAG]})


def test_any_other_failure_ends_the_look(unit):
    unit.fault = lambda asked: "122"
    with pytest.raises(CallError) as failure:
        seen_by(unit, api_of(), {"tags": [TAG]})
    assert failure.value.verdict.outcome == "stop"


@pytest.mark.parametrize(
    ("kind", "check", "typed", "shown"),
    [
        ("person field", "type Dropdown or Radio Button", "radio button", "dropdown or radio button"),
        ("person field", "type Checkbox", "checkbox", "checkbox"),
        (
            "person field",
            "type Checkbox with several values, or Multi-Select",
            "multi-select",
            "checkbox with several values, or multi-select",
        ),
        ("person field", "type Number", "text", "text"),
    ],
)
def test_the_type_of_a_field_of_the_teams_is_compared_in_the_sheets_words(unit, kind, check, typed, shown):
    unit.objects("POST", "custom-fields", {"name": "F", "fieldId": "F", "type": typed})
    unit.wait()
    tables = {
        "prerequisites": [{"name": f"{kind}: F", "kind": kind, "called": "F", "check": check, "for": []}]
    }
    (found,) = found_in(seen_by(unit, api_of(), tables), "prerequisites", f"{kind}: F")
    assert dict(found.by_hand) == {"type": shown}


def test_a_default_field_is_there_though_the_api_lists_custom_ones_alone(unit):
    fields = [
        {
            "name": f"person field: {name}",
            "kind": "person field",
            "called": name,
            "check": "type Text",
            "for": [],
        }
        for name in ("Job Title", "Shoe size")
    ]
    seen = seen_by(unit, api_of(), {"prerequisites": fields})
    assert [one.key.name for one in seen.found] == ["person field: Job Title"]


@pytest.mark.parametrize("name", ["Marketing operations", "Anna Maria Lee", "Sales", "ops@acme.example"])
def test_a_user_is_known_by_name_or_address(unit, name):
    tables = {"prerequisites": [{"name": f"user: {name}", "kind": "user", "called": name, "for": []}]}
    unit.sandbox.build(tables)
    unit.wait()
    assert found_in(seen_by(unit, api_of(), tables), "prerequisites", f"user: {name}")


def test_a_category_is_read_by_its_folder_and_what_lies_in_it(unit):
    assets = [{"kind": "form", "name": "Demo"}, {"kind": "ad", "name": "Ad"}]
    table = {"name": "Interest", "folder": "SW Interest", "assets": assets, "for": []}
    tables = {"scoring-categories": [table], "custom-redirects": [{"name": "Ad", "for": []}]}
    unit.sandbox.build(tables)
    unit.wait()
    api = api_of()
    (wanted,) = [one for one in api.resources(tables) if one.key.kind == "scoring-categories"]
    shallow, deep = (
        found_in(seen_by(unit, api, tables, deep=deep), "scoring-categories", "Interest")
        for deep in (False, True)
    )
    assert shallow[0].by_hand is None
    assert (
        deep[0].by_hand
        == wanted.by_hand
        == {"folder": "SW Interest", "assets": [["custom-redirect", "Ad"], ["form", "Demo"]]}
    )
    (form,) = [one for one in unit.rows("forms") if one["name"] == "Demo"]
    unit.objects("PATCH", "custom-redirects/1", {"folderId": 1})
    unit.wait()
    (found,) = found_in(seen_by(unit, api, tables, deep=True), "scoring-categories", "Interest")
    assert found.by_hand["assets"] == [["form", "Demo"]]
    assert form["id"] == "1"


@settings(max_examples=25, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_what_is_called_oddly_is_found_again(names):
    unit, api = Unit().sign_in(), api_of()
    tables = {
        "tags": [TAG | {"name": name} for name in names],
        "static-lists": [{"name": name, "for": []} for name in names],
    }
    for resource in api.resources(tables):
        unit.drive(api, api.create(resource, {}))
    unit.wait()
    seen = seen_by(unit, api, tables)
    assert {one.key for one in seen.found} == {one.key for one in api.resources(tables)}
    assert {dict(one.made)["name"] for one in seen.found} == set(names)
    assert {one.also for one in seen.found} == {0}


def test_a_program_is_read_by_the_lists_that_it_takes(unit):
    def programs(recipients, *suppressed):
        lists = [{"name": name, "match": "all", "criteria": [], "for": []} for name in ("A", "B", "C")]
        program = {
            "name": "P",
            "recipient_list": recipients,
            "suppression_lists": [*suppressed],
            "steps": [],
            "for": [],
        }
        return {"dynamic-lists": lists, "engagement-programs": [program]}

    api, key = api_of(), Key("engagement-programs", "P")
    unit.sandbox.build(programs("A", "C", "B"))
    unit.wait()
    (wanted,) = [one for one in api.resources(programs("A", "C", "B")) if one.key == key]
    shallow = seen_by(unit, api, programs("A"))
    assert [(one.by_hand, one.live) for one in shallow.found if one.key == key] == [(None, True)]
    begun = len(unit.calls)
    deep = seen_by(unit, api, programs("A"), deep=True)
    assert [one.by_hand for one in deep.found if one.key == key] == [dict(wanted.by_hand)]
    assert wanted.by_hand == {"recipients": ["A"], "suppressions": ["B", "C"]}
    assert sum("engagement-studio-programs/" in call.path for call in unit.calls[begun:]) == 1
    unit.sandbox.build(programs("B"))
    unit.wait()
    (found,) = [one for one in seen_by(unit, api, programs("A"), deep=True).found if one.key == key]
    assert found.by_hand == {"recipients": ["B"], "suppressions": []}


def test_a_program_that_nobody_has_started_is_not_live(unit):
    body = b'--x\r\nContent-Disposition: form-data; name="input"\r\n\r\n{"name": "P"}\r\n--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n{}\r\n--x--'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    unit.objects("POST", "engagement-studio-programs", body, headers=headers)
    unit.wait()
    tables = {
        "engagement-programs": [
            {"name": "P", "recipient_list": "L", "suppression_lists": [], "steps": [], "for": []}
        ]
    }
    (found,) = found_in(seen_by(unit, api_of(), tables, deep=True), "engagement-programs", "P")
    assert not found.live
    assert found.by_hand == {"recipients": [], "suppressions": []}
