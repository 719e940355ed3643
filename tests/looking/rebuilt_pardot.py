"""Somebody who has the page alone builds what it says on Account Engagement: the objects as the bundle's files have them."""

from __future__ import annotations

__all__ = ["rebuilt"]

_NEW_RULE, _NEW_GROUP, _NEW_ACTION = "+ Add new rule", "+ Add new rule group", "+ Add new action"
_ENDS = (
    "Run Rules and Save",
    "Create automation rules",
    "Create segmentation rule",
    "Create page action",
    "Save",
)


def rebuilt(tasks):
    """Kind → name → what was typed and chosen there."""
    made = {}
    for task in tasks:
        kind = task.key.partition(": ")[0]
        if kind in _BUILDERS:
            made.setdefault(kind, {}).update(_BUILDERS[kind](task.steps))
    return made


def _value(steps, label):
    return next(step.value for step in steps if step.label == label)


def _body(steps):
    """Criteria, and actions, from the clicks between the head of a form and its button."""
    table, at = {}, 0
    while at < len(steps):
        step = steps[at]
        if step.label == "Match Type" and step.depth == 0:
            table["match"] = step.value.removeprefix("Match ").lower()
            found, at = _items(steps, at + 1, 0)
            table["criteria"] = found
            continue
        if step.label == _NEW_ACTION:
            action, at = _action(steps, at + 1)
            table.setdefault("actions", []).append(action)
            continue
        at += 1
    return table


def _items(steps, at, depth):
    found = []
    while at < len(steps) and steps[at].depth >= depth:
        step = steps[at]
        if step.label == _NEW_RULE and step.depth == depth:
            item, at = _criterion(steps, at + 1)
            found.append(item)
        elif step.label == _NEW_GROUP and step.depth == depth:
            match = steps[at + 1].value.removeprefix("Match ").lower()
            inner, at = _items(steps, at + 2, depth + 1)
            found.append({"match": match, "criteria": inner})
        elif step.label == "No rules":
            at += 1
        else:
            break
    return found, at


def _criterion(steps, at):
    step = steps[at]
    first, *of, operator = step.label.split(" › ")
    if step.act == "choose":  # a thing is chosen behind its operator
        item = {"criterion": first, "of": step.value, "operator": operator}
        if at + 1 < len(steps) and steps[at + 1].label == "Status" and steps[at + 1].act == "choose":
            return {**item, "value": steps[at + 1].value}, at + 2
        return item, at + 1
    item = {"criterion": first, "of": " › ".join(of), "operator": operator, "value": step.value}
    return {key: value for key, value in item.items() if value}, at + 1


def _action(steps, at):
    step = steps[at]
    if step.act == "type":
        label, of = step.label.split(" › ")
        return (label, of, step.value), at + 1
    if at + 1 < len(steps) and steps[at + 1].act == "type" and steps[at + 1].depth == step.depth + 1:
        return (step.label, step.value, steps[at + 1].value), at + 2
    return (step.label, step.value, ""), at + 1


def _rule(steps):
    repeat = next(step for step in steps if step.label == "Repeat Rule")
    table = {"repeat": repeat.act == "tick"}
    if table["repeat"]:
        table["days_before_repeat"] = int(_value(steps, "Days before eligible to repeat rule"))
        limit = _value(steps, "Limit of matches")
        table["match_limit"] = "unlimited" if limit == "Unlimited" else int(limit)
    return {_value(steps, "Name"): {**_body(steps), **table, "state": steps[-1].value.lower()}}


def _page_action(steps):
    address = _value(steps, "URL")
    match = {(True, True): "contains", (True, False): "ends_with", (False, True): "starts_with"}
    how = match.get((address.startswith("*"), address.endswith("*")), "is")
    return {_value(steps, "Name"): {**_body(steps), "path": address.strip("*"), "match": how}}


def _completion(steps):
    place = steps[1]
    return {(place.label, place.value): _body(steps)}


_BUILDERS = {
    "automation-rules": _rule,
    "segmentation-rules": lambda steps: {_value(steps, "Name"): _body(steps)},
    "dynamic-lists": lambda steps: {_value(steps, "Name"): _body(steps)},
    "static-lists": lambda steps: {_value(steps, "Name"): {}},
    "tags": lambda steps: {step.value: {} for step in steps if step.label == "+ Add Tag"},
    "custom-fields": lambda steps: {
        _value(steps, "Name"): {
            "field_id": _value(steps, "Custom Field ID"),
            "type": _value(steps, "Type").lower(),
        }
    },
    "formula-fields": lambda steps: {
        _value(steps, "Field Label"): {
            "formula": _value(steps, "Formula"),
            "sources": [step.label for step in steps if step.act == "check" and step.value == "mapped"],
        }
    },
    "baseline-scoring": lambda steps: {
        step.label: {"points": int(step.value)} for step in steps if step.act == "type"
    },
    "page-actions": _page_action,
    "completion-actions": _completion,
    "profile-criteria": lambda steps: {
        f"{_value(steps, 'Profile')}: {_value(steps, 'Name')}": {"thirds": int(_value(steps, "Weight")[0])}
    },
    "scoring-categories": lambda steps: {
        [step.value for step in steps if step.label == "Name"][1]: {
            "folder": next(step.value for step in steps if step.label == "Name"),
            "assets": [step.value for step in steps if step.note.startswith("move it into")],
        }
    },
}
