"""What would save automation rules, and how many: each way out is tried on the model, and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.notes import Result
from scorewright_pardot.lower import lower
from scorewright_pardot.objects import AutomationRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorewright.model.elements import Model
    from scorewright.plugin.target import Request
    from scorewright_pardot.lower import Lowered

__all__ = ["savings"]

_NAMED = 3
"""So many elements are named, and the others counted."""


class _Way(NamedTuple):
    """A way out in words, and the request as it would be."""

    words: str
    request: Request


def savings(request: Request, lowered: Lowered) -> tuple[str, ...]:
    """The ways out that save rules without losing an element, what saves most first."""
    used, refused = _rules(lowered), _refused(lowered)
    found = []
    for make in _WAYS:
        way = make(request)
        if way is None:
            continue
        other = lower(way.request)
        saved = used - _rules(other)
        if saved > 0 and _refused(other) <= refused:
            found.append((-saved, f"{way.words}: {saved} fewer"))
    return tuple(words for _, words in sorted(found))


def _rules(lowered: Lowered) -> int:
    return sum(isinstance(item, AutomationRule) for item in lowered.objects)


def _refused(lowered: Lowered) -> set[tuple[str, str | None]]:
    return {(note.element, note.product) for note in lowered.notes if note.result is Result.REFUSED}


# --- ways out -------------------------------------------------------------------------------------------------------


def _option(
    key: str, value: object, better: Callable[[object], bool], said: str
) -> Callable[[Request], _Way | None]:
    def make(request: Request) -> _Way | None:
        if key in request.options and not better(request.options[key]):
            return None
        words = f"{key} = {said} in [targets.pardot]"
        return _Way(words, replace(request, options={**request.options, key: value}))

    return make


def _keep(request: Request) -> _Way | None:
    """Points of facts that stay need no rule that takes them back."""
    rules = request.model.rules
    facts = [key for key, rule in rules.items() if rule.when is not None and not rule.on and not rule.keep]
    kept = {key: replace(rule, keep=True) if key in facts else rule for key, rule in rules.items()}
    words = f"keep = true where points may stay for good ({_listed(rules[key].name for key in facts)})"
    return _of_model(request, words, replace(request.model, rules=kept)) if facts else None


def _bands(request: Request) -> _Way | None:
    """A band that nobody reads on the record needs no field."""
    bands = request.model.bands
    written = [key for key, band in bands.items() if band.field is not None]
    bare = {key: replace(band, field=None) for key, band in bands.items()}
    words = f"leave out the field of {_listed(bands[key].name for key in written)}: conditions ask the score itself"
    return _of_model(request, words, replace(request.model, bands=bare)) if written else None


def _rest(request: Request) -> _Way | None:
    """A category that may keep some points comes down by fewer rules."""
    set_down = {
        decay.score
        for decay in request.model.decay.values()
        for step in decay.steps
        if step.set_to is not None and request.model.scores[decay.score].overall is False
    }
    rest = dict.fromkeys(sorted(set_down), 9) | dict(request.options.get("rest", {}))
    if not set_down or rest == request.options.get("rest"):
        return None
    said = ", ".join(f"{key} = {value}" for key, value in rest.items())
    return _Way(
        f"rest = {{ {said} }} in [targets.pardot]",
        replace(request, options={**request.options, "rest": rest}),
    )


def _of_model(request: Request, words: str, model: Model) -> _Way:
    return _Way(words, replace(request, model=model))


def _listed(names: Iterable[str]) -> str:
    names = tuple(names)
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _less_than(number: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and value < number


_WAYS: tuple[Callable[[Request], _Way | None], ...] = (
    _keep,
    _bands,
    _rest,
    _option("settle_days", 30, _less_than(30), "30"),
    _option("settle_form", "digits", lambda value: value != "digits", '"digits"'),
    _option("percent_error", 2, _less_than(2), "2"),
    _option("periods", 3, lambda value: isinstance(value, int) and value > 3, "3"),
)
"""Every way out that can be tried; what is lost by it is for the person who chooses."""
