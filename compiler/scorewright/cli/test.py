"""``scorewright test PATH…``: the examples of specs, played on the reference machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH, day, format_option, picks
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["test"]


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=PATH)
@click.option("--only", metavar="ID", multiple=True, help="Only this example; may be given again.")
@format_option("text", "json")
def test(paths: tuple[Path, ...], only: tuple[str, ...], form: str) -> int:
    """Run the `[examples]` of each PATH (a main file, or the folder that holds it) on the reference machine.

    Without a PATH, those of the specs of scorewright.toml.  What failed is shown with its line, what was found, and
    every change up to then.  The exit code is 0 when all examples hold, and 1 when one fails or a spec has errors.
    """
    import sys

    from scorewright.checks.run import check_spec
    from scorewright.explain.report import examples_report
    from scorewright.explain.results import results_text
    from scorewright.explain.testing import run_examples, unknown_example
    from scorewright.project import load_project

    loaded = load_project(paths[0] if paths else None)
    if loaded.diagnostics and form == "json":
        show.as_json(examples_report((), loaded.diagnostics))
        return exits.ERRORS
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics)
    specs = paths or loaded.project.specs
    if not specs:
        raise click.UsageError("name a spec to test, or list `specs` in scorewright.toml")
    tested, wanted = [], picks(only)
    for spec in specs:
        with working(f"testing {spec}"):
            tested.append(run_examples(str(spec), check_spec(spec, today=day(None)), wanted))
    unknown = unknown_example(wanted, tested)
    if unknown:
        raise click.BadParameter(unknown, param_hint="--only")
    if form == "json":
        show.as_json(examples_report(tested))
    else:
        show.out(results_text(tested, color=show.in_colour(sys.stdout)))
        show.findings([error for each in tested for error in each.errors], to_stderr=True)
    return exits.DONE if all(each.held for each in tested) else exits.ERRORS
