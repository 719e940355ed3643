"""What a person does that Marketo has a record of: filters that ask the log for it, and triggers that it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.labels import ACTIVITIES
from scorewright_marketo.lower.events import activity_name
from scorewright_marketo.lower.expr import either
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.statuses import STATUSES, wanted
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_marketo.labels import ActivityLabels
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["UNLOGGED", "active_since", "any_activity", "as_trigger", "kinds_of"]


def active_since(kinds: Iterable[Clause], span: str) -> Expr:
    """Any of the activities lies in the past so long."""
    extra = Constraint("Date of Activity", "in past", (span,))
    return either(*(kind._replace(constraints=(*kind.constraints, extra)) for kind in kinds))


def kinds_of(b: Builder, verbs: tuple[str, ...]) -> tuple[Clause, ...]:
    """The filters that ask the log for these activities; of clicks without downloads, none on a file."""
    found: dict[Clause, None] = {}
    for verb in verbs:
        if verb == "downloads" and "clicks" in verbs:
            continue
        for clause in _kind(b, verb):
            found[clause] = None
    if "clicks" in verbs and "downloads" not in verbs:
        return tuple(_but_files(b, clause) for clause in found)
    return tuple(found)


def _but_files(b: Builder, clause: Clause) -> Clause:
    """A download is a click too, and ends no silence that only clicks end."""
    if clause.rule != ACTIVITIES["link"].filter:
        return clause
    b.rests_on("file-is-link-click", "link-is-address")
    return clause._replace(operator="not contains", values=b.options.file_extensions)


_PLAIN = {
    "visits": ("page",),
    "starts_visit": ("page",),
    "submits": ("form",),
    "opens": ("email-open",),
    "clicks": ("email-click", "link"),
    "joins": ("program",),
    "chats": ("chat",),
    "unsubscribes": ("unsubscribe",),
    "bounces": ("bounce-hard", "bounce-soft"),
    "opportunity": ("opportunity-add", "opportunity-update"),
}

UNLOGGED = (
    Clause("Added to SFDC Campaign", "is any", (), "Campaign"),
    Clause("Status is Changed in SFDC Campaign", "is any", (), "Campaign"),
)
"""What joining a campaign of the CRM starts; Marketo has no filter that asks for it afterwards."""


def _kind(b: Builder, verb: str) -> list[Clause]:
    """The filters for one verb of the language."""
    if verb == "downloads":
        b.rests_on("file-is-link-click", "link-is-address")
        return [_past(ACTIVITIES["link"], "contains", b.options.file_extensions)]
    if verb in STATUSES:
        told = Constraint("New Status", "is", wanted(b, verb))
        return [_past(ACTIVITIES["program"], "is any", ())._replace(constraints=(told,))]
    if verb == "does":
        return [Clause(activity_name(item)) for item in b.model.activities.values()]
    if verb == "resubscribes":
        back = (Constraint("New Value", "is", ("false",)), Constraint("Previous Value", "is", ("true",)))
        return [_past(ACTIVITIES["data"], "is", ("Unsubscribed",))._replace(constraints=back)]
    if verb not in _PLAIN:
        assert b.element is not None
        raise RefusedError(
            "event-impossible",
            b.element.path,
            f"Marketo has no record of {verb!r} that could end a silence",
            "leave it out of counts_as_activity, or let the site log a custom activity and count `does`",
        )
    if verb == "opportunity":
        b.rests_on("opportunity-triggers")
    clauses = [
        _past(ACTIVITIES[name], "is any" if ACTIVITIES[name].primary else "", ()) for name in _PLAIN[verb]
    ]
    human = b.model.header.ignore_bots
    if human:
        b.rests_on("bot-constraint")
    return [
        _human(clause) if human and clause.primary == "Email" and verb in {"opens", "clicks"} else clause
        for clause in clauses
    ]


_ANYTHING = (
    "visits",
    "submits",
    "opens",
    "clicks",
    "bounces",
    "unsubscribes",
    "does",
    "chats",
    "opportunity",
)


def any_activity(b: Builder) -> tuple[Clause, ...]:
    """A trigger for whatever Marketo records that a person does, scored or not; a click is any, and so is a status."""
    found = {as_trigger(clause): None for verb in _ANYTHING for clause in _kind(b, verb)}
    found[Clause("Program Status is Changed", "is any", (), "Program")] = None
    found[Clause("Data Value Changes", "is", ("Unsubscribed",), "Attribute")] = None
    return (*found, *UNLOGGED)


def _past(labels: ActivityLabels, operator: str, values: tuple[str, ...]) -> Clause:
    return Clause(labels.filter, operator, values, labels.primary)


def _human(clause: Clause) -> Clause:
    return clause._replace(constraints=(*clause.constraints, Constraint("Is Bot Activity", "is", ("false",))))


def as_trigger(kind: Clause) -> Clause:
    """What starts when the activity of a filter happens."""
    rule = next((row.trigger for row in ACTIVITIES.values() if row.filter == kind.rule), kind.rule)
    return kind._replace(rule=rule)
