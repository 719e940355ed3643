"""Targets that break a promise by their API: Pardot's, with one thing done otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.wire import CallError
from scorewright_pardot import TARGET
from tests.plugin.conformance.broken.faults import API, API_FAULTS, ApiFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.plugin.wire import Call, Talk

__all__ = ["API", "API_FAULTS"]


class Loose:
    """A target, or an API, of which some things are otherwise."""

    def __init__(self, inner: Any, otherwise: dict[str, Any]) -> None:
        self._inner, self._otherwise = inner, otherwise

    def __getattr__(self, name: str) -> Any:
        return self._otherwise[name] if name in self._otherwise else getattr(self._inner, name)


def target(says: str, found_by: str, **otherwise: Any) -> Any:
    """Enter a target into the table."""
    return ApiFault(Loose(TARGET, otherwise), found_by, says)


def api(says: str, found_by: str, change: Callable[[Any], dict[str, Any]]) -> Any:
    """Enter a target whose API is otherwise; ``change`` gives what is, of the API as it should be."""

    def made(account: Any) -> Any:
        right = TARGET.api(account)
        return Loose(right, change(right))

    return target(says, found_by, api=made)


def telling(talk: Talk[Any], change: Callable[[Call], Call]) -> Talk[Any]:
    """The same talk with other calls."""
    try:
        call = next(talk)
        while True:
            try:
                reply = yield change(call)
            except CallError as error:
                call = talk.throw(error)
            else:
                call = talk.send(reply)
    except StopIteration as end:
        return end.value


def creating(**other: Any) -> Callable[[Any], dict[str, Any]]:
    """Creations whose calls say something else of themselves."""
    return lambda right: {
        "create": lambda *given: telling(right.create(*given), lambda call: call._replace(**other))
    }


def seeing(right: Any) -> dict[str, Any]:
    """A look that brings back what was found in another form."""

    def look(resources: Any, *, deep: bool) -> Talk[Any]:
        from dataclasses import replace

        seen = yield from right.look(resources, deep=deep)
        other = (replace(one, made=dict.fromkeys(one.made, "otherwise")) for one in seen.found)
        return seen._replace(found=tuple(other))

    return {"look": look}


def signing(right: Any) -> dict[str, Any]:
    """Signing in with the secret in the words."""

    def sign_in(way: str, secrets: Any) -> Talk[Any]:
        held = " and ".join(f"{name} {value}" for name, value in secrets.items())
        return telling(right.sign_in(way, secrets), lambda call: call._replace(what=f"sign in with {held}"))

    return {"sign_in": sign_in}


def removing(right: Any) -> dict[str, Any]:
    """Taking away in words alone."""
    del right

    def remove(found: Any, ids: Any) -> Talk[None]:
        del found, ids
        return
        yield

    return {"remove": remove, "removable": lambda key: ""}


SCHEMA = TARGET.account_schema()
API_FAULTS.update(
    {
        "an open schema": target(
            "takes keys that it does not name",
            "accounts",
            account_schema=lambda: {**SCHEMA, "additionalProperties": True},
        ),
        "a production on this machine": api("is let pass", "accounts", lambda _: {"guard": lambda: ""}),
        "a kind that nobody emits": target(
            "no spec of the kit brings about", "known", api_kinds=TARGET.api_kinds | {"dreams"}
        ),
        "a warning of nothing": target("of a table that stays as it is", "known", grave=lambda *_: "Beware."),
        "another normal form": api("is not pushed whole", "settled", seeing),
        "a kind that people build": target(
            "leaves something to a person", "settled", api_kinds=TARGET.api_kinds | {"automation-rules"}
        ),
        "a creation that may be repeated": api("the next push", "broken", creating(makes=False)),
        "a creation that only reads": api("calls say that they write", "said", creating(writes=False)),
        "what stays is said to go": api("is still there", "taken-away", removing),
        "a secret in the words": api("holds a secret or a token", "secret", signing),
    }
)
