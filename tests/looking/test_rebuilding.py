"""Whoever has the page alone can build the model: what the page says, read back, is what the bundle's files hold."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache

import pytest

from scorewright_marketo.objects import KINDS as MARKETO_KINDS
from scorewright_pardot.emit import KINDS
from tests.conftest import ROOT
from tests.looking import rebuilt_marketo, rebuilt_pardot
from tests.looking.reading import read_page
from tests.looking.test_sheet import compiled

REBUILT = {"pardot": rebuilt_pardot, "marketo": rebuilt_marketo}
EVERY_KIND = {
    "pardot": {kind for kind, _, _ in KINDS},
    "marketo": {*MARKETO_KINDS},
}
SHIPPED = tuple(sorted(path.name for path in (ROOT / "specs").iterdir() if path.is_dir()))

RARE = """
language = 1
[model]
id = "rare"
title = "Ads, and a slow goodbye"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "fails", "clicks", "downloads", "starts_visit", "searches"]
[targets.pardot]
decays = { quiet = "program" }
range = { interest = 100 }
[assets]
banner = { ad = "Spring banner" }
[scores.interest]
title = "Interest"
kind = "engagement"
[rules.banner]
on = { clicks = "banner" }
points = { interest = 3 }
limit = { times = 1 }
[decay.quiet]
score = "interest"
steps = [{ after = "30d", at_least = 21, set = 21 }, { after = "60d", at_least = 0, set = 0 }]
[accept.slowly]
target = "pardot"
note = "program-settles-slowly"
for = "decay.quiet"
why = "Nobody is in a hurry."
[accept.unknown]
target = "pardot"
note = "unknown-people-unseen"
for = "model"
why = "Few click before they are known."
"""
"""What no shipped model has: a custom redirect and an engagement program."""

PRODUCTS = """
language = 1
[model]
id = "three"
title = "Three products"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "clicks"]
[values]
demo = 5
touched = 3
ready = 30
[assets]
demo-a = { form = "Demo A" }
demo-b = { form = "Demo “B” > (b)" }
demo-c = { form = "Demo C" }
touch-a = { email = "News A" }
touch-b = { email = ["News B", "News; b"] }
touch-c = { email = "News C" }
hot = { list = "Hot" }
[products.a]
title = "A"
assets = { demo = "demo-a", touch = "touch-a" }
[products.b]
title = "B; “b” > (b)"
values = { demo = 7, ready = 40 }
assets = { demo = "demo-b", touch = "touch-b" }
[products.c]
title = "C"
values = { touched = -2 }
assets = { demo = "demo-c", touch = "touch-c" }
[scores.lead]
title = "Lead"
kind = "engagement"
each = "product"
[scores.heat]
title = "Heat"
kind = "fit"
each = "product"
[rules.demo]
on = { submits = "demo" }
points = { lead = "demo" }
each = "product"
[rules.demo.limit]
times = 1
per = "7d"
[rules.touched]
when = { clicked = "touch", within = "30d" }
points = { heat = "touched" }
each = "product"
[rules.cold]
when = { not = { clicked = "touch", within = "60d" } }
points = { heat = -1 }
each = "product"
[decay.quiet]
score = "lead"
steps = [ { after = "30d", every = "30d", subtract = 2 } ]
each = "product"
[thresholds.ready]
title = "Ready for sales"
when = { score = "lead", at_least = "ready" }
then = [ { add_to_list = "hot" } ]
each = "product"
"""
"""One product whose program is a clone, with signs in its name that stand between the parts of a way, and one whose is not."""


@cache
def shipped(name, target):
    """A model that ships, compiled."""
    return compiled(ROOT / "specs" / name, target)


def files(name, target):
    return shipped(name, target).files[target]


@cache
def tasks_of(page):
    """What a page says, by its bytes: nobody changes it."""
    return read_page(page).tasks


def made_from(path, target):
    made = compiled(path, target)
    assert target in made.files, [finding.message for finding in made.findings]
    return made.files[target]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """The files of what no shipped model has, by target."""
    found = {}
    for target, text in (("pardot", RARE), ("marketo", PRODUCTS)):
        path = tmp_path_factory.mktemp(target) / "model.toml"
        path.write_text(text, "utf-8")
        found[target] = made_from(path, target)
    return found


def bundle(found, target):
    """Kind → name → table of the files, as a form shows it."""
    kinds = {name.removesuffix(".toml") for name in found} & EVERY_KIND[target]
    tables = {kind: tomllib.loads(found[f"{kind}.toml"].decode())[kind] for kind in kinds}
    say = REBUILT[target].files_say
    return {kind: {each["name"]: say(kind, each) for each in rows} for kind, rows in tables.items()}


def differing(wanted, tasks, target):
    """Kinds that whoever reads these tasks would build otherwise."""
    made = REBUILT[target].rebuilt(tasks)
    fields = {"score-fields", "helper-fields"}  # on the screen both are fields
    found = []
    for kind in EVERY_KIND[target]:
        wants, gets = wanted.get(kind, {}), made.get(kind, {})
        if kind in fields:
            here = {name for each in fields for name in wanted.get(each, {})}
            gets = {name: table for name, table in gets.items() if name in wants or name not in here}
        if gets != wants:
            found.append(kind)
    return found if target == "marketo" else [*found, *_otherwise_resumed(wanted, tasks)]


def _otherwise_resumed(wanted, tasks):
    late = ("automation-rules", "segmentation-rules", "engagement-programs")
    names = sorted(name for kind in late for name in wanted.get(kind, ()))
    return [] if sorted(rebuilt_pardot.resumed(tasks)) == names else ["resumed"]


@pytest.mark.parametrize("target", ["pardot", "marketo"])
def test_every_kind_of_object_of_every_model_is_read_back_field_by_field(target, made_up):
    seen = set()
    for found in (*(files(name, target) for name in SHIPPED), made_up[target]):
        wanted = bundle(found, target)
        assert differing(wanted, tasks_of(found["build-sheet.html"]), target) == []
        seen |= wanted.keys()
    assert seen == EVERY_KIND[target]


def test_pardots_rules_are_resumed_in_their_order(made_up):
    for found in (*(files(name, "pardot") for name in SHIPPED), made_up["pardot"]):
        tables = [
            table
            for kind in ("automation-rules", "segmentation-rules", "engagement-programs")
            for table in tomllib.loads(found.get(f"{kind}.toml", b"").decode()).get(kind, ())
        ]
        phases = {table["name"]: table.get("resume_phase", table.get("start_phase", -1)) for table in tables}
        order = rebuilt_pardot.resumed(tasks_of(found["build-sheet.html"]))
        assert sorted(order) == sorted(phases)
        assert [phases[name] for name in order] == sorted(phases.values())


# --- whether a field that is left out would be found ----------------------------------------------------------------

ONLY_THE_WAY = {
    ("pardot", "Folder"),  # where a thing is filed is no field of it
    ("pardot", "Destination URL"),  # the ad's own
    ("pardot", "Data Type"),
    ("pardot", "Formula Return Type"),
    ("pardot", "Options › Decimal Places"),
    ("pardot", "Start Date"),
    ("pardot", "Limit"),
    ("marketo", "Admin > Location > Time Zone"),
    ("marketo", "Marketing Activities"),
}
"""Values that lead to an object, or are the same for all of its kind, so that no file holds them."""


def without(task):
    """The task, each time with one value less: a field that the page would not show."""
    for place, step in enumerate(task.steps):
        if step.act in {"tick", "untick"}:
            yield step.label, replace_step(task, place, None)
        elif step.value and step.act not in {"open", "click"}:
            yield step.label, replace_step(task, place, replace(step, value=""))
        if task.key.startswith(("prerequisite", "settings", "switch")) and "Time Zone" not in step.label:
            yield "the step", replace_step(task, place, None)


def replace_step(task, place, step):
    return replace(task, steps=[*task.steps[:place], *([step] if step else []), *task.steps[place + 1 :]])


def planted(found, target):
    """For each builder of the target, the first task that it reads: (kind of task, label, whether it is found)."""
    wanted = bundle(found, target)
    tasks = tasks_of(found["build-sheet.html"])
    first = {}
    for place, task in enumerate(tasks):
        first.setdefault(task.key.partition(" ")[0], place)
    for kind, place in first.items():
        for label, less in without(tasks[place]):
            if (target, label) in ONLY_THE_WAY:
                continue
            try:
                noticed = differing(wanted, [*tasks[:place], less, *tasks[place + 1 :]], target) != []
            except (AssertionError, KeyError, IndexError, ValueError, StopIteration, TypeError):
                noticed = True  # what is left cannot be read at all
            yield kind, label, noticed


TASKS = {
    "pardot": {*EVERY_KIND["pardot"], "resume"},
    "marketo": {
        *(
            "settings",
            "prerequisite",
            "field",
            "program",
            "tokens",
            "static",
            "smart",
            "campaign",
            "clone",
            "switch",
        ),
    },
}


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("pardot", ("ten-practices", "pardot-defaults", "op-scoring")),
        ("marketo", ("ten-practices",)),
    ],
)
def test_a_field_that_the_page_leaves_out_is_found_for_each_kind(target, names, made_up):
    kinds, missed = set(), []
    for found in (*(files(name, target) for name in names), made_up[target]):
        for kind, label, noticed in planted(found, target):
            kinds.add(kind.removesuffix(":"))
            if not noticed:
                missed.append((kind, label))
    assert missed == []
    assert kinds == TASKS[target]
