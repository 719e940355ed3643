"""``scorewright retire PATH --instance NAME``: take away what earlier pushes made and nobody wants any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli.push import said
from scorewright.cli.reaching import (
    NotReachedError,
    agreed_by,
    confirm_options,
    reaching_options,
    session,
    stopped,
    teller,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

__all__ = ["retire"]


@click.command()
@reaching_options
@confirm_options
@click.option(
    "--carried-out",
    is_flag=True,
    help="The sheet's steps so far are carried out: take away what waits for them.",
)
@click.option("--all", "everything", is_flag=True, help="Everything that pushes of this model made.")
def retire(
    path: Path | None,
    instance: str,
    production: bool,
    edition: str | None,
    form: str,
    today: date,
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

    try:
        with session(
            path,
            instance=instance,
            production=production,
            edition=edition,
            today=today,
            writes=True,
            doing="retire",
        ) as one:
            plan, applied = carry_out(
                one,
                Allowed(limit, frozenset(confirmed)),
                agreed_by(form, yes=yes),
                everything=everything,
                wish=Wish(carried_out=carried_out),
                tell=teller(),
            )
    except NotReachedError as error:
        return stopped(error, form, "push")
    return said(plan, applied, form, "retired")
