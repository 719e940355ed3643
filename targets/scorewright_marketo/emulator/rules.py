"""Triggers and filters: each rule of the screen as a function of one person, or of one activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_marketo.emulator.clock import DAY
from scorewright_marketo.emulator.values import whole
from scorewright_marketo.labels import ACTIVITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright_marketo.emulator.ground import Ground
    from scorewright_marketo.emulator.logic import Filter
    from scorewright_marketo.emulator.state import Activity, Entry, State
    from scorewright_marketo.emulator.values import Test

__all__ = ["Trigger", "compile_filter", "compile_trigger"]


class Trigger(NamedTuple):
    """What starts a campaign: a kind of activity, the values of its first attribute (``None``: any), and a test."""

    kind: str
    keys: tuple[str, ...] | None
    matches: Callable[[Activity, State], bool]


_KINDS_OF_TRIGGER = {row.trigger: kind for kind, row in ACTIVITIES.items() if row.trigger} | {
    "Removed from List": "list-removed"
}
_KINDS_OF_FILTER = {row.filter: kind for kind, row in ACTIVITIES.items() if row.filter}
_KINDS_OF_ABSENCE = {row.absence: kind for kind, row in ACTIVITIES.items() if row.absence}
_PRIMARY = {kind: row.primary for kind, row in ACTIVITIES.items()} | {"list-removed": "List Name"}

_CONSTRAINT_KINDS = {
    "New Score": "number",
    "Change": "number",
    "Is Bot Activity": "boolean",
    "Is Mobile Device": "boolean",
    "Date of Activity": "date",
    "Min. Number of Times": "number",
}
"""How a constraint's value is compared; every other one is a text."""

_KNOWN_CONSTRAINTS = {
    "Web Page", "Querystring", "Referrer", "Link", "Device", "New Status", "Previous Value", "New Value", "Details",
    "Status", "Email", "Form Name", "Source", "Campaign", "Reason", "Platform", "Browser",
    *_CONSTRAINT_KINDS,
}  # fmt: skip


# --- triggers -------------------------------------------------------------------------------------------------------


def compile_trigger(ground: Ground, table: Mapping[str, Any]) -> Trigger:
    """A trigger of a smart list.  Raises ``ValueError`` for what Marketo does not have."""
    rule = table["rule"]
    kind = _KINDS_OF_TRIGGER.get(rule)
    if kind is None and rule in ground.activities:
        kind = f"custom {rule}"
    if kind is None:
        raise ValueError(f"the trigger {rule!r} is not known")
    if any(
        item["name"] in {"Date of Activity", "Min. Number of Times"} for item in table.get("constraints", ())
    ):
        raise ValueError(f"the trigger {rule!r} takes no constraint on the past")
    tests = [*_primary(ground, kind, table), *_constraints(ground, table)]
    if kind == "score" and not ground.platform.new_score_on_decrease:
        tests += _only_upward(table)
    keys = tuple(value.casefold() for value in table["values"]) if table.get("operator") == "is" else None
    return Trigger(kind, keys, _all_pass(tests))


def _all_pass(tests: list[tuple[str, Test]]) -> Callable[[Activity, State], bool]:
    def matches(activity: Activity, state: State) -> bool:
        told = activity.attributes
        return all(test(told.get(name), state) for name, test in tests)

    return matches


def _only_upward(table: Mapping[str, Any]) -> list[tuple[str, Test]]:
    """An instance that looks at New Score only when the score rises."""
    upward = {"at least", "greater than"}
    asks = any(
        item["name"] == "New Score" and item["operator"] in upward for item in table.get("constraints", ())
    )
    return [("Change", lambda value, _state: value > 0)] if asks else []


# --- filters --------------------------------------------------------------------------------------------------------


def compile_filter(ground: Ground, table: Mapping[str, Any]) -> tuple[int, Filter]:
    """A filter or a choice's condition, with its price: cheap ones are looked at first.  Raises ``ValueError``."""
    rule = table["rule"]
    member = _MEMBERS.get(rule)
    if member is not None:
        return member(ground, table)
    if rule in _KINDS_OF_FILTER or rule in ground.activities:
        return 4, _happened(ground, _KINDS_OF_FILTER.get(rule, f"custom {rule}"), table)
    if rule in _KINDS_OF_ABSENCE:
        happened = _happened(ground, _KINDS_OF_ABSENCE[rule], _with_default_window(table))
        return 4, lambda state: not happened(state)
    return 1, _attribute(ground, table)


def _attribute(ground: Ground, table: Mapping[str, Any]) -> Filter:
    key, kind = ground.field(table["rule"])
    if table.get("constraints"):
        raise ValueError(f"{table['rule']} is an attribute and takes no constraints")
    test = ground.comparer.test(kind, table.get("operator", ""), list(table.get("values", ())))
    return lambda state: test(state.fields.get(key), state)


def _with_default_window(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """An inactivity filter looks back 30 days unless it is told otherwise."""
    constraints = list(table.get("constraints", ()))
    if any(item["name"] == "Date of Activity" for item in constraints):
        return table
    default = {"name": "Date of Activity", "operator": "in past", "values": ["30 days"]}
    return {**table, "constraints": [*constraints, default]}


def _happened(ground: Ground, kind: str, table: Mapping[str, Any]) -> Filter:
    """So many activities in the log, as far as it goes back."""
    tests = _primary(ground, kind, table)
    least, dated = 1, None
    for name, test in _constraints(ground, table, past=True):
        if name == "Date of Activity":
            dated = test
        else:
            tests.append((name, test))
    for item in table.get("constraints", ()):
        if item["name"] == "Min. Number of Times":
            least = whole(_only(item))
    ground.asked(kind, list(table["values"]) if table.get("operator") == "is" else None)
    return _counter(kind, tests, dated, least=least, kept=ground.kept(kind) * DAY)


def _counter(
    kind: str, tests: list[tuple[str, Test]], dated: Test | None, *, least: int, kept: int
) -> Filter:
    def is_one(entry: Entry, state: State) -> bool:
        now = state.now
        if entry.seen > now:
            state.soon(entry.seen)
            return False
        if now - entry.at >= kept or not all(test(entry.attributes.get(name), state) for name, test in tests):
            return False
        state.soon(entry.at + kept)
        return dated is None or dated(entry.at, state)

    def holds(state: State) -> bool:
        entries = state.log.get(kind)
        if not entries:
            return False
        count = 0
        for entry in reversed(entries):
            if is_one(entry, state):
                count += 1
                if count == least:
                    return True
        return False

    return holds


def _primary(ground: Ground, kind: str, table: Mapping[str, Any]) -> list[tuple[str, Test]]:
    operator, values = table.get("operator", ""), list(table.get("values", ()))
    name = table.get("attribute", "")
    if (name or operator not in {"", "is any"}) and name != _PRIMARY.get(kind, ""):
        raise ValueError(f"{table['rule']} has no first attribute {name!r}")
    if not operator or operator == "is any":
        if values:
            raise ValueError(f"{table['rule']} is any, and names {values[0]!r}")
        return []
    return [(name, ground.comparer.test("text", operator, values))]


def _constraints(
    ground: Ground, table: Mapping[str, Any], *, past: bool = False
) -> Iterable[tuple[str, Test]]:
    custom = ground.activities.get(table["rule"])
    for item in table.get("constraints", ()):
        name = item["name"]
        if name == "Min. Number of Times" and past:
            if item.get("operator", "is") not in {"is", "at least"}:
                raise ValueError(f"{name} takes a number and no {item['operator']!r}")
            continue
        if name not in _KNOWN_CONSTRAINTS and name not in (custom or {}):
            raise ValueError(f"the constraint {name!r} of {table['rule']} is not known")
        if name == "Is Bot Activity" and not ground.platform.bot_constraint:
            continue
        value_kind = (custom or {}).get(name) or _CONSTRAINT_KINDS.get(name, "text")
        yield name, ground.comparer.test(value_kind, item.get("operator", "is"), list(item.get("values", ())))


def _only(constraint: Mapping[str, Any]) -> str:
    """The value of a constraint that has one."""
    values = constraint["values"]
    if not values:
        raise ValueError(f"the constraint {constraint['name']!r} has no value")
    return str(values[0])


# --- memberships ----------------------------------------------------------------------------------------------------


def _positive(table: Mapping[str, Any]) -> bool:
    if table.get("operator") not in {"in", "not in"}:
        raise ValueError(f"{table['rule']} is in or not in, not {table.get('operator')!r}")
    return bool(table["operator"] == "in")


def _in_list(ground: Ground, table: Mapping[str, Any]) -> tuple[int, Filter]:
    names, wanted = frozenset(ground.static_list(name) for name in table["values"]), _positive(table)
    if len(names) == 1:
        (name,) = names
        return 0, lambda state: (name in state.lists) is wanted
    return 0, lambda state: (not names.isdisjoint(state.lists)) is wanted


def _in_smart_list(ground: Ground, table: Mapping[str, Any]) -> tuple[int, Filter]:
    lists, wanted = [ground.smart_list(name) for name in table["values"]], _positive(table)
    if len(lists) == 1:
        return 3, lambda state: lists[0](state) is wanted
    return 3, lambda state: any(item(state) for item in lists) is wanted


def _in_campaign_memory(ground: Ground, table: Mapping[str, Any]) -> tuple[int, Filter]:
    names, wanted = [ground.campaign_name(name) for name in table["values"]], _positive(table)
    return 0, lambda state: any(name in state.memory for name in names) is wanted


def _with_status(name: str) -> Callable[[Ground, Mapping[str, Any]], tuple[int, Filter]]:
    def make(ground: Ground, table: Mapping[str, Any]) -> tuple[int, Filter]:
        wanted = _positive(table)
        names = tuple(text.casefold() for text in table["values"])
        tests = [
            ground.comparer.test("text", item["operator"], list(item["values"]))
            for item in table.get("constraints", ())
        ]
        others = {item["name"] for item in table.get("constraints", ())} - {"Status"}
        if others:
            raise ValueError(f"a constraint of {table['rule']} is not known: {', '.join(sorted(others))}")

        def holds(state: State) -> bool:
            statuses = getattr(state, name)
            found = any(
                text in statuses and all(test(statuses[text], state) for test in tests) for text in names
            )
            return found is wanted

        return 1, holds

    return make


def _has_opportunity(_ground: Ground, table: Mapping[str, Any]) -> tuple[int, Filter]:
    named = {item["name"] for item in table.get("constraints", ())}
    if not named <= {"Is Won", "Is Closed"}:
        raise ValueError(f"a constraint of Has Opportunity is not known: {', '.join(sorted(named))}")
    wanted, flags = _answer(table), {item["name"]: _answer(item) for item in table.get("constraints", ())}

    def is_one(stage: str) -> bool:
        so = {"Is Won": stage == "won", "Is Closed": stage in {"won", "lost"}}
        return all(so[name] is flag for name, flag in flags.items())

    return (
        1,
        lambda state: any(stage != "untold" and is_one(stage) for stage in state.opportunities) is wanted,
    )


def _answer(table: Mapping[str, Any]) -> bool:
    """What a question of yes or no asks for."""
    operator, answers = table.get("operator", "is"), [text.casefold() for text in table.get("values", ())]
    if not answers:
        raise ValueError(f"the constraint {table.get('name', table.get('rule'))!r} has no value")
    if operator not in {"is", "is not"} or answers not in (["true"], ["false"]):
        raise ValueError(f"{operator!r} {', '.join(answers)!r} is no answer that it offers")
    return (answers == ["true"]) is (operator == "is")


_MEMBERS: dict[str, Callable[[Ground, Mapping[str, Any]], tuple[int, Filter]]] = {
    "Member of List": _in_list,
    "Member of Smart List": _in_smart_list,
    "Member of Smart Campaign": _in_campaign_memory,
    "Member of Program": _with_status("programs"),
    "Member of SFDC Campaign": _with_status("campaigns"),
    "Has Opportunity": _has_opportunity,
}
