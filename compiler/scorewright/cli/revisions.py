"""``scorewright revisions``: the model's history as a sheet, made from git."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import only_spec
from scorewright.cli.options import PATH, format_option
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["revisions"]


@click.command()
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option("--until", metavar="REV", default="HEAD", show_default=True, help="The last revision to show.")
@click.option(
    "--outcomes",
    metavar="FILE",
    type=PATH,
    help="CSV of date, leads, opportunities, won: what came of each revision.",
)
@click.option("--out", metavar="FILE", type=PATH, help="Write to this file; xlsx needs one.")
@format_option("markdown", "csv", "html", "xlsx")
def revisions(path: Path | None, until: str, outcomes: Path | None, out: Path | None, form: str) -> int:
    """The history of the spec at PATH as the sheet that teams keep by hand.

    A row is an element, a column is a revision that changed the model, with its date, author and reason.
    """
    from importlib import import_module

    from scorewright.output import OutputError, replace_file
    from scorewright.project import load_project
    from scorewright.revisions import RevisionsError
    from scorewright.revisions import revisions as sheet

    if form == "xlsx" and out is None:
        raise click.UsageError("a workbook is no text: name the file with --out")
    loaded = load_project(path)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics)
    spec = path or only_spec(loaded.project, "show")
    try:
        with working(f"reading the history of {spec}"):
            table = sheet(spec, until=until, outcomes=outcomes)
        made = getattr(import_module(f"scorewright.revisions.render.{form}"), form)(table)
        if out is None:
            show.out(made)
            return exits.DONE
        replace_file(out, made if isinstance(made, bytes) else made.encode())
    except RevisionsError as error:
        return show.stop(error.diagnostics)
    except OutputError as error:
        return show.stop((error.diagnostic,))
    show.out(f"wrote {out}")
    return exits.DONE
