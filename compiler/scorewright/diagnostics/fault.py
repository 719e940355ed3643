"""The words for a fault in Scorewright itself, apart from the guard so that a healthy run never loads them."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = ["INTERNAL_ERROR", "RULES", "describe"]

INTERNAL_ERROR = Rule(
    "SW999",
    "internal-error",
    Severity.ERROR,
    """What
Scorewright stopped in a place where it should not have. The fault is in Scorewright, not in your spec, even where a
change of the spec makes it go away. Nothing was written.
Why
A person who gets an unfinished result without a word builds the wrong thing, so an unexpected fault ends the run with
exit code 70.
Example
    error[SW999] internal-error: ZeroDivisionError: division by zero (in model/build.py, line 40)
Use instead
Run the same command with `SCOREWRIGHT_DEBUG=1` in the environment to see where it happened, and report that text
with the command and, if you may share it, the spec (or the smallest part of it that still shows the fault).
""",
)

RULES = (INTERNAL_ERROR,)


def describe(fault: BaseException, *, debug_variable: str) -> str:
    """Say what happened, where, and how to report it, in a few plain lines."""
    rule = INTERNAL_ERROR
    reason = " ".join(str(fault).split())[:200]
    what = f"{type(fault).__name__}: {reason}" if reason else type(fault).__name__
    return (
        f"{rule.severity}[{rule.code}] {rule.name}: {what}{_where(fault)}\n"
        "help: this is a fault in Scorewright, not in your spec; nothing was written.\n"
        f"      Run the command again with {debug_variable}=1 to see where it happened, and report that text\n"
        f"      with the command.  `scorewright explain {rule.code}` says more."
    )


def _where(fault: BaseException) -> str:
    """The innermost place in the code, without the folders of the machine."""
    step = fault.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return ""
    parts = step.tb_frame.f_code.co_filename.replace("\\", "/").split("/")
    return f" (in {'/'.join(parts[-2:])}, line {step.tb_lineno})"
