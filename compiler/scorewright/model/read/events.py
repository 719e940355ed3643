"""Tables of the document to events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model.events import Event
from scorewright.model.read import rules
from scorewright.model.read.scope import window
from scorewright.model.read.value_tests import where_tests
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.read.scope import Scope
    from scorewright.model.vocabulary import Verb

__all__ = ["events"]


def events(raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> tuple[Event, ...]:
    """The events of one ``on``: several where it says ``any``."""
    if "any" in raw:
        return tuple(
            event
            for index, item in enumerate(raw["any"])
            for event in events(item, (*path, "any", index), scope)
        )
    verbs = [key for key in raw if key in VERBS]
    if len(verbs) > 1:
        message = f"an event has one verb; found {' and '.join(verbs)}"
        help_ = "write any = [ { … }, { … } ], or one rule for each"
        scope.found.append(rules.ONE_SUBJECT.at((*path, verbs[1]), message, help=help_, on="key"))
    return (_event(VERBS[verbs[0]], raw, path, scope),)


def _event(verb: Verb, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> Event:
    at = (*path, verb.present)
    return Event(
        verb.present,
        scope.objects(verb, raw[verb.present], at, verb.present),
        scope.assets(raw["except"], (*path, "except"), verb.kinds, verb.present) if "except" in raw else (),
        raw.get("at_least", 1),
        window(raw["within"]) if "within" in raw else None,
        where_tests(raw.get("where", {}), (*path, "where"), scope),
        path=path,
    )
