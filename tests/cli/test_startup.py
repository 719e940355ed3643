"""Nothing heavy is loaded before a command needs it.  Modules are counted, not milliseconds."""

from __future__ import annotations

import pytest

from scorewright import __version__
from scorewright.cli.group import COMMANDS

HEAVY = {
    "httpx",
    "importlib.metadata",
    "jsonschema",
    "jsonschema_rs",
    "rich",
    "scorewright_marketo",
    "scorewright_pardot",
    "tomli_w",
    "tomlkit",
    "tomllib",
}
LOADED = """
import sys
sys.argv = ["scorewright", *sys.argv[1:]]
from scorewright.cli import main
code = main()
print(code, *sorted(sys.modules), file=sys.stderr)
"""


def modules_after(shell, *words):
    done = shell(*words, code=LOADED)
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0", done.stderr
    return done.stdout, set(modules)


def test_version_loads_nothing_but_the_version(shell):
    printed, modules = modules_after(shell, "--version")
    assert printed == f"scorewright {__version__}\n"
    assert not modules & {*HEAVY, "click", "dataclasses", "pathlib", "typing"}
    assert {name for name in modules if name.startswith("scorewright")} == {"scorewright", "scorewright.cli"}


def test_help_loads_no_command(shell):
    printed, modules = modules_after(shell, "--help")
    assert "Commands:" in printed
    assert not modules & HEAVY
    assert {name for name in modules if name.startswith("scorewright")} == {
        "scorewright",
        "scorewright.cli",
        "scorewright.cli.exits",
        "scorewright.cli.group",
        "scorewright.cli.guard",
    }


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "completion"])
def test_a_commands_help_loads_no_library(shell, command):
    _, modules = modules_after(shell, command, "--help")
    assert not modules & HEAVY


def test_importing_the_compiler_does_nothing(shell):
    done = shell(code="import scorewright, sys; print(sorted(m for m in sys.modules if 'scorewright' in m))")
    assert done.stdout == "['scorewright']\n"
