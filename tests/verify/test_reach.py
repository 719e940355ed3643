"""What a difference spreads to where one thing is read through another, and when it is looked for."""

from __future__ import annotations

from scorewright.model.history import Person
from scorewright.plugin.emulation import Gauge
from scorewright.semantics import Machine
from scorewright.verify.lives import Life
from scorewright.verify.lives.life import DAY
from scorewright.verify.meant import meant
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


def test_nobody_looks_before_the_model_starts():
    starts = HEAD + "starts = 2026-01-01\n"
    model = model_of(f"{starts}\n{TOTAL}start = 5\n")
    created = 1_764_633_600  # 2 December 2025
    life = Life("there before", Person(created), created + 60 * DAY, ())
    looks = meant(Machine(model), life, [Gauge("score", "lead", {}, 4)]).looks
    assert looks
    assert min(look.at for look in looks) >= 1_767_225_600
