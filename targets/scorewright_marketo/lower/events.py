"""What happens, as triggers, and the same in the past, as filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.conditions import Age, Day, Is, Known, Matches, Range

from scorewright_marketo.labels import ACTIVITIES, CONSTRAINTS, NEGATED, TEXT_OPERATORS, ActivityLabels
from scorewright_marketo.lower.context import RefusedError
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.names import words
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.conditions import Test
    from scorewright.model.elements import Asset
    from scorewright.model.events import Event
    from scorewright.model.values import Window

    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["absent", "asset_texts", "happened", "past_window", "test_operator", "triggers"]


class Shape(NamedTuple):
    """One way in which an event shows: labels, what its primary attribute must be, and constraints."""

    labels: ActivityLabels
    operator: str
    values: tuple[str, ...]
    constraints: tuple[Constraint, ...]


_IMPOSSIBLE = {
    "fails": ("Marketo records no failed form", "score the form's success, or let the site log a custom activity"),
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

_STATUS = {
    "registers": ("registered", ("Registered",)),
    "attends": ("attended", ("Attended",)),
    "misses": ("missed", ("No Show",)),
    "watches": ("watched", ("Attended On-demand",)),
}


def triggers(b: Builder, event: Event, only: str | None = None) -> tuple[Clause, ...]:
    """The triggers of an event; ``only`` narrows it to one asset's name."""
    return tuple(
        _clause(shape.labels.trigger, shape, ()) for shape in _shapes(b, event, only) if shape.labels.trigger
    )


def happened(b: Builder, event: Event, least: int, window: Window | None) -> Expr:
    """At least so many such events lie in the window, as a filter; several kinds are refused to be counted together."""
    shapes = tuple(shape for shape in _shapes(b, event, None) if shape.labels.filter)
    if not shapes or (least > 1 and len(shapes) > 1):
        raise RefusedError(
            "not-implemented",
            event.path,
            "these events have no filter in Marketo that counts them together" if shapes else "Marketo has no filter for this event",
            "ask for each of them apart, or put a mark when it happens and read the mark",
        )
    extra = past_window(b, event, window, min(shape.labels.days for shape in shapes))
    if least > 1:
        extra = (*extra, Constraint("Min. Number of Times", "is", (str(least),)))
    return either(*(_clause(shape.labels.filter, shape, extra) for shape in shapes))


def absent(b: Builder, event: Event, window: Window | None) -> Expr | None:
    """No such event lies in the window, by inactivity filters; ``None`` where there is no such filter."""
    shapes = _shapes(b, event, None)
    if any(not shape.labels.absence for shape in shapes):
        return None
    b.rests_on("absence-filters")
    extra = past_window(b, event, window, min(shape.labels.days for shape in shapes))
    return both(*(_clause(shape.labels.absence, shape, extra) for shape in shapes))


def _clause(rule: str, shape: Shape, extra: tuple[Constraint, ...]) -> Clause:
    return Clause(rule, shape.operator, shape.values, shape.labels.primary, (*shape.constraints, *extra))


def past_window(b: Builder, event: Event, window: Window | None, kept: int) -> tuple[Constraint, ...]:
    """The constraint that looks back; refused beyond what Marketo keeps."""
    if window is None:
        if kept < 365:
            raise RefusedError(
                "history-not-kept",
                event.path,
                f"Marketo keeps this activity for {b.fact('retention-web')} days, so “ever” cannot be asked",
                f'write within = "{kept}d" or less, or put a mark when it happens and read the mark',
                ("retention-web",),
            )
        b.rests_on("retention-rest")
        return ()
    if window.rolling is None:
        return _calendar(b, event, window.calendar)
    days = -(-window.rolling.seconds // 86_400)
    if days > kept:
        fact = "retention-web" if kept < 365 else "retention-rest"
        raise RefusedError(
            "history-not-kept",
            event.path,
            f"Marketo keeps this activity for {kept} days, and the window is {window.rolling}",
            f'write within = "{kept}d" or less, or put a mark when it happens and read the mark',
            (fact,),
        )
    seconds = window.rolling.seconds
    if seconds % 3600:
        raise RefusedError(
            "not-implemented", event.path, f"a window of {window.rolling} is no whole number of hours", "write whole hours"
        )
    return (Constraint("Date of Activity", "in past", (f"{seconds // 3600} hours",)),)


def _calendar(b: Builder, event: Event, word: str) -> tuple[Constraint, ...]:
    if word == "visit":
        raise RefusedError(
            "limit-impossible", event.path, "Marketo knows no visits, so nothing can be counted in one", "count in a day instead"
        )
    b.rests_on("time-frame")
    if word == "week" and not b.fact("week-starts-monday"):
        b.bounded(
            "week-start",
            "“This Week” may begin on a Sunday.",
            "one day's events at the week's end",
            "week-starts-monday",
            path=event.path,
        )
    frame = "Today" if word == "day" else f"This {word.capitalize()}"
    return (Constraint("Date of Activity", "in time frame", (frame,)),)


# --- shapes ---------------------------------------------------------------------------------------------------------


def _shapes(b: Builder, event: Event, only: str | None) -> tuple[Shape, ...]:
    if event.verb in _IMPOSSIBLE:
        reason, instead = _IMPOSSIBLE[event.verb]
        raise RefusedError("event-impossible", event.path, reason, instead)
    special = _SPECIAL.get(event.verb)
    found = tuple(special(b, event) if special is not None else _by_asset(b, event, only))
    extra = tuple(_constraint(b, event, name, test) for name, test in event.where if name != "status" or event.verb != "joins")
    if b.model.header.ignore_bots and event.verb in {"opens", "clicks"} and not any(name == "bot" for name, _ in event.where):
        b.rests_on("bot-constraint")
        return tuple(_with_bots(shape, extra) for shape in found)
    return tuple(shape._replace(constraints=(*shape.constraints, *extra)) for shape in found)


def _with_bots(shape: Shape, extra: tuple[Constraint, ...]) -> Shape:
    human = (Constraint("Is Bot Activity", "is", ("false",)),) if shape.labels.primary == "Email" else ()
    return shape._replace(constraints=(*shape.constraints, *extra, *human))


def _data(b: Builder, event: Event) -> Iterator[Shape]:
    labels = tuple(b.field_label(key) for key in event.objects)
    yield Shape(ACTIVITIES["data"], "is", labels, ())


def _custom(b: Builder, event: Event) -> Iterator[Shape]:
    for key in event.objects:
        activity = b.model.activities[key]
        label = activity.names.get("marketo", activity.title if activity.title != activity.id.replace("-", " ") else words(activity.id))
        b.require("custom activity", label, f"Admin > Marketo Custom Activities lists “{label}”, approved.")
        form = ACTIVITIES["form"]
        yield Shape(ActivityLabels(label, label, "", "", form.days, form.confidence), "", (), ())


def _bounce(b: Builder, event: Event) -> Iterator[Shape]:
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
    b.require("opportunity stage", ", ".join(stages), f"The CRM's opportunity stages for {kind} are: {', '.join(stages)}.")
    yield Shape(ACTIVITIES["opportunity-update"], "is", ("Stage",), (Constraint("New Value", "is", stages),))


def _unsubscribe(b: Builder, event: Event) -> Iterator[Shape]:
    yield Shape(ACTIVITIES["unsubscribe"], "is any", (), ())


def _resubscribe(b: Builder, event: Event) -> Iterator[Shape]:
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


def asset_texts(b: Builder, event: Event) -> tuple[str, ...]:
    """Every asset of an event by its name: what ``each = "asset"`` counts apart; refused for patterns and built-ins."""
    texts: list[str] = []
    for key in event.objects:
        asset = b.model.assets.get(key)
        if asset is None or asset.builtin or asset.match != "is":
            raise RefusedError(
                "each-asset-unlisted",
                event.path,
                "each asset is counted by an executable of its own, so the assets must be named one by one",
                "name the assets, or leave `each` out",
            )
        texts.extend(asset.texts_on("marketo"))
    return tuple(dict.fromkeys(texts))


def _by_asset(b: Builder, event: Event, only: str | None) -> Iterator[Shape]:
    assets = [b.model.assets[key] for key in event.objects]
    banned = [b.model.assets[key] for key in event.excluding]
    groups: dict[tuple[str, str, bool], list[Asset]] = {}
    for asset in assets:
        kind = "form" if len(asset.kinds) > 1 else asset.kinds[0]
        groups.setdefault((kind, asset.match, asset.builtin), []).append(asset)
    for (kind, match, builtin), members in groups.items():
        texts = tuple(dict.fromkeys(text for asset in members for text in asset.texts_on("marketo")))
        if only is not None:
            texts = tuple(text for text in texts if text == only)
            if not texts:
                continue
        yield from _kind_shapes(b, event, kind, match, () if builtin else texts, banned)


def _kind_shapes(
    b: Builder, event: Event, kind: str, match: str, texts: tuple[str, ...], banned: list[Asset]
) -> Iterator[Shape]:
    operator, texts, pages = _narrow(event, match, texts, banned)
    status = _status(b, event)
    if event.verb == "visits":
        b.rests_on("page-without-host")
        yield Shape(ACTIVITIES["page"], operator, _paths(b, operator, texts), ())
    elif event.verb == "submits" and kind == "landing_page":
        page = Constraint("Web Page", operator, _paths(b, operator, texts)) if texts else None
        yield Shape(ACTIVITIES["form"], "is any", (), (page,) if page else ())
    elif event.verb == "submits":
        without = (Constraint("Web Page", "is not", pages),) if pages else ()
        yield Shape(ACTIVITIES["form"], operator, texts, without)
    elif event.verb in {"opens", "clicks"} and kind == "email":
        yield Shape(ACTIVITIES["email-open" if event.verb == "opens" else "email-click"], operator, texts, ())
    elif event.verb == "clicks" and kind == "link":
        yield Shape(ACTIVITIES["link"], operator, texts, ())
    elif event.verb == "clicks" and kind == "ad" and texts:
        wanted = Constraint("Querystring", "contains", texts)
        yield Shape(ACTIVITIES["page"], "is any", (), (wanted,))
    elif event.verb == "downloads":
        b.rests_on("file-is-link-click")
        yield (
            Shape(ACTIVITIES["link"], operator, texts, ())
            if texts
            else Shape(ACTIVITIES["link"], "contains", b.options.file_extensions, ())
        )
    elif event.verb == "chats":
        yield Shape(ACTIVITIES["chat"], operator, texts, status)
    elif event.verb == "joins" and kind == "campaign":
        old = tuple(item._replace(name="Status") for item in status)
        yield Shape(ACTIVITIES["campaign-add"], operator, texts, old)
        yield Shape(ACTIVITIES["campaign-status"], operator, texts, status)
    elif kind in {"event", "webinar"}:
        yield Shape(ACTIVITIES["program"], operator, texts, status)
    else:
        raise RefusedError(
            "event-impossible",
            event.path,
            f"Marketo records nothing when somebody {event.verb} {kind.replace('_', ' ')}"
            + ("" if texts else " of any name"),
            "let the other system log a custom activity and use `does`",
        )


def _status(b: Builder, event: Event) -> tuple[Constraint, ...]:
    for name, test in event.where:
        if name == "status" and event.verb == "joins":
            operator, values = test_operator(test, (*event.path, "where", name))
            return (Constraint("New Status", operator, values),)
    if event.verb in _STATUS:
        key, default = _STATUS[event.verb]
        wanted = b.options.statuses.get(key, default)
        b.require("program status", ", ".join(wanted), f"The channels of these programs have the status {', '.join(wanted)}.")
        return (Constraint("New Status", "is", wanted),)
    return ()


def _narrow(
    event: Event, match: str, texts: tuple[str, ...], banned: list[Asset]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The primary attribute's operator and values; and landing pages that are left out."""
    out = [asset for asset in banned if asset.kinds != ("landing_page",)]
    pages = tuple(text for asset in banned if asset.kinds == ("landing_page",) for text in asset.texts_on("marketo"))
    excluded = tuple(text for asset in out for text in asset.texts_on("marketo"))
    modes = {asset.match for asset in out}
    if match not in TEXT_OPERATORS or not modes <= set(TEXT_OPERATORS):
        raise RefusedError(
            "not-implemented", event.path, "assets are told by is, starts with or contains in Marketo", "use one of the three"
        )
    if not excluded:
        return (TEXT_OPERATORS[match], texts, pages) if texts else ("is any", (), pages)
    if texts and match == "is" and modes == {"is"}:
        return "is", tuple(text for text in texts if text not in excluded), pages
    if texts or len(modes) != 1:
        raise RefusedError(
            "not-implemented",
            (*event.path, "except"),
            "one trigger has one condition on the asset, so a pattern with exceptions cannot be said",
            "name the assets, or leave them out of the pattern",
        )
    return NEGATED[TEXT_OPERATORS[modes.pop()]], excluded, pages


def _paths(b: Builder, operator: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Paths as Marketo stores them: no host, no query string; whole ones with and without the last slash."""
    without_host = b.fact("page-without-host")
    found: dict[str, None] = {}
    for text in texts:
        path = text.removeprefix("https://").removeprefix("http://").partition("?")[0]
        host, slash, rest = path.partition("/")
        if without_host and "." in host and not path.startswith("/"):
            path = "/" + rest if slash or operator == "is" else path
        found[path] = None
        if operator in {"is", "is not"} and path.rstrip("/"):
            found[path.rstrip("/")] = None
            found[path.rstrip("/") + "/"] = None
    return tuple(found)


# --- properties -----------------------------------------------------------------------------------------------------


def _constraint(b: Builder, event: Event, name: str, test: Test) -> Constraint:
    path = (*event.path, "where", name)
    operator, values = test_operator(test, path)
    if event.verb == "does":
        return Constraint(words(name), operator, values)
    if event.verb in {"submits", "fails"} and name == "page":
        return Constraint("Web Page", operator, _paths(b, operator, values))
    if name not in CONSTRAINTS:
        raise RefusedError(
            "condition-impossible", path, f"Marketo's trigger has no constraint for {name!r}", "leave the property out"
        )
    return Constraint(CONSTRAINTS[name], operator, values)


def test_operator(test: Test, path: KeyPath) -> tuple[str, tuple[str, ...]]:
    """A test as one operator with its values; refused where Marketo has none."""
    if isinstance(test, Is):
        return "is", tuple(_text(value) for value in test.values)
    if isinstance(test, Matches) and test.mode in TEXT_OPERATORS:
        return TEXT_OPERATORS[test.mode], test.texts
    if isinstance(test, Range):
        return _range(test)
    if isinstance(test, Known):
        return ("is not empty" if test.known else "is empty"), ()
    if isinstance(test, Age):
        word = {"within_last": "in past", "older_than": "in past before", "within_next": "in future"}[test.mode]
        return word, (_span(test.duration.seconds),)
    if isinstance(test, Day):
        return _day(test)
    raise RefusedError(
        "not-implemented", path, "whole words and endings can be asked of a person's fields only", "use contains or starts_with"
    )


def _range(test: Range) -> tuple[str, tuple[str, ...]]:
    lower, upper = test.bounds.lower, test.bounds.upper
    if lower is not None and upper is not None:
        least, most = test.bounds.least, test.bounds.most
        return "between", (str(least), str(most))
    if lower is not None:
        return ("at least" if lower.inclusive else "greater than"), (str(lower.number.value),)
    assert upper is not None
    return ("at most" if upper.inclusive else "less than"), (str(upper.number.value),)


def _day(test: Day) -> tuple[str, tuple[str, ...]]:
    if test.first is not None and test.before is not None:
        return "between", (test.first, test.before)
    return ("on or after", (test.first,)) if test.first is not None else ("before", (test.before or "",))


def _span(seconds: int) -> str:
    return f"{seconds // 86_400} days" if seconds % 86_400 == 0 else f"{seconds // 3_600} hours"


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
