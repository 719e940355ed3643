"""What a push must not do, whatever its options: each guard looks at one thing and says how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from scorewright.plugin.wire import is_loopback
from scorewright.push import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.diagnostics.rule import Finding
    from scorewright.plugin.reach import Api
    from scorewright.project import Instance
    from scorewright.push.values import Plan

__all__ = [
    "LIMIT",
    "Allowed",
    "against_account",
    "against_plan",
    "same_account",
    "too_many",
    "unconfirmed",
]

LIMIT = 25
"""How many objects one push may change, and one retire take away, where nobody says otherwise."""


class Allowed(NamedTuple):
    """What the caller has allowed: ``limit`` objects to change or retire, these graves, and a plan of this digest only."""

    limit: int = LIMIT
    confirmed: frozenset[str] = frozenset()
    digest: str | None = None


def against_account(instance: Instance, api: Api, *, production: bool) -> Iterator[Finding]:
    """Why this account must not be talked to at all.  Asked before any call is made, reading or not."""
    name = instance.name
    if instance.kind == "production" and not production:
        yield rules.PRODUCTION.at(
            (), f"{name} is a production instance", help=f"name it in full: --instance {name} --production"
        )
    if instance.kind != "production" and production:
        yield rules.PRODUCTION.at((), f"--production, but {name} is a sandbox", help="leave --production out")
    reason = api.guard()
    if reason:
        yield rules.WRONG_HOST.at((), f"{name}: {reason}", help="correct [instances] in scorewright.toml")
    address = urlsplit(api.address)
    if is_loopback(api.address):
        if instance.kind == "production":
            yield rules.WRONG_HOST.at(
                (), f"{name} is a production and its address is this machine", help=_LOCAL
            )
    elif address.scheme != "https" or not address.hostname:
        yield rules.WRONG_HOST.at((), f"{name}: {api.address} is no https address", help=_LOCAL)


_LOCAL = "an address on this machine is for the embedded sandbox; everything else is https"


def same_account(one: Instance, identity: str, others: Mapping[str, str]) -> Iterator[Finding]:
    """A sandbox that is somebody's production under another name.  ``others``: identities of the productions, by name."""
    for name, other in others.items():
        if other == identity and name != one.name and one.kind != "production":
            yield rules.PRODUCTION.at(
                (),
                f"{one.name} is called a sandbox, and is the account of the production {name}",
                help="one of the two is wrong in scorewright.toml",
            )


def against_plan(plan: Plan, allowed: Allowed) -> Iterator[Finding]:
    """Why this plan is not carried out as it is."""
    if allowed.digest is not None and allowed.digest != plan.digest:
        yield rules.STALE_PLAN.at((), "the plan that was given is no longer the plan", help=_PLAN_ANEW)
    for item in plan.having("conflict", "blocked", "unknown"):
        yield rules.CONFLICT.at((), f"{item.key.kind}: {item.key.name}: {item.deed}", help=item.why)
    changed = len(plan.having("change"))
    if changed > allowed.limit:
        yield too_many(changed, "changes", allowed.limit)
    yield from unconfirmed(plan, allowed)


_PLAN_ANEW = "somebody has changed the instance or the spec: run `scorewright plan` again, and read it"


def too_many(count: int, what: str, limit: int) -> Finding:
    """So many objects at once are more likely a mistake than a wish."""
    return rules.TOO_MANY.at(
        (),
        f"it {what} {count} objects, and the limit is {limit}",
        help=f"read the plan, then --limit {count}",
    )


def unconfirmed(plan: Plan, allowed: Allowed) -> Iterator[Finding]:
    """Each warning that nobody has said yes to; and each yes to a warning that there is not."""
    for name in sorted(allowed.confirmed - plan.graves.keys()):
        known = ", ".join(sorted(plan.graves))
        yield rules.UNCONFIRMED.at((), f"there is no warning {name!r}", help=f"there are {known}")
    for grave in plan.grave:
        if grave not in allowed.confirmed:
            about = sorted(item.key.name for item in plan.items if item.grave == grave)
            shown = ", ".join(about[:3]) + (f" and {len(about) - 3} more" if len(about) > 3 else "")
            yield rules.UNCONFIRMED.at(
                (), f"{plan.graves[grave]} ({shown})", help=f"if that is what you want: --confirm {grave}"
            )
