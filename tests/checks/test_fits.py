"""Tests, properties, values and labels that do not fit are errors at their key; what fits is silent."""

from __future__ import annotations

import pytest

from scorewright.model.vocabulary import TESTS_BY_TYPE
from tests.checks.specs import names, only

FIELD = {
    "text": 'a = { type = "text" }',
    "number": 'a = { type = "number" }',
    "date": 'a = { type = "date" }',
    "yes_no": 'a = { type = "yes_no" }',
    "choice": 'a = { type = "choice", values = ["North", "South"] }',
    "choices": 'a = { type = "choices", values = ["North", "South"] }',
}
TEST = {
    "is": {
        "text": '"x"',
        "number": "5",
        "yes_no": "true",
        "choice": '"north"',
        "choices": '"South"',
        "date": '"x"',
    },
    "is_any": {
        "text": '["x", "y"]',
        "number": "[1, 2]",
        "choice": '["North", "South"]',
        "choices": '["North", "South"]',
    },
    "in": '"words"',
    "starts_with": '"x"',
    "ends_with": '"x"',
    "contains": '["x", "y"]',
    "contains_word": '"x"',
    "above": "5",
    "at_least": "5",
    "below": "5",
    "at_most": "5",
    "known": "true",
    "within_last": '"30d"',
    "older_than": '"30d"',
    "within_next": '"30d"',
    "on_or_after": "2026-01-01",
    "before": "2026-01-01",
}


def value_of(test, kind):
    value = TEST[test]
    return value.get(kind, '["x", "y"]') if isinstance(value, dict) else value


@pytest.mark.parametrize("kind", FIELD)
@pytest.mark.parametrize("test", TEST)
def test_each_type_takes_its_tests_and_no_others(kind, test):
    text = f"[fields]\n{FIELD[kind]}\n[segments.s]\nwhen = {{ field = 'a', {test} = {value_of(test, kind)} }}"
    found = only(text, "test-does-not-fit")
    paths = [finding.path for finding in found]
    assert paths == ([] if test in TESTS_BY_TYPE[kind] else [("segments", "s", "when", test)])


@pytest.mark.parametrize(
    ("kind", "value", "help_"),
    [
        ("text", "5", 'write "5"'),
        ("text", "true", 'write "true"'),
        ("number", '"5"', "write an integer, without quotes"),
        ("number", "true", "write an integer, without quotes"),
        ("yes_no", '"yes"', "write true or false"),
        ("yes_no", "1", "write true or false"),
    ],
)
def test_a_value_of_another_type_says_what_to_write(kind, value, help_):
    text = f"[fields]\n{FIELD[kind]}\n[segments.s]\nwhen = {{ field = 'a', is = {value} }}"
    (finding,) = only(text, "test-does-not-fit")
    assert finding.path == ("segments", "s", "when", "is")
    assert finding.help == help_


def test_conditions_inside_conditions_and_in_examples_are_looked_at():
    text = """
    [segments.s]
    when.any = [
      { field = "email", known = true },
      { not = { all = [ { field = "employees", contains = "1" }, { field = "email", known = true } ] } },
    ]
    [examples.e]
    created = 2026-01-01
    expect = [ { at = 2026-01-02, field = "employees", is = "many" } ]
    """
    assert [finding.path for finding in only(text, "test-does-not-fit")] == [
        ("segments", "s", "when", "any", 1, "not", "all", 0, "contains"),
        ("examples", "e", "expect", 0, "is"),
    ]


def test_the_cases_of_a_tier_test_its_field():
    text = """
    [tiers.size]
    score = "fit"
    field = "employees"
    cases = [
      { at_least = 1000, points = 10 },
      { contains_word = "many", points = 5 },
    ]
    """
    (finding,) = only(text, "test-does-not-fit")
    assert finding.path == ("tiers", "size", "cases", 1, "contains_word")
    assert "'employees' is a number" in finding.message


# --- values of a choice ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["choice", "choices", "text"])
def test_a_value_that_the_field_does_not_have(kind):
    text = f"""
    [fields]
    a = {{ type = "{kind}", values = ["Prospect", "Customer"] }}
    [segments.s]
    when = {{ field = "a", is_any = ["customer", "Custumer"] }}
    """
    (finding,) = only(text, "not-a-value")
    assert "Custumer" in finding.message
    assert finding.help == 'did you mean "Customer"?'


def test_values_are_for_texts():
    (finding,) = only('[fields]\na = { type = "date", values = ["2026"] }', "values-of-no-text")
    assert finding.path == ("fields", "a", "values")


# --- properties -----------------------------------------------------------------------------------------------------

ACTIVITIES = """
[activities]
trial = { properties = { valuable = "yes_no", seats = "number", ends = "date" } }
demo = { properties = { seats = "number" } }
"""


@pytest.mark.parametrize(
    ("on", "rule", "key"),
    [
        ('visits = "any-page", where = { seconds = { above = 30 } }', None, None),
        ('visits = "any-page", where = { seconds = { contains = "3" } }', "test-does-not-fit", "contains"),
        ('visits = "any-page", where = { second = { above = 30 } }', "unknown-property", "second"),
        ('downloads = "any-file", where = { size = { above = 30 } }', "unknown-property", "size"),
        ('clicks = "any-email", where = { bot = { is = false } }', None, None),
        ('clicks = "any-email", where = { bot = { is = "no" } }', "test-does-not-fit", "is"),
        ('does = "trial", where = { valuable = { is = true } }', None, None),
        ('does = "trial", where = { ends = { within_next = "7d" } }', None, None),
        ('does = ["trial", "demo"], where = { seats = { above = 3 } }', None, None),
        ('does = ["trial", "demo"], where = { valuable = { is = true } }', "unknown-property", "valuable"),
        ('changes = "employees", where = { from = { below = 30 } }', None, None),
        ('changes = "employees", where = { from = { is = "30" } }', "test-does-not-fit", "is"),
        ('changes = ["employees", "email"], where = { from = { below = 3 } }', "test-does-not-fit", "below"),
        ('changes = "employees", where = { to = { below = 30 } }', "unknown-property", "to"),
        ('opportunity = "won", where = { amount = { above = 1000 } }', None, None),
        ('searches = true, where = { query = { contains = "price" } }', None, None),
    ],
)
def test_where_asks_for_properties_that_are_there(on, rule, key):
    text = f"{ACTIVITIES}\n[rules.r]\non = {{ {on} }}\npoints = {{ engagement = 1 }}\nlimit = {{ times = 1 }}"
    found = only(text, "unknown-property") + only(text, "test-does-not-fit")
    assert [(finding.rule.name, finding.path[-1]) for finding in found] == ([(rule, key)] if rule else [])


def test_where_is_looked_at_in_the_past_and_in_hand_raisers():
    text = """
    [thresholds.t]
    when = { visited = "any-page", where = { minutes = { above = 1 } } }
    or_on = [ { visits = "any-page", where = { hours = { above = 1 } } } ]
    then = [ { notify = "owner" } ]
    """
    paths = {finding.path for finding in only(text, "unknown-property")}
    assert paths == {
        ("thresholds", "t", "when", "where", "minutes"),
        ("thresholds", "t", "or_on", 0, "where", "hours"),
    }


def test_the_activity_that_lacks_a_property_is_named():
    text = f"{ACTIVITIES}\n[segments.s]\nwhen = {{ did = ['trial', 'demo'], where = {{ valuable = {{ is = true }} }} }}"
    (finding,) = only(text, "unknown-property")
    assert finding.message == "'demo' has no property 'valuable'"


# --- what examples tell ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "right"),
    [
        ("employees = 5", True),
        ('employees = "5"', False),
        ('employees = ""', True),
        ('email = "a@example.com"', True),
        ("email = 5", False),
        ("created = 2026-01-01", True),
        ('created = "soon"', False),
        ('regions = ["North", "South"]', True),
        ('regions = ["North", "West"]', False),
        ('region = "West"', False),
        ('region = "north"', True),
        ("partner = true", True),
        ('partner = "yes"', False),
    ],
)
@pytest.mark.parametrize("when", ["at creation", "later"])
def test_the_values_of_an_example_fit_their_fields(person, right, when):
    name, value = person.split(" = ", 1)
    told = (
        f"person = {{ {person} }}"
        if when == "at creation"
        else f'events = [ {{ at = 2026-01-02, sets = "{name}", to = {value} }} ]'
    )
    text = f"""
    [fields]
    region = {{ type = "choice", values = ["North", "South"] }}
    regions = {{ type = "choices", values = ["North", "South"] }}
    partner = {{ type = "yes_no" }}
    [examples.e]
    created = 2026-01-01
    {told}
    expect = [ {{ at = 2026-01-03, mailable = true }} ]
    """
    found = only(text, "value-does-not-fit") + only(text, "not-a-value")
    assert (found == []) is right
    at = ("examples", "e", "person", name) if when == "at creation" else ("examples", "e", "events", 0, "to")
    assert {finding.path for finding in found} <= {at}


@pytest.mark.parametrize(
    ("event", "rules"),
    [
        ('visits = "any-page", with = { seconds = 30 }', []),
        ('visits = "any-page", with = { seconds = "30" }', ["value-does-not-fit"]),
        ('visits = "any-page", with = { minutes = 30 }', ["unknown-property"]),
        ('does = "trial", with = { valuable = true, ends = 2026-02-01 }', []),
        ('does = "trial", with = { valuable = "yes" }', ["value-does-not-fit"]),
        ('does = "demo", with = { valuable = true }', ["unknown-property"]),
    ],
)
def test_the_properties_of_an_examples_events_fit(event, rules):
    text = f"""{ACTIVITIES}
    [examples.e]
    created = 2026-01-01
    events = [ {{ at = 2026-01-02, {event} }} ]
    expect = [ {{ at = 2026-01-03, mailable = true }} ]
    """
    assert [name for name in names(text) if name in {"value-does-not-fit", "unknown-property"}] == rules


@pytest.mark.parametrize(("kind", "right"), [("engagement", True), ("fit", False), ("combined", False)])
def test_only_counted_scores_are_given_to_a_person(kind, right):
    parts = '\nsum_of = ["a"]\n[scores.a]\nkind = "fit"' if kind == "combined" else ""
    text = f"""
    [scores.s]
    kind = "{kind}"{parts}
    [examples.e]
    created = 2026-01-01
    scores = {{ s = 5 }}
    expect = [ {{ at = 2026-01-03, mailable = true }} ]
    """
    found = only(text, "score-cannot-be-given")
    assert [finding.path for finding in found] == ([] if right else [("examples", "e", "scores", "s")])


# --- what actions write ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "rule", "key"),
    [
        ('stamp = "day"', None, None),
        ('stamp = "email"', "wrong-field-type", "stamp"),
        ('snapshot = "engagement", in = "employees"', None, None),
        ('snapshot = "engagement", in = "email"', "wrong-field-type", "in"),
        ('set_field = "email", to = "none"', None, None),
        ('set_field = "email", to = 5', "value-does-not-fit", "to"),
        ('set_field = "employees", to = 5', None, None),
        ('set_field = "employees", to = ""', None, None),
        ('set_field = "employees", to = true', "value-does-not-fit", "to"),
        ('set_field = "day", to = "2026-01-01"', "value-does-not-fit", "to"),
        ('set_field = "region", to = "South"', None, None),
        ('set_field = "region", to = "East"', "not-a-value", "to"),
    ],
)
def test_what_an_action_writes_fits_its_field(action, rule, key):
    text = f"""
    [fields]
    day = {{ type = "date" }}
    region = {{ type = "choice", values = ["North", "South"] }}
    [thresholds.t]
    when = {{ score = "engagement", at_least = 5 }}
    then = [ {{ {action} }} ]
    """
    found = [
        finding
        for name in ("wrong-field-type", "value-does-not-fit", "not-a-value")
        for finding in only(text, name)
    ]
    expected = [(rule, ("thresholds", "t", "then", 0, key))] if rule else []
    assert [(finding.rule.name, finding.path) for finding in found] == expected


def test_inputs_read_numbers_and_bands_write_texts():
    text = """
    [inputs.review]
    field = "email"
    score = "fit"
    [bands.letter]
    score = "fit"
    field = "employees"
    cases = [ { label = "A", at_least = 5 }, { label = "B" } ]
    """
    found = only(text, "wrong-field-type")
    assert [finding.path for finding in found] == [
        ("inputs", "review", "field"),
        ("bands", "letter", "field"),
    ]


# --- statuses and labels --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "right"), [("campaign", True), ("event", True), ("webinar", True), ("list", False)]
)
def test_only_members_of_lists_have_no_status(kind, right):
    text = f'[assets]\na = {{ {kind} = "A" }}\n[segments.s]\nwhen = {{ member_of = "a", status = "Sent" }}'
    assert (only(text, "status-of-a-list") == []) is right


BANDS = """
[bands.letter]
score = "fit"
cases = [ { label = "A", at_least = 50 }, { label = "B" } ]
[bands.figure]
score = "engagement"
cases = [ { label = "1", at_least = 50 }, { label = "2" } ]
[bands.class]
join = ["letter", "figure"]
"""


@pytest.mark.parametrize(
    ("test", "right"),
    [
        ('band = "letter", is = "A"', True),
        ('band = "letter", is = "C"', False),
        ('band = "class", is = "A2"', True),
        ('band = "class", is_any = ["A1", "1A"]', False),
        ('band = "class", is = "A"', False),
    ],
)
def test_a_label_is_one_that_the_band_gives(test, right):
    text = f"{BANDS}\n[segments.s]\nwhen = {{ {test} }}"
    assert (only(text, "unknown-label") == []) is right


def test_a_field_that_could_not_be_read_is_not_reported_again():
    text = """
    [fields]
    a = { type = "txt" }
    [segments.s]
    when = { field = "a", above = 5 }
    """
    assert "bad-value" in names(text)
    assert only(text, "test-does-not-fit") == []
