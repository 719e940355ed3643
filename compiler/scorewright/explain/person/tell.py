"""Makes a history of what a person's file says: the same for JSON and CSV, which differ in how they say it only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from scorewright.explain.person import names
from scorewright.explain.person.values import NOT_READ, YEARS, read_value
from scorewright.explain.rules import PERSON_FORM, PERSON_NAME, PERSON_UNREAD, PERSON_VALUE
from scorewright.model.history import CRM_KIND, OWNER, FieldSet, Happening, Listed, Person
from scorewright.semantics.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diagnostics.rule import Finding, Rule
    from scorewright.explain.person.said import Said
    from scorewright.model.elements import Model
    from scorewright.model.history import Scalar

__all__ = ["MOST_EVENTS", "Teller"]

MOST_EVENTS = 10_000
"""As many as a file may tell, each counted as often as it happened."""
_SCORE = 2**31
"""Scores lie below this, on either side: the platforms' integers do."""


@dataclass(slots=True)
class Teller:
    """What has been told so far, and what was wrong with it."""

    model: Model
    file: str
    found: list[Finding] = field(default_factory=list)
    created: int | None = None
    fields: dict[str, Scalar] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    history: list[Happening | FieldSet | Listed] = field(default_factory=list)
    clock: Clock = field(init=False)
    _told: int = 0

    def __post_init__(self) -> None:
        self.clock = Clock(self.model.header.timezone)

    def person(self) -> Person | None:
        """The person, unless something is wrong."""
        if self.created is None or any(item.rule.severity == "error" for item in self.found):
            return None
        return Person(self.created, self.fields, self.scores, frozenset(self.marks), tuple(self.history))

    def wrong(self, rule: Rule, said: Said, message: str, help: str = "") -> None:
        """Note what is wrong with something that the file says."""
        where = f"{said.where}: " if said.where else ""
        self.found.append(rule.in_file(self.file, f"{where}{message}", help=help, offset=said.at))

    # --- what the person has ----------------------------------------------------------------------------------------

    def score(self, name: Said, value: Said) -> None:
        """A score that the person has when the history begins."""
        key, amount = str(name.value), value.value
        score = self.model.scores.get(key)
        if score is None:
            copies = [each for each in self.model.scores if each.partition("@")[0] == key]
            help_ = f"it has a copy for each product: write {copies[0]}" if copies else ""
            self._unknown(name, "score", key, self.model.scores, help_)
        elif score.kind != "engagement":
            help_ = "say the fields that it is made of; only a score of the kind engagement is remembered"
            self.wrong(PERSON_VALUE, name, f"{key} is computed, so nobody can have it", help_)
        number = read_value("number", value)
        if not isinstance(number, int) or not -_SCORE <= number < _SCORE:
            self.wrong(PERSON_VALUE, value, f"{_short(amount)} is no score", "write a whole number")
        elif score is not None:
            self.scores[key] = number

    def mark(self, name: Said) -> None:
        """A mark that the person bears when the history begins."""
        key = names.by_name(str(name.value), {mark.id: (mark.title,) for mark in self.model.marks.values()})
        if key is None or not isinstance(name.value, str):
            self._unknown(name, "mark", _text(name.value), self.model.marks)
        else:
            self.marks.add(key)

    def known_field(self, name: Said, value: Said) -> None:
        """A field as it is when the person is created."""
        key, read = self._field(name, value)
        if key is not None and read is not NOT_READ:
            self.fields[key] = read  # type: ignore[assignment]

    # --- what happens -----------------------------------------------------------------------------------------------

    def sets(self, at: int | None, name: Said, value: Said) -> None:
        """A field that gets a value."""
        key, read = self._field(name, value)
        if key is not None and read is not NOT_READ and at is not None and self._room(name):
            self.history.append(FieldSet(at, key, read))  # type: ignore[arg-type]

    def lists(self, at: int | None, name: Said, on: Said) -> None:
        """A list that the person is put on or taken off."""
        known = {
            key: (asset.title, *asset.texts)
            for key, asset in self.model.assets.items()
            if "list" in asset.kinds
        }
        key = names.by_name(str(name.value), known)
        if key is None:
            self._unknown(name, "list", _text(name.value), known)
        put = read_value("yes_no", on)
        if not isinstance(put, bool):
            words = "true or false" if on.typed else "yes or no"
            self.wrong(PERSON_VALUE, on, f"{_short(on.value)} says neither on nor off", f"write {words}")
        elif key is not None and at is not None and self._room(name):
            self.history.append(Listed(at, key, put))

    def happens(
        self,
        at: int | None,
        verb: str,
        what: Said,
        *,
        name: Said | None = None,
        times: Said | None = None,
        known: int | None = None,
        properties: Mapping[str, tuple[Said, Said]],
    ) -> None:
        """An event; ``properties`` pairs what was said for each name and value."""
        thing = names.resolve(self.model, verb, what)
        if isinstance(thing, names.Wrong):
            self.wrong(thing.rule, what, thing.message, thing.help)
        given = self._properties(verb, "" if isinstance(thing, names.Wrong) else thing.what, properties)
        count = self._times(times)
        real = self._real_name(name)
        if isinstance(thing, names.Wrong) or at is None or not count or not self._room(what, count):
            return
        self.history += [Happening(at, verb, thing.what, given, real or thing.name, known)] * count

    # --- parts ------------------------------------------------------------------------------------------------------

    def instant(self, said: Said, what: str = "at") -> int | None:
        """The instant of a date or time; on the model's wall clock where it says no offset."""
        text = said.value
        if not isinstance(text, str) or not text.strip():
            self.wrong(PERSON_VALUE, said, f"{what} is no time: {_short(text)}", _TIME_HELP)
            return None
        try:
            parsed = datetime.fromisoformat(text.strip())
        except ValueError as error:
            reason = str(error) if "out of range" in str(error) or "must be in" in str(error) else ""
            self.wrong(
                PERSON_VALUE,
                said,
                f"{_short(text)} is no date or time{f': {reason}' if reason else ''}",
                _TIME_HELP,
            )
            return None
        if parsed.year not in YEARS:
            self.wrong(
                PERSON_VALUE,
                said,
                f"the year {parsed.year} is out of reach",
                "times lie in the years 1970 to 2199",
            )
            return None
        return self.clock.read(parsed.isoformat())

    def known_at(self, said: Said, at: int | None) -> int | None:
        """When the platform learned of an event."""
        known = self.instant(said, "known")
        if known is not None and at is not None and known < at:
            self.wrong(
                PERSON_VALUE, said, "the event would be known before it happened", "known is later than at"
            )
            return None
        return known

    def _real_name(self, said: Said | None) -> str | None:
        if said is None or said.value in (None, ""):
            return None
        if not isinstance(said.value, str):
            help_ = "write a text in quotes, as the platform calls it"
            self.wrong(PERSON_VALUE, said, f"{_short(said.value)} is no name", help_)
            return None
        return said.value

    def _field(self, name: Said, value: Said) -> tuple[str | None, object]:
        """The id of a field, and its value as the machine takes it; ``NOT_READ`` when that was wrong."""
        key = _text(name.value)
        if key in {OWNER, CRM_KIND}:
            return key, self._own_word(key, value)
        titles = {each.id: (each.title, *each.names.values()) for each in self.model.fields.values()}
        identity = names.by_name(key, titles)
        if identity is None:
            self._unknown(name, "field", key, [*titles, OWNER, CRM_KIND])
            return None, NOT_READ
        if identity == "created":
            self.wrong(
                PERSON_VALUE, name, "the day of creation is no field here", "say it as created of the person"
            )
            return None, NOT_READ
        field_ = self.model.fields[identity]
        read = read_value(field_.type, value)
        if read is NOT_READ:
            help_ = names.value_help(field_.type, typed=value.typed)
            self.wrong(
                PERSON_VALUE, value, f"{_short(value.value)} is no value of {identity} ({field_.type})", help_
            )
        self._chosen(field_.values, read, value)
        return identity, read

    def _own_word(self, key: str, value: Said) -> object:
        """``assigned_to`` and ``crm_record``: the two words of the machine's own that a history can set."""
        if value.value in (None, ""):
            return None
        if not isinstance(value.value, str) or (key == CRM_KIND and value.value not in {"lead", "contact"}):
            kind = "lead or contact" if key == CRM_KIND else "the name of whoever owns the record"
            self.wrong(PERSON_VALUE, value, f"{_short(value.value)} cannot stand here", f"write {kind}")
            return NOT_READ
        return value.value

    def _chosen(self, values: tuple[str, ...], read: object, said: Said) -> None:
        """Warn of a value that the field of the spec does not list."""
        given = read if isinstance(read, tuple) else (read,)
        known = {value.casefold() for value in values}
        for item in given:
            if values and isinstance(item, str) and item.strip() and item.casefold() not in known:
                from scorewright.diagnostics.suggest import did_you_mean

                help_ = did_you_mean(item, values) or f"the spec knows {', '.join(values[:10])}"
                self.wrong(PERSON_UNREAD, said, f"{_short(item)} is not among the field's values", help_)

    def _properties(self, verb: str, what: str, given: Mapping[str, tuple[Said, Said]]) -> dict[str, Scalar]:
        known = names.properties(self.model, verb, what)
        found: dict[str, Scalar] = {}
        for key, (name, value) in given.items():
            if key not in known:
                if known is not names.ANY:
                    self._unknown(name, f"property of {verb}", key, known)
                continue
            read = read_value(known[key], value)
            if read is NOT_READ:
                help_ = names.value_help(known[key], typed=value.typed)
                self.wrong(PERSON_VALUE, value, f"{_short(value.value)} is no {key} ({known[key]})", help_)
            elif read is not None:
                found[key] = read  # type: ignore[assignment]
        return found

    def _times(self, said: Said | None) -> int:
        """How often; 0 when that was wrong."""
        if said is None or (not said.typed and said.value == ""):
            return 1
        count = read_value("number", said)
        if isinstance(count, int) and 1 <= count <= MOST_EVENTS:
            return count
        self.wrong(
            PERSON_VALUE, said, f"{_short(said.value)} times", f"write a number from 1 to {MOST_EVENTS:,}"
        )
        return 0

    def _room(self, said: Said, count: int = 1) -> bool:
        before, self._told = self._told, self._told + count
        if before <= MOST_EVENTS < self._told:
            message = f"more than {MOST_EVENTS:,} events"
            self.wrong(
                PERSON_FORM, said, message, "one file is one person; trace somebody to whom less happened"
            )
        return self._told <= MOST_EVENTS

    def _unknown(self, said: Said, kind: str, name: str, known: object, help: str = "") -> None:
        from scorewright.diagnostics.suggest import did_you_mean

        words = [str(word) for word in known]  # type: ignore[attr-defined]
        listed = (
            f"there are {', '.join(words[:8])}{' …' if len(words) > 8 else ''}"
            if words
            else "the spec has none"
        )
        self.wrong(
            PERSON_NAME,
            said,
            f"there is no {kind} {_short(name)}",
            help or did_you_mean(name, words) or listed,
        )


_TIME_HELP = (
    "write 2026-05-01 or 2026-05-01T10:00, on the model's wall clock; an offset (+02:00, Z) may stand behind"
)


def _text(value: object) -> str:
    return value if isinstance(value, str) else _short(value)


def _short(value: object) -> str:
    """A value as a message shows it."""
    if isinstance(value, (list, tuple)):
        return "an array"
    if isinstance(value, dict):
        return "an object"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
