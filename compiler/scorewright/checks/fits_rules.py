"""The rules of fitting: what the checks of ``fits`` report, each with its page."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "NOT_A_VALUE",
    "RULES",
    "SCORE_CANNOT_BE_GIVEN",
    "STATUS_OF_A_LIST",
    "TEST_DOES_NOT_FIT",
    "UNKNOWN_LABEL",
    "UNKNOWN_PROPERTY",
    "VALUES_OF_NO_TEXT",
    "VALUE_DOES_NOT_FIT",
    "WRONG_FIELD_TYPE",
]

TEST_DOES_NOT_FIT = Rule(
    "SW300",
    "test-does-not-fit",
    Severity.ERROR,
    """What
A test that does not fit the type of what it asks about: `contains` of a number, `above` of a text, a number in
quotes.
Why
A platform offers other operators for each type of field. A test that fits no value would never be true.
Example
    [segments.large]
    when = { field = "employees", contains = "1000" }
Use instead
    [segments.large]
    when = { field = "employees", at_least = 1000 }
""",
)

NOT_A_VALUE = Rule(
    "SW301",
    "not-a-value",
    Severity.ERROR,
    """What
A text that is not among the values that the field has declared.
Why
A field with `values` takes no others, so the test would never be true, and the write would be refused by the
platform.
Example
    [fields]
    account-type = { type = "choice", values = ["Prospect", "Customer"] }

    [segments.customers]
    when = { field = "account-type", is = "Client" }
Use instead
    [fields]
    account-type = { type = "choice", values = ["Prospect", "Customer"] }

    [segments.customers]
    when = { field = "account-type", is = "Customer" }
""",
)

UNKNOWN_PROPERTY = Rule(
    "SW302",
    "unknown-property",
    Severity.ERROR,
    """What
A property that the event does not have, under `where` or in the `with` of an example.
Why
Each verb has its own properties, and an activity those that it declares. A test of another would never be true.
Example
    [rules.long-visit]
    on = { visits = "any-page", where = { minutes = { above = 2 } } }
    points = { engagement = 3 }
Use instead
    [rules.long-visit]
    on = { visits = "any-page", where = { seconds = { above = 120 } } }
    points = { engagement = 3 }
""",
)

VALUE_DOES_NOT_FIT = Rule(
    "SW303",
    "value-does-not-fit",
    Severity.ERROR,
    """What
A value of another type than the field or property that it is for.
Why
The platform would refuse to write it, and no person of an example can have it.
Example
    [examples.large]
    created = 2026-01-05
    person = { employees = "many" }
    expect = [
      { at = 2026-01-06, field = "employees", known = true },
    ]
Use instead
    [examples.large]
    created = 2026-01-05
    person = { employees = 500 }
    expect = [
      { at = 2026-01-06, field = "employees", known = true },
    ]
""",
)

WRONG_FIELD_TYPE = Rule(
    "SW304",
    "wrong-field-type",
    Severity.ERROR,
    """What
A field of the wrong type behind `stamp` (a date), `snapshot` and an input (a number), or a band or the lifecycle
(a text).
Why
What is written there, or read from there, is of another type, and a platform refuses it.
Example
    [fields]
    became-mql = { type = "text" }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { stamp = "became-mql" },
    ]
Use instead
    [fields]
    became-mql = { type = "date" }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { stamp = "became-mql" },
    ]
""",
)

STATUS_OF_A_LIST = Rule(
    "SW305",
    "status-of-a-list",
    Severity.ERROR,
    """What
A `status` beside `member_of` where the asset is a list.
Why
Members of a campaign, an event or a webinar have a status; members of a list have none.
Example
    [assets]
    staff = { list = "Staff" }

    [segments.staff]
    when = { member_of = "staff", status = "Active" }
Use instead
    [assets]
    staff = { list = "Staff" }

    [segments.staff]
    when = { member_of = "staff" }
""",
)

VALUES_OF_NO_TEXT = Rule(
    "SW306",
    "values-of-no-text",
    Severity.ERROR,
    """What
A list of `values` on a field that holds numbers, dates, or yes and no.
Why
The values are texts, so no test of the field could use them.
Example
    [fields]
    level = { type = "number", values = ["1", "2", "3"] }
Use instead
    [fields]
    level = { type = "choice", values = ["1", "2", "3"] }
""",
)

UNKNOWN_LABEL = Rule(
    "SW307",
    "unknown-label",
    Severity.ERROR,
    """What
A label that no case of the band gives.
Why
The condition would never be true.
Example
    [bands.letter]
    score = "fit"
    cases = [
      { label = "A", at_least = 50 },
      { label = "B" },
    ]

    [segments.best]
    when = { band = "letter", is = "A+" }
Use instead
    [bands.letter]
    score = "fit"
    cases = [
      { label = "A", at_least = 50 },
      { label = "B" },
    ]

    [segments.best]
    when = { band = "letter", is = "A" }
""",
)

SCORE_CANNOT_BE_GIVEN = Rule(
    "SW308",
    "score-cannot-be-given",
    Severity.ERROR,
    """What
An example gives its person a fit or a combined score.
Why
A fit score is the sum of what holds, and a combined score is computed from others: whatever an example gives is gone
at the first look.
Example
    [scores.fit]
    kind = "fit"

    [examples.large]
    created = 2026-01-05
    scores = { fit = 50 }
    expect = [
      { at = 2026-01-06, score = "fit", is = 50 },
    ]
Use instead
    [scores.fit]
    kind = "fit"

    [rules.large]
    when = { field = "employees", at_least = 1000 }
    points = { fit = 50 }

    [examples.large]
    created = 2026-01-05
    person = { employees = 5000 }
    expect = [
      { at = 2026-01-06, score = "fit", is = 50 },
    ]
""",
)

RULES = (
    TEST_DOES_NOT_FIT,
    NOT_A_VALUE,
    UNKNOWN_PROPERTY,
    VALUE_DOES_NOT_FIT,
    WRONG_FIELD_TYPE,
    STATUS_OF_A_LIST,
    VALUES_OF_NO_TEXT,
    UNKNOWN_LABEL,
    SCORE_CANNOT_BE_GIVEN,
)
