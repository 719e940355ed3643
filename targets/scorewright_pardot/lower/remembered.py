"""What conditions ask of the past that only actions on assets remember: a tag that it happened, a field that counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower import happened
from scorewright_pardot.lower.context import CannotLowerError, Told
from scorewright_pardot.lower.expression import both, either, leaf
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import Act, CustomField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Asset, Element, Model
    from scorewright.model.events import Event
    from scorewright_pardot.lower.bounds import Turn
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.names import Names

__all__ = [
    "COUNTER",
    "asked_by",
    "can_count",
    "counted",
    "increments",
    "memories",
    "tell_of",
    "tell_population",
    "tell_within",
]

COUNTER = "times-counter"
"""The lowering of a field that counts for conditions, whoever asks."""

_COUNTED = {"visits", "submits", "downloads", "clicks"}
_WHY = "Counts how often it happened; conditions ask for the number."
_INSTEAD = "count named forms, form handlers, landing pages, files, links and ads"
_AT_ALL = _COUNTED | {"attends", "joins", "misses", "registers"}
"""Of what happened the platform remembers that it did."""


def can_count(cx: Context, kind: str) -> bool:
    """Whether an action on an asset of a kind can count its events."""
    if kind == "pages":
        return cx.flag("page-actions-increment")
    return kind in {"form", "form_handler", "landing_page", "file", "link", "ad"}


def increments(cx: Context, place: tuple[str, str, str], element: Element, field: str, lowering: str) -> None:
    """Have an action on a page or asset add 1 to a field."""
    happened.carry(cx, place, element, (Act(ACTIONS["increment"].text, field, "+1"),), lowering)


def counted(cx: Context, test: con.Happened, element: Element, *, holds: bool) -> Expression:
    """So many such events happened, ever, or (``holds`` false) not so many: what an empty counter has counted is nothing."""
    event = test.event
    assets = tuple(cx.model.assets[key] for key in event.objects if key in cx.model.assets)
    _check(cx, event, assets)
    field = _counter(cx.names, assets)
    cx.add(CustomField(field, field_id(field), "number", cx.made(element, COUNTER, _WHY)), field)
    happened.rests_on_bots(cx, event)
    for asset in assets:
        for name in asset.texts_on("pardot"):
            increments(cx, (asset.kinds[0], name, asset.match), element, field, COUNTER)
    tell_of(cx, element, test)
    below = leaf("custom-field", field, "less", test.least), leaf("custom-field", field, "empty")
    least = leaf("custom-field", field, "greater", test.least - 1)
    if test.most is None:
        return least if holds else either(*below)
    above = leaf("custom-field", field, "greater", test.most)
    most = either(leaf("custom-field", field, "less", test.most + 1), leaf("custom-field", field, "empty"))
    if not test.least:
        return most if holds else above
    return both(least, leaf("custom-field", field, "less", test.most + 1)) if holds else either(*below, above)


def _counter(names: Names, assets: Iterable[Asset]) -> str:
    return f"{names.prefix} {', '.join(asset.id for asset in assets)}: times"


def _check(cx: Context, event: Event, assets: tuple[Asset, ...]) -> None:
    """What counts is an action that stands on a single asset, and adds 1 each time that it is used."""
    kinds = {asset.kinds[0] for asset in assets if asset.kinds}
    facts: tuple[str, ...] = ()
    if event.within is not None:
        reason = "a field that actions add to never forgets, so nothing counts within a window"
    elif not cx.flag("increment-completion-action"):
        reason, facts = "no completion action adds to a field", ("increment-completion-action",)
    elif event.verb not in _COUNTED or len(assets) < len(event.objects):
        reason = f"nothing adds to a field when somebody {event.verb.replace('_', ' ')}"
    elif event.where:
        reason = "an action runs whatever an event's properties are"
    elif event.excluding or any(asset.builtin for asset in assets):
        reason = "an action stands on one asset, and none on all of a kind"
    elif "email" in kinds:
        reason = "an e-mail's completion action runs once for each link and person"
    elif not all(can_count(cx, kind) for kind in kinds):
        reason, facts = "a page action does not add to a field", ("page-actions-increment",)
    elif any(asset.match != "is" and asset.kinds[0] != "pages" for asset in assets):
        reason = "an action stands on an asset that is named, not on a pattern"
    else:
        return
    instead = f"ask whether it happened at all, or {_INSTEAD}" if event.verb in _AT_ALL else _INSTEAD
    raise CannotLowerError("no-count-of-it", reason, instead, event.path, facts)


# --- what actions do not see ------------------------------------------------------------------------------------------


def tell_within(cx: Context, element: Element, condition: con.Condition | None) -> None:
    """Say of everything in a segment's condition what an element that reads the segment must say of it."""
    for item in _asked(cx.model, condition):
        if memories(cx.model, cx.names, item):
            tell_of(cx, element, item)


def tell_of(cx: Context, element: Element, test: con.Happened) -> None:
    """What happened before the person was known, or before the start, ran no action: it is as if it had not been."""
    turn: Turn = (-1 if test.least else 0, 0 if test.most is None else 1)

    def asks(other: room.Asked) -> Turn:
        return turn if other == test else (0, 0)

    kinds = {cx.model.assets[key].kinds[0] for key in test.event.objects}
    if kinds - happened.IDENTIFYING:
        lost = room.otherwise(cx.model, element, asks, cx.shown, "past-unknown")
        cx.lost_before_known(element, f"what asks for {', '.join(test.event.objects)} does not see it", lost)
    if cx.model.header.starts is not None:
        text = "as if it had not happened, for what somebody did before the start"
        early = room.otherwise(cx.model, element, asks, cx.shown, "before-start")
        cx.bounded("remembered-from-the-start", text, bounds=early)


def tell_population(cx: Context) -> None:
    """Whom the model scores may rest on it too: then everything does, for people with such a past."""
    head = cx.model.header
    keys = (*((head.eligible,) if head.eligible is not None else ()), *head.exclude)
    asked = [
        item
        for key in keys
        for item in _asked(cx.model, con.InSegment(key))
        if memories(cx.model, cx.names, item)
    ]
    if not asked:
        return
    every = room.merged(
        bound
        for when in ("past-unknown", *(("before-start",) if head.starts is not None else ()))
        for bound in (
            *cx.off(dict.fromkeys(cx.shown, (None, None)), when, feeds=False),
            *(
                found
                for table in (cx.model.rules, cx.model.thresholds, cx.model.decay)
                for element in table.values()
                for found in cx.acted(element, None, None, when)
            ),
        )
    )
    names = ", ".join(dict.fromkeys(name for item in asked for name in item.event.objects))
    cx.unseen["model"] = Told(f"who is scored is asked of {names}, which does not see it", (), every)


def _asked(model: Model, condition: con.Condition | None) -> Iterator[con.Happened]:
    for item in con.walk(condition):
        if isinstance(item, con.Happened):
            yield item
        elif isinstance(item, con.InSegment):
            yield from _asked(model, model.segments[item.segment].when)


def asked_by(model: Model, element: Element) -> Iterator[con.Happened]:
    """What an element's conditions ask of the past, in segments too, that only actions on assets remember."""
    cases = (case.when for case in getattr(element, "cases", ()) if hasattr(case, "when"))
    criteria = (criterion.when for criterion in getattr(element, "criteria", ()))
    asked = (getattr(element, "when", None), getattr(element, "unless", None), *cases, *criteria)
    return (item for condition in asked for item in _asked(model, condition))


def memories(model: Model, names: Names, test: con.Happened) -> tuple[str, ...]:
    """The tags or the field that a test rests on; none where a criterion asks for the event itself."""
    assets = [model.assets[key] for key in test.event.objects if key in model.assets]
    assets = [asset for asset in assets if not asset.builtin]
    if test.event.verb not in _COUNTED:
        return ()
    if test.least != 1 or test.most is not None:
        return (_counter(names, assets),) if assets else ()
    return tuple(happened.seen_tag(names, asset) for asset in assets if asset.kinds[0] in {"pages", "email"})
