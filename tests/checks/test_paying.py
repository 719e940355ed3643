"""Points that are paid twice, never, or cut."""

from __future__ import annotations

import pytest

from tests.checks.specs import only


def messages(text, name, **more):
    return [finding.message for finding in only(text, name, **more)]


def rules(*events, points=("engagement = 5", "engagement = 9"), more=("", "")):
    return "".join(
        f"[rules.r{number}]\non = {{ {event} }}\npoints = {{ {given} }}\n{rest}\n"
        for number, (event, given, rest) in enumerate(zip(events, points, more, strict=True))
    )


def test_two_rules_for_one_form():
    (found,) = only(rules('submits = "contact"', 'submits = ["demo", "contact"]'), "paid-twice")
    assert found.path == ("rules", "r1", "on", "submits")
    assert found.message == "submits 'contact' earns points by 'r0' and by 'r1', for one event"
    assert found.related[0][0] == ("rules", "r0", "on")


def test_two_ids_for_one_form():
    assets = '[assets]\na = { form = "Contact us" }\nb = { form = ["Other", "contact us"] }\n'
    assert len(messages(assets + rules('submits = "a"', 'submits = "b"'), "paid-twice")) == 1
    other = assets.replace('{ form = "Contact us" }', '{ landing_page = "Contact us" }')
    assert messages(other + rules('submits = "a"', 'submits = "b"'), "paid-twice") == []


@pytest.mark.parametrize(
    ("events", "more"),
    [
        (('submits = "a"', 'submits = "b"'), {}),
        (('submits = "any-form"', 'submits = "a"'), {}),
        (('visits = "a"', 'visits = "a"'), {"more": ("", "limit = { times = 1 }")}),
        (('visits = "a"', 'visits = "a"'), {"more": ("", 'when = { field = "country", is = "France" }')}),
        (('visits = "a"', 'visits = "a"'), {"more": ("", 'wait = "1d"')}),
        (('visits = "a"', 'visits = "a"'), {"points": ("engagement = 5", "other = 5")}),
        (('visits = "a"', 'visits = "a"'), {"points": ("engagement = 5", "engagement = -5")}),
        (
            (
                'joins = "a", where = { status = { is = "A" } }',
                'joins = "a", where = { status = { is = "B" } }',
            ),
            {},
        ),
    ],
    ids=["assets", "any", "limit", "when", "wait", "score", "sign", "where"],
)
def test_two_rules_that_are_two(events, more):
    assert messages('[assets]\nany-c = { campaign = "X" }\n' + rules(*events, **more), "paid-twice") == []


def test_events_without_an_asset():
    assert messages(rules("searches = true", "searches = true"), "paid-twice") == [
        "searches earns points by 'r0' and by 'r1', for one event"
    ]


def test_one_asset_in_two_products_of_a_common_score():
    text = """
[products.a]
assets = { demo = "form" }

[products.b]
assets = { demo = "form" }

[rules.demo]
on = { submits = "demo" }
points = { engagement = 5 }
each = "product"

[assets]
form = { form = "Demo" }
"""
    assert messages(text, "paid-twice") == [
        "submits 'demo' earns points by 'demo@a' and by 'demo@b', for one event"
    ]


def test_a_rule_worth_nothing():
    text = '[rules.r]\non = { visits = "any-page" }\npoints = { engagement = 0 }\n'
    assert messages(text, "worth-nothing") == ["'r' is worth 0 in every score"]
    assert messages(text.replace("= 0 }", "= 0, other = 1 }"), "worth-nothing") == []
    assert messages(text + 'then = [{ notify = "owner" }]', "worth-nothing") == []


def test_a_rule_worth_nothing_for_one_product_is_not_worthless():
    text = """
[products.a]
values = { demo = 0 }

[products.b]
values = { demo = 5 }

[rules.demo]
on = { submits = "form" }
points = { engagement = "demo" }
each = "product"
"""
    assert messages(text, "worth-nothing") == []
    assert messages(text.replace("= 5 }", "= 0 }"), "worth-nothing") == ["'demo' is worth 0 in every score"]


GROUP = '[groups.web]\nscore = "engagement"\nlimit = { points = 20, per = "90d" }\n'
RULE = '[rules.r]\non = {{ visits = "any-page" }}\npoints = {{ engagement = 5 }}\nlimit = {{ {0} }}\ngroup = "web"\n'


@pytest.mark.parametrize(
    ("limit", "place"),
    [
        ('points = 20, per = "90d"', ("rules", "r", "limit", "points")),
        ('points = 15, per = "90d"', ("groups", "web", "limit", "points")),
        ('times = 4, per = "90d"', ("groups", "web", "limit", "points")),
        ("times = 1", ("groups", "web", "limit", "points")),
    ],
)
def test_a_limit_that_another_makes_idle(limit, place):
    assert place in [finding.path for finding in only(GROUP + RULE.format(limit), "limit-never-bites")]


@pytest.mark.parametrize(
    "limit",
    [
        'times = 5, per = "90d"',
        'points = 30, per = "30d"',
        'times = 1, each = "asset"',
        'times = 1, per = "calendar day"',
    ],
)
def test_limits_that_both_hold(limit):
    assert messages(GROUP + RULE.format(limit), "limit-never-bites") == []


def test_two_rules_fill_a_group():
    second = (
        RULE.format('points = 15, per = "90d"')
        .replace("rules.r", "rules.s")
        .replace("visits", "does")
        .replace("any-page", "act")
    )
    assert messages(GROUP + RULE.format('points = 15, per = "90d"') + second, "limit-never-bites") == []


def test_a_visit_starts_once():
    text = '[rules.r]\non = { starts_visit = true }\npoints = { engagement = 3 }\nlimit = { times = 1, per = "visit" }\n'
    (found,) = only(text, "limit-never-bites")
    assert found.path == ("rules", "r", "limit", "per")
    assert messages(text.replace('"visit"', '"1d"'), "limit-never-bites") == []


@pytest.mark.parametrize(
    ("within", "per", "found"),
    [
        ("7d", "1d", True),
        ("7d", "7d", False),
        ("7d", "30d", False),
        ("visit", "1d", False),
        ("7d", "calendar day", False),
    ],
)
def test_a_limit_shorter_than_the_count(within, per, found):
    text = f'[rules.r]\non = {{ visits = "any-page", at_least = 3, within = "{within}" }}\npoints = {{ engagement = 5 }}\n'
    text += f'limit = {{ times = 1, per = "{per}" }}\n'
    assert bool(messages(text, "limit-shorter-than-count")) is found


def test_a_limit_below_one_award():
    text = '[rules.r]\non = { visits = "any-page" }\npoints = { engagement = 10 }\nlimit = { points = 9, per = "7d" }\n'
    assert messages(text, "limit-below-one-award") == [
        "one award is 10 points, and the limit cuts the first one to 9"
    ]
    assert messages(text.replace("= 9", "= 10"), "limit-below-one-award") == []
