"""Every emitted object as the instance is to have it: what the API makes, what it can read, what nobody can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.reach import Key, Resource
from scorewright_marketo.client.kinds import FIELDS, PARENT, PREREQUISITES, program_key
from scorewright_marketo.client.normal import asked_rules, described, has_rules, schedule, signed
from scorewright_marketo.objects import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.plugin.emulation import Tables

__all__ = ["GRAVES", "grave", "resources", "siblings"]

GRAVES: Mapping[str, str] = {
    "permanent-field": "a field can be hidden, but never deleted: its label, API name and type stay for good",
}
"""The order in which campaigns are switched on."""
_READABLE = frozenset({*PREREQUISITES, "channel", "program status", "field"})
_EXECUTABLE = "that it is executable"


def resources(tables: Tables, model: str) -> tuple[Resource, ...]:
    """Every emitted object, in the order in which they are built."""
    return tuple(_all(tables, model))


def _all(tables: Tables, model: str) -> Iterator[Resource]:
    for table in tables.get("prerequisites", ()):
        yield _prerequisite(table)
    for kind in FIELDS:
        for table in tables.get(kind, ()):
            yield _field(kind, table)
    parents = dict.fromkeys((table["workspace"], table["folder"]) for table in tables.get("programs", ()))
    for workspace, folder in parents:
        yield Resource(key=Key(PARENT, folder), made={"workspace": workspace}, fixed=frozenset({"workspace"}))
    for kind, shape in _SHAPES.items():
        for table in tables.get(kind, ()):
            yield Resource(
                **{
                    "key": Key(kind, table["name"]),
                    "elements": tuple(table.get("for", ())),
                    "needs": (program_key(table["program"]),),
                    **shape(table, model),
                }
            )


def _prerequisite(table: Mapping[str, Any]) -> Resource:
    """What belongs to the team already.  Its kind is read off its name: ``form: Contact``."""
    key, elements = Key("prerequisites", table["name"]), tuple(table.get("for", ()))
    if table["kind"] in _READABLE:
        return Resource(key=key, elements=elements, given=True)
    note = f"the API does not show it: {table.get('check', 'look for it by hand')}"
    return Resource(key=key, elements=elements, unread=("whether it is there",), note=note)


def _field(kind: str, table: Mapping[str, Any]) -> Resource:
    """A field; the platform's own are there in every instance."""
    key, elements = Key(kind, table["name"]), tuple(table.get("for", ()))
    if table["standard"]:
        return Resource(
            key=key, elements=elements, given=True, made={"name": table["api_name"], "type": table["type"]}
        )
    made = {"name": table["api_name"], "label": table["label"], "type": table["type"]}
    fixed = frozenset({"name", "type"})
    return Resource(key=key, elements=elements, made=made, fixed=fixed, grave="permanent-field")


def _program(table: Mapping[str, Any], model: str) -> dict[str, Any]:
    made = {
        "description": described(table.get("description", ""), model),
        "type": table["type"],
        "channel": table["channel"],
    }
    return {
        "made": made,
        "fixed": frozenset({"type", "channel"}),
        "needs": (Key(PARENT, table["folder"]),),
    }


def _folder(_table: Mapping[str, Any], model: str) -> dict[str, Any]:
    return {"made": {"description": described("", model)}}


def _token(table: Mapping[str, Any], _model: str) -> dict[str, Any]:
    made = {"type": table["type"], "value": signed(table["value"])}
    together = (*table.get("coupled", ()), *table.get("inverse", ()))
    return {"made": made, "fixed": frozenset({"type"}), "together": tuple(dict.fromkeys(together))}


def _static(table: Mapping[str, Any], model: str) -> dict[str, Any]:
    return {"made": {"description": described(table.get("why", ""), model)}}


def _smart(table: Mapping[str, Any], _model: str) -> dict[str, Any]:
    return {
        "by_hand": asked_rules(table),
        "unread": _logic(table),
        "note": "the API clones and deletes smart lists, and makes none",
    }


def _logic(smart_list: Mapping[str, Any]) -> tuple[str, ...]:
    logic = smart_list.get("filter_logic", "ALL")
    return () if logic in {"ALL", "ANY"} else ("filter logic",)


def _campaign(table: Mapping[str, Any], model: str) -> dict[str, Any]:
    smart_list, executable = table.get("smart_list", {}), table["type"] == "executable"
    hand = asked_rules(smart_list)
    unread = ["flow", *_logic(smart_list)]
    if executable:
        unread.append(_EXECUTABLE)
    elif table.get("qualification"):
        hand["qualification"] = table["qualification"]
    often = schedule(table.get("schedule", ""))
    if often:
        hand["schedule"] = often
        unread.append("hour of the schedule")
    stage = table.get("switched_on", "")
    folder = Key("folders", f"{table['program']}.{table['folder']}")
    return {
        "made": {"description": described(table.get("why", ""), model)},
        "by_hand": hand if has_rules(hand) or not executable else {},
        "unread": tuple(unread),
        "needs": (folder, program_key(table["program"])),
        "switched": STAGES.index(stage) + 1 if stage in STAGES else 0,
    }


_SHAPES = {
    "programs": _program,
    "folders": _folder,
    "tokens": _token,
    "static-lists": _static,
    "smart-lists": _smart,
    "smart-campaigns": _campaign,
}


def siblings(tables: Tables) -> dict[str, tuple[str, ...]]:
    """For each program, the others that hold the same campaigns, rule for rule, and differ in values alone.

    A clone of one of them begins with rules and flow; its tokens and literals are then made its own.
    """
    shapes = {table["program"]: _shape(tables, table["program"]) for table in tables.get("programs", ())}
    return {
        name: tuple(other for other, there in shapes.items() if other != name and there == shape)
        for name, shape in shapes.items()
        if shape
    }


def _shape(tables: Tables, program: str) -> tuple[Any, ...]:
    """What a clone cannot change by an edit of values.  Lists would come along under names that are taken."""
    lists = (*tables.get("static-lists", ()), *tables.get("smart-lists", ()))
    if any(table["program"] == program for table in lists):
        return ()
    return tuple(
        (
            table["campaign"],
            table["folder"],
            table["type"],
            *(
                (part, tuple(_kind(clause) for clause in table.get("smart_list", {}).get(part, ())))
                for part in ("triggers", "filters")
            ),
            table.get("smart_list", {}).get("filter_logic", ""),
            tuple((step["step"], len(step.get("choices", ()))) for step in table.get("flow", ())),
        )
        for table in tables.get("smart-campaigns", ())
        if table["program"] == program
    )


def _kind(clause: Mapping[str, Any]) -> tuple[str, int]:
    """What is asked, but for the values; a filter on a field is dragged anew where the field is another product's."""
    on_field = clause.get("operator") and "attribute" not in clause
    return ("a field" if on_field else clause["rule"], len(clause.get("constraints", ())))


def grave(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """What a reviewer must know of a change of one object: fields stay for good, coupled numbers are changed by hand too."""
    if kind in {"score-fields", "helper-fields"} and before is None and after is not None:
        return "" if after.get("standard") else GRAVES["permanent-field"]
    if (
        kind == "tokens"
        and before is not None
        and after is not None
        and before.get("value") != after.get("value")
    ):
        also = [*after.get("coupled", ()), *after.get("inverse", ())]
        return (
            f"the same number stands in {', '.join(also)}, and is changed by hand in the same breath"
            if also
            else ""
        )
    return ""
