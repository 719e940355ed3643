"""What `test` and `trace` can find wrong: an example that does not hold, a person's file (SW730 to SW739)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "EXAMPLE_FAILS",
    "EXAMPLE_OUT_OF_REACH",
    "PERSON_FORM",
    "PERSON_KEY",
    "PERSON_MISSING",
    "PERSON_NAME",
    "PERSON_UNREAD",
    "PERSON_VALUE",
    "RULES",
]

EXAMPLE_FAILS = Rule(
    "SW730",
    "example-fails",
    Severity.ERROR,
    """What
An example of the spec does not come out as it says: at that time something else was so. `scorewright test` plays the
example on the reference machine and prints every change up to then.
Why
An example is what the team agreed on, worked out by hand. Either the rules do not say what was meant, or the example
was reckoned wrong; both are cheaper to find here than in a list of leads.
Example
    [examples.two-pages]
    created = 2026-01-05
    events = [
      { at = 2026-01-05T10:00:00, visits = "any-page", times = 2 },
    ]
    expect = [
      { at = 2026-01-06, score = "engagement", is = 3 },
    ]
Use instead
Follow the changes that are printed, find the first one that you did not expect, and change the element that made it,
or the expectation:
    expect = [
      { at = 2026-01-06, score = "engagement", is = 2 },
    ]
""",
)

EXAMPLE_OUT_OF_REACH = Rule(
    "SW737",
    "example-out-of-reach",
    Severity.ERROR,
    """What
An example with a time before 1970 or after 2199. It is not played.
Why
The reference machine plays every day between the creation and the last expectation; such a time is a slip of the pen.
Example
    created = 0206-01-05
Use instead
    created = 2026-01-05
""",
)

PERSON_FORM = Rule(
    "SW731",
    "person-file-form",
    Severity.ERROR,
    """What
The file of a person is neither JSON nor CSV, or not as a person's file is laid out.
Why
A history that is read only in part gives a score that nobody has.
Example
    {"created": "2026-01-05", "events": [{"at": "2026-01-05T10:00", "visits": "any-page"},]}
Use instead
    {"created": "2026-01-05", "events": [{"at": "2026-01-05T10:00", "visits": "any-page"}]}
The same as CSV:
    at,event,what
    2026-01-05,created,
    2026-01-05 10:00,visits,any-page
""",
)

PERSON_KEY = Rule(
    "SW732",
    "person-unknown-key",
    Severity.ERROR,
    """What
A key or a column in a person's file that stands for nothing, or that stands there twice.
Why
What nobody reads would be missing from the score without a word.
Example
    {"at": "2026-01-05T10:00", "visit": "any-page"}
Use instead
    {"at": "2026-01-05T10:00", "visits": "any-page"}
""",
)

PERSON_MISSING = Rule(
    "SW733",
    "person-missing-key",
    Severity.ERROR,
    """What
Something that the history cannot be played without is not in the person's file: when the person was created, when
something happened, what happened.
Why
Silences, windows and the first day of a model are counted from these times.
Example
    {"events": [{"visits": "any-page"}]}
Use instead
    {"created": "2026-01-05", "events": [{"at": "2026-01-05T10:00", "visits": "any-page"}]}
""",
)

PERSON_NAME = Rule(
    "SW734",
    "person-unknown-name",
    Severity.ERROR,
    """What
A person's file names an asset, a field, a score, a mark, a list or an activity that the spec does not have.
Why
An event at an asset that the spec does not know would earn nothing, also where only its name is misspelt.
Example
    {"at": "2026-01-05T10:00", "submits": "Contact"}
Use instead
The id of the spec, the name on the platform, or the built-in asset beside the real name:
    {"at": "2026-01-05T10:00", "submits": "contact"}
    {"at": "2026-01-05T10:00", "submits": "Contact us"}
    {"at": "2026-01-05T10:00", "submits": "any-form", "name": "Newsletter"}
""",
)

PERSON_VALUE = Rule(
    "SW735",
    "person-wrong-value",
    Severity.ERROR,
    """What
A value in a person's file that cannot be what it stands for: a number that is none, a day that no calendar has, an
event that was known before it happened.
Why
The reference machine takes integers, texts, yes or no, dates, and times in the years 1970 to 2199.
Example
    {"at": "2026-02-30", "sets": {"employees": "many"}}
Use instead
    {"at": "2026-02-28", "sets": {"employees": 250}}
""",
)

PERSON_UNREAD = Rule(
    "SW736",
    "person-value-not-in-spec",
    Severity.WARNING,
    """What
A field with a fixed choice of values has one that the spec does not list.
Why
The value is taken as it stands, and no condition of the spec can be true of it. That may be so; it may also be a
value that the platform has had for a while and nobody added to the spec.
Example
    {"fields": {"account-type": "Custmer"}}
Use instead
    {"fields": {"account-type": "Customer"}}
""",
)

RULES = (
    EXAMPLE_FAILS,
    EXAMPLE_OUT_OF_REACH,
    PERSON_FORM,
    PERSON_KEY,
    PERSON_MISSING,
    PERSON_NAME,
    PERSON_VALUE,
    PERSON_UNREAD,
)
