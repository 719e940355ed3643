"""``scorewright completion SHELL``: the script that makes the shell complete commands and options."""

from __future__ import annotations

import click

from scorewright.cli import exits, show

__all__ = ["completion"]

EPILOG = """\b
Add one line to the start-up file of your shell:
  bash  ~/.bashrc                       eval "$(scorewright completion bash)"
  zsh   ~/.zshrc                        eval "$(scorewright completion zsh)"
  fish  ~/.config/fish/config.fish      scorewright completion fish | source
"""


@click.command(epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    from scorewright.cli.group import root
    from scorewright.cli.guard import COMPLETE_VARIABLE, PROGRAM

    kind = get_completion_class(shell)
    assert kind is not None
    show.out(kind(root, {}, PROGRAM, COMPLETE_VARIABLE).source())
    return exits.DONE
