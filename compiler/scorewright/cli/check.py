"""``scorewright check PATH…``: every finding in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import show
from scorewright.cli.options import PATH, format_option, picks, strict_option, today_option
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic

__all__ = ["check"]


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=PATH)
@format_option("text", "json", "sarif", "github")
@strict_option
@click.option("--select", metavar="CHECKS", multiple=True, help="Of warnings and advice, show these alone.")
@click.option("--ignore", metavar="CHECKS", multiple=True, help="Of warnings and advice, leave these out.")
@today_option
def check(
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    today: date,
) -> int:
    """Check each PATH: a main file, or the folder that holds it.  Without one, the specs of scorewright.toml.

    CHECKS are codes or names, with commas between them.  An error cannot be left out; `[waive]` in the spec switches a
    check off for one element, with a reason that a reviewer sees.
    """
    from scorewright.checks.catalogue import all_rules
    from scorewright.checks.run import check_spec
    from scorewright.diagnostics.pages import Choice
    from scorewright.project import load_project

    choice = Choice.of(all_rules().values(), picks(select), picks(ignore)) if select or ignore else Choice()
    if choice.unknown:
        raise click.BadParameter(choice.unknown, param_hint="--select / --ignore")
    loaded = load_project(paths[0] if paths else None)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics, form)
    specs = paths or loaded.project.specs
    if not specs:
        raise click.UsageError("name a spec to check, or list `specs` in scorewright.toml")
    found: list[Diagnostic] = []
    for spec in specs:
        with working(f"checking {spec}"):
            found += choice.among(check_spec(spec, today=today).diagnostics)
    if found or form != "text":
        show.findings(found, form)
    else:
        show.out(f"{len(specs)} spec{'s' * (len(specs) != 1)} checked: nothing to report")
    return show.code_of(found, strict=strict)
