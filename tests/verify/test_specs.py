"""Every model that ships is proven at small effort; ``python -m tests.verify`` does it in full."""

from __future__ import annotations

import pytest

from scorewright.plugin.registry import load
from scorewright.verify import report
from scorewright.verify.run import verify
from tests.verify.shipped import SPECS, TARGETS, compiled, task_of

LIVES_A_WORLD = 8
"""How many lives look for one that a fact changes: most of them are changed by what it changes at all."""


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("spec", SPECS)
def test_what_a_shipped_model_compiles_to_does_what_it_means(spec, target):
    made = compiled(spec, target)
    if not made.files:
        assert made.diagnostics  # refused, with reasons: tests/test_models.py says which compile
        return
    verdict = verify(task_of(made)._replace(worlds=LIVES_A_WORLD), load(target), jobs=1, most_shown=1)
    assert verdict.holds, report.as_text(verdict, f"specs/{spec}")
