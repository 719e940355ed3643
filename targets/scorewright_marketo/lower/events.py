"""What happens, as triggers, and the same in the past, as filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.conditions import Age, Day, Is, Known, Range
from scorewright_marketo.labels import ACTIVITIES, CONSTRAINTS, ActivityLabels
from scorewright_marketo.lower.assets import Shape, by_asset, paths
from scorewright_marketo.lower.bounds import by_count
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.lower.operators import test_operator
from scorewright_marketo.lower.own import say_own
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.several import in_all
from scorewright_marketo.lower.statuses import STATUSES
from scorewright_marketo.lower.unknown import say_unknown
from scorewright_marketo.names import words
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.conditions import Test
    from scorewright.model.elements import Activity
    from scorewright.model.events import Event
    from scorewright.model.values import Window
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = [
    "absent",
    "activity_name",
    "anonymous",
    "forgotten_after",
    "happened",
    "past_window",
    "triggers",
]


_IMPOSSIBLE = {
    "fails": (
        "Marketo records no failed form",
        "score the form's success, or let the site log a custom activity",
    ),
    "starts_visit": (
        "Marketo records page views but no visits",
        "count page views in a day, or let the site log a custom activity for each visit",
    ),
    "searches": (
        "Marketo records no search on the site",
        "visit the page of the search results, or let the site log a custom activity",
    ),
    "replies": (
        "Marketo records no reply to an e-mail of its own",
        "let the mail system log a custom activity and use `does`",
    ),
}


def triggers(
    b: Builder, event: Event, only: str | None = None, *, sparing: bool = False
) -> tuple[Clause, ...]:
    """The triggers of an event; ``only`` narrows it to one asset's name.

    ``sparing``: whoever is not meant is asked for afterwards, by ``spared``; else such an event is refused.
    """
    shapes = _shapes(b, event, only)
    if not sparing:
        _refuse_spared(event, shapes)
    return tuple(_clause(shape.labels.trigger, shape, ()) for shape in shapes if shape.labels.trigger)


def spares(b: Builder, event: Event) -> bool:
    """Whether it has exceptions that its trigger cannot leave out."""
    return bool(event.excluding) and any(shape.spared for shape in _shapes(b, event, None))


def spared(b: Builder, event: Event) -> Expr:
    """Nothing that the event leaves out has been done within the hour: the exception has started the trigger, too."""
    b.rests_on("absence-filters", "hour-windows-roll")
    recent = (Constraint("Date of Activity", "in past", ("1 hours",)),)
    return both(
        *(
            _clause(shape.labels.absence, shape._replace(operator=operator, values=texts), recent)
            for shape in _shapes(b, event, None)
            for operator, texts in shape.spared
        )
    )


def _refuse_spared(event: Event, shapes: tuple[Shape, ...]) -> None:
    if any(shape.spared for shape in shapes):
        raise RefusedError(
            "condition-impossible",
            (*event.path, "except"),
            "Marketo has one condition on the asset, so a pattern with exceptions cannot be asked for here",
            "name the assets that count, or write a rule of its own for them that puts a mark",
        )


def anonymous(b: Builder, event: Event) -> bool:
    """Whether visitors do it before they are known: what is told later may start no trigger."""
    if event.verb == "clicks":
        kinds = {kind for key in event.objects for kind in b.model.assets[key].kinds}
        return bool(kinds & {"link", "ad"})
    return event.verb in {"visits", "starts_visit", "downloads"}


def happened(b: Builder, event: Event, least: int, window: Window | None) -> Expr:
    """At least so many such events lie in the window, as filters: one for each kind, or for each share of the number."""
    shapes = _shapes(b, event, None)
    _refuse_spared(event, shapes)
    unseen = [shape.labels.trigger for shape in shapes if not shape.labels.filter]
    if unseen or not shapes:
        raise RefusedError(
            "condition-impossible",
            event.path,
            f"Marketo has no filter for what “{unseen[0]}” starts by"
            if unseen
            else "Marketo has no filter for this event",
            "write a rule that puts a mark when it happens, and read the mark; who is in a campaign member_of tells",
        )
    _say_told_late(b, event, window)
    extra = past_window(b, event, window, _kept(b, shapes))

    def asked(shape: Shape, many: int) -> Clause:
        times = (Constraint("Min. Number of Times", "is", (str(many),)),) if many > 1 else ()
        return _clause(shape.labels.filter, shape, (*extra, *times))

    if least > 1:
        return in_all(event, shapes, least, asked)
    return either(*(asked(shape, 1) for shape in shapes))


def _kept(b: Builder, shapes: Sequence[Shape]) -> str:
    """The fact that says for how many days the log holds all of these."""
    facts = [shape.labels.kept for shape in shapes]
    return min(facts, key=lambda fact: int(b.fact(fact)))


def forgotten_after(b: Builder, event: Event) -> str | None:
    """The fact that says when the log forgets what shows the event; ``None`` where no filter asks for all of it."""
    shapes = _shapes(b, event, None)
    if not shapes or any(shape.spared or not shape.labels.filter for shape in shapes):
        return None
    return _kept(b, shapes)


def absent(b: Builder, event: Event, window: Window | None) -> Expr | None:
    """No such event lies in the window, by inactivity filters; ``None`` where there is no such filter."""
    shapes = _shapes(b, event, None)
    _refuse_spared(event, shapes)
    if any(not shape.labels.absence for shape in shapes):
        return None
    _say_told_late(b, event, window)
    b.rests_on("absence-filters")
    kept = _kept(b, shapes)
    ever = (
        Constraint("Date of Activity", "in past", (f"{b.fact(kept)} days",)),
    )  # left out, it would be 30 days
    extra = past_window(b, event, window, kept) or ever
    return both(*(_clause(shape.labels.absence, shape, extra) for shape in shapes))


def _say_told_late(b: Builder, event: Event, window: Window | None) -> None:
    """Who opts in again is known by a field that changes, and that has no date but the day on which Marketo learns of it."""
    if event.verb == "resubscribes" and window is not None:
        b.bounded(
            "told-late",
            "An opt-in is a field that changes, on the day on which Marketo learns of it.",
            "whoever has opted in before that, who counts as one who does it then",
            path=event.path,
            bounds=by_count(b, event, "past-unknown"),
        )


def _clause(rule: str, shape: Shape, extra: tuple[Constraint, ...]) -> Clause:
    return Clause(rule, shape.operator, shape.values, shape.labels.primary, (*shape.constraints, *extra))


_LONGEST = {"visit": 0, "day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""Days of a calendar window at the most."""


def past_window(b: Builder, event: Event, window: Window | None, kept: str) -> tuple[Constraint, ...]:
    """The constraint that looks back; refused beyond what Marketo keeps, which the fact ``kept`` says."""
    most = int(b.fact(kept))
    if window is None:
        if kept == "retention-web":
            raise RefusedError(
                "history-not-kept",
                event.path,
                f"Marketo keeps this activity for {most} days, so “ever” cannot be asked",
                f'write within = "{most}d" or less, or a rule that puts a mark when it happens, and read the mark',
                (kept,),
            )
        b.rests_on(kept)
        return ()
    days = _LONGEST[window.calendar] if window.rolling is None else -(-window.rolling.seconds // 86_400)
    if days > most:
        raise RefusedError(
            "history-not-kept",
            event.path,
            f"Marketo keeps this activity for {most} days, and the window is {'a ' + window.calendar if window.rolling is None else window.rolling}",
            f'write within = "{most}d" or less',
            (kept,),
        )
    if window.rolling is None:
        return _calendar(b, event, window.calendar)
    seconds = window.rolling.seconds
    if seconds % 3600:
        raise RefusedError(
            "condition-impossible",
            event.path,
            f"Marketo's filters count hours and days, and {window.rolling} is no whole number of hours",
            f'write whole hours, as in within = "{-(-seconds // 3600)}h"',
        )
    b.rests_on("hour-windows-roll")
    return (Constraint("Date of Activity", "in past", (f"{seconds // 3600} hours",)),)


def _calendar(b: Builder, event: Event, word: str) -> tuple[Constraint, ...]:
    if word == "visit":
        raise RefusedError(
            "limit-impossible",
            event.path,
            "Marketo knows no visits, so nothing can be counted in one",
            "count in a day instead",
        )
    b.rests_on("time-frame")
    if word == "week" and not b.fact("week-starts-monday"):
        b.bounded(
            "week-start",
            "“This Week” may begin on a Sunday.",
            "one day's events at the week's end",
            "week-starts-monday",
            path=event.path,
            bounds=by_count(b, event),
        )
    frame = "Today" if word == "day" else f"This {word.capitalize()}"
    return (Constraint("Date of Activity", "in time frame", (frame,)),)


# --- shapes ---------------------------------------------------------------------------------------------------------


def _shapes(b: Builder, event: Event, only: str | None) -> tuple[Shape, ...]:
    if event.verb in _IMPOSSIBLE:
        reason, instead = _IMPOSSIBLE[event.verb]
        raise RefusedError("event-impossible", event.path, reason, instead)
    say_unknown(b, event)
    say_own(b, event)
    special = _SPECIAL.get(event.verb)
    # two assets can show in the same way, and the same trigger twice could pay twice
    found = tuple(dict.fromkeys(special(b, event) if special is not None else by_asset(b, event, only)))
    extra = tuple(
        _constraint(b, event, name, test)
        for name, test in event.where
        if name != "status" or event.verb != "joins"
    )
    if (
        b.model.header.ignore_bots
        and event.verb in {"opens", "clicks"}
        and not any(name == "bot" and test == Is((False,)) for name, test in event.where)
    ):
        b.rests_on("bot-constraint")
        return tuple(_with_bots(shape, extra) for shape in found)
    return tuple(shape._replace(constraints=(*shape.constraints, *extra)) for shape in found)


def _with_bots(shape: Shape, extra: tuple[Constraint, ...]) -> Shape:
    human = (Constraint("Is Bot Activity", "is", ("false",)),) if shape.labels.primary == "Email" else ()
    return shape._replace(constraints=(*shape.constraints, *extra, *human))


def _data(b: Builder, event: Event) -> Iterator[Shape]:
    b.rests_on("created-without-change")
    labels = tuple(b.field_label(key) for key in event.objects)
    yield Shape(ACTIVITIES["data"], "is", labels, ())


def activity_name(item: Activity) -> str:
    """What a custom activity is called: its trigger and its filter."""
    titled = item.title if item.title != item.id.replace("-", " ") else words(item.id)
    return item.names.get("marketo", titled)


def _custom(b: Builder, event: Event) -> Iterator[Shape]:
    for key in event.objects:
        activity = b.model.activities[key]
        label = activity_name(activity)
        b.require("custom activity", label, f"Admin > Marketo Custom Activities lists “{label}”, approved.")
        form = ACTIVITIES["form"]
        yield Shape(ActivityLabels(label, label, "", "", form.kept, form.confidence), "", (), ())


def _bounce(_b: Builder, event: Event) -> Iterator[Shape]:
    kind = event.objects[0]
    for name in ("hard", "soft") if kind == "any" else (kind,):
        yield Shape(ACTIVITIES[f"bounce-{name}"], "is any", (), ())


def _opportunity(b: Builder, event: Event) -> Iterator[Shape]:
    b.rests_on("opportunity-triggers")
    kind = event.objects[0]
    if kind == "created":
        yield Shape(ACTIVITIES["opportunity-add"], "", (), ())
        return
    stages = b.options.stages.get(kind, ("Closed Won",) if kind == "won" else ("Closed Lost",))
    b.require(
        "opportunity stage",
        ", ".join(stages),
        f"The CRM's opportunity stages for {kind} are: {', '.join(stages)}.",
    )
    yield Shape(ACTIVITIES["opportunity-update"], "is", ("Stage",), (Constraint("New Value", "is", stages),))


def _unsubscribe(_b: Builder, _event: Event) -> Iterator[Shape]:
    yield Shape(ACTIVITIES["unsubscribe"], "is any", (), ())


def _resubscribe(_b: Builder, _event: Event) -> Iterator[Shape]:
    back = (Constraint("New Value", "is", ("false",)), Constraint("Previous Value", "is", ("true",)))
    yield Shape(ACTIVITIES["data"], "is", ("Unsubscribed",), back)


_SPECIAL = {
    "changes": _data,
    "does": _custom,
    "bounces": _bounce,
    "opportunity": _opportunity,
    "unsubscribes": _unsubscribe,
    "resubscribes": _resubscribe,
}


def _constraint(b: Builder, event: Event, name: str, test: Test) -> Constraint:
    path = (*event.path, "where", name)
    operator, values = test_operator(test, path)
    if event.verb == "does":
        return Constraint(words(name), operator, values)
    if name == "bot" and isinstance(test, Known):
        raise RefusedError(
            "condition-impossible",
            path,
            "Is Bot Activity is yes or no for every activity, and never unknown",
            "write bot = { is = false }, or leave it out: ignore_bots leaves out who is known to be one",
        )
    if event.verb == "changes" and isinstance(test, (Age, Day, Range)):
        raise RefusedError(
            "condition-impossible",
            path,
            "Previous Value of Data Value Changes is compared as a text, so no number or date lies above or below another",
            "name the values with is_any, or ask `when` about the value that the field has now",
        )
    if event.verb in {"submits", "fails"} and name == "page":
        if isinstance(test, Known):
            raise RefusedError(
                "condition-impossible",
                path,
                "Web Page is told for every form that is filled out, and is never unknown",
                "leave it out, or name the pages that count",
            )
        if any(
            "landing_page" in b.model.assets[key].kinds
            for key in event.objects
            if not b.model.assets[key].builtin
        ):
            raise RefusedError(
                "condition-impossible",
                path,
                "Web Page is what tells the landing page itself, so it cannot be asked for another page besides",
                "leave `page` out: the landing page is the page",
            )
        return Constraint("Web Page", operator, paths(b, operator, values))
    told = name == "status" and event.verb in STATUSES  # the status is what tells the verb
    if name not in CONSTRAINTS or told or (name in {"bot", "link"} and _on_the_web(b, event)):
        raise RefusedError(
            "condition-impossible",
            path,
            f"Marketo's trigger has no constraint for {name!r}",
            "leave the property out",
        )
    return Constraint(CONSTRAINTS[name], operator, values)


def _on_the_web(b: Builder, event: Event) -> bool:
    """Whether a click is one on a page, where no constraint tells bots."""
    kinds = {kind for key in event.objects for kind in b.model.assets[key].kinds}
    return event.verb == "clicks" and bool(kinds & {"link", "ad"})
