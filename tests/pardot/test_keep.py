"""A category that is kept as peak interest: nothing takes from it, and it is said by how much it shows more."""

from __future__ import annotations

import pytest

from scorewright.plugin.notes import Result
from tests.pardot.making import CATEGORY, TOTAL, compile_text, note, objects, rules

KEEP = '[targets.pardot]\nrange = { interest = 100 }\ndecays = { quiet = "keep" }\n'
READER = """
[thresholds.keen]
when = { score = "interest", at_least = 30 }
then = [{ notify = "owner" }]
"""


def test_nothing_is_built_and_the_difference_is_bounded():
    kept, built = compile_text(TOTAL, CATEGORY, KEEP), compile_text(TOTAL, CATEGORY)
    assert not [name for name in rules(kept) if "decay quiet" in name]
    assert [name for name in rules(built) if "decay quiet" in name]
    assert not objects(kept, "engagement-programs")
    found = note(kept, "decay.quiet", "kept-as-peak")
    assert found.result is Result.BOUNDED
    assert "100 points" in found.bound
    assert {(bound.gauge, bound.least, bound.most, bound.when) for bound in found.bounds} == {
        ("score interest", 0, 100, "any"),
        ("score interest", 0, None, "silent-twice"),
        ("score interest", 0, None, "above-range"),
    }


def test_who_reads_it_is_named():
    assert (
        "thresholds.keen read it so"
        in note(compile_text(TOTAL, CATEGORY, READER, KEEP), "decay.quiet", "kept-as-peak").bound
    )


def test_a_total_does_not_wait_for_what_never_comes_down():
    total = """
[decay.total]
score = "lead"
steps = [{ after = "90d", at_least = 3, set = 3 }]
"""
    waits, goes_on = (rules(compile_text(TOTAL, CATEGORY, total, options)) for options in ("", KEEP))
    criterion = "Prospect scoring category"
    (late,) = [row for name, row in waits.items() if "decay total" in name]
    (free,) = [row for name, row in goes_on.items() if "decay total" in name]
    assert criterion in str(late)
    assert criterion not in str(free)


@pytest.mark.parametrize(
    ("decay", "words"),
    [
        ('score = "lead"\nsteps = [{ after = "90d", at_least = 3, set = 3 }]', "one rule sets it"),
        ('score = "interest"\nsteps = [{ after = "90d", set = 5 }]', "may lift"),
        (
            'score = "interest"\nsteps = [{ after = "90d", at_least = 1, set = 1 }]\nthen = [{ notify = "owner" }]',
            "`then`",
        ),
    ],
)
def test_what_need_not_or_cannot_be_kept_is_refused(decay, words):
    bundle = compile_text(TOTAL, CATEGORY, f"[decay.other]\n{decay}\n", KEEP.replace("quiet", "other"))
    refused = note(bundle, "decay.other", "cannot-be-kept")
    assert refused.result is Result.REFUSED
    assert words in refused.message
    assert 'decays = { other = "bands" }' in refused.instead
