"""``[accept]``, ``[waive]`` and ``[targets]``: what they name must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model.elements import EVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Activity, Asset, Field, Mark, Model, Score

    _Named = Field | Activity | Asset | Mark | Score

__all__ = ["FAMILY", "known_elements"]

UNKNOWN_ELEMENT = Rule(
    "SW390",
    "unknown-element",
    Severity.ERROR,
    """What
An acceptance or a waiver is `for` an element that the spec does not have.
Why
It would accept or switch off nothing, and nobody would notice that the element has another name now.
Example
    [accept.at-night]
    target = "pardot"
    note = "noticed-at-night"
    for = "rules.contcat"
    why = "A night more or less does not matter to sales."

    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
Use instead
    [accept.at-night]
    target = "pardot"
    note = "noticed-at-night"
    for = "rules.contact"
    why = "A night more or less does not matter to sales."

    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
""",
)

NOT_INSTALLED = Rule(
    "SW391",
    "target-not-installed",
    Severity.WARNING,
    """What
A platform that no installed target has the name of: under `[targets]`, in `names`, or in an acceptance.
Why
What is said to a platform that nobody compiles for is read by nobody; most often its name is misspelt. If the target
is a plugin of your own, install it here too.
Example
    [assets]
    contact = { form = "Contact us", names = { markteo = "WEB Contact us" } }

    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
Use instead
    [assets]
    contact = { form = "Contact us", names = { marketo = "WEB Contact us" } }

    [rules.contact]
    on = { submits = "contact" }
    points = { engagement = 50 }
""",
)

RULES = (UNKNOWN_ELEMENT, NOT_INSTALLED)

_ALONE = {"model", "lifecycle"}
"""Tables that are one element, or whose keys a finding may be about."""


def elements(subject: Subject) -> Iterator[Finding]:
    """Each acceptance and waiver is for an element that is there."""
    model = subject.model
    wanted: list[tuple[str, KeyPath]] = [
        (item.element, (*item.path, "for")) for item in model.accept.values() if item.element != EVERY
    ]
    wanted.extend((item.element, (*item.path, "for")) for item in model.waive.values())
    if not wanted:
        return
    known = known_elements(subject)
    for name, path in wanted:
        if name not in known and name.partition(".")[0] not in _ALONE:
            yield _unknown_element(name, path, known)


def known_elements(subject: Subject) -> set[str]:
    """Every element of a spec as acceptances and waivers spell it, also those that could not be read."""
    options = {f"targets.{name}" for name in subject.model.options}
    return {f"{table}.{key}" if key else table for table, key in subject.uses} | options


def _unknown_element(name: str, path: KeyPath, known: set[str]) -> Finding:
    from scorewright.diagnostics.suggest import did_you_mean

    table, dot, _ = name.partition(".")
    near = did_you_mean(name, sorted(item for item in known if item.startswith(f"{table}."))) if dot else ""
    help_ = (
        near or did_you_mean(name, sorted(known)) or 'an element is written with its table: "rules.contact"'
    )
    return UNKNOWN_ELEMENT.at(path, f"there is no element {name!r}", help=help_)


def targets(subject: Subject) -> Iterator[Finding]:
    """Each platform that is named is an installed target.  No plugin is imported to find out."""
    from scorewright.plugin.registry import builtin_names, others

    named = list(_targets_named(subject.model))
    strange = [(name, path, on) for name, path, on in named if name not in builtin_names()]
    if not strange:
        return
    from scorewright.diagnostics.suggest import did_you_mean

    known = (*builtin_names(), *others())
    for name, path, on in strange:
        if name not in known:
            message = f"no installed target is called {name!r}"
            help_ = did_you_mean(name, known) or f"installed are {', '.join(known)}"
            yield NOT_INSTALLED.at(path, message, help=help_, on=on)


def _targets_named(model: Model) -> Iterator[tuple[str, KeyPath, str]]:
    for name in model.options:
        yield name, ("targets", name), "key"
    for item in model.accept.values():
        yield item.target, (*item.path, "target"), "value"
    tables: tuple[Mapping[str, _Named], ...] = (
        model.fields,
        model.activities,
        model.assets,
        model.marks,
        model.scores,
    )
    for table in tables:
        for element in table.values():
            for name in element.names:
                yield name, (*element.path, "names", name), "key"


FAMILY = Family(RULES, (targets,), (elements,))
