"""Each kind of score takes its keys and its awards; bounds hold something; nothing is made of itself."""

from __future__ import annotations

import pytest

from tests.checks.specs import names, only

PARTS = """
[scores.a]
kind = "engagement"
[scores.b]
kind = "fit"
"""


@pytest.mark.parametrize(
    ("kind", "key", "right"),
    [
        ("engagement", "start = 5", True),
        ("fit", "start = 5", False),
        ("combined", "start = 5", False),
        ("engagement", 'feeds = "a"', True),
        ("fit", 'feeds = "b"', True),
        ("combined", 'feeds = "a"', False),
        ("engagement", 'sum_of = ["a", "b"]', False),
        ("fit", "percent_of = { a = 50 }", False),
        ("combined", "percent_of = { a = 50 }", True),
    ],
)
def test_a_key_belongs_to_its_kinds(kind, key, right):
    parts = 'sum_of = ["a", "b"]' if kind == "combined" and "_of" not in key else ""
    text = f'{PARTS}\n[scores.s]\nkind = "{kind}"\n{parts}\n{key}'
    found = only(text, "key-of-another-kind")
    assert [finding.path for finding in found] == ([] if right else [("scores", "s", key.split(" ", 1)[0])])


@pytest.mark.parametrize(
    ("keys", "right"),
    [
        ("", False),
        ('sum_of = ["a"]', True),
        ("percent_of = { a = 50, b = 50 }", True),
        ('sum_of = ["a"]\npercent_of = { b = 50 }', False),
    ],
)
def test_a_combined_score_has_parts_in_one_way(keys, right):
    text = f'{PARTS}\n[scores.s]\nkind = "combined"\n{keys}'
    assert (only(text, "sum-or-shares") == []) is right


def test_one_score_is_the_overall_one():
    text = """
    [scores.a]
    kind = "engagement"
    overall = true
    [scores.b]
    kind = "fit"
    overall = true
    """
    (finding,) = only(text, "two-overall-scores")
    assert finding.path == ("scores", "b", "overall")
    assert finding.related == ((("scores", "a", "overall"), "the first one"),)


def test_a_score_for_each_product_is_overall_once_a_product():
    text = """
    [products.mba]
    [products.emba]
    [scores.interest]
    kind = "engagement"
    each = "product"
    overall = true
    """
    (finding,) = only(text, "two-overall-scores")
    assert "once for each product" in finding.message


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ("floor = 0\nceiling = 50", None),
        ("floor = 50\nceiling = 50\nstart = 50", None),
        ("floor = 51\nceiling = 50", "empty-range"),
        ("floor = -10", None),
        ("floor = 10", "start-outside-bounds"),
        ("floor = 10\nstart = 10", None),
        ("floor = 10\nstart = 9", "start-outside-bounds"),
        ("ceiling = 0", None),
        ("ceiling = -1", "start-outside-bounds"),
        ("ceiling = 50\nstart = 60", "start-outside-bounds"),
    ],
)
def test_a_start_lies_between_floor_and_ceiling(keys, rule):
    found = names(f'[scores.s]\nkind = "engagement"\n{keys}')
    assert [name for name in found if name in {"empty-range", "start-outside-bounds"}] == (
        [rule] if rule else []
    )


def test_a_floor_is_fine_where_nothing_starts():
    assert only('[scores.s]\nkind = "fit"\nfloor = 10', "start-outside-bounds") == []


def test_the_numbers_of_a_bound_are_named():
    text = '[values]\nhalf = 50\n[scores.s]\nkind = "engagement"\nfloor = "half"\nceiling = 20'
    (finding,) = only(text, "empty-range")
    assert finding.message == "the floor 'half' (50) lies above the ceiling 20"


def test_an_input_takes_a_number_between_its_bounds():
    text = (
        '[fields]\nn = { type = "number" }\n[inputs.i]\nfield = "n"\nscore = "fit"\nat_least = 9\nat_most = 3'
    )
    assert [finding.path for finding in only(text, "empty-range")] == [("inputs", "i", "at_least")]


# --- awards ---------------------------------------------------------------------------------------------------------

KINDS = """
[scores.count]
kind = "engagement"
[scores.hold]
kind = "fit"
[scores.both]
kind = "combined"
sum_of = ["count", "hold"]
[fields]
n = { type = "number" }
[model]
counts_as_activity = ["visits"]
"""
GIVERS = {
    "event": '[rules.r]\non = {{ visits = "any-page" }}\npoints = {{ {score} = 5 }}',
    "fact": "[rules.r]\nwhen = {{ mailable = true }}\npoints = {{ {score} = 5 }}",
    "tier": '[tiers.t]\nscore = "{score}"\nfield = "n"\ncases = [ {{ above = 5, points = 5 }} ]',
    "input": '[inputs.i]\nfield = "n"\nscore = "{score}"',
    "feeding engagement": '[scores.more]\nkind = "engagement"\nfeeds = "{score}"',
    "feeding fit": '[scores.more]\nkind = "fit"\nfeeds = "{score}"',
    "decay": '[decay.d]\nscore = "{score}"\nsteps = [ {{ after = "30d", subtract = 5 }} ]',
    "reset": '[rules.r]\non = {{ visits = "any-page" }}\nthen = [ {{ reset = "{score}", to = 0 }} ]',
}


@pytest.mark.parametrize(
    ("giver", "count", "hold", "both"),
    [
        ("event", None, "only-engagement-counts", "points-for-a-combined-score"),
        ("fact", None, None, "points-for-a-combined-score"),
        ("tier", None, None, "points-for-a-combined-score"),
        ("input", None, None, "points-for-a-combined-score"),
        ("feeding engagement", None, "only-engagement-counts", "points-for-a-combined-score"),
        ("feeding fit", None, None, "points-for-a-combined-score"),
        ("decay", None, "only-engagement-counts", "only-engagement-counts"),
        ("reset", None, "only-engagement-counts", "only-engagement-counts"),
    ],
)
def test_what_moves_which_kind_of_score(giver, count, hold, both):
    for score, rule in (("count", count), ("hold", hold), ("both", both)):
        text = KINDS + GIVERS[giver].format(score=score)
        found = [
            name for name in names(text) if name in {"only-engagement-counts", "points-for-a-combined-score"}
        ]
        assert found == ([rule] if rule else []), score


def test_the_score_of_a_copy_is_named_by_its_id():
    text = """
    [products.mba]
    [products.emba]
    [scores.fit]
    kind = "fit"
    each = "product"
    [rules.r]
    on = { visits = "any-page" }
    points = { fit = 5 }
    each = "product"
    """
    (finding,) = only(text, "only-engagement-counts")  # once, though there are two copies
    assert finding.path == ("rules", "r", "points", "fit")
    assert "'fit'" in finding.message


# --- facts in an engagement score -----------------------------------------------------------------------------------

FACT = '[rules.f]\nwhen = { field = "country", is = "France" }\npoints = { count = 20 }\n'
COUNT = '[model]\ncounts_as_activity = ["visits"]\n[scores.count]\nkind = "engagement"\n'


@pytest.mark.parametrize(
    ("more", "advised"),
    [
        ("", False),
        (GIVERS["decay"].format(score="count"), True),
        (GIVERS["reset"].format(score="count"), True),
        ("[scores.other]\nkind = 'engagement'\nfeeds = 'count'", False),
    ],
)
def test_facts_are_advised_against_only_where_the_score_forgets(more, advised):
    found = only(COUNT + FACT + more, "facts-in-engagement")
    assert [finding.path for finding in found] == ([("scores", "count", "kind")] if advised else [])


def test_a_bound_forgets_too_and_what_is_kept_is_never_taken_back():
    bound = COUNT + "ceiling = 40\n"
    assert len(only(bound + FACT, "facts-in-engagement")) == 1
    assert only(bound + FACT + "keep = true", "facts-in-engagement") == []


def test_one_advice_for_many_facts():
    facts = "".join(FACT.replace("rules.f", f"rules.f{n}") for n in range(3))
    (finding,) = only(COUNT + "ceiling = 40\n" + facts, "facts-in-engagement")
    assert "3 facts give points to 'count'" in finding.message
