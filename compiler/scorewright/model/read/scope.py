"""What a name means at one place of a spec: the product first, then the spec; and a record of what was used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright.model.read import rules
from scorewright.model.values import Active, Bound, Bounds, Duration, Number, Window
from scorewright.model.vocabulary import BUILTIN_ASSETS, BUILTIN_FIELDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.vocabulary import Verb

__all__ = ["Scope", "active", "bounds", "duration", "iso", "many", "window"]

_ONE = {
    "values": "value",
    "terms": "list of terms",
    "fields": "field",
    "activities": "activity",
    "assets": "asset",
    "products": "product",
    "segments": "segment",
    "scores": "score",
    "groups": "group",
    "rules": "rule",
    "tiers": "tier",
    "decay": "decay",
    "marks": "mark",
    "grades": "grade",
    "bands": "band",
    "thresholds": "threshold",
    "schedules": "schedule",
}


@dataclass(slots=True)
class Scope:
    """The names that can be used in one element, and what the reading of it has found and used.

    ``declared`` maps a table to its entries as written, ``None`` for one that has the wrong shape; ``numbers`` every
    value to its integer.  ``roles`` holds the product's own names, by table and role.  One scope is made for each
    element that is read.
    """

    declared: Mapping[str, Mapping[str, Any]]
    numbers: Mapping[str, int]
    product: str | None = None
    roles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    used: set[tuple[str, str]] = field(default_factory=set)

    # --- names ------------------------------------------------------------------------------------------------------

    def name(self, table: str, raw: str, path: KeyPath, *, on: str = "value") -> str:
        """The id that a name stands for; reports a name that is declared nowhere.

        ``on`` is ``"key"`` where the name is a key itself: ``person = { job-title = "CEO" }``.
        """
        role = self.roles.get(table, {}).get(raw)
        if isinstance(role, str):
            self.used.add(("products", str(self.product)))
            raw = role
        self.used.add((table, raw))
        if raw not in self.declared.get(table, {}) and not _builtin(table, raw):
            self._unknown(table, raw, path, on)
        return raw

    def names(self, table: str, raw: object, path: KeyPath) -> tuple[str, ...]:
        """Ids behind one name or an array of names."""
        if isinstance(raw, str):
            return (self.name(table, raw, path),)
        assert isinstance(raw, list)
        return tuple(self.name(table, item, (*path, index)) for index, item in enumerate(raw))

    def assets(self, raw: object, path: KeyPath, kinds: Iterable[str], verb: str) -> tuple[str, ...]:
        """Ids of assets, each of one of these kinds."""
        ids = self.names("assets", raw, path)
        for index, key in enumerate(ids):
            at = path if isinstance(raw, str) else (*path, index)
            self.require_kind(key, at, tuple(kinds), verb)
        return ids

    def objects(self, verb: Verb, raw: Any, path: KeyPath, said: str) -> tuple[str, ...]:
        """What a verb is done to, now or in the past (``said``): assets, activities, fields, a word, or nothing."""
        if verb.takes == "assets":
            return self.assets(raw, path, verb.kinds, said)
        if verb.takes in {"activities", "fields"}:
            return self.names(verb.takes, raw, path)
        return () if verb.takes == "true" else (raw,)

    def require_kind(self, asset: str, path: KeyPath, kinds: tuple[str, ...], verb: str) -> None:
        """Report an asset that the verb is not said of."""
        entry = self.declared["assets"].get(asset)
        have = BUILTIN_ASSETS.get(asset, ()) if entry is None else tuple(entry)
        if have and not set(have) & set(kinds):
            kind = next((item for item in have if item in _KINDS), "nothing")
            wanted = " or ".join(item.replace("_", " ") for item in kinds)
            self.found.append(
                rules.WRONG_KIND.at(
                    path,
                    f"{asset!r} is {_article(kind)}, and {verb!r} goes with {wanted}",
                    help=f"name {_article(kinds[0])} here, or use a verb that fits {_article(kind)}",
                )
            )

    def number(self, raw: int | str, path: KeyPath) -> Number:
        """A number as written, or by the name of a value."""
        if isinstance(raw, int):
            return Number(raw)
        role = self.roles.get("values", {}).get(raw)
        if isinstance(role, int):
            self.used.add(("products", str(self.product)))
            return Number(role, raw)
        self.used.add(("values", raw))
        if raw not in self.numbers:
            self._unknown("values", raw, path, "value")
        return Number(self.numbers.get(raw, 0), raw)

    def score(self, raw: str, path: KeyPath, product: str | None = None, *, on: str = "value") -> str:
        """The key of a score: of this product's copy where the score has one copy a product."""
        self.used.add(("scores", raw))
        if raw not in self.declared["scores"]:
            self._unknown("scores", raw, path, on)
            return raw
        entry = self.declared["scores"][raw]
        if product is not None:
            self.name("products", product, (*path[:-1], "product"))
        if entry is None:  # it could not be read: whoever names it is left out as well
            return raw
        each = "each" in entry
        if each and (product or self.product):
            return f"{raw}@{product or self.product}"
        if each:
            help_ = 'add product = "…", or make this element each = "product" too'
            self.found.append(
                rules.AMBIGUOUS_PRODUCT.at(path, f"{raw!r} has a copy for each product", help=help_, on=on)
            )
        elif product is not None:
            message = f"{raw!r} is one score for all products"
            self.found.append(
                rules.AMBIGUOUS_PRODUCT.at((*path[:-1], "product"), message, help="leave product out")
            )
        return raw

    def _unknown(self, table: str, raw: str, path: KeyPath, on: str) -> None:
        from scorewright.diagnostics.suggest import closest

        others = self._roles_elsewhere(table, raw)
        if others:
            message = f"product {self.product!r} says nothing for {raw!r}, and {others[0]!r} does"
            help_ = f"add {raw} = … to {table} of [products.{self.product}]"
            self.found.append(rules.MISSING_ROLE.at(path, message, help=help_, on=on))
            return
        known = [*self.declared.get(table, {}), *self.roles.get(table, {}), *_builtins(table)]
        near = closest(raw, known)
        elsewhere = next(
            (name for name in _ONE if name != table and raw in self.declared.get(name, {})), None
        )
        message = f"there is no {_ONE[table]} {raw!r}"
        if elsewhere is not None:
            help_ = f"{raw!r} is {_a(_ONE[elsewhere])}; here stands the id of {_a(_ONE[table])}"
        elif table == "values" and raw.isdigit():
            help_ = f"write {int(raw)}, without quotes"
        elif near is not None:
            help_ = f"did you mean {near!r}?"
        else:
            help_ = f"declare it under [{table}]"
        self.found.append(rules.UNKNOWN_NAME.at(path, message, help=help_, on=on))

    def _roles_elsewhere(self, table: str, raw: str) -> list[str]:
        """The other products that do say something for a role."""
        if self.product is None or table not in {"values", "assets", "segments", "terms"}:
            return []
        products = {key: entry or {} for key, entry in self.declared.get("products", {}).items()}
        return [key for key, entry in products.items() if key != self.product and raw in entry.get(table, {})]


_KINDS = frozenset(
    kind
    for kinds in (
        *BUILTIN_ASSETS.values(),
        ("list", "queue", "user", "group"),
    )
    for kind in kinds
)


def _builtin(table: str, raw: str) -> bool:
    return raw in _builtins(table)


def _builtins(table: str) -> Iterable[str]:
    if table == "assets":
        return BUILTIN_ASSETS
    return BUILTIN_FIELDS if table == "fields" else ()


def _article(kind: str) -> str:
    return "pages" if kind == "pages" else _a(kind.replace("_", " "))


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


# --- values that need no names --------------------------------------------------------------------------------------


def duration(raw: str) -> Duration:
    """``"30d"`` as a value."""
    digits = raw.rstrip("abcdefghijklmnopqrstuvwxyz")
    return Duration(int(digits), raw[len(digits) :])


def window(raw: str) -> Window:
    """``"30d"``, ``"calendar week"`` or ``"visit"`` as a value."""
    if raw == "visit":
        return Window(calendar="visit")
    if raw.startswith("calendar "):
        return Window(calendar=raw.removeprefix("calendar "))
    return Window(rolling=duration(raw))


def iso(raw: dt.date) -> str:
    """A TOML date or time as ISO text."""
    return raw.isoformat()


def active(raw: Mapping[str, dt.date] | None) -> Active | None:
    """``{ from = …, until = … }`` as a value."""
    if not raw:
        return None
    first, last = raw.get("from"), raw.get("until")
    return Active(None if first is None else iso(first), None if last is None else iso(last))


def many(raw: str | list[str]) -> tuple[str, ...]:
    """One text or an array of texts."""
    return (raw,) if isinstance(raw, str) else tuple(raw)


def bounds(raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> Bounds:
    """The lower and upper bound among a table's keys; reports two of a side and a pair that holds nothing."""
    lower = [(key, key == "at_least") for key in ("above", "at_least") if key in raw]
    upper = [(key, key == "at_most") for key in ("below", "at_most") if key in raw]
    if len(lower) > 1 or len(upper) > 1:
        pair = " and ".join(key for key, _ in (lower if len(lower) > 1 else upper))
        scope.found.append(
            rules.BAD_TEST.at(
                (*path, pair.rsplit(" ", 1)[1]),
                f"{pair} are two bounds of one side",
                help="keep one of the two",
                on="key",
            )
        )
    sides = [
        Bound(scope.number(raw[side[0][0]], (*path, side[0][0])), side[0][1]) if side else None
        for side in (lower, upper)
    ]
    result = Bounds(*sides)
    if result.least is not None and result.most is not None and result.least > result.most:
        help_ = f"nothing is at least {result.least} and at most {result.most}"
        scope.found.append(
            rules.BAD_TEST.at((*path, upper[0][0]), "no number lies between these bounds", help=help_)
        )
    return result
