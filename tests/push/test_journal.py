"""The journal can be read whatever happened to whoever wrote it."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.plugin.reach import Key
from scorewright.plugin.wire import Call
from scorewright.push.journal import Journal, read_journal

KEY = Key("boxes", "a")


def written(path, outcome="done"):
    journal = Journal(path, "one", lambda: 1000.0)
    journal.about("create", KEY)
    call = Call("POST", "/boxes", "create a", writes=True, makes=True)
    number = journal.before(call)
    if outcome:
        journal.after(call, number, outcome, "", "")
    journal.close()


def test_a_call_without_an_answer_is_known_as_one(tmp_path):
    path = tmp_path / "box.journal"
    written(path, "")
    written(path, "done")
    assert [entry.outcome for entry in read_journal(path)] == ["", "done"]
    assert {(entry.key, entry.makes, entry.at, entry.identity) for entry in read_journal(path)} == {
        (KEY, True, 1000.0, "one")
    }
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_an_answer_to_a_look_is_none_to_the_call_of_that_number_that_was_cut_off_before(tmp_path):
    path = tmp_path / "box.journal"
    written(path, "")
    journal = Journal(path, "one", lambda: 1000.0)
    call = Call("GET", "/boxes", "look")
    journal.after(call, journal.before(call), "absent", "", "")
    journal.close()
    assert [entry.outcome for entry in read_journal(path)] == [""]


@settings(deadline=None)
@given(st.integers(0, 2000))
def test_a_file_cut_off_anywhere_is_read_and_goes_on(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("journal") / "box.journal"
    written(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: min(cut, len(whole))])
    before = read_journal(path)
    written(path)
    assert len(read_journal(path)) == len(before) + 1
    assert read_journal(path)[-1].outcome == "done"


@settings(deadline=None)
@given(st.lists(st.text(max_size=40) | st.from_type(type(None)).map(json.dumps), max_size=5))
def test_foreign_lines_are_passed_over(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("journal") / "box.journal"
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    assert read_journal(path) == ()
