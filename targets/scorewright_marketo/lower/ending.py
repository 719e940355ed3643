"""Awards that end: a requested campaign waits, and takes back what was given when its time is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.values import Number, round_half_up
from scorewright_marketo.lower.accounts import spell
from scorewright_marketo.lower.bounds import by_awards
from scorewright_marketo.lower.expr import Both
from scorewright_marketo.lower.points import awarded, execute, shift
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.resets import not_reset, reset_stamp
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Fades, Rule
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.limits import Plan
    from scorewright_marketo.lower.points import Variant

__all__ = ["clipped", "later", "say_cancelled"]

AWARDS = "02 Awards"
_MOST_MELTS = 100


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
        steps = _expiry(b, rule, given) if rule.expires is not None else _melting(b, rule, given)
        b.campaign(
            name,
            AWARDS,
            "trigger",
            Both(()),
            steps,
            triggers=(Clause("Campaign is Requested", "is", ("Flow Action",), "Source"),),
            stage="requested",
            role=f"later{size}",
            population=False,
            why="Takes the points back when their time is over.",
        )
        b.memo.setdefault(("taken back", rule.key), []).append(name)
    return f"{b.program}.{b.memo[key]}"


def _expiry(b: Builder, rule: Rule, given: Mapping[str, Number]) -> tuple[FlowStep, ...]:
    assert rule.expires is not None
    steps: list[FlowStep] = [FlowStep("Wait", (("Duration", spell(rule.expires)),))]
    for key, number in given.items():
        back = Number(-number.value, number.name)
        amount = back if number == dict(rule.points)[key] else back.value
        for name in reversed(awarded(b, key)):
            taken = shift(b, name, (), amount, f"{rule.title} back")
            steps += _unless_reset(b, rule, name, taken, (rule.expires.seconds, number.value))
    return tuple(steps)


def _unless_reset(
    b: Builder, rule: Rule, name: str, taken: tuple[FlowStep, ...], when: tuple[int, int]
) -> tuple[FlowStep, ...]:
    """A reset cancels what is still to come on its score; who waits in a flow cannot be told, so it is asked then."""
    stamp = reset_stamp(b, name)
    if stamp is None or not taken:
        return taken
    seconds, size = when
    path = (*rule.path, "expires" if rule.expires is not None else "fades")
    who = not_reset(b, stamp, seconds, path)
    title = f"Take back {rule.title} {size} of {b.model.scores[name].title} after {seconds // 3_600} hours"
    inner = b.campaign_name(title)
    why = "A reset in between has cancelled it."
    role = f"back {name} {size} {seconds}"
    b.campaign(inner, AWARDS, "executable", who, taken, role=role, population=False, why=why)
    return (execute(b, inner),)


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


def _melting(b: Builder, rule: Rule, given: Mapping[str, Number]) -> tuple[FlowStep, ...]:
    fades = rule.fades
    assert fades is not None
    steps: list[FlowStep] = []
    texts: list[str] = []
    rests = {key: number.value for key, number in given.items()}
    for count in range(1, _MOST_MELTS + 2):
        losses = {key: _melt(rest, fades) for key, rest in rests.items()}
        if not any(losses.values()):
            break
        if count > _MOST_MELTS:
            raise RefusedError(
                "too-many-steps",
                (*rule.path, "fades"),
                f"the award melts in more than {_MOST_MELTS} steps, which nobody can build by hand as one flow",
                "take larger steps, or use a decay",
            )
        steps.append(FlowStep("Wait", (("Duration", spell(fades.every)),)))
        for key, loss in losses.items():
            rests[key] -= loss
            for name in reversed(awarded(b, key)):
                taken = shift(b, name, (), _lost(fades, loss), f"{rule.title} melts")
                texts += [text for step in taken for text in _tokens(step)]
                steps += _unless_reset(b, rule, name, taken, (count * fades.every.seconds, loss))
    b.pending += texts  # how many steps there are goes by it, too
    return tuple(steps)


def _lost(fades: Fades, loss: int) -> Number | int:
    """What a step takes, as the number that the spec names for it; what was left at last is a literal."""
    if fades.subtract is None or abs(loss) != fades.subtract.value:
        return -loss
    return Number(-loss, fades.subtract.name)


def _tokens(step: FlowStep) -> Iterator[str]:
    texts = (dict(step.fields).get("Change", ""), *(choice.value for choice in step.choices))
    return (text for text in texts if text.startswith("{{my."))


def _melt(rest: int, fades: Fades) -> int:
    """What melts of a rest, with its sign, never more than the rest."""
    size = abs(rest)
    loss = (
        fades.subtract.value
        if fades.subtract is not None
        else round_half_up(size * (fades.percent or 0), 100)
    )
    return min(size, loss) if rest > 0 else -min(size, loss)
