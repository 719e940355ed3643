"""The composite action, its steps run in a plain shell with a fake event and a server of our own as GitHub's API."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from tests.comment.forge import Forge
from tests.conftest import ROOT
from tests.diff.making import HEAD

ACTION = ROOT / ".github" / "actions" / "scorewright" / "action.yml"


def steps():
    """Each step of the action: its name, its environment as written, and its script."""
    found, name, env, script, inside = [], "", {}, [], ""
    for line in [*ACTION.read_text("utf-8").partition("  steps:\n")[2].splitlines(), "    - name: end"]:
        if line.startswith("    - name: "):
            if name:
                found.append((name, env, "\n".join(script) + "\n"))
            name, env, script, inside = line.partition(": ")[2], {}, [], ""
        elif line in {"      env:", "      run: |"}:
            inside = line.strip(" :|")
        elif inside == "env" and line.startswith("        "):
            key, _, value = line.strip().partition(": ")
            env[key] = value
        elif inside == "run":
            script.append(line.removeprefix("        "))
    return found


class Quiet(WSGIRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture
def github():
    forge = Forge()
    server = make_server("127.0.0.1", 0, forge, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    forge.address = f"http://127.0.0.1:{server.server_port}"
    yield forge
    server.shutdown()
    server.server_close()
    thread.join()


def git(folder, *words):
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def pull(tmp_path, github):
    """A checkout of a pull request with its last commit alone, and what GitHub says of it."""
    origin, work = tmp_path / "origin", tmp_path / "work"
    (origin / "models").mkdir(parents=True)
    git(origin, "init", "-q", "-b", "main")
    git(origin, "config", "uploadpack.allowReachableSHA1InWant", "true")
    (origin / "models" / "model.toml").write_text(HEAD, "utf-8")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "base")
    base = git(origin, "rev-parse", "HEAD")
    (origin / "models" / "model.toml").write_text(HEAD.replace("mql = 90", "mql = 100"), "utf-8")
    git(origin, "commit", "-qam", "change")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{origin}", "work")
    (tmp_path / "event.json").write_text(
        json.dumps({"pull_request": {"number": 7, "base": {"sha": base}}}), "utf-8"
    )
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    command = bin_ / "scorewright"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scorewright "$@"\n', "utf-8")
    command.chmod(0o755)
    return work, {
        "inputs.spec": "models",
        "inputs.key": "",
        "inputs.people": "",
        "inputs.token": github.token,
        "github.event.pull_request.base.sha": base,
    }


def play(pull, github, tmp_path):
    """Run every step but the installation, as a runner does; give the last exit code and what was printed."""
    work, known = pull
    outputs = tmp_path / "outputs"
    outputs.write_text("", "utf-8")
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("compiler", "targets")),
        "GITHUB_API_URL": github.address,
        "GITHUB_REPOSITORY": "owner/models",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "RUNNER_TEMP": str(tmp_path),
        "NO_PROXY": "127.0.0.1",
    }
    environment.pop("GITHUB_TOKEN", None)
    printed = ""
    for name, env, script in steps():
        if name == "Install":
            continue
        told = dict(line.split("=", 1) for line in outputs.read_text("utf-8").splitlines())
        known |= {f"steps.check.outputs.{key}": value for key, value in told.items()}
        values = {key: known[value.removeprefix("${{ ").removesuffix(" }}")] for key, value in env.items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=work,
            env={**environment, **values},
            capture_output=True,
            text=True,
            check=False,
        )
        printed += done.stdout + done.stderr
        if done.returncode:
            return done.returncode, printed
    return 0, printed


def test_the_action_has_the_steps_that_are_played_and_takes_inputs_through_the_environment_alone():
    assert [name for name, _, _ in steps()] == ["Install", "Check", "Diff", "Comment", "Result"]
    assert all("${{" not in script for _, _, script in steps())


def test_the_comment_is_created_then_updated_and_never_repeated(pull, github, tmp_path):
    code, printed = play(pull, github, tmp_path)
    assert code == 0, printed
    (comment,) = github.comments
    assert "`90` → `100`" in comment["body"]
    assert (tmp_path / "summary.md").read_text("utf-8").strip() == comment["body"].strip()
    model = pull[0] / "models" / "model.toml"
    model.write_text(model.read_text("utf-8").replace("mql = 100", "mql = 110"), "utf-8")
    code, printed = play(pull, github, tmp_path)
    assert code == 0, printed
    (comment,) = github.comments
    assert "`90` → `110`" in comment["body"]
    assert github.token not in printed


def test_errors_of_the_spec_are_annotations_and_the_result_and_the_comment_says_that_there_is_no_diff(
    pull, github, tmp_path
):
    model = pull[0] / "models" / "model.toml"
    model.write_text(model.read_text("utf-8").replace("kind =", "kid ="), "utf-8")
    code, printed = play(pull, github, tmp_path)
    assert code == 1
    assert "::error " in printed
    (comment,) = github.comments
    assert "cannot be compared" in comment["body"]


def test_without_the_right_to_write_the_job_goes_on_with_a_warning(pull, github, tmp_path):
    github.status = 403
    code, printed = play(pull, github, tmp_path)
    assert code == 0, printed
    assert "::warning::the comment was not written" in printed
    assert "`90` → `100`" in (tmp_path / "summary.md").read_text("utf-8")
