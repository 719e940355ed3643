"""``receipt`` from the outside: what was ticked on a page goes into the lock file, and only for the page's own version."""

from __future__ import annotations

import json
import tomllib

import pytest

from tests.cli.test_lock import DAY, LOCK, change
from tests.cli.test_lock import here as here  # noqa: PLC0414 - a fixture
from tests.looking.reading import read_page

AT = "2026-11-22T09:30:00.000Z"


def page(here):
    return read_page((here / "out" / "pardot" / "build-sheet.html").read_bytes())


def receipt(here, count=None, **more):
    """As the page makes it, with the first things ticked, or all of them."""
    read = page(here)
    tasks = [task for task in read.tasks if task.key]
    done = [
        {"key": task.key, "digest": task.digest, "at": AT, "checked": 0, "checks": len(task.checks)}
        for task in tasks[:count]
    ]
    about = {key: read.about[key] for key in ("target", "model", "sheet", "since", "instance")}
    made = {"receipt": 1, **about, "by": "Ada", "at": AT, "things": len(tasks), "done": done, **more}
    (here / "receipt.json").write_text(json.dumps(made), "utf-8")
    return made


def test_a_part_is_kept_and_the_whole_locks_the_instance(run, here):
    assert run("compile", "--out", "out")[0] == 0
    made = receipt(here, 2)
    code, printed, _ = run("receipt", "receipt.json", "--instance", "box", *DAY)
    left = made["things"] - 2
    assert (code, printed) == (
        0,
        f"{LOCK}: 2 of {made['things']} things done by Ada; {left} to do, so box is not locked at this version yet\n",
    )
    data = tomllib.loads((here / LOCK).read_text("utf-8"))
    assert "instances" not in data
    first = made["done"][0]
    left = {"checks_not_ticked": first["checks"]} if first["checks"] else {}
    kept = {"thing": first["key"], "digest": first["digest"], "at": AT, "by": "Ada"}
    assert data["receipts"]["box"]["done"][0] == {**kept, **left}
    receipt(here)
    code, printed, _ = run("receipt", "receipt.json", "--instance", "box", "--format", "json", *DAY)
    assert (code, json.loads(printed)["locked"]) == (0, True)
    whole = tomllib.loads((here / LOCK).read_text("utf-8"))
    assert whole["receipts"]["box"]["by"] == "Ada"
    (here / LOCK).unlink()
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    assert tomllib.loads((here / LOCK).read_text("utf-8"))["instances"] == whole["instances"]


def test_two_people_at_one_sheet_add_up_and_nobody_loses_what_the_other_did(run, here):
    assert run("compile", "--out", "out")[0] == 0
    made = receipt(here, 3)
    assert run("receipt", "receipt.json", "--instance", "box", *DAY)[0] == 0
    things = made["things"]
    rest = receipt(here)["done"][2:]
    receipt(here, done=rest, by="Ben")
    code, printed, _ = run("receipt", "receipt.json", "--instance", "box", *DAY)
    assert (code, f"{things} of {things} things done by Ada and Ben; box stands at" in printed) == (0, True)
    data = tomllib.loads((here / LOCK).read_text("utf-8"))
    assert [row["by"] for row in data["receipts"]["box"]["done"]] == ["Ada"] * 3 + ["Ben"] * (things - 3)
    receipt(here, done=[], by="Ben")  # Ben takes back what he said, and nothing of Ada's
    assert f"3 of {things} things" in run("receipt", "receipt.json", "--instance", "box", *DAY)[1]
    change(here)
    assert run("compile", "--out", "out")[0] == 0
    receipt(here, 1, by="Eve", since="")
    assert (
        "1 of " in run("receipt", "receipt.json", "--instance", "box", *DAY)[1]
    )  # of another sheet nothing counts


def test_one_that_an_editor_has_saved_anew_is_read(run, here):
    assert run("compile", "--out", "out")[0] == 0
    text = json.dumps(receipt(here, 1), indent=2).replace("\n", "\r\n")
    (here / "receipt.json").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert run("receipt", "receipt.json", "--instance", "box", *DAY)[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "version = [",
        "version = 1\ninstances = 5\n",
        "version = 1\nreceipts = 5\n",
        "version = 1\n[pushed]\nbox = 5\n",
        "version = 1\n[pushed.box]\nobjects = [1]\n",
    ],
)
def test_a_lock_file_that_cannot_be_read_is_told_and_stays(run, here, text):
    assert run("compile", "--out", "out")[0] == 0
    receipt(here)
    (here / LOCK).write_text(text, "utf-8")
    for command in (("receipt", "receipt.json"), ("lock",)):
        code, _, error = run(*command, "--instance", "box", *DAY)
        assert (code, "SW612" in error) == (1, True)
    assert (here / LOCK).read_text("utf-8") == text


def test_a_receipt_of_changes_is_for_the_sheet_of_these_changes(run, here):
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    change(here)
    assert run("compile", "--since", LOCK, "--out", "out")[0] == 0
    made = receipt(here)
    assert made["since"].startswith("2026-11-22")
    assert made["things"] == len(
        tomllib.loads((here / "out/pardot/migration.toml").read_text("utf-8"))["moves"]
    )
    code, printed, _ = run("receipt", "receipt.json", "--instance", "box", *DAY)
    assert (code, "box stands at this version" in printed) == (0, True)
    assert tomllib.loads((here / LOCK).read_text("utf-8"))["receipts"]["box"]["since"] == made["since"]


def test_one_for_another_version_is_refused_with_the_difference(run, here):
    assert run("compile", "--out", "out")[0] == 0
    receipt(here)
    change(here)
    code, _, error = run("receipt", "receipt.json", "--instance", "box", *DAY)
    assert code == 1
    assert "SW616" in error
    assert "otherwise now: " in error
    assert "SW rules demo" in error
    assert not (here / LOCK).exists()
    change(here, "[rules.chief]", "[rules.boss]")
    assert "no longer on it" in run("receipt", "receipt.json", "--instance", "box", *DAY)[2]


def test_one_of_a_sheet_for_another_instance_is_refused(run, here):
    assert run("compile", "--instance", "box", "--out", "out")[0] == 0
    assert receipt(here)["instance"] == "box"
    code, _, error = run("receipt", "receipt.json", "--instance", "live", *DAY)
    assert (code, "its sheet was made for the instance 'box', and this is 'live'" in error) == (1, True)
    assert run("receipt", "receipt.json", "--instance", "box", *DAY)[0] == 0


def test_one_for_another_model_or_platform_is_refused(run, here):
    assert run("compile", "--out", "out")[0] == 0
    receipt(here, model="elsewhere")
    code, _, error = run("receipt", "receipt.json", "--instance", "box", *DAY)
    assert (code, "it is for the model 'elsewhere' on pardot" in error) == (1, True)
    receipt(here)
    assert run("receipt", "receipt.json", "--instance", "other", *DAY)[0] == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"receipt": 2}, "no receipt of version 1"),
        ({"sheet": "x"}, "a digest is not"),
        ({"at": "yesterday"}, "a time is not"),
        ({"at": "2026-99-99T99:99:99Z"}, "a time is not"),
        ({"by": "\ud800"}, "half a sign"),
        ({"done": [{"key": "a", "digest": "0" * 16, "at": AT, "checked": 2, "checks": 1}]}, "more checks"),
        ({"things": 0}, "more are than there are"),
        ({"things": True}, "things is no count"),
        ({"done": {}}, None),
        ({"done": [1]}, "of another kind"),
        ({"by": ""}, "nobody's name"),
        ({"model": None}, "model is no text"),
    ],
)
def test_what_no_page_wrote_is_refused_in_words(run, here, more, words):
    assert run("compile", "--out", "out")[0] == 0
    receipt(here, 2, **more)
    code, _, error = run("receipt", "receipt.json", "--instance", "box", *DAY)
    if words:
        assert (code, words in error) == (1, True), error
        assert "SW615" in error
        assert not (here / LOCK).exists()


@pytest.mark.parametrize("text", ["", "<html>", "[]", "[" * 100_000, "\0"])
def test_no_file_and_no_json_is_told(run, here, text):
    (here / "receipt.json").write_text(text, "utf-8")
    code, _, error = run("receipt", "receipt.json", "--instance", "box", *DAY)
    assert (code, "SW615" in error) == (1, True)
    assert run("receipt", "nowhere.json", "--instance", "box", *DAY)[0] == 1


def test_a_name_can_be_said_and_orders_no_terminal(run, here):
    assert run("compile", "--out", "out")[0] == 0
    receipt(here, 1, by="")
    assert run("receipt", "receipt.json", "--instance", "box", "--by", "Ben\x1b[31m", *DAY)[0] == 0
    receipt(here, 1, by="\x1b[31m\u202eEve")
    code, printed, _ = run("receipt", "receipt.json", "--instance", "box", *DAY)
    assert (code, "\x1b" in printed, "\u202e" in printed) == (0, False, False)


def test_the_next_page_knows_what_the_last_receipt_said(run, here):
    assert run("compile", "--instance", "box", "--out", "out")[0] == 0
    first = page(here).tasks
    assert not any(task.was for task in first)
    receipt(here)
    assert run("receipt", "receipt.json", "--instance", "box", *DAY)[0] == 0
    change(here)
    assert run("compile", "--instance", "box", "--out", "out")[0] == 0
    changed = [task.title for task in page(here).tasks if task.was != task.digest]
    assert 0 < len(changed) < len(first)
    assert any("demo" in title for title in changed)
    assert not any("chief" in title for title in changed)
