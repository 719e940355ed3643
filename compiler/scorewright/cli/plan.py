"""``scorewright plan PATH --instance NAME``: what a push would do, found by reading alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH
from scorewright.cli.progress import working
from scorewright.cli.reaching import as_json, keys_of, reaching_options, session, wish_options

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.cli.reaching import Asked

__all__ = ["plan"]


@click.command()
@reaching_options
@click.option("--out", metavar="FILE", type=PATH, help="Write the plan as JSON, for push --plan.")
@click.option("--exit-code", "by_code", is_flag=True, help="Exit with 3 when a push would do something.")
@wish_options
def plan(asked: Asked, out: Path | None, by_code: bool, adopt: tuple[str, ...], carried_out: bool) -> int:
    """Compare what the spec at PATH needs with what the instance has, and say what a push would do.

    It only reads: what people have built from the sheet is read back as far as the platform lets us, and compared with
    what the sheet asks.
    """
    from scorewright.push.render import text
    from scorewright.push.report import plan_report
    from scorewright.push.run import Wish, plan_of

    wish = Wish(frozenset(keys_of(adopt)), carried_out)
    with session(asked, writes=False) as one, working(f"reading {asked.instance}"):
        found = plan_of(one, deep=True, wish=wish)
        report = plan_report(found)
    if out is not None and (code := _written(out, report)):
        return code
    if asked.form == "json":
        as_json("plan", report)
    else:
        show.out(text(report))
    return exits.CHANGES if by_code and (found.writes or found.having("retire")) else exits.DONE


def _written(out: Path, report: dict[str, object]) -> int:
    from scorewright.diagnostics.json_ import dumps
    from scorewright.output import OutputError, replace_file

    try:
        replace_file(out, (dumps(report) + "\n").encode())
    except OutputError as error:
        return show.stop((error.diagnostic,))
    return exits.DONE
