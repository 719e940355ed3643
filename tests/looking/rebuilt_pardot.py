"""Somebody who has the page alone builds what it says on Account Engagement: the objects as the bundle's files have them."""

from __future__ import annotations

__all__ = ["files_say", "rebuilt", "resumed"]

_NEW_RULE, _NEW_GROUP, _NEW_ACTION = "+ Add new rule", "+ Add new rule group", "+ Add new action"
_ENDS = (
    "Run Rules and Save",
    "Create automation rules",
    "Create segmentation rule",
    "Create page action",
    "Save",
)


def rebuilt(tasks):
    """Kind → name → what was typed and chosen there, as the bundle's tables have it (``files_say``)."""
    made = {}
    for task in tasks:
        kind = task.key.partition(": ")[0]
        if kind in _BUILDERS:
            made.setdefault(kind, {}).update(_BUILDERS[kind](task))
    return made


def resumed(tasks):
    """Names in the order in which they are resumed, started or run."""
    found = []
    for task in tasks:
        kind = task.key.partition(": ")[0]
        if kind == "segmentation-rules":
            found.append(_value(task.steps, "Name"))
        elif kind == "resume":
            (name,) = [step.value for step in task.steps if step.label in {"Automation rule", "Program"}]
            found.append(name)
            assert all(step.value for step in task.steps if step.label == "Recipient Lists")
    return found


def files_say(kind, table):
    """A table of the bundle as a form shows it: an action has one box where it has one thing to say, an order is an order."""
    shown = {key: value for key, value in table.items() if key not in _NOT_ON_A_FORM}
    if "actions" in shown:
        shown["actions"] = [_boxes(act) for act in shown["actions"]]
    if kind == "engagement-programs":
        shown["steps"] = [
            {**step, "act": _boxes(step)} if "action" in step else step for step in shown["steps"]
        ]
        for step in shown["steps"]:
            if "act" in step:
                del step["action"]
                step.pop("of", None)
                step.pop("value", None)
    return shown


_NOT_ON_A_FORM = {"name", "for", "lowering", "resume_phase", "start_phase", "days"}
"""What is ours; phases are compared as the order in which things are resumed."""


def _boxes(act):
    of, value = act.get("of", ""), act.get("value", "")
    return (act["action"], of or value, value if of else "")


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
    if step.act == "choose" and step.value:  # a thing is chosen behind its operator
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


def _prerequisite(task):
    """The name may hold anything; the kind does not."""
    (step,) = task.steps
    kind, name = step.label.removesuffix("” is there").split(" “", 1)
    kind = kind[:1].lower() + kind[1:]
    return {f"{kind}: {name}": {"kind": kind, "called": name, **({"check": step.note} if step.note else {})}}


def _field(task):
    made = {"field_id": _value(task.steps, "Custom Field ID"), "type": _value(task.steps, "Type").lower()}
    return {_value(task.steps, "Name"): made}


def _formula(task):
    """In Salesforce first what is added up, then the sum; then each is mapped, to what has its name there."""

    def values(label):
        return [step.value for step in task.steps if step.label == label]

    *own, label = values("Field Label")
    formula, ids = _value(task.steps, "Formula"), values("Field Name")
    assert values("Data Type") == [*["Number"] * len(own), "Formula"]
    assert len(ids) == len(own)
    assert all(id_ and f"{id_}__c" in formula for id_ in ids)
    assert values("Prospect field") == own
    assert values("Salesforce.com Field Name") == [*own, label]
    assert values("Sync Behavior") == [
        *["Use Account Engagement's value"] * len(own),
        "Use Salesforce's value",
    ]
    assert (_value(task.steps, "Name"), _value(task.steps, "Type")) == (label, "Number")
    sources = [step.label for step in task.steps if step.act == "check" and step.value == "mapped"]
    assert {*own} <= {*sources}
    return {label: {"formula": formula, "sources": sources}}


def _baseline(task):
    """A row that ships with another number says so; one that ships as it stands is left alone."""
    return {
        step.label: {"points": int(step.value), "shipped": int(step.default or step.value)}
        for step in task.steps
        if step.act == "type"
    }


def _profile(task):
    profile, name = _value(task.steps, "Profile"), _value(task.steps, "Name")
    thirds = int(_value(task.steps, "Weight")[0])
    return {f"{profile}: {name}": {"profile": profile, "criterion": name, "thirds": thirds}}


def _category(task):
    folder, name = [step.value for step in task.steps if step.label == "Name"]
    assert _value(task.steps, "Folders") == folder
    moved = [step for step in task.steps if step.note == f"move it into the folder {folder}"]
    assets = [{"kind": step.label.lower().replace(" ", "_"), "name": step.value} for step in moved]
    return {name: {"folder": folder, "assets": assets}}


def _rule(task):
    steps = task.steps
    repeat = next(step for step in steps if step.label == "Repeat Rule")
    table = {"repeat": repeat.act == "tick"}
    if table["repeat"]:
        table["days_before_repeat"] = int(_value(steps, "Days before eligible to repeat rule"))
        limit = _value(steps, "Limit of matches")
        table["match_limit"] = "unlimited" if limit == "Unlimited" else int(limit)
    return {_value(steps, "Name"): {"actions": [], **_body(steps), **table, "state": _last(steps)}}


def _last(steps):
    assert (steps[-1].act, steps[-1].label) == ("check", "Status")
    return steps[-1].value.lower()


def _page_action(task):
    assert ("untick", "Priority Page") in _ticked(task)
    address = _value(task.steps, "URL")
    match = {(True, True): "contains", (True, False): "ends_with", (False, True): "starts_with"}
    how = match.get((address.startswith("*"), address.endswith("*")), "is")
    return {_value(task.steps, "Name"): {**_body(task.steps), "path": address.strip("*"), "match": how}}


def _completion(task):
    kind, name = task.title.split(": ", 1)
    assert task.steps[1].value == name
    return {task.title: {**_body(task.steps), "asset_kind": kind.replace(" ", "_"), "asset": name}}


def _program(task):
    """Steps as they are drawn: each with what stands under it until the next one."""
    steps = task.steps
    begins = [place for place, step in enumerate(steps) if step.label.startswith("Step ")]
    again = next(step for step in steps if step.label == "Prospects can go through the program again")
    table = {
        "recipient_list": _value(steps, "Recipient Lists"),
        "suppression_lists": [] if _value(steps, "Suppression Lists") == "none" else None,
        "repeat": again.act == "tick",
        "business_hours_only": not any(
            step.act == "untick" and "business hours" in step.label for step in steps
        ),
        "state": _last(steps),
    }
    if table["repeat"]:
        table["days_before_repeat"] = int(_value(steps, "Days before eligible to go through it again"))
        table["entry_limit"] = _value(steps, "Number of times").lower()
    last = len(begins)
    table["steps"] = [
        _drawn(number, last, steps[begin:end])
        for number, (begin, end) in enumerate(zip(begins, [*begins[1:], len(steps) - 1], strict=True), 1)
    ]
    return {_value(steps, "Name"): table}


def _drawn(number, last, steps):
    head = steps[0].label
    if number == last:
        assert head == f"Step {number}: End"
        return {"number": number, "step": "End"}
    kind = head.removeprefix(f"Step {number}: + ")
    wait = _value(steps, "Wait")
    table = {
        "number": number,
        "step": kind,
        "wait_days": 0 if wait == "Immediately" else int(wait.split()[0]),
    }
    waits = next(place for place, step in enumerate(steps) if step.label == "Wait")
    where = steps[-1].label

    def to(words):
        return last if words == "to the End" else int(words.removeprefix("to step "))

    if kind == "Action":
        return {**table, "act": _action(steps[:waits], 1)[0], "then": to(where.removeprefix("then "))}
    found, at = [], 1
    if steps[at].label == "Match Type":
        assert steps[at].value == "Match All"
        at += 1
    while at < waits:
        item, at = _criterion(steps, at)
        found.append(item)
    yes, no = where.removeprefix("Yes: ").split("; No: ")
    return {**table, "match": "all", "criteria": found, "yes": to(yes), "no": to(no)}


def _ticked(task):
    return [(step.act, step.label) for step in task.steps if step.act in {"tick", "untick"}]


def _segmentation(task):
    return {_value(task.steps, "Name"): _body(task.steps)}


def _dynamic_list(task):
    assert ("tick", "Dynamic List") in _ticked(task)
    return _segmentation(task)


def _static_list(task):
    assert ("untick", "Dynamic List") in _ticked(task)
    return _redirect(task)


def _redirect(task):
    return {_value(task.steps, "Name"): {}}


_BUILDERS = {
    "prerequisites": _prerequisite,
    "automation-rules": _rule,
    "segmentation-rules": _segmentation,
    "dynamic-lists": _dynamic_list,
    "static-lists": _static_list,
    "custom-redirects": _redirect,
    "tags": lambda task: {step.value: {} for step in task.steps if step.label == "+ Add Tag"},
    "custom-fields": _field,
    "formula-fields": _formula,
    "baseline-scoring": _baseline,
    "page-actions": _page_action,
    "completion-actions": _completion,
    "profile-criteria": _profile,
    "scoring-categories": _category,
    "engagement-programs": _program,
}
