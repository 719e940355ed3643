"""Signing in: each way against the embedded unit, and nothing secret in what a call is called."""

from __future__ import annotations

import builtins

import pytest

from scorewright.plugin.wire import CallError
from tests.pardot.unit import ADDRESS, SECRETS, UNIT, Unit, api_of

jwt = pytest.importorskip("jwt")


@pytest.fixture(scope="module")
def key():
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return text.decode(), private.public_key()


def signed_in(unit, api, way, secrets):
    session = unit.drive(api, api.sign_in(way, secrets))
    unit.headers |= {name.lower(): text for name, text in session.headers.items()}
    return unit.drive(api, api.permissions())


def test_client_credentials_open_the_unit():
    found = signed_in(Unit(), api_of(), "client-credentials", SECRETS)
    assert len(found) > 10
    assert {missing for _, missing in found} == {""}


def test_an_assertion_is_signed_for_whoever_gives_tokens(key):
    private, public = key
    unit, api = Unit(), api_of()
    secrets = {"client_id": "local", "username": "local", "private_key": private}
    assert {missing for _, missing in signed_in(unit, api, "jwt-bearer", secrets)} == {""}
    call = next(api.sign_in("jwt-bearer", secrets))
    told = jwt.decode(
        dict(call.form)["assertion"],
        public,
        algorithms=["RS256"],
        audience=ADDRESS,
        options={"verify_exp": False},
    )
    assert told == {"iss": "local", "sub": "local", "aud": ADDRESS, "exp": 1_790_000_180}
    assert not call.signed
    assert call.base == ADDRESS


@pytest.mark.parametrize(
    ("kind", "login", "audience"),
    [
        ("sandbox", None, "https://test.salesforce.com"),
        ("sandbox", "https://login.salesforce.com", "https://login.salesforce.com"),
        ("sandbox", "https://a.my.salesforce.com", "https://test.salesforce.com"),
        ("production", "https://a.my.salesforce.com", "https://login.salesforce.com"),
        ("production", None, "https://login.salesforce.com"),
    ],
)
def test_an_assertion_is_for_the_common_login_whatever_the_orgs_own_is(key, kind, login, audience):
    secrets = {"client_id": "c", "username": "u", "private_key": key[0]}
    call = next(api_of(kind=kind, address=None, login=login).sign_in("jwt-bearer", secrets))
    told = jwt.decode(dict(call.form)["assertion"], options={"verify_signature": False})
    assert told["aud"] == audience
    assert call.base == (login or audience)


def test_without_the_package_the_message_says_which(monkeypatch):
    plain = builtins.__import__

    def without(name, *rest):
        if name == "jwt":
            raise ModuleNotFoundError(name)
        return plain(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CallError, match=r"scorewright\[jwt\]"):
        next(api_of().sign_in("jwt-bearer", {"client_id": "c", "username": "u", "private_key": "k"}))


def test_a_key_that_is_none_is_not_quoted():
    secret = "recognisable-key-of-nobody"
    with pytest.raises(CallError) as failure:
        next(api_of().sign_in("jwt-bearer", {"client_id": "c", "username": "u", "private_key": secret}))
    assert failure.value.verdict.outcome == "stop"
    assert secret not in str(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__


@pytest.mark.parametrize("way", ["access-token", "salesforce-cli"])
def test_a_token_that_is_there_takes_no_call(way):
    unit, api = Unit().sign_in(), api_of()
    token = unit.headers["authorization"].removeprefix("Bearer ")
    calls = len(unit.calls)
    session = unit.drive(api, api.sign_in(way, {"access_token": f"{token}\n"}))
    assert len(unit.calls) == calls
    assert dict(session.headers) == {"Authorization": f"Bearer {token}", "Pardot-Business-Unit-Id": UNIT}


def test_every_way_says_what_it_needs_and_nothing_secret_names_a_call():
    api = api_of(address=None)
    for way in api.ways:
        assert way.title
        assert way.needs
    call = next(api.sign_in("client-credentials", {"client_id": "an-id", "client_secret": "a-secret"}))
    assert "a-secret" not in call.what + call.path + str(call.query) + str(call.headers)
    assert dict(call.form)["client_secret"] == "a-secret"


def test_what_is_not_allowed_is_named_with_its_ability():
    unit, api = Unit(lacks=["users", "lists view"]).sign_in(), api_of()
    found = dict(unit.drive(api, api.permissions()))
    assert "Admin > Users and Groups > View" in found["read users"]
    assert "Marketing > Segmentation > Lists > View" in found["read lists"]
    assert [what for what, missing in found.items() if missing] == ["read lists", "read users"]


def test_a_unit_that_is_not_reached_is_tried_once():
    unit = Unit(business_unit="0Uv000000000000009").sign_in()
    api = api_of()
    begun = len(unit.calls)
    ((what, missing),) = unit.drive(api, api.permissions())
    assert (what, len(unit.calls) - begun) == ("reach the business unit", 1)
    assert "other host" in missing
