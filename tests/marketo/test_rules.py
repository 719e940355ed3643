"""Event rules: triggers, executables, tokens, limits."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import HEAD, SCORE, campaign, compile_text, notes, tables, tokens
from tests.marketo.person import Person

CONTACT = """
[assets]
contact = { form = ["Contact us", "Call me"], names = { marketo = ["WEB Contact", "WEB Call"] } }
careers = { pages = "example.com/careers" }
letter = { email = "Newsletter" }
"""


def rule(body: str) -> str:
    return f"{CONTACT}{SCORE}\n[rules.x]\n{body}\n"


def test_a_trigger_only_executes_the_award():
    bundle = compile_text(rule('on = { submits = "contact" }\npoints = { lead = 50 }'))
    trigger, award = campaign(bundle, "When x"), campaign(bundle, "Award x")
    assert trigger["type"] == "trigger"
    assert trigger["qualification"] == award["qualification"] == "Every time"
    assert [step["step"] for step in trigger["flow"]] == ["Execute Campaign"]
    assert trigger["smart_list"]["triggers"] == [
        {
            "rule": "Fills Out Form",
            "attribute": "Form Name",
            "operator": "is",
            "values": ["WEB Contact", "WEB Call"],
        }
    ]
    assert award["flow"][0]["fields"] == [
        {"label": "Score Name", "value": "Person Score"},
        {"label": "Change", "value": "{{my.X}}"},
    ]
    assert award["smart_list"]["filters"], "an executable without filters lets nobody through"
    assert award["status"] == "inactive"


def test_a_literal_takes_the_title_and_a_named_value_its_own_name():
    text = "[values]\nbig-deal = 40\n" + CONTACT + SCORE
    text += '[rules.a]\ntitle = "Form - Contact"\non = { submits = "contact" }\npoints = { lead = 5 }\n'
    text += '[rules.b]\non = { visits = "careers" }\npoints = { lead = "big-deal" }\n'
    text += '[rules.c]\non = { opens = "letter" }\npoints = { lead = "big-deal" }\n'
    assert tokens(compile_text(text)) == {"Form - Contact": 5, "Big Deal": 40}


def test_an_option_names_a_token_and_clashes_are_told_apart():
    text = CONTACT + SCORE
    text += '[rules.a]\ntitle = "Same"\non = { submits = "contact" }\npoints = { lead = 5 }\n'
    text += '[rules.b]\ntitle = "Same"\non = { visits = "careers" }\npoints = { lead = -10 }\n'
    assert tokens(compile_text(text)) == {"Same": 5, "Same Minus": -10}
    named = text + '[targets.marketo]\ntokens = { a = "Web - First", b = "Web - Second" }\n'
    assert tokens(compile_text(named)) == {"Web - First": 5, "Web - Second": -10}


def test_pages_stand_without_host_and_with_both_endings():
    bundle = compile_text(rule('on = { visits = "careers" }\npoints = { lead = -10 }'))
    assert campaign(bundle, "When x")["smart_list"]["triggers"][0]["values"] == ["/careers", "/careers/"]


def test_an_override_keeps_the_host():
    bundle = compile_text(
        rule('on = { visits = "careers" }\npoints = { lead = -10 }'), page_without_host=False
    )
    assert "example.com/careers" in campaign(bundle, "When x")["smart_list"]["triggers"][0]["values"]


@pytest.mark.parametrize(("ignored", "expected"), [("true", ["Is Bot Activity"]), ("false", [])])
def test_bots_are_kept_out_where_the_model_ignores_them(ignored, expected):
    head = f'language = 1\n[model]\nid = "t"\ntitle = "T"\ntimezone = "UTC"\nignore_bots = {ignored}\n'
    bundle = compile_text(rule('on = { opens = "letter" }\npoints = { lead = 1 }'), head)
    trigger = campaign(bundle, "When x")["smart_list"]["triggers"][0]
    assert [row["name"] for row in trigger.get("constraints", [])] == expected


@pytest.mark.parametrize(
    ("limit", "qualification"),
    [
        ("{ times = 1 }", "Only once"),
        ('{ times = 1, per = "30d" }', "Once every 30 days"),
        ('{ times = 1, per = "6h" }', "Once every 6 hours"),
        ('{ times = 1, per = "2w" }', "Once every 14 days"),
    ],
)
def test_once_is_a_qualification_of_the_executable_alone(limit, qualification):
    bundle = compile_text(rule(f'on = {{ submits = "contact" }}\npoints = {{ lead = 50 }}\nlimit = {limit}'))
    assert campaign(bundle, "Award x")["qualification"] == qualification
    assert campaign(bundle, "When x")["qualification"] == "Every time"
    assert not tables(bundle, "helper-fields")


def test_the_first_two_count():
    bundle = compile_text(rule('on = { submits = "contact" }\npoints = { lead = 50 }\nlimit = { times = 2 }'))
    person = Person(bundle)
    for _ in range(5):
        person.run("When x")
    assert person.fields["Person Score"] == 100
    assert notes(bundle, "bounded") == [("simultaneous-events", "rules.x")]


def test_the_first_two_are_exact_once_runs_are_known_to_wait_for_one_another():
    body = 'on = { submits = "contact" }\npoints = { lead = 50 }\nlimit = { times = 2 }'
    bundle = compile_text(rule(body), runs_interleave=False)
    assert notes(bundle, "bounded") == []
    assert ("award", "rules.x") in notes(bundle, "exact")


def test_two_in_thirty_days_by_a_register_of_dates():
    body = 'on = { submits = "contact" }\npoints = { lead = 5 }\nlimit = { times = 2, per = "30d" }'
    person = Person(compile_text(rule(body)))
    for day, expected in ((0, 5), (10, 10), (29, 10), (30, 15), (39, 15), (41, 20)):
        person.today = 1000 + day
        person.run("When x")
        assert person.fields["Person Score"] == expected, day


def test_a_limit_in_points_cuts_the_last_award():
    body = 'on = { submits = "contact" }\npoints = { lead = 8 }\nlimit = { points = 20 }'
    person = Person(compile_text(rule(body)))
    scores = []
    for _ in range(4):
        person.run("When x")
        scores.append(person.fields["Person Score"])
    assert scores == [8, 16, 20, 20]


def test_a_calendar_day_is_bounded_by_its_batch():
    body = 'on = { submits = "contact" }\npoints = { lead = 8 }\nlimit = { times = 1, per = "calendar day" }'
    bundle = compile_text(rule(body))
    assert ("batch-start", "rules.x") in notes(bundle, "bounded")
    person = Person(bundle)
    person.run("When x")
    person.run("When x")
    assert person.fields["Person Score"] == 8
    person.night()
    person.run("When x")
    assert person.fields["Person Score"] == 16


def test_each_asset_has_its_own_executable():
    body = 'on = { submits = "contact" }\npoints = { lead = 5 }\nlimit = { times = 1, each = "asset" }'
    person = Person(compile_text(rule(body)))
    for name in ("When x - WEB Contact", "When x - WEB Contact", "When x - WEB Call"):
        person.run(name)
    assert person.fields["Person Score"] == 10


def test_each_of_any_asset_is_refused_with_a_way_out():
    body = 'on = { submits = "any-form" }\npoints = { lead = 5 }\nlimit = { times = 1, each = "asset" }'
    bundle = compile_text(rule(body))
    assert notes(bundle, "refused") == [("each-asset-unlisted", "rules.x")]
    assert next(note for note in bundle.notes if note.result.value == "refused").instead


def test_a_count_waits_so_that_the_event_itself_is_in_the_log():
    body = 'on = { visits = "any-page", at_least = 3, within = "7d" }\npoints = { lead = 5 }\nlimit = { times = 1, per = "7d" }'
    bundle = compile_text(rule(body))
    assert [step["step"] for step in campaign(bundle, "When x")["flow"]] == ["Wait", "Execute Campaign"]
    assert campaign(bundle, "Award x")["smart_list"]["filters"][0]["constraints"] == [
        {"name": "Date of Activity", "operator": "in past", "values": ["168 hours"]},
        {"name": "Min. Number of Times", "operator": "is", "values": ["3"]},
    ]
    assert notes(bundle, "bounded") == []
    assert notes(compile_text(rule(body), hour_windows_roll=False), "bounded") == [("window-edge", "rules.x")]


def test_a_count_for_ever_is_kept_in_a_field_since_the_log_forgets():
    body = 'on = { visits = "careers", at_least = 3 }\npoints = { lead = -25 }\nlimit = { times = 1 }'
    person = Person(compile_text(rule(body)))
    seen = []
    for _ in range(5):
        person.run("When x")
        seen.append(person.fields.get("Person Score"))
    assert seen == [None, None, -25, -25, -25]


def test_events_that_are_counted_apart_have_gates():
    text = (
        CONTACT + SCORE + '[rules.x]\non.any = [\n  { submits = "contact", at_least = 2, within = "7d" },\n'
    )
    text += '  { opens = "letter", at_least = 3, within = "7d" },\n  { visits = "careers" },\n]\n'
    text += "points = { lead = 5 }\nlimit = { times = 1 }\n"
    bundle = compile_text(text)
    gates = {
        name: campaign(bundle, name)["smart_list"]["filters"][0]["rule"] for name in ("Gate x 1", "Gate x 2")
    }
    assert gates == {"Gate x 1": "Filled Out Form", "Gate x 2": "Opened Email"}
    person = Person(bundle)
    person.log = [("Filled Out Form", 1000), ("Opened Email", 1000), ("Opened Email", 1000)]
    person.run("When x 2")
    assert "Person Score" not in person.fields
    person.run("When x 3")
    assert person.fields["Person Score"] == 5


def test_a_count_without_a_limit_of_one_is_bounded():
    body = 'on = { submits = "contact", at_least = 3, within = "7d" }\npoints = { lead = 5 }\nlimit = { times = 1 }'
    assert notes(compile_text(rule(body)), "bounded") == []
    often = compile_text(rule(body.replace("times = 1", "times = 4")))
    assert ("count-after-wait", "rules.x") in notes(often, "bounded")


def test_the_first_value_of_a_field_is_a_change():
    text = SCORE + '[rules.x]\non = { changes = "company" }\npoints = { lead = 5 }\n'
    created = campaign(compile_text(text), "When created x")
    assert created["smart_list"]["triggers"][0]["rule"] == "Person is Created"
    assert created["smart_list"]["filters"] == [
        {"rule": "Company Name", "operator": "is not empty", "values": []}
    ]
    other = tables(compile_text(text, created_without_change=False), "smart-campaigns")
    assert "When created x" not in {table["campaign"] for table in other.values()}


def test_a_group_shares_one_account_and_makes_room_again():
    text = CONTACT + SCORE + '[groups.web]\nscore = "lead"\nlimit = { points = 20, per = "90d" }\n'
    text += '[rules.a]\non = { submits = "contact" }\npoints = { lead = 10 }\ngroup = "web"\n'
    text += '[rules.b]\non = { visits = "careers" }\npoints = { lead = 5 }\ngroup = "web"\n'
    person = Person(compile_text(text))
    scores = []
    for day, name in ((0, "b"), (1, "b"), (2, "b"), (3, "a"), (4, "a"), (5, "b"), (90, "a"), (92, "a")):
        person.go_to(1000 + day)
        person.run(f"When {name}")
        scores.append(person.fields["Person Score"])
    assert scores == [5, 10, 15, 20, 20, 20, 25, 35]


def test_points_that_expire_are_taken_back_by_a_requested_campaign():
    bundle = compile_text(rule('on = { submits = "contact" }\npoints = { lead = 50 }\nexpires = "30d"'))
    assert [step["step"] for step in campaign(bundle, "Award x")["flow"]] == [
        "Change Score",
        "Request Campaign",
    ]
    later = campaign(bundle, "Later x")
    assert later["smart_list"]["triggers"][0]["rule"] == "Campaign is Requested"
    assert later["flow"][0]["fields"] == [{"label": "Duration", "value": "30 days"}]
    person = Person(bundle)
    person.run("When x")
    person.go_to(1029)
    assert person.fields["Person Score"] == 50
    person.go_to(1030)
    assert person.fields["Person Score"] == 0


def test_points_that_fade_end_at_nothing():
    person = Person(
        compile_text(
            rule(
                'on = { submits = "contact" }\npoints = { lead = 50 }\nfades = { percent = 50, every = "7d" }'
            )
        )
    )
    person.run("When x")
    assert person.fields["Person Score"] == 50
    person.go_to(2000)
    assert person.fields["Person Score"] == 0


@pytest.mark.parametrize(
    ("points", "fades", "flows"),
    [(20, "subtract = 1", [40]), (153, "subtract = 1", [18, 33]), (2_000, "percent = 5", [104, 101])],
)
def test_points_that_melt_in_many_steps_are_taken_by_parts_that_are_requested(points, fades, flows):
    text = rule(
        f'on = {{ submits = "contact" }}\npoints = {{ lead = {points} }}\nfades = {{ {fades}, every = "7d" }}'
    )
    bundle = compile_text(text)
    later = [row for name, row in tables(bundle, "smart-campaigns").items() if ".Later" in name]
    assert [len(row["flow"]) for row in later] == flows
    called = {
        row["value"] for step in later[-1]["flow"] for row in step["fields"] if row["label"] == "Campaign"
    }
    assert called == {row for row in tables(bundle, "smart-campaigns") if ".Later x part" in row}


@pytest.mark.parametrize("fades", ["subtract = 1", "percent = 1"])
def test_points_that_melt_in_too_many_steps_are_refused(fades):
    text = rule(
        f'on = {{ submits = "contact" }}\npoints = {{ lead = 50000 }}\nfades = {{ {fades}, every = "7d" }}'
    )
    assert notes(compile_text(text), "refused") == [("too-many-steps", "rules.x")]


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ('{ fails = "any-form" }', "event-impossible"),
        ("{ searches = true }", "event-impossible"),
        ("{ starts_visit = true }", "event-impossible"),
        ('{ visits = "any-page", where = { seconds = { at_least = 60 } } }', "condition-impossible"),
    ],
)
def test_what_marketo_cannot_see_is_refused_at_its_place(event, name):
    text = (
        CONTACT
        + 'guide = { file = "Guide" }\n'
        + SCORE
        + f"[rules.x]\non = {event}\npoints = {{ lead = 1 }}\n"
    )
    bundle = compile_text(text)
    refused = [note for note in bundle.notes if note.result.value == "refused"]
    assert [(note.name, note.element) for note in refused] == [(name, "rules.x")]
    assert refused[0].path[:2] == ("rules", "x")
    assert refused[0].instead


def test_a_condition_on_a_score_that_siblings_change_is_bounded():
    text = CONTACT + SCORE + '[rules.a]\non = { visits = "careers" }\npoints = { lead = 5 }\n'
    text += '[rules.b]\non = { visits = "any-page" }\nwhen = { score = "lead", at_least = 10 }\npoints = { lead = 1 }\n'
    assert notes(compile_text(text), "bounded") == [("sibling-order", "rules.b")]
    fixed = compile_text(text, trigger_order=True)  # which need not be the right one
    assert notes(fixed, "bounded") == [("sibling-order", "rules.b")]


def test_a_population_stands_in_every_executable():
    head = 'language = 1\n[model]\nid = "t"\ntitle = "T"\ntimezone = "UTC"\nexclude = ["staff"]\n'
    text = '[segments.staff]\nwhen = { field = "company", is = "Example" }\n'
    text += rule('on = { submits = "contact" }\npoints = { lead = 5 }')
    bundle = compile_text(text, head)
    assert {
        "rule": "Member of Smart List",
        "operator": "not in",
        "values": ["OP-Scoring-T.Segment staff"],
    } in campaign(bundle, "Award x")["smart_list"]["filters"]
    person = Person(bundle, Company_Name="example")
    person.run("When x")
    assert "Person Score" not in person.fields


def test_names_over_the_limit_are_refused_and_never_cut():
    long = "A very long title that goes on and on until no token can bear it"
    bundle = compile_text(rule(f'title = "{long}"\non = {{ submits = "contact" }}\npoints = {{ lead = 5 }}'))
    refused = [note for note in bundle.notes if note.result.value == "refused"]
    assert [note.name for note in refused] == ["name-too-long"]
    assert "50" in refused[0].message
    assert refused[0].facts == ("token-name-length",)


@pytest.mark.parametrize(
    ("asset", "event", "kind"),
    [
        ('{ link = "Prices" }', "clicks", "link"),
        ('{ file = "Guide" }', "downloads", "file"),
        ('{ landing_page = "Webinar" }', "submits", "landing page"),
        ('{ ad = "Spring" }', "clicks", "advert"),
    ],
)
def test_what_stands_on_no_list_is_looked_for_in_the_log(asset, event, kind):
    text = f'[assets]\nthing = {asset}\n{SCORE}[rules.x]\non = {{ {event} = "thing" }}\npoints = {{ lead = 5 }}\n'
    bundle = compile_text(text)
    assert kind in {table["kind"] for table in tables(bundle, "prerequisites").values()}
    assert (("ad-by-address", "rules.x") in notes(bundle, "bounded")) is (kind == "advert")


def programs(on: str) -> str:
    assets = '[assets]\nsummit = { event = "Summit" }\nwbn = { webinar = "WBN", match = "starts_with" }\n'
    return f"{assets}{SCORE}[rules.x]\non = {{ {on} }}\npoints = {{ lead = 20 }}\n"


@pytest.mark.parametrize("verb", ["attends", "registers", "misses", "joins"])
@pytest.mark.parametrize(("kind", "other"), [("webinar", "event"), ("event", "webinar")])
def test_any_webinar_and_any_event_are_any_program_and_that_is_bounded(verb, kind, other):
    bundle = compile_text(programs(f'{verb} = "any-{kind}"'))
    assert notes(bundle, "bounded") == [("any-program-counts", "rules.x")]
    note = next(note for note in bundle.notes if note.name == "any-program-counts")
    assert f"every {other}" in note.bound
    assert "20 points" in note.bound
    assert "starts_with" in note.message


@pytest.mark.parametrize("asset", ['"summit"', '"wbn"', '["any-webinar", "any-event"]'])
def test_named_programs_and_both_kinds_together_are_exact_and_one_trigger(asset):
    bundle = compile_text(programs(f"attends = {asset}"))
    assert notes(bundle, "bounded") == []
    assert len(campaign(bundle, "When x")["smart_list"]["triggers"]) == 1


def test_a_condition_on_any_webinar_is_bounded_too():
    text = CONTACT + SCORE + '[rules.x]\non = { submits = "contact" }\n'
    text += 'when = { attended = "any-webinar", within = "30d" }\npoints = { lead = 5 }\n'
    assert ("any-program-counts", "rules.x") in notes(compile_text(text), "bounded")


@pytest.mark.parametrize(("match", "more"), [("is", True), ("starts_with", True), ("contains", False)])
def test_a_whole_name_of_an_advert_is_only_looked_for_in_the_address(match, more):
    text = f'[assets]\nthing = {{ ad = "Spring", match = "{match}" }}\n{SCORE}'
    bundle = compile_text(text + '[rules.x]\non = { clicks = "thing" }\npoints = { lead = 5 }\n')
    bounds = [note.bound for note in bundle.notes if note.name == "ad-by-address"]
    assert len(bounds) == 1
    assert ("another advert" in bounds[0]) is more


def test_adverts_that_are_left_out_are_never_asked_for_instead():
    text = '[assets]\nthing = { ad = "Spring" }\n' + SCORE
    text += '[rules.x]\non = { clicks = "any-ad", except = "thing" }\npoints = { lead = 5 }\n'
    assert notes(compile_text(text), "refused") == [("event-impossible", "rules.x")]


YES_NO = (
    '[fields]\nnews = { type = "yes_no" }\n[rules.news]\non = { changes = "news" }\npoints = { lead = 5 }\n'
)


def test_a_boolean_is_never_empty_so_a_first_no_is_said_to_be_unseen():
    made = compile_text(SCORE + YES_NO)
    (asked,) = campaign(made, "When created news")["smart_list"]["filters"]
    assert (asked["operator"], asked["values"]) == ("is", ["true"])
    assert ("first-no-unseen", "rules.news") in notes(made, "bounded")
    when = YES_NO + 'when = { field = "news", is = true }\n'
    assert "first-no-unseen" not in {note.name for note in compile_text(SCORE + when).notes}
    told_apart = compile_text(SCORE + YES_NO, empty_boolean_is_false=False)
    assert "first-no-unseen" not in {note.name for note in told_apart.notes}


# --- what the log does not say yet, and what an event does not say ---------------------------------------------------


@pytest.mark.parametrize(
    ("on", "asked", "waits"),
    [
        ('submits = "any-form"', '{ submitted = "contact" }', True),
        ('submits = "contact"', '{ not = { submitted = "contact", at_least = 3, within = "7d" } }', True),
        ('submits = "other"', '{ submitted = "contact" }', False),
        ('submits = "any-form", except = "contact"', '{ submitted = "contact" }', False),
        ('submits = "contact"', '{ submitted = "any-form", except = "contact" }', False),
        ('clicks = "any-email"', '{ submitted = "any-form" }', False),
    ],
)
def test_an_award_that_asks_the_log_about_its_own_event_waits_until_that_is_in_it(on, asked, waits):
    forms = '[assets]\ncontact = { form = "Contact" }\nother = { form = "Other" }\n'
    body = f"[rules.x]\non = {{ {on} }}\npoints = {{ lead = 5 }}\n"
    whole = SCORE + forms + body
    for text in (f"{whole}when = {asked}\n", whole + f"[segments.in]\nwhen = {asked}\n"):
        head = HEAD if "segments" not in text else HEAD + 'eligible = "in"\n'
        bundle = compile_text(text, head)
        told = [step["step"] for step in campaign(bundle, "When x")["flow"]]
        assert (told[0] == "Wait") is (("asked-after-wait", "rules.x") in notes(bundle, "bounded")) is waits
    sure = compile_text(f"{whole}when = {asked}\n", filter_counts_trigger_event="counted")
    assert "Wait" not in [step["step"] for step in campaign(sure, "When x")["flow"]]


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("amount = { below = 100 }", True),
        ("amount = { at_least = 0 }", True),
        ("amount = { is = 0 }", True),
        ("regular = { is = false }", True),
        ("amount = { at_least = 1 }", False),
        ("regular = { is = true }", False),
    ],
)
def test_an_event_that_does_not_tell_a_number_may_count_as_one_with_0(test, said):
    text = f"""
[activities]
gift = {{ properties = {{ amount = "number", regular = "yes_no" }} }}
[rules.x]
on = {{ does = "gift", where = {{ {test} }} }}
points = {{ lead = 5 }}
"""
    assert (("empty-property-counts", "rules.x") in notes(compile_text(SCORE + text), "bounded")) is said


@pytest.mark.parametrize("known", ["true", "false"])
def test_the_page_of_a_form_is_never_unknown(known):
    body = f'on = {{ submits = "any-form", where = {{ page = {{ known = {known} }} }} }}\npoints = {{ lead = 5 }}\n'
    assert ("condition-impossible", "rules.x") in notes(compile_text(SCORE + f"[rules.x]\n{body}"), "refused")


@pytest.mark.parametrize(("joins", "said"), [("nurture", True), ("any-campaign", True), ("other", False)])
def test_whom_the_model_itself_adds_to_a_campaign_earns_what_joining_it_earns(joins, said):
    text = f"""
[assets]
nurture = {{ campaign = "Nurture" }}
other = {{ campaign = "Other" }}
[rules.x]
on = {{ joins = "{joins}" }}
points = {{ lead = 5 }}
[thresholds.hot]
when = {{ score = "lead", at_least = 50 }}
then = [{{ add_to_campaign = "nurture" }}]
"""
    assert (("own-action-joins", "rules.x") in notes(compile_text(SCORE + text), "bounded")) is said
