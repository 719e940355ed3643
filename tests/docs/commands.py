"""The reference of the command line as Markdown, made from the commands themselves."""

from __future__ import annotations

import click

from scorewright.cli.exits import MEANINGS
from scorewright.cli.group import COMMANDS, root

__all__ = ["commands"]


def commands() -> str:
    """Every command with its arguments and options, and what the exit codes mean."""
    context = click.Context(root, info_name="scorewright")
    lines = ["# The command line", "", "`scorewright COMMAND --help` says the same in the terminal.", ""]
    for name, (_, short) in COMMANDS.items():
        command = root.get_command(context, name)
        assert command is not None
        lines += _command(name, short, command, context)
    lines += ["## Exit codes", "", "| code | meaning |", "|--:|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in MEANINGS]
    return "\n".join(lines) + "\n"


def _command(name: str, short: str, command: click.Command, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join(["scorewright", name, *command.collect_usage_pieces(context)])
    lines = [f"## {name}", "", short, "", "```sh", usage, "```", ""]
    text = _paragraphs(command.help or "")
    if text and text.rstrip(".") != short.rstrip("."):
        lines += [text, ""]
    records = [_record(parameter, context) for parameter in command.get_params(context)]
    rows = [record for record in records if record is not None]
    if rows:
        lines += ["| option | what it does |", "|---|---|"]
        lines += [f"| `{_cell(option)}` | {_cell(' '.join(says.split()))} |" for option, says in rows]
        lines.append("")
    if command.epilog:
        lines += ["```text", command.epilog.replace("\b\n", "").strip(), "```", ""]
    return lines


def _record(parameter: click.Parameter, context: click.Context) -> tuple[str, str] | None:
    """The option as it is written, and what it does; nothing for an argument, which the usage shows."""
    return parameter.get_help_record(context) if isinstance(parameter, click.Option) else None


def _paragraphs(text: str) -> str:
    """The text with each paragraph in one line."""
    return "\n\n".join(" ".join(part.split()) for part in text.replace("\b\n", "").strip().split("\n\n"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
