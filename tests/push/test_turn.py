"""Two pushes at once: the second is refused, and the turn ends with the process however that ends."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from scorewright.push.turn import BusyError, turn

HOLD = """
import sys
from scorewright.push.turn import turn
with turn("shelf", "one"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def test_the_second_is_refused_till_the_first_is_gone_even_when_it_is_killed():
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(BusyError), turn("shelf", "one"):
            pass
        with turn("shelf", "another"):
            pass
        first.send_signal(signal.SIGKILL)
        first.wait()
    with turn("shelf", "one"), pytest.raises(BusyError), turn("shelf", "one"):
        pass


def test_a_state_folder_that_cannot_be_made_is_not_the_end(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with turn("shelf", "one"):
        pass
