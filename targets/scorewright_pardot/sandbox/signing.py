"""The token endpoint of Salesforce as an embedded sandbox stands it in: four grants, and tokens that open only itself."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from scorewright_pardot.sandbox.errors import OAUTH
from scorewright_pardot.sandbox.unit import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright_pardot.sandbox.unit import Settings, Unit

__all__ = ["TOKEN_PATH", "failing_grant", "grant", "refused"]

TOKEN_PATH = "/services/oauth2/token"  # noqa: S105 -- a path
_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_AUDIENCES = ("https://login.salesforce.com", "https://test.salesforce.com")
_PASSING = {"62", "66", "183", "202", "214"}
"""Errors of the API that pass by themselves."""
_LONGEST = 180 + 60
"""Seconds that an assertion may be good for: three minutes, and a minute for clocks that differ."""


def refused(error: str, description: str) -> Outcome:
    """An error as OAuth writes it."""
    return Outcome(400, {"error": error, "error_description": description})


def failing_grant(code: str) -> Outcome:
    """What stands for an error of the API at the token endpoint, which knows none of its codes: busy, or refused."""
    if code in OAUTH:
        return refused(code, OAUTH[code])
    if code in _PASSING:
        return Outcome(503, {"error": "temporarily_unavailable", "error_description": "try again later"})
    return refused("invalid_grant", OAUTH["invalid_grant"])


def grant(unit: Unit, body: bytes, authorization: str = "") -> Outcome:
    """An access token, or why there is none; the client may say who it is in the header for it instead of the form."""
    form = {
        **_client_of(authorization),
        **dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)),
    }
    checks = {
        "client_credentials": _client,
        "password": _password,
        "refresh_token": _refresh,
        _JWT: _assertion,
    }
    check = checks.get(form.get("grant_type", ""))
    if check is None:
        return refused("unsupported_grant_type", "grant type not supported")
    failure = check(unit, form)
    return failure or _granted(unit)


def _client_of(authorization: str) -> dict[str, str]:
    """Id and secret of the client in ``Basic …``; nothing where it is none."""
    sort, _, text = authorization.partition(" ")
    if sort.lower() != "basic":
        return {}
    try:
        id, colon, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return {}
    return {"client_id": unquote(id), "client_secret": unquote(secret)} if colon else {}


def _granted(unit: Unit) -> Outcome:
    token = f"local-{secrets.token_urlsafe(24)}"
    unit.store.let_in(token, unit.now + unit.settings.token_seconds)
    return Outcome(
        200,
        {
            "access_token": token,
            "scope": "pardot_api api",
            "instance_url": unit.address,
            "id": f"{unit.address}/id/local/local",
            "token_type": "Bearer",
            "issued_at": str(int(unit.now * 1000)),
            "signature": "local",
        },
    )


def _same(form: Mapping[str, str], settings: Settings, *names: str) -> bool:
    return all(
        hmac.compare_digest(form.get(name, "").encode(), str(getattr(settings, name)).encode())
        for name in names
    )


def _client(unit: Unit, form: Mapping[str, str]) -> Outcome | None:
    if not _same(form, unit.settings, "client_id"):
        return refused("invalid_client_id", "client identifier invalid")
    if not _same(form, unit.settings, "client_secret"):
        return refused("invalid_client", "invalid client credentials")
    return None


def _password(unit: Unit, form: Mapping[str, str]) -> Outcome | None:
    if failure := _client(unit, form):
        return failure
    if not _same(form, unit.settings, "username", "password"):
        return refused("invalid_grant", "authentication failure")
    return None


def _refresh(unit: Unit, form: Mapping[str, str]) -> Outcome | None:
    if not _same(form, unit.settings, "client_id"):
        return refused("invalid_client_id", "client identifier invalid")
    if not _same(form, unit.settings, "refresh_token"):
        return refused("invalid_grant", "expired access/refresh token")
    return None


def _assertion(unit: Unit, form: Mapping[str, str]) -> Outcome | None:
    """Who it is from, whom it is for, and until when; its signature is not looked at: no certificate is kept here."""
    claims = _claims(form.get("assertion", ""))
    if claims is None:
        return refused("invalid_grant", "invalid assertion")
    if claims.get("iss") != unit.settings.client_id:
        return refused("invalid_client_id", "client identifier invalid")
    if claims.get("aud") not in (*_AUDIENCES, unit.address):
        return refused("invalid_grant", "audience is invalid")
    until = claims.get("exp")
    if not isinstance(until, int | float) or not unit.now < until <= unit.now + _LONGEST:
        return refused("invalid_grant", "assertion is expired")
    if claims.get("sub") != unit.settings.username:
        return refused("invalid_grant", "user hasn't approved this consumer")
    return None


def _claims(assertion: str) -> Mapping[str, Any] | None:
    """What a signed assertion says; ``None`` where it is none."""
    parts = assertion.split(".")
    if len(parts) != 3 or not parts[2]:
        return None
    try:
        head, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in parts[:2])
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(head, dict) or head.get("alg") != "RS256" or not isinstance(claims, dict):
        return None
    return claims
