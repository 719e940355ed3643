"""Platform limits, quotas by edition, and the shipped baseline rows, as tables."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ROWS", "RULE_QUOTA", "Row"]

RULE_QUOTA = {
    "growth": "rules-growth",
    "plus": "rules-plus",
    "advanced": "rules-advanced",
    "premium": "rules-premium",
}
"""The fact that says how many automation rules an edition has."""


class Row(NamedTuple):
    """One row of the baseline scoring rules: its label, the points as shipped, and how sure the row is."""

    label: str
    shipped: int
    source: str


_HELP = "help.salesforce.com, mktg.pardot_leadqual_scoring_baseline"
_OLD = "pardot.com, glossary of scores"

ROWS: tuple[Row, ...] = (
    Row("Custom Redirect Click", 3, _HELP),
    Row("Email Open", 0, _HELP),
    Row("Event Checked In", 0, _HELP),
    Row("Event Registered", 0, _HELP),
    Row("File Access", 3, _HELP),
    Row("Form Error", -5, _HELP),
    Row("Form Handler Error", -5, _HELP),
    Row("Form Handler Submission", 50, _HELP),
    Row("Form Submission", 50, _HELP),
    Row("Landing Page Error", -5, _HELP),
    Row("Landing Page Success", 50, _HELP),
    Row("Olark Chat", 10, _HELP),
    Row("Opportunity Created", 50, _HELP),
    Row("Opportunity Lost", -100, _HELP),
    Row("Opportunity Won", 0, _HELP),
    Row("Page View", 1, _HELP),
    Row("Site Search Query", 3, _OLD),
    Row("Tracker Link Click", 3, _OLD),
    Row("Visitor Session", 3, _OLD),
)
"""The rows that could be read, in the order of the page.  A business unit with connectors shows more."""
