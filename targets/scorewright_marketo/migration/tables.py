"""What an object's table says, for whoever compares two versions of it: filters, flows, and what a campaign holds on to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo import objects as ob
from scorewright_marketo.folders import AWARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted

__all__ = [
    "CAMPAIGNS",
    "FIELDS",
    "Key",
    "calls",
    "changes",
    "flow_of",
    "is_batch",
    "is_made_anew",
    "is_waited_in",
    "literal",
    "numbers",
    "plain",
    "relabelled",
    "remembers",
    "says",
    "smart_list_of",
    "strings",
    "value_of",
    "waits",
    "written",
]

Key = tuple[str, str]
"""Kind and name of an object."""


CAMPAIGNS = "smart-campaigns"
FIELDS = frozenset({"score-fields", "helper-fields"})

_REMARKS = frozenset({"why", "coupled", "inverse", "check", "can_be_deleted", "status"})
"""What is written for readers, and stands nowhere on the platform."""


def says(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what is written for readers alone."""
    return {key: value for key, value in plain(table).items() if key not in _REMARKS}


def plain(value: Any) -> Any:
    """A table with lists for tuples, as its file gives it back."""
    if isinstance(value, dict) or hasattr(value, "items"):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


# --- as the sheet explains them -------------------------------------------------------------------------------------


def smart_list_of(table: Mapping[str, Any]) -> ob.SmartList:
    """The triggers and filters."""
    return ob.SmartList(
        tuple(_clause(row) for row in table.get("triggers", ())),
        tuple(_clause(row) for row in table.get("filters", ())),
        table.get("filter_logic", "ALL"),
    )


def _clause(row: Mapping[str, Any]) -> ob.Clause:
    constraints = tuple(
        ob.Constraint(item["name"], item["operator"], tuple(item["values"]))
        for item in row.get("constraints", ())
    )
    values = tuple(row.get("values", ()))
    return ob.Clause(row["rule"], row.get("operator", ""), values, row.get("attribute", ""), constraints)


def flow_of(steps: Iterable[Mapping[str, Any]]) -> tuple[ob.FlowStep, ...]:
    """The steps of a flow."""
    return tuple(_step(row) for row in steps)


def _step(row: Mapping[str, Any]) -> ob.FlowStep:
    fields = tuple((item["label"], item["value"]) for item in row["fields"])
    if "choices" not in row:
        return ob.FlowStep(row["step"], fields)
    choices = tuple(ob.Choice(_clause(item["if"]), item["value"]) for item in row["choices"])
    return ob.FlowStep(row["step"], (*fields, (row["varies"], row["default"])), row["varies"], choices)


# --- what a campaign does -------------------------------------------------------------------------------------------


def value_of(step: Mapping[str, Any], label: str) -> str:
    """What stands in a field of a step; ``""`` where choices decide, or there is none."""
    return next((item["value"] for item in step["fields"] if item["label"] == label), "")


def changes(table: Mapping[str, Any], label: str) -> bool:
    """Whether a campaign writes a field."""
    return any(label in {value_of(step, "Score Name"), value_of(step, "Attribute")} for step in table["flow"])


def written(table: Mapping[str, Any]) -> Iterator[str]:
    """The fields that a campaign writes for itself: what it sets, or copies."""
    for step in table["flow"]:
        texts = [value_of(step, "Change"), *(item["value"] for item in step.get("choices", ()))]
        if step["step"] == "Change Score" and any(text.startswith("=") for text in texts):
            yield value_of(step, "Score Name")


def calls(table: Mapping[str, Any]) -> Iterator[str]:
    """The campaigns that it executes or requests."""
    for step in table["flow"]:
        if step["step"] in {"Execute Campaign", "Request Campaign"}:
            texts = (
                value_of(step, "Campaign"),
                step.get("default", ""),
                *(item["value"] for item in step.get("choices", ())),
            )
            yield from (text for text in texts if text and text != ob.DO_NOTHING)


def waits(table: Mapping[str, Any]) -> bool:
    """Whether people stand in its flow for a while."""
    return any(step["step"] == "Wait" for step in table["flow"])


def is_waited_in(table: Mapping[str, Any]) -> bool:
    """Whether people who have set it off wait in it, as long as the spec says."""
    return table.get("switched_on") == "live" and waits(table)


def is_batch(table: Mapping[str, Any]) -> bool:
    """Whether it runs by the clock, again and again."""
    return bool(table["type"] == "batch" and table.get("schedule", "") not in {"", "Run once"})


def remembers(table: Mapping[str, Any]) -> bool:
    """Whether it matters who has been through: whom it lets in again goes by it, or may do so one day."""
    if table.get("schedule") == "Run once":
        return False
    return bool(table["qualification"] != "Every time" or table["folder"] == AWARDS)


def numbers(objects: Iterable[Emitted]) -> dict[Key, str]:
    """What each token holds, by its program and how it is referred to."""
    return {
        (item.table["program"], item.table["reference"]): item.table["shown"]
        for item in objects
        if item.kind == "tokens"
    }


def literal(value: Any, program: str, tokens: Mapping[Key, str]) -> Any:
    """A flow with the numbers that its tokens held."""
    if isinstance(value, str):
        return tokens.get((program, value), value)
    if isinstance(value, dict):
        return {key: literal(item, program, tokens) for key, item in value.items()}
    return [literal(item, program, tokens) for item in value] if isinstance(value, (list, tuple)) else value


def relabelled(value: Any, labels: Mapping[str, str]) -> Any:
    """A table in which fields are called otherwise, in tokens too."""
    if isinstance(value, str):
        token = value.removeprefix("{{lead.").removesuffix("}}") if value.startswith("{{lead.") else ""
        return "{{lead." + labels[token] + "}}" if token in labels else labels.get(value, value)
    if isinstance(value, dict):
        return {key: relabelled(item, labels) for key, item in value.items()}
    return [relabelled(item, labels) for item in value] if isinstance(value, (list, tuple)) else value


def strings(value: Any) -> Iterator[str]:
    """Every text in a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from strings(item)


def is_made_anew(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a campaign is an executable only before or only after: that is ticked when it is made, and never edited."""
    return (old.get("type") == "executable") != (new.get("type") == "executable")
