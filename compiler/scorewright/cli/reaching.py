"""What the commands that talk to an instance share: their options, and the way from the words to an open conversation."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from scorewright.cli import exits, show
from scorewright.cli.meant import compile_meant, only_spec, targets_of
from scorewright.cli.options import PATH, format_option, today_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.plugin.reach import Key
    from scorewright.push.session import Opened
    from scorewright.push.values import Plan

__all__ = [
    "Asked",
    "NotReachedError",
    "agreed_by",
    "as_json",
    "confirm_options",
    "keys_of",
    "reaching_options",
    "session",
    "stopped",
    "teller",
    "wish_options",
]


class NotReachedError(Exception):
    """The command cannot begin; ``code`` is what it exits with, ``diagnostics`` say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], code: int) -> None:
        super().__init__("")
        self.diagnostics, self.code = diagnostics, code


class Asked(NamedTuple):
    """What every command that talks to an instance is asked with; ``command`` is its name."""

    command: str
    path: Path | None
    instance: str
    production: bool
    edition: str | None
    form: str
    today: date


def reaching_options(command: Callable[..., int]) -> Callable[..., Any]:
    """``PATH --instance NAME [--production] [--edition NAME] [--format …] [--today DATE]``, as one ``Asked``.

    A command that cannot begin says why, in the form that was asked for, and exits as its reason wants.
    """
    name = command.__name__

    @functools.wraps(command)
    def begin(
        *,
        path: Path | None,
        instance: str,
        production: bool,
        edition: str | None,
        form: str,
        today: date,
        **others: Any,
    ) -> int:
        asked = Asked(name, path, instance, production, edition, form, today)
        try:
            return command(asked, **others)
        except NotReachedError as error:
            return stopped(error, form, _KEYS.get(name, name))

    return _with_options(begin)


def _with_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        today_option,
        format_option("text", "json"),
        click.option(
            "--edition", metavar="NAME", help="The platform's edition, before what the spec says of it."
        ),
        click.option("--production", is_flag=True, help="The instance is a production, and it is meant."),
        click.option(
            "--instance", metavar="NAME", required=True, help="The instance of scorewright.toml, in full."
        ),
        click.argument("path", metavar="[PATH]", required=False, type=PATH),
    ):
        command = option(command)
    return command


def wish_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--carried-out --adopt OBJECT …``, which change what a plan may do."""
    for option in (
        click.option(
            "--adopt", metavar="OBJECT", multiple=True, help="Take over what stands there: 'tags: MQL'."
        ),
        carried_out_option("change"),
    ):
        command = option(command)
    return command


def carried_out_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--carried-out``, for who may ``change`` or ``take away`` what waits for a person's steps."""
    return click.option(
        "--carried-out",
        is_flag=True,
        help=f"The sheet's steps so far are carried out: {what} what waits for them.",
    )


def confirm_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--yes --confirm ID … --limit N``."""
    from scorewright.push.guards import LIMIT

    for option in (
        click.option(
            "--limit",
            type=click.IntRange(0),
            default=LIMIT,
            show_default=True,
            help="Change or retire no more objects than this.",
        ),
        click.option(
            "--confirm",
            "confirmed",
            metavar="ID",
            multiple=True,
            help="Say yes to this warning of the plan; may be given again.",
        ),
        click.option("--yes", is_flag=True, help="Do not ask."),
    ):
        command = option(command)
    return command


@contextmanager
def session(asked: Asked, *, writes: bool) -> Iterator[Opened]:
    """Compile the spec, and open the conversation with the instance.  Raises ``NotReachedError``."""
    from scorewright.compiling.lock import FILE_NAME, read_lock
    from scorewright.output import OutputError
    from scorewright.project import load_project
    from scorewright.push.session import NotOpenedError, opened
    from scorewright.source.place import place

    loaded = load_project(asked.path)
    if loaded.diagnostics:
        raise NotReachedError(loaded.diagnostics, exits.ERRORS)
    project = loaded.project
    spec = asked.path or only_spec(project, asked.command)
    targets = targets_of(asked.instance, project)
    folder = spec if spec.is_dir() else spec.parent
    lock = folder / FILE_NAME
    since = lock if _has(read_lock, lock, asked.instance) else None
    compiled, _, found = compile_meant(
        spec,
        project,
        targets,
        edition=asked.edition,
        instance=asked.instance,
        since=since,
        today=asked.today,
    )
    if compiled is None or show.code_of(found) != exits.DONE:
        raise NotReachedError(tuple(found), exits.ERRORS)
    try:
        with opened(
            compiled,
            project,
            project.instances[asked.instance],
            folder=folder,
            production=asked.production,
            writes=writes,
            today=asked.today.isoformat(),
        ) as one:
            yield one
    except NotOpenedError as error:
        code = exits.GUARDED if error.guarded else exits.ERRORS
        raise NotReachedError(place(error.findings, None), code) from None
    except OutputError as error:
        raise NotReachedError((error.diagnostic,), exits.ERRORS) from None


def _has(read: Callable[[Path], Any], lock: Path, instance: str) -> bool:
    """Whether a sheet has been carried out there before; what cannot be read is told by whoever compiles since then."""
    from scorewright.compiling.lock import UnreadableLockError

    try:
        return instance in read(lock)
    except UnreadableLockError:
        return True


def stopped(error: NotReachedError, form: str, key: str) -> int:
    """Say why a command could not begin, and give the exit code; ``key`` is where its result would stand in the JSON."""
    if form == "json":
        as_json(key, None, error.diagnostics)
    else:
        show.stop(error.diagnostics)
    return error.code


_KEYS = {"retire": "push"}
"""Where a command's result stands in the JSON, if not under its own name: what is taken away is told as a push is."""


def as_json(key: str, value: Any, diagnostics: Sequence[Diagnostic] = ()) -> None:
    """Print a result beside what ``check`` would report."""
    from scorewright.diagnostics.json_ import report

    show.as_json({**report(diagnostics), key: value})


def agreed_by(form: str, *, yes: bool) -> Callable[[Plan], bool]:
    """Show the plan and ask; ``yes`` has said so already, and where nobody can be asked the answer is no."""

    def ask(plan: Plan) -> bool:
        from scorewright.push.render import text
        from scorewright.push.report import plan_report

        if form == "text":
            show.out(text(plan_report(plan)))
        if yes:
            return True
        try:
            return click.confirm(f"Do this on {plan.instance} ({plan.kind})?", default=False, err=True)
        except click.Abort:
            show.note("nobody was there to ask: say --yes to go on")
            return False

    return ask


def teller() -> Callable[[str, Key], None] | None:
    """Says each thing as it is done, to a person who watches; a pipeline reads the report at the end."""
    import sys

    if sys.stderr is None or not sys.stderr.isatty():
        return None
    return lambda deed, key: show.note(f"{deed} {key.kind}: {key.name}")


def keys_of(texts: tuple[str, ...]) -> tuple[Key, ...]:
    """Objects as the plan names them: ``tags: MQL``."""
    from scorewright.plugin.reach import Key

    parts = [text.partition(":") for text in texts]
    for text, (_, colon, name) in zip(texts, parts, strict=True):
        if not colon or not name.strip():
            raise click.UsageError(f"{text!r} names no object; write it as the plan does: 'tags: MQL'")
    return tuple(Key(kind.strip(), name.strip()) for kind, _, name in parts)
