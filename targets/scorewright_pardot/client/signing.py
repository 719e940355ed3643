"""Ways to sign in to Salesforce for API v5: client credentials, a signed assertion, or a token that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.reach import Program, Session, Way
from scorewright.plugin.wire import Call, CallError, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.plugin.wire import Secrets, Talk
    from scorewright_pardot.client.settings import Settings

__all__ = ["sign_in", "ways"]

_PATH = "/services/oauth2/token"
_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_SECONDS = 3600
"""How long a token is taken to be good; the org decides, and error 184 says when it is over."""
_ASSERTED = 180

_QUIET = (("SF_AUTOUPDATE_DISABLE", "true"),)
"""The CLI must not stop to renew itself while somebody waits for a token."""

_OWN = (
    Way(
        "client-credentials",
        "client credentials of an external client app (the login is the org's own address)",
        ("client_id", "client_secret"),
    ),
    Way(
        "jwt-bearer",
        "an assertion signed with the private key of an external client app's certificate",
        ("client_id", "username", "private_key"),
    ),
    Way("access-token", "a Salesforce access token that is there already", ("access_token",)),
)


def ways(settings: Settings) -> tuple[Way, ...]:
    """Every way to sign in; each needs the scope ``pardot_api``.  A real login never goes to an embedded sandbox."""
    return _OWN if settings.address else (*_OWN, _cli(settings.org))


def _cli(org: str) -> Way:
    """Since 2026 the Salesforce CLI shows a token by a command of its own, and hides it in ``org display``."""
    which = ("--target-org", org) if org else ()
    takes = (("access_token", ("result", "accessToken")), ("instance_url", ("result", "instanceUrl")))
    programs = (
        Program(("sf", "org", "auth", "show-access-token", "--json", *which), takes, _QUIET),
        Program(("sf", "org", "display", "--json", *which), takes, _QUIET),
    )
    # Its own app lacks the scope: whoever logs in names one that has it (sf org login web --client-id …).
    title = "a login of the Salesforce CLI, made with an app that has the scope pardot_api"
    return Way("salesforce-cli", title, ("access_token",), ("instance_url",), programs)


def sign_in(settings: Settings, way: str, secrets: Secrets, clock: Callable[[], float]) -> Talk[Session]:
    """Sign in."""
    if way in {"access-token", "salesforce-cli"}:
        return _session(settings, secrets["access_token"])
    if way == "client-credentials":
        form = tuple((name, secrets[name]) for name in ("client_id", "client_secret"))
        grant = "client_credentials"
    else:
        form, grant = (("assertion", _assertion(settings, secrets, clock())),), _JWT
    reply = yield _call(settings, (("grant_type", grant), *form))
    return _session(settings, reply.data["access_token"])


def _call(settings: Settings, form: tuple[tuple[str, str], ...]) -> Call:
    return Call("POST", _PATH, "sign in", form=form, signed=False, base=settings.login)


def _session(settings: Settings, token: str) -> Session:
    headers = {
        "Authorization": f"Bearer {token.strip()}",
        "Pardot-Business-Unit-Id": settings.business_unit,
    }
    return Session(headers, _SECONDS)


def _assertion(settings: Settings, secrets: Secrets, now: float) -> str:
    """Who signs in, signed: good for three minutes."""
    claims: dict[str, Any] = {
        "iss": secrets["client_id"],
        "sub": secrets["username"],
        "aud": _audience(settings),
        "exp": int(now) + _ASSERTED,
    }
    try:
        import jwt
    except ModuleNotFoundError:
        raise _failure(settings, "signing an assertion needs PyJWT: pip install 'scorewright[jwt]'") from None
    try:
        return str(jwt.encode(claims, secrets["private_key"], algorithm="RS256"))
    except Exception:  # noqa: BLE001 -- whatever it is, its text may quote the key
        raise _failure(settings, "private_key is no RSA key in PEM format") from None


def _failure(settings: Settings, words: str) -> CallError:
    return CallError(_call(settings, ()), Verdict("stop", "", words))


def _audience(settings: Settings) -> str:
    """Whom an assertion is for: one of the two common logins, whatever the org's own address is."""
    if settings.address or settings.login.startswith(("https://login.", "https://test.")):
        return settings.login
    sandbox = settings.host != "pi.pardot.com"
    return "https://test.salesforce.com" if sandbox else "https://login.salesforce.com"
