"""How what happens to a person shows in Marketo: activities, attributes, fields, memberships."""

from __future__ import annotations

import pytest

from scorewright.model.history import FieldSet, Happening, Listed, Person
from scorewright_marketo.emulator.clock import Clock
from scorewright_marketo.emulator.history import Translator
from scorewright_marketo.emulator.platform import Platform
from tests.marketo.compiling import model_of

SPEC = """
[assets]
contact = { form = ["Contact", "Contact us"], names = { marketo = ["WEB Contact", "WEB Contact us"] } }
landing = { landing_page = "/offer" }
gated = { form = "Gated", match = "contains" }
pricing = { pages = ["/pricing"] }
letter = { email = "Letter" }
button = { link = "https://example.com/go" }
paper = { file = "paper.pdf" }
banner = { ad = "spring" }
webinar = { webinar = "Webinar 1" }
fair = { event = "Fair" }
film = { video = "Film" }
talk = { chat = "Welcome" }
back = { campaign = "Back" }
vips = { list = "VIPs" }
[fields]
topics = { type = "choices", values = ["A", "B"] }
signed = { type = "date" }
club = { type = "yes_no", names = { marketo = "In The Club" } }
[activities]
trial = { properties = { seats-used = "number", until = "date" } }
signup = { names = { marketo = "Signed Up" } }
[scores.lead]
title = "Lead score"
kind = "engagement"
[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
"""
HEAD = 'language = 1\n[model]\nid = "m"\ntitle = "M"\ntimezone = "UTC"\ncounts_as_activity = ["visits"]\n'


def told(item, options="", **platform):
    model = model_of(SPEC + options, HEAD)
    translator = Translator(model, Platform(**platform), Clock("UTC"))
    ((_, found),) = translator.history(Person(0, history=(item,)))
    return found


def seen(verb, what="", *, options="", name=None, platform=None, **properties):
    """The kind of the one activity, and its attributes that say something."""
    properties = {key.replace("_", "-"): value for key, value in properties.items()}
    found = told(Happening(100, verb, what, properties, name), options, **(platform or {})).activities
    assert len(found) == 1
    return found[0].kind, {
        key: value for key, value in found[0].attributes.items() if value not in {None, ""}
    }


@pytest.mark.parametrize(
    ("address", "page", "query"),
    [
        ("/pricing", "/pricing", ""),
        ("pricing", "/pricing", ""),
        ("https://www.example.org/pricing/?a=b&c#d", "/pricing/", "a=b&c"),
        ("www.example.org/blog/post", "/blog/post", ""),
        ("//example.org", "/", ""),
    ],
)
def test_a_page_shows_without_host_and_query_string(address, page, query):
    expected = {"Web Page": page} | ({"Querystring": query} if query else {})
    assert seen("visits", "any-page", name=address) == ("page", expected)


def test_a_page_shows_with_its_host_on_an_instance_that_keeps_it():
    platform = {"page_without_host": False}
    _, shown = seen("visits", "any-page", name="https://www.example.org/pricing", platform=platform)
    assert shown["Web Page"] == "www.example.org/pricing"


def test_the_properties_of_a_visit_are_constraints():
    kind, shown = seen("visits", "pricing", query_string="utm=x", referrer="search")
    assert (kind, shown) == ("page", {"Web Page": "/pricing", "Querystring": "utm=x", "Referrer": "search"})


def test_a_form_shows_by_the_name_that_it_has_in_marketo():
    assert seen("submits", "contact")[1]["Form Name"] == "WEB Contact"
    assert seen("submits", "contact", name="contact US")[1]["Form Name"] == "WEB Contact us"
    assert seen("submits", "any-form", name="Contact")[1]["Form Name"] == "WEB Contact"
    assert seen("submits", "gated", name="A gated offer")[1]["Form Name"] == "A gated offer"
    assert seen("submits", "any-form", name="Another")[1]["Form Name"] == "Another"


def test_a_form_that_nobody_names_is_none_that_the_spec_names():
    assert seen("submits", "any-form")[1]["Form Name"] not in {"WEB Contact", "WEB Contact us", "Gated"}


def test_a_landing_page_shows_as_the_page_of_a_form():
    assert seen("submits", "landing")[1]["Web Page"] == "/offer"
    assert seen("submits", "any-form", name="/offer")[1]["Web Page"] == "/offer"
    assert seen("submits", "contact", page="https://x.example.org/a?b")[1]["Web Page"] == "/a"


def test_mails_links_and_files_are_clicked_each_in_its_way():
    assert seen("opens", "letter", bot=True, device="phone") == (
        "email-open",
        {"Email": "Letter", "Is Bot Activity": True, "Device": "phone"},
    )
    assert seen("clicks", "letter", link="/a") == (
        "email-click",
        {"Email": "Letter", "Is Bot Activity": False, "Link": "/a"},
    )
    assert seen("clicks", "button") == ("link", {"Link": "https://example.com/go"})
    assert seen("downloads", "paper") == ("link", {"Link": "paper.pdf"})
    assert seen("downloads", "any-file")[1]["Link"].endswith(".pdf")
    assert (
        seen("clicks", "button", platform={"link_is_address": False})[1]["Link"] != "https://example.com/go"
    )


def test_an_advert_shows_in_the_query_string_of_the_page_behind_it():
    kind, shown = seen("clicks", "banner")
    assert kind == "page"
    assert "spring" in shown["Querystring"]


def test_where_no_advert_has_a_name_a_click_is_no_more_than_the_page_view_behind_it():
    model = model_of(SPEC.replace('banner = { ad = "spring" }', ""), HEAD)
    history = (Happening(1, "clicks", "any-ad"),)
    ((_, found),) = Translator(model, Platform(), Clock("UTC")).history(Person(0, history=history))
    assert found.activities == ()


def joined(verb, what, options="", **properties):
    return told(Happening(7, verb, what, properties), options).programs


def test_attendance_is_a_program_status_by_the_instances_words():
    assert joined("attends", "webinar") == (("Webinar 1", "Attended", 7),)
    assert joined("misses", "fair") == (("Fair", "No Show", 7),)
    options = '[targets.marketo.statuses]\nattended = ["Was there", "Stayed long"]\n'
    assert joined("attends", "fair", options) == (("Fair", "Was there", 7),)
    assert joined("attends", "fair", options, status="Stayed long") == (("Fair", "Stayed long", 7),)


def test_joining_is_a_membership():
    assert told(Happening(1, "joins", "back", {"status": "Responded"})).campaigns == (("Back", "Responded"),)
    assert joined("joins", "fair", status="Invited") == (("Fair", "Invited", 7),)


def test_chats_and_custom_activities_have_their_names_and_attributes():
    assert seen("chats", "talk", status="done") == ("chat", {"Dialogue": "Welcome", "New Status": "done"})
    assert seen("does", "trial", seats_used=5, until="1970-01-02") == (
        "custom Trial",
        {"Seats Used": 5, "Until": 86_400},
    )
    assert seen("does", "signup")[0] == "custom Signed Up"


def test_mail_that_does_not_arrive_and_people_who_leave_change_the_standard_fields():
    hard, soft = told(Happening(1, "bounces", "hard")), told(Happening(1, "bounces", "soft"))
    assert hard.fields == (("Email Invalid", True),)
    assert (soft.fields, soft.activities[0].kind) == ((), "bounce-soft")
    assert told(Happening(1, "unsubscribes")).fields == (("Unsubscribed", True),)
    assert told(Happening(1, "resubscribes")).fields == (("Unsubscribed", False), ("Email Invalid", False))


def test_opportunities_come_and_close():
    created, won = told(Happening(1, "opportunity", "created")), told(Happening(1, "opportunity", "won"))
    assert (created.opportunities, created.activities[0].kind) == (("open",), "opportunity-add")
    assert won.opportunities == ("won",)
    assert seen("opportunity", "won")[1] == {"Attribute": "Stage", "New Value": "Closed Won"}
    options = '[targets.marketo.stages]\nwon = ["Signed"]\n'
    assert seen("opportunity", "won", options=options)[1]["New Value"] == "Signed"
    assert told(Happening(1, "opportunity", "won"), opportunity_triggers=False).activities == ()


@pytest.mark.parametrize(
    ("verb", "what"),
    [
        ("fails", "contact"),
        ("starts_visit", ""),
        ("searches", ""),
        ("replies", "letter"),
        ("watches", "film"),
    ],
)
def test_what_marketo_has_no_record_of_leaves_no_trace(verb, what):
    found = told(Happening(1, verb, what))
    assert (found.activities, found.fields, found.programs) == ((), (), ())


@pytest.mark.parametrize(
    ("field", "value", "label", "shown"),
    [
        ("job-title", "CEO", "Job Title", "CEO"),
        ("job-title", "  ", "Job Title", None),
        ("employees", 0, "Num Employees", 0),
        ("topics", ("A", "B"), "Topics", "A;B"),
        ("topics", (), "Topics", None),
        ("signed", "1970-01-02", "Signed", 86_400),
        ("club", True, "In The Club", True),
        ("email-domain", "example.com", "Email Address", "somebody@example.com"),
        ("assigned_to", "Somebody", "Sales Owner Email Address", "Somebody"),
        ("crm_record", "lead", "SFDC Type", "Lead"),
        ("crm_record", None, "SFDC Type", None),
    ],
)
def test_fields_have_the_instances_labels_and_values(field, value, label, shown):
    assert told(FieldSet(1, field, value)).fields == ((label, shown),)


def test_a_list_is_joined_from_outside():
    assert told(Listed(1, "vips", on=True)).lists == (("VIPs", True),)


def test_things_are_told_when_they_become_known_in_the_order_in_which_they_happened():
    model = model_of(SPEC, HEAD)
    history = (
        Happening(50, "visits", "pricing", name="/late", known=500),
        Happening(300, "visits", "pricing", name="/second"),
        Happening(10, "visits", "pricing", name="/first"),
    )
    rows = Translator(model, Platform(), Clock("UTC")).history(Person(100, history=history))
    assert [(known, row.activities[0].attributes["Web Page"]) for known, row in rows] == [
        (100, "/first"),
        (300, "/second"),
        (500, "/late"),
    ]
