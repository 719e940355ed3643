"""The sheet's pages of fields: custom fields, and sums that only a Salesforce formula can make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Step
from scorewright_pardot.names import field_id
from scorewright_pardot.sheet.tasks import task_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scorewright.plugin.sheet import Task
    from scorewright_pardot import objects as ob

__all__ = ["field_task", "formula_task"]

_FIELD_TYPES = {"number": "Number", "text": "Text"}
_FIELDS = Step("open", "Object and Field Configuration", "Prospect Fields")
_MAPPED_TO = "Salesforce.com Field Name"
"""Source: help.salesforce.com, mktg.pardot_prospect_field_settings, as of Sync Behavior."""


def field_task(item: ob.CustomField, folder: str) -> Task:
    """Make a custom field."""
    del folder
    steps = (
        Step("open", "Object and Field Configuration", "Prospect Fields"),
        Step("click", "+ Add custom field"),
        Step("type", "Name", item.name),
        Step(
            "check",
            "Custom Field ID",
            item.field_id,
            note="It is made from the name; change it if it differs.",
        ),
        Step("choose", "Type", _FIELD_TYPES.get(item.type, item.type), default="Text"),
        Step("click", "Create custom field"),
    )
    return task_of("custom-fields", item.name, item.made, steps)


def formula_task(item: ob.FormulaField, made: Collection[str]) -> Task:
    """Make a formula field in Salesforce, and map it and what it adds up; ``made`` are the fields that the model makes."""
    own = [source for source in item.sources if source in made]
    steps = (
        Step("note", "In Salesforce", note="Twice: for Lead and for Contact."),
        Step("open", "Setup › Object Manager", "Fields & Relationships"),
        *(step for source in own for step in _number(source)),
        Step("click", "New"),
        Step("choose", "Data Type", "Formula"),
        Step("type", "Field Label", item.name),
        Step("choose", "Formula Return Type", "Number"),
        Step("choose", "Options › Decimal Places", "0", default="2"),
        Step("type", "Formula", item.formula, note="check the API names of the fields"),
        Step("click", "Save"),
        Step("note", "In Account Engagement", note="Each field is mapped to its twin in Salesforce."),
        _FIELDS,
        *(step for source in own for step in _mapped(source)),
        *(
            Step(
                "check",
                source,
                "mapped",
                note="to a number field of lead and contact; Account Engagement's value wins",
            )
            for source in item.sources
        ),
        Step("click", "+ Add custom field"),
        Step("type", "Name", item.name),
        Step("choose", "Type", "Number", default="Text"),
        Step("choose", _MAPPED_TO, item.name, note="the formula field"),
        Step("choose", "Sync Behavior", "Use Salesforce's value"),
        Step("click", "Create custom field"),
    )
    checks = ("Change one of the fields of a test prospect: the sum comes back after the next sync.",)
    return task_of("formula-fields", item.name, item.made, steps, checks=checks)


def _number(source: str) -> Iterator[Step]:
    """The field in Salesforce that holds what a prospect field has."""
    yield Step("click", "New")
    yield Step("choose", "Data Type", "Number")
    yield Step("type", "Field Label", source)
    yield Step("type", "Field Name", field_id(source), note="the formula reads it by this name")
    yield Step("click", "Save")


def _mapped(source: str) -> Iterator[Step]:
    yield Step("choose", "Prospect field", source)
    yield Step("click", "Edit")
    yield Step("choose", _MAPPED_TO, source)
    yield Step("choose", "Sync Behavior", "Use Account Engagement's value")
    yield Step("click", "Save custom field")
