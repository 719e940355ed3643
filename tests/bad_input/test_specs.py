"""Bad specs on the command line, and some of them from a shell: a coded message with a place, exit 1, nothing written, and never a traceback."""

from __future__ import annotations

import json
import os
import re

import pytest

from tests.conftest import ROOT

MINIMAL = (ROOT / "specs" / "minimal" / "model.toml").read_text("utf-8")
PLACE = re.compile(r"--> [^\n]+:\d+:\d+")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
INCLUDE = MINIMAL.replace("language = 1\n", "language = 1\ninclude = [%s]\n", 1)
RULE = '\n[rules.extra]\non = { visits = "any-page" }\npoints = { engagement = %s }\n'


def below(text):
    """The minimal spec with more tables below."""
    return MINIMAL + "\n" + text


def nested(depth):
    condition = "{ not = " * depth + "{ mark = 'm' }" + " }" * depth
    return below(f"[marks]\nm = {{}}\n[segments.deep]\nwhen = {condition}\n")


CASES = {
    # malformed TOML
    "a header that does not end": (MINIMAL.replace("[model]", "[model", 1), "SW010"),
    "a text that does not end": (MINIMAL.replace('id = "minimal"', 'id = "minimal', 1), "SW010"),
    "typed quotes": (MINIMAL.replace('id = "minimal"', "id = “minimal”", 1), "SW010"),
    "a table twice": (below("[model]\nid = 'again'"), "SW011"),
    "an inline table over lines": (below("[segments.s]\nwhen = {\n  crm = 'lead',\n}"), "SW012"),
    # wrong types
    "a text for a number": (below(RULE % '"Fifty points"'), "SW104"),
    "a fraction": (below(RULE % "2.5"), "SW109"),
    "a table for a text": (MINIMAL.replace('title = "My first scoring model"', "title = {}", 1), "SW103"),
    "an array for a table": (
        MINIMAL.replace("language = 1\n", "language = 1\ngroups = [1, 2]\n", 1),
        "SW103",
    ),
    "a date in quotes": (MINIMAL.replace("created = 2026-01-05", 'created = "2026-01-05"', 1), "SW103"),
    "a clock time without quotes": (below("[schedules.s]\nat = [08:00:00]"), "SW103"),
    # huge numbers
    "a number past 32 bits": (below(RULE % 2**31), "SW104"),
    "a number past 64 bits": (below(RULE % 2**70), "SW109"),
    "a number of 10,000 digits": (below(RULE % ("9" * 10_000)), "SW014"),
    "not a number": (below(RULE % "nan"), "SW109"),
    "a count of billions": (
        below(
            "[rules.c]\non = { searches = true }\npoints = { engagement = 1 }\nlimit = { times = 3000000000 }"
        ),
        "SW104",
    ),
    # deep nesting
    "conditions 100 deep": (nested(100), "SW013"),
    "conditions 20,000 deep": (nested(20_000), "SW013"),
    "headers 5,000 deep": (below(f"[{'.'.join('a' * 5000)}]"), "SW013"),
    # cycles
    "values in a circle": (
        below("[values.a]\npercent = 50\nof = 'b'\n[values.b]\npercent = 50\nof = 'a'"),
        "SW205",
    ),
    "segments in a circle": (
        below("[segments.a]\nwhen = { not = { segment = 'b' } }\n[segments.b]\nwhen = { segment = 'a' }"),
        "SW361",
    ),
    "a score that is a sum of itself": (
        below("[scores.a]\nkind = 'combined'\nsum_of = ['a', 'engagement']"),
        "SW360",
    ),
    "scores that feed one another": (
        below("[scores.a]\nkind = 'engagement'\nfeeds = 'b'\n[scores.b]\nkind = 'engagement'\nfeeds = 'a'"),
        "SW360",
    ),
    "a file that includes itself": (INCLUDE % '"model.toml"', "SW033"),
    # files
    "a missing part": (INCLUDE % '"parts/none.toml"', "SW001"),
    "a missing list": (below("[terms.t]\nmatch = 'is'\nfile = 'none.txt'"), "SW001"),
    "a part far above": (INCLUDE % '"../../../../../../etc/passwd"', "SW030"),
    "a list far above": (below("[terms.t]\nmatch = 'is'\nfile = '../../etc/passwd'"), "SW030"),
    "a part with an absolute path": (INCLUDE % '"/etc/passwd"', "SW030"),
    "a list that is a device": (below("[terms.t]\nmatch = 'is'\nfile = 'zero'"), "SW031"),
    "a list that is a link outside": (below("[terms.t]\nmatch = 'is'\nfile = 'link.txt'"), "SW031"),
    "a part that is a link outside": (INCLUDE % '"link.toml"', "SW031"),
    "a part below a linked folder": (INCLUDE % '"linked/part.toml"', "SW031"),
    "a list of 10 MB": (below("[terms.t]\nmatch = 'is'\nfile = 'big.txt'"), "SW005"),
    "a list of bytes": (below("[terms.t]\nmatch = 'is'\nfile = 'bytes.txt'"), "SW004"),
    # what cannot be seen
    "a control character": (MINIMAL.replace("My first", "My\x07first", 1), "SW006"),
    "a control character as an escape": (MINIMAL.replace("My first", "My\\u0007first", 1), "SW006"),
    "a terminal's escape": (MINIMAL.replace("My first", "My\\u001b[31mfirst", 1), "SW006"),
    "a right-to-left mark": (MINIMAL.replace("My first", "My\u202efirst", 1), "SW006"),
    "a right-to-left mark in a comment": ("# \u2067 hidden\n" + MINIMAL, "SW006"),
    "a right-to-left mark as an id": (below('[rules."a\\u202eb"]\non = { searches = true }'), "SW006"),
    # ids
    "an id of 300 letters": (below(f"[marks]\n{'x' * 300} = {{}}"), "SW105"),
    "an id that is a path": (MINIMAL.replace('id = "minimal"', 'id = "../up"', 1), "SW105"),
}


@pytest.fixture
def here(tmp_path):
    """A spec's folder beside a folder that it must not reach into."""
    folder, outside = tmp_path / "spec", tmp_path / "outside"
    outside.mkdir()
    folder.mkdir()
    (outside / "part.toml").write_text("language = 1\n")
    (outside / "list.txt").write_text("secret of another folder\n")
    (folder / "link.txt").symlink_to(outside / "list.txt")
    (folder / "link.toml").symlink_to(outside / "part.toml")
    (folder / "linked").symlink_to(outside)
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "bytes.txt").write_bytes(bytes(range(256)))
    return folder


@pytest.mark.parametrize("name", CASES)
def test_a_bad_spec_is_answered_in_words_and_nothing_is_written(run, here, monkeypatch, name):
    text, code = CASES[name]
    if "big.txt" in text:
        (here / "big.txt").write_bytes(b"one text a line\n" * (10_000_000 // 16))
    (here / "model.toml").write_text(text, "utf-8")
    monkeypatch.chdir(here.parent)
    returned, printed, error = run("compile", "spec", "--out", "out")
    said = printed + error
    assert returned == 1, said
    assert f"error[{code}]" in said
    assert PLACE.search(said)
    assert "nothing was written" in said
    assert "Traceback" not in said
    assert "SW999" not in said
    assert "secret" not in said
    assert not CONTROL.search(said)
    assert sorted(os.listdir(here.parent)) == ["outside", "spec"]


@pytest.mark.parametrize("name", ["conditions 20,000 deep", "a list of 10 MB", "a right-to-left mark"])
def test_check_says_the_same_as_json(shell, here, name):
    text, code = CASES[name]
    (here / "big.txt").write_bytes(b"one text a line\n" * (10_000_000 // 16))
    (here / "model.toml").write_text(text, "utf-8")
    done = shell("check", "spec", "--format", "json", cwd=here.parent)
    assert (done.returncode, done.stderr) == (1, "")
    assert code in {found["code"] for found in json.loads(done.stdout)["diagnostics"]}


def test_every_error_is_told_in_one_run(shell, here):
    text = below(
        "[rules.Bad_Id]\non = { visit = 'any-page' }\npoints = { engagment = 1 }\n[rules.b]\nwhen = { mark = 'none' }\npoints = { engagement = 2.5 }"
    )
    (here / "model.toml").write_text(text, "utf-8")
    done = shell("check", "spec", cwd=here.parent)
    assert done.returncode == 1
    assert {"SW101", "SW105", "SW109"} <= set(re.findall(r"error\[(SW\d+)\]", done.stdout))
