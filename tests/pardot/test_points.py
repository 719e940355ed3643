from __future__ import annotations

import pytest

from scorewright_pardot.lower.overlaps import holds
from tests.pardot.making import HEAD, TOTAL, compile_text, leaves, note, notes, objects, rules
from tests.pardot.platform import Person, Platform

ASSETS = """
[assets]
contact = { form = "Contact us" }
demo = { form = "Demo" }
pricing = { pages = "/pricing" }
blog = { pages = "/blog", match = "starts_with" }
guide = { file = "Guide" }
meeting = { webinar = ["May", "June"] }
"""


def rule(name, on, points=10, more="", score="lead"):
    return f"[rules.{name}]\non = {on}\npoints = {{ {score} = {points} }}\n{more}\n"


def row(bundle, label):
    return objects(bundle, "baseline-scoring")[label]["points"]


def on_form(bundle, name="form: Contact us"):
    return [(act["of"], act["value"]) for act in objects(bundle, "completion-actions")[name]["actions"]]


def test_rows_that_the_spec_does_not_name_pay_nothing():
    bundle = compile_text(TOTAL, rule("page", '{ visits = "any-page" }', 1))
    assert row(bundle, "Page View") == 1
    assert {row(bundle, label) for label in objects(bundle, "baseline-scoring") if label != "Page View"} == {
        0
    }


def test_a_form_counts_in_all_three_rows():
    bundle = compile_text(TOTAL, rule("form", '{ submits = "any-form" }', 50))
    rows = ("Form Submission", "Form Handler Submission", "Landing Page Success")
    assert [row(bundle, label) for label in rows] == [50, 50, 50]


def test_an_asset_gets_what_the_row_does_not_pay():
    bundle = compile_text(
        TOTAL,
        ASSETS,
        rule("any", '{ submits = "any-form" }', 10),
        rule("contact", '{ submits = "contact" }', 40),
    )
    assert on_form(bundle) == [("By", "+40")]
    page = compile_text(
        TOTAL, ASSETS, rule("any", '{ visits = "any-page" }', 1), rule("p", '{ visits = "pricing" }', 10)
    )
    assert objects(page, "page-actions")["SW rules p: /pricing"]["actions"] == [
        {"action": "Adjust Prospect Score", "of": "By", "value": "+10"}
    ]


def test_several_rules_on_one_asset_share_one_completion_action():
    bundle = compile_text(
        TOTAL, ASSETS, rule("one", '{ submits = "contact" }', 40), rule("two", '{ submits = "contact" }', -5)
    )
    assert on_form(bundle) == [("By", "+35")]
    made = next(item for item in bundle.objects if item.kind == "completion-actions")
    assert set(made.elements) == {"rules.one", "rules.two"}


def test_what_an_exception_must_not_get_is_taken_back_and_bounded():
    bundle = compile_text(TOTAL, ASSETS, rule("any", '{ submits = "any-form", except = ["contact"] }', 50))
    assert on_form(bundle) == [("By", "-50")]
    assert (
        note(bundle, "rules.any", "row-taken-back").bound
        == "50 points too many for each event whose action is lost"
    )
    worth_more = compile_text(
        TOTAL,
        ASSETS,
        rule("any", '{ submits = "any-form", except = ["contact"] }', 10),
        rule("contact", '{ submits = "contact" }', 50),
    )
    assert on_form(worth_more) == [("By", "+40")]
    assert notes(worth_more, "rules.any") == [("baseline", "exact")]


def test_a_pattern_of_pages_is_a_page_action_and_of_forms_is_refused():
    bundle = compile_text(TOTAL, ASSETS, rule("blog", '{ visits = "blog" }', 2))
    assert objects(bundle, "page-actions")["SW rules blog: /blog"]["match"] == "starts_with"
    forms = compile_text(
        TOTAL, '[assets]\nf = { form = "Con", match = "contains" }', rule("f", '{ submits = "f" }')
    )
    assert notes(forms, "rules.f") == [("asset-needs-a-name", "refused")]


WITHIN = """
[assets]
blog = { pages = "/blog", match = "starts_with" }
post = { pages = "www.example.com/blog/post" }
pricing = { pages = "/pricing" }
team = { pages = "/Team", match = "contains" }
"""


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ('{ visits = ["blog", "post"] }', {"/blog": 10}),
        ('{ visits = ["any-page", "pricing"] }', {}),
        ('{ visits = "any-page", except = ["blog", "post"] }', {"/blog": -10}),
        ('{ any = [{ visits = "any-page", except = "pricing" }, { visits = "any-page" }] }', {}),
        ('{ any = [{ visits = "any-page", except = "pricing" }, { visits = "pricing" }] }', {}),
        (
            '{ any = [{ visits = "any-page", except = "blog" }, { visits = "post" }] }',
            {"/blog": -10, "www.example.com/blog/post": 10},
        ),
    ],
)
def test_an_event_pays_a_rule_once_however_many_of_its_assets_it_is(on, expected):
    bundle = compile_text(TOTAL, WITHIN, rule("happens", on))
    actions = objects(bundle, "page-actions").values()
    assert {item["path"]: int(item["actions"][0]["value"]) for item in actions} == expected


@pytest.mark.parametrize(
    ("wide", "place", "expected"),
    [
        (("/blog", "starts_with"), ("/blog/post", "is"), True),
        (("/blog/", "starts_with"), ("/blog-post", "is"), False),
        (("/blog/", "starts_with"), ("/Blog", "is"), True),
        (("/blog/", "starts_with"), ("/blog", "starts_with"), False),
        (("/blog", "starts_with"), ("/blog/", "starts_with"), True),
        (("a.example/blog", "starts_with"), ("/blog/post", "is"), False),
        (("/blog", "is"), ("https://a.example/blog/?x=1", "is"), True),
        (("a.example/blog", "is"), ("b.example/blog", "is"), False),
        (("team", "contains"), ("/my-team/x", "is"), True),
        (("team", "contains"), ("/my-teams", "contains"), True),
        (("team", "contains"), ("/my-teams", "starts_with"), True),
        (("team", "contains"), ("team.example/blog", "starts_with"), False),
        (("team", "contains"), ("/team.pdf", "ends_with"), True),
        (("teams", "contains"), ("/my-team", "starts_with"), False),
        (("team", "ends_with"), ("/my-team", "starts_with"), False),
        (("team", "ends_with"), ("/my-team", "is"), True),
        (("team", "ends_with"), ("/team/x", "is"), False),
        (("/blog", "is"), ("/blog", "starts_with"), False),
    ],
)
def test_one_page_lies_within_another_as_the_language_compares_them(wide, place, expected):
    assert holds(("pages", *wide), ("pages", *place)) is expected


def test_pages_that_two_patterns_may_take_are_refused():
    bundle = compile_text(TOTAL, WITHIN, rule("happens", '{ visits = ["blog", "team"] }'))
    assert notes(bundle, "rules.happens") == [("asset-needs-a-name", "refused")]


EXCEPT = (
    '[assets]\nblog = { pages = "/blog", match = "starts_with" }\npost = { pages = "/blog/post" }\n'
    'price = { pages = "price", match = "contains" }\nprices = { pages = "/prices" }\na = { form = "A" }\nb = { form = "B" }\n'
    'x = { event = "X" }\ny = { event = "Y" }\n'
)


def test_what_a_rule_leaves_out_of_a_pattern_that_it_names_is_given_back_there():
    bundle = compile_text(TOTAL, EXCEPT, rule("happens", '{ visits = "blog", except = ["post", "prices"] }'))
    actions = objects(bundle, "page-actions").values()
    assert {item["path"]: int(item["actions"][0]["value"]) for item in actions} == {
        "/blog": 10,
        "/blog/post": -10,
    }


def test_an_asset_that_is_left_out_again_earns_nothing():
    bundle = compile_text(TOTAL, EXCEPT, rule("happens", '{ submits = ["a", "b"], except = "b" }'))
    assert list(objects(bundle, "completion-actions")) == ["form: A"]
    asked = '[rules.was]\nwhen = { attended = ["x", "y"], except = "x" }\npoints = { lead = 1 }\n'
    assert "X" not in str(rules(compile_text(TOTAL, EXCEPT, asked))["SW rules was: give"])


def test_what_is_not_remembered_at_all_is_no_way_out_of_a_count():
    mails = '[assets]\nm = { email = "M" }\n[rules.was]\nwhen = { opened = "m", at_least = 3 }\npoints = { lead = 1 }\n'
    assert note(compile_text(TOTAL, mails), "rules.was", "no-count-of-it").instead.startswith(
        "count named forms"
    )
    pages = mails.replace("email", "pages").replace("opened", "visited").replace('"M"', '"/m"')
    assert note(compile_text(TOTAL, pages), "rules.was", "no-count-of-it").instead.startswith("ask whether")


@pytest.mark.parametrize(
    "on",
    [
        '{ visits = "blog", except = "price" }',
        '{ visits = "post", except = "blog" }',
    ],
)
def test_what_is_left_out_beside_a_pattern_or_whole_is_refused(on):
    found = note(compile_text(TOTAL, EXCEPT, rule("happens", on)), "rules.happens", "asset-needs-a-name")
    assert found.path == ("rules", "happens", "on")
    once = rule("happens", '{ visits = "blog", except = "post" }', 10, "limit = { times = 1 }")
    assert notes(compile_text(TOTAL, EXCEPT, once), "rules.happens") == [("asset-needs-a-name", "refused")]


def test_a_condition_on_every_event_is_refused_with_a_way_out():
    bundle = compile_text(TOTAL, rule("page", '{ visits = "any-page" }', 1, "when = { assigned = true }"))
    found = note(bundle, "rules.page", "when-on-every-event")
    assert found.path == ("rules", "page", "when")
    assert "times = 1" in found.instead


def test_opens_follow_the_fact_about_the_first_open():
    spec = (TOTAL, rule("open", '{ opens = "any-email" }', 2))
    assert notes(compile_text(*spec), "rules.open") == [("only-first-opens", "bounded")]
    assert notes(compile_text(*spec, opens_count_once=False), "rules.open") == [("baseline", "exact")]
    once = rule("open", '{ opens = "any-email" }', 2, 'limit = { times = 1, each = "asset" }')
    assert notes(compile_text(TOTAL, once), "rules.open") == [("baseline", "exact")]
    assert row(compile_text(TOTAL, once), "Email Open") == 2


# --- categories -----------------------------------------------------------------------------------------------------

GATE = '[thresholds.t]\nwhen = { score = "interest", at_least = 5 }\nthen = [{ notify = "owner" }]\n'
INTEREST = '[scores.interest]\ntitle = "Interest"\nkind = "engagement"\nfeeds = "lead"\n'


def test_a_category_is_paid_through_its_folder_when_the_row_agrees():
    bundle = compile_text(
        TOTAL,
        INTEREST,
        ASSETS,
        rule("any", '{ submits = "any-form", except = ["demo"] }', 50),
        rule("demo", '{ submits = "demo" }', 50, score="interest"),
    )
    category = objects(bundle, "scoring-categories")["Interest"]
    assert category["assets"] == [{"kind": "form", "name": "Demo"}]
    assert "completion-actions" not in {item.kind for item in bundle.objects}
    assert [str(item.result) for item in bundle.notes if item.element.startswith("rules.")] == [
        "exact",
        "exact",
    ]


def test_a_category_that_needs_other_points_waits_for_a_probe():
    spec = (
        TOTAL,
        INTEREST,
        ASSETS,
        rule("any", '{ submits = "any-form" }', 10),
        rule("demo", '{ submits = "demo" }', 25, score="interest"),
    )
    assert notes(compile_text(*spec), "rules.demo") == [("category-needs-its-row", "refused")]
    probed = {"completion_actions_move_categories": True}
    apart = compile_text(*spec, **probed, category_adjust_moves_overall=False)
    assert [
        (act["of"], act["value"]) for act in objects(apart, "completion-actions")["form: Demo"]["actions"]
    ] == [
        ("Interest", "+25"),
        ("By", "+25"),
    ]
    coupled = compile_text(*spec, **probed, category_adjust_moves_overall=True)
    assert on_form(coupled, "form: Demo") == [("Interest", "+25")]
    assert notes(compile_text(*spec, **probed), "rules.demo") == [("category-may-move-total", "bounded")]


def test_page_views_do_not_feed_categories():
    page = rule("p", '{ visits = "pricing" }', 5, score="interest")
    unread = compile_text(TOTAL, INTEREST, ASSETS, page)
    assert notes(unread, "scores.interest") == [("score-not-kept-apart", "bounded")]
    assert note(unread, "model", "unknown-people-unseen").bound.endswith(
        "rules.p: 5 points less for each event"
    )
    read = compile_text(TOTAL, INTEREST, ASSETS, page, GATE)
    assert notes(read, "rules.p") == [("category-sees-no-such-event", "refused")]


def test_growth_has_no_categories():
    options = '[targets.pardot]\nedition = "growth"\n'
    once = rule("d", '{ submits = "demo" }', 5, "limit = { times = 1 }", score="interest")
    bundle = compile_text(TOTAL, INTEREST, ASSETS, once, GATE, options)
    for element in ("scores.interest", "rules.d", "thresholds.t"):
        assert notes(bundle, element) == [("categories-need-plus", "refused")]
    assert "growth" in bundle.quotas[0].name
    assert bundle.quotas[0].given == 50


def test_a_score_without_an_overall_one_leaves_other_rows_alone():
    bundle = compile_text(
        '[scores.interest]\nkind = "engagement"\n',
        ASSETS,
        rule("d", '{ submits = "demo" }', 10, score="interest"),
    )
    assert set(objects(bundle, "baseline-scoring")) == {
        "Form Submission",
        "Form Handler Submission",
        "Landing Page Success",
    }
    assert notes(bundle, "rules.d") == [("carriers", "exact")]


# --- limits ---------------------------------------------------------------------------------------------------------


def test_once_pays_once_however_often_it_is_done():
    bundle = compile_text(TOTAL, ASSETS, rule("c", '{ submits = "contact" }', 50, "limit = { times = 1 }"))
    platform, person = Platform(bundle), Person()
    platform.days(person, 0, 3)
    assert person.score == 0
    for day in (4, 5, 40):
        person.tags.add("sw/rules/c/contact/hit")
        platform.days(person, day, day)
    assert person.score == 50
    assert "sw/rules/c/50" in person.tags
    assert row(bundle, "Form Submission") == 0


def test_once_for_each_asset_is_a_rule_for_each():
    bundle = compile_text(
        TOTAL, ASSETS, rule("w", '{ attends = "meeting" }', 20, 'limit = { times = 1, each = "asset" }')
    )
    assert len(rules(bundle)) == 2
    assert len(objects(bundle, "static-lists")) == 2
    assert notes(bundle, "rules.w") == [("earlier-ones-never-earn", "bounded")]
    criteria = [rule["criteria"][0]["of"] for rule in rules(bundle).values()]
    assert criteria == ["May", "June"]


def test_the_first_three_are_counted_by_a_field():
    bundle = compile_text(TOTAL, ASSETS, rule("c", '{ submits = "contact" }', 5, "limit = { times = 3 }"))
    field = next(iter(objects(bundle, "custom-fields")))
    platform, person = Platform(bundle), Person()
    for count in range(1, 8):
        person.fields[field] = str(count)
        platform.days(person, count, count)
    assert person.score == 15
    assert notes(bundle, "rules.c") == [("automation-rules", "exact")]
    refused = compile_text(
        TOTAL,
        ASSETS,
        rule("c", '{ submits = "contact" }', 5, "limit = { times = 3 }"),
        increment_completion_action=False,
    )
    assert notes(refused, "rules.c")[0][1] == "refused"


def test_points_for_ever_are_counted_by_a_field_and_the_last_award_gives_what_still_fits():
    more = "limit = { points = 25 }"
    bundle = compile_text(TOTAL, ASSETS, rule("c", '{ submits = "contact" }', 10, more))
    field = next(iter(objects(bundle, "custom-fields")))
    platform, person, scores = Platform(bundle), Person(), []
    for count in range(1, 6):
        person.fields[field] = str(count)
        platform.days(person, count, count)
        scores.append(person.score)
    assert scores == [10, 20, 25, 25, 25]
    assert notes(bundle, "rules.c") == [("automation-rules", "exact")]
    once = compile_text(TOTAL, ASSETS, rule("c", '{ submits = "any-form" }', 50, more))
    (only,) = rules(once).values()
    assert {"action": "Adjust Prospect Score", "of": "By", "value": "+25"} in only["actions"]


def test_views_of_a_page_are_counted_where_page_actions_can():
    third = rule("c", '{ visits = "pricing", at_least = 3 }', 10, "limit = { times = 1 }")
    assert notes(compile_text(TOTAL, ASSETS, third), "rules.c") == [("asset-needs-a-name", "refused")]
    bundle = compile_text(TOTAL, ASSETS, third, page_actions_increment=True)
    (page,) = objects(bundle, "page-actions").values()
    assert [item["action"] for item in page["actions"]] == ["Increment prospect field value"]
    assert rules(bundle)


def test_once_in_thirty_days_is_bounded_and_pays_at_most_once_too_often():
    more = 'limit = { times = 1, per = "30d" }'
    bundle = compile_text(TOTAL, ASSETS, rule("c", '{ submits = "contact" }', 50, more))
    assert notes(bundle, "rules.c") == [("once-per-window-late", "bounded")]
    platform, person = Platform(bundle), Person()
    for day in range(121):
        if day in {0, 10}:
            person.tags.add("sw/rules/c/contact/hit")
        platform.days(person, day, day)
    assert person.score == 100


@pytest.mark.parametrize(
    "more",
    [
        'limit = { times = 2, per = "30d" }',
        'limit = { times = 1, per = "calendar day" }',
        'limit = { points = 20, per = "30d" }',
        'limit = { times = 1, per = "visit" }',
    ],
)
def test_limits_that_need_a_clock_a_person_are_refused(more):
    bundle = compile_text(TOTAL, ASSETS, rule("c", '{ submits = "contact" }', 10, more))
    found = note(bundle, "rules.c", "limit-needs-a-clock")
    assert found.path == ("rules", "c", "limit")
    assert found.instead


def test_people_outside_collect_points_and_are_not_handed_over():
    segment = '[segments.staff]\nwhen = { field = "email-domain", is = "us.example" }\n'
    threshold = '[thresholds.t]\nwhen = { score = "lead", at_least = 10 }\nthen = [{ notify = "owner" }]\n'
    head = HEAD.replace("timezone", 'exclude = ["staff"]\ntimezone')
    bundle = compile_text(TOTAL, segment, threshold, rule("page", '{ visits = "any-page" }', 1), head=head)
    assert notes(bundle, "model")[-1] == ("outsiders-collect-points", "bounded")
    for email, calls in (("a@us.example", 0), ("a@else.example", 1)):
        person = Person(score=20, fields={"Email": email})
        Platform(bundle).days(person, 0, 2)
        assert len(person.done) == calls


def test_a_state_that_is_scored_every_time_is_paid_once_for_each_asset():
    bundle = compile_text(TOTAL, ASSETS, rule("w", '{ attends = "meeting" }', 20))
    assert ("only-the-first-for-each", "bounded") in notes(bundle, "rules.w")
    assert len(rules(bundle)) == 2
    joined = '{ joins = "fair", where = { status = { is = "Visited booth" } } }'
    campaign = compile_text(TOTAL, '[assets]\nfair = { campaign = "Fair" }\n', rule("b", joined, 5))
    asked = next(iter(rules(campaign).values()))["criteria"][0]
    assert asked == {
        "criterion": "Prospect CRM campaign status",
        "of": "Fair",
        "operator": "is",
        "value": "Visited booth",
    }


def test_a_change_is_seen_once_by_what_the_field_has_become():
    fields = '[fields]\nopt-in = { type = "yes_no" }\n'
    more = 'when = { field = "opt-in", is = true }\nlimit = { times = 1 }'
    bundle = compile_text(TOTAL, fields, rule("o", '{ changes = "opt-in" }', 5, more))
    platform, person = Platform(bundle), Person()
    for day, value in enumerate(("", "Yes", "No", "Yes")):
        person.fields["opt in"] = value
        platform.days(person, 2 * day, 2 * day + 1)
    assert person.score == 5
    assert notes(bundle, "rules.o") == [("earlier-ones-never-earn", "bounded")]
    unasked = compile_text(TOTAL, fields, rule("o", '{ changes = "opt-in" }', 5, "limit = { times = 1 }"))
    assert notes(unasked, "rules.o") == [("no-criterion-for-it", "refused")]


def test_a_single_form_that_fails_is_refused_since_its_actions_run_on_success():
    bundle = compile_text(TOTAL, ASSETS, rule("f", '{ fails = "contact" }', -5))
    assert notes(bundle, "rules.f") == [("no-event-for-it", "refused")]
    assert not objects(bundle, "completion-actions")
    anywhere = compile_text(TOTAL, rule("f", '{ fails = "any-form" }', -5))
    assert row(anywhere, "Landing Page Error") == -5


def test_an_award_counts_in_the_total_as_often_as_the_sum_holds_it():
    scores = """
[scores.total]
kind = "combined"
overall = true
sum_of = ["a", "b"]
[scores.a]
kind = "engagement"
feeds = "b"
[scores.b]
kind = "engagement"
"""
    bundle = compile_text(scores, rule("page", '{ visits = "any-page" }', 3, score="a"))
    assert row(bundle, "Page View") == 6


WEIGHTED = """
[scores.person]
kind = "combined"
overall = true
percent_of = { web = 50, mail = 200 }
[scores.web]
kind = "engagement"
[scores.mail]
kind = "engagement"
"""


def test_a_weighted_sum_is_paid_by_the_weighted_points_where_they_are_whole():
    web, mail = (
        rule("page", '{ visits = "any-page" }', 4, score="web"),
        rule("click", '{ clicks = "any-email" }', 3, score="mail"),
    )
    bundle = compile_text(WEIGHTED, web, mail)
    assert (row(bundle, "Page View"), row(bundle, "Tracker Link Click")) == (2, 6)
    odd = compile_text(WEIGHTED, rule("page", '{ visits = "any-page" }', 3, score="web"), mail)
    assert "3 points are 1.5" in note(odd, "rules.page", "no-home-for-score").message
    assert row(odd, "Tracker Link Click") == 6


def test_a_part_of_the_total_is_kept_apart_where_another_sum_is_asked_of_it():
    fit = '[scores.fit]\nkind = "fit"\nfeeds = "lead"'
    half = '[scores.half]\nkind = "combined"\npercent_of = {{ {part} = 50 }}'
    hot = '[thresholds.hot]\nwhen = { score = "half", at_least = 6 }\nthen = [{ notify = "owner" }]'
    points = [
        f'[rules.{name}]\nwhen = {{ field = "{name}", is = "Here" }}\npoints = {{ fit = 12 }}'
        for name in ("city", "company")
    ]

    def asked(part):
        made = compile_text(TOTAL, fit, half.format(part=part), *points, hot)
        first = next(leaves(rules(made)["SW thresholds hot: hand over"]))
        return first["criterion"], first.get("of")

    assert asked("fit") == ("Prospect scoring category", "fit")
    assert asked("lead") == ("Prospect score", None)


def test_unsubscribing_is_a_state_and_is_paid_once():
    bundle = compile_text(TOTAL, "[rules.gone]\non = { unsubscribes = true }\npoints = { lead = -25 }")
    assert ("only-the-first-for-each", "bounded") in notes(bundle, "rules.gone")
    (rule,) = rules(bundle).values()
    assert {"action": "Adjust Prospect Score", "of": "By", "value": "-25"} in rule["actions"]


def test_a_rule_on_events_that_nothing_pays_is_refused_and_not_called_exact():
    text = '[rules.mixed]\non.any = [{ attends = "any-webinar" }, { submits = "any-form" }]\npoints = { lead = -25 }'
    assert notes(compile_text(TOTAL, text), "rules.mixed") == [("no-event-for-it", "refused")]


def test_of_a_rule_on_a_state_and_a_row_each_kind_is_paid_in_its_way_and_neither_is_called_exact():
    text = (
        '[rules.mixed]\non.any = [{ unsubscribes = true }, { submits = "any-form" }]\npoints = { lead = -25 }'
    )
    bundle = compile_text(TOTAL, text)
    assert row(bundle, "Form Submission") == -25
    (once,) = rules(bundle).values()
    assert {"action": "Adjust Prospect Score", "of": "By", "value": "-25"} in once["actions"]
    assert {result for _, result in notes(bundle, "rules.mixed")} == {"bounded"}


def test_what_an_action_pays_for_pages_and_redirects_is_lost_before_somebody_is_known():
    anything = rule("any", '{ visits = "any-page" }', 1)
    bundle = compile_text(TOTAL, ASSETS, anything, rule("price", '{ visits = "pricing" }', 10))
    assert notes(bundle, "rules.any") == [("baseline", "exact")]
    found = note(bundle, "model", "unknown-people-unseen")
    assert (
        found.bound == "of what people did before they were known: rules.price: 10 points less for each event"
    )
    assert found.facts == ("actions-are-for-known-people",)
    less = compile_text(TOTAL, ASSETS, rule("price", '{ visits = "pricing" }', -30))
    assert "30 points more" in note(less, "model", "unknown-people-unseen").bound
    once = compile_text(TOTAL, ASSETS, rule("price", '{ visits = "pricing" }', 10, "limit = { times = 1 }"))
    assert "until they do it again" in note(once, "model", "unknown-people-unseen").bound
    form = compile_text(TOTAL, ASSETS, rule("f", '{ submits = "contact" }', 10))
    assert notes(form, "rules.f") == [("carriers", "exact")], "a form makes its sender known"


def test_somebody_outside_who_comes_in_is_paid_late_and_the_note_says_so():
    head = (
        HEAD.replace('id = "m"', 'id = "m"\neligible = "people"')
        + '[segments.people]\nwhen = { crm = "lead" }\n'
    )
    once = rule("f", '{ submits = "contact" }', 10, "limit = { times = 1 }")
    found = note(compile_text(TOTAL, ASSETS, once, head=head), "rules.f", "once-looked-at-later")
    assert (
        found.bound == "10 points for somebody who was outside the population at the event and comes in later"
    )


def test_the_past_that_a_row_pays_is_told_once_with_the_number():
    page = rule("any", '{ visits = "any-page" }', 2)
    bundle = compile_text(TOTAL, page)
    found = note(bundle, "model", "past-counts")
    assert str(found.result) == "by hand"
    assert "Page View 2" in found.message
    section = next(part for part in bundle.sheet.sections if part.title == "Baseline scoring")
    assert any("Page View 2" in step.note for step in section.tasks[0].steps)
    dated = compile_text(TOTAL, page, head=HEAD.replace('id = "m"', 'id = "m"\nstarts = 2026-01-01'))
    assert str(note(dated, "model", "past-counts").result) == "bounded"
    assert "Page View 2" in note(dated, "model", "past-counts").bound
    none = compile_text(TOTAL, ASSETS, rule("f", '{ submits = "contact" }', 5))
    assert ("past-counts", "by hand") not in notes(none, "model"), "rows at 0 pay no past"


def test_the_start_is_given_to_everybody_once():
    bundle = compile_text(TOTAL + "start = 7\n")
    assert not objects(bundle, "static-lists")
    (table,) = rules(bundle).values()
    assert [item["criterion"] for item in table["criteria"]] == ["Prospect time"]
    person = Person()
    Platform(bundle).days(person, 0, 3)
    assert person.score == 7


SUMS = """
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
[scores.fit]
kind = "fit"
[scores.person]
kind = "combined"
sum_of = ["lead", "fit"]
[rules.near]
when = { field = "country", is = "Spain" }
points = { fit = 15 }
[rules.bad]
when = { field = "industry", is = "Mining" }
points = { fit = -20 }
[thresholds.ready]
when = { score = "person", at_least = 50 }
then = [{ notify = "owner" }]
"""


def test_a_sum_beside_the_overall_score_is_asked_of_its_parts_value_by_value():
    bundle = compile_text(SUMS, rule("page", '{ visits = "any-page" }', 5))
    assert objects(bundle, "dynamic-lists") == {}
    platform = Platform(bundle)
    for score, near, bad, expected in [
        (50, 0, 0, 1),
        (49, 0, 0, 0),
        (35, 15, 0, 1),
        (34, 15, 0, 0),
        (70, 0, -20, 1),
        (69, 0, -20, 0),
        (55, 15, -20, 1),
        (54, 15, -20, 0),
    ]:
        fields = {"fit: near": str(near), "fit: bad": str(bad)}
        person = Person(score=score, fields=fields)
        hand_over = rules(bundle)["SW thresholds ready: hand over"]
        assert platform.matches(hand_over, person, 0) == bool(expected), (score, near, bad)


def test_two_parts_that_can_be_any_number_are_refused_with_what_works():
    text = SUMS.replace('sum_of = ["lead", "fit"]', 'sum_of = ["lead", "other"]')
    bundle = compile_text(
        text,
        '[scores.other]\nkind = "engagement"\n',
        ASSETS,
        rule("d", '{ submits = "demo" }', 5, score="other"),
    )
    assert "overall = true" in note(bundle, "thresholds.ready", "no-home-for-score").instead
    lowered = compile_text(
        text,
        '[scores.other]\nkind = "engagement"\n[decay.lead]\nscore = "lead"\nsteps = [{ after = "30d", set = 0 }]\n',
        ASSETS,
        rule("d", '{ submits = "demo" }', 5, score="other"),
    )
    assert "overall = true" not in note(lowered, "thresholds.ready", "no-home-for-score").instead


def test_a_part_that_must_be_kept_apart_can_be_the_overall_score_and_the_sum_is_asked_of_its_parts():
    text = """
[scores.behaviour]
kind = "engagement"
ceiling = 200
[scores.firm]
kind = "fit"
[scores.lending]
kind = "combined"
overall = true
sum_of = ["behaviour", "firm"]
[rules.near]
when = { field = "country", is = "Spain" }
points = { firm = 15 }
[thresholds.ready]
when.all = [{ score = "lending", at_least = 50 }, { score = "behaviour", above = 10 }]
then = [{ notify = "owner" }]
"""
    page = rule("page", '{ visits = "any-page" }', 5, score="behaviour")
    refused = compile_text(text, page)
    said = [found.instead for found in refused.notes if found.result == "refused"]
    assert len(said) == 1
    assert all("move overall = true from 'lending' to 'behaviour'" in instead for instead in said)
    there = text.replace("overall = true\n", "").replace("ceiling = 200", "ceiling = 200\noverall = true")
    assert [found for found in compile_text(there, page).notes if found.result == "refused"] == []


def test_what_only_a_folder_names_must_be_there_too():
    text = """
[assets]
demo = { form = "Demo" }
news = { email = "News" }
banner = { ad = "Banner" }
[scores.interest]
kind = "engagement"
"""
    bundle = compile_text(
        text,
        rule("demo", '{ submits = "demo" }', 50, score="interest"),
        rule("news", '{ clicks = "news" }', 3, score="interest"),
        rule("banner", '{ clicks = "banner" }', 4, score="interest"),
    )
    assert [asset["name"] for asset in objects(bundle, "scoring-categories")["interest"]["assets"]] == [
        "Demo",
        "News",
        "Banner",
    ]
    called = {(table["kind"], table["called"]) for table in objects(bundle, "prerequisites").values()}
    assert {("form", "Demo"), ("email", "News")} <= called
    assert "Banner" in objects(bundle, "custom-redirects")


def test_each_of_several_activities_is_paid_for_itself_also_where_one_is_called_as_an_asset():
    activities = "[activities]\ntrial = {}\ncontact = {}\n"
    bundle = compile_text(TOTAL, activities, ASSETS, rule("a", '{ does = ["trial", "contact"] }', 7))
    asked = [
        [item["of"] for item in leaves(row) if item["criterion"] == "Prospect external activity"]
        for row in rules(bundle).values()
    ]
    assert asked == [["trial"], ["contact"]]
