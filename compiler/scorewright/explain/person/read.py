"""Reads one person's file, whichever form it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.explain.person.csv_form import tell_csv
from scorewright.explain.person.csv_text import BrokenCsvError, parse_csv
from scorewright.explain.person.json_form import tell_json
from scorewright.explain.person.json_text import BrokenJsonError, parse_json
from scorewright.explain.person.tell import Teller
from scorewright.explain.rules import PERSON_FORM

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model
    from scorewright.model.history import Person

__all__ = ["ReadPerson", "read_person"]

_LIMIT = 4 * 1024 * 1024
"""Bytes of a person's file."""


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """A person, unless something in the file is an error, and what was found in it."""

    person: Person | None
    diagnostics: tuple[Diagnostic, ...]


def read_person(path: Path, model: Model, cwd: Path) -> ReadPerson:
    """Read the file at ``path``; messages call it as seen from ``cwd``."""
    from scorewright.source.paths import display_name
    from scorewright.source.place import place
    from scorewright.source.text import read_text

    name = display_name(path, cwd)
    file, findings = read_text(path, name, limit=_LIMIT)
    if file is None or findings:
        return ReadPerson(None, place(findings, None, {name: file.text} if file else {}))
    teller = Teller(model, name)
    try:
        _tell(file.text, path.suffix.lower(), teller)
    except (BrokenJsonError, BrokenCsvError) as broken:
        teller.found = [_broken(name, broken)]
    return ReadPerson(teller.person(), place(teller.found, None, {name: file.text}))


def _tell(text: str, suffix: str, teller: Teller) -> None:
    """What begins with a bracket is JSON, also under another name: nobody's header does."""
    if not text.strip():
        help_ = 'write {"created": "2026-01-05", "events": []}, or CSV with the first line at,event,what'
        teller.found.append(PERSON_FORM.in_file(teller.file, "the file is empty", help=help_))
    elif suffix == ".json" or text.lstrip().startswith(("{", "[")):
        tell_json(parse_json(text), teller)
    else:
        tell_csv(parse_csv(text), teller)


def _broken(name: str, broken: BrokenJsonError | BrokenCsvError) -> Finding:
    return PERSON_FORM.in_file(name, broken.message, help=broken.help, offset=broken.at)
