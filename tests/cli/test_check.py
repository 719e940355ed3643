"""``check`` from the outside: formats, exit codes, defaults, and bad input of every kind."""

from __future__ import annotations

import json
import os

import jsonschema
import pytest

from tests.conftest import ROOT

MINIMAL = (ROOT / "specs" / "minimal" / "model.toml").read_text("utf-8")
QUIET = ("--select", "unused-waiver")  # leaves warnings and advice about the model out
WRONG = MINIMAL.replace("[model]", "[model]\ntimzone = 1", 1)


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spec(folder, text=MINIMAL):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.toml").write_text(text, "utf-8")
    return folder


def test_a_sound_spec_says_so(run, here):
    assert run("check", spec(here / "a"), *QUIET) == (0, "1 spec checked: nothing to report\n", "")
    assert run("check", spec(here / "a"), spec(here / "b"), *QUIET)[1].startswith("2 specs checked")


def test_a_file_and_its_folder_are_the_same_spec(run, here):
    folder = spec(here / "a", WRONG)
    assert run("check", folder)[1] == run("check", folder / "model.toml")[1]


def test_an_error_has_code_place_line_caret_and_help(run, here):
    spec(here / "a", WRONG)
    code, printed, error = run("check", "a")
    assert (code, error) == (1, "")
    assert "error[SW101] unknown-key" in printed
    number = WRONG.splitlines().index("timzone = 1") + 1
    assert f"--> a/model.toml:{number}:1" in printed
    assert "^^^^^^^" in printed
    assert "timezone" in printed


def test_all_specs_are_checked_in_one_run(run, here):
    code, printed, _ = run("check", spec(here / "a", WRONG), spec(here / "b"), spec(here / "c", WRONG))
    assert code == 1
    assert "a/model.toml" in printed
    assert "c/model.toml" in printed


def test_json_keeps_to_the_published_schema(run, here):
    schema = json.loads(run("schema", "--kind", "check")[1])
    for text, expected in ((MINIMAL, 0), (WRONG, 1)):
        code, printed, _ = run("check", spec(here / "a", text), "--format", "json")
        assert code == expected
        jsonschema.validate(json.loads(printed), schema)


def test_sarif_names_the_rule_with_its_page(run, here):
    code, printed, _ = run("check", spec(here / "a", WRONG), "--format", "sarif", *QUIET)
    assert code == 1
    log = json.loads(printed)["runs"][0]
    assert log["results"][0]["ruleId"] == "SW101"
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == ["SW101"]


def test_github_annotations(run, here):
    code, printed, _ = run("check", spec(here / "a", WRONG), "--format", "github")
    assert code == 1
    assert "::error file=a/model.toml,line=" in printed


def test_the_specs_of_the_project_are_the_default(run, here):
    spec(here / "models" / "a", WRONG)
    (here / "scorewright.toml").write_text('specs = ["models/a"]')
    code, printed, _ = run("check")
    assert code == 1
    assert "models/a/model.toml" in printed


def test_without_any_spec_the_usage_is_wrong(run, here):
    code, printed, error = run("check")
    assert (code, printed) == (2, "")
    assert "list `specs` in scorewright.toml" in error


def test_a_broken_project_file_stops_before_the_specs(run, here):
    (here / "scorewright.toml").write_text("outt = 1")
    code, printed, error = run("check", spec(here / "a"))
    assert (code, printed) == (1, "")
    assert "SW720" in error


@pytest.mark.parametrize(
    ("option", "said"),
    [("--select", "no message 'nothing-such'"), ("--ignore", "no message 'nothing-such'")],
)
def test_a_choice_of_unknown_checks_is_wrong_usage(run, here, option, said):
    code, _, error = run("check", spec(here / "a"), option, "nothing-such")
    assert code == 2
    assert said in error


def test_an_error_cannot_be_left_out(run, here):
    assert run("check", spec(here / "a", WRONG), "--ignore", "unknown-key")[0] == 1


def test_warnings_count_only_when_strict_and_can_be_left_out(run, here):
    spec(here / "a")
    (here / "a" / "extra.toml").write_text("language = 1\n")
    only = ("--select", "file-not-included")
    code, printed, _ = run("check", "a", *only)
    assert code == 0
    assert printed.startswith("warning[SW034] file-not-included")
    assert printed.endswith("\n1 warning\n")
    assert run("check", "a", "--strict", *only)[0] == 1
    assert run("check", "a", "--strict", *only, "--ignore", "file-not-included")[0] == 0
    assert run("check", "a", "--strict", "--select", "SW001,SW503")[0] == 0


BAD = {
    "empty": b"",
    "only a comment": b"# nothing",
    "not toml": b"[model\nid =",
    "not utf-8": b"language = 1\n[model]\ntitle = '\xff\xfe'\n",
    "utf-16": "language = 1\n".encode("utf-16"),
    "binary": bytes(range(256)) * 40,
    "nul": b'language = 1\n[model]\nid = "a\x00b"\n',
    "right-to-left mark": 'language = 1\n[model]\nid = "a"\ntitle = "\u202eabc"\n'.encode(),
    "escaped control character": b'language = 1\n[model]\nid = "a"\ntitle = "\\u0007"\n',
    "huge number": b"language = 1\n[values]\nx = " + b"9" * 5000 + b"\n",
    "huge but readable number": b"language = 1\n[values]\nx = " + b"9" * 300 + b"\n",
    "not a number": b"language = 1\n[values]\nx = nan\ny = inf\nz = -inf\n",
    "deep array": b"language = 1\nx = " + b"[" * 5000 + b"]" * 5000 + b"\n",
    "deep table": b"language = 1\n[" + b".".join([b"a"] * 5000) + b"]\n",
    "deep inline table": b"language = 1\nx = " + b"{a=" * 3000 + b"1" + b"}" * 3000 + b"\n",
    "same key twice": b"language = 1\nlanguage = 1\n",
    "language of the future": b"language = 2\n[model]\nid = 'x'\n",
    "tables where texts should be": b"language = 1\n[model.id]\n[model.title]\n[rules]\nx = 3\n",
    "everything is an array": b"language = [1]\nmodel = []\nrules = [[]]\n[[scores]]\n",
    "climbs out": b'language = 1\ninclude = ["../../etc/passwd"]\n[model]\nid = "x"\n',
    "absolute": b'language = 1\ninclude = ["/etc/passwd"]\n[model]\nid = "x"\n',
    "missing part": b'language = 1\ninclude = ["parts/none.toml"]\n[model]\nid = "x"\n',
    "missing list": b'language = 1\n[model]\nid = "x"\n[terms.t]\nfile = "none.txt"\n',
    "circular values": b'language = 1\n[model]\nid = "x"\n[values]\na = {percent = 5, of = "b"}\nb = {percent = 5, of = "a"}\n',
    "circular segments": b'language = 1\n[model]\nid = "x"\n[segments.a]\nwhen = {segment = "b"}\n[segments.b]\nwhen = {segment = "a"}\n',
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("form", ["text", "json"])
def test_bad_input_is_a_coded_message_and_never_a_traceback(run, here, name, form):
    (here / "model.toml").write_bytes(BAD[name])
    code, printed, error = run("check", "model.toml", "--format", form)
    assert code == 1
    assert error == ""
    if form == "json":
        findings = json.loads(printed)["diagnostics"]
        assert findings
        assert all(found["help"] or found["message"] for found in findings)
    else:
        assert "error[SW" in printed
        assert "SW999" not in printed
        assert not any(ord(sign) < 32 and sign != "\n" for sign in printed)


@pytest.mark.parametrize(
    "what", ["missing", "empty folder", "pipe", "loop", "name too long", "folder with odd names"]
)
def test_paths_that_are_no_specs(run, here, what):
    path = here / "it"
    if what == "empty folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "loop":
        path.symlink_to(path)
    elif what == "name too long":
        path = here / ("x" * 300)
    elif what == "folder with odd names":
        path.mkdir()
        (path / os.fsdecode(b"\xff\xfe.toml")).write_text("language = 1\n[model]\n")
    code, printed, error = run("check", path)
    assert (code, error) == (1, "")
    assert "error[SW" in printed
    assert "SW999" not in printed
