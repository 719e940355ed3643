"""Which events Marketo tells of: what is bounded where a trigger cannot tell them apart, and refused where none can see them."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, campaign, compile_text, notes, tables
from tests.marketo.pieces import CONTACT


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


@pytest.mark.parametrize(("bot", "said"), [("false", True), ("true", False)])
def test_what_nobody_has_told_apart_counts_as_a_persons(bot, said):
    body = f'on = {{ opens = "any-email", where = {{ bot = {{ is = {bot} }} }} }}\npoints = {{ lead = 5 }}\n'
    found = notes(compile_text(SCORE + f"[rules.x]\n{body}"), "bounded")
    assert (("untold-is-a-person", "rules.x") in found) is said


@pytest.mark.parametrize(("wrote", "said"), [("stage", True), ("other", False)])
def test_what_the_model_itself_writes_counts_as_a_change(wrote, said):
    text = f"""
[fields]
stage = {{ type = "text" }}
other = {{ type = "text" }}
[rules.form]
on = {{ submits = "any-form" }}
points = {{ lead = 7 }}
then = [{{ set_field = "{wrote}", to = "x" }}]
[rules.x]
on = {{ changes = "stage" }}
points = {{ lead = 5 }}
[thresholds.hot]
when = {{ score = "lead", at_least = 50 }}
or_on = [{{ changes = "stage" }}]
then = [{{ notify = "owner" }}]
"""
    found = notes(compile_text(SCORE + text), "bounded")
    for element in ("rules.x", "thresholds.hot"):
        assert (("own-action-changes", element) in found) is said


def test_a_hand_raised_by_joining_is_raised_by_the_model_itself_too():
    text = """
[assets]
c = { campaign = "C" }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
or_on = [{ joins = "c" }]
then = [{ add_to_campaign = "c" }]
"""
    assert ("own-action-joins", "thresholds.hot") in notes(compile_text(SCORE + text), "bounded")


def test_a_campaign_is_looked_at_for_every_status_that_the_model_gives():
    text = '[assets]\nc = { campaign = "C" }\n'
    for name, status in (("a", ""), ("b", ', status = "Sent"'), ("d", ', status = "Responded"')):
        text += f'[rules.{name}]\non = {{ submits = "any-form" }}\npoints = {{ lead = 5 }}\n'
        text += f'then = [{{ add_to_campaign = "c"{status} }}]\n'
    (made,) = (
        item
        for name, item in tables(compile_text(SCORE + text), "prerequisites").items()
        if name.endswith("C")
    )
    assert "“Sent”" in made["check"]
    assert "“Responded”" in made["check"]


@pytest.mark.parametrize(("kind", "refused"), [("landing_page", True), ("form", False)])
def test_a_landing_page_has_no_page_besides(kind, refused):
    text = f'[assets]\nx = {{ {kind} = "Contact us" }}\n[rules.x]\npoints = {{ lead = 5 }}\n'
    text += 'on = { submits = "x", where = { page = { contains = "offer" } } }\n'
    found = notes(compile_text(SCORE + text), "refused")
    assert (("condition-impossible", "rules.x") in found) is refused


@pytest.mark.parametrize(
    ("asked", "window", "refused"),
    [
        ('visits = "any-page"', "calendar month", False),
        ('visits = "any-page"', "calendar quarter", True),
        ('visits = "any-page"', "calendar year", True),
        ('submits = "any-form"', "calendar year", False),
    ],
)
def test_a_calendar_window_longer_than_the_log_is_refused(asked, window, refused):
    text = f'[rules.x]\non = {{ {asked}, at_least = 3, within = "{window}" }}\npoints = {{ lead = 5 }}\n'
    found = notes(compile_text(SCORE + text), "refused")
    assert (("history-not-kept", "rules.x") in found) is refused
