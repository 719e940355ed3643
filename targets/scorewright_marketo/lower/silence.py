"""Silence: who has done nothing for so long, by inactivity filters where the log reaches, else by a stamped date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright_marketo.labels import ACTIVITIES
from scorewright_marketo.lower.activity import active_since, kinds_of
from scorewright_marketo.lower.bounds import by_decay, joined
from scorewright_marketo.lower.expr import both
from scorewright_marketo.lower.points import awarded
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.stamps import award_stamp, say_stamped, stamp_of
from scorewright_marketo.lower.statuses import say_told_in_silence
from scorewright_marketo.lower.steps import longest
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Rule
    from scorewright.model.values import Duration
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["Silence", "only_activity", "silence"]

_SAME = {"starts_visit": "visits"}


@dataclass(frozen=True, slots=True)
class Silence:
    """What counts as activity for one decay.

    ``kinds`` are the activities; ``stamp`` is the field with the date of the last one, where there must be one;
    ``by_date`` says that the date, not the log, tells the length.
    """

    b: Builder
    decay: Decay
    kinds: tuple[Clause, ...]
    stamp: str | None
    by_date: bool

    def of(self, after: Duration) -> Expr:
        """Silent for so long, and there for so long."""
        span = _span(after)
        parts: list[Expr] = []
        if self.stamp is not None and not self.decay.never_active:
            parts.append(Clause(self.stamp, "is not empty"))
        if self.by_date:
            assert self.stamp is not None
            self.b.rests_on("before-matches-empty")
            parts.append(Clause(self.stamp, "in past before", (span,)))
        else:
            parts += [self._absent(kind, span) for kind in self.kinds]
        parts.append(Clause("Created At", "in past before", (span,)))
        return both(*parts)

    def ended(self, after: Duration) -> Expr:
        """Active within so long."""
        span = _span(after)
        if self.by_date:
            assert self.stamp is not None
            return Clause(self.stamp, "in past", (span,))
        return active_since(self.kinds, span)

    def _absent(self, kind: Clause, span: str) -> Clause:
        """Who has not done one kind of activity: by its inactivity filter, or by not being in a list of who has."""
        absence = next(
            (row.absence for row in ACTIVITIES.values() if row.filter == kind.rule and row.absence), ""
        )
        extra = Constraint("Date of Activity", "in past", (span,))
        if absence:
            self.b.rests_on("absence-filters")
            return kind._replace(rule=absence, constraints=(*kind.constraints, extra))
        name = clean(
            f"Active {kind.rule} {' '.join(v for c in kind.constraints for v in c.values)} in {span}"
        )
        expr = kind._replace(constraints=(*kind.constraints, extra))
        found = self.b.smart_list(
            name, expr, "There is no inactivity filter for it, so the decay asks who is not in this list."
        )
        return Clause("Member of Smart List", "not in", (found,))


def _span(after: Duration) -> str:
    days = after.days
    return f"{days} days" if days is not None else f"{after.seconds // 3600} hours"


def silence(b: Builder, decay: Decay) -> Silence:
    """How the silence of a decay is told, with the stamp it may need."""
    if decay.activity == ("awards",):
        say_stamped(b, decay)
        return Silence(b, decay, (), award_stamp(b, decay.score), by_date=True)
    kinds = kinds_of(b, decay.activity)
    if not kinds:
        raise RefusedError(
            "event-impossible",
            decay.path,
            "nothing that Marketo has a record of can end this silence: the spec declares no such activity",
            "declare it under [activities], or name another verb in counts_as_activity",
        )
    kept = int(b.fact("retention-web"))
    long = longest(decay) > kept * 86_400
    # who joins a campaign of the CRM starts triggers, but no filter looks back
    unlogged = "joins" in decay.activity
    # who was never active has no points to lose, but could be lifted, or be met by what is done besides
    lifts = any(
        (step.set_to is not None or decay.then) and (step.level.least is None or step.level.least < 1)
        for step in decay.steps
    )
    sure = only_activity(b, decay)
    by_date = long or unlogged
    stamp = stamp_of(b, decay, kinds) if by_date or (not decay.never_active and (not sure or lifts)) else None
    _say_unseen(b, decay, stamped=stamp is not None)
    say_told_in_silence(b, decay)
    if by_date:
        say_stamped(b, decay)
    if unlogged or (long and not sure):
        what = f"A silence longer than {kept} days" if long else "A silence that joining a campaign ends"
        b.bounded(
            "first-silence-late",
            f"{what} is told by a stamped date, and nobody has one at the start.",
            "the first such silence of people who were silent before the start is noticed up to its whole length late",
            "retention-web",
            bounds=by_decay(
                b, decay, late=True, when="before-start" if b.model.header.starts else "existing"
            ),
        )
    return Silence(b, decay, kinds, stamp, by_date=by_date)


_UNSEEN = {
    "watches": "somebody who watches a video",
    "starts_visit": "the beginning of a visit in which no page is viewed",
}


def _say_unseen(b: Builder, decay: Decay, *, stamped: bool) -> None:
    """What Marketo has no record of ends no silence; and begins none, where only a date (``stamped``) tells who was active."""
    found = [_UNSEEN[verb] for verb in decay.activity if verb in _UNSEEN]
    begins = stamped and not decay.never_active
    if found:
        viewed = "starts_visit" in decay.activity and "visits" not in decay.activity
        b.bounded(
            "unseen-activity",
            f"Marketo does not record {' nor '.join(found)}.",
            "a silence that such an activity should end goes on: its steps are taken, and not again in the next one"
            + ("; one that it should begin does not, for who did nothing else" if begins else "")
            + ("; and any view of a page ends a silence" if viewed else ""),
            bounds=joined(
                by_decay(b, decay, early=True, late=True, when="unrecorded"),
                by_decay(b, decay, early=True, late=True, when="other-activity") if viewed else (),
            ),
        )


def only_activity(b: Builder, decay: Decay, *, strict: bool = False) -> bool:
    """Whether all points come with activity, so that who was never active has none to lose.

    ``strict``: nor can anything raise the score in a silence, as the end of negative points would.
    """
    key = decay.score
    score = b.model.scores[key]
    if score.start is not None and score.start.value > 0:
        return False
    if _reset_upward(b, decay):
        return False
    for rule in b.model.rules.values():
        given = [number.value for name, number in rule.points if key in awarded(b, name)]
        raises = any(n > 0 or (n and strict and not rule.on) for n in given)
        if raises and not (_is_activity(b, decay, rule) and not (strict and _comes_late(decay, rule))):
            return False
    for tier in b.model.tiers.values():
        numbers = [
            *(case.points for case in tier.cases),
            tier.otherwise,
            *([tier.unknown] if tier.unknown else []),
        ]
        if key in awarded(b, tier.score) and any(
            number.value > 0 or (number.value and strict) for number in numbers
        ):
            return False
    return not any(key in awarded(b, item.score) for item in b.model.inputs.values())


def _is_activity(b: Builder, decay: Decay, rule: Rule) -> bool:
    """Whether whatever earns by a rule ends the silence; what holds is no event, so it never does."""
    if decay.activity == ("awards",):
        return bool(rule.on) and any(decay.score in awarded(b, name) for name, _ in rule.points)
    return bool(rule.on) and all(_SAME.get(event.verb, event.verb) in decay.activity for event in rule.on)


def _comes_late(decay: Decay, rule: Rule) -> bool:
    """Whether a rule's points come so long after the event that a step can have been due meanwhile."""
    return rule.wait is not None and rule.wait.seconds >= min(step.after.seconds for step in decay.steps)


def _reset_upward(b: Builder, decay: Decay) -> bool:
    """Whether a reset can leave points to who has none, without any activity: a field that changes opens thresholds too."""
    stop = min(0, decay.stop_at.value) if decay.stop_at is not None else 0
    chains = [item.then for item in b.model.rules.values() if not _is_activity(b, decay, item)]
    chains += [item.then for table in (b.model.thresholds, b.model.decay) for item in table.values()]
    return any(
        isinstance(action, Reset) and action.score == decay.score and action.to.value > stop
        for chain in chains
        for action in chain
    )
