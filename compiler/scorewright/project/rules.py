"""What can be wrong in ``scorewright.toml`` (SW720 to SW729)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = ["PATH_OUTSIDE", "RULES", "UNKNOWN_KEY", "WRONG_VALUE"]

UNKNOWN_KEY = Rule(
    "SW720",
    "project-unknown-key",
    Severity.ERROR,
    """What
A key in `scorewright.toml` that Scorewright does not know.
Why
A default that nobody reads is a default that nobody gets: a misspelt `out` would write somewhere else than you think.
Example
    output = "build"
Use instead
    out = "build"
""",
)

WRONG_VALUE = Rule(
    "SW721",
    "project-wrong-value",
    Severity.ERROR,
    """What
A value in `scorewright.toml` of another type than its key takes, or a key that its table cannot do without is missing.
Why
Defaults are read before anything else, so a wrong one would be wrong for every command.
Example
    specs = "models/school"
    [instances.uat]
    target = "pardot"
    kind = "test"
Use instead
    specs = ["models/school"]
    [instances.uat]
    target = "pardot"
    kind = "sandbox"
""",
)

PATH_OUTSIDE = Rule(
    "SW722",
    "project-path-outside",
    Severity.ERROR,
    """What
A path in `scorewright.toml` that is absolute, leaves the folder of the file, or is not written with `/`.
Why
The file comes with the repository, perhaps with a pull request from a stranger, and decides where files are written. Only
what you type yourself may point elsewhere.
Example
    out = "../../elsewhere"
Use instead
    out = "build"
or name the other folder on the command line: `scorewright compile models/school --out ../elsewhere`.
""",
)

RULES = (UNKNOWN_KEY, WRONG_VALUE, PATH_OUTSIDE)
