"""``scorewright schema``: the JSON Schema of the language or of the reports."""

from __future__ import annotations

import click

from scorewright.cli import exits, show

__all__ = ["schema"]

EPILOG = """\b
For an editor that knows TOML schemas, keep the schema beside the spec and name it in the spec's first line:
  scorewright schema > models/scorewright.schema.json
  #:schema ./scorewright.schema.json
"""


@click.command(epilog=EPILOG)
@click.option(
    "--kind",
    type=click.Choice(["spec", "report"]),
    default="spec",
    show_default=True,
    help="The language, or what --format json prints.",
)
def schema(kind: str) -> int:
    """Print the JSON Schema (draft 2020-12) of the language."""
    if kind == "report":
        from importlib.resources import files

        show.out(files("scorewright.diagnostics").joinpath("report.schema.json").read_text("utf-8"))
    else:
        from scorewright.schema.build import json_schema

        show.as_json(json_schema())
    return exits.DONE
