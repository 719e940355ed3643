"""What the language's words ask for: the subjects of conditions, the tests of values, the verbs and their company."""

from __future__ import annotations

import pytest

from scorewright.model.history import CRM_KIND, OWNER, FieldSet, Listed, Person
from scorewright.semantics import Machine
from tests.semantics.play import LEAD, Story, spec

ASSETS = """
[assets]
demo = { form = "Demo" }
pricing = { pages = ["/pricing"] }
news = { email = "News" }
customers = { list = "Customers" }
sales = { queue = "Sales" }
fair = { campaign = "Fair" }
[activities]
trial-start = { properties = { valuable = "yes_no" } }
[marks]
hot = {}
[fields]
level = { type = "choice", values = ["Gold", "Silver"] }
topics = { type = "choices", values = ["HR", "IT", "Law"] }
vip = { type = "yes_no" }
renewal = { type = "date" }
[terms.bosses]
match = "contains_word"
values = ["CEO", "CTO"]
"""
NOON = "2026-01-10T12:00:00"


def holds(condition, tell=lambda story: story, **more):
    """Whether a condition holds at noon on the tenth, when a story has been told."""
    story = Story(ASSETS + LEAD + f"[segments.s]\nwhen = {condition}\n", **more)
    return tell(story).inside("s", NOON)


@pytest.mark.parametrize(
    ("condition", "so"),
    [
        ("{ all = [{ mark = 'hot' }, { field = 'city', is = 'nantes' }] }", True),
        ("{ all = [{ mark = 'hot' }, { field = 'city', is = 'Paris' }] }", False),
        ("{ any = [{ mark = 'hot' }, { field = 'city', is = 'Paris' }] }", True),
        ("{ not = { mark = 'hot' } }", False),
        ("{ field = 'city', is_any = ['Paris', 'NANTES'] }", True),
        ("{ field = 'job-title', in = 'bosses' }", True),
        ("{ field = 'job-title', starts_with = 'head' }", False),
        ("{ field = 'job-title', ends_with = ['& founder'] }", True),
        ("{ field = 'job-title', contains = 'found' }", True),
        ("{ field = 'job-title', contains_word = 'found' }", False),
        ("{ field = 'employees', at_least = 50, below = 100 }", True),
        ("{ field = 'employees', above = 50 }", False),
        ("{ field = 'employees', at_most = 50 }", True),
        ("{ field = 'employees', is = 50 }", True),
        ("{ field = 'level', is = 'Gold' }", True),
        ("{ field = 'city', is = 50 }", False),
        ("{ field = 'employees', is = '50' }", False),
        ("{ field = 'topics', is = 'IT' }", True),
        ("{ field = 'topics', is = 'Law' }", False),
        ("{ field = 'vip', is = false }", True),
        ("{ field = 'vip', known = true }", True),
        ("{ field = 'state', known = false }", True),
        ("{ field = 'renewal', on_or_after = 2026-03-01 }", True),
        ("{ field = 'renewal', on_or_after = 2026-01-01, before = 2026-03-01 }", False),
        ("{ field = 'renewal', before = 2026-03-02 }", True),
        ("{ field = 'renewal', within_next = '50d' }", True),
        ("{ field = 'renewal', within_next = '49d' }", False),
        ("{ field = 'created', older_than = '9d' }", True),
        ("{ field = 'created', within_last = '9d' }", False),
        ("{ score = 'lead', is = 20 }", True),
        ("{ score = 'lead', above = 20 }", False),
        ("{ score = 'lead', at_least = 20, at_most = 20 }", True),
        ("{ crm = 'none' }", True),
        ("{ crm = 'lead' }", False),
        ("{ assigned = false }", True),
        ("{ mailable = true }", True),
        ("{ has_opportunity = 'any' }", False),
        ("{ member_of = 'customers' }", False),
    ],
)
def test_conditions_on_a_person(condition, so):
    fields = {
        "city": "Nantes",
        "job-title": "CEO & founder",
        "employees": 50,
        "level": "Gold",
        "topics": ("HR", "IT"),
        "vip": False,
        "renewal": "2026-03-01",
    }
    assert holds(condition, fields=fields, scores={"lead": 20}, marks=["hot"]) is so


def _opportunities(*words):
    def tell(story):
        for day, word in enumerate(words, 2):
            story.happens(f"2026-01-0{day}", "opportunity", word)
        return story

    return tell


@pytest.mark.parametrize(
    ("words", "open_", "won", "lost", "any_"),
    [
        ((), False, False, False, False),
        (("created",), True, False, False, True),
        (("created", "won"), False, True, False, True),
        (("created", "created", "lost"), True, False, True, True),
        (("created", "created", "lost", "won"), False, True, True, True),
    ],
)
def test_opportunities(words, open_, won, lost, any_):
    for kind, so in (("open", open_), ("won", won), ("lost", lost), ("any", any_)):
        assert holds(f"{{ has_opportunity = '{kind}' }}", _opportunities(*words)) is so


@pytest.mark.parametrize(
    ("events", "mailable"),
    [
        ((("unsubscribes", ""),), False),
        ((("unsubscribes", ""), ("resubscribes", "")), True),
        ((("bounces", "soft"),), True),
        ((("bounces", "hard"),), False),
        ((("bounces", "hard"), ("bounces", "soft")), False),
    ],
)
def test_who_may_be_mailed(events, mailable):
    def tell(story):
        for minute, (verb, what) in enumerate(events):
            story.happens(f"2026-01-02T10:0{minute}:00", verb, what)
        return story

    assert holds("{ mailable = true }", tell) is mailable


@pytest.mark.parametrize(
    ("condition", "so"),
    [
        ("{ visited = 'pricing' }", True),
        ("{ visited = 'pricing', at_least = 4 }", False),
        ("{ visited = 'pricing', exactly = 3 }", True),
        ("{ visited = 'pricing', at_most = 2 }", False),
        ("{ visited = 'pricing', within = '24h', exactly = 1 }", True),
        ("{ visited = 'pricing', within = 'calendar day', exactly = 1 }", True),
        ("{ visited = 'any-page', except = 'pricing' }", False),
        ("{ visited = 'pricing', where = { seconds = { at_least = 30 } }, exactly = 2 }", True),
        ("{ not = { submitted = 'demo', within = '7d' } }", True),
        ("{ changed = 'city' }", True),
        ("{ changed = 'state' }", False),
        ("{ bounced = 'any' }", True),
        ("{ bounced = 'hard' }", False),
        ("{ did = 'trial-start', where = { valuable = { is = true } } }", True),
        ("{ searched = true, where = { query = { contains_word = 'price' } } }", True),
        ("{ searched = true, where = { query = { contains_word = 'rice' } } }", False),
    ],
)
def test_conditions_on_the_past(condition, so):
    def tell(story):
        story.visits("2026-01-02T12:00:00", "pricing", seconds=10)
        story.visits("2026-01-09T12:00:00", "pricing", seconds=30)
        story.visits("2026-01-10T11:00:00", "pricing", seconds=31)
        story.sets("2026-01-03", "city", "Nantes").happens("2026-01-03", "bounces", "soft")
        story.happens("2026-01-04", "does", "trial-start", valuable=True)
        return story.happens("2026-01-04", "searches", query="best price")

    assert holds(condition, tell) is so


def test_at_most_of_something_holds_where_there_was_none():
    assert holds("{ visited = 'pricing', at_most = 2 }")


@pytest.mark.parametrize(
    ("action", "condition"),
    [
        ("{ assign = 'sales' }", "{ assigned = true }"),
        ("{ add_to_list = 'customers' }", "{ member_of = 'customers' }"),
        ("{ add_to_campaign = 'fair', status = 'Sent' }", "{ member_of = 'fair', status = 'sent' }"),
        ("{ set_field = 'level', to = 'Gold' }", "{ field = 'level', is = 'Gold' }"),
        ("{ stamp = 'renewal' }", "{ field = 'renewal', within_last = '1d' }"),
        ("{ lifecycle = 'mql' }", "{ field = 'state', is = 'MQL' }"),
        ("{ mark = 'hot' }", "{ mark = 'hot' }"),
        ("{ reset = 'lead', to = 9 }", "{ score = 'lead', is = 9 }"),
    ],
)
def test_what_an_action_does_a_condition_sees(action, condition):
    body = ASSETS + LEAD + f"[segments.s]\nwhen = {condition}\n"
    body += "[lifecycle]\nfield = 'state'\n"
    body += f"[rules.search]\non = {{ searches = true }}\nthen = [{action}]\n"
    story = Story(body).happens(NOON, "searches")
    assert story.inside("s", "2026-01-10T11:59:59", NOON) == [False, True]


@pytest.mark.parametrize(("status", "kept"), [("", True), (", status = 'Sent'", False)])
def test_who_is_a_member_already_keeps_the_status_unless_the_action_names_one(status, kept):
    body = ASSETS + LEAD + "[segments.s]\nwhen = { member_of = 'fair', status = 'Met' }\n"
    body += f"[rules.search]\non = {{ searches = true }}\nthen = [{{ add_to_campaign = 'fair'{status} }}]\n"
    story = Story(body).happens("2026-01-09", "joins", "fair", status="Met").happens(NOON, "searches")
    assert story.inside("s", "2026-01-10T11:59:59", NOON) == [True, kept]


def test_lists_owners_and_crm_records_change_from_outside_as_fields_do():
    body = ASSETS + LEAD + "[segments.s]\nwhen = CONDITION\n[thresholds.hot]\nwhen = { segment = 's' }\n"
    body += "then = [{ mark = 'hot' }]\n"
    for condition, told in (
        ("{ member_of = 'customers' }", lambda at, on: Listed(at, "customers", on)),
        ("{ assigned = true }", lambda at, on: FieldSet(at, OWNER, "somebody" if on else None)),
        ("{ crm = 'contact' }", lambda at, on: FieldSet(at, CRM_KIND, "contact" if on else "lead")),
    ):
        story = Story(body.replace("CONDITION", condition))
        for day, on in ((2, True), (3, True), (4, False), (5, True)):
            story.told.append(told(story.clock.read(f"2026-01-0{day}"), on))
        assert story.inside("s", "2026-01-01", "2026-01-03", "2026-01-04") == [False, True, False]
        assert story.fired("hot") == ["2026-01-02T00:00", "2026-01-05T00:00"]


def test_whoever_has_an_owner_keeps_them():
    body = ASSETS + LEAD + "[rules.a]\non = { searches = true }\nthen = [{ assign = 'sales' }]\n"
    story = Story(body, fields={OWNER: "somebody"}).happens("2026-01-02", "searches")
    assert story.field(OWNER, "2026-01-02") == "somebody"


def test_who_is_taken_off_a_list_is_off_it_and_who_is_put_on_in_the_same_moment_is_on():
    body = ASSETS + LEAD + "[segments.s]\nwhen = { member_of = 'customers' }\n"
    body += "[rules.a]\non = { searches = true }\nthen = [{ add_to_list = 'customers' }]\n"
    body += "[rules.b]\non = { any = [{ searches = true }, { unsubscribes = true }] }\n"
    body += "then = [{ remove_from_list = 'customers' }]\n"
    story = Story(body).happens("2026-01-02", "searches").happens("2026-01-03", "unsubscribes")
    assert story.inside("s", "2026-01-02", "2026-01-03") == [True, False]


def test_notices_tasks_and_moments_are_written_down():
    body = ASSETS + LEAD + "[rules.a]\non = { searches = true }\n"
    body += "then = [{ notify = 'owner' }, { task = 'Call', due = '2d' }, { moment = 'Looked for us' }]\n"
    changes = Story(body).happens("2026-01-02", "searches").timeline(2_000_000_000).changes
    assert [change.name for change in changes if change.kind == "done"] == [
        "notify owner",
        "Call",
        "Looked for us",
    ]


def test_every_change_names_its_element_and_a_clamp_is_a_change_of_its_own():
    body = LEAD + "ceiling = 12\n"
    for name, points in (("b", 5), ("a", 10)):
        body += f"[rules.{name}]\non = {{ searches = true }}\npoints = {{ lead = {points} }}\n"
    changes = Story(body).happens("2026-01-02", "searches").timeline(2_000_000_000).changes
    assert [(item.before, item.after, item.element, item.reason) for item in changes] == [
        (0, 10, "rules.a", "award"),
        (10, 15, "rules.b", "award"),
        (15, 12, "scores.lead", "clamped"),
    ]


def test_a_rule_is_in_force_on_both_of_its_days_by_when_it_happened():
    body = LEAD + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
    body += "active = { from = 2026-01-05, until = 2026-01-06 }\n"
    story = Story(body, zone="America/Los_Angeles")
    for time in ("2026-01-04T23:59:59", "2026-01-05T00:00:00", "2026-01-06T23:59:59", "2026-01-07T00:00:00"):
        story.visits(time)
    assert story.visits("2026-01-06", known="2026-01-20").lead("2026-01-08", "2026-01-20") == [2, 3]


def test_the_model_is_in_force_on_both_of_its_days():
    body = LEAD + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
    story = Story(body, head="active = { from = 2026-01-05, until = 2026-01-06 }")
    for time in ("2026-01-04T23:59:59", "2026-01-05T00:00:00", "2026-01-06T23:59:59", "2026-01-07T00:00:00"):
        story.visits(time)
    assert story.lead("2026-01-08") == 2


def test_a_machine_plays_any_number_of_people():
    machine = Machine(spec(LEAD + "[rules.page]\non = { searches = true }\npoints = { lead = 1 }\n"))
    assert [machine.run(Person(0), 10).changes for _ in range(2)] == [(), ()]


def test_the_domain_of_an_address_follows_from_the_address():
    own = '{ field = "email-domain", is = "own.example" }'
    assert holds(own, fields={"email": "x@own.example"})
    assert not holds(own, fields={"email": "x@other.example"})
    assert not holds(own)


def test_the_domain_follows_from_the_address_whenever_that_changes():
    body = """
    [scores.fit]
    kind = "fit"
    [rules.generic]
    when = { field = "email-domain", is = "aol.com" }
    points = { fit = -2 }
    """
    story = Story(body)
    story.sets("2026-01-02", "email", "someone@aol.com").sets("2026-01-04", "email", "someone@example.com")
    assert story.score("fit", "2026-01-01T12:00", "2026-01-03", "2026-01-05") == [0, -2, 0]
