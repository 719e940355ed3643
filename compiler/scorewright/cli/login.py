"""``scorewright login --instance NAME``: what signing in needs, what works, and which permission is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scorewright.cli import exits, show
from scorewright.cli.options import format_option
from scorewright.cli.reaching import NotReachedError, as_json, stopped

if TYPE_CHECKING:
    from scorewright.plugin.reach import Way

__all__ = ["login"]


@click.command()
@click.option("--instance", metavar="NAME", required=True, help="The instance of scorewright.toml, in full.")
@click.option("--production", is_flag=True, help="The instance is a production, and it is meant.")
@click.option("--check", is_flag=True, help="Ask for nothing: try what is there, and say what is missing.")
@format_option("text", "json")
def login(instance: str, production: bool, check: bool, form: str) -> int:
    """Put the secrets of an instance into the system's keyring, or with --check try to sign in and say what works.

    A secret is looked for in the environment (SCOREWRIGHT_<INSTANCE>_<SECRET>, or the same with _FILE or _COMMAND), in the
    keyring, and at the platform's own command line.  It is never printed, and never written to a file.
    """
    from scorewright.cli.meant import targets_of
    from scorewright.project import load_project
    from scorewright.push.login import checked, ways_of
    from scorewright.push.session import NotOpenedError
    from scorewright.source.place import place

    loaded = load_project(None)
    if loaded.diagnostics:
        return show.stop(loaded.diagnostics, form)
    targets_of(instance, loaded.project)
    one = loaded.project.instances[instance]
    try:
        if not check and not _kept(instance, ways_of(loaded.project, one, production=production)):
            return exits.ERRORS
        report: dict[str, Any] = checked(loaded.project, one, production=production)
    except NotOpenedError as error:
        code = exits.GUARDED if error.guarded else exits.ERRORS
        return stopped(NotReachedError(place(error.findings, None), code), form, "login")
    if form == "json":
        as_json("login", report)
    else:
        _shown(report)
    return exits.DONE if all(not one["missing"] for one in report["permissions"]) else exits.ERRORS


def _kept(instance: str, ways: tuple[Way, ...]) -> bool:
    """Ask for the secrets of one way, and put them into the keyring."""
    from scorewright.push.secrets import keep

    typed = [way for way in ways if not way.programs]
    way = typed[0]
    if len(typed) > 1:
        chosen = click.prompt("way", type=click.Choice([one.id for one in typed]), default=way.id, err=True)
        way = next(one for one in typed if one.id == chosen)
    for name in way.needs:
        why = keep(instance, name, click.prompt(name, hide_input=True, err=True))
        if why:
            show.note(f"error: {why}")
            return False
    return True


def _shown(report: dict[str, Any]) -> None:
    show.out(f"signed in to {report['instance']} by {report['way']}")
    for name, source in report["sources"].items():
        show.out(f"  {name:<16} from {source}")
    for one in report["permissions"]:
        show.out(
            f"  {'missing' if one['missing'] else 'may':<16} {one['what']}{': ' + one['missing'] if one['missing'] else ''}"
        )
