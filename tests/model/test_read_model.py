"""Every table becomes its element with what was written, its defaults, and its place."""

from __future__ import annotations

import pytest

from scorewright.model import elements as el
from scorewright.model.values import Active, Duration, Number, Window
from scorewright.model.vocabulary import BUILTIN_ASSETS, BUILTIN_FIELDS
from tests.model.reading import SCORES, model

EVENT = '[rules.r]\non = { visits = "any-page" }\npoints = { e = 1 }\n' + SCORES


def rule(line):
    return model(EVENT.replace("points = { e = 1 }\n", f"points = {{ e = 1 }}\n{line}\n")).rules["r"]


def test_a_header_with_all_that_it_takes():
    head = """
    counts_as_activity = ["visits", "clicks"]
    eligible = "s"
    exclude = ["s"]
    active = { from = 2026-01-01, until = 2026-12-31 }
    starts = 2026-02-01
    ignore_bots = false
    steward = "Marketing operations"
    review = { first = "60d", every = "90d" }
    change_window = { from = "11-01", until = "01-31", except = "Bugs" }
    evidence = true
    why = "Agreed."
    [segments.s]
    when = { crm = "lead" }
    """
    assert model(head).header == el.Header(
        id="m",
        title="M",
        timezone="UTC",
        counts_as_activity=("visits", "clicks"),
        eligible="s",
        exclude=("s",),
        active=Active("2026-01-01", "2026-12-31"),
        starts="2026-02-01",
        ignore_bots=False,
        steward="Marketing operations",
        review=el.Review(Duration(60, "d"), Duration(90, "d")),
        change_window=("11-01", "01-31", "Bugs"),
        evidence=True,
        why="Agreed.",
    )


def test_a_header_with_nothing_else():
    assert model("").header == el.Header(id="m", title="M", timezone="UTC")
    assert model('counts_as_activity = "awards"').header.counts_as_activity == ("awards",)


def test_builtin_fields_and_assets_are_there_and_can_be_declared_again():
    made = model('[fields]\nindustry = { type = "choice", values = ["Steel"] }')
    assert set(BUILTIN_FIELDS) <= set(made.fields)
    assert set(BUILTIN_ASSETS) == set(made.assets)
    assert made.fields["email"].builtin
    assert (made.fields["industry"].type, made.fields["industry"].builtin) == ("choice", False)


def test_titles_default_to_the_id():
    made = model("[marks]\nnot-yet = {}\nother = { title = 'Other one', why = 'W.' }")
    assert (made.marks["not-yet"].title, made.marks["other"].title) == ("not yet", "Other one")
    assert (made.marks["not-yet"].why, made.marks["other"].why) == ("", "W.")


def test_assets_have_kinds_texts_and_names():
    made = model(
        '[assets]\na = { pages = ["/x", "/y"], match = "starts_with", names = { marketo = "X", pardot = ["A", "B"] } }'
    )
    asset = made.assets["a"]
    assert (asset.kinds, asset.texts, asset.match) == (("pages",), ("/x", "/y"), "starts_with")
    assert (asset.texts_on("marketo"), asset.texts_on("pardot"), asset.texts_on("other")) == (
        ("X",),
        ("A", "B"),
        ("/x", "/y"),
    )


def test_terms_come_from_the_spec_or_from_a_file():
    made = model(
        '[terms.a]\nmatch = "is"\nvalues = ["x"]\n[terms.b]\nmatch = "contains"\nfile = "b.txt"',
        {"b": ("y", "z")},
    )
    assert (made.terms["a"].texts, made.terms["a"].file) == (("x",), None)
    assert (made.terms["b"].texts, made.terms["b"].file) == (("y", "z"), "b.txt")


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("limit = { times = 3 }", "limit", el.Limit("times", 3)),
        ('limit = { points = 20, per = "30d" }', "limit", el.Limit("points", 20, Window(Duration(30, "d")))),
        (
            'limit = { times = 1, per = "calendar quarter", each = "asset" }',
            "limit",
            el.Limit("times", 1, Window(calendar="quarter"), by_asset=True),
        ),
        ('wait = "15min"', "wait", Duration(15, "min")),
        ('expires = "2w"', "expires", Duration(2, "w")),
        ('fades = { subtract = 5, every = "7d" }', "fades", el.Fades(Number(5), None, Duration(7, "d"))),
        ('fades = { percent = 10, every = "7d" }', "fades", el.Fades(None, 10, Duration(7, "d"))),
        ("active = { until = 2026-05-01 }", "active", Active(None, "2026-05-01")),
        ("active = {}", "active", None),
        ('title = "T"', "title", "T"),
    ],
)  # fmt: skip
def test_what_a_rule_takes(line, name, value):
    assert getattr(rule(line), name) == value


def test_a_rule_without_anything_else():
    bare = rule("")
    assert (bare.when, bare.wait, bare.limit, bare.group, bare.then, bare.keep) == (
        None,
        None,
        None,
        None,
        (),
        False,
    )
    assert bare.points == (("e", Number(1)),)


@pytest.mark.parametrize(
    ("text", "unit", "seconds", "days"),
    [("15min", "min", 900, None), ("36h", "h", 129_600, None), ("48h", "h", 172_800, 2), ("30d", "d", 2_592_000, 30), ("2w", "w", 1_209_600, 14)],
)  # fmt: skip
def test_durations(text, unit, seconds, days):
    made = rule(f'wait = "{text}"').wait
    assert (str(made), made.unit, made.seconds, made.days) == (text, unit, seconds, days)


def test_a_tier_with_all_that_it_takes():
    text = '[tiers.t]\nscore = "f"\nfield = "email"\ncases = [ { label = "L", known = true, points = 5 } ]\notherwise = -1\nunknown = -2'
    tier = model(text + "\n" + SCORES).tiers["t"]
    assert (tier.score, tier.field, tier.otherwise, tier.unknown) == ("f", "email", Number(-1), Number(-2))
    assert (tier.cases[0].label, tier.cases[0].points, tier.cases[0].path) == (
        "L",
        Number(5),
        ("tiers", "t", "cases", 0),
    )


def test_a_decay_takes_the_models_activity_or_its_own():
    text = 'counts_as_activity = ["visits"]\n' + SCORES
    text += '[decay.a]\nscore = "e"\nsteps = [ { after = "30d", every = "7d", above = 5, subtract = 2 } ]\n'
    text += '[decay.b]\nscore = "e"\ncounts_as_activity = ["clicks"]\nnever_active = true\nstop_at = 3\n'
    text += 'limit = { points = 30, per = "silence" }\nsteps = [ { after = "30d", percent = 50 }, { after = "60d", set = 0 } ]'
    a, b = model(text).decay.values()
    assert (a.activity, a.own_activity, a.never_active, a.stop_at, a.limit) == (
        ("visits",),
        False,
        False,
        None,
        None,
    )
    assert (b.activity, b.own_activity, b.never_active, b.stop_at, b.limit) == (
        ("clicks",),
        True,
        True,
        Number(3),
        30,
    )
    assert (a.steps[0].after, a.steps[0].every, a.steps[0].level.least) == (
        Duration(30, "d"),
        Duration(7, "d"),
        6,
    )
    assert [(step.subtract, step.percent, step.set_to) for step in (*a.steps, *b.steps)] == [
        (Number(2), None, None),
        (None, 50, None),
        (None, None, Number(0)),
    ]


def test_grades_bands_groups_inputs_schedules_goals():
    text = f"""{SCORES}
    [grades.g]
    hidden_until_match = false
    start = "C"
    criteria.c = {{ when = {{ crm = "lead" }}, thirds = 2 }}
    [bands.b]
    score = "e"
    field = "country"
    cases = [ {{ label = "A", above = 5 }}, {{ label = "B" }} ]
    [bands.j]
    join = ["b", "b"]
    [groups.g]
    score = "e"
    limit = {{ points = 20, per = "90d" }}
    [inputs.i]
    field = "employees"
    score = "f"
    percent = 50
    at_least = 1
    at_most = 9
    [schedules.s]
    at = ["08:00"]
    days = ["mon"]
    timezone = "Europe/Paris"
    [goals]
    rate = {{ percent = 20 }}
    """
    made = model(text)
    grade, band, item = made.grades["g"], made.bands["b"], made.inputs["i"]
    assert (grade.start, grade.hidden_until_match, grade.criteria[0].thirds) == ("C", False, 2)
    assert (band.score, band.field, band.cases[0].lower.number, band.cases[1].lower) == (
        "e",
        "country",
        Number(5),
        None,
    )
    assert made.bands["j"].join == ("b", "b")
    assert made.groups["g"].limit == el.Limit("points", 20, Window(Duration(90, "d")))
    assert (item.percent, item.at_least, item.at_most) == (50, Number(1), Number(9))
    assert (made.schedules["s"].at, made.schedules["s"].days, made.schedules["s"].timezone) == (
        ("08:00",),
        ("mon",),
        "Europe/Paris",
    )
    assert made.goals["rate"].percent == 20


def test_a_threshold_with_all_that_it_takes():
    text = f"""{SCORES}
    [schedules.s]
    at = ["08:00"]
    [thresholds.t]
    when = {{ score = "e", above = 5 }}
    or_on = [ {{ visits = "any-page" }}, {{ any = [ {{ searches = true }}, {{ submits = "any-form" }} ] }} ]
    required_fields = ["email", "company"]
    unless = {{ crm = "contact" }}
    limit = {{ times = 1 }}
    schedule = "s"
    existing = true
    then = [ {{ notify = "owner" }} ]
    """
    made = model(text).thresholds["t"]
    assert [event.verb for event in made.or_on] == ["visits", "searches", "submits"]
    assert made.or_on[2].path == ("thresholds", "t", "or_on", 1, "any", 1)
    assert (made.required_fields, made.schedule, made.existing) == (("email", "company"), "s", True)


def test_an_example_is_told_in_plain_values():
    text = f"""{SCORES}
    [fields]
    regions = {{ type = "choices" }}
    [marks]
    m = {{}}
    [activities]
    trial = {{ properties = {{ ends = "date" }} }}
    [thresholds.t]
    when = {{ score = "e", above = 5 }}
    then = [ {{ notify = "owner" }} ]
    [examples.x]
    created = 2026-01-01T10:00:00+02:00
    person = {{ regions = ["N", "S"], created = 2026-01-01, employees = 5 }}
    scores = {{ e = 7 }}
    marks = ["m"]
    events = [
      {{ at = 2026-01-02, does = "trial", times = 3, with = {{ ends = 2026-02-01 }} }},
      {{ at = 2026-01-03T08:00:00, sets = "country", to = "" }},
      {{ at = 2026-01-04, searches = true }},
      {{ at = 2026-01-04, bounces = "hard" }},
    ]
    expect = [
      {{ at = 2026-01-05, fired = "t", times = 0 }},
      {{ at = 2026-01-05, fired = "t" }},
      {{ at = 2026-01-05, mark = "m" }},
    ]
    """
    made = model(text).examples["x"]
    assert made.created == "2026-01-01T10:00:00+02:00"
    assert made.person == (("regions", ("N", "S")), ("created", "2026-01-01"), ("employees", 5))
    assert (made.scores, made.marks) == ((("e", 7),), ("m",))
    assert [
        (told.at, told.verb, told.what, told.times, told.properties, told.value) for told in made.events
    ] == [
        ("2026-01-02", "does", "trial", 3, (("ends", "2026-02-01"),), None),
        ("2026-01-03T08:00:00", "sets", "country", 1, (), ""),
        ("2026-01-04", "searches", "", 1, (), None),
        ("2026-01-04", "bounces", "hard", 1, (), None),
    ]
    assert [(wanted.fired, wanted.times, wanted.condition is None) for wanted in made.expect] == [
        ("t", 0, True),
        ("t", 1, True),
        (None, 1, False),
    ]


def test_options_of_targets_are_kept_as_written():
    assert model("[targets.pardot]\nedition = 'plus'\nratio = 0.5").options == {
        "pardot": {"edition": "plus", "ratio": 0.5}
    }


def test_acceptances_and_waivers():
    text = '[accept.a]\ntarget = "pardot"\nnote = "n"\nfor = "rules.r"\nwhy = "W."\n[waive.w]\ncheck = "c"\nfor = "rules.r"\nwhy = "V."'
    made = model(text)
    assert (
        made.accept["a"].target,
        made.accept["a"].note,
        made.accept["a"].element,
        made.accept["a"].why,
    ) == (
        "pardot",
        "n",
        "rules.r",
        "W.",
    )
    assert (made.waive["w"].check, made.waive["w"].element, made.waive["w"].why) == ("c", "rules.r", "V.")


def test_a_model_is_frozen():
    made = model(EVENT)
    with pytest.raises(AttributeError):
        made.rules["r"].id = "other"


def test_elements_come_in_the_order_of_the_tables():
    text = EVENT + '[marks]\nm = {}\n[segments.s]\nwhen = { crm = "lead" }'
    assert [item.name for item in model(text).elements()] == [
        "segments.s",
        "scores.e",
        "scores.f",
        "rules.r",
        "marks.m",
    ]
