"""The normal forms in which what is asked for and what stands there are compared: tokens, markers, rules, times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorewright_marketo.labels import API_RULES
from scorewright_marketo.recurring import of_record, of_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "asked_rules",
    "by_name",
    "described",
    "has_names_alone",
    "has_rules",
    "is_marked",
    "qualification",
    "read_rules",
    "recurrence",
    "schedule",
    "signed",
]

_MOST = 2000
"""Characters of a description."""
_MARK = re.compile(r"\bscorewright: ([a-z0-9-]+)")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_SCREEN = {api: screen for screen, api in API_RULES.items()}
_OPERATORS = {"member of": "in", "not member of": "not in", ">": "greater than", "<": "less than"}
"""Operators that the screen writes otherwise (inferred: no page shows these of the API)."""
_NAMING = {"Score Name", "Attribute"}
"""Attributes whose values are names of fields."""
_ABSENT = {"not occurs", "does not occur", "did not occur"}


def described(words: str, model: str) -> str:
    """A description that says whose the thing is: the words, and our marker behind them."""
    mark = f"scorewright: {model}"
    words = " ".join(words.split())
    room = _MOST - len(mark) - 3
    return f"{words[:room]} ({mark})" if words else mark


def is_marked(description: object, model: str) -> bool:
    """Whether a description carries this model's marker."""
    return model in _MARK.findall(str(description or ""))


def signed(value: object) -> str:
    """A token's value with its sign: ``10`` and ``+10`` are one; what is no whole number stays as it is."""
    text = str(value).strip()
    return f"{int(text):+d}" if _WHOLE.fullmatch(text) else text


def asked_rules(smart_list: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of an emitted smart list."""
    logic = smart_list.get("filter_logic", "ALL")
    match = {"ALL": "all", "ANY": "any"}.get(logic, "advanced")
    triggers = [_asked(clause) for clause in smart_list.get("triggers", ())]
    return _rules(triggers, [_asked(clause) for clause in smart_list.get("filters", ())], match)


def read_rules(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules that ``includeRules`` shows; what has another shape than we know is shown as it came."""
    match = str(rules.get("filterMatchType", "all")).lower()
    triggers = [_read(rule) for rule in rules.get("triggers") or ()]
    return _rules(triggers, [_read(rule) for rule in rules.get("filters") or ()], match)


def has_rules(form: Mapping[str, Any]) -> bool:
    """Whether there is any trigger or filter."""
    return bool(form["triggers"] or form["filters"])


def has_names_alone(rules: Mapping[str, Any]) -> bool:
    """Whether the triggers are shown as texts."""
    triggers = rules.get("triggers") or ()
    return bool(triggers) and all(isinstance(each, str) for each in triggers)


def by_name(names: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Triggers of which names alone are known, as what was asked where the names agree."""
    there = sorted(_SCREEN.get(name, name) for name in names)
    return list(asked) if there == sorted(each.split(", ")[0] for each in asked) else there


def _rules(triggers: list[str], filters: list[str], match: str) -> dict[str, Any]:
    """Any trigger will do, so their order says nothing; that of filters does only where their numbers are used."""
    if len(filters) < 2:
        match = "all"
    ordered = filters if match == "advanced" else sorted(filters)
    return {"triggers": sorted(triggers), "filters": ordered, "filters hold": match}


def _asked(clause: Mapping[str, Any]) -> str:
    first = ""
    if clause.get("operator"):
        name = f", {clause['attribute']}" if "attribute" in clause else ""
        first = f"{name} {_condition(name, clause['operator'], clause.get('values', ()))}"
    return f"{clause['rule']}{first}" + _others(
        (str(one["name"]), one["operator"], one["values"]) for one in clause.get("constraints", ())
    )


def _read(rule: object) -> str:
    if not isinstance(rule, dict) or "name" not in rule:
        return str(rule)
    name, how = str(rule["name"]), str(rule.get("operator", "")).lower()
    screen = _SCREEN.get(name, name)
    if how in _ABSENT and not screen.startswith("Not "):
        screen = f"Not {screen}"
    first, others = "", []
    for each in rule.get("conditions") or ():
        attribute = str(each.get("activityAttributeName", ""))
        parts = (attribute, each.get("operator", ""), each.get("values") or ())
        if each.get("isPrimary"):
            label = "" if _SCREEN.get(attribute, attribute) == screen else f", {attribute}"
            first = f"{label} {_condition(label, *parts[1:])}"
        else:
            others.append(parts)
    return f"{screen}{first}{_others(others)}"


def _others(parts: Iterable[tuple[str, object, Iterable[object]]]) -> str:
    """The constraints: their order says nothing."""
    return "".join(sorted(f", {name} {_condition(name, how, values)}" for name, how, values in parts))


def _condition(name: str, operator: object, values: Iterable[object]) -> str:
    how = str(operator).strip().lower()
    shown = sorted({_value(name.removeprefix(", "), value) for value in values})
    return " ".join([_OPERATORS.get(how, how), "; ".join(shown)]).strip()


def _value(name: str, value: object) -> str:
    text = str(value)
    return _SCREEN.get(text, text) if name in _NAMING else text


def qualification(record: Mapping[str, Any]) -> str:
    """The choice on the screen that a campaign's record speaks of."""
    type = record.get("qualificationRuleType", "once")
    if type == "interval":
        count, unit = record.get("qualificationRuleInterval"), record.get("qualificationRuleUnit")
        return f"Once every {count} {unit}" if count == 1 else f"Once every {count} {unit}s"
    return {"once": "Only once", "any": "Every time"}.get(str(type), str(type))


def schedule(words: str) -> str:
    """How often a batch recurs; empty: it does not.  Its hour is in the instance's zone, and the API shows another."""
    found = of_words(words)
    return "" if found is None else found.often


def recurrence(record: Mapping[str, Any]) -> str:
    """How often a campaign's record says that it recurs; empty: it does not."""
    found = of_record(record)
    return "" if found is None else found.often
