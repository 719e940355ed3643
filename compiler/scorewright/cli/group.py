"""The root command: a table of the commands with their one-line helps, so that ``--help`` imports none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorewright.cli.exits import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMANDS", "LazyGroup", "root"]

COMMANDS: Mapping[str, tuple[str, str]] = {
    "new": ("scorewright.cli.new:new", "Start a model from one that ships with Scorewright."),
    "check": ("scorewright.cli.check:check", "Check specs and print every finding."),
    "test": ("scorewright.cli.test:test", "Run the examples of specs on the reference machine."),
    "trace": ("scorewright.cli.trace:trace", "Explain one person's score, term by term."),
    "compile": ("scorewright.cli.compile:compile", "Compile a spec for its targets."),
    "diff": ("scorewright.cli.diff:diff", "Say what a change of a spec means."),
    "revisions": ("scorewright.cli.revisions:revisions", "Make the revision sheet from git's history."),
    "agree": ("scorewright.cli.agree:agree", "Sign what a threshold says now, for one side."),
    "comment": ("scorewright.cli.comment:comment", "Put a diff on the pull request, once."),
    "verify": ("scorewright.cli.verify:verify", "Prove that what is compiled does what the spec means."),
    "sandbox": (
        "scorewright.cli.sandbox:sandbox",
        "Serve a platform's API from this machine, to try a push on.",
    ),
    "plan": ("scorewright.cli.plan:plan", "Say what a push to an instance would do."),
    "push": ("scorewright.cli.push:push", "Make an instance what the spec says, by its API."),
    "status": ("scorewright.cli.status:status", "Say whether spec, lock file and instance agree."),
    "retire": ("scorewright.cli.retire:retire", "Take away what pushes made and nobody wants."),
    "login": ("scorewright.cli.login:login", "Sign in to an instance, and say what is missing."),
    "lock": ("scorewright.cli.lock:lock", "Record that a sheet has been carried out on an instance."),
    "receipt": ("scorewright.cli.receipt:receipt", "Take over what was ticked off on a build sheet."),
    "targets": ("scorewright.cli.targets:targets", "Show what the targets can do, and how sure that is."),
    "explain": ("scorewright.cli.explain:explain", "Explain a message by its code or name."),
    "schema": ("scorewright.cli.schema:schema", "Print the JSON Schema of the language, for editors."),
    "fmt": ("scorewright.cli.fmt:fmt", "Rewrite specs in the canonical form; comments stay."),
    "completion": ("scorewright.cli.completion:completion", "Print the completion script for a shell."),
}
"""Name → (``module:attribute``, short help), in the order in which a newcomer meets them."""

EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:<3} {meaning}" for code, meaning in MEANINGS)


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it, or to show that one's own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every name of the table, in its order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of that name; ``None`` when there is none."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names, or say which one was probably meant."""
        word = args[0]
        if word not in COMMANDS and not word.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(word, COMMANDS, n=1)
            ctx.fail(f"no command {word!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


def _print_version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from scorewright import __version__

        click.echo(f"scorewright {__version__}")
        ctx.exit()


@click.command(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and exit.",
)
def root() -> None:
    """Lead scoring as code: write the scoring model once in TOML, check it, and compile it for Pardot and
    Marketo.
    """
