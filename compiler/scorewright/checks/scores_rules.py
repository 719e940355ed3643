"""The rules of scores: what the checks of ``scores`` report, each with its page."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "EMPTY_RANGE",
    "ENGAGEMENT_ONLY",
    "FACTS_IN_ENGAGEMENT",
    "KEY_OF_ANOTHER_KIND",
    "POINTS_FOR_COMBINED",
    "RULES",
    "START_OUTSIDE",
    "SUM_OR_SHARES",
    "TWO_OVERALL",
]

KEY_OF_ANOTHER_KIND = Rule(
    "SW315",
    "key-of-another-kind",
    Severity.ERROR,
    """What
A key that this kind of score does not have: `start` belongs to an engagement score, `feeds` to engagement and fit,
`sum_of` and `percent_of` to a combined one.
Why
An engagement score counts and so has a start; a fit score is the sum of what holds, a combined score is computed
from others, and neither can begin anywhere else.
Example
    [scores.fit]
    kind = "fit"
    start = 10
Use instead
    [scores.engagement]
    kind = "engagement"
    start = 10
""",
)

SUM_OR_SHARES = Rule(
    "SW316",
    "sum-or-shares",
    Severity.ERROR,
    """What
A combined score without its parts, or with both `sum_of` and `percent_of`.
Why
A combined score is the sum of other scores, or the sum of shares of other scores; one of the two says which.
Example
    [scores.person]
    kind = "combined"
Use instead
    [scores.person]
    kind = "combined"
    sum_of = ["engagement", "fit"]
""",
)

TWO_OVERALL = Rule(
    "SW317",
    "two-overall-scores",
    Severity.ERROR,
    """What
More than one score with `overall = true`; a score that is made for each product counts once a product.
Why
Pardot has one prospect score, and Marketo has one Person Score.
Example
    [scores.engagement]
    kind = "engagement"
    overall = true

    [scores.fit]
    kind = "fit"
    overall = true
Use instead
    [scores.engagement]
    kind = "engagement"

    [scores.fit]
    kind = "fit"

    [scores.person]
    kind = "combined"
    overall = true
    sum_of = ["engagement", "fit"]
""",
)

POINTS_FOR_COMBINED = Rule(
    "SW318",
    "points-for-a-combined-score",
    Severity.ERROR,
    """What
A rule, a tier, an input or a feeding score gives points to a combined score.
Why
A combined score is computed from its parts, so points that are added to it are gone at the next look.
Example
    [scores.person]
    kind = "combined"
    sum_of = ["engagement", "fit"]

    [rules.contact]
    on = { submits = "contact" }
    points = { person = 50 }
Use instead
    [scores.person]
    kind = "combined"
    sum_of = ["engagement", "fit"]

    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
""",
)

ENGAGEMENT_ONLY = Rule(
    "SW319",
    "only-engagement-counts",
    Severity.ERROR,
    """What
An event rule, a decay, a `reset` or a feeding engagement score on a score that is no engagement score.
Why
A fit score is always the sum of what holds now, and a combined score is computed from others: neither remembers
what once happened, so there is nothing to count up, to let decay or to reset.
Example
    [scores.fit]
    kind = "fit"

    [rules.contact]
    on = { submits = "contact" }
    points = { fit = 50 }
Use instead
    [scores.engagement]
    kind = "engagement"

    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
""",
)

EMPTY_RANGE = Rule(
    "SW320",
    "empty-range",
    Severity.ERROR,
    """What
A floor above its ceiling, or an input that is at least more than it is at most.
Why
No number lies between the two.
Example
    [scores.engagement]
    kind = "engagement"
    floor = 50
    ceiling = 0
Use instead
    [scores.engagement]
    kind = "engagement"
    floor = 0
    ceiling = 50
""",
)

START_OUTSIDE = Rule(
    "SW321",
    "start-outside-bounds",
    Severity.WARNING,
    """What
A score that starts below its floor or above its ceiling; without `start` it starts at 0.
Why
A floor is a minimum for everybody from the first day: with a floor of 50 every newcomer has 50 before they do
anything, and one click makes 60 of 100. Where decay shall stop is said by `stop_at`.
Example
    [scores.engagement]
    kind = "engagement"
    floor = 50
Use instead
    [model]
    counts_as_activity = ["visits", "submits"]

    [scores.engagement]
    kind = "engagement"

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "90d", every = "90d", percent = 10 },
    ]
    stop_at = 50
""",
)

FACTS_IN_ENGAGEMENT = Rule(
    "SW322",
    "facts-in-engagement",
    Severity.ADVICE,
    """What
Facts (rules without `on`, tiers, inputs) that give points to an engagement score which also decays, is reset or is
held between a floor and a ceiling.
Why
When a fact ends its points are taken back, and the score does not remember that a decay, a reset or a bound has
already taken them: 20 for the country, decayed to 0, become -20 when the country changes. A fit score is always the
sum of what holds.
Example
    [model]
    counts_as_activity = ["visits"]

    [rules.france]
    when = { field = "country", is = "France" }
    points = { engagement = 20 }

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "90d", subtract = 10 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [rules.france]
    when = { field = "country", is = "France" }
    points = { fit = 20 }

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "90d", subtract = 10 },
    ]

    [scores.person]
    kind = "combined"
    overall = true
    sum_of = ["engagement", "fit"]
""",
)

RULES = (
    KEY_OF_ANOTHER_KIND,
    SUM_OR_SHARES,
    TWO_OVERALL,
    POINTS_FOR_COMBINED,
    ENGAGEMENT_ONLY,
    EMPTY_RANGE,
    START_OUTSIDE,
    FACTS_IN_ENGAGEMENT,
)
