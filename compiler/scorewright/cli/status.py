"""``scorewright status PATH --instance NAME``: whether spec, lock file and instance are still one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.progress import working
from scorewright.cli.reaching import as_json, reaching_options, session

if TYPE_CHECKING:
    from scorewright.cli.reaching import Asked

__all__ = ["status"]


@click.command()
@reaching_options
def status(asked: Asked) -> int:
    """Say what has drifted apart: the spec at PATH, what scorewright.lock says was done, and what the instance has.

    It only reads.  Exits with 3 when there is a difference, or hand work that nobody has signed for.
    """
    from scorewright.push.render import status_text
    from scorewright.push.report import status_report
    from scorewright.push.run import plan_of

    with session(asked, writes=False) as one, working(f"reading {asked.instance}"):
        report = status_report(plan_of(one, deep=True), one.now, one.before, one.pushed)
    if asked.form == "json":
        as_json("status", report)
    else:
        show.out(status_text(report))
    return exits.DONE if report["clean"] else exits.CHANGES
