"""Secrets come from where they may come from, and go nowhere else."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.plugin.reach import Program, Way
from scorewright.push.secrets import NoSecretsError, Veil, gather, variable

SECRET = "orange marmalade"
KEY = Way("key", "a key", ("client_id", "client_secret"))


def test_the_variables_are_named_after_the_instance():
    assert variable("acme-sandbox", "client_secret") == "SCOREWRIGHT_ACME_SANDBOX_CLIENT_SECRET"


def test_the_environment_a_file_and_a_command_are_asked_in_this_order(tmp_path):
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    command = f"{sys.executable} -c 'print(1234567)'"
    environ = {"SCOREWRIGHT_BOX_CLIENT_ID": "me", "SCOREWRIGHT_BOX_CLIENT_SECRET_COMMAND": command}
    assert gather("box", [KEY], environ).secrets == {"client_id": "me", "client_secret": "1234567"}
    environ["SCOREWRIGHT_BOX_CLIENT_SECRET_FILE"] = str(file)
    assert gather("box", [KEY], environ).secrets["client_secret"] == SECRET
    environ["SCOREWRIGHT_BOX_CLIENT_SECRET"] = " other "
    found = gather("box", [KEY], environ)
    assert found.secrets["client_secret"] == "other"
    assert "other" not in repr(found)


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"SCOREWRIGHT_BOX_CLIENT_ID": "me"},
        {"SCOREWRIGHT_OTHER_CLIENT_ID": "me", "SCOREWRIGHT_OTHER_CLIENT_SECRET": SECRET},
        {"SCOREWRIGHT_BOX_CLIENT_ID": "me", "SCOREWRIGHT_BOX_CLIENT_SECRET_FILE": "/nowhere/at/all"},
        {"SCOREWRIGHT_BOX_CLIENT_ID": "me", "SCOREWRIGHT_BOX_CLIENT_SECRET_COMMAND": "false"},
        {"SCOREWRIGHT_BOX_CLIENT_ID": "me", "SCOREWRIGHT_BOX_CLIENT_SECRET_COMMAND": "'unclosed"},
        {"SCOREWRIGHT_BOX_CLIENT_ID": "me", "SCOREWRIGHT_BOX_CLIENT_SECRET": f"{SECRET}\nX-Other: 1"},
        {"SCOREWRIGHT_BOX_CLIENT_ID": "me", "SCOREWRIGHT_BOX_CLIENT_SECRET": f"{SECRET}\0"},
    ],
)
def test_what_is_lacking_or_cannot_be_is_named_and_never_shown(environ):
    with pytest.raises(NoSecretsError) as error:
        gather("box", [KEY], environ)
    assert "client_secret" in str(error.value).lower()
    assert SECRET not in str(error.value)


def test_the_first_way_that_has_everything_is_taken():
    other = Way("token", "a token", ("access_token",))
    assert gather("box", [KEY, other], {"SCOREWRIGHT_BOX_ACCESS_TOKEN": SECRET}).way == "token"


def _program(printed, code=0):
    text = f"import sys; print({json.dumps(printed)!r}); sys.exit({code})"
    takes = (("access_token", ("result", "accessToken")), ("instance_url", ("result", "instanceUrl")))
    return Program((sys.executable, "-c", text), takes)


def test_a_program_of_the_vendor_is_asked_and_what_it_keeps_to_itself_is_asked_of_the_next():
    first = _program(
        {"result": {"accessToken": "[REDACTED] ask me otherwise", "instanceUrl": "https://acme.example"}}
    )
    second = _program({"result": {"accessToken": SECRET}})
    way = Way("cli", "a login", ("access_token", "instance_url"), programs=(first, second))
    found = gather("box", [way], {})
    assert found.secrets == {"access_token": SECRET, "instance_url": "https://acme.example"}


@pytest.mark.parametrize("printed", ["no json", None, [], {"result": "odd"}, {"result": {"accessToken": 7}}])
def test_a_program_that_prints_something_else_is_passed_over(printed):
    way = Way(
        "cli", "a login", ("access_token",), programs=(_program(printed), Program(("no-such-program",), ()))
    )
    with pytest.raises(NoSecretsError):
        gather("box", [way], {})


def test_a_program_that_fails_is_not_believed():
    way = Way(
        "cli", "a login", ("access_token",), programs=(_program({"result": {"accessToken": SECRET}}, 1),)
    )
    with pytest.raises(NoSecretsError):
        gather("box", [way], {})


@given(st.lists(st.text(min_size=4, max_size=30), min_size=1, max_size=4), st.text(max_size=20))
def test_the_veil_covers_every_secret_however_it_is_written(secrets, around):
    from urllib.parse import quote, quote_plus

    veil = Veil()
    veil.hide(secrets)
    for secret in secrets:
        for written in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]):
            assert secret not in veil.over(f"{around}{written}{around}").replace("***", "")
