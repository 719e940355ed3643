from __future__ import annotations

import pytest

from scorewright.model.history import Person
from tests.pardot.emulator import platform as pf
from tests.pardot.emulator.platform import action, adjust, bundle, by, does, end, notify, play, put


def carrier(kind, asset, *actions):
    return {"name": f"{kind}: {asset}", "asset_kind": kind, "asset": asset, "actions": list(actions)}


def page(path, *actions, match="is", name="P"):
    return {"name": name, "path": path, "match": match, "actions": list(actions)}


def lead(tables, *history, **more):
    return end(tables, *history, **more)["score lead"]


# --- baseline rows --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "event"),
    [
        ("Page_View", ("visits", "any-page", "/x")),
        ("Form_Submission", ("submits", "contact")),
        ("Form_Handler_Submission", ("submits", "handler")),
        ("Landing_Page_Success", ("submits", "offer")),
        ("Form_Error", ("fails", "contact")),
        ("Landing_Page_Error", ("fails", "offer")),
        ("Form_Handler_Error", ("fails", "handler")),
        ("Email_Open", ("opens", "mail")),
        ("Tracker_Link_Click", ("clicks", "mail")),
        ("Custom_Redirect_Click", ("clicks", "banner")),
        ("File_Access", ("downloads", "paper")),
        ("Event_Registered", ("registers", "fair")),
        ("Event_Checked_In", ("attends", "fair")),
        ("Olark_Chat", ("chats", "any-chat")),
        ("Visitor_Session", ("starts_visit",)),
        ("Site_Search_Query", ("searches",)),
        ("Opportunity_Created", ("opportunity", "created")),
        ("Opportunity_Won", ("opportunity", "won")),
        ("Opportunity_Lost", ("opportunity", "lost")),
    ],
)
def test_each_activity_is_paid_by_its_row_each_time(row, event):
    tables = bundle(baseline_scoring=pf.rows(**{row: 7}))
    assert lead(tables, does(1, *event)) == 7
    again = 7 if event[0] == "opens" else 14  # of opens only the first of each e-mail counts
    assert lead(tables, does(1, *event), does(2, *event)) == again


def test_rows_that_the_bundle_does_not_set_pay_as_they_ship():
    tables = {**bundle(), "baseline-scoring": [{"name": "Page View", "points": 2, "shipped": 1}]}
    assert lead(tables, does(1, "visits", "any-page"), does(2, "submits", "contact")) == 2 + 50


def test_what_was_done_before_somebody_was_known_is_scored_when_they_are():
    tables = bundle(
        baseline_scoring=pf.rows(Page_View=1), page_actions=[page("/pricing", by(10), put("gone"))]
    )
    seen = end(
        tables, does(-3, "visits", "pricing"), does(-2, "visits", "pricing"), does(1, "visits", "pricing")
    )
    assert seen["score lead"] == 1 + 1 + 11
    assert end(tables, does(-3, "visits", "pricing"))["mark gone"] is False


def test_what_is_told_late_is_scored_by_its_row_and_runs_nothing():
    tables = bundle(
        baseline_scoring=pf.rows(File_Access=3), completion_actions=[carrier("file", "Paper", by(10))]
    )
    late = does(5, "downloads", "paper", known=pf.at(9))
    assert [item["score lead"] for item in play(tables, late, looks=[8], until=10)] == [0, 3]
    assert lead(tables, does(5, "downloads", "paper")) == 13


def test_a_form_makes_known_and_runs_what_stands_on_it_when_it_comes():
    tables = bundle(completion_actions=[carrier("form", "Contact", by(10))])
    assert lead(tables, does(5, "submits", "contact", known=pf.at(9))) == 10
    assert lead(tables, does(-1, "submits", "contact")) == 10


def test_known_bots_are_left_out_where_they_are_filtered():
    tables = bundle(baseline_scoring=pf.rows(Tracker_Link_Click=3))
    click = does(1, "clicks", "mail", bot=True)
    assert (lead(tables, click), lead(tables, click, bots_are_filtered=False)) == (0, 3)


def test_opens_count_once_or_each_time():
    tables = bundle(baseline_scoring=pf.rows(Email_Open=1))
    opens = [does(day, "opens", "mail") for day in (1, 2, 3)]
    assert (lead(tables, *opens), lead(tables, *opens, opens_count_once=False)) == (1, 3)


def test_an_ad_is_seen_only_behind_a_custom_redirect():
    plain = bundle(baseline_scoring=pf.rows(Custom_Redirect_Click=3))
    behind = {**plain, "custom-redirects": [{"name": "Advert"}]}
    click = does(1, "clicks", "advert")
    assert (lead(plain, click), lead(behind, click)) == (0, 3)


# --- page and completion actions ------------------------------------------------------------------------------------


def test_completion_actions_run_each_time_beside_the_row():
    tables = bundle(
        baseline_scoring=pf.rows(Form_Submission=50), completion_actions=[carrier("form", "Contact", by(25))]
    )
    assert lead(tables, does(1, "submits", "contact"), does(2, "submits", "contact")) == 150
    assert lead(tables, does(1, "submits", "contact"), actions_add_to_baseline=False) == 25
    assert lead(tables, does(1, "submits", "any-form", name="Other")) == 50


def test_the_completion_action_of_an_email_runs_once_for_each_link():
    tables = bundle(completion_actions=[carrier("email", "Mail", by(5))])
    clicks = [
        does(1, "clicks", "mail", link="a"),
        does(2, "clicks", "mail", link="a"),
        does(3, "clicks", "mail", link="b"),
    ]
    assert lead(tables, *clicks) == 10


@pytest.mark.parametrize(
    ("match", "path", "seen", "there"),
    [
        ("is", "/pricing", "https://host.example/Pricing/?a=1", True),
        ("is", "/pricing", "/pricing/more", False),
        ("is", "one.example/pricing", "two.example/pricing", False),
        ("starts_with", "/blog/", "/blog/post", True),
        ("starts_with", "/blog/", "/blog-post", False),
        ("contains", "ric", "/pricing", True),
        ("ends_with", "/end", "/the/end", True),
        ("ends_with", "/end", "/the/end/x", False),
    ],
)
def test_page_actions_run_on_the_pages_that_they_name(match, path, seen, there):
    tables = bundle(page_actions=[page(path, by(3), match=match)])
    assert lead(tables, does(1, "visits", "any-page", name=seen)) == (3 if there else 0)


def test_all_page_actions_of_a_page_run_or_only_the_first_and_without_tags():
    tables = bundle(
        page_actions=[
            page("/pricing", by(3)),
            page("/pri", by(4), put("gone"), match="starts_with", name="Q"),
        ]
    )
    view = does(1, "visits", "any-page", name="/pri/pricing")
    both = does(1, "visits", "pricing"), does(2, "visits", "any-page", name="/pri")
    assert end(tables, *both)["score lead"] == 11
    assert end(tables, *both)["mark gone"] is True
    assert end(tables, *both, page_actions_apply_tags=False)["mark gone"] is False
    assert lead(tables, view) == 4
    double = bundle(page_actions=[page("/pricing", by(3)), page("/pricing", by(4), name="Q")])
    assert lead(double, both[0]) == 7
    assert lead(double, both[0], page_actions_apply_tags=False) == 3


def test_a_counter_is_increased_where_there_is_such_an_action():
    tables = bundle(
        completion_actions=[carrier("file", "Paper", action("Increment prospect field value", "Tier", "+1"))]
    )
    twice = does(1, "downloads", "paper"), does(2, "downloads", "paper")
    assert end(tables, *twice)["field tier"] == 2
    assert end(tables, *twice, increment_completion_action=False)["field tier"] is None


def test_adjusting_completion_actions_can_be_lost_when_they_come_quickly():
    tables = bundle(completion_actions=[carrier("form", "Contact", by(5))])
    quick = [does(1, "submits", "contact", hours=hour) for hour in (0, 0.01, 3)]
    assert lead(tables, *quick) == 15
    assert lead(tables, *quick, schedule="late") == 10
    assert lead(tables, *quick, schedule="late", actions_lose_scores=False) == 15
    assert {lead(tables, *quick, schedule="random", seed=seed) for seed in range(12)} == {10, 15}


def test_what_an_action_does_once_for_a_person_is_counted_for_each_object_that_does_it():
    gauge = pf.done("Notify user", "sales@host.example", kind="completion-actions", name="form: Contact")
    tables = bundle(completion_actions=[carrier("form", "Contact", notify())], gauges=[gauge])
    assert end(tables, does(1, "submits", "contact"), does(2, "submits", "contact"))["done x"] == 2
    other = bundle(
        completion_actions=[carrier("form", "Contact", notify("boss@host.example"))], gauges=[gauge]
    )
    assert end(other, does(1, "submits", "contact"))["done x"] == 0


# --- scoring categories ---------------------------------------------------------------------------------------------


def folder(*assets):
    return [{**pf.FOLDER, "assets": [{"kind": kind, "name": name} for kind, name in assets]}]


@pytest.mark.parametrize(
    ("asset", "event", "row"),
    [
        (("form", "Contact"), ("submits", "contact"), "Form_Submission"),
        (("landing_page", "Offer"), ("submits", "offer"), "Landing_Page_Success"),
        (("file", "Paper"), ("downloads", "paper"), "File_Access"),
        (("link", "Banner"), ("clicks", "banner"), "Custom_Redirect_Click"),
        (("email", "Mail"), ("clicks", "mail"), "Tracker_Link_Click"),
        (("email", "Mail"), ("opens", "mail"), "Email_Open"),
    ],
)
def test_a_category_counts_the_assets_of_its_folder_at_the_rows_points(asset, event, row):
    tables = bundle(baseline_scoring=pf.rows(**{row: 5}), scoring_categories=folder(asset))
    seen = end(tables, does(1, *event))
    assert (seen["score lead"], seen["score interest"]) == (5, 5)
    elsewhere = end(bundle(baseline_scoring=pf.rows(**{row: 5})), does(1, *event))
    assert (elsewhere["score lead"], elsewhere["score interest"]) == (5, 0)


def test_a_category_sees_no_failure_of_its_form():
    tables = bundle(baseline_scoring=pf.rows(Form_Error=-5), scoring_categories=folder(("form", "Contact")))
    seen = end(tables, does(1, "fails", "contact"))
    assert (seen["score lead"], seen["score interest"]) == (-5, 0)


def test_a_completion_action_moves_a_category_only_where_there_is_such_an_action():
    tables = bundle(completion_actions=[carrier("form", "Contact", adjust(8))])
    event = does(1, "submits", "contact")
    assert end(tables, event)["score interest"] == 0
    assert end(tables, event, completion_actions_move_categories=True)["score interest"] == 8


def test_category_points_move_the_overall_score_or_not_and_the_schedule_decides_where_nobody_knows():
    tables = bundle(
        pf.rule("r", [pf.score("greater", 0)], [adjust(5)]), baseline_scoring=pf.rows(Page_View=1)
    )
    event = does(1, "visits", "any-page")

    def total(**more):
        return end(tables, event, **more)["score lead"]

    assert total(category_adjust_moves_overall=True) == 6
    assert total(category_adjust_moves_overall=False, schedule="reverse") == 1
    assert {total(schedule=name) for name in ("prompt", "reverse", "late", "torn")} == {1, 6}


def test_a_category_goes_below_zero_or_stays_there():
    tables = bundle(
        pf.rule("r", [pf.score("greater", 0)], [adjust(-5)]), baseline_scoring=pf.rows(Page_View=1)
    )
    event = does(1, "visits", "any-page")
    assert end(tables, event)["score interest"] == -5
    assert end(tables, event, category_below_zero=False)["score interest"] == 0


def test_adjusting_the_overall_score_leaves_categories_or_not():
    tables = bundle(pf.rule("r", [pf.score("greater", 0)], [by(5)]), baseline_scoring=pf.rows(Page_View=1))
    event = does(1, "visits", "any-page")
    assert end(tables, event)["score interest"] == 0
    assert end(tables, event, overall_leaves_categories=False)["score interest"] == 5


# --- who is there already -------------------------------------------------------------------------------------------


def test_scores_and_marks_that_somebody_has_stand_where_the_gauges_say():
    person = Person(pf.START, {}, {"lead": 40, "interest": 7}, frozenset({"gone"}))
    seen = end(bundle(), person=person)
    assert (seen["score lead"], seen["score interest"], seen["mark gone"]) == (40, 7, True)
