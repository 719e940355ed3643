"""Points of what held: they stand in a record, and one passing batch takes them back and gives what holds now.

The new flow takes back only what it gives itself, so the old flow goes before it, made to record nothing: in one run of one
person, between two looks of anybody else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_marketo.migration.once import DELTA, EARLIER, passing
from scorewright_marketo.migration.tables import CAMPAIGNS, calls, literal, numbers, plain, strings, value_of
from scorewright_marketo.objects import DO_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.bundle import Emitted
    from scorewright_marketo.migration.compare import Difference

__all__ = ["KEPT_FACT", "Drain", "drains", "emptied", "is_standing"]

KEPT_FACT = "fact-kept"
_STANDING = {"fact-batch", "tier", "input", EARLIER}


class Drain(NamedTuple):
    """A batch that runs once, the element that it is for, and whether anything takes the place of what it takes back.

    ``stays``: by night, for whoever is outside the population now and comes in one day.  ``kept``: by who has been through
    a campaign, which is no record of how much they were given.
    """

    campaign: Emitted
    element: str
    goes: bool
    stays: bool = False
    kept: bool = False


def is_standing(item: Emitted) -> bool:
    """Whether a campaign gives points by a record, and takes them back by it."""
    return (
        item.kind == CAMPAIGNS
        and item.lowering in _STANDING
        and item.table.get("schedule") != "Run once"
        and emptied(item.table["flow"]) != plain(item.table["flow"])
    )


def drains(
    old: Iterable[Emitted],
    difference: Difference,
    guard: Mapping[str, Any],
    night: str,
) -> tuple[Drain, ...]:
    """A batch for each campaign whose records mean other points now, or none; ``guard`` is whom the model scores.

    ``night`` is when a batch runs for who was outside at the change (``""``: nobody is).

    ``labels`` are fields that are called otherwise now, in which the points stand already.
    """
    tokens = numbers(old)
    holds = _holds(difference)
    found = []
    for before, after in _changed(difference):
        flow = [literal(step, before.table["program"], tokens) for step in _back(before.table["flow"])]
        flow += plain(after.table["flow"]) if after is not None else []
        keeper = after or before
        if keeper.table["type"] == "executable":
            flow += holds.get(keeper.table["program"], [])
        drain = _drain(keeper, flow, guard, goes=after is None)
        found.append(_by_night(drain, night) if night and after is None else drain)
    for before, after in _kept_facts(difference):
        flow = _against(literal(plain(before.table["flow"]), before.table["program"], tokens))
        flow += plain(after.table["flow"]) if after is not None else []
        keeper = after or before
        drain = _drain(keeper, flow, _members(before, guard), goes=after is None)
        found.append(drain._replace(kept=True))
    return tuple(found)


def _by_night(drain: Drain, night: str) -> Drain:
    table = {**drain.campaign.table, "schedule": night, "switched_on": "nightly"}
    return drain._replace(campaign=replace(drain.campaign, table=table), stays=True)


def _kept_facts(difference: Difference) -> Iterator[tuple[Emitted, Emitted | None]]:
    """Facts that were given for good: who has been through was given them, whatever else is so."""
    worth = {pair.new.name for pair in difference.edits("tokens")} | {item.name for item in difference.added}
    for pair in difference.pairs:
        if pair.old.lowering == KEPT_FACT and pair.old.kind == CAMPAIGNS:
            asked = {
                f"{pair.new.table['program']}.{text[5:-2]}"
                for text in strings(plain(pair.new.table["flow"]))
                if text.startswith("{{my.")
            }
            if asked & worth or plain(pair.old.table["flow"]) != plain(pair.new.table["flow"]):
                yield pair.old, pair.new
    yield from ((item, None) for item in difference.goes(CAMPAIGNS) if item.lowering == KEPT_FACT)


def _against(flow: list[Any]) -> list[Any]:
    """Plain steps that add, as those that take the same back; what runs executables runs them as before."""
    found = []
    for step in flow:
        text = value_of(step, "Change")
        if text[:1] in "+-" and text:
            turned = f"{'-' if text[0] == '+' else '+'}{text[1:]}"
            fields = [
                {**item, "value": turned} if item["label"] == "Change" else item for item in step["fields"]
            ]
            found.append({**step, "fields": fields})
        else:
            found.append(step)
    while found and found[-1]["step"] == "Execute Campaign":
        found.pop()
    return found


def _members(item: Emitted, guard: Mapping[str, Any]) -> dict[str, Any]:
    been = {"rule": "Member of Smart Campaign", "operator": "in", "values": [item.name]}
    return {"filters": [been, *guard["filters"]], "filter_logic": "ALL"}


def _changed(difference: Difference) -> Iterator[tuple[Emitted, Emitted | None]]:
    for pair in difference.edits(CAMPAIGNS):
        if is_standing(pair.old) and not _covers(pair.old, pair.new):
            yield pair.old, pair.new if is_standing(pair.new) else None
    yield from ((item, None) for item in difference.goes(CAMPAIGNS) if is_standing(item))


def _covers(old: Emitted, new: Emitted) -> bool:
    """Whether the new flow gives and takes back the same: then only who it is for has changed, and the next night tells."""
    return emptied(old.table["flow"]) == emptied(new.table["flow"])


def emptied(flow: Sequence[Mapping[str, Any]]) -> list[Any]:
    """A flow that looks at nobody's fields any more, and records that nothing is given."""
    return [_emptied(step) for step in plain(flow)]


def _emptied(step: dict[str, Any]) -> dict[str, Any]:
    values = [item["value"] for item in step.get("choices", ())]
    if step["step"] == "Change Score" and values and all(text.startswith("=") for text in values):
        name = {"label": "Score Name", "value": value_of(step, "Score Name")}
        bare = {key: value for key, value in step.items() if key not in {"varies", "choices", "default"}}
        return {**bare, "fields": [name, {"label": "Change", "value": "=0"}]}
    if step["step"] == "Change Data Value" and "{{lead." in step.get("default", ""):
        name = {"label": "Attribute", "value": value_of(step, "Attribute")}
        bare = {key: value for key, value in step.items() if key not in {"varies", "choices", "default"}}
        return {**bare, "fields": [name, {"label": "New Value", "value": "0"}]}
    return step


def _alive(flow: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A flow without the steps that go by a record which has just been emptied: nobody is let through them."""
    empty: set[str] = set()
    for step in flow:
        asked = [choice["if"] for choice in step.get("choices", ())]
        by_record = asked and all(
            when["rule"] in empty and when.get("operator") == "is" and when["values"] != ["0"]
            for when in asked
        )
        if by_record and step["default"] == DO_NOTHING:
            continue
        empty -= {value_of(step, "Score Name")}
        empty |= {value_of(step, "Score Name")} if value_of(step, "Change") == "=0" else set()
        yield step


def _back(flow: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What is given is taken back; bounds hold only after what is given instead."""
    steps = emptied(flow)
    while steps and steps[-1]["step"] == "Execute Campaign":
        steps.pop()
    return steps


def _holds(difference: Difference) -> dict[str, list[Any]]:
    """By program: how the batch that re-rolls in turn holds scores in their bounds, once all have changed."""
    now = [pair.new for pair in difference.pairs] + list(difference.added)
    campaigns = {item.name: item for item in now if item.kind == CAMPAIGNS}
    found: dict[str, list[Any]] = {}
    for item in campaigns.values():
        if item.table["type"] == "batch" and item.lowering == "fact-batch":
            steps = plain(item.table["flow"])
            inner = [campaigns.get(next(calls({"flow": [step]}), "")) for step in steps]
            kept = [step for step, one in zip(steps, inner, strict=True) if one is not None and _is_hold(one)]
            if kept:
                found.setdefault(item.table["program"], kept)
    return found


def _is_hold(item: Emitted) -> bool:
    return item.elements[:1] != () and item.elements[0].startswith("scores.")


def _drain(item: Emitted, flow: list[Any], guard: Mapping[str, Any], *, goes: bool) -> Drain:
    campaign = passing(item, "points of", guard, [*_alive(flow)], DELTA)
    return Drain(campaign, item.elements[0] if item.elements else "model", goes)
