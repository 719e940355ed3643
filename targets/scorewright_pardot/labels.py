"""The user interface's words: first dropdowns, operators, actions, with how sure each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.facts import Confidence

if TYPE_CHECKING:
    from scorewright.model.elements import Field

__all__ = [
    "ACTIONS",
    "CRITERIA",
    "DEFAULT_FIELDS",
    "FIELDS",
    "FIELD_TYPES",
    "OPERATORS",
    "OWN_FIELDS",
    "Label",
    "default_field",
    "field_label",
    "field_what",
    "is_default",
]


class Label(NamedTuple):
    """A label letter by letter, how sure it is, and where it was read."""

    text: str
    confidence: Confidence
    source: str


_D, _P, _U = Confidence.DOCUMENTED, Confidence.PRACTITIONER, Confidence.UNKNOWN
_REFERENCE = "help.salesforce.com, mktg.pardot_automation_rule_criteria_reference"
_ACTION_PAGE = "help.salesforce.com, mktg.pardot_automation_rule_action_reference"
_QUILL = "mikequill.com, Pardot consultant certificate, automation rules"
_OLD = "help.pardot.com, articles 2128432 and 2128554"
_PRODUCT = "general knowledge of the product"

CRITERIA: dict[str, Label] = {
    "account-field": Label("Prospect account field", _D, _REFERENCE),
    "assignment": Label("Prospect assignment status", _D, _REFERENCE),
    "campaign": Label("Prospect CRM campaign", _D, _REFERENCE),
    "campaign-status": Label("Prospect CRM campaign status", _D, _REFERENCE),
    "category": Label("Prospect scoring category", _P, _QUILL),
    "crm-status": Label("Prospect CRM status", _D, _REFERENCE),
    "custom-field": Label("Prospect custom field", _D, _REFERENCE),
    "default-field": Label("Prospect default field", _D, _REFERENCE),
    "email-opens": Label("Prospect email opens", _P, _QUILL),
    "email-status": Label("Prospect email status", _P, _QUILL),
    "external-activity": Label("Prospect external activity", _U, _PRODUCT),
    "file": Label("Prospect file", _P, _QUILL),
    "form": Label("Prospect form", _P, _QUILL),
    "form_handler": Label("Prospect form handler", _P, _QUILL),
    "grade": Label("Prospect grade", _P, _QUILL),
    "landing_page": Label("Prospect landing page", _P, _OLD),
    "list": Label("Prospect list", _P, _QUILL),
    "opportunity": Label("Prospect opportunity", _P, _QUILL),
    "opportunity-status": Label("Prospect opportunity status", _P, _QUILL),
    "profile": Label("Prospect profile", _P, _QUILL),
    "query": Label("Prospect query", _P, _QUILL),
    "redirect": Label("Prospect custom redirect", _D, _REFERENCE),
    "score": Label("Prospect score", _P, "ebq.com, 'Prospect score … greater than 49'"),
    "tag": Label("Prospect tag", _P, _QUILL),
    "time": Label("Prospect time", _P, "cypresslearning.com, study guides"),
    "webinar": Label("Prospect webinar", _P, _QUILL),
}
"""The first dropdown of a criterion, by our own short word."""

OPERATORS: dict[str, Label] = {
    "after": Label("is after", _U, _PRODUCT),
    "before": Label("is before", _U, _PRODUCT),
    "completed": Label("was completed successfully", _P, _OLD),
    "contains": Label("contains", _D, _REFERENCE),
    "contains-not": Label("doesn't contain", _D, _REFERENCE),
    "days-greater": Label("is greater than (days ago)", _P, "cypresslearning.com, study guides"),
    "days-less": Label("is less than (days ago)", _P, "cypresslearning.com, study guides"),
    "days-ahead-less": Label("is less than (days ahead)", _U, _PRODUCT),
    "empty": Label("is empty", _D, _REFERENCE),
    "empty-not": Label("is not empty", _D, _REFERENCE),
    "greater": Label("is greater than", _P, "ebq.com"),
    "is": Label("is", _D, _REFERENCE),
    "is-not": Label("isn't", _D, _REFERENCE),
    "less": Label("is less than", _P, "ebq.com"),
    "starts": Label("starts with", _U, _PRODUCT),
}
"""The operators, by our own short word."""

ACTIONS: dict[str, Label] = {
    "assign-group": Label("Assign prospect to user in group", _D, _ACTION_PAGE),
    "assign-queue": Label("Assign prospect to queue", _D, _ACTION_PAGE),
    "assign-rule": Label("Assign prospect via Salesforce active assignment rule", _D, _ACTION_PAGE),
    "assign-user": Label("Assign prospect to user", _D, _ACTION_PAGE),
    "campaign": Label("Add prospect to Salesforce campaign", _D, _ACTION_PAGE),
    "category": Label("Adjust Prospect Score for Scoring Category", _D, _ACTION_PAGE),
    "custom-field": Label("Change prospect custom field value", _D, _ACTION_PAGE),
    "default-field": Label("Change prospect default field value", _U, _PRODUCT),
    "increment": Label("Increment prospect field value", _P, "pardotschool.com, category overinflation"),
    "list-add": Label("Add prospect to list", _D, _ACTION_PAGE),
    "list-remove": Label("Remove prospect from list", _U, _PRODUCT),
    "notify-owner": Label("Notify assigned user", _U, _PRODUCT),
    "notify-user": Label("Notify user", _U, _PRODUCT),
    "profile": Label("Change profile criteria", _D, _ACTION_PAGE),
    "score": Label("Adjust Prospect Score", _D, _ACTION_PAGE),
    "tag-add": Label("Apply tags", _D, _ACTION_PAGE),
    "tag-remove": Label("Remove tags", _U, _PRODUCT),
    "task": Label("Create Salesforce task", _U, _PRODUCT),
}
"""The first dropdown of an action, by our own short word."""

FIELDS: dict[str, str] = {
    "email": "Email",
    "email-domain": "Email",
    "first-name": "First Name",
    "last-name": "Last Name",
    "job-title": "Job Title",
    "department": "Department",
    "phone": "Phone",
    "company": "Company",
    "industry": "Industry",
    "employees": "Employees",
    "annual-revenue": "Annual Revenue",
    "website": "Website",
    "city": "City",
    "state": "State",
    "country": "Country",
    "lead-source": "Source",
    "created": "Created Date",
}
"""The default prospect field behind each built-in field of the language."""

OWN_FIELDS = frozenset({"Assigned User", "Campaign", "Created Date", "Grade", "Score"})
"""Default fields that the platform fills itself.

Source: help.salesforce.com, mktg.pardot_default_prospect_field_mapping ("proprietary", cannot be edited or remapped).
"""

DEFAULT_FIELDS = (
    frozenset(FIELDS.values())
    | OWN_FIELDS
    | {
        "Address One",
        "Address Two",
        "Comments",
        "Do Not Call",
        "Do Not Email",
        "Fax",
        "Notes",
        "Opted Out",
        "Salutation",
        "Territory",
        "Years In Business",
        "Zip",
    }
)
"""Fields that every prospect has, by label.

Source: help.salesforce.com, mktg.pardot_default_prospect_field_mapping; the labels of those that it maps to nothing are
those of the properties of developer.salesforce.com, prospect-v5 (``yearsInBusiness``).
"""


FIELD_TYPES: dict[str, str] = {
    "text": "Text",
    "number": "Number",
    "date": "Date",
    "choice": "Dropdown or Radio Button",
    "choices": "Checkbox with several values, or Multi-Select",
    "yes_no": "Checkbox",
}
"""The type of a prospect field behind each type of the language."""


def field_what(field: Field) -> str:
    """Our short word of the first dropdown for a field."""
    if field.of == "account":
        return "account-field"
    return "default-field" if is_default(field) else "custom-field"


def field_label(field: Field) -> str:
    """What the platform calls a field: a default one by its own letters, however a spec writes them."""
    if field.of == "account":
        return field.names.get("pardot") or field.title
    name = field.names.get("pardot") or FIELDS.get(field.id) or field.title
    return default_field(name) or name


def is_default(field: Field) -> bool:
    """Whether a field is one that every prospect has: it ships, or a spec declares one of this name."""
    return field.of == "person" and (field.builtin or default_field(field_label(field)) is not None)


def default_field(name: str) -> str | None:
    """The default field of a name; letter case, and what stands between words, is not looked at."""
    return _BY_NAME.get(_plain(name))


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


_BY_NAME = {_plain(label): label for label in sorted(DEFAULT_FIELDS)}
