"""What keeps `diff` from comparing: a base that is not there, or that cannot be read (SW801 to SW809)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = ["BASE_UNKNOWN", "BASE_UNREAD", "GIT_FAILS"]

BASE_UNKNOWN = Rule(
    "SW801",
    "base-unknown",
    Severity.ERROR,
    """What
What `--base` names is neither a folder nor a revision that git knows here.
Why
A pull request is often checked out with its last commit alone: then the branch that it is held against is not there.
Example
    scorewright diff model.toml --base mian
Use instead
A branch, a tag or a commit, fetched before, or a folder that holds the other version:
    git fetch --depth=1 origin main
    scorewright diff model.toml --base origin/main
""",
)

BASE_UNREAD = Rule(
    "SW802",
    "base-unreadable",
    Severity.ERROR,
    """What
The older version has errors that keep some of its elements from being read.
Why
An element that cannot be read would look as if it were new, and the diff would say of it what is not so.
Example
    scorewright diff model.toml --base a-commit-with-errors
Use instead
The last version that `scorewright check` passed:
    scorewright diff model.toml --base main
""",
)

GIT_FAILS = Rule(
    "SW803",
    "git-fails",
    Severity.ERROR,
    """What
git is not there, or does not answer: the folder is no repository, or belongs to somebody else.
Why
Older versions are read from git itself; nothing is checked out and no file of yours is touched.
Example
    scorewright diff /tmp/copy-without-git/model.toml
Use instead
A folder that holds the older version:
    scorewright diff /tmp/copy-without-git/model.toml --base ../last-week
""",
)
