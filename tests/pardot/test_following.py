"""What follows late, and what opens a threshold without an event: how the lowering keeps it from doing what nobody means."""

from __future__ import annotations

import pytest

from tests.pardot.making import HEAD, TOTAL, compile_text, leaves, notes, objects, rules

CUSTOMERS = '[segments.customers]\nwhen = { has_opportunity = "won" }\n'
RIVALS = '[segments.rivals]\nwhen = { field = "company", is = "Rival" }\n'
KEPT = '[rules.kept]\nwhen = { not = { segment = "customers" } }\npoints = { lead = 5 }\nkeep = true\n'
MQL = '[thresholds.mql]\nwhen = { score = "lead", at_least = 10 }\n'


def without(segment):
    return HEAD.rstrip() + f'\nexclude = ["{segment}"]\n'


def asked(table):
    return [(leaf["criterion"], leaf.get("of", ""), leaf["operator"]) for leaf in leaves(table)]


def test_who_is_scored_is_one_list_that_holds_nobody_before_it_is_built():
    bundle = compile_text(TOTAL, RIVALS, MQL + 'then = [{ notify = "owner" }]\n', head=without("rivals"))
    assert asked(objects(bundle, "dynamic-lists")["SW scored"])[0] == (
        "Prospect default field",
        "Company",
        "isn't",
    )
    fire = rules(bundle)["SW thresholds mql: hand over"]
    assert ("Prospect list", "SW scored", "is") in asked(fire)
    assert not [leaf for leaf in asked(fire) if leaf[0] == "Prospect list" and leaf[2] == "isn't"]


def test_who_is_let_in_and_kept_out_is_asked_at_once_and_not_of_a_list_that_follows():
    members = '[assets]\nnews = { list = "News" }\n[segments.members]\nwhen.not = { member_of = "news" }\n'

    def scored(kept_out, segment=""):
        head = without(kept_out).rstrip() + '\neligible = "members"\n'
        bundle = compile_text(TOTAL, members, segment, MQL + 'then = [{ notify = "owner" }]\n', head=head)
        return asked(objects(bundle, "dynamic-lists")["SW scored"])

    others = [("Prospect list", "News", "isn't"), ("Prospect default field", "Company", "isn't")]
    assert scored("rivals", RIVALS)[:2] == others
    assert scored("members") == [("Prospect time", "created", "is greater than (days ago)")]


def test_an_exclusion_that_only_a_list_can_tell_leaves_a_day_to_somebody_new():
    bundle = compile_text(
        TOTAL, CUSTOMERS, MQL + 'then = [{ notify = "owner" }]\n', head=without("customers")
    )
    assert ("Prospect time", "created", "is greater than (days ago)") in asked(
        objects(bundle, "dynamic-lists")["SW scored"]
    )


def test_points_for_good_wait_until_the_lists_of_somebody_new_are_built():
    bundle = compile_text(TOTAL, CUSTOMERS, KEPT)
    table = rules(bundle)["SW rules kept: once and for good"]
    assert ("Prospect time", "created", "is greater than (days ago)") in asked(table)
    assert notes(bundle, "rules.kept") == [("automation-rules", "exact")]


def test_points_for_good_are_bounded_where_one_change_turns_a_list_and_what_stands_beside_it():
    both = KEPT.replace("when = { not", 'when.all = [\n  { has_opportunity = "lost" },\n  { not').replace(
        '"customers" } }', '"customers" } },\n]'
    )
    assert notes(compile_text(TOTAL, CUSTOMERS, both), "rules.kept") == [("lists-follow-late", "bounded")]


def test_what_only_a_list_can_tell_and_its_opposite_are_told_by_the_same_list():
    fact = '[rules.fact]\nwhen = { crm = "none" }\npoints = { lead = 5 }\n'
    found = rules(compile_text(TOTAL, fact))
    give, take = (asked(found[f"SW rules fact: {part}"]) for part in ("give", "take back"))
    name = next(of for what, of, _ in give if what == "Prospect list")
    assert ("Prospect list", name, "is") in give
    assert ("Prospect list", name, "isn't") in take


MARKING = '[rules.r]\non = { submits = "any-form" }\nlimit = { times = 1 }\nthen = [{ mark = "m" }]\n'
ROUTES = {
    "a mark that a decay puts": (
        'when.all = [{ mark = "m" }, { score = "lead", at_least = 10 }]',
        '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 1 }]\nthen = [{ mark = "m" }]\n',
        True,
    ),
    "a mark that another threshold takes off": (
        'when = { score = "lead", at_least = 10 }\nunless = { mark = "m" }',
        '[thresholds.other]\nwhen = { score = "lead", at_least = 99 }\nthen = [{ unmark = "m" }]\n',
        True,
    ),
    "a mark that another threshold puts, which only shuts it": (
        'when = { score = "lead", at_least = 10 }\nunless = { mark = "m" }',
        '[thresholds.other]\nwhen = { score = "lead", at_least = 99 }\nthen = [{ mark = "m" }]\n',
        False,
    ),
    "a decay, where low scores open it": (
        'when = { score = "lead", at_most = 10 }',
        '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 1 }]\n',
        True,
    ),
    "a decay, where high scores open it": (
        'when = { score = "lead", at_least = 10 }',
        '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 1 }]\n',
        False,
    ),
    "a reset that is high enough": (
        'when = { score = "lead", at_least = 10 }',
        '[thresholds.other]\nwhen = { score = "lead", at_least = 99 }\nthen = [{ reset = "lead", to = 20 }]\n',
        True,
    ),
    "a fact that reads a mark of a rule": (
        'when = { score = "lead", at_least = 10 }',
        f'{MARKING}[rules.f]\nwhen = {{ mark = "m" }}\npoints = {{ lead = 20 }}\n',
        True,
    ),
}


@pytest.mark.parametrize("route", ROUTES)
def test_what_opens_a_threshold_without_an_event_is_bounded(route):
    when, rest, opens = ROUTES[route]
    text = f'[marks]\nm = {{}}\n[thresholds.t]\n{when}\nthen = [{{ notify = "owner" }}]\n{rest}'
    found = notes(compile_text(TOTAL, text), "thresholds.t")
    assert (("opened-without-an-event", "bounded") in found) is opens


def test_two_things_under_one_name_are_refused():
    marks = '[marks]\na = { names = { pardot = "Hot" } }\nb = { names = { pardot = "hot" } }\n'
    assert ("name-twice", "refused") in notes(compile_text(TOTAL, marks), "marks.b")


def test_a_case_for_whoever_has_no_value_comes_before_unknown():
    tier = '[tiers.t]\nscore = "lead"\nfield = "company"\ncases = [{ is = "A", points = 1 }, { known = false, points = 7 }]\nunknown = 3\n'
    found = rules(compile_text(TOTAL, tier))
    give = next(table for name, table in found.items() if name.endswith("case-2, give"))
    assert ("Prospect default field", "Company", "is empty") in asked(give)
    unknown = next(table for name, table in found.items() if name.endswith("unknown, give"))
    assert ("Prospect default field", "Company", "is not empty") in asked(unknown)


@pytest.mark.parametrize(("who", "bounded"), [('crm = "none"', True), ('field = "city", is = "Rome"', False)])
def test_a_label_is_bounded_where_one_change_turns_two_of_the_lists_that_say_who_is_scored(who, bounded):
    head = HEAD.rstrip() + '\neligible = "ours"\nexclude = ["leads"]\n'
    lists = f'[segments.ours]\nwhen = {{ {who} }}\n[segments.leads]\nwhen = {{ not = {{ not = {{ crm = "lead" }} }} }}\n'
    band = '[fields]\nletter = { type = "text" }\n[bands.b]\nscore = "lead"\nfield = "letter"\ncases = [{ label = "A", at_least = 5 }, { label = "B" }]\n'
    found = notes(compile_text(TOTAL, lists, band, head=head), "bands.b")
    assert (("lists-follow-late", "bounded") in found) is bounded


@pytest.mark.parametrize(("added", "said"), [("c", True), ("same", True), ("other", False)])
def test_whom_the_model_adds_to_a_campaign_is_a_member_as_if_they_had_joined(added, said):
    campaigns = '[assets]\nc = { campaign = "C" }\nsame = { campaign = "c" }\nother = { campaign = "O" }\n'
    joins = '[rules.joins]\non = { joins = "c" }\npoints = { lead = 5 }\n'
    hand = MQL + f'or_on = [{{ joins = "c" }}]\nthen = [{{ add_to_campaign = "{added}" }}]\n'
    fact = '[rules.fact]\nwhen = { joined = "c" }\npoints = { lead = 5 }\n'
    bundle = compile_text(TOTAL, campaigns, joins, hand, fact)
    for element in ("rules.joins", "thresholds.mql"):
        assert (("own-action-joins", "bounded") in notes(bundle, element)) is said
    assert (("no-criterion-for-it", "refused") in notes(bundle, "rules.fact")) is said


def test_a_campaign_is_looked_at_for_every_status_that_the_model_gives():
    text = '[assets]\nc = { campaign = "C" }\nf = { form = "F" }\n'
    for name, status in (("a", ""), ("b", ', status = "Sent"'), ("d", ', status = "Responded"')):
        text += f'[rules.{name}]\non = {{ submits = "f" }}\npoints = {{ lead = 5 }}\n'
        text += f'then = [{{ add_to_campaign = "c"{status} }}]\n'
    made = objects(compile_text(TOTAL, text), "prerequisites")
    (check,) = (item["check"] for name, item in made.items() if item.get("kind", name).startswith("campaign"))
    assert "Sent" in check
    assert "Responded" in check
