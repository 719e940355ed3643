"""Read every table of a document; what is wrong is reported, left out of the model, and known to be missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scorewright.model import elements as el
from scorewright.model.read import named, rules, scoring, whole
from scorewright.model.read.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scorewright.diagnostics.rule import Finding

__all__ = ["Reading", "read"]

Name = tuple[str, str]
"""A table and an id: ``("assets", "contact")``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a document.

    ``model`` is ``None`` only when there is no ``[model]`` at all.  ``left_out`` are the elements that could not
    be read, or that name one that could not; ``uses`` says for each element (``model`` and ``lifecycle`` stand for
    themselves) which names it uses, also for those left out.
    """

    model: el.Model | None
    findings: tuple[Finding, ...]
    left_out: frozenset[Name]
    uses: Mapping[Name, frozenset[Name]]


def read(
    data: Mapping[str, Any],
    texts: Mapping[str, tuple[str, ...]] | None = None,
    left_out: frozenset[Name] = frozenset(),
) -> Reading:
    """Read a document's merged tables, which must have passed the schema but for the elements ``left_out``.

    A ``[model]`` that is left out must have been repaired: it is read all the same.
    ``texts`` holds the lines of list files by the id of their ``[terms]`` table.
    """
    return _Reader(data, texts or {}, set(left_out)).read()


_Table = tuple[str, "Callable[..., Any]"]

_ENTRIES: tuple[_Table, ...] = (
    ("terms", named.terms),
    ("fields", named.field),
    ("activities", named.activity),
    ("assets", named.asset),
    ("marks", named.mark),
    ("products", named.product),
    ("segments", named.segment),
    ("scores", scoring.score),
    ("groups", scoring.group),
    ("rules", scoring.rule),
    ("tiers", scoring.tier),
    ("inputs", scoring.input_),
    ("decay", scoring.decay),
    ("grades", scoring.grade),
    ("bands", scoring.band),
    ("thresholds", scoring.threshold),
    ("schedules", named.schedule),
    ("goals", named.goal),
    ("accept", whole.acceptance),
    ("waive", whole.waiver),
    ("examples", whole.example),
)


class _Reader:
    """One reading; the only state is what was found and used so far."""

    def __init__(
        self, data: Mapping[str, Any], texts: Mapping[str, tuple[str, ...]], left_out: set[Name]
    ) -> None:
        self.data = data
        self.left_out = left_out
        self.findings: list[Finding] = []
        self.uses: dict[Name, frozenset[Name]] = {}
        self.numbers = self._numbers()
        self.declared = {
            **{table: self._sound(table) for table, _ in _ENTRIES},
            "values": data.get("values", {}),
            "model": data.get("model", {}),
            "_texts": texts,
        }

    def _sound(self, table: str) -> dict[str, Any]:
        """A table's entries; ``None`` for one of the wrong shape, so that its name is known and nobody looks inside."""
        entries = self.data.get(table, {})
        return {key: None if (table, key) in self.left_out else raw for key, raw in entries.items()}

    def _numbers(self) -> dict[str, int]:
        values = self.data.get("values", {})
        whole_ones = {key: raw for key, raw in values.items() if ("values", key) not in self.left_out}
        found: list[Finding] = []
        numbers = named.numbers(whole_ones, found, broken=[key for key in values if key not in whole_ones])
        self.findings.extend(found)
        self.left_out.update(("values", str(finding.path[1])) for finding in found)
        return numbers

    def read(self) -> Reading:
        tables: dict[str, dict[str, Any]] = {"values": dict(self._entries("values", named.value))}
        for table, make in _ENTRIES:
            tables[table] = dict(self._entries(table, make))
        header = self._header()
        lifecycle = self._lifecycle()
        self._guess_uses_of_broken()
        self._leave_out_dependents()
        for table, entries in tables.items():
            gone = [key for key in entries if (table, key.partition("@")[0]) in self.left_out]
            for key in gone:
                del entries[key]
        for kind, builtin in (("fields", named.builtin_fields()), ("assets", named.builtin_assets())):
            tables[kind] = {**{item.id: item for item in builtin}, **tables[kind]}
        options = {key: raw for key, raw in self.data.get("targets", {}).items() if isinstance(raw, dict)}
        model = None
        if header is not None:
            header = _without_strangers(header, tables["segments"])
            lifecycle = lifecycle if ("lifecycle", "") not in self.left_out else el.Lifecycle(names={})
            model = el.Model(header=header, lifecycle=lifecycle, options=options, **tables)
        findings = tuple(dict.fromkeys(self.findings))
        return Reading(model, findings, frozenset(self.left_out), self.uses)

    def _entries(self, table: str, make: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
        for key, raw in self.data.get(table, {}).items():
            if (table, key) in self.left_out:
                continue
            for scope in self._scopes(table, key, raw):
                entry = make(key, raw, (table, key), scope)
                self._close((table, key), scope)
                yield (key if scope.product is None else f"{key}@{scope.product}"), entry

    def _scopes(self, table: str, key: str, raw: Any) -> Iterator[Scope]:
        """One scope for an element, or one for each product."""
        if not (isinstance(raw, dict) and raw.get("each") == "product"):
            yield Scope(self.declared, self.numbers)
            return
        products = self.data.get("products", {})
        if not products:
            message = f"{key!r} is made for each product, and there are no products"
            finding = rules.NO_PRODUCTS.at(
                (table, key, "each"), message, help="declare them under [products.<id>]"
            )
            self.findings.append(finding)
            self.left_out.add((table, key))
        for product, roles in products.items():
            if ("products", product) in self.left_out:
                self.left_out.add((table, key))  # a copy is missing
            else:
                yield Scope(self.declared, self.numbers, product, roles, used={("products", product)})

    def _header(self) -> el.Header | None:
        """``[model]``, also one with faults: nothing could be checked without it."""
        raw = self.data.get("model")
        if raw is None:
            return None
        scope = Scope(self.declared, self.numbers)
        header = whole.header(raw, scope)
        self._close(("model", ""), scope)
        return header

    def _lifecycle(self) -> el.Lifecycle:
        raw = self.data.get("lifecycle")
        if raw is None or ("lifecycle", "") in self.left_out:
            return el.Lifecycle(names={})
        scope = Scope(self.declared, self.numbers)
        lifecycle = whole.lifecycle(raw, scope)
        self._close(("lifecycle", ""), scope)
        return lifecycle

    def _close(self, name: Name, scope: Scope) -> None:
        self.findings.extend(scope.found)
        self.uses[name] = self.uses.get(name, frozenset()) | frozenset(scope.used)
        if scope.found:
            self.left_out.add(name)

    def _guess_uses_of_broken(self) -> None:
        """Any text in an element of the wrong shape that is a declared id counts as a use of it.

        Nothing can be said for certain about such an element, so nothing that it may use is called unused.
        """
        for table, key in self.left_out - set(self.uses):
            raw = self.data.get(table, {})
            texts = set(_texts(raw.get(key) if key else raw)) if isinstance(raw, dict) else set()
            entries = [
                (name, self.data.get(name, {})) for name in ("values", *(name for name, _ in _ENTRIES))
            ]
            self.uses[table, key] = frozenset(
                (name, text) for name, ids in entries for text in texts if text in ids
            )

    def _leave_out_dependents(self) -> None:
        """Leave out whatever names something left out, until nothing more does."""
        while gone := [
            name for name, used in self.uses.items() if name not in self.left_out and used & self.left_out
        ]:
            self.left_out.update(gone)


def _without_strangers(header: el.Header, segments: Mapping[str, Any]) -> el.Header:
    """The header without the segments that are not there: what is in a model can be looked up in it."""
    eligible = header.eligible if header.eligible in segments else None
    return replace(header, eligible=eligible, exclude=tuple(key for key in header.exclude if key in segments))


def _texts(raw: Any) -> Iterator[str]:
    """Every text in a value, also those that are keys."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for key, item in raw.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(raw, list):
        for item in raw:
            yield from _texts(item)
