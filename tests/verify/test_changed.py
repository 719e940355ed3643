"""A few changes by chance, proven on both platforms; python -m tests.verify.changed tries as many as one likes."""

from __future__ import annotations

import pytest

from tests.making.change import change
from tests.making.choose import Choose
from tests.verify.changed import CHANGES, changed, row

_SPECS = (
    "an award is given twice",
    "an award has a form more",
    "a tier's case lifts over the threshold",
    "a fact is kept for good",
    "a field shows another worth",
    "a step more",
    "decay stops elsewhere",
    "a threshold is lowered",
    "a segment is of others",
    "a limit in points is filled up",
)


@pytest.mark.parametrize("target", CHANGES)
def test_changes_by_chance_are_proven_or_refused_with_a_reason(target):
    found = [
        changed(seed, target, row(name, newer=seed % 2 == 0), stride=41) for seed, name in enumerate(_SPECS)
    ]
    assert not [item for item in found if item.word.isupper()]
    assert sum(item.word == "holds" for item in found) >= 3


def test_a_change_changes_its_copy_alone_and_says_what():
    data = row(_SPECS[2], newer=True).data
    before = repr(data)
    fresh = [change(Choose.seeded(seed), data) for seed in range(60)]
    assert repr(data) == before
    assert all(words for changed_, words in fresh if changed_ != data)
    assert len({words for _, words in fresh}) > 20
