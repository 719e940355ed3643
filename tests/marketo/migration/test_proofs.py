"""Each kind of change on the emulator: people under the old version, the sheet's moves in order, people under the new one."""

from __future__ import annotations

import pytest

from scorewright.model.history import FieldSet, Person
from scorewright.plugin.emulation import SCHEDULES, Schedule
from scorewright.plugin.notes import Result
from scorewright.verify.lives import Life
from scorewright.verify.passage.stage import Stage
from scorewright.verify.passage.turning import Turning
from tests.marketo.migration.passing import Change
from tests.marketo.migration.rows import REFUSED, ROWS


def changed(row):
    old, new, *head = ROWS[row]
    return Change(old, new, **({"head": head[0]} if head else {}))


@pytest.mark.parametrize("row", ROWS)
def test_the_moves_lead_to_what_is_written_and_it_is_what_the_language_says(row):
    """Some of the lives; python -m tests.marketo.migration lives them all.

    Carried out on the files of then, the moves leave the files of now, and from there nothing is to be done.
    """
    change = changed(row)
    assert change.migration.moves
    assert change.left() == change.wanted()
    again = change.again()
    assert again.moves == ()
    assert not [note for note in again.notes if note.result is Result.REFUSED]
    proof = change.proof(stride=47)
    assert proof.holds, proof.failures
    assert proof.tally.compared > 5


@pytest.mark.parametrize("note", REFUSED)
def test_what_no_way_leads_to_is_refused_with_a_way_out(note):
    old, new, *head = REFUSED[note]
    migration = Change(old, new, **({"head": head[0]} if head else {})).migration
    assert migration.moves == ()
    refused = [item for item in migration.notes if item.result is Result.REFUSED]
    assert {item.name for item in refused} == {note}
    assert all(item.instead for item in refused)


def test_between_equal_versions_there_is_nothing_to_do():
    text = ROWS["a tier's case is worth more"][0]
    migration = Change(text, text).migration
    assert (migration.moves, migration.kept, migration.notes) == ((), (), ())


# --- faults in the moves ----------------------------------------------------------------------------------------------

_C, _T = "smart-campaigns", "tokens"


def made_anew(moves):
    """A clone in the place of an edit in place."""
    for move in moves:
        if move["act"] == "edit" and move["kind"] == _C:
            yield {
                **move,
                "new": {
                    **move["old"],
                    "name": f"{move['name']} (old)",
                    "campaign": f"{move['old']['campaign']} (old)",
                },
            }
            yield {**move, "act": "create"}
            if "switched_on" in move["new"]:
                yield {"act": "resume", "kind": _C, "name": move["name"]}
        else:
            yield move


def without(act, kind="", name=""):
    """One sort of move is left out."""
    return lambda moves: (
        move
        for move in moves
        if move["act"] != act or (kind and move.get("kind") != kind) or (name not in move.get("name", ""))
    )


def not_run(name):
    """A batch that is made for the change, or runs once, is left out."""
    gone = {"run", "delete"}
    return lambda moves: (
        move
        for move in moves
        if move["act"] not in gone or "Change: " not in move["name"] or name not in move["name"]
    )


def still_on(name):
    """A campaign is neither switched off nor deleted."""
    gone = {"pause", "delete"}
    return lambda moves: (move for move in moves if move["act"] not in gone or name not in move["name"])


def first(act, kind, name):
    """Moves of a sort come before all others."""

    def swapped(moves):
        chosen = [
            move for move in moves if (move["act"], move.get("kind")) == (act, kind) and name in move["name"]
        ]
        return [*chosen, *(move for move in moves if move not in chosen)]

    return swapped


LEAD, HANDED = "score lead", "done thresholds.hot.then.0"
FAULTS = [
    ("an asset is worth more", "the edit is left out", without("edit", _T), LEAD),
    ("an award is worth more", "the edit is left out", without("edit", _T), LEAD),
    ("an award is given twice", "what was given does not count", not_run("count of"), LEAD),
    ("an award has another window", "a clone where an edit was right", made_anew, LEAD),
    ("an award has a form more", "the trigger is forgotten", without("edit", _C), LEAD),
    ("an award goes", "nobody deactivates", still_on("When demo"), LEAD),
    ("a tier's case is worth more", "the re-roll is left out", not_run("points of"), LEAD),
    (
        "a tier's case lifts over the threshold",
        "past it counts for nothing",
        not_run("past"),
        HANDED,
    ),
    ("a tier's case lifts over the threshold", "it is looked at too early", first("run", _C, "past"), HANDED),
    ("a tier goes", "the points are not taken back", not_run("points of"), LEAD),
    ("what is kept is worth more", "who has it keeps the old", not_run("points of"), LEAD),
    ("a fact is kept for good", "what was recorded is not taken back", not_run("points of"), LEAD),
    ("a step takes more", "the edit is left out", without("edit", _C), LEAD),
    ("a step comes later", "the window widens at once", without("rest"), LEAD),
    ("the first step goes", "the counts stay", not_run("counts of"), LEAD),
    ("decay stops elsewhere", "who was spared is not counted", not_run("steps of"), LEAD),
    ("a threshold is lowered", "nobody is counted as handed over", not_run("Cross"), HANDED),
    ("a threshold is raised", "nobody is armed again", not_run("Re-arm"), HANDED),
    (
        "a threshold comes",
        "who is past it is not counted",
        without("run", _C, "Start"),
        "done thresholds.warm.then.0",
    ),
    ("a segment is of others", "the list is not edited", without("edit", "smart-lists"), HANDED),
]


@pytest.mark.parametrize(
    ("row", "name", "plant", "gauge"), FAULTS, ids=[f"{item[0]}: {item[1]}" for item in FAULTS]
)
def test_a_fault_in_the_moves_is_found(row, name, plant, gauge):
    failure = changed(row).failure(lambda moves: list(plant(moves)))
    assert failure is not None, "the proof does not find it"
    assert failure.difference.gauge == gauge


# --- what a row does not reach ----------------------------------------------------------------------------------------

_DAY = 86_400


@pytest.mark.parametrize("row", ["a tier of some people is worth more", "a tier of some people goes"])
def test_who_is_outside_at_the_change_has_the_new_points_once_inside(row):
    change = changed(row)
    stage = Stage(change.way(), change.target)
    born = 1_772_000_000
    moved = (FieldSet(born + 5 * _DAY, "region", "US"), FieldSet(born + 25 * _DAY, "region", "EU"))
    person = Person(created=born, fields={"job-title": "CEO", "region": "EU"}, history=moved)
    turning = Turning(Life("outside", person, born + 60 * _DAY, ()), born + 15 * _DAY + 7)
    for name in SCHEDULES:
        judged = stage.play(turning, Schedule(name, 3)).judged
        assert judged.compared
        assert not judged.differences


def test_where_an_active_campaign_cannot_be_edited_it_is_switched_off_for_it():
    row = ROWS["an award has a form more"]
    usual, other = Change(*row), Change(*row, edits_of_active=False)
    assert [act for act, *_ in usual.moves] == ["create", "edit"]
    assert [act for act, *_ in other.moves] == ["create", "pause", "edit", "resume"]
    assert other.proof(stride=47).holds


def test_where_nobody_follows_a_name_nothing_is_called_otherwise():
    migration = Change(*ROWS["a mark is called otherwise"], renames_follow=False).migration
    assert not migration.moves
    assert "renames-are-lost" in {note.name for note in migration.notes}
