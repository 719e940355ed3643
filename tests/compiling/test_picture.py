"""The picture on the build sheet: what the reference machine says of a quiet person, and nothing that could run."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from scorewright.checks.run import check_spec
from scorewright.compiling.page.french import French
from scorewright.compiling.page.picture import picture
from scorewright.compiling.page.quiet import quiet
from scorewright.compiling.page.tasks import Tasks
from tests.conftest import ROOT
from tests.diff.making import HEAD, side

SPEC = HEAD.replace('floor = "half-mql"\n', "").replace("= 1\nmql", "= 1\nmql")


WORDS = Tasks(None, French({}))


def model(text):
    return side(text, "new").model


def levels(text):
    (found,) = quiet(model(text))
    return found.start, found.levels


def test_steps_fall_at_their_day_and_stop_where_the_spec_says():
    decay = (
        (
            "\n[decay.quiet]\nscore = 'engagement'\nstop_at = 45\nsteps = [\n  {{ after = '30d', subtract = 10 }},\n"
            "  {{ after = '60d', every = '30d', subtract = 20 }},\n]\n"
        )
        .replace("{{", "{")
        .replace("}}", "}")
    )
    assert levels(SPEC + decay) == (90, ((30, 80), (60, 60), (90, 45)))


def test_a_score_that_nothing_takes_from_has_no_curve():
    assert quiet(model(SPEC)) == ()
    assert "polyline" not in picture(model(SPEC), WORDS)
    assert "How it fades" not in picture(model(SPEC), WORDS).partition("<details>")[0]


def test_people_who_are_not_scored_do_not_make_it_flat():
    decay = "\n[decay.quiet]\nscore = 'engagement'\nsteps = [\n  { after = '30d', set = 0 },\n]\n"
    text = (SPEC + decay).replace('timezone = "UTC"', 'timezone = "UTC"\neligible = "customers"')
    assert levels(text) == (90, ((30, 0),))


@pytest.mark.parametrize("spec", sorted(path.parent.name for path in (ROOT / "specs").glob("*/model.toml")))
def test_every_shipped_model_has_a_picture_that_is_sound(spec):
    found = check_spec(ROOT / "specs" / spec, today=date(2026, 11, 1)).model
    drawn = picture(found, WORDS)
    tree = ET.fromstring(drawn.replace("<br>", ""))
    pictures = [*tree.iter("svg")]
    assert all(each.get("role") == "img" and each.get("aria-label") for each in pictures)
    words = "".join(tree.itertext())
    for score in [*found.scores.values()][:8]:
        assert score.title in words
    for each in pictures:
        wide, high = float(each.get("width")), float(each.get("height"))
        for text in each.iter("text"):
            assert 0 <= float(text.get("x")) < wide
            assert 0 < float(text.get("y")) < high


def test_hostile_titles_are_texts():
    bad = "<script>alert(1)</script> & '' \" ]]> --"
    text = SPEC.replace("[rules.contact]", f'[rules.contact]\ntitle = """{bad}"""')
    text = text.replace("[scores.engagement]", f'[scores.engagement]\ntitle = """{"x" * 3000} {bad}"""')
    drawn = picture(model(text), WORDS)
    tree = ET.fromstring(drawn)
    assert "script" not in {each.tag for each in tree.iter()}
    assert "<script>alert(1)</script>" in "".join(tree.itertext())
