"""Broken specs of every kind: a small run of the long one, and what long runs have found."""

from __future__ import annotations

import pytest

from scorewright.diagnostics.diagnostic import Diagnostic, Place
from scorewright.plugin.registry import builtin_names
from tests.fuzz.campaign import TODAY, break_one, campaign
from tests.fuzz.demand import faults, look
from tests.fuzz.mutate import TABLE_MUTATIONS, TEXT_MUTATIONS
from tests.making.choose import Choose
from tests.making.spec import make_spec
from tests.making.text import toml_text

HEAD = 'language = 1\n[model]\nid = "m"\ntitle = "M"\ntimezone = "UTC"\n[scores.s]\nkind = "engagement"\n'

FOUND = {
    "an asset that is no table": 'assets.form = [[]]\nrules.r = { on = { submits = "form" }, points = { s = 1 } }',
    "terms that are no table": (
        'terms.t = 5\nsegments.a = { when = { field = "email", in = "t" } }\nrules.r = { when = { segment = "a" }, points = { s = 1 } }'
    ),
    "a product that is no table": 'products.p = 1\nproducts.q = { values = { a = 1 } }\nscores.t = { kind = "fit", each = "product" }',
    "a number for a condition": "segments.a = { when = 5 }",
    "a key that is an empty text": 'rules."".on = { searches = true }\nrules."".limit = { times = 0 }',
    "a table that looks like our mark of a date": 'examples.e = { created = { "$date" = "x" }, expect = [{ at = 2026-01-01, mark = "m" }] }',
    "bands joined a hundred times": (
        'bands.a = { score = "s", cases = [{ label = "A", at_least = 5 }, { label = "B" }] }\n'
        f"bands.b = {{ join = {['a'] * 100} }}\n"
        'thresholds.t = { when = { band = "b", is = "A" }, then = [{ notify = "owner" }] }'
    ),
    "bands in a circle of doubles": "\n".join(
        f"bands.b{number} = {{ join = ['b{number - 1 if number else 40}', 'b{number - 1 if number else 40}'] }}"
        for number in range(41)
    )
    + '\nthresholds.t = { when = { band = "b40", is = "A" }, then = [{ notify = "owner" }] }',
    "bands that double": 'bands.b0 = { score = "s", cases = [{ label = "A" }] }\n'
    + "\n".join(f"bands.b{n} = {{ join = ['b{n - 1}', 'b{n - 1}'] }}" for n in range(1, 41))
    + '\nthresholds.t = { when = { band = "b40", is = "A" }, then = [{ notify = "owner" }] }',
    "a number for an event": "rules.r = { on = 5, points = { s = 1 } }",
}


@pytest.mark.parametrize("share", range(4))
def test_broken_specs_are_answered_in_words_and_in_place(tmp_path, share):
    tally = campaign(range(share * 50, share * 50 + 50), tmp_path, targets=builtin_names())
    assert tally.failures == []
    assert tally.specs == 50
    assert len(tally.codes) > 20


@pytest.mark.parametrize("name", FOUND)
def test_what_long_runs_have_found_stays_mended(tmp_path, name):
    top, _, rest = HEAD.partition("\n")
    (tmp_path / "model.toml").write_text(f"{top}\n{FOUND[name]}\n{rest}")
    found, texts = look(tmp_path / "model.toml", today=TODAY, targets=())
    assert any(item.severity == "error" for item in found)
    assert faults(found, texts) == []


def test_a_score_without_bounds_is_planned_for_or_refused_in_time(tmp_path):
    (tmp_path / "model.toml").write_text(
        HEAD.replace('kind = "engagement"', 'kind = "engagement"\noverall = true')
        + '[decay.d]\nscore = "s"\ncounts_as_activity = ["visits"]\nsteps = [{ after = "30d", percent = 10 }]\n'
        + '[thresholds.t]\nwhen = { score = "s", at_least = 2147483647 }\nthen = [{ notify = "owner" }]\n'
    )
    found, texts = look(tmp_path / "model.toml", today=TODAY, targets=("pardot",))
    assert faults(found, texts) == []
    assert any("may reach 4,294,967,294" in item.message for item in found)


def test_the_same_seed_breaks_the_same_spec_in_the_same_way():
    assert break_one(7) == break_one(7)
    assert break_one(7) != break_one(8)


@pytest.mark.parametrize("name", TABLE_MUTATIONS)
def test_every_way_to_break_tables_breaks_some_and_leaves_the_original(name):
    changed = 0
    for seed in range(20):
        data = make_spec(Choose.seeded(seed)).data
        before = toml_text(data)
        TABLE_MUTATIONS[name](Choose.seeded(seed), data)
        changed += toml_text(data) != before
    assert changed


@pytest.mark.parametrize("name", TEXT_MUTATIONS)
def test_every_way_to_break_text_changes_it(name):
    text = toml_text(make_spec(Choose.seeded(1)).data).encode()
    assert any(TEXT_MUTATIONS[name](Choose.seeded(seed), text) != text for seed in range(10))


SOUND = Diagnostic("SW101", "unknown-key", "error", "no such key", place=Place("m.toml", 1, 3, 5, "ab cd"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "SW000"}, "an unknown code"),
        ({"name": "another"}, "not what the catalogue says"),
        ({"message": " "}, "no message"),
        ({"message": "x" * 3000}, "characters long"),
        ({"help": "<scorewright.model object at 0x7f0011223344>"}, "our own insides"),
        ({"place": None}, "no place"),
        ({"place": Place("m.toml", 9, 1, 2, "ab cd")}, "line 9 of 2"),
        ({"place": Place("m.toml", 1, 1, 2, "other")}, "shown is"),
        ({"place": Place("m.toml", 1, 7, 9, "ab cd")}, "columns 7 to 9"),
        ({"place": Place("n.toml", 1, 1, 2, "ab cd")}, "was not read"),
    ],
)
def test_a_fault_of_a_message_is_seen(change, said):
    from dataclasses import replace

    texts = {"m.toml": "ab cd\n"}
    assert faults([SOUND], texts) == []
    (fault,) = faults([replace(SOUND, **change)], texts)
    assert said in fault
