"""Quotas at the peak of a change: fields of then and of now, since none can be deleted, and campaigns that stand there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Quota
from scorewright_marketo.limits import LIMITS
from scorewright_marketo.migration.tables import CAMPAIGNS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Since

__all__ = ["peak"]


def peak(bundle: Bundle, since: Since) -> tuple[Quota, ...]:
    """The fields that stand there from now on, where these are more than the new version needs by itself."""
    return (*_fields(bundle, since), *_triggers(bundle, since))


def _fields(bundle: Bundle, since: Since) -> tuple[Quota, ...]:
    wanted = _own(bundle.objects)
    there = wanted | _own(since.objects)
    if there <= wanted:
        return ()
    row = LIMITS["custom-fields"]
    saving = "keep titles and kinds of limits as they were: a field that is called otherwise is a new one, and the old one stays"
    return (
        Quota(
            "custom fields after the change, old ones included",
            len(there),
            row.given,
            row.fact,
            (),
            (saving,),
        ),
    )


def _triggers(bundle: Bundle, since: Since) -> tuple[Quota, ...]:
    """Old ones are deactivated last, so that nothing is lost, and each is looked at for every event until then."""
    wanted = _listening(bundle.objects)
    there = wanted | _listening(since.objects)
    if there <= wanted:
        return ()
    row = LIMITS["triggers"]
    return (
        Quota(
            "trigger campaigns while the change is made, old ones included",
            len(there),
            row.given,
            row.fact,
            (),
            (),
        ),
    )


def _listening(objects: Iterable[Emitted]) -> set[str]:
    return {item.name for item in objects if item.kind == CAMPAIGNS and item.table["type"] == "trigger"}


def _own(objects: Iterable[Emitted]) -> set[str]:
    return {item.name for item in objects if item.kind in FIELDS and not item.table["standard"]}
