"""Fields: what they are called, what they were, and what an empty one stands for."""

from __future__ import annotations

from tests.marketo.compiling import SCORE, campaign, compile_text, notes, tables
from tests.marketo.pieces import FIT, texts


def test_what_a_field_was_is_compared_as_a_text_so_a_number_below_is_refused():
    rule = '[rules.grows]\non = {{ changes = "employees", where = {{ from = {{ {} }} }} }}\npoints = {{ lead = 5 }}\n'
    assert ("condition-impossible", "rules.grows") in notes(
        compile_text(SCORE + rule.format("below = 50")), "refused"
    )
    assert notes(compile_text(SCORE + rule.format("is = 50")), "refused") == []


def test_two_fields_of_one_name_are_refused_where_one_of_them_is_used():
    fields = '[fields]\none = { type = "text", title = "Size" }\ntwo = { type = "number", title = "size" }\n'
    rule = '[rules.small]\nwhen = { field = "two", below = 50 }\npoints = { lead = 5 }\n'
    assert notes(compile_text(SCORE + fields + rule), "refused") == [("field-taken", "rules.small")]


def test_a_field_that_is_called_as_a_score_is_refused():
    fields = '[fields]\nmine = { type = "number", names = { marketo = "person score" } }\n'
    assert notes(compile_text(SCORE + fields), "refused") == [("field-taken", "scores.lead")]


def test_each_field_that_somebody_is_created_with_is_a_change_of_its_own():
    rule = '[rules.known]\non = { changes = ["company", "industry"] }\npoints = { lead = 5 }\n'
    made = tables(compile_text(SCORE + rule), "smart-campaigns")
    (found,) = [row for row in made.values() if row["campaign"].startswith("When created")]
    assert [row["rule"] for row in found["smart_list"]["filters"]] == ["Company Name", "Industry"]
    asked = [[choice["if"]["rule"] for choice in step["choices"]] for step in found["flow"]]
    assert asked == [["Company Name"], ["Industry"]], "an award for each"


def test_blanks_at_the_ends_of_a_text_do_not_count():
    rule = '[rules.chief]\nwhen = { field = "job-title", contains = "Chief  of " }\npoints = { fit = 5 }\n'
    made = campaign(compile_text(SCORE + FIT + rule), "Re-roll chief")
    assert texts(made, "Job Title") == [["Chief of"], ["Chief of"]]


def test_the_domain_of_an_address_is_no_field_that_could_be_empty():
    text = '[thresholds.hot]\nwhen = { score = "lead", at_least = 5 }\nrequired_fields = ["email-domain"]\n'
    made = compile_text(SCORE + text + 'then = [{ notify = "owner" }]\n')
    assert "Email Domain" not in str([item.table for item in made.objects])
    rows = campaign(made, "Cross hot")["smart_list"]["filters"]
    assert [row["operator"] for row in rows if row["rule"] == "Email Address"] == ["is not empty"]


def test_to_ask_whether_a_field_is_known_is_not_to_read_it():
    """A criterion is unmoved by what is unknown; who is asked for by being unknown matches."""
    text = '[grades.g]\ncriteria.who = { when.any = [{ field = "company", known = false }, { field = "country", is = "Chile" }], thirds = 1 }\n'
    steps = campaign(compile_text(SCORE + text), "Grade g")["flow"]
    spared = {
        choice["if"]["rule"]
        for step in steps
        for choice in step.get("choices", ())
        if choice["value"] == "--Do Nothing--"
    }
    assert spared == {"Country"}
