"""Resets of scores whose awards end: a date says when, so that what waits to take points back can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright_marketo.folders import AWARDS
from scorewright_marketo.lower.points import awarded, execute
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Rule
    from scorewright_marketo.lower.context import Builder

__all__ = ["not_reset", "reset_stamp", "stamp_reset", "unless_reset"]


def reset_stamp(b: Builder, key: str) -> str | None:
    """The field with the date of a score's last reset; none where nothing resets it, or nothing of it ends."""
    model = b.model
    chains = [item.then for table in (model.rules, model.thresholds, model.decay) for item in table.values()]
    resets = {action.score for chain in chains for action in chain if isinstance(action, Reset)}
    ending = (rule for rule in model.rules.values() if rule.expires is not None or rule.fades is not None)
    if key not in resets or not any(key in awarded(b, name) for rule in ending for name, _ in rule.points):
        return None
    score = model.scores[key]
    label = b.claim(
        "field", f"{b.options.helper_prefix} Reset {b.score_field(score)}", ("reset", key), f"score {key}"
    )
    return b.shared_helper(label, "datetime", f"When “{score.title}” was last reset.")


def stamp_reset(b: Builder, key: str) -> tuple[FlowStep, ...]:
    """The step beside a reset that remembers when it was."""
    stamp = reset_stamp(b, key)
    if stamp is None:
        return ()
    return (FlowStep("Change Data Value", (("Attribute", stamp), ("New Value", "{{system.dateTime}}"))),)


def unless_reset(
    b: Builder, rule: Rule, name: str, taken: tuple[FlowStep, ...], when: tuple[int, int]
) -> tuple[FlowStep, ...]:
    """A reset cancels what is still to come on its score; who waits in a flow cannot be told, so it is asked then."""
    stamp = reset_stamp(b, name)
    if stamp is None or not taken:
        return taken
    seconds, size = when
    path = (*rule.path, "expires" if rule.expires is not None else "fades")
    who = not_reset(b, stamp, seconds, path)
    title = f"Take back {rule.title} {size} of {b.model.scores[name].title} after {seconds // 3_600} hours"
    inner = b.campaign_name(title)
    why = "A reset in between has cancelled it."
    role = f"back {name} {size} {seconds}"
    b.campaign(inner, AWARDS, "executable", who, taken, role=role, population=False, why=why)
    return (execute(b, inner),)


def not_reset(b: Builder, stamp: str, seconds: int, path: KeyPath) -> Clause:
    """There was no reset since an award so long ago; one of the same moment comes after it, minutes late.

    Who was never reset has no date, which “in past before” finds too.
    """
    if seconds % 3_600:
        raise RefusedError(
            "condition-impossible",
            path,
            "a reset cancels what is still to come, and Marketo's filters tell how long ago it was in hours",
            "write whole hours, or leave out the reset of this score",
        )
    b.rests_on("before-matches-empty", "hour-windows-roll")
    return Clause(stamp, "in past before", (f"{seconds // 3_600 + 1} hours",))
