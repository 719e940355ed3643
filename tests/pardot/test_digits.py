"""An input with more numbers of points than rules: digits that formulas tell, given and taken back one by one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from scorewright_pardot.emulator.formulas import read_formula
from tests.pardot.making import CATEGORY, TOTAL, compile_text, notes, objects, rules

FIELD = '[fields]\nsize = { type = "number" }\n[inputs.r]\nfield = "size"\nscore = "lead"\n'


def given(bundle, value):
    """What the digits of a value give, with what is given where the field is known."""
    person = SimpleNamespace(fields={"size": (str(value),)} if value is not None else {})
    told = {
        name: read_formula(name, row, {"size": "size"}).value(person)
        for name, row in objects(bundle, "formula-fields").items()
    }
    assert {*told.values()} <= {0, 1}
    points = 0
    for name, row in rules(bundle).items():
        if name.endswith("give"):
            first = row["criteria"][0]
            holds = value is not None if first["operator"] == "is not empty" else told[first["of"]]
            points += int(row["actions"][0]["value"]) if holds else 0
    return points


@pytest.mark.parametrize(
    ("least", "most", "percent"), [(0, 100, 100), (-20, 43, 50), (5, 1000, 100), (1, 300, 250)]
)
def test_digits_add_up_to_the_share_of_every_value_within_its_bounds(least, most, percent):
    bundle = compile_text(TOTAL, f"{FIELD}at_least = {least}\nat_most = {most}\npercent = {percent}\n")
    assert {result for _, result in notes(bundle, "inputs.r")} == {"bounded"}
    assert len(objects(bundle, "formula-fields")) == (most - least).bit_length()
    assert given(bundle, None) == 0
    for value in (-99, -20, -1, 0, 1, 2, 3, 7, 8, 44, 86, 99, 100, 101, 511, 512, 1000, 4000):
        assert given(bundle, value) == min(max((2 * percent * value + 100) // 200, least), most), value


def test_a_digit_is_given_when_all_that_is_no_longer_so_is_taken_back():
    bundle = compile_text(TOTAL, f"{FIELD}at_least = 0\nat_most = 63\n")
    criteria = rules(bundle)["SW inputs r: has-8, give"]["criteria"]
    waits = [
        {(item["of"], item["operator"]) for item in part["criteria"]} for part in criteria if "match" in part
    ]
    assert len(waits) == 5
    assert {("sw/inputs/r/has-4/4", "isn't"), ("SW r has 4", "is greater than")} in waits
    assert len(rules(bundle)) == 12


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (f"{FIELD}at_least = 0\nat_most = 64\n", False),
        (f"{FIELD}at_least = 0\n", True),
        (f"{FIELD}at_least = 0\nat_most = 9000000\n", True),
        (f"{FIELD}at_least = 0\nat_most = 64\n".replace("number", 'number", of = "account'), True),
    ],
)
@pytest.mark.parametrize("synced", [True, False])
def test_what_no_formula_can_tell_is_refused(text, refused, synced):
    found = notes(compile_text(TOTAL, text, formula_syncs_back=synced), "inputs.r")
    assert (("input-needs-bands", "refused") in found) is (refused or not synced)


def test_a_scoring_category_is_moved_by_digits_too():
    bundle = compile_text(
        TOTAL, CATEGORY, FIELD.replace('"lead"', '"interest"') + "at_least = 0\nat_most = 99\n"
    )
    assert ("input-needs-bands", "refused") not in notes(bundle, "inputs.r")
