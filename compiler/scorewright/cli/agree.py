"""``scorewright agree``: one side signs what a threshold says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import only_spec
from scorewright.cli.options import PATH, day

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

__all__ = ["agree"]


@click.command()
@click.argument("threshold")
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option("--side", type=click.Choice(["marketing", "sales"]), required=True, help="Who signs.")
@click.option("--by", metavar="NAME", required=True, help="The role or the name of who signs.")
@click.option(
    "--on",
    metavar="DATE",
    callback=lambda _context, _option, text: day(text),
    help="The day of the agreement, as 2026-05-01; default: today.",
)
def agree(threshold: str, path: Path | None, side: str, by: str, on: date) -> int:
    """Sign what THRESHOLD says now, with every named value as its number, in agreements.toml beside the spec.

    If the other side signed another text, its signature goes: both have to sign the same.
    """
    from scorewright.agree import AgreeError, UnknownThresholdError
    from scorewright.agree import agree as sign
    from scorewright.project import load_project

    loaded = load_project(path)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics)
    if not by.strip() or not by.isprintable():
        raise click.BadParameter("name who signs, on one line", param_hint="--by")
    spec = path or only_spec(loaded.project, "sign")
    try:
        signed = sign(spec, threshold, side=side, by=by.strip(), on=on)
    except UnknownThresholdError as error:
        raise click.BadParameter(str(error), param_hint="THRESHOLD") from None
    except AgreeError as error:
        return show.stop(error.diagnostics)
    show.out(f"{side} signs {threshold}: {signed.says}")
    for other in signed.dropped:
        show.out(f"{other} signed another text, and has to sign anew")
    show.out(f"wrote {signed.file}")
    return exits.DONE
