"""Words for conditions, events and actions: agreements, build sheets and diffs say the same thing in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright.model.elements import Band, Model
    from scorewright.model.events import Event
    from scorewright.model.values import Bounds, Duration, Window

__all__ = [
    "phrase",
    "phrase_action",
    "phrase_band",
    "phrase_bounds",
    "phrase_duration",
    "phrase_event",
    "phrase_test",
    "phrase_window",
]


def phrase(condition: con.Condition, model: Model) -> str:
    """A condition in words, on one line; every named value is its number: ``person at least 100 and marked mql``."""
    return _CONDITIONS[type(condition)](condition, model)


def phrase_event(event: Event, model: Model) -> str:
    """An event in words, in the present: ``submits demo``, ``visits any page for the 3rd time within 7 days``."""
    parts = [*_verb(event, VERBS[event.verb].present, model), *_where(event)]
    if event.nth > 1:
        parts.append(f"for the {_ordinal(event.nth)} or a later time")
    return " ".join([*parts, *_within(event)])


def phrase_action(action: act.Action) -> str:
    """An action in words, as an order: ``notify the owner``."""
    return _ACTIONS[type(action)](action)


# --- small words ----------------------------------------------------------------------------------------------------


def phrase_duration(duration: Duration) -> str:
    """``30 days``."""
    unit = _UNITS[duration.unit]
    return f"{duration.count} {unit}{'' if duration.count == 1 else 's'}"


def phrase_window(window: Window) -> str:
    """``within 7 days``, ``in one calendar week``, ``in one visit``."""
    return f"in one {window}" if window.rolling is None else f"within {phrase_duration(window.rolling)}"


def phrase_bounds(bounds: Bounds) -> str:
    """``at least 50``, ``below 100``, ``at least 50 but below 100``."""
    sides = []
    if bounds.lower is not None:
        sides.append(f"{'at least' if bounds.lower.inclusive else 'above'} {bounds.lower.number.value}")
    if bounds.upper is not None:
        sides.append(f"{'at most' if bounds.upper.inclusive else 'below'} {bounds.upper.number.value}")
    return " but ".join(sides)


_UNITS = {"min": "minute", "h": "hour", "d": "day", "w": "week"}


def _quoted(text: object) -> str:
    """A text in quotes, on one line, whatever blanks it has; a number or a yes or no as it is."""
    if isinstance(text, bool):
        return "yes" if text else "no"
    return f"'{' '.join(text.split())}'" if isinstance(text, str) else str(text)


def _one_of(words: Iterable[str], several: str = "one of ") -> str:
    found = list(words)
    return found[0] if len(found) == 1 else several + ", ".join(found)


def _ordinal(count: int) -> str:
    ending = "th" if count % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _of(key: str) -> str:
    """``interest@mba`` is ``interest of mba``."""
    name, _, product = key.partition("@")
    return f"{name} of {product}" if product else name


# --- tests ----------------------------------------------------------------------------------------------------------


def phrase_test(test: con.Test) -> str:
    """What is asked of a value: ``is 'France'``, ``contains the word 'CEO'``, ``is at least 200``."""
    return _TESTS[type(test)](test)


def _matches(test: con.Matches) -> str:
    if test.terms is not None:
        return f"is in {test.terms}"
    one, several = _MODES[test.mode]
    texts = [_quoted(text) for text in test.texts]
    return f"{one} {texts[0]}" if len(texts) == 1 else f"{several} {', '.join(texts)}"


def _day(test: con.Day) -> str:
    sides = [f"on or after {test.first}"] if test.first is not None else []
    return " but ".join([*sides, f"before {test.before}"] if test.before is not None else sides)


_MODES = {
    "is": ("is", "is one of"),
    "starts_with": ("starts with", "starts with one of"),
    "ends_with": ("ends with", "ends with one of"),
    "contains": ("contains", "contains one of"),
    "contains_word": ("contains the word", "contains one of the words"),
}
_AGES = {"within_last": "the last {}", "within_next": "the next {}"}

_TESTS: Mapping[type, Callable[[Any], str]] = {
    con.Is: lambda test: f"is {_one_of(map(_quoted, test.values))}",
    con.Matches: _matches,
    con.Range: lambda test: f"is {phrase_bounds(test.bounds)}",
    con.Known: lambda test: "is known" if test.known else "is not known",
    con.Age: lambda test: (
        f"is older than {phrase_duration(test.duration)}"
        if test.mode == "older_than"
        else f"is within {_AGES[test.mode].format(phrase_duration(test.duration))}"
    ),
    con.Day: lambda test: f"is {_day(test)}",
}


# --- events ---------------------------------------------------------------------------------------------------------

_SENTENCES = {
    "bounces": ("has a {} bounce", "had a {} bounce"),
    "opportunity": ("has an opportunity {}", "had an opportunity {}"),
    "starts_visit": ("starts a visit", "started a visit"),
}


def _verb(event: Event, verb: str, model: Model) -> list[str]:
    """The verb in a tense, what it is done to, and what is left out."""
    if event.verb in _SENTENCES:
        sentence = _SENTENCES[event.verb][verb != event.verb]
        kind = next(iter(event.objects), "")
        return [sentence.replace("{} ", "") if kind == "any" else sentence.format(kind)]
    words = [verb, *([_one_of(_things(event.objects, model), "any of ")] if event.objects else [])]
    return [*words, "except", ", ".join(_things(event.excluding, model))] if event.excluding else words


def _things(keys: Iterable[str], model: Model) -> list[str]:
    """Assets, activities or fields by their ids; the built-in assets are words: ``any page``."""
    builtin = {key for key in keys if key in model.assets and model.assets[key].builtin}
    return [key.replace("-", " ") if key in builtin else key for key in keys]


def _where(event: Event) -> list[str]:
    """``with status 'Attended'``, ``with query that contains 'price'``."""
    asked = [f"{name} {_such(phrase_test(test))}" for name, test in event.where]
    return [f"with {' and '.join(asked)}"] if asked else []


def _such(words: str) -> str:
    return words.removeprefix("is ") if words.startswith("is ") else f"that {words}"


def _within(event: Event) -> list[str]:
    return [] if event.within is None else [phrase_window(event.within)]


def _happened(condition: con.Happened, model: Model) -> str:
    event, least, most = condition.event, condition.least, condition.most
    words = [*_verb(event, VERBS[event.verb].past, model), *_where(event)]
    if most is not None:
        words.append(f"exactly {_times(most)}" if least == most else f"at most {_times(most)}")
    elif least > 1:
        words.append(f"at least {_times(least)}")
    return " ".join([*words, *_within(event)])


# --- conditions -----------------------------------------------------------------------------------------------------


def _members(word: str) -> Callable[[Any, Model], str]:
    def joined(condition: con.All | con.AnyOf, model: Model) -> str:
        return f" {word} ".join(_inner(member, model) for member in condition.members)

    return joined


def _inner(condition: con.Condition, model: Model) -> str:
    """A condition inside another: in brackets where it joins several of its own."""
    words = phrase(condition, model)
    return f"({words})" if isinstance(condition, (con.All, con.AnyOf)) else words


def _score(condition: con.ScoreTest, _model: Model) -> str:
    if condition.exactly and condition.bounds.lower is not None:
        return f"{_of(condition.score)} is {condition.bounds.lower.number.value}"
    return f"{_of(condition.score)} {phrase_bounds(condition.bounds)}"


def _grade(condition: con.GradeTest, _model: Model) -> str:
    mode = {"is": "is", "at_least": "at least", "below": "below"}[condition.mode]
    return f"{condition.grade} {mode} {condition.letter}"


def _band(condition: con.BandTest, model: Model) -> str:
    band = model.bands.get(condition.band)
    known = {} if band is None else phrase_band(band, model)
    labels = (f"{label} ({known[label]})" if known.get(label) else label for label in condition.labels)
    return f"{condition.band} is {_one_of(labels)}"


def phrase_band(band: Band, model: Model) -> dict[str, str]:
    """What each label of a band stands for, with its numbers: ``{"A": "demographic at least 50"}``."""
    if band.join:
        return _joined(band, model)
    meanings: dict[str, str] = {}
    above = ""
    for case in band.cases:
        words = (
            [f"{'at least' if case.lower.inclusive else 'above'} {case.lower.number.value}"]
            if case.lower
            else []
        )
        meanings.setdefault(
            case.label, f"{_of(band.score or '')} {' but '.join([*words, *([above] if above else [])])}"
        )
        if case.lower is not None:
            above = f"{'below' if case.lower.inclusive else 'at most'} {case.lower.number.value}"
    return meanings


def _joined(band: Band, model: Model, seen: tuple[str, ...] = ()) -> dict[str, str]:
    meanings = {"": ""}
    for key in band.join:
        part = model.bands.get(key)
        if part is None or key in seen or not meanings:  # a circle is reported elsewhere
            return {}
        inner = _joined(part, model, (*seen, band.key)) if part.join else phrase_band(part, model)
        meanings = {
            label + more: f"{words} and {what}" if words else what
            for label, words in meanings.items()
            for more, what in inner.items()
        }
    return meanings


def _member(condition: con.MemberOf, _model: Model) -> str:
    statuses = [_quoted(status) for status in condition.statuses]
    return f"member of {condition.asset}" + (f" with the status {_one_of(statuses)}" if statuses else "")


_OPPORTUNITIES = {
    "open": "has an open opportunity",
    "won": "has a won opportunity",
    "lost": "has a lost opportunity",
    "any": "has an opportunity",
}
_RECORDS = {"lead": "is a lead in the CRM", "contact": "is a contact in the CRM", "none": "is not in the CRM"}

_CONDITIONS: Mapping[type, Callable[[Any, Model], str]] = {
    con.All: _members("and"),
    con.AnyOf: _members("or"),
    con.Not: lambda condition, model: f"not {_inner(condition.member, model)}",
    con.FieldTest: lambda condition, _model: f"{condition.field} {phrase_test(condition.test)}",
    con.ScoreTest: _score,
    con.GradeTest: _grade,
    con.BandTest: _band,
    con.HasMark: lambda condition, _model: f"marked {condition.mark}",
    con.InSegment: lambda condition, _model: f"in {condition.segment}",
    con.MemberOf: _member,
    con.HasOpportunity: lambda condition, _model: _OPPORTUNITIES[condition.kind],
    con.CrmKind: lambda condition, _model: _RECORDS[condition.kind],
    con.Assigned: lambda condition, _model: "has an owner" if condition.value else "has no owner",
    con.Mailable: lambda condition, _model: "may be mailed" if condition.value else "may not be mailed",
    con.Happened: _happened,
}


# --- actions --------------------------------------------------------------------------------------------------------

_PEOPLE = {"owner": "the owner", "opportunity-owner": "the owner of the opportunity"}


def _campaign(action: act.AddToCampaign) -> str:
    status = f" with the status {_quoted(action.status)}" if action.status else ""
    return f"add to the campaign {action.campaign}{status}"


def _task(action: act.CreateTask) -> str:
    due = f", due in {phrase_duration(action.due)}" if action.due else ""
    return f"create the task {_quoted(action.subject)}{due}"


_ACTIONS: Mapping[type, Callable[[Any], str]] = {
    act.Assign: lambda action: (
        "assign by the rules of the CRM" if action.to == "crm-rule" else f"assign to {action.to}"
    ),
    act.Notify: lambda action: f"notify {_PEOPLE.get(action.to, action.to)}",
    act.AddToCampaign: _campaign,
    act.AddToList: lambda action: f"add to the list {action.list}",
    act.RemoveFromList: lambda action: f"remove from the list {action.list}",
    act.SetLifecycle: lambda action: f"set the lifecycle stage to {action.stage}",
    act.CreateTask: _task,
    act.Stamp: lambda action: f"write the date into {action.field}",
    act.Snapshot: lambda action: f"copy {_of(action.score)} into {action.field}",
    act.SetField: lambda action: f"set {action.field} to {_quoted(action.value)}",
    act.Moment: lambda action: f"record the moment {_quoted(action.text)}",
    act.PutMark: lambda action: f"mark {action.mark}",
    act.TakeMark: lambda action: f"unmark {action.mark}",
    act.Reset: lambda action: f"reset {_of(action.score)} to {action.to.value}",
}
