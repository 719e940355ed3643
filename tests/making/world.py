"""The names of a made spec: whatever is mentioned is declared on the way, and used again when it fits."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright.model.vocabulary import BUILTIN_ASSETS, BUILTIN_FIELDS, MATCH_MODES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.making.choose import Choose

__all__ = ["ROLE_POINTS", "Score", "World"]

WORDS = (
    "Contact us",
    "Head of",
    "CEO",
    "Director",
    "C# developer",
    "Demande de démo",
    "Größe",
    "日本語",
    'a "quoted" word',
    "back\\slash",
    "100 %, or more",
    "it's",
)
PATHS = ("/pricing", "/tarifs/", "example.com/jobs", "/a?b=c", "/über-uns")
ROLE_POINTS = range(1, 51)
"""What a product's number can be: fit for points, in whatever place."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score as those need to know it who give it points."""

    id: str
    kind: str
    each: bool
    decays: bool
    feeds: Score | None = None

    def reached(self) -> Iterator[Score]:
        """This score and those that its awards are added to."""
        yield self
        if self.feeds is not None:
            yield from self.feeds.reached()


@dataclass(slots=True)
class World:
    """Everything declared so far, and the choices still to come.

    ``inside`` is true while an element with ``each = "product"`` is made: the products' own names can be used then,
    and only then can a score with a copy for each product go unsaid which.
    """

    choose: Choose
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The lines of each list file, by its path."""
    numbers: dict[str, int] = field(default_factory=dict)
    scores: list[Score] = field(default_factory=list)
    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each product brings: by table the roles, with the kind of an asset."""
    segments: dict[bool, list[str]] = field(default_factory=lambda: {True: [], False: []})
    """The segments by whether they read facts alone."""
    inside: bool = False
    taken: set[str] = field(default_factory=set)
    """What may be written only once in a spec."""

    # --- declaring --------------------------------------------------------------------------------------------------

    def declare(self, table: str, word: str, entry: Any) -> str:
        """Declare an entry under a new id that begins with the word; gives the id."""
        entries = self.tables.setdefault(table, {})
        number = len(entries) + 1
        name = word if word not in entries else f"{word}-{number}"
        if isinstance(entry, dict) and table not in {"values", "lifecycle"}:
            entry = self.titled(entry)
        entries[name] = entry
        return name

    def titled(self, entry: dict[str, Any]) -> dict[str, Any]:
        """The entry, sometimes with a title before it and a reason after."""
        head = {"title": self.text()} if self.choose.flip(4) else {}
        tail = {"why": "Because it was so: see §2."} if self.choose.flip(5) else {}
        return {**head, **entry, **tail}

    @contextmanager
    def in_product(self, inside: bool) -> Iterator[None]:
        """Make what follows for each product, or for none."""
        before, self.inside = self.inside, inside
        try:
            yield
        finally:
            self.inside = before

    def once(self, what: str) -> bool:
        """Whether this is the first time that somebody asks."""
        if what in self.taken:
            return False
        self.taken.add(what)
        return True

    def again(self, known: Sequence[str]) -> str | None:
        """One of the names that there are already, two times in three."""
        return self.choose.pick(known) if known and not self.choose.flip(3) else None

    # --- texts and numbers ------------------------------------------------------------------------------------------

    def text(self) -> str:
        """Some text."""
        return self.choose.pick(WORDS)

    def texts(self) -> str | list[str]:
        """One text or several."""
        return self.choose.some(WORDS, 1, 3) if self.choose.flip() else self.text()

    def number(self, low: int, high: int) -> int | str:
        """A number between two others, as written or by the name of a value."""
        if not self.choose.flip(3):
            return self.choose.integer(low, high)
        role = [*self.roles.get("values", {})]
        if self.inside and role and low <= ROLE_POINTS[0] and ROLE_POINTS[-1] <= high and self.choose.flip():
            return self.choose.pick(role)
        fitting = [key for key, number in self.numbers.items() if low <= number <= high]
        return self.again(fitting) or self._value(self.choose.integer(low, high))

    def _value(self, number: int) -> str:
        percent = self.choose.pick((0, 0, 50, 100, 200))
        if not percent or number * 100 % percent:
            return self._named(number, number)
        of = self._named(number * 100 // percent, number * 100 // percent)
        return self._named(number, {"percent": percent, "of": of})

    def _named(self, number: int, entry: Any) -> str:
        name = self.declare("values", self.choose.pick(("ready", "page", "low-mark")), entry)
        self.numbers[name] = number
        return name

    def duration(self) -> str:
        """A duration."""
        return self.choose.pick(("30d", "1d", "24h", "15min", "2w", "90d", "180d"))

    def window(self) -> str:
        """A window, rolling or of the calendar."""
        if not self.choose.flip(3):
            return self.duration()
        units = ("day", "week", "month", "quarter", "year")
        return self.choose.pick(("visit", *(f"calendar {unit}" for unit in units)))

    # --- names ------------------------------------------------------------------------------------------------------

    def names(self) -> dict[str, str]:
        """What the platforms call something."""
        return {
            name: f"{name.title()} {self.text()}" for name in self.choose.some(("pardot", "marketo"), 1, 2)
        }

    def terms(self) -> str:
        """A list of terms, in the text or in a file."""
        if self.inside and self.roles.get("terms") and self.choose.flip():
            return self.choose.pick([*self.roles["terms"]])
        known = self.again([*self.tables.get("terms", {})])
        if known is not None:
            return known
        texts = self.choose.some(WORDS, 1, 4)
        if self.choose.flip():
            path = f"lists/terms-{len(self.lists) + 1}.txt"
            self.lists[path] = tuple(texts)
            return self.declare("terms", "titles", {"match": self.choose.pick(MATCH_MODES), "file": path})
        return self.declare("terms", "titles", {"match": self.choose.pick(MATCH_MODES), "values": texts})

    def field_of(self, kind: str, *, fresh: bool = False) -> str:
        """A field of this type; a fresh one when it is to be written into."""
        mine = [
            key
            for key, entry in self.tables.get("fields", {}).items()
            if entry["type"] == kind and not entry.get("values")
        ]
        if kind in {"choice", "choices"}:
            mine = [key for key, entry in self.tables.get("fields", {}).items() if entry["type"] == kind]
        builtin = [key for key, (of, _) in BUILTIN_FIELDS.items() if of == kind and key != "created"]
        if not fresh:
            if builtin and self.choose.flip():
                return self.choose.pick(builtin)
            known = self.again([key for key in mine if key not in self.taken])
            if known is not None:
                return known
        name = self.declare("fields", f"my-{kind.replace('_', '-')}", self._field(kind, fresh))
        if fresh:
            self.taken.add(name)
        return name

    def _field(self, kind: str, fresh: bool) -> dict[str, Any]:
        entry: dict[str, Any] = {"type": kind}
        if self.choose.flip(4) and not fresh:
            entry["of"] = self.choose.pick(("person", "account"))
        if kind in {"choice", "choices"}:
            entry["values"] = ["Customer", "Prospect", "Partner of ours"]
        if self.choose.flip(4) and not fresh:
            entry["source"] = self.choose.pick(("platform", "elsewhere"))
        if self.choose.flip(4):
            entry["names"] = self.names()
        return entry

    def type_of(self, name: str) -> str:
        """The type of a field."""
        return BUILTIN_FIELDS[name][0] if name in BUILTIN_FIELDS else self.tables["fields"][name]["type"]

    def activity(self) -> str:
        """An activity of the spec's own."""
        known = self.again([*self.tables.get("activities", {})])
        if known is not None:
            return known
        entry: dict[str, Any] = {}
        if self.choose.flip():
            kinds = self.choose.some(("text", "number", "date", "yes_no"), 1, 4)
            entry["properties"] = {f"a-{kind.replace('_', '-')}": kind for kind in kinds}
        if self.choose.flip(3):
            entry["names"] = self.names()
        return self.declare("activities", "trial", entry)

    def asset(self, kinds: Sequence[str], *, builtin: bool = True) -> str:
        """An asset of one of these kinds: built in, a role of the products, or declared."""
        whole = [key for key, of in BUILTIN_ASSETS.items() if set(of) <= set(kinds)]
        if builtin and whole and self.choose.flip():
            return self.choose.pick(whole)
        roles = [role for role, kind in self.roles.get("assets", {}).items() if kind in kinds]
        if self.inside and roles and self.choose.flip():
            return self.choose.pick(roles)
        known = [key for key, entry in self.tables.get("assets", {}).items() if set(entry) & set(kinds)]
        return self.again(known) or self.declare_asset(self.choose.pick(kinds))

    def declare_asset(self, kind: str) -> str:
        """A new asset of this kind."""
        number = len(self.tables.get("assets", {})) + 1
        one = self.choose.pick(PATHS) if kind == "pages" else f"{self.text()} {number}"
        # An action names one queue, one list: an asset that stands for several is an error there.
        several = kind not in {"campaign", "list", "queue", "user", "group"}
        entry: dict[str, Any] = {kind: [one, f"{one} too"] if several and self.choose.flip(4) else one}
        if several and self.choose.flip(4):
            entry["match"] = self.choose.pick(MATCH_MODES)
        if self.choose.flip(4):
            mine = f"M {number}"
            entry["names"] = {"marketo": [mine, f"{mine} too"] if self.choose.flip() else mine}
        if kind == "pages":  # one path may stand under two ids, which are then one page on every platform
            entry.pop("names", None)
        return self.declare("assets", f"{kind.replace('_', '-')}", entry)

    def mark(self) -> str:
        """A mark."""
        known = self.again([*self.tables.get("marks", {})])
        return known or self.declare("marks", "quiet", {"names": self.names()} if self.choose.flip(3) else {})

    # --- scores -----------------------------------------------------------------------------------------------------

    def scores_that(self, *kinds: str, each: bool | None = None) -> list[Score]:
        """The scores of these kinds that can be named here without a product."""
        here = self.scores if self.inside else [score for score in self.scores if not score.each]
        return [score for score in here if score.kind in kinds and (each is None or score.each == each)]
