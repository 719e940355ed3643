"""The rules that the reader holds a spec to: names that exist and are of the right sort (SW200 to SW229)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "AMBIGUOUS_PRODUCT",
    "BAD_TEST",
    "CIRCULAR_VALUES",
    "MISSING_ROLE",
    "NO_PRODUCTS",
    "ONE_SUBJECT",
    "TOO_MANY_LABELS",
    "UNKNOWN_NAME",
    "UNKNOWN_ZONE",
    "WRONG_KIND",
]

UNKNOWN_NAME = Rule(
    "SW201",
    "unknown-name",
    Severity.ERROR,
    """What
An id that is mentioned and declared nowhere.
Why
Every id is declared once, so that a misspelt name is an error and not a rule that never fires.
Example
    [rules.contact]
    on = { submits = "contcat" }
    points = { engagement = 50 }
Use instead
    [assets]
    contact = { form = "Contact us" }

    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
""",
)

WRONG_KIND = Rule(
    "SW202",
    "wrong-kind",
    Severity.ERROR,
    """What
A name of the wrong kind at this place: an e-mail that is visited, a form that people are assigned to.
Why
Each verb and each action is said of certain kinds of asset; both platforms keep them apart.
Example
    [assets]
    contact = { form = "Contact us" }

    [rules.contact]
    on = { visits = "contact" }
    points = { engagement = 1 }
Use instead
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 1 }
""",
)

ONE_SUBJECT = Rule(
    "SW203",
    "one-subject",
    Severity.ERROR,
    """What
A condition with two subjects, or an event or an action with two verbs.
Why
Two in one table could mean both or either; `all` and `any` say which.
Example
    [segments.quiet]
    when = { mark = "inactive", segment = "customers" }
Use instead
    [segments.quiet]
    when.all = [
      { mark = "inactive" },
      { segment = "customers" },
    ]
""",
)

BAD_TEST = Rule(
    "SW204",
    "bad-test",
    Severity.ERROR,
    """What
A condition whose tests do not make one question: no test at all, two that do not go together, or a letter that is
no grade.
Why
One test, or one lower and one upper bound, makes one question.
Example
    [segments.middle]
    when = { field = "employees", above = 10, at_least = 20 }
Use instead
    [segments.middle]
    when = { field = "employees", at_least = 20, below = 500 }
""",
)

CIRCULAR_VALUES = Rule(
    "SW205",
    "circular-values",
    Severity.ERROR,
    """What
Values that are shares of one another in a circle.
Why
None of them has a number.
Example
    [values]
    half = { percent = 50, of = "full" }
    full = { percent = 200, of = "half" }
Use instead
    [values]
    full = 100
    half = { percent = 50, of = "full" }
""",
)

AMBIGUOUS_PRODUCT = Rule(
    "SW206",
    "which-product",
    Severity.ERROR,
    """What
A score that is made for each product is named without its product, or a product stands beside a score that has none.
Why
There is one copy a product, and nothing says which is meant.
Example
    [products.mba]
    title = "MBA"

    [scores.interest]
    kind = "engagement"
    each = "product"

    [segments.interested]
    when = { score = "interest", at_least = 50 }
Use instead
    [products.mba]
    title = "MBA"

    [scores.interest]
    kind = "engagement"
    each = "product"

    [segments.interested]
    when = { score = "interest", product = "mba", at_least = 50 }
""",
)

MISSING_ROLE = Rule(
    "SW207",
    "missing-role",
    Severity.ERROR,
    """What
A product that does not say what it uses in a role that another product fills.
Why
An element with `each = "product"` is copied for every product, and this copy has nothing to put there.
Example
    [products.mba]
    values = { director = 15 }

    [products.emba]
    title = "Executive MBA"

    [rules.director]
    when = { field = "job-title", contains_word = "Director" }
    points = { fit = "director" }
    each = "product"
Use instead
    [products.mba]
    values = { director = 15 }

    [products.emba]
    values = { director = 5 }

    [rules.director]
    when = { field = "job-title", contains_word = "Director" }
    points = { fit = "director" }
    each = "product"
""",
)

NO_PRODUCTS = Rule(
    "SW208",
    "no-products",
    Severity.ERROR,
    """What
An element that is made for each product in a model that has no products.
Why
It would be made no times.
Example
    [scores.interest]
    kind = "engagement"
    each = "product"
Use instead
    [products.mba]
    title = "MBA"

    [scores.interest]
    kind = "engagement"
    each = "product"
""",
)

UNKNOWN_ZONE = Rule(
    "SW209",
    "unknown-time-zone",
    Severity.ERROR,
    """What
A time zone that is not in the IANA list.
Why
Days begin, silences end and schedules run by it.
Example
    [model]
    timezone = "CET+1"
Use instead
    [model]
    timezone = "Europe/Paris"
""",
)

TOO_MANY_LABELS = Rule(
    "SW210",
    "too-many-labels",
    Severity.ERROR,
    """What
Bands that are joined to more than a thousand labels, or of more than twenty parts.
Why
Each label of one stands beside each label of the others, and each combination is a case that a platform must hold.
Example
    [bands.letter]
    score = "engagement"
    cases = [
      { label = "A", at_least = 50 },
      { label = "B" },
    ]

    [bands.class]
    join = ["letter", "letter", "letter", "letter", "letter", "letter", "letter", "letter", "letter", "letter"]
Use instead
    [bands.letter]
    score = "engagement"
    cases = [
      { label = "A", at_least = 50 },
      { label = "B" },
    ]

    [bands.class]
    join = ["letter", "letter"]
""",
)
