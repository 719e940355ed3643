"""Grades as criteria of a profile, bands as labels that rules write into a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.plugin.emulation import Bound
from scorewright_pardot.labels import ACTIONS, field_label, field_what, is_default
from scorewright_pardot.lower.bands import label_tree, labels
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import EVERYBODY, NOBODY, both, either, leaf
from scorewright_pardot.lower.fitting import fit, fits, member
from scorewright_pardot.lower.following import one_change_turns_both
from scorewright_pardot.lower.openings import actions_turn_population
from scorewright_pardot.lower.scores import set_field_act
from scorewright_pardot.lower.segments import population
from scorewright_pardot.objects import Act, AutomationRule, DynamicList, ProfileCriterion, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Band, Criterion, Grade
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["lower_bands", "lower_grades", "most_off"]

_LETTERS = 12
"""Steps from F to A+."""

PHASE_GRADES = 10
PHASE_BANDS = 30
_MESSAGE = "each criterion follows its condition by rules of its own: matches, doesn't match, not known"


def lower_grades(cx: Context) -> None:
    """The grade, by one profile; a second one has no place."""
    first = next(iter(cx.model.grades), None)
    for grade in cx.model.grades.values():
        cx.begin()
        try:
            _grade(cx, grade, alone=grade.key == first)
        except CannotLowerError as error:
            cx.refuse(grade, error)
            continue
        cx.finish(
            grade,
            "profile",
            f"{_MESSAGE}; until one matches, none says that it doesn't",
        )


def _grade(cx: Context, grade: Grade, *, alone: bool) -> None:
    if not alone or grade.start != "D":
        raise CannotLowerError(
            "grade-of-its-own",
            "a prospect has one grade, and it starts at D",
            "keep one grade with start D; use bands of a fit score for others",
            grade.path if not alone else (*grade.path, "start"),
            ("grade-starts-at-d",),
        )
    if not grade.hidden_until_match:
        why = (
            "before a criterion has matched or failed"
            if cx.flag("grade-shows-at-first-answer")
            else "before a criterion has matched"
        )
        raise CannotLowerError(
            "grade-hidden",
            f"a prospect shows no grade {why}, and nothing makes it show D",
            "leave hidden_until_match out: conditions take who shows no grade for a D all the same",
            (*grade.path, "hidden_until_match"),
            ("grade-shows-at-first-answer",),
        )
    cx.rest_on(
        "grade-starts-at-d",
        "grade-shows-at-first-answer",
        "profile-criteria-by-rule",
        "order-is-not-promised",
    )
    profile = cx.options.profile or grade.title
    why = "every prospect that is graded has this profile; it is given elsewhere, never by these rules"
    cx.need("profile", profile, grade, why)
    found = [_read(cx, grade, criterion) for criterion in grade.criteria]
    somewhere = _somewhere(cx, grade, [states.matches for states in found])
    for criterion, states in zip(grade.criteria, found, strict=True):
        made = cx.made(grade, "profile-criterion", f"A criterion of {grade.title!r}.")
        name = f"{profile}\0{criterion.id}"
        cx.add(ProfileCriterion(profile, criterion.id, criterion.thirds, made), name)
        _criterion(cx, grade, criterion, profile, states, somewhere)


def _somewhere(cx: Context, grade: Grade, matches: list[Expression]) -> tuple[Expression, Expression]:
    """Whether some criterion matches, and whether none does.

    The platform shows a grade from the first answer on, whichever it is.  It is to stay hidden until a criterion matches,
    so none may say before that it does not.
    """
    if len(matches) == 1:
        return NOBODY, EVERYBODY
    if not cx.flag("grade-shows-at-first-answer"):
        return EVERYBODY, NOBODY
    label = cx.names.list(f"grades {grade.key}", "a criterion matches")
    cx.rest_on("dynamic-list-lag")
    made = cx.made(
        grade,
        "grade-shown",
        "Until one criterion matches, none says that it does not: the grade stays hidden.",
    )
    cx.dynamic_list(DynamicList(label, fit(cx, either(*matches), grade), made))
    return member(cx, label), member(cx, label, inside=False)


def most_off(grade: Grade) -> int:
    """Thirds of a letter by which a grade is off at most, where every criterion may say the opposite."""
    return min(_LETTERS, 2 * sum(criterion.thirds for criterion in grade.criteria))


class States(NamedTuple):
    """When a criterion matches, when it does not, and when that is not known."""

    matches: Expression
    fails: Expression
    unknown: Expression


def _read(cx: Context, grade: Grade, criterion: Criterion) -> States:
    fields = tuple(dict.fromkeys(_fields(cx, criterion.when)))
    known, unknown = (
        [criteria(cx, con.FieldTest(key, con.Known(known=so), path=criterion.path), grade) for key in fields]
        for so in (True, False)
    )
    certain = frozenset(key for key in fields if cx.model.fields[key].of == "person")
    holds = criteria(cx, criterion.when, grade, known=certain)
    fails = criteria(cx, criterion.when, grade, holds=False, known=certain)
    needed = () if all(_says_known(cx, criterion.when, key) for key in fields) and fields else known
    return States(both(holds, *needed), both(fails, *known), either(*unknown))


def _fields(cx: Context, condition: con.Condition) -> Iterator[str]:
    """The fields whose values a criterion reads, in its segments too; to ask whether one is known is not to read it."""
    for item in con.walk(condition):
        if isinstance(item, con.FieldTest) and not isinstance(item.test, con.Known):
            yield item.field
        elif isinstance(item, con.InSegment):
            yield from _fields(cx, cx.model.segments[item.segment].when)


def _criterion(  # noqa: PLR0917 - what it is a criterion of, and when it says what
    cx: Context,
    grade: Grade,
    criterion: Criterion,
    profile: str,
    states: States,
    somewhere: tuple[Expression, Expression],
) -> None:
    mine = leaf("profile", profile, "is")
    shown, hidden = somewhere
    unsaid = either(states.unknown, both(states.fails, hidden))
    together = fits(cx, both(mine, unsaid))
    for part, word, tree in (
        ("matches", "Matches", states.matches),
        ("doesn't match", "Doesn't match", both(states.fails, shown)),
        ("not known", "Not known", unsaid if together else states.unknown),
        ("not said yet", "Not known", NOBODY if together else both(states.fails, hidden)),
    ):
        if tree == NOBODY:
            continue
        name = cx.names.rule(f"grades {grade.key}", f"{criterion.id}, {part}")
        action = Act(ACTIONS["profile"].text, f"{profile}: {criterion.id}", word)
        made = cx.made(grade, "grade")
        check = "Everybody for whom it is so today."
        whole = fit(cx, both(mine, tree), grade)
        cx.add(AutomationRule(name, whole, (action,), cx.repeat, PHASE_GRADES, check, made), name)


def _says_known(cx: Context, condition: con.Condition, field: str) -> bool:
    """Whether a condition cannot hold without a positive test of the field: then it is known wherever that holds."""
    match condition:
        case con.FieldTest(key, test):
            return key == field and not isinstance(test, con.Known)
        case con.All(members):
            return any(_says_known(cx, member, field) for member in members)
        case con.AnyOf(members):
            return all(_says_known(cx, member, field) for member in members)
        case con.InSegment(key):
            return _says_known(cx, cx.model.segments[key].when, field)
    return False


# --- bands ----------------------------------------------------------------------------------------------------------


def lower_bands(cx: Context) -> None:
    """Bands: conditions ask the score itself; where a field is named, a rule for each label writes it."""
    for band in cx.model.bands.values():
        cx.begin()
        try:
            message = _band(cx, band)
        except CannotLowerError as error:
            cx.refuse(band, error)
            continue
        cx.finish(band, "custom-field" if band.field else "nothing-to-build", message)


def _band(cx: Context, band: Band) -> str:
    if band.score is not None:
        cx.homes.require(cx, band.score, (*band.path, "score"))
    if band.field is None:
        return "conditions on its labels ask the score itself"
    field = cx.model.fields[band.field]
    name = field_label(field)
    cx.need("person field", name, band, "type text")
    what = field_what(field)
    if population(cx) != EVERYBODY:  # what has not yet followed stands still outside
        cx.edge(Bound(f"field {band.field}", 0, 1, "crowded"))
    for label in labels(cx, band):
        tree = both(
            label_tree(cx, band, (label,), holds=True),
            _shows_other(cx, what, name, label),
            population(cx),
        )
        rule = cx.names.rule(f"bands {band.key}", f"label {label}")
        made = cx.made(band, "band-label")
        action = set_field_act(name, label, default=is_default(field))
        check = "Everybody in the band whose field does not show it yet."
        asked = fit(cx, tree, band)
        if _lets_in_by_mistake(cx, band):
            text = "a label, once, for somebody whom one change puts on a list and takes off another of those that say who is scored"
            more = (Bound(f"field {band.field}", 0, 1, "outside"),)
            cx.bounded("lists-follow-late", text, "dynamic-list-lag", bounds=more)
        elif actions_turn_population(cx.model):
            text = "the label of before, while outside, for somebody whom what moves the score takes out of the population"
            more = (Bound(f"field {band.field}", 0, 1, "outside"),)
            cx.bounded("lists-follow-late", text, "dynamic-list-lag", bounds=more)
        cx.add(AutomationRule(rule, asked, (action,), cx.repeat, PHASE_BANDS, check, made), rule)
    return f"a rule for each label writes the field {name!r}"


def _lets_in_by_mistake(cx: Context, band: Band) -> bool:
    """Whether the list of whom the model scores asks for lists of which one follows a change before the other."""
    found = (cx.objects.get((DynamicList, item.of)) for item in leaves(fit(cx, population(cx), band)))
    return any(isinstance(item, DynamicList) and one_change_turns_both(cx, item.criteria) for item in found)


def _shows_other(cx: Context, what: str, name: str, label: str) -> Expression:
    other = leaf(what, name, "is-not", label)
    return other if cx.flag("negatives-match-empty-fields") else either(other, leaf(what, name, "empty"))
