"""Whether a condition holds: two values everywhere, for an unknown field passes no test (question 27)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scorewright.model import conditions as con
from scorewright.model import value_tests as tests
from scorewright.model.values import round_half_up
from scorewright.model.vocabulary import LETTERS, VERBS
from scorewright.semantics.texts import matches, same, same_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.model.elements import Asset, Band, Grade, Model, Score
    from scorewright.model.events import Event
    from scorewright.semantics.clock import Clock
    from scorewright.semantics.history import Happening, Scalar
    from scorewright.semantics.state import State

__all__ = ["Ask"]


class Ask:
    """Questions about one person's state, by the words of one model."""

    def __init__(self, model: Model, clock: Clock, state: State) -> None:
        self.model = model
        self.clock = clock
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
        return self.passes(self.state.fields.get(condition.field), condition.test)

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
        member = condition.asset in state.lists or condition.asset in state.campaigns
        return member and (
            not condition.statuses or state.campaigns.get(condition.asset) in condition.statuses
        )

    def _opportunity(self, condition: con.HasOpportunity) -> bool:
        return condition.kind in self._opportunities()

    def _crm(self, condition: con.CrmKind) -> bool:
        return (self.state.fields.get("crm") or "none") == condition.kind

    def _assigned(self, condition: con.Assigned) -> bool:
        return (self.state.owner is not None) is condition.value

    def _is_mailable(self, condition: con.Mailable) -> bool:
        return self._mailable() is condition.value

    def _opportunities(self) -> set[str]:
        """What can be said of the person's opportunities: ``open``, ``won``, ``lost`` and ``any``."""
        words = [event.what for event in self.state.events if event.verb == "opportunity"]
        closed = {word for word in words if word in {"won", "lost"}}
        is_open = words.count("created") > words.count("won") + words.count("lost")
        return closed | ({"open"} if is_open else set()) | ({"any"} if words else set())

    def _mailable(self) -> bool:
        """False after an unsubscription or a hard bounce, until the person opts in again."""
        mailable = True
        for event in self.state.events:
            if event.verb == "unsubscribes" or (event.verb == "bounces" and event.what == "hard"):
                mailable = False
            elif event.verb == "resubscribes":
                mailable = True
        return mailable

    # --- tests ------------------------------------------------------------------------------------------------------

    def passes(self, value: Scalar, test: tests.Test) -> bool:
        """Whether one value passes one test.  Unknown (``None``, a blank text) passes nothing but ``known = false``."""
        known = not (value is None or value == () or (isinstance(value, str) and not value.strip()))
        if isinstance(test, tests.Known):
            return known is test.known
        if not known or value is None:
            return False
        if isinstance(test, (tests.Age, tests.Day)):
            return self._date_passes(str(value), test)
        values = value if isinstance(value, tuple) else (value,)
        return any(_one_passes(item, test) for item in values)

    def _date_passes(self, value: str, test: tests.Age | tests.Day) -> bool:
        if isinstance(test, tests.Day):
            day = value[:10]
            return (test.first is None or day >= test.first) and (test.before is None or day < test.before)
        ago = self.clock.wall(self.state.now) - self.clock.wall(self.clock.read(value))
        length = timedelta(seconds=test.duration.seconds)
        if test.mode == "within_last":
            return timedelta(0) <= ago <= length
        return ago > length if test.mode == "older_than" else timedelta(0) <= -ago <= length

    # --- the past ---------------------------------------------------------------------------------------------------

    def _happened(self, condition: con.Happened) -> bool:
        count = self.count(condition.event)
        return count >= condition.least and (condition.most is None or count <= condition.most)

    def count(self, event: Event) -> int:
        """How many such events lie in the event's window, up to now."""
        state, window = self.state, event.within
        start = (
            None
            if window is None or window.calendar == "visit"
            else self.clock.window_start(window, state.now)
        )
        visit = (
            state.visits[-1] if state.visits and window is not None and window.calendar == "visit" else None
        )
        return sum(
            1
            for happening, number in zip(state.events, state.visits, strict=True)
            if (start is None or happening.at > start)
            and (visit is None or number == visit)
            and self.is_one(happening, event)
        )

    def is_one(self, happening: Happening, event: Event) -> bool:
        """Whether something that happened is such an event; how often is another question."""
        if happening.verb != event.verb:
            return False
        if event.objects and not any(self._names(key, happening) for key in event.objects):
            return False
        if any(self._names(key, happening) for key in event.excluding):
            return False
        return all(self.passes(happening.properties.get(name), test) for name, test in event.where)

    def _names(self, key: str, happening: Happening) -> bool:
        """Whether an id stands for what the event was done to."""
        if key == happening.what or VERBS[happening.verb].takes != "assets":
            return key in (happening.what, "any")
        asset = self.model.assets[key]
        other = self.model.assets.get(happening.what)
        if asset.builtin:
            return other is None or bool(set(asset.kinds) & set(other.kinds))
        return any(_is_asset(asset, text) for text in self.real_names(happening))

    def real_names(self, happening: Happening) -> tuple[str, ...]:
        """The name or path of the real asset."""
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
            return clamp(score, sum(worth.get(key, 0) for worth in self.state.worth.values()))
        if score.sum_of:
            return clamp(score, sum(self.score(part) for part in score.sum_of))
        total = sum(self.score(part) * percent for part, percent in score.percent_of)
        return clamp(score, round_half_up(total, 100))

    def letter(self, grade: Grade) -> str:
        """The letter: up on match, down on no match, unmoved by what is unknown; it ends at F and at A+."""
        place = LETTERS.index(grade.start)
        for criterion in grade.criteria:
            if not self._unknown(criterion.when):
                place += criterion.thirds if self.holds(criterion.when) else -criterion.thirds
        return LETTERS[max(0, min(place, len(LETTERS) - 1))]

    def _unknown(self, condition: con.Condition) -> bool:
        """Whether any field that a criterion reads is unknown (question 64)."""
        read = [item for item in con.walk(condition) if isinstance(item, con.FieldTest)]
        return any(
            not isinstance(item.test, tests.Known)
            and self.passes(self.state.fields.get(item.field), tests.Known(known=False))
            for item in read
        )

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
        head = self.model.header
        if head.eligible is not None and not self.holds(self.model.segments[head.eligible].when):
            return False
        if any(self.holds(self.model.segments[key].when) for key in head.exclude):
            return False
        return self.clock.in_force(head.active, self.state.now)


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


def _is_asset(asset: Asset, text: str) -> bool:
    compare = same_path if asset.kinds == ("pages",) else matches
    return any(compare(asset.match, text, wanted) for wanted in asset.texts)


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
