"""Somebody who has the page alone builds what it says in Marketo: the objects as the bundle's files have them."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace

from scorewright_marketo.objects import KINDS
from tests.looking.rebuilt_flow import clause_said, flow, smart_list, step_said

__all__ = ["files_say", "rebuilt"]


def rebuilt(tasks):
    """Kind → name → what was typed and chosen there, as the bundle's tables have it (``files_say``)."""
    made = {kind: {} for kind in KINDS}
    campaigns = {}
    for task in tasks:
        build = _BUILDERS.get(_kind(task))
        if build is not None:
            build(task, made, campaigns)
    for name, steps in campaigns.items():
        made["smart-campaigns"][name] |= _campaign(steps)
    _switch(tasks, made)
    return made


def _kind(task):
    words = task.key.split(" ")
    return " ".join(words[:2]) if words[1:2] == ["list"] else words[0]


def files_say(kind, table):
    """A table of the bundle as the screens show it."""
    shown = {key: value for key, value in table.items() if key not in _NOT_ON_A_SCREEN.get(kind, _OURS)}
    if kind in {"smart-lists", "smart-campaigns"}:
        lists = shown.pop("smart_list", table)
        shown["smart_list"] = {
            "triggers": [clause_said(each) for each in lists.get("triggers", ())],
            "filters": [clause_said(each) for each in lists.get("filters", ())],
            "logic": lists.get("filter_logic", "ALL") if len(lists.get("filters", ())) > 1 else "ALL",
        }  # of one filter all are any
        for key in ("triggers", "filters", "filter_logic"):
            shown.pop(key, None)
    if "flow" in shown:
        shown["flow"] = [step_said(each) for each in shown["flow"]]
    if (
        kind.endswith("fields") and table["standard"]
    ):  # nobody makes it: there is its name to look for, and its type
        return {key: shown[key] for key in ("label", "type", "standard", "why", "can_be_deleted")}
    return shown


_OURS = frozenset(("name", "for", "lowering"))
_NOT_ON_A_SCREEN = {
    "programs": _OURS | {"product"},  # a program has no such field: which one is cloned tells it
    "tokens": _OURS | {"reference"},  # made of the name by Marketo
    "smart-campaigns": _OURS | {"status"},  # inactive is what is not switched on
}


def _value(steps, label):
    return next(step.value for step in steps if step.label == label)


# --- ground ---------------------------------------------------------------------------------------------------------


def _prerequisite(task, made, _campaigns):
    (step,) = task.steps
    kind = step.label if step.label[1:2].isupper() else step.label[:1].lower() + step.label[1:]  # CRM queue
    table = {"kind": kind, "asset": step.value, **({"check": step.note} if step.note else {})}
    made["prerequisites"][f"{kind}: {step.value}"] = table


def _settings(task, made, _campaigns):
    """What the programs stand in; their tasks do not say it again."""
    folder = next(step for step in task.steps if step.label == "Marketing Activities")
    made["workspace"] = folder.note.removeprefix("A folder of this name in the workspace ").partition(";")[0]


def _field(task, made, _campaigns):
    steps = task.steps
    name, kind = task.title.removesuffix(")").rsplit(" (", 1)
    table = {
        "label": name,
        "type": kind,
        "standard": len(steps) == 1,
        "why": task.why,
        "can_be_deleted": False,
    }
    if len(steps) > 1:
        assert (_value(steps, "Name"), _value(steps, "Type").lower()) == (name, kind)
        assert "never be deleted" in steps[-1].note
        table["api_name"] = _value(steps, "API Name")
    else:
        assert steps[0].value == name
    made["helper-fields"][name] = made["score-fields"][name] = table  # which of the two it is is our own word


def _program(task, made, _campaigns):
    name = _value(task.steps, "Name")
    made["programs"][name] = {
        "program": name,
        "type": _value(task.steps, "Program Type"),
        "channel": _value(task.steps, "Channel"),
        "folder": task.steps[0].value,
        "workspace": made["workspace"],
        "description": _value(task.steps, "Description"),
    }
    for step in task.steps:
        if step.label == "Name" and step.depth == 1:
            made["folders"][f"{name}.{step.value}"] = {"program": name, "folder": step.value}


def _tokens(task, made, _campaigns):
    program = task.steps[0].label.removesuffix(" > My Tokens")
    rows = [step for step in task.steps if step.act in {"choose", "type"}]
    for row, value in zip(rows[::2], rows[1::2], strict=True):
        assert (row.label, value.label) == ("Score", "Value")
        _token(made, program, row.value, value.value, row.note)


def _token(made, program, name, shown, note):
    made["tokens"][f"{program}.{name}"] = {
        "program": program,
        "token": name,
        "type": "score",
        "value": int(shown),
        "shown": shown,
        "coupled": _named(note, "The same number stands as a literal in: ", ". Change them together."),
        "inverse": _named(note, "Taken back by a literal in: ", ". Add the old value there"),
    }


def _named(note, before, after):
    _, found, rest = note.partition(before)
    return rest.partition(after)[0].split(", ") if found else []


def _static(task, made, _campaigns):
    program, name = task.steps[0].label, _value(task.steps, "Name")
    made["static-lists"][f"{program}.{name}"] = {"program": program, "list": name, "why": task.why}


def _smart(task, made, _campaigns):
    program, name = task.steps[0].label, _value(task.steps, "Name")
    (begin,) = [place for place, step in enumerate(task.steps) if step.label == "Create"]
    table = {
        "program": program,
        "list": name,
        "why": task.why,
        "smart_list": smart_list(task.steps[begin + 1 :]),
    }
    made["smart-lists"][f"{program}.{name}"] = table


# --- campaigns ------------------------------------------------------------------------------------------------------


def _new(task, made, campaigns):
    program, folder, name = task.steps[0].label, task.steps[0].value, _value(task.steps, "Name")
    made["smart-campaigns"][f"{program}.{name}"] = {
        "program": program,
        "campaign": name,
        "folder": folder,
        "type": task.title.removesuffix(")").rsplit(" (", 1)[1],
        **({"why": task.why} if not _of_the_page(task.why) else {}),
    }
    campaigns[f"{program}.{name}"] = task.steps


def _of_the_page(why):
    """What the page says where a campaign has nothing to say of itself."""
    return why.startswith(("Notices the event and executes the award;", "Stands for "))


def _campaign(steps):
    flow_at = next(at for at, step in enumerate(steps) if (step.act, step.label) == ("open", "Flow"))
    end = next(
        at for at, step in enumerate(steps) if step.act == "open" and step.label in {"Settings", "Schedule"}
    )
    begin = next(at for at, step in enumerate(steps) if (step.act, step.label) == ("open", "Smart List"))
    (qualification,) = [step.value for step in steps[end:] if "Each person can run" in step.label]
    executable = any(step.label == "Executable" for step in steps)
    assert executable == (steps[end].label == "Settings")
    found = {
        "smart_list": smart_list(steps[begin + 1 : flow_at]),
        "flow": flow(steps[flow_at + 1 : end]),
        "qualification": qualification,
    }
    if any(step.label == "Activate" for step in steps[end:]):
        found["switched_on"] = "requested"
    return found


def _switch(tasks, made):
    """When each campaign is switched on, and how often a batch recurs."""
    for task in tasks:
        if _kind(task) != "switch":
            continue
        for step in task.steps:
            name = re.sub(
                r" > (Run Once > Run|Schedule(: active| > Activate| > Schedule Recurrence))$", "", step.label
            )
            table = made["smart-campaigns"][name]
            table["switched_on"] = task.key.removeprefix("switch ")
            if step.label.endswith(" > Run Once > Run"):
                table["schedule"] = "Run once"
            if step.value:
                table["schedule"] = step.value


# --- clones ---------------------------------------------------------------------------------------------------------


def _clone(task, made, campaigns):
    """The template's copy, in which Marketo lets references to the program itself follow; then each edit."""
    template, name = task.steps[0].value, _value(task.steps, "Clone Name")
    _copied(task, made, template, name)
    at = next(at for at, step in enumerate(task.steps) if step.label == f"{name} > My Tokens")
    at = _retyped(task.steps, at + 1, made, name)
    copies = {
        key.replace(template, name, 1): [_following(step, template, name) for step in steps]
        for key, steps in campaigns.items()
        if made["smart-campaigns"][key]["program"] == template
    }
    for key in copies:
        old = made["smart-campaigns"][key.replace(name, template, 1)]
        made["smart-campaigns"][key] = {**old, "program": name}
    while at < len(task.steps):
        head, at = task.steps[at], at + 1
        edits = []
        while at < len(task.steps) and task.steps[at].act != "open":
            edits.append(task.steps[at])
            at += 1
        _edited(f"{name}.{head.label}", head.value, edits, made, copies)
    campaigns.update(copies)


def _copied(task, made, template, name):
    description = [step.value for step in task.steps if step.label == "Description"]
    old = made["programs"][template]
    folder = _value(task.steps, "Folder")
    made["programs"][name] = {**old, "program": name, "folder": folder, "description": description[0]}
    for kind in ("folders", "tokens"):
        for key, table in [*made[kind].items()]:
            if table["program"] == template:
                made[kind][f"{name}{key.removeprefix(template)}"] = {**deepcopy(table), "program": name}


def _retyped(steps, at, made, name):
    """Tokens: those that are typed anew, and those that are looked at; the remark says what else has the number."""
    while at < len(steps) and steps[at].act != "open":
        step, at = steps[at], at + 1
        _token(made, name, step.label, step.value, step.note)
    return at


def _following(step, template, name):
    return replace(step, value=step.value.replace(template, name))


def _edited(key, folder, edits, made, copies):
    """Every edit finds its row by the way that it names; each is used once."""
    table = made["smart-campaigns"][key]
    assert table["folder"] == folder
    rest, done, place = [*edits], [], []
    if rest and rest[0].label == "Name":
        edit = rest.pop(0)
        new = f"{table['program']}.{edit.value}"
        made["smart-campaigns"][new] = {**made["smart-campaigns"].pop(key), "campaign": edit.value}
        copies[new] = copies.pop(key)
        key = new
    inside, anew = False, 99
    for step in copies[key]:
        inside = (inside or (step.act, step.label) == ("open", "Smart List")) and step.label != "Schedule"
        if not inside or step.act == "open":
            done.append(step)
            continue
        place = place[: step.depth - (0 if _in_flow(done) else 1)]
        where = [_place(each) for each in place]
        anew = anew if step.depth > anew else 99
        if rest and _is_for(rest[0], where, step, dragged=step.depth > anew):
            edit = rest.pop(0)
            label = edit.label.removeprefix("".join(f"{each} > " for each in where))
            anew = min(anew, step.depth) if edit.note.startswith("Delete it") else anew
            step = replace(step, label=label, value=edit.value)  # noqa: PLW2901 - the row as it stands now
        place.append(step)
        done.append(step)
    assert not rest, [edit.label for edit in rest]
    copies[key] = done


def _in_flow(done):
    return any((step.act, step.label) == ("open", "Flow") for step in done)


def _is_for(edit, where, step, *, dragged):
    """An edit of this row says what stands there; below what was dragged anew nothing does, so each row is said."""
    before = "".join(f"{each} > " for each in where)
    if dragged:
        assert edit.label.startswith(before), (edit.label, before)
        return True
    return (edit.label, edit.default) == (f"{before}{step.label}", step.value)


def _place(step):
    if step.act == "click":
        return step.value
    if step.act == "note":
        return step.label.removeprefix("Under ").removesuffix(":")
    return f"{step.label} ({step.value})"


_BUILDERS = {
    "settings": _settings,
    "prerequisite": _prerequisite,
    "field": _field,
    "program": _program,
    "tokens": _tokens,
    "static list": _static,
    "smart list": _smart,
    "campaign": _new,
    "clone": _clone,
}
