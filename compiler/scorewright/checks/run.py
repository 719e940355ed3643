"""Check a spec: read it, hold it to the grammar, read the model, run every check, and place what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorewright.checks.subject import Subject
from scorewright.model.read import read
from scorewright.schema.repair import repair
from scorewright.schema.validate import validate
from scorewright.source.load import load
from scorewright.source.place import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model
    from scorewright.model.read import Reading
    from scorewright.source.document import Document

__all__ = ["Checked", "check_spec"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking gave.

    ``document`` is ``None`` when the files could not be read, ``model`` when there is no ``[model]``; the model is
    whole only if no finding is an error.  ``findings`` are those of the checks, waived ones left out.
    """

    document: Document | None
    model: Model | None
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings with their places, sorted by file and line.  Positions are looked up only here."""
        return place(self.findings, self.document, self.texts) if self.findings else ()

    @property
    def ok(self) -> bool:
        """Whether nothing found is an error."""
        return not any(finding.rule.severity == "error" for finding in self.findings)


def check_spec(path: Path, *, today: date) -> Checked:
    """Check the spec at ``path``: a main file, or the folder that holds it."""
    loaded = load(path)
    if loaded.document is None:
        return Checked(None, None, loaded.findings, loaded.texts)
    document = loaded.document
    shape = validate(document.data)
    data, broken = repair(document.data, shape) if shape else (document.data, frozenset())
    reading = read(data, document.texts, broken)
    found = [*loaded.findings, *shape, *reading.findings]
    if reading.model is not None:
        seen = _look(reading, document.agreements, today, whole=not shape and not reading.left_out)
        # Nothing is said of a header that was repaired: what it lacks may be what was taken out.
        found.extend(each for each in seen if ("model", "") not in broken or each.path[:1] != ("model",))
    return Checked(document, reading.model, tuple(found), loaded.texts)


def _look(reading: Reading, agreements: Mapping[str, Any], today: date, *, whole: bool) -> Iterable[Finding]:
    from scorewright.checks.catalogue import families
    from scorewright.checks.waivers import without_waived

    assert reading.model is not None
    subject = Subject(reading.model, reading.uses, agreements, today, whole)
    found: list[Finding] = []
    for family in families():
        for look in (*family.checks, *(family.whole_checks if whole else ())):
            found.extend(look(subject))
    return without_waived(subject, found)
