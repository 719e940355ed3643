"""What keeps a push from going on (SW841 to SW859)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "ACCOUNT",
    "BUSY",
    "CONFLICT",
    "NOT_SIGNED_IN",
    "NO_API",
    "PRODUCTION",
    "REFUSED_BY_PLATFORM",
    "STALE_PLAN",
    "STOPPED",
    "TOO_MANY",
    "UNCONFIRMED",
    "UNREADABLE_PLAN",
    "WRONG_HOST",
]

NO_API = Rule(
    "SW841",
    "target-without-api",
    Severity.ERROR,
    """What
The target's plugin has no API client, so nothing can be planned or pushed for it.
Why
What is not pushed by an API is made by hand, from the build sheet.
Example
    [instances.box]
    target = "ledger"
    kind = "sandbox"
Use instead
    scorewright compile PATH --target ledger
""",
)

ACCOUNT = Rule(
    "SW842",
    "instance-without-account",
    Severity.ERROR,
    """What
The instance does not say which account of the platform it is, or says it in keys that the target does not know.
Why
A push has to know the account exactly: the wrong one is somebody else's scores.
Example
    [instances.box]
    target = "marketo"
    kind = "sandbox"
Use instead
    [instances.box]
    target = "marketo"
    kind = "sandbox"
    api = { munchkin = "123-ABC-456" }
""",
)

PRODUCTION = Rule(
    "SW843",
    "production-not-named",
    Severity.ERROR,
    """What
The instance is a production and `--production` was not given, or it was given for a sandbox, or a sandbox turns out to be
the account of a production.
Why
A model is tried on a sandbox first. A production must be meant, and never reached by a habit or a script for something
else.
Example
    scorewright push --instance acme
Use instead
    scorewright push --instance acme --production
""",
)

WRONG_HOST = Rule(
    "SW844",
    "wrong-host",
    Severity.ERROR,
    """What
The account's address does not fit what the instance is said to be.
Why
On Pardot the host alone decides whether a call reaches a sandbox; an address on this machine is for the embedded one.
Example
    [instances.box]
    target = "pardot"
    kind = "sandbox"
    api = { host = "pi.pardot.com", business_unit = "0Uv…" }
Use instead
    [instances.box]
    target = "pardot"
    kind = "sandbox"
    api = { host = "pi.demo.pardot.com", business_unit = "0Uv…" }
""",
)

NOT_SIGNED_IN = Rule(
    "SW845",
    "not-signed-in",
    Severity.ERROR,
    """What
No way to sign in has all the secrets that it needs, or the platform does not take them.
Why
Secrets stand in the environment, in files, in the keyring or in the platform's own command line; never in the repository.
Example
    scorewright plan --instance box
Use instead
    scorewright login --instance box --check
which says what each way lacks.
""",
)

STALE_PLAN = Rule(
    "SW846",
    "plan-is-stale",
    Severity.ERROR,
    """What
The plan that was given is not what a push would do now.
Why
Whoever approved the plan approved these changes and no others.
Example
    scorewright push --instance box --plan yesterday.json
Use instead
    scorewright plan --instance box --out plan.json
""",
)

UNREADABLE_PLAN = Rule(
    "SW847",
    "plan-cannot-be-read",
    Severity.ERROR,
    """What
The file is no plan that this version wrote.
Why
A push compares the plan with the one of now by its digest, and needs the file whole.
Example
    scorewright push --instance box --plan notes.txt
Use instead
    scorewright plan --instance box --out plan.json
""",
)

CONFLICT = Rule(
    "SW848",
    "not-ours",
    Severity.ERROR,
    """What
Something that the spec needs stands on the instance otherwise and no push made it, or what it stands in is missing.
Why
Nothing that was not made by a push is ever changed: it may be somebody's work of years.
Example
A tag, field or program of the same name that a colleague made.
Use instead
Another name in the spec (`names`), or, where it is meant to be this one:

    scorewright push --instance box --adopt "tags: MQL"
""",
)

TOO_MANY = Rule(
    "SW849",
    "too-many-at-once",
    Severity.ERROR,
    """What
A push would change, or a retire take away, more objects than the limit.
Why
So many at once are more often a wrong instance or a wrong branch than a wish.
Example
    scorewright push --instance box
Use instead
    scorewright push --instance box --limit 80
""",
)

UNCONFIRMED = Rule(
    "SW850",
    "needs-its-own-yes",
    Severity.ERROR,
    """What
The plan holds something that cannot be undone, or that reaches everybody at once.
Why
`--yes` says yes to what a plan does; this has to be said for itself.
Example
    scorewright push --instance box --yes
Use instead
    scorewright push --instance box --yes --confirm permanent-field
""",
)

BUSY = Rule(
    "SW851",
    "another-push-is-running",
    Severity.ERROR,
    """What
Another push, or retire, for the same account is running on this machine.
Why
Two at once would look at the same state and both make what is missing.
Example
Two terminals, or a pipeline that starts twice.
Use instead
Wait for the other one to end, then plan again.
""",
)

REFUSED_BY_PLATFORM = Rule(
    "SW852",
    "platform-refused",
    Severity.ERROR,
    """What
The platform did not take one object as it is; the others were done.
Why
The message is the platform's own.
Example
A name that something else has already, a folder that is full.
Use instead
What the message says; then push again: what was done is not done twice.
""",
)

STOPPED = Rule(
    "SW853",
    "stopped-half-way",
    Severity.ERROR,
    """What
The conversation with the platform ended before everything was done, or before anything could be read.
Why
A quota, a permission, a network. The journal (`.scorewright/<instance>.journal`) has every call.
Example
The daily quota of calls was used up in the middle of a push.
Use instead
Push again when the reason is gone: it takes up where it stopped, and makes nothing twice.
""",
)
