"""A waiver switches one check off for one element, and says so when it cannot or when it need not."""

from __future__ import annotations

import pytest

from tests.checks.specs import names, only

GROWS = '[scores.e]\nkind = "engagement"\n[rules.r]\non = { visits = "any-page" }\npoints = { e = 1 }\n'


def waive(check, element):
    return f'[waive.w]\ncheck = "{check}"\nfor = "{element}"\nwhy = "Asked."\n'


@pytest.mark.parametrize(
    ("check", "element"),
    [("score-only-grows", "scores.e"), ("no-review", "model"), ("no-review", "model.review")],
)
def test_one_check_is_switched_off_for_one_element(check, element):
    before, after = names(GROWS), names(GROWS + waive(check, element))
    assert check in before
    assert after == [name for name in before if name != check]


def test_another_element_keeps_its_finding():
    assert "score-only-grows" in names(GROWS + waive("score-only-grows", "rules.r"))


def test_a_waiver_of_nothing_is_reported():
    (found,) = only(GROWS + waive("worth-nothing", "rules.r"), "unused-waiver")
    assert (found.path, found.on) == (("waive", "w"), "key")


def test_a_waiver_for_what_is_not_there_is_reported_once():
    found = names(GROWS + waive("score-only-grows", "scores.ee"))
    assert "unknown-element" in found
    assert "unused-waiver" not in found


@pytest.mark.parametrize(
    ("check", "name"), [("unknown-name", "error-cannot-be-waived"), ("score-grows", "unknown-check")]
)
def test_what_no_waiver_can_switch_off(check, name):
    (found,) = only(GROWS + waive(check, "scores.e"), name)
    assert found.path == ("waive", "w", "check")
