"""What a change does on each platform: objects, notes, quotas, hand work, and the way there."""

from __future__ import annotations

import json

import jsonschema
import pytest

from scorewright.diff import built, diff_of, report
from scorewright.diff.json_schema import diff_schema_of_one
from scorewright.diff.render.html import html
from scorewright.diff.render.markdown import markdown
from scorewright.diff.render.text import text
from scorewright.diff.side import Side
from scorewright.diff.values import MOST_ELEMENTS
from tests.conftest import ROOT
from tests.diff.making import HEAD, side

SCHOOL = (ROOT / "specs" / "pardot-score-decay" / "model.toml").read_text("utf-8")


def whole(before, after, targets):
    old, new = side(before, "old"), side(after, "new")
    return report(built(diff_of(old, new), old, new, targets))


def on(before, after, targets=("pardot", "marketo")):
    found = whole(before, after, targets)
    jsonschema.validate(found, diff_schema_of_one())
    for form in (text, markdown, html):
        assert "pardot" in form(found) or not found["platforms"]
    return {platform["target"]: platform for platform in found["platforms"]}


def kinds(items):
    return {item["kind"] for item in items}


def test_a_number_is_a_token_on_one_platform_and_a_row_that_scores_everybody_anew_on_the_other():
    found = on(SCHOOL, SCHOOL.replace("\npage = 1\n", "\npage = 2\n"))
    assert "tokens" in kinds(found["marketo"]["objects"]["changed"])
    assert kinds(found["pardot"]["objects"]["changed"]) == {"baseline-scoring"}
    assert "baseline-rescores" in {note["note"] for note in found["pardot"]["notes"]["come"]}
    assert [step["act"] for step in found["pardot"]["steps"]].count("wait") > 0
    assert found["pardot"]["hours_to_wait"] >= 24
    assert [one["words"].split(" scores ")[0] for one in found["pardot"]["grave"]] == [
        "changing a baseline scoring rule"
    ]
    assert not found["marketo"]["grave"]
    told = text(whole(SCHOOL, SCHOOL.replace("\npage = 1\n", "\npage = 2\n"), ("marketo",)))
    assert "objects: 1 changed; only tokens, nothing is built or retired" in told
    for platform in found.values():
        assert platform["minutes_by_hand"] > 0
        assert not platform["objects"]["created"]
        assert not platform["objects"]["retired"]


def test_objects_and_quotas_of_what_is_new_and_of_what_is_gone():
    rule = (
        '\n[rules.boss]\nwhen = { field = "job-title", contains = "Director" }\npoints = { fit = 5 }\n'
        '\n[scores.fit]\nkind = "fit"\n'
    )
    there, back = on(SCHOOL, SCHOOL + rule), on(SCHOOL + rule, SCHOOL)
    assert there["pardot"]["objects"]["created"]
    assert there["pardot"]["objects"]["created"] == back["pardot"]["objects"]["retired"]
    (rules,) = [used for used in there["pardot"]["quotas"] if used["name"].startswith("automation rules")]
    assert rules["after"] > rules["before"]
    assert there["marketo"]["objects"]["created"]
    assert {one["kind"] for one in there["marketo"]["grave"]} <= {"score-fields", "helper-fields"}
    assert all("never deleted" in one["words"] for one in there["marketo"]["grave"])
    assert there["marketo"]["grave"]
    assert not back["marketo"]["grave"]
    by = {item["kind"]: item["by"] for item in there["marketo"]["objects"]["created"]}
    assert (by["score-fields"], by["smart-campaigns"]) == ("API", "hand")


def test_words_alone_change_no_object():
    found = on(SCHOOL, SCHOOL.replace("[rules.", "# a word\n[rules.", 1) + "\n# more words\n")
    assert found == {}


def test_what_cannot_be_built_is_told_with_its_reasons():
    found = on(HEAD, HEAD.replace("limit = { times = 1, per", "limit = { times = 3, per"))
    assert found["pardot"]["refused"]
    assert not found["pardot"]["steps"]


def test_a_new_spec_is_all_created():
    old, new = Side("nothing"), side(SCHOOL, "new")
    found = report(built(diff_of(old, new), old, new, ("pardot",)))["platforms"][0]
    assert found["objects"]["created"]
    assert not found["objects"]["changed"]


def test_a_large_model_is_compiled_when_it_is_asked_for():
    rules = "".join(
        f'\n[rules.more-{place}]\non = {{ submits = "contact" }}\npoints = {{ engagement = 1 }}\n'
        for place in range(MOST_ELEMENTS)
    )
    old, new = side(HEAD + rules, "old"), side(HEAD.replace("= 50 }", "= 60 }") + rules, "new")
    assert built(diff_of(old, new), old, new, ()).platforms == ()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with two versions and a project's file beside each: the older one has another edition."""
    for folder, edition, page in (("old", "growth", 1), ("new", "plus", 2)):
        place = tmp_path / folder
        place.mkdir()
        (place / "model.toml").write_text(SCHOOL.replace("\npage = 1\n", f"\npage = {page}\n"), "utf-8")
        (place / "scorewright.toml").write_text(f'[targets.pardot]\nedition = "{edition}"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_takes_the_projects_targets_unless_others_are_named(run, project):
    def targets(*words):
        _, printed, _ = run("diff", "new", "--base", "old", "--format", "json", *words)
        return [platform["target"] for platform in json.loads(printed)["diff"]["platforms"]]

    assert targets() == ["pardot"]
    assert targets("--target", "marketo") == ["marketo"]
    assert targets("--target", "pardot,marketo") == ["pardot", "marketo"]


def test_a_target_that_is_not_there_is_told(run, project):
    _, printed, _ = run("diff", "new", "--base", "old", "--target", "hubspot")
    assert "there is no target 'hubspot'" in printed
