"""``scorewright test``: a line for each example, and for what failed all that is needed to mend it."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.conftest import ROOT

SPECS = sorted(path.parent for path in (ROOT / "specs").glob("*/model.toml"))
DECAY = (ROOT / "specs" / "pardot-score-decay" / "model.toml").read_text("utf-8")
FAILING = DECAY.replace(
    '{ at = 2026-02-05, score = "engagement", is = 3 },\n  { at = 2026-02-05, mark',
    '{ at = 2026-02-05, score = "engagement", is = 4 },\n  { at = 2026-02-05, mark',
)
UNFIRED = DECAY.replace(
    '{ at = 2026-02-10T10:00:00, fired = "back", times = 0 }', '{ at = 2026-02-10T10:00:00, fired = "back" }'
)
WITHOUT = DECAY.partition("[examples.")[0]
WRONG = DECAY.replace("[model]", "[model]\ntimzone = 1", 1)


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spec(folder, text=DECAY):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.name)
def test_the_examples_of_every_model_that_ships_hold(run, path):
    code, printed, error = run("test", path)
    assert (code, error) == (0, "")
    assert "FAIL" not in printed
    assert printed.splitlines()[-1].endswith((" examples hold", " example holds"))


def test_each_example_is_a_line(run, here):
    code, printed, _ = run("test", spec(here / "a"))
    assert code == 0
    assert printed.splitlines() == [
        "ok  six-pages      8 of 8 expectations  Quiet at 3, awake at the sixth page",
        "ok  never-active   2 of 2 expectations  Never active stays at 0 and without the mark",
        "ok  peak-interest  4 of 4 expectations  The programme keeps the peak that the total forgets",
        "",
        "3 examples hold",
    ]


def test_a_failure_has_its_line_what_was_found_and_every_change_up_to_then(run, here):
    code, printed, error = run("test", spec(here / "a", FAILING))
    assert (code, error) == (1, "")
    number = FAILING.splitlines().index('  { at = 2026-02-05, score = "engagement", is = 4 },') + 1
    assert (
        f"""\
FAIL  six-pages      7 of 8 expectations  Quiet at 3, awake at the sixth page
ok    never-active   2 of 2 expectations  Never active stays at 0 and without the mark
ok    peak-interest  4 of 4 expectations  The programme keeps the peak that the total forgets

error[SW730] example-fails: six-pages at 2026-02-05
  expected: engagement is 4
  found: engagement is 3
   --> a/model.toml:{number}:3
    |
{number} |   {{ at = 2026-02-05, score = "engagement", is = 4 }},
    |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
what happened up to then (UTC):
  2026-01-05 00:00  engagement         0 -> 39   start   scores.engagement
  2026-01-05 10:00  engagement         39 -> 40  award   rules.any-page
  2026-02-05 00:00  engagement         40 -> 3   decay   decay.gone-quiet
  2026-02-05 00:00  mark inactive-30d  put on    action  decay.gone-quiet

3 examples: 2 hold, 1 fails
"""
        == printed
    )


def test_a_threshold_that_did_not_fire_says_what_it_lacked(run, here):
    code, printed, _ = run("test", spec(here / "a", UNFIRED), "--only", "six-pages")
    assert code == 1
    assert "expected: back has fired once" in printed
    assert "found: back has fired 0 times; back still needs: engagement above 8 (engagement is 8)" in printed
    assert "award 5 x" in printed


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("created = 2026-01-05\nscores", "created = 0001-01-05\nscores"),
        ("at = 2026-02-11T10:00:00, not", "at = 9999-12-31T23:59:59-12:00, not"),
        ("created = 2026-01-05\nscores", "created = 2026-01-05\nperson = { due = 9999-12-31T23:59:59-12:00 }\nscores"),
    ],
)  # fmt: skip
def test_an_example_at_the_end_of_all_days_is_refused(run, here, was, becomes):
    """Also where the time stands in a field that a condition asks about."""
    text = DECAY.replace("[scores.engagement]", '[fields]\ndue = { type = "date" }\n\n[scores.engagement]')
    asked = '  { at = 2026-02-04, field = "due", before = 2026-01-01 },\n  { at = 2026-02-04, score'
    text = text.replace("  { at = 2026-02-04, score", asked, 1).replace(was, becomes, 1)
    schema = json.loads(run("schema", "--kind", "test")[1])
    code, printed, error = run("test", spec(here / "a", text))
    assert (code, error) == (1, "")
    assert "FAIL  six-pages      not played" in printed
    assert "error[SW737] example-out-of-reach" in printed
    assert "times lie in the years 1970 to 2199" in printed
    code, printed, _ = run("test", "a", "--format", "json")
    jsonschema.validate(json.loads(printed), schema)
    assert [found["code"] for found in json.loads(printed)["diagnostics"]] == ["SW737"]


def test_times_are_on_the_models_wall_clock(run, here):
    paris = FAILING.replace('timezone = "UTC"', 'timezone = "Europe/Paris"').replace(
        "2026-01-05T10:00:00", "2026-01-05T09:00:00Z"
    )
    printed = run("test", spec(here / "a", paris))[1]
    assert "what happened up to then (Europe/Paris):" in printed
    assert "2026-01-05 10:00  engagement         39 -> 40  award" in printed


def test_a_spec_without_examples_says_how_to_write_one(run, here):
    code, printed, error = run("test", spec(here / "a", WITHOUT))
    assert (code, error) == (0, "")
    assert printed.startswith("a: no examples\n") or "/a: no examples\n" in printed
    assert "[examples.two-pages]" in printed
    shown = printed.partition("come of it:\n")[2]
    spec(here / "b", WITHOUT + "\n".join(line.removeprefix("  ") for line in shown.splitlines()) + "\n")
    assert run("test", here / "b")[0] == 0


def test_several_specs_in_one_run(run, here):
    spec(here / "a", FAILING), spec(here / "b"), spec(here / "c", WITHOUT)
    code, printed, _ = run("test", "a", "b", "c")
    assert code == 1
    assert printed.startswith("a:\n  FAIL  six-pages")
    assert "\nb:\n  ok  six-pages" in printed
    assert "\nc: no examples\n" in printed
    assert printed.endswith("6 examples: 5 hold, 1 fails\n")


def test_a_spec_with_errors_is_not_tested(run, here):
    code, printed, error = run("test", spec(here / "a", WRONG))
    assert (code, printed) == (1, "")
    assert "error[SW101] unknown-key" in error
    spec(here / "b")
    code, printed, error = run("test", "a", "b")
    assert code == 1
    assert "3 examples hold" in printed
    assert "SW101" in error


def test_only_some_examples(run, here):
    spec(here / "a", FAILING)
    code, printed, _ = run("test", "a", "--only", "never-active", "--only", "peak-interest")
    assert code == 0
    assert "six-pages" not in printed
    assert "2 examples hold" in printed
    assert run("test", "a", "--only", "six-pages,never-active")[0] == 1


@pytest.mark.parametrize(
    ("asked", "said"), [("six-page", "did you mean 'six-pages'?"), ("zzz", "there are six-")]
)
def test_an_example_that_is_not_there_is_wrong_usage(run, here, asked, said):
    code, printed, error = run("test", spec(here / "a"), "--only", asked)
    assert (code, printed) == (2, "")
    assert said in error


def test_json_keeps_to_the_published_schema(run, here):
    schema = json.loads(run("schema", "--kind", "test")[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    for text, expected in ((DECAY, 0), (FAILING, 1), (WITHOUT, 0), (WRONG, 1)):
        code, printed, error = run("test", spec(here / "a", text), "--format", "json")
        assert (code, error) == (expected, "")
        jsonschema.validate(json.loads(printed), schema)


def test_a_broken_project_file_keeps_to_the_schema_too(run, here):
    (here / "scorewright.toml").write_text("outt = 1")
    assert run("test", spec(here / "a"))[0] == 1
    code, printed, error = run("test", "a", "--format", "json")
    assert (code, error) == (1, "")
    jsonschema.validate(json.loads(printed), json.loads(run("schema", "--kind", "test")[1]))
    assert [found["code"] for found in json.loads(printed)["diagnostics"]] == ["SW720"]


def test_json_tells_the_failure_too(run, here):
    report = json.loads(run("test", spec(here / "a", FAILING), "--format", "json")[1])
    assert [(item["id"], item["held"]) for item in report["examples"]] == [
        ("six-pages", False),
        ("never-active", True),
        ("peak-interest", True),
    ]
    wrong = report["examples"][0]["expectations"][1]
    assert (wrong["expected"], wrong["found"]) == ("engagement is 4", "engagement is 3")
    assert [change["after"] for change in wrong["timeline"] if change["kind"] == "score"] == [39, 40, 3]
    assert wrong["timeline"][0]["at"] == "2026-01-05T00:00:00+00:00"
    assert [found["code"] for found in report["diagnostics"]] == ["SW730"]
    assert report["diagnostics"][0]["element"] == "examples.six-pages"


def test_the_specs_of_the_project_are_the_default(run, here):
    spec(here / "models" / "a", FAILING)
    (here / "scorewright.toml").write_text('specs = ["models/a"]')
    code, printed, _ = run("test")
    assert code == 1
    assert "models/a/model.toml" in printed


def test_without_any_spec_the_usage_is_wrong(run, here):
    code, printed, error = run("test")
    assert (code, printed) == (2, "")
    assert "name a spec to test" in error


@pytest.mark.parametrize("what", ["missing", "empty"])
def test_paths_that_are_no_specs(run, here, what):
    if what == "empty":
        (here / what).mkdir()
    code, printed, error = run("test", what)
    assert (code, printed) == (1, "")
    assert "error[SW" in error
