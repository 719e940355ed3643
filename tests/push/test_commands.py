"""The commands as they are typed, against a server on loopback: exit codes, guards, JSON by its schema, secrets nowhere."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import jsonschema
import pytest

from scorewright.cli.guard import run
from scorewright.plugin.registry import load
from scorewright.push import json_schema
from scorewright.sandbox import Service, open_store, read_orders, serving
from scorewright.sandbox.faults import Faults
from scorewright.sandbox.store import Calls
from tests.conftest import ROOT

SECRET = "recognisable-marmalade"
YES = ("--yes", "--confirm", "rescores-everyone")
TOML = """
[instances.box]
target = "pardot"
kind = "sandbox"
api = {{ address = "{address}", business_unit = "0Uv000000000000001", lag = 0 }}

[instances.unit]
target = "pardot"
kind = "sandbox"
api = {{ business_unit = "0Uv000000000000002" }}

[instances.live]
target = "pardot"
kind = "production"
api = {{ business_unit = "0Uv000000000000003" }}

[instances.disguised]
target = "pardot"
kind = "sandbox"
api = {{ business_unit = "0Uv000000000000003" }}

[instances.local-live]
target = "pardot"
kind = "production"
api = {{ address = "{address}", business_unit = "0Uv000000000000004" }}

[instances.wrong-host]
target = "pardot"
kind = "sandbox"
api = {{ host = "pi.pardot.com", business_unit = "0Uv000000000000005" }}
"""


class Box:
    """A spec in a folder, a sandbox that is served, and the commands that are typed there."""

    def __init__(self, folder, spec="first-n-only"):
        self.folder, self.store = folder, open_store(None, "pardot")
        shutil.copytree(ROOT / "specs" / spec, folder, dirs_exist_ok=True)
        settings = {"lag": 0, "client_secret": SECRET}
        self.instance = load("pardot").sandbox(self.store, time.time, settings)
        self.service = Service("Pardot", self.instance, self.store, time.time)

    def serve(self, address):
        (self.folder / "scorewright.toml").write_text(TOML.format(address=address))

    def order(self, *orders):
        """A server that was started anew, with these faults."""
        faults = Faults(read_orders(orders, self.instance.codes), 0)
        self.service.__init__("Pardot", self.instance, self.store, time.time, faults=faults)

    def writes(self):
        return sum(one.times for one in Calls(self.store).counted() if one.writes)

    def calls(self):
        return sum(one.times for one in Calls(self.store).counted())


@pytest.fixture
def box(tmp_path, monkeypatch):
    one = Box(tmp_path / "models")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(one.folder)
    for name in ("BOX", "UNIT", "LIVE", "DISGUISED", "LOCAL_LIVE", "WRONG_HOST"):
        monkeypatch.setenv(f"SCOREWRIGHT_{name}_CLIENT_ID", "local")
        monkeypatch.setenv(f"SCOREWRIGHT_{name}_CLIENT_SECRET", SECRET)
    with serving(one.service) as server:
        one.serve(server.address)
        yield one
    one.store.close()


def typed(capsys, *words):
    """A command that was typed: its exit code, and what it printed."""
    capsys.readouterr()
    code = run([*words])
    out, err = capsys.readouterr()
    return code, out, err


def test_from_plan_to_status(box, capsys):
    code, out, _ = typed(capsys, "plan", ".", "--instance", "box", "--out", "plan.json", "--exit-code")
    assert code == 3
    assert "3 to create" in out
    assert box.writes() == 0
    code, out, _ = typed(capsys, "push", ".", "--instance", "box", "--plan", "plan.json", *YES)
    assert code == 0
    assert "pushed 3 objects on box" in out
    assert typed(capsys, "plan", ".", "--instance", "box", "--exit-code")[0] == 0
    assert typed(capsys, "push", ".", "--instance", "box", "--plan", "plan.json", *YES)[0] == 5  # it was done
    assert typed(capsys, "status", ".", "--instance", "box")[0] == 3  # nobody has signed for the hand work
    code, _, err = typed(capsys, "lock", ".", "--instance", "box")
    assert code == 0, err
    code, out, _ = typed(capsys, "status", ".", "--instance", "box")
    assert code == 3  # the form that it asks for is not there
    assert "missing" in out


@pytest.mark.parametrize("key", ["plan", "push", "status", "retire", "login"])
def test_the_json_keeps_to_its_schema_whether_it_worked_or_not(box, capsys, key, monkeypatch):
    words = [key, "--instance", "box", "--format", "json"]
    words += ["--check"] if key == "login" else ["."]
    words += list(YES) if key in {"push", "retire"} else []
    kind = "push" if key == "retire" else key
    schema = getattr(json_schema, f"{kind}_schema")()
    for _ in range(2):
        code, out, _ = typed(capsys, *words)
        report = json.loads(out)
        jsonschema.validate(report, schema)
        assert (report[kind] is not None) == (code in {0, 3})
        monkeypatch.delenv("SCOREWRIGHT_BOX_CLIENT_SECRET", raising=False)


def test_the_file_of_a_plan_keeps_to_its_schema(box, capsys):
    typed(capsys, "plan", ".", "--instance", "box", "--out", "plan.json")
    jsonschema.validate(json.loads((box.folder / "plan.json").read_text()), json_schema.plan_file_schema())


def test_who_is_not_signed_in_is_told_what_to_do_next_and_not_what_was_just_done(box, capsys, monkeypatch):
    monkeypatch.delenv("SCOREWRIGHT_BOX_CLIENT_SECRET")
    code, _, err = typed(capsys, "plan", ".", "--instance", "box")
    assert (code, "scorewright login --instance box --check" in err) == (1, True)
    code, _, err = typed(capsys, "login", "--instance", "box", "--check")
    assert (code, "login --instance box --check" in err) == (1, False)
    assert "keep it in the keyring: scorewright login --instance box" in err


def test_a_lock_file_that_was_cut_off_is_named_with_the_way_out(box, capsys):
    typed(capsys, "push", ".", "--instance", "box", *YES)
    lock = box.folder / "scorewright.lock"
    lock.write_text(lock.read_text()[:-40])
    for command in ("plan", "status", "push"):
        code, _, err = typed(capsys, command, ".", "--instance", "box", *(YES if command == "push" else ()))
        assert (code, "scorewright.lock" in err, "help: " in err) == (1, True, True)


@pytest.mark.parametrize("command", ["plan", "push", "status", "retire", "login"])
@pytest.mark.parametrize(
    ("instance", "production", "passes"),
    [
        ("live", False, False),
        ("disguised", False, False),
        ("disguised", True, False),
        ("local-live", False, False),
        ("local-live", True, False),
        ("wrong-host", False, False),
        ("wrong-host", True, False),
        ("unit", True, False),
        ("box", True, False),
        ("box", False, True),
    ],
)
def test_no_command_reaches_an_account_that_was_not_meant(
    box, capsys, monkeypatch, command, instance, production, passes
):
    import httpx

    asked = []
    send = httpx.Client.send
    monkeypatch.setattr(
        httpx.Client,
        "send",
        lambda self, request, **more: asked.append(request.url.host) or send(self, request, **more),
    )
    words = [command, "--instance", instance, *(["--production"] if production else [])]
    words += ["--check"] if command == "login" else ["."]
    words += [*YES, "--limit", "999"] if command in {"push", "retire"} else []
    code, _, _ = typed(capsys, *words)
    assert set(asked) == ({"127.0.0.1"} if passes else set())
    assert (code != 5) == passes


def test_an_instance_is_named_in_full(box, capsys):
    assert typed(capsys, "plan", ".", "--instance", "liv", "--production")[0] == 2
    assert typed(capsys, "plan", ".", "--instance", "live", "--prod")[0] == 2
    assert typed(capsys, "plan", ".")[0] == 2
    assert box.calls() == 0


def test_nobody_is_asked_twice_and_no_is_no(box, capsys, monkeypatch):
    with open(os.devnull) as nobody:  # noqa: PTH123 - a stream, as the shell gives one
        monkeypatch.setattr(sys, "stdin", nobody)
        assert typed(capsys, "push", ".", "--instance", "box", "--confirm", "rescores-everyone")[0] == 5
    assert box.writes() == 0


def test_a_secret_is_in_no_output_and_no_file_whatever_goes_wrong(box, capsys, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tokens = []
    unseen = box.instance.answer

    def answer(asked):
        tokens.append(asked.headers.get("authorization", "").removeprefix("Bearer "))
        return unseen(asked)

    box.instance.answer = answer
    said = []
    faults = [f"{code}:#{{}}" for code in box.instance.codes] + ["drop-after:{}", "drop-before:{}"]
    commands = itertools.cycle(
        [("plan", "."), ("push", ".", *YES), ("status", "."), ("push", ".", *YES), ("login", "--check")]
    )
    forms = itertools.cycle(["text", "json", "json"])
    for number, (fault, words, form) in enumerate(zip(faults, commands, forms, strict=False)):
        monkeypatch.setenv("SCOREWRIGHT_DEBUG", "1" if number % 2 else "")
        box.order(fault.format(1 + number % 6))
        _, out, err = typed(capsys, *words, "--instance", "box", "--format", form)
        said += [out, err]
    said += [path.read_text() for path in box.folder.rglob("*") if path.is_file()]
    real = {token for token in tokens if token}
    assert len(real) > 1
    for hidden in (SECRET, *real):
        assert not [text for text in said if hidden in text]


PUSH = (sys.executable, "-m", "scorewright", "push", ".", "--instance", "box", *YES)


def test_killed_for_good_and_run_again_it_ends_alike(box, capsys, monkeypatch):
    for number in (9,):
        killed = []

        def watch(count, when, number=number, killed=killed):
            if count == number and when == "after" and not killed:
                killed.append(True)
                os.kill(process.pid, signal.SIGKILL)

        box.service.__init__("Pardot", box.instance, box.store, time.time, watch=watch)
        with subprocess.Popen(PUSH, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            assert process.wait(60) == -signal.SIGKILL
    box.order()
    assert typed(capsys, "push", ".", "--instance", "box", *YES)[0] == 0
    names = [row[1] for one in box.instance.shown() if one.title == "tags" for row in one.rows]
    assert len(names) == len(set(names)) == 2


def test_the_second_push_at_once_is_refused(box, capsys):
    from scorewright.push.turn import turn

    with turn("pardot", "0Uv000000000000001"):
        code, _, err = typed(capsys, "push", ".", "--instance", "box", *YES)
    assert code == 5
    assert "another push is running" in err
    assert box.writes() == 0


def test_a_wrong_secret_and_an_unreachable_address_are_said_in_words(box, capsys, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setenv("SCOREWRIGHT_BOX_CLIENT_SECRET", "something-else")
    code, _, err = typed(capsys, "plan", ".", "--instance", "box")
    assert code == 1
    assert "something-else" not in err
    box.serve("http://127.0.0.1:9")
    code, _, err = typed(capsys, "plan", ".", "--instance", "box")
    assert code == 1
    assert "cannot be reached" in err
