"""Every example of every shipped model comes out as its writer worked it out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scorewright.checks.run import check_spec
from scorewright.semantics.examples import run_example

SPECS = sorted((Path(__file__).parent.parent.parent / "specs").glob("*/model.toml"))


@pytest.mark.parametrize("main", SPECS, ids=lambda path: path.parent.name)
def test_the_examples_hold(main: Path) -> None:
    model = check_spec(main.parent, today=date(2026, 11, 1)).model
    assert model is not None
    assert model.examples
    for example in model.examples.values():
        for outcome in run_example(model, example):
            assert outcome.held, f"{example.id} at {outcome.expectation.at}: {outcome.found}"
