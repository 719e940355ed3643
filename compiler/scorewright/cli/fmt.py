"""``scorewright fmt PATH…``: the canonical form of specs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fmt"]


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=PATH)
@click.option("--check", is_flag=True, help="Change nothing; name what would change and exit with 3.")
def fmt(paths: tuple[Path, ...], check: bool) -> int:
    """Rewrite each PATH in the canonical form; comments stay.

    A folder stands for every file of the language in it.  Without a PATH: the specs of scorewright.toml.
    """
    from scorewright.fmt.rewriting import plan
    from scorewright.output import OutputError, replace_file
    from scorewright.project import load_project

    if not paths:
        loaded = load_project()
        if loaded.diagnostics:
            return show.stop(loaded.diagnostics)
        paths = loaded.project.specs
    if not paths:
        raise click.UsageError("name a file or a folder to format, or list `specs` in scorewright.toml")
    rewrites = plan(paths)
    wrong = [found for rewrite in rewrites for found in rewrite.diagnostics]
    if wrong:
        return show.stop(wrong)
    changing = [rewrite for rewrite in rewrites if rewrite.changes]
    for rewrite in changing:
        if check:
            show.out(f"would rewrite {rewrite.path}")
            continue
        try:
            replace_file(rewrite.path, rewrite.text.encode())
        except OutputError as error:
            return show.stop((error.diagnostic,))
        show.out(f"rewrote {rewrite.path}")
    return exits.CHANGES if check and changing else exits.DONE
