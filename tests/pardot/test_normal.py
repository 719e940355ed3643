"""A tree of criteria that is spread out means the same, has two levels, and stays small."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scorewright_pardot.lower.expression import Node, both, either, leaf
from scorewright_pardot.lower.normal import two_levels
from scorewright_pardot.objects import Criterion

LEAVES = [leaf("tag", name, "is") for name in "abcd"]
TREES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(
        lambda join, members: join(*members),
        st.sampled_from([both, either]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)


def holds(tree, tags):
    if isinstance(tree, Criterion):
        return tree.of in tags
    return (all if tree.match == "all" else any)(holds(item, tags) for item in tree.members)


def levels(tree):
    return 0 if isinstance(tree, Criterion) else 1 + max(map(levels, tree.members), default=0)


@given(TREES)
def test_it_means_the_same_in_two_levels(tree):
    found = two_levels(tree)
    assert found is not None
    assert levels(found) <= 2
    for some in product((0, 1), repeat=4):
        tags = {item.of for item, on in zip(LEAVES, some, strict=True) if on}
        assert holds(found, tags) == holds(tree, tags)


def test_what_fits_stays_as_it_is():
    tree = either(both(LEAVES[0], LEAVES[1]), LEAVES[2])
    assert two_levels(tree) is tree


def test_what_would_be_too_large_is_left_to_lists():
    tree = either(
        *(
            both(
                *(Node("any", tuple(leaf("tag", f"{a}{b}{c}", "is") for c in range(3))) for b in range(2)),
                leaf("list", str(a), "is"),
            )
            for a in range(4)
        )
    )
    assert two_levels(tree) is None
