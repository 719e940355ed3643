"""Tables of the document to tests of one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import value_tests as tests
from scorewright.model.read import rules
from scorewright.model.read.scope import bounds, duration, iso, many

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.read.scope import Scope

__all__ = ["one_test", "where_tests"]


def where_tests(raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> tuple[tuple[str, tests.Test], ...]:
    """The tests of ``where``, by property."""
    return tuple((name, one_test(test, (*path, name), scope)) for name, test in raw.items())


def one_test(raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> tests.Test:
    """The one test that a table's keys make; ``raw`` holds no other keys."""
    kinds = {_KIND[key] for key in raw}
    if len(kinds) != 1 or (len(raw) > 1 and kinds not in ({"range"}, {"day"})):
        _report_tests(raw, path, scope)
        return tests.Known(known=True)
    key = next(iter(raw))
    if kinds == {"range"}:
        return tests.Range(bounds(raw, path, scope))
    if kinds == {"day"}:
        first, before = raw.get("on_or_after"), raw.get("before")
        return tests.Day(None if first is None else iso(first), None if before is None else iso(before))
    return _TESTS[_KIND[key]](key, raw[key], (*path, key), scope)


def _report_tests(raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> None:
    if not raw:
        help_ = 'add a test, such as is = "…", contains_word = "…", at_least = … or known = true'
        scope.found.append(rules.BAD_TEST.at(path, "there is no test", help=help_))
        return
    names = list(raw)
    message = f"{' and '.join(names)} are {len(names)} tests"
    help_ = "keep one, or put each in a condition of its own, inside all = [ … ]"
    scope.found.append(rules.BAD_TEST.at((*path, names[1]), message, help=help_, on="key"))


def _is(key: str, value: Any, _path: KeyPath, _scope: Scope) -> tests.Test:
    return tests.Is(tuple(value) if key == "is_any" else (value,))


def _terms(_key: str, value: Any, path: KeyPath, scope: Scope) -> tests.Test:
    name = scope.name("terms", value, path)
    entry = scope.declared["terms"].get(name) or {}
    texts = entry.get("values") or scope.declared["_texts"].get(name, ())
    return tests.Matches(entry.get("match", "is"), tuple(texts), name)


def _match(key: str, value: Any, _path: KeyPath, _scope: Scope) -> tests.Test:
    return tests.Matches(key, many(value))


def _known(_key: str, value: Any, _path: KeyPath, _scope: Scope) -> tests.Test:
    return tests.Known(known=value)


def _age(key: str, value: Any, _path: KeyPath, _scope: Scope) -> tests.Test:
    return tests.Age(key, duration(value))


_KIND = {
    "is": "is",
    "is_any": "is",
    "in": "in",
    **dict.fromkeys(("starts_with", "ends_with", "contains", "contains_word"), "match"),
    **dict.fromkeys(("above", "at_least", "below", "at_most"), "range"),
    "known": "known",
    **dict.fromkeys(("within_last", "older_than", "within_next"), "age"),
    **dict.fromkeys(("on_or_after", "before"), "day"),
}
_TESTS: dict[str, Callable[[str, Any, KeyPath, Scope], tests.Test]] = {
    "is": _is,
    "in": _terms,
    "match": _match,
    "known": _known,
    "age": _age,
}
