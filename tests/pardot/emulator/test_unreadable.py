from __future__ import annotations

import pytest

from scorewright_pardot import TARGET
from scorewright_pardot.emulator.days import Calendar
from scorewright_pardot.emulator.unreadable import UnreadableBundleError
from scorewright_pardot.emulator.world import MODELLED
from tests.pardot.emulator import platform as pf
from tests.pardot.emulator.platform import (
    action,
    adjust,
    bundle,
    by,
    criterion,
    field,
    instance,
    rule,
    score,
    silent,
)


def asks(*criteria, acts=None, **more):
    return bundle(rule("the rule", list(criteria), acts or [by(1)], **more))


def does_this(*acts):
    return asks(score("greater", 0), acts=list(acts))


DEEP = pf.any_of(pf.any_of(score("greater", 0), score("less", 0)))
NO_REPEAT = {
    key: value for key, value in rule("r", [score("greater", 0)], [by(1)]).items() if key != "repeat"
}


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (
            asks(criterion("Prospect mood", "", "is", "good")),
            ("automation-rules", "the rule", "Prospect mood"),
        ),
        (asks(criterion("Prospect score", "", "exceeds", "5")), ("the rule", "exceeds")),
        (asks(criterion("Prospect score", "", "is greater than", "many")), ("the rule", "many")),
        (asks(criterion("Prospect score", "", "contains", "5")), ("Prospect score", "contains")),
        (asks(criterion("Prospect email opens", "Mail")), ("Prospect email opens",)),
        (asks(criterion("Prospect scoring category", "Other", "is less than", "5")), ("Other",)),
        (asks(criterion("Prospect list", "Nowhere")), ("Nowhere",)),
        (asks(criterion("Prospect time", "birthday", "is less than (days ago)", "5")), ("birthday",)),
        (asks(criterion("Prospect email status", "", "is", "Maybe")), ("Maybe",)),
        (asks(criterion("Prospect CRM status", "", "is", "Friend")), ("Friend",)),
        (asks(criterion("Prospect opportunity status", "", "is", "Near")), ("Near",)),
        (asks(criterion("Prospect grade", "", "is", "E")), ("E",)),
        (asks(criterion("Prospect webinar", "Demo", "is", "Late")), ("Late",)),
        (asks(field("Renewal", "is before", "soon", "custom")), ("soon",)),
        (asks(field("Job Title", "is", " ; ")), ("empty",)),
        (asks(DEEP), ("group inside a group",)),
        (asks(score("greater", 0), match="most"), ("match type", "most")),
        (does_this(action("Praise prospect")), ("Praise prospect",)),
        (does_this(action("Adjust Prospect Score", "Upwards", "5")), ("Upwards",)),
        (does_this(action("Adjust Prospect Score", "By", "some")), ("some",)),
        (does_this(adjust(5, "Other")), ("Other",)),
        (
            does_this(action("Adjust Prospect Score for Scoring Category", "Interest", "5")),
            ("adjusted to a number",),
        ),
        (does_this(action("Add prospect to list", "Nowhere")), ("Nowhere",)),
        (does_this(action("Change profile criteria", "P: size", "Matches")), ("P: size",)),
        (does_this(action("Increment prospect field value", "Tier", "+1")), ("not offered",)),
        (
            {**bundle(), "automation-rules": [{**rule("r", [score("greater", 0)], [by(1)]), "actions": []}]},
            ("no actions",),
        ),
        (
            {
                **bundle(),
                "automation-rules": [{**rule("r", [score("greater", 0)], [by(1)]), "state": "running"}],
            },
            ("paused",),
        ),
        ({**bundle(), "automation-rules": [NO_REPEAT]}, ("no 'repeat'",)),
        (asks(score("greater", 0), repeat=1, limit="few"), ("few",)),
        (asks(score("greater", 0), repeat="daily"), ("daily",)),
        (
            {**bundle(), "automation-rules": [rule("r", [score("greater", 0)], [by(1)])] * 2},
            ("two of that name", "r"),
        ),
        ({**bundle(), "baseline-scoring": [{"name": "Blinking", "points": 1}]}, ("Blinking",)),
        (
            {**bundle(), "baseline-scoring": [{"name": "Page View", "points": "1"}]},
            ("Page View", "whole number"),
        ),
        (
            {**bundle(), "page-actions": [{"name": "p", "path": "/x", "match": "like", "actions": [by(1)]}]},
            ("like",),
        ),
        (
            {
                **bundle(),
                "completion-actions": [
                    {"name": "c", "asset_kind": "video", "asset": "V", "actions": [by(1)]}
                ],
            },
            ("video",),
        ),
        (
            {**bundle(), "scoring-categories": [{**pf.FOLDER, "assets": [{"kind": "video", "name": "V"}]}]},
            ("video",),
        ),
        ({**bundle(), "formula-fields": [{"name": "F", "formula": "A__c - 2"}]}, ("formula", "- 2")),
        ({**bundle(), "formula-fields": [{"name": "F", "formula": "BLANKVALUE(A__c, 0)"}]}, ("A__c",)),
        (asks(score("greater", "9" * 5_000)), ("is no number",)),
        (asks(silent("less", "9" * 5_000)), ("Prospect time",)),
        (asks(silent("less", "-1")), ("Prospect time",)),
        (does_this(action("Adjust Prospect Score", "By", "9" * 5_000)), ("is no number",)),
        (
            {**bundle(), "formula-fields": [{"name": "F", "formula": "MAX(" * 500 + "1" + ", 1)" * 500}]},
            ("the formula cannot be read",),
        ),
        ({**bundle(), "formula-fields": [{"name": "F", "formula": "9" * 5_000}]}, ("cannot be read",)),
        ({**bundle(), "email-drips": []}, ("email-drips",)),
        ({**bundle(), "tags": [{}]}, ("tags", "without a name")),
        (
            {**bundle(), "gauges": [{"kind": "score", "key": "lead", "at": {"read": "the sky"}}]},
            ("gauges", "the sky"),
        ),
    ],
)
def test_what_nobody_could_build_is_named_with_its_file_and_object(tables, words):
    with pytest.raises(UnreadableBundleError) as found:
        instance(tables)
    for word in words:
        assert word in str(found.value)


def test_without_the_gauges_nothing_can_be_read_off():
    with pytest.raises(UnreadableBundleError, match="gauges"):
        instance({key: found for key, found in bundle().items() if key != "gauges"})


def test_an_asset_lies_in_one_folder():
    folders = [
        {**pf.FOLDER, "name": name, "folder": name, "assets": [{"kind": "form", "name": "Contact"}]}
        for name in ("Interest", "B")
    ]
    with pytest.raises(UnreadableBundleError, match="two folders"):
        instance({**bundle(), "scoring-categories": folders})


def test_a_folder_has_one_scoring_category():
    folders = [pf.FOLDER, {**pf.FOLDER, "name": "B"}]
    with pytest.raises(UnreadableBundleError, match="'SW Interest' has a scoring category"):
        instance({**bundle(), "scoring-categories": folders})


def test_a_third_level_of_groups_is_read_where_the_instance_has_one():
    assert instance(asks(DEEP), nesting_depth=3).modelled == MODELLED


def test_every_modelled_fact_is_a_fact_of_the_target():
    assert {fact.id for fact in TARGET.facts()} >= MODELLED


def test_every_unsure_fact_is_modelled_or_concerns_no_single_person():
    others = {
        "api-field-types-small",  # what the API takes; people see none of it
        "api-names-repeat",  # the same
        "criteria-labels",  # a person finds the label; what it does is the same
        "category-needs-plus",  # the edition decides before anything is built
        "name-length",  # names are refused before anything is built
        "program-labels",  # a person finds the label; what it does is the same
        "program-paths-join",  # a program is refused before anything is built
        "rescore-keeps-adjustments",  # where a rescore does not, the change that needs one is refused
        "rule-groups-most",  # a rule's groups are counted before anything is built
        "rules-follow-one-another",  # a category's way down is walked with rules that do and that do not
        "rules-paused-count",  # quotas are counted before anything is built
    }
    assert {fact.id for fact in TARGET.facts() if fact.unsure} - MODELLED == others


def test_the_last_day_of_the_calendar_is_a_day():
    assert instance(asks(field("Renewal", "is after", "9999-12-31", "custom"))).modelled == MODELLED
    assert Calendar("Asia/Tokyo").read("0001-01-01") is None


def test_a_field_that_holds_no_number_adds_nothing_to_a_formula():
    tables = {
        **bundle(
            rule("r", [score("greater", -1)], [action("Change prospect custom field value", "A", "--5")])
        ),
        "custom-fields": [{"name": "A", "field_id": "A", "type": "number"}],
        "formula-fields": [{"name": "F", "formula": "BLANKVALUE(A__c, 7)", "sources": ["A"]}],
    }
    shown = {"kind": "score", "key": "sum", "at": {"read": "Prospect custom field", "of": "F"}}
    tables["gauges"] = [*tables["gauges"], shown]
    seen = pf.end(tables, pf.sets(1, "crm_record", "lead"))
    assert seen["score sum"] == 7
