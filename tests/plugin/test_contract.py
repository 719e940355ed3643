"""The contract: the features, what a model uses of them, the registry."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scorewright.model.read import read
from scorewright.plugin import registry
from scorewright.plugin.features import FEATURES
from scorewright.plugin.target import API_VERSION, Target
from scorewright.plugin.usage import features_used
from tests.compiling.fake_target import FakeTarget

ROOT = Path(__file__).parent.parent.parent
HEAD = """
language = 1
[model]
id = "m"
title = "M"
timezone = "UTC"
counts_as_activity = ["visits"]
[scores.s]
kind = "engagement"
overall = true
"""


def used(text: str) -> set[str]:
    reading = read(tomllib.loads(HEAD + text))
    assert reading.findings == ()
    assert reading.model is not None
    return {use.feature for use in features_used(reading.model)}


def test_feature_ids_are_unique_and_plain() -> None:
    ids = [feature.id for feature in FEATURES]
    assert len(ids) == len(set(ids))
    assert all(feature.id == feature.id.lower() and " " not in feature.id for feature in FEATURES)


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ('[rules.a]\non = { opens = "any-email" }\npoints = { s = -1 }', {"event-opens", "points-negative"}),
        (
            '[rules.a]\non = { visits = "any-page" }\npoints = { s = 1 }\nlimit = { times = 2, per = "calendar day" }',
            {"limit-n-per-window", "limit-calendar"},
        ),
        (
            '[rules.a]\non = { visits = "any-page" }\npoints = { s = 1 }\nlimit = { points = 9, each = "asset" }',
            {"limit-points", "limit-by-asset"},
        ),
        (
            '[rules.a]\nwhen = { field = "job-title", contains_word = "VP" }\npoints = { s = 1 }',
            {"when-word", "points-fact"},
        ),
        (
            '[decay.d]\nscore = "s"\nsteps = [{ after = "180d", every = "30d", above = 3, percent = 10 }]',
            {"decay-percent", "decay-long", "decay-every", "decay-level", "decay-activity"},
        ),
        (
            """
            [thresholds.t]
            when.all = [
              { score = "s", above = 1 },
              { any = [{ crm = "lead" }, { all = [{ mailable = true }, { assigned = true }] }] },
            ]
            then = [{ moment = "x" }]
            """,
            {"threshold-gates", "when-nested", "when-crm", "when-mailable", "when-assigned", "action-moment"},
        ),
    ],
)
def test_what_a_model_uses_is_found(text: str, features: set[str]) -> None:
    assert features <= used(text)


def test_every_feature_found_is_in_the_table() -> None:
    known = {feature.id for feature in FEATURES}
    for main in sorted((ROOT / "specs").glob("*/model.toml")):
        reading = read(tomllib.loads(main.read_text()))
        assert reading.model is not None
        assert {use.feature for use in features_used(reading.model)} <= known


def test_a_use_tells_its_element_and_its_place() -> None:
    text = (
        HEAD + '[rules.a]\non = { any = [{ visits = "any-page" }, { searches = true }] }\npoints = { s = 1 }'
    )
    model = read(tomllib.loads(text)).model
    assert model is not None
    (use,) = (use for use in features_used(model) if use.feature == "event-searches")
    assert (use.element, use.path) == ("rules.a", ("rules", "a", "on", "any", 1))


def test_the_built_in_targets_are_the_declared_ones() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["entry-points"][registry.GROUP] == registry.BUILTIN


@pytest.mark.parametrize("name", registry.BUILTIN)
def test_a_built_in_target_loads_and_answers_for_every_feature(name: str) -> None:
    target = registry.load(name)
    assert isinstance(target, Target)
    assert target.name == name
    assert [capability.feature for capability in target.capabilities()] == [
        feature.id for feature in FEATURES
    ]


def test_a_target_of_another_contract_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        registry, "_import", lambda reference: FakeTarget(api_version=(API_VERSION[0] + 1, 0))
    )
    with pytest.raises(registry.WrongApiError, match=r"version 2\.0"):
        registry.load("pardot")


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(registry.UnknownTargetError):
        registry.load("no-such-platform")
