"""Assets by what they are called on a platform and in the model."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

FORMS = """
[assets]
demo = {{ form = "Demo request"{} }}
contact = {{ form = "{}"{} }}
"""
APART = '[rules.demo]\non = { submits = "demo" }\npoints = { engagement = 50 }\n'
BOTH = APART.replace('"demo"', '["demo", "contact"]')
WEB = ', names = { marketo = "WEB" }'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FORMS.format(WEB, "Contact us", WEB) + APART, "are one on marketo, and two in the model: 'WEB'"),
        (FORMS.format(WEB, "Contact us", WEB.replace("WEB", "web")) + APART, "are one on marketo"),
        (FORMS.format(WEB, "demo request", "") + APART, "are two on marketo, and one in the model"),
        (FORMS.format(WEB, "Contact us", WEB) + BOTH, ""),
        (FORMS.format(WEB, "demo request", WEB) + APART, ""),
        (FORMS.format(WEB, "Contact us", "") + APART, ""),
        (FORMS.format(WEB, "Contact us", WEB.replace("marketo", "pardot")) + APART, ""),
        (FORMS.format(WEB, "Contact us", WEB).replace("{ form", "{ file", 1) + APART, ""),
        (FORMS.format(WEB, "Contact us", WEB + ', match = "starts_with"') + APART, ""),
    ],
)
def test_two_ids_are_told_apart_on_a_platform_as_in_the_model(text, said):
    found = only(text, "one-asset-or-two")
    assert [said in finding.message for finding in found] == ([True] if said else [])


def test_what_happens_in_an_example_tells_nothing_apart():
    example = '[examples.e]\nevents = [{ at = 2026-01-02 10:00:00, submits = "demo" }]\n'
    assert only(FORMS.format(WEB, "Contact us", WEB) + BOTH + example, "one-asset-or-two") == []


def test_the_way_out_is_taken():
    apart = WEB.replace("WEB", "WEB Contact")
    assert only(FORMS.format(WEB, "Contact us", apart) + APART, "one-asset-or-two") == []
