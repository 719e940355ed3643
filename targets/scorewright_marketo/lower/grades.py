"""Grades and bands: a letter or a label in a text field, written by choices, read by filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.plugin.emulation import Bound
from scorewright_marketo.delays import GRADES
from scorewright_marketo.folders import GRADES_AND_BANDS, TRIGGERS
from scorewright_marketo.lower.conditions import clause_for, test_of_field
from scorewright_marketo.lower.echoes import echoes_in
from scorewright_marketo.lower.edges import may_end
from scorewright_marketo.lower.expr import EVERYBODY, Both, both, either
from scorewright_marketo.lower.nights import changed_lately
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.reading import LETTERS, letter_field, score_bands, stretches
from scorewright_marketo.lower.sums import put
from scorewright_marketo.lower.timing import nightly
from scorewright_marketo.lower.waits import wait_minutes
from scorewright_marketo.names import clean
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Band, Criterion, Grade
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["lower_band", "lower_grade"]


def lower_grade(b: Builder, grade: Grade) -> None:
    """Re-roll from the start letter for people whose fields changed; the letter is written once, at the end.

    A grade is no score: it is given outside the population too.
    """
    b.lowering = "grade"
    letter = letter_field(b, grade)
    steps = _grading(b, grade, letter)
    b.rests_on("choices", "is-zero-matches-empty")
    name = b.campaign_name(f"Grade {grade.title}")
    b.campaign(name, GRADES_AND_BANDS, "executable", EVERYBODY, steps, role="grade", population=False)
    b.campaign(
        b.campaign_name(f"Nightly grade {grade.title}"),
        GRADES_AND_BANDS,
        "batch",
        _changed(b, grade),
        (execute(b, name),),
        schedule=nightly(b),
        stage="nightly",
        role="nightly",
        population=False,
        checks=("After a pause of more than a day, run the batch “Start grade …” once.",),
    )
    _emit_start(b, f"Start grade {grade.title}", name, "Everybody gets a grade.")
    b.exact(
        "grade",
        f"A nightly batch grades people whose fields changed and writes {letter} once, at the end; at most a day late.",
        bounds=(Bound(f"grade {grade.key}", 0, None, "existing"),) if b.model.header.starts else (),
    )


def _grading(b: Builder, grade: Grade, letter: str) -> tuple[FlowStep, ...]:
    """Thirds and matches are counted from nothing, criterion by criterion; then the letter is told by them."""
    points = b.helper(
        "Thirds", "score", f"How far “{grade.title}” stands from F, in thirds; for one run only."
    )
    matches = b.helper("Matches", "score", f"How many criteria of “{grade.title}” match; for one run only.")
    steps = [put(points, f"={LETTERS.index(grade.start)}"), put(matches, "=0")]
    for criterion in grade.criteria:
        steps += _criterion(b, criterion, points, matches)
    rows = [Choice(Clause(matches, "is", ("0",)), grade.start)] if grade.hidden_until_match else []
    rows += [
        Choice(Clause(points, "at least", (str(place),)), LETTERS[place])
        for place in range(len(LETTERS) - 1, 0, -1)
    ]
    fields = (("Attribute", letter), ("New Value", "F"))
    return (*steps, FlowStep("Change Data Value", fields, "New Value", tuple(rows)))


def _emit_start(b: Builder, wanted: str, executable: str, why: str) -> None:
    """Once for everybody, when the model starts."""
    b.campaign(
        b.campaign_name(wanted),
        GRADES_AND_BANDS,
        "batch",
        EVERYBODY,
        (execute(b, executable),),
        schedule="Run once",
        stage="start",
        role="start",
        population=False,
        why=why,
    )


def _criterion(b: Builder, criterion: Criterion, points: str, matches: str) -> list[FlowStep]:
    """Unknown changes nothing, a match adds, a miss takes: the first choice that fits."""
    clause = clause_for(
        b, criterion.when, f"Criterion {criterion.id}", f"Who matches the criterion “{criterion.id}”."
    )
    unknown: list[Clause] = []
    for key in _fields(b, criterion.when, to_ask=False):
        found = test_of_field(b, key, con.Known(False), criterion.path, negated=False)
        if isinstance(found, Clause):
            unknown.append(found)
    spared = tuple(Choice(item, DO_NOTHING) for item in unknown)
    return [
        put(points, f"-{criterion.thirds}", (*spared, Choice(clause, f"+{criterion.thirds}"))),
        put(matches, DO_NOTHING, (*spared, Choice(clause, "+1"))),
    ]


def _fields(b: Builder, condition: con.Condition, *, to_ask: bool = True) -> tuple[str, ...]:
    """The fields that a condition reads, by way of segments too; also those of which it only asks whether they are known."""
    found = (item for item in _tests(b, condition) if to_ask or not isinstance(item.test, con.Known))
    return tuple(dict.fromkeys(item.field for item in found))


def _tests(b: Builder, condition: con.Condition) -> Iterator[con.FieldTest]:
    for item in con.walk(condition):
        if isinstance(item, con.FieldTest):
            yield item
        elif isinstance(item, con.InSegment):
            yield from _tests(b, b.model.segments[item.segment].when)


def _changed(b: Builder, grade: Grade) -> Expr:
    """People with a new value in a field that the grade reads, and new people.

    Everybody where it reads more than fields, or how long ago a date was: no log tells that a day has passed.
    """
    leaves = [item for criterion in grade.criteria for item in con.walk(criterion.when)]
    if any(not isinstance(item, (con.FieldTest, con.All, con.AnyOf, con.Not)) for item in leaves):
        return EVERYBODY
    if any(isinstance(item, con.FieldTest) and isinstance(item.test, con.Age) for item in leaves):
        return EVERYBODY
    labels = tuple(
        dict.fromkeys(
            b.field_label(key) for criterion in grade.criteria for key in _fields(b, criterion.when)
        )
    )
    return either(*changed_lately(*labels))


# --- bands ------------------------------------------------------------------------------------------------------------------------


def lower_band(b: Builder, band: Band) -> None:
    """With a field: an executable that writes the label after each change of a score; without: nothing to build."""
    if band.field is None:
        b.exact("band-read", "Nothing to build: whoever asks for a label asks for its stretch of the score.")
        return
    b.lowering = "band-field"
    label = b.field_label(band.field)
    parts = score_bands(b, band)
    scores = tuple(
        dict.fromkeys(b.score_field(b.model.scores[part.score]) for part in parts if part.score is not None)
    )
    name = b.campaign_name(f"Label {band.title}")
    b.campaign(name, GRADES_AND_BANDS, "executable", EVERYBODY, _label_steps(b, band, label), role="label")
    if b.population != Both(()):
        b.campaign(
            b.campaign_name(f"Nightly {band.title}"),
            GRADES_AND_BANDS,
            "batch",
            EVERYBODY,
            (execute(b, name),),
            schedule=nightly(b, GRADES),
            stage="nightly",
            role="nightly",
            why="Who has come into the population since has a label too.",
        )
    b.campaign(
        b.campaign_name(f"When {band.title} may change"),
        TRIGGERS,
        "trigger",
        both(),
        (wait_minutes(b.options.wait), execute(b, name)),
        triggers=(Clause("Score is Changed", "is", scores, "Score Name"), Clause("Person is Created")),
        stage="helpers",
        role="watch",
        population=False,
        why=f"Keeps {label} like the score.",
    )
    _emit_start(b, f"Start {band.title}", name, "Everybody gets a label.")
    b.exact(
        "band-field",
        f"Choices on the score write {label}, {b.options.wait} minutes after each change.",
        bounds=tuple(Bound(f"field {band.field}", 0, 1, when) for when in _label_late(b, parts)),
    )


def _label_late(b: Builder, parts: tuple[Band, ...]) -> Iterator[str]:
    """The situations in which a label has not been written yet."""
    if b.model.header.starts:
        yield "existing"
    if may_end(b) or any(part.score is not None and echoes_in(b, part.score) for part in parts):
        yield "crowded"


def _label_steps(b: Builder, band: Band, label: str) -> tuple[FlowStep, ...]:
    """Write a band's label by its score; joined bands write theirs first, and their fields are copied one after the other."""
    if not band.join:
        assert band.score is not None
        name = b.score_field(b.model.scores[band.score])
        rows = tuple(
            Choice(Clause(name, "at least", (str(low),)), text)
            for text, low, _ in stretches(band)
            if low is not None
        )
        last = next((text for text, low, _ in stretches(band) if low is None), "")
        return (
            FlowStep("Change Data Value", (("Attribute", label), ("New Value", last)), "New Value", rows),
        )
    fields = []
    steps: list[FlowStep] = []
    for key in band.join:
        part = b.model.bands[key]
        field = (
            b.field_label(part.field)
            if part.field is not None
            else b.shared_helper(
                f"{b.options.helper_prefix} Label {clean(part.title)}",
                "string",
                f"The label of “{part.title}”.",
            )
        )
        fields.append(field)
        steps += _label_steps(b, part, field)
    b.rests_on("lead-token-in-data-value")
    joined = "".join("{{lead." + field + "}}" for field in fields)
    return (*steps, FlowStep("Change Data Value", (("Attribute", label), ("New Value", joined))))
