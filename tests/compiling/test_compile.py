"""A compile holds every target to its contract, and writes the same bytes each time."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scorewright.compiling import compile_spec, run, summary
from scorewright.plugin.bundle import Quota
from scorewright.plugin.capability import Capability, Support
from scorewright.plugin.notes import Note, Result
from scorewright.plugin.registry import UnknownTargetError, WrongApiError
from scorewright.plugin.sheet import Step
from scorewright.project import Instance, Project, load_project
from tests.compiling.fake_target import FakeTarget

if TYPE_CHECKING:
    from scorewright.compiling import Compiled
    from scorewright.diagnostics.diagnostic import Diagnostic

SPEC = """
language = 1

[model]
id = "small"
title = "Small *model*"
timezone = "Europe/Paris"
counts_as_activity = ["visits"]

[assets]
contact = { form = "Contact us" }

[scores.engagement]
kind = "engagement"
overall = true
ceiling = 500

[rules.contact]
on = { submits = "contact" }
points = { engagement = 50 }
limit = { times = 1 }
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "model.toml"
    path.write_text(SPEC)
    return path


def build(
    spec: Path,
    target: FakeTarget,
    monkeypatch: pytest.MonkeyPatch,
    more: str = "",
    project: Project | None = None,
    **how: str,
) -> Compiled:
    if more:
        spec.write_text(spec.read_text() + more)
    monkeypatch.setattr(run, "load", lambda name: target)
    return compile_spec(
        spec,
        project=project or Project(spec.parent),
        targets=("fake",),
        edition=how.get("edition"),
        instance=how.get("instance"),
        today=date(2026, 1, 1),
    )


def the(code: str, compiled: Compiled) -> Diagnostic:
    (found,) = (item for item in compiled.diagnostics if item.code == code)
    return found


def codes(compiled: Compiled) -> list[str]:
    return [found.code for found in compiled.diagnostics if found.code.startswith("SW6")]


def test_files_hold_the_objects_with_their_origin(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = build(spec, FakeTarget(), monkeypatch).files["fake"]
    assert set(files) == {
        "things.toml",
        "notes.toml",
        "gauges.toml",
        "facts.toml",
        "provenance.toml",
        "build-sheet.html",
        "build-sheet.md",
    }
    things = tomllib.loads(files["things.toml"].decode())["things"]
    assert {"name": "rules.contact", "for": ["rules.contact"], "lowering": "copy", "worth": 1} in things
    origin = tomllib.loads(files["provenance.toml"].decode())["elements"]
    line = SPEC.splitlines().index("[rules.contact]") + 1
    assert {
        "element": "rules.contact",
        "file": "model.toml",
        "line": line,
        "objects": ["things: rules.contact"],
    } in origin


def test_the_same_spec_gives_the_same_bytes_in_another_folder(
    spec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(spec, FakeTarget(), monkeypatch).files
    other = tmp_path / "elsewhere" / "deeper" / "model.toml"
    other.parent.mkdir(parents=True)
    other.write_text(spec.read_text())
    monkeypatch.chdir(other.parent)
    assert build(other, FakeTarget(), monkeypatch).files == first


def test_a_feature_that_is_not_there_is_refused_at_its_place(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = {
        "limit-once": Capability(
            "limit-once", Support.NOT_IMPLEMENTED, "Nobody wrote it.", instead="pay each time"
        ),
        "event-submits": Capability("event-submits", Support.IMPOSSIBLE, "It has no forms."),
    }
    compiled = build(spec, FakeTarget(support=missing), monkeypatch)
    assert compiled.files == {}
    by_code = {found.code: found for found in compiled.diagnostics}
    assert by_code["SW601"].place is not None
    assert by_code["SW601"].place.source == "limit = { times = 1 }"
    assert "pay each time" in by_code["SW601"].help
    assert "left-out" in by_code["SW601"].help
    assert by_code["SW602"].place is not None
    assert by_code["SW602"].place.source == 'on = { submits = "contact" }'


def test_a_refused_shape_is_an_error_with_its_way_out(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = Note(
        "no-way", Result.REFUSED, "rules.contact", ("rules", "contact", "points"), "no means", instead="use 5"
    )
    compiled = build(spec, FakeTarget(notes={"rules.contact": note}), monkeypatch)
    assert codes(compiled) == ["SW603"]
    assert "use 5" in the("SW603", compiled).help


BOUNDED = Note(
    "late", Result.BOUNDED, "rules.contact", ("rules", "contact"), "a night late", "50 for a night"
)
ACCEPT = """
[accept.late]
target = "fake"
note = "late"
for = "rules.contact"
why = "Sales sleeps too."
"""


def test_a_bounded_note_stops_until_it_is_accepted_by_name(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget(notes={"rules.contact": BOUNDED})
    refused = build(spec, target, monkeypatch)
    assert codes(refused) == ["SW604"]
    assert "50 for a night" in the("SW604", refused).message
    assert 'note = "late"' in the("SW604", refused).help
    taken = build(spec, target, monkeypatch, ACCEPT)
    assert codes(taken) == []
    assert "Sales sleeps too." in taken.files["fake"]["build-sheet.md"].decode()
    assert "50 for a night" in summary(taken)


@pytest.mark.parametrize(
    ("products", "said"),
    [
        (("one", "two", "three"), "(for each of 3 products)"),
        ((None, None), "(2 times)"),
        (("one",), "night\n"),
    ],
)
def test_what_is_said_of_each_copy_stands_in_one_line(
    products: tuple[str | None, ...], said: str, spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = build(spec, FakeTarget(notes={"rules.contact": BOUNDED}), monkeypatch, ACCEPT)
    (built,) = taken.built
    (note,) = [note for note in built.bundle.notes if note.name == "late"]
    notes = tuple(replace(note, product=product) for product in products)
    text = summary(replace(taken, built=(replace(built, bundle=replace(built.bundle, notes=notes)),)))
    assert text.count("bounded: ") == 1
    assert said in text


def test_one_acceptance_takes_a_note_for_every_element_and_the_summary_says_so(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget(notes={"rules.contact": BOUNDED})
    broad = ACCEPT.replace("rules.contact", "*").replace("accept.late", "accept.broad")
    taken = build(spec, target, monkeypatch, broad)
    assert codes(taken) == []
    assert "Sales sleeps too." in taken.files["fake"]["build-sheet.md"].decode()
    assert "taken for all by accept.broad" in summary(taken)
    (note,) = _notes(taken, "late")
    assert (note["accepted"], note["accepted_for"]) == (True, "*")


def test_an_acceptance_of_the_element_goes_before_one_for_all(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broad = ACCEPT.replace("rules.contact", "*").replace("accept.late", "accept.broad")
    target = FakeTarget(notes={"rules.contact": BOUNDED})
    taken = build(spec, target, monkeypatch, ACCEPT + broad.replace("Sales sleeps too.", "Whatever."))
    assert codes(taken) == ["SW608"]
    assert "any element" in the("SW608", taken).message
    assert "Whatever." not in taken.files["fake"]["build-sheet.md"].decode()


def test_nothing_is_left_out_as_a_whole(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SW611" in codes(build(spec, FakeTarget(), monkeypatch, LEFT_OUT.replace("rules.contact", "*")))


def _notes(compiled: Compiled, name: str) -> list[dict[str, Any]]:
    notes = tomllib.loads(compiled.files["fake"]["notes.toml"].decode())["notes"]
    return [note for note in notes if note["note"] == name]


def test_what_is_refused_asks_for_no_acceptance_of_its_bounds(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = {"limit-once": Capability("limit-once", Support.IMPOSSIBLE, "No memory.")}
    target = FakeTarget(support=missing, notes={"rules.contact": BOUNDED})
    assert codes(build(spec, target, monkeypatch)) == ["SW602"]


@pytest.mark.parametrize("for_", ["rules.contact", "*"])
def test_an_acceptance_for_what_is_refused_waits_until_it_can_be_built(
    spec: Path, monkeypatch: pytest.MonkeyPatch, for_: str
) -> None:
    refused = replace(BOUNDED, name="no", result=Result.REFUSED)
    target = FakeTarget(notes={"rules.contact": refused})
    assert codes(build(spec, target, monkeypatch, ACCEPT.replace("rules.contact", for_))) == ["SW603"]


def test_of_two_acceptances_of_one_note_the_other_is_said_to_take_it(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget(notes={"rules.contact": BOUNDED})
    twice = build(spec, target, monkeypatch, ACCEPT + ACCEPT.replace("accept.late", "accept.again"))
    assert codes(twice) == ["SW608"]
    assert "[accept.again] takes" in the("SW608", twice).message


def test_an_acceptance_of_nothing_is_a_warning(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(build(spec, FakeTarget(), monkeypatch, ACCEPT)) == ["SW608"]


LEFT_OUT = ACCEPT.replace('"late"', '"left-out"')


def test_what_is_left_out_never_reaches_the_target_and_is_shown(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = {"limit-once": Capability("limit-once", Support.IMPOSSIBLE, "No memory.")}
    target = FakeTarget(support=missing)
    compiled = build(spec, target, monkeypatch, LEFT_OUT)
    assert codes(compiled) == []
    assert dict(target.asked[0].model.rules) == {}
    notes = tomllib.loads(compiled.files["fake"]["notes.toml"].decode())["notes"]
    assert [note["accepted"] for note in notes if note["note"] == "left-out"] == [True]
    assert "left-out" in summary(compiled)
    assert "rules.contact" in compiled.files["fake"]["build-sheet.md"].decode()


def test_a_score_cannot_be_left_out(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = LEFT_OUT.replace("rules.contact", "scores.engagement")
    assert "SW611" in codes(build(spec, FakeTarget(), monkeypatch, more))


def test_silence_about_an_element_is_the_plugins_fault(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = build(spec, FakeTarget(silent_about=("rules.contact",)), monkeypatch)
    assert codes(compiled) == ["SW610"]
    assert compiled.files == {}


def test_a_plugin_that_fails_is_told_without_a_traceback(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = build(spec, FakeTarget(fault=ZeroDivisionError("by zero")), monkeypatch)
    assert codes(compiled) == ["SW610"]
    assert "ZeroDivisionError" in the("SW610", compiled).message


def test_over_quota_says_by_how_much_and_what_costs_most(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quota = Quota("rules", 12, 10, dearest=(("rules.contact", 9),), savings=("merge them",))
    compiled = build(spec, FakeTarget(quotas=(quota,)), monkeypatch)
    assert codes(compiled) == ["SW605"]
    assert "2 too many" in the("SW605", compiled).message
    assert "rules.contact (9)" in the("SW605", compiled).help
    assert "merge them" in the("SW605", compiled).help


def test_above_what_is_advised_is_advice(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quota = Quota("fields", 4, None, dearest=(("rules.contact", 4),), savings=("limit once",), advised=3)
    compiled = build(spec, FakeTarget(quotas=(quota,)), monkeypatch)
    assert codes(compiled) == ["SW614"]
    assert the("SW614", compiled).severity == "advice"
    assert "limit once" in the("SW614", compiled).help
    enough = Quota("fields", 3, None, advised=3)
    assert codes(build(spec, FakeTarget(quotas=(enough,)), monkeypatch)) == []


def test_options_of_the_spec_stand_before_the_projects_and_the_edition_before_both(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget()
    project = Project(spec.parent, targets={"fake": {"edition": "small"}})
    build(spec, target, monkeypatch, project=project)
    assert target.asked[-1].options == {"edition": "small"}
    build(spec, target, monkeypatch, '\n[targets.fake]\nedition = "large"\n', project=project)
    assert target.asked[-1].options == {"edition": "large"}
    build(spec, target, monkeypatch, project=project, edition="small")
    assert target.asked[-1].options == {"edition": "small"}


@pytest.mark.parametrize(
    ("option", "words"), [("editon", "did you mean 'edition'"), ("edition", "it takes small, large")]
)
def test_a_bad_option_is_told_with_its_place(
    spec: Path, monkeypatch: pytest.MonkeyPatch, option: str, words: str
) -> None:
    compiled = build(spec, FakeTarget(), monkeypatch, f'\n[targets.fake]\n{option} = "huge"\n')
    found = the("SW607", compiled)
    assert found.place is not None
    assert found.place.source == f'{option} = "huge"'
    assert words in found.help


def test_an_edition_for_a_target_without_editions_is_told(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget()
    monkeypatch.setattr(target, "options_schema", lambda: {"type": "object", "properties": {}})
    assert codes(build(spec, target, monkeypatch, edition="large")) == ["SW607"]


def test_an_option_for_what_the_model_does_not_have_is_told_with_its_place(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget()
    sizes = {"type": "object", "x-keys": "scores", "additionalProperties": {"type": "integer"}}
    monkeypatch.setattr(target, "options_schema", lambda: {"type": "object", "properties": {"range": sizes}})
    found = the("SW607", build(spec, target, monkeypatch, "\n[targets.fake]\nrange = { nosuch = 5 }\n"))
    assert "'nosuch', and the model has no such score" in found.message
    assert found.place.source == "range = { nosuch = 5 }"


def test_an_option_for_a_word_that_nobody_asks_for_or_that_is_not_in_the_text_is_told_with_its_place(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget()
    words = {"type": "object", "x-words": "contains_word", "additionalProperties": {"type": "array"}}
    monkeypatch.setattr(target, "options_schema", lambda: {"type": "object", "properties": {"like": words}})
    options = '[segments.chiefs]\nwhen = { not = { field = "job-title", contains_word = "COO" } }\n'
    options += '[targets.fake]\nlike = { COO = ["Coordinator", "Clerk"], CO = ["Coop"] }\n'
    found = [item for item in build(spec, target, monkeypatch, options).diagnostics if item.code == "SW607"]
    assert ["'Clerk' does not contain 'COO'" in found[0].message, found[0].place.column] == [True, 32]
    assert ["'CO', and no contains_word" in found[1].message, found[1].help] == [True, "did you mean 'COO'?"]


def test_an_option_that_json_could_not_hold_is_told_too(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = build(spec, FakeTarget(), monkeypatch, "\n[targets.fake]\nedition = 2026-01-01\n")
    assert codes(compiled) == ["SW607"]


def test_an_instance_answers_a_fact_and_the_answer_is_gone_by(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = FakeTarget()
    plain = build(spec, target, monkeypatch)
    assert "unsure" in summary(plain)
    answered = Project(spec.parent, instances={"box": Instance("box", "fake", "sandbox", {"unsure": False})})
    compiled = build(spec, target, monkeypatch, project=answered, instance="box")
    assert target.asked[-1].facts == {"sure": True, "unsure": False}
    assert "unsure" not in summary(compiled)


@pytest.mark.parametrize("facts", [{"unsurr": False}, {"unsure": 3}])
def test_an_answer_that_fits_no_fact_is_an_error(
    spec: Path, monkeypatch: pytest.MonkeyPatch, facts: dict[str, object]
) -> None:
    project = Project(spec.parent, instances={"box": Instance("box", "fake", "sandbox", facts)})
    compiled = build(spec, FakeTarget(), monkeypatch, project=project, instance="box")
    assert codes(compiled) == ["SW609"]


def test_what_is_wrong_for_a_target_in_the_project_s_file_is_shown_there(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = '[targets.fake]\nhue = 1\n[instances.box]\ntarget = "fake"\nkind = "sandbox"\nfacts = { unsurr = false }\n'
    folder = spec if spec.is_dir() else spec.parent
    (folder / "scorewright.toml").write_text(answers, encoding="utf-8")
    compiled = build(spec, FakeTarget(), monkeypatch, project=load_project(spec).project, instance="box")
    found = [(item.code, item.place) for item in compiled.diagnostics if item.severity == "error"]
    assert [(code, Path(at.file).name, at.line, at.column) for code, at in found if at] == [
        ("SW607", "scorewright.toml", 2, 1),
        ("SW609", "scorewright.toml", 6, 11),
    ]


@pytest.mark.parametrize("fault", [UnknownTargetError("fake"), WrongApiError("another version")])
def test_a_target_that_is_not_there_is_told(
    spec: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def load(name: str) -> FakeTarget:
        raise fault

    monkeypatch.setattr(run, "load", load)
    compiled = compile_spec(
        spec,
        project=Project(spec.parent),
        targets=("fake",),
        edition=None,
        instance=None,
        today=date(2026, 1, 1),
    )
    assert codes(compiled) == ["SW606"]


def test_texts_of_a_spec_cannot_inject_markup_into_the_sheet(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = (Step("type", "Name", "a `b` ``c``"), Step("note", "Then rest.", note="Really."))
    sheet = build(spec, FakeTarget(steps=steps), monkeypatch).files["fake"]["build-sheet.md"].decode()
    assert "Model: **Small \\*model\\***" in sheet
    assert "``` a `b` ``c`` ```" in sheet
