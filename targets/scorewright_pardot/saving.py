"""What would save automation rules, and how many: each way out is tried on the model, and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.notes import Result
from scorewright_pardot.limits import RULE_QUOTA
from scorewright_pardot.lower.lower import tried
from scorewright_pardot.objects import AutomationRule, EngagementProgram
from scorewright_pardot.options import Options
from scorewright_pardot.planning.budget import rules_in, share
from scorewright_pardot.planning.coins import MOST_DAYS, MOST_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright.model.elements import Decay, Model
    from scorewright.plugin.target import Request
    from scorewright_pardot.lower.lower import Lowered
    from scorewright_pardot.planning.budget import Need

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
        other = tried(way.request)
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


def _budget(request: Request) -> _Way | None:
    """One budget for all categories that come down: what the quota leaves for them."""
    given = int(request.facts[RULE_QUOTA[Options.of(request.options).edition]])
    lowered = tried(request)
    taken = sum(rules_in(need, _days(request, need)) or 0 for need in lowered.needs)
    left = given - (_rules(lowered) - taken)
    days = share(lowered.needs, left) if lowered.needs and 0 < left < taken else None
    if days is None or "settle_budget" in request.options:
        return None
    words = f"settle_budget = {left} in [targets.pardot], which is all that is left: settled in {max(days)} days at most"
    return _Way(words, replace(request, options={**request.options, "settle_budget": left}))


def _days(request: Request, need: Need) -> int:
    options = Options.of(request.options)
    if not options.settle_rules:
        return options.settle_days
    fits = (
        day for day in range(1, MOST_DAYS + 1) if (rules_in(need, day) or MOST_RULES) <= options.settle_rules
    )
    return next(fits, MOST_DAYS)


def _strategy(strategy: str) -> Callable[[Request], _Way | None]:
    """Another way to build the decays of categories: those that can be built so, and as many as there is room for."""

    def make(request: Request) -> _Way | None:
        chosen = dict(request.options.get("decays", {}))
        bands = [
            decay
            for decay in request.model.decay.values()
            if not request.model.scores[decay.score].overall
            and chosen.get(decay.key, chosen.get(decay.id, "bands")) == "bands"
        ]
        other = tried(_built_by(request, {**chosen, **{decay.key: strategy for decay in bands}}))
        mine = _with_room(request, other, bands)
        if not mine:
            return None
        said = ", ".join(f'{key} = "{strategy}"' for key in dict.fromkeys(decay.id for decay in mine))
        words = f"decays = {{ {said} }} in [targets.pardot]"
        return _Way(words, _built_by(request, {**chosen, **{decay.key: strategy for decay in mine}}))

    return make


def _built_by(request: Request, decays: Mapping[str, str]) -> Request:
    return replace(request, options={**request.options, "decays": dict(decays)})


def _with_room(request: Request, other: Lowered, decays: Iterable[Decay]) -> list[Decay]:
    """The decays that are not refused, as long as there are programs left for them."""
    refused = _refused(other)
    room = int(request.facts[f"repeating-programs-{Options.of(request.options).edition}"])
    found = []
    for decay in decays:
        programs = sum(
            isinstance(item, EngagementProgram) and decay.name in item.made.elements for item in other.objects
        )
        if (decay.name, decay.product) not in refused and programs <= room:
            room -= programs
            found.append(decay)
    return found


def _sums(request: Request) -> _Way | None:
    """A fit score of several sources that a Salesforce formula adds up needs no rule that takes points back."""
    rules, tiers = request.model.rules.values(), request.model.tiers.values()
    given = {key for rule in rules if not rule.on for key, _ in rule.points} | {tier.score for tier in tiers}
    scores = request.model.scores
    fits = sorted(key for key in given if scores[key].kind == "fit" and scores[key].feeds is None)
    sums = {**dict.fromkeys(fits, "formula"), **request.options.get("sums", {})}
    if not fits or sums == request.options.get("sums"):
        return None
    said = ", ".join(f'{key} = "{value}"' for key, value in sums.items())
    return _Way(
        f"sums = {{ {said} }} in [targets.pardot]",
        replace(request, options={**request.options, "sums": sums}),
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
    _budget,
    _strategy("program"),
    _strategy("keep"),
    _option("settle_days", 30, _less_than(30), "30"),
    _sums,
    _option("settle_form", "digits", lambda value: value != "digits", '"digits"'),
    _option("percent_error", 2, _less_than(2), "2"),
    _option("periods", 3, lambda value: isinstance(value, int) and value > 3, "3"),
)
"""Every way out that can be tried; what is lost by it is for the person who chooses."""
