"""What ``[instances.<name>.api]`` may say of an instance: its JSON Schema, and the same as a frozen value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorewright.plugin.wire import is_loopback
from scorewright_marketo.client import rates

if TYPE_CHECKING:
    from scorewright.plugin.reach import Account

__all__ = ["Settings", "guard", "schema"]

_MUNCHKIN = r"^[0-9]{3}-[A-Z]{3}-[0-9]{3}$"


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12): closed, every key described."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An instance of Marketo Engage",
        "type": "object",
        "additionalProperties": False,
        "anyOf": [{"required": ["munchkin"]}, {"required": ["address"]}],
        "properties": {
            "munchkin": {
                "type": "string",
                "pattern": _MUNCHKIN,
                "description": "The Munchkin account id: Admin > Munchkin shows it, as 123-ABC-456.",
            },
            "address": {
                "type": "string",
                "pattern": r"^http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?$",
                "description": "The address of an embedded sandbox on this machine, instead of a Munchkin id: "
                "http://127.0.0.1:8321.",
            },
            "calls": {
                "type": "integer",
                "minimum": 1,
                "maximum": rates.LOCAL.number,
                "default": rates.OURS.number,
                "description": f"Calls in {rates.WINDOW.number} seconds at most.  The instance takes {rates.ALL.number} of "
                "everybody together, so no more are made; only an embedded sandbox may be asked for more.",
            },
            "lag": {
                "type": "integer",
                "minimum": 0,
                "maximum": 300,
                "default": f"{rates.LAG.number}, on this machine 0",
                "description": "Seconds by which a read may lag behind a write.",
            },
            "template": {
                "type": "string",
                "minLength": 1,
                "description": "A program whose campaigns are cloned: a campaign of the model that has the name of one "
                "of them begins with its rules and flow, instead of empty.",
            },
        },
    }


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an account that have passed the schema, with their defaults."""

    munchkin: str
    address: str
    calls: int
    lag: float
    template: str

    @classmethod
    def of(cls, account: Account) -> Settings:
        """The settings of an account."""
        given = account.settings
        address = str(given.get("address", ""))
        calls = int(given.get("calls", rates.ALL.number - 5 if address else rates.OURS.number))
        return cls(
            munchkin=str(given.get("munchkin", "")),
            address=address,
            calls=calls if address else min(calls, rates.ALL.number),
            lag=float(given.get("lag", 0 if address else rates.LAG.number)),
            template=str(given.get("template", "")),
        )

    @property
    def base(self) -> str:
        """Where calls go."""
        return self.address or f"https://{self.munchkin.lower()}.mktorest.com"


def guard(account: Account) -> str:
    """Why this account must not be talked to as what it is said to be; empty: it may."""
    settings = Settings.of(account)
    if account.kind not in {"sandbox", "production"}:
        return f"an instance is a sandbox or a production, not {account.kind!r}"
    if settings.address and settings.munchkin:
        return "an instance has a Munchkin id or an address, not both: the address is for an embedded sandbox"
    if settings.address:
        if account.kind != "sandbox":
            return "an address on this machine is an embedded sandbox, never a production"
        return (
            ""
            if is_loopback(settings.address)
            else "an address is one of this machine: http://127.0.0.1:8321"
        )
    if not re.fullmatch(_MUNCHKIN, settings.munchkin):
        return "say which instance it is: munchkin = the id that Admin > Munchkin shows, as 123-ABC-456"
    return ""
