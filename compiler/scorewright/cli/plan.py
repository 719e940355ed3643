"""``scorewright plan PATH --instance NAME``: what a push would do, found by reading alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH
from scorewright.cli.progress import working
from scorewright.cli.reaching import NotReachedError, as_json, keys_of, reaching_options, session, stopped

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

__all__ = ["plan"]


@click.command()
@reaching_options
@click.option("--out", metavar="FILE", type=PATH, help="Write the plan as JSON, for push --plan.")
@click.option("--exit-code", "by_code", is_flag=True, help="Exit with 3 when a push would do something.")
@click.option(
    "--carried-out",
    is_flag=True,
    help="The sheet's steps so far are carried out: change what waits for them.",
)
@click.option("--adopt", metavar="OBJECT", multiple=True, help="Take over what stands there: 'tags: MQL'.")
def plan(
    path: Path | None,
    instance: str,
    production: bool,
    edition: str | None,
    form: str,
    today: date,
    out: Path | None,
    by_code: bool,
    adopt: tuple[str, ...],
    carried_out: bool,
) -> int:
    """Compare what the spec at PATH needs with what the instance has, and say what a push would do.

    It only reads: what people have built from the sheet is read back as far as the platform lets us, and compared with
    what the sheet asks.
    """
    from scorewright.push.render import text
    from scorewright.push.report import plan_report
    from scorewright.push.run import Wish, plan_of

    wish = Wish(frozenset(keys_of(adopt)), carried_out)
    try:
        with (
            session(
                path,
                instance=instance,
                production=production,
                edition=edition,
                today=today,
                writes=False,
                doing="plan",
            ) as one,
            working(f"reading {instance}"),
        ):
            found = plan_of(one, deep=True, wish=wish)
            report = plan_report(found)
    except NotReachedError as error:
        return stopped(error, form, "plan")
    if out is not None and (code := _written(out, report)):
        return code
    if form == "json":
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
