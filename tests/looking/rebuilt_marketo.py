"""Somebody who has the page alone builds what it says in Marketo: the objects as the bundle's files have them."""

from __future__ import annotations

__all__ = ["rebuilt", "said_condition"]


def rebuilt(tasks):
    """Kind → name → what was typed and chosen there."""
    made = {"smart-campaigns": {}, "tokens": {}, "fields": {}}
    for task in tasks:
        kind = task.key.partition(" ")[0]
        if kind == "campaign":
            name, table = _campaign(task)
            made["smart-campaigns"][name] = table
        elif kind == "tokens":
            made["tokens"].update(_tokens(task.steps))
        elif kind == "field":
            made["fields"].update(_field(task.steps))
    return made


def _value(steps, label):
    return next(step.value for step in steps if step.label == label)


def _field(steps):
    if len(steps) == 1:
        return {steps[0].value: {"standard": True}}
    return {
        _value(steps, "Name"): {
            "standard": False,
            "type": _value(steps, "Type").lower(),
            "api_name": _value(steps, "API Name"),
        }
    }


def _tokens(steps):
    program = steps[0].label.removesuffix(" > My Tokens")
    names = [step.value for step in steps if step.label == "Score"]
    return {
        f"{program}.{name}": step.value
        for name, step in zip(names, (step for step in steps if step.label == "Value"), strict=True)
    }


def _campaign(task):
    steps = task.steps
    name = _value(steps, "Name")
    flow_at = next(place for place, step in enumerate(steps) if step.act == "open" and step.label == "Flow")
    end = next(
        place
        for place, step in enumerate(steps)
        if step.act == "open" and step.label in {"Settings", "Schedule"}
    )
    (qualification,) = [step.value for step in steps[end:] if "Each person can run" in step.label]
    executable = any(step.label == "Executable" for step in steps)
    begin = next(
        place for place, step in enumerate(steps) if step.act == "open" and step.label == "Smart List"
    )
    return f"{steps[0].label}.{name}", {
        "folder": steps[0].value,
        "executable": executable,
        "qualification": qualification,
        "smart_list": _smart_list(steps[begin + 1 : flow_at]),
        "flow": _flow(steps[flow_at + 1 : end]),
    }


def _smart_list(steps):
    """Clauses as (rule, attribute and operator, values, constraints), and the logic of the filters."""
    found = {"triggers": [], "filters": [], "logic": "ALL"}
    clause = None
    for step in steps:
        if step.label == "Trigger" or step.label.startswith("Filter "):
            clause = {"rule": step.value, "asks": None, "constraints": []}
            found["triggers" if step.label == "Trigger" else "filters"].append(clause)
        elif step.label == "Use":
            found["logic"] = "ANY" if step.value == "ANY filters" else found["logic"]
        elif step.label == "Advanced filters":
            found["logic"] = step.value
        elif step.label.startswith("Add Constraint > ") or step.label == "Date of Activity":
            clause["constraints"].append((step.label.removeprefix("Add Constraint > "), step.value))
        elif step.act == "type":
            clause["asks"] = (*step.label.rsplit(": ", 1), step.value)
        else:
            clause["asks"] = (step.label, step.value, "")
    return found


def _flow(steps):
    """Steps as (name, what stands in the boxes, choices as (condition, boxes))."""
    found, boxes = [], None
    for step in steps:
        if step.label.startswith("Flow step "):
            boxes = {}
            found.append({"step": step.value, "boxes": boxes, "choices": []})
        elif step.label == "Add Choice":
            boxes = {}
        elif step.label == "If":
            found[-1]["choices"].append((step.value, boxes))
        elif step.label == "Under Default Choice:":
            boxes = found[-1]["boxes"]
        elif step.label.startswith("Leave "):
            boxes[step.label.removeprefix("Leave ").removesuffix(" empty")] = ""
        else:
            boxes[step.label] = step.value
    return found


def said_condition(table):
    """A choice's condition of the bundle, as the form shows it: the drop-downs from left to right."""
    head = " ".join(filter(None, (table["rule"], table.get("attribute", ""), table.get("operator", ""))))
    more = "".join(
        f"; {each['name']} {each['operator']} {'; '.join(each['values'])}"
        for each in table.get("constraints", ())
    )
    return f"{head} {'; '.join(table.get('values', ()))}".strip() + more
