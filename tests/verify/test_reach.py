"""What a difference spreads to, where one thing is read through another."""

from __future__ import annotations

from scorewright.verify.reach import reach_of
from tests.pardot.making import TOTAL, model_of

HEAD = '[model]\nid = "m"\ntitle = "M"\ntimezone = "UTC"\n'


def test_a_label_that_joins_others_follows_their_scores():
    text = (
        '[fields.class]\ntype = "text"\n'
        '[bands.letter]\nscore = "lead"\ncases = [{ label = "A", at_least = 50 }, { label = "B" }]\n'
        '[bands.class]\njoin = ["letter", "letter"]\nfield = "class"\n'
    )
    assert reach_of(model_of(f"{HEAD}\n{TOTAL}\n{text}")).beyond(["score lead"]) == {"field class"}
