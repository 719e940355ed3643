"""``[waive]``: checks that the writer has switched off for one element, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.diagnostics.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding

__all__ = ["RULES", "without_waived"]

UNKNOWN_CHECK = Rule(
    "SW501",
    "unknown-check",
    Severity.ERROR,
    """What
A waiver names a check that does not exist.
Why
It would switch nothing off, and nobody would notice that the check goes on, or that it was renamed.
Example
    [rules.newsletter]
    on = { opens = "any-email" }
    points = { engagement = 1 }

    [waive.opens]
    check = "opens"
    for = "rules.newsletter"
    why = "Agreed with sales."
Use instead
    [rules.newsletter]
    on = { opens = "any-email" }
    points = { engagement = 1 }

    [waive.opens]
    check = "points-for-every-open"
    for = "rules.newsletter"
    why = "Agreed with sales."
""",
)

WAIVED_ERROR = Rule(
    "SW502",
    "error-cannot-be-waived",
    Severity.ERROR,
    """What
A waiver names a check whose findings are errors.
Why
An error means that the spec says nothing that can be compiled; only warnings and advice are matters of judgement.
Example
    [rules.contact]
    on = { submits = "contcat" }
    points = { engagement = 50 }

    [waive.typo]
    check = "unknown-name"
    for = "rules.contact"
    why = "Works on my side."
Use instead
Mend the element, and leave the waiver out.
""",
)

UNUSED_WAIVER = Rule(
    "SW503",
    "unused-waiver",
    Severity.WARNING,
    """What
A waiver that switches nothing off: its element has no such finding.
Why
A waiver that has outlived its reason hides the next fault of the same kind.
Example
    [rules.newsletter]
    on = { clicks = "any-email" }
    points = { engagement = 3 }

    [waive.old]
    check = "points-for-every-open"
    for = "rules.newsletter"
    why = "Agreed in 2024."
Use instead
Delete the waiver.
""",
)

RULES = (UNKNOWN_CHECK, WAIVED_ERROR, UNUSED_WAIVER)


def without_waived(subject: Subject, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nobody waived, and what is wrong with the waivers themselves."""
    waivers = subject.model.waive
    if not waivers:
        return list(findings)
    wanted = {(waiver.check, waiver.element): key for key, waiver in waivers.items()}
    used: set[str] = set()
    kept: list[Finding] = []
    for finding in findings:
        name, element = finding.rule.name, finding.element
        # A table that is one element goes by its own name, too: "model" for what stands at "model.review".
        key = wanted.get((name, element)) or wanted.get((name, element.partition(".")[0]))
        if key is not None and finding.rule.severity is not Severity.ERROR:
            used.add(key)
        else:
            kept.append(finding)
    return [*kept, *_faults(subject, used)]


def _faults(subject: Subject, used: set[str]) -> Iterable[Finding]:
    from scorewright.checks.acceptance import known_elements
    from scorewright.checks.catalogue import all_rules
    from scorewright.diagnostics.suggest import closest

    by_name = {rule.name: rule for rule in all_rules().values()}
    known = known_elements(subject)  # one that is not there is reported where elements are
    for key, waiver in subject.model.waive.items():
        at = ("waive", key, "check")
        rule = by_name.get(waiver.check)
        if rule is None:
            near = closest(waiver.check, list(by_name))
            help_ = f"did you mean {near!r}?" if near else "`scorewright explain` lists the checks"
            yield UNKNOWN_CHECK.at(at, f"there is no check {waiver.check!r}", help=help_)
        elif rule.severity is Severity.ERROR:
            yield WAIVED_ERROR.at(
                at, f"{waiver.check!r} is an error and cannot be waived", help="mend the element"
            )
        elif key not in used and subject.whole and waiver.element in known:
            message = f"{waiver.element} has no finding {waiver.check!r}"
            yield UNUSED_WAIVER.at(("waive", key), message, help="delete the waiver", on="key")
