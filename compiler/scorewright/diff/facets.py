"""The table of what is compared: for each attribute of each kind of element how much it matters, and its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.diff import words as say
from scorewright.model.phrases import phrase, phrase_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Model

__all__ = ["FACETS", "HEADER", "LIFECYCLE", "OPTIONS", "Facet"]

Words = Callable[[Any, "Model"], str]
"""From what an attribute holds, and its model, to a text; an attribute that holds nothing is never asked."""

_AGREED, _BEHAVIOUR, _REACH, _WORDS = "agreement", "behaviour", "reach", "words"


class Facet(NamedTuple):
    """One attribute: its name in the model, what readers call it, its gravity and its words."""

    attribute: str
    what: str
    gravity: str
    words: Words


def _text(value: Any, _model: Model) -> str:
    return str(value)


def _condition(value: Any, model: Model) -> str:
    return phrase(value, model)


def _with(function: Callable[[Any], str]) -> Words:
    return lambda value, _model: function(value)


def _each(function: Callable[..., str], *, model: bool = False) -> Words:
    """Several of a kind, one behind another."""
    return lambda value, of: "; ".join(function(item, of) if model else function(item) for item in value)


_NUMBER = _with(say.number)
_IDS = _with(say.ids)
_YES = _with(say.yes)
_TEXTS = _with(say.texts)
_NAMES = _with(say.by_platform)
_DURATION = _with(phrase_duration)
_TITLE = (
    Facet("title", "title", _WORDS, _text),
    Facet("why", "reason", _WORDS, _text),
)

FACETS: Mapping[str, tuple[Facet, ...]] = {
    "values": (
        Facet("value", "number", _BEHAVIOUR, _text),
        Facet("percent", "percent", _BEHAVIOUR, _text),
        Facet("of", "share of", _BEHAVIOUR, _text),
        *_TITLE,
    ),
    "terms": (
        Facet("match", "how texts are compared", _REACH, _text),
        Facet("texts", "texts", _REACH, _TEXTS),
        Facet("file", "list file", _WORDS, _text),
        *_TITLE,
    ),
    "fields": (
        Facet("type", "type", _REACH, _text),
        Facet("of", "belongs to", _REACH, _text),
        Facet("values", "choices", _REACH, _TEXTS),
        Facet("source", "comes from", _REACH, _text),
        Facet("names", "name on the platform", _REACH, _NAMES),
        *_TITLE,
    ),
    "activities": (
        Facet("properties", "properties", _REACH, _NAMES),
        Facet("names", "name on the platform", _REACH, _NAMES),
        *_TITLE,
    ),
    "assets": (
        Facet("kinds", "kind", _REACH, _IDS),
        Facet("texts", "name", _REACH, _TEXTS),
        Facet("match", "how names are compared", _REACH, _text),
        Facet("names", "name on the platform", _REACH, _NAMES),
        *_TITLE,
    ),
    "marks": (Facet("names", "name on the platform", _REACH, _NAMES), *_TITLE),
    "products": (
        Facet(
            "values",
            "numbers",
            _BEHAVIOUR,
            _with(lambda found: ", ".join(f"{k} {v}" for k, v in found.items())),
        ),
        Facet("assets", "assets", _REACH, _NAMES),
        Facet("segments", "segments", _BEHAVIOUR, _NAMES),
        Facet("terms", "lists of texts", _REACH, _NAMES),
        *_TITLE,
    ),
    "segments": (Facet("when", "who is in it", _BEHAVIOUR, _condition), *_TITLE),
    "scores": (
        Facet("kind", "kind", _BEHAVIOUR, _text),
        Facet("overall", "the platform's own score", _BEHAVIOUR, _YES),
        Facet("floor", "floor", _BEHAVIOUR, _NUMBER),
        Facet("ceiling", "ceiling", _BEHAVIOUR, _NUMBER),
        Facet("start", "start", _BEHAVIOUR, _NUMBER),
        Facet("feeds", "feeds", _BEHAVIOUR, _text),
        Facet("sum_of", "sum of", _BEHAVIOUR, _IDS),
        Facet("percent_of", "shares", _BEHAVIOUR, _with(say.shares)),
        Facet("names", "name on the platform", _REACH, _NAMES),
        *_TITLE,
    ),
    "groups": (
        Facet("score", "score", _BEHAVIOUR, _text),
        Facet("limit", "limit", _BEHAVIOUR, _with(say.limit)),
        *_TITLE,
    ),
    "rules": (
        Facet("points", "points", _BEHAVIOUR, _with(say.points)),
        Facet("on", "for", _BEHAVIOUR, say.events),
        Facet("when", "only when", _BEHAVIOUR, _condition),
        Facet("limit", "limit", _BEHAVIOUR, _with(say.limit)),
        Facet("wait", "looked at after", _BEHAVIOUR, _DURATION),
        Facet("group", "shares the limit of", _BEHAVIOUR, _text),
        Facet("then", "then", _BEHAVIOUR, _with(say.actions)),
        Facet("expires", "taken back after", _BEHAVIOUR, _DURATION),
        Facet("fades", "melts", _BEHAVIOUR, _with(say.fades)),
        Facet("keep", "held for good", _BEHAVIOUR, _YES),
        Facet("active", "in force", _REACH, _with(say.active)),
        *_TITLE,
    ),
    "tiers": (
        Facet("score", "score", _BEHAVIOUR, _text),
        Facet("field", "looks at", _BEHAVIOUR, _text),
        Facet("cases", "cases", _BEHAVIOUR, _each(say.tier_case, model=True)),
        Facet("otherwise", "otherwise", _BEHAVIOUR, _with(say.signed)),
        Facet("unknown", "unknown", _BEHAVIOUR, _with(say.signed)),
        *_TITLE,
    ),
    "inputs": (
        Facet("field", "looks at", _BEHAVIOUR, _text),
        Facet("score", "score", _BEHAVIOUR, _text),
        Facet("percent", "percent", _BEHAVIOUR, _text),
        Facet("at_least", "at least", _BEHAVIOUR, _NUMBER),
        Facet("at_most", "at most", _BEHAVIOUR, _NUMBER),
        *_TITLE,
    ),
    "decay": (
        Facet("score", "score", _BEHAVIOUR, _text),
        Facet("steps", "steps", _BEHAVIOUR, _each(say.step)),
        Facet("stop_at", "stops at", _BEHAVIOUR, _NUMBER),
        Facet("limit", "takes at most", _BEHAVIOUR, _text),
        Facet("when", "only when", _BEHAVIOUR, _condition),
        Facet("activity", "counts as activity", _BEHAVIOUR, _IDS),
        Facet("own_activity", "names its own activity", _WORDS, _YES),
        Facet("never_active", "also who was never active", _BEHAVIOUR, _YES),
        Facet("then", "then", _BEHAVIOUR, _with(say.actions)),
        Facet("schedule", "schedule", _BEHAVIOUR, _text),
        *_TITLE,
    ),
    "grades": (
        Facet("start", "start", _BEHAVIOUR, _text),
        Facet("hidden_until_match", "hidden until one matches", _BEHAVIOUR, _YES),
        Facet(
            "criteria",
            "criteria",
            _BEHAVIOUR,
            _each(lambda one, model: f"{one.id} {one.thirds:+d}/3: {phrase(one.when, model)}", model=True),
        ),
        *_TITLE,
    ),
    "bands": (
        Facet("score", "score", _BEHAVIOUR, _text),
        Facet("cases", "labels", _BEHAVIOUR, _each(say.band_case)),
        Facet("join", "joins", _BEHAVIOUR, _IDS),
        Facet("field", "written into", _BEHAVIOUR, _text),
        *_TITLE,
    ),
    "thresholds": (
        Facet("when", "when", _AGREED, _condition),
        Facet("or_on", "or at once when somebody", _AGREED, say.events),
        Facet("required_fields", "needs", _AGREED, _IDS),
        Facet("unless", "unless", _AGREED, _condition),
        Facet("limit", "limit", _AGREED, _with(say.limit)),
        Facet("schedule", "schedule", _AGREED, _text),
        Facet("existing", "who is past it already is handed over", _AGREED, _YES),
        Facet("then", "then", _AGREED, _with(say.actions)),
        *_TITLE,
    ),
    "schedules": (
        Facet("at", "at", _BEHAVIOUR, _IDS),
        Facet("days", "days", _BEHAVIOUR, _IDS),
        Facet("timezone", "time zone", _BEHAVIOUR, _text),
        Facet(
            "zones",
            "time zones by segment",
            _BEHAVIOUR,
            _each(lambda zone: f"{zone.segment} {zone.timezone}"),
        ),
        *_TITLE,
    ),
    "goals": (Facet("percent", "percent", _AGREED, _text), *_TITLE),
    "examples": (
        Facet("created", "created", _WORDS, _text),
        Facet("person", "the person", _WORDS, _with(say.pairs)),
        Facet("scores", "scores at first", _WORDS, _with(say.pairs)),
        Facet("marks", "marks at first", _WORDS, _IDS),
        Facet("events", "what happens", _WORDS, _with(lambda found: f"{len(found)} events")),
        Facet("expect", "what is expected", _WORDS, _with(lambda found: f"{len(found)} expectations")),
        *_TITLE,
    ),
    "accept": (
        Facet("target", "platform", _BEHAVIOUR, _text),
        Facet("note", "note", _BEHAVIOUR, _text),
        Facet("element", "for", _BEHAVIOUR, _text),
        Facet("why", "reason", _WORDS, _text),
    ),
    "waive": (
        Facet("check", "check", _WORDS, _text),
        Facet("element", "for", _WORDS, _text),
        Facet("why", "reason", _WORDS, _text),
    ),
}
"""By table of the spec, in the order in which a reader is told of them."""

HEADER = (
    Facet("timezone", "time zone", _BEHAVIOUR, _text),
    Facet("counts_as_activity", "counts as activity", _BEHAVIOUR, _IDS),
    Facet("eligible", "scored are only", _REACH, _text),
    Facet("exclude", "not scored are", _REACH, _IDS),
    Facet("active", "in force", _REACH, _with(say.active)),
    Facet("starts", "starts", _REACH, _text),
    Facet("ignore_bots", "bots do not count", _BEHAVIOUR, _YES),
    Facet(
        "change_window",
        "changes are made between",
        _AGREED,
        _with(lambda window: f"{window[0]} and {window[1]}, except {window[2] or 'never'}"),
    ),
    Facet("evidence", "a change needs a reason", _AGREED, _YES),
    Facet(
        "review",
        "looked at again",
        _WORDS,
        _with(lambda r: f"after {phrase_duration(r.first)}, then every {phrase_duration(r.every)}"),
    ),
    Facet("steward", "steward", _WORDS, _text),
    Facet("id", "id", _WORDS, _text),
    *_TITLE,
)
"""``[model]``."""

LIFECYCLE = (
    Facet("field", "field", _BEHAVIOUR, _text),
    Facet("names", "the platform's words", _BEHAVIOUR, _NAMES),
)
"""``[lifecycle]``."""

OPTIONS = Facet("", "", _BEHAVIOUR, _text)
"""Each key of ``[targets.<name>]``: what it means, its plugin knows."""
