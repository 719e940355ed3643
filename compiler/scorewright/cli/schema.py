"""``scorewright schema``: the JSON Schema of the language or of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli import exits, show

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "schema"]

EPILOG = """\b
For an editor that knows TOML schemas, keep the schema beside the spec and name it in the spec's first line:
  scorewright schema > models/scorewright.schema.json
  #:schema ./scorewright.schema.json
"""


KINDS: Mapping[str, str] = {
    "spec": "scorewright.schema.build:json_schema",
    "check": "scorewright.compiling.report:check_schema",
    "compile": "scorewright.compiling.report:compile_schema",
    "test": "scorewright.explain.report:examples_schema",
    "trace": "scorewright.explain.report:trace_schema",
    "verify": "scorewright.verify.proof_report:proof_schema",
    "diff": "scorewright.diff.json_schema:diff_schema",
    "plan": "scorewright.push.json_schema:plan_schema",
    "plan-file": "scorewright.push.json_schema:plan_file_schema",
    "push": "scorewright.push.json_schema:push_schema",
    "status": "scorewright.push.json_schema:status_schema",
    "login": "scorewright.push.json_schema:login_schema",
    "probes": "scorewright.plugin.probes:schema",
}
"""Where the schema of each kind of output is made."""


@click.command(epilog=EPILOG)
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    default="spec",
    show_default=True,
    help="The language, or what one of these commands prints with --format json (push: and retire); plan-file: what "
    "plan --out writes; probes: targets --probes.",
)
def schema(kind: str) -> int:
    """Print the JSON Schema (draft 2020-12) of the language."""
    from importlib import import_module

    module, _, maker = KINDS[kind].partition(":")
    show.as_json(getattr(import_module(module), maker)())
    return exits.DONE
