"""The root command: its table, its help, its exit codes, and what happens when something breaks."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import click
import pytest

from scorewright import __version__
from scorewright.cli import exits
from scorewright.cli.group import COMMANDS, root

CLI = Path(import_module("scorewright.cli").__file__).parent
NOT_COMMANDS = {
    "passage",
    "reaching",
    "__init__",
    "exits",
    "group",
    "guard",
    "meant",
    "options",
    "progress",
    "show",
}


def test_the_names_are_fixed():
    assert list(COMMANDS) == [
        "new", "check", "test", "trace", "compile", "diff", "revisions", "agree", "comment", "verify", "sandbox", "plan", "push", "status", "retire", "login", "lock", "receipt", "targets", "explain", "schema", "fmt", "completion",
    ]  # fmt: skip


def test_every_command_has_a_file_and_every_file_is_in_the_table():
    assert {path.stem for path in CLI.glob("*.py")} - NOT_COMMANDS == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name, run):
    command = root.get_command(click.Context(root), name)
    assert command.name == name
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    code, printed, _ = run(name, "--help")
    assert code == exits.DONE
    assert f"Usage: scorewright {name}" in printed


def test_help_tells_the_exit_codes(run):
    _, printed, _ = run("-h")
    for code, meaning in exits.MEANINGS:
        assert f"{code:<3} {meaning}" in printed


def test_version_also_behind_another_option_and_in_a_module_run(run, shell):
    assert run("--version", "check") == (0, f"scorewright {__version__}\n", "")
    assert shell("--version").stdout == f"scorewright {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Usage: scorewright"),
        (("chekc",), "Did you mean 'check'?"),
        (("zzz",), "no command 'zzz'"),
        (("--verison",), "Did you mean"),
        (("check", "--format", "xml"), "'xml' is not one of"),
        (("check", "--today", "tomorrow", "."), "write it as 2026-05-01"),
        (("completion", "tcsh"), "'tcsh' is not one of"),
        (("new",), "name the folder"),
        (("new", "x", "--template", "nothing"), "no template 'nothing'"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_right(run, words, said):
    code, printed, error = run(*words)
    assert code == exits.USAGE
    assert not printed
    assert said in error


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_completion_scripts_call_us_back(run, shell_name):
    code, printed, _ = run("completion", shell_name)
    assert code == exits.DONE
    assert "_SCOREWRIGHT_COMPLETE" in printed


def test_completion_knows_commands_and_options(shell):
    environment = {"_SCOREWRIGHT_COMPLETE": "bash_complete", "COMP_WORDS": "scorewright c", "COMP_CWORD": "1"}
    found = [f"plain,{name}" for name in COMMANDS if name.startswith("c")]
    assert shell(env=environment).stdout.split() == found
    environment |= {"COMP_WORDS": "scorewright check --st", "COMP_CWORD": "2"}
    assert shell(env=environment).stdout.split() == ["plain,--strict"]


@pytest.fixture
def broken(monkeypatch):
    """Make ``schema`` raise what a test wants."""

    def breaks(error):
        def raise_it(**_options):
            raise error

        command = click.Command("schema", callback=raise_it)
        monkeypatch.setattr("scorewright.cli.schema.schema", command)

    return breaks


def test_an_unexpected_fault_is_one_coded_message(run, broken):
    broken(ZeroDivisionError("division by zero"))
    code, printed, error = run("schema")
    assert code == exits.INTERNAL == 70
    assert not printed
    assert error.startswith(
        "error[SW999] internal-error: ZeroDivisionError: division by zero (in cli/test_root.py"
    )
    assert "SCOREWRIGHT_DEBUG=1" in error
    assert "Traceback" not in error
    assert str(Path.cwd()) not in error


@pytest.mark.parametrize("fault", [RecursionError("maximum recursion depth"), MemoryError()])
def test_running_out_of_stack_or_memory_too(run, broken, fault):
    broken(fault)
    code, _, error = run("schema")
    assert code == exits.INTERNAL
    assert type(fault).__name__ in error


def test_debug_shows_the_traceback(shell):
    code = (
        "import sys, scorewright.cli.guard as guard\n"
        "guard._dispatch = lambda words: 1 // 0\n"
        "from scorewright.cli import main\n"
        "sys.exit(main(['schema']))"
    )
    done = shell(code=code, env={"SCOREWRIGHT_DEBUG": "1"})
    assert done.returncode == exits.INTERNAL
    assert "Traceback" in done.stderr
    assert "error[SW999]" in done.stderr


def test_ctrl_c_ends_quietly(run, broken):
    broken(KeyboardInterrupt())
    assert run("schema") == (exits.INTERRUPTED, "", "interrupted\n")


def test_a_reader_that_leaves_early_is_no_fault(shell):
    code = (
        "import os, sys\n"
        "reading, writing = os.pipe()\n"
        "os.close(reading)\n"
        "os.dup2(writing, 1)\n"
        "from scorewright.cli import main\n"
        "sys.exit(main(['--help']))"
    )
    done = shell(code=code)
    assert (done.returncode, done.stderr) == (exits.BROKEN_PIPE, "")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["schema"], ["check", "--help"]])
def test_a_disk_that_is_full_is_told_in_words(shell, words):
    if not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("this system has no /dev/full")
    code = (
        "import os, sys\n"
        "os.dup2(os.open('/dev/full', os.O_WRONLY), 1)\n"
        "from scorewright.cli import main\n"
        f"sys.exit(main({words}))"
    )
    done = shell(code=code)
    assert done.returncode == exits.ERRORS
    assert done.stderr == "error: what was found cannot be written: no space left on device\n"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["--version"], 0),
        (["schema"], 0),
        (["check", "nowhere.toml"], 1),
        (["compile", "nowhere.toml", "--out", "nowhere"], 1),
        (["chekc"], 2),
    ],
)
def test_a_stream_that_was_closed_before_the_start_is_nobodys_to_read(shell, stream, words, exit_code):
    code = f"import sys; sys.{stream} = None\nfrom scorewright.cli import main\nsys.exit(main({words}))"
    done = shell(code=code)
    assert done.returncode == exit_code, done.stderr
    assert "SW999" not in done.stderr


def test_a_terminal_without_the_signs_gets_escapes(shell):
    code = "import sys; from scorewright.cli import guard, show; guard._never_fail_to_print(); show.out('Größe → 5')"
    done = shell(code=code, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Gr\\xf6\\xdfe \\u2192 5\n"
