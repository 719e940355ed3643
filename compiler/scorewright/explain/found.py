"""What is so of the things that a condition asks about, in words: what an expectation met, what a threshold lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.explain.names import count
from scorewright.model import conditions as con
from scorewright.model.history import CRM_KIND, OWNER
from scorewright.model.phrases import phrase, phrase_event
from scorewright.semantics.ask import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scorewright.model.elements import Expectation, Threshold
    from scorewright.model.history import Scalar
    from scorewright.semantics.ask import Ask

__all__ = ["expectation_found", "found", "lacking", "lacks", "raised_by", "shown"]


def found(ask: Ask, condition: con.Condition | None) -> str:
    """What is so now of everything that a condition asks about: ``engagement is 40, not marked mql``."""
    return ", ".join(dict.fromkeys(_leaves(ask, condition)))


def expectation_found(ask: Ask, expected: Expectation) -> str:
    """What is so of an expectation; of a threshold, what each of its copies still needs."""
    if expected.fired is None:
        return found(ask, expected.condition)
    copies = [each for key, each in ask.model.thresholds.items() if key.partition("@")[0] == expected.fired]
    needed = [
        f"{each.key.replace('@', ' of ')} still needs: {'; '.join(lacks(ask, each))}"
        for each in copies
        if any(lacks(ask, each))
    ]
    return ", and ".join(needed)


def _leaves(ask: Ask, condition: con.Condition | None) -> Iterator[str]:
    for item in con.walk(condition):
        if not isinstance(item, (con.All, con.AnyOf, con.Not)):
            yield _now(ask, item)


def _now(ask: Ask, item: con.Condition) -> str:
    answer = _ANSWERS.get(type(item))
    if answer is not None:
        return answer(ask, item)
    said = phrase(item, ask.model)
    return said if ask.holds(item) else f"not so: {said}"


def _score(ask: Ask, item: con.ScoreTest) -> str:
    name, _, product = item.score.partition("@")
    return f"{name}{f' of {product}' if product else ''} is {ask.score(item.score)}"


def _field(ask: Ask, item: con.FieldTest) -> str:
    value = ask.value(item.field)
    return f"{item.field} is {shown(value) if is_known(value) else 'not known'}"


def _happened(ask: Ask, item: con.Happened) -> str:
    words = phrase(con.Happened(item.event), ask.model)
    return f"{words}: {count(ask.count(item.event, ask.state.now), 'time')}"


def _member(ask: Ask, item: con.MemberOf) -> str:
    status = ask.state.campaigns.get(item.asset)
    if item.asset not in ask.state.lists and item.asset not in ask.state.campaigns:
        return f"not member of {item.asset}"
    return f"member of {item.asset}" + (f" with the status {shown(status)}" if status else "")


def _owner(ask: Ask, _item: con.Assigned) -> str:
    owner = ask.state.fields.get(OWNER)
    return f"owner: {shown(owner) if owner else 'none'}"


_ANSWERS: Mapping[type, Callable[[Ask, Any], str]] = {
    con.HasMark: lambda ask, item: f"{'' if ask.holds(item) else 'not '}marked {item.mark}",
    con.InSegment: lambda ask, item: f"{'' if ask.holds(item) else 'not '}in {item.segment}",
    con.ScoreTest: _score,
    con.FieldTest: _field,
    con.Happened: _happened,
    con.MemberOf: _member,
    con.Assigned: _owner,
    con.CrmKind: lambda ask, _: f"CRM record: {ask.state.fields.get(CRM_KIND) or 'none'}",
    con.BandTest: lambda ask, item: (
        f"{item.band} is {ask.label(ask.model.bands[item.band]) or 'without a label'}"
    ),
    con.GradeTest: lambda ask, item: f"{item.grade} is {ask.letter(ask.model.grades[item.grade])}",
}


def shown(value: Scalar) -> str:
    """A value as a spec would write it."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(f"'{item}'" for item in value)
    return f"'{value}'" if isinstance(value, str) else str(value)


def lacking(ask: Ask, condition: con.Condition) -> Iterator[str]:
    """The parts of a condition that do not hold, each with what is so instead where that is more than not so."""
    if ask.holds(condition):
        return
    if isinstance(condition, con.All):
        for member in condition.members:
            yield from lacking(ask, member)
        return
    words = phrase(condition, ask.model)
    telling = dict.fromkeys(_now(ask, item) for item in con.walk(condition) if _tells(item))
    yield f"{words} ({', '.join(telling)})" if telling else words


def _tells(item: con.Condition) -> bool:
    """Whether what is so says more than that the condition is not: a number does, a mark that is missing does not."""
    if isinstance(item, con.Happened):
        return item.least > 1 or item.most is not None
    return type(item) in _ANSWERS and not isinstance(item, (con.HasMark, con.InSegment))


def lacks(ask: Ask, threshold: Threshold) -> Iterator[str]:
    """What a threshold needs that is not so now; empty where the next event finds it open."""
    yield from lacking(ask, threshold.when)
    for field in threshold.required_fields:
        if not is_known(ask.value(field)):
            yield f"{field} is known"
    if threshold.unless is not None and ask.holds(threshold.unless):
        yield f"an end of what shuts it: {phrase(threshold.unless, ask.model)}"


def raised_by(ask: Ask, threshold: Threshold) -> Iterator[str]:
    """What fires a threshold whatever the scores."""
    return (phrase_event(event, ask.model) for event in threshold.or_on)
