"""What is printed where, in which colour, and with which exit code."""

from __future__ import annotations

import io
import json
import threading

import pytest

from scorewright.cli import show
from scorewright.cli.progress import working
from scorewright.diagnostics.diagnostic import Diagnostic


class Terminal(io.StringIO):
    """A standard error that says it is a terminal and tells when something was written."""

    def __init__(self):
        super().__init__()
        self.written = threading.Event()

    def isatty(self):
        return True

    def write(self, text):
        done = super().write(text)
        self.written.set()
        return done


def found(severity):
    return Diagnostic("SW101", "unknown-key", severity, "a message")


@pytest.mark.parametrize(
    ("severities", "plain", "strict"),
    [((), 0, 0), (("advice",), 0, 0), (("warning",), 0, 1), (("advice", "error"), 1, 1)],
)
def test_exit_codes_follow_the_gravest_finding(severities, plain, strict):
    diagnostics = [found(severity) for severity in severities]
    assert (show.code_of(diagnostics), show.code_of(diagnostics, strict=True)) == (plain, strict)


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals_unless_said_otherwise(monkeypatch, environment, terminal, coloured):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert show.in_colour(Terminal() if terminal else io.StringIO()) is coloured


def test_findings_go_where_they_are_sent(capsys):
    show.findings([found("error")])
    assert "error[SW101]" in capsys.readouterr().out
    show.findings([found("error")], to_stderr=True)
    printed = capsys.readouterr()
    assert (printed.out, "error[SW101]" in printed.err) == ("", True)


def test_what_stops_a_command_is_on_standard_error_for_people_and_on_output_for_tools(capsys):
    assert show.stop([found("error")]) == 1
    printed = capsys.readouterr()
    assert (printed.out, "SW101" in printed.err) == ("", True)
    assert show.stop([found("error")], "json") == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["diagnostics"][0]["code"] == "SW101"
    assert printed.err == ""


def test_a_long_job_says_what_it_does_and_wipes_it_away(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with working("checking model", delay=0.01):
        assert terminal.written.wait(10)
    lines = terminal.getvalue().split("\r\x1b[K")
    assert lines[1].startswith("checking model … ")
    assert lines[-1] == ""


def test_a_short_job_says_nothing(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with working("checking model", delay=60):
        pass
    assert terminal.getvalue() == ""


def test_nobody_watching_hears_nothing(monkeypatch):
    quiet = io.StringIO()
    monkeypatch.setattr("sys.stderr", quiet)
    before = threading.active_count()
    with working("checking model", delay=0.0):
        assert threading.active_count() == before
    assert quiet.getvalue() == ""


def test_the_word_goes_away_when_the_job_fails(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), working("checking model", delay=60):
        raise ZeroDivisionError
    assert threading.active_count() == before
