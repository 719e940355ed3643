"""What can happen in one moment: two values for one field, a mark set and cleared, a handoff after recycling."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

WORLD = """
[fields]
stage = { type = "text" }
region = { type = "choice", values = ["North", "South", "West"] }
regions = { type = "choices", values = ["North", "South"] }
[scores.lead]
kind = "engagement"
[scores.interest]
kind = "engagement"
[scores.fit]
kind = "fit"
[scores.person]
kind = "combined"
sum_of = ["lead", "fit"]
[bands.letter]
score = "lead"
cases = [ { label = "A", at_least = 50 }, { label = "B", at_least = 20 }, { label = "C" } ]
[grades.profile]
criteria.a = { when = { mailable = true }, thirds = 1 }
[rules.page]
on = { visits = "pricing" }
points = { lead = 5 }
[rules.other-page]
on = { visits = "careers" }
points = { interest = 5 }
[rules.click]
on = { clicks = "any-email" }
points = { interest = 5 }
[segments.north]
when = { field = "region", is = "North" }
"""


def two(first, second):
    """Two thresholds that write the field, each with its own way of opening."""
    return f"""{WORLD}
    [thresholds.first]
    {first}
    then = [ {{ set_field = "stage", to = "one" }} ]
    [thresholds.second]
    {second}
    then = [ {{ set_field = "stage", to = "two" }} ]
    """


LEAD = 'when = { score = "lead", at_least = 30 }'


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LEAD, 'when = { score = "lead", at_least = 100 }'),
        (LEAD, 'when = { score = "person", at_least = 100 }'),
        (LEAD, 'when = { band = "letter", is = "A" }'),
        (LEAD, 'when.all = [ { score = "lead", above = 5 }, { field = "region", is = "North" } ]'),
        (LEAD, 'when.any = [ { score = "lead", below = 5 }, { score = "lead", above = 50 } ]'),
        # hand raisers: the same event that raises the other one's score
        (LEAD, 'when = { mark = "never" }\nor_on = [ { visits = "pricing" } ]'),
        (LEAD, 'when = { mark = "never" }\nor_on = [ { visits = "any-page" } ]'),
        # one field behind both
        (
            'when = { field = "region", is = "North" }',
            'when = { field = "region", is_any = ["North", "West"] }',
        ),
        ('when = { field = "regions", is = "North" }', 'when = { field = "regions", is = "South" }'),
    ],
)
def test_two_thresholds_that_can_fire_together(first, second):
    (finding,) = only(two(first, second), "two-values-for-one-field")
    assert finding.path == ("thresholds", "second", "then", 0, "to")
    assert finding.related == ((("thresholds", "first", "then", 0, "to"), '"one" here'),)
    assert "'first' and 'second' can fire in one moment" in finding.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # nothing moves both
        (LEAD, 'when = { score = "interest", at_least = 100 }'),
        (LEAD, 'when = { mark = "never" }\nor_on = [ { visits = "careers" } ]'),
        (LEAD, 'when = { mark = "never" }\nor_on = [ { searches = true } ]'),
        # the score excludes it
        (
            'when = { score = "lead", at_least = 30, below = 100 }',
            'when = { score = "lead", at_least = 100 }',
        ),
        (LEAD, 'when = { score = "lead", below = 30 }'),
        (LEAD, 'when = { not = { score = "lead", at_least = 30 } }'),
        # a mark, a field, a segment, a label, a grade, a word excludes it
        (
            'when = { score = "lead", above = 5 }\nunless = { mark = "m" }',
            'when.all = [ { score = "lead", above = 5 }, { mark = "m" } ]',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { field = "region", is = "North" } ]',
            'when.all = [ { score = "lead", above = 5 }, { field = "region", is = "South" } ]',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { field = "region", is = "North" } ]',
            'when = { score = "lead", above = 5 }\nunless = { field = "region", is_any = ["North", "West"] }',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { segment = "north" } ]',
            'when = { score = "lead", above = 5 }\nunless = { segment = "north" }',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { segment = "north" } ]',
            'when.all = [ { score = "lead", above = 5 }, { field = "region", is = "South" } ]',
        ),
        ('when = { band = "letter", is = "A" }', 'when = { band = "letter", is_any = ["B", "C"] }'),
        (
            'when.all = [ { score = "lead", above = 5 }, { grade = "profile", at_least = "B" } ]',
            'when.all = [ { score = "lead", above = 5 }, { grade = "profile", below = "B" } ]',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { crm = "lead" } ]',
            'when.all = [ { score = "lead", above = 5 }, { crm = "contact" } ]',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { assigned = true } ]',
            'when = { score = "lead", above = 5 }\nunless = { assigned = true }',
        ),
        (
            'when = { score = "lead", above = 5 }\nrequired_fields = ["email"]',
            'when.all = [ { score = "lead", above = 5 }, { field = "email", known = false } ]',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { visited = "pricing", within = "7d" } ]',
            'when.all = [ { score = "lead", above = 5 }, { not = { visited = "pricing", within = "7d" } } ]',
        ),
        (
            'when.all = [ { score = "lead", above = 5 }, { field = "employees", at_least = 100 } ]',
            'when.all = [ { score = "lead", above = 5 }, { field = "employees", below = 100 } ]',
        ),
    ],
)
def test_two_thresholds_that_exclude_each_other(first, second):
    assert only(two(first, second), "two-values-for-one-field") == []


def test_a_schedule_is_another_moment():
    hours = '\n[schedules.morning]\nat = ["08:00"]\n'
    later = f'{LEAD}\nschedule = "morning"'
    assert only(two(LEAD, later) + hours, "two-values-for-one-field") == []
    assert len(only(two(later, later) + hours, "two-values-for-one-field")) == 1


def test_what_cannot_be_followed_is_not_called_an_error():
    many = ", ".join(
        f'{{ any = [ {{ mark = "a{n}" }}, {{ mark = "b{n}" }} ] }}' for n in range(8)
    )  # 2^8 ways
    more = f'when.all = [ {{ score = "lead", above = 5 }}, {many} ]'
    assert only(two(LEAD, more), "two-values-for-one-field") == []


def test_the_same_value_twice_is_no_conflict():
    assert only(two(LEAD, LEAD).replace('"two"', '"one"'), "two-values-for-one-field") == []


def test_one_finding_a_writer():
    text = WORLD + "".join(
        f'[thresholds.t{n}]\nwhen = {{ score = "lead", at_least = {n} }}\nthen = [ {{ set_field = "stage", to = "{n}" }} ]\n'
        for n in range(1, 6)
    )
    assert len(only(text, "two-values-for-one-field")) == 4


@pytest.mark.parametrize(
    ("then", "wrong"),
    [
        ('{ set_field = "stage", to = "a" }, { set_field = "stage", to = "b" }', True),
        ('{ set_field = "stage", to = "a" }, { set_field = "stage", to = "a" }', False),
        ('{ lifecycle = "mql" }, { set_field = "stage", to = "MQL" }', False),
        ('{ lifecycle = "mql" }, { lifecycle = "engaged" }', True),
        ('{ snapshot = "lead", in = "employees" }, { snapshot = "person", in = "employees" }', True),
        ('{ stamp = "day" }, { stamp = "day" }', False),
    ],
)
@pytest.mark.parametrize("holder", ['rules.r]\non = { visits = "pricing" }', f"thresholds.t]\n{LEAD}"])
def test_one_then_writes_one_value(holder, then, wrong):
    text = f'{WORLD}\n[lifecycle]\nfield = "stage"\n[{holder}\nthen = [ {then} ]'
    assert bool(only(text, "two-values-for-one-field")) is wrong


BAND = """
[bands.{0}]
score = "{1}"
field = "stage"
cases = [
  {{ label = "A", at_least = 10 }},
  {{ label = "B" }},
]
"""
STAGE = '[fields]\nstage = { type = "text" }\n'


def test_two_bands_in_one_field():
    (found,) = only(STAGE + BAND.format("a", "e") + BAND.format("b", "f"), "two-values-for-one-field")
    assert (found.path, found.related[0][0]) == (("bands", "b", "field"), ("bands", "a", "field"))


@pytest.mark.parametrize(
    ("action", "key"),
    [('set_field = "stage", to = "Hot"', "to"), ('lifecycle = "mql"', "lifecycle")],
)
def test_the_field_of_a_band_is_written_by_nobody_else(action, key):
    text = f'{STAGE}[lifecycle]\nfield = "stage"\n[thresholds.t]\nwhen = {{ mailable = true }}\nthen = [{{ {action} }}]\n'
    (found,) = only(text + BAND.format("a", "e"), "two-values-for-one-field")
    assert found.path == ("thresholds", "t", "then", 0, key)
    assert only(text, "two-values-for-one-field") == []


def test_two_stages_at_once():
    text = f"""{WORLD}
    [lifecycle]
    field = "stage"
    [thresholds.engaged]
    when = {{ score = "lead", at_least = 30 }}
    then = [ {{ lifecycle = "engaged" }} ]
    [thresholds.mql]
    when = {{ score = "lead", at_least = 100 }}
    then = [ {{ lifecycle = "mql" }} ]
    """
    (finding,) = only(text, "two-values-for-one-field")
    assert 'write "ENGAGED" and "MQL" into \'stage\'' in finding.message


def test_the_copies_of_a_threshold_write_into_one_field():
    text = """
    [products.mba]
    [products.emba]
    [scores.interest]
    kind = "engagement"
    each = "product"
    [rules.page]
    on = { visits = "any-page" }
    points = { interest = 1 }
    each = "product"
    [thresholds.t]
    when = { score = "interest", at_least = 30 }
    then = [ { snapshot = "interest", in = "employees" } ]
    each = "product"
    """
    (finding,) = only(text, "two-values-for-one-field")
    assert (
        "can fire for two products in one moment, and writes the score 'interest' of each" in finding.message
    )


# --- marks ----------------------------------------------------------------------------------------------------------


def marking(setter, clearer):
    return f'{WORLD}\n[{setter}\nthen = [ {{ mark = "m" }} ]\n[{clearer}\nthen = [ {{ unmark = "m" }} ]\n'


@pytest.mark.parametrize(
    ("setter", "clearer", "warned"),
    [
        (f"thresholds.a]\n{LEAD}", 'thresholds.b]\nwhen = { score = "lead", above = 5 }', True),
        (
            f'thresholds.a]\n{LEAD}\nunless = {{ mark = "m" }}',
            'thresholds.b]\nwhen.all = [ { mark = "m" }, { score = "lead", above = 5 } ]',
            False,
        ),
        ('rules.a]\non = { visits = "pricing" }', 'rules.b]\non = { visits = "any-page" }', True),
        ('rules.a]\non = { visits = "pricing" }', 'rules.b]\non = { visits = "careers" }', False),
        (
            'rules.a]\non = { visits = "pricing" }',
            'rules.b]\non = { visits = "pricing" }\nwait = "1d"',
            False,
        ),
        (
            'rules.a]\non = { visits = "pricing" }\nwhen = { crm = "lead" }',
            'rules.b]\non = { visits = "pricing" }\nwhen = { crm = "none" }',
            False,
        ),
        # a rule acts before thresholds are looked at: that order is what the text says
        ('rules.a]\non = { visits = "pricing" }', f"thresholds.b]\n{LEAD}", False),
    ],
)
def test_a_mark_that_is_set_and_cleared_in_one_moment(setter, clearer, warned):
    found = only(marking(setter, clearer), "mark-set-and-cleared")
    assert bool(found) is warned
    assert all(finding.path[-1] == "unmark" for finding in found)


def test_a_decay_marks_in_a_moment_of_its_own():
    text = f"""{WORLD}
    [model]
    counts_as_activity = ["visits"]
    [decay.d]
    score = "lead"
    steps = [ {{ after = "30d", subtract = 5 }} ]
    then = [ {{ mark = "m" }} ]
    [thresholds.b]
    {LEAD}
    then = [ {{ unmark = "m" }} ]
    """
    assert only(text, "mark-set-and-cleared") == []


# --- recycling ------------------------------------------------------------------------------------------------------

MQL = """
[thresholds.mql]
when = { score = "person", at_least = 100 }
unless = { mark = "mql" }
then = [ { mark = "mql" } ]
"""
BACK = '[rules.back]\non = { changes = "stage" }\nwhen = { field = "stage", is = "Back" }\n'


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (MQL + BACK + 'then = [ { unmark = "mql" } ]', True),
        (MQL + BACK + 'then = [ { unmark = "mql" }, { reset = "lead", to = 0 } ]', False),
        (MQL + BACK + 'then = [ { unmark = "mql" }, { reset = "interest", to = 0 } ]', True),
        (MQL.replace("then", "limit = { times = 1 }\nthen") + BACK + 'then = [ { unmark = "mql" } ]', False),
        (
            MQL.replace('{ mark = "mql" }\nthen', '{ field = "stage", is = "Back" }\nthen')
            + BACK
            + 'then = [ { unmark = "mql" } ]',
            False,
        ),
        (MQL.replace('"person"', '"fit"') + BACK + 'then = [ { unmark = "mql" } ]', False),
        (
            MQL + '[thresholds.cold]\nwhen = { score = "person", below = 50 }\nthen = [ { unmark = "mql" } ]',
            False,
        ),
        (
            MQL.replace(
                'unless = { mark = "mql" }',
                'unless.any = [ { mark = "mql" }, { field = "stage", is = "Back" } ]',
            )
            + BACK
            + 'then = [ { unmark = "mql" } ]',
            False,
        ),
    ],
    ids=[
        "unmark alone",
        "reset",
        "another reset",
        "limit",
        "no mark",
        "nothing to reset",
        "below",
        "still shut",
    ],
)
def test_who_is_recycled_is_not_handed_over_again(text, warned):
    found = only(WORLD + text, "recycled-at-once")
    assert bool(found) is warned
    assert all(finding.help == 'add { reset = "lead", to = 0 } beside the unmark' for finding in found)
