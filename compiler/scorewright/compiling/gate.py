"""Hold what a target answers against the model: nothing unanswered, nothing refused, no difference unaccepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.compiling import rules
from scorewright.model.elements import EVERY
from scorewright.plugin.capability import Support
from scorewright.plugin.notes import Result
from scorewright.plugin.usage import features_used

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Acceptance, Model
    from scorewright.plugin.bundle import Bundle, Quota
    from scorewright.plugin.notes import Note
    from scorewright.plugin.target import Target

__all__ = ["accepted", "gate", "noted", "over_quota", "refused_features", "unused_acceptances"]


def refused_features(target: Target, model: Model) -> tuple[Finding, ...]:
    """A finding for each use of a feature that the target does not have, at its place."""
    table = {capability.feature: capability for capability in target.capabilities()}
    found = []
    for use in features_used(model):
        capability = table.get(use.feature)
        if capability is None:
            message = f"{target.name} does not answer for the feature {use.feature}"
            found.append(rules.BROKEN_PLUGIN.at(use.path, message, help="report it to the plugin's authors"))
        elif capability.support.refused:
            rule = (
                rules.NOT_IMPLEMENTED if capability.support is Support.NOT_IMPLEMENTED else rules.IMPOSSIBLE
            )
            message = f"{target.name}: {use.element}: {use.feature}: {capability.reason}"
            found.append(
                rule.at(use.path, message, help=_way_out(capability.instead, target.name, use.element))
            )
    return tuple(found)


def gate(target: Target, model: Model, bundle: Bundle, reported: Iterable[Finding]) -> tuple[Finding, ...]:
    """What keeps a bundle from being written; ``reported`` are the findings of ``refused_features``."""
    reported = tuple(reported)
    found = [*noted(target, model, bundle.notes, reported)]
    found.extend(_unanswered(target.name, model, bundle, {finding.path[:2] for finding in reported}))
    found.extend(over_quota(target, bundle.quotas))
    return tuple(found)


def noted(
    target: Target,
    model: Model,
    notes: Iterable[Note],
    reported: Iterable[Finding] = (),
    *,
    leave: bool = True,
) -> Iterable[Finding]:
    """A finding for each note that refuses, and for each bounded one that the spec does not take knowingly.

    ``leave`` is whether leaving the element out is a way out: of a migration it is none, what goes is a change as well.
    """
    reported_paths = {finding.path for finding in reported}
    notes = tuple(notes)
    # A bound of what is refused is of no use to anybody: whoever leaves the element out needs no second acceptance.
    refused = {finding.element for finding in reported}
    refused.update(note.element for note in notes if note.result is Result.REFUSED)
    open_: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        if note.result is Result.REFUSED and not _covered(note.path, reported_paths):
            message = f"{target.name}: {note.element}: {note.message}"
            help_ = _way_out(note.instead, target.name, note.element) if leave else note.instead
            yield rules.REFUSED.at(note.path, message, help=help_)
        elif (
            note.result is Result.BOUNDED
            and note.element not in refused
            and accepted(model, target.name, note) is None
        ):
            open_.setdefault((note.element, note.name), []).append(note)
    for same in open_.values():
        yield _not_accepted(target.name, same)


def over_quota(target: Target, quotas: Iterable[Quota]) -> Iterable[Finding]:
    """A finding for each quota that is used up and more, or more than is advised."""
    for quota in quotas:
        if quota.given is not None and quota.used > quota.given:
            yield _over(target.name, quota)
        elif quota.advised is not None and quota.used > quota.advised:
            yield _above(target.name, quota)


def _covered(path: KeyPath, reported: set[KeyPath]) -> bool:
    """Whether a refusal at this place has been said already, of the key itself or of what is inside it."""
    return any(path == other or other[: len(path)] == path for other in reported)


def accepted(model: Model, target: str, note: Note) -> Acceptance | None:
    """The acceptance by which the spec takes a bounded lowering knowingly: of the element, else of every one."""
    named = {
        item.element: item
        for item in model.accept.values()
        if item.target == target and item.note == note.name
    }
    return named.get(note.element, named.get(EVERY))


def _not_accepted(target: str, same: Sequence[Note]) -> Finding:
    """The finding for a note that one acceptance takes, whatever it bounds: of an element it can be made more than once."""
    note = same[0]
    bounds = "; ".join(dict.fromkeys(each.bound.rstrip(".") for each in same if each.bound))
    bound = f" Bound: {bounds}." if bounds else ""
    help_ = (
        f'take it knowingly: [accept.<id>] target = "{target}", note = "{note.name}", '
        f'for = "{note.element}", why = "…"'
    )
    if note.instead:
        help_ = f"{note.instead}; or {help_}"
    return rules.NOT_ACCEPTED.at(
        note.path, f"{target}: {note.element}: {note.message.rstrip('.')}.{bound}", help=help_
    )


def _way_out(instead: str, target: str, element: str) -> str:
    """The nearest thing that works; leaving the element out is always one."""
    table = element.partition(".")[0]
    leave = f'leave it out there: [accept.<id>] target = "{target}", note = "left-out", for = "{element}", why = "…"'
    if table not in {"rules", "tiers", "inputs", "decay", "thresholds"}:
        return instead
    return f"{instead}; or {leave}" if instead else leave


def _unanswered(target: str, model: Model, bundle: Bundle, reported: set[KeyPath]) -> Iterable[Finding]:
    answered = {note.element for note in bundle.notes}
    for element in model.elements():
        if element.name not in answered and element.path not in reported:
            message = f"{target} says nothing of {element.name}"
            yield rules.BROKEN_PLUGIN.at(
                element.path, message, help="report it to the plugin's authors", on="key"
            )


def _above(target: str, quota: Quota) -> Finding:
    assert quota.advised is not None
    message = (
        f"{target}: {quota.used} {quota.name}, and more than {quota.advised} are advised against: "
        f"{quota.used - quota.advised} too many"
    )
    return rules.ABOVE_ADVISED.at(("targets", target), message, help=_help(quota))


def _over(target: str, quota: Quota) -> Finding:
    assert quota.given is not None
    given = f"the edition has {quota.given}" if quota.fact else f"there is room for {quota.given}"
    message = f"{target}: {quota.used} {quota.name}, and {given}: {quota.used - quota.given} too many"
    return rules.OVER_QUOTA.at(("targets", target), message, help=_help(quota))


def _help(quota: Quota) -> str:
    dearest = ", ".join(f"{element} ({count})" for element, count in quota.dearest[:5])
    parts = [f"most are for {dearest}" if dearest else "", *quota.savings]
    return "; ".join(part for part in parts if part)


def unused_acceptances(
    model: Model, target: str, notes: Iterable[Note], refused: Iterable[str] = (), *, moves: bool = False
) -> tuple[Finding, ...]:
    """Acceptances for this target by which no note was taken.

    Nothing is known of those for elements that are ``refused``, and of those for all where one is: which notes they have
    is told when they can be built.  ``moves``: the notes may be those of a migration, which was not asked for.
    """
    notes = tuple(notes)
    none = {*refused, *(note.element for note in notes if note.result is Result.REFUSED)}
    bounded = (note for note in notes if note.result is Result.BOUNDED)
    used = {taken.id: taken for note in bounded if (taken := accepted(model, target, note)) is not None}
    unknown = none | ({EVERY} if none else set())
    mine = (item for item in model.accept.values() if item.target == target)
    return tuple(
        _unused(item, used.values(), moves=moves)
        for item in mine
        if item.id not in used and item.element not in unknown
    )


def _unused(item: Acceptance, used: Iterable[Acceptance], *, moves: bool) -> Finding:
    twin = next((one for one in used if (one.note, one.element) == (item.note, item.element)), None)
    message = f"{item.target} makes no note {item.note!r} for {_whom(item)}"
    help_ = (
        "delete it; but a migration may need it until it is carried out (--since)" if moves else "delete it"
    )
    if twin is not None:
        message, help_ = (
            f"[accept.{twin.id}] takes the note {item.note!r} for {_whom(item)} already",
            "delete it",
        )
    return rules.UNUSED_ACCEPTANCE.at(item.path, message, help=help_, on="key")


def _whom(item: Acceptance) -> str:
    return item.element if item.element != EVERY else "any element that no acceptance of its own takes"
