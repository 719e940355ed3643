"""Smart lists and flows of Marketo, read from the rows of a page; and the bundle's tables as such rows show them."""

from __future__ import annotations

from scorewright_marketo.objects import DO_NOTHING

__all__ = ["clause_said", "flow", "smart_list", "step_said"]


def smart_list(steps):
    """Clauses as (rule, attribute and operator, values, constraints), and the logic of the filters."""
    found = {"triggers": [], "filters": [], "logic": "ALL"}
    clause = None
    for step in steps:
        if step.label == "Trigger" or step.label.startswith("Filter "):
            api = step.note.removeprefix("API: ") if step.note.startswith("API: ") else ""
            clause = {"rule": step.value, "api": api, "asks": None, "constraints": []}
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


def flow(steps):
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


def clause_said(table):
    """A trigger or filter of the bundle, as the form shows it."""
    asks = None
    if "operator" in table:
        asks = (table.get("attribute", table["rule"]), table["operator"], _values(table))
    constraints = [
        (each["name"], f"{each['operator']} {_values(each)}".strip()) for each in table.get("constraints", ())
    ]
    return {"rule": table["rule"], "api": table.get("api", ""), "asks": asks, "constraints": constraints}


def _values(table):
    return "; ".join(map(_blanks, table["values"]))


def _blanks(value):
    inner = value.strip(" ")
    before, after = len(value) - len(value.lstrip(" ")), len(value) - len(value.rstrip(" "))
    return f"{'␣' * before}{inner}{'␣' * after}" if inner != value else value


def step_said(table):
    """A flow step of the bundle, as the form shows it; what the API calls it nobody needs to click it."""
    fixed = {each["label"]: each["value"] for each in table["fields"]}
    choices = [
        (_condition(each["if"]), _outcome(table, fixed, each["value"])) for each in table.get("choices", ())
    ]
    boxes = _outcome(table, fixed, table["default"]) if choices else fixed
    return {"step": table["step"], "boxes": boxes, "choices": choices}


def _outcome(table, fixed, value):
    if value == DO_NOTHING:
        return {next(iter(fixed), table["step"]): DO_NOTHING}
    return {**fixed, table["varies"]: value}


def _condition(table):
    """A choice's condition: the drop-downs from left to right."""
    head = " ".join(filter(None, (table["rule"], table.get("attribute", ""), table.get("operator", ""))))
    more = "".join(
        f"; {each['name']} {each['operator']} {_values(each)}" for each in table.get("constraints", ())
    )
    return f"{head} {_values(table) if 'values' in table else ''}".strip() + more
