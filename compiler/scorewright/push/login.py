"""Signing in for its own sake: which way works, where each secret came from, and which permission is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.compiling.options import facts_of
from scorewright.plugin.registry import UnknownTargetError, WrongApiError, load
from scorewright.plugin.wire import CallError
from scorewright.push import rules
from scorewright.push.account import reach
from scorewright.push.drive import words_of
from scorewright.push.session import NotOpenedError, World, conversation

if TYPE_CHECKING:
    from scorewright.plugin.reach import Api, Way
    from scorewright.project import Instance, Project
    from scorewright.push.drive import Driver

__all__ = ["checked", "ways_of"]


def ways_of(project: Project, instance: Instance, *, production: bool) -> tuple[Way, ...]:
    """The ways to sign in that the account's platform knows.  Raises ``NotOpenedError``."""
    return _api(project, instance, production=production).ways


def checked(
    project: Project, instance: Instance, *, production: bool, world: World | None = None
) -> dict[str, Any]:
    """Sign in, and try what a push needs, reading only.  Raises ``NotOpenedError``."""
    api = _api(project, instance, production=production)
    help_ = f"set one of them in the environment, or keep it in the keyring: scorewright login --instance {instance.name}"
    with conversation(api, instance.name, world or World(), help=help_) as (driver, gathered):
        tried = _tried(driver)
        return {
            "version": 1,
            "instance": instance.name,
            "account": api.identity,
            "way": next(way.title for way in api.ways if way.id == gathered.way),
            "sources": dict(gathered.sources),
            "permissions": [{"what": what, "missing": missing} for what, missing in tried],
        }


def _tried(driver: Driver) -> tuple[tuple[str, str], ...]:
    try:
        driver.session()
        return driver.run(driver.api.permissions())
    except CallError as error:
        message = words_of(error)
        raise NotOpenedError(
            (rules.NOT_SIGNED_IN.at((), message, help="correct the secret, or the account"),)
        ) from None


def _api(project: Project, instance: Instance, *, production: bool) -> Api:
    try:
        target = load(instance.target)
    except (UnknownTargetError, WrongApiError):
        message = f"there is no target {instance.target!r} that this version can load"
        raise NotOpenedError((rules.NO_API.at((), message, help="see `scorewright targets`"),)) from None
    facts, _ = facts_of(target, instance.facts)
    found = reach(project, instance, target, "", facts, production=production)
    if found.api is None:
        raise NotOpenedError(found.findings, guarded=True)
    return found.api
