"""What ``[instances.<name>.api]`` may say of a business unit: its JSON Schema, and the same as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from scorewright.plugin.wire import is_loopback
from scorewright_pardot.client import rates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.reach import Account

__all__ = ["HOSTS", "Settings", "guard", "schema"]

HOSTS: Mapping[str, str] = {"sandbox": "pi.demo.pardot.com", "production": "pi.pardot.com"}
"""Where the API of a business unit answers, by what the unit is.  Another host gives error 201."""

_LOGINS: Mapping[str, str] = {
    "sandbox": "https://test.salesforce.com",
    "production": "https://login.salesforce.com",
}
_NAME = {"type": "string", "minLength": 1}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12): closed, every key described."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A business unit of Account Engagement (Pardot)",
        "type": "object",
        "additionalProperties": False,
        "required": ["business_unit"],
        "properties": {
            "business_unit": {
                "type": "string",
                "pattern": "^0Uv[A-Za-z0-9]{15}$",
                "description": "The 18 characters of the business unit's id: Salesforce Setup, Business Unit Setup.",
            },
            "host": {
                "enum": sorted(HOSTS.values()),
                "default": "pi.demo.pardot.com for a sandbox, pi.pardot.com for a production",
                "description": "Where the API answers; it has to fit the kind of the instance.",
            },
            "address": {
                "type": "string",
                "pattern": r"^http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?$",
                "description": "The address of an embedded sandbox on this machine, instead of a host: "
                "http://127.0.0.1:8321.",
            },
            "login": {
                "type": "string",
                "pattern": r"^(https://(login|test)\.salesforce\.com|https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
                r"\.my\.salesforce\.com|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?)$",
                "default": "https://test.salesforce.com for a sandbox, https://login.salesforce.com for a production",
                "description": "Where Salesforce gives out tokens.  Client credentials need the org's own address "
                "(https://example.my.salesforce.com); a developer org signs in at https://login.salesforce.com.",
            },
            "org": {
                "type": "string",
                "pattern": "^[A-Za-z0-9][^\\s]*$",
                "description": "Alias or user name of the org in the Salesforce CLI; by default its target-org.",
            },
            "lag": {
                "type": "integer",
                "minimum": 0,
                "maximum": 300,
                "default": f"{rates.LAG.number}, on this machine {rates.LOCAL_LAG.number}",
                "description": "Seconds by which a read may lag behind a write.",
            },
            "campaign": {
                **_NAME,
                "description": "The campaign that custom redirects and form handlers are made in.  Without one, "
                "they are left to a person.",
            },
            "redirects": {
                "type": "object",
                "additionalProperties": {"type": "string", "pattern": "^https?://[^\\s]+$"},
                "description": "For each custom redirect of the model, where it leads.  One that is not named here is "
                "left to a person.",
            },
            "form_handlers": {
                "type": "array",
                "items": _NAME,
                "uniqueItems": True,
                "description": "Form handlers that are made where they are missing; others have to be there.",
            },
        },
    }


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an account that have passed the schema, with their defaults."""

    business_unit: str
    host: str = ""
    address: str = ""
    login: str = ""
    org: str = ""
    lag: float = -1
    campaign: str = ""
    redirects: Mapping[str, str] = field(default_factory=dict)
    form_handlers: tuple[str, ...] = ()

    @classmethod
    def of(cls, account: Account) -> Settings:
        """The settings of an account; what is not said follows from what it is."""
        given = {one.name: account.settings[one.name] for one in fields(cls) if one.name in account.settings}
        address = given.get("address", "")
        kind = account.kind if account.kind in HOSTS else "sandbox"
        return cls(
            **{
                "host": "" if address else HOSTS[kind],
                "login": address or _LOGINS[kind],
                "lag": (rates.LOCAL_LAG if address else rates.LAG).number,
                **given,
                "form_handlers": tuple(given.get("form_handlers", ())),
            }
        )

    @property
    def base(self) -> str:
        """Where calls go."""
        return self.address or f"https://{self.host}"


def guard(account: Account) -> str:
    """Why this account must not be talked to as what it is said to be; empty: it may."""
    settings = Settings.of(account)
    if account.kind not in HOSTS:
        return f"an instance is a sandbox or a production, not {account.kind!r}"
    if settings.address:
        return _guard_loopback(account, settings)
    if settings.host != HOSTS[account.kind]:
        return (
            f"{settings.host} has no {account.kind} units: those of kind {account.kind} answer at {HOSTS[account.kind]}; "
            "change the kind of the instance, or leave the host out"
        )
    if is_loopback(settings.login):
        return "a login on this machine is for an embedded sandbox, which has an address instead of a host"
    if account.kind == "production" and settings.login == _LOGINS["sandbox"]:
        return "test.salesforce.com signs in to sandboxes alone; leave the login out, or name the org's own address"
    return ""


def _guard_loopback(account: Account, settings: Settings) -> str:
    if settings.host:
        return "an instance has a host or an address, not both: the address is for an embedded sandbox"
    if account.kind != "sandbox":
        return "an address on this machine is an embedded sandbox, never a production"
    if not is_loopback(settings.address):
        return "an address is one of this machine: http://127.0.0.1:8321"
    if not is_loopback(settings.login):
        return "an embedded sandbox gives out its own tokens: a real secret must not reach it, so leave the login out"
    return ""
