"""Every rule has a code and a name of its own, a page with four parts, and examples that are true."""

from __future__ import annotations

import pkgutil
import re
import tomllib

import pytest

from scorewright import checks
from scorewright.checks.catalogue import RULE_MODULES, all_rules, families
from scorewright.diagnostics.doc import PARTS, parts
from scorewright.diagnostics.rule import Rule, Severity
from tests.checks.specs import check

FAMILY_RULES = [rule for family in families() for rule in family.rules]


def module_rules(*modules):
    from importlib import import_module

    return [rule for name in modules for rule in vars(import_module(name)).values() if isinstance(rule, Rule)]


EVERY_RULE = [*module_rules(*RULE_MODULES), *FAMILY_RULES]
# The rules of files, of folders and of commands have examples that are no spec; their own tests show them.
OF_SPECS = [
    *module_rules("scorewright.schema.rules", "scorewright.model.read.rules", "scorewright.checks.waivers"),
    *FAMILY_RULES,
]


def toml_of(part):
    """The lines of a part that are TOML: those indented by four."""
    lines = part.splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith("    ") or not line)


def by_code(rules):
    return [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in rules]


def test_codes_are_unique():
    codes = [rule.code for rule in EVERY_RULE]
    assert sorted(codes) == sorted(set(codes))
    assert list(all_rules()) == sorted(codes)


def test_names_are_unique():
    names = [rule.name for rule in EVERY_RULE]
    assert sorted(names) == sorted(set(names))


def test_no_rule_of_a_check_is_forgotten():
    known = {rule.code for rule in all_rules().values()}
    for module in pkgutil.iter_modules(checks.__path__, "scorewright.checks."):
        assert {rule.code for rule in module_rules(module.name)} <= known


@pytest.mark.parametrize("rule", by_code(EVERY_RULE))
def test_code_and_name_are_well_formed(rule):
    assert re.fullmatch(r"SW\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.severity in set(Severity)


@pytest.mark.parametrize("rule", by_code(EVERY_RULE))
def test_a_page_has_four_parts_in_order(rule):
    assert tuple(parts(rule)) == PARTS
    assert all(parts(rule).values())
    assert max(map(len, rule.doc.splitlines())) <= 125


@pytest.mark.parametrize("rule", by_code(OF_SPECS))
def test_the_example_breaks_the_rule(rule):
    text = toml_of(parts(rule)["Example"])
    found = check(text, complete=rule.name != "unknown-name")
    assert tomllib.loads(text)
    assert rule.name in {finding.rule.name for finding in found}


@pytest.mark.parametrize("rule", by_code(OF_SPECS))
def test_what_to_use_instead_keeps_it(rule):
    text = toml_of(parts(rule)["Use instead"])
    found = check(text) if text.strip() else []
    assert rule.name not in {finding.rule.name for finding in found}
    assert [finding.message for finding in found if finding.rule.severity is Severity.ERROR] == []
