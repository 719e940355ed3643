"""Awards that end: a requested campaign waits, and takes back what was given when its time is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.values import Number
from scorewright_marketo.lower.bounds import by_awards
from scorewright_marketo.lower.melting import melting
from scorewright_marketo.lower.points import awarded, shift
from scorewright_marketo.lower.resets import reset_stamp, unless_reset
from scorewright_marketo.lower.waits import emit_requested, wait
from scorewright_marketo.objects import DO_NOTHING, Choice, FlowStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Rule
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.limits import Plan
    from scorewright_marketo.lower.points import Variant
    from scorewright_marketo.objects import Clause

__all__ = ["clipped", "later", "say_cancelled"]


def clipped(b: Builder, rule: Rule, part: Plan, key: str) -> int | None:
    """What an award that its group has no room for gives to a score, with its sign; ``None``: all of it."""
    group = b.model.groups.get(rule.group) if rule.group is not None else None
    if part.clip is None or (group is not None and group.score != key):
        return None
    return part.clip * (1 if dict(rule.points)[key].value >= 0 else -1)


def later(b: Builder, rule: Rule, part: Plan) -> tuple[FlowStep, ...]:
    """The request that takes back what this award gives; before the count moves that says how much that was."""
    if rule.expires is None and rule.fades is None:
        return ()
    if part.cuts:
        return tuple(_cut(b, rule, part))
    cut = {key: clipped(b, rule, part, key) for key, _ in rule.points}
    rest = {key: number if (rest := cut[key]) is None else Number(rest) for key, number in rule.points}
    name = _campaign(b, rule, rest)
    return (FlowStep("Request Campaign", (("Campaign", name),)),) if name != DO_NOTHING else ()


def _cut(b: Builder, rule: Rule, part: Plan) -> Iterator[FlowStep]:
    """One request for all scores that are cut alike, each with a choice for what is given instead."""
    cuts = dict(part.cuts)
    alike: dict[tuple[Clause, ...], dict[str, Number]] = {}
    for key, number in rule.points:
        conditions = tuple(variant.condition for variant in cuts.get(key, ()))
        alike.setdefault(conditions, {})[key] = number
    for conditions, whole in alike.items():
        choices = [
            Choice(condition, _campaign(b, rule, {key: _given(cuts[key][place]) for key in whole}))
            for place, condition in enumerate(conditions)
        ]
        fields = (("Campaign", _campaign(b, rule, whole)),)
        if fields[0][1] == DO_NOTHING:
            continue
        yield FlowStep("Request Campaign", fields, "Campaign" if choices else "", tuple(choices))


def _given(variant: Variant) -> Number:
    return Number(variant.amount) if isinstance(variant.amount, int) else variant.amount


def _campaign(b: Builder, rule: Rule, given: Mapping[str, Number]) -> str:
    """The campaign that takes back these points; made at its first mention."""
    if not any(number.value for number in given.values()):
        return DO_NOTHING
    less = given != dict(rule.points)
    size = f" {max(abs(number.value) for number in given.values())}" if less else ""
    size += f" {' '.join(given)}" if given.keys() != dict(rule.points).keys() else ""
    key = ("later", rule.key, tuple((name, number.value) for name, number in given.items()))
    if key not in b.memo:
        b.rests_on("request-from-executable")
        name = b.memo[key] = b.campaign_name(f"Later {rule.title}{size}")
        steps = _expiry(b, rule, given) if rule.expires is not None else melting(b, rule, given, name)
        why = "Takes the points back when their time is over."
        emit_requested(b, name, steps, role=f"later{size}", why=why)
        b.memo.setdefault(("taken back", rule.key), []).append(name)
    return f"{b.program}.{b.memo[key]}"


def _expiry(b: Builder, rule: Rule, given: Mapping[str, Number]) -> tuple[FlowStep, ...]:
    assert rule.expires is not None
    steps: list[FlowStep] = [wait(rule.expires)]
    for key, number in given.items():
        back = Number(-number.value, number.name)
        amount = back if number == dict(rule.points)[key] else back.value
        for name in reversed(awarded(b, key)):
            taken = shift(b, name, (), amount, f"{rule.title} back")
            steps += unless_reset(b, rule, name, taken, (rule.expires.seconds, number.value))
    return tuple(steps)


def say_cancelled(b: Builder, rule: Rule) -> None:
    """An award and a reset less than an hour apart: which came first cannot be told by a date."""
    names = [name for key, _ in rule.points for name in awarded(b, key)]
    ends = rule.expires is not None or rule.fades is not None
    if ends and any(reset_stamp(b, name) is not None for name in names):
        b.bounded(
            "reset-within-the-hour",
            "What ends is not taken back after a reset, which a filter tells by the hour.",
            "the points of an award less than an hour after a reset, which never end",
            "hour-windows-roll",
            path=(*rule.path, "expires" if rule.expires is not None else "fades"),
            bounds=by_awards(b, replace(rule, then=()), few=None, many=None, when="crowded"),
        )
