"""Whether a condition holds: two values everywhere, for an unknown field passes no test (question 27)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scorewright.model import conditions as con
from scorewright.model import value_tests as tests
from scorewright.model.history import CRM_KIND, OWNER
from scorewright.model.values import round_half_up
from scorewright.model.vocabulary import LETTERS, VERBS
from scorewright.semantics.texts import fold, matches, page_matches, page_name, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright.model.elements import Band, Grade, Score
    from scorewright.model.events import Event
    from scorewright.model.history import Happening, Scalar
    from scorewright.semantics.parts import Parts
    from scorewright.semantics.state import State

__all__ = ["Ask", "clamp", "is_known"]


class Ask:
    """Questions about one person's state, by the words of one model."""

    def __init__(self, parts: Parts, state: State) -> None:
        self.model = parts.model
        self.clock = parts.clock
        self.named = parts.named
        self.population = parts.population
        self.state = state

    # --- conditions -------------------------------------------------------------------------------------------------

    def holds(self, condition: con.Condition | None) -> bool:
        """Whether a condition holds now; none holds always."""
        if condition is None:
            return True
        answer: bool = _ANSWERS[type(condition)](self, condition)
        return answer

    def _all(self, condition: con.All) -> bool:
        return all(self.holds(member) for member in condition.members)

    def _any(self, condition: con.AnyOf) -> bool:
        return any(self.holds(member) for member in condition.members)

    def _not(self, condition: con.Not) -> bool:
        return not self.holds(condition.member)

    def _field(self, condition: con.FieldTest) -> bool:
        return self.passes(self.value(condition.field), condition.test)

    def _score(self, condition: con.ScoreTest) -> bool:
        return condition.bounds.holds(self.score(condition.score))

    def _band(self, condition: con.BandTest) -> bool:
        return self.label(self.model.bands[condition.band]) in condition.labels

    def _mark(self, condition: con.HasMark) -> bool:
        return condition.mark in self.state.marks

    def _segment(self, condition: con.InSegment) -> bool:
        return self.holds(self.model.segments[condition.segment].when)

    def _member(self, condition: con.MemberOf) -> bool:
        state = self.state
        if not condition.statuses:
            return condition.asset in state.lists or condition.asset in state.campaigns
        status = state.campaigns.get(condition.asset)
        return status is not None and any(same(status, wanted) for wanted in condition.statuses)

    def _opportunity(self, condition: con.HasOpportunity) -> bool:
        return condition.kind in self._opportunities()

    def _crm(self, condition: con.CrmKind) -> bool:
        return (self.state.fields.get(CRM_KIND) or "none") == condition.kind

    def _assigned(self, condition: con.Assigned) -> bool:
        return is_known(self.state.fields.get(OWNER)) is condition.value

    def _is_mailable(self, condition: con.Mailable) -> bool:
        return self._mailable() is condition.value

    def _opportunities(self) -> set[str]:
        """What can be said of the person's opportunities: ``open``, ``won``, ``lost`` and ``any``."""
        words = [event.what for event in self.state.past.all_of("opportunity")]
        closed = {word for word in words if word in {"won", "lost"}}
        is_open = words.count("created") > words.count("won") + words.count("lost")
        return closed | ({"open"} if is_open else set()) | ({"any"} if words else set())

    def _mailable(self) -> bool:
        """False after an unsubscription or a hard bounce, until the person opts in again."""
        mailable = True
        for event in self.state.past.all_of("unsubscribes", "bounces", "resubscribes"):
            if event.verb != "bounces" or event.what == "hard":
                mailable = event.verb == "resubscribes"
        return mailable

    # --- tests ------------------------------------------------------------------------------------------------------

    def value(self, field: str) -> Scalar:
        """A field's present value.  The domain of an address follows from the address where nobody sets it."""
        value = self.state.fields.get(field)
        email = self.state.fields.get("email")
        if field == "email-domain" and value is None and isinstance(email, str):
            return email.rpartition("@")[2] or None
        return value

    def passes(self, value: Scalar, test: tests.Test) -> bool:
        """Whether one value passes one test.  Unknown (``None``, a blank text) passes nothing but ``known = false``."""
        if isinstance(test, tests.Known):
            return is_known(value) is test.known
        if value is None or not is_known(value):
            return False
        if isinstance(test, (tests.Age, tests.Day)):
            return self._date_passes(str(value), test)
        values = value if isinstance(value, tuple) else (value,)
        return any(_one_passes(item, test) for item in values)

    def _date_passes(self, value: str, test: tests.Age | tests.Day) -> bool:
        """Dates are compared on the model's wall clock; a date exactly so long ago is no longer *within* it."""
        at = self.clock.wall(self.clock.read(value))
        if isinstance(test, tests.Day):
            first = None if test.first is None else self.clock.wall(self.clock.read(test.first))
            before = None if test.before is None else self.clock.wall(self.clock.read(test.before))
            return (first is None or at >= first) and (before is None or at < before)
        ago, length = self.clock.wall(self.state.now) - at, timedelta(seconds=test.duration.seconds)
        if test.mode == "within_next":
            return timedelta(0) <= -ago < length
        return ago >= length if test.mode == "older_than" else timedelta(0) <= ago < length

    # --- the past ---------------------------------------------------------------------------------------------------

    def _happened(self, condition: con.Happened) -> bool:
        count = self.count(condition.event, self.state.now)
        return count >= condition.least and (condition.most is None or count <= condition.most)

    def count(self, event: Event, until: int) -> int:
        """How many such events lie in the event's window, which ends at an instant; without a window: all of them."""
        window, after = event.within, None
        last = None if window is None else until
        if window is not None and window.calendar == "visit":
            after = self.state.past.visit(until)[0] - 1
        elif window is not None:
            after = self.clock.window_start(window, until)
        happened = self.state.past.between(event.verb, after, last)
        return sum(1 for happening in happened if self.is_one(happening, event))

    def is_nth(self, happening: Happening, event: Event) -> bool:
        """Whether something that happens is such an event, and the n-th or a later one (questions 9 and 17).

        The window ends when it happened, also when it becomes known late.
        """
        if not self.is_one(happening, event):
            return False
        return event.nth == 1 or self.count(event, happening.at) >= event.nth

    def is_one(self, happening: Happening, event: Event) -> bool:
        """Whether something that happened is such an event; how often is another question."""
        return self.is_about(happening, event) and all(
            self.passes(happening.properties.get(name), test) for name, test in event.where
        )

    def is_about(self, happening: Happening, event: Event) -> bool:
        """Whether verb and asset are the event's."""
        if happening.verb != event.verb:
            return False
        if event.objects and not any(self.names(key, happening) for key in event.objects):
            return False
        return not any(self.names(key, happening) for key in event.excluding)

    def names(self, key: str, happening: Happening) -> bool:
        """Whether an id stands for what the event was done to."""
        if key == happening.what or VERBS[happening.verb].takes != "assets":
            return key in (happening.what, "any")
        which = (key, happening.what, happening.name)
        if which not in self.named:
            self.named[which] = self._is_asset(key, happening)
        return self.named[which]

    def _is_asset(self, key: str, happening: Happening) -> bool:
        asset, other = self.model.assets[key], self.model.assets.get(happening.what)
        if other is not None and set(asset.kinds).isdisjoint(other.kinds):
            return False  # a form and a landing page of one name are two assets (question 14)
        compare = page_matches if "pages" in asset.kinds else matches
        return asset.builtin or any(
            compare(asset.match, name, text) for name in self._real_names(happening) for text in asset.texts
        )

    def real_asset(self, happening: Happening) -> str:
        """One name for the real asset: the page without its query string, the form, the e-mail (question 20)."""
        asset = self.model.assets.get(happening.what)
        name = next(iter(self._real_names(happening)), None)
        if name is None:
            return happening.what
        return page_name(name) if asset is not None and "pages" in asset.kinds else fold(name)

    def _real_names(self, happening: Happening) -> tuple[str, ...]:
        """The name or path of the real asset: as told, else the first that the id stands for."""
        if happening.name is not None:
            return (happening.name,)
        asset = self.model.assets.get(happening.what)
        return asset.texts[:1] if asset is not None and asset.match == "is" else ()

    # --- scores, grades, bands --------------------------------------------------------------------------------------

    def score(self, key: str) -> int:
        """A score as everybody sees it: after floor and ceiling."""
        score = self.model.scores[key]
        if score.kind == "engagement":
            return self.state.scores[key]
        if score.kind == "fit":
            return clamp(score, self.state.held.get(key, 0))
        if score.sum_of:
            return clamp(score, sum(self.score(part) for part in score.sum_of))
        total = sum(self.score(part) * percent for part, percent in score.percent_of)
        return clamp(score, round_half_up(total, 100))

    def letter(self, grade: Grade) -> str:
        """The letter: up on match, down on no match, unmoved by what is unknown; it ends at F and at A+.

        A grade that is hidden until one criterion matches is the start letter until then (question 64).
        """
        moves = [
            criterion.thirds if self.holds(criterion.when) else -criterion.thirds
            for criterion in grade.criteria
            if not self._unknown(criterion.when)
        ]
        hidden = grade.hidden_until_match and not any(move > 0 for move in moves)
        place = LETTERS.index(grade.start) + (0 if hidden else sum(moves))
        return LETTERS[max(0, min(place, len(LETTERS) - 1))]

    def _unknown(self, condition: con.Condition) -> bool:
        """Whether any field that a criterion reads is unknown; to ask whether it is known is not to read it."""
        return any(
            not isinstance(item.test, tests.Known) and not is_known(self.value(item.field))
            for item in self._fields_read(condition)
        )

    def _fields_read(self, condition: con.Condition) -> Iterator[con.FieldTest]:
        for item in con.walk(condition):
            if isinstance(item, con.FieldTest):
                yield item
            elif isinstance(item, con.InSegment):
                yield from self._fields_read(self.model.segments[item.segment].when)

    def _grade(self, condition: con.GradeTest) -> bool:
        place = LETTERS.index(self.letter(self.model.grades[condition.grade]))
        wanted = LETTERS.index(condition.letter)
        if condition.mode == "is":
            return place == wanted
        return place >= wanted if condition.mode == "at_least" else place < wanted

    def label(self, band: Band) -> str:
        """The label of a band now."""
        if band.join:
            return "".join(self.label(self.model.bands[part]) for part in band.join)
        assert band.score is not None
        value = self.score(band.score)
        for case in band.cases:
            least = None if case.lower is None else case.lower.number.value + (not case.lower.inclusive)
            if least is None or value >= least:
                return case.label
        return ""

    # --- the population ---------------------------------------------------------------------------------------------

    def in_population(self) -> bool:
        """Whether the person is scored: eligible, in no excluded segment, in the model's days."""
        for condition, so in self.population:
            if self.holds(condition) is not so:
                return False
        return self.clock.in_force(self.model.header.active, self.state.now)


def is_known(value: Scalar) -> bool:
    """Whether there is a value: a blank text is none, 0 is one."""
    return not (value is None or value == () or (isinstance(value, str) and not value.strip()))


def clamp(score: Score, value: int) -> int:
    """Floor and ceiling; where they contradict each other the floor holds."""
    if score.ceiling is not None:
        value = min(value, score.ceiling.value)
    return max(value, score.floor.value) if score.floor is not None else value


def _one_passes(value: str | int | bool, test: tests.Test) -> bool:
    if isinstance(test, tests.Is):
        return any(_equal(value, other) for other in test.values)
    if isinstance(test, tests.Matches):
        return any(matches(test.mode, str(value), text) for text in test.texts)
    if isinstance(test, tests.Range):
        return isinstance(value, int) and not isinstance(value, bool) and test.bounds.holds(value)
    raise TypeError(test)


def _equal(value: str | int | bool, other: str | int | bool) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return same(value, other)
    return type(value) is type(other) and value == other


# ruff: noqa: SLF001 - the table of the class's own answers
_ANSWERS: dict[type, Callable[[Ask, Any], bool]] = {
    con.All: Ask._all,
    con.AnyOf: Ask._any,
    con.Not: Ask._not,
    con.FieldTest: Ask._field,
    con.ScoreTest: Ask._score,
    con.GradeTest: Ask._grade,
    con.BandTest: Ask._band,
    con.HasMark: Ask._mark,
    con.InSegment: Ask._segment,
    con.MemberOf: Ask._member,
    con.HasOpportunity: Ask._opportunity,
    con.CrmKind: Ask._crm,
    con.Assigned: Ask._assigned,
    con.Mailable: Ask._is_mailable,
    con.Happened: Ask._happened,
}
