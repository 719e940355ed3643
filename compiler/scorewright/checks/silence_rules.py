"""The rules of decay: what the checks of ``silence`` report, each with its page."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "BELOW_FLOOR",
    "LIFTS",
    "LIMIT_OF_SETS",
    "MORE_THAN_ALL",
    "NO_ACTIVITY",
    "OUT_OF_REACH",
    "REPEATS_NOTHING",
    "RULES",
    "TAKES_NOTHING",
    "WHOLE_DAYS",
]

NO_ACTIVITY = Rule(
    "SW340",
    "decay-without-activity",
    Severity.ERROR,
    """What
A decay in a model that does not say what counts as activity.
Why
A silence lasts from one activity to the next. Whether an opened e-mail ends it is the most important number of a
decay, and it differs from model to model.
Example
    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", subtract = 10 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits", "submits", "clicks"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", subtract = 10 },
    ]
""",
)

WHOLE_DAYS = Rule(
    "SW341",
    "silence-in-whole-days",
    Severity.ERROR,
    """What
A silence that is no whole number of days.
Why
A silence is noticed at the first day's start at which the model's clock has moved so many days since the last
activity; hours would promise what no platform looks at.
Example
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "36h", subtract = 10 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "2d", subtract = 10 },
    ]
""",
)

REPEATS_NOTHING = Rule(
    "SW342",
    "repeats-without-effect",
    Severity.WARNING,
    """What
A step that sets a score `every` so often, where nothing but activity moves that score.
Why
The first time sets it; until the next activity it stays where it was set, so the repetition does nothing but run.
Example
    [model]
    counts_as_activity = ["visits"]

    [rules.page]
    on = { visits = "any-page" }
    points = { engagement = 1 }

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", every = "30d", set = 0 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [rules.page]
    on = { visits = "any-page" }
    points = { engagement = 1 }

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", set = 0 },
    ]
""",
)

OUT_OF_REACH = Rule(
    "SW343",
    "stop-at-out-of-reach",
    Severity.ERROR,
    """What
A decay that stops at the ceiling of its score, or above it.
Why
Decay leaves alone whoever stands at `stop_at` or below, and that is everybody: it would never take a point.
Example
    [model]
    counts_as_activity = ["visits"]

    [scores.engagement]
    kind = "engagement"
    ceiling = 50

    [decay.silence]
    score = "engagement"
    stop_at = 100
    steps = [
      { after = "30d", subtract = 10 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [scores.engagement]
    kind = "engagement"
    ceiling = 50

    [decay.silence]
    score = "engagement"
    stop_at = 10
    steps = [
      { after = "30d", subtract = 10 },
    ]
""",
)

BELOW_FLOOR = Rule(
    "SW344",
    "decay-below-floor",
    Severity.WARNING,
    """What
A `set` or a `stop_at` that lies below the floor of the score.
Why
The floor beats both, so the number that is written is never reached.
Example
    [model]
    counts_as_activity = ["visits"]

    [scores.engagement]
    kind = "engagement"
    floor = 10
    start = 10

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "180d", set = 0 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [scores.engagement]
    kind = "engagement"
    floor = 10
    start = 10

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "180d", set = 10 },
    ]
""",
)

LIFTS = Rule(
    "SW345",
    "decay-set-lifts",
    Severity.WARNING,
    """What
A step that sets a score to a number that somebody may stand below, without a level that says who is meant.
Why
Set means set: a step with `set = 3` lifts a 1 to 3, and one with `set = 0` lifts a negative score, so that silence
is rewarded. A level beside it says who is meant.
Example
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", set = 3 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", at_least = 3, set = 3 },
    ]
""",
)

TAKES_NOTHING = Rule(
    "SW346",
    "takes-nothing",
    Severity.ERROR,
    """What
A step or a fading award that subtracts 0 or less.
Why
`subtract` says how many points are taken, so a negative number would give points for silence.
Example
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", subtract = -10 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", subtract = 10 },
    ]
""",
)

MORE_THAN_ALL = Rule(
    "SW347",
    "more-than-all",
    Severity.WARNING,
    """What
A step or a fading award that takes more than 100 percent.
Why
It would take more than there is; decay stops at `stop_at` or 0, so 100 says the same, and usually less is meant.
Example
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", percent = 150 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    steps = [
      { after = "30d", percent = 50 },
    ]
""",
)

LIMIT_OF_SETS = Rule(
    "SW348",
    "decay-limit-without-effect",
    Severity.WARNING,
    """What
A limit in points on a decay whose steps all `set`.
Why
The limit counts what `subtract` and `percent` take in one silence; setting is not counted.
Example
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    limit = { points = 30, per = "silence" }
    steps = [
      { after = "30d", set = 0 },
    ]
Use instead
    [model]
    counts_as_activity = ["visits"]

    [decay.silence]
    score = "engagement"
    limit = { points = 30, per = "silence" }
    steps = [
      { after = "30d", subtract = 10 },
    ]
""",
)

RULES = (
    NO_ACTIVITY,
    WHOLE_DAYS,
    REPEATS_NOTHING,
    OUT_OF_REACH,
    BELOW_FLOOR,
    LIFTS,
    TAKES_NOTHING,
    MORE_THAN_ALL,
    LIMIT_OF_SETS,
)
