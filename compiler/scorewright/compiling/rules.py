"""The rules between a model and a target (SW600 to SW649)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = [
    "ABOVE_ADVISED",
    "BAD_OPTION",
    "BROKEN_PLUGIN",
    "CANNOT_LEAVE_OUT",
    "IMPOSSIBLE",
    "LOCK_UNREAD",
    "NOT_ACCEPTED",
    "NOT_IMPLEMENTED",
    "NO_MIGRATIONS",
    "OVER_QUOTA",
    "RECEIPT_OTHER",
    "RECEIPT_UNREAD",
    "REFUSED",
    "UNKNOWN_FACT",
    "UNKNOWN_TARGET",
    "UNUSED_ACCEPTANCE",
]

NOT_IMPLEMENTED = Rule(
    "SW601",
    "not-implemented",
    Severity.ERROR,
    """What
The model uses a feature of the language that this version of the target does not lower yet.
Why
What is not lowered is refused by name: a rule that is dropped in silence would be missed by nobody until sales asks.
`scorewright targets NAME` prints what a target can do.
Example
A model that uses a feature marked "not implemented" in the target's table.
Use instead
Leave the element out on this target, knowingly:

    [accept.no-fading-here]
    target = "pardot"
    note = "left-out"
    for = "rules.newsletter"
    why = "Scored in Marketo only until the target can do it."
""",
)

IMPOSSIBLE = Rule(
    "SW602",
    "impossible",
    Severity.ERROR,
    """What
The model uses a feature that the platform has no means for.
Why
The platform's pages leave no way; the message gives the reason, and the nearest thing that works.
Example
    [rules.long-visit]
    on = { visits = "any-page", where = { seconds = { above = 120 } } }
    points = { engagement = 5 }
Use instead
What the message offers, or leave the element out on this target, knowingly:

    [accept.no-time-on-page]
    target = "pardot"
    note = "left-out"
    for = "rules.long-visit"
    why = "Pardot does not know how long a page was read."
""",
)

REFUSED = Rule(
    "SW603",
    "refused",
    Severity.ERROR,
    """What
The target refuses this element in the shape that it has here.
Why
There is no sound lowering: whatever could be built would do something else than the spec says.
Example
    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
    limit = { times = 3, per = "calendar week" }
Use instead
What the message offers, or leave the element out on this target, knowingly:

    [accept.contact-in-marketo-only]
    target = "pardot"
    note = "left-out"
    for = "rules.contact"
    why = "Pardot has no clock for a person; agreed with sales."
""",
)

NOT_ACCEPTED = Rule(
    "SW604",
    "not-accepted",
    Severity.ERROR,
    """What
What can be built differs from what the spec says, by at most the bound that the message gives.
Why
A difference that nobody accepted is a fault that somebody will find. Accepted by name and with a reason, it is shown
in every summary and on the build sheet.
Example
The message names the target, the note and the element.
Use instead
    [accept.late-by-a-night]
    target = "marketo"
    note = "noticed-at-night"
    for = "decay.gone-quiet"
    why = "A night more or less does not matter to sales."

Where one reason holds for every element that has the note, `for = "*"` takes it for all of them. It takes those that a
later change of the spec adds too, so the summary says of each that it was taken for all.
""",
)

OVER_QUOTA = Rule(
    "SW605",
    "over-quota",
    Severity.ERROR,
    """What
The model needs more of something than the edition of the platform has.
Why
The platform refuses the object that is one too many, in the middle of the work.
Example
120 automation rules on an edition that has 100.
Use instead
Spend less on the elements that the message names, or set the edition that you have:

    [targets.pardot]
    edition = "advanced"
""",
)

UNKNOWN_TARGET = Rule(
    "SW606",
    "unknown-target",
    Severity.ERROR,
    """What
No installed plugin has this name, or it was written for another version of the plugin contract.
Why
Targets other than the built-in ones are separate packages.
Example
    scorewright compile specs/minimal --target hubspot --out out
Use instead
    scorewright compile specs/minimal --target pardot --out out
""",
)

BAD_OPTION = Rule(
    "SW607",
    "bad-target-option",
    Severity.ERROR,
    """What
An option under `[targets.<name>]` that the target does not have, or a value that it does not take.
Why
An option that nobody reads changes nothing.
Example
    [targets.pardot]
    editon = "plus"
Use instead
    [targets.pardot]
    edition = "plus"
""",
)

UNUSED_ACCEPTANCE = Rule(
    "SW608",
    "unused-acceptance",
    Severity.WARNING,
    """What
An acceptance of a note that this compile does not make, or that another acceptance takes. Of an element that is refused
nothing is said: which notes it has is known when it can be built.
Why
An acceptance that has outlived its reason takes the next difference of the same kind without anybody noticing.
Example
    [accept.old]
    target = "pardot"
    note = "percent-within"
    for = "decay.gone-quiet"
    why = "From the time when this was a percent decay."
Use instead
Delete the acceptance; one for a migration is needed until that is carried out.
""",
)

UNKNOWN_FACT = Rule(
    "SW609",
    "unknown-fact",
    Severity.ERROR,
    """What
An instance in scorewright.toml answers a fact that its target does not have, or with a value of another kind.
Why
The answer of a probe that nobody reads changes nothing.
Example
    [instances.sandbox]
    target = "pardot"
    kind = "sandbox"
    facts = { tag-isnt-matches-untaged = true }
Use instead
The id as `scorewright targets pardot` prints it.
""",
)

BROKEN_PLUGIN = Rule(
    "SW610",
    "broken-plugin",
    Severity.ERROR,
    """What
A target broke its contract: it failed, or it said nothing of an element of the model.
Why
What a target does not answer for might be missing on the platform.
Example
A plugin that raises an exception for a model that passed the checks.
Use instead
Report it to the plugin's authors with the model; `SCOREWRIGHT_DEBUG=1` shows where it failed.
""",
)

CANNOT_LEAVE_OUT = Rule(
    "SW611",
    "cannot-leave-out",
    Severity.ERROR,
    """What
An acceptance of `left-out` for something that others are built on, or that does not exist.
Why
Rules, tiers, inputs, decay and thresholds stand for themselves and can be left out on one platform; a score or a
segment that other elements read cannot.
Example
    [accept.no-customers]
    target = "marketo"
    note = "left-out"
    for = "segments.customers"
    why = "No customers there."
Use instead
Leave out the elements that read it, each by its own acceptance.
""",
)

LOCK_UNREAD = Rule(
    "SW612",
    "lock-unreadable",
    Severity.ERROR,
    """What
The version before, which `--since` names, cannot be read: there is no such file or folder, or it holds what
`scorewright lock` and `scorewright compile` do not write.
Why
The way from one version to the next rests on every object of the version before. What is guessed of it would give
points twice, or take them for good.
Example
    scorewright compile model.toml --since scorewrigth.lock --out out
Use instead
The lock file beside the spec, or the folder that an earlier compile wrote.
    scorewright compile model.toml --since scorewright.lock --instance sandbox --out out
""",
)

NO_MIGRATIONS = Rule(
    "SW613",
    "no-migrations",
    Severity.ERROR,
    """What
A target knows no way from one version of a model to the next.
Why
What a platform remembers of people decides which edit gives points twice. A target that has not worked that out says
so, and makes no sheet that looks as if it had.
Example
    scorewright compile model.toml --target ledger --since out --out out-new
Use instead
Compile without `--since`, compare the two folders, and look up on the platform what an edit does to people.
""",
)

ABOVE_ADVISED = Rule(
    "SW614",
    "above-advised",
    Severity.ADVICE,
    """What
The model needs more of something than is good, though the platform takes it.
Why
What can never be deleted, as a field that counts for one rule, stays with the team when the rule is long gone.
Example
Five fields on Marketo that count how often rules have given points, where more than three are advised against.
Use instead
Limit a rule to once, or to once in a window, which the platform remembers by itself; let rules that are alike share a
group and its one account; or take the fields knowingly.
""",
)

RECEIPT_UNREAD = Rule(
    "SW615",
    "receipt-unreadable",
    Severity.ERROR,
    """What
A file that is given as a receipt is none, or says nobody's name.
Why
The lock file keeps who did which thing on which instance; a guess would be worth nothing.
Example
    scorewright receipt build-sheet.html model --instance sandbox
Use instead
The file that “Download the receipt” on the page writes.
    scorewright receipt receipt-pardot-school-2026-11-22.json model --instance sandbox
""",
)

RECEIPT_OTHER = Rule(
    "SW616",
    "receipt-of-another-sheet",
    Severity.ERROR,
    """What
A receipt is for another version of the build sheet than the spec gives now, or for another model or platform.
Why
What was ticked on one sheet says nothing of what another one asks for: a rule with the same name may have other
criteria by now.
Example
    scorewright receipt receipt-of-last-week.json model --instance sandbox
Use instead
Open the page of this version, take the old receipt over there (what has not changed since is ticked), do the rest, and
download the receipt anew. Or take the spec of that version from git, and give the receipt to that one.
""",
)
