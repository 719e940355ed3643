"""``scorewright diff``: what a change of a spec means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import only_spec, targets_of
from scorewright.cli.options import PATH, format_option, picks, today_option
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic

__all__ = ["diff"]


@click.command()
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option(
    "--base",
    metavar="REV|DIR",
    default="HEAD",
    show_default=True,
    help="The older version: a revision in git, or a folder.",
)
@click.option(
    "--target", "names", metavar="NAME", multiple=True, help="On this platform; may be given again."
)
@click.option("--instance", metavar="NAME", help="Go by the facts of this instance in scorewright.toml.")
@click.option(
    "--people", metavar="FILE|DIR", type=PATH, help="Play these people's histories under both versions."
)
@format_option("text", "markdown", "json", "html")
@today_option
@click.option("--exit-code", is_flag=True, help="Exit with 3 when something changes.")
def diff(
    path: Path | None,
    base: str,
    names: tuple[str, ...],
    instance: str | None,
    people: Path | None,
    form: str,
    exit_code: bool,
    today: date,
) -> int:
    """Say what a change of the spec at PATH means: what both sides must agree to first, words last.

    Older versions are read from git's own store: nothing is checked out.
    """
    from scorewright.diff import BaseError, PeopleError, built, compare, diff_of, played, report
    from scorewright.project import load_project

    loaded = load_project(path)
    if loaded.diagnostics:
        return _stop(loaded.diagnostics, form)
    spec = path or only_spec(loaded.project, "compare")
    try:
        with working(f"comparing {spec} with {base}"):
            old, new = compare(spec, base)
        if new.faults or old.faults:
            return _stop((*new.faults, *old.faults), form)
        targets = picks(names) or targets_of(instance, loaded.project)
        with working("playing people, and compiling both"):
            whole = played(diff_of(old, new, today), old, new, people)
            found = report(built(whole, old, new, targets, instance))
    except (BaseError, PeopleError) as error:
        return _stop(error.diagnostics, form)
    _print(found, form)
    return exits.CHANGES if exit_code and not found["same"] else exits.DONE


def _print(found: dict[str, Any], form: str) -> None:
    if form == "json":
        show.as_json({**_checked(()), "diff": found})
        return
    from importlib import import_module

    render = getattr(import_module(f"scorewright.diff.render.{form}"), form)
    show.out(render(found))


def _stop(diagnostics: Sequence[Diagnostic], form: str) -> int:
    if form != "json":
        return show.stop(diagnostics)
    show.as_json({**_checked(diagnostics), "diff": None})
    return exits.ERRORS


def _checked(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    from scorewright.diagnostics.json_ import report

    return report(diagnostics)
