"""Whoever has the page alone can build the model: what the page says, read back, is what the bundle's files hold."""

from __future__ import annotations

import tomllib

import pytest

from scorewright_marketo.objects import DO_NOTHING
from tests.conftest import ROOT
from tests.looking import rebuilt_marketo, rebuilt_pardot
from tests.looking.reading import read_page
from tests.looking.rebuilt_marketo import said_condition
from tests.looking.test_sheet import compiled

OURS = {"for", "lowering", "name"}


def bundle(files, kind):
    """Name → table of one kind, without what is ours."""
    if f"{kind}.toml" not in files:
        return {}
    tables = tomllib.loads(files[f"{kind}.toml"].decode())[kind]
    return {
        table["name"]: {key: value for key, value in table.items() if key not in OURS} for table in tables
    }


@pytest.fixture(
    params=["op-scoring", "pardot-defaults", "customer-segmentation", "score-and-grade-gate", "ten-practices"]
)
def pardot(request):
    files = compiled(ROOT / "specs" / request.param, "pardot").files["pardot"]
    return files, rebuilt_pardot.rebuilt(read_page(files["build-sheet.html"]).tasks)


def acts(table):
    """What is done to what: where an action has one thing to say, the form has one box for it."""
    found = []
    for act in table.pop("actions", ()):
        of, value = act.get("of", ""), act.get("value", "")
        found.append((act["action"], of or value, value if of else ""))
    return {**table, "acts": found}


def test_pardots_rules_and_lists_field_by_field(pardot):
    files, made = pardot
    compared = 0
    for kind in ("automation-rules", "segmentation-rules", "dynamic-lists"):
        wanted = {name: acts(table) for name, table in bundle(files, kind).items()}
        for table in wanted.values():
            table.pop("resume_phase", None)
        found = {
            name: {
                **{key: value for key, value in table.items() if key != "actions"},
                "acts": table.get("actions", []),
            }
            for name, table in made.get(kind, {}).items()
        }
        assert found == wanted
        compared += len(wanted)
    assert compared


def test_pardots_fields_tags_baseline_and_actions_field_by_field(pardot):
    files, made = pardot
    for kind in ("static-lists", "tags", "custom-fields", "formula-fields"):
        assert made.get(kind, {}) == bundle(files, kind), kind
    rows = {name: {"points": row["points"]} for name, row in bundle(files, "baseline-scoring").items()}
    assert made.get("baseline-scoring", {}) == rows
    pages = {name: acts(table) for name, table in bundle(files, "page-actions").items()}
    found = {
        name: {"path": table["path"], "match": table["match"], "acts": table["actions"]}
        for name, table in made.get("page-actions", {}).items()
    }
    assert found == pages
    assets = {table["asset"]: acts(table)["acts"] for table in bundle(files, "completion-actions").values()}
    assert {
        asset: table["actions"] for (_, asset), table in made.get("completion-actions", {}).items()
    } == assets


def test_pardots_rules_are_resumed_in_their_order(pardot):
    files, _ = pardot
    phases = {name: table["resume_phase"] for name, table in bundle(files, "automation-rules").items()}
    order = [
        phases[task.key.removeprefix("resume: ")]
        for task in read_page(files["build-sheet.html"]).tasks
        if task.key.startswith("resume: ") and task.key.removeprefix("resume: ") in phases
    ]
    assert order == sorted(order)
    assert len(order) == len(phases)


# --- Marketo --------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["op-scoring", "gitlab-2020", "stepped-decay-practices", "score-and-grade-gate"])
def marketo(request):
    files = compiled(ROOT / "specs" / request.param, "marketo").files["marketo"]
    return files, rebuilt_marketo.rebuilt(read_page(files["build-sheet.html"]).tasks)


def clause(table):
    asks = None
    if "operator" in table:
        values = "; ".join(_blanks(value) for value in table["values"])
        asks = (table.get("attribute", table["rule"]), table["operator"], values)
    constraints = [
        (each["name"], f"{each['operator']} {'; '.join(map(_blanks, each['values']))}".strip())
        for each in table.get("constraints", ())
    ]
    return {"rule": table["rule"], "asks": asks, "constraints": constraints}


def _blanks(value):
    inner = value.strip(" ")
    before, after = len(value) - len(value.lstrip(" ")), len(value) - len(value.rstrip(" "))
    return f"{'␣' * before}{inner}{'␣' * after}" if inner != value else value


def step(table):
    fixed = {each["label"]: each["value"] for each in table["fields"]}
    choices = [
        (said_condition(each["if"]), outcome(table, fixed, each["value"]))
        for each in table.get("choices", ())
    ]
    boxes = outcome(table, fixed, table["default"]) if choices else fixed
    return {"step": table["step"], "boxes": boxes, "choices": choices}


def outcome(table, fixed, value):
    if value == DO_NOTHING:
        return {next(iter(fixed), table["step"]): DO_NOTHING}
    return {**fixed, table["varies"]: value}


def test_marketos_campaigns_field_by_field(marketo):
    files, made = marketo
    wanted = {
        name: {
            "folder": table["folder"],
            "executable": table["type"] == "executable",
            "qualification": table["qualification"],
            "smart_list": {
                "triggers": [clause(each) for each in table.get("smart_list", {}).get("triggers", ())],
                "filters": [clause(each) for each in table.get("smart_list", {}).get("filters", ())],
                "logic": table.get("smart_list", {}).get("filter_logic", "ALL"),
            },
            "flow": [step(each) for each in table["flow"]],
        }
        for name, table in bundle(files, "smart-campaigns").items()
    }
    for name, table in wanted.items():
        if len(table["smart_list"]["filters"]) < 2:
            table["smart_list"]["logic"] = "ALL"  # of one filter all are any
        assert made["smart-campaigns"][name] == table, name
    assert made["smart-campaigns"].keys() == wanted.keys()


def test_marketos_tokens_and_fields_field_by_field(marketo):
    files, made = marketo
    assert made["tokens"] == {name: table["shown"] for name, table in bundle(files, "tokens").items()}
    fields = {**bundle(files, "score-fields"), **bundle(files, "helper-fields")}
    for name, table in fields.items():
        wanted = {key: table[key] for key in ("standard", "type", "api_name")}
        assert made["fields"][name] == ({"standard": True} if table["standard"] else wanted)
    assert made["fields"].keys() == fields.keys()
