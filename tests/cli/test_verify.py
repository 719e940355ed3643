"""``verify`` from the outside: what it says, its exit codes, and a bundle that somebody has edited."""

from __future__ import annotations

import json
import re
import shlex
import sys
from types import SimpleNamespace

import jsonschema
import pytest

from scorewright.plugin import registry
from scorewright.plugin.emulation import Played, UnreadableBundleError
from scorewright.verify.proof_report import proof_schema
from tests.conftest import ROOT

SPEC = ROOT / "specs" / "minimal"
FAST = ("--target", "marketo", "--effort", "1", "--jobs", "1")
TODAY = ("--today", "2026-11-01")


@pytest.fixture(scope="module")
def life():
    """The name of one life that reaches the threshold."""
    from scorewright.plugin.registry import load
    from scorewright.verify.work import Work
    from tests.verify.shipped import compiled, task_of

    lives = Work(task_of(compiled("minimal", "marketo")), load("marketo")).lives
    return next(life.name for _, life in lives if any("ready" in aim for aim in life.aims))


def test_one_life_holds_and_the_report_says_what_was_tried(run, life):
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--life", life)
    assert (code, err) == (0, "")
    assert out.startswith("marketo: holds\n  tried      1 lives, 5 plays, ")


def test_json_keeps_to_the_schema_that_schema_prints(run, life):
    code, out, _ = run("verify", SPEC, *FAST, *TODAY, "--life", life, "--format", "json")
    printed = json.loads(run("schema", "--kind", "verify")[1])
    assert code == 0
    assert printed == proof_schema()
    jsonschema.Draft202012Validator(printed).validate(json.loads(out))


def test_an_edited_bundle_does_not_hold(run, tmp_path, life):
    assert run("compile", SPEC, "--target", "marketo", "--out", tmp_path, *TODAY)[0] == 0
    assert run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path, "--life", life)[0] == 0
    path = tmp_path / "marketo" / "smart-campaigns.toml"
    text = path.read_text("utf-8")
    assert "Send Alert" in text
    path.write_text(text.replace('step = "Change Score"', 'step = "Remove from List"'), "utf-8")
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path, "--life", life)
    assert code == 1
    assert "does NOT hold" in out or "smart-campaigns" in err


@pytest.mark.parametrize(
    ("name", "text"),
    [("smart-campaigns.toml", "[[smart-campaigns"), ("gauges.toml", "gauges = 1"), ("notes.toml", "\udcff")],
)
def test_a_bundle_that_cannot_be_read_is_told_in_words(run, tmp_path, name, text):
    assert run("compile", SPEC, "--target", "marketo", "--out", tmp_path, *TODAY)[0] == 0
    (tmp_path / "marketo" / name).write_text(text, "utf-8", errors="surrogateescape")
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path)
    assert (code, out) == (1, "")
    assert name.removesuffix(".toml") in err
    assert "Traceback" not in err


def test_a_bundle_folder_that_is_not_there_is_told_in_words(run, tmp_path):
    code, _, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path / "none")
    assert code == 1
    assert "error[SW740] bundle-unreadable: there is no such folder" in err
    assert "the folder that `scorewright compile --out` wrote" in err


def compiled_to(run, folder):
    assert run("compile", SPEC, "--target", "marketo", "--out", folder, *TODAY)[0] == 0
    return folder / "marketo"


def test_the_folder_of_one_target_is_one_too_deep(run, tmp_path):
    folder = compiled_to(run, tmp_path)
    code, _, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", folder)
    assert code == 1
    assert "give the folder above it" in err


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda text: "gauges = []\n", "does not say where to read off"),
        (lambda text: text.replace('key = "', 'key = "other-', 1), "does not say where to read off"),
        (lambda text: text + _more(text), "says where to read off"),
    ],
    ids=["no gauges", "another key", "one twice"],
)
def test_a_bundle_that_says_nothing_of_something_in_the_spec_does_not_hold(run, tmp_path, edit, words):
    """What has no gauge is never compared: without its gauges any bundle would hold."""
    path = compiled_to(run, tmp_path) / "gauges.toml"
    path.write_text(edit(path.read_text("utf-8")), "utf-8")
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path)
    assert (code, out) == (1, "")
    assert "error[SW741] bundle-of-another-spec: gauges.toml" in err
    assert words in err


@pytest.mark.parametrize(
    ("file", "edit", "words"),
    [
        ("notes.toml", lambda text: text.replace("most = 0", "most = 1", 1), "notes.toml lets "),
        ("notes.toml", lambda text: text.replace(', when = "crowded"', "", 1), "notes.toml lets "),
        ("gauges.toml", lambda text: _longer(text, "settles_in_hours"), "gauges.toml gives "),
        ("gauges.toml", lambda text: _longer(text, "settles_in_hours_if_prompt"), "gauges.toml gives "),
    ],
    ids=["a greater number", "no situation", "more hours", "more hours at once"],
)
def test_a_bundle_that_allows_itself_more_than_a_compile_does_not_hold(run, tmp_path, file, edit, words):
    path = compiled_to(run, tmp_path) / file
    text = path.read_text("utf-8")
    assert edit(text) != text
    path.write_text(edit(text), "utf-8")
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path)
    assert (code, out) == (1, "")
    assert "error[SW741]" in err
    assert words in err


def _longer(text, key):
    """The first number of a key, a hundred more."""
    return re.sub(
        rf"^{key} = (\d+)$", lambda found: f"{key} = {int(found[1]) + 100}", text, count=1, flags=re.MULTILINE
    )


def _more(gauges):
    return "\n[[gauges]]" + gauges.split("[[gauges]]")[1]


def test_the_bundle_of_a_spec_that_has_grown_since_does_not_hold(run, tmp_path):
    compiled_to(run, tmp_path)
    more = tmp_path / "model.toml"
    text = (SPEC / "model.toml").read_text("utf-8")
    more.write_text(text + '\n[segments.new]\nwhen = { field = "country", is = "Spain" }\n', "utf-8")
    code, _, err = run("verify", more, *FAST, *TODAY, "--bundle", tmp_path)
    assert code == 1
    assert "gauges.toml does not say where to read off segment new, which the spec has" in err


@pytest.mark.parametrize(
    "change", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")]
)
def test_files_may_have_been_saved_on_windows(run, tmp_path, life, change):
    for path in compiled_to(run, tmp_path).glob("*.toml"):
        path.write_bytes(change(path.read_bytes()))
    assert run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path, "--life", life)[0] == 0


def test_a_folder_among_the_files_is_told_in_words(run, tmp_path):
    (compiled_to(run, tmp_path) / "mine.toml").mkdir()
    code, _, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path)
    assert code == 1
    assert "mine.toml cannot be read: is a directory" in err


def test_the_command_that_plays_a_life_again_proves_the_same_thing(run, tmp_path):
    """With every option that the proof was asked with, and fit for a shell."""
    folder = tmp_path / "a folder"
    path = compiled_to(run, folder) / "smart-campaigns.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('step = "Change Score"', 'step = "Remove from List"'), "utf-8")
    path = compiled_to(run, folder) / "tokens.toml"
    tokens = path.read_text("utf-8").replace("+50", "+51").replace("value = 50", "value = 51")
    path.write_text(tokens, "utf-8")
    words = ("verify", SPEC, *FAST, *TODAY, "--bundle", folder)
    code, out, _ = run(*words)
    assert code == 1
    (line, *_) = [line for line in out.splitlines() if line.startswith("  again: ")]
    again = shlex.split(line.removeprefix("  again: scorewright "))
    assert again[again.index("--bundle") + 1] == str(folder)
    code, out, _ = run(*again, "--jobs", "1")
    assert code == 1
    assert "does NOT hold" in out


def test_a_target_that_is_named_twice_is_proven_once(run, life):
    words = ("--target", "marketo,marketo", "--effort", "1", "--jobs", "1", "--life", life)
    code, out, _ = run("verify", SPEC, *words, *TODAY)
    assert code == 0
    assert out.count("marketo: holds") == 1


# --- a plugin that breaks its contract --------------------------------------------------------------------------------


def _raises(*_):
    raise KeyError("colour")


BROKEN = {
    "raises": (_raises, "fails in the life", "KeyError: 'colour'"),
    "leaves": (lambda *_: sys.exit(0), "fails in the life", "SystemExit: 0"),
    "says nothing": (lambda *_: None, "answers with something else than Played"),
    "sees nothing": (lambda *_: Played((), ()), "gives 0 sights for"),
    "has no sight": (lambda _, looks, __: Played(tuple(3 for _ in looks), ()), "gives 3 for a sight"),
    "leaves a gauge out": (lambda _, looks, __: Played(tuple({} for _ in looks), ()), "does not say what"),
    "answers oddly": (
        lambda _, looks, __: Played(tuple(_Any() for _ in looks), ()),
        "which is no value",
    ),
}


class _Any(dict):
    """A sight with a list for every gauge."""

    def __contains__(self, key):
        return True

    def __missing__(self, key):
        return []


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_emulator_that_fails_is_told_as_the_plugins_fault(run, monkeypatch, name, form):
    play, *words = BROKEN[name]
    target = type(registry.load("marketo"))
    broken = SimpleNamespace(modelled=frozenset(), play=play)
    monkeypatch.setattr(target, "emulator", lambda *_: broken)
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--format", form)
    assert code == 1
    said = err if form == "text" else out
    assert "SW742" in said
    assert "marketo: the emulator" in said
    assert all(word in said for word in words)
    if form == "json":
        keeps_to_the_schema(run, out)


def test_an_emulator_that_cannot_be_made_is_told_alike(run, monkeypatch):
    monkeypatch.setattr(type(registry.load("marketo")), "emulator", _raises)
    code, _, err = run("verify", SPEC, *FAST, *TODAY)
    assert code == 1
    assert "error[SW742] emulator-fails: marketo: the emulator cannot be made of the bundle: KeyError" in err


def test_one_that_cannot_read_what_was_compiled_is_told_alike(run, monkeypatch):
    def refuses(*_):
        raise UnreadableBundleError("tokens: 'Form': what is this?")

    monkeypatch.setattr(type(registry.load("marketo")), "emulator", refuses)
    code, _, err = run("verify", SPEC, *FAST, *TODAY)
    assert code == 1
    assert "marketo cannot read what it compiled: tokens: 'Form': what is this?" in err


# --- JSON, whatever comes of it -----------------------------------------------------------------------------------------


def keeps_to_the_schema(run, out):
    printed = json.loads(run("schema", "--kind", "verify")[1])
    found = json.loads(out)
    jsonschema.Draft202012Validator(printed).validate(found)
    return found


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("{tmp}/none.toml",), "SW001"),
        ((str(SPEC), "--target", "nowhere"), "SW606"),
        ((str(SPEC), *FAST, *TODAY, "--bundle", "{tmp}/none"), "SW740"),
    ],
)
def test_json_keeps_to_the_schema_where_nothing_could_be_proven(run, tmp_path, words, says):
    code, out, err = run(
        "verify", *(word.replace("{tmp}", str(tmp_path)) for word in words), "--format", "json"
    )
    assert (code, err) == (1, "")
    found = keeps_to_the_schema(run, out)
    assert found["holds"] is False
    assert says in {each["code"] for each in found["diagnostics"]}
    assert found["targets"] == []


def test_json_keeps_to_the_schema_where_the_second_target_cannot_be_read(run, tmp_path, life):
    compiled_to(run, tmp_path)
    words = ("--target", "marketo,pardot", "--effort", "1", "--jobs", "1", "--bundle", tmp_path)
    code, out, _ = run("verify", SPEC, *words, *TODAY, "--life", life, "--format", "json")
    assert code == 1
    found = keeps_to_the_schema(run, out)
    assert [each["target"] for each in found["targets"]] == ["marketo"]
    assert found["targets"][0]["holds"]
    assert not found["holds"]


def test_a_life_that_is_not_there_is_wrong_usage(run):
    code, _, err = run("verify", SPEC, *FAST, *TODAY, "--life", "nobody's")
    assert code == 2
    assert "no life of seed 1 and effort 1 is called" in err


@pytest.mark.parametrize("words", [("--effort", "0"), ("--effort", "11"), ("--seed", "-1"), ("--jobs", "0")])
def test_numbers_out_of_range_are_wrong_usage(run, words):
    assert run("verify", SPEC, *words)[0] == 2


def test_a_spec_with_errors_is_told_as_compile_tells_it(run, tmp_path):
    (tmp_path / "model.toml").write_text("language = 1\n", "utf-8")
    code, _, err = run("verify", tmp_path / "model.toml")
    assert code == 1
    assert "error[" in err
