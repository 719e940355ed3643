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
    type=click.Choice(["spec", "check", "compile", "test", "trace", "verify", "diff", "probes"]),
    default="spec",
    show_default=True,
    help="The language, or what one of these commands prints with --format json; probes: targets --probes.",
)
def schema(kind: str) -> int:
    """Print the JSON Schema (draft 2020-12) of the language."""
    if kind == "spec":
        from scorewright.schema.build import json_schema

        show.as_json(json_schema())
    elif kind in {"test", "trace"}:
        from scorewright.explain.report import examples_schema, trace_schema

        show.as_json(examples_schema() if kind == "test" else trace_schema())
    elif kind == "verify":
        from scorewright.verify.proof_report import proof_schema

        show.as_json(proof_schema())
    elif kind == "diff":
        from scorewright.diff.json_schema import diff_schema

        show.as_json(diff_schema())
    elif kind == "probes":
        from scorewright.plugin.probes import schema as probes_schema

        show.as_json(probes_schema())
    else:
        from scorewright.compiling.report import check_schema, compile_schema

        show.as_json(check_schema() if kind == "check" else compile_schema())
    return exits.DONE
