"""Shapes of the language that other specs seldom have, each proven by some of its lives."""

from __future__ import annotations

import pytest

from scorewright_marketo import TARGET
from tests.marketo.compiling import HEAD, SCORE, compile_model, model_of
from tests.verify.made import task_of
from tests.verify.thin import differs

ASSETS = '[assets]\ncontact = { form = "Contact" }\n'
AWARD = ASSETS + '[rules.r]\non = { submits = "contact" }\npoints = { lead = 55 }\n'
TWO = '[scores.other]\nkind = "engagement"\n'
SUM = '[scores.sum]\nkind = "combined"\nsum_of = ["lead", "other"]\n'
MOMENT = 'then = [ { moment = "M" } ]\n'


def _decay(steps, more=""):
    return AWARD + f'[decay.d]\nscore = "lead"\nsteps = [ {steps} ]\n{more}'


def _limited(points, limit, more=""):
    rule = f'[rules.r]\non = {{ submits = "contact" }}\npoints = {points}\nlimit = {limit}\n{more}'
    return TWO + ASSETS + rule


def _grouped(limit):
    forms = '[assets]\na = { form = "A" }\nb = { form = "B" }\n'
    group = '[groups.g]\nscore = "lead"\nlimit = { points = 48, per = "7d" }\n'
    rule = '[rules.{}]\non = {{ submits = {} }}\npoints = {{ lead = {} }}\ngroup = "g"\n{}\n'
    own = rule.format("r", '["a", "b"]', 4, f"limit = {limit}")
    return forms + group + own + rule.format("s", '"b"', 4, MOMENT)


LEVELS = (
    '{ after = "7d", EVERY at_least = 30, subtract = 10 }, { after = "7d", EVERY below = 30, subtract = 4 }'
)
EVERY = LEVELS.replace("EVERY", 'every = "7d",')
PER_SILENCE = 'limit = { points = 33, per = "silence" }\n'
SHAPES = {
    # limits
    "points of two scores": _limited("{ lead = 20, other = -35 }", "{ points = 50 }", 'expires = "10d"\n'),
    "points in a window, cut": _limited("{ lead = 20, other = 15 }", '{ points = 50, per = "5d" }'),
    "minutes": _limited("{ lead = 20 }", '{ times = 2, per = "90min" }'),
    "each asset for itself, in a group": _grouped('{ times = 2, each = "asset" }'),
    "once in a while, in a group": _grouped('{ times = 1, per = "2d" }'),
    # decays
    "levels and actions of one day": _decay(LEVELS.replace("EVERY", ""), MOMENT),
    "levels and actions, again and again": _decay(EVERY, MOMENT + 'when = { field = "country", is = "F" }\n'),
    "actions without a level": _decay('{ after = "7d", subtract = 10 }', MOMENT),
    "two steps for one score": _decay(
        '{ after = "9d", above = 20, subtract = 10 }, { after = "9d", percent = 50 }'
    ),
    "a limit over levels": _decay(EVERY, PER_SILENCE),
    "a limit over shares": _decay(
        '{ after = "7d", every = "7d", percent = 30 }, { after = "60d", set = 3 }', PER_SILENCE
    ),
    "a wide set beside others, in a sum": TWO
    + SUM
    + _decay('{ after = "7d", at_least = 50, set = 20 }, { after = "7d", below = 50, subtract = 4 }'),
    # scores
    "a floor above 0, in a sum": SUM + TWO + "floor = 5\n" + AWARD.replace("lead", "other"),
    "one award that reaches a score twice, at a floor": '[scores.other]\nkind = "engagement"\nfeeds = "lead"\n'
    + ASSETS
    + '[rules.r]\non = { submits = "contact" }\npoints = { lead = 6, other = -4 }\n',
    "a rounded sum in a rounded sum": TWO
    + '[scores.mix]\nkind = "combined"\npercent_of = { lead = 50, other = 35 }\n'
    + '[scores.top]\nkind = "combined"\npercent_of = { mix = 70, lead = 10 }\n'
    + AWARD.replace("55", "7, other = -3"),
    # events
    "a pattern with exceptions": '[assets]\nblog = { pages = "/blog", match = "starts_with" }\n'
    'jobs = { pages = ["/blog/jobs", "/other"] }\n'
    '[rules.r]\non = { visits = "blog", except = "jobs" }\npoints = { lead = 3 }\n',
    "any file but one": '[assets]\nprices = { file = "prices.pdf" }\n'
    '[rules.r]\non = { downloads = "any-file", except = "prices" }\npoints = { lead = 3 }\n',
    "names without those of a pattern": '[assets]\nall = { pages = ["/blog", "/jobs/one"] }\n'
    'jobs = { pages = "/jobs", match = "starts_with" }\n'
    '[rules.r]\non = { visits = "all", except = "jobs" }\npoints = { lead = 3 }\n',
    # what ends
    "a reset cancels what is to expire": ASSETS
    + '[rules.r]\non = { submits = "contact" }\npoints = { lead = 20 }\nexpires = "10d"\n'
    '[rules.x]\non = { opens = "any-email" }\npoints = { lead = 1 }\nthen = [ { reset = "lead", to = 3 } ]\n',
    "a reset cancels what is to fade": ASSETS
    + '[rules.r]\non = { submits = "contact" }\npoints = { lead = 40 }\nfades = { percent = 50, every = "5d" }\n'
    '[thresholds.t]\nwhen = { score = "lead", at_least = 70 }\nthen = [ { reset = "lead", to = 0 } ]\n',
    "what fades in many steps": ASSETS
    + '[rules.r]\non = { submits = "contact" }\npoints = { lead = 99 }\nfades = { subtract = 4, every = "3d" }\n',
    # thresholds
    "what a day opens": '[thresholds.t]\nwhen = { field = "created", older_than = "10d" }\n' + MOMENT,
    # what holds
    "what was ever done, or never": '[assets]\ncareers = { pages = "/careers" }\n[scores.fit]\nkind = "fit"\n'
    '[tiers.t]\nscore = "fit"\ncases = [\n  { when = { visited = "careers" }, points = 7 },\n'
    '  { when = { not = { changed = "job-title" } }, points = 3 },\n]\n',
    "few events of two kinds": '[assets]\nnews = { email = "News" }\npost = { link = "Post" }\n'
    '[scores.fit]\nkind = "fit"\n[rules.r]\npoints = { fit = 5 }\n'
    'when = { clicked = ["news", "post"], at_most = 2, within = "30d" }\n',
    "a kept fact of some hours": '[fields]\nday = { type = "date" }\n[rules.f]\nkeep = true\npoints = { lead = 5 }\n'
    'when = { field = "day", within_last = "24h" }\n',
    "a share of a field": '[fields]\nn = { type = "number" }\n[scores.fit]\nkind = "fit"\n'
    '[inputs.i]\nfield = "n"\nscore = "fit"\npercent = 70\nat_least = -50\nat_most = -3\n',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_does_what_it_means(shape):
    model = model_of(SHAPES[shape], HEAD + SCORE + ("floor = 0\n" if "a floor" in shape else ""))
    bundle = compile_model(model)
    assert not [note for note in bundle.notes if note.result.value == "refused"]
    assert not differs(
        task_of(TARGET, model, bundle, effort=1), TARGET, 1 if "in a group" in shape else 7, shape
    )
