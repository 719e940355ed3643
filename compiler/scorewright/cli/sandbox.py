"""``scorewright sandbox NAME``: a platform's API on this machine, with a state that can be looked at."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import click

from scorewright.cli import exits, show
from scorewright.cli.options import PATH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.sandboxes import Sandbox
    from scorewright.sandbox import Serving

__all__ = ["sandbox"]

EPILOG = """\b
Faults:
  606:0.1        a tenth of the calls is answered with the platform's error 606
  606:#3         the third call is
  drop-before:7  seven calls are answered; the next is lost and not done
  drop-after:7   seven calls are answered; the next is done and its answer is lost
  kill-before:7  like drop-before, and nothing answers any more
  kill-after:7   like drop-after, and nothing answers any more
"""


@click.command(epilog=EPILOG)
@click.argument("name")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="Where to listen on 127.0.0.1; 0 picks a free one.",
)
@click.option(
    "--state", metavar="FILE", type=PATH, help="Keep the state in this SQLite file; default: in memory."
)
@click.option(
    "--fault", "faults", metavar="ORDER", multiple=True, help="Let calls fail; may be given again. See below."
)
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="For faults by chance.")
@click.option(
    "--built",
    metavar="DIR",
    type=PATH,
    help="Do by hand what the build sheet of this compiled folder asks, now and when the page's button is pressed.",
)
@click.option(
    "--set", "given", metavar="KEY=VALUE", multiple=True, help="A setting of the sandbox's own, as lag=60."
)
def sandbox(
    name: str,
    port: int,
    state: Path | None,
    faults: tuple[str, ...],
    seed: int,
    built: Path | None,
    given: tuple[str, ...],
) -> int:
    """Answer as the API of the target NAME does, on this machine alone, until Ctrl-C.

    The state, the calls made, and what a person has built are on the page at the address that is printed.
    """
    import time

    from scorewright.sandbox import Service, StoreError, open_store
    from scorewright.sandbox.faults import Faults

    target = _embeds(name)
    try:
        store = open_store(state, name)
    except StoreError as error:
        raise click.BadParameter(str(error), param_hint="--state") from None
    with contextlib.closing(store):
        try:
            instance = target.sandbox(store, time.time, _settings(given))
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--set") from None
        orders = Faults(_orders(faults, instance), seed)
        tables = None if built is None else lambda: _tables(built, name)
        service = Service(target.title, instance, store, time.time, faults=orders, built=tables)
        if tables is not None:
            service.build(tables())
        return _serve(service, port, name, instance)


def _embeds(name: str) -> Any:
    from scorewright.cli.targets import load
    from scorewright.plugin.sandboxes import Embeds

    target = load(name)
    if not isinstance(target, Embeds):
        raise click.UsageError(f"the target {name!r} brings no sandbox")
    return target


def _orders(texts: Iterable[str], instance: Sandbox) -> Any:
    from scorewright.sandbox import OrderError, read_orders

    try:
        return read_orders(texts, instance.codes)
    except OrderError as error:
        raise click.BadParameter(str(error), param_hint="--fault") from None


def _settings(texts: Iterable[str]) -> dict[str, Any]:
    """Read ``lag=60``: the value as TOML reads it, or else as a text."""
    import tomllib

    settings: dict[str, Any] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"{text!r} is no setting; write KEY=VALUE", param_hint="--set")
        try:
            settings[key] = tomllib.loads(f"value = {value}")["value"]
        except ValueError:
            settings[key] = value
    return settings


def _tables(folder: Path, name: str) -> Tables:
    """A compiled folder: that of one target, or the one above it."""
    from scorewright.plugin.emulation import UnreadableBundleError
    from scorewright.verify.bundle import read_folder

    inner = folder / name
    try:
        return read_folder(inner if inner.is_dir() else folder).tables
    except UnreadableBundleError as error:
        raise click.BadParameter(f"{folder}: {error}", param_hint="--built") from None


def _serve(service: Any, port: int, name: str, instance: Sandbox) -> int:
    from scorewright.sandbox import Serving

    try:
        server = Serving(service, port)
    except OSError as error:
        said = (error.strerror or type(error).__name__).lower()
        raise click.ClickException(
            f"nothing can listen on 127.0.0.1:{port}: {said}; --port 0 picks a free port"
        ) from None
    with server:
        show.out(_greeting(server, name, instance))
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.1)
    return exits.DONE


def _greeting(server: Serving, name: str, instance: Sandbox) -> str:
    from scorewright.push.secrets import variable

    account = {"address": server.address, **instance.account}
    lines = [f'{key} = "{value}"' for key, value in account.items()]
    exports = [f"export {variable('local', key)}={value}" for key, value in instance.secrets.items()]
    return "\n".join(
        (
            f"{name} answers at {server.address}    (its state: open that address in a browser; Ctrl-C ends it)",
            "",
            "In scorewright.toml:",
            "",
            "[instances.local]",
            f'target = "{name}"',
            'kind = "sandbox"',
            "",
            "[instances.local.api]",
            *lines,
            "",
            "To sign in, in a shell:",
            "",
            *exports,
        )
    )
