"""Adobe's own scoring programs, written as a spec: the same fields, tokens and values, and no more campaigns.

The tables are those of Adobe's pages on the program library, read in November 2026:
https://experienceleague.adobe.com/en/docs/marketo/using/product-docs/core-marketo-concepts/programs/program-library/op-scoring-behavior
https://experienceleague.adobe.com/en/docs/marketo/using/product-docs/core-marketo-concepts/programs/program-library/op-scoring-demographic
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scorewright.compiling import compile_spec
from scorewright.project import Project
from tests.marketo.compiling import SCORE, campaign, compile_model, compile_text, tables, tokens

ROOT = Path(__file__).parents[2]

BEHAVIOR = {
    "Decrease Score - No Activity": -10,
    "Decrease Score - Visits Undesirable Web Pages": -5,
    "Email - Clicks Link": 2,
    "Form - Fills Out Contact Form": 30,
    "Form - Fills Out Content Form": 15,
    "Form - Fills Out Default Form": 10,
    "Form - Fills-out Event Form": 15,
    "Live Event - Attended": 30,
    "Tradeshow - Influenced": 20,
    "Tradeshow - Visited Booth": 5,
    "Web - Downloaded Any PDF": 5,
    "Web - PPC Scoring": 15,
    "Web - Visits Key Web Pages": 5,
    "Web - Visits Multiple Web Pages in 1 Day": 5,
    "Webinar - Attended": 20,
}
DEMOGRAPHIC = {
    "Annual Revenue - High": 15,
    "Annual Revenue - Low": 5,
    "Annual Revenue - Mid": 10,
    "Generic Email Domain": -2,
    "Industry - High": 10,
    "Industry - Low": 6,
    "Industry - Mid": 8,
    "Invalid First Name": -5,
    "Invalid First Name Updated": 5,
    "Invalid Last Name": -5,
    "Invalid Last Name Updated": 5,
    "Job Title - High": 15,
    "Job Title - Low": 5,
    "Job Title - Mid": 10,
    "Lead Source - High": 20,
    "Lead Source - Low": 8,
    "Lead Source - Mid": 10,
    "Number of Employees": 5,
}
FIELDS = {"Behavior Score": "BehaviorScore", "Demographic Score": "DemographicScore"}
NAMES = {
    "Email - Clicks Link in Email",
    "Form - Fills Out Contact Form",
    "Form - Fills Out Content Form",
    "Form - Fills Out Default Form",
    "Form - Fills Out Event Form",
    "Web - Downloads Any PDF",
    "Web - PPC Scoring",
    "Web - Visits Key Web Pages",
    "Web - Visits Multiple Web Pages in 1 Day",
    "Live Event - Attended",
    "Tradeshow - Influenced",
    "Tradeshow - Visited Booth",
    "Webinar - Attended",
    "Decrease Score - No Activity",
    "Decrease Score - Visits Undesirable Web Pages",
}
HELD = {
    "Generic Email Domain",
    "Invalid First Name",
    "Invalid First Name Updated",
    "Invalid Last Name",
    "Invalid Last Name Updated",
    "Annual Revenue",
    "Industry",
    "Job Title",
    "Number of Employees",
    "Source",
}
CAMPAIGNS = len(NAMES) + len(HELD)
"""Smart campaigns that the two pages list: fifteen, and ten."""


@pytest.fixture(scope="module")
def built():
    found = compile_spec(
        ROOT / "specs" / "op-scoring",
        project=Project(ROOT),
        targets=("marketo",),
        edition=None,
        instance=None,
        today=None,
    )
    return found.built[0]


@pytest.fixture(scope="module")
def bundle(built):
    return built.bundle


@pytest.fixture(scope="module")
def thin(built):
    """The same with an executable for each award, as it is by default."""
    options = {**built.model.options["marketo"], "few_campaigns": False}
    return compile_model(replace(built.model, options={"marketo": options}))


def test_the_tokens_are_adobes_by_name_and_value(bundle, thin):
    assert tokens(bundle) == tokens(thin) == BEHAVIOR | DEMOGRAPHIC


def test_adobes_campaigns_are_there_by_name_and_no_event_is_looked_at_more_often_than_by_them(bundle, thin):
    """The names of the ten for what holds stand for steps of one batch, or by default for a batch each."""
    for made in (bundle, thin):
        rows = tables(made, "smart-campaigns").values()
        names = {
            row["campaign"].removeprefix("When ").removesuffix(" every 30d").removeprefix("Decay ")
            for row in rows
        }
        assert names >= NAMES
        listening = [row for row in rows if row["type"] == "trigger"]
        assert len(listening) <= CAMPAIGNS
    held = {row["campaign"].removeprefix("Re-roll ") for row in tables(thin, "smart-campaigns").values()}
    assert held >= {name for name in HELD if not name.endswith("Updated")}


def test_the_score_fields_are_adobes_by_label_and_api_name(bundle):
    made = tables(bundle, "score-fields")
    assert {name: table["api_name"] for name, table in made.items()} == FIELDS
    assert {table["type"] for table in made.values()} == {"score"}


def test_there_are_no_more_campaigns_than_adobes(bundle):
    assert len(tables(bundle, "smart-campaigns")) <= CAMPAIGNS


def test_every_token_stands_in_a_flow(bundle):
    text = str(tables(bundle, "smart-campaigns"))
    assert [name for name in tokens(bundle) if "{{my." + name + "}}" not in text] == []


def test_a_pair_that_undoes_itself_is_marked_as_one(bundle):
    made = {table["token"]: table for table in tables(bundle, "tokens").values()}
    for name in ("Invalid First Name", "Invalid First Name Updated", "Industry - High"):
        assert made[name]["inverse"] == ["Nightly re-rolls"]
    assert made["Decrease Score - No Activity"]["coupled"]
    assert not made["Webinar - Attended"]["coupled"] + made["Webinar - Attended"]["inverse"]


# --- few campaigns, on other shapes -----------------------------------------------------------------------------------

FEW = "[targets.marketo]\nfew_campaigns = true\n"
FORM = '[assets]\ncontact = { form = "Contact" }\n[rules.contact]\ntitle = "Contact"\non = { submits = "contact" }\npoints = { lead = 10 }\n'


def kinds(text):
    return sorted(row["type"] for row in tables(compile_text(SCORE + text), "smart-campaigns").values())


def test_a_plain_award_stands_in_its_trigger_campaign_with_its_qualification():
    assert kinds(FORM + FEW) == ["trigger"]
    once = compile_text(SCORE + FORM + "limit = { times = 1 }\n" + FEW)
    assert campaign(once, "Contact")["qualification"] == "Only once"
    assert kinds(FORM) == ["executable", "trigger"], "only where the spec wants few"


@pytest.mark.parametrize(
    "more", ['when = { field = "country", is = "DE" }', 'wait = "1d"', "limit = { times = 2 }"]
)
def test_what_asks_or_waits_or_counts_keeps_its_executable(more):
    assert "executable" in kinds(FORM + more + "\n" + FEW)


def test_what_holds_is_re_rolled_by_one_batch_but_what_has_days_of_its_own():
    facts = "".join(
        f'[rules.{name}]\nwhen = {{ field = "{name}", known = true }}\npoints = {{ fit = 5 }}\n'
        for name in ("company", "country", "city")
    )
    text = '[scores.fit]\nkind = "fit"\n' + facts
    assert kinds(text + FEW) == ["batch"]
    dated = text + "active = { from = 2026-01-01, until = 2026-12-31 }\n" + FEW
    assert kinds(dated) == ["batch", "batch"]


def test_an_option_that_names_nothing_is_refused():
    wrong = '[targets.marketo]\ntokens_back = { "rules.contact" = "Back" }\nearlier_points = { "tiers.none" = [5] }\n'
    refused = [note for note in compile_text(SCORE + FORM + wrong).notes if note.name == "unknown-option"]
    assert [note.path[2:] for note in refused] == [
        ("tokens_back", "rules.contact"),
        ("earlier_points", "tiers.none"),
    ]


def test_a_token_for_what_is_not_there_is_refused_with_what_was_meant():
    wrong = '[targets.marketo]\ntokens = { contcat = "Form - Contact" }\n'
    refused = [note for note in compile_text(SCORE + FORM + wrong).notes if note.name == "unknown-option"]
    assert [note.path[2:] for note in refused] == [("tokens", "contcat")]
    assert "did you mean “contact”?" in refused[0].instead
    right = wrong.replace("contcat", "contact")
    assert tokens(compile_text(SCORE + FORM + right)) == {"Form - Contact": 10}
