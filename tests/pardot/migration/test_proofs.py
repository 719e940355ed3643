"""Each kind of change on the emulator: people under the old version, the sheet's moves in order, people under the new one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorewright.plugin.notes import Result
from tests.pardot.migration.passing import Change, prove
from tests.pardot.migration.rows import GUARDED, REFUSED, REGION, ROWS, ends, guarded


def changed(row):
    old, new, *head = ROWS[row]
    return Change(old, new, **({"head": head[0]} if head else {}))


@pytest.mark.parametrize("row", ROWS)
def test_the_moves_lead_to_what_is_written_and_it_is_what_the_language_says(row):
    """Some of the lives.

    Carried out on the files of then, the moves leave the files of now: nothing is forgotten, nothing is too much; and from
    there nothing is to be done.
    """
    change = changed(row)
    assert change.migration.moves
    assert change.left() == change.wanted()
    again = change.again()
    assert again.moves == ()
    assert not [note for note in again.notes if note.result is Result.REFUSED]
    proof = change.proof(stride=9)
    assert proof.holds, proof.failures
    assert proof.tally.compared > 20


@pytest.mark.parametrize("row", REFUSED)
def test_what_no_way_leads_to_is_refused_with_a_way_out(row):
    old, new, way_out = REFUSED[row]
    migration = Change(old, new).migration
    assert migration.moves == ()
    refused = [item for item in migration.notes if item.result is Result.REFUSED]
    assert [item.name for item in refused] == [row.partition(",")[0]]
    assert way_out in refused[0].instead


def test_where_a_rescore_undoes_what_rules_took_no_row_changes_beside_a_decay():
    row = ROWS["every page is worth more, beside a decay"]
    notes = Change(*row, rescore_keeps_adjustments=False).notes
    assert ("rules.page", "baseline-beside-decay", "refused") in notes


def test_who_stopped_higher_may_meet_a_step_again_and_that_is_told():
    higher, lower = ROWS["a decay stops lower"]
    told = ("decay.quiet", "set-again-in-silence", "bounded")
    assert told in Change(higher, lower).notes
    assert told not in Change(lower, higher).notes


# --- faults in the moves ----------------------------------------------------------------------------------------------


def made_anew(moves):
    """A new rule in the place of an edit in place."""
    for move in moves:
        if move["act"] == "edit" and move["kind"] == "automation-rules":
            yield {"act": "delete", "kind": move["kind"], "name": move["name"]}
            yield {**move, "act": "create", "name": move["new"].get("name", move["name"])}
        else:
            yield move


def programs_anew(moves):
    """A new program in the place of an edit in place; it is started with the others."""
    for move in moves:
        if (move["act"], move.get("kind")) == ("edit", _P):
            new = {key: value for key, value in move["new"].items() if key != "goes_on"}
            yield {"act": "delete", "kind": _P, "name": move["name"]}
            yield {**move, "act": "create", "new": new}
        else:
            yield move


def made_to_rest(moves):
    """The program that this version does not have is paused first, as what goes is."""
    return [{"act": "pause", "kind": _P, "name": "SW rules demo: 15 lead for 20d"}, *moves]


def without(act, kind="", name=""):
    """One sort of move is left out."""
    return lambda moves: (
        move
        for move in moves
        if move["act"] != act or (kind and move.get("kind") != kind) or (name not in move.get("name", ""))
    )


def last_first(act, kind):
    """Moves of a sort come before all others."""

    def swapped(moves):
        chosen = [move for move in moves if (move["act"], move.get("kind")) == (act, kind)]
        return [*chosen, *(move for move in moves if move not in chosen)]

    return swapped


_R, _S, _P = "automation-rules", "segmentation-rules", "engagement-programs"
LEAD, INTEREST, HANDED = "score lead", "score interest", "done thresholds.hot.then.0"
FAULTS = [
    ("an award is worth more", "a new rule where an edit was right", made_anew, LEAD),
    ("an award is worth more", "the edit is left out", without("edit", _R), LEAD),
    (
        "every page is worth more, beside a decay",
        "the row stays as it was",
        without("edit", "baseline-scoring"),
        LEAD,
    ),
    ("an award is worth more", "nobody resumes", without("resume", _R), LEAD),
    ("an award is for everybody", "who did it before is given it", without("run", _S), LEAD),
    ("an award is given twice", "what was given does not count", without("run", _S), LEAD),
    ("an award is given three times", "what came beyond the limit counts", without("run", _S), LEAD),
    (
        "an award has a form more",
        "the form's action is forgotten",
        without("create", "completion-actions"),
        LEAD,
    ),
    ("a tier's case is worth more", "nobody waits", without("wait"), LEAD),
    ("a tier's case is worth more", "the drain is left out", without("resume", _R, "from 15"), LEAD),
    ("a tier's case lifts over the threshold", "past it counts for nothing", without("run", _S), HANDED),
    ("a tier goes", "the drains are left out", without("resume", _R, "from"), LEAD),
    (
        "a ceiling is lowered, and nothing gives points",
        "nobody is brought back",
        without("resume", _R, "within its ceiling"),
        LEAD,
    ),
    (
        "a floor is raised, and nothing takes points",
        "nobody is brought back",
        without("resume", _R, "within its floor"),
        LEAD,
    ),
    ("what is kept is worth more", "a new rule where an edit was right", made_anew, LEAD),
    ("a fact is kept for good", "who has it is not drained", without("resume", _R, "from 5"), LEAD),
    ("a step takes more", "a new rule where an edit was right", made_anew, LEAD),
    ("a step comes later", "the quarantine is skipped", without("rest"), LEAD),
    ("an award ends later", "the program of then goes at once", without("rest"), LEAD),
    ("an award ends later", "nobody starts the new program", without("resume", _P), LEAD),
    ("an award ends no more", "the program of then is paused", made_to_rest, LEAD),
    ("a program takes more", "a new program where an edit was right", programs_anew, INTEREST),
    ("a program takes more", "the edit is left out", without("edit", _P), INTEREST),
    ("a program comes later", "the quarantine is skipped", without("rest"), INTEREST),
    ("a program brings lower", "nobody starts the new program", without("resume", _P), INTEREST),
    ("a program in the place of rules", "the quarantine is skipped", without("rest"), INTEREST),
    ("a threshold is lowered", "nobody is counted as handed over", without("run", _S), HANDED),
    ("a threshold is lowered", "they are counted before the edit", last_first("run", _S), HANDED),
    (
        "a threshold is raised",
        "the rule that arms again is forgotten",
        without("edit", _R, "below again"),
        HANDED,
    ),
    ("a segment is of others", "the list is not edited", without("edit", "dynamic-lists"), "segment ours"),
    ("a segment is of others", "nobody waits for the list", without("wait"), HANDED),
]


@pytest.mark.parametrize(
    ("row", "name", "plant", "gauge"), FAULTS, ids=[f"{item[0]}: {item[1]}" for item in FAULTS]
)
def test_a_fault_in_the_moves_is_found(row, name, plant, gauge):
    failure = changed(row).failure(lambda moves: list(plant(moves)))
    assert failure is not None, "the proof does not find it"
    assert failure.difference.gauge == gauge


def test_what_a_change_has_left_for_who_is_outside_is_done_with_once_nobody_is():
    first = Change(guarded(15), guarded(20), head=GUARDED)
    left = {(item.kind, item.name) for item in first.migration.kept}
    assert {kind for kind, _ in left} == {"automation-rules", "tags"}
    goes_on = first.then(guarded(30), head=GUARDED)
    assert left < {(item.kind, item.name) for item in goes_on.migration.kept}
    for last in (first.then(guarded(20)), goes_on.then(guarded(30))):
        assert last.migration.kept == ()
        assert last.left() == last.wanted()
        assert last.again().moves == ()
        assert ("delete", "tags", "sw/tiers/title/case-1/15") in last.moves
        assert last.proof(stride=23).holds


def test_an_award_that_ends_waits_beside_those_of_another_version_and_is_found_again():
    """Where nobody is outside the program of then goes by itself; where some are it stays, and a later version has it again."""
    old, new = (ends(f'expires = "{days}d"') for days in (20, 40))
    assert Change(old, new).migration.kept == ()
    assert ("rest", 23 * 24) in Change(old, new).moves
    first = Change(old + REGION, new + REGION, head=GUARDED)
    named = [(item.kind, item.name) for item in first.migration.kept]
    assert ("engagement-programs", "SW rules demo: 15 lead for 20d") in named
    back = first.then(old + REGION, head=GUARDED)
    assert {item.name for item in back.migration.kept if item.kind == "engagement-programs"} == {
        "SW rules demo: 15 lead for 40d"
    }
    everybody = first.then(new)
    assert everybody.migration.kept == ()
    for last in (back, everybody):
        assert last.left() == last.wanted()
        assert last.again().moves == ()
        proof = last.proof(stride=11)
        assert proof.holds, proof.failures


def test_programs_are_counted_at_the_peak_of_the_change():
    edition = '[targets.pardot]\nedition = "growth"\n'
    change = Change(ends('expires = "20d"') + edition, ends('expires = "40d"') + edition)
    assert [(quota.name, quota.used) for quota in change.migration.quotas] == [
        ("engagement programs at the peak of the change (growth)", 2)
    ]


def test_between_equal_versions_there_is_nothing_to_do():
    text = ROWS["a tier's case is worth more"][0]
    migration = Change(text, text).migration
    assert (migration.moves, migration.kept, migration.notes) == ((), (), ())


# --- what a proof tells beside what differs -------------------------------------------------------------------------------


def test_the_proof_tells_the_facts_it_rests_on_and_what_no_life_has_exercised():
    change = changed("a tier's case is worth more")
    proof = prove(replace(change.way(stride=9), worlds=4), change.target)
    assert proof.holds
    assert [sway.fact for sway in proof.tally.sways] == ["text-ignores-case"]
    assert not proof.unnamed
    assert not proof.missed
    assert proof.goals > len(change.migration.moves) // 2
    thin = prove(replace(change.way(), only="nobody: nothing happens"), change.target)
    assert thin.tally.lives
    assert "this version: rules.demo gives" in thin.missed
    assert any("resume SW thresholds hot" in said for said in thin.missed)


def test_the_proof_is_the_same_in_any_number_of_processes():
    change = changed("an award is worth more")
    way = change.way(lambda moves: list(without("resume", _R)(moves)), stride=7)
    one, two = (prove(way, change.target, jobs=jobs) for jobs in (1, 2))
    assert one.failures
    assert (one.tally, one.missed) == (two.tally, two.missed)
