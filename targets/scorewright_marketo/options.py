"""What a spec may say under ``[targets.marketo]``: its schema, and the frozen value that is read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SCHEMA", "Options", "read"]

_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
_NAMES = {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}


def _texts(description: str) -> dict[str, Any]:
    return {**_TEXTS, "description": description}


def _count(description: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "description": description}


def _group(description: str, **keys: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": {key: _texts(text) for key, text in keys.items()},
        "additionalProperties": False,
    }


SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Options of the Marketo target",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "program_prefix": {
            "type": "string",
            "description": "What the names of the programs begin with (default: OP-Scoring-).",
        },
        "program": {
            "type": "string",
            "minLength": 1,
            "description": "The main program's whole name, instead of prefix and title.",
        },
        "helper_prefix": {
            "type": "string",
            "minLength": 1,
            "description": "What the names of helper fields begin with (default: SW).",
        },
        "folder": {
            "type": "string",
            "minLength": 1,
            "description": "The folder under Marketing Activities that holds the programs (default: Operational).",
        },
        "workspace": {
            "type": "string",
            "minLength": 1,
            "description": "The workspace that everything stands in (default: Default).",
        },
        "tokens": {
            **_NAMES,
            "description": "Names of tokens by the id of an element or value: contact = 'Form - Contact'.",
        },
        "tokens_back": {
            **_NAMES,
            "description": "Names of tokens that hold what a fact takes back, by element: 'rules.bad-name' = 'Name Updated'.",
        },
        "few_campaigns": {
            "type": "boolean",
            "description": "Plain awards stand in their trigger campaigns, and one nightly batch re-rolls all that holds: fewer "
            "campaigns of the same number of triggers, as Adobe's library has them; but no executable whose memory a backfill "
            "could share, and of who changes in one thing everything is taken back and given again (default: false).",
        },
        "budget": {
            "type": "object",
            "description": "How much the model may need; more is an error that says what would save.",
            "properties": {
                "triggers": _count("Trigger campaigns: each is looked at for every event of its kind."),
                "fields": _count("Custom fields: none can ever be deleted."),
            },
            "additionalProperties": False,
        },
        "most_dates": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10,
            "description": "A limit of so many awards in a rolling window is kept by a date field for each; a limit of more by "
            "one account, which a campaign that waits empties (default: 3).",
        },
        "wait": {
            "type": "integer",
            "minimum": 5,
            "maximum": 60,
            "description": "Minutes between a score change and the look at its threshold (default: 5).",
        },
        "night": {
            "type": "string",
            "pattern": "^[0-2][0-9]:[0-5][0-9]$",
            "description": "When the nightly batches begin, in the model's time zone (default: 01:00).",
        },
        "largest_score": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1000000,
            "description": "No score goes above this: how far percent steps and copied scores reach (default: 1000).",
        },
        "word_separators": _texts(
            "The signs beside a word in the data; a word beside any other sign is not found (default: space , . / -)."
        ),
        "statuses": _group(
            "Program statuses that mean something, by event.",
            registered="Default: Registered.",
            attended="Default: Attended.",
            missed="Default: No Show.",
            watched="Default: Attended On-demand.",
        ),
        "stages": _group(
            "Opportunity stages that mean won and lost.",
            won="Default: Closed Won.",
            lost="Default: Closed Lost.",
        ),
        "file_extensions": _texts("What a link to a file contains (default: .pdf and seven more)."),
        "earlier_points": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "integer"}},
            "description": "Points that a fact or tier gave in earlier versions, by element: 'tiers.seniority' = [12].",
        },
        "alert_email": {
            "type": "string",
            "minLength": 1,
            "description": "The e-mail asset that alerts are sent with (default: Scoring alert).",
        },
    },
}


@dataclass(frozen=True, slots=True)
class Options:
    """``[targets.marketo]`` as read.  ``largest_score`` and ``word_separators`` are ``None`` when not written:
    only a number that the spec has written is taken knowingly.
    """

    program_prefix: str = "OP-Scoring-"
    program: str = ""
    helper_prefix: str = "SW"
    folder: str = "Operational"
    workspace: str = "Default"
    tokens: Mapping[str, str] = field(default_factory=dict)
    tokens_back: Mapping[str, str] = field(default_factory=dict)
    few_campaigns: bool = False
    budget: Mapping[str, int] = field(default_factory=dict)
    most_dates: int = 3
    wait: int = 5
    night: str = "01:00"
    largest_score: int | None = None
    word_separators: tuple[str, ...] | None = None
    statuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file_extensions: tuple[str, ...] = (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".zip")
    earlier_points: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    alert_email: str = "Scoring alert"


_LISTS = {"word_separators", "file_extensions"}
_TABLES_OF_LISTS = {"statuses", "stages", "earlier_points"}


def read(options: Mapping[str, Any]) -> Options:
    """The frozen value of options that have passed the schema."""
    return Options(**{key: _frozen(key, value) for key, value in options.items()})


def _frozen(key: str, value: Any) -> Any:
    if key in _LISTS:
        return tuple(value)
    if key in _TABLES_OF_LISTS:
        return {name: tuple(items) for name, items in value.items()}
    return value
