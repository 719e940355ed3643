"""From the model to what Point Ledger holds: an account a score, a posting a rule, an alert a threshold's action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model.actions import Notify
from scorewright.model.conditions import ScoreTest
from scorewright.plugin.bundle import Bundle, Emitted, Quota
from scorewright.plugin.emulation import Bound, done_key
from scorewright.plugin.notes import Note, Result
from scorewright.plugin.usage import features_used
from scorewright_ledger.capabilities import CAPABILITIES
from scorewright_ledger.gauges import alert_name, gauges
from scorewright_ledger.sheet import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Element, Model, Rule, Score, Threshold
    from scorewright.model.events import Event
    from scorewright.plugin.target import Request

__all__ = ["lower"]

_REFUSED = {row.feature: row for row in CAPABILITIES if row.support.refused}


def lower(request: Request) -> Bundle:
    """Everything that is built, and what is to be said of each element."""
    model = request.model
    notes = [*_not_here(model)]
    left = {note.element for note in notes}
    notes += _too_long(model, int(request.facts["name-length"]), left)
    left = {note.element for note in notes}
    scores = [score for score in model.scores.values() if score.name not in left]
    rules = [rule for rule in model.rules.values() if rule.name not in left]
    thresholds = [item for item in model.thresholds.values() if item.name not in left]
    for threshold in thresholds:
        notes.append(_threshold_note(threshold))
    thresholds = [item for item in thresholds if _least(item) is not None]
    notes += [_exact(score, "an account of that name", "booked-as-one") for score in scores]
    notes += [_rule_note(model, rule) for rule in rules]
    currency = str(request.options.get("currency", "points"))
    objects = (
        *(_account(score, currency) for score in scores),
        *(_posting(model, rule) for rule in rules),
        *(alert for threshold in thresholds for alert in _alerts(threshold)),
    )
    quota = Quota("postings", len(rules), int(request.facts["postings"]), "postings")
    return Bundle("ledger", objects, tuple(notes), sheet(model, objects), (quota,), tuple(gauges(model)))


# --- notes ------------------------------------------------------------------------------------------------------------


def _not_here(model: Model) -> Iterator[Note]:
    """What the capability table refuses, at its place."""
    for use in features_used(model):
        row = _REFUSED.get(use.feature)
        if row is not None:
            yield Note("not-here", Result.REFUSED, use.element, use.path, row.reason, instead=row.instead)


def _too_long(model: Model, most: int, left: set[str]) -> Iterator[Note]:
    for element in (*model.scores.values(), *model.rules.values(), *model.thresholds.values()):
        if element.name not in left and max(map(len, _texts(model, element))) > most:
            yield Note(
                "too-long",
                Result.REFUSED,
                element.name,
                element.path,
                f"a label or a source is longer than {most} characters",
                instead="write a shorter title, or name the asset for this platform: names = { ledger = … }",
                facts=("name-length",),
            )


def _texts(model: Model, element: Any) -> list[str]:
    events = getattr(element, "on", ())
    return [element.title, *(source["name"] for event in events for source in _sources(model, event))]


def _exact(element: Element, message: str, fact: str) -> Note:
    return Note("built", Result.EXACT, element.name, element.path, message, facts=(fact,))


def _rule_note(model: Model, rule: Rule) -> Note:
    if rule.limit is None:
        return _exact(rule, "a posting from its sources", "booked-as-one")
    gauges_of = {key: number.value for key, number in rule.points}
    alerts = (
        Bound(f"done {done_key(action.path, None)}", None, None, "crowded")
        for threshold in model.thresholds.values()
        if isinstance(threshold.when, ScoreTest) and threshold.when.score in gauges_of
        for action in threshold.then
    )
    return Note(
        "once-on-each-server",
        Result.BOUNDED,
        rule.name,
        rule.path,
        "`Once` is remembered by each of two servers, which tell each other later.",
        "paid twice at most, and only to who does it twice within two hours",
        instead="leave the limit away, or take it knowingly",
        facts=("once-synced-hours",),
        bounds=(
            *(
                Bound(f"score {key}", min(0, worth), max(0, worth), "crowded")
                for key, worth in gauges_of.items()
            ),
            *alerts,
        ),
    )


def _threshold_note(threshold: Threshold) -> Note:
    if _least(threshold) is not None:
        return _exact(threshold, "an alert for each action", "alert-at-crossing")
    return Note(
        "only-at-least",
        Result.REFUSED,
        threshold.name,
        threshold.path,
        "an alert is sent when a balance reaches a number; it knows no other condition",
        instead="ask for one score, at least or above a number",
        facts=("alert-at-crossing",),
    )


def _least(threshold: Threshold) -> int | None:
    """The number that the balance must reach; ``None`` where the condition asks for something else."""
    when = threshold.when
    return when.bounds.least if isinstance(when, ScoreTest) and when.bounds.most is None else None


# --- objects ----------------------------------------------------------------------------------------------------------


def _account(score: Score, currency: str) -> Emitted:
    start = score.start.value if score.start is not None else 0
    table = {"label": score.title, "opening_balance": start, "currency": currency}
    return Emitted("accounts", score.key, table, (score.name,), "account", ("booked-as-one",))


def _posting(model: Model, rule: Rule) -> Emitted:
    table = {
        "label": rule.title,
        "sources": [source for event in rule.on for source in _sources(model, event)],
        "amounts": {key: number.value for key, number in rule.points},
        "once": rule.limit is not None,
    }
    facts = ("booked-as-one",) if rule.limit is None else ("booked-as-one", "once-synced-hours")
    return Emitted("postings", rule.id, table, (rule.name,), "posting", facts)


def _sources(model: Model, event: Event) -> Iterator[dict[str, Any]]:
    """What a posting listens to: a verb, kinds of asset, and a name or ``*``."""
    for key in event.objects:
        asset = model.assets.get(key)
        if asset is not None:
            for name in ("*",) if asset.builtin else asset.texts_on("ledger"):
                yield {"verb": event.verb, "kinds": list(asset.kinds), "name": name}


def _alerts(threshold: Threshold) -> Iterator[Emitted]:
    when = threshold.when
    assert isinstance(when, ScoreTest)
    for place, action in enumerate(threshold.then):
        assert isinstance(action, Notify)
        table = {
            "label": threshold.title,
            "account": when.score,
            "reaches": _least(threshold),
            "send_to": action.to,
        }
        name = alert_name(threshold.id, place)
        yield Emitted("alerts", name, table, (threshold.name,), "alert", ("alert-at-crossing",))
