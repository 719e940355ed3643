"""What to write instead of a value of the wrong shape, and of a word that the language does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorewright.schema.build import DATE_KEY

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.schema.faults import Fault

__all__ = ["of_another_tongue", "too_few", "wrong_type", "wrong_value"]

_MONTHS = re.compile(r"^([0-9]+) ?(m|mo|month|months)$")
_PERIOD = re.compile(
    r"^(?:calendar[ _-]|a |each |every |per )?(day|week|month|quarter|year)s?$", re.IGNORECASE
)
_INTEGER = re.compile(r"^[+-]?[0-9]+$")
_DAYS_A_MONTH = 30
_CONDITIONS = frozenset({"when", "unless", "all", "any", "not"})

_WRITE = {
    "limit": 'write { times = 1, per = "30d" }',
    "group_limit": 'write { points = 20, per = "30d" }',
    "decay_limit": 'write { points = 30, per = "silence" }',
    "condition": 'write one such as { segment = "customers" }',
    "event": 'write what happens to what: { visits = "any-page" }',
    "review": 'write { first = "60d", every = "90d" }',
    "active": "write { from = 2026-01-01, until = 2026-12-31 }",
    "fades": 'write { subtract = 1, every = "7d" }',
}
"""What each table looks like, for who wrote a text or a number in its place."""

_FOREIGN = {
    "again": "how often something fires is its `limit`; a step of a decay comes again by `every`",
    "cooldown": 'write limit = { times = 1, per = "30d" }',
    "extends": "name the other segment in a condition: `all` makes the group narrower, `any` wider",
    "lists": "texts stand under [terms]; a list of people is an asset: { list = … }",
    "owner": 'who keeps the model is its `steward`; the owner of a lead is "owner" behind `notify`',
    "part_of": "write `feeds` for points that count in both, or `sum_of` on the score that is always the sum",
    "programs": "write [products.<id>]",
    "programmes": "write [products.<id>]",
    "repeat": 'write limit = { times = 1, per = "30d" }',
    "tag": "what one rule puts on people and another reads is a `mark`",
    "tags": "write [marks]",
    "tokens": "named numbers stand under [values]",
    "total": "the score that the platform shows as the total has overall = true",
    "while": "what must be so stands under `when`",
}
"""Words of other tools, and of drafts of this language, with the word that says it here."""


def of_another_tongue(key: str) -> str:
    """How the language says what a word of other tools says, or nothing."""
    return _FOREIGN.get(key, "")


def too_few(fault: Fault) -> str:
    """Help for what is empty or too short."""
    if fault.keyword != "minItems":
        return "write something, or leave the key out"
    alone = isinstance(fault.instance, list) and len(fault.instance) > 0
    return f"write at least {fault.asked}" + (
        "; a single one is written by itself, without the array" if alone else ""
    )


def wrong_type(fault: Fault, path: KeyPath) -> str:
    """Help for a value of another type than the key takes."""
    words, value = fault.schema.get("x-words", ""), fault.instance
    if isinstance(value, str):
        return _for_a_text(fault, words, value)
    if isinstance(value, list):
        return _for_an_array(fault, words, path)
    if isinstance(value, dict):
        if DATE_KEY in value and words.startswith("a text, an integer"):
            return "ask a date with on_or_after, before, within_last, older_than, within_next or known"
        return f"write {path[-1]} = [ {{ … }} ]" if words.startswith("an array of ") and path else ""
    if isinstance(value, int) and not isinstance(value, bool) and words.startswith("a text"):
        return f'write "{value}"'
    return _WRITE.get(fault.schema.get("x-record", ""), "")


def _for_a_text(fault: Fault, words: str, value: str) -> str:
    if "without quotes" in words:
        return "write it without quotes"
    if words.startswith("an array"):
        return f'write ["{value}"]' if "table" not in words and value else ""
    if words == "true or false" and value.lower() in {"yes", "no", "true", "false"}:
        return f"write {'true' if value.lower() in {'yes', 'true'} else 'false'}, without quotes"
    return _WRITE.get(fault.schema.get("x-record", ""), "")


def _for_an_array(fault: Fault, words: str, path: KeyPath) -> str:
    if fault.schema.get("x-record") == "condition" and path:
        key = ".".join(str(part) for part in path[-1:])
        return f"write {key}.all = [ … ] if all must hold, {key}.any = [ … ] if one is enough"
    if words.startswith("an id ("):
        several = _CONDITIONS & set(path)
        return "name one" + ("; for several write any = [ { … }, { … } ]" if several else "")
    return _WRITE.get(fault.schema.get("x-record", ""), "")


def wrong_value(value: Any, words: str) -> str:
    """Help for a value of the right type that the key does not take."""
    text = str(value)
    if words.startswith("a number") and isinstance(value, str) and _INTEGER.match(text):
        return f"write {int(text)}, without quotes"
    if words.startswith("a number") and isinstance(value, int):
        return "a score is a signed 32-bit integer: from -2147483648 to 2147483647"
    if not words.startswith(("a duration", "a window")):
        return ""
    of_window = words.startswith("a window")
    months, period = _MONTHS.match(text), _PERIOD.match(text)
    if months is not None:
        calendar = ', or "calendar month"' if of_window else ""
        return f'a month has no fixed length: write "{int(months[1]) * _DAYS_A_MONTH}d"{calendar}'
    return f'did you mean "calendar {period[1].lower()}"?' if of_window and period is not None else ""
