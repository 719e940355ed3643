"""The rules of reading are complete and documented."""

from __future__ import annotations

import re

import pytest

from scorewright.diagnostics.doc import PARTS, parts
from scorewright.source import rules
from scorewright.source.rules import RULES


def test_every_rule_of_the_module_is_listed_once_and_in_order():
    named = {name: value for name, value in vars(rules).items() if isinstance(value, rules.Rule)}
    assert {name for name in rules.__all__ if name != "RULES"} == set(named)
    assert sorted(RULES, key=lambda rule: rule.code) == list(RULES)
    assert {id(rule) for rule in RULES} == {id(rule) for rule in named.values()}
    assert len({rule.code for rule in RULES} | {rule.name for rule in RULES}) == 2 * len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_its_code_its_name_and_its_page(rule):
    assert re.fullmatch(r"SW0[0-4][0-9]", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    page = parts(rule)
    assert tuple(page) == PARTS
    assert all(page.values())
    for heading in ("Example", "Use instead"):
        assert all(line.startswith("    ") or not line for line in page[heading].splitlines())
