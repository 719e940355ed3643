"""Points for every event: the baseline row of its class, the rest on each asset, the category through the folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.elements import Limit
from scorewright.plugin.notes import Result
from scorewright_pardot.limits import ROWS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower import limited, triggers
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.excepted import places_of
from scorewright_pardot.lower.happened import rests_on_bots
from scorewright_pardot.lower.overlaps import crossing, holds, meets, outermost
from scorewright_pardot.lower.residual import CLASSES, Pot, Settled, dates_of_a_row, settle
from scorewright_pardot.objects import BaselineRow, Made

if TYPE_CHECKING:
    from scorewright.model.elements import Rule
    from scorewright.model.events import Event
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.overlaps import Place

__all__ = ["lower_events"]

_BY_VERB = {"starts_visit": "session", "searches": "search"}
_BY_KIND = {
    ("visits", "pages"): "page",
    ("submits", "form"): "form",
    ("submits", "form_handler"): "form",
    ("submits", "landing_page"): "form",
    ("fails", "form"): "error",
    ("fails", "form_handler"): "error",
    ("fails", "landing_page"): "error",
    ("opens", "email"): "open",
    ("clicks", "email"): "email-click",
    ("clicks", "link"): "redirect",
    ("clicks", "ad"): "redirect",
    ("downloads", "file"): "file",
    ("registers", "event"): "registered",
    ("attends", "event"): "attended",
    ("chats", "chat"): "chat",
}


def lower_events(cx: Context) -> Settled:
    """Every rule with ``on``; gives back which assets belong into which category's folder."""
    settled = Settled()
    pots: dict[str, Pot] = {name: Pot() for name in CLASSES}
    parts = [part for rule in cx.model.rules.values() if rule.on for part in _parts(cx, rule)]
    for rule in parts:
        if _every_time(cx, rule):
            cx.begin()
            try:
                _collect(cx, rule, pots, settled)
            except CannotLowerError as error:
                settled.refused[rule.key] = error
            settled.rest_on({rule.key: rule}, cx.uses)
    points: dict[str, tuple[int, tuple[str, ...]]] = {}
    for name, pot in pots.items():
        cx.begin()
        row = settle(cx, name, pot, settled)
        settled.rest_on(pot.rules(), cx.uses)
        elements = tuple(dict.fromkeys(rule.name for rule in pot.rules().values()))
        points.update(dict.fromkeys(CLASSES[name].rows, (row, elements)))
    _rows(cx, points)
    for rule in parts:
        if _every_time(cx, rule):
            _note(cx, rule, settled)
        else:
            limited.lower_limited(cx, rule)
    _one_answer(cx)
    return settled


def _one_answer(cx: Context) -> None:
    """Of a rule in two parts one may be exact and the other not: then the rule is not, and what is said of it is one."""
    bounded: dict[tuple[str, str | None], int] = {}
    for place, note in enumerate(cx.notes):
        if note.result is Result.BOUNDED:
            bounded.setdefault((note.element, note.product), place)
    kept = list(cx.notes)
    for note in cx.notes:
        place = bounded.get((note.element, note.product), -1)
        if note.result is Result.EXACT and place >= 0:
            every = room.merged((*kept[place].bounds, *note.bounds))
            facts = tuple(dict.fromkeys((*kept[place].facts, *note.facts)))
            kept[place] = replace(kept[place], bounds=every, facts=facts)
    cx.notes[:] = [
        note
        for note in kept
        if note.result is not Result.EXACT or (note.element, note.product) not in bounded
    ]


def _parts(cx: Context, rule: Rule) -> tuple[Rule, ...]:
    """A rule without a limit whose events are some of them seen each time, and some only by the state that they leave.

    No event is of both kinds, so each kind pays for itself.
    """
    plain = rule.limit is None and rule.group is None and not (rule.wait or rule.expires or rule.fades)
    states = tuple(event for event in rule.on if triggers.is_state(cx, event))
    if not plain or len(states) in {0, len(rule.on)}:
        return (rule,)
    return replace(rule, on=tuple(event for event in rule.on if event not in states)), replace(
        rule, on=states
    )


def _first_open(rule: Rule) -> bool:
    """Once for each e-mail, which is how the platform counts opens."""
    return rule.limit == Limit("times", 1, None, by_asset=True) and all(
        event.verb == "opens" for event in rule.on
    )


def _every_time(cx: Context, rule: Rule) -> bool:
    if _first_open(rule) and all(cx.model.assets[key].builtin for event in rule.on for key in event.objects):
        return cx.flag("opens-count-once")
    if triggers.leaves_a_state(cx, rule):
        return False
    return rule.limit is None and rule.group is None and not (rule.wait or rule.expires or rule.fades)


# --- collecting -----------------------------------------------------------------------------------------------------


def _collect(cx: Context, rule: Rule, pots: dict[str, Pot], settled: Settled) -> None:
    if rule.when is not None:
        raise CannotLowerError(
            "when-on-every-event",
            "baseline scoring, page and completion actions score everybody; they have no conditions",
            "score the event for everybody, or once (limit = { times = 1 }) by a rule that can ask",
            (*rule.path, "when"),
        )
    for key, number in rule.points:
        cx.homes.require(cx, key, (*rule.path, "points", key))
        cx.homes.moves(
            key, number.value
        )  # refused here, where the rule is at hand, if a share of it is not whole
    for event in rule.on:
        rests_on_bots(cx, event)
        _check_days(cx, rule, event)
        _event(cx, rule, event, pots, settled)
    for pot in pots.values():
        if pot.pays(rule):
            pot.pay_once(rule)


def _check_days(cx: Context, rule: Rule, event: Event) -> None:
    """What baseline rows pay cannot be switched on and off on a day; what stands on an asset can."""
    assets = [cx.model.assets.get(key) for key in event.objects]
    if rule.active is not None and (not assets or any(asset is None or asset.builtin for asset in assets)):
        raise dates_of_a_row(rule)


def _event(cx: Context, rule: Rule, event: Event, pots: dict[str, Pot], settled: Settled) -> None:
    if event.nth > 1 or event.where:
        raise CannotLowerError(
            "no-window-on-events" if event.nth > 1 else "no-criterion-for-it",
            "baseline scoring, page and completion actions see single events, and nothing of their properties",
            "score each event, or name the assets that the property stands for",
            event.path,
        )
    if event.verb in _BY_VERB or event.verb == "opportunity":
        name = _BY_VERB.get(event.verb) or f"opportunity-{event.objects[0]}"
        pots[name].give_anywhere(rule)
        return
    if event.verb == "fails" and (
        event.excluding or not all(cx.model.assets[key].builtin for key in event.objects)
    ):
        raise CannotLowerError(
            "no-event-for-it",
            "a completion action runs when a form succeeds; nothing sees that a single form was failed",
            "score any form (any-form)",
            event.path,
        )
    excluded = frozenset(places_of(cx.model, event.excluding))
    named = bool(event.objects) and not any(
        cx.model.assets[key].builtin for key in event.objects if key in cx.model.assets
    )
    wide = _carved(cx, rule, event, pots) if event.excluding and named else frozenset()
    if not event.objects:
        raise _unseen(event, ad=False)
    for key in event.objects:
        asset = cx.model.assets.get(key)
        names = {
            _BY_KIND.get((event.verb, kind), "") for kind in (asset.kinds if asset is not None else ("",))
        }
        name = names.pop()
        if not name or (asset is not None and asset.builtin and asset.kinds == ("ad",)):
            raise _unseen(event, ad=asset is not None and asset.kinds == ("ad",))
        if asset is not None and asset.builtin:
            pots[name].give_anywhere(rule, excluded)
            if name == "open" and not _first_open(rule) and cx.flag("opens-count-once"):
                text = f"{_points(rule)} less for each further open of the same e-mail"
                less = room.each_way(rule.points, lambda points: room.times(room.missing(points), None))
                settled.bound({rule.key: rule}, "only-first-opens", text, cx.off(less, "again"))
            continue
        places = places_of(cx.model, (key,))
        if not places:
            raise _unseen(event, ad=False)
        for place in places:
            if place not in wide:
                pots[name].give_at(place, rule)


def _points(rule: Rule) -> str:
    return " and ".join(f"{number.value} points" for _, number in rule.points)


_STATES_ONLY = {"registers", "attends", "misses", "joins", "does", "changes", "unsubscribes", "clicks"}
"""What leaves a state that a rule can ask for; of clicks those on ads that are named."""


def _unseen(event: Event, *, ad: bool) -> CannotLowerError:
    instead = (
        "name the assets and score them once (limit = { times = 1 }), which a rule on their state can do"
    )
    if event.verb == "changes":
        instead = "score once what the field becomes: when = { field = … } and limit = { times = 1 }"
    elif event.verb not in _STATES_ONLY:
        instead = (
            "score something else that the person does then: a page, a form, a file or a custom redirect"
        )
    what = "clicks any ad" if ad else event.verb.replace("_", " ")
    return CannotLowerError(
        "no-event-for-it",
        f"neither a baseline row nor an action sees that somebody {what} each time",
        instead,
        event.path,
    )


def _carved(cx: Context, rule: Rule, event: Event, pots: dict[str, Pot]) -> frozenset[Place]:
    """What an event leaves out of the patterns that it names is taken back there; gives the places that it leaves out whole.

    Page actions add: of two that take a page, the narrower one gives back what the wider one has paid.
    """
    given, out = places_of(cx.model, event.objects), outermost(places_of(cx.model, event.excluding))
    whole = frozenset(place for place in given if any(holds(one, place) for one in out))
    left = [place for place in given if place not in whole]
    inner = [one for one in out if any(meets(place, one) for place in left)]
    if not inner and left:
        return whole
    alone = sum(other.verb == event.verb for other in rule.on) == 1
    within = all(holds(place, one) for one in inner for place in left if meets(place, one))
    moves = not rule.then and not any(cx.homes.vector(rule.points)[0].values())
    if not left or not (alone and within and moves) or crossing(inner):
        raise CannotLowerError(
            "asset-needs-a-name",
            "all that it names is left out again"
            if not left
            else "an action stands on all that its pattern takes, and what another one leaves out of that it can only give back, "
            "in the overall score, where it lies within the pattern",
            "leave the rule out" if not left else "name what counts one by one, without a pattern",
            event.path,
        )
    for one in inner:
        pots["page"].leave_out(one, rule)
    return whole


# --- rows and notes -------------------------------------------------------------------------------------------------


def _rows(cx: Context, points: dict[str, tuple[int, tuple[str, ...]]]) -> None:
    """Every row with a value: 0 where the spec is silent.  Without an overall score, only what categories need."""
    if not cx.model.rules and cx.homes.total is None:
        return
    for row in ROWS:
        value, elements = points.get(row.label, (0, ()))
        if cx.homes.total is None and not elements:
            continue
        why = "" if elements else "The spec gives nothing for it, so it must not pay."
        owners = elements or (f"scores.{cx.model.scores[cx.homes.total].id}",) if cx.homes.total else elements
        made = Made(owners, "baseline", why, ("baseline-rescores-everyone",))
        cx.add(BaselineRow(row.label, value, row.shipped, made), row.label)


def _note(cx: Context, rule: Rule, settled: Settled) -> None:
    cx.begin()
    cx.uses = dict(settled.facts.get(rule.key, {}))
    error = settled.refused.get(rule.key)
    if error is not None:
        if error.path == ("rules",):
            error.path = (*rule.path, "points")
        cx.refuse(rule, error)
        return
    for name, told in settled.bounds.get(rule.key, {}).items():
        cx.bounded(name, told.words, bounds=told.bounds)
    cx.edge(*settled.edges.get(rule.key, ()))
    named = any(
        not cx.model.assets[key].builtin
        for event in rule.on
        for key in event.objects
        if key in cx.model.assets
    )
    if named:
        cx.finish(rule, "carriers", "what the baseline row does not pay stands on each asset, and its folder")
    else:
        cx.finish(
            rule, "baseline", "the baseline row pays it, also for what people did before and while unknown"
        )
    limited.note_dates(cx, rule)
