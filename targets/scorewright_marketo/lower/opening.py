"""What opens a threshold beside an event of its own: marks that others write, days that come, and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import Assign, PutMark, Reset, TakeMark
from scorewright_marketo.lower.activity import active_since, any_activity
from scorewright_marketo.lower.asking import asked, conjuncts, leaves, sure_marks
from scorewright_marketo.lower.drifting import standing_scores, timed
from scorewright_marketo.lower.expr import both
from scorewright_marketo.lower.own import written
from scorewright_marketo.lower.points import reached
from scorewright_marketo.lower.reading import letter_field
from scorewright_marketo.lower.shutting import undoes
from scorewright_marketo.lower.silence import silence
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.actions import Action
    from scorewright.model.elements import Decay, Threshold
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = [
    "awake",
    "lowered_later",
    "opened_at_once",
    "opened_silently",
    "sleeps_through",
    "turns_by_clock",
    "whatever_happens",
]


def opened_silently(b: Builder, item: Threshold) -> bool:
    """Whether a mark that a decay or a threshold writes, or a day that comes, opens it, for the next event to find so."""
    others = (other for other in b.model.thresholds.values() if other is not item)
    waking = (decay for decay in b.model.decay.values() if not _leaves_shut(decay, item))
    chains = [decay.then for decay in waking] + [other.then for other in others]
    marking = [action for chain in chains for action in chain if isinstance(action, (PutMark, TakeMark))]
    return turns_by_clock(b, item) or any(
        undoes(b, action, leaf, wanted=not wanted)
        for leaf, wanted in asked(b, item)
        if isinstance(leaf, con.HasMark)
        for action in marking
    )


def _leaves_shut(decay: Decay, item: Threshold) -> bool:
    """Whether a decay, when it acts, sets a score to what the threshold is shut for: points must come, and are heard."""
    return any(
        isinstance(part, con.ScoreTest)
        and part.score == decay.score
        and all(step.set_to is not None and not part.bounds.holds(step.set_to.value) for step in decay.steps)
        for part in conjuncts(item.when)
    )


def turns_by_clock(b: Builder, item: Threshold) -> bool:
    """Whether something that it asks for turns as time goes by."""
    return any(timed(b, leaf) for leaf, _ in asked(b, item))


_OF_THE_CRM = ("SFDC Type", "Sales Owner Email Address")
"""What changes with a person's record in the CRM."""


def whatever_happens(b: Builder, upward: tuple[Clause, ...]) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
    """A trigger for every event, and what is left of a threshold's own (``upward``): scores and letters, which batches write."""
    letters = {letter_field(b, grade) for grade in b.model.grades.values()}
    found = dict.fromkeys(_events(b))
    heard, left = {(clause.rule, clause.primary) for clause in found}, []
    for clause in upward:
        data = clause.rule == "Data Value Changes"
        if data and not letters & {*clause.values}:
            found[clause] = None
        elif data or (clause.rule, clause.primary) not in heard:
            left.append(clause)
    return tuple(found), tuple(left)


def _events(b: Builder) -> tuple[Clause, ...]:
    """What a person does, and a change of any field that the model does not write itself."""
    model = b.model
    own = written(model) | {"created", "email-domain"}
    tables = (model.rules.values(), model.decay.values(), model.thresholds.values())
    chains = [item.then for table in tables for item in table]
    assigns = any(isinstance(action, Assign) for chain in chains for action in chain)
    labels = (
        *(b.field_label(key) for key in model.fields if key not in own),
        *(() if assigns else _OF_THE_CRM),  # who is assigned gets a record and an owner by the model itself
    )
    changes = Clause("Data Value Changes", "is", labels, "Attribute")
    return (*any_activity(b), changes, Clause("Person is Created"))


# --- marks of a decay ------------------------------------------------------------------------------------------------


def awake(b: Builder, item: Threshold) -> Expr:
    """A mark that a decay sets must not open the threshold by itself: only an event may, so activity is asked for."""
    read = {part.mark for part in conjuncts(item.when) if isinstance(part, con.HasMark)}
    found = [
        _recent(b, decay)
        for decay in b.model.decay.values()
        if read & {action.mark for action in decay.then if isinstance(action, PutMark)}
    ]
    return both(*found)


def _recent(b: Builder, decay: Decay) -> Expr:
    shortest = min((step.after for step in decay.steps), key=lambda after: after.seconds)
    quiet = silence(b, decay)
    if quiet.kinds and not quiet.by_date:
        return active_since(
            quiet.kinds, f"{shortest.days} days" if shortest.days else f"{shortest.seconds // 3600} hours"
        )
    return quiet.ended(shortest)


def sleeps_through(b: Builder, item: Threshold) -> bool:
    """Whether points for what holds could open it, which come by night, when nobody asleep has done anything."""
    slow = standing_scores(b)
    return any(isinstance(leaf, con.ScoreTest) and leaf.score in slow for leaf, _ in asked(b, item))


# --- actions of other thresholds -------------------------------------------------------------------------------------


def opened_at_once(b: Builder, item: Threshold) -> tuple[str, ...]:
    """The other thresholds whose actions open this one, for the next event: here it can be looked at after them."""
    found = (
        other for other in b.model.thresholds.values() if other is not item and not _surely_shuts(other, item)
    )
    return tuple(dict.fromkeys(other.title for other in found if _opens(b, other, item)))


def _surely_shuts(other: Threshold, item: Threshold) -> bool:
    """Whether what the one does leaves this one shut in any case: by a mark, or by what a score is set to."""
    marks = sure_marks(item)
    asked_of = [part for part in conjuncts(item.when) if isinstance(part, con.ScoreTest)]
    for action in other.then:
        if isinstance(action, (PutMark, TakeMark)):
            if (action.mark, isinstance(action, TakeMark)) in marks:
                return True
        elif isinstance(action, Reset) and any(
            part.score == action.score and not part.bounds.holds(action.to.value) for part in asked_of
        ):
            return True
    return False


def _opens(b: Builder, other: Threshold, item: Threshold) -> bool:
    return any(
        _makes(b, action, leaf, wanted=wanted) for leaf, wanted in asked(b, item) for action in other.then
    )


def _makes(b: Builder, action: Action, leaf: con.Condition, *, wanted: bool) -> bool:
    """Whether an action makes a leaf what it has to be; a score that is set may go either way."""
    if isinstance(action, Reset) and isinstance(leaf, con.ScoreTest):
        lower = leaf.bounds.most if wanted else leaf.bounds.least
        return lower is not None and undoes(b, action, leaf, wanted=wanted)
    return undoes(b, action, leaf, wanted=not wanted)


# --- what holds, read at once and by night ---------------------------------------------------------------------------


def lowered_later(b: Builder, item: Threshold) -> tuple[str, ...]:
    """What gives fewer points, by night, for the very change that opens it at once; or more for the one that shuts it."""
    scores = {leaf.score for leaf, _ in asked(b, item) if isinstance(leaf, con.ScoreTest)}
    tests = [(leaf, wanted) for leaf, wanted in asked(b, item) if _subject(leaf) is not None]
    return tuple(
        dict.fromkeys(
            title
            for key, title, reads in _standing(b)
            if scores & reached(b, key)
            and any(_against(leaf, wanted, given) for leaf, wanted in tests for given in reads)
        )
    )


_Given = tuple["con.Condition | None", object, int]
"""A test (``None``: any), what it is about, and what its holding does to the points: 1 gives, -1 takes, 0 may do either."""


def _standing(b: Builder) -> Iterator[tuple[str, str, list[_Given]]]:
    """The score, the title, and what points hang on."""
    for rule in b.model.rules.values():
        if rule.when is None or rule.on:
            continue
        found = [(leaf, yes) for leaf, yes in leaves(b, rule.when) if _subject(leaf) is not None]
        for key, number in rule.points:
            sign = (number.value > 0) - (number.value < 0)
            yield key, rule.title, [(leaf, _subject(leaf), sign if yes else -sign) for leaf, yes in found]
    for tier in b.model.tiers.values():
        whens = [case.when for case in tier.cases if case.when is not None]
        about = dict.fromkeys(_subject(leaf) for when in whens for leaf, _ in leaves(b, when))
        if tier.field is not None:
            about[con.FieldTest, tier.field] = None
        yield tier.score, tier.title, [(None, what, 0) for what in about if what is not None]
    for copy in b.model.inputs.values():
        yield copy.score, copy.title, [(None, (con.FieldTest, copy.field), 0)]


_ABOUT = {
    con.FieldTest: "field",
    con.MemberOf: "asset",
    con.Assigned: "",
    con.CrmKind: "",
    con.HasOpportunity: "",
    con.Mailable: "",
}
"""What changes on a person at one moment, and is read at once by a threshold and by night for points; and by which key."""


def _subject(leaf: con.Condition) -> tuple[type, str] | None:
    """What a leaf is about; ``None`` for scores, marks and what people do, which change with their own campaigns."""
    if type(leaf) not in _ABOUT:
        return None
    key = _ABOUT[type(leaf)]
    return type(leaf), str(getattr(leaf, key)) if key else ""


def _against(leaf: con.Condition, wanted: bool, given: _Given) -> bool:
    """Whether the change that makes a leaf what it has to be can lower the points, and the one back raise them."""
    test, about, sign = given
    if test == leaf:
        return sign == (-1 if wanted else 1)
    return about == _subject(leaf)
