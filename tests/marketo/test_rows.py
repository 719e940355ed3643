"""What each kind of rule becomes on Marketo, row by row: how it is lowered, and how exactly.

Two rows go beyond what practitioners write of the platform: a share that is no whole number is kept to the fraction
(they drop weights), and a field's number is copied into a total bit by bit (they leave the two apart).
"""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, compile_text

ASSETS = """
[assets]
contact = { form = "Contact" }
forms = { form = ["Contact", "Demo"] }
careers = { pages = "/careers" }
news = { email = "News" }
"""
FIT = '[scores.fit]\nkind = "fit"\n'
PARTS = FIT + '[scores.total]\nkind = "combined"\nsum_of = ["lead", "fit"]\n'
ON = "[rules.r]\non = {{ {} }}\npoints = {{ lead = 10 }}\n{}\n"
SUBMITS = ON.format('submits = "contact"', "")
MARKED = "[marks]\nquiet = {}\n"
WAKE = '[thresholds.back]\nwhen.all = [\n  { mark = "quiet" },\n  { score = "lead", above = 8 },\n]\nthen = [ { unmark = "quiet" } ]\n'


def _decay(steps: str, more: str) -> str:
    return f'[decay.d]\nscore = "lead"\nsteps = [ {steps} ]\n{more}\n' + SUBMITS


EXACT, BOUNDED, REFUSED, BY_HAND = "exact", "bounded", "refused", "by hand"

ROWS = {
    # points and limits
    "an award": (ON.format('submits = "contact"', ""), {(EXACT, "award")}),
    "an award to a part, and its total": (PARTS + ON.format('submits = "contact"', ""), {(EXACT, "award")}),
    "once": (ON.format('submits = "contact"', "limit = { times = 1 }"), {(EXACT, "award")}),
    "once in 30 days": (
        ON.format('submits = "contact"', 'limit = { times = 1, per = "30d" }'),
        {(EXACT, "award")},
    ),
    "once for each form, by name": (
        ON.format('submits = "forms"', 'limit = { times = 1, each = "asset" }'),
        {(EXACT, "award")},
    ),
    "once for each form, any": (
        ON.format('submits = "any-form"', 'limit = { times = 1, each = "asset" }'),
        {(REFUSED, "each-asset-unlisted")},
    ),
    "once a calendar day": (
        ON.format('submits = "contact"', 'limit = { times = 1, per = "calendar day" }'),
        {(BOUNDED, "batch-start"), (BOUNDED, "simultaneous-events")},
    ),
    "the first 3": (
        ON.format('submits = "contact"', "limit = { times = 3 }"),
        {(BOUNDED, "simultaneous-events")},
    ),
    "3 in 30 days": (
        ON.format('submits = "contact"', 'limit = { times = 3, per = "30d" }'),
        {(BOUNDED, "simultaneous-events")},
    ),
    "25 points in 30 days, 10 at a time": (
        ON.format('submits = "contact"', 'limit = { points = 25, per = "30d" }'),
        {(BOUNDED, "simultaneous-events")},
    ),
    "25 points for each of two scores, 10 and 7 at a time": (
        FIT.replace("fit", "other").replace('"other"', '"engagement"')
        + '[rules.r]\non = { submits = "contact" }\npoints = { lead = 10, other = 7 }\nlimit = { points = 25 }\n',
        {(BOUNDED, "simultaneous-events")},
    ),
    "2 in 90 minutes": (
        ON.format('submits = "contact"', 'limit = { times = 2, per = "90min" }'),
        {(BOUNDED, "simultaneous-events")},
    ),
    "a label of joined labels": (
        '[bands]\na = { score = "lead", cases = [ { label = "A", at_least = 9 }, { label = "B" } ] }\n'
        'b = { join = ["a", "a"] }\nc = { join = ["b", "a"] }\n'
        '[thresholds.t]\nwhen = { band = "c", is = "AAA" }\nthen = [ { moment = "M" } ]\n' + SUBMITS,
        {(EXACT, "band-read"), (EXACT, "threshold"), (EXACT, "award")},
    ),
    "once a visit": (
        ON.format('visits = "careers"', 'limit = { times = 1, per = "visit" }'),
        {(REFUSED, "limit-impossible")},
    ),
    "3 pages in a visit": (
        ON.format('visits = "careers", at_least = 3, within = "visit"', 'limit = { times = 1, per = "7d" }'),
        {(REFUSED, "limit-impossible")},
    ),
    "3 pages in 7 days": (
        ON.format('visits = "careers", at_least = 3, within = "7d"', 'limit = { times = 1, per = "7d" }'),
        {(EXACT, "award-after-count")},
    ),
    "the first opens are free": (
        ON.format('opens = "news", at_least = 4', 'limit = { times = 1, per = "1d" }'),
        {(EXACT, "award-after-count")},
    ),
    "saw and did not submit within 7 days": (
        ON.format(
            'visits = "careers"',
            'when = { not = { submitted = "contact", within = "7d" } }\nwait = "7d"\nlimit = { times = 1, per = "7d" }',
        ),
        {(EXACT, "award-after-wait")},
    ),
    "while a field is so": (
        FIT + '[rules.r]\nwhen = { field = "country", is = "DE" }\npoints = { fit = 5 }\n',
        {(EXACT, "fact-batch")},
    ),
    "once a field is so, for good": (
        FIT + '[rules.r]\nwhen = { field = "country", is = "DE" }\npoints = { fit = 5 }\nkeep = true\n',
        {(EXACT, "fact-kept")},
    ),
    # decay
    "silence of 30 days": (_decay('{ after = "30d", subtract = 10 }', ""), {(EXACT, "decay-steps")}),
    "silence of 120 days": (
        _decay('{ after = "120d", subtract = 10 }', ""),
        {(BOUNDED, "late-past-stamped")},
    ),
    "steps, each once": (
        _decay('{ after = "30d", subtract = 10 }, { after = "60d", subtract = 10 }', ""),
        {(EXACT, "decay-steps")},
    ),
    "set, and disarm": (
        _decay('{ after = "30d", at_least = 3, set = 3 }', ""),
        {(EXACT, "decay-batch")},
    ),
    "again and again": (
        _decay('{ after = "30d", every = "30d", subtract = 10 }', ""),
        {(EXACT, "decay-every")},
    ),
    "a stop": (_decay('{ after = "30d", subtract = 10 }', "stop_at = 50"), {(EXACT, "decay-steps")}),
    "two speeds": (
        _decay(
            '{ after = "30d", above = 30, subtract = 4 }, { after = "30d", at_most = 30, subtract = 1 }', ""
        ),
        {(EXACT, "decay-steps")},
    ),
    "percent": (_decay('{ after = "30d", percent = 10 }', ""), {(BOUNDED, "largest-score")}),
    "at most 30 in a silence": (
        _decay('{ after = "30d", every = "30d", subtract = 10 }', 'limit = { points = 30, per = "silence" }'),
        {(EXACT, "decay-steps")},
    ),
    "a step of hours": (
        _decay('{ after = "36h", every = "36h", subtract = 4 }', ""),
        {(REFUSED, "decay-impossible")},
    ),
    "a mark, and the wake-up": (
        MARKED + _decay('{ after = "30d", at_least = 3, set = 3 }', 'then = [ { mark = "quiet" } ]') + WAKE,
        {(EXACT, "threshold-disarms"), (EXACT, "decay-batch")},
    ),
    # totals, tiers, grades, products
    "tiers": (
        PARTS
        + '[tiers.r]\nscore = "fit"\nfield = "country"\ncases = [ { is = "DE", points = 15 }, { is = "FR", points = 7 } ]\n',
        {(EXACT, "tier")},
    ),
    "weights": (
        FIT
        + '[scores.mix]\nkind = "combined"\npercent_of = { fit = 35 }\n'
        + '[rules.r]\nwhen = { field = "country", is = "DE" }\npoints = { fit = 75 }\n',
        {(EXACT, "fact-batch"), (EXACT, "combined")},
    ),
    "a whole word": (
        FIT
        + '[tiers.r]\nscore = "fit"\nfield = "job-title"\ncases = [ { contains_word = "COO", points = 9 } ]\n',
        {(BOUNDED, "word-separators")},
    ),
    "a whole word, between signs that the spec lists": (
        FIT
        + '[tiers.r]\nscore = "fit"\nfield = "job-title"\ncases = [ { contains_word = "COO", points = 9 } ]\n'
        + '[targets.marketo]\nword_separators = [" ", "("]\n',
        {(EXACT, "tier")},
    ),
    "a grade": (
        '[grades.g]\nstart = "D"\ncriteria.c = { when = { field = "country", is = "DE" }, thirds = 2 }\n',
        {(EXACT, "grade")},
    ),
    "a class of two bands": (
        FIT
        + '[fields]\nclass = { type = "text" }\n[bands.one]\nscore = "lead"\ncases = [ { label = "A", at_least = 50 }, { label = "B" } ]\n'
        '[bands.two]\nscore = "fit"\ncases = [ { label = "1", at_least = 5 }, { label = "2" } ]\n'
        '[bands.both]\njoin = ["one", "two"]\nfield = "class"\n',
        {(EXACT, "band-field")},
    ),
    "a number from outside": (
        FIT
        + '[fields]\nreview = { type = "number" }\n[inputs.r]\nfield = "review"\nscore = "fit"\nat_least = 0\nat_most = 30\n',
        {(EXACT, "input")},
    ),
    "products": (
        (
            '[products.a]\nassets = { form = "contact" }\n[products.b]\nassets = { form = "careers-form" }\n'
            '[scores.interest]\nkind = "engagement"\neach = "product"\n'
            '[rules.r]\non = { submits = "form" }\npoints = { interest = 5 }\neach = "product"\n'
        ),
        {(EXACT, "award"), (BY_HAND, "clone-by-hand")},
    ),
    # thresholds
    "an upward crossing": (
        ON.format('submits = "contact"', "")
        + '[thresholds.t]\nwhen = { score = "lead", at_least = 100 }\nthen = [ { task = "Call" } ]\n',
        {(EXACT, "threshold")},
    ),
    "a segment": ('[segments.s]\nwhen = { field = "country", is = "DE" }\n', {(EXACT, "segment")}),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_lowered_as_it_should(row):
    text, wanted = ROWS[row]
    more = ASSETS.replace("careers =", 'careers-form = { form = "Careers" }\ncareers =')
    bundle = compile_text(SCORE + more + text)
    found = {(note.result.value, note.name) for note in bundle.notes}
    assert wanted <= found
    loud = {pair for pair in found if pair[0] in {BOUNDED, REFUSED}}
    assert loud == {pair for pair in wanted if pair[0] in {BOUNDED, REFUSED}}, (
        "nothing else is off, and nothing else is refused"
    )


def test_what_visitors_did_before_is_scored_or_said_to_be_missing():
    text = SCORE + ASSETS + ON.format('visits = "careers"', "")
    for runs, said in ((True, False), (False, True)):
        notes = compile_text(text, late_anonymous_past=runs).notes
        assert any(note.name == "unknown-past" for note in notes) is said
