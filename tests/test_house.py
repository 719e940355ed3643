"""The house holds: walls, files that say why they exist, and a package that declares what it has."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pkgutil import walk_packages

import pytest

import scorewright
from scorewright.checks.catalogue import all_rules
from scorewright.diagnostics.rule import Rule
from scorewright.plugin import registry
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SOURCES = sorted([*ROOT.glob("compiler/**/*.py"), *ROOT.glob("targets/**/*.py")])
PACKAGES = ("scorewright", "scorewright_pardot", "scorewright_marketo")


def test_the_built_in_targets_are_the_declared_entry_points():
    assert PROJECT["project"]["entry-points"][registry.GROUP] == dict(registry.BUILTIN)


def test_the_two_lists_of_development_tools_are_one():
    assert PROJECT["project"]["optional-dependencies"]["dev"] == PROJECT["dependency-groups"]["dev"]


def test_every_runtime_package_is_used_and_every_used_one_is_declared():
    declared = _names(PROJECT["project"]["dependencies"])
    extras = {
        name
        for extra, lines in PROJECT["project"]["optional-dependencies"].items()
        if extra != "dev"
        for name in _names(lines)
    }
    imported = {name.split(".")[0] for path in SOURCES for name in _imports(path)}
    foreign = imported - set(sys.stdlib_module_names) - set(PACKAGES)
    assert foreign - extras == declared
    assert extras - foreign == set()


def _names(lines):
    """What a requirement is imported as."""
    plain = {re.split(r"[\[>=]", line)[0].replace("-", "_") for line in lines}
    return {{"PyJWT": "jwt"}.get(name, name) for name in plain}


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_says_why_it_exists_and_what_it_offers(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "no docstring"
    lengths = [node.end_lineno - node.lineno + 1 for node in ast.walk(tree) if _has_logic(node)]
    assert sum(lengths) <= 400, (
        "a file with this much logic usually holds two things (tables of data do not count)"
    )
    assert max(lengths, default=0) <= 60, "a function this long usually does two things"
    code = [node for node in tree.body if not isinstance(node, ast.Expr)]
    if code[1:]:
        assert isinstance(code[0], ast.ImportFrom)
        assert code[0].module == "__future__"
        names = {target.id for node in code for target in _targets(node) if isinstance(target, ast.Name)}
        assert "__all__" in names, "no __all__"


def _has_logic(node):
    """A function of one statement is a table with a name."""
    if not isinstance(node, ast.FunctionDef):
        return False
    docstring = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
    return len(node.body) - docstring > 1


def _targets(node):
    return (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )


def test_the_wall_of_the_platforms_names_every_room_but_three():
    contracts = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
    rooms = {
        f"scorewright.{path.stem}"
        for path in (ROOT / "compiler" / "scorewright").iterdir()
        if (path.suffix == ".py" and not path.stem.startswith("__")) or (path / "__init__.py").is_file()
    }
    seen = {"scorewright.plugin", "scorewright.model", "scorewright.diagnostics"}
    assert set(contracts["platforms-see-three-rooms"]["forbidden_modules"]) == rooms - seen


def test_every_package_is_marked_as_typed():
    roots = [ROOT / "compiler" / PACKAGES[0], *(ROOT / "targets" / name for name in PACKAGES[1:])]
    assert all((root / "py.typed").is_file() for root in roots)


def test_every_rule_is_in_the_catalogue_and_has_a_code_of_its_own():
    rules = {}
    for module in walk_packages(scorewright.__path__, "scorewright."):
        if module.name != "scorewright.__main__":
            rules |= {
                id(rule): rule for rule in vars(import_module(module.name)).values() if isinstance(rule, Rule)
            }
    codes = [rule.code for rule in rules.values()]
    assert sorted(codes) == sorted(set(codes))
    assert set(codes) == set(all_rules())


def test_the_walls_hold():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": "compiler:targets", "PATH": ""},
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_of_a_machine_or_a_registry_stands_in_the_repository():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = {"uv.lock", "poetry.lock", "package-lock.json", "Pipfile.lock"}
    assert not [line for line in listed.stdout.splitlines() if line.rsplit("/", 1)[-1] in names]
