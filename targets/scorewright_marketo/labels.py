"""What Marketo calls things on the screen and in its API, as tables: one id, both vocabularies, and how sure we are."""

from __future__ import annotations

from typing import NamedTuple

from scorewright.plugin.facts import Confidence

__all__ = [
    "ACTIVITIES",
    "API_FLOW_STEPS",
    "API_RULES",
    "CONSTRAINTS",
    "FIELDS",
    "FIELD_TYPES",
    "LIBRARY_FIELDS",
    "NEGATED",
    "PERSON_SCORE",
    "TEXT_OPERATORS",
    "ActivityLabels",
    "FieldLabels",
]

_D, _P, _I = Confidence.DOCUMENTED, Confidence.PRACTITIONER, Confidence.INFERRED
_PRODUCT_DOCS = "experienceleague.adobe.com/en/docs/marketo/using, smart lists and smart campaigns"

PERSON_SCORE = "Person Score"
"""The standard score field; the API and older pages say Lead Score."""


class ActivityLabels(NamedTuple):
    """One kind of activity: its trigger, its filter, its inactivity filter, its primary attribute.

    ``absence`` is empty where no inactivity filter is known; ``kept`` the fact that says for how many days it is kept.  The API, its
    MCP server and older pages say Lead where the screen says Person: ``api_trigger`` and ``api_filter`` where they differ.
    """

    trigger: str
    filter: str
    absence: str
    primary: str
    kept: str
    confidence: Confidence
    source: str = _PRODUCT_DOCS
    api_trigger: str = ""
    api_filter: str = ""


_WEB, _REST = "retention-web", "retention-rest"

ACTIVITIES: dict[str, ActivityLabels] = {
    "form": ActivityLabels(
        "Fills Out Form", "Filled Out Form", "Not Filled Out Form", "Form Name", _REST, _D
    ),
    "page": ActivityLabels(
        "Visits Web Page", "Visited Web Page", "Not Visited Web Page", "Web Page", _WEB, _D
    ),
    "link": ActivityLabels(
        "Clicks Link on Web Page",
        "Clicked Link on Web Page",
        "Not Clicked Link on Web Page",
        "Link",
        _WEB,
        _D,
        api_trigger="Clicks Link",
        api_filter="Click Link",
    ),
    "email-click": ActivityLabels(
        "Clicks Link in Email", "Clicked Link in Email", "Not Clicked Link in Email", "Email", _REST, _D
    ),
    "email-open": ActivityLabels("Opens Email", "Opened Email", "Not Opened Email", "Email", _REST, _D),
    "bounce-hard": ActivityLabels("Email Bounces", "Email Bounced", "", "Email", _REST, _D),
    "bounce-soft": ActivityLabels("Email Bounces Soft", "Email Bounced Soft", "", "Email", _REST, _D),
    "unsubscribe": ActivityLabels(
        "Unsubscribes from Email",
        "Unsubscribed from Email",
        "Not Unsubscribed from Email",
        "Email",
        _REST,
        _I,
    ),
    "program": ActivityLabels(
        "Program Status is Changed",
        "Program Status was Changed",
        "",
        "Program",
        _REST,
        _D,
        api_trigger="Progression Status is Changed",
        api_filter="Progression Status was Changed",
    ),
    "campaign-add": ActivityLabels("Added to SFDC Campaign", "", "", "Campaign", _REST, _D),
    "campaign-status": ActivityLabels("Status is Changed in SFDC Campaign", "", "", "Campaign", _REST, _D),
    "data": ActivityLabels("Data Value Changes", "Data Value Changed", "", "Attribute", _WEB, _D),
    "score": ActivityLabels(
        "Score is Changed", "Score was Changed", "Not Score was Changed", "Score Name", _WEB, _D
    ),
    "created": ActivityLabels(
        "Person is Created",
        "Person was Created",
        "",
        "",
        _REST,
        _D,
        api_trigger="Lead is Created",
        api_filter="Lead was Created",
    ),
    "chat": ActivityLabels("Engages with a Dialogue", "Engaged with a Dialogue", "", "Dialogue", _REST, _I),
    "opportunity-add": ActivityLabels("Added to Opportunity", "Was Added to Opportunity", "", "", _REST, _I),
    "opportunity-update": ActivityLabels(
        "Opportunity is Updated", "Opportunity was Updated", "", "Attribute", _REST, _I
    ),
    "list": ActivityLabels("Added to List", "Was Added to List", "", "List Name", _WEB, _D),
    "requested": ActivityLabels("Campaign is Requested", "Campaign was Requested", "", "Source", _WEB, _D),
}
"""Activities by our own id.  Wording that Adobe's pages leave open is marked inferred: check it once on the screen."""

API_FLOW_STEPS: dict[str, str] = {"Change Program Status": "Change Status in Progression"}
"""Flow steps that the API calls otherwise."""

CONSTRAINTS: dict[str, str] = {
    "page": "Web Page",
    "query-string": "Querystring",
    "referrer": "Referrer",
    "link": "Link",
    "bot": "Is Bot Activity",
    "device": "Device",
    "status": "New Status",
    "from": "Previous Value",
    "reason": "Details",
}
"""Properties of the language's events that stand as a constraint."""

TEXT_OPERATORS: dict[str, str] = {"is": "is", "starts_with": "starts with", "contains": "contains"}
"""Text modes that Marketo has an operator for; words and endings go through a padded helper field."""

NEGATED: dict[str, str] = {
    "is": "is not",
    "starts with": "not starts with",
    "contains": "not contains",
    "is empty": "is not empty",
    "is not empty": "is empty",
    "in": "not in",
    "not in": "in",
}
"""Operators and their negation, from Adobe's operator glossary."""

FIELD_TYPES: dict[str, str] = {
    "text": "string",
    "number": "integer",
    "date": "datetime",
    "yes_no": "boolean",
    "choice": "string",
    "choices": "string",
}
"""Our field types as API data types."""


LIBRARY_FIELDS: dict[str, str] = {
    "Behavior Score": "BehaviorScore",
    "Demographic Score": "DemographicScore",
}
"""API names of the score fields of Adobe's program library (OP-Scoring-Behavior, OP-Scoring-Demographic).

Import Program looks for a field by type, label and API name, so whoever has these has them under these names.
"""


class FieldLabels(NamedTuple):
    """A standard field: its label on the screen, and what the API calls the filter where that differs."""

    label: str
    confidence: Confidence
    api: str = ""


FIELDS: dict[str, FieldLabels] = {
    "email": FieldLabels("Email Address", _D),
    "first-name": FieldLabels("First Name", _D),
    "last-name": FieldLabels("Last Name", _D),
    "job-title": FieldLabels("Job Title", _D),
    "department": FieldLabels("Department", _I),
    "phone": FieldLabels("Phone Number", _I),
    "company": FieldLabels("Company Name", _I),
    "industry": FieldLabels("Industry", _D),
    "employees": FieldLabels("Num Employees", _D),
    "annual-revenue": FieldLabels("Annual Revenue", _D),
    "website": FieldLabels("Website", _I),
    "city": FieldLabels("City", _I),
    "state": FieldLabels("State", _D),
    "country": FieldLabels("Country", _D),
    "lead-source": FieldLabels("Person Source", _D, "Lead Source"),
    "created": FieldLabels("Created At", _D),
}
"""The language's built-in fields; ``email-domain`` is read out of the padded e-mail address."""

API_RULES: dict[str, str] = {
    **{row.trigger: row.api_trigger for row in ACTIVITIES.values() if row.api_trigger},
    **{row.filter: row.api_filter for row in ACTIVITIES.values() if row.api_filter},
    **{row.label: row.api for row in FIELDS.values() if row.api},
    PERSON_SCORE: "Lead Score",
    "Person Status": "Lead Status",
}
"""What the API calls a trigger or filter where it differs from the screen: read off the tables above."""
