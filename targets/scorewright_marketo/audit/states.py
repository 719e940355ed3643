"""Rules that are held by trying people: what filters and choices do, and not how they are written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from scorewright_marketo.audit.people import Crowd, Empties, number_passes, number_span
from scorewright_marketo.audit.plant import changes, score
from scorewright_marketo.objects import DO_NOTHING, Clause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright_marketo.objects import Campaign, FlowStep, Lowered, SmartList

__all__ = ["RULES", "broken"]

RULES: Mapping[str, str] = {
    "below-is-not-past": "Who is taken for below a threshold again is exactly who could not cross it now.",
    "stale-is-noticed": "A batch lets through everybody whose record is not what it would write.",
    "choices-are-reached": "Each choice has a number that it is the first for, and the first of bands has no end.",
}
"""Each rule by name."""

_Broken = tuple[str, "Campaign", str]


def broken(lowered: Lowered, population: SmartList | None, *, empties_pass: bool) -> Iterator[_Broken]:
    """Every breach: the rule, the campaign, and how.

    ``population`` are those who are scored (``None``: everybody); ``empties_pass`` says whether a negative operator lets
    an empty field through.
    """
    own = {item.name for item in lowered.fields}
    crowd = Crowd(lowered, empties_pass=empties_pass)
    gates: dict[tuple[str, str], dict[str, Campaign]] = {}
    for item in lowered.campaigns:
        element, _, role = item.role.rpartition(":")
        if role in {"cross", "re-arm"}:
            gates.setdefault((item.program, element), {})[role] = item
        yield from _reached(item, own)
        yield from _noticed(item, population, crowd)
    for gate in gates.values():
        if len(gate) == 2:
            yield from _opposite(gate["cross"], gate["re-arm"], crowd)


def _opposite(cross: Campaign, rearm: Campaign, crowd: Crowd) -> Iterator[_Broken]:
    past = {dict(step.fields)["List Name"] for step in rearm.flow if step.step == "Remove from List"}
    clauses = (*cross.smart_list.filters, *rearm.smart_list.filters)
    crosses, ends = crowd.test(cross.smart_list), crowd.test(rearm.smart_list)
    for answers in crowd.people(clauses):
        asked = {
            clause: answer or (clause.rule == "Member of List" and past >= {*clause.values})
            for clause, answer in answers.items()
        }
        if crosses(asked) == ends(asked):
            who = ", ".join(_told(clause) for clause, answer in answers.items() if answer)
            says = f"{'both' if crosses(asked) else 'neither'} is somebody of whom holds: {who or 'nothing'}"
            yield "below-is-not-past", rearm, says
            return


def _told(clause: Clause) -> str:
    return " ".join((clause.rule, clause.primary, clause.operator, "; ".join(clause.values))).strip()


def _noticed(item: Campaign, population: SmartList | None, crowd: Crowd) -> Iterator[_Broken]:
    record = next((step for step in item.flow if _records(step, item)), None)
    if record is None:
        return
    texts = changes(record)
    due = {text: Clause(score(record), "is", (text[1:],)) for text in texts if text != DO_NOTHING}
    inside = population.filters if population is not None else ()
    conditions = (choice.condition for choice in record.choices)
    clauses = (*item.smart_list.filters, *inside, *conditions, *due.values())
    noticed = crowd.test(item.smart_list)
    scored = crowd.test(population) if population is not None else None
    for answers in crowd.people(clauses):
        if scored is not None and not scored(answers):
            continue
        wanted = next((choice.value for choice in record.choices if answers[choice.condition]), texts[0])
        if wanted in due and not answers[due[wanted]] and not noticed(answers):
            says = f"who is due {wanted} in “{score(record)}”, and has something else, is passed over"
            yield "stale-is-noticed", item, says
            return


def _records(step: FlowStep, item: Campaign) -> bool:
    """Whether a step sets, by choices, a number that the campaign's own filters ask for."""
    if step.step != "Change Score" or not step.choices:
        return False
    writes = all(text.startswith("=") or text == DO_NOTHING for text in changes(step))
    return writes and any(
        (clause.rule, clause.operator) == (score(step), "is not") for clause in item.smart_list.filters
    )


_SOME = Empties()
_ALL_BUT_SOME = {"is not", "is empty", "is not empty"}


def _reached(item: Campaign, own: set[str]) -> Iterator[_Broken]:
    for step in item.flow:
        asked = [choice.condition for choice in step.choices]
        texts = [text for clause in asked for text in clause.values]
        of_one = len({clause.rule for clause in asked}) == 1 and all(clause.values for clause in asked)
        if not of_one or asked[0].rule not in own or not all(text.lstrip("-").isdigit() for text in texts):
            continue
        points = sorted({int(text) + more for text in texts for more in (-1, 0, 1)})
        first, left = {}, [*points]
        for place, clause in enumerate(asked):
            first.update(dict.fromkeys(_take(clause, left), place))
        nobody = next(
            (place for place, clause in enumerate(asked) if number_passes(clause, None, _SOME)), None
        )
        found = {*first.values(), nobody}
        missed = [choice.value for place, choice in enumerate(step.choices) if place not in found]
        if missed:
            yield "choices-are-reached", item, f"nobody comes to the choice of {missed[0]}"
        elif _by_itself(step) and 0 not in {first.get(points[0]), first.get(points[-1])}:
            yield "choices-are-reached", item, f"above {points[-1]}, and below, its first choice ends"


def _take(clause: Clause, left: list[int]) -> list[int]:
    """Take those that pass out of sorted numbers: cheap, since a step may have thousands of choices."""
    if clause.operator in _ALL_BUT_SOME:
        taken = [value for value in left if number_passes(clause, value, _SOME)]
        left[:] = [value for value in left if not number_passes(clause, value, _SOME)]
        return taken
    ones = [(int(text), int(text)) for text in clause.values]
    taken = []
    for low, high in ones if clause.operator == "is" else (number_span(clause),):
        begin, end = bisect_left(left, low), bisect_right(left, high)
        taken += left[begin:end]
        del left[begin:end]
    return taken


def _by_itself(step: FlowStep) -> bool:
    """Whether a step moves a score by what the score is, in bands from one end to the other."""
    return (
        step.step == "Change Score"
        and len(step.choices) > 1
        and step.choices[0].condition.rule == score(step)
    )
