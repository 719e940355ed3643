"""A model's life in the embedded unit, by the commands' own code: pushed, built, changed by a number, and taken away."""

from __future__ import annotations

import pytest

from tests.push.stage import Stage

MODEL = """
language = 1
[model]
id = "boss"
title = "Bosses"
timezone = "UTC"
counts_as_activity = ["visits", "submits"]
[fields]
title = { type = "text" }
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
[rules.boss]
when = { field = "title", is = "Boss" }
points = { lead = 20 }
"""
OLD, NEW = "sw/rules/boss/20", "sw/rules/boss/25"


@pytest.fixture
def stage(tmp_path):
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "model.toml").write_text(MODEL, encoding="utf-8")
    return Stage("pardot", tmp_path / "spec", lag=3.0)


def tags(stage):
    return {row[1] for shown in stage.sandbox.shown() if shown.title == "tags" for row in shown.rows}


def test_a_number_that_changes_leaves_the_old_tag_until_no_rule_names_it(stage):
    _, applied = stage.push()
    assert applied.whole
    assert tags(stage) == {OLD}
    stage.build()
    stage.sleep(5)
    assert not stage.plan().writes

    path = stage.folder / "model.toml"
    path.write_text(MODEL.replace("20", "25"), encoding="utf-8")
    _, applied = stage.push()
    assert applied.whole
    stage.sleep(5)
    assert [item.key.name for item in stage.plan().having("retire")] == [OLD]

    _, applied = stage.retire()  # a rule that a person has built still names it
    assert [key.name for key, _ in applied.refused] == [OLD]
    assert tags(stage) == {OLD, NEW}
    stage.build()
    _, applied = stage.retire()
    assert [key.name for _, key in applied.done] == [OLD]
    assert tags(stage) == {NEW}
    stage.sleep(5)
    assert not stage.plan().having("retire", "create", "change", "conflict", "unknown")
