"""Runs the root command so that whatever happens inside ends in an exit code and plain words, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from typing import TYPE_CHECKING

import click

from scorewright.cli import exits
from scorewright.cli.group import root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["COMPLETE_VARIABLE", "DEBUG_VARIABLE", "run"]

PROGRAM = "scorewright"
COMPLETE_VARIABLE = "_SCOREWRIGHT_COMPLETE"
"""The variable through which the shell's completion script asks for words; click's own convention."""
DEBUG_VARIABLE = "SCOREWRIGHT_DEBUG"

_TAKES_NO_MORE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What the system says of a full disk behind standard output; files of ours have a name, and rules of their own."""


def run(words: Sequence[str]) -> int:
    """Run the command that ``words`` name; the answer is the exit code, whatever was raised on the way."""
    _never_fail_to_print()
    try:
        with _without_sweeps():
            code = _dispatch(list(words))
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return exits.INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return exits.BROKEN_PIPE
    except Exception as fault:  # noqa: BLE001 - the last resort: a person must never meet a traceback
        return _report(fault)
    return code


def _dispatch(words: list[str]) -> int:
    asked = os.environ.get(COMPLETE_VARIABLE)
    if asked:
        from click.shell_completion import shell_complete

        return shell_complete(root, {}, PROGRAM, COMPLETE_VARIABLE, asked)
    with root.make_context(PROGRAM, words) as context:
        answer = root.invoke(context)
    return answer if isinstance(answer, int) else exits.DONE


@contextlib.contextmanager
def _without_sweeps() -> Iterator[None]:
    """Do not look for garbage in circles: one command makes hardly any, and a large compile spent a tenth on it."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def _never_fail_to_print() -> None:
    """Print what the terminal's encoding lacks as an escape: a title in Greek must not end a run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Send what is still buffered nowhere, or Python complains about the closed pipe once more while it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file: a test's stand-in, nothing to redirect
        return


def _report(fault: Exception) -> int:
    """Say what went wrong: a stream that takes no more is no fault of ours, everything else is."""
    if isinstance(fault, OSError) and fault.filename is None and fault.errno in _TAKES_NO_MORE:
        _drop_output()
        with contextlib.suppress(OSError):  # it may be standard error itself
            click.echo(f"error: what was found cannot be written: {str(fault.strerror).lower()}", err=True)
        return exits.ERRORS
    from scorewright.diagnostics.fault import describe

    if os.environ.get(DEBUG_VARIABLE):
        import traceback

        traceback.print_exception(fault)
    click.echo(describe(fault, debug_variable=DEBUG_VARIABLE), err=True)
    return exits.INTERNAL
