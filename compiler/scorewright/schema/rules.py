"""The rules of shape: what a table may hold, and of which type (SW100 to SW149)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "BAD_ID",
    "BAD_VALUE",
    "CANNOT_STAND_BESIDE",
    "MISSING_KEY",
    "NEEDS_ONE_OF",
    "NOT_AN_INTEGER",
    "TENSE",
    "UNKNOWN_KEY",
    "WRONG_TYPE",
]

UNKNOWN_KEY = Rule(
    "SW101",
    "unknown-key",
    Severity.ERROR,
    """What
A key that the language does not know at this place.
Why
A key that nobody reads is a promise that nobody keeps: a misspelt `limit` would pay every time. Often the key is
right and its place is wrong, since TOML puts every line under the nearest header above it.
Example
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
    limits = { times = 1 }
Use instead
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
    limit = { times = 1 }
""",
)

MISSING_KEY = Rule(
    "SW102",
    "missing-key",
    Severity.ERROR,
    """What
A key that this table cannot do without.
Why
Without it the table says nothing that a platform could do.
Example
    [scores.engagement]
    overall = true
Use instead
    [scores.engagement]
    kind = "engagement"
    overall = true
""",
)

WRONG_TYPE = Rule(
    "SW103",
    "wrong-type",
    Severity.ERROR,
    """What
A value of another type than the key takes.
Why
For each key a text is either always a name or always a text, and a number is always an integer or the id of a
value; dates and times are TOML's own and take no quotes.
Example
    [model]
    starts = "2026-05-01"
Use instead
    [model]
    starts = 2026-05-01
""",
)

BAD_VALUE = Rule(
    "SW104",
    "bad-value",
    Severity.ERROR,
    """What
A value of the right type that the key does not take: a word that is not in its list, a number out of range, a
duration that is not one.
Why
Durations know no months, since a month has no length; say days, or a calendar window.
Example
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
    limit = { times = 1, per = "6m" }
Use instead
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
    limit = { times = 1, per = "180d" }
""",
)

BAD_ID = Rule(
    "SW105",
    "bad-id",
    Severity.ERROR,
    """What
An id that is not made of lower-case letters, digits and single hyphens, or is longer than 64 characters.
Why
A word with an underscore is the language's, a word with a hyphen is yours; titles may be any text.
Example
    [rules.Any_Page]
    on = { visits = "any-page" }
    points = { engagement = 1 }
Use instead
    [rules.any-page]
    title = "Any page"
    on = { visits = "any-page" }
    points = { engagement = 1 }
""",
)

CANNOT_STAND_BESIDE = Rule(
    "SW106",
    "cannot-stand-beside",
    Severity.ERROR,
    """What
Two keys in one table that exclude each other, or a key that this form of the table does not have.
Why
Each table has one key that marks its form; what may stand beside it depends on the form. A rule without `on`, for
example, holds while its `when` is so, and what holds has no limit.
Example
    [rules.big-company]
    when = { field = "employees", at_least = 1000 }
    points = { fit = 10 }
    limit = { times = 1 }
Use instead
    [rules.big-company]
    when = { field = "employees", at_least = 1000 }
    points = { fit = 10 }
    keep = true
""",
)

NEEDS_ONE_OF = Rule(
    "SW107",
    "needs-one-of",
    Severity.ERROR,
    """What
A table without the key that marks its form: a condition without a subject, an event or an action without a verb.
Why
Nothing says what the other keys are about.
Example
    [segments.large]
    when = { at_least = 1000 }
Use instead
    [segments.large]
    when = { field = "employees", at_least = 1000 }
""",
)

TENSE = Rule(
    "SW108",
    "wrong-tense",
    Severity.ERROR,
    """What
A verb in the present inside a condition, or a verb in the past inside an event.
Why
`on` says what happens, in the present; `when` says what is so, and asks about the past in the past tense. The two
differ: somebody who saw the price list last week has `visited` it, and scores only when they visit.
Example
    [segments.interested]
    when = { visits = "pricing" }
Use instead
    [segments.interested]
    when = { visited = "pricing" }
""",
)

NOT_AN_INTEGER = Rule(
    "SW109",
    "not-an-integer",
    Severity.ERROR,
    """What
A number with a decimal point, or one too large for a score.
Why
Scores are integers on both platforms, and signed 32-bit integers on one of them.
Example
    [values]
    click = 2.5
Use instead
    [values]
    click = 3
""",
)
