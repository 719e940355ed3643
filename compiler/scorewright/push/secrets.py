"""Where the secrets for signing in come from, and a veil that keeps them out of every text.

In this order: the environment (``SCOREWRIGHT_<INSTANCE>_<SECRET>``, the same with ``_FILE`` for a file that holds it or with
``_COMMAND`` for a command that prints it), the system's keyring, and the programs that the platform's plugin names.
Nothing in the repository is asked: a pull request cannot name a command.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from scorewright.plugin.reach import Program, Way

__all__ = ["Gathered", "NoSecretsError", "Veil", "gather", "keep", "variable"]

_SECONDS = 60
"""How long a command that gives a secret may take: somebody may have to unlock it."""
_SHORTEST = 4
"""Shorter texts are not veiled: they stand in too many words."""
SERVICE = "scorewright"
"""The name under which the system's keyring keeps what ``scorewright login`` is given."""


class NoSecretsError(Exception):
    """No way to sign in has all that it needs; the message names what is lacking, never a value."""


class Gathered(NamedTuple):
    """A way to sign in with its secrets, and where each came from."""

    way: str
    secrets: Mapping[str, str]
    sources: Mapping[str, str]

    def __repr__(self) -> str:
        """The names alone: whatever prints this must not print a secret."""
        return f"Gathered({self.way}: {', '.join(self.sources)})"


class Veil:
    """Replaces every secret that it has been told of, as it is and as it stands in an address."""

    def __init__(self) -> None:
        self._hidden: set[str] = set()

    def hide(self, secrets: Iterable[str]) -> None:
        """Remember secrets; a very short one would blank half of every sentence, and is nobody's secret."""
        from urllib.parse import quote, quote_plus

        for secret in secrets:
            if len(secret) >= _SHORTEST:
                self._hidden |= {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
                self._hidden |= {json.dumps(secret)[1:-1], repr(secret)[1:-1]}

    def over(self, text: str) -> str:
        """The text with ``***`` in the place of each secret; the longest first, since one may hold another."""
        for secret in sorted(self._hidden, key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def variable(instance: str, secret: str) -> str:
    """The environment variable of one instance's secret: ``SCOREWRIGHT_ACME_SANDBOX_CLIENT_SECRET``."""
    return f"SCOREWRIGHT_{instance}_{secret}".upper().replace("-", "_")


def gather(instance: str, ways: Iterable[Way], environ: Mapping[str, str]) -> Gathered:
    """The first way that has all its secrets.  Raises ``NoSecretsError``."""
    lacking = []
    for way in ways:
        found = {name: _find(instance, name, environ) for name in (*way.needs, *way.optional)}
        have = {name: one for name, one in found.items() if one is not None}
        if way.programs and not set(way.needs) <= set(have):
            have |= {name: one for name, one in _programs(way.programs).items() if name not in have}
        missing = [name for name in way.needs if name not in have]
        if not missing:
            values = {name: _clean(name, value) for name, (value, _) in have.items()}
            return Gathered(way.id, values, {name: source for name, (_, source) in have.items()})
        lacking.append(f"{way.title}: {_where(instance, way, missing)}")
    raise NoSecretsError("\n".join(lacking))


def _where(instance: str, way: Way, missing: list[str]) -> str:
    if way.programs:
        return f"{way.programs[0].argv[0]} knows no login, or is not installed"
    return "set " + " and ".join(variable(instance, name) for name in missing)


def _find(instance: str, secret: str, environ: Mapping[str, str]) -> tuple[str, str] | None:
    """A secret and where it came from; ``None`` where nobody has it."""
    name = variable(instance, secret)
    if environ.get(name):
        return environ[name], name
    if environ.get(f"{name}_FILE"):
        return _of_file(environ[f"{name}_FILE"], f"{name}_FILE"), f"{name}_FILE"
    if environ.get(f"{name}_COMMAND"):
        return _of_command(environ[f"{name}_COMMAND"], f"{name}_COMMAND"), f"{name}_COMMAND"
    kept = _of_keyring(instance, secret)
    return (kept, "the keyring") if kept else None


def _of_file(path: str, name: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise NoSecretsError(f"{name}: {path}: {reason}") from None


def _of_command(command: str, name: str) -> str:
    try:
        done = _run(shlex.split(command))
    except ValueError as error:
        raise NoSecretsError(f"{name}: {error}") from None
    if done is None or not done.strip():
        raise NoSecretsError(f"{name}: the command failed, or printed nothing")
    return done.strip()


def _run(argv: list[str], environ: Iterable[tuple[str, str]] = ()) -> str | None:
    """What a program prints; ``None`` where it fails.  Its complaints are its own: they may hold what must not be shown."""
    quiet = {**os.environ, "NO_COLOR": "1", **dict(environ)}
    try:
        done = subprocess.run(  # noqa: S603 - without a shell, and named by the environment or by a plugin
            argv,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
            env=quiet,
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout if done.returncode == 0 else None


def _of_keyring(instance: str, secret: str) -> str | None:
    """What the system's keyring keeps, where the package for it is installed and a keyring is there."""
    try:
        import keyring
    except ImportError:
        return None
    try:
        found = keyring.get_password(SERVICE, f"{instance}:{secret}")
    except Exception:  # noqa: BLE001 - a locked or absent keyring raises whatever its system raises
        return None
    return str(found) if found else None


def keep(instance: str, secret: str, value: str) -> str:
    """Put a secret into the system's keyring; empty, or why that cannot be."""
    try:
        import keyring
    except ImportError:
        return "the package keyring is not installed: pip install 'scorewright[keyring]'"
    try:
        keyring.set_password(SERVICE, f"{instance}:{secret}", value)
    except Exception as error:  # noqa: BLE001 - see above
        return f"the keyring refused: {type(error).__name__}"
    return ""


def _programs(programs: Iterable[Program]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for program in programs:
        printed = _run(list(program.argv), program.environ)
        for name, value in _taken(program, printed):
            found.setdefault(name, (value, program.argv[0]))
    return found


def _taken(program: Program, printed: str | None) -> Iterator[tuple[str, str]]:
    try:
        data = json.loads(printed or "null")
    except ValueError:
        return
    for name, keys in program.takes:
        value: Any = data
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str) and value and not value.startswith("["):
            yield name, value


def _clean(name: str, value: str) -> str:
    """A secret without the line end that copying leaves; one that no header could carry is refused."""
    value = value.strip()
    if "PRIVATE KEY" not in value and any(ord(sign) < 32 or ord(sign) > 126 for sign in value):
        raise NoSecretsError(f"{name} holds a line end, or a sign that no secret of this kind has")
    return value
