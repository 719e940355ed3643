"""What a target owes to the proof: where things are read off, how far they may differ, and an emulator to read.

An emulator is an executable model of what the platform documents, and no kinder.  It knows the platform and reads the
emitted files, as a person who builds from them would; it does not see what the lowering had in mind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.model.history import Person, Scalar

__all__ = [
    "AT_FIRST",
    "GAUGES",
    "OF_A_LIFE",
    "OF_ELEMENTS",
    "SCHEDULES",
    "SITUATIONS",
    "UNQUIET",
    "Bound",
    "Deed",
    "Descends",
    "Descent",
    "Emulator",
    "Gauge",
    "Played",
    "Schedule",
    "Tables",
    "UnreadableBundleError",
    "done_key",
]

Tables: TypeAlias = "Mapping[str, Sequence[Mapping[str, Any]]]"
"""A bundle as its files hold it: by kind (the file's stem), the tables, with ``name``, ``for`` and ``lowering``."""


class UnreadableBundleError(ValueError):
    """A file of a bundle holds what no compile writes; the message names the kind, the object and what it is."""


GAUGES: Mapping[str, str] = {
    "score": "a score's value: a number",
    "grade": "a letter grade: a text",
    "mark": "whether a mark is on: yes or no",
    "segment": "whether the person is in a segment: yes or no",
    "list": "whether the person is on a list that the model writes: yes or no",
    "field": "the value of a field that the model writes: a number, a text, an ISO date, or nothing",
    "campaign": "the status in a campaign that the model writes: a text, or nothing",
    "done": "how often an action has been carried out: a number",
}
"""What can be read off, and what an emulator answers with."""


class Gauge(NamedTuple):
    """Where one thing that a spec speaks of is read off on the platform.

    ``kind`` is one of ``GAUGES``.  ``key`` is the thing as the reference machine calls it: a score's, mark's,
    segment's or grade's key (``interest@mba``), a list's or campaign's asset id, a field's id, and for what is done
    ``done_key`` of the action.  ``at`` says where to look, in the platform's words, and is for the target's own
    emulator and for whoever reads the file.  ``settles`` is the number of hours after the last thing that happened, or
    that the clock did, until what is read off is right; ``prompt`` the same where the platform does everything at once
    (the schedule of that name; 0: no sooner than ``settles``).
    """

    kind: str
    key: str
    at: Mapping[str, Any]
    settles: int
    prompt: int = 0

    @property
    def name(self) -> str:
        """Kind and key: ``score interest@mba``."""
        return f"{self.kind} {self.key}"


def done_key(path: Sequence[str | int], product: str | None) -> str:
    """The key of an action: its place in the spec, and the product whose copy does it.

    ``("thresholds", "back", "then", 1)`` of the product ``mba`` is ``thresholds.back.then.1@mba``.
    """
    place = ".".join(map(str, path))
    return place if product is None else f"{place}@{product}"


SITUATIONS: Mapping[str, str] = {
    "any": "always",
    "crowded": "two things happen within the time that the platform needs to settle; so they do where somebody is created "
    "with fields of which one is awarded and others give points while they hold, and where an event finds that a date has "
    "turned what holds",
    "same-instant": "two things happen in the same second",
    "past-unknown": "something happened before the platform knew the person, or is told late",
    "existing": "the person has points or marks already when the model is switched on",
    "outside": "the person is outside the model's population at some time",
    "before-start": "something happens before the model starts",
    "field-lost": "a field loses its value",
    "again": "an event of one verb happens a second time to the same asset (or, where it has none, a second time)",
    "unnamed": "something happens to an asset that the spec does not name",
    "held-back": "a limit is used up: a rule gives nothing because of it, or a threshold has fired as often as it may",
    "brought-back": "a floor or a ceiling holds a score, or an action resets one",
    "facts-change": "what holds gives other points than before, after the first moment: a fact, a tier's case, an input",
    "inside-longer": "a field holds, inside something longer, what the spec looks for as a whole word, at its end, or in a domain",
    "other-case": "a field, or something about an event, holds what the spec looks for in another letter case",
    "by-a-bot": "something that happens is known to be a bot's doing",
    "whose-untold": "an e-mail is opened, clicked in or replied to, and nothing tells whether a bot did it",
    "no-crm-record": "the person has neither a lead nor a contact in the CRM at some time",
    "other-activity": "an event happens that platforms with one date of last activity count (a visit, submit, failed form, "
    "click, download, search or begun visit) and a decay does not, or the other way round; any event, where awards count; "
    "and by the one count or the other, somebody is silent until two days before a decay's first step, or longer",
    "other-silences": "as other-activity, and a second silence, or a later one, comes to a decay's first step, as the spec "
    "counts activity or as those platforms do",
    "silent-twice": "a second silence, or a later one, comes to a decay's first step",
    "cut-twice": "two silences, or more, end within the time that the platform needs to settle after a decay's step is due",
    "last-day": "a silence reaches a decay's step (so many times 24 hours) and ends before the start of the day that "
    "would have noticed it",
    "drawn-out": "a step that repeats comes due in one silence for the thirteenth time, or for the n-th time with n times "
    "its interval more than 365 days",
    "steps-together": "at one of the clock's looks two steps of decays are due for one score, or one step for the second time",
    "unrecorded": "a visit begins, or something is watched: what a platform may keep no record of",
    "above-range": "a score that decays or is reset, and has no ceiling, rises above the range that the target's table gives it, or "
    "without one above twice the greatest number that the spec compares it with (at least 50)",
    "day-start": "something happens around the start of a day on the model's clock: from 15 minutes before it to six "
    "hours after it",
    "wait-over": "something happens, or the clock does something, within the time that the platform needs to settle before or "
    "after the end of a rule's wait; the event that began the wait does not count",
    "window-edge": "two things lie as far apart as a rolling window or a wait of the model is long, give or take 15 "
    "minutes",
    "large": "the sizes of the person's scores, together with the largest of their number fields, pass 1,000",
    "odd-signs": "a text field holds a sign other than letters, digits, single blanks and , . / -",
    "unanswered": "a yes/no field has no value at some time",
    "migrated": "another version of the model has gone live with the person there",
    "lived-before": "something happened to the person before another version of the model went live; for each time",
    "fired-together": "two thresholds fire in one moment",
    "opened-in-silence": "an action or the clock opens a threshold, which only the person's next event finds open",
    "opened-silently": "a date, the clock or an action opens a threshold, without an event that finds it open; for each time",
    "turned-together": "one moment turns two of the conditions that an element asks for, or somebody new is what it "
    "leaves out; for each time",
    "exchanged": "what holds gives other points, or points by another case, to a score that a threshold asks for; for each "
    "time",
    "mixed-at-first": "somebody new is given points and loses some, by different elements, in scores that a threshold asks for "
    "(or is given some, where fewer points open it); excuses what shows when it is first compared, and no more later",
    "acts-in-vain": "a step of a decay acts and leaves its score as it is, or acts on the day of another; for each time",
    "raised-and-crossed": "one event of a threshold's or_on brings somebody past it at once; for each time",
    "moved-beside": "at one moment other scores than those that a threshold asks for go up and down, or one moves and an action "
    "resets one that it asks for; for each time",
    "woken-unseen": "a threshold that asks for a mark which a decay puts, and takes it off, fires, and what platforms with one "
    "date of last activity count (as in other-activity) lies back as far as that decay's first step, less two days, or "
    "further; for each time",
    "two-assign": "two elements that assign somebody have come up: thresholds that fired, rules with an event that "
    "happened, decays with a step that was taken; whether or not there was an owner already",
}
"""The situations that a bound can be confined to; the proof says of each history which of them it holds."""

OF_ELEMENTS = frozenset(
    {
        "acts-in-vain",
        "exchanged",
        "mixed-at-first",
        "moved-beside",
        "opened-silently",
        "raised-and-crossed",
        "turned-together",
        "woken-unseen",
    }
)
"""Situations of the element that a bound belongs to, and of no other; its numbers are for each time that it is so."""

OF_A_LIFE = frozenset({"lived-before"})
"""Situations of a whole life, whatever element a bound belongs to; its numbers are for each time that it is so."""

AT_FIRST = frozenset({"mixed-at-first"})
"""Situations of somebody new: they excuse what a gauge shows when it is first compared, and what stays of that."""

UNQUIET = frozenset(
    {
        "crowded",
        "same-instant",
        "cut-twice",
        "last-day",
        "wait-over",
        "window-edge",
        "day-start",
        "existing",
        "past-unknown",
    }
)
"""Situations without a quiet moment, and those that rest on a past of which nobody knows the rest.

*Exact* is said of quiet moments: a note that is exact may have bounds in these situations and in no others.
"""


class Bound(NamedTuple):
    """By how much what a gauge shows may differ from what the spec means, and in which situation.

    ``gauge`` is a gauge's name, or ``*`` for all that the element's own scores, marks and actions show.  ``least``
    and ``most`` hold for *shown minus meant* (points for a score, times for what is done; 0 and 1 for yes and no);
    ``None``: no limit.  ``when`` is one of ``SITUATIONS``: without it the gauge must be exact.
    """

    gauge: str
    least: int | None
    most: int | None
    when: str = "any"


SCHEDULES: Mapping[str, str] = {
    "prompt": "everything at once, objects in the order of the files",
    "reverse": "everything at once, objects in the opposite order",
    "late": "every delay as long as the platform's documents allow",
    "torn": "what is not promised to be one piece is pulled apart: others run between looking and doing",
    "random": "order and delays by the seed",
}
"""How an emulator decides what the platform's documents leave open."""


class Schedule(NamedTuple):
    """One way of deciding; the same schedule decides alike every time.  ``name`` is one of ``SCHEDULES``."""

    name: str
    seed: int = 0


class Deed(NamedTuple):
    """Something that the platform did, for people to read beside the reference machine's changes.

    ``by`` is the object that did it (``automation-rules: SW …``), ``said`` what changed, in one line.
    """

    at: int
    by: str
    said: str


class Played(NamedTuple):
    """What an emulator gives: for each look a value for each gauge, by its name; and all that was done, in order."""

    sights: tuple[Mapping[str, Scalar], ...]
    deeds: tuple[Deed, ...]


class Descent(NamedTuple):
    """How every value that a score can have comes down to one, walked through in every order that is possible.

    ``rules`` is how many objects take part, ``to`` the value, ``highest`` the greatest that was begun at, ``fault``
    what went wrong (empty: nothing), and ``days`` the longest that it takes.  ``rest`` is the most by which somebody
    stays above the value, and ``start`` where such a one began: the bounds of the bundle say whether that is allowed.
    """

    gauge: str
    rules: int
    to: int
    highest: int
    fault: str
    days: int = 0
    rest: int = 0
    start: int = 0


@runtime_checkable
class Descends(Protocol):
    """An emulator of a platform on which setting a score takes several objects and several days."""

    def descents(self, planned: Mapping[str, int]) -> tuple[Descent, ...]:
        """A proof by exhaustion for each step of a decay that is built so, in the order of the model.

        ``planned`` is for each score the greatest value that is planned for: what is above may take longer than the
        next step leaves.
        """
        ...


class Emulator(Protocol):
    """One instance of the platform in which a bundle has been built, and switched on, as its sheet says."""

    modelled: frozenset[str]
    """The facts whose values change what this emulator does."""

    def play(self, person: Person, looks: Sequence[int], schedule: Schedule) -> Played:
        """Play a person's history and read every gauge at each look (instants in seconds since 1970, ascending).

        The bundle is live before the person is created.  A person who has scores or marks at the beginning is there
        when it is switched on: the initial state is filled in, then the rest is switched on, at ``person.created``.
        A model with a start is switched on at that date for whoever was there before.  The same arguments give the
        same answer.  Never raises for a bundle of its own target.
        """
        ...
