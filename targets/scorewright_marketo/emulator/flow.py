"""Flow steps, made ready once: what each does to a person, with its choices and its tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_marketo.emulator.clock import span
from scorewright_marketo.emulator.rules import compile_filter
from scorewright_marketo.objects import DO_NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright_marketo.emulator.acting import Acting, Others
    from scorewright_marketo.emulator.state import State

__all__ = ["Act", "compile_step", "is_wait"]

Act = Callable[["Acting"], None]
"""What a step does.  The play knows which run it belongs to."""

_CHANGE = re.compile(r"(=?)([+-]?)(\d{1,15})")
_LEAD = re.compile(r"\{\{lead\.([^}]*)\}\}", re.IGNORECASE)
_OWNER, _CRM = "Sales Owner Email Address", "SFDC Type"
_FIRST, _LAST = -62_000_000_000, 253_402_214_400
"""Instants that a calendar holds: the years 5 to 9999."""
_ROOM = 65_535
"""Characters that the longest text holds (Adobe Developer, Marketo Engage, field types: text)."""
_NOW = "{{system.datetime}}"


class Place(NamedTuple):
    """Where a step stands: the campaign, the step's number in its flow, whose tokens count, in an executable or not."""

    campaign: str
    number: int
    program: str
    executable: bool


def is_wait(table: Mapping[str, Any]) -> bool:
    """Whether a step waits."""
    return bool(table["step"] == "Wait")


def compile_step(campaigns: Others, table: Mapping[str, Any], place: Place) -> Act:
    """A step as a function.  Raises ``ValueError`` for a step, a field or a value that cannot be read."""
    step = table["step"]
    maker = _MAKERS.get(step)
    if maker is None:
        raise ValueError(f"the flow step {step!r} is not known")
    fields = {row["label"]: row["value"] for row in table.get("fields", ())}
    if "choices" not in table:
        return maker(campaigns, fields, place)
    return _with_choices(campaigns, table, fields, place, maker)


def _with_choices(
    campaigns: Others, table: Mapping[str, Any], fields: dict[str, str], place: Place, maker: _Maker
) -> Act:
    """The first choice that fits acts, else the default; doing nothing is a value like others."""
    varies = table["varies"]

    def made(value: str) -> Act | None:
        return None if value == DO_NOTHING else maker(campaigns, {**fields, varies: value}, place)

    rows = [(compile_filter(campaigns.ground, row["if"])[1], made(row["value"])) for row in table["choices"]]
    default = made(table.get("default", DO_NOTHING))

    def act(play: Acting) -> None:
        state = play.state
        chosen = default
        for holds, found in rows:
            if holds(state):
                chosen = found
                break
        if chosen is not None:
            chosen(play)

    return act


def _nothing(_play: Acting) -> None:
    """A step that does nothing."""


# --- values ---------------------------------------------------------------------------------------------------------


def _change_score(campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    key, _ = campaigns.ground.field(fields["Score Name"])
    if campaigns.ground.types[key] != "score":
        raise ValueError(f"Change Score takes score fields only, and {fields['Score Name']!r} is none")
    text = fields["Change"]
    if text == DO_NOTHING:
        return _nothing
    if text.startswith("{{"):
        held = campaigns.ground.token(place.program, text)
        # a token that is not there renders blank, and a blank changes nothing
        if held is None or not campaigns.ground.platform.score_token_signed:
            return _nothing
        text = held
    found = _CHANGE.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        raise ValueError(f"Change Score adds +5, takes -5 or sets =5; what {text!r} does is not documented")
    number = int(found[2] + found[3])
    if found[1]:
        return lambda play: play.change_score(key, fields["Score Name"], number)
    return lambda play: play.change_score(
        key, fields["Score Name"], (play.state.fields.get(key) or 0) + number
    )


def _change_value(campaigns: Others, fields: dict[str, str], _place: Place) -> Act:
    ground, label = campaigns.ground, fields["Attribute"]
    key, _ = ground.field(label)
    kind = ground.types[key]
    value = _template(campaigns, fields["New Value"])
    return lambda play: play.write(key, label, _fitting(value(play.state), kind))


def _template(campaigns: Others, text: str) -> Callable[[State], Any]:
    """A value with its tokens; a token alone keeps what the field holds, beside other signs it is text."""
    if text.casefold() == _NOW:
        return lambda state: state.now
    if text == "NULL":
        return lambda _state: None
    names = _LEAD.findall(text)
    if not names or not campaigns.ground.platform.lead_token_in_data_value:
        return lambda _state: text
    keys = [campaigns.ground.field(name)[0] for name in names]
    if _LEAD.fullmatch(text):
        return lambda state: state.fields.get(keys[0])
    pieces = _LEAD.split(text)[::2]

    def filled(state: State) -> str:
        values = [state.fields.get(key) for key in keys]
        shown = ["" if value is None else str(value) for value in values]
        return "".join(piece + value for piece, value in zip(pieces, [*shown, ""], strict=True))

    return filled


def _fitting(value: Any, kind: str) -> Any:
    """A value as a field of a type holds it; what does not fit leaves the field empty."""
    if value is None or value == "":
        return None
    if kind == "boolean":
        return str(value).casefold() in {"true", "yes", "1"}
    if kind in {"score", "integer", "float", "currency", "percent", "datetime", "date"}:
        try:
            number = int(value)
        except ValueError:
            return None
        return number if kind not in {"datetime", "date"} or _FIRST <= number <= _LAST else None
    return str(value)[:_ROOM]


# --- campaigns ------------------------------------------------------------------------------------------------------


def _execute(campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    own = fields.get("Use Parent Campaign Token Context", "False") == "True"
    name = campaigns.ground.campaign_name(fields["Campaign"])
    called = campaigns.executable(name, place.program if own else None, caller=place.campaign)
    return lambda play: play.execute(called)


def _request(campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    name = campaigns.ground.campaign_name(fields["Campaign"])
    campaigns.requested(name)
    if place.executable and not campaigns.ground.platform.request_from_executable:
        return _nothing
    return lambda play: play.request(name)


def _wait(_campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    if place.executable:
        raise ValueError("an executable can hold no Wait")
    seconds = span(fields["Duration"])
    return lambda play: play.wait(seconds)


# --- memberships ----------------------------------------------------------------------------------------------------


def _list_step(*, on: bool) -> _Maker:
    def make(campaigns: Others, fields: dict[str, str], _place: Place) -> Act:
        label = fields["List Name"]
        name = campaigns.ground.static_list(label)
        return lambda play: play.put_on_list(name, label, on=on)

    return make


def _add_to_campaign(_campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    """Skips who is a member already."""
    name, status = fields["Campaign"], fields["Status"]

    def act(play: Acting) -> None:
        play.did(place.campaign, place.number, f"Add to SFDC Campaign {name}")
        if name.casefold() not in play.state.campaigns:
            play.join_campaign(name, status)

    return act


def _campaign_status(_campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    name, status = fields["Campaign"], fields["New Status"]

    def act(play: Acting) -> None:
        play.did(place.campaign, place.number, f"Change Status in SFDC Campaign {name}: {status}")
        play.join_campaign(name, status)

    return act


def _program_status(_campaigns: Others, fields: dict[str, str], _place: Place) -> Act:
    return lambda play: play.join_program(fields["Program"], fields["New Status"])


def _deed(step: str) -> _Maker:
    """A step that changes nothing that anybody can ask for."""

    def make(_campaigns: Others, fields: dict[str, str], place: Place) -> Act:
        said = f"{step}: {', '.join(value for value in fields.values() if value)}"
        return lambda play: play.did(place.campaign, place.number, said)

    return make


def _sync(_campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    """Makes a CRM lead of who is none, and gives it its first owner; who has an owner keeps them."""
    owner = fields.get("Assign To", "")

    def act(play: Acting) -> None:
        if play.state.fields.get(_CRM.casefold()) is None:
            play.write(_CRM.casefold(), _CRM, "Lead")
        if play.state.fields.get(_OWNER.casefold()) is None:
            play.did(place.campaign, place.number, f"Sync Person to SFDC: {owner}")
            play.write(_OWNER.casefold(), _OWNER, owner)

    return act


def _change_owner(_campaigns: Others, fields: dict[str, str], place: Place) -> Act:
    owner = fields["Owner"]

    def act(play: Acting) -> None:
        if play.state.fields.get(_OWNER.casefold()) != owner:
            play.did(place.campaign, place.number, f"Change Owner: {owner}")
            play.write(_OWNER.casefold(), _OWNER, owner)

    return act


_Maker = Callable[["Others", dict[str, str], Place], Act]

_MAKERS: dict[str, _Maker] = {
    "Change Score": _change_score,
    "Change Data Value": _change_value,
    "Execute Campaign": _execute,
    "Request Campaign": _request,
    "Wait": _wait,
    "Add to List": _list_step(on=True),
    "Remove from List": _list_step(on=False),
    "Add to SFDC Campaign": _add_to_campaign,
    "Change Status in SFDC Campaign": _campaign_status,
    "Change Program Status": _program_status,
    "Sync Person to SFDC": _sync,
    "Change Owner": _change_owner,
    **{
        name: _deed(name)
        for name in (
            "Send Alert",
            "Create Task",
            "Interesting Moment",
            "Send Email",
        )
    },
}
"""The steps that are known; those of the last group leave nothing behind that a filter sees."""
