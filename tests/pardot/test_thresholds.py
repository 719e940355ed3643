from __future__ import annotations

import pytest

from tests.pardot.making import HEAD, TOTAL, compile_text, leaves, note, notes, objects, rules
from tests.pardot.platform import Person, Platform

MQL = """
[marks]
mql = {{}}
[thresholds.mql]
when = {{ score = "lead", at_least = 100 }}
{more}
then = [{{ notify = "owner" }}]
"""


def mql(more=""):
    return MQL.format(more=more)


def seen(bundle, scores, seed=0, tags=(), **fields):
    """How often somebody is handed over whose score takes these values, two days each."""
    platform, person = Platform(bundle, seed), Person(tags=set(tags), fields=dict(fields))
    for day, score in enumerate(scores):
        person.score = score
        platform.days(person, 2 * day, 2 * day + 1, sweeps=2)
    return len(person.done)


@pytest.mark.parametrize("seed", range(5))
def test_a_threshold_fires_at_each_crossing_and_not_while_the_score_stays_up(seed):
    bundle = compile_text(TOTAL, mql())
    assert seen(bundle, (99, 100, 150, 101, 99, 100, 400), seed) == 2


def test_who_is_past_it_at_the_start_is_tagged_first_and_not_handed_over():
    bundle = compile_text(TOTAL, mql())
    initial = objects(bundle, "segmentation-rules")["SW thresholds mql: already past it"]
    tag = initial["actions"][0]["of"]
    assert seen(bundle, (150, 160), tags=(tag,)) == 0
    existing = compile_text(TOTAL, mql("existing = true"))
    assert not objects(existing, "segmentation-rules")
    assert seen(existing, (150, 160)) == 1


def test_unless_and_required_fields_shut_it():
    more = 'required_fields = ["company"]\nunless = { mark = "mql" }'
    bundle = compile_text(TOTAL, mql(more))
    assert seen(bundle, (100, 110)) == 0
    assert seen(bundle, (100, 110), Company="X") == 1
    assert seen(bundle, (100, 110), Company="X", tags=("mql",)) == 0


def test_once_in_a_life_is_a_rule_without_repeat():
    bundle = compile_text(TOTAL, mql("limit = { times = 1 }"))
    assert seen(bundle, (100, 0, 100, 0, 100)) == 1
    twice = compile_text(TOTAL, mql("limit = { times = 2 }"))
    assert seen(twice, (100, 0, 100, 0, 100)) == 2
    assert rules(twice)["SW thresholds mql: hand over"]["match_limit"] == 2


def test_a_limit_by_days_comes_late_and_says_so():
    bundle = compile_text(TOTAL, mql('limit = { times = 1, per = "30d" }'))
    assert notes(bundle, "thresholds.mql") == [("blocked-handoff-comes-late", "bounded")]
    assert notes(
        compile_text(TOTAL, mql('limit = { times = 1, per = "calendar day" }')), "thresholds.mql"
    ) == [("limit-needs-a-clock", "refused")]


HAND = 'or_on = [{ submits = "demo" }]\nunless = { mark = "mql" }'
DEMO = '[assets]\ndemo = { form = "Demo" }\n'


def test_a_hand_raiser_is_handed_over_whatever_the_score():
    bundle = compile_text(TOTAL, DEMO, mql(HAND))
    act = objects(bundle, "completion-actions")["form: Demo"]["actions"][0]
    assert act["action"] == "Apply tags"
    raised = act["of"]
    assert seen(bundle, (0, 0, 0), tags=(raised,)) == 1
    assert seen(bundle, (0, 0, 0), tags=(raised, "mql")) == 0
    platform, person = Platform(bundle), Person(tags={raised, "mql"})
    platform.days(person, 0, 2)
    person.tags.discard("mql")
    platform.days(person, 3, 5)
    assert person.done == [], "an event while the threshold is shut is lost"


def test_hand_raisers_need_an_asset_that_can_carry_an_action():
    bundle = compile_text(TOTAL, mql('or_on = [{ submits = "any-form" }]'))
    assert notes(bundle, "thresholds.mql") == [("asset-needs-a-name", "refused")]


def test_actions_become_those_of_the_platform():
    text = """
[fields]
stage = { type = "text" }
[lifecycle]
field = "stage"
[assets]
q = { queue = "Inside sales" }
u = { user = "Jo" }
c = { campaign = "Back" }
l = { list = "Nurture" }
o = { list = "Others" }
[marks]
m = {}
[thresholds.t]
when = { score = "lead", at_least = 10 }
then = [
  { assign = "q" }, { assign = "u" }, { assign = "crm-rule" }, { notify = "u" }, { notify = "owner" },
  { add_to_campaign = "c", status = "New" }, { add_to_list = "l" }, { remove_from_list = "o" },
  { lifecycle = "mql" }, { task = "Call" }, { set_field = "stage", to = "x" }, { mark = "m" }, { reset = "lead", to = 5 },
]
"""
    found = rules(compile_text(TOTAL, text))["SW thresholds t: hand over"]["actions"]
    assert [tuple(act.values()) for act in found] == [
        ("Assign prospect to queue", "Inside sales"),
        ("Assign prospect to user", "Jo"),
        ("Assign prospect via Salesforce active assignment rule",),
        ("Notify user", "Jo"),
        ("Notify assigned user",),
        ("Add prospect to Salesforce campaign", "Back", "New"),
        ("Add prospect to list", "Nurture"),
        ("Remove prospect from list", "Others"),
        ("Change prospect custom field value", "stage", "MQL"),
        ("Create Salesforce task", "Call"),
        ("Change prospect custom field value", "stage", "x"),
        ("Apply tags", "m"),
        ("Adjust Prospect Score", "To", "5"),
        ("Apply tags", "sw/thresholds/t/crossed"),
    ]


def test_what_is_put_and_taken_off_in_one_moment_is_put():
    then = '{ unmark = "m" }, { mark = "m" }, { add_to_list = "l" }, { remove_from_list = "l" }'
    named = '[assets]\nl = { list = "Nurture" }\n[marks]\nm = {}\n'
    text = f'[thresholds.t]\nwhen = {{ score = "lead", at_least = 10 }}\nthen = [{then}]\n'
    found = rules(compile_text(TOTAL, named, text))["SW thresholds t: hand over"]["actions"]
    assert [act["action"] for act in found] == ["Apply tags", "Add prospect to list", "Apply tags"]


@pytest.mark.parametrize("action", ['{ notify = "opportunity-owner" }', '{ moment = "Hot" }'])
def test_actions_that_do_not_exist_are_refused_at_their_place(action):
    bundle = compile_text(TOTAL, mql().replace('{ notify = "owner" }', action))
    found = note(bundle, "thresholds.mql", "no-action-for-it")
    assert found.path[:3] == ("thresholds", "mql", "then")


def test_a_wake_up_asks_for_recent_activity():
    decay = '[decay.d]\nscore = "lead"\nsteps = [{ after = "45d", at_least = 3, set = 3 }]\nthen = [{ mark = "mql" }]\n'
    wake = mql().replace(
        '{ score = "lead", at_least = 100 }', '{ all = [{ mark = "mql" }, { score = "lead", above = 8 }] }'
    )
    wake = wake.replace('{ notify = "owner" }', '{ unmark = "mql" }')
    fire = rules(compile_text(TOTAL, decay, wake))["SW thresholds mql: hand over"]
    assert {
        "criterion": "Prospect time",
        "of": "last activity",
        "operator": "is less than (days ago)",
        "value": "45",
    } in list(leaves(fire))


@pytest.mark.parametrize(
    ("step", "more", "exact"),
    [
        ("at_least = 3, set = 3", "", True),
        ("at_least = 9, set = 9", "", False),
        ("subtract = 3", "", False),
        (
            "at_least = 3, set = 3",
            '[rules.m]\non = { visits = "any-page" }\nthen = [{ mark = "m" }]\n',
            False,
        ),
        ("at_least = 3, set = 3", '[rules.o]\non = { opens = "any-email" }\npoints = { lead = 1 }\n', False),
        (
            "at_least = 3, set = 3",
            '[rules.c]\nwhen = { field = "country", is = "France" }\npoints = { lead = 9 }\n',
            False,
        ),
    ],
)
def test_a_wake_up_without_activity_comes_late_unless_only_activity_leads_back(step, more, exact):
    text = (
        f'[decay.d]\nscore = "lead"\nsteps = [{{ after = "45d", {step} }}]\nthen = [{{ mark = "m" }}]\n'
        '[marks]\nm = {}\n[thresholds.back]\nwhen.all = [{ mark = "m" }, { score = "lead", above = 8 }]\n'
        'then = [{ unmark = "m" }, { notify = "owner" }]\n'
    )
    bundle = compile_text(TOTAL, text, more)
    found = [item for item in bundle.notes if item.element == "thresholds.back"]
    bounds = {
        (bound.gauge, bound.least, bound.most)
        for item in found
        for bound in item.bounds
        if bound.when == "woken-unseen"
    }
    late = {("mark m", 0, 1), ("done thresholds.back.then.1", -1, 0)}
    assert bounds == (set() if exact else late)


def test_a_schedule_is_not_kept_and_says_so():
    text = '[schedules.s]\nat = ["08:00"]\n'
    bundle = compile_text(TOTAL, text, mql('schedule = "s"'))
    assert notes(bundle, "thresholds.mql") == [("no-schedule", "bounded")]


def test_floors_and_ceilings_are_rules_only_where_something_binds():
    page = '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
    assert notes(compile_text(TOTAL + "floor = 0\n", page), "scores.lead") == [("overall", "exact")]
    down = page.replace("= 1", "= -1")
    bundle = compile_text(TOTAL + "floor = 0\n", down)
    assert notes(bundle, "scores.lead") == [("clamped-later", "bounded")]
    person = Person(score=-7)
    Platform(bundle).days(person, 0, 1)
    assert person.score == 0
    top = compile_text(TOTAL + "ceiling = 50\n", page)
    person = Person(score=70)
    Platform(top).days(person, 0, 1)
    assert person.score == 50


def test_a_floor_and_a_ceiling_are_both_told():
    page = '[rules.page]\non = { visits = "any-page" }\npoints = { lead = -1 }\n'
    bound = note(
        compile_text(TOTAL + "floor = 0\nceiling = 50\n", page), "scores.lead", "clamped-later"
    ).bound
    assert "below 0" in bound
    assert "above 50" in bound
    assert "too high" in bound


def test_a_limit_of_one_holds_for_both_ways_together():
    bundle = compile_text(TOTAL, DEMO, mql(HAND + "\nlimit = { times = 1 }"))
    raised = objects(bundle, "completion-actions")["form: Demo"]["actions"][0]["of"]
    for seed in range(4):
        platform, person = Platform(bundle, seed), Person(tags={raised})
        platform.days(person, 0, 2)
        person.score = 150
        platform.days(person, 3, 5)
        person.tags.add(raised)
        platform.days(person, 6, 8)
        assert len(person.done) == 1


def test_who_is_past_it_is_tagged_after_the_facts_are_given_and_before_the_handoff_is_resumed():
    fact = '[rules.boss]\nwhen = { field = "job-title", is = "CEO" }\npoints = { lead = 50 }\n'
    bundle = compile_text(TOTAL, fact, mql())
    sheet = {section.title: [task.id for task in section.tasks] for section in bundle.sheet.sections}
    assert "Segmentation rules" not in sheet
    order = sheet["Resume"]
    given, initial, fire = (
        order.index(f"{kind}: SW {name}")
        for kind, name in (
            ("resume", "rules boss: give"),
            ("segmentation-rules", "thresholds mql: already past it"),
            ("resume", "thresholds mql: hand over"),
        )
    )
    assert given < initial < fire


@pytest.mark.parametrize("seed", range(8))
def test_asking_and_crossing_by_one_event_is_one_handoff(seed):
    bundle = compile_text(TOTAL, DEMO, mql('or_on = [{ submits = "demo" }]'))
    raised = objects(bundle, "completion-actions")["form: Demo"]["actions"][0]["of"]
    platform, person = Platform(bundle, seed), Person(score=60)
    platform.days(person, 0, 1)
    person.score = 110
    person.tags.add(raised)
    platform.days(person, 2, 5, sweeps=2)
    assert len(person.done) == 1
    person.tags.add(raised)
    platform.days(person, 6, 8, sweeps=2)
    assert len(person.done) == 2, "who asks while the score is up is handed over for asking"


@pytest.mark.parametrize("limit", ['{ times = 1, per = "30d" }', "{ times = 2 }"])
def test_one_rule_counts_the_handoffs_of_score_and_asking_together(limit):
    bundle = compile_text(TOTAL, DEMO, mql(f'or_on = [{{ submits = "demo" }}]\nlimit = {limit}'))
    raised = objects(bundle, "completion-actions")["form: Demo"]["actions"][0]["of"]
    assert [name for name in rules(bundle) if "hand raised" in name] == []
    platform, person = Platform(bundle), Person(score=0)
    platform.days(person, 0, 1)
    for day in (2, 5, 9):
        person.tags.add(raised)
        platform.days(person, day, day + 2)
    person.score = 110
    platform.days(person, 13, 16)
    assert len(person.done) == (1 if "per" in limit else 2)


def test_two_ways_are_bounded_until_rules_are_known_to_act_in_one_piece():
    hand = mql('or_on = [{ submits = "demo" }]')
    assert notes(compile_text(TOTAL, DEMO, hand), "thresholds.mql") == [("spare-handoff", "bounded")]
    known = compile_text(TOTAL, DEMO, hand, rule_acts_in_one_piece=True)
    assert notes(known, "thresholds.mql") == [("automation-rules", "exact")]


TITLES = """
[tiers.title]
score = "lead"
field = "job-title"
cases = [{ is_any = ["Manager"], points = 15 }, { is_any = ["Director"], points = 20 }]
"""


@pytest.mark.parametrize("seed", range(12))
def test_a_promotion_hands_nobody_over_again(seed):
    bundle = compile_text(TOTAL, TITLES, mql())
    platform, person = Platform(bundle, seed), Person(score=90, fields={"Job Title": "Manager"})
    platform.days(person, 0, 4, sweeps=2)
    assert (person.score, len(person.done)) == (105, 1)
    person.fields["Job Title"] = "Director"
    platform.days(person, 5, 9, sweeps=2)
    assert (person.score, len(person.done)) == (110, 1)
    person.score -= 50
    platform.days(person, 10, 12)
    person.score += 50
    platform.days(person, 13, 15)
    assert len(person.done) == 2, "a fall and a rise by other points arm it again"


def test_points_taken_and_given_beside_a_threshold_are_bounded_until_rules_act_in_one_piece():
    assert notes(compile_text(TOTAL, TITLES, mql()), "thresholds.mql") == [("spare-handoff", "bounded")]
    known = compile_text(TOTAL, TITLES, mql(), rule_acts_in_one_piece=True)
    assert notes(known, "thresholds.mql") == [("automation-rules", "exact")]
    one = TITLES.replace('{ is_any = ["Manager"], points = 15 }, ', "")
    assert notes(compile_text(TOTAL, one, mql()), "thresholds.mql") == [("automation-rules", "exact")]


SENIOR = """
[rules.senior]
when = { field = "job-title", contains = "Senior" }
points = { lead = 50 }
[rules.engineer]
when = { field = "job-title", contains = "Engineer" }
points = { lead = -10 }
"""


@pytest.mark.parametrize("seed", range(12))
def test_somebody_new_is_not_handed_over_before_all_their_points_are_given(seed):
    """50 points until the second rule has looked, 40 then."""
    bundle = compile_text(TOTAL, SENIOR, mql().replace("100", "45"))
    platform, person = Platform(bundle, seed), Person(fields={"Job Title": "Senior Engineer"})
    platform.days(person, 0, 4, sweeps=2)
    assert (person.score, person.done) == (40, [])
    person.fields["Job Title"] = "Senior Manager"
    platform.days(person, 5, 9, sweeps=2)
    assert (person.score, len(person.done)) == (50, 1)


@pytest.mark.parametrize("seed", range(12))
def test_points_that_two_facts_exchange_hand_nobody_over(seed):
    """60 where the one is given before the other is taken back, or 10 after it."""
    swap = SENIOR.replace("Engineer", "Director").replace("-10", "40")
    bundle = compile_text(TOTAL, swap, mql().replace("100", "60"))
    platform, person = Platform(bundle, seed), Person(fields={"Job Title": "Senior Manager"})
    platform.days(person, 0, 4, sweeps=2)
    person.fields["Job Title"] = "Director"
    platform.days(person, 5, 9, sweeps=2)
    assert (person.score, person.done) == (40, [])


@pytest.mark.parametrize("seed", range(6))
def test_somebody_new_is_not_handed_over_for_few_points_before_they_are_given(seed):
    few = mql().replace("at_least = 100", "below = 20")
    bundle = compile_text(TOTAL, SENIOR, few)
    platform, person = Platform(bundle, seed), Person(fields={"Job Title": "Senior Manager"})
    platform.days(person, 0, 4, sweeps=2)
    assert (person.score, person.done) == (50, [])


@pytest.mark.parametrize(
    "when",
    [
        '{ all = [{ score = "lead", at_least = 10 }, { field = "last-demo", older_than = "30d" }] }',
        '{ all = [{ score = "lead", at_least = 10 }, { segment = "recent" }] }',
    ],
)
def test_a_date_that_opens_a_threshold_is_bounded(when):
    dates = '[fields]\nlast-demo = { type = "date" }\n[segments.recent]\nwhen.not = { field = "last-demo", within_last = "9d" }\n'
    text = mql().replace('{ score = "lead", at_least = 100 }', when)
    assert notes(compile_text(TOTAL, dates, text), "thresholds.mql") == [
        ("opened-without-an-event", "bounded")
    ]
    assert notes(compile_text(TOTAL, dates, mql()), "thresholds.mql") == [("automation-rules", "exact")]
    fact = '[rules.r]\nwhen = { field = "last-demo", within_last = "9d" }\npoints = { lead = -20 }\n'
    assert ("opened-without-an-event", "bounded") in notes(
        compile_text(TOTAL, dates, fact, mql()), "thresholds.mql"
    )


def test_a_date_in_a_segment_of_a_segment_is_found_too():
    dates = (
        '[fields]\nlast-demo = { type = "date" }\n[segments.old]\nwhen = { field = "last-demo", older_than = "9d" }\n'
        '[segments.ours]\nwhen = { segment = "old" }\n'
    )
    text = mql().replace(
        '{ score = "lead", at_least = 100 }',
        '{ all = [{ segment = "ours" }, { score = "lead", at_least = 9 }] }',
    )
    assert notes(compile_text(TOTAL, dates, text), "thresholds.mql") == [
        ("opened-without-an-event", "bounded")
    ]


def test_who_has_an_owner_and_how_fresh_lists_are_is_told():
    text = '[segments.fr]\nwhen = { field = "country", is = "France" }\n' + mql('unless = { segment = "fr" }')
    text = text.replace('{ notify = "owner" }', '{ assign = "crm-rule" }')
    message = note(compile_text(TOTAL, text), "thresholds.mql", "automation-rules").message
    assert "who has an owner keeps them" in message
    assert "hours to follow" in message


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            '[thresholds.other]\nwhen = { score = "lead", at_least = 60 }\nthen = [{ assign = "crm-rule" }]',
            True,
        ),
        (
            '[thresholds.other]\nwhen = { score = "lead", below = 60 }\nthen = [{ assign = "crm-rule" }]',
            False,
        ),
        (
            '[decay.other]\nscore = "lead"\nsteps = [{ after = "30d", at_least = 5, set = 5 }]\nthen = [{ assign = "crm-rule" }]',
            False,
        ),
    ],
)
def test_of_two_that_can_assign_at_one_moment_any_may_come_first(other, said):
    text = mql().replace('{ notify = "owner" }', '{ assign = "crm-rule" }')
    assert (("who-assigns", "bounded") in notes(compile_text(TOTAL, text, other), "thresholds.mql")) is said


@pytest.mark.parametrize(
    ("when", "late"),
    [
        ('{ field = "country", is = "France" }', False),
        ('{ any = [{ segment = "deep" }, { crm = "contact" }] }', True),
    ],
)
def test_who_came_on_the_last_day_may_be_handed_over_where_lists_let_nobody_in_before_a_day(when, late):
    segments = f'[segments.ours]\nwhen = {when}\n[segments.deep]\nwhen = {{ field = "country", starts_with = "F" }}\n'
    bundle = compile_text(TOTAL, mql(), segments, head=HEAD + 'exclude = ["ours"]\n')
    lists = objects(bundle, "dynamic-lists").values()
    assert any(leaf.get("of") == "created" for item in lists for leaf in leaves(item)) is late
    found = [bound for item in bundle.notes if item.element == "thresholds.mql" for bound in item.bounds]
    assert (("done thresholds.mql.then.0", "existing") in {(item.gauge, item.when) for item in found}) is late


def test_what_leaves_only_a_state_raises_a_hand_once_for_each_asset():
    talks = '[assets]\ntalk = { webinar = ["Spring", "Autumn"] }\nfair = { campaign = "Fair" }\n'
    bundle = compile_text(TOTAL, talks, mql('or_on = [{ attends = "talk" }, { joins = "fair" }]'))
    raising = {name: table for name, table in rules(bundle).items() if name.endswith("raises a hand")}
    assert len(raising) == 3
    assert {table["repeat"] for table in raising.values()} == {False}
    assert {str(table["actions"]) for table in raising.values()} == {
        "[{'action': 'Apply tags', 'of': 'sw/thresholds/mql/raised'}]"
    }
    assert len([name for name in objects(bundle, "segmentation-rules") if "did it before" in name]) == 3
    assert {("only-the-first-for-each", "bounded"), ("earlier-ones-never-earn", "bounded")} <= {
        *notes(bundle, "thresholds.mql")
    }


DEEP = """
[scores.fit]
kind = "fit"
[scores.both]
kind = "combined"
sum_of = ["lead", "fit"]
[tiers.country]
score = "fit"
field = "country"
cases = [{{ is = "France", points = 20 }}, {{ is = "Spain", points = -5 }}]
[rules.city]
when = {{ field = "city", is = "Here" }}
points = {{ fit = 12 }}
[thresholds.fits]
when = {{ score = "fit", at_least = 12 }}
then = [{{ notify = "owner" }}]
[thresholds.low]
when.all = [{{ score = "both", at_most = 20 }}, {{ field = "job-title", known = true }}]
then = [{{ notify = "owner" }}]
{more}
"""


def test_a_sum_is_asked_of_a_category_that_only_what_holds_moves_and_of_no_other():
    bundle = compile_text(TOTAL, DEEP.format(more=""))
    assert "refused" not in {result for _, result in notes(bundle, "thresholds.low")}
    kept = '[rules.kept]\nwhen = { field = "company", is = "Us" }\nkeep = true\npoints = { fit = 3 }'
    bundle = compile_text(TOTAL, DEEP.format(more=kept))
    refused = note(bundle, "thresholds.low", "no-home-for-score")
    assert "known values" in refused.instead


def test_what_is_too_deep_for_a_rule_with_its_tag_is_told_by_one_list_both_ways():
    sales = '[rules.sales]\nwhen = { field = "company", is = "Us" }\npoints = { fit = -8 }'
    bundle = compile_text(TOTAL, DEEP.format(more=sales))
    asked = {
        (item["of"], item["operator"])
        for name, rule in rules(bundle).items()
        if name.startswith("SW thresholds low")
        for item in leaves(rule)
        if item["criterion"] == "Prospect list"
    }
    ((told, _), _) = asked
    assert asked == {(told, "is"), (told, "isn't")}
