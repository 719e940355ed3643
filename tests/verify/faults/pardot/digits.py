"""A number field that counts whole in the prospect score, digit by digit: formulas, and two rules for each of them."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.points import LEAD
from tests.verify.faults.pardot.table import BY, HEAD, PAGE, RULES
from tests.verify.faults.planting import actions, fault

__all__: list[str] = []

DIGITS = (
    HEAD
    + PAGE
    + """
[fields]
size = { type = "number" }
[inputs.size]
field = "size"
score = "lead"
percent = 50
at_least = -6
at_most = 57
[thresholds.large]
when = { score = "lead", at_least = 50 }
then = [{ notify = "owner" }]
"""
)
on_digits = partial(fault, "pardot", DIGITS, LEAD)


def formula(files, digit, old, new):
    for row in files.rows("formula-fields", f"has {digit}"):
        if row["name"].endswith(f" {digit}"):
            assert old in row["formula"]
            row["formula"] = row["formula"].replace(old, new)


@on_digits()
def a_digit_is_told_for_another(files):
    formula(files, 8, "/ 16", "/ 32")


@on_digits()
def digits_are_those_of_the_number_without_its_least(files):
    for digit in (1, 2, 4, 8, 16, 32):
        formula(files, digit, " + 6", "")


@on_digits()
def a_field_that_is_not_known_has_the_digits_of_nothing(files):
    formula(files, 2, "IF(ISBLANK(size__c), 0, ", "(")


@on_digits()
def a_digit_is_worth_half(files):
    actions(files.row(RULES, "has-32, give"), **BY)[0]["value"] = "16"


@on_digits()
def a_digit_is_never_taken_back(files):
    files.drop(RULES, "has-16, take back")
