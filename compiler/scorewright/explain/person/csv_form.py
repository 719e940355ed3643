"""A person's file as CSV: a header, then one row for each thing that is known or happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.explain.person.said import Said
from scorewright.explain.rules import PERSON_FORM, PERSON_KEY, PERSON_MISSING, PERSON_NAME
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.explain.person.csv_text import Cell
    from scorewright.explain.person.tell import Teller

__all__ = ["tell_csv"]

_COLUMNS = ("at", "event", "what", "value", "name", "times", "known")
_PERSON = ("created", "field", "score", "mark")
"""Rows about what is so when the history begins; only ``created`` has a time."""
_EVENTS = (*_PERSON, "sets", "list", *VERBS)


def tell_csv(rows: Sequence[Sequence[Cell]], teller: Teller) -> None:
    """Tell everything that the rows say; columns beyond the known ones are properties of the events."""
    if not rows:
        help_ = "the first line is at,event,what,value"
        teller.wrong(PERSON_FORM, Said(None, 0, ""), "the file is empty", help_)
        return
    header = _header(rows[0], teller)
    if header is None:
        return
    created = False
    for row in rows[1:]:
        cells = _cells(header, row, teller)
        if cells is not None:
            created |= _tell(cells, teller)
    if not created:
        help_ = "add a row: 2026-01-05,created (when the platform has known the person first)"
        teller.wrong(
            PERSON_MISSING, Said(None, rows[0][0].at, ""), "no row says when the person was created", help_
        )


def _header(row: Sequence[Cell], teller: Teller) -> list[str] | None:
    names = [cell.text.casefold() for cell in row]
    missing = [name for name in ("at", "event", "what") if name not in names]
    if missing:
        listed = ", ".join(missing)
        help_ = (
            f"the first line names the columns: {','.join(_COLUMNS)}; only at, event and what must be there"
        )
        teller.wrong(PERSON_FORM, Said(None, row[0].at, ""), f"the first line has no column {listed}", help_)
        return None
    for place, (cell, name) in enumerate(zip(row, names, strict=True)):
        if name in names[:place]:
            teller.wrong(
                PERSON_KEY, Said(name, cell.at, ""), f"two columns are called {name[:60]!r}", "keep one"
            )
            return None
    known = {*_COLUMNS, *(key for verb in VERBS.values() for key, _ in verb.properties)}
    known |= {key for activity in teller.model.activities.values() for key in activity.properties}
    for cell, name in zip(row, names, strict=True):
        if name not in known:
            from scorewright.diagnostics.suggest import did_you_mean

            help_ = (
                did_you_mean(name, known) or "leave it out, or name it as a property of an event is called"
            )
            teller.wrong(
                PERSON_KEY, Said(name, cell.at, ""), f"the column {name[:60]!r} stands for nothing", help_
            )
    return names


def _cells(header: Sequence[str], row: Sequence[Cell], teller: Teller) -> dict[str, Said] | None:
    if len(row) > len(header) and any(cell.text for cell in row[len(header) :]):
        said = Said(None, row[len(header)].at, "")
        help_ = "put a text that holds the separator into double quotes"
        teller.wrong(PERSON_FORM, said, "more cells than the first line has columns", help_)
        return None
    end = row[-1].at
    return {
        name: Said(
            row[place].text if place < len(row) else "",
            row[place].at if place < len(row) else end,
            name,
            typed=False,
        )
        for place, name in enumerate(header)
    }


def _tell(cells: Mapping[str, Said], teller: Teller) -> bool:
    """Tell one row; gives whether it says when the person was created."""
    event, what = cells["event"], cells["what"]
    word = str(event.value).casefold()
    value = cells.get("value", Said("", what.at, "value", typed=False))
    if word not in _EVENTS:
        _unknown_event(event, word, teller)
        return False
    if word in {"field", "score", "mark"}:
        if word == "mark":
            teller.mark(what)
        else:
            (teller.known_field if word == "field" else teller.score)(what, value)
        return False
    at = _at(cells["at"], teller)
    if word == "created":
        if teller.created is not None:
            teller.wrong(PERSON_KEY, event, "the person was created already", "keep one of the rows")
        teller.created = at
        return True
    if word == "sets":
        teller.sets(at, what, value)
    elif word == "list":
        teller.lists(at, what, value)
    else:
        _happens(cells, word, at, teller)
    return False


def _unknown_event(event: Said, word: str, teller: Teller) -> None:
    from scorewright.diagnostics.suggest import did_you_mean

    if not word:
        teller.wrong(
            PERSON_MISSING, event, "the row does not say what happened", f"write one of {', '.join(_EVENTS)}"
        )
        return
    past = next((verb.present for verb in VERBS.values() if verb.past == word), None)
    help_ = f"write {past}" if past else did_you_mean(word, _EVENTS) or f"write one of {', '.join(_EVENTS)}"
    teller.wrong(PERSON_NAME, event, f"there is no event {word[:60]!r}", help_)


def _at(said: Said, teller: Teller) -> int | None:
    if said.value == "":
        teller.wrong(PERSON_MISSING, said, "the row does not say when", "write 2026-01-05 10:00")
        return None
    return teller.instant(said)


def _happens(cells: Mapping[str, Said], verb: str, at: int | None, teller: Teller) -> None:
    properties = {
        name: (Said(name, said.at, said.where), said)
        for name, said in cells.items()
        if name not in _COLUMNS and said.value != ""
    }
    known = cells.get("known")
    teller.happens(
        at,
        verb,
        cells["what"],
        name=cells.get("name"),
        times=cells.get("times"),
        known=teller.known_at(known, at) if known is not None and known.value != "" else None,
        properties=properties,
    )
