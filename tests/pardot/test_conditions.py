from __future__ import annotations

import pytest

from scorewright_pardot.lower.values import boxes
from tests.pardot.making import TOTAL, compile_text, leaves, note, notes, objects, rules
from tests.pardot.platform import Person, Platform


def segment(when, name="s"):
    return f"[segments.{name}]\nwhen = {when}\n"


def listed(bundle, name="SW segments s"):
    return objects(bundle, "dynamic-lists")[name]


def member(bundle, person, name="SW segments s"):
    return Platform(bundle).matches(listed(bundle, name), person, 0)


def test_boxes_hold_255_characters_and_quote_a_semicolon():
    texts = [f"title {number:03}" for number in range(60)]
    filled = boxes(texts, 255)
    assert [len(box) <= 255 for box in filled] == [True] * len(filled)
    assert ";".join(filled).split(";") == texts
    assert boxes(["a;b", "c"], 255) == ('"a;b";c',)
    assert boxes(["x" * 256], 255) is None


def test_a_long_positive_list_is_any_and_its_negation_all():
    terms = (
        '[terms.t]\nmatch = "contains"\nvalues = ['
        + ", ".join(f'"word number {i:02}"' for i in range(40))
        + "]\n"
    )
    there = compile_text(terms, segment('{ field = "job-title", in = "t" }'))
    assert listed(there)["match"] == "any"
    absent = compile_text(terms, segment('{ not = { field = "job-title", in = "t" } }'))
    for title in ("word number 03 x", "word number 39", "else", ""):
        person = Person(fields={"Job Title": title})
        assert member(there, person) is title.startswith("word")
        assert member(absent, person) is not title.startswith("word")


def test_a_text_that_fits_no_box_is_refused_at_its_place():
    bundle = compile_text(segment(f'{{ field = "job-title", is = "{"x" * 300}" }}'))
    found = note(bundle, "segments.s", "text-too-long")
    assert found.path == ("segments", "s", "when")
    assert "300" in found.message


def test_negations_on_the_account_go_through_a_list():
    fields = '[fields]\nkind = { of = "account", type = "choice", values = ["Customer", "Prospect"] }\n'
    bundle = compile_text(fields, segment('{ not = { field = "kind", is = "Customer" } }'))
    criterion = next(leaves(listed(bundle)))
    assert (criterion["criterion"], criterion["operator"]) == ("Prospect list", "isn't")
    inner = next(leaves(listed(bundle, criterion["of"])))
    assert (inner["criterion"], inner["operator"], inner["value"]) == (
        "Prospect account field",
        "is",
        "Customer",
    )


DEEP = """
[segments.s]
when.any = [
  { all = [{ field = "country", is = "A" }, { any = [{ field = "city", is = "B" }, { field = "state", is = "C" }] }] },
  { field = "industry", is = "D" },
]
"""


def test_what_lies_deeper_than_two_is_spread_out_and_means_the_same():
    bundle = compile_text(DEEP)
    assert len(objects(bundle, "dynamic-lists")) == 1
    for number in range(16):
        a, b, c, d = (bool(number & bit) for bit in (1, 2, 4, 8))
        fields = {"Country": "A" * a, "City": "B" * b, "State": "C" * c, "Industry": "D" * d}
        assert member(bundle, Person(fields=fields)) is ((a and (b or c)) or d)


def test_what_would_be_too_wide_spread_out_becomes_lists():
    def one(number):
        cities, states = (
            ", ".join(f'{{ field = "{field}", is = "{field}{number}{place}" }}' for place in range(3))
            for field in ("city", "state")
        )
        return f"{{ all = [{{ any = [{cities}] }}, {{ any = [{states}] }}, {{ field = 'country', is = 'C{number}' }}] }}"

    members = ", ".join(map(one, range(4)))
    bundle = compile_text(f"[segments.s]\nwhen.any = [{members}]\n")
    assert len(objects(bundle, "dynamic-lists")) == 9
    inside = Person(fields={"City": "city22", "State": "state20", "Country": "C2"})
    assert member(bundle, inside)
    assert not member(bundle, Person(fields={**inside.fields, "State": "state10"}))


def test_not_of_a_compound_means_the_opposite():
    inside = compile_text(DEEP)
    opposite = compile_text(DEEP, segment('{ not = { segment = "s" } }', "n"))
    for number in range(16):
        a, b, c, d = (bool(number & bit) for bit in (1, 2, 4, 8))
        person = Person(fields={"Country": "A" * a, "City": "B" * b, "State": "C" * c, "Industry": "D" * d})
        assert member(inside, person) is not member(opposite, person, "SW segments n")


def test_whole_words_leave_out_declared_collisions():
    options = '[targets.pardot]\ncollisions = { COO = ["Coordinator"] }\n'
    spec = segment('{ field = "job-title", contains_word = ["COO", "CEO"] }')
    bundle = compile_text(spec, options)
    people = {"COO": True, "Coordinator": False, "CEO & founder": True, "Clerk": False}
    for title, inside in people.items():
        assert member(bundle, Person(fields={"Job Title": title})) is inside
    assert "COO: not Coordinator" in note(bundle, "segments.s", "whole-words-by-containing").bound


def test_a_domain_is_looked_for_behind_the_at():
    bundle = compile_text(segment('{ field = "email-domain", is = "free.example" }'))
    assert next(leaves(listed(bundle)))["value"] == "@free.example"


@pytest.mark.parametrize(
    ("when", "operator", "value"),
    [
        ('{ field = "job-title", ends_with = "officer" }', "contains", "officer"),
        ('{ not = { field = "job-title", ends_with = "officer" } }', "doesn't contain", "officer"),
        ('{ field = "email-domain", ends_with = ".edu" }', "contains", ".edu"),
        ('{ field = "email-domain", contains = "bank" }', "contains", "bank"),
    ],
)
def test_an_end_and_a_part_of_a_domain_are_looked_for_anywhere_within_a_bound(when, operator, value):
    bundle = compile_text(segment(when))
    asked = next(leaves(listed(bundle)))
    assert (asked["operator"], asked["value"]) == (operator, value)
    found = note(bundle, "segments.s", "ends-by-containing")
    assert {bound.when for bound in found.bounds} == {"inside-longer"}


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ('{ visited = "any-page", within = "7d" }', "no-window-on-events"),
        ('{ submitted = "any-form", at_least = 3 }', "no-count-of-it"),
        ('{ clicked = "any-email", at_least = 2 }', "no-count-of-it"),
        ('{ visited = "any-page", exactly = 2 }', "no-count-of-it"),
        ('{ downloaded = "any-file", at_least = 3, within = "7d" }', "no-count-of-it"),
        ('{ replied = "any-email" }', "no-criterion-for-it"),
    ],
)
def test_what_no_criterion_asks_is_refused(when, name):
    assert notes(compile_text(segment(when)), "segments.s") == [(name, "refused")]


def test_a_page_seen_is_a_tag_that_a_page_action_leaves():
    bundle = compile_text('[assets]\np = { pages = "/x" }\n', segment('{ visited = "p" }'))
    tag = next(leaves(listed(bundle)))["of"]
    assert objects(bundle, "page-actions")["SW segments s: /x"]["actions"] == [
        {"action": "Apply tags", "of": tag}
    ]


def test_bands_are_asked_of_the_score_itself():
    bands = '[bands.b]\nscore = "lead"\ncases = [{ label = "A", at_least = 50 }, { label = "B", above = 20 }, { label = "C" }]\n'
    for label, inside in (("A", 50), ("B", 49), ("B", 21), ("C", 20), ("C", -9)):
        bundle = compile_text(TOTAL, bands, segment(f'{{ band = "b", is = "{label}" }}'))
        opposite = compile_text(TOTAL, bands, segment(f'{{ not = {{ band = "b", is = "{label}" }} }}'))
        assert member(bundle, Person(score=inside))
        assert not member(opposite, Person(score=inside))


def test_labels_are_written_into_the_field():
    fields = '[fields]\nlevel = { type = "text" }\n'
    bands = '[bands.b]\nscore = "lead"\nfield = "level"\ncases = [{ label = "A", at_least = 50 }, { label = "B" }]\n'
    bundle = compile_text(TOTAL, fields, bands)
    platform, person = Platform(bundle), Person(score=10)
    for day, (score, label) in enumerate(((10, "B"), (50, "A"), (49, "B"))):
        person.score = score
        platform.days(person, 2 * day, 2 * day + 1)
        assert person.fields["level"] == label


def test_a_grade_follows_its_condition_in_three_states():
    grade = '[grades.g]\ncriteria.c = { when = { field = "industry", is = "Software" }, thirds = 2 }\n'
    bundle = compile_text(grade)
    said = [name.rsplit(", ", 1)[1] for name in rules(bundle)]
    assert said == ["matches", "not known"]  # alone, it could only show the grade by failing
    unsaid = rules(bundle)["SW grades g: c, not known"]
    assert {"is empty", "isn't"} <= {leaf["operator"] for leaf in leaves(unsaid)}
    shown = compile_text(grade.replace("[grades.g]", "[grades.g]\nhidden_until_match = false"))
    assert notes(shown, "grades.g") == [("grade-hidden", "refused")]
    assert objects(bundle, "profile-criteria")["g: c"]["thirds"] == 2
    second = compile_text(grade, grade.replace("grades.g", "grades.h"))
    assert notes(second, "grades.h") == [("grade-of-its-own", "refused")]


def test_a_text_that_does_not_begin_so_is_outside_a_list():
    bundle = compile_text(segment('{ not = { field = "job-title", starts_with = "Head" } }'))
    asked = next(leaves(listed(bundle)))
    assert (asked["criterion"], asked["operator"]) == ("Prospect list", "isn't")
    inner = next(leaves(listed(bundle, asked["of"])))
    assert (inner["operator"], inner["value"]) == ("starts with", "Head")
    unsure = compile_text(segment('{ field = "job-title", starts_with = "Head" }'), text_starts_with=False)
    assert notes(unsure, "segments.s") == [("no-criterion-for-it", "refused")]


def test_what_everybody_has_is_never_asked_whether_it_is_empty():
    young = '[segments.old]\nwhen.not = { field = "created", within_last = "30d" }\n'
    known = '[thresholds.t]\nwhen = { score = "lead", at_least = 10 }\nrequired_fields = ["created"]\nthen = [{ notify = "owner" }]'
    bundle = compile_text(TOTAL, young, known)
    asked = [leaf for item in bundle.objects if "criteria" in item.table for leaf in leaves(item.table)]
    assert asked
    assert not [leaf for leaf in asked if "empty" in leaf["operator"]]


def test_a_segment_that_is_one_list_needs_no_list_of_its_own():
    text = (
        '[assets]\nmaster = { list = "Customers" }\n[segments.customers]\nwhen = { member_of = "master" }\n'
        '[thresholds.t]\nwhen = { score = "lead", at_least = 10 }\nunless = { segment = "customers" }\n'
        'then = [{ notify = "owner" }]'
    )
    bundle = compile_text(TOTAL, text)
    assert not [item for item in bundle.objects if item.kind == "dynamic-lists"]
    fire = next(item.table for item in bundle.objects if item.name.endswith("hand over"))
    assert {"criterion": "Prospect list", "of": "Customers", "operator": "isn't"} in [
        {key: value for key, value in leaf.items() if value} for leaf in leaves(fire)
    ]


@pytest.mark.parametrize(
    ("declared", "asked", "label"),
    [
        ('country = { type = "text" }', "country", "Country"),
        ('lead-source = { type = "text" }', "lead-source", "Source"),
        ('plz = { type = "text", names = { pardot = "zip" } }', "plz", "Zip"),
    ],
)
def test_a_field_that_every_prospect_has_is_that_one_however_a_spec_declares_it(declared, asked, label):
    bundle = compile_text(TOTAL, f"[fields]\n{declared}\n", segment(f'{{ field = "{asked}", is = "A" }}'))
    (leaf,) = leaves(listed(bundle))
    assert (leaf["criterion"], leaf["of"]) == ("Prospect default field", label)
    assert not [item for item in objects(bundle, "prerequisites") if label in item.name]


@pytest.mark.parametrize(
    ("declared", "path"),
    [
        ('job = { type = "text", names = { pardot = "Job_title" } }', ("fields", "job", "names", "pardot")),
        ('score = { type = "number" }', ("fields", "score")),
    ],
)
def test_no_field_of_a_spec_takes_the_name_of_one_that_every_prospect_has(declared, path):
    bundle = compile_text(TOTAL, f"[fields]\n{declared}\n")
    refused = [item for item in bundle.notes if item.name == "name-taken"]
    assert [item.path for item in refused] == [path]
    assert "names.pardot" in refused[0].instead


def test_no_score_s_field_takes_the_name_of_one_that_every_prospect_has():
    tier = '[tiers.size]\nscore = "fax"\nfield = "employees"\ncases = [{ at_least = 10, points = 5 }]\n'
    bundle = compile_text(TOTAL, f'[scores.fax]\nkind = "fit"\n{tier}')
    assert note(bundle, "scores.fax", "name-taken").path == ("scores", "fax")
