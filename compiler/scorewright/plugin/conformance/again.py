"""Compiles every spec of the kit in processes of their own, whose hash seeds differ: run as a module by the kit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scorewright.plugin.conformance.bench import Bench

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CannotSendError", "in_two_processes"]

SEEDS = (1, 2)


class CannotSendError(AssertionError):
    """The target cannot be handed to another process, or does not work there."""


def in_two_processes(bench: Bench) -> tuple[Mapping[str, Mapping[str, str]], ...]:
    """For each of two hash seeds what every case gives: by the case's name and the file's, the text.

    Raises:
        CannotSendError: the target cannot be pickled, or the process ended with an error.
    """
    import json
    import os
    import subprocess
    from pathlib import Path
    from tempfile import TemporaryDirectory

    sent = _sent(bench)
    with TemporaryDirectory() as folder:
        running = []
        for seed in SEEDS:
            path = Path(folder) / f"{seed}.json"
            environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)}
            command = [sys.executable, "-m", __name__, str(path)]
            pipe = subprocess.PIPE
            running.append((path, subprocess.Popen(command, env=environment, stdin=pipe, stderr=pipe)))  # noqa: S603 - this module
        for _, process in running:
            assert process.stdin is not None
            process.stdin.write(sent)
            process.stdin.close()
            process.stdin = None
        for _, process in running:
            _, said = process.communicate()
            if process.returncode:
                raise CannotSendError(f"the target does not work in a process of its own:\n{said.decode()}")
        return tuple(json.loads(path.read_text("utf-8")) for path, _ in running)


def _sent(bench: Bench) -> bytes:
    import pickle

    try:
        return pickle.dumps((bench.target, dict(bench.options), dict(bench.specs), dict(bench.models)))
    except Exception as error:
        raise CannotSendError(
            f"the target cannot be handed to another process ({error}): make it an instance of a class that stands "
            "in a module of its own and holds nothing"
        ) from error


def _received() -> Bench:
    import pickle

    return Bench(*pickle.load(sys.stdin.buffer))  # noqa: S301 - what the kit itself has written


def _texts(bench: Bench) -> dict[str, dict[str, str]]:
    return {
        case.name: {name: text.decode() for name, text in bench.files(case, bundle).items()}
        for case, bundle in bench.bundles()
    }


def _main() -> None:
    import json
    from pathlib import Path

    bench: Any = _received()
    Path(sys.argv[1]).write_text(json.dumps(_texts(bench)), "utf-8")


if __name__ == "__main__":
    _main()
