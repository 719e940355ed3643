"""One side signs: only that agreement changes, whatever else the file holds, and nobody's signature is kept for another text."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.agree.sign import CannotSignError, Signature, sign
from tests.diff.making import HEAD

DAY = dt.date(2026, 3, 1)
FILE = """\
# Both sides approve this file.
language = 1

[agreements.mql]  # the handover
says = "engagement at least 90"  # since spring
marketing = { by = "Head of marketing", on = 2025-03-01 }  # \\"first\\" # half
sales = { by = 'Head # of sales', on = 2025-03-01 }

# another
[agreements.other]
says = "fit at least 10"
"""


def signed(text, says, side="marketing", threshold="mql"):
    return sign(text, Signature(threshold, says, side, "Ada", DAY))


def test_the_same_text_keeps_the_other_sides_signature_and_every_comment():
    found = signed(FILE, "engagement at least 90")
    assert found.dropped == ()
    assert found.text == FILE.replace(
        '{ by = "Head of marketing", on = 2025-03-01 }', '{ by = "Ada", on = 2026-03-01 }'
    )


def test_another_text_drops_the_signature_of_who_has_not_agreed_to_it():
    found = signed(FILE, "engagement at least 100")
    assert found.dropped == ("sales",)
    entry = tomllib.loads(found.text)["agreements"]["mql"]
    assert entry == {"says": "engagement at least 100", "marketing": {"by": "Ada", "on": DAY}}
    assert "# since spring" in found.text
    assert found.text.endswith('# another\n[agreements.other]\nsays = "fit at least 10"\n')


def test_a_new_agreement_and_a_new_file_are_whole():
    found = signed("", "x", "sales")
    assert (
        found.text
        == 'language = 1\n\n[agreements.mql]\nsays = "x"\nsales = { by = "Ada", on = 2026-03-01 }\n'
    )
    both = signed(found.text, "x")
    assert tomllib.loads(both.text)["agreements"]["mql"].keys() == {"says", "marketing", "sales"}


@pytest.mark.parametrize(
    "text",
    [
        'agreements = { mql = { says = "x" } }\n',
        '[agreements]\nmql = { says = "x" }\n',
        '[agreements]\nmql.says = "x"\n',
        '[agreements.mql]\nsays = """\nx\n"""\n',
        '[agreements.mql]\n"says" = "x"\n',
        "[agreements.mql\n",
        'a = """\n[agreements.mql]\nsays = "x"\n"""\n',
        '[agreements.mql.sales]\nby = "x"\non = 2026-01-01\n',
    ],
)
def test_what_cannot_be_edited_line_by_line_is_left_alone(text):
    try:
        found = signed(text, "y")
    except CannotSignError:
        return
    entry = tomllib.loads(found.text)["agreements"]["mql"]
    assert (entry["says"], entry["marketing"]) == ("y", {"by": "Ada", "on": DAY})
    before, after = tomllib.loads(text), tomllib.loads(found.text)
    assert {**before, "agreements": after["agreements"]} == after


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"])),
    st.text(min_size=1),
    st.sampled_from(["marketing", "sales"]),
)
def test_any_name_and_any_text_can_be_signed_and_nothing_else_moves(by, says, side):
    text = sign(FILE, Signature("mql", says, side, by, DAY)).text
    found = tomllib.loads(text)["agreements"]
    assert found["mql"]["says"] == says
    assert found["mql"][side] == {"by": by, "on": DAY}
    assert found["other"] == {"says": "fit at least 10"}


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def spec(tmp_path):
    (tmp_path / "model.toml").write_text(HEAD, "utf-8")
    return tmp_path


def test_both_sides_sign_and_check_has_nothing_to_say(run, spec):
    for side in ("marketing", "sales"):
        words = ("--side", side, "--by", f"Head of {side}", "--on", "2026-03-01")
        code, printed, _ = run("agree", "ready", spec, *words)
        assert code == 0
        assert f"{side} signs ready: engagement at least 90" in printed
    assert "SW51" not in run("check", spec, "--today", "2026-03-02")[1]


def test_a_number_that_changed_has_to_be_signed_by_both(run, spec):
    for side in ("marketing", "sales"):
        run("agree", "ready", spec, "--side", side, "--by", side)
    (spec / "model.toml").write_text(HEAD.replace("mql = 90", "mql = 100"), "utf-8")
    assert "SW511" in run("check", spec)[1]
    _, printed, _ = run("agree", "ready", spec, "--side", "sales", "--by", "Sales")
    assert "marketing signed another text, and has to sign anew" in printed
    assert "SW511" not in run("check", spec)[1]


def test_what_cannot_be_signed_is_told_and_nothing_is_written(run, spec):
    words = ("--side", "sales", "--by", "Sales")
    assert run("agree", "redy", spec, *words)[0] == 2
    assert run("agree", "ready", spec, "--side", "sales", "--by", " ")[0] == 2
    assert run("agree", "ready", spec, "--side", "sales", "--by", "a\nb")[0] == 2
    assert run("agree", "ready", spec, *words, "--on", "yesterday")[0] == 2
    (spec / "model.toml").write_text(HEAD.replace('kind = "engagement"', 'kind = "x"'), "utf-8")
    assert run("agree", "ready", spec, *words)[0] == 1
    assert not (spec / "agreements.toml").exists()
    (spec / "model.toml").write_text(HEAD, "utf-8")
    inline = 'language = 1\nagreements = { ready = { says = "x" } }\n'
    (spec / "agreements.toml").write_text(inline, "utf-8")
    code, _, error = run("agree", "ready", spec, *words)
    assert code == 1
    assert "SW811" in error
    assert (spec / "agreements.toml").read_text("utf-8") == inline
