"""Over the quota, each way out is tried and counted; what it promises is what it saves."""

from __future__ import annotations

from scorewright.plugin.notes import Result
from tests.pardot.making import CATEGORY, TOTAL, compile_text, objects

SPEC = (
    CATEGORY
    + """
[bands.class]
score = "lead"
field = "class"
cases = [{ label = "A", at_least = 50 }, { label = "B" }]
[fields]
class = { type = "text" }
"""
)
FACTS = "".join(
    f'[rules.r{number}]\nwhen = {{ field = "city", is = "{number}" }}\npoints = {{ lead = 1 }}\n'
    for number in range(5)
)
OPTIONS = "[targets.pardot]\nrange = { interest = 1000 }\n"


def rules_of(bundle):
    return len(objects(bundle, "automation-rules"))


def test_ways_out_are_told_by_what_they_save():
    bundle = compile_text(TOTAL, SPEC, FACTS, OPTIONS, rules_plus=10, rule_groups_most=1000)
    quota = bundle.quotas[0]
    assert (quota.used, quota.given) == (rules_of(bundle), 10)
    counts = [int(words.rpartition(": ")[2].split()[0]) for words in quota.savings]
    assert counts == sorted(counts, reverse=True)
    said = {
        words.partition(" = ")[0].partition(" (")[0]: count
        for words, count in zip(quota.savings, counts, strict=True)
    }
    assert said.keys() == {
        "keep", "leave out the field of bands.class: conditions ask the score itself: 2 fewer", "rest",
        "settle_days", "settle_form", "decays",
    }  # fmt: skip


def test_a_promise_is_kept():
    before = rules_of(compile_text(TOTAL, SPEC, FACTS, OPTIONS))
    savings = (
        compile_text(TOTAL, SPEC, FACTS, OPTIONS, rules_plus=10, rule_groups_most=1000).quotas[0].savings
    )

    def promised(words):
        return next(int(line.rpartition(": ")[2].split()[0]) for line in savings if line.startswith(words))

    assert before - promised("settle_days") == rules_of(
        compile_text(TOTAL, SPEC, FACTS, OPTIONS + "settle_days = 30")
    )
    assert before - promised("settle_form") == rules_of(
        compile_text(TOTAL, SPEC, FACTS, OPTIONS + 'settle_form = "digits"', rule_groups_most=1000)
    )
    assert before - promised("keep") == rules_of(
        compile_text(TOTAL, SPEC, FACTS.replace("points", "keep = true\npoints"), OPTIONS)
    )


def test_a_strategy_saves_what_it_says():
    before = rules_of(compile_text(TOTAL, SPEC, FACTS, OPTIONS))
    savings = compile_text(TOTAL, SPEC, FACTS, OPTIONS, rules_plus=10).quotas[0].savings
    for strategy in ("program", "keep"):
        start = f'decays = {{ quiet = "{strategy}" }}'
        (line,) = [words for words in savings if words.startswith(start)]
        after = rules_of(
            compile_text(
                TOTAL, SPEC, FACTS, OPTIONS + f'decays = {{ quiet = "{strategy}" }}\n', rules_plus=10
            )
        )
        assert before - after == int(line.rpartition(": ")[2].split()[0])


def test_what_there_are_no_programs_left_for_is_no_way_out():
    few = (
        compile_text(TOTAL, SPEC, FACTS, OPTIONS, rules_plus=10, repeating_programs_plus=0).quotas[0].savings
    )
    assert not [words for words in few if '"program"' in words]


def test_what_is_within_the_quota_is_not_tried():
    assert compile_text(TOTAL, SPEC, FACTS, OPTIONS).quotas[0].savings == ()


def test_what_is_chosen_already_is_no_way_out():
    options = OPTIONS + 'settle_days = 30\nsettle_form = "digits"\n'
    savings = compile_text(TOTAL, SPEC, FACTS, options, rules_plus=1, rule_groups_most=1000).quotas[0].savings
    assert not [words for words in savings if words.startswith("settle")]


FIT = """
[scores.fit]
kind = "fit"
[fields]
size = { type = "number" }
[tiers.size]
score = "fit"
field = "size"
cases = [{ at_least = 500, points = 15 }, { at_least = 100, points = 10 }]
[rules.home]
when = { field = "country", is = "FR" }
points = { fit = 5 }
[thresholds.fits]
when = { score = "fit", at_least = 15 }
then = [{ notify = "owner" }]
"""


def promised(bundle, words):
    line = next(line for line in bundle.quotas[0].savings if line.startswith(words))
    return int(line.rpartition(": ")[2].split()[0])


def test_a_formula_saves_what_it_says():
    before = compile_text(TOTAL, FIT, rules_plus=3)
    after = compile_text(TOTAL, FIT, '[targets.pardot]\nsums = { fit = "formula" }\n', rules_plus=3)
    assert rules_of(before) - promised(before, "sums") == rules_of(after)


def test_one_budget_for_all_categories_is_what_the_quota_leaves():
    second = CATEGORY.replace("interest", "trial").replace("demo", "try").replace("quiet", "still")
    second = (
        second.replace("[assets]\n", "")
        .replace("try = { form", "[assets.try]\nform")
        .replace('" }\n', '"\n', 1)
    )
    options = "[targets.pardot]\nrange = { interest = 1000, trial = 400 }\nsettle_days = 2\n"
    bundle = compile_text(TOTAL, CATEGORY, second, options, rules_plus=20)
    words = next(line for line in bundle.quotas[0].savings if line.startswith("settle_budget"))
    assert words.startswith("settle_budget = 20 in")
    after = compile_text(TOTAL, CATEGORY, second, options + "settle_budget = 20\n", rules_plus=20)
    assert rules_of(after) <= 20
    assert rules_of(bundle) - promised(bundle, "settle_budget") == rules_of(after)
    days = int(words.partition("settled in ")[2].split()[0])
    assert days > 2


def applied(words, options, parts):
    """The same spec with one way out taken, as its words say."""
    table = words.partition(" in [targets.pardot]")[0]
    if table != words:
        key = table.partition(" = ")[0]
        kept = "".join(line for line in options.splitlines(keepends=True) if not line.startswith(f"{key} = "))
        return kept + f"{table}\n", parts
    if words.startswith("keep = true"):
        facts = ("points = { lead = 1 }\n", "points = { fit = 5 }\n")
        for line in facts:
            parts = [part.replace(line, f"{line}keep = true\n") for part in parts]
        return options, parts
    assert words.startswith("leave out the field of bands.class")
    return options, [part.replace('field = "class"\n', "") for part in parts]


MONTHS = CATEGORY.replace("interest", "reading").replace("demo", "paper").replace("quiet", "fading")
MONTHS = MONTHS.replace("[assets]\npaper = { form", "[assets.paper]\nform").replace(
    '" }\n[scores', '"\n[scores'
)
MONTHS = MONTHS.replace('after = "60d", at_least = 1, set = 0', 'after = "30d", percent = 20')


def test_each_way_out_saves_what_it_says_and_loses_nothing():
    """Whatever is told: taken as it is written, it leaves exactly so many rules fewer, and nothing is refused."""
    parts = [
        TOTAL,
        SPEC,
        FACTS,
        FIT.replace("[fields]\n", "[fields.size]\n")
        .replace("size = { type", "type")
        .replace('"number" }', '"number"'),
        MONTHS,
    ]
    options = "[targets.pardot]\nrange = { interest = 1000, reading = 60 }\n"
    facts = {"rules_plus": 10, "rule_groups_most": 1000}
    before = compile_text(*parts, options, **facts)
    quota = before.quotas[0]
    over = f"{quota.used} of {quota.given}"
    assert len(quota.savings) >= 9, over
    for words in quota.savings:
        more, others = applied(words, options, parts)
        after = compile_text(*others, more, rules_plus=1000, rule_groups_most=1000)
        assert rules_of(before) - rules_of(after) == int(words.rpartition(": ")[2].split()[0]), words
        refused = {(item.element, item.name) for item in after.notes if item.result is Result.REFUSED}
        assert refused <= {
            (item.element, item.name) for item in before.notes if item.result is Result.REFUSED
        }, words


def test_the_dearest_elements_are_named_with_what_they_cost():
    bundle = compile_text(TOTAL, SPEC, FACTS, OPTIONS, rules_plus=10)
    made_for = [item.elements[0] for item in bundle.objects if item.kind == "automation-rules"]
    told = dict(bundle.quotas[0].dearest)
    assert told == {name: made_for.count(name) for name in told}
    assert max(made_for.count(name) for name in set(made_for)) == max(told.values())
