"""``scorewright targets [NAME]``: the matrix of what each platform can do, or all about one of them."""

from __future__ import annotations

import click

from scorewright.cli import exits, show
from scorewright.cli.options import format_option

__all__ = ["targets"]


@click.command()
@click.argument("name", required=False)
@format_option("text", "json", "markdown")
def targets(name: str | None, form: str) -> int:
    """Show what each target can do of the language; with NAME, why, and the facts it rests on."""
    from scorewright.plugin import registry
    from scorewright.plugin.matrix import matrix, portrait

    if name is None:
        show.out(matrix([registry.load(known) for known in registry.builtin_names()], form))
        others = registry.others()
        if others and form == "text":
            show.out("Also installed: " + ", ".join(others))
        return exits.DONE
    try:
        target = registry.load(name)
    except registry.UnknownTargetError:
        known = ", ".join((*registry.builtin_names(), *registry.others()))
        raise click.BadParameter(f"no target {name!r}; there are {known}", param_hint="NAME") from None
    except registry.WrongApiError as error:
        raise click.ClickException(str(error)) from None
    show.out(portrait(target, form))
    return exits.DONE
