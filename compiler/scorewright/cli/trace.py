"""``scorewright trace PATH --person FILE``: why one person's score is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import only_spec
from scorewright.cli.options import PATH, day, format_option, picks
from scorewright.cli.progress import working

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.explain.asking import Answer

__all__ = ["trace"]

EPILOG = """\b
FILE is JSON, in the words of [examples]:
  {"created": "2026-01-05", "fields": {"country": "France"},
   "events": [{"at": "2026-01-05T10:00", "visits": "/pricing", "times": 4},
              {"at": "2026-01-07", "sets": {"job-title": "CEO"}}]}
or CSV:
  at,event,what,value,times
  2026-01-05,created
  ,field,country,France
  2026-01-05 10:00,visits,/pricing,,4
  2026-01-07,sets,job-title,CEO
docs/person-files.md tells all of it.
"""


@click.command(epilog=EPILOG)
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.option("--person", metavar="FILE", required=True, type=PATH, help="What happened to the person.")
@click.option("--at", "moment", metavar="TIME", help="As of this day's start or this time; default: now.")
@click.option("--score", "asked", metavar="ID", multiple=True, help="Only this score; may be given again.")
@click.option("--verbose", is_flag=True, help="Add the whole timeline, and every term of long sums.")
@format_option("text", "json")
def trace(
    path: Path | None, person: Path, moment: str | None, asked: tuple[str, ...], verbose: bool, form: str
) -> int:
    """Explain one person's scores under the spec at PATH: the sum of each, what was cut and why, and what it led to.

    The history is played on the reference machine.  Times are on the model's wall clock unless they say an offset.
    """
    from scorewright.checks.run import check_spec
    from scorewright.explain.asking import Answer, WrongQuestionError, answer
    from scorewright.project import load_project

    loaded = load_project(path)
    if loaded.diagnostics:
        return _show(Answer(None, loaded.diagnostics), form, verbose=verbose)
    spec = path or only_spec(loaded.project, "trace")
    with working(f"tracing {person}"):
        checked = check_spec(spec, today=day(None))
        try:
            found = answer(checked, person, moment, picks(asked))
        except WrongQuestionError as wrong:
            raise click.BadParameter(str(wrong), param_hint=wrong.option) from None
    return _show(found, form, verbose=verbose)


def _show(found: Answer, form: str, *, verbose: bool) -> int:
    """Print an answer, or what stands in its way."""
    from scorewright.explain.report import trace_report
    from scorewright.explain.trace_text import trace_text

    if form == "json":
        show.as_json(trace_report(found))
    else:
        show.findings(found.diagnostics, to_stderr=True)
        if found.trace is not None:
            show.out(trace_text(found.trace, verbose=verbose))
    return exits.ERRORS if found.trace is None else exits.DONE
