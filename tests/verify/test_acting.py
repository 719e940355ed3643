"""What a bound excuses: what comes of its element, and nothing that its element has no part in."""

from __future__ import annotations

from scorewright.plugin.emulation import Bound, Deed, Gauge
from scorewright.semantics.timeline import Change, Timeline
from scorewright.verify.acting import Acting
from scorewright.verify.bundle import BoundOf
from scorewright.verify.compare import Judge
from scorewright.verify.meant import Meant
from scorewright.verify.quiet import Look
from scorewright.verify.reach import reach_of
from tests.semantics.play import LEAD, spec

TABLES = {"campaigns": [{"name": "Act t", "for": ["thresholds.t"]}, {"name": "Award r", "for": ["rules.r"]}]}
NOTHING = Timeline(())


def change(at, element):
    return Change(at, "fired", "t", None, True, element, ("thresholds", "t"), "award")


def test_an_element_has_acted_from_its_first_change_or_the_first_deed_of_what_was_made_for_it():
    acted = Acting(TABLES).of(Timeline((change(50, "thresholds.u"),)), [Deed(70, "campaigns: Act t", "acts")])
    assert [acted("thresholds.u", at) for at in (49, 50)] == [False, True]
    assert [acted("thresholds.t", at) for at in (69, 70)] == [False, True]
    assert not acted("rules.r", 1_000)


def test_what_is_there_all_the_time_needs_no_deed():
    acted = Acting(TABLES).of(NOTHING, [])
    assert all(acted(name, 0) for name in ("model", "scores.points", "segments.s", "grades.g"))


def test_what_the_files_do_not_name_may_have_acted_for_anything():
    acted = Acting(TABLES).of(NOTHING, [Deed(70, "somebody", "acts")])
    assert [acted("rules.r", at) for at in (69, 70)] == [False, True]


def test_a_bound_of_somebody_new_excuses_what_shows_at_the_first_look_and_stays():
    gauge = Gauge("done", "thresholds.t.then.0", {}, 1)
    bound = BoundOf("thresholds.t", None, "spare", Bound(gauge.name, 0, 1, "mixed-at-first"))
    judge = Judge((gauge,), (bound,), reach_of(spec(LEAD)))
    looks = tuple(Look(at, 7_200) for at in (7_200, 99_000, 200_000))
    meant = Meant(looks, ({gauge.name: 0}, {gauge.name: 1}, {gauge.name: 1}), NOTHING, frozenset(), {})
    held = frozenset({"mixed-at-first", "mixed-at-first thresholds.t 1"})

    def differences(*shown):
        sights = tuple({gauge.name: value} for value in shown)
        return judge.judge(meant, sights, lambda *_: held, "late", lambda *_: True).differences

    assert not differences(1, 2, 2)
    assert not differences(1, 1, 1)
    assert [(item.at, item.shown) for item in differences(0, 2, 2)] == [(99_000, 2)]
    assert [(item.at, item.shown) for item in differences(1, 2, 3)] == [(200_000, 3)]
    assert [(item.at, item.shown) for item in differences(2, 2, 2)] == [(7_200, 2)]


def test_a_bound_of_what_has_not_acted_excuses_nothing():
    gauge = Gauge("score", "lead", {}, 1)
    bound = BoundOf("thresholds.t", None, "spare", Bound(gauge.name, None, None))
    judge = Judge((gauge,), (bound,), reach_of(spec(LEAD)))
    meant = Meant((Look(7_200, 7_200),), ({gauge.name: 5},), NOTHING, frozenset(), {})

    def judged(deeds):
        acted = Acting(TABLES).of(NOTHING, deeds)
        return judge.judge(
            meant, ({gauge.name: 9},), lambda *_: frozenset({"any"}), "late", acted
        ).differences

    assert [(item.meant, item.shown) for item in judged([Deed(5, "campaigns: Award r", "acts")])] == [(5, 9)]
    assert not judged([Deed(5, "campaigns: Act t", "acts")])
