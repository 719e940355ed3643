"""Records of the API as found things, in the normal form; three shapes of folders and two of capitals end here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.plugin.reach import Found, Key
from scorewright_marketo.client.kinds import program_key
from scorewright_marketo.client.normal import (
    by_name,
    has_names_alone,
    has_rules,
    is_marked,
    qualification,
    read_rules,
    recurrence,
    signed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.reach import Resource

__all__ = [
    "again",
    "id_of",
    "is_ours",
    "of_campaign",
    "of_field",
    "of_folder",
    "of_parent",
    "of_program",
    "of_smart",
    "of_static",
    "of_token",
]


_NAMES_ALONE = "the API shows the names of its triggers alone: look at what they ask for"


def again(found: Found) -> Found:
    """There is one more of the same key."""
    return replace(found, also=found.also + 1)


def id_of(record: Mapping[str, Any]) -> str:
    """A record's id, which is a number; an answer without one makes no sense, and raises."""
    return str(int(record["id"]))


def is_ours(record: Mapping[str, Any], model: str) -> bool:
    """Whether a record carries this model's marker."""
    return is_marked(record.get("description"), model)


def _described(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": " ".join(str(record.get("description") or "").split())}


def of_program(record: Mapping[str, Any], model: str) -> Found:
    """A program.  Documents write its type with and without a capital."""
    made = {
        **_described(record),
        "type": str(record.get("type", "")).title(),
        "channel": record.get("channel"),
    }
    key = program_key(record["name"])
    return Found(key=key, id=id_of(record), made=made, marked=is_ours(record, model))


def of_parent(key: Key, record: Mapping[str, Any], model: str) -> Found:
    """The folder that programs stand in.  It is the team's, unless a push had to make it."""
    made = {"workspace": record.get("workspace")}
    return Found(key=key, id=id_of(record), made=made, marked=is_ours(record, model))


def of_folder(program: str, record: Mapping[str, Any], model: str) -> Found:
    """A local folder."""
    key = Key("folders", f"{program}.{record['name']}")
    return Found(key=key, id=id_of(record), made=_described(record), marked=is_ours(record, model))


def of_token(key: Key, record: Mapping[str, Any], *, marked: bool) -> Found:
    """A token.  It has no description: it is ours where it stands in our program under a name of ours."""
    made = {"type": record.get("type"), "value": signed(record.get("value"))}
    return Found(key=key, id=str(record.get("name")), made=made, marked=marked)


def of_static(program: str, record: Mapping[str, Any], model: str) -> Found:
    """A static list."""
    key = Key("static-lists", f"{program}.{record['name']}")
    return Found(key=key, id=id_of(record), made=_described(record), marked=is_ours(record, model))


def of_field(key: Key, record: Mapping[str, Any]) -> Found:
    """A field of people."""
    name = str(record.get("name"))
    made = {"name": name, "label": record.get("displayName"), "type": record.get("dataType")}
    return Found(key=key, id=name, made=made)


def of_smart(key: Key, record: Mapping[str, Any], rules: Mapping[str, Any] | None, model: str) -> Found:
    """A smart list of its own."""
    hand = None if rules is None else read_rules(rules)
    return Found(key=key, id=id_of(record), by_hand=hand, marked=is_ours(record, model))


def of_campaign(
    key: Key, record: Mapping[str, Any], rules: Mapping[str, Any] | None, wanted: Resource | None, model: str
) -> Found:
    """A campaign; ``rules`` are ``None`` where they were not read."""
    return Found(
        key=key,
        id=id_of(record),
        made=_described(record),
        by_hand=None if rules is None else _by_hand(record, rules, wanted),
        marked=is_ours(record, model),
        live=_acts(record),
        note=_NAMES_ALONE if rules is not None and has_names_alone(rules) else "",
    )


def _by_hand(record: Mapping[str, Any], rules: Mapping[str, Any], wanted: Resource | None) -> dict[str, Any]:
    """What a person has made of a campaign: nothing, while there is no rule where rules are wanted.

    Adobe's schema says that triggers are texts: where they are, their names are all that can be compared.  A batch that is not
    scheduled yet is not otherwise than it is to be: scheduling is switching on.
    """
    asked = {} if wanted is None else wanted.by_hand
    hand = read_rules(rules)
    if has_names_alone(rules):
        hand["triggers"] = by_name(hand["triggers"], asked.get("triggers", ()))
    if not has_rules(hand) and asked and (asked.get("triggers") or asked.get("filters")):
        return {}
    often = recurrence(record) or asked.get("schedule", "")
    return {**hand, "qualification": qualification(record), **({"schedule": often} if often else {})}


def _acts(record: Mapping[str, Any]) -> bool:
    """An active trigger, a batch that recurs, or one that has been run."""
    if record.get("isActive") or recurrence(record):
        return True
    return record.get("type") != "trigger" and record.get("status") in {
        "Single Run",
        "Recurring Run",
        "Requested",
    }
