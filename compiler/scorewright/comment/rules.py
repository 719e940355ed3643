"""What keeps `comment` from writing (SW831 to SW839)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = ["NOT_WRITTEN", "NO_PLACE"]

NO_PLACE = Rule(
    "SW831",
    "no-pull-request",
    Severity.ERROR,
    """What
The environment does not say which pull request to write to, or with which token.
Why
`scorewright comment` is a step of a GitHub Action: GitHub sets GITHUB_REPOSITORY and GITHUB_EVENT_PATH there, and the
workflow hands over the token.
Example
    scorewright comment --file diff.md
Use instead
In a workflow that runs on pull requests:
    - run: scorewright comment --file diff.md
      env:
        GITHUB_TOKEN: ${{ github.token }}
""",
)

NOT_WRITTEN = Rule(
    "SW832",
    "comment-not-written",
    Severity.ERROR,
    """What
GitHub did not take the comment.
Why
Most often the job has no right to write: a pull request from a fork gets a token that can only read.
Example
    permissions:
      contents: read
Use instead
Give the job the right; for forks the diff stands in the summary of the job:
    permissions:
      contents: read
      pull-requests: write
""",
)
