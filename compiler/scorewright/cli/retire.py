"""``scorewright retire PATH --instance NAME``: take away what earlier pushes made and nobody wants any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli.push import said
from scorewright.cli.reaching import (
    agreed_by,
    carried_out_option,
    confirm_options,
    reaching_options,
    session,
    teller,
)

if TYPE_CHECKING:
    from scorewright.cli.reaching import Asked

__all__ = ["retire"]


@click.command()
@reaching_options
@confirm_options
@carried_out_option("take away")
@click.option("--all", "everything", is_flag=True, help="Everything that pushes of this model made.")
def retire(
    asked: Asked,
    yes: bool,
    confirmed: tuple[str, ...],
    limit: int,
    carried_out: bool,
    everything: bool,
) -> int:
    """Take away, by the API, what earlier pushes made and the spec at PATH no longer wants; nothing else.

    What the platform never deletes is named, and stays.
    """
    from scorewright.push.guards import Allowed
    from scorewright.push.run import Wish
    from scorewright.push.run import retire as carry_out

    with session(asked, writes=True) as one:
        plan, applied = carry_out(
            one,
            Allowed(limit, frozenset(confirmed)),
            agreed_by(asked.form, yes=yes),
            everything=everything,
            wish=Wish(carried_out=carried_out),
            tell=teller(),
        )
    return said(plan, applied, asked.form, "retired")
