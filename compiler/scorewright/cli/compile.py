"""``scorewright compile PATH``: from a spec to the files that a team builds from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import compile_meant, only_spec, targets_of
from scorewright.cli.options import PATH, format_option, picks, strict_option, today_option

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

__all__ = ["compile"]


@click.command()
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option(
    "--target", "names", metavar="NAME", multiple=True, help="Only this target; may be given again."
)
@click.option(
    "--out", metavar="DIR", type=PATH, help="Where <target>/ is written; else `out` of scorewright.toml."
)
@click.option("--edition", metavar="NAME", help="The platform's edition, before what the spec says of it.")
@click.option("--instance", metavar="NAME", help="Go by the facts of this instance in scorewright.toml.")
@click.option(
    "--since",
    metavar="FILE|DIR",
    type=PATH,
    help="What stands there already: the lock file, or an earlier output; the sheet says the way from it.",
)
@format_option("text", "json")
@strict_option
@today_option
def compile(
    path: Path | None,
    names: tuple[str, ...],
    out: Path | None,
    edition: str | None,
    instance: str | None,
    since: Path | None,
    form: str,
    strict: bool,
    today: date,
) -> int:
    """Compile the spec at PATH (a main file, or the folder that holds it) for its targets.

    Nothing is written when there is an error.  Each folder <out>/<target> is replaced as a whole, and only when
    Scorewright wrote all that is in it.  With --since a bundle also has the way from the version that stands there:
    migration.toml, and the first section of the build sheet.
    """
    from scorewright.compiling import summary
    from scorewright.compiling.report import compile_report
    from scorewright.output import OutputError, write_trees
    from scorewright.project import load_project

    loaded = load_project(path)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics, form)
    project = loaded.project
    spec, folder = path or only_spec(project), out or project.out
    if folder is None:
        raise click.UsageError("name the output folder with --out, or set `out` in scorewright.toml")
    targets = picks(names) or targets_of(instance, project)
    compiled, _, diagnostics = compile_meant(
        spec, project, targets, edition=edition, instance=instance, since=since, today=today
    )
    if compiled is None:
        return show.stop(diagnostics, form)
    code = show.code_of(diagnostics, strict=strict)
    if code == exits.DONE:
        try:
            write_trees(folder, compiled.files)
        except OutputError as error:
            diagnostics, code = (*diagnostics, error.diagnostic), exits.ERRORS
    if form == "json":
        show.as_json(compile_report(compiled, diagnostics, folder if code == exits.DONE else None))
        return code
    show.findings(diagnostics, to_stderr=True)
    if code == exits.DONE:
        show.out(summary(compiled))
        show.out("wrote " + ", ".join(str(folder / name) for name in compiled.files))
    else:
        show.note("nothing was written")
    return code
