"""From an instance of scorewright.toml to the API of its account, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.reach import Account, Reaches
from scorewright.push import rules
from scorewright.push.guards import against_account, same_account

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from scorewright.diagnostics.rule import Finding
    from scorewright.plugin.reach import Api
    from scorewright.plugin.target import Target
    from scorewright.project import Instance, Project

__all__ = ["Reached", "reach"]


class Reached(NamedTuple):
    """The API of an account, or the findings that keep anybody from talking to it."""

    api: Api | None
    findings: tuple[Finding, ...] = ()


def reach(
    project: Project,
    instance: Instance,
    target: Target,
    model: str,
    facts: Mapping[str, bool | int | str],
    *,
    production: bool,
) -> Reached:
    """The account's API, when every guard that looks at the account alone lets it pass."""
    if not isinstance(target, Reaches):
        message = f"the target {target.name} has no API client"
        return Reached(None, (rules.NO_API.at((), message, help="build it by hand, from the build sheet"),))
    wrong = tuple(_wrong(target, instance))
    if wrong:
        return Reached(None, wrong)
    api = target.api(_account(instance, model, facts))
    others = dict(_productions(project, target, model, facts))
    findings = (
        *against_account(instance, api, production=production),
        *same_account(instance, api.identity, others),
    )
    return Reached(None, findings) if findings else Reached(api)


def _account(instance: Instance, model: str, facts: Mapping[str, bool | int | str]) -> Account:
    return Account(instance.name, instance.kind, instance.api, model, facts)


def _productions(project: Project, target: Reaches, model: str, facts: Mapping[str, bool | int | str]) -> Any:
    """The identity of each production of the same target, by its name in the file."""
    for name, other in project.instances.items():
        if (
            other.kind == "production"
            and other.target == getattr(target, "name", "")
            and not list(_wrong(target, other))
        ):
            yield name, target.api(_account(other, model, facts)).identity


def _wrong(target: Reaches, instance: Instance) -> Any:
    """What the target's schema says against the account's settings."""
    import jsonschema

    place = f"[instances.{instance.name}.api]"
    for error in jsonschema.Draft202012Validator(dict(target.account_schema())).iter_errors(
        dict(instance.api)
    ):
        where = ".".join(map(str, error.absolute_path))
        known = ", ".join(target.account_schema().get("properties", {}))
        yield rules.ACCOUNT.at(
            (), f"{place}{' ' + where if where else ''}: {error.message}", help=f"it takes {known}"
        )
