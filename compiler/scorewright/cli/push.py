"""``scorewright push PATH --instance NAME``: make an instance what the spec says, as far as its API goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH
from scorewright.cli.reaching import (
    agreed_by,
    as_json,
    confirm_options,
    keys_of,
    reaching_options,
    session,
    teller,
    wish_options,
)

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.cli.reaching import Asked
    from scorewright.push.apply import Applied
    from scorewright.push.values import Plan

__all__ = ["push"]


@click.command()
@reaching_options
@confirm_options
@click.option("--plan", "given", metavar="FILE", type=PATH, help="Do this only if it is still the plan.")
@wish_options
@click.option("--activate", is_flag=True, help="At last switch on what is built as the sheet asks.")
def push(
    asked: Asked,
    yes: bool,
    confirmed: tuple[str, ...],
    limit: int,
    given: Path | None,
    adopt: tuple[str, ...],
    carried_out: bool,
    activate: bool,
) -> int:
    """Plan anew, ask, and do by the API what the plan says; read back what has become of it.

    Every call is written to the journal before it goes out and after it came back.  Cut off anywhere, run it again: it
    ends in the same state, and makes nothing twice.
    """
    from scorewright.push.guards import Allowed
    from scorewright.push.run import Wish
    from scorewright.push.run import push as carry_out

    digest = _digest(given) if given is not None else None
    wish = Wish(frozenset(keys_of(adopt)), carried_out)
    allowed = Allowed(limit, frozenset(confirmed), digest)
    with session(asked, writes=True) as one:
        agreed = agreed_by(asked.form, yes=yes)
        plan, applied = carry_out(one, allowed, agreed, wish=wish, activate=activate, tell=teller())
    return said(plan, applied, asked.form, "pushed")


def _digest(path: Path) -> str:
    """The digest of a plan that was written before."""
    import json

    try:
        found = json.loads(path.read_text("utf-8"))
        return str(found["digest"])
    except OSError as error:
        raise click.UsageError(f"--plan {path}: {(error.strerror or 'cannot be read').lower()}") from None
    except (ValueError, KeyError, TypeError):
        raise click.UsageError(
            f"--plan {path}: that is no plan; write one with scorewright plan --out"
        ) from None


def said(plan: Plan, applied: Applied | None, form: str, verb: str) -> int:
    """Print how far it came, and give the exit code."""
    from scorewright.push.render import pushed_text
    from scorewright.push.report import push_report

    report: dict[str, Any] = push_report(plan, applied)
    if form == "json":
        as_json("push", report)
    else:
        show.out(pushed_text(report, verb))
    if applied is None:
        return exits.DONE if not plan.writes else exits.GUARDED
    return exits.DONE if applied.whole else exits.HALF_WAY
