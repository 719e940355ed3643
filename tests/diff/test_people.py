"""What a change does to people: the same histories under both versions, made ones or those of a file."""

from __future__ import annotations

import json

import jsonschema
import pytest

from scorewright.diff import PeopleError, diff_of, report
from scorewright.diff import played as with_people
from scorewright.diff.json_schema import diff_schema_of_one
from scorewright.diff.people.translate import translate
from scorewright.diff.render.html import html
from scorewright.diff.render.markdown import markdown
from scorewright.diff.render.text import text
from scorewright.diff.values import MOST_ELEMENTS
from scorewright.model.history import FieldSet, Happening, Person
from tests.diff.making import HEAD, side

PLAIN = HEAD.replace('floor = "half-mql"\n', "")
RAISED = PLAIN.replace("mql = 90", "mql = 100")


def whole(before, after, people=None):
    old, new = side(before, "old"), side(after, "new")
    found = report(with_people(diff_of(old, new), old, new, people))
    jsonschema.validate(found, diff_schema_of_one())
    return found


def played(before, after, people=None):
    return whole(before, after, people)["people"]


def person(created, *events, **more):
    return {"created": created, "events": [{"at": at, "submits": what} for at, what in events], **more}


@pytest.fixture
def people(tmp_path):
    """Three people: one between the two thresholds, one above both, one below both."""
    days = ("2026-02-01", "2026-04-01")
    told = [
        person("2026-01-01", (days[0], "Contact us"), who="Ada", scores={"engagement": 48}),
        person("2026-01-01", *((day, "contact") for day in days), who="Ben"),
        person("2026-01-01", (days[0], "any-form"), who="Cleo"),
    ]
    path = tmp_path / "people.json"
    path.write_text(json.dumps(told), "utf-8")
    return path


def test_who_is_handed_over_now_and_was_not_before_is_counted_and_named(people):
    found = played(RAISED, PLAIN, people)
    assert found["people"] == 3
    assert found["thresholds"] == [{"threshold": "ready", "before": 1, "after": 2, "come": 1, "gone": 0}]
    assert [case["who"] for case in found["cases"]] == ["Ada"]
    back = played(PLAIN, RAISED, people)
    assert back["thresholds"] == [{"threshold": "ready", "before": 2, "after": 1, "come": 0, "gone": 1}]


def test_scores_that_move_are_counted_with_how_far(people):
    found = played(PLAIN, PLAIN.replace("= 50 }", "= 57 }"), people)
    assert found["scores"] == [{"score": "engagement", "people": 2, "down": 0, "up": 14}]


def test_labels_are_counted_before_and_now(people):
    bands = (
        '\n[bands.heat]\nscore = "engagement"\n'
        'cases = [\n  {{ label = "hot", at_least = {} }},\n  {{ label = "cold" }},\n]\n'
    )
    found = played(PLAIN + bands.format(99), PLAIN + bands.format(97), people)
    assert found["bands"] == [
        {"band": "heat", "label": "cold", "before": 2, "after": 1},
        {"band": "heat", "label": "hot", "before": 1, "after": 2},
    ]


def test_without_a_file_lives_are_made_for_what_changed():
    found = played(PLAIN, RAISED)
    assert found["people"] > 20
    (crossing,) = found["thresholds"]
    assert crossing["gone"] > 0
    assert "not handed over any more" in text(whole(PLAIN, RAISED))


def test_the_examples_of_both_versions_are_among_them():
    example = (
        "\n[examples.{}]\ncreated = 2026-01-01\nevents = [\n  {{ at = 2026-01-02, submits = 'contact' }},\n]\n"
        "expect = [\n  {{ at = 2026-01-03, score = 'engagement', is = 50 }},\n]\n"
    )
    with_examples = played(PLAIN + example.format("one"), RAISED + example.format("two"))
    assert with_examples["people"] == played(PLAIN, RAISED)["people"] + 2


def test_words_alone_play_nobody_and_so_does_a_new_spec():
    assert played(PLAIN, PLAIN.replace('"School"', '"Academy"')) is None


def test_of_a_large_model_no_lives_are_made_and_that_is_said():
    more = "".join(
        f'\n[rules.more-{place}]\non = {{ submits = "contact" }}\npoints = {{ engagement = 1 }}\n'
        for place in range(MOST_ELEMENTS)
    )
    found = whole(PLAIN + more, RAISED + more)
    assert found["people"] is None
    assert ["Nobody was played" in sentence for sentence in found["left_out"]] == [True]
    for form in (text, markdown, html):
        assert found["left_out"][0] in form(found)


def test_a_renamed_score_is_compared_with_itself(people):
    renamed = PLAIN.replace("scores.engagement]", "scores.lead]").replace("engagement =", "lead =")
    renamed = renamed.replace('score = "engagement"', 'score = "lead"').replace("mql = 90", "mql = 100")
    told = json.loads(people.read_text("utf-8"))
    del told[0]["scores"]
    people.write_text(json.dumps(told), "utf-8")
    found = played(PLAIN, renamed.replace("= 50 }", "= 60 }"), people)
    assert found["scores"] == [{"score": "lead", "people": 2, "down": 0, "up": 20}]


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_folder_holds_a_file_for_each_and_csv_may_hold_many(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "ada.json").write_text(json.dumps(person("2026-01-01", ("2026-02-01", "contact"))), "utf-8")
    (folder / "rest.csv").write_text(
        "who;at;event;what;value\nBen;2026-01-01;created\nCleo;2026-01-01;created\n"
        "Ben;2026-02-01;submits;Contact us\nCleo;2026-02-01;submits;Contact us\n"
        "Ben;;field;lead-source;Customer\n",
        "utf-8",
    )
    found = played(PLAIN, PLAIN.replace("= 50 }", "= 51 }"), folder)
    assert found["people"] == 3
    assert [case["who"] for case in found["cases"]] == ["ada", "Cleo"]  # Ben is a customer


def test_what_only_one_version_knows_happens_there_alone_and_what_none_knows_is_an_error(tmp_path):
    more = PLAIN + (
        '\n[assets.demo]\nform = "Demo"\n[rules.demo]\non = { submits = "demo" }\npoints = { engagement = 7 }\n'
    )
    path = tmp_path / "people.json"
    path.write_text(json.dumps([person("2026-01-01", ("2026-02-01", "Demo"))]), "utf-8")
    assert played(PLAIN, more, path)["scores"][0]["up"] == 7
    assert played(more, PLAIN, path)["scores"][0]["down"] == -7
    path.write_text(json.dumps([person("2026-01-01", ("2026-02-01", "Demmo"))]), "utf-8")
    with pytest.raises(PeopleError) as raised:
        played(PLAIN, more, path)
    assert [told.code for told in raised.value.diagnostics] == ["SW734"]


@pytest.mark.parametrize("text_", ["", "[]", "{", "[1, 2]", "who,at\n", '{"created": 3}', "\x00"])
def test_a_file_that_is_none_is_told(run, tmp_path, text_):
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "old" / "model.toml").write_text(PLAIN, "utf-8")
    (tmp_path / "new" / "model.toml").write_text(RAISED, "utf-8")
    (tmp_path / "people.json").write_text(text_, "utf-8")
    words = ("--base", tmp_path / "old", "--people", tmp_path / "people.json")
    code, _, error = run("diff", tmp_path / "new", *words)
    assert code == 1
    assert "people.json" in error
    assert "SW999" not in error


# --- one history in the words of the other version ------------------------------------------------------------------


def test_what_the_other_version_has_no_name_for_happens_at_any_of_its_kind():
    model = side(PLAIN, "old").model
    known = Person(
        created=0,
        fields={"job-title": "CEO", "gone": "x"},
        scores={"engagement": 5, "gone": 3},
        marks=frozenset({"mql", "gone"}),
        history=(
            Happening(1, "submits", "talk"),
            Happening(2, "submits", "gone"),
            Happening(3, "does", "gone"),
            FieldSet(4, "gone", "x"),
        ),
    )
    found = translate(known, model, {("assets", "talk"): "contact"})
    assert found.fields == {"job-title": "CEO"}
    assert found.scores == {"engagement": 5}
    assert found.marks == {"mql"}
    assert found.history == (
        Happening(1, "submits", "contact"),
        Happening(2, "submits", "any-form", name="gone"),
    )
