"""What is done to a person, as flow steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scorewright.model import actions as act
from scorewright_marketo.lower.losses import set_steps
from scorewright_marketo.lower.marks import mark_list
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.resets import stamp_reset
from scorewright_marketo.objects import Choice, Clause, FlowStep

if TYPE_CHECKING:
    from scorewright_marketo.lower.context import Builder

__all__ = ["actions"]


def actions(b: Builder, items: tuple[act.Action, ...]) -> tuple[FlowStep, ...]:
    """The steps of actions: marks first, since others look at them; resets last, so that snapshots see the score.

    What is taken off comes before what is put on, so that both at once leave it on.
    """
    ordered = sorted(items, key=lambda item: _PLACES.get(type(item), 3))
    return tuple(step for item in ordered for step in _ACTIONS[type(item)](b, item))


def _step(name: str, *fields: tuple[str, str]) -> tuple[FlowStep, ...]:
    return (FlowStep(name, fields),)


def _assign(b: Builder, item: act.Assign) -> tuple[FlowStep, ...]:
    if item.to == "crm-rule":
        return _step("Sync Person to SFDC", ("Assign To", "Use auto-assignment rules"))
    asset = b.model.assets[item.to]
    name = asset.texts_on("marketo")[0]
    if asset.kinds == ("group",):
        raise RefusedError(
            "no-such-action",
            item.path,
            "Marketo assigns to a user, a queue or by the CRM's assignment rules, not to a group",
            'write assign = "crm-rule" and let the CRM distribute, or name a queue',
        )
    b.require("CRM " + asset.kinds[0], name, f"The step's list of owners shows “{name}”.")
    if asset.kinds == ("queue",):
        return _step("Sync Person to SFDC", ("Assign To", name))
    return (*_step("Sync Person to SFDC", ("Assign To", name)), *_step("Change Owner", ("Owner", name)))


def _notify(b: Builder, item: act.Notify) -> tuple[FlowStep, ...]:
    if item.to == "opportunity-owner":
        raise RefusedError(
            "no-such-action",
            item.path,
            "Send Alert knows the person's and the account's owner, not the opportunity's",
            'write notify = "owner", or notify a user by name',
        )
    alert = b.options.alert_email
    b.require(
        "e-mail",
        alert,
        f"Design Studio or the program holds the approved e-mail “{alert}”, an alert with {{{{SP_Send_Alert_Info}}}}.",
    )
    if item.to == "owner":
        return _step("Send Alert", ("Email", alert), ("Send To", "Person Owner"), ("To Other Emails", ""))
    name = b.model.assets[item.to].texts_on("marketo")[0]
    if "@" not in name:
        b.require("e-mail address", name, f"The address of “{name}”, to type in To Other Emails.")
    return _step("Send Alert", ("Email", alert), ("Send To", "None"), ("To Other Emails", name))


def _campaign(b: Builder, item: act.AddToCampaign) -> tuple[FlowStep, ...]:
    name = b.model.assets[item.campaign].texts_on("marketo")[0]
    b.require(
        "SFDC campaign",
        name,
        f"Salesforce holds the campaign “{name}”"
        + (f" with the member status “{item.status}”." if item.status else "."),
    )
    if item.status is None:
        return _step("Add to SFDC Campaign", ("Campaign", name), ("Status", "Sent"))
    b.rests_on("campaign-status-adds")
    return _step("Change Status in SFDC Campaign", ("Campaign", name), ("New Status", item.status))


def _to_list(b: Builder, item: act.AddToList) -> tuple[FlowStep, ...]:
    return _step("Add to List", ("List Name", b.static_list(_list_name(b, item.list), "", given=True)))


def _from_list(b: Builder, item: act.RemoveFromList) -> tuple[FlowStep, ...]:
    return _step("Remove from List", ("List Name", b.static_list(_list_name(b, item.list), "", given=True)))


def _list_name(b: Builder, key: str) -> str:
    return b.model.assets[key].texts_on("marketo")[0]


def _lifecycle(b: Builder, item: act.SetLifecycle) -> tuple[FlowStep, ...]:
    cycle = b.model.lifecycle
    assert cycle.field is not None
    word = cycle.names.get(item.stage, item.stage.upper())
    return _step("Change Data Value", ("Attribute", b.field_label(cycle.field)), ("New Value", word))


def _task(_b: Builder, item: act.CreateTask) -> tuple[FlowStep, ...]:
    days = -(-item.due.seconds // 86_400) if item.due is not None else 0
    return _step(
        "Create Task", ("Assign To", "Person Owner"), ("Subject", item.subject), ("Due In", f"{days} days")
    )


def _stamp(b: Builder, item: act.Stamp) -> tuple[FlowStep, ...]:
    return _step(
        "Change Data Value", ("Attribute", b.field_label(item.field)), ("New Value", "{{system.dateTime}}")
    )


def _snapshot(b: Builder, item: act.Snapshot) -> tuple[FlowStep, ...]:
    b.rests_on("lead-token-in-data-value")
    score = b.score_field(b.model.scores[item.score])
    fields = (("Attribute", b.field_label(item.field)), ("New Value", "{{lead." + score + "}}"))
    b.rests_on("choices")
    return (FlowStep("Change Data Value", fields, "New Value", (Choice(Clause(score, "is empty"), "0"),)),)


def _set_field(b: Builder, item: act.SetField) -> tuple[FlowStep, ...]:
    value = str(item.value).lower() if isinstance(item.value, bool) else str(item.value)
    return _step("Change Data Value", ("Attribute", b.field_label(item.field)), ("New Value", value))


def _moment(b: Builder, item: act.Moment) -> tuple[FlowStep, ...]:
    b.require("feature", "Sales Insight", "The flow steps list Interesting Moment.")
    return _step("Interesting Moment", ("Type", "Milestone"), ("Description", item.text))


def _mark(b: Builder, item: act.PutMark) -> tuple[FlowStep, ...]:
    return _step("Add to List", ("List Name", mark_list(b, item.mark)))


def _unmark(b: Builder, item: act.TakeMark) -> tuple[FlowStep, ...]:
    return _step("Remove from List", ("List Name", mark_list(b, item.mark)))


def _reset(b: Builder, item: act.Reset) -> tuple[FlowStep, ...]:
    return (*set_steps(b, item.score, item.to), *stamp_reset(b, item.score))


_PLACES: dict[type, int] = {act.TakeMark: 0, act.RemoveFromList: 1, act.PutMark: 2, act.Reset: 4}
"""Which actions come before (under 3) and after (4) the others, which keep their order."""

_Action = Callable[["Builder", Any], tuple[FlowStep, ...]]

_ACTIONS: dict[type, _Action] = {
    act.Assign: _assign,
    act.Notify: _notify,
    act.AddToCampaign: _campaign,
    act.AddToList: _to_list,
    act.RemoveFromList: _from_list,
    act.SetLifecycle: _lifecycle,
    act.CreateTask: _task,
    act.Stamp: _stamp,
    act.Snapshot: _snapshot,
    act.SetField: _set_field,
    act.Moment: _moment,
    act.PutMark: _mark,
    act.TakeMark: _unmark,
    act.Reset: _reset,
}
