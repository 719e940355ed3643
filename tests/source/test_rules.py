"""The rules of reading are complete and documented."""

from __future__ import annotations

import re

import pytest

from scorewright.diagnostics.doc import PARTS, parts
from scorewright.diagnostics.rule import Rule
from scorewright.source import file_rules, spec_rules
from scorewright.source.rules import RULES


def test_every_rule_is_listed_once_and_in_order():
    named = {name: value for module in (file_rules, spec_rules) for name, value in vars(module).items()}
    made = {name: value for name, value in named.items() if isinstance(value, Rule)}
    assert {*file_rules.__all__, *spec_rules.__all__} == set(made)
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in made.values()})
    assert {id(rule) for rule in RULES} == {id(rule) for rule in made.values()}
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_its_code_its_name_and_its_page(rule):
    assert re.fullmatch(r"SW0[0-4][0-9]", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    page = parts(rule)
    assert tuple(page) == PARTS
    assert all(page.values())
    for heading in ("Example", "Use instead"):
        assert all(line.startswith("    ") or not line for line in page[heading].splitlines())
