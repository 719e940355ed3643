"""Nothing is asked for before it is there: what each thing of a page makes and names, over all models that ship."""

from __future__ import annotations

import re
import tomllib

import pytest

from scorewright_pardot.uses import provides, uses
from tests.looking import rebuilt_marketo, rebuilt_pardot
from tests.looking.test_rebuilding import EVERY_KIND, SHIPPED, files, made_up, tasks_of

__all__ = ["made_up"]  # a fixture


def tables(found, target):
    """(Kind, name) → table as the files have it."""
    return {
        (kind, table["name"]): table
        for kind in EVERY_KIND[target]
        for table in tomllib.loads(found.get(f"{kind}.toml", b"").decode()).get(kind, ())
    }


def pages(target, made_up):
    for found in (*(files(name, target) for name in SHIPPED), made_up[target]):
        yield tables(found, target), tasks_of(found["build-sheet.html"])


# --- Pardot ---------------------------------------------------------------------------------------------------------


def too_early(objects, tasks):
    """What is named by a thing before another one has made it: (the thing, the name)."""
    there, found = set(), []
    for task in tasks:
        made = rebuilt_pardot.rebuilt([task])
        here = [(kind, name, objects[kind, name]) for kind, names in made.items() for name in names]
        there |= {provides(kind, table) for kind, _, table in here}
        found += [
            (task.title, name) for kind, _, table in here for name in uses(kind, table) if name not in there
        ]
    return found


def test_on_pardot_nothing_is_named_before_it_is_made(made_up):
    named = 0
    for objects, tasks in pages("pardot", made_up):
        assert too_early(objects, tasks) == []
        named += sum(1 for (kind, _), table in objects.items() for _ in uses(kind, table))
    assert named > 500


def test_a_thing_that_stands_too_early_would_be_found(made_up):
    objects, tasks = next(iter(pages("pardot", made_up)))
    (tags,) = [task for task in tasks if task.key == "tags: all"]
    assert too_early(objects, [task for task in tasks if task is not tags] + [tags])


def kinds_in_order(tasks):
    """A segmentation rule among the rules that are resumed is one of them."""
    kinds = [*dict.fromkeys(task.key.partition(": ")[0] for task in tasks)]
    late = "segmentation-rules" in kinds and kinds.index("segmentation-rules") > kinds.index(
        "automation-rules"
    )
    return [kind for kind in kinds if not (late and kind == "segmentation-rules")]


def test_pardots_kinds_follow_one_another_and_the_baseline_is_waited_for(made_up):
    order = [
        *(
            "prerequisites",
            "custom-fields",
            "formula-fields",
            "tags",
            "profile-criteria",
            "scoring-categories",
        ),
        *("static-lists", "dynamic-lists", "baseline-scoring", "custom-redirects", "page-actions"),
        *("completion-actions", "segmentation-rules", "automation-rules", "engagement-programs", "resume"),
    ]
    for _, tasks in pages("pardot", made_up):
        kinds = kinds_in_order(tasks)
        assert kinds == sorted(kinds, key=order.index)
        for task in tasks:
            kind = task.key.partition(": ")[0]
            labels = [step.label for step in task.steps]
            if kind == "baseline-scoring":
                assert "24 hours" in " ".join(step.note for step in task.steps)
            if kind == "automation-rules":
                assert (task.steps[-1].label, task.steps[-1].value) == ("Status", "Paused")
            if kind == "resume" and "Resume automation rules" in labels:
                assert labels.index("Preview") < labels.index("Resume automation rules")


# --- Marketo --------------------------------------------------------------------------------------------------------

_LISTS = {"Member of List", "Member of Smart List", "Member of Smart Campaign", "List Name", "Campaign"}


def asked(table):
    """What a smart list or a campaign names of the model's own: tokens, lists, campaigns; and fields, as texts."""
    for where, text in _texts(table, ""):
        yield from (("token", token) for token in re.findall(r"\{\{my\.([^}]+)\}\}", text))
        if where in _LISTS:
            yield "asset", text
        yield "field", text


def _texts(value, where):
    if isinstance(value, dict):
        where = (
            value.get("attribute") or value.get("label") or value.get("rule") or value.get("varies") or where
        )
        for inner in value.values():
            yield from _texts(inner, where)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, where)
    elif isinstance(value, str):
        yield where, value


def made_by(tasks):
    """Each task with what it makes: (kind, name).  A clone makes what the others have not made."""
    settings = [task for task in tasks if task.key == "settings"]
    whole = rebuilt_marketo.rebuilt([task for task in tasks if not task.key.startswith("switch ")])
    known = set()
    for task in tasks:
        if task.key.startswith(("switch ", "settings")):
            continue
        made = whole if task.key.startswith("clone ") else rebuilt_marketo.rebuilt([*settings, task])
        new = {(kind, name) for kind in EVERY_KIND["marketo"] for name in made[kind]} - known
        if task.key.startswith("clone "):
            program = next(step.value for step in task.steps if step.label == "Clone Name")
            new = {(kind, name) for kind, name in new if made[kind][name].get("program") == program}
        known |= new
        yield task, new


def too_early_in_marketo(objects, tasks):
    own = {
        "asset": {
            name for kind, name in objects if kind in {"static-lists", "smart-lists", "smart-campaigns"}
        },
        "field": {name for kind, name in objects if kind.endswith("-fields")},
    }
    there, found = set(), []
    for task, made in made_by(tasks):
        new = made & objects.keys()
        there |= new
        names = {name for _, name in there}
        for kind, name in new:
            table = objects[kind, name]
            if kind in {"folders", "tokens", "static-lists", "smart-lists", "smart-campaigns"}:
                found += [(task.title, table["program"])] * (("programs", table["program"]) not in there)
            if kind == "smart-campaigns":
                folder = f"{table['program']}.{table['folder']}"
                found += [(task.title, folder)] * (("folders", folder) not in there)
            for what, text in asked(table) if kind in {"smart-lists", "smart-campaigns"} else ():
                wanted = f"{table['program']}.{text}" if what == "token" else text
                if (what == "token" or text in own[what]) and wanted not in names:
                    found.append((task.title, text))
    assert there == objects.keys()
    return found


def test_in_marketo_nothing_is_named_before_it_is_made(made_up):
    for objects, tasks in pages("marketo", made_up):
        assert too_early_in_marketo(objects, tasks) == []


def test_in_marketo_a_list_that_stands_too_late_would_be_found(made_up):
    objects = tables(made_up["marketo"], "marketo")
    tasks = tasks_of(made_up["marketo"]["build-sheet.html"])
    late = [task for task in tasks if task.key.startswith("tokens ")]
    assert too_early_in_marketo(objects, [task for task in tasks if task not in late] + late)


SWITCHED = ("requested", "helpers", "start", "live", "nightly", "threshold-start", "threshold")


def test_in_marketo_everything_is_switched_on_once_when_all_of_it_is_built(made_up):
    for objects, tasks in pages("marketo", made_up):
        begins = next(place for place, task in enumerate(tasks) if task.key.startswith("switch "))
        last = tasks[begins:]
        assert all(task.key.startswith("switch ") for task in last)
        stages = [task.key.removeprefix("switch ") for task in last]
        assert stages == sorted(stages, key=SWITCHED.index)
        wanted = sorted(name for (kind, name), table in objects.items() if table.get("switched_on") and kind)
        assert sum(len(task.steps) for task in last) == len(wanted)


@pytest.mark.parametrize("target", ["pardot", "marketo"])
def test_every_object_is_made_by_one_thing_alone(target, made_up):
    for objects, tasks in pages(target, made_up):
        module = rebuilt_pardot if target == "pardot" else rebuilt_marketo
        made = module.rebuilt(tasks)
        count = sum(len(made.get(kind, ())) for kind in EVERY_KIND[target] if kind != "helper-fields")
        fields = sum(kind == "helper-fields" for kind, _ in objects)
        assert count == len(objects) - fields + (fields if target == "marketo" else 0)
