"""Reads many people's histories: a folder of files, a JSON array, or CSV with a column that says whose row it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorewright.explain.person.csv_form import tell_csv
from scorewright.explain.person.csv_text import BrokenCsvError, parse_csv
from scorewright.explain.person.json_form import tell_json
from scorewright.explain.person.json_text import BrokenJsonError, parse_json
from scorewright.explain.person.tell import Teller
from scorewright.explain.rules import PERSON_FORM, PERSON_NAME
from scorewright.source.paths import display_name
from scorewright.source.place import place
from scorewright.source.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Finding
    from scorewright.explain.person.csv_text import Cell
    from scorewright.explain.person.json_text import Node
    from scorewright.model.elements import Model
    from scorewright.model.history import Person

__all__ = ["WHO", "People", "read_people"]

WHO = "who"
"""The JSON key and the CSV column that name the person."""
_LIMIT = 256 * 1024 * 1024
"""Bytes of a file of people: an export of some hundred thousand, which memory still holds."""
_SUFFIXES = {".json", ".csv"}


@dataclass(frozen=True, slots=True)
class People:
    """Each person's name and history, once for each of the models; none when there are errors."""

    people: tuple[tuple[str, tuple[Person, ...]], ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_people(path: Path, models: Sequence[Model], cwd: Path) -> People:
    """Read a file or a folder of files.  Messages call them as seen from ``cwd``.

    What one of the models does not know (a form that it never heard of) is nothing that happens in it; what none of
    them knows is an error, as everything else that is wrong.
    """
    files = _files(path)
    told = [_of_file(file, models, cwd) for file in files]
    diagnostics = tuple(found for each in told for found in each.diagnostics)
    if diagnostics:
        return People((), diagnostics)
    people = tuple(person for each in told for person in each.people)
    if not people:
        name = display_name(path, cwd)
        help_ = "a folder holds .json and .csv files, one for each person; a file may hold several"
        return People((), place((PERSON_FORM.in_file(name, f"{name} holds nobody", help=help_),), None))
    return People(people)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(item for item in path.iterdir() if item.suffix.lower() in _SUFFIXES and item.is_file())
    return [path]


def _of_file(path: Path, models: Sequence[Model], cwd: Path) -> People:
    name = display_name(path, cwd)
    file, findings = read_text(path, name, limit=_LIMIT)
    if file is None or findings:
        return People((), place(findings, None, {name: file.text} if file else {}))
    text = file.text
    try:
        many = _json(text, path.stem) if _is_json(path, text) else _csv(text, path.stem)
        people, wrong = _read(many, models, name)
    except (BrokenJsonError, BrokenCsvError) as broken:
        people, wrong = (), [PERSON_FORM.in_file(name, broken.message, help=broken.help, offset=broken.at)]
    return People(people if not wrong else (), place(wrong, None, {name: text}))


def _is_json(path: Path, text: str) -> bool:
    return path.suffix.lower() == ".json" or text.lstrip().startswith(("{", "["))


_One = tuple[str, "Callable[[Teller], None]"]
"""A person's name, and what tells their history."""


def _json(text: str, stem: str) -> Iterator[_One]:
    root = parse_json(text)
    nodes = root.value if isinstance(root.value, tuple) else (root,)
    for number, node in enumerate(nodes, 1):
        named, rest = _named(node)
        yield named or (stem if len(nodes) == 1 else f"{stem} {number}"), _tells_json(rest)


def _tells_json(node: Node) -> Callable[[Teller], None]:
    return lambda teller: tell_json(node, teller)


def _named(node: Node) -> tuple[str, Node]:
    """The person's name, and the object without it."""
    if not isinstance(node.value, dict) or WHO not in node.value:
        return "", node
    who = node.value[WHO].value
    rest = {key: item for key, item in node.value.items() if key != WHO}
    return str(who), replace(node, value=rest)


def _csv(text: str, stem: str) -> Iterator[_One]:
    rows = parse_csv(text)
    header = [cell.text.casefold() for cell in rows[0]] if rows else []
    if WHO not in header:
        yield stem, lambda teller: tell_csv(rows, teller)
        return
    column = header.index(WHO)
    groups: dict[str, list[Sequence[Cell]]] = {}
    for row in rows[1:]:
        who = row[column].text if column < len(row) else ""
        groups.setdefault(who, []).append(_without(row, column))
    top = _without(rows[0], column)
    for who, mine in groups.items():
        yield who or "nobody", _tells_csv([top, *mine])


def _without(row: Sequence[Cell], column: int) -> Sequence[Cell]:
    return [cell for place_, cell in enumerate(row) if place_ != column]


def _tells_csv(rows: Sequence[Sequence[Cell]]) -> Callable[[Teller], None]:
    return lambda teller: tell_csv(rows, teller)


def _read(
    many: Iterable[_One], models: Sequence[Model], name: str
) -> tuple[tuple[tuple[str, tuple[Person, ...]], ...], list[Finding]]:
    people: list[tuple[str, tuple[Person, ...]]] = []
    wrong: list[Finding] = []
    for who, tell in many:
        tellers = [Teller(model, name) for model in models]
        for teller in tellers:
            tell(teller)
        wrong.extend(_wrong_in_all(tellers))
        people.append((who, tuple(_person(teller) for teller in tellers)))
    return tuple(people), wrong


def _wrong_in_all(tellers: Sequence[Teller]) -> Iterator[Finding]:
    """What is wrong whichever model reads it; a name is wrong when no model knows it."""
    unknown = [{found.offset for found in teller.found if found.rule is PERSON_NAME} for teller in tellers]
    everywhere = set.intersection(*unknown)
    for found in tellers[-1].found:
        if found.rule.severity == "error" and (found.rule is not PERSON_NAME or found.offset in everywhere):
            yield found


def _person(teller: Teller) -> Person:
    """The person as far as the model knows what is told; who was never created is an error that was found."""
    teller.found = []
    created = teller.created
    teller.created = 0 if created is None else created
    person = teller.person()
    assert person is not None
    return person
