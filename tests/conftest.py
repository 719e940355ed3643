"""What every test may ask for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command line in this process: ``run("check", path)`` → exit code, standard output, standard error."""
    from scorewright.cli import main

    for variable in ("NO_COLOR", "FORCE_COLOR", "SCOREWRIGHT_DEBUG", "_SCOREWRIGHT_COMPLETE"):
        monkeypatch.delenv(variable, raising=False)

    def call(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def shell():
    """Run the command line in a process of its own, as a shell would."""

    def call(*words, cwd=None, env=None, code=None, **more):
        command = [sys.executable, *(("-c", code) if code else ("-m", "scorewright")), *map(str, words)]
        paths = os.pathsep.join(str(ROOT / name) for name in ("compiler", "targets"))
        environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", **(env or {})}
        return subprocess.run(  # noqa: PLW1510 - the exit code is what the tests look at
            command,
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            **more,
        )

    return call


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """A headless Chromium: ``browser.open(address)`` gives a page that can be clicked (``tests.looking.chromium``)."""
    from tests.looking.chromium import Browser, chromium
    from tests.looking.tools import needed

    needed("Chromium", chromium())
    with Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started
